/* frame.h -- what a frame consists of, and columns in the making.
 *
 * A column lies in memory as Arrow's columnar format has it: a bitmap of what
 * is valid, offsets of texts, values.  There is one way to lay the same content
 * out: no bitmap without a null, zero where null and behind the last bit.
 * Source: https://arrow.apache.org/docs/format/Columnar.html, "Physical Memory
 * Layout".
 */
#ifndef ST_ELEMENTS_FRAME_H
#define ST_ELEMENTS_FRAME_H

#include "st/frame.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "frames are encoded as they lie in memory: little-endian"
#endif

typedef struct {
    char *name; /* never NULL */
    char *zone; /* of times; NULL = none */
    st_frame_type type;
    st_frame_unit unit;
    size_t rows;
    size_t null_count;
    unsigned char *validity; /* NULL = all are valid */
    int32_t *offsets;        /* of texts: rows + 1 */
    void *values;
} st_column;

struct st_frame {
    size_t rows;
    size_t index; /* ST_FRAME_NONE = none */
    size_t column_count, capacity;
    st_column *columns;
    uint64_t *name_hashes; /* so that a name is found fast */
};

static inline size_t st_bitmap_bytes(size_t rows)
{
    return rows / 8 + (rows % 8 != 0);
}

static inline bool st_bit(const void *bitmap, size_t at)
{
    return (((const unsigned char *)bitmap)[at / 8] >> at % 8 & 1) != 0;
}

static inline void st_set_bit(void *bitmap, size_t at)
{
    ((unsigned char *)bitmap)[at / 8] |= (unsigned char)(1u << at % 8);
}

static inline void st_clear_bit(void *bitmap, size_t at)
{
    ((unsigned char *)bitmap)[at / 8] &= (unsigned char)~(1u << at % 8);
}

static inline bool st_column_is_null(const st_column *column, size_t row)
{
    return column->validity && !st_bit(column->validity, row);
}

/* ---- buffers, as encoded and sent -----------------------------------------
 */

enum { ST_COLUMN_BUFFERS = 3 };

typedef struct {
    const void *bytes; /* NULL when there are none */
    size_t size;
} st_column_buffer;

/* The buffers of a column in Arrow's order; returns how many: validity, offsets
 * of texts, values. */
size_t st_column_buffers(st_column_buffer out[ST_COLUMN_BUFFERS],
                         const st_column *column);

/* Bytes of `values`. */
size_t st_column_values_bytes(const st_column *column);

/* ---- columns in the making ------------------------------------------------
 */

/* Memory that is zero; never of no bytes, so that NULL is a failure. */
void *st_zeroed(size_t count, size_t size);

/* Begin a column without a name: every row is valid, and zero or empty.
 * Shape:  `text_bytes`: room for all texts, 0 for other types; both within the
 *         bounds of st/frame.h.
 * Owner:  caller; st_column_finish().
 * Errors: false when memory runs out; nothing is to be finished then. */
bool st_column_begin(st_column *out, st_frame_type type, size_t rows,
                     size_t text_bytes);
void st_column_finish(st_column *column);

/* Set one row.  Texts are set row by row from the first to the last one, null
 * or not; the others in any order, once. */
void st_column_set_null(st_column *column, size_t row);
void st_column_set_text(st_column *column, size_t row, const char *text,
                        size_t size);

/* What a column is called, and which zone its times have; "" or NULL is none.
 */
bool st_column_set_name(st_column *column, const char *name);
bool st_column_set_zone(st_column *column, const char *zone);

/* Bring a column into the one way that its content is laid out, once all rows
 * are set. */
void st_column_end(st_column *column);

/* Make an equal column; false when memory runs out. */
bool st_column_copy(st_column *out, const st_column *column);

/* Move an ended column to the end of a frame with as many rows; it is finished
 * if that fails.
 * Errors: ST_BAD_VALUE, ST_BAD_DATA (name or zone), ST_NO_MEMORY. */
st_status st_frame_take(st_frame *frame, st_column *column, st_failure *error);

#endif
