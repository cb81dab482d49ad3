/* session.h -- what a page knows between its runs: the values of its widgets,
 * and of the state that the program keeps.
 *
 * Read order: what the program has set by key, what the front end has sent,
 * what the widget was before, its default.  A widget that a run does not draw
 * is forgotten at its end.
 */
#ifndef ST_WIDGETS_SESSION_H
#define ST_WIDGETS_SESSION_H

#include "st/widgets.h"
#include "widgets/fit.h"
#include "widgets/map.h"
#include "widgets/value.h"

typedef void st_callback(void *argument);

typedef struct st_widget_state {
    st_map_item item; /* named by the widget's id */
    char *key;        /* the user's; NULL: none */
    st_kind kind;
    st_shape shape;
    st_bytes value;  /* from malloc(), as those below; none: not known yet */
    st_bytes sent;   /* by the front end, for the next run */
    bool is_trigger; /* true for one run only */
    bool is_set;     /* by the program, so that the front end has to be told */
    uint32_t run;    /* the last one that drew it */
    st_callback *on_change;
    void *argument;
    uint64_t order; /* in which widgets were drawn last */
} st_widget_state;

/* A value by its key: the program's, or that of a widget of this key. */
typedef struct {
    st_map_item item;
    st_bytes value;          /* set by the program; none: it is the widget's */
    st_widget_state *widget; /* of this key, drawn in this run or the last */
    uint32_t run;            /* the last one that drew such a widget, or form */
} st_keyed;

struct st_session {
    st_map widgets; /* by id */
    st_map keyed;   /* by key */
    st_map forms;   /* by key, those of this run */
    uint64_t last_order;
    st_widget_state **changed; /* those whose callbacks are to be called */
    size_t changed_count;
    bool is_calling;
    st_map uploads; /* contents of files, see uploads.h */
    st_date today;  /* and now: set by a test; no date: as the clock says */
    st_time now;
    st_bytes query; /* the page's parameters, from malloc() (query_text.h) */
};

/* Copy bytes to memory of their own, in place of what is there.
 * Errors: false: out of memory; nothing has changed. */
bool st_bytes_replace(st_bytes *at, st_bytes value);

/* The front end has sent a value, for the next run.
 * Errors: ST_NOT_FOUND: no such widget was drawn; ST_BAD_VALUE: it cannot have
 *         this value; ST_NO_MEMORY. */
st_status st_session_send(st_session *session, st_arena *arena, const char *id,
                          st_bytes value);

/* A run begins: what was sent becomes the values.  Are there callbacks to be
 * called, of widgets whose values have changed? */
bool st_session_take(st_session *session);

/* Call them; one may leave the run. */
void st_session_call(st_session *session);

/* A run has ended: triggers are false again, and widgets that it did not draw
 * are gone. */
void st_session_end(st_session *session, uint32_t run);

void st_session_finish(st_session *session);

#endif
