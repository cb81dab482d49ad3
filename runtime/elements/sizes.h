/* sizes.h -- how wide and high an element is. */
#ifndef ST_ELEMENTS_SIZES_H
#define ST_ELEMENTS_SIZES_H

#include "elements/messages.pb-c.h"

#include <stdbool.h>

/* Both, where an element can look at them while it is packed. */
typedef struct {
    St__WidthConfig width;
    St__HeightConfig height;
} st_sizes;

/* Say it in pixels; 0: as wide as there is room, as high as what is in it. */
void st_sizes_set(st_sizes *sizes, St__Element *element, unsigned width,
                  unsigned height);

/* Only how wide: pixels; 0: as wide as there is room, or as what is in it. */
void st_sizes_set_width(st_sizes *sizes, St__Element *element, unsigned width,
                        bool is_stretched);

#endif
