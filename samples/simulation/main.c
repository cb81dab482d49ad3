/* main.c -- heat one end of a rod; look at it as often as you like. */
#include "rod.h"

#include "../show.h"

#include <stdlib.h>

enum { PLACES = 801 };

static void print(const char *name, double *temperatures)
{
    if (!temperatures) {
        printf("%s: no memory\n", name);
        return;
    }
    printf("%-8s", name);
    for (int i = 0; i < PLACES; i += 100)
        printf(" %7.2f", temperatures[i]);
    printf("\n");
    /* The caller's own copy: the next hit does not see this. */
    temperatures[0] = -1.0;
    free(temperatures);
}

int main(void)
{
    struct rod copper = {1.0, 1.11e-4}, iron = {1.0, 2.3e-5};
    double start[PLACES] = {100.0};
    double *end;

    SHOW(spread_heat, end = spread_heat(copper, PLACES, start, 600.0));
    print("copper", end);
    SHOW(spread_heat, end = spread_heat(copper, PLACES, start, 600.0));
    print("copper", end);
    SHOW(spread_heat, end = spread_heat(iron, PLACES, start, 600.0));
    print("iron", end);

    fprintf(stderr, "  the other end is heated, too\n");
    start[PLACES - 1] = 50.0;
    SHOW(spread_heat, end = spread_heat(copper, PLACES, start, 600.0));
    print("copper", end);
    SHOW(spread_heat, end = spread_heat(copper, PLACES, start, 600.0));
    print("copper", end);
    return 0;
}
