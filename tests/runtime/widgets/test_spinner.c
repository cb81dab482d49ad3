/* The spinner of a memoized function that takes long. */
#include "elements/page.h"
#include "st.h"
#include "st/test.h"

#include "../cache/fixture.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

Suite *memo_test_suite(void);

/* What the spinner said, some time after the body had begun. */
static char seen[100];

static void look(uint64_t later_ns)
{
    const st_page *page = st_thread_self()->page;
    uint32_t target;
    const char *text =
        st_page_spinner(page, page->busy.since_ns + later_ns, &target);

    snprintf(seen, sizeof seen, "%s", text ? text : "none");
}

static long looks(int n)
{
    look(n == 0 ? ST_SPINNER_DELAY_NS - 1 : ST_SPINNER_DELAY_NS);
    if (n == 2) {
        st_text("first");
        look(ST_SPINNER_DELAY_NS);
    }
    if (n == 3)
        st_stop();
    return n;
}

static struct memo_function plain = {WORD_FUNCTION("plain")};
static struct memo_function named = {WORD_FUNCTION("named"),
                                     .spinner = "Loading"};
static struct memo_function quiet = {WORD_FUNCTION("quiet"),
                                     .flags = MEMO_SHOWS_NO_SPINNER};
static struct memo_function around = {WORD_FUNCTION("around"),
                                      .flags = MEMO_SHOWS_NO_SPINNER};

typedef struct {
    struct memo_function *function;
    int argument;
} one_call;

static void draw(void *context)
{
    const one_call *call = context;

    call_word(call->function, looks, call->argument);
}

static st_test *run(struct memo_function *function, int argument)
{
    static one_call call;
    st_test *test = st_test_create(draw, &call);

    call = (one_call){function, argument};
    memo_clear_all();
    seen[0] = '\0';
    st_test_run(test);
    return test;
}

START_TEST(it_shows_after_a_while)
{
    st_test_destroy(run(&plain, 0));
    ck_assert_str_eq(seen, "none");
    st_test_destroy(run(&plain, 1));
    ck_assert_str_eq(seen, "Running `plain(...)`.");
    st_test_destroy(run(&named, 1));
    ck_assert_str_eq(seen, "Loading");
    st_test_destroy(run(&quiet, 1));
    ck_assert_str_eq(seen, "none");
}
END_TEST

/* Elements are where they are on a hit, which has no spinner. */
START_TEST(the_first_element_takes_its_place)
{
    st_test *test = run(&plain, 2);
    char *missed = st_test_dump(test), *hit;

    ck_assert_str_eq(seen, "none");
    st_test_run(test);
    hit = st_test_dump(test);
    ck_assert_str_eq(missed, hit);
    free(missed);
    free(hit);
    st_test_destroy(test);
}
END_TEST

static void draw_and_look(void *context)
{
    draw(context);
    look(ST_SPINNER_DELAY_NS);
}

START_TEST(it_is_gone_when_the_function_is)
{
    static one_call call = {&plain, 1};
    st_test *test = st_test_create(draw_and_look, &call);

    memo_clear_all();
    st_test_run(test);
    ck_assert_str_eq(seen, "none");
    st_test_run(test); /* a hit */
    ck_assert_str_eq(seen, "none");
    call.argument = 3; /* it stops */
    st_test_run(test);
    call.argument = 1;
    st_test_run(test);
    ck_assert_str_eq(seen, "none");
    st_test_destroy(test);
}
END_TEST

static long calls_inside(int n)
{
    return call_word(&named, looks, n);
}

static void draw_around(void *unused)
{
    (void)unused;
    call_word(&around, calls_inside, 1);
}

START_TEST(only_the_outermost_function_has_one)
{
    st_test *test = st_test_create(draw_around, NULL);

    memo_clear_all();
    st_test_run(test);
    ck_assert_str_eq(seen, "none");
    st_test_destroy(test);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("widgets.spinner");
    TCase *cases = tcase_create("cases");

    tcase_add_test(cases, it_shows_after_a_while);
    tcase_add_test(cases, the_first_element_takes_its_place);
    tcase_add_test(cases, it_is_gone_when_the_function_is);
    tcase_add_test(cases, only_the_outermost_function_has_one);
    suite_add_tcase(suite, cases);
    return suite;
}
