/* test_cache_text.c -- sizes, times, names and tables as people read them. */
#include "cache_table.h"
#include "cache_text.h"

#include <check.h>
#include <string.h>

#define SECOND UINT64_C(1000000000)

static gen_arena *arena;

static void set_up(void)
{
    arena = gen_arena_create();
}

static void tear_down(void)
{
    gen_arena_destroy(arena);
}

static const struct {
    uint64_t bytes;
    const char *text;
} sizes[] = {
    {0, "0 B"},         {999, "999 B"},      {1000, "1.0 KB"},
    {9949, "9.9 KB"},   {9950, "10 KB"},     {999499, "999 KB"},
    {999500, "1.0 MB"}, {1 << 30, "1.1 GB"}, {UINT64_MAX, "18446744 TB"}};

START_TEST(sizes_have_two_digits_or_three)
{
    ck_assert_str_eq(gen_cache_size_text(arena, sizes[_i].bytes),
                     sizes[_i].text);
}
END_TEST

static const struct {
    uint64_t seconds;
    const char *text;
} spans[] = {{0, "0s"},         {59, "59s"},        {60, "1m"},
             {61, "1m1s"},      {3600, "1h"},       {3660, "1h1m"},
             {3601, "1h"},      {86400, "1d"},      {129600, "1d12h"},
             {8640000, "100d"}, {8643600, "100d1h"}};

START_TEST(spans_are_written_as_annotations_have_them)
{
    ck_assert_str_eq(gen_cache_span_text(arena, spans[_i].seconds * SECOND),
                     spans[_i].text);
}
END_TEST

START_TEST(ages_and_ends_have_words)
{
    const uint64_t now = 1000 * SECOND;

    ck_assert_str_eq(gen_cache_age_text(arena, 0, now), "-");
    ck_assert_str_eq(gen_cache_age_text(arena, now + 1, now), "now");
    ck_assert_str_eq(gen_cache_age_text(arena, now - 5 * SECOND, now), "5s");
    ck_assert_str_eq(gen_cache_expiry_text(arena, 0, now), "never");
    ck_assert_str_eq(gen_cache_expiry_text(arena, now, now), "expired");
    ck_assert_str_eq(gen_cache_expiry_text(arena, now + 5 * SECOND, now), "5s");
}
END_TEST

START_TEST(times_in_json_are_in_utc)
{
    gen_text out = {0};

    gen_cache_append_json_time(&out, UINT64_C(1667667601) * SECOND);
    gen_cache_append_json_time(&out, 0);

    ck_assert_str_eq(out.data, "\"2022-11-05T17:00:01Z\"null");
    gen_text_finish(&out);
}
END_TEST

START_TEST(names_do_not_command_a_terminal)
{
    ck_assert_str_eq(gen_cache_safe(arena, "a\x1b[31mb\nc\x7f"), "a?[31mb?c?");
    ck_assert_str_eq(gen_cache_safe(arena, "\xc2\x9b"
                                           "1m\xff"),
                     "??1m?");
    ck_assert_str_eq(gen_cache_safe(arena, "gr\xc3\xb6\xc3\x9f"
                                           "e"),
                     "gr\xc3\xb6\xc3\x9f"
                     "e");
}
END_TEST

/* ---- tables -------------------------------------------------------------- */

static const gen_table_column columns[] = {
    {"name", false, 6}, {"size", true, 0}, {"what", false, 0}};

static void check_table(size_t width, const char *expected)
{
    static const char *const cells[] = {
        "a",       "1 B",  "x = 1",
        "abcdefg", "10 B", "x = \xc3\xb6\xc3\xb6\xc3\xb6\xc3\xb6\xc3\xb6"};
    gen_text out = {0};
    gen_table table;

    gen_table_begin(&table, arena, columns, 3);
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        gen_table_add(&table, cells[i]);
    gen_table_append(&out, &table, width);
    ck_assert_str_eq(out.data, expected);
    gen_text_finish(&out);
}

START_TEST(columns_are_as_wide_as_their_widest_cell)
{
    check_table(0, "name    size  what\n"
                   "a        1 B  x = 1\n"
                   "\xe2\x80\xa6"
                   "cdefg  10 B  x = \xc3\xb6\xc3\xb6\xc3\xb6\xc3\xb6\xc3\xb6"
                   "\n");
}
END_TEST

START_TEST(lines_are_cut_between_characters)
{
    check_table(20, "name    size  what\n"
                    "a        1 B  x = 1\n"
                    "\xe2\x80\xa6"
                    "cdefg  10 B  x = \xc3\xb6\xe2\x80\xa6\n");
}
END_TEST

Suite *memo_test_suite(void);

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("cache_text");
    TCase *tests = tcase_create("cache_text");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, sizes_have_two_digits_or_three, 0,
                        sizeof sizes / sizeof *sizes);
    tcase_add_loop_test(tests, spans_are_written_as_annotations_have_them, 0,
                        sizeof spans / sizeof *spans);
    tcase_add_test(tests, ages_and_ends_have_words);
    tcase_add_test(tests, times_in_json_are_in_utc);
    tcase_add_test(tests, names_do_not_command_a_terminal);
    tcase_add_test(tests, columns_are_as_wide_as_their_widest_cell);
    tcase_add_test(tests, lines_are_cut_between_characters);
    suite_add_tcase(suite, tests);
    return suite;
}
