/* load_data.h -- a page that shows what a slow function has made. */
#ifndef LOAD_DATA_H
#define LOAD_DATA_H

#include <st/frame.h>

/* Make so many rows of ten columns, and draw them.
 * Owner: caller; st_frame_destroy().  NULL: out of memory. */
st_frame *load_data(int rows);

/* Draw the page.  Shape: `unused` is. */
void draw_page(void *unused);

#endif
