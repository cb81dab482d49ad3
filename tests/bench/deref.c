/* deref.c -- three numbers as arguments, and the same three behind a pointer.
 */
#include "bench.h"
#include "functions.h"

#include <stdio.h>

enum { CALLS = 200000 };

/* Nanoseconds a call. */
static double time_three(const struct three *three, double *sum)
{
    double begin = now_ns();

    for (int i = 0; i < CALLS; i++)
        *sum += memoized_three(three->x, three->n, three->y);
    return (now_ns() - begin) / CALLS;
}

static double time_deref(const struct three *three, double *sum)
{
    double begin = now_ns();

    for (int i = 0; i < CALLS; i++)
        *sum += memoized_deref(three);
    return (now_ns() - begin) / CALLS;
}

void bench_deref(const struct plan *plan)
{
    const struct three three = {1.5, 2, 3.5};
    struct figures as_numbers = {0}, behind_pointer = {0};
    double sum = 0;

    for (int i = 0; i < plan->repeats; i++) {
        figures_add(&as_numbers, time_three(&three, &sum));
        figures_add(&behind_pointer, time_deref(&three, &sum));
    }
    printf(
        "\nA hit with three numbers, nanoseconds, minimum / median\n"
        "arguments %.1f / %.1f, behind a pointer %.1f / %.1f: ratio %.2f%s\n",
        figures_minimum(&as_numbers), figures_median(&as_numbers),
        figures_minimum(&behind_pointer), figures_median(&behind_pointer),
        figures_minimum(&behind_pointer) / figures_minimum(&as_numbers),
        sum > 0 ? "" : " (the sums are wrong)");
}
