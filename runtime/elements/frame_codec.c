/* frame_codec.c -- frames as bytes of their content, for memoized functions.
 *
 *     4 bytes  "stF" and the version, 1
 *     u64      rows
 *     u32      columns
 *     u32      number of the index column, from 1 on; 0 = none
 *     columns, each:
 *         u8   type, u8 unit, u8 1 if there are nulls, u8 0
 *         u32  bytes of the name, u32 bytes of the zone, u64 bytes of values
 *         name, zone, validity if there are nulls, offsets of texts, values
 *
 * Integers are little-endian, buffers as st/frame.h's frames hold them.  The
 * reader trusts nothing: whatever it takes is written as the same bytes again.
 */
#include "elements/frame.h"

#include "base/hash.h"
#include "elements/fail.h"
#include "elements/frame_utf8.h"

#include <stdlib.h>
#include <string.h>

static const char magic[4] = {'s', 't', 'F', 1};

typedef struct {
    uint64_t rows;
    uint32_t columns, index;
} frame_head;

typedef struct {
    uint8_t type, unit, has_nulls, zero;
    uint32_t name_bytes, zone_bytes;
    uint64_t values_bytes;
} column_head;

/* Numbers of an enum may change, those in bytes may not. */
static const uint8_t type_codes[ST_FRAME_TYPE_COUNT] = {
    [ST_FRAME_INTEGER] = 1, [ST_FRAME_DOUBLE] = 2, [ST_FRAME_BOOL] = 3,
    [ST_FRAME_TEXT] = 4,    [ST_FRAME_TIME] = 5,
};
static const uint8_t unit_codes[ST_FRAME_UNIT_COUNT] = {
    [ST_FRAME_MILLISECONDS] = 0,
    [ST_FRAME_SECONDS] = 1,
    [ST_FRAME_MICROSECONDS] = 2,
    [ST_FRAME_NANOSECONDS] = 3,
};

static column_head head_of(const st_column *column)
{
    column_head head = {0};

    head.type = type_codes[column->type];
    head.unit = unit_codes[column->unit];
    head.has_nulls = column->null_count > 0;
    head.name_bytes = (uint32_t)strlen(column->name);
    head.zone_bytes = column->zone ? (uint32_t)strlen(column->zone) : 0;
    head.values_bytes = st_column_values_bytes(column);
    return head;
}

/* ---- hash -----------------------------------------------------------------
 */

enum { HASHED_WORDS = 7 + 2 * ST_COLUMN_BUFFERS };

/* The digest of a column and of what was before it. */
static memo_digest hash_column(memo_digest before, const st_column *column)
{
    column_head head = head_of(column);
    st_column_buffer buffers[ST_COLUMN_BUFFERS];
    size_t count = st_column_buffers(buffers, column);
    uint64_t words[HASHED_WORDS] = {before.low, before.high};
    memo_digest name = memo_hash_bytes(column->name, head.name_bytes);
    memo_digest zone = memo_hash_bytes(column->zone, head.zone_bytes);

    words[2] = name.low;
    words[3] = name.high;
    words[4] = zone.low;
    words[5] = zone.high;
    words[6] = head.type | (uint64_t)head.unit << 8;
    for (size_t i = 0; i < count; i++) {
        memo_digest digest = memo_hash_bytes(buffers[i].bytes, buffers[i].size);

        words[7 + 2 * i] = digest.low;
        words[8 + 2 * i] = digest.high;
    }
    return memo_hash_bytes(words, sizeof words);
}

ST_EXPORT uint64_t st_frame_hash(const st_frame *frame)
{
    uint64_t head[] = {frame->rows, frame->index, frame->column_count};
    memo_digest digest = memo_hash_bytes(head, sizeof head);

    for (size_t i = 0; i < frame->column_count; i++)
        digest = hash_column(digest, &frame->columns[i]);
    return digest.low;
}

/* ---- encode ---------------------------------------------------------------
 */

enum { FRAME_HEAD_BYTES = 4 + 8 + 4 + 4, COLUMN_HEAD_BYTES = 4 + 4 + 4 + 8 };

static size_t column_bytes(const st_column *column)
{
    column_head head = head_of(column);
    st_column_buffer buffers[ST_COLUMN_BUFFERS];
    size_t count = st_column_buffers(buffers, column);
    size_t size = COLUMN_HEAD_BYTES + head.name_bytes + head.zone_bytes;

    for (size_t i = 0; i < count; i++)
        size += buffers[i].size;
    return size;
}

static unsigned char *put(unsigned char *out, const void *bytes, size_t size)
{
    if (size > 0)
        memcpy(out, bytes, size);
    return out + size;
}

static unsigned char *put_column(unsigned char *out, const st_column *column)
{
    column_head head = head_of(column);
    st_column_buffer buffers[ST_COLUMN_BUFFERS];
    size_t count = st_column_buffers(buffers, column);

    out = put(out, &head.type, 1);
    out = put(out, &head.unit, 1);
    out = put(out, &head.has_nulls, 1);
    out = put(out, &head.zero, 1);
    out = put(out, &head.name_bytes, 4);
    out = put(out, &head.zone_bytes, 4);
    out = put(out, &head.values_bytes, 8);
    out = put(out, column->name, head.name_bytes);
    out = put(out, column->zone, head.zone_bytes);
    for (size_t i = 0; i < count; i++)
        out = put(out, buffers[i].bytes, buffers[i].size);
    return out;
}

ST_EXPORT size_t st_frame_encode(const st_frame *frame, void *bytes,
                                 size_t room)
{
    frame_head head = {frame->rows, (uint32_t)frame->column_count,
                       (uint32_t)(frame->index + 1)};
    size_t size = FRAME_HEAD_BYTES;
    unsigned char *out = bytes;

    for (size_t i = 0; i < frame->column_count; i++)
        size += column_bytes(&frame->columns[i]);
    if (size > room)
        return size;
    out = put(out, magic, sizeof magic);
    out = put(out, &head.rows, 8);
    out = put(out, &head.columns, 4);
    out = put(out, &head.index, 4);
    for (size_t i = 0; i < frame->column_count; i++)
        out = put_column(out, &frame->columns[i]);
    return size;
}

/* ---- decode ---------------------------------------------------------------
 */

typedef struct {
    const unsigned char *at, *end;
} reader;

static bool get(reader *from, void *out, size_t size)
{
    if ((size_t)(from->end - from->at) < size)
        return false;
    if (size > 0)
        memcpy(out, from->at, size);
    from->at += size;
    return true;
}

/* The number of a code, or `count`. */
static size_t find_code(const uint8_t *codes, size_t count, uint8_t code)
{
    size_t i = 0;

    while (i < count && codes[i] != code)
        i++;
    return i;
}

/* A name or a zone that is there. */
static char *get_string(reader *from, size_t size)
{
    char *string;

    if ((size_t)(from->end - from->at) < size || memchr(from->at, 0, size))
        return NULL;
    string = st_zeroed(size + 1, 1);
    if (string)
        get(from, string, size);
    return string;
}

static bool get_column_head(reader *from, column_head *out)
{
    return get(from, &out->type, 1) && get(from, &out->unit, 1) &&
           get(from, &out->has_nulls, 1) && get(from, &out->zero, 1) &&
           get(from, &out->name_bytes, 4) && get(from, &out->zone_bytes, 4) &&
           get(from, &out->values_bytes, 8) && out->has_nulls <= 1 &&
           out->zero == 0;
}

/* Whether the rest has room for the buffers, and they have the size that rows
 * of this type have. */
static bool fits(const reader *from, const column_head *head,
                 st_frame_type type, uint64_t rows)
{
    uint64_t left = (uint64_t)(from->end - from->at);
    uint64_t bitmap = rows / 8 + (rows % 8 != 0);
    uint64_t values = type == ST_FRAME_TEXT   ? head->values_bytes
                      : type == ST_FRAME_BOOL ? bitmap
                                              : 8 * rows;
    uint64_t all = (head->has_nulls ? bitmap : 0) +
                   (type == ST_FRAME_TEXT ? 4 * (rows + 1) : 0);

    return values == head->values_bytes &&
           (type != ST_FRAME_TEXT || values <= ST_FRAME_MAX_TEXT) &&
           all <= left && values <= left - all;
}

static bool has_zero_tail(const void *bitmap, size_t rows)
{
    const unsigned char *bytes = bitmap;

    return rows % 8 == 0 || bytes[rows / 8] >> rows % 8 == 0;
}

/* What is null is zero, and nulls are counted. */
static bool check_nulls(st_column *column)
{
    const uint64_t *words = column->values;

    column->null_count = 0;
    for (size_t i = 0; column->validity && i < column->rows; i++) {
        if (st_bit(column->validity, i))
            continue;
        column->null_count++;
        if (column->type == ST_FRAME_TEXT) {
            if (column->offsets[i] != column->offsets[i + 1])
                return false;
        } else if (column->type == ST_FRAME_BOOL) {
            if (st_bit(column->values, i))
                return false;
        } else if (words[i] != 0) {
            return false;
        }
    }
    return !column->validity || (column->null_count > 0 &&
                                 has_zero_tail(column->validity, column->rows));
}

static bool check_texts(const st_column *column, size_t text_bytes)
{
    const char *texts = column->values;

    if (column->offsets[0] != 0 ||
        (size_t)column->offsets[column->rows] != text_bytes)
        return false;
    for (size_t i = 0; i < column->rows; i++) {
        int32_t begin = column->offsets[i], end = column->offsets[i + 1];

        if (end < begin || (size_t)end > text_bytes)
            return false;
        if (st_utf8_prefix(texts + begin, (size_t)(end - begin)) !=
            (size_t)(end - begin))
            return false;
    }
    return true;
}

static bool get_buffers(reader *from, const column_head *head, st_column *out)
{
    size_t size = (size_t)head->values_bytes;

    if (!head->has_nulls) {
        free(out->validity);
        out->validity = NULL;
    }
    if (out->validity && !get(from, out->validity, st_bitmap_bytes(out->rows)))
        return false;
    if (out->offsets &&
        !get(from, out->offsets, (out->rows + 1) * sizeof *out->offsets))
        return false;
    if (!get(from, out->values, size))
        return false;
    if (out->offsets && !check_texts(out, size))
        return false;
    if (out->type == ST_FRAME_BOOL && !has_zero_tail(out->values, out->rows))
        return false;
    return check_nulls(out);
}

/* Name, zone and buffers; the head fits. */
static bool get_content(reader *from, const column_head *head, st_column *out)
{
    free(out->name);
    out->name = get_string(from, head->name_bytes);
    if (out->name && head->zone_bytes > 0)
        out->zone = get_string(from, head->zone_bytes);
    if (!out->name || !out->zone != (head->zone_bytes == 0))
        return false;
    return fits(from, head, out->type, out->rows) &&
           get_buffers(from, head, out);
}

static bool get_column(reader *from, st_frame *frame)
{
    column_head head;
    st_column column;
    size_t type, unit, text_bytes;

    if (!get_column_head(from, &head))
        return false;
    type = find_code(type_codes, ST_FRAME_TYPE_COUNT, head.type);
    unit = find_code(unit_codes, ST_FRAME_UNIT_COUNT, head.unit);
    if (type == ST_FRAME_TYPE_COUNT || unit == ST_FRAME_UNIT_COUNT)
        return false;
    if (type != ST_FRAME_TIME && (head.unit != 0 || head.zone_bytes > 0))
        return false;
    if (!fits(from, &head, (st_frame_type)type, frame->rows))
        return false;
    text_bytes = type == ST_FRAME_TEXT ? (size_t)head.values_bytes : 0;
    if (!st_column_begin(&column, (st_frame_type)type, frame->rows, text_bytes))
        return false;
    column.unit = (st_frame_unit)unit;
    if (!get_content(from, &head, &column)) {
        st_column_finish(&column);
        return false;
    }
    return st_frame_take(frame, &column, NULL) == ST_OK;
}

static bool get_head(reader *from, frame_head *out)
{
    char found[sizeof magic];

    return get(from, found, sizeof found) &&
           memcmp(found, magic, sizeof magic) == 0 &&
           get(from, &out->rows, 8) && get(from, &out->columns, 4) &&
           get(from, &out->index, 4) && out->rows <= ST_FRAME_MAX_ROWS &&
           out->index <= out->columns;
}

ST_EXPORT st_frame *st_frame_decode(const void *bytes, size_t size)
{
    reader from = {bytes, bytes ? (const unsigned char *)bytes + size : NULL};
    frame_head head;
    st_frame *frame;

    if (!bytes || !get_head(&from, &head) ||
        st_frame_create(&frame, (size_t)head.rows, NULL) != ST_OK)
        return NULL;
    while (frame->column_count < head.columns && get_column(&from, frame))
        ;
    if (frame->column_count < head.columns || from.at != from.end) {
        st_frame_destroy(frame);
        return NULL;
    }
    frame->index = head.index > 0 ? head.index - 1 : ST_FRAME_NONE;
    return frame;
}
