/* boxes.c -- what stands out: alerts, exceptions, numbers, progress, frames. */
#include "st/elements.h"

#include "elements/fail.h"
#include "elements/message.h"
#include "elements/sizes.h"

#include <execinfo.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static void draw_alert(st_kind kind, const struct st_alert *arguments,
                       St__Alert__Format format)
{
    St__Alert alert = ST__ALERT__INIT;

    alert.body = st_unconst(arguments->body);
    alert.icon = st_unconst(arguments->icon);
    alert.format = format;
    ST_DRAW(kind, alert, ALERT, &alert, arguments->in, false);
}

ST_EXPORT void st_draw_error(const struct st_alert *arguments)
{
    draw_alert(ST_ERROR, arguments, ST__ALERT__FORMAT__ERROR);
}

ST_EXPORT void st_draw_warning(const struct st_alert *arguments)
{
    draw_alert(ST_WARNING, arguments, ST__ALERT__FORMAT__WARNING);
}

ST_EXPORT void st_draw_info(const struct st_alert *arguments)
{
    draw_alert(ST_INFO, arguments, ST__ALERT__FORMAT__INFO);
}

ST_EXPORT void st_draw_success(const struct st_alert *arguments)
{
    draw_alert(ST_SUCCESS, arguments, ST__ALERT__FORMAT__SUCCESS);
}

/* ---- exceptions ---------------------------------------------------------- */

void st_draw_exception(const char *type, const char *message, bool is_warning,
                       st_handle in)
{
    St__Exception exception = ST__EXCEPTION__INIT;

    exception.type = st_unconst(type);
    exception.message = st_unconst(message);
    exception.is_warning = is_warning;
    exception.is_streamlit_exception = true;
    ST_DRAW(ST_EXCEPTION, exception, EXCEPTION, &exception, in, false);
}

enum { MOST_CALLS = 32, PLACE_SIZE = 400 };

static const char *print_place(char *out, const char *file, unsigned line,
                               const char *function)
{
    snprintf(out, PLACE_SIZE, "File \"%.250s\", line %u%s%.100s", file, line,
             function ? ", in " : "", function ? function : "");
    return out;
}

ST_EXPORT void st_show_exception(const struct st_exception *arguments)
{
    St__Exception exception = ST__EXCEPTION__INIT;
    void *calls[MOST_CALLS];
    char place[PLACE_SIZE], **symbols, *lines[MOST_CALLS + 1];
    int count;

    if (!st_is_drawing())
        return;
    exception.type = st_unconst(arguments->type ? arguments->type : "Error");
    exception.message = st_unconst(arguments->message);
    exception.stack_trace = lines;
    if (arguments->file)
        lines[exception.n_stack_trace++] = st_unconst(
            print_place(place, arguments->file, arguments->line, NULL));
    count = backtrace(calls, MOST_CALLS);
    symbols = backtrace_symbols(calls, count);
    /* The first one is this function. */
    for (int i = 1; symbols && i < count; i++)
        lines[exception.n_stack_trace++] = symbols[i];
    ST_DRAW(ST_EXCEPTION, exception, EXCEPTION, &exception, arguments->in,
            false);
    free(symbols);
}

ST_EXPORT void st_fail_at(const char *file, unsigned line, const char *function,
                          const char *format, ...)
{
    const st_thread *self = st_thread_self();
    St__Exception exception = ST__EXCEPTION__INIT;
    char place[PLACE_SIZE], *lines[1];
    va_list arguments;

    va_start(arguments, format);
    if (!self || !self->page) {
        fprintf(stderr, "%s:%u: ", file, line);
        vfprintf(stderr, format, arguments);
        fputc('\n', stderr);
        va_end(arguments);
        return;
    }
    exception.message = st_arena_vprint(&self->page->arena, format, arguments);
    va_end(arguments);
    if (!exception.message)
        exception.message = st_unconst(format);
    st_page_leave_places(self->page);
    lines[0] = st_unconst(print_place(place, file, line, function));
    exception.type = st_unconst("Error");
    exception.stack_trace = lines;
    exception.n_stack_trace = 1;
    ST_DRAW(ST_EXCEPTION, exception, EXCEPTION, &exception, (st_handle){0},
            false);
    st_page_leave(self->page, ST_FAILED);
}

/* ---- numbers, progress --------------------------------------------------- */

static St__Metric__MetricColor color_of(const struct st_metric *arguments,
                                        bool is_down)
{
    if (arguments->off || !arguments->delta || !*arguments->delta)
        return ST__METRIC__METRIC_COLOR__GRAY;
    return is_down == arguments->inverse ? ST__METRIC__METRIC_COLOR__GREEN
                                         : ST__METRIC__METRIC_COLOR__RED;
}

ST_EXPORT void st_draw_metric(const struct st_metric *arguments)
{
    St__Metric metric = ST__METRIC__INIT;
    const char *delta = arguments->delta;
    bool is_down = delta && delta[0] == '-';

    metric.label = st_unconst(arguments->label);
    metric.body = st_unconst(arguments->value);
    metric.delta = st_unconst(delta);
    metric.help = st_unconst(arguments->help);
    metric.show_border = arguments->border;
    metric.direction = !delta || !*delta ? ST__METRIC__METRIC_DIRECTION__NONE
                       : is_down         ? ST__METRIC__METRIC_DIRECTION__DOWN
                                         : ST__METRIC__METRIC_DIRECTION__UP;
    metric.color = color_of(arguments, is_down);
    ST_DRAW(ST_METRIC, metric, METRIC, &metric, arguments->in, false);
}

ST_EXPORT st_handle st_draw_progress(const struct st_progress *arguments)
{
    St__Progress progress = ST__PROGRESS__INIT;
    double value = arguments->value;

    /* Also where it is not a number. */
    progress.value = !(value > 0) ? 0
                     : value > 1  ? 100
                                  : (uint32_t)(value * 100);
    progress.text = st_unconst(arguments->text);
    return ST_DRAW(ST_PROGRESS, progress, PROGRESS, &progress, arguments->in,
                   true);
}

ST_EXPORT st_handle st_draw_spinner(const struct st_spinner *arguments)
{
    St__Spinner spinner = ST__SPINNER__INIT;

    spinner.text = st_unconst(arguments->text);
    return ST_DRAW(ST_SPINNER, spinner, SPINNER, &spinner, arguments->in, true);
}

ST_EXPORT st_handle st_draw_empty(const struct st_placed *arguments)
{
    St__Empty empty = ST__EMPTY__INIT;

    return ST_DRAW(ST_EMPTY, empty, EMPTY, &empty, arguments->in, true);
}

ST_EXPORT void st_draw_balloons(const struct st_placed *arguments)
{
    St__Balloons balloons = ST__BALLOONS__INIT;

    balloons.show = true;
    ST_DRAW(ST_BALLOONS, balloons, BALLOONS, &balloons, arguments->in, false);
}

ST_EXPORT void st_draw_snow(const struct st_placed *arguments)
{
    St__Snow snow = ST__SNOW__INIT;

    snow.show = true;
    ST_DRAW(ST_SNOW, snow, SNOW, &snow, arguments->in, false);
}

/* ---- what others draw ---------------------------------------------------- */

ST_EXPORT void st_draw_graphviz_chart(const struct st_graphviz_chart *arguments)
{
    St__GraphVizChart chart = ST__GRAPH_VIZ_CHART__INIT;

    chart.spec = st_unconst(arguments->dot);
    chart.engine = st_unconst(arguments->engine ? arguments->engine : "dot");
    ST_DRAW(ST_GRAPHVIZ_CHART, graphviz_chart, GRAPHVIZ_CHART, &chart,
            arguments->in, false);
}

static void draw_frame(st_kind kind, const struct st_frame_element *arguments)
{
    St__IFrame frame = ST__IFRAME__INIT;
    st_sizes sizes;
    St__Element element = ST__ELEMENT__INIT;

    frame.type_case =
        kind == ST_HTML ? ST__IFRAME__TYPE_SRCDOC : ST__IFRAME__TYPE_SRC;
    frame.src = st_unconst(arguments->source); /* srcdoc is the same member */
    frame.scrolling = arguments->scrolling;
    element.type_case = ST__ELEMENT__TYPE_IFRAME;
    element.iframe = &frame;
    st_sizes_set(&sizes, &element, arguments->width,
                 arguments->height ? arguments->height : 150);
    st_draw_packed(kind, &element, arguments->in, false);
}

ST_EXPORT void st_draw_components_html(const struct st_frame_element *arguments)
{
    draw_frame(ST_HTML, arguments);
}

ST_EXPORT void
st_draw_components_iframe(const struct st_frame_element *arguments)
{
    draw_frame(ST_IFRAME, arguments);
}
