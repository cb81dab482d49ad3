#include "inspect/answers.h"

#include "../../support/random.h"
#include "cache/framed.h"
#include "test_show.h"

Suite *memo_test_suite(void);

static memo_sink key;

static void set_up(void)
{
    key = memo_sink_growing(UINT64_MAX);
    memo_sink_put(&key, "0123456789abcdef", 16);
}

static void tear_down(void)
{
    free(key.bytes);
}

static void put(const void *bytes, size_t size)
{
    memo_framed_put(&key, bytes, size);
}

static void check_shown(memo_show_form form, const char *expected)
{
    memo_sink out = memo_sink_growing(UINT64_MAX);

    memo_show_answers(&out, form, key.bytes, key.size);
    memo_sink_put(&out, "", 1);
    if (expected)
        ck_assert_str_eq((char *)out.bytes, expected);
    if (form == MEMO_SHOW_JSON)
        check_json((char *)out.bytes);
    free(out.bytes);
}

START_TEST(what_is_text_is_shown_as_text)
{
    put("rows", 4);
    put("7", 1);
    put("W\0name\0", 7);
    put("\x02\x00\xff", 3);

    check_shown(MEMO_SHOW_TEXT,
                "answers = [{question = \"rows\", answer = \"7\"}, {question = "
                "\"W\\000name\\000\", answer = <3 bytes: 0200ff>}]");
    check_shown(MEMO_SHOW_JSON,
                "{\"answers\": [{\"question\": \"rows\", \"answer\": \"7\"}, "
                "{\"question\": \"W\\u0000name\\u0000\", \"answer\": \"<3 "
                "bytes: 0200ff>\"}]}");
}
END_TEST

START_TEST(a_digest_stands_for_too_many)
{
    memo_sink_put(&key,
                  "\xff\xff\xff\xff"
                  "0123456789ab",
                  16);

    check_shown(MEMO_SHOW_TEXT, "answers = [<too many>]");
}
END_TEST

START_TEST(pairs_have_two)
{
    put("q", 1);
    ck_assert(memo_answers_are_questions(key.bytes + 16, key.size - 16));
    ck_assert(!memo_answers_are_pairs(key.bytes + 16, key.size - 16));
    put("a", 1);
    ck_assert(memo_answers_are_pairs(key.bytes + 16, key.size - 16));
    ck_assert(!memo_answers_are_pairs(key.bytes + 16, key.size - 17));
    ck_assert(memo_answers_are_pairs(NULL, 0));
}
END_TEST

START_TEST(any_bytes_are_shown_as_json)
{
    uint64_t state = 5;
    unsigned char bytes[100];

    for (int i = 0; i < 3000; i++) {
        size_t size = random_below(&state, sizeof bytes);

        random_fill(&state, bytes, sizeof bytes);
        key.size = random_below(&state, 3) * 16;
        memo_sink_put(&key, bytes, size / 4);
        if (i % 2) {
            put(bytes, size / 2);
            put(bytes, size);
        }
        check_shown(MEMO_SHOW_JSON, NULL);
    }
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("answers");
    TCase *tests = tcase_create("answers");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, what_is_text_is_shown_as_text);
    tcase_add_test(tests, a_digest_stands_for_too_many);
    tcase_add_test(tests, pairs_have_two);
    tcase_add_test(tests, any_bytes_are_shown_as_json);
    suite_add_tcase(suite, tests);
    return suite;
}
