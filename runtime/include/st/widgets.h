/* st/widgets.h -- elements that answer.
 *
 *     if (st_checkbox("Show it"))
 *         st_text("it");
 *     int rows = (int)st_slider("Rows", .min = 1, .max = 100, .value = 20);
 *
 * A widget returns the value that the person who looks at the page has given
 * it, its default before that, and its default always where no page is drawn.
 * Two widgets are the same one if label, key, form and all that defines their
 * values are the same; the same one cannot be drawn twice in a run: give them
 * different keys.  Texts that are returned last until the end of the run.
 *
 * `on_change` is called before a run in which the value is another one.
 */
#ifndef ST_WIDGETS_H
#define ST_WIDGETS_H

#include "st/page.h"

#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum st_visibility {
    ST_VISIBLE,
    ST_HIDDEN,   /* there is room for the label */
    ST_COLLAPSED /* there is none */
} st_visibility;

/* What all of them take. */
#define ST_WIDGET_ARGUMENTS                                                    \
    const char *key, *help;                                                    \
    bool disabled;                                                             \
    st_visibility label_visibility;                                            \
    void (*on_change)(void *argument);                                         \
    void *argument;                                                            \
    st_handle in

struct st_checkbox {
    const char *label;
    bool value; /* the default */
    ST_WIDGET_ARGUMENTS;
};

#define st_checkbox(...)                                                       \
    st_draw_checkbox(&(struct st_checkbox){.label = __VA_ARGS__})
bool st_draw_checkbox(const struct st_checkbox *arguments);

struct st_button {
    const char *label;
    bool primary;
    ST_WIDGET_ARGUMENTS; /* on_change: it was pressed */
};

/* True in the run that its press has caused.  The second one sends a form. */
#define st_button(...) st_draw_button(&(struct st_button){.label = __VA_ARGS__})
#define st_form_submit_button(...)                                             \
    st_draw_form_submit_button(&(struct st_button){.label = __VA_ARGS__})
bool st_draw_button(const struct st_button *arguments);
bool st_draw_form_submit_button(const struct st_button *arguments);

struct st_text_input {
    const char *label;
    const char *value; /* the default; NULL: "" */
    const char *placeholder;
    unsigned max_chars; /* 0: as many as you like */
    bool password;
    ST_WIDGET_ARGUMENTS;
};

/* A line, and an area. */
#define st_text_input(...)                                                     \
    st_draw_text_input(&(struct st_text_input){.label = __VA_ARGS__})
#define st_text_area(...)                                                      \
    st_draw_text_area(&(struct st_text_input){.label = __VA_ARGS__})
const char *st_draw_text_input(const struct st_text_input *arguments);
const char *st_draw_text_area(const struct st_text_input *arguments);

/* ---- choices ------------------------------------------------------------- */

/* Of equal options the first one counts. */
struct st_choice {
    const char *label;
    const char *const *options; /* NULL at the end */
    int index;                  /* of the default; -1: none */
    const char *placeholder;
    bool horizontal; /* st_radio() */
    ST_WIDGET_ARGUMENTS;
};

/* One of some texts: returns its index, -1: none. */
#define st_radio(...) st_draw_radio(&(struct st_choice){.label = __VA_ARGS__})
#define st_selectbox(...)                                                      \
    st_draw_selectbox(&(struct st_choice){.label = __VA_ARGS__})
int st_draw_radio(const struct st_choice *arguments);
int st_draw_selectbox(const struct st_choice *arguments);

struct st_multiselect {
    const char *label;
    const char *const *options; /* NULL at the end */
    const char *const *value;   /* the default, NULL at the end; NULL: none */
    unsigned max_selections;    /* 0: as many as you like */
    const char *placeholder;
    ST_WIDGET_ARGUMENTS;
};

/* Some of some texts: returns them in the order in which they were chosen, NULL
 * at the end, and is never NULL itself:
 *
 *     const char *const *chosen = st_multiselect("Colours", .options = all);
 *     while (*chosen)
 *         st_text(*chosen++);
 */
#define st_multiselect(...)                                                    \
    st_draw_multiselect(&(struct st_multiselect){.label = __VA_ARGS__})
const char *const *st_draw_multiselect(const struct st_multiselect *arguments);

struct st_select_slider {
    const char *label;
    const char *const *options; /* NULL at the end; one at least */
    int index;                  /* of the default */
    ST_WIDGET_ARGUMENTS;
};

struct st_select_slider_range {
    const char *label;
    const char *const *options; /* NULL at the end; one at least */
    int from, to;               /* of the default; both 0: all of them */
    ST_WIDGET_ARGUMENTS;
};

typedef struct st_index_range {
    int from, to;
} st_index_range;

/* One of some texts that have an order, or those from one to another: returns
 * indices. */
#define st_select_slider(...)                                                  \
    st_draw_select_slider(&(struct st_select_slider){.label = __VA_ARGS__})
#define st_select_slider_range(...)                                            \
    st_draw_select_slider_range(                                               \
        &(struct st_select_slider_range){.label = __VA_ARGS__})
int st_draw_select_slider(const struct st_select_slider *arguments);
st_index_range
st_draw_select_slider_range(const struct st_select_slider_range *arguments);

/* ---- numbers ------------------------------------------------------------- */

/* A default that is out of range ends the run with an error; 0 is the closest
 * number then, as if it were left out. */
struct st_number {
    const char *label;
    double min, max;    /* both 0: 0 to 100; st_number_input(): any number */
    double value;       /* the default */
    double step;        /* 0: 1; 0.01 where one of the others has a fraction */
    const char *format; /* as of printf() */
    ST_WIDGET_ARGUMENTS;
};

#define st_slider(...) st_draw_slider(&(struct st_number){.label = __VA_ARGS__})
#define st_number_input(...)                                                   \
    st_draw_number_input(&(struct st_number){.label = __VA_ARGS__})
double st_draw_slider(const struct st_number *arguments);
double st_draw_number_input(const struct st_number *arguments);

struct st_int {
    const char *label;
    long long min, max; /* both 0: 0 to 100; up to 2^53 - 1 either way */
    long long value;    /* the default */
    long long step;     /* 0: 1 */
    const char *format; /* as of printf() */
    ST_WIDGET_ARGUMENTS;
};

#define st_int_slider(...)                                                     \
    st_draw_int_slider(&(struct st_int){.label = __VA_ARGS__})
long long st_draw_int_slider(const struct st_int *arguments);

typedef struct st_range {
    double from, to;
} st_range;

struct st_number_range {
    const char *label;
    double min, max;    /* both 0: 0 to 100 */
    double from, to;    /* the default; both 0: all of it */
    double step;        /* 0: 1; 0.01 where one of the others has a fraction */
    const char *format; /* as of printf() */
    ST_WIDGET_ARGUMENTS;
};

#define st_slider_range(...)                                                   \
    st_draw_slider_range(&(struct st_number_range){.label = __VA_ARGS__})
st_range st_draw_slider_range(const struct st_number_range *arguments);

/* ---- dates and times ----------------------------------------------------- */

/* Of the Gregorian calendar, years from 1 to 9999; a year of 0: no date. */
typedef struct st_date {
    int year, month, day;
} st_date;

typedef struct st_date_range {
    st_date from, to;
} st_date_range;

/* Of a day of 24 hours. */
typedef struct st_time {
    int hour, minute;
} st_time;

/* What day and what time it is, where the program runs; st_test_set_clock()
 * sets it.  Inside of a memoized function it is an input. */
st_date st_today(void);
st_time st_now(void);

struct st_date_input {
    const char *label;
    st_date value;      /* the default; no date: today */
    bool is_empty;      /* the default is no date */
    st_date min;        /* no date: ten years before the default */
    st_date max;        /* no date: ten years after it */
    const char *format; /* NULL: "YYYY/MM/DD"; DD, MM and YYYY may change
                           places, and / may be . or - */
    ST_WIDGET_ARGUMENTS;
};

struct st_date_input_range {
    const char *label;
    st_date from, to; /* the default; no dates: today only */
    bool is_empty;    /* the default is no dates */
    st_date min, max;
    const char *format;
    ST_WIDGET_ARGUMENTS;
};

/* While a range is being chosen it may have a begin only. */
#define st_date_input(...)                                                     \
    st_draw_date_input(&(struct st_date_input){.label = __VA_ARGS__})
#define st_date_input_range(...)                                               \
    st_draw_date_input_range(                                                  \
        &(struct st_date_input_range){.label = __VA_ARGS__})
st_date st_draw_date_input(const struct st_date_input *arguments);
st_date_range
st_draw_date_input_range(const struct st_date_input_range *arguments);

struct st_date_slider {
    const char *label;
    st_date value; /* the default; no date: min; today where that is no date */
    st_date min;   /* no date: 14 days before the default */
    st_date max;   /* no date: 14 days after it */
    unsigned step_days; /* 0: 1 */
    const char *format; /* as of Moment.js; NULL: "YYYY-MM-DD" */
    ST_WIDGET_ARGUMENTS;
};

struct st_date_slider_range {
    const char *label;
    st_date from, to; /* the default; no dates: min and max */
    st_date min, max;
    unsigned step_days;
    const char *format;
    ST_WIDGET_ARGUMENTS;
};

#define st_date_slider(...)                                                    \
    st_draw_date_slider(&(struct st_date_slider){.label = __VA_ARGS__})
#define st_date_slider_range(...)                                              \
    st_draw_date_slider_range(                                                 \
        &(struct st_date_slider_range){.label = __VA_ARGS__})
st_date st_draw_date_slider(const struct st_date_slider *arguments);
st_date_range
st_draw_date_slider_range(const struct st_date_slider_range *arguments);

struct st_time_input {
    const char *label;
    st_time value;  /* the default */
    bool has_value; /* 00:00 is meant; without a value it is what time it is */
    unsigned step_minutes; /* 0: 15; 23 hours at most */
    ST_WIDGET_ARGUMENTS;
};

#define st_time_input(...)                                                     \
    st_draw_time_input(&(struct st_time_input){.label = __VA_ARGS__})
st_time st_draw_time_input(const struct st_time_input *arguments);

/* ---- colours ------------------------------------------------------------- */

struct st_color_picker {
    const char *label;
    const char *value; /* the default; NULL: "#000000" */
    ST_WIDGET_ARGUMENTS;
};

/* A colour as "#rrggbb", or "#rgb" where the default is. */
#define st_color_picker(...)                                                   \
    st_draw_color_picker(&(struct st_color_picker){.label = __VA_ARGS__})
const char *st_draw_color_picker(const struct st_color_picker *arguments);

/* ---- files --------------------------------------------------------------- */

/* A file from the person in front of the page.  A NUL follows its bytes.
 * Owner: the page, up to the end of the run. */
typedef struct st_file {
    const char *name; /* NULL: the end of several */
    const char *mime;
    const void *bytes;
    size_t size;
} st_file;

struct st_file_uploader {
    const char *label;
    const char *const *types; /* as "csv", NULL at the end; NULL: all of them */
    bool multiple;
    unsigned max_megabytes; /* of each; 0: 200 */
    ST_WIDGET_ARGUMENTS;
};

/* The file, NULL: none; of several the first one, with another one behind the
 * last one that has no name.  As an input of a memoized function a file is its
 * name, type and content. */
#define st_file_uploader(...)                                                  \
    st_draw_file_uploader(&(struct st_file_uploader){.label = __VA_ARGS__})
const st_file *st_draw_file_uploader(const struct st_file_uploader *arguments);

struct st_camera_input {
    const char *label;
    ST_WIDGET_ARGUMENTS;
};

/* The picture that was taken, NULL: none. */
#define st_camera_input(...)                                                   \
    st_draw_camera_input(&(struct st_camera_input){.label = __VA_ARGS__})
const st_file *st_draw_camera_input(const struct st_camera_input *arguments);

struct st_download_button {
    const char *label;
    const void *data;
    size_t size;           /* 0: `data` is a text */
    const char *file_name; /* NULL: the browser names it */
    const char *mime;      /* NULL: "text/plain", with a size
                              "application/octet-stream" */
    bool primary;
    ST_WIDGET_ARGUMENTS; /* on_change: it was pressed */
};

/* True in the run that its press has caused.  Other data do not make it another
 * button: they may change between its being drawn and its press. */
#define st_download_button(...)                                                \
    st_draw_download_button(&(struct st_download_button){.label = __VA_ARGS__})
bool st_draw_download_button(const struct st_download_button *arguments);

/* ---- state --------------------------------------------------------------- */

/* Values that stay between runs, by keys; a widget's value by its key.  Read
 * inside of a memoized function they are inputs of it.  To set the value of a
 * widget that this run has drawn already is an error that ends the run, and so
 * is one for a button, an uploader or a camera.  A widget takes no notice of a
 * value that it cannot have.  Without a page nothing is there, and nothing is
 * set. */
bool st_state_has(const char *key);
bool st_state_get_bool(const char *key, bool otherwise);
long long st_state_get_int(const char *key, long long otherwise);
double st_state_get_double(const char *key, double otherwise);
const char *st_state_get_text(const char *key, const char *otherwise);
const char *const *st_state_get_texts(const char *key,
                                      const char *const *otherwise);
st_range st_state_get_range(const char *key, st_range otherwise);
st_date st_state_get_date(const char *key, st_date otherwise);
void st_state_set_bool(const char *key, bool value);
void st_state_set_int(const char *key, long long value);
void st_state_set_double(const char *key, double value);
void st_state_set_text(const char *key, const char *value);
void st_state_set_texts(const char *key, const char *const *values);
void st_state_set_range(const char *key, st_range value);
void st_state_set_date(const char *key, st_date value);
void st_state_remove(const char *key);

#ifdef __cplusplus
}
#endif

#endif
