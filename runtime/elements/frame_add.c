/* frame_add.c -- values of C as columns. */
#include "elements/frame.h"

#include "elements/fail.h"
#include "elements/frame_utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static bool is_valid(const st_frame_column *from, size_t row)
{
    if (from->valid && !from->valid[row])
        return false;
    return from->type != ST_FRAME_TEXT ||
           ((const char *const *)from->values)[row] != NULL;
}

/* "column 'price': " and what is wrong with it. */
__attribute__((format(printf, 4, 5))) static st_status
refuse(st_failure *error, st_status status, const char *name,
       const char *format, ...)
{
    char why[128];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(why, sizeof why, format, arguments);
    va_end(arguments);
    return st_explain(error, status, "column '%s': %s",
                      st_show(name ? name : "").text, why);
}

/* ---- texts ----------------------------------------------------------------
 */

static st_status measure_texts(size_t *out, const st_frame_column *from,
                               st_failure *error)
{
    const char *const *texts = from->values;

    *out = 0;
    for (size_t i = 0; i < from->rows; i++) {
        size_t size = is_valid(from, i) ? strlen(texts[i]) : 0;

        if (size > ST_FRAME_MAX_TEXT - *out)
            return refuse(error, ST_BAD_VALUE, from->name,
                          "its texts add up to more than two gigabytes");
        if (size > 0 && st_utf8_prefix(texts[i], size) != size)
            return refuse(error, ST_BAD_DATA, from->name, "row %zu is no UTF-8",
                          i);
        *out += size;
    }
    return ST_OK;
}

static void fill_texts(st_column *column, const st_frame_column *from)
{
    const char *const *texts = from->values;

    for (size_t i = 0; i < from->rows; i++) {
        if (is_valid(from, i))
            st_column_set_text(column, i, texts[i], strlen(texts[i]));
        else
            st_column_set_null(column, i);
    }
}

/* ---- the others -----------------------------------------------------------
 */

static void fill_bools(st_column *column, const st_frame_column *from)
{
    const unsigned char *values = from->values;

    for (size_t i = 0; i < from->rows; i++) {
        if (!is_valid(from, i))
            st_column_set_null(column, i);
        else if (values[i])
            st_set_bit(column->values, i);
    }
}

static void fill_words(st_column *column, const st_frame_column *from)
{
    uint64_t *words = column->values;

    if (from->rows > 0)
        memcpy(words, from->values, from->rows * sizeof *words);
    for (size_t i = 0; from->valid && i < from->rows; i++) {
        if (from->valid[i])
            continue;
        words[i] = 0;
        st_column_set_null(column, i);
    }
}

static void fill(st_column *column, const st_frame_column *from)
{
    switch (from->type) {
    case ST_FRAME_TEXT:
        fill_texts(column, from);
        break;
    case ST_FRAME_BOOL:
        fill_bools(column, from);
        break;
    default:
        fill_words(column, from);
    }
    st_column_end(column);
}

static st_status check(const st_frame *frame, const st_frame_column *from,
                       st_failure *error)
{
    if ((unsigned)from->type >= ST_FRAME_TYPE_COUNT ||
        (unsigned)from->unit >= ST_FRAME_UNIT_COUNT)
        return refuse(error, ST_BAD_VALUE, from->name,
                      "its type or unit is unknown");
    if (from->rows != frame->rows)
        return refuse(error, ST_BAD_VALUE, from->name,
                      "it has %zu rows, the frame has %zu", from->rows,
                      frame->rows);
    if (from->rows > 0 && !from->values)
        return refuse(error, ST_BAD_VALUE, from->name, "there are no values");
    return ST_OK;
}

ST_EXPORT st_status st_frame_add(st_frame *frame, const st_frame_column *from,
                                 st_failure *error)
{
    bool is_time = from->type == ST_FRAME_TIME;
    size_t text_bytes = 0;
    st_column column;
    st_status status = check(frame, from, error);

    if (status == ST_OK && from->type == ST_FRAME_TEXT)
        status = measure_texts(&text_bytes, from, error);
    if (status != ST_OK)
        return status;
    if (!st_column_begin(&column, from->type, frame->rows, text_bytes))
        return st_explain(error, ST_NO_MEMORY, "out of memory");
    if (!st_column_set_name(&column, from->name) ||
        (is_time && !st_column_set_zone(&column, from->zone))) {
        st_column_finish(&column);
        return st_explain(error, ST_NO_MEMORY, "out of memory");
    }
    if (is_time)
        column.unit = from->unit;
    fill(&column, from);
    return st_frame_take(frame, &column, error);
}

/* ---- one type each --------------------------------------------------------
 */

static st_status add(st_frame *frame, st_frame_column column,
                     const unsigned char *valid, st_failure *error)
{
    column.rows = frame->rows;
    column.valid = valid;
    return st_frame_add(frame, &column, error);
}

ST_EXPORT st_status st_frame_add_integers(st_frame *frame, const char *name,
                                          const int64_t *values,
                                          const unsigned char *valid,
                                          st_failure *error)
{
    st_frame_column column = {
        .name = name, .type = ST_FRAME_INTEGER, .values = values};

    return add(frame, column, valid, error);
}

ST_EXPORT st_status st_frame_add_doubles(st_frame *frame, const char *name,
                                         const double *values,
                                         const unsigned char *valid,
                                         st_failure *error)
{
    st_frame_column column = {
        .name = name, .type = ST_FRAME_DOUBLE, .values = values};

    return add(frame, column, valid, error);
}

ST_EXPORT st_status st_frame_add_bools(st_frame *frame, const char *name,
                                       const unsigned char *values,
                                       const unsigned char *valid,
                                       st_failure *error)
{
    st_frame_column column = {
        .name = name, .type = ST_FRAME_BOOL, .values = values};

    return add(frame, column, valid, error);
}

ST_EXPORT st_status st_frame_add_texts(st_frame *frame, const char *name,
                                       const char *const *values,
                                       const unsigned char *valid,
                                       st_failure *error)
{
    st_frame_column column = {
        .name = name, .type = ST_FRAME_TEXT, .values = values};

    return add(frame, column, valid, error);
}

ST_EXPORT st_status st_frame_add_times(st_frame *frame, const char *name,
                                       const int64_t *values,
                                       const unsigned char *valid,
                                       st_failure *error)
{
    st_frame_column column = {
        .name = name, .type = ST_FRAME_TIME, .values = values};

    return add(frame, column, valid, error);
}
