/* st/elements.h -- what a page shows.
 *
 *     st_title("Results");
 *     st_metric("Speed", .value = "12 m/s", .delta = "3 m/s");
 *     st_text("below it", .in = box);
 *
 * Every function takes its first argument, then options by name; what is left
 * out is zero, and means: as Streamlit does.  `in` is where to draw, as
 * containers return it; left out, it is where the page is being drawn.  Texts
 * are UTF-8; NULL is empty.  Nothing is kept of what arguments point at.
 *
 * Threads: each draws on its own page; without one nothing is drawn.
 */
#ifndef ST_ELEMENTS_H
#define ST_ELEMENTS_H

#include "st/frame.h"
#include "st/page.h"

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- text ---------------------------------------------------------------- */

struct st_text {
    const char *body;
    const char *help; /* a tooltip */
    st_handle in;
};

/* Text as it is, in a fixed font. */
#define st_text(...) st_draw_text(&(struct st_text){.body = __VA_ARGS__})
void st_draw_text(const struct st_text *arguments);

struct st_markdown {
    const char *body;
    const char *help;
    bool unsafe_allow_html;
    st_handle in;
};

/* Markdown; small print; a formula for KaTeX. */
#define st_markdown(...)                                                       \
    st_draw_markdown(&(struct st_markdown){.body = __VA_ARGS__})
#define st_caption(...)                                                        \
    st_draw_caption(&(struct st_markdown){.body = __VA_ARGS__})
#define st_latex(...) st_draw_latex(&(struct st_markdown){.body = __VA_ARGS__})
void st_draw_markdown(const struct st_markdown *arguments);
void st_draw_caption(const struct st_markdown *arguments);
void st_draw_latex(const struct st_markdown *arguments);

struct st_heading {
    const char *body;
    const char *anchor; /* the end of its link; NULL: made of the text */
    const char *help;
    const char *divider; /* its colour: "gray", "rainbow" */
    bool hide_anchor;
    st_handle in;
};

#define st_title(...) st_draw_title(&(struct st_heading){.body = __VA_ARGS__})
#define st_header(...) st_draw_header(&(struct st_heading){.body = __VA_ARGS__})
#define st_subheader(...)                                                      \
    st_draw_subheader(&(struct st_heading){.body = __VA_ARGS__})
void st_draw_title(const struct st_heading *arguments);
void st_draw_header(const struct st_heading *arguments);
void st_draw_subheader(const struct st_heading *arguments);

struct st_code {
    const char *body;
    const char *language; /* NULL: C */
    bool line_numbers, wrap_lines;
    st_handle in;
};

#define st_code(...) st_draw_code(&(struct st_code){.body = __VA_ARGS__})
void st_draw_code(const struct st_code *arguments);

struct st_json {
    const char *body; /* JSON; what is none has an exception in its place */
    bool collapsed;
    st_handle in;
};

#define st_json(...) st_draw_json(&(struct st_json){.body = __VA_ARGS__})
void st_draw_json(const struct st_json *arguments);

/* ---- the program itself --------------------------------------------------
 *
 *     st_echo() {
 *         st_text("this is run, and shown as code above it");
 *     }
 *     st_help(struct point);
 *
 * memogen fills both in where it writes the file anew; otherwise they say that
 * it has not. */
struct st_echo {
    bool reserved;    /* so that there is something when all is left out */
    const char *code; /* NULL: memogen was not there */
    st_handle in;
};

#define st_echo(...)                                                           \
    if (st_draw_echo(&(struct st_echo){.reserved = 0, __VA_ARGS__}), 0) {      \
    } else
void st_draw_echo(const struct st_echo *arguments);

/* A member of a struct, a constant of an enum. */
struct st_help_member {
    const char *name;
    const char *type;
    const char *value; /* NULL: its comment instead */
    const char *doc;
};

struct st_help {
    const char *name;
    const char *type;  /* as it is declared: a prototype, "struct" */
    const char *value; /* what it is defined as */
    const char *doc;   /* the comment above it */
    const struct st_help_member *members;
    size_t member_count;
    st_handle in;
};

#define st_help(...) st_draw_help(&(struct st_help){.name = #__VA_ARGS__})
void st_draw_help(const struct st_help *arguments);

/* ---- boxes --------------------------------------------------------------- */

struct st_alert {
    const char *body; /* Markdown */
    const char *icon; /* an emoji, ":material/thumb_up:" */
    st_handle in;
};

#define st_error(...) st_draw_error(&(struct st_alert){.body = __VA_ARGS__})
#define st_warning(...) st_draw_warning(&(struct st_alert){.body = __VA_ARGS__})
#define st_info(...) st_draw_info(&(struct st_alert){.body = __VA_ARGS__})
#define st_success(...) st_draw_success(&(struct st_alert){.body = __VA_ARGS__})
void st_draw_error(const struct st_alert *arguments);
void st_draw_warning(const struct st_alert *arguments);
void st_draw_info(const struct st_alert *arguments);
void st_draw_success(const struct st_alert *arguments);

struct st_exception {
    const char *message;
    const char *type; /* NULL: "Error" */
    st_handle in;
    const char *file; /* where it is said; NULL: that is left out */
    unsigned line;
};

/* An error, with the calls that led here. */
#define st_exception(...)                                                      \
    st_show_exception(&(struct st_exception){                                  \
        .file = __FILE__, .line = __LINE__, .message = __VA_ARGS__})
void st_show_exception(const struct st_exception *arguments);

/* ---- numbers, progress --------------------------------------------------- */

struct st_metric {
    const char *label;
    const char *value;
    const char *delta; /* "-3 %" points down */
    const char *help;
    bool inverse, off; /* the colour of delta: turned around, gray */
    bool border;
    st_handle in;
};

#define st_metric(...) st_draw_metric(&(struct st_metric){.label = __VA_ARGS__})
void st_draw_metric(const struct st_metric *arguments);

struct st_progress {
    double value; /* 0 to 1 */
    const char *text;
    st_handle in;
};

/* A bar.  Returns a handle that leads to it: drawing there moves it. */
#define st_progress(...)                                                       \
    st_draw_progress(&(struct st_progress){.value = __VA_ARGS__})
st_handle st_draw_progress(const struct st_progress *arguments);

struct st_spinner {
    const char *text;
    st_handle in;
};

/* Something is under way.  Returns a handle that leads to it. */
#define st_spinner(...)                                                        \
    st_draw_spinner(&(struct st_spinner){.text = __VA_ARGS__})
st_handle st_draw_spinner(const struct st_spinner *arguments);

struct st_placed {
    bool reserved; /* so that there is something when all is left out */
    st_handle in;
};

/* A place for one element, which the next one drawn there replaces; things that
 * fall from the sky and rise to it. */
#define st_empty(...)                                                          \
    st_draw_empty(&(struct st_placed){.reserved = 0, __VA_ARGS__})
#define st_balloons(...)                                                       \
    st_draw_balloons(&(struct st_placed){.reserved = 0, __VA_ARGS__})
#define st_snow(...)                                                           \
    st_draw_snow(&(struct st_placed){.reserved = 0, __VA_ARGS__})
#define st_ballons st_balloons
st_handle st_draw_empty(const struct st_placed *arguments);
void st_draw_balloons(const struct st_placed *arguments);
void st_draw_snow(const struct st_placed *arguments);

/* ---- data ---------------------------------------------------------------- */

struct st_data {
    const st_frame *frame;
    /* Instead of a frame: a record batch of Arrow's C data interface. */
    const struct ArrowSchema *schema;
    const struct ArrowArray *array;
    unsigned width, height; /* pixels; 0: as Streamlit chooses */
    st_handle in;
};

/* A table to look around in, to sort and to search; one that is all there. */
#define st_dataframe(...)                                                      \
    st_draw_dataframe(&(struct st_data){.frame = __VA_ARGS__})
#define st_table(...) st_draw_table(&(struct st_data){.frame = __VA_ARGS__})
void st_draw_dataframe(const struct st_data *arguments);
void st_draw_table(const struct st_data *arguments);

struct st_chart {
    const st_frame *frame;
    /* Instead of a frame: a record batch, or numbers in a row. */
    const struct ArrowSchema *schema;
    const struct ArrowArray *array;
    const double *values;
    size_t count;         /* of values */
    const char *x;        /* a column; NULL: the index, else the row's number */
    const char *const *y; /* columns, NULL at the end; NULL: all numbers */
    const char *x_label, *y_label;
    unsigned width, height; /* pixels; 0: as wide as there is room */
    bool horizontal;        /* bars */
    st_handle in;
};

/* Columns of numbers as lines, areas or bars, each with a colour of its own.
 * Errors: a column that is not there, or no numbers, ends the run with an
 * exception element. */
#define st_line_chart(...)                                                     \
    st_draw_line_chart(&(struct st_chart){.frame = __VA_ARGS__})
#define st_area_chart(...)                                                     \
    st_draw_area_chart(&(struct st_chart){.frame = __VA_ARGS__})
#define st_bar_chart(...)                                                      \
    st_draw_bar_chart(&(struct st_chart){.frame = __VA_ARGS__})
void st_draw_line_chart(const struct st_chart *arguments);
void st_draw_area_chart(const struct st_chart *arguments);
void st_draw_bar_chart(const struct st_chart *arguments);

/* ---- what others draw ---------------------------------------------------- */

struct st_graphviz_chart {
    const char *dot;    /* a graph in DOT */
    const char *engine; /* NULL: "dot" */
    st_handle in;
};

#define st_graphviz_chart(...)                                                 \
    st_draw_graphviz_chart(&(struct st_graphviz_chart){.dot = __VA_ARGS__})
void st_draw_graphviz_chart(const struct st_graphviz_chart *arguments);

struct st_frame_element {
    const char *source;     /* HTML, or a URL */
    unsigned width, height; /* pixels; 0: as wide as there is room, 150 high */
    bool scrolling;
    st_handle in;
};

/* HTML in a frame of its own; another page in one. */
#define st_components_html(...)                                                \
    st_draw_components_html(&(struct st_frame_element){.source = __VA_ARGS__})
#define st_components_iframe(...)                                              \
    st_draw_components_iframe(&(struct st_frame_element){.source = __VA_ARGS__})
void st_draw_components_html(const struct st_frame_element *arguments);
void st_draw_components_iframe(const struct st_frame_element *arguments);

/* ---- containers ---------------------------------------------------------- */

struct st_container {
    bool reserved; /* so that there is something when all is left out */
    bool border;
    unsigned height; /* pixels; 0: as high as what is in it */
    st_handle in;
};

#define st_container(...)                                                      \
    st_draw_container(&(struct st_container){.reserved = 0, __VA_ARGS__})
st_handle st_draw_container(const struct st_container *arguments);

struct st_columns {
    unsigned count;
    const double *widths; /* of each; NULL: all the same */
    st_handle in;
};

/* Columns side by side: fills `out` with a handle for each.
 * Shape: `out` has room for `count`. */
#define st_columns(out, ...)                                                   \
    st_draw_columns((out), &(struct st_columns){.count = __VA_ARGS__})
void st_draw_columns(st_handle *out, const struct st_columns *arguments);

struct st_expander {
    const char *label;
    const char *icon;
    bool expanded;
    st_handle in;
};

#define st_expander(...)                                                       \
    st_draw_expander(&(struct st_expander){.label = __VA_ARGS__})
st_handle st_draw_expander(const struct st_expander *arguments);

struct st_tabs {
    unsigned count;
    const char *const *labels;
    st_handle in;
};

/* Tabs: fills `out` with a handle for each.
 * Shape: `out` has room for `count`, and there are as many labels. */
#define st_tabs(out, ...)                                                      \
    st_draw_tabs((out), &(struct st_tabs){.count = __VA_ARGS__})
void st_draw_tabs(st_handle *out, const struct st_tabs *arguments);

struct st_form {
    const char *key;
    bool clear_on_submit, no_border;
    st_handle in;
};

/* A form: what its widgets are set to is sent when its button is pressed. */
#define st_form(...) st_draw_form(&(struct st_form){.key = __VA_ARGS__})
st_handle st_draw_form(const struct st_form *arguments);

/* ---- anything ------------------------------------------------------------ */

/* A text as Markdown, a number as text, a frame as an interactive table. */
#define st_write(what)                                                         \
    _Generic((what),                                                           \
        st_frame *: st_write_frame,                                            \
        const st_frame *: st_write_frame,                                      \
        char *: st_write_text,                                                 \
        const char *: st_write_text,                                           \
        _Bool: st_write_bool,                                                  \
        float: st_write_double,                                                \
        double: st_write_double,                                               \
        unsigned char: st_write_unsigned,                                      \
        unsigned short: st_write_unsigned,                                     \
        unsigned: st_write_unsigned,                                           \
        unsigned long: st_write_unsigned,                                      \
        unsigned long long: st_write_unsigned,                                 \
        default: st_write_signed)(what)
void st_write_frame(const st_frame *what);
void st_write_text(const char *what);
void st_write_bool(bool what);
void st_write_double(double what);
void st_write_unsigned(unsigned long long what);
void st_write_signed(long long what);

#ifdef __cplusplus
}
#endif

#endif
