/* arrow_format.h -- Arrow's format strings as layouts, and looks into buffers.
 *
 * It says what a format asks of an array: buffers, children, widths.  It reads
 * single items of buffers that others have checked.
 */
#ifndef MEMO_CACHE_ARROW_FORMAT_H
#define MEMO_CACHE_ARROW_FORMAT_H

#include "memo/arrow.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef enum {
    MEMO_ARROW_NULL,
    MEMO_ARROW_BOOL,
    MEMO_ARROW_FIXED,     /* `width` bytes each */
    MEMO_ARROW_BINARY,    /* offsets of `width` bytes, then data */
    MEMO_ARROW_VIEW,      /* views of 16 bytes, data in any number of buffers */
    MEMO_ARROW_LIST,      /* offsets of `width` bytes into the child */
    MEMO_ARROW_LIST_VIEW, /* offsets and sizes of `width` bytes */
    MEMO_ARROW_FIXED_LIST, /* `count` items of the child each */
    MEMO_ARROW_STRUCT,
    MEMO_ARROW_SPARSE, /* a union: type ids; a slot in every child */
    MEMO_ARROW_DENSE,  /* a union: type ids, offsets of 4 bytes */
    MEMO_ARROW_RUNS    /* children: where runs end, and their values */
} memo_arrow_kind;

#define MEMO_ARROW_MEMBERS 128 /* type ids of a union are below that */
#define MEMO_ARROW_VIEW_BYTES 16
#define MEMO_ARROW_VIEW_INLINE 12 /* longer values lie in a data buffer */

typedef struct {
    memo_arrow_kind kind;
    bool has_validity; /* buffer 0 is a bitmap of what is not null */
    bool is_index;     /* an integer, so it may index a dictionary */
    bool is_signed;    /* of an index */
    bool is_map;       /* a list of structs of two */
    int buffers;       /* how many; at least so many for views */
    int64_t width;     /* bytes of a value or an offset */
    int64_t count;     /* items of a list of fixed size */
    int64_t children;  /* how many; -1 = any number */
    const char *ids;   /* of a union: "I,J,..." within the format */
} memo_arrow_layout;

/* Read a format; false when there is none of this text.
 * Owner:  `format`, which has to outlive *out.
 * Source: the format strings of Arrow's C data interface. */
bool memo_arrow_layout_read(memo_arrow_layout *out, const char *format);

/* The type id of a union's child; -1 beyond the last one. */
int memo_arrow_union_id(const memo_arrow_layout *layout, int64_t child);

/* Bytes of a run's end.
 * Shape: the schema is run-end encoded. */
static inline int64_t memo_arrow_ends_width(const struct ArrowSchema *schema)
{
    char format = *schema->children[0]->format;

    return format == 's' ? 2 : format == 'i' ? 4 : 8;
}

/* ---- items of buffers, which need not be aligned ------------------------- */

static inline bool memo_arrow_bit(const void *bitmap, int64_t at)
{
    return (((const unsigned char *)bitmap)[at >> 3] >> (at & 7) & 1) != 0;
}

/* A signed integer of 2, 4 or 8 bytes. */
static inline int64_t memo_arrow_load(const void *buffer, int64_t width,
                                      int64_t at)
{
    const unsigned char *from = (const unsigned char *)buffer + at * width;
    int64_t wide;
    int32_t middle;
    int16_t narrow;

    if (width == sizeof middle) {
        memcpy(&middle, from, sizeof middle);
        return middle;
    }
    if (width == sizeof wide) {
        memcpy(&wide, from, sizeof wide);
        return wide;
    }
    memcpy(&narrow, from, sizeof narrow);
    return narrow;
}

/* The first view's length, data buffer or offset in it: word 0, 2 or 3. */
static inline int32_t memo_arrow_view_word(const void *views, int64_t at,
                                           int word)
{
    int32_t value;

    memcpy(&value,
           (const unsigned char *)views + at * MEMO_ARROW_VIEW_BYTES + 4 * word,
           sizeof value);
    return value;
}

/* How many of `count` bits from `at` on are equal to the first one.
 * Shape: count > 0. */
int64_t memo_arrow_equal_bits(const void *bitmap, int64_t at, int64_t count);

/* The run that holds item `at` of a run-end encoded array, offset included;
 * some number within the child `ends` whatever it holds.
 * Shape: `ends` is not empty. */
int64_t memo_arrow_find_run(const struct ArrowArray *ends, int64_t width,
                            int64_t at);

/* Where a run ends. */
static inline int64_t memo_arrow_run_end(const struct ArrowArray *ends,
                                         int64_t width, int64_t run)
{
    return memo_arrow_load(ends->buffers[1], width, ends->offset + run);
}

#endif
