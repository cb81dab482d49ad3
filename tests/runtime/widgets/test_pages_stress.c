/* Many threads, each with a page of its own, over the same memoized functions:
 * what each sees is what it would see without them. */
#include "st.h"
#include "st/test.h"

#include "../cache/fixture.h"

#include "../../support/random.h"

#include <check.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Suite *memo_test_suite(void);

enum { THREADS = 8, RUNS = 1000 };

static struct memo_function outer_function = {
    WORD_FUNCTION("outer"), .flags = MEMO_ALLOWS_WIDGETS, .max_entries = 40};
static struct memo_function inner_function = {WORD_FUNCTION("inner"),
                                              .flags = MEMO_ALLOWS_WIDGETS};
static struct memo_function shown_function = {WORD_FUNCTION("shown"),
                                              .max_entries = 5};

/* Is this thread's page drawn by memoized functions right now? */
static _Thread_local bool is_memoized;

static long call(struct memo_function *function, long (*body)(int), int n)
{
    return is_memoized ? call_word(function, body, n) : body(n);
}

static long shown(int n)
{
    st_handle slot = st_empty();

    st_text("for a while", .in = slot);
    st_metric("Number", .value = n % 2 ? "odd" : "even", .in = slot);
    st_text("aside", .in = ST_SIDEBAR);
    return n;
}

static long inner(int n)
{
    static const char *const labels[] = {"zero", "one", "two", "three"};
    static const char *const keys[] = {"k0", "k1", "k2", "k3"};
    long sum = (long)st_slider(labels[n], .max = 5, .key = keys[n]);

    st_write(sum);
    if (st_button(labels[n]))
        st_rerun();
    if (sum == 5)
        st_stop();
    return sum + call(&shown_function, shown, (int)sum + 8 * n);
}

static long outer(int n)
{
    st_handle box = st_container(.border = true);
    long sum = 0;

    st_in(box)
    {
        sum = call(&inner_function, inner, n % 2);
    }
    if (st_checkbox(n < 2 ? "More" : "Even more"))
        sum += call(&inner_function, inner, 2 + n % 2);
    st_text("explicitly", .in = box);
    return sum;
}

static void draw(void *page)
{
    const int *n = page;

    st_title("A page");
    st_write(call(&outer_function, outer, *n));
    st_text("the end");
}

/* The same answer on both pages. */
static void answer(st_test *pages[2], uint64_t *state)
{
    size_t choice = random_below(state, 3), index = random_below(state, 2);
    double number = (double)random_below(state, 6);

    for (int i = 0; i < 2; i++) {
        if (choice == 0)
            st_test_set_bool(pages[i], st_test_find(pages[i], "checkbox", 0),
                             number > 2);
        else if (choice == 1)
            st_test_set_double(pages[i],
                               st_test_find(pages[i], "slider", index), number);
        else
            st_test_click(pages[i], st_test_find(pages[i], "button", index));
    }
}

static bool is_same(st_test *pages[2], int run)
{
    char *text[2];
    st_status status[2];
    bool is;

    for (int i = 0; i < 2; i++) {
        is_memoized = i == 0;
        status[i] = st_test_run(pages[i]);
        text[i] = st_test_dump(pages[i]);
    }
    is = status[0] == status[1] && strcmp(text[0], text[1]) == 0;
    if (!is)
        fprintf(stderr, "run %d: %s\n%s\nbut memoized: %s\n%s", run,
                st_status_text(status[1]), text[1], st_status_text(status[0]),
                text[0]);
    free(text[0]);
    free(text[1]);
    return is;
}

static void *look_at_pages(void *number)
{
    uint64_t state = (uint64_t)(uintptr_t)number;
    int page = (int)random_below(&state, 4);
    st_test *pages[2] = {st_test_create(draw, &page),
                         st_test_create(draw, &page)};
    uintptr_t wrong = 0;

    for (int run = 0; run < RUNS && wrong == 0; run++) {
        wrong += !is_same(pages, run);
        answer(pages, &state);
        if (random_below(&state, 20) == 0)
            page = (int)random_below(&state, 4);
        if (random_below(&state, 100) == 0)
            memo_clear_all();
    }
    st_test_destroy(pages[0]);
    st_test_destroy(pages[1]);
    return (void *)wrong;
}

START_TEST(every_thread_sees_its_own_page)
{
    pthread_t threads[THREADS];
    uintptr_t number = 1;

    for (int i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, look_at_pages, (void *)number++);
    for (int i = 0; i < THREADS; i++) {
        void *wrong;

        pthread_join(threads[i], &wrong);
        ck_assert_ptr_null(wrong);
    }
    ck_assert_uint_gt(stats_of(&outer_function).hits, RUNS);
    memo_clear_all();
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("widgets.pages_stress");
    TCase *cases = tcase_create("cases");

    tcase_set_timeout(cases, 240);
    tcase_add_test(cases, every_thread_sees_its_own_page);
    suite_add_tcase(suite, cases);
    return suite;
}
