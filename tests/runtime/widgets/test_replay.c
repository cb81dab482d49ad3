/* Widgets in memoized functions over many runs: what comes, goes, comes again,
 * is pressed, and is drawn twice. */
#include "st.h"
#include "st/test.h"

#include "../cache/fixture.h"

#include <check.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

Suite *memo_test_suite(void);

static _Atomic int runs;

static void begin_test(void)
{
    memo_clear_all();
    runs = 0;
}

/* A page that calls one function: its argument, its result. */
typedef struct {
    struct memo_function *function;
    long (*body)(int);
    int argument;
    long result;
} one_call;

static void draw_one(void *context)
{
    one_call *call = context;

    call->result = call_word(call->function, call->body, call->argument);
}

static const st_element *find(const st_test *test, const char *kind)
{
    return st_test_find(test, kind, 0);
}

/* ---- levels that allow and refuse ---------------------------------------- */

static struct memo_function refusing_inner = {WORD_FUNCTION("refusing_inner")};
static struct memo_function allowing_outer = {WORD_FUNCTION("allowing_outer"),
                                              .flags = MEMO_ALLOWS_WIDGETS};

static long asks(int n)
{
    runs++;
    return n + 10 * st_checkbox("Inside");
}

static long asks_and_calls(int n)
{
    return call_word(&refusing_inner, asks, n) + 100 * st_checkbox("Outside");
}

START_TEST(the_innermost_function_decides)
{
    one_call call = {&allowing_outer, asks_and_calls, 1, 0};
    st_test *test = st_test_create(draw_one, &call);

    for (int i = 0; i < 4; i++) {
        st_test_run(test);
        ck_assert_int_eq(call.result, i % 2 ? 101 : 1);
        ck_assert_uint_eq(st_test_count(test, "checkbox"), 1);
        ck_assert_uint_eq(st_test_count(test, "exception"), 1);
        st_test_set_bool(test, find(test, "checkbox"), i % 2 == 0);
    }
    ck_assert_int_eq(runs, 1);
    st_test_destroy(test);
}
END_TEST

/* ---- what comes and goes ------------------------------------------------- */

static struct memo_function revealing = {WORD_FUNCTION("revealing"),
                                         .flags = MEMO_ALLOWS_WIDGETS};

static long reveals(int n)
{
    runs++;
    if (!st_checkbox("More"))
        return n;
    return n + (long)st_slider("How many", .max = 5);
}

/* Upstream's dynamic widget replay: revealed, set, hidden, revealed again. */
START_TEST(a_widget_that_was_hidden_has_its_default_again)
{
    one_call call = {&revealing, reveals, 0, 0};
    st_test *test = st_test_create(draw_one, &call);

    st_test_run(test);
    st_test_set_bool(test, find(test, "checkbox"), true);
    st_test_run(test);
    st_test_set_double(test, find(test, "slider"), 4);
    st_test_run(test);
    ck_assert_int_eq(call.result, 4);
    st_test_set_bool(test, find(test, "checkbox"), false);
    st_test_run(test);
    ck_assert_uint_eq(st_test_count(test, "slider"), 0);
    runs = 0;
    st_test_set_bool(test, find(test, "checkbox"), true);
    st_test_run(test);

    ck_assert_int_eq(call.result, 0);
    ck_assert_uint_eq(st_test_count(test, "slider"), 1);
    ck_assert_int_eq(runs, 0); /* it was so before */
    st_test_destroy(test);
}
END_TEST

typedef struct {
    one_call call;
    bool is_shown;
} switched_page;

static void draw_switched(void *context)
{
    switched_page *page = context;

    if (page->is_shown)
        draw_one(&page->call);
    else
        st_text("nothing");
}

START_TEST(a_function_that_was_not_called_for_a_run_forgets)
{
    switched_page page = {{&revealing, reveals, 0, 0}, true};
    st_test *test = st_test_create(draw_switched, &page);

    st_test_run(test);
    st_test_set_bool(test, find(test, "checkbox"), true);
    st_test_run(test);
    page.is_shown = false;
    st_test_run(test);
    page.is_shown = true;
    runs = 0;
    st_test_run(test);

    ck_assert_uint_eq(st_test_count(test, "slider"), 0);
    ck_assert_int_eq(runs, 0);
    st_test_destroy(test);
}
END_TEST

START_TEST(widgets_keep_their_values_when_arguments_change)
{
    one_call call = {&revealing, reveals, 0, 0};
    st_test *test = st_test_create(draw_one, &call);

    st_test_run(test);
    st_test_set_bool(test, find(test, "checkbox"), true);
    st_test_run(test);
    st_test_set_double(test, find(test, "slider"), 3);
    st_test_run(test);
    call.argument = 100;
    st_test_run(test);

    ck_assert_int_eq(call.result, 103);
    st_test_destroy(test);
}
END_TEST

/* ---- called more than once in a run -------------------------------------- */

static struct memo_function keyed = {WORD_FUNCTION("keyed"),
                                     .flags = MEMO_ALLOWS_WIDGETS};

static long asks_by_key(int n)
{
    static const char *const keys[] = {"a", "b"};

    return st_checkbox("The same label", .key = keys[n % 2]);
}

static void draw_twice(void *context)
{
    const one_call *call = context;

    call_word(call->function, call->body, 0);
    call_word(call->function, call->body, 1);
    st_text("both");
}

START_TEST(keys_made_of_arguments_tell_widgets_apart)
{
    one_call call = {&keyed, asks_by_key, 0, 0};
    st_test *test = st_test_create(draw_twice, &call);

    for (int i = 0; i < 3; i++) {
        ck_assert_int_eq(st_test_run(test), ST_OK);
        ck_assert_uint_eq(st_test_count(test, "checkbox"), 2);
        ck_assert_ptr_nonnull(st_test_find_key(test, "b"));
    }
    st_test_destroy(test);
}
END_TEST

START_TEST(other_arguments_do_not_make_another_widget)
{
    one_call call = {&revealing, reveals, 0, 0};
    st_test *test = st_test_create(draw_twice, &call);

    for (int i = 0; i < 3; i++) {
        ck_assert_int_eq(st_test_run(test), ST_DUPLICATE_WIDGET_ID);
        ck_assert_uint_eq(st_test_count(test, "checkbox"), 1);
        ck_assert_uint_eq(st_test_count(test, "text"), 0);
    }
    st_test_destroy(test);
}
END_TEST

static struct memo_function with_form = {WORD_FUNCTION("with_form"),
                                         .flags = MEMO_ALLOWS_WIDGETS};

static long fills_in_a_form(int n)
{
    st_handle form = st_form("the form");
    long sum = n;

    runs++;
    st_in(form)
    {
        sum += (long)st_slider("Number", .max = 9);
        sum += st_form_submit_button("Send") ? 1000 : 0;
    }
    return sum;
}

START_TEST(a_form_that_is_drawn_again_is_a_duplicate)
{
    one_call call = {&with_form, fills_in_a_form, 0, 0};
    st_test *test = st_test_create(draw_twice, &call);

    for (int i = 0; i < 3; i++) {
        ck_assert_int_eq(st_test_run(test), ST_DUPLICATE_WIDGET_ID);
        ck_assert_uint_eq(st_test_count(test, "form"), 1);
        ck_assert_ptr_nonnull(
            strstr(st_element_text(test, find(test, "exception")), "the form"));
    }
    st_test_destroy(test);
}
END_TEST

START_TEST(a_form_is_filled_in_and_sent)
{
    one_call call = {&with_form, fills_in_a_form, 0, 0};
    st_test *test = st_test_create(draw_one, &call);

    st_test_run(test);
    st_test_set_double(test, find(test, "slider"), 7);
    st_test_click(test, find(test, "form_submit_button"));
    st_test_run(test);
    ck_assert_int_eq(call.result, 1007);
    st_test_run(test);
    ck_assert_int_eq(call.result, 7);
    st_test_destroy(test);
}
END_TEST

/* ---- buttons and callbacks ----------------------------------------------- */

static struct memo_function pressed = {WORD_FUNCTION("pressed"),
                                       .flags = MEMO_ALLOWS_WIDGETS};

static long has_a_button(int n)
{
    runs++;
    return st_button("Press") ? -n : n;
}

START_TEST(a_button_has_two_results)
{
    one_call call = {&pressed, has_a_button, 5, 0};
    st_test *test = st_test_create(draw_one, &call);

    for (int i = 0; i < 6; i++) {
        st_test_run(test);
        ck_assert_int_eq(call.result, i % 2 ? -5 : 5);
        if (i % 2 == 0)
            st_test_click(test, find(test, "button"));
    }
    ck_assert_int_eq(runs, 2);
    st_test_destroy(test);
}
END_TEST

static int called;

static void note_call(void *argument)
{
    called += *(const int *)argument;
}

static struct memo_function calling = {WORD_FUNCTION("calling"),
                                       .flags = MEMO_ALLOWS_WIDGETS};

static long has_a_callback(int n)
{
    static const int one = 1;

    runs++;
    return n + st_checkbox("Tell me", .on_change = note_call,
                           .argument = (void *)(uintptr_t)&one);
}

/* Callbacks are never kept: a session that does not know them runs the body. */
START_TEST(callbacks_are_called_after_replays_as_well)
{
    one_call call = {&calling, has_a_callback, 0, 0};

    for (int session = 0; session < 2; session++) {
        st_test *test = st_test_create(draw_one, &call);

        called = 0;
        runs = 0;
        st_test_run(test);
        ck_assert_int_eq(runs, 1);
        st_test_run(test);
        st_test_run(test);
        ck_assert_int_eq(runs, 1);
        ck_assert_int_eq(called, 0);
        st_test_set_bool(test, find(test, "checkbox"), true);
        st_test_run(test);
        ck_assert_int_eq(called, 1);
        ck_assert_int_eq(call.result, 1);
        st_test_run(test);
        ck_assert_int_eq(called, 1);
        st_test_destroy(test);
    }
}
END_TEST

/* ---- state --------------------------------------------------------------- */

static struct memo_function stateful = {WORD_FUNCTION("stateful"),
                                        .flags = MEMO_ALLOWS_WIDGETS};

static long has_a_keyed_widget(int n)
{
    runs++;
    return n + (long)st_slider("Number", .max = 9, .key = "number");
}

typedef struct {
    one_call call;
    int before, after; /* what the state is set to; -1: not at all */
} state_page;

static void draw_with_state(void *context)
{
    state_page *page = context;

    if (page->before >= 0)
        st_state_set_double("number", page->before);
    draw_one(&page->call);
    if (page->after >= 0)
        st_state_set_double("number", page->after);
    st_text("the end");
}

START_TEST(state_that_is_set_before_is_the_widgets_value)
{
    state_page page = {{&stateful, has_a_keyed_widget, 0, 0}, -1, -1};
    st_test *test = st_test_create(draw_with_state, &page);

    st_test_run(test);
    for (int i = 1; i < 4; i++) {
        page.before = i;
        ck_assert_int_eq(st_test_run(test), ST_OK);
        ck_assert_int_eq(page.call.result, i);
        page.before = -1;
        st_test_run(test);
        ck_assert_int_eq(page.call.result, i);
    }
    st_test_destroy(test);
}
END_TEST

/* Also when it was drawn again only. */
START_TEST(state_cannot_be_set_after_its_widget)
{
    state_page page = {{&stateful, has_a_keyed_widget, 0, 0}, -1, 5};
    st_test *test = st_test_create(draw_with_state, &page);

    for (int i = 0; i < 3; i++) {
        ck_assert_int_eq(st_test_run(test), ST_MISUSE);
        ck_assert_uint_eq(st_test_count(test, "text"), 0);
        ck_assert_ptr_nonnull(
            strstr(st_element_text(test, find(test, "exception")), "number"));
    }
    st_test_destroy(test);
}
END_TEST

static struct memo_function reading = {WORD_FUNCTION("reading")};

static long reads_state(int n)
{
    runs++;
    return n + (long)st_state_get_int("count", 0);
}

static void draw_reading(void *context)
{
    one_call *call = context;

    st_state_set_int("count", st_state_get_int("count", 0) + 1);
    draw_one(call);
}

START_TEST(state_that_is_read_is_an_input)
{
    one_call call = {&reading, reads_state, 0, 0};

    for (int session = 0; session < 2; session++) {
        st_test *test = st_test_create(draw_reading, &call);

        for (int i = 1; i < 4; i++) {
            st_test_run(test);
            ck_assert_int_eq(call.result, i);
        }
        st_test_destroy(test);
    }
    ck_assert_int_eq(runs, 3);
}
END_TEST

static struct memo_function writing = {WORD_FUNCTION("writing")};

static long writes_state(int n)
{
    runs++;
    st_state_set_int("written", st_state_get_int("written", 0) + n);
    return st_state_get_int("written", 0);
}

START_TEST(a_function_that_sets_state_runs_each_time)
{
    one_call call = {&writing, writes_state, 2, 0};
    st_test *test = st_test_create(draw_one, &call);

    for (int i = 1; i < 4; i++) {
        st_test_run(test);
        ck_assert_int_eq(call.result, 2 * i);
    }
    ck_assert_int_eq(runs, 3);
    st_test_destroy(test);
}
END_TEST

/* ---- time and threads ---------------------------------------------------- */

static struct memo_function ageing = {WORD_FUNCTION("ageing"), .ttl_ns = 100,
                                      .flags = MEMO_ALLOWS_WIDGETS};

/* Each combination of values has its own age, which reading does not change. */
START_TEST(combinations_age_on_their_own)
{
    one_call call = {&ageing, asks, 0, 0};
    st_test *test = st_test_create(draw_one, &call);

    use_test_time();
    st_test_run(test); /* false, at 0 */
    test_time += 60;
    st_test_set_bool(test, find(test, "checkbox"), true);
    st_test_run(test); /* true, at 60 */
    test_time += 39;
    st_test_set_bool(test, find(test, "checkbox"), false);
    st_test_run(test); /* at 99: still there */
    ck_assert_int_eq(runs, 2);
    test_time += 1;
    st_test_run(test); /* at 100: gone */
    ck_assert_int_eq(runs, 3);
    st_test_set_bool(test, find(test, "checkbox"), true);
    st_test_run(test); /* at 100: 40 old */
    ck_assert_int_eq(runs, 3);
    st_test_destroy(test);
}
END_TEST

static struct memo_function slow_function = {WORD_FUNCTION("slow")};

static long is_slow(int n)
{
    runs++;
    st_text("slowly");
    nanosleep(&(struct timespec){.tv_nsec = 200000000}, NULL);
    return n;
}

static void *look_at_slow(void *unused)
{
    one_call call = {&slow_function, is_slow, 3, 0};
    st_test *test = st_test_create(draw_one, &call);
    uintptr_t wrong;

    (void)unused;
    st_test_run(test);
    wrong = call.result != 3 || st_test_count(test, "text") != 1;
    st_test_destroy(test);
    return (void *)wrong;
}

START_TEST(who_waits_for_a_result_draws_it)
{
    pthread_t threads[4];

    for (int i = 0; i < 4; i++)
        pthread_create(&threads[i], NULL, look_at_slow, NULL);
    for (int i = 0; i < 4; i++) {
        void *wrong;

        pthread_join(threads[i], &wrong);
        ck_assert_ptr_null(wrong);
    }
    ck_assert_int_eq(runs, 1);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("widgets.replay");
    TCase *cases = tcase_create("cases");

    tcase_add_checked_fixture(cases, begin_test, NULL);
    tcase_add_test(cases, the_innermost_function_decides);
    tcase_add_test(cases, a_widget_that_was_hidden_has_its_default_again);
    tcase_add_test(cases, a_function_that_was_not_called_for_a_run_forgets);
    tcase_add_test(cases, widgets_keep_their_values_when_arguments_change);
    tcase_add_test(cases, keys_made_of_arguments_tell_widgets_apart);
    tcase_add_test(cases, other_arguments_do_not_make_another_widget);
    tcase_add_test(cases, a_form_that_is_drawn_again_is_a_duplicate);
    tcase_add_test(cases, a_form_is_filled_in_and_sent);
    tcase_add_test(cases, a_button_has_two_results);
    tcase_add_test(cases, callbacks_are_called_after_replays_as_well);
    tcase_add_test(cases, state_that_is_set_before_is_the_widgets_value);
    tcase_add_test(cases, state_cannot_be_set_after_its_widget);
    tcase_add_test(cases, state_that_is_read_is_an_input);
    tcase_add_test(cases, a_function_that_sets_state_runs_each_time);
    tcase_add_test(cases, combinations_age_on_their_own);
    tcase_add_test(cases, who_waits_for_a_result_draws_it);
    suite_add_tcase(suite, cases);
    return suite;
}
