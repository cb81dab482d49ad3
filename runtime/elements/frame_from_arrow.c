/* frame_from_arrow.c -- record batches of Arrow's C data interface as frames.
 *
 * Lengths, offsets, counts and indices are checked; how large a buffer is,
 * nobody tells.
 * Source: https://arrow.apache.org/docs/format/CDataInterface.html and
 * https://arrow.apache.org/docs/format/Columnar.html.
 */
#include "elements/fail.h"
#include "elements/frame.h"
#include "elements/frame_utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* ---- formats --------------------------------------------------------------
 */

typedef enum { SIGNED, UNSIGNED, FLOAT, BITS, TEXT, TIME, DAYS, NOTHING } kind;

typedef struct {
    const char *text; /* of the schema; a time's stands before its zone */
    kind kind;
    unsigned char width; /* bytes of a value, or of a text's offset */
    st_frame_unit unit;
} layout;

static const layout formats[] = {
    {"c", SIGNED, 1, 0},
    {"s", SIGNED, 2, 0},
    {"i", SIGNED, 4, 0},
    {"l", SIGNED, 8, 0},
    {"C", UNSIGNED, 1, 0},
    {"S", UNSIGNED, 2, 0},
    {"I", UNSIGNED, 4, 0},
    {"L", UNSIGNED, 8, 0},
    {"f", FLOAT, 4, 0},
    {"g", FLOAT, 8, 0},
    {"b", BITS, 0, 0},
    {"u", TEXT, 4, 0},
    {"U", TEXT, 8, 0},
    {"tss:", TIME, 8, ST_FRAME_SECONDS},
    {"tsm:", TIME, 8, ST_FRAME_MILLISECONDS},
    {"tsu:", TIME, 8, ST_FRAME_MICROSECONDS},
    {"tsn:", TIME, 8, ST_FRAME_NANOSECONDS},
    {"tdm", TIME, 8, ST_FRAME_MILLISECONDS},
    {"tdD", DAYS, 4, ST_FRAME_MILLISECONDS},
    {"n", NOTHING, 0, 0},
};

static const layout *find_format(const char *text)
{
    for (size_t i = 0; text && i < sizeof formats / sizeof *formats; i++) {
        size_t length = strlen(formats[i].text);
        bool has_zone = formats[i].text[length - 1] == ':';

        if (strncmp(text, formats[i].text, has_zone ? length : length + 1) == 0)
            return &formats[i];
    }
    return NULL;
}

static st_frame_type type_of(const layout *format)
{
    static const st_frame_type types[] = {
        [SIGNED] = ST_FRAME_INTEGER, [UNSIGNED] = ST_FRAME_INTEGER,
        [FLOAT] = ST_FRAME_DOUBLE,   [BITS] = ST_FRAME_BOOL,
        [TEXT] = ST_FRAME_TEXT,      [TIME] = ST_FRAME_TIME,
        [DAYS] = ST_FRAME_TIME,      [NOTHING] = ST_FRAME_TEXT,
    };

    return types[format->kind];
}

/* ---- one column on its way ------------------------------------------------
 */

typedef struct {
    const struct ArrowArray *parent; /* the record batch */
    size_t number;                   /* from 1 on */
    const struct ArrowSchema *schema;
    const struct ArrowArray *array;
    const layout *format;
    const struct ArrowArray *words; /* a dictionary's values, or NULL */
    const layout *words_format;
    st_failure *error;
} source;

__attribute__((format(printf, 2, 3))) static st_status
refuse(const source *from, const char *format, ...)
{
    const char *name =
        from->schema && from->schema->release && from->schema->name
            ? from->schema->name
            : "";
    char why[128];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(why, sizeof why, format, arguments);
    va_end(arguments);
    return st_explain(from->error, ST_BAD_DATA, "column %zu ('%s'): %s",
                      from->number, st_show(name).text, why);
}

/* Where the item of a row lies in the buffers of the column. */
static int64_t item_of(const source *from, size_t row)
{
    return from->array->offset + from->parent->offset + (int64_t)row;
}

static bool is_valid_at(const struct ArrowArray *array, int64_t at)
{
    const void *bitmap = array->n_buffers > 0 ? array->buffers[0] : NULL;

    return !bitmap || st_bit(bitmap, (size_t)at);
}

static bool is_valid(const source *from, size_t row)
{
    return from->format->kind != NOTHING &&
           is_valid_at(from->parent, from->parent->offset + (int64_t)row) &&
           is_valid_at(from->array, item_of(from, row));
}

/* ---- values, which need not be aligned ------------------------------------
 */

static uint64_t load(const void *buffer, unsigned width, int64_t at)
{
    uint64_t word = 0;

    memcpy(&word, (const unsigned char *)buffer + (size_t)at * width, width);
    return word;
}

/* False when it does not fit. */
static bool load_integer(int64_t *out, const layout *format, const void *buffer,
                         int64_t at)
{
    uint64_t word = load(buffer, format->width, at);
    unsigned unused = 64 - 8u * format->width;

    if (format->kind == UNSIGNED) {
        *out = (int64_t)word;
        return word <= INT64_MAX;
    }
    /* The sign is spread over what the width leaves. */
    *out = (int64_t)(word << unused) >> unused;
    return true;
}

static double load_double(const layout *format, const void *buffer, int64_t at)
{
    double wide;
    float narrow;

    if (format->width == sizeof wide) {
        memcpy(&wide, (const unsigned char *)buffer + (size_t)at * sizeof wide,
               sizeof wide);
        return wide;
    }
    memcpy(&narrow, (const unsigned char *)buffer + (size_t)at * sizeof narrow,
           sizeof narrow);
    return narrow;
}

typedef struct {
    const char *bytes;
    size_t size;
} text;

/* A text of an array; false when its offsets are no good. */
static bool load_text(text *out, const layout *format,
                      const struct ArrowArray *array, int64_t at)
{
    const void *offsets = array->buffers[1];
    int64_t begin = (int64_t)load(offsets, format->width, at);
    int64_t end = (int64_t)load(offsets, format->width, at + 1);

    if (begin < 0 || end < begin ||
        (format->width == 4 && (begin > INT32_MAX || end > INT32_MAX)) ||
        (end > begin && !array->buffers[2]))
        return false;
    out->size = (size_t)(end - begin);
    out->bytes = out->size > 0 ? (const char *)array->buffers[2] + begin : "";
    return true;
}

/* The text of a valid row; false when the row is null after all, or *status
 * says what is wrong. */
static bool get_text(text *out, const source *from, size_t row,
                     st_status *status)
{
    const struct ArrowArray *array = from->array;
    int64_t at = item_of(from, row);
    bool is_good;

    if (!from->words) {
        is_good = load_text(out, from->format, array, at);
    } else {
        if (!load_integer(&at, from->format, array->buffers[1], at) || at < 0 ||
            at >= from->words->length) {
            *status = refuse(from, "row %zu is not in the dictionary", row);
            return false;
        }
        at += from->words->offset;
        if (!is_valid_at(from->words, at))
            return false;
        is_good = load_text(out, from->words_format, from->words, at);
    }
    if (!is_good)
        *status = refuse(from, "the offsets of row %zu are no good", row);
    return is_good;
}

/* ---- checks ---------------------------------------------------------------
 */

static bool check_sizes(const struct ArrowArray *array, int64_t buffers)
{
    int64_t end;

    /* The bound keeps every product with a width below 2^63. */
    return array->length >= 0 && array->offset >= 0 &&
           !__builtin_add_overflow(array->length, array->offset, &end) &&
           end < INT64_MAX / 16 && array->null_count >= -1 &&
           array->null_count <= array->length && array->n_buffers == buffers &&
           (buffers == 0 || array->buffers);
}

static int64_t buffers_of(const layout *format)
{
    return format->kind == NOTHING ? 0 : format->kind == TEXT ? 3 : 2;
}

static st_status check_array(const source *from, const struct ArrowArray *array,
                             const layout *format)
{
    if (!array || !array->release)
        return refuse(from, "the array is missing or was released");
    if (!check_sizes(array, buffers_of(format)))
        return refuse(from, "length, offset, nulls or buffers are no good");
    if (array->n_children != 0)
        return refuse(from, "there are children");
    if (format->kind == NOTHING)
        return ST_OK;
    if (array->length > 0 && !array->buffers[1])
        return refuse(from, "a buffer is missing");
    if (array->null_count > 0 && !array->buffers[0])
        return refuse(from, "nulls are counted without a bitmap");
    return ST_OK;
}

static st_status check_dictionary(source *from)
{
    const struct ArrowSchema *schema = from->schema->dictionary;
    st_status status;

    if (!schema != !from->array->dictionary)
        return refuse(from, "only one of array and schema has a dictionary");
    if (!schema)
        return ST_OK;
    if (from->format->kind != SIGNED && from->format->kind != UNSIGNED)
        return refuse(from, "a dictionary is indexed by what is no integer");
    from->words_format = schema->release ? find_format(schema->format) : NULL;
    if (!from->words_format || from->words_format->kind != TEXT ||
        schema->dictionary)
        return refuse(from, "the dictionary is not one of texts");
    from->words = from->array->dictionary;
    status = check_array(from, from->words, from->words_format);
    return status == ST_OK && from->words->dictionary
               ? refuse(from, "the dictionary has a dictionary")
               : status;
}

static st_status check_column(source *from)
{
    st_status status;

    if (!from->schema || !from->schema->release)
        return refuse(from, "the schema is missing or was released");
    from->format = find_format(from->schema->format);
    if (!from->format || from->schema->n_children != 0)
        return refuse(
            from, "a frame has no columns of the format '%s'",
            st_show(from->schema->format ? from->schema->format : "").text);
    status = check_array(from, from->array, from->format);
    if (status != ST_OK)
        return status;
    if (from->array->length < from->parent->offset + from->parent->length)
        return refuse(from, "it has %lld items, too few for the batch",
                      (long long)from->array->length);
    return check_dictionary(from);
}

/* ---- filling --------------------------------------------------------------
 */

static st_status measure_texts(size_t *out, const source *from, size_t rows)
{
    *out = 0;
    for (size_t i = 0; i < rows; i++) {
        st_status status = ST_OK;
        text found;

        if (!is_valid(from, i) || !get_text(&found, from, i, &status)) {
            if (status != ST_OK)
                return status;
            continue;
        }
        if (found.size > ST_FRAME_MAX_TEXT - *out)
            return refuse(from, "its texts add up to more than two gigabytes");
        if (st_utf8_prefix(found.bytes, found.size) != found.size)
            return refuse(from, "row %zu is no UTF-8", i);
        *out += found.size;
    }
    return ST_OK;
}

static void fill_texts(st_column *column, const source *from)
{
    for (size_t i = 0; i < column->rows; i++) {
        st_status status = ST_OK;
        text found;

        if (is_valid(from, i) && get_text(&found, from, i, &status))
            st_column_set_text(column, i, found.bytes, found.size);
        else
            st_column_set_null(column, i);
    }
}

/* One row that is valid and no text; false when it does not fit. */
static bool set_value(st_column *column, const source *from, size_t row)
{
    const void *buffer = from->array->buffers[1];
    int64_t at = item_of(from, row);
    int64_t *integer = (int64_t *)column->values + row;

    switch (from->format->kind) {
    case FLOAT:
        ((double *)column->values)[row] = load_double(from->format, buffer, at);
        return true;
    case BITS:
        if (st_bit(buffer, (size_t)at))
            st_set_bit(column->values, row);
        return true;
    case DAYS:
        load_integer(integer, from->format, buffer, at);
        *integer *= (int64_t)24 * 60 * 60 * 1000;
        return true;
    default:
        return load_integer(integer, from->format, buffer, at);
    }
}

static st_status fill_values(st_column *column, const source *from)
{
    for (size_t i = 0; i < column->rows; i++) {
        if (!is_valid(from, i))
            st_column_set_null(column, i);
        else if (!set_value(column, from, i))
            return refuse(from,
                          "the integer of row %zu takes more than 63 "
                          "bits",
                          i);
    }
    return ST_OK;
}

static bool set_head(st_column *column, const source *from)
{
    const char *format = from->schema->format;

    column->unit = from->format->unit;
    if (format[0] == 't' && format[1] == 's' &&
        !st_column_set_zone(column, format + strlen(from->format->text)))
        return false;
    return st_column_set_name(column, from->schema->name);
}

static st_status add_column(st_frame *frame, source *from)
{
    st_status status = check_column(from);
    st_frame_type type;
    size_t text_bytes = 0;
    st_column column;

    if (status != ST_OK || !from->format)
        return status;
    type = from->words ? ST_FRAME_TEXT : type_of(from->format);
    if (type == ST_FRAME_TEXT)
        status = measure_texts(&text_bytes, from, frame->rows);
    if (status != ST_OK)
        return status;
    if (!st_column_begin(&column, type, frame->rows, text_bytes))
        return st_explain(from->error, ST_NO_MEMORY, "out of memory");
    if (type == ST_FRAME_TEXT)
        fill_texts(&column, from);
    else
        status = fill_values(&column, from);
    if (status == ST_OK && !set_head(&column, from))
        status = st_explain(from->error, ST_NO_MEMORY, "out of memory");
    if (status != ST_OK) {
        st_column_finish(&column);
        return status;
    }
    st_column_end(&column);
    return st_frame_take(frame, &column, from->error);
}

static st_status check_batch(const struct ArrowSchema *schema,
                             const struct ArrowArray *array, st_failure *error)
{
    if (!schema || !schema->release || !array || !array->release)
        return st_explain(error, ST_BAD_DATA,
                          "the record batch is missing or was released");
    if (!schema->format || strcmp(schema->format, "+s") != 0 ||
        schema->dictionary || array->dictionary)
        return st_explain(error, ST_BAD_DATA, "a frame is an array of structs");
    if (!check_sizes(array, 1) || (array->null_count > 0 && !array->buffers[0]))
        return st_explain(
            error, ST_BAD_DATA,
            "length, offset, nulls or buffers of the record batch "
            "are no good");
    if (schema->n_children < 0 || schema->n_children != array->n_children ||
        (schema->n_children > 0 && (!schema->children || !array->children)))
        return st_explain(error, ST_BAD_DATA,
                          "array and schema have not the same children");
    if (schema->n_children > (int64_t)ST_FRAME_MAX_COLUMNS)
        return st_explain(error, ST_BAD_VALUE, "a frame has %u columns at most",
                          ST_FRAME_MAX_COLUMNS);
    return ST_OK;
}

ST_EXPORT st_status st_frame_from_arrow(st_frame **out,
                                        const struct ArrowSchema *schema,
                                        const struct ArrowArray *array,
                                        st_failure *error)
{
    st_frame *frame = NULL;
    st_status status = check_batch(schema, array, error);

    if (status == ST_OK)
        status = st_frame_create(&frame, (size_t)array->length, error);
    for (size_t i = 0; status == ST_OK && i < (size_t)schema->n_children; i++) {
        source from = {.parent = array,
                       .number = i + 1,
                       .schema = schema->children[i],
                       .array = array->children[i],
                       .error = error};

        status = add_column(frame, &from);
    }
    if (status == ST_OK)
        *out = frame;
    else
        st_frame_destroy(frame);
    return status;
}
