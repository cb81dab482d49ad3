/* frame_column.c -- columns in the making. */
#include "elements/frame.h"

#include <stdlib.h>
#include <string.h>

void *st_zeroed(size_t count, size_t size)
{
    return calloc(count > 0 ? count : 1, size > 0 ? size : 1);
}

/* ---- sizes ----------------------------------------------------------------
 */

static size_t values_bytes(st_frame_type type, size_t rows, size_t text_bytes)
{
    switch (type) {
    case ST_FRAME_TEXT:
        return text_bytes;
    case ST_FRAME_BOOL:
        return st_bitmap_bytes(rows);
    default:
        return rows * sizeof(int64_t);
    }
}

size_t st_column_values_bytes(const st_column *column)
{
    size_t text_bytes =
        column->offsets ? (size_t)column->offsets[column->rows] : 0;

    return values_bytes(column->type, column->rows, text_bytes);
}

size_t st_column_buffers(st_column_buffer out[ST_COLUMN_BUFFERS],
                         const st_column *column)
{
    size_t count = 0;

    out[count].bytes = column->validity;
    out[count++].size = column->validity ? st_bitmap_bytes(column->rows) : 0;
    if (column->offsets) {
        out[count].bytes = column->offsets;
        out[count++].size = (column->rows + 1) * sizeof *column->offsets;
    }
    out[count].bytes = column->values;
    out[count++].size = st_column_values_bytes(column);
    return count;
}

/* ---- begin, set, end ------------------------------------------------------
 */

void st_column_finish(st_column *column)
{
    free(column->name);
    free(column->zone);
    free(column->validity);
    free(column->offsets);
    free(column->values);
    memset(column, 0, sizeof *column);
}

static void set_all_valid(st_column *column)
{
    memset(column->validity, 0xFF, column->rows / 8);
    if (column->rows % 8 != 0)
        column->validity[column->rows / 8] =
            (unsigned char)((1u << column->rows % 8) - 1);
}

bool st_column_begin(st_column *out, st_frame_type type, size_t rows,
                     size_t text_bytes)
{
    memset(out, 0, sizeof *out);
    out->type = type;
    out->rows = rows;
    out->name = st_zeroed(1, 1);
    out->validity = st_zeroed(st_bitmap_bytes(rows), 1);
    out->values = st_zeroed(values_bytes(type, rows, text_bytes), 1);
    if (type == ST_FRAME_TEXT)
        out->offsets = st_zeroed(rows + 1, sizeof *out->offsets);
    if (!out->name || !out->validity || !out->values ||
        (type == ST_FRAME_TEXT && !out->offsets)) {
        st_column_finish(out);
        return false;
    }
    set_all_valid(out);
    return true;
}

void st_column_set_null(st_column *column, size_t row)
{
    st_clear_bit(column->validity, row);
    column->null_count++;
    if (column->offsets)
        column->offsets[row + 1] = column->offsets[row];
}

void st_column_set_text(st_column *column, size_t row, const char *text,
                        size_t size)
{
    int32_t at = column->offsets[row];

    if (size > 0)
        memcpy((char *)column->values + at, text, size);
    column->offsets[row + 1] = at + (int32_t)size;
}

static bool set_string(char **string, const char *text)
{
    char *copy = strdup(text);

    if (!copy)
        return false;
    free(*string);
    *string = copy;
    return true;
}

bool st_column_set_name(st_column *column, const char *name)
{
    return set_string(&column->name, name ? name : "");
}

bool st_column_set_zone(st_column *column, const char *zone)
{
    return !zone || *zone == '\0' || set_string(&column->zone, zone);
}

void st_column_end(st_column *column)
{
    if (column->null_count > 0)
        return;
    free(column->validity);
    column->validity = NULL;
}

/* ---- copies ---------------------------------------------------------------
 */

static void *copy_bytes(const void *bytes, size_t size)
{
    void *copy = malloc(size > 0 ? size : 1);

    if (copy && size > 0)
        memcpy(copy, bytes, size);
    return copy;
}

bool st_column_copy(st_column *out, const st_column *column)
{
    *out = *column;
    out->name = strdup(column->name);
    out->zone = column->zone ? strdup(column->zone) : NULL;
    out->validity = NULL;
    out->offsets = NULL;
    out->values = copy_bytes(column->values, st_column_values_bytes(column));
    if (column->validity)
        out->validity =
            copy_bytes(column->validity, st_bitmap_bytes(column->rows));
    if (column->offsets)
        out->offsets = copy_bytes(column->offsets,
                                  (column->rows + 1) * sizeof *column->offsets);
    if (out->name && out->values && !out->zone == !column->zone &&
        !out->validity == !column->validity &&
        !out->offsets == !column->offsets)
        return true;
    st_column_finish(out);
    return false;
}
