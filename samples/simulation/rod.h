/* rod.h -- how heat spreads along a rod. */
#ifndef ROD_H
#define ROD_H

struct rod {
    double length;      /* m */
    double diffusivity; /* m^2/s */
};

/* The temperatures of n places after some seconds; both ends stay as they are.
 * Owner: caller; release with free().  NULL if there is no memory. */
double *spread_heat(struct rod rod, int n, const double start[n],
                    double seconds);

#endif
