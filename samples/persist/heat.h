/* heat.h -- something slow, and a page of it. */
#ifndef HEAT_H
#define HEAT_H

#include <st.h>

/* How warm the middle of a plate gets whose edges are kept at some degrees.
 * Shape: size x size points; size >= 3. */
double heat_plate(int size, double degrees);

/* Draw how a plate of some size warms up, and hand the numbers out.
 * Owner: the caller; st_frame_destroy(). */
st_frame *load_data(int size);

/* The page. */
void draw_page(void *unused);

#endif
