/* csv.h -- comma-separated values as a grid of texts.
 *
 * It knows no types and no frames.
 */
#ifndef ST_ELEMENTS_CSV_H
#define ST_ELEMENTS_CSV_H

#include "st/status.h"

#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint32_t begin; /* in `text` */
    uint32_t size : 31;
    uint32_t is_quoted : 1;
} st_csv_cell;

typedef struct {
    char *text;         /* what stands in the cells, quotes undone */
    st_csv_cell *cells; /* row by row */
    size_t columns, rows;
} st_csv_grid;

/* Read all rows; empty lines are none.
 * Shape:  `delimiter` is ASCII, no quote and no end of line; `size` is at most
 *         INT32_MAX.
 * Owner:  caller; release with st_csv_finish().
 * Errors: ST_BAD_DATA, with line and column; ST_NO_MEMORY.  Nothing is to be
 *         released then.
 * Source: RFC 4180, section 2; the last line may end as it likes, and LF alone
 *         ends one as well. */
st_status st_csv_read(st_csv_grid *out, const char *text, size_t size,
                      char delimiter, st_failure *error);
void st_csv_finish(st_csv_grid *grid);

static inline const st_csv_cell *st_csv_at(const st_csv_grid *grid, size_t row,
                                           size_t column)
{
    return &grid->cells[row * grid->columns + column];
}

#endif
