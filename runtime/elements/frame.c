/* frame.c -- frames as they are made of columns, read and compared. */
#include "elements/frame.h"

#include "base/hash.h"
#include "elements/fail.h"
#include "elements/frame_utf8.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* ---- making frames --------------------------------------------------------
 */

static st_status fail_memory(st_failure *error)
{
    return st_explain(error, ST_NO_MEMORY, "out of memory");
}

ST_EXPORT st_status st_frame_create(st_frame **out, size_t rows,
                                    st_failure *error)
{
    st_frame *frame;

    if (rows > ST_FRAME_MAX_ROWS)
        return st_explain(error, ST_BAD_VALUE,
                          "a frame of %zu rows is asked for, %u is the bound",
                          rows, ST_FRAME_MAX_ROWS);
    frame = st_zeroed(1, sizeof *frame);
    if (!frame)
        return fail_memory(error);
    frame->rows = rows;
    frame->index = ST_FRAME_NONE;
    *out = frame;
    return ST_OK;
}

ST_EXPORT void st_frame_destroy(st_frame *frame)
{
    if (!frame)
        return;
    for (size_t i = 0; i < frame->column_count; i++)
        st_column_finish(&frame->columns[i]);
    free(frame->columns);
    free(frame->name_hashes);
    free(frame);
}

static uint64_t hash_name(const char *name)
{
    return memo_hash_bytes(name, strlen(name)).low;
}

static size_t find(const st_frame *frame, const char *name, uint64_t hash)
{
    for (size_t i = 0; i < frame->column_count; i++) {
        if (frame->name_hashes[i] == hash &&
            strcmp(frame->columns[i].name, name) == 0)
            return i;
    }
    return ST_FRAME_NONE;
}

static bool make_room(st_frame *frame)
{
    size_t capacity = frame->capacity > 0 ? 2 * frame->capacity : 8;
    st_column *columns;
    uint64_t *hashes;

    if (frame->column_count < frame->capacity)
        return true;
    columns = realloc(frame->columns, capacity * sizeof *columns);
    if (!columns)
        return false;
    frame->columns = columns;
    hashes = realloc(frame->name_hashes, capacity * sizeof *hashes);
    if (!hashes)
        return false;
    frame->name_hashes = hashes;
    frame->capacity = capacity;
    return true;
}

/* A name or a zone: "the name", of the column that is to be added. */
static st_status check_string(const st_frame *frame, const char *what,
                              const char *string, st_failure *error)
{
    size_t length = strlen(string);
    size_t number = frame->column_count + 1;

    if (length > ST_FRAME_MAX_NAME)
        return st_explain(error, ST_BAD_VALUE,
                          "%s of column %zu is longer than %u bytes", what,
                          number, ST_FRAME_MAX_NAME);
    if (st_utf8_prefix(string, length) != length)
        return st_explain(error, ST_BAD_DATA, "%s of column %zu is no UTF-8",
                          what, number);
    return ST_OK;
}

static st_status check_column(const st_frame *frame, const st_column *column,
                              uint64_t hash, st_failure *error)
{
    size_t before = find(frame, column->name, hash);
    st_status status;

    if (frame->column_count >= ST_FRAME_MAX_COLUMNS)
        return st_explain(error, ST_BAD_VALUE, "a frame has %u columns at most",
                          ST_FRAME_MAX_COLUMNS);
    status = check_string(frame, "the name", column->name, error);
    if (status == ST_OK && column->zone)
        status = check_string(frame, "the time zone", column->zone, error);
    if (status != ST_OK)
        return status;
    if (before != ST_FRAME_NONE)
        return st_explain(
            error, ST_BAD_VALUE, "columns %zu and %zu are both called '%s'",
            before + 1, frame->column_count + 1, st_show(column->name).text);
    return ST_OK;
}

st_status st_frame_take(st_frame *frame, st_column *column, st_failure *error)
{
    uint64_t hash = hash_name(column->name);
    st_status status = check_column(frame, column, hash, error);

    assert(column->rows == frame->rows);
    if (status == ST_OK && !make_room(frame))
        status = fail_memory(error);
    if (status != ST_OK) {
        st_column_finish(column);
        return status;
    }
    frame->name_hashes[frame->column_count] = hash;
    frame->columns[frame->column_count++] = *column;
    return ST_OK;
}

ST_EXPORT st_status st_frame_copy(st_frame **out, const st_frame *frame,
                                  st_failure *error)
{
    st_frame *copy = NULL;
    st_status status = st_frame_create(&copy, frame->rows, error);

    if (!copy)
        return status;
    for (size_t i = 0; i < frame->column_count && status == ST_OK; i++) {
        st_column column;

        status = st_column_copy(&column, &frame->columns[i])
                     ? st_frame_take(copy, &column, error)
                     : fail_memory(error);
    }
    if (status != ST_OK) {
        st_frame_destroy(copy);
        return status;
    }
    copy->index = frame->index;
    *out = copy;
    return ST_OK;
}

ST_EXPORT st_status st_frame_set_index(st_frame *frame, const char *name,
                                       st_failure *error)
{
    size_t column = name ? st_frame_find(frame, name) : ST_FRAME_NONE;

    if (name && column == ST_FRAME_NONE)
        return st_explain(error, ST_NOT_FOUND, "there is no column '%s'",
                          st_show(name).text);
    frame->index = column;
    return ST_OK;
}

/* ---- reading them ---------------------------------------------------------
 */

static const st_column *column_of(const st_frame *frame, size_t column)
{
    assert(column < frame->column_count);
    return &frame->columns[column];
}

ST_EXPORT size_t st_frame_rows(const st_frame *frame)
{
    return frame->rows;
}

ST_EXPORT size_t st_frame_columns(const st_frame *frame)
{
    return frame->column_count;
}

ST_EXPORT size_t st_frame_find(const st_frame *frame, const char *name)
{
    return find(frame, name, hash_name(name));
}

ST_EXPORT size_t st_frame_index(const st_frame *frame)
{
    return frame->index;
}

ST_EXPORT const char *st_frame_name(const st_frame *frame, size_t column)
{
    return column_of(frame, column)->name;
}

ST_EXPORT st_frame_type st_frame_type_of(const st_frame *frame, size_t column)
{
    return column_of(frame, column)->type;
}

ST_EXPORT st_frame_unit st_frame_unit_of(const st_frame *frame, size_t column)
{
    return column_of(frame, column)->unit;
}

ST_EXPORT const char *st_frame_zone(const st_frame *frame, size_t column)
{
    const char *zone = column_of(frame, column)->zone;

    return zone ? zone : "";
}

ST_EXPORT size_t st_frame_null_count(const st_frame *frame, size_t column)
{
    return column_of(frame, column)->null_count;
}

ST_EXPORT int st_frame_is_null(const st_frame *frame, size_t column, size_t row)
{
    assert(row < frame->rows);
    return st_column_is_null(column_of(frame, column), row);
}

ST_EXPORT const int64_t *st_frame_integers(const st_frame *frame, size_t column)
{
    const st_column *from = column_of(frame, column);

    assert(from->type == ST_FRAME_INTEGER || from->type == ST_FRAME_TIME);
    return from->values;
}

ST_EXPORT const double *st_frame_doubles(const st_frame *frame, size_t column)
{
    const st_column *from = column_of(frame, column);

    assert(from->type == ST_FRAME_DOUBLE);
    return from->values;
}

ST_EXPORT int st_frame_bool(const st_frame *frame, size_t column, size_t row)
{
    const st_column *from = column_of(frame, column);

    assert(from->type == ST_FRAME_BOOL && row < frame->rows);
    return st_bit(from->values, row);
}

ST_EXPORT const char *st_frame_text(const st_frame *frame, size_t column,
                                    size_t row, size_t *size)
{
    const st_column *from = column_of(frame, column);

    assert(from->type == ST_FRAME_TEXT && row < frame->rows);
    *size = (size_t)(from->offsets[row + 1] - from->offsets[row]);
    return (const char *)from->values + from->offsets[row];
}

/* ---- equality -------------------------------------------------------------
 */

static bool are_equal_buffers(const st_column *one, const st_column *other)
{
    st_column_buffer ones[ST_COLUMN_BUFFERS], others[ST_COLUMN_BUFFERS];
    size_t count = st_column_buffers(ones, one);

    if (st_column_buffers(others, other) != count)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (ones[i].size != others[i].size)
            return false;
        if (ones[i].size > 0 &&
            memcmp(ones[i].bytes, others[i].bytes, ones[i].size) != 0)
            return false;
    }
    return true;
}

static bool are_equal_columns(const st_column *one, const st_column *other)
{
    return one->type == other->type && one->unit == other->unit &&
           one->null_count == other->null_count &&
           strcmp(one->name, other->name) == 0 && !one->zone == !other->zone &&
           (!one->zone || strcmp(one->zone, other->zone) == 0) &&
           are_equal_buffers(one, other);
}

ST_EXPORT int st_frame_equal(const st_frame *one, const st_frame *other)
{
    if (one == other || !one || !other)
        return one == other;
    if (one->rows != other->rows || one->index != other->index ||
        one->column_count != other->column_count)
        return 0;
    for (size_t i = 0; i < one->column_count; i++) {
        if (!are_equal_columns(&one->columns[i], &other->columns[i]))
            return 0;
    }
    return 1;
}
