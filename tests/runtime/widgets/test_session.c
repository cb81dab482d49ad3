/* What a session knows between its runs: values that are set and sent, and the
 * callbacks of those that have changed. */
#include "st.h"
#include "st/test.h"

#include "../cache/fixture.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

Suite *memo_test_suite(void);

static _Atomic int runs;
static char said[200];

static void say(void *text)
{
    strcat(said, text);
    strcat(said, " ");
}

static void begin_test(void)
{
    memo_clear_all();
    runs = 0;
    said[0] = '\0';
}

static void *literal(const char *text)
{
    return (void *)(uintptr_t)text;
}

static void check_page(const st_test *test, const char *expected)
{
    char *found = st_test_dump(test);

    ck_assert_str_eq(found, expected);
    free(found);
}

/* ---- callbacks ----------------------------------------------------------- */

static void draw_three(void *context)
{
    (void)context;
    st_checkbox("a", .on_change = say, .argument = literal("first"));
    st_checkbox("b", .on_change = say, .argument = literal("second"));
    st_checkbox("c", .on_change = say, .argument = literal("third"));
}

START_TEST(callbacks_are_called_as_their_widgets_were_drawn)
{
    st_test *test = st_test_create(draw_three, NULL);

    st_test_run(test);
    for (size_t i = 3; i-- > 0;)
        st_test_set_bool(test, st_test_find(test, "checkbox", i), true);
    st_test_run(test);
    ck_assert_str_eq(said, "first second third ");
    st_test_destroy(test);
}
END_TEST

static void say_one(void *unused)
{
    (void)unused;
    say(literal("one"));
}

static void say_two(void *unused)
{
    (void)unused;
    say(literal("two"));
}

static struct memo_function telling = {WORD_FUNCTION("telling"),
                                       .flags = MEMO_ALLOWS_WIDGETS};

static long tells(int n)
{
    return n + st_checkbox("Yes", .key = "k",
                           .on_change = n == 1   ? say_one
                                        : n == 2 ? say_two
                                                 : NULL);
}

static void draw_telling(void *argument)
{
    call_word(&telling, tells, *(const int *)argument);
}

/* Drawn by a hit or not: the callback is that of the last drawing. */
START_TEST(the_last_drawing_says_which_callback)
{
    static const struct {
        int arguments[6];
        const char *said;
    } cases[] = {
        {{1, 2, 1}, "one "}, {{3, 1, 3}, ""}, {{1, 2, 3, 1, 2}, "two "}};
    int argument = 0;
    st_test *test = st_test_create(draw_telling, &argument);

    for (const int *at = cases[_i].arguments; *at; at++) {
        argument = *at;
        st_test_run(test);
    }
    st_test_set_bool(test, st_test_find_key(test, "k"), true);
    st_test_run(test);
    ck_assert_str_eq(said, cases[_i].said);
    st_test_destroy(test);
}
END_TEST

static void (*way_out)(void);

static void leave(void *unused)
{
    (void)unused;
    way_out();
}

static void draw_leaving(void *sum)
{
    *(double *)sum = st_slider("n", .key = "s") +
                     100 * st_checkbox("Leave", .key = "k", .on_change = leave);
}

/* What was sent counts, and what is not drawn because of it is not lost. */
START_TEST(callbacks_may_end_the_run)
{
    double sum = 0;
    st_test *test = st_test_create(draw_leaving, &sum);

    way_out = _i ? st_stop : st_rerun;
    st_test_run(test);
    st_test_set_double(test, st_test_find_key(test, "s"), 7);
    st_test_run(test);
    ck_assert_double_eq(sum, 7);
    st_test_set_bool(test, st_test_find_key(test, "k"), true);
    ck_assert_int_eq(st_test_run(test), _i ? ST_STOPPED : ST_OK);
    if (_i) {
        check_page(test, "main\nsidebar\n");
        ck_assert_int_eq(st_test_run(test), ST_OK);
    }
    ck_assert_double_eq(sum, 107);
    st_test_destroy(test);
}
END_TEST

static void draw_allocated(void *context)
{
    char *text = st_alloc(1000);

    (void)context;
    memset(text, 'x', 999);
    strcpy(text, "allocated");
    st_checkbox("Yes", .on_change = say, .argument = text);
}

START_TEST(arguments_of_callbacks_may_be_allocated_in_the_run)
{
    st_test *test = st_test_create(draw_allocated, NULL);

    st_test_run(test);
    for (int i = 0; i < 3; i++) {
        said[0] = '\0';
        st_test_set_bool(test, st_test_find(test, "checkbox", 0), i % 2 == 0);
        st_test_run(test);
        ck_assert_str_eq(said, "allocated ");
        st_test_run(test);
    }
    st_test_destroy(test);
}
END_TEST

static struct memo_function allocating = {WORD_FUNCTION("allocating"),
                                          .flags = MEMO_ALLOWS_WIDGETS};

static long allocates(int n)
{
    draw_allocated(NULL);
    return n;
}

static void draw_allocating(void *unused)
{
    (void)unused;
    call_word(&allocating, allocates, 1);
}

/* They are gone with the run: only the body can make them. */
START_TEST(arguments_of_callbacks_are_not_drawn_again)
{
    st_test *test = st_test_create(draw_allocating, NULL);

    for (int i = 0; i < 4; i++)
        st_test_run(test);
    st_test_set_bool(test, st_test_find(test, "checkbox", 0), true);
    st_test_run(test);
    ck_assert_str_eq(said, "allocated ");
    st_test_destroy(test);
}
END_TEST

/* ---- values that are set ------------------------------------------------- */

static struct memo_function naming = {WORD_FUNCTION("naming"),
                                      .flags = MEMO_ALLOWS_WIDGETS};

static long names(int n)
{
    runs++;
    return n + st_text_input("Name", .key = "name")[0];
}

typedef struct {
    bool sets;
    long result;
} naming_page;

static void draw_naming(void *context)
{
    naming_page *page = context;

    if (page->sets)
        st_state_set_text("name", "red");
    page->result = call_word(&naming, names, 0);
}

/* The front end is told of the value in one run; a hit does not tell it. */
START_TEST(a_value_that_is_set_is_told_once)
{
    naming_page page = {true, 0};
    st_test *test = st_test_create(draw_naming, &page), *other;

    st_test_run(test);
    check_page(test, "main\n  text_input key=\"name\" label=\"Name\" "
                     "default=\"\" value=\"red\" "
                     "set_value=true\nsidebar\n");
    page.sets = false;
    for (int i = 0; i < 2; i++) {
        st_test_run(test);
        ck_assert_int_eq(page.result, 'r');
        check_page(test, "main\n  text_input key=\"name\" label=\"Name\" "
                         "default=\"\"\nsidebar\n");
    }
    other = st_test_create(draw_naming, &page);
    st_test_run(other);
    ck_assert_int_eq(page.result, 0);
    check_page(other, "main\n  text_input key=\"name\" label=\"Name\" "
                      "default=\"\"\nsidebar\n");
    st_test_destroy(test);
    st_test_destroy(other);
}
END_TEST

static void use_no_key(void *unused)
{
    (void)unused;
    if (runs++ % 2)
        st_state_set_int(NULL, 1);
    else
        ck_assert_int_eq(st_state_get_int(NULL, 5), 5);
    ck_abort_msg("it is an error");
}

START_TEST(a_key_that_is_none_is_an_error)
{
    st_test *test = st_test_create(use_no_key, NULL);

    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(st_test_run(test), ST_MISUSE);
        ck_assert_ptr_nonnull(strstr(
            st_element_text(test, st_test_find(test, "exception", 0)), "NULL"));
    }
    st_state_set_int(NULL, 1);
    ck_assert_int_eq(st_state_get_int(NULL, 5), 5);
    st_test_destroy(test);
}
END_TEST

/* ---- forms --------------------------------------------------------------- */

static struct memo_function everywhere = {WORD_FUNCTION("everywhere"),
                                          .flags = MEMO_ALLOWS_WIDGETS};
static struct memo_function press_anywhere = {WORD_FUNCTION("press_anywhere"),
                                              .flags = MEMO_ALLOWS_WIDGETS};
static struct memo_function send_anywhere = {WORD_FUNCTION("send_anywhere"),
                                             .flags = MEMO_ALLOWS_WIDGETS};
static struct memo_function form_anywhere = {WORD_FUNCTION("form_anywhere"),
                                             .flags = MEMO_ALLOWS_WIDGETS};

static long asks(int n)
{
    return n + st_checkbox("Yes");
}

static long presses(int n)
{
    return n + st_button("Press");
}

static long sends(int n)
{
    return n + st_form_submit_button("Send");
}

static long has_a_form(int n)
{
    st_in(st_form("inner"))
    {
        n += st_form_submit_button("Send inner");
    }
    return n;
}

typedef struct {
    struct memo_function *function;
    long (*body)(int);
    bool is_in_form;
} anywhere;

static void draw_anywhere(void *context)
{
    anywhere *page = context;

    if (!page->is_in_form) {
        call_word(page->function, page->body, 1);
        return;
    }
    st_in(st_form("outer"))
    {
        call_word(page->function, page->body, 1);
        st_form_submit_button("Go");
    }
}

/* Drawn in a form first or not: then elsewhere it is as it is there. */
START_TEST(whether_it_is_in_a_form_is_an_input)
{
    static const struct {
        struct memo_function *function;
        long (*body)(int);
    } all[] = {{&everywhere, asks},
               {&press_anywhere, presses},
               {&send_anywhere, sends},
               {&form_anywhere, has_a_form}};
    char *pages[2][2];

    for (int order = 0; order < 2; order++) {
        memo_clear_all();
        for (int i = 0; i < 2; i++) {
            anywhere page = {all[_i].function, all[_i].body, i != order};
            st_test *test = st_test_create(draw_anywhere, &page);

            st_test_run(test);
            st_test_run(test);
            pages[order][page.is_in_form] = st_test_dump(test);
            st_test_destroy(test);
        }
    }
    for (int i = 0; i < 2; i++) {
        ck_assert_str_eq(pages[0][i], pages[1][i]);
        free(pages[0][i]);
        free(pages[1][i]);
    }
}
END_TEST

static void draw_a_nameless_form(void *key)
{
    st_in(st_form(key))
    {
        st_form_submit_button("Send");
    }
}

START_TEST(a_form_needs_a_key)
{
    static const char *const keys[] = {NULL, ""};
    st_test *test = st_test_create(draw_a_nameless_form, literal(keys[_i]));

    ck_assert_int_eq(st_test_run(test), ST_MISUSE);
    ck_assert_ptr_nonnull(
        strstr(st_element_text(test, st_test_find(test, "exception", 0)),
               "'st_form' needs a key"));
    st_test_destroy(test);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("widgets.session");
    TCase *cases = tcase_create("cases");

    tcase_add_checked_fixture(cases, begin_test, NULL);
    tcase_add_test(cases, callbacks_are_called_as_their_widgets_were_drawn);
    tcase_add_loop_test(cases, the_last_drawing_says_which_callback, 0, 3);
    tcase_add_loop_test(cases, callbacks_may_end_the_run, 0, 2);
    tcase_add_test(cases, arguments_of_callbacks_may_be_allocated_in_the_run);
    tcase_add_test(cases, arguments_of_callbacks_are_not_drawn_again);
    tcase_add_test(cases, a_value_that_is_set_is_told_once);
    tcase_add_test(cases, a_key_that_is_none_is_an_error);
    tcase_add_loop_test(cases, whether_it_is_in_a_form_is_an_input, 0, 4);
    tcase_add_loop_test(cases, a_form_needs_a_key, 0, 2);
    suite_add_tcase(suite, cases);
    return suite;
}
