/* frame_cell.h -- what a text stands for: a number, true or false, a time.
 *
 * The locale of the program does not matter.  Blanks around a value are
 * skipped.
 */
#ifndef ST_ELEMENTS_FRAME_CELL_H
#define ST_ELEMENTS_FRAME_CELL_H

#include <locale.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Digits with or without a sign; false also when 64 bits are too few. */
bool st_cell_integer(int64_t *out, const char *text, size_t size);

/* A decimal number, nan, inf or infinity; what is too large is infinite.
 * Shape: `plain` is the locale "C". */
bool st_cell_double(double *out, const char *text, size_t size, locale_t plain);

/* true or false, in letters of any case. */
bool st_cell_bool(bool *out, const char *text, size_t size);

typedef struct {
    int64_t seconds;     /* since 1970-01-01 00:00:00 of UTC, or on the wall */
    int32_t nanoseconds; /* >= 0 */
    int digits;          /* of a second that were written, 0 to 9 */
    bool has_zone;       /* it is of UTC */
} st_cell_instant;

/* YYYY-MM-DD, then perhaps T or a blank and HH:MM[:SS[.fraction]], then perhaps
 * Z, +HH:MM, +HHMM or +HH.
 * Source: ISO 8601, RFC 3339; without leap seconds. */
bool st_cell_time(st_cell_instant *out, const char *text, size_t size);

#endif
