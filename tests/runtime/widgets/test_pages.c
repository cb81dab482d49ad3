/* Pages that memoized functions draw: the same trees and results as without. */
#include "st.h"
#include "st/test.h"

#include "../cache/fixture.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

Suite *memo_test_suite(void);

static _Atomic int runs;

static const char *text(const st_test *test, const char *kind, size_t index)
{
    return st_element_text(test, st_test_find(test, kind, index));
}

static void check_page(const st_test *test, const char *expected)
{
    char *found = st_test_dump(test);

    ck_assert_str_eq(found, expected);
    free(found);
}

/* ---- the page of the documentation --------------------------------------- */

static struct memo_function plus_one_function = {WORD_FUNCTION("plus_one"),
                                                 .flags = MEMO_ALLOWS_WIDGETS};

static long plus_one(int x)
{
    runs++;
    if (!st_checkbox("Nuke the value"))
        return x + 1;
    st_write("Value was nuked, returning 0");
    return 0;
}

static void draw_plus_one(void *results)
{
    long *result = results;

    *result = call_word(&plus_one_function, plus_one, 2);
    st_write(*result);
}

START_TEST(values_of_widgets_are_inputs)
{
    static const long expected[] = {3, 0, 3, 0};
    long result = -1;
    st_test *test = st_test_create(draw_plus_one, &result);

    for (int i = 0; i < 4; i++) {
        ck_assert_int_eq(st_test_run(test), ST_OK);
        ck_assert_int_eq(result, expected[i]);
        ck_assert_str_eq(text(test, "checkbox", 0), "Nuke the value");
        ck_assert_str_eq(text(test, "markdown", 0),
                         i % 2 ? "Value was nuked, returning 0" : "3");
        ck_assert_uint_eq(st_test_count(test, "markdown"), i % 2 ? 2 : 1);
        st_test_set_bool(test, st_test_find(test, "checkbox", 0), i % 2 == 0);
    }
    ck_assert_int_eq(runs, 2);
    st_test_destroy(test);
}
END_TEST

START_TEST(a_new_session_finds_what_another_one_has_drawn)
{
    long result = -1;

    for (int i = 0; i < 3; i++) {
        st_test *test = st_test_create(draw_plus_one, &result);

        st_test_run(test);
        ck_assert_int_eq(result, 3);
        check_page(test, "main\n"
                         "  checkbox label=\"Nuke the value\"\n"
                         "  markdown body=\"3\" element_type=NATIVE\n"
                         "sidebar\n");
        st_test_destroy(test);
    }
    ck_assert_int_eq(runs, 1);
}
END_TEST

START_TEST(without_a_page_nothing_is_drawn_and_nothing_breaks)
{
    long result = -1;
    st_test *test = st_test_create(draw_plus_one, &result);

    ck_assert_int_eq(call_word(&plus_one_function, plus_one, 2), 3);
    ck_assert_int_eq(call_word(&plus_one_function, plus_one, 2), 3);
    st_text("nowhere");
    ck_assert(!st_checkbox("neither"));
    st_test_run(test); /* what was drawn nowhere is drawn here */

    ck_assert_int_eq(result, 3);
    ck_assert_uint_eq(st_test_count(test, "checkbox"), 1);
    ck_assert_int_eq(runs, 1);
    st_test_destroy(test);
}
END_TEST

static void draw_twice(void *is_over)
{
    call_word(&plus_one_function, plus_one, 2);
    st_text("between");
    call_word(&plus_one_function, plus_one, 2);
    *(bool *)is_over = true;
}

START_TEST(a_widget_that_is_drawn_twice_ends_the_run)
{
    bool is_over = false;
    st_test *test = st_test_create(draw_twice, &is_over);

    for (int i = 0; i < 3; i++) {
        ck_assert_int_eq(st_test_run(test), ST_DUPLICATE_WIDGET_ID);
        ck_assert(!is_over);
        ck_assert_uint_eq(st_test_count(test, "checkbox"), 1);
        ck_assert_uint_eq(st_test_count(test, "text"), 1);
        ck_assert_ptr_nonnull(strstr(text(test, "exception", 0), "checkbox"));
    }
    st_test_destroy(test);
}
END_TEST

/* ---- where widgets are not allowed --------------------------------------- */

static struct memo_function refusing = {WORD_FUNCTION("refusing")};
static struct memo_function suppressing = {WORD_FUNCTION("suppressing"),
                                           .flags = MEMO_SUPPRESSES_WARNING};

static void draw_refusing(void *result)
{
    *(long *)result = call_word(&refusing, plus_one, 2);
}

START_TEST(a_widget_that_is_not_allowed_leaves_a_warning)
{
    long result = -1;
    st_test *test = st_test_create(draw_refusing, &result);

    for (int i = 0; i < 3; i++) {
        ck_assert_int_eq(st_test_run(test), ST_OK);
        ck_assert_int_eq(result, 3);
        ck_assert_uint_eq(st_test_count(test, "checkbox"), 0);
        ck_assert_uint_eq(st_test_count(test, "exception"), 1);
        ck_assert_ptr_nonnull(strstr(text(test, "exception", 0), "refusing"));
        ck_assert_ptr_nonnull(strstr(text(test, "exception", 0), "checkbox"));
    }
    ck_assert_int_eq(runs, 1);
    st_test_destroy(test);
}
END_TEST

static void draw_suppressing(void *result)
{
    *(long *)result = call_word(&suppressing, plus_one, 2);
}

START_TEST(a_widget_without_a_warning_is_live_and_nothing_is_kept)
{
    long result = -1;
    st_test *test = st_test_create(draw_suppressing, &result);

    for (int i = 0; i < 4; i++) {
        ck_assert_int_eq(st_test_run(test), ST_OK);
        ck_assert_int_eq(result, i % 2 ? 0 : 3);
        ck_assert_uint_eq(st_test_count(test, "exception"), 0);
        st_test_set_bool(test, st_test_find(test, "checkbox", 0), i % 2 == 0);
    }
    ck_assert_int_eq(runs, 4);
    st_test_destroy(test);
}
END_TEST

/* ---- containers ---------------------------------------------------------- */

static struct memo_function outer_function = {WORD_FUNCTION("outer")};
static struct memo_function inner_function = {WORD_FUNCTION("inner")};

static long inner(int n)
{
    runs++;
    st_text(n ? "inner one" : "inner zero");
    return n;
}

static long outer(int n)
{
    st_handle box = st_container(.border = true), columns[2];

    runs++;
    st_text("before");
    st_in(box)
    {
        st_text("in the box");
        call_word(&inner_function, inner, n);
    }
    st_text("explicitly", .in = box);
    st_columns(columns, 2);
    st_text("left", .in = columns[0]);
    st_text("aside", .in = ST_SIDEBAR);
    st_in(ST_SIDEBAR)
    {
        st_in(columns[1])
        {
            st_text("right");
        }
        st_text("aside too");
    }
    return n;
}

static void draw_outer(void *context)
{
    st_handle box = st_expander("Around");

    (void)context;
    st_in(box)
    {
        call_word(&outer_function, outer, 1);
    }
    st_text("after");
}

static const char outer_page[] =
    "main\n"
    "  expander label=\"Around\" expanded=false\n"
    "    container border=true direction=VERTICAL\n"
    "      text body=\"in the box\"\n"
    "      text body=\"inner one\"\n"
    "      text body=\"explicitly\"\n"
    "    text body=\"before\"\n"
    "    columns direction=HORIZONTAL wrap=true\n"
    "      column weight=0.5\n"
    "        text body=\"left\"\n"
    "      column weight=0.5\n"
    "        text body=\"right\"\n"
    "  text body=\"after\"\n"
    "sidebar\n"
    "  text body=\"aside\"\n"
    "  text body=\"aside too\"\n";

/* Inner ones that miss, hit, and miss again while the outer one runs. */
START_TEST(each_level_knows_its_own_containers)
{
    st_test *test = st_test_create(draw_outer, NULL);

    for (int i = 0; i < 6; i++) {
        st_test_run(test);
        check_page(test, outer_page);
        if (i == 1)
            memo_clear_function(0, "outer");
        if (i == 3)
            memo_clear_all();
    }
    ck_assert_int_eq(runs, 2 + 1 + 2);
    st_test_destroy(test);
}
END_TEST

static st_handle outside;
static struct memo_function closing = {WORD_FUNCTION("closing")};

static long draws_outside(int n)
{
    st_text("inside");
    if (n == 0)
        st_text("explicitly", .in = outside);
    else
        st_in(outside)
        {
            st_text("with it");
        }
    st_text("not reached on a hit");
    return n;
}

static void draw_closing(void *n)
{
    outside = st_container();
    st_text("between");
    call_word(&closing, draws_outside, *(int *)n);
}

START_TEST(drawing_outside_cannot_be_drawn_again)
{
    st_test *test = st_test_create(draw_closing, &_i);

    ck_assert_int_eq(st_test_run(test), ST_OK);
    ck_assert_uint_eq(st_test_count(test, "text"), 4);
    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(st_test_run(test), ST_CLOSURE_REPLAY);
        ck_assert_uint_eq(st_test_count(test, "text"), 2);
        ck_assert_ptr_nonnull(strstr(text(test, "exception", 0), "closing"));
        ck_assert_ptr_nonnull(strstr(text(test, "exception", 0), "'text'"));
        ck_assert_ptr_nonnull(strstr(text(test, "exception", 0), "container"));
    }
    st_test_destroy(test);
}
END_TEST

static struct memo_function counting = {WORD_FUNCTION("counting")};

static long counts(int n)
{
    st_handle bar = st_progress(0.0), slot = st_empty();

    runs++;
    for (int i = 1; i <= n; i++) {
        st_progress(i / (double)n, .in = bar);
        st_write(i);
        st_text("one of many", .in = slot);
    }
    st_text("the last one", .in = slot);
    return n;
}

static void draw_counting(void *context)
{
    (void)context;
    call_word(&counting, counts, 2);
}

START_TEST(what_is_written_over_is_written_over_again)
{
    st_test *test = st_test_create(draw_counting, NULL);

    for (int i = 0; i < 3; i++) {
        st_test_run(test);
        check_page(test, "main\n"
                         "  progress value=100\n"
                         "  text body=\"the last one\"\n"
                         "  markdown body=\"1\" element_type=NATIVE\n"
                         "  markdown body=\"2\" element_type=NATIVE\n"
                         "sidebar\n");
    }
    ck_assert_int_eq(runs, 1);
    st_test_destroy(test);
}
END_TEST

/* ---- nesting and inputs -------------------------------------------------- */

static struct memo_function around_allowed = {WORD_FUNCTION("around_allowed")};

static long calls_plus_one(int x)
{
    return 10 * call_word(&plus_one_function, plus_one, x);
}

static void draw_around(void *result)
{
    *(long *)result = call_word(&around_allowed, calls_plus_one, 2);
}

START_TEST(inputs_inside_are_inputs_of_all_around)
{
    long result = -1;
    st_test *test = st_test_create(draw_around, &result);

    for (int i = 0; i < 6; i++) {
        st_test_run(test);
        ck_assert_int_eq(result, i % 2 ? 0 : 30);
        ck_assert_uint_eq(st_test_count(test, "exception"), 0);
        st_test_set_bool(test, st_test_find(test, "checkbox", 0), i % 2 == 0);
    }
    ck_assert_int_eq(runs, 2);
    st_test_destroy(test);
}
END_TEST

/* ---- ends ---------------------------------------------------------------- */

static struct memo_function stopping = {WORD_FUNCTION("stopping")};
static int deferred;

static void note(void *argument)
{
    deferred = 10 * deferred + *(const int *)argument;
}

static long stops(int n)
{
    static const int one = 1, two = 2;

    runs++;
    st_defer(note, (void *)(uintptr_t)&one);
    st_defer(note, (void *)(uintptr_t)&two);
    st_in(st_container())
    {
        st_text("inside");
        st_stop();
    }
    return n;
}

static void draw_stopping(void *context)
{
    (void)context;
    call_word(&outer_function, stops, 0);
    call_word(&stopping, stops, 1);
    st_text("never");
}

START_TEST(stopping_leaves_everything_in_order)
{
    st_test *test = st_test_create(draw_stopping, NULL);
    long result = -1;
    st_test *other = st_test_create(draw_plus_one, &result);

    for (int i = 1; i <= 3; i++) {
        deferred = 0;
        ck_assert_int_eq(st_test_run(test), ST_STOPPED);
        ck_assert_int_eq(runs, i); /* it is not kept */
        ck_assert_int_eq(deferred, 21);
        ck_assert_uint_eq(st_test_count(test, "text"), 1);
    }
    runs = 0;
    ck_assert_int_eq(st_test_run(other), ST_OK);
    ck_assert_uint_eq(st_test_count(other, "checkbox"), 1);
    st_test_destroy(test);
    st_test_destroy(other);
}
END_TEST

static void forget(void)
{
    memo_clear_all();
    runs = 0;
}

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("widgets.pages");
    TCase *cases = tcase_create("cases");

    tcase_add_checked_fixture(cases, forget, NULL);
    tcase_add_test(cases, values_of_widgets_are_inputs);
    tcase_add_test(cases, a_new_session_finds_what_another_one_has_drawn);
    tcase_add_test(cases, without_a_page_nothing_is_drawn_and_nothing_breaks);
    tcase_add_test(cases, a_widget_that_is_drawn_twice_ends_the_run);
    tcase_add_test(cases, a_widget_that_is_not_allowed_leaves_a_warning);
    tcase_add_test(cases,
                   a_widget_without_a_warning_is_live_and_nothing_is_kept);
    tcase_add_test(cases, each_level_knows_its_own_containers);
    tcase_add_loop_test(cases, drawing_outside_cannot_be_drawn_again, 0, 2);
    tcase_add_test(cases, what_is_written_over_is_written_over_again);
    tcase_add_test(cases, inputs_inside_are_inputs_of_all_around);
    tcase_add_test(cases, stopping_leaves_everything_in_order);
    suite_add_tcase(suite, cases);
    return suite;
}
