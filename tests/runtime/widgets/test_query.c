/* Query parameters of a page: read, set, inputs, set again. */
#include "st.h"
#include "st/test.h"

#include "../cache/fixture.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

Suite *memo_test_suite(void);

static int runs;

static const char *said(const st_test *test, size_t i)
{
    return st_element_text(test, st_test_find(test, "text", i));
}

/* ---- without memoization ------------------------------------------------- */

static void draw_a(void *context)
{
    const char *a = st_get_query_param("a");

    (void)context;
    st_text(a ? a : "none");
}

START_TEST(a_page_reads_what_stands_in_its_url)
{
    static const char *const urls[][2] = {
        {"", "none"},      {"b=1", "none"}, {"a=1", "1"},
        {"a=1&a=2", "2"},  {"a=", ""},      {"a", ""},
        {"?a=x+y", "x y"}, {"A=1", "none"}, {"%61=%C3%A4", "\xc3\xa4"}};
    st_test *test = st_test_create(draw_a, NULL);

    st_test_run(test);
    ck_assert_str_eq(said(test, 0), "none");
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
        ck_assert_int_eq(st_test_set_query(test, urls[i][0]), ST_OK);
        for (int k = 0; k < 2; k++) { /* it stays */
            st_test_run(test);
            ck_assert_str_eq(said(test, 0), urls[i][1]);
        }
    }
    st_test_set_query(test, NULL);
    st_test_run(test);
    ck_assert_str_eq(said(test, 0), "none");
    st_test_destroy(test);
}
END_TEST

static void draw_all(void *context)
{
    const char *const *pairs = st_experimental_get_query_params();

    (void)context;
    for (; *pairs; pairs++)
        st_text(*pairs);
}

START_TEST(all_of_them_come_in_their_order)
{
    static const char *const expected[] = {"b", "2", "a", "", "b", "1"};
    st_test *test = st_test_create(draw_all, NULL);

    st_test_run(test);
    ck_assert_uint_eq(st_test_count(test, "text"), 0);
    st_test_set_query(test, "b=2&a&b=1");
    st_test_run(test);

    ck_assert_uint_eq(st_test_count(test, "text"), 6);
    for (size_t i = 0; i < 6; i++)
        ck_assert_str_eq(said(test, i), expected[i]);
    st_test_destroy(test);
}
END_TEST

static void draw_setting(void *n)
{
    const char *before = st_get_query_param("a"), *after;

    switch (*(int *)n) {
    case 0:
        break;
    case 1:
        st_set_query_params("a", "1 &", "b", "2", "a", "\xc3\xa4");
        break;
    case 2:
        st_experimental_set_query_params(NULL);
        break;
    case 3:
        st_set_query_params("a", "odd", "alone");
        break;
    default:
        st_set_query_params("a", "\xff");
        break;
    }
    after = st_get_query_param("a");
    st_text(before ? before : "none");
    st_text(after ? after : "none");
}

START_TEST(a_page_sets_what_stands_in_its_url)
{
    static const struct {
        int n;
        const char *before, *after, *url;
    } steps[] = {{1, "none", "\xc3\xa4", "a=1+%26&b=2&a=%C3%A4"},
                 {0, "\xc3\xa4", "\xc3\xa4", "a=1+%26&b=2&a=%C3%A4"},
                 {3, "\xc3\xa4", "odd", "a=odd"},
                 {2, "odd", "none", ""},
                 {4, "none", "\xef\xbf\xbd", "a=%EF%BF%BD"}};
    int n = 0;
    st_test *test = st_test_create(draw_setting, &n);

    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        n = steps[i].n;
        st_test_run(test);
        ck_assert_str_eq(said(test, 0), steps[i].before);
        ck_assert_str_eq(said(test, 1), steps[i].after);
        ck_assert_str_eq(st_test_query(test), steps[i].url);
    }
    st_test_destroy(test);
}
END_TEST

START_TEST(every_page_has_its_own)
{
    st_test *test = st_test_create(draw_a, NULL);
    st_test *other = st_test_create(draw_a, NULL);

    st_test_set_query(test, "a=1");
    st_test_run(test);
    st_test_run(other);

    ck_assert_str_eq(said(test, 0), "1");
    ck_assert_str_eq(said(other, 0), "none");
    st_test_destroy(test);
    st_test_destroy(other);
}
END_TEST

START_TEST(without_a_page_there_are_none)
{
    st_set_query_params("a", "1");
    ck_assert_ptr_null(st_get_query_param("a"));
    ck_assert_ptr_null(*st_get_query_params());
}
END_TEST

/* ---- inputs -------------------------------------------------------------- */

static struct memo_function reading = {WORD_FUNCTION("reading")};
static struct memo_function listing = {WORD_FUNCTION("listing")};
static struct memo_function around = {WORD_FUNCTION("around")};

static long reads_a(int n)
{
    const char *a = st_get_query_param("a");

    runs++;
    return a ? 10 * n + strtol(a, NULL, 10) : -n;
}

static long counts_all(int n)
{
    const char *const *pairs = st_get_query_params();

    runs++;
    while (*pairs++)
        n++;
    return n;
}

static long calls_reading(int n)
{
    runs++;
    return 1000 + call_word(&reading, reads_a, n);
}

static void draw_reading(void *result)
{
    *(long *)result = call_word(&reading, reads_a, 7);
}

static void draw_listing(void *result)
{
    *(long *)result = call_word(&listing, counts_all, 0);
}

static void draw_around(void *result)
{
    *(long *)result = call_word(&around, calls_reading, 7);
}

START_TEST(what_is_read_is_an_input)
{
    static const struct {
        const char *url;
        long expected;
        int runs;
    } steps[] = {{"", -7, 1},    {"a=1", 71, 2},        {"a=2", 72, 3},
                 {"b=1", -7, 3}, {"b=1&a=1", 71, 3},    {"a=2&a=1", 71, 3},
                 {"a=", 70, 4},  {"a=2&b=1&c=2", 72, 4}};
    long result = 0;

    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        st_test *test = st_test_create(draw_reading, &result);

        st_test_set_query(test, steps[i].url);
        st_test_run(test);
        ck_assert_int_eq(result, steps[i].expected);
        ck_assert_int_eq(runs, steps[i].runs);
        st_test_destroy(test);
    }
}
END_TEST

START_TEST(to_read_all_makes_all_an_input)
{
    static const struct {
        const char *url;
        long expected;
        int runs;
    } steps[] = {{"", 0, 1},        {"a=1", 2, 2},     {"a=2", 2, 3},
                 {"a=1&b=1", 4, 4}, {"b=1&a=1", 4, 5}, {"?a=1&&b=1", 4, 5},
                 {"", 0, 5}};
    long result = -1;
    st_test *test = st_test_create(draw_listing, &result);

    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        st_test_set_query(test, steps[i].url);
        st_test_run(test);
        ck_assert_int_eq(result, steps[i].expected);
        ck_assert_int_eq(runs, steps[i].runs);
    }
    st_test_destroy(test);
}
END_TEST

START_TEST(it_is_an_input_of_all_around)
{
    static const char *const urls[] = {"a=1", "a=2", "a=1", "a=2", ""};
    static const long expected[] = {1071, 1072, 1071, 1072, 1000 - 7};
    long result = 0;
    st_test *test = st_test_create(draw_around, &result);

    for (int i = 0; i < 5; i++) {
        st_test_set_query(test, urls[i]);
        st_test_run(test);
        ck_assert_int_eq(result, expected[i]);
        if (i == 2)
            memo_clear_function(0, "around"); /* the inner one hits */
    }
    ck_assert_int_eq(runs, 4 + 1 + 2);
    st_test_destroy(test);
}
END_TEST

START_TEST(read_nowhere_there_is_nothing_to_read)
{
    long result = 0;
    st_test *test = st_test_create(draw_reading, &result);

    ck_assert_int_eq(call_word(&reading, reads_a, 7), -7);
    st_test_run(test);
    ck_assert_int_eq(result, -7);
    ck_assert_int_eq(runs, 1);
    st_test_set_query(test, "a=1");
    st_test_run(test);
    ck_assert_int_eq(result, 71);
    st_test_destroy(test);
}
END_TEST

/* ---- setting ------------------------------------------------------------- */

static struct memo_function setting = {WORD_FUNCTION("setting")};
static struct memo_function around_setting = {WORD_FUNCTION("around_setting")};

static long sets(int n)
{
    const char *value = n == 1 ? "one" : "two";

    runs++;
    st_set_query_params("a", value, "n", "x y");
    return n;
}

static long calls_setting(int n)
{
    runs++;
    return call_word(&setting, sets, n);
}

static void draw_sets(void *n)
{
    const char *a;

    call_word(&setting, sets, *(int *)n);
    a = st_get_query_param("a");
    st_text(a ? a : "none");
}

static void draw_around_setting(void *n)
{
    call_word(&around_setting, calls_setting, *(int *)n);
}

START_TEST(what_was_set_is_set_again)
{
    static const int order[] = {1, 1, 2, 1, 2};
    int n = 0;

    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        st_test *test = st_test_create(draw_sets, &n);

        n = order[i];
        st_test_set_query(test, "b=gone");
        st_test_run(test);
        ck_assert_str_eq(said(test, 0), n == 1 ? "one" : "two");
        ck_assert_str_eq(st_test_query(test),
                         n == 1 ? "a=one&n=x+y" : "a=two&n=x+y");
        st_test_destroy(test);
    }
    ck_assert_int_eq(runs, 2);
}
END_TEST

START_TEST(what_an_inner_one_has_set_an_outer_one_sets_again)
{
    int n = 1;

    for (int i = 0; i < 6; i++) {
        st_test *test = st_test_create(draw_around_setting, &n);

        st_test_run(test);
        ck_assert_str_eq(st_test_query(test), "a=one&n=x+y");
        st_test_destroy(test);
        if (i == 1) /* the inner one hits while the outer one runs */
            memo_clear_function(0, "around_setting");
        if (i == 3)
            memo_clear_function(0, "setting");
    }
    ck_assert_int_eq(runs, 2 + 1);
}
END_TEST

START_TEST(what_was_set_nowhere_is_set_here)
{
    int n = 1;
    st_test *test = st_test_create(draw_sets, &n);

    call_word(&setting, sets, 1);
    st_test_run(test);

    ck_assert_str_eq(st_test_query(test), "a=one&n=x+y");
    ck_assert_int_eq(runs, 1);
    st_test_destroy(test);
}
END_TEST

static void forget(void)
{
    memo_clear_all();
    runs = 0;
}

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("widgets.query");
    TCase *cases = tcase_create("cases");

    tcase_add_checked_fixture(cases, forget, NULL);
    tcase_add_test(cases, a_page_reads_what_stands_in_its_url);
    tcase_add_test(cases, all_of_them_come_in_their_order);
    tcase_add_test(cases, a_page_sets_what_stands_in_its_url);
    tcase_add_test(cases, every_page_has_its_own);
    tcase_add_test(cases, without_a_page_there_are_none);
    tcase_add_test(cases, what_is_read_is_an_input);
    tcase_add_test(cases, to_read_all_makes_all_an_input);
    tcase_add_test(cases, it_is_an_input_of_all_around);
    tcase_add_test(cases, read_nowhere_there_is_nothing_to_read);
    tcase_add_test(cases, what_was_set_is_set_again);
    tcase_add_test(cases, what_an_inner_one_has_set_an_outer_one_sets_again);
    tcase_add_test(cases, what_was_set_nowhere_is_set_here);
    suite_add_tcase(suite, cases);
    return suite;
}
