/* sample.c -- the page of a sample under random answers: prints what becomes of
 * it.
 *
 *     sample SEEDS STEPS
 */
#include "answer.h"

#include <stdio.h>
#include <stdlib.h>

/* The sample's. */
void draw_page(void *unused);

static void run(unsigned seed, int steps)
{
    uint64_t state = seed;
    st_test *test = st_test_create(draw_page, NULL);

    for (int step = 0; test && step < steps; step++) {
        st_status status = st_test_run(test);
        char *text = st_test_dump(test);

        printf("== seed %u, step %d: %s\n%s", seed, step,
               st_status_text(status), text ? text : "");
        free(text);
        interact(test, &state);
    }
    st_test_destroy(test);
}

int main(int argc, char **argv)
{
    int seeds = argc > 1 ? atoi(argv[1]) : 4;
    int steps = argc > 2 ? atoi(argv[2]) : 50;

    for (int seed = 1; seed <= seeds; seed++)
        run((unsigned)seed, steps);
    return 0;
}
