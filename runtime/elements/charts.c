/* charts.c -- columns of numbers as lines, areas and bars: specs of Vega-Lite
 * that fold columns into series.
 *
 * Source: Vega-Lite 5, "fold" transform, "encoding".
 */
#include "st/elements.h"

#include "elements/data.h"
#include "elements/fail.h"
#include "elements/message.h"
#include "elements/sizes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A chart on its way. */
typedef struct {
    const struct st_chart *arguments;
    st_kind kind;
    const char *mark;
    st_frame *frame; /* with the x values among its columns, without an index */
    size_t x;
    st_failure failure;
} chart;

/* ---- JSON ---------------------------------------------------------------- */

static void put_text(FILE *out, const char *text)
{
    putc('"', out);
    for (; *text; text++) {
        unsigned char byte = (unsigned char)*text;

        if (byte == '"' || byte == '\\')
            fprintf(out, "\\%c", byte);
        else if (byte < 0x20)
            fprintf(out, "\\u%04x", byte);
        else
            putc(byte, out);
    }
    putc('"', out);
}

/* In a path to a field some characters mean something. */
static void put_field(FILE *out, const char *name)
{
    char *escaped = malloc(2 * strlen(name) + 1), *at = escaped;

    if (!escaped)
        return;
    for (; *name; name++) {
        if (strchr(".[]\\\"'", *name))
            *at++ = '\\';
        *at++ = *name;
    }
    *at = '\0';
    put_text(out, escaped);
    free(escaped);
}

/* ---- which columns ------------------------------------------------------- */

static bool is_number(const st_frame *frame, size_t column)
{
    st_frame_type type = st_frame_type_of(frame, column);

    return type == ST_FRAME_INTEGER || type == ST_FRAME_DOUBLE;
}

/* A column that was asked for by its name. */
static bool find(size_t *out, chart *c, const char *name)
{
    *out = st_frame_find(c->frame, name);
    if (*out != ST_FRAME_NONE)
        return true;
    st_explain(&c->failure, ST_NOT_FOUND, "there is no column '%s'", name);
    return false;
}

static bool check_numbers(chart *c, size_t column)
{
    if (is_number(c->frame, column))
        return true;
    st_explain(&c->failure, ST_BAD_DATA, "the column '%s' holds no numbers",
               st_frame_name(c->frame, column));
    return false;
}

static size_t count_y(const chart *c)
{
    size_t count = 0;

    while (c->arguments->y[count])
        count++;
    return count;
}

/* ---- x values ------------------------------------------------------------ */

/* The numbers of the rows, under a name that no column has. */
static bool add_row_numbers(chart *c)
{
    size_t rows = st_frame_rows(c->frame);
    int64_t *numbers = malloc((rows + 1) * sizeof *numbers);
    char name[40] = "index";

    for (unsigned i = 1; st_frame_find(c->frame, name) != ST_FRAME_NONE; i++)
        snprintf(name, sizeof name, "index_%u", i);
    for (size_t i = 0; numbers && i < rows; i++)
        numbers[i] = (int64_t)i;
    if (!numbers)
        st_explain(&c->failure, ST_NO_MEMORY, "out of memory");
    else
        st_frame_add_integers(c->frame, name, numbers, NULL, &c->failure);
    free(numbers);
    c->x = st_frame_columns(c->frame) - 1;
    return c->failure.status == ST_OK;
}

static bool choose_x(chart *c)
{
    if (c->arguments->x)
        return find(&c->x, c, c->arguments->x);
    c->x = st_frame_index(c->frame);
    return c->x != ST_FRAME_NONE || add_row_numbers(c);
}

/* ---- the frame ----------------------------------------------------------- */

static st_frame *frame_of_values(chart *c)
{
    st_frame *frame = NULL;

    if (st_frame_create(&frame, c->arguments->count, &c->failure) == ST_OK)
        st_frame_add_doubles(frame, "value", c->arguments->values, NULL,
                             &c->failure);
    return frame;
}

static bool make_frame(chart *c)
{
    const struct st_chart *a = c->arguments;

    c->frame = a->values && !a->frame && !a->array
                   ? frame_of_values(c)
                   : st_data_copy(&(struct st_data){.frame = a->frame,
                                                    .schema = a->schema,
                                                    .array = a->array},
                                  &c->failure);
    return c->failure.status == ST_OK && choose_x(c) &&
           st_frame_set_index(c->frame, NULL, &c->failure) == ST_OK;
}

/* ---- the spec ------------------------------------------------------------ */

/* The names of the series; returns how many, or SIZE_MAX if one is none. */
static size_t put_series(FILE *out, chart *c)
{
    size_t count = 0, all = st_frame_columns(c->frame);

    if (c->arguments->y) {
        for (size_t i = 0; i < count_y(c); i++) {
            size_t column;

            if (!find(&column, c, c->arguments->y[i]) ||
                !check_numbers(c, column))
                return SIZE_MAX;
            fputs(count++ ? "," : "", out);
            put_field(out, c->arguments->y[i]);
        }
        return count;
    }
    for (size_t i = 0; i < all; i++) {
        if (i == c->x || !is_number(c->frame, i))
            continue;
        fputs(count++ ? "," : "", out);
        put_field(out, st_frame_name(c->frame, i));
    }
    return count;
}

static const char *scale_of(const chart *c)
{
    switch (st_frame_type_of(c->frame, c->x)) {
    case ST_FRAME_TIME:
        return "temporal";
    case ST_FRAME_TEXT:
    case ST_FRAME_BOOL:
        return "nominal";
    default:
        return c->kind == ST_BAR_CHART ? "ordinal" : "quantitative";
    }
}

static void put_axis(FILE *out, const char *channel, const char *type,
                     const char *title)
{
    fprintf(out, ",\"type\":\"%s\",\"title\":", type);
    put_text(out, title);
    fprintf(out, "}%s", strcmp(channel, "last") == 0 ? "" : ",");
}

static void put_encoding(FILE *out, const chart *c)
{
    const struct st_chart *a = c->arguments;
    const char *x = st_frame_name(c->frame, c->x);
    bool is_turned = a->horizontal && c->kind == ST_BAR_CHART;

    fprintf(out, "\"encoding\":{\"%s\":{\"field\":", is_turned ? "y" : "x");
    put_field(out, x);
    put_axis(out, "x", scale_of(c), a->x_label ? a->x_label : "");
    fprintf(out, "\"%s\":{\"field\":\"value of series\"",
            is_turned ? "x" : "y");
    put_axis(out, "y", "quantitative", a->y_label ? a->y_label : "");
    fputs("\"color\":{\"field\":\"name of series\"", out);
    put_axis(out, "last", "nominal", "");
    fputs("}", out);
}

/* Owner: caller, free(); NULL: it has failed. */
static char *make_spec(chart *c)
{
    char *text = NULL;
    size_t size = 0, series;
    FILE *out = open_memstream(&text, &size);

    if (!out)
        return NULL;
    fputs("{\"data\":{\"name\":\"frame\"},\"transform\":[{\"fold\":[", out);
    series = put_series(out, c);
    fputs("],\"as\":[\"name of series\","
          "\"value of series\"]}],",
          out);
    fprintf(out, "\"mark\":{\"type\":\"%s\",\"tooltip\":true},", c->mark);
    put_encoding(out, c);
    fputs("}", out);
    if (fclose(out) != 0 || series == SIZE_MAX) {
        free(text);
        return NULL;
    }
    return text;
}

/* ---- drawing ------------------------------------------------------------- */

static void draw(chart *c, char *spec)
{
    St__VegaLiteChart message = ST__VEGA_LITE_CHART__INIT;
    St__ArrowNamedDataSet dataset = ST__ARROW_NAMED_DATA_SET__INIT;
    St__ArrowNamedDataSet *datasets[] = {&dataset};
    St__Element element = ST__ELEMENT__INIT;
    St__ArrowData data;
    st_sizes sizes;

    if (!st_data_pack(&data, c->frame, &c->failure))
        return;
    dataset.name = st_unconst("frame");
    dataset.has_name = true;
    dataset.data = &data;
    message.spec = spec;
    message.n_datasets = 1;
    message.datasets = datasets;
    message.use_container_width = c->arguments->width == 0;
    message.theme = st_unconst("streamlit");
    element.type_case = ST__ELEMENT__TYPE_VEGA_LITE_CHART;
    element.vega_lite_chart = &message;
    st_sizes_set(&sizes, &element, c->arguments->width, c->arguments->height);
    st_draw_packed(c->kind, &element, c->arguments->in, false);
    free(data.data.data);
}

static void draw_chart(st_kind kind, const char *mark,
                       const struct st_chart *arguments)
{
    chart c = {.arguments = arguments, .kind = kind, .mark = mark};
    char *spec = NULL, who[40];

    if (!st_is_drawing())
        return;
    if (make_frame(&c))
        spec = make_spec(&c);
    if (spec)
        draw(&c, spec);
    free(spec);
    st_frame_destroy(c.frame);
    snprintf(who, sizeof who, "st_%s", st_kinds[kind].name);
    st_data_raise(who, &c.failure);
}

ST_EXPORT void st_draw_line_chart(const struct st_chart *arguments)
{
    draw_chart(ST_LINE_CHART, "line", arguments);
}

ST_EXPORT void st_draw_area_chart(const struct st_chart *arguments)
{
    draw_chart(ST_AREA_CHART, "area", arguments);
}

ST_EXPORT void st_draw_bar_chart(const struct st_chart *arguments)
{
    draw_chart(ST_BAR_CHART, "bar", arguments);
}
