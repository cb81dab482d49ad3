/* st_cache_report(), and how pages fail. */
#include "st.h"
#include "st/test.h"

#include "../cache/fixture.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Suite *memo_test_suite(void);

static struct memo_function squared = {WORD_FUNCTION("squared")};
static struct memo_function reporting = {WORD_FUNCTION("reporting")};

static long square(int n)
{
    return (long)n * n;
}

static void draw_report(void *unused)
{
    (void)unused;
    st_cache_report();
}

static const char *dump_of(const st_test *test)
{
    static char text[20000];
    char *dump = st_test_dump(test);

    snprintf(text, sizeof text, "%s", dump);
    free(dump);
    return text;
}

START_TEST(a_report_says_what_was_called)
{
    st_test *test = st_test_create(draw_report, NULL);

    st_test_run(test);
    ck_assert_ptr_nonnull(strstr(dump_of(test), "No memoized function"));
    for (int i = 0; i < 5; i++)
        call_word(&squared, square, i % 2);
    st_test_run(test);
    ck_assert_uint_eq(st_test_count(test, "dataframe"), 1);
    ck_assert_uint_eq(st_test_count(test, "bar_chart"), 1);
    st_test_destroy(test);
}
END_TEST

static long reports(int n)
{
    st_cache_report();
    return n;
}

static void draw_reporting(void *runs)
{
    (void)runs;
    call_word(&reporting, reports, 1);
}

START_TEST(a_report_is_not_kept)
{
    st_test *test = st_test_create(draw_reporting, NULL);

    for (int i = 0; i < 3; i++)
        st_test_run(test);
    ck_assert_uint_eq(stats_of(&reporting).hits, 0);
    st_test_destroy(test);
}
END_TEST

START_TEST(functions_have_an_age)
{
    memo_u64 before;

    call_word(&squared, square, 1);
    before = stats_of(&squared).age_ns;
    ck_assert_uint_gt(stats_of(&squared).age_ns, before);
}
END_TEST

/* ---- failing ------------------------------------------------------------- */

static struct memo_function failing = {WORD_FUNCTION("failing")};
static int fails;

static long fails_first(int n)
{
    st_in(st_container())
    {
        st_text("inside");
        if (fails++ < 2)
            st_fail("there is no '%s'", "file");
    }
    return n;
}

static void draw_failing(void *unused)
{
    (void)unused;
    call_word(&failing, fails_first, 1);
    st_text("end");
}

START_TEST(a_page_that_fails_says_where)
{
    st_test *test = st_test_create(draw_failing, NULL);

    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(st_test_run(test), ST_FAILED);
        ck_assert_str_eq(
            st_element_text(test, st_test_find(test, "exception", 0)),
            "there is no 'file'");
        ck_assert_ptr_nonnull(strstr(dump_of(test), "test_report.c"));
        ck_assert_ptr_nonnull(strstr(dump_of(test), "in fails_first"));
        ck_assert_uint_eq(st_test_count(test, "text"), 1);
    }
    /* It is not kept. */
    ck_assert_int_eq(st_test_run(test), ST_OK);
    ck_assert_uint_eq(st_test_count(test, "text"), 2);
    st_test_destroy(test);
}
END_TEST

START_TEST(without_a_page_failing_returns)
{
    st_fail("nobody sees %d", 7);
}
END_TEST

static void draw_exception(void *unused)
{
    (void)unused;
    st_exception("wrong", .type = "ValueError");
}

START_TEST(exceptions_say_where_they_are_drawn)
{
    st_test *test = st_test_create(draw_exception, NULL);

    ck_assert_int_eq(st_test_run(test), ST_OK);
    ck_assert_ptr_nonnull(strstr(dump_of(test), "test_report.c"));
    st_test_destroy(test);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("widgets.report");
    TCase *cases = tcase_create("cases");

    tcase_add_test(cases, a_report_says_what_was_called);
    tcase_add_test(cases, a_report_is_not_kept);
    tcase_add_test(cases, functions_have_an_age);
    tcase_add_test(cases, a_page_that_fails_says_where);
    tcase_add_test(cases, without_a_page_failing_returns);
    tcase_add_test(cases, exceptions_say_where_they_are_drawn);
    suite_add_tcase(suite, cases);
    return suite;
}
