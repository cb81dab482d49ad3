/* main.c -- draw made-up pages, answer at random, and print what became of
 * them.
 *
 *     pages FIRST COUNT STEPS
 *
 * With and without memogen it prints the same; MEMO_STATS in the environment
 * adds who was computed and who was not to the standard error.
 */
#include "page.h"

#include "../../support/random.h"

#include <memo.h>
#include <st/test.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const kinds[] = {"checkbox",  "button",     "slider",
                                    "selectbox", "text_input", "number_input",
                                    "radio"};

static void answer(st_test *test, const st_element *widget, uint64_t *state)
{
    static const char *const options[] = {"red", "green", "blue"};
    const char *kind = st_element_kind(widget);

    if (strcmp(kind, "checkbox") == 0)
        st_test_set_bool(test, widget, random_below(state, 2));
    else if (strcmp(kind, "button") == 0)
        st_test_click(test, widget);
    else if (strcmp(kind, "slider") == 0 || strcmp(kind, "number_input") == 0)
        st_test_set_double(test, widget, (double)random_below(state, 4));
    else if (strcmp(kind, "text_input") == 0)
        st_test_set_text(test, widget, options[random_below(state, 3)]);
    else
        st_test_set_text(test, widget, options[random_below(state, 3)]);
}

/* The person in front of the page does something, or several things. */
static void interact(st_test *test, uint64_t *state)
{
    do {
        const char *kind = kinds[random_below(state, 7)];
        size_t count = st_test_count(test, kind);

        if (count > 0)
            answer(test, st_test_find(test, kind, random_below(state, count)),
                   state);
    } while (random_below(state, 3) == 0);
}

static void run_page(unsigned page, int steps)
{
    uint64_t state = page;
    struct page_run run = {page, 0};
    st_test *test = st_test_create(draw_page, &run);

    for (int step = 0; test && step < steps; step++) {
        st_status status = st_test_run(test);
        char *text = st_test_dump(test);

        printf("== page %u, step %d: %s, %ld\n%s", page, step,
               st_status_text(status), run.result, text ? text : "");
        free(text);
        interact(test, &state);
        if (random_below(&state, 10) == 0) { /* somebody else comes along */
            st_test_destroy(test);
            test = st_test_create(draw_page, &run);
        }
    }
    st_test_destroy(test);
}

static int report(void *unused, const memo_function_info *info)
{
    (void)unused;
    fprintf(stderr, "%s: %lu hits, %lu misses, %lu uncached, %lu not kept\n",
            info->name, (unsigned long)info->stats.hits,
            (unsigned long)info->stats.misses,
            (unsigned long)info->stats.uncached,
            (unsigned long)info->stats.not_kept);
    return info->stats.lies > 0;
}

int main(int argc, char **argv)
{
    unsigned first = argc > 1 ? (unsigned)atoi(argv[1]) : 1;
    unsigned count = argc > 2 ? (unsigned)atoi(argv[2]) : 200;
    int steps = argc > 3 ? atoi(argv[3]) : 50;

    for (unsigned i = 0; i < count; i++)
        run_page(first + i, steps);
    return getenv("MEMO_STATS") ? memo_each_function(report, NULL) : 0;
}
