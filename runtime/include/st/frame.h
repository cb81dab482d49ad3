/* st/frame.h -- tables of data: columns of equal length, each of one type.
 *
 *     st_frame *frame = NULL;
 *     st_failure error;
 *     if (st_frame_create(&frame, 3, &error) != ST_OK ||
 *         st_frame_add_texts(frame, "city", cities, NULL, &error) != ST_OK ||
 *         st_frame_add_doubles(frame, "area", areas, NULL, &error) != ST_OK)
 *         fprintf(stderr, "%s\n", error.text);
 *     ...
 *     st_frame_destroy(frame);
 *
 * or, from a text: st_frame_from_csv(&frame, text, size, NULL, &error).
 *
 * A frame owns all of its memory.  Two are equal when they have the same
 * columns in the same order: names, types and values, these bit by bit, so
 * that -0.0 is not 0.0 and a NaN equals itself.  What lies behind a null does
 * not count.  Rows and columns are counted from 0; a number beyond the last
 * one, and the wrong type of a column, are mistakes of the program: asserted.
 *
 * Memoized functions take and return frames by content:
 *
 *     // @memo
 *     st_frame *load(const char *path);
 *     // @memo(deref(frame))
 *     double total(const st_frame *frame);
 *
 * Threads: many may read a frame at once; who changes one is alone with it.
 */
#ifndef ST_FRAME_H
#define ST_FRAME_H

#include "memo/arrow.h"
#include "st/status.h"

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* @memo_type(hash=st_frame_hash, encode=st_frame_encode,
 *            decode=st_frame_decode, free=st_frame_destroy) */
typedef struct st_frame st_frame;

#define ST_FRAME_MAX_ROWS 2147483647u
#define ST_FRAME_MAX_COLUMNS 16384u
#define ST_FRAME_MAX_TEXT 2147483647u /* bytes of a column of texts */
#define ST_FRAME_MAX_NAME 65535u      /* bytes of a name or a time zone */
#define ST_FRAME_NONE (~(size_t)0)    /* no such column */

typedef enum st_frame_type {
    ST_FRAME_INTEGER, /* int64_t */
    ST_FRAME_DOUBLE,
    ST_FRAME_BOOL,
    ST_FRAME_TEXT, /* UTF-8 */
    ST_FRAME_TIME, /* int64_t, counted in units from 1970-01-01 00:00:00 on: of
                      UTC if there is a zone, else of a clock on some wall */
    ST_FRAME_TYPE_COUNT
} st_frame_type;

typedef enum st_frame_unit {
    ST_FRAME_MILLISECONDS, /* unless something else is said */
    ST_FRAME_SECONDS,
    ST_FRAME_MICROSECONDS,
    ST_FRAME_NANOSECONDS,
    ST_FRAME_UNIT_COUNT
} st_frame_unit;

/* A column to be added; what is left zero has the meaning that is said. */
typedef struct st_frame_column {
    const char *name; /* UTF-8, no other column's; NULL and "" are the same */
    st_frame_type type;
    st_frame_unit unit; /* of times */
    size_t rows;        /* items of `values` and `valid` */
    const void *values; /* int64_t, double, unsigned char (0: false), or const
                           char * (NULL: null), by type */
    const unsigned char *valid; /* 0: null; NULL: all are valid */
    const char *zone; /* of times: "UTC", "Europe/Rome"; NULL, "": none */
} st_frame_column;

/* ---- making frames ------------------------------------------------------- */

/* Make a frame of so many rows and no column yet.
 * Owner:  caller; release with st_frame_destroy().
 * Errors: ST_BAD_VALUE (too many rows), ST_NO_MEMORY. */
st_status st_frame_create(st_frame **out, size_t rows, st_failure *error);

/* Release a frame.
 * Shape: may be NULL. */
void st_frame_destroy(st_frame *frame);

/* Make an equal frame.
 * Owner:  caller; release with st_frame_destroy().
 * Errors: ST_NO_MEMORY. */
st_status st_frame_copy(st_frame **out, const st_frame *frame,
                        st_failure *error);

/* Append a column, of which everything is copied.
 * Errors: ST_BAD_VALUE (rows unlike the frame's, a name twice, a bound
 *         exceeded), ST_BAD_DATA (no UTF-8), ST_NO_MEMORY; the frame is as it
 *         was. */
st_status st_frame_add(st_frame *frame, const st_frame_column *column,
                       st_failure *error);

/* The same for as many values as the frame has rows; times are milliseconds
 * without a zone, texts end with NUL and are NULL where null.
 * Shape:  `valid` as in st_frame_column: 0 where null, or NULL. */
st_status st_frame_add_integers(st_frame *frame, const char *name,
                                const int64_t *values,
                                const unsigned char *valid, st_failure *error);
st_status st_frame_add_doubles(st_frame *frame, const char *name,
                               const double *values, const unsigned char *valid,
                               st_failure *error);
st_status st_frame_add_bools(st_frame *frame, const char *name,
                             const unsigned char *values,
                             const unsigned char *valid, st_failure *error);
st_status st_frame_add_texts(st_frame *frame, const char *name,
                             const char *const *values,
                             const unsigned char *valid, st_failure *error);
st_status st_frame_add_times(st_frame *frame, const char *name,
                             const int64_t *values, const unsigned char *valid,
                             st_failure *error);

/* Say which column labels the rows; without any, their numbers do.
 * Shape:  the name of a column, "" of the unnamed one; NULL: none labels them.
 * Errors: ST_NOT_FOUND. */
st_status st_frame_set_index(st_frame *frame, const char *name,
                             st_failure *error);

/* ---- reading them -------------------------------------------------------- */

size_t st_frame_rows(const st_frame *frame);
size_t st_frame_columns(const st_frame *frame);

/* The column of this name, or ST_FRAME_NONE. */
size_t st_frame_find(const st_frame *frame, const char *name);

/* The column that labels the rows, or ST_FRAME_NONE. */
size_t st_frame_index(const st_frame *frame);

/* What a column is; a column without a name has "", a time without a zone "".
 * Owner: the frame; valid until it is changed. */
const char *st_frame_name(const st_frame *frame, size_t column);
st_frame_type st_frame_type_of(const st_frame *frame, size_t column);
st_frame_unit st_frame_unit_of(const st_frame *frame, size_t column);
const char *st_frame_zone(const st_frame *frame, size_t column);

size_t st_frame_null_count(const st_frame *frame, size_t column);
int st_frame_is_null(const st_frame *frame, size_t column, size_t row);

/* All values of a column of integers or times, or of doubles; 0 where null.
 * Owner: the frame; valid until it is changed. */
const int64_t *st_frame_integers(const st_frame *frame, size_t column);
const double *st_frame_doubles(const st_frame *frame, size_t column);

/* One bool; 0 where null. */
int st_frame_bool(const st_frame *frame, size_t column, size_t row);

/* One text and its length in bytes; empty where null.
 * Shape: UTF-8; no NUL follows, and one may be in it.
 * Owner: the frame; valid until it is changed. */
const char *st_frame_text(const st_frame *frame, size_t column, size_t row,
                          size_t *size);

/* Are they the same?
 * Shape: both may be NULL. */
int st_frame_equal(const st_frame *one, const st_frame *other);

/* ---- from and to other forms --------------------------------------------- */

/* How a text is to be read; what is left zero has the meaning that is said. */
typedef struct st_csv_options {
    char delimiter;    /* between cells; 0: a comma */
    int has_no_header; /* the first row is data: columns are "1", "2", ... */
    const char *index; /* the column that labels the rows, or NULL */
    const char *null_text; /* what means null besides an empty cell, or NULL */
} st_csv_options;

/* Read comma-separated values: UTF-8, lines that end with CR LF or LF, cells in
 * quotes that may hold all of these.  Empty lines are skipped.
 *
 * A column is of the first of these types that all of its cells are:
 * integers that fit 64 bits; doubles, nan and inf; true and false; dates and
 * times such as 2024-02-29, 2024-02-29T12:30:00.5 or 2024-02-29 12:30+02:00,
 * in milliseconds or as much finer as they are written, all with a zone (then
 * they are of UTC) or all without; texts.  An empty cell is null, but in quotes
 * it is an empty text among texts.
 * Shape:  `options` may be NULL.
 * Owner:  caller; release with st_frame_destroy().
 * Errors: ST_BAD_DATA, with line and column, of text that is no UTF-8 with line
 *         and byte, all counted from 1; ST_BAD_VALUE (the delimiter, a bound);
 *         ST_NOT_FOUND (the index); ST_NO_MEMORY.
 * Source: RFC 4180. */
st_status st_frame_from_csv(st_frame **out, const char *text, size_t size,
                            const st_csv_options *options, st_failure *error);

/* Copy a record batch: an array of structs, whose children become columns.
 * Integers of all sizes, floats, bools, texts (with large offsets, or in a
 * dictionary), timestamps, dates (times in milliseconds) and nulls (texts) can
 * be read, anything else is refused, and so is a uint64 above INT64_MAX.
 * Shape:  buffers are as large as their array's length and offsets say.
 * Owner:  out: caller, release with st_frame_destroy(); the structs stay the
 *         caller's.
 * Errors: ST_BAD_DATA, ST_BAD_VALUE (a name twice, a bound), ST_NO_MEMORY. */
st_status st_frame_from_arrow(st_frame **out, const struct ArrowSchema *schema,
                              const struct ArrowArray *array,
                              st_failure *error);

/* Fill both structs with a copy: a record batch.  The index is a column as any
 * other.
 * Owner:  caller; call both `release`.
 * Errors: ST_NO_MEMORY; neither struct is touched then. */
st_status st_frame_to_arrow(struct ArrowSchema *out_schema,
                            struct ArrowArray *out_array, const st_frame *frame,
                            st_failure *error);

/* Make the bytes that the front end reads: an Arrow IPC stream of one record
 * batch.  The index comes first, and the metadata "pandas" names it.
 * Owner:  *out: caller; free().
 * Errors: ST_BAD_VALUE (a time that JavaScript has no Date for, more than
 *         8.64e15 milliseconds from 1970: nothing would be shown);
 *         ST_NO_MEMORY, also when names add up to a gigabyte. */
st_status st_frame_to_ipc(unsigned char **out, size_t *out_size,
                          const st_frame *frame, st_failure *error);

/* ---- what memogen asks of a type ----------------------------------------- */

/* 64 bits of a keyed hash of the content: equal for equal frames, in one
 * process.
 * Threads: any. */
uint64_t st_frame_hash(const st_frame *frame);

/* Write the content as bytes, if `room` is enough; returns how many there are
 * in all.  Equal frames, and no others, have equal bytes. */
size_t st_frame_encode(const st_frame *frame, void *bytes, size_t room);

/* Make a frame of such bytes, or of any: NULL if they are none of
 * st_frame_encode()'s, or memory runs out.
 * Owner: caller; release with st_frame_destroy(). */
st_frame *st_frame_decode(const void *bytes, size_t size);

#ifdef __cplusplus
}
#endif

#endif
