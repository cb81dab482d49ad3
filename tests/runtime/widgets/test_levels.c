/* Memoized bodies that leave in odd ways, and draw in odd places. */
#include "st.h"
#include "st/test.h"

#include "../cache/fixture.h"

#include <check.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Suite *memo_test_suite(void);

static _Atomic int runs;

static void begin_test(void)
{
    memo_clear_all();
    runs = 0;
}

/* A page that calls one function with 1. */
typedef struct {
    struct memo_function *function;
    long (*body)(int);
} one_call;

static void draw_one(void *context)
{
    one_call *call = context;

    call_word(call->function, call->body, 1);
    st_text("end");
}

static void check_page(const st_test *test, const char *expected)
{
    char *found = st_test_dump(test);

    ck_assert_str_eq(found, expected);
    free(found);
}

/* Two runs: the same page, and this often the body. */
static void check_twice(one_call call, const char *expected, int most_runs)
{
    st_test *test = st_test_create(draw_one, &call);

    for (int i = 0; i < 2; i++) {
        st_test_run(test);
        check_page(test, expected);
    }
    ck_assert_int_eq(runs, most_runs);
    st_test_destroy(test);
}

/* ---- places -------------------------------------------------------------- */

static struct memo_function here = {WORD_FUNCTION("here")};

static long draws_here(int n)
{
    runs++;
    st_in((st_handle){0})
    {
        st_text("here");
    }
    return n;
}

START_TEST(the_place_where_it_is_called_can_be_named)
{
    check_twice((one_call){&here, draws_here},
                "main\n  text body=\"here\"\n  text body=\"end\"\nsidebar\n",
                1);
}
END_TEST

static struct memo_function unbalanced = {WORD_FUNCTION("unbalanced")};

static long begins_and_does_not_end(int n)
{
    runs++;
    st_begin(st_container());
    st_text("inside");
    return n;
}

/* It is as wrong as it is without memogen, and as often. */
START_TEST(what_is_begun_and_not_ended_is_not_kept)
{
    check_twice((one_call){&unbalanced, begins_and_does_not_end},
                "main\n  container direction=VERTICAL\n"
                "    text body=\"inside\"\n    text body=\"end\"\nsidebar\n",
                2);
}
END_TEST

static st_handle made_outside;
static struct memo_function inside = {WORD_FUNCTION("inside")};
static struct memo_function around = {WORD_FUNCTION("around")};

static long draws_outside(int n)
{
    runs++;
    st_text("inner's", .in = made_outside);
    return n;
}

static long calls_it(int n)
{
    made_outside = st_container();
    return call_word(&inside, draws_outside, n);
}

/* The inner function cannot be drawn again, but nobody is there to be told. */
START_TEST(without_a_page_drawing_outside_runs_the_body)
{
    one_call call = {&around, calls_it};
    st_test *test = st_test_create(draw_one, &call);

    for (int n = 1; n <= 3; n++)
        call_word(&around, calls_it, n);
    for (int n = 3; n > 0; n--)
        call_word(&inside, draws_outside, n);
    ck_assert_int_eq(runs, 6);
    st_test_run(test);
    ck_assert_uint_eq(st_test_count(test, "exception"), 0);
    ck_assert_uint_eq(st_test_count(test, "text"), 2);
    st_test_destroy(test);
}
END_TEST

static char long_name[2000];

static void draw_outside_by_a_long_name(void *context)
{
    made_outside = st_container();
    call_word(context, draws_outside, 1);
}

START_TEST(names_may_be_long)
{
    static struct memo_function function = {WORD_FUNCTION("")};
    st_test *test = st_test_create(draw_outside_by_a_long_name, &function);

    memset(long_name, 'n', sizeof long_name - 1);
    function.name = long_name;
    ck_assert_int_eq(st_test_run(test), ST_OK);
    ck_assert_int_eq(st_test_run(test), ST_CLOSURE_REPLAY);
    ck_assert_ptr_nonnull(strstr(
        st_element_text(test, st_test_find(test, "exception", 0)), long_name));
    st_test_destroy(test);
}
END_TEST

static st_handle kept;

static void draw_and_keep(void *context)
{
    (void)context;
    kept = st_container(.border = true);
}

static void draw_at_kept(void *context)
{
    (void)context;
    st_expander("of its own");
    st_text("lost", .in = kept);
}

START_TEST(a_handle_is_of_no_other_page)
{
    st_test *one = st_test_create(draw_and_keep, NULL);
    st_test *other = st_test_create(draw_at_kept, NULL);

    ck_assert_int_eq(st_test_run(one), ST_OK);
    ck_assert_int_eq(st_test_run(other), ST_MISUSE);
    ck_assert_uint_eq(st_test_count(other, "text"), 0);
    st_test_destroy(one);
    st_test_destroy(other);
}
END_TEST

/* ---- many widgets -------------------------------------------------------- */

enum { MANY = 500 };

static struct memo_function asking = {WORD_FUNCTION("asking"),
                                      .flags = MEMO_ALLOWS_WIDGETS};

static long asks_a_lot(int n)
{
    char key[16];

    runs++;
    for (int i = 0; i < MANY; i++) {
        snprintf(key, sizeof key, "key %d", i);
        n += st_checkbox("The same", .key = key);
    }
    return n;
}

START_TEST(any_number_of_widgets_is_drawn_again)
{
    one_call call = {&asking, asks_a_lot};
    st_test *test = st_test_create(draw_one, &call);

    for (int i = 0; i < 3; i++) {
        ck_assert_int_eq(st_test_run(test), ST_OK);
        ck_assert_uint_eq(st_test_count(test, "checkbox"), MANY);
    }
    ck_assert_int_eq(runs, 1);
    st_test_destroy(test);
}
END_TEST

/* ---- pages in functions -------------------------------------------------- */

static void draw_two_widgets(void *context)
{
    long *sum = context;

    *sum = 10 * st_checkbox("Yes", .value = true) +
           (long)st_slider("n", .value = 5);
}

static struct memo_function simulating = {WORD_FUNCTION("simulating")};

/* A page that a function runs by itself is none of its drawing. */
static long runs_a_page(int n)
{
    long sum = 0;
    st_test *test = st_test_create(draw_two_widgets, &sum);

    st_test_run(test);
    st_test_set_bool(test, st_test_find(test, "checkbox", 0), false);
    st_test_set_double(test, st_test_find(test, "slider", 0), 7);
    st_test_run(test);
    ck_assert_uint_eq(st_test_count(test, "exception"), 0);
    st_test_destroy(test);
    return sum + n;
}

START_TEST(a_page_may_be_run_by_a_function)
{
    ck_assert_int_eq(call_word(&simulating, runs_a_page, 100), 107);
    ck_assert_int_eq(call_word(&simulating, runs_a_page, 200), 207);
}
END_TEST

/* ---- ways out ------------------------------------------------------------ */

static struct memo_function exiting = {WORD_FUNCTION("exiting")};

static long ends_the_thread(int n)
{
    st_text("here");
    if (n > 0)
        pthread_exit(NULL);
    return n;
}

static void *call_exiting(void *unused)
{
    (void)unused;
    call_word(&exiting, ends_the_thread, 1);
    return NULL;
}

/* The leak checker looks on. */
START_TEST(a_body_may_end_its_thread)
{
    pthread_t thread;

    ck_assert_int_eq(pthread_create(&thread, NULL, call_exiting, NULL), 0);
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
    ck_assert_int_eq(call_word(&exiting, ends_the_thread, 0), 0);
}
END_TEST

static jmp_buf way_out;
static int cleaned;

static void clean(void *argument)
{
    cleaned = 10 * cleaned + *(const int *)argument;
}

static const int numbers[] = {0, 1, 2, 3};

static void *number(int n)
{
    return (void *)(uintptr_t)&numbers[n];
}

static void draw_and_jump(void *context)
{
    (void)context;
    st_text("before");
    st_defer(clean, number(1));
    longjmp(way_out, 1);
}

/* The page was left; the thread can draw another one, or the same. */
START_TEST(a_page_may_be_left_by_longjmp)
{
    st_page *page = st_page_create();
    long result;

    for (int i = 0; i < 3; i++) {
        cleaned = 0;
        if (setjmp(way_out) == 0)
            st_run(page, draw_and_jump, NULL);
        ck_assert_int_eq(st_run(page, draw_two_widgets, &result), ST_OK);
        ck_assert_int_eq(result, 15);
        ck_assert_int_eq(cleaned, 1);
    }
    st_page_destroy(page);
}
END_TEST

/* Its memory is not the thread's page any more. */
START_TEST(a_page_that_was_left_may_be_destroyed)
{
    st_page *page = st_page_create();

    cleaned = 0;
    if (setjmp(way_out) == 0)
        st_run(page, draw_and_jump, NULL);
    st_page_destroy(page);
    ck_assert_int_eq(cleaned, 1);
    st_text("nowhere");
    page = st_page_create();
    ck_assert_int_eq(st_run(page, draw_two_widgets, &(long){0}), ST_OK);
    st_page_destroy(page);
}
END_TEST

static void draw_inside(void *context)
{
    (void)context;
    ck_assert_int_eq(st_run(context, draw_two_widgets, NULL), ST_MISUSE);
}

START_TEST(a_page_inside_of_a_page_is_refused)
{
    st_page *page = st_page_create();

    ck_assert_int_eq(st_run(page, draw_inside, page), ST_OK);
    st_page_destroy(page);
}
END_TEST

/* ---- what is deferred ---------------------------------------------------- */

static struct memo_function deferring = {WORD_FUNCTION("deferring")};
static struct memo_function deferring_around = {
    WORD_FUNCTION("deferring_around")};

static long defers(int n)
{
    st_defer(clean, number(1));
    st_defer(clean, number(2));
    ck_assert_int_eq(cleaned, 0);
    return n;
}

static long defers_around(int n)
{
    long result = call_word(&deferring, defers, n);

    ck_assert_int_eq(cleaned, 0);
    st_defer(clean, number(3));
    return result;
}

START_TEST(without_a_page_cleaning_waits_for_the_outermost_function)
{
    cleaned = 0;
    call_word(&deferring_around, defers_around, 1);
    ck_assert_int_eq(cleaned, 321);
    call_word(&deferring_around, defers_around, 1);
    ck_assert_int_eq(cleaned, 321);
}
END_TEST

static void *defer_on_a_thread(void *unused)
{
    (void)unused;
    defers(0);
    return NULL;
}

START_TEST(without_a_function_cleaning_waits_for_the_thread)
{
    pthread_t thread;

    cleaned = 0;
    ck_assert_int_eq(pthread_create(&thread, NULL, defer_on_a_thread, NULL), 0);
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
    ck_assert_int_eq(cleaned, 21);
}
END_TEST

static void draw_late(void *argument)
{
    st_text("late");
    st_stop();
    st_defer(clean, argument);
}

static struct memo_function late = {WORD_FUNCTION("late")};

static long draws_late(int n)
{
    runs++;
    st_defer(draw_late, number(2));
    return n;
}

/* A hit could not draw it again. */
START_TEST(cleaning_draws_nowhere)
{
    cleaned = 0;
    check_twice((one_call){&late, draws_late},
                "main\n  text body=\"end\"\nsidebar\n", 1);
    ck_assert_int_eq(cleaned, 2);
}
END_TEST

/* ---- bodies that are compared only --------------------------------------- */

static void verify(void)
{
    memo_config config = settings();

    config.verify = 1;
    memo_config_set(&config);
}

static struct memo_function verified = {FILL_FUNCTION("verified")};

static void fills_and_defers(int n, int *out)
{
    runs++;
    defers(n);
    for (int i = 0; i < n; i++)
        out[i] = i;
}

static void draw_filled(void *context)
{
    int *out = context;

    cleaned = 0;
    call_fill(&verified, fills_and_defers, 3, out);
}

START_TEST(a_body_that_is_compared_cleans_up_at_its_end)
{
    int out[3];
    st_test *test = st_test_create(draw_filled, out);

    verify();
    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(st_test_run(test), ST_OK);
        ck_assert_int_eq(cleaned, i ? 2121 : 21); /* of both bodies */
    }
    ck_assert_int_gt(runs, 1);
    st_test_destroy(test);
}
END_TEST

static struct memo_function now_stopping = {FILL_FUNCTION("now_stopping")};

static void fills_once(int n, int *out)
{
    if (runs++ > 0)
        st_stop();
    for (int i = 0; i < n; i++)
        out[i] = i;
}

static void draw_once(void *context)
{
    int *out = context;

    call_fill(&now_stopping, fills_once, 3, out);
    st_text("end");
}

START_TEST(a_body_that_is_compared_may_stop)
{
    int out[3];
    st_test *test = st_test_create(draw_once, out);

    verify();
    ck_assert_int_eq(st_test_run(test), ST_OK);
    ck_assert_int_eq(st_test_run(test), ST_STOPPED);
    ck_assert_int_eq(st_test_run(test), ST_STOPPED);
    ck_assert_uint_eq(st_test_count(test, "text"), 0);
    st_test_destroy(test);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("widgets.levels");
    TCase *cases = tcase_create("cases");

    tcase_add_checked_fixture(cases, begin_test, NULL);
    tcase_add_test(cases, the_place_where_it_is_called_can_be_named);
    tcase_add_test(cases, what_is_begun_and_not_ended_is_not_kept);
    tcase_add_test(cases, without_a_page_drawing_outside_runs_the_body);
    tcase_add_test(cases, names_may_be_long);
    tcase_add_test(cases, a_handle_is_of_no_other_page);
    tcase_add_test(cases, any_number_of_widgets_is_drawn_again);
    tcase_add_test(cases, a_page_may_be_run_by_a_function);
    tcase_add_test(cases, a_body_may_end_its_thread);
    tcase_add_test(cases, a_page_may_be_left_by_longjmp);
    tcase_add_test(cases, a_page_that_was_left_may_be_destroyed);
    tcase_add_test(cases, a_page_inside_of_a_page_is_refused);
    tcase_add_test(cases,
                   without_a_page_cleaning_waits_for_the_outermost_function);
    tcase_add_test(cases, without_a_function_cleaning_waits_for_the_thread);
    tcase_add_test(cases, cleaning_draws_nowhere);
    tcase_add_test(cases, a_body_that_is_compared_cleans_up_at_its_end);
    tcase_add_test(cases, a_body_that_is_compared_may_stop);
    suite_add_tcase(suite, cases);
    return suite;
}
