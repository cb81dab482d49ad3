/* pixels.h -- raw pixels become PNG; the only file that knows libpng. */
#ifndef ST_ELEMENTS_PIXELS_H
#define ST_ELEMENTS_PIXELS_H

#include "st/media.h"
#include "st/status.h"

/* Encode pixels; equal ones give equal bytes.
 * Owner:  caller, free().
 * Errors: NULL: ST_BAD_VALUE: width, height, channels or stride cannot be;
 *         ST_NOT_FOUND: the library was built without libpng; ST_NO_MEMORY. */
void *st_pixels_encode(size_t *size, const struct st_pixels *pixels,
                       st_failure *error);

#endif
