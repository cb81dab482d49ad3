/* Frames of many shapes as streams, with what is in them, for read_frames.js.
 *
 *     write_frames FOLDER COUNT
 *
 * Number i becomes i.arrow and i.json.  Texts are hexadecimal there, integers
 * are texts, doubles are their bits: JSON knows neither.
 */
#include "../runtime/elements/frame_samples.h"

#include <inttypes.h>

/* ---- what is expected -----------------------------------------------------
 */

static void write_text(FILE *to, const char *text, size_t size)
{
    fputc('"', to);
    for (size_t i = 0; i < size; i++)
        fprintf(to, "%02x", (unsigned)(unsigned char)text[i]);
    fputc('"', to);
}

static void write_value(FILE *to, const st_frame *frame, size_t column,
                        size_t row)
{
    uint64_t bits;
    size_t size = 0;
    const char *text;

    switch (st_frame_type_of(frame, column)) {
    case ST_FRAME_BOOL:
        fputs(st_frame_bool(frame, column, row) ? "true" : "false", to);
        break;
    case ST_FRAME_TEXT:
        text = st_frame_text(frame, column, row, &size);
        write_text(to, text, size);
        break;
    case ST_FRAME_DOUBLE:
        memcpy(&bits, st_frame_doubles(frame, column) + row, sizeof bits);
        fprintf(to, "\"%016" PRIx64 "\"", bits);
        break;
    default:
        fprintf(to, "\"%" PRId64 "\"", st_frame_integers(frame, column)[row]);
    }
}

static void write_column(FILE *to, const st_frame *frame, size_t column)
{
    static const char *const types[] = {"Int64", "Float64", "Bool", "Utf8",
                                        "Timestamp"};
    static const char *const units[] = {"MILLISECOND", "SECOND", "MICROSECOND",
                                        "NANOSECOND"};
    const char *name = st_frame_name(frame, column);

    fputs("{\"name\":", to);
    write_text(to, name, strlen(name));
    fprintf(to, ",\"type\":\"%s\",\"unit\":\"%s\",\"zone\":\"%s\",\"values\":[",
            types[st_frame_type_of(frame, column)],
            units[st_frame_unit_of(frame, column)],
            st_frame_zone(frame, column));
    for (size_t row = 0; row < st_frame_rows(frame); row++) {
        if (row > 0)
            fputc(',', to);
        if (st_frame_is_null(frame, column, row))
            fputs("null", to);
        else
            write_value(to, frame, column, row);
    }
    fputs("]}", to);
}

static void write_expected(FILE *to, const st_frame *frame)
{
    size_t index = st_frame_index(frame);

    fprintf(to, "{\"rows\":%zu,\"index\":", st_frame_rows(frame));
    if (index == ST_FRAME_NONE)
        fputs("null", to);
    else
        fprintf(to, "%zu", index);
    fputs(",\"columns\":[", to);
    for (size_t i = 0; i < st_frame_columns(frame); i++) {
        if (i > 0)
            fputc(',', to);
        write_column(to, frame, i);
    }
    fputs("]}\n", to);
}

/* ---- frames ---------------------------------------------------------------
 */

/* Some rows of a frame, by way of Arrow's C data interface. */
static st_frame *slice(uint64_t *state, const st_frame *frame)
{
    size_t rows = st_frame_rows(frame);
    size_t begin = random_below(state, rows + 1);
    size_t index = st_frame_index(frame);
    st_frame *some = NULL;
    struct ArrowSchema schema;
    struct ArrowArray array;

    must(st_frame_to_arrow(&schema, &array, frame, NULL));
    array.offset = (int64_t)begin;
    array.length = (int64_t)random_below(state, rows - begin + 1);
    must(st_frame_from_arrow(&some, &schema, &array, NULL));
    array.release(&array);
    schema.release(&schema);
    if (index != ST_FRAME_NONE)
        must(st_frame_set_index(some, st_frame_name(frame, index), NULL));
    return some;
}

static FILE *open_file(const char *folder, int number, const char *ending)
{
    char path[4096];
    FILE *file;

    snprintf(path, sizeof path, "%s/%d.%s", folder, number, ending);
    file = fopen(path, "wb");
    if (!file) {
        perror(path);
        exit(1);
    }
    return file;
}

static void write_frame(const char *folder, int number)
{
    uint64_t state = (uint64_t)number;
    st_frame *frame = draw_frame(&state);
    FILE *arrow = open_file(folder, number, "arrow");
    FILE *json = open_file(folder, number, "json");
    unsigned char *bytes = NULL;
    size_t size = 0;

    if (random_below(&state, 3) == 0) {
        st_frame *some = slice(&state, frame);

        st_frame_destroy(frame);
        frame = some;
    }
    must(st_frame_to_ipc(&bytes, &size, frame, NULL));
    fwrite(bytes, 1, size, arrow);
    write_expected(json, frame);
    free(bytes);
    st_frame_destroy(frame);
    if (fclose(arrow) != 0 || fclose(json) != 0)
        exit(1);
}

int main(int count, char **arguments)
{
    if (count != 3)
        return 2;
    for (int i = 0; i < atoi(arguments[2]); i++)
        write_frame(arguments[1], i);
    return 0;
}
