/* show_arrow.h -- Arrow's data, by its size only. */
#ifndef MEMO_INSPECT_SHOW_ARROW_H
#define MEMO_INSPECT_SHOW_ARROW_H

#include "inspect/show_out.h"

/* Read the bytes of a pair of Arrow's structs; returns the byte after them, or
 * NULL if they are none.
 * Shape: `out` NULL: nothing is shown. */
const unsigned char *memo_show_arrow(memo_show_out *out,
                                     const unsigned char *at,
                                     const unsigned char *end);

#endif
