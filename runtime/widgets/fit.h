/* fit.h -- which values a widget can have. */
#ifndef ST_WIDGETS_FIT_H
#define ST_WIDGETS_FIT_H

#include "widgets/value.h"

typedef struct {
    uint8_t type;        /* st_value_type */
    uint8_t least, most; /* of many: how many; most 0: any number.  Of a text:
                            least 0: or none */
    uint8_t is_date;     /* texts are dates, numbers microseconds since 1970 */
} st_shape;

/* The value as the widget has it: of the type and number that it is of, written
 * in one way.
 * Errors: no bytes: it cannot be one, or out of memory. */
st_bytes st_value_fit(st_arena *arena, st_shape shape, st_bytes value);

#endif
