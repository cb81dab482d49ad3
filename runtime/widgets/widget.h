/* widget.h -- what all widgets do: be told apart, know their values, be drawn.
 *
 *     fill in a message                        but for what a run may change
 *     st_widget_begin(&w, &element, default)   its id, and its value
 *     fill in the rest
 *     st_widget_end(&w, &element)              draw it
 */
#ifndef ST_WIDGETS_WIDGET_H
#define ST_WIDGETS_WIDGET_H

#include "elements/message.h"
#include "st/widgets.h"
#include "widgets/session.h"

typedef struct {
    st_kind kind;
    const char *key;
    st_handle in;
    st_callback *on_change;
    void *argument;
    bool is_trigger;

    /* By st_widget_begin(). */
    st_page *page;
    const char *id, *form;
    st_bytes value, otherwise;
    bool is_set;   /* by the program: the front end is to be told */
    bool is_drawn; /* not where a memoized function must not have it */
} st_widget;

#define ST_WIDGET(kind_, arguments)                                            \
    {                                                                          \
        .kind = (kind_), .key = (arguments)->key, .in = (arguments)->in,       \
        .on_change = (arguments)->on_change, .argument = (arguments)->argument \
    }

/* The id of the form that a widget lies in, "" if none. */
char *st_widget_form(const st_widget *widget);

/* Find the id and the value.  `element`: its message, without id, value, and
 * what does not make it another widget.
 * Errors: false: nobody draws, or out of memory: the value is `otherwise`. */
bool st_widget_begin(st_widget *widget, const St__Element *element,
                     st_bytes otherwise);
void st_widget_end(const st_widget *widget, const St__Element *element);

/* What a recording holds of a widget, or of a form, whose id is its key.
 * `is_input`: its value is one of the function that draws it.
 * Errors: no bytes: out of memory. */
st_bytes st_widget_facts(const st_widget *widget, bool is_input);

/* A form of this key is drawn: raises if it is the second one. */
void st_form_register(st_page *page, const char *key);

/* Where values are made that end with the run. */
st_arena *st_widget_arena(void);

#endif
