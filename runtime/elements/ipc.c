/* ipc.c -- frames as Arrow IPC streams: a schema, a record batch, the end.
 *
 * A message is 0xFFFFFFFF, the length of its head, the head (a FlatBuffer) and
 * its body; all begin at multiples of 8 bytes.
 * Source: https://arrow.apache.org/docs/format/Columnar.html, "Serialization
 * and Interprocess Communication (IPC)", and Arrow's format/Schema.fbs and
 * format/Message.fbs, by which fields and unions are numbered here.
 */
#include "elements/fail.h"
#include "elements/frame.h"
#include "elements/frame_utf8.h"
#include "elements/ipc_flat.h"
#include "elements/ipc_pandas.h"

#include <stdlib.h>
#include <string.h>

enum { ALIGNMENT = 8, PREFIX_BYTES = 8, VERSION_5 = 4 };

/* union MessageHeader, union Type */
enum { HEADER_SCHEMA = 1, HEADER_RECORD_BATCH = 3 };
enum {
    TYPE_INT = 2,
    TYPE_FLOAT = 3,
    TYPE_TEXT = 5,
    TYPE_BOOL = 6,
    TYPE_TIME = 10
};

static size_t padded(size_t size)
{
    return (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
}

/* The index comes first, the others follow as they are. */
static size_t column_at(const st_frame *frame, size_t place)
{
    if (frame->index == ST_FRAME_NONE || place > frame->index)
        return place;
    return place == 0 ? frame->index : place - 1;
}

/* ---- the schema -----------------------------------------------------------
 */

static st_flat_ref put_time(st_flat *flat, const st_column *column)
{
    static const unsigned char units[ST_FRAME_UNIT_COUNT] = {
        [ST_FRAME_SECONDS] = 0,
        [ST_FRAME_MILLISECONDS] = 1,
        [ST_FRAME_MICROSECONDS] = 2,
        [ST_FRAME_NANOSECONDS] = 3,
    };
    st_flat_ref zone = column->zone ? st_flat_text(flat, column->zone) : 0;

    st_flat_table_begin(flat);
    st_flat_put(flat, 0, units[column->unit], 2);
    if (column->zone)
        st_flat_put_ref(flat, 1, zone);
    return st_flat_table_end(flat);
}

/* The table that says more about the type, and which one that is. */
static st_flat_ref put_type(st_flat *flat, const st_column *column, int *out)
{
    static const unsigned char types[ST_FRAME_TYPE_COUNT] = {
        [ST_FRAME_INTEGER] = TYPE_INT, [ST_FRAME_DOUBLE] = TYPE_FLOAT,
        [ST_FRAME_BOOL] = TYPE_BOOL,   [ST_FRAME_TEXT] = TYPE_TEXT,
        [ST_FRAME_TIME] = TYPE_TIME,
    };

    *out = types[column->type];
    if (column->type == ST_FRAME_TIME)
        return put_time(flat, column);
    st_flat_table_begin(flat);
    if (column->type == ST_FRAME_INTEGER) {
        st_flat_put(flat, 0, 64, 4); /* bits */
        st_flat_put(flat, 1, 1, 1);  /* signed */
    }
    if (column->type == ST_FRAME_DOUBLE)
        st_flat_put(flat, 0, 2, 2); /* precision: double */
    return st_flat_table_end(flat);
}

static st_flat_ref put_field(st_flat *flat, const st_frame *frame,
                             size_t number)
{
    char room[ST_PANDAS_NAME_ROOM];
    int type;
    st_flat_ref name = st_flat_text(flat, st_pandas_name(room, frame, number));
    st_flat_ref more = put_type(flat, &frame->columns[number], &type);
    st_flat_ref children = st_flat_vector(flat, NULL, 0);

    st_flat_table_begin(flat);
    st_flat_put_ref(flat, 0, name);
    st_flat_put(flat, 1, 1, 1); /* nullable */
    st_flat_put(flat, 2, (uint64_t)type, 1);
    st_flat_put_ref(flat, 3, more);
    st_flat_put_ref(flat, 5, children);
    return st_flat_table_end(flat);
}

/* A list of one pair of texts. */
static st_flat_ref put_metadata(st_flat *flat, const char *key,
                                const char *value)
{
    st_flat_ref value_ref = st_flat_text(flat, value);
    st_flat_ref key_ref = st_flat_text(flat, key);
    st_flat_ref pair;

    st_flat_table_begin(flat);
    st_flat_put_ref(flat, 0, key_ref);
    st_flat_put_ref(flat, 1, value_ref);
    pair = st_flat_table_end(flat);
    return st_flat_vector(flat, &pair, 1);
}

/* The table around the head of a message. */
static bool end_message(st_flat *flat, int type, st_flat_ref header,
                        size_t body_bytes)
{
    st_flat_table_begin(flat);
    st_flat_put(flat, 3, body_bytes, 8);
    st_flat_put_ref(flat, 2, header);
    st_flat_put(flat, 0, VERSION_5, 2);
    st_flat_put(flat, 1, (uint64_t)type, 1);
    return st_flat_end(flat, st_flat_table_end(flat));
}

static bool put_schema(st_flat *flat, const st_frame *frame)
{
    size_t count = frame->column_count;
    st_flat_ref *fields = st_zeroed(count, sizeof *fields);
    char *pandas = NULL;
    st_flat_ref all, metadata = 0;

    if (frame->index != ST_FRAME_NONE)
        pandas = st_pandas_metadata(frame);
    if (!fields || (frame->index != ST_FRAME_NONE && !pandas)) {
        free(fields);
        free(pandas);
        return false;
    }
    for (size_t i = 0; i < count; i++)
        fields[i] = put_field(flat, frame, column_at(frame, i));
    all = st_flat_vector(flat, fields, count);
    if (pandas)
        metadata = put_metadata(flat, "pandas", pandas);
    free(fields);
    free(pandas);
    st_flat_table_begin(flat);
    st_flat_put_ref(flat, 1, all);
    if (metadata > 0)
        st_flat_put_ref(flat, 2, metadata);
    return end_message(flat, HEADER_SCHEMA, st_flat_table_end(flat), 0);
}

/* ---- the record batch -----------------------------------------------------
 */

/* Lengths and nulls of columns, begins and sizes of buffers. */
typedef struct {
    int64_t *nodes, *buffers;
    size_t buffer_count;
    size_t body_bytes;
} batch;

static bool list_buffers(batch *out, const st_frame *frame)
{
    size_t count = frame->column_count;

    memset(out, 0, sizeof *out);
    out->nodes = st_zeroed(2 * count, sizeof *out->nodes);
    out->buffers =
        st_zeroed(2 * ST_COLUMN_BUFFERS * count, sizeof *out->buffers);
    if (!out->nodes || !out->buffers)
        return false;
    for (size_t i = 0; i < count; i++) {
        const st_column *column = &frame->columns[column_at(frame, i)];
        st_column_buffer buffers[ST_COLUMN_BUFFERS];
        size_t more = st_column_buffers(buffers, column);

        out->nodes[2 * i] = (int64_t)column->rows;
        out->nodes[2 * i + 1] = (int64_t)column->null_count;
        for (size_t k = 0; k < more; k++, out->buffer_count++) {
            out->buffers[2 * out->buffer_count] = (int64_t)out->body_bytes;
            out->buffers[2 * out->buffer_count + 1] = (int64_t)buffers[k].size;
            out->body_bytes += padded(buffers[k].size);
        }
    }
    return true;
}

static bool put_batch(st_flat *flat, const st_frame *frame, size_t *body_bytes)
{
    batch all;
    bool is_listed = list_buffers(&all, frame);
    st_flat_ref nodes, buffers;

    if (is_listed) {
        buffers = st_flat_structs(flat, all.buffers, all.buffer_count, 2);
        nodes = st_flat_structs(flat, all.nodes, frame->column_count, 2);
        st_flat_table_begin(flat);
        st_flat_put(flat, 0, frame->rows, 8);
        st_flat_put_ref(flat, 1, nodes);
        st_flat_put_ref(flat, 2, buffers);
        is_listed = end_message(flat, HEADER_RECORD_BATCH,
                                st_flat_table_end(flat), all.body_bytes);
    }
    *body_bytes = all.body_bytes;
    free(all.nodes);
    free(all.buffers);
    return is_listed;
}

/* ---- times ----------------------------------------------------------------
 */

/* How far from 1970 a Date of JavaScript reaches, in milliseconds.  The front
 * end shows nothing of a frame with a time beyond it.
 * Source: ECMA-262, "Time Values and Time Range". */
#define DATE_REACH INT64_C(8640000000000000)

static bool is_shown(int64_t time, st_frame_unit unit)
{
    static const int64_t reaches[ST_FRAME_UNIT_COUNT] = {
        [ST_FRAME_SECONDS] = DATE_REACH / 1000,
        [ST_FRAME_MILLISECONDS] = DATE_REACH,
        [ST_FRAME_MICROSECONDS] = DATE_REACH * 1000,
        [ST_FRAME_NANOSECONDS] = INT64_MAX,
    };

    return time <= reaches[unit] &&
           (time >= -reaches[unit] || unit == ST_FRAME_NANOSECONDS);
}

static st_status check_times(const st_column *column, st_failure *error)
{
    const int64_t *times = column->values;

    for (size_t i = 0; column->type == ST_FRAME_TIME && i < column->rows; i++) {
        if (!is_shown(times[i], column->unit))
            return st_explain(
                error, ST_BAD_VALUE,
                "column '%s': the time of row %zu is further from "
                "1970 than a browser can tell",
                st_show(column->name).text, i);
    }
    return ST_OK;
}

/* ---- the stream -----------------------------------------------------------
 */

static unsigned char *put_head(unsigned char *out, const st_flat *flat)
{
    const uint32_t prefix[] = {UINT32_MAX, (uint32_t)flat->size};

    memcpy(out, prefix, sizeof prefix);
    if (flat->size > 0)
        memcpy(out + sizeof prefix, st_flat_bytes(flat), flat->size);
    return out + sizeof prefix + flat->size;
}

static unsigned char *put_body(unsigned char *out, const st_column *column)
{
    st_column_buffer buffers[ST_COLUMN_BUFFERS];
    size_t count = st_column_buffers(buffers, column);

    for (size_t i = 0; i < count; i++) {
        size_t size = buffers[i].size;

        if (size > 0)
            memcpy(out, buffers[i].bytes, size);
        memset(out + size, 0, padded(size) - size);
        out += padded(size);
    }
    return out;
}

static st_status put_stream(unsigned char **out, size_t *out_size,
                            const st_flat heads[2], const st_frame *frame,
                            size_t body_bytes)
{
    static const st_flat end; /* a message without a head */
    size_t size = 3 * PREFIX_BYTES + heads[0].size + heads[1].size + body_bytes;
    unsigned char *at = malloc(size);

    if (!at)
        return ST_NO_MEMORY;
    *out = at;
    *out_size = size;
    at = put_head(at, &heads[0]);
    at = put_head(at, &heads[1]);
    for (size_t i = 0; i < frame->column_count; i++)
        at = put_body(at, &frame->columns[column_at(frame, i)]);
    put_head(at, &end);
    return ST_OK;
}

ST_EXPORT st_status st_frame_to_ipc(unsigned char **out, size_t *out_size,
                                    const st_frame *frame, st_failure *error)
{
    st_flat heads[2];
    size_t body_bytes = 0;
    st_status status = ST_OK;

    for (size_t i = 0; i < frame->column_count && status == ST_OK; i++)
        status = check_times(&frame->columns[i], error);
    if (status != ST_OK)
        return status;
    status = ST_NO_MEMORY;
    st_flat_init(&heads[0]);
    st_flat_init(&heads[1]);
    if (put_schema(&heads[0], frame) &&
        put_batch(&heads[1], frame, &body_bytes))
        status = put_stream(out, out_size, heads, frame, body_bytes);
    st_flat_finish(&heads[0]);
    st_flat_finish(&heads[1]);
    return status == ST_OK ? ST_OK : st_explain(error, status, "out of memory");
}
