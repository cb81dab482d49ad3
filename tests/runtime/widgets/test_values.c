/* What answers mean: in which order, out of which range, of what time. */
#include "st.h"
#include "st/test.h"
#include "widgets/calendar.h"
#include "widgets/fit.h"
#include "widgets/value.h"

#include "../cache/fixture.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

Suite *memo_test_suite(void);

/* ---- values as bytes ----------------------------------------------------- */

static st_arena arena;

static st_bytes texts_of(const char *first, const char *second)
{
    const char *texts[] = {first, second};

    return st_value_texts(&arena, texts, first ? second ? 2 : 1 : 0);
}

static st_bytes numbers_of(size_t count, double first, double second)
{
    const double numbers[] = {first, second};

    return st_value_doubles(&arena, numbers, count);
}

static const st_shape checkbox = {ST_VALUE_BOOL, 0, 0, 0},
                      number = {ST_VALUE_DOUBLE, 0, 0, 0},
                      slider = {ST_VALUE_DOUBLES, 1, 1, 0},
                      range = {ST_VALUE_DOUBLES, 2, 2, 0},
                      dates = {ST_VALUE_DOUBLES, 1, 2, 1},
                      text = {ST_VALUE_TEXT, 1, 1, 0},
                      choice = {ST_VALUE_TEXT, 0, 1, 0},
                      some = {ST_VALUE_TEXTS, 0, 0, 0},
                      days = {ST_VALUE_TEXTS, 0, 2, 1};

static void check_fit(st_shape shape, st_bytes value, st_bytes expected)
{
    st_bytes found = st_value_fit(&arena, shape, value);

    ck_assert_uint_eq(found.size, expected.size);
    ck_assert(st_value_is_equal(found, expected));
}

static const st_bytes unfit = {NULL, 0};

START_TEST(a_value_becomes_what_its_widget_has)
{
    st_bytes day = numbers_of(1, ST_MICROSECONDS_OF_DAY, 0);

    check_fit(number, st_value_int(&arena, 7), st_value_double(&arena, 7));
    check_fit(number, numbers_of(1, 7, 0), st_value_double(&arena, 7));
    check_fit(slider, st_value_int(&arena, 7), numbers_of(1, 7, 0));
    check_fit(slider, st_value_double(&arena, 7), numbers_of(1, 7, 0));
    check_fit(dates, st_value_text(&arena, "1970-01-02"), day);
    check_fit(dates, texts_of("1970/01/02", NULL), day);
    check_fit(choice, st_value_text(&arena, NULL), st_value_text(&arena, NULL));
    check_fit(some, st_value_text(&arena, "a"), texts_of("a", NULL));
    check_fit(some, st_value_text(&arena, NULL), texts_of(NULL, NULL));
    check_fit(days, texts_of("2026/01/02", "2026-01-03"),
              texts_of("2026-01-02", "2026-01-03"));
}
END_TEST

START_TEST(a_value_that_its_widget_cannot_have_does_not_fit)
{
    const char *three[] = {"2026-01-01", "2026-01-02", "2026-01-03"};

    check_fit(checkbox, st_value_int(&arena, 1), unfit);
    check_fit(number, numbers_of(2, 1, 2), unfit);
    check_fit(number, st_value_text(&arena, "1"), unfit);
    check_fit(number, st_value_double(&arena, NAN), unfit);
    check_fit(number, st_value_double(&arena, INFINITY), unfit);
    check_fit(slider, numbers_of(2, 1, 2), unfit);
    check_fit(slider, numbers_of(1, NAN, 0), unfit);
    check_fit(range, numbers_of(1, 1, 0), unfit);
    check_fit(range, st_value_double(&arena, 1), unfit);
    check_fit(dates, st_value_text(&arena, "tomorrow"), unfit);
    check_fit(dates, st_value_double(&arena, 7), unfit);
    check_fit(text, st_value_text(&arena, NULL), unfit);
    check_fit(text, texts_of("a", NULL), unfit);
    check_fit(some, st_value_bool(&arena, true), unfit);
    check_fit(days, st_value_texts(&arena, three, 3), unfit);
    check_fit(days, texts_of("2026-02-29", NULL), unfit);
    check_fit(text, unfit, unfit);
    check_fit(slider, unfit, unfit);
    check_fit(days, unfit, unfit);
}
END_TEST

START_TEST(numbers_are_read_whatever_they_were_written_as)
{
    ck_assert_int_eq(st_value_to_int(st_value_double(&arena, 7), 0), 7);
    ck_assert_int_eq(st_value_to_int(st_value_double(&arena, 7.5), -1), -1);
    ck_assert_int_eq(st_value_to_int(st_value_double(&arena, 1e300), -1), -1);
    ck_assert_int_eq(st_value_to_int(st_value_double(&arena, NAN), -1), -1);
    ck_assert_int_eq(st_value_to_int(numbers_of(1, 7, 0), 0), 7);
    ck_assert_int_eq(st_value_to_int(numbers_of(2, 7, 0), -1), -1);
    ck_assert(st_value_to_double(st_value_int(&arena, 7), 0) == 7);
    ck_assert(st_value_to_double(numbers_of(1, 7.5, 0), 0) == 7.5);
    ck_assert(st_value_to_double(texts_of("7", NULL), -1) == -1);
}
END_TEST

/* ---- answers ------------------------------------------------------------- */

static char shown[200];

static void draw_all(void *unused)
{
    static const char *const sizes[] = {"s", "m", "l", NULL};
    st_range numbers = st_slider_range("r", .max = 9, .to = 4);
    st_index_range indices = st_select_slider_range("i", .options = sizes);
    st_date_range span = st_date_input_range("d", .min = {2026, 1, 1});
    st_date day = st_date_input("e", .is_empty = true);
    const char *const *chosen =
        st_multiselect("m", .options = sizes, .max_selections = 2);

    (void)unused;
    sprintf(shown, "%g-%g %d-%d %d/%d-%d/%d %d ", numbers.from, numbers.to,
            indices.from, indices.to, span.from.month, span.from.day,
            span.to.month, span.to.day, day.year);
    while (*chosen)
        strcat(shown, *chosen++);
}

static st_test *test_of(void (*draw)(void *context), void *context)
{
    st_test *test = st_test_create(draw, context);

    st_test_set_clock(test, (st_date){2026, 7, 8}, (st_time){9, 10});
    ck_assert_int_eq(st_test_run(test), ST_OK);
    return test;
}

static void check_shown(st_test *test, const char *expected)
{
    ck_assert_int_eq(st_test_run(test), ST_OK);
    ck_assert_str_eq(shown, expected);
}

START_TEST(a_range_the_wrong_way_around_is_turned)
{
    static const char *const turned[] = {"l", "m", NULL};
    st_test *test = test_of(draw_all, NULL);

    st_test_set_range(test, st_test_find(test, "slider", 0), 7, 5);
    st_test_set_texts(test, st_test_find(test, "select_slider", 0), turned);
    st_test_set_dates(test, st_test_find(test, "date_input", 0),
                      (st_date){2026, 3, 2}, (st_date){2026, 2, 1});
    check_shown(test, "5-7 1-2 2/1-3/2 0 ");
    st_test_destroy(test);
}
END_TEST

START_TEST(a_range_of_dates_may_have_a_begin_only)
{
    st_test *test = test_of(draw_all, NULL);

    st_test_set_date(test, st_test_find(test, "date_input", 0),
                     (st_date){2026, 3, 2});
    check_shown(test, "0-4 0-2 3/2-0/0 0 ");
    st_test_set_date(test, st_test_find(test, "date_input", 0),
                     (st_date){0, 0, 0});
    check_shown(test, "0-4 0-2 0/0-0/0 0 ");
    st_test_destroy(test);
}
END_TEST

START_TEST(a_date_may_come_and_go_where_it_may_be_empty)
{
    st_test *test = test_of(draw_all, NULL);

    st_test_set_date(test, st_test_find(test, "date_input", 1),
                     (st_date){2027, 3, 2});
    check_shown(test, "0-4 0-2 7/8-7/8 2027 ");
    ck_assert_int_eq(st_test_set_date(test, st_test_find(test, "date_input", 1),
                                      (st_date){0, 0, 0}),
                     ST_OK);
    check_shown(test, "0-4 0-2 7/8-7/8 0 ");
    st_test_destroy(test);
}
END_TEST

START_TEST(what_is_out_of_range_or_no_option_is_not_taken)
{
    static const char *const foreign[] = {"s", "xl", NULL};
    st_test *test = test_of(draw_all, NULL);

    st_test_set_range(test, st_test_find(test, "slider", 0), 7, 10);
    st_test_set_texts(test, st_test_find(test, "select_slider", 0), foreign);
    st_test_set_dates(test, st_test_find(test, "date_input", 0),
                      (st_date){2025, 12, 31}, (st_date){2026, 1, 2});
    st_test_set_texts(test, st_test_find(test, "multiselect", 0), foreign);
    check_shown(test, "0-4 0-2 7/8-7/8 0 s");
    st_test_destroy(test);
}
END_TEST

START_TEST(no_more_are_chosen_than_may_be)
{
    static const char *const many[] = {"l", "l", "m", "s", NULL};
    st_test *test = test_of(draw_all, NULL);

    st_test_set_texts(test, st_test_find(test, "multiselect", 0), many);
    check_shown(test, "0-4 0-2 7/8-7/8 0 lm");
    st_test_destroy(test);
}
END_TEST

/* ---- state --------------------------------------------------------------- */

static void draw_state(void *unused)
{
    static const char *const two[] = {"a", "b", NULL};
    const char *const *texts;
    st_range numbers;
    st_date day;

    (void)unused;
    st_state_set_texts("texts", two);
    st_state_set_range("range", (st_range){1, 2.5});
    st_state_set_date("date", (st_date){2026, 1, 2});
    st_slider("s", .value = 7, .key = "slider");
    st_date_input("d", .value = {2024, 2, 29}, .key = "day");
    texts = st_state_get_texts("texts", NULL);
    numbers = st_state_get_range("range", (st_range){0, 0});
    day = st_state_get_date("date", (st_date){0, 0, 0});
    sprintf(shown, "%s%s%s %g-%g %d %g %lld %d %g %d", texts[0], texts[1],
            texts[2] ? "more" : "", numbers.from, numbers.to, day.day,
            st_state_get_double("slider", 0), st_state_get_int("slider", 0),
            st_state_get_date("day", day).month,
            st_state_get_range("none", (st_range){3, 4}).to,
            st_state_get_date("texts", (st_date){5, 6, 7}).day);
}

START_TEST(state_of_all_types_is_read_as_it_was_set)
{
    st_test *test = test_of(draw_state, NULL);

    check_shown(test, "ab 1-2.5 2 7 7 2 4 7");
    st_test_destroy(test);
}
END_TEST

/* ---- the clock ----------------------------------------------------------- */

static struct memo_function dating = {WORD_FUNCTION("dating"),
                                      .flags = MEMO_ALLOWS_WIDGETS};
static struct memo_function clocking = {WORD_FUNCTION("clocking")};
static _Atomic int runs;

static long dates_itself(int n)
{
    st_date day = st_date_input("Day");

    runs++;
    return 100 * n + day.day;
}

static void draw_dating(void *result)
{
    *(long *)result = call_word(&dating, dates_itself, 1);
}

/* Somebody who comes that day for the first time, and twice. */
static void visit_on(int day)
{
    long result = 0;
    st_test *test = st_test_create(draw_dating, &result);

    st_test_set_clock(test, (st_date){2026, 1, day}, (st_time){0, 0});
    for (int i = 0; i < 2; i++) {
        st_test_run(test);
        ck_assert_int_eq(result, 100 + day);
    }
    st_test_destroy(test);
}

START_TEST(what_day_it_is_is_an_input)
{
    memo_clear_all();
    for (int day = 1; day <= 3; day++) {
        for (int i = 0; i < 3; i++) {
            visit_on(day);
            /* One that has a value already is another case. */
            ck_assert_int_eq(runs, 2 * day);
        }
    }
}
END_TEST

START_TEST(a_date_stays_that_of_the_first_day)
{
    long result = 0;
    st_test *test = st_test_create(draw_dating, &result);

    memo_clear_all();
    for (int day = 1; day <= 3; day++) {
        st_test_set_clock(test, (st_date){2026, 1, day}, (st_time){0, 0});
        for (int i = 0; i < 3; i++) {
            st_test_run(test);
            ck_assert_int_eq(result, 101);
        }
        visit_on(day); /* another one has that of this day */
    }
    st_test_destroy(test);
}
END_TEST

static long reads_the_clock(int n)
{
    st_time now = st_now();

    runs++;
    return n + 60 * now.hour + now.minute;
}

static void draw_clocking(void *result)
{
    *(long *)result = call_word(&clocking, reads_the_clock, 0);
}

START_TEST(what_time_it_is_is_an_input)
{
    long result = 0;
    st_test *test = st_test_create(draw_clocking, &result);

    memo_clear_all();
    for (int i = 0; i < 6; i++) {
        st_test_set_clock(test, (st_date){2026, 1, 1}, (st_time){1, i / 2});
        st_test_run(test);
        ck_assert_int_eq(result, 60 + i / 2);
    }
    ck_assert_int_eq(runs, 3);
    st_test_destroy(test);
}
END_TEST

START_TEST(without_a_page_the_clock_says_what_day_it_is)
{
    st_date today = st_today();
    st_time now = st_now();

    ck_assert_int_ge(today.year, 2024);
    ck_assert(today.month >= 1 && today.month <= 12);
    ck_assert(now.hour >= 0 && now.hour < 24);
}
END_TEST

static void finish(void)
{
    st_arena_finish(&arena);
}

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("widgets.values");
    TCase *cases = tcase_create("cases");

    tcase_add_checked_fixture(cases, NULL, finish);
    tcase_add_test(cases, a_value_becomes_what_its_widget_has);
    tcase_add_test(cases, a_value_that_its_widget_cannot_have_does_not_fit);
    tcase_add_test(cases, numbers_are_read_whatever_they_were_written_as);
    tcase_add_test(cases, a_range_the_wrong_way_around_is_turned);
    tcase_add_test(cases, a_range_of_dates_may_have_a_begin_only);
    tcase_add_test(cases, a_date_may_come_and_go_where_it_may_be_empty);
    tcase_add_test(cases, what_is_out_of_range_or_no_option_is_not_taken);
    tcase_add_test(cases, no_more_are_chosen_than_may_be);
    tcase_add_test(cases, state_of_all_types_is_read_as_it_was_set);
    tcase_add_test(cases, what_day_it_is_is_an_input);
    tcase_add_test(cases, a_date_stays_that_of_the_first_day);
    tcase_add_test(cases, what_time_it_is_is_an_input);
    tcase_add_test(cases, without_a_page_the_clock_says_what_day_it_is);
    suite_add_tcase(suite, cases);
    return suite;
}
