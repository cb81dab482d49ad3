/* frame_to_arrow.c -- frames as record batches of Arrow's C data interface.
 *
 * Every child owns its own memory, so that it may be moved out of its parent.
 * Source: https://arrow.apache.org/docs/format/CDataInterface.html, "Memory
 * management" and "Release callback semantics for producers".
 */
#include "elements/fail.h"
#include "elements/frame.h"

#include <stdlib.h>
#include <string.h>

/* ---- columns --------------------------------------------------------------
 */

typedef struct {
    st_column column;
    const void *buffers[ST_COLUMN_BUFFERS];
} owned_column;

static void release_column(struct ArrowArray *array)
{
    owned_column *owned = array->private_data;

    st_column_finish(&owned->column);
    free(owned);
    array->release = NULL;
}

static bool export_column(struct ArrowArray *out, const st_column *column)
{
    owned_column *owned = st_zeroed(1, sizeof *owned);
    st_column_buffer buffers[ST_COLUMN_BUFFERS];

    if (!owned)
        return false;
    if (!st_column_copy(&owned->column, column)) {
        free(owned);
        return false;
    }
    out->n_buffers = (int64_t)st_column_buffers(buffers, &owned->column);
    for (int64_t i = 0; i < out->n_buffers; i++)
        owned->buffers[i] = buffers[i].bytes;
    out->length = (int64_t)column->rows;
    out->null_count = (int64_t)column->null_count;
    out->buffers = owned->buffers;
    out->private_data = owned;
    out->release = release_column;
    return true;
}

/* ---- fields ---------------------------------------------------------------
 */

static void release_field(struct ArrowSchema *schema)
{
    free(schema->private_data);
    schema->release = NULL;
}

static const char *format_of(const st_column *column)
{
    static const char *const times[ST_FRAME_UNIT_COUNT] = {
        [ST_FRAME_MILLISECONDS] = "tsm:",
        [ST_FRAME_SECONDS] = "tss:",
        [ST_FRAME_MICROSECONDS] = "tsu:",
        [ST_FRAME_NANOSECONDS] = "tsn:",
    };
    static const char *const types[ST_FRAME_TYPE_COUNT] = {
        [ST_FRAME_INTEGER] = "l",
        [ST_FRAME_DOUBLE] = "g",
        [ST_FRAME_BOOL] = "b",
        [ST_FRAME_TEXT] = "u",
    };

    return column->type == ST_FRAME_TIME ? times[column->unit]
                                         : types[column->type];
}

/* Format and name lie one behind the other in one piece of memory. */
static bool export_field(struct ArrowSchema *out, const st_column *column)
{
    const char *format = format_of(column);
    const char *zone = column->zone ? column->zone : "";
    size_t format_bytes = strlen(format) + strlen(zone) + 1;
    char *memory = malloc(format_bytes + strlen(column->name) + 1);

    if (!memory)
        return false;
    strcat(strcpy(memory, format), zone);
    out->format = memory;
    out->name = strcpy(memory + format_bytes, column->name);
    out->flags = ARROW_FLAG_NULLABLE;
    out->private_data = memory;
    out->release = release_field;
    return true;
}

/* ---- the batch ------------------------------------------------------------
 */

typedef struct {
    const void *buffers[1];
    struct ArrowArray *arrays; /* what the pointers in `children` lead to */
    struct ArrowSchema *schemas;
    struct ArrowArray **array_children;
    struct ArrowSchema **schema_children;
} owned_batch;

static void free_batch(owned_batch *owned)
{
    free(owned->arrays);
    free(owned->schemas);
    free(owned->array_children);
    free(owned->schema_children);
    free(owned);
}

static void release_array(struct ArrowArray *array)
{
    for (int64_t i = 0; i < array->n_children; i++) {
        if (array->children[i]->release)
            array->children[i]->release(array->children[i]);
    }
    free_batch(array->private_data);
    array->release = NULL;
}

static void release_schema(struct ArrowSchema *schema)
{
    for (int64_t i = 0; i < schema->n_children; i++) {
        if (schema->children[i]->release)
            schema->children[i]->release(schema->children[i]);
    }
    free_batch(schema->private_data);
    schema->release = NULL;
}

static bool export_array(struct ArrowArray *out, const st_frame *frame)
{
    owned_batch *owned = st_zeroed(1, sizeof *owned);
    size_t count = frame->column_count;

    if (!owned)
        return false;
    owned->arrays = st_zeroed(count, sizeof *owned->arrays);
    owned->array_children = st_zeroed(count, sizeof *owned->array_children);
    if (!owned->arrays || !owned->array_children) {
        free_batch(owned);
        return false;
    }
    memset(out, 0, sizeof *out);
    out->length = (int64_t)frame->rows;
    out->n_buffers = 1;
    out->buffers = owned->buffers;
    out->children = owned->array_children;
    out->private_data = owned;
    out->release = release_array;
    for (size_t i = 0; i < count; i++) {
        owned->array_children[i] = &owned->arrays[i];
        if (!export_column(&owned->arrays[i], &frame->columns[i])) {
            release_array(out);
            return false;
        }
        out->n_children++;
    }
    return true;
}

static bool export_schema(struct ArrowSchema *out, const st_frame *frame)
{
    owned_batch *owned = st_zeroed(1, sizeof *owned);
    size_t count = frame->column_count;

    if (!owned)
        return false;
    owned->schemas = st_zeroed(count, sizeof *owned->schemas);
    owned->schema_children = st_zeroed(count, sizeof *owned->schema_children);
    if (!owned->schemas || !owned->schema_children) {
        free_batch(owned);
        return false;
    }
    memset(out, 0, sizeof *out);
    out->format = "+s";
    out->name = "";
    out->children = owned->schema_children;
    out->private_data = owned;
    out->release = release_schema;
    for (size_t i = 0; i < count; i++) {
        owned->schema_children[i] = &owned->schemas[i];
        if (!export_field(&owned->schemas[i], &frame->columns[i])) {
            release_schema(out);
            return false;
        }
        out->n_children++;
    }
    return true;
}

ST_EXPORT st_status st_frame_to_arrow(struct ArrowSchema *out_schema,
                                      struct ArrowArray *out_array,
                                      const st_frame *frame, st_failure *error)
{
    struct ArrowSchema schema;
    struct ArrowArray array;

    if (!export_schema(&schema, frame))
        return st_explain(error, ST_NO_MEMORY, "out of memory");
    if (!export_array(&array, frame)) {
        schema.release(&schema);
        return st_explain(error, ST_NO_MEMORY, "out of memory");
    }
    *out_schema = schema;
    *out_array = array;
    return ST_OK;
}
