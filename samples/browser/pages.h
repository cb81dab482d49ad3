/* pages.h -- what is memoized of the pages. */
#ifndef PAGES_H
#define PAGES_H

#include <st/frame.h>

/* A table of numbers that takes a second to make, and its chart.
 * Owner:  caller, st_frame_destroy().
 * Errors: NULL: out of memory. */
st_frame *load_data(int rows);

/* One more, or 0 if a box is checked. */
int plus_one(int x);

#endif
