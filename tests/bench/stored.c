/* stored.c -- what is measured of persistent results: one that fits a page of
 * a store, and one of 64 KiB. */
#include "stored.h"

#include <stdlib.h>

static void fill(double *values, size_t count, int key)
{
    for (size_t i = 0; i < count; i++)
        values[i] = key + (double)i;
}

// @memo(persist="disk")
struct small disk_small(int key)
{
    struct small small;

    fill(small.values, SMALL_COUNT, key);
    return small;
}

// @memo(persist="disk", returns(result[LARGE_COUNT]))
double *disk_large(int key)
{
    double *values = malloc(LARGE_COUNT * sizeof *values);

    if (values)
        fill(values, LARGE_COUNT, key);
    return values;
}

// @memo(persist="dir")
struct small dir_small(int key)
{
    struct small small;

    fill(small.values, SMALL_COUNT, key);
    return small;
}

// @memo(persist="dir", returns(result[LARGE_COUNT]))
double *dir_large(int key)
{
    double *values = malloc(LARGE_COUNT * sizeof *values);

    if (values)
        fill(values, LARGE_COUNT, key);
    return values;
}

// @memo
struct small memory_small(int key)
{
    struct small small;

    fill(small.values, SMALL_COUNT, key);
    return small;
}
