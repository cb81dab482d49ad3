/* widget.h -- what all widgets do: be told apart, know their values, be drawn.
 *
 *     fill in a message                        of what only this widget has
 *     st_widget_begin(&w, &element, default)   its id, and its value
 *     fill in the value, if the program has set it
 *     st_widget_end(&w, &element)              draw it
 */
#ifndef ST_WIDGETS_WIDGET_H
#define ST_WIDGETS_WIDGET_H

#include "elements/message.h"
#include "st/widgets.h"
#include "widgets/session.h"

typedef struct {
    st_kind kind;
    const char *label, *key, *help;
    bool disabled;
    st_visibility visibility;
    st_handle in;
    st_callback *on_change;
    void *argument;
    bool is_trigger;
    bool is_of_now; /* its default depends on the clock */
    st_shape shape;

    /* By st_widget_begin(). */
    st_page *page;
    const char *id, *form;
    st_bytes value, otherwise; /* the value is of its shape */
    St__LabelVisibility visible;
    bool is_set; /* by the program: the front end is to be told */
} st_widget;

#define ST_WIDGET(kind_, arguments, ...)                                       \
    {                                                                          \
        .kind = (kind_), .label = (arguments)->label, .key = (arguments)->key, \
        .help = (arguments)->help, .disabled = (arguments)->disabled,          \
        .visibility = (arguments)->label_visibility, .in = (arguments)->in,    \
        .on_change = (arguments)->on_change,                                   \
        .argument = (arguments)->argument, .shape = {                          \
            __VA_ARGS__                                                        \
        }                                                                      \
    }

/* An element of this message. */
#define ST_WIDGET_ELEMENT(FIELD, field, message)                               \
    {                                                                          \
        PROTOBUF_C_MESSAGE_INIT(&st__element__descriptor),                     \
            .type_case = ST__ELEMENT__TYPE_##FIELD, .field = (message)         \
    }

/* The id of the form that a widget lies in, "" if none. */
char *st_widget_form(const st_widget *widget);

/* Fill in label, help and form, and find the id and the value.  `element`: its
 * message, without what does not make it another widget.
 * Errors: false: nobody draws, or out of memory: there is no value. */
bool st_widget_begin(st_widget *widget, St__Element *element,
                     st_bytes otherwise);

/* Fill in the rest of what all widgets have, and draw it. */
void st_widget_end(st_widget *widget, St__Element *element);

/* The members that both of them fill in (members.c). */
void st_members_begin(const st_widget *widget, St__Element *element);
void st_members_end(st_widget *widget, St__Element *element);

/* Its arguments make no sense: an error that names it and says so ends the run.
 * Returns where no run is under way. */
__attribute__((format(printf, 2, 3))) void
st_widget_refuse(const st_widget *widget, const char *format, ...);

/* What a recording holds of a widget, or of a form, whose id is its key.
 * `is_input`: its value is one of the function that draws it.
 * Errors: no bytes: out of memory. */
st_bytes st_widget_facts(const st_widget *widget, bool is_input);

/* Whether it is in a form, and in which one, makes a widget another one: an
 * input of every function around it. */
void st_form_note(const st_thread *self);
size_t st_form_answer(const st_page *page, void *out, size_t room);

/* A form of this key is drawn: raises if it is the second one. */
void st_form_register(st_page *page, const char *key);

/* Where values are made that end with the run. */
st_arena *st_widget_arena(void);

#endif
