#include "inspect/show_out.h"

#include "test_show.h"

#include <stdio.h>

Suite *memo_test_suite(void);

/* One text, without what is around it. */
static void check_one(memo_show_form form, const char *bytes, size_t size,
                      const char *expected)
{
    memo_sink sink = memo_sink_growing(UINT64_MAX);
    memo_show_out out;

    memo_show_begin(&out, &sink, form);
    memo_show_name(&out, "t");
    memo_show_text(&out, (const unsigned char *)bytes, size);
    memo_show_close(&out);
    memo_sink_put(&sink, "", 1);
    ck_assert_str_eq((char *)sink.bytes, expected);
    if (form == MEMO_SHOW_JSON)
        check_json((char *)sink.bytes);
    free(sink.bytes);
}

static void check_text(const char *bytes, size_t size, const char *text,
                       const char *json)
{
    check_one(MEMO_SHOW_TEXT, bytes, size, text);
    check_one(MEMO_SHOW_JSON, bytes, size, json);
}

#define CHECK_TEXT(bytes, text, json)                                          \
    check_text(bytes, sizeof bytes - 1, "t = \"" text "\"",                    \
               "{\"t\": \"" json "\"}")

START_TEST(texts_are_quoted_as_in_c_and_as_in_json)
{
    CHECK_TEXT("", "", "");
    CHECK_TEXT("a \"b\" \\", "a \\\"b\\\" \\\\", "a \\\"b\\\" \\\\");
    CHECK_TEXT("\n\t\r", "\\n\\t\\r", "\\n\\t\\r");
    CHECK_TEXT("\0\x01\x7F", "\\000\\001\\177", "\\u0000\\u0001\\u007f");
    CHECK_TEXT("\x1b[31m", "\\033[31m", "\\u001b[31m");
}
END_TEST

START_TEST(utf_8_is_shown_as_it_is)
{
    CHECK_TEXT("\xC3\xA9", "\xC3\xA9", "\xC3\xA9");
    CHECK_TEXT("\xE2\x82\xAC", "\xE2\x82\xAC", "\xE2\x82\xAC");
    CHECK_TEXT("\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80");
}
END_TEST

START_TEST(bytes_that_are_no_utf_8_are_escaped)
{
    CHECK_TEXT("\xFF", "\\377", "\\u00ff");
    CHECK_TEXT("\xC3", "\\303", "\\u00c3");
    CHECK_TEXT("\xE2\x82", "\\342\\202", "\\u00e2\\u0082");
    CHECK_TEXT("\xC0\x80", "\\300\\200", "\\u00c0\\u0080");
    CHECK_TEXT("\xED\xA0\x80", "\\355\\240\\200", "\\u00ed\\u00a0\\u0080");
    CHECK_TEXT("\xF4\x90\x80\x80", "\\364\\220\\200\\200",
               "\\u00f4\\u0090\\u0080\\u0080");
    CHECK_TEXT("\xC2\x9B", "\\302\\233", "\\u00c2\\u009b");
}
END_TEST

START_TEST(all_pairs_of_bytes_are_valid_json)
{
    char bytes[3] = {0};

    for (int i = 0; i < 65536; i++) {
        memo_sink sink = memo_sink_growing(UINT64_MAX);
        memo_show_out out;

        bytes[0] = (char)(i >> 8);
        bytes[1] = (char)(i & 255);
        memo_show_begin(&out, &sink, MEMO_SHOW_JSON);
        memo_show_name(&out, bytes);
        memo_show_text(&out, (const unsigned char *)bytes, 2);
        memo_show_close(&out);
        memo_sink_put(&sink, "", 1);
        check_json((char *)sink.bytes);
        free(sink.bytes);
    }
}
END_TEST

START_TEST(long_texts_are_cut_between_characters)
{
    char bytes[1100], expected[1200], json[1200];

    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = i % 2 ? '\xA9' : '\xC3';
    bytes[0] = bytes[1] = bytes[2] = 'a'; /* the next one is odd */
    snprintf(expected, sizeof expected, "t = \"aaa\\251%.*s\"... 76 more", 1020,
             bytes + 4);
    snprintf(json, sizeof json, "{\"t\": \"aaa\\u00a9%.*s... 76 more\"}", 1020,
             bytes + 4);
    check_text(bytes, sizeof bytes, expected, json);
}
END_TEST

/* Members that hold members, `depth` times, and then lists, until it is full.
 */
static void fill(memo_show_out *out, unsigned depth)
{
    while (!out->is_full) {
        if (depth == 0) {
            memo_show_word(out, "12345");
            continue;
        }
        memo_show_name(out, "name");
        if (!memo_show_open(out, depth == 1))
            return;
        fill(out, depth - 1);
        memo_show_close(out);
    }
}

static void check_full(memo_show_form form, unsigned depth)
{
    memo_sink sink = memo_sink_growing(UINT64_MAX);
    memo_show_out out;

    memo_show_begin(&out, &sink, form);
    fill(&out, depth);
    memo_show_name(&out, "last");
    memo_show_null(&out);
    memo_show_close(&out);
    ck_assert_uint_gt(sink.size, MEMO_SHOW_BYTES / 2);
    ck_assert_uint_lt(sink.size, MEMO_SHOW_BYTES);
    memo_sink_put(&sink, "", 1);
    if (form == MEMO_SHOW_JSON)
        check_json((char *)sink.bytes);
    ck_assert_ptr_nonnull(strstr((char *)sink.bytes, "..."));
    free(sink.bytes);
}

START_TEST(what_is_too_much_ends_well)
{
    check_full(MEMO_SHOW_TEXT, (unsigned)_i);
    check_full(MEMO_SHOW_JSON, (unsigned)_i);
}
END_TEST

START_TEST(what_is_too_deep_ends_well)
{
    memo_sink sink = memo_sink_growing(UINT64_MAX);
    memo_show_out out;
    unsigned depth = 0;

    memo_show_begin(&out, &sink, MEMO_SHOW_JSON);
    memo_show_name(&out, "deep");
    while (memo_show_open(&out, true))
        depth++;
    for (unsigned i = 0; i <= depth; i++)
        memo_show_close(&out);
    memo_sink_put(&sink, "", 1);

    ck_assert_uint_eq(depth, MEMO_SHOW_DEPTH - 1);
    check_json((char *)sink.bytes);
    free(sink.bytes);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("show_out");
    TCase *all = tcase_create("all");

    tcase_add_test(all, texts_are_quoted_as_in_c_and_as_in_json);
    tcase_add_test(all, utf_8_is_shown_as_it_is);
    tcase_add_test(all, bytes_that_are_no_utf_8_are_escaped);
    tcase_add_test(all, all_pairs_of_bytes_are_valid_json);
    tcase_add_test(all, long_texts_are_cut_between_characters);
    tcase_add_loop_test(all, what_is_too_much_ends_well, 1, 4);
    tcase_add_test(all, what_is_too_deep_ends_well);
    suite_add_tcase(suite, all);
    return suite;
}
