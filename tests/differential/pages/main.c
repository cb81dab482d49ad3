/* main.c -- draw made-up pages, answer at random, and print what became of
 * them.
 *
 *     pages FIRST COUNT STEPS
 *
 * With and without memogen it prints the same; MEMO_STATS in the environment
 * adds who was computed and who was not to the standard error.
 */
#include "answer.h"
#include "page.h"

#include <memo.h>

#include <stdio.h>
#include <stdlib.h>

static void set_clock(st_test *test, uint64_t *state)
{
    st_test_set_clock(test, some_date(state),
                      (st_time){12, (int)random_below(state, 3)});
}

static st_test *create(struct page_run *run, uint64_t *state)
{
    st_test *test = st_test_create(draw_page, run);

    if (test)
        set_clock(test, state);
    return test;
}

static void run_page(unsigned page, int steps)
{
    uint64_t state = page;
    struct page_run run = {page, 0};
    st_test *test = create(&run, &state);

    for (int step = 0; test && step < steps; step++) {
        st_status status = st_test_run(test);
        char *text = st_test_dump(test);

        printf("== page %u, step %d: %s, %ld\n%s", page, step,
               st_status_text(status), run.result, text ? text : "");
        free(text);
        interact(test, &state);
        if (random_below(&state, 10) == 0)
            set_clock(test, &state);
        if (random_below(&state, 10) == 0) { /* somebody else comes along */
            st_test_destroy(test);
            test = create(&run, &state);
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
