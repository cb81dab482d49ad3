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

struct st_number {
    const char *label;
    double min, max;    /* both 0: 0 to 100 */
    double value;       /* the default */
    double step;        /* 0: 1 */
    const char *format; /* as of printf() */
    ST_WIDGET_ARGUMENTS;
};

#define st_slider(...) st_draw_slider(&(struct st_number){.label = __VA_ARGS__})
#define st_number_input(...)                                                   \
    st_draw_number_input(&(struct st_number){.label = __VA_ARGS__})
double st_draw_slider(const struct st_number *arguments);
double st_draw_number_input(const struct st_number *arguments);

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

/* ---- state --------------------------------------------------------------- */

/* Values that stay between runs, by keys; a widget's value by its key.  Read
 * inside of a memoized function they are inputs of it.  To set the value of a
 * widget that this run has drawn already is an error that ends the run.
 * Without a page nothing is there, and nothing is set. */
bool st_state_has(const char *key);
bool st_state_get_bool(const char *key, bool otherwise);
long long st_state_get_int(const char *key, long long otherwise);
double st_state_get_double(const char *key, double otherwise);
const char *st_state_get_text(const char *key, const char *otherwise);
void st_state_set_bool(const char *key, bool value);
void st_state_set_int(const char *key, long long value);
void st_state_set_double(const char *key, double value);
void st_state_set_text(const char *key, const char *value);
void st_state_remove(const char *key);

#ifdef __cplusplus
}
#endif

#endif
