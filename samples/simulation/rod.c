#include "rod.h"

#include <stdlib.h>
#include <string.h>

// The rod and what `start` holds are the inputs; every caller gets a copy of
// the n temperatures, to change and to free.
// @memo(max_entries=100, returns(result[n]))
double *spread_heat(struct rod rod, int n, const double start[n],
                    double seconds)
{
    size_t size = (size_t)n * sizeof(double);
    double step = rod.length / (n - 1);
    double time_step = 0.25 * step * step / rod.diffusivity;
    double factor = rod.diffusivity * time_step / (step * step);
    double *now = malloc(size);
    double *next = malloc(size);

    if (!now || !next) {
        free(now);
        free(next);
        return NULL;
    }
    memcpy(now, start, size);
    memcpy(next, start, size);
    for (double t = 0.0; t < seconds; t += time_step) {
        double *swap = now;
        for (int i = 1; i < n - 1; i++)
            next[i] = now[i] + factor * (now[i - 1] - 2 * now[i] + now[i + 1]);
        now = next;
        next = swap;
    }
    free(next);
    return now;
}
