/* replay.c -- to draw again what a memoized function has drawn, beside drawing
 * it. */
#include "bench.h"
#include "drawing.h"

#include <st/test.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A page that calls one function some times, and how long that took. */
struct drawing {
    int (*draw)(int n);
    int calls;
    double ns; /* a call */
};

static void draw_page(void *context)
{
    struct drawing *drawing = context;
    double begin = now_ns();

    for (int i = 0; i < drawing->calls; i++)
        drawing->draw(i);
    drawing->ns = (now_ns() - begin) / drawing->calls;
}

/* Is the page the same, however it was drawn? */
static bool is_same(st_test *a, st_test *b)
{
    char *first = st_test_dump(a), *second = st_test_dump(b);
    bool is = first && second && strcmp(first, second) == 0;

    free(first);
    free(second);
    return is;
}

static void measure(const struct plan *plan, const char *what,
                    struct drawing plain, struct drawing memoized)
{
    st_test *pages[] = {st_test_create(draw_page, &plain),
                        st_test_create(draw_page, &memoized)};
    struct figures bodies = {0}, replays = {0};
    bool are_same = pages[0] && pages[1];

    if (are_same)
        st_test_run(pages[1]); /* the bodies run once */
    for (int i = 0; are_same && i < plan->repeats; i++) {
        st_test_run(pages[0]);
        st_test_run(pages[1]);
        figures_add(&bodies, plain.ns);
        figures_add(&replays, memoized.ns);
        are_same = is_same(pages[0], pages[1]);
    }
    if (are_same)
        printf("%-20s %10.0f / %8.0f %10.0f / %8.0f %7.2f\n", what,
               figures_minimum(&bodies), figures_median(&bodies),
               figures_minimum(&replays), figures_median(&replays),
               figures_minimum(&replays) / figures_minimum(&bodies));
    else
        printf("%-20s the pages differ\n", what);
    st_test_destroy(pages[0]);
    st_test_destroy(pages[1]);
}

void bench_replay(const struct plan *plan)
{
    printf("\nDrawing on a page, nanoseconds a call, minimum / median\n"
           "%-20s %21s %21s %7s\n",
           "", "the body", "drawn again", "ratio");
    measure(plan, "one text", (struct drawing){plain_text_element, 1000, 0},
            (struct drawing){memoized_text_element, 1000, 0});
    measure(plan, "1000 mixed elements",
            (struct drawing){plain_mixed_elements, 1, 0},
            (struct drawing){memoized_mixed_elements, 1, 0});
}
