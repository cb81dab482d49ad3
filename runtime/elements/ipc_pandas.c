#include "elements/ipc_pandas.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- names ----------------------------------------------------------------
 */

const char *st_pandas_name(char room[ST_PANDAS_NAME_ROOM],
                           const st_frame *frame, size_t column)
{
    if (column != frame->index || *frame->columns[column].name != '\0')
        return frame->columns[column].name;
    /* The number goes up where the name is taken. */
    for (size_t level = 0; level <= frame->column_count; level++) {
        snprintf(room, ST_PANDAS_NAME_ROOM, "__index_level_%zu__", level);
        if (st_frame_find(frame, room) == ST_FRAME_NONE)
            break;
    }
    return room;
}

/* ---- JSON -----------------------------------------------------------------
 */

typedef struct {
    char *text;
    size_t size, capacity; /* the NUL is not counted */
    bool is_failed;
} json;

static void put(json *out, const char *text, size_t size)
{
    if (out->is_failed)
        return;
    if (size >= out->capacity - out->size) {
        size_t capacity = 2 * (out->size + size) + 256;
        char *grown = realloc(out->text, capacity);

        if (!grown) {
            out->is_failed = true;
            return;
        }
        out->text = grown;
        out->capacity = capacity;
    }
    memcpy(out->text + out->size, text, size);
    out->size += size;
    out->text[out->size] = '\0';
}

static void put_text(json *out, const char *text)
{
    put(out, text, strlen(text));
}

/* A text in quotes.  Source: RFC 8259, section 7. */
static void put_string(json *out, const char *text)
{
    put_text(out, "\"");
    for (; *text; text++) {
        char escaped[8];

        if ((unsigned char)*text < ' ') {
            snprintf(escaped, sizeof escaped, "\\u%04x",
                     (unsigned)(unsigned char)*text);
            put_text(out, escaped);
            continue;
        }
        if (*text == '"' || *text == '\\')
            put_text(out, "\\");
        put(out, text, 1);
    }
    put_text(out, "\"");
}

static void put_column(json *out, const st_frame *frame, size_t number)
{
    static const struct {
        const char *pandas, *numpy;
    } types[ST_FRAME_TYPE_COUNT] = {
        [ST_FRAME_INTEGER] = {"int64", "int64"},
        [ST_FRAME_DOUBLE] = {"float64", "float64"},
        [ST_FRAME_BOOL] = {"bool", "bool"},
        [ST_FRAME_TEXT] = {"unicode", "object"},
        [ST_FRAME_TIME] = {"datetime", "datetime64[ns]"},
    };
    const st_column *column = &frame->columns[number];
    const char *pandas =
        column->zone ? "datetimetz" : types[column->type].pandas;
    char room[ST_PANDAS_NAME_ROOM];

    put_text(out, "{\"name\":");
    if (number == frame->index && *column->name == '\0')
        put_text(out, "null");
    else
        put_string(out, column->name);
    put_text(out, ",\"field_name\":");
    put_string(out, st_pandas_name(room, frame, number));
    put_text(out, ",\"pandas_type\":");
    put_string(out, pandas);
    put_text(out, ",\"numpy_type\":");
    put_string(out, types[column->type].numpy);
    put_text(out, ",\"metadata\":");
    if (column->zone) {
        put_text(out, "{\"timezone\":");
        put_string(out, column->zone);
        put_text(out, "}");
    } else {
        put_text(out, "null");
    }
    put_text(out, "}");
}

char *st_pandas_metadata(const st_frame *frame)
{
    json out = {0};
    char room[ST_PANDAS_NAME_ROOM];

    put_text(&out, "{\"index_columns\":[");
    put_string(&out, st_pandas_name(room, frame, frame->index));
    put_text(&out, "],\"column_indexes\":[{\"name\":null,\"field_name\":null,"
                   "\"pandas_type\":\"unicode\",\"numpy_type\":\"object\","
                   "\"metadata\":{\"encoding\":\"UTF-8\"}}],\"columns\":[");
    for (size_t i = 0; i < frame->column_count; i++) {
        if (i > 0)
            put_text(&out, ",");
        put_column(&out, frame, i);
    }
    put_text(&out, "],\"pandas_version\":\"2.0.0\"}");
    if (!out.is_failed)
        return out.text;
    free(out.text);
    return NULL;
}
