#include "bench.h"

#include <stdlib.h>
#include <time.h>

void figures_add(struct figures *figures, double figure)
{
    if (figures->count < MOST_REPEATS)
        figures->all[figures->count++] = figure;
}

static int compare(const void *a, const void *b)
{
    double first = *(const double *)a, second = *(const double *)b;

    return (first > second) - (first < second);
}

double figures_minimum(const struct figures *figures)
{
    double minimum = figures->count > 0 ? figures->all[0] : 0;

    for (int i = 1; i < figures->count; i++) {
        if (figures->all[i] < minimum)
            minimum = figures->all[i];
    }
    return minimum;
}

double figures_median(struct figures *figures)
{
    size_t count = (size_t)figures->count;

    if (count == 0)
        return 0;
    qsort(figures->all, count, sizeof *figures->all, compare);
    return (figures->all[(count - 1) / 2] + figures->all[count / 2]) / 2;
}

double now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}
