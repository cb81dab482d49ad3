/* recording.h -- what memoized bodies draw, while they draw it.
 *
 * Bodies run inside of each other; each that is under way on a thread is a
 * level.  A level writes down all that is drawn, and decides for itself where:
 * at a place that was made in it, at the side, or simply where its function is
 * called.  Something drawn at a place that none of these is, it can only
 * remember as a mistake.
 *
 *     record = head, then `size` bytes, padded to 4
 *
 * It knows neither what a message says nor what a widget is.
 */
#ifndef ST_ELEMENTS_RECORDING_H
#define ST_ELEMENTS_RECORDING_H

#include "elements/page.h"

typedef enum {
    ST_RECORD_ELEMENT, /* a message; a widget's has before it a length and
                          what the widget is */
    ST_RECORD_BLOCK,   /* the same of a container, and of a form */
    ST_RECORD_OUTSIDE, /* a text: it was drawn at a place of nobody's */
    ST_RECORD_INPUT,   /* something was asked for that draws nothing */
    ST_RECORD_MEDIA,   /* bytes that the next elements refer to (media.h) */
    ST_RECORD_QUERY,   /* query parameters that were set */
    ST_RECORD_CONFIG   /* a page's title and layout, a packed message */
} st_record_kind;

enum { ST_IS_REWRITTEN = 1, ST_HAS_WIDGET = 2 };

/* Places by the numbers that a recording has for them. */
enum { ST_HERE, ST_AT_SIDE, ST_FIRST_MADE };

typedef struct {
    uint8_t record; /* st_record_kind */
    uint8_t flags;
    uint16_t kind; /* st_kind */
    uint32_t place;
    uint32_t made; /* 1: it makes the next place */
    uint32_t size;
} st_record;

typedef struct {
    unsigned char *bytes;
    size_t size, capacity;
    bool has_no_memory;
} st_buffer;

void st_buffer_add(st_buffer *buffer, const void *bytes, size_t size);

/* Bytes, from wherever. */
typedef struct {
    const void *at;
    size_t size;
} st_bytes;

/* Memoized functions whose bodies are under way, the innermost one first. */
typedef struct st_level {
    struct st_level *outer;
    const struct memo_function *function;
    const void *frame, *call; /* see memo_body */
    st_page *page;            /* that it draws on */
    st_page *covered;         /* `page` is a scratch in place of this one */
    uint32_t base;            /* page->depth at the begin */
    bool is_muted;            /* nobody around it is to know */
    st_deferred *deferred;    /* without a page: to be done at its end */
    bool is_not_kept;
    st_buffer records, inputs;
    uint32_t *made; /* places of the page that were made in it */
    uint32_t made_count, made_capacity;
} st_level;

/* The level that decides on widgets: the innermost one; NULL: none. */
st_level *st_level_now(const st_thread *self);

/* A body begins; NULL: out of memory.  It ends, and with it what it has left by
 * longjmp(). */
st_level *st_level_push(st_thread *self, const memo_body *body);
void st_level_pop(st_thread *self);

/* Draw a message: put it on the page, and write it down at every level.
 * `widget`: what its widget or form is, NULL: it is none; its id first, which a
 * NUL ends.  Owner: the bytes are the
 * page's, in its arena or in a recording that it holds.
 * Errors: a handle of another run raises an error. */
st_handle st_draw(const st_message *message, const st_bytes *widget);

/* A body has asked for something, and got this answer: an input at every level.
 * `draws`: 0: it is to be written down as well, for it draws nothing. */
void st_note_input(st_bytes input, st_bytes answer, bool draws);

/* Something that is no message was done: write it down, of some parts, at every
 * level. */
void st_record_note(st_record_kind kind, const st_bytes *parts, size_t count);

/* What is drawn now may be otherwise the next time, and no input says so: no
 * level keeps its result. */
void st_keep_nothing(void);

/* The same for one level, where levels have answers of their own. */
void st_level_note_input(st_level *level, st_bytes input, st_bytes answer);

/* Room for a message that is going to be drawn; it is the page's.
 * Errors: NULL: nobody draws, or out of memory. */
unsigned char *st_message_room(size_t size);

/* An error ends the run: an exception element, then st_page_leave(). */
__attribute__((format(printf, 3, 4))) void
st_raise(st_status status, const char *type, const char *format, ...);

/* Draw an exception element (boxes.c). */
void st_draw_exception(const char *type, const char *message, bool is_warning,
                       st_handle in);

/* ---- what the widgets room fills in -------------------------------------- */

typedef struct {
    /* A widget is drawn again: it is registered, as it was when it was drawn
     * first.  May raise. */
    void (*replay)(st_page *page, st_bytes widget);
    /* Can it be? */
    enum memo_replay (*judge)(const st_page *page, st_bytes widget);
    /* Does it mean the same to another process? */
    bool (*is_portable)(st_bytes widget);
    /* Counts up when what widgets leave in recordings changes its form. */
    uint64_t form;
    /* Query parameters are set, as a body has set them; writes it down. */
    void (*set_query)(st_page *page, st_bytes pairs);
    /* The answer to an input, if there is room; returns its size. */
    size_t (*answer)(const st_page *page, st_bytes input, void *out,
                     size_t room);
} st_widget_port;

/* The page's title and layout, as a packed message (config.c). */
void st_config_replay(st_page *page, st_bytes message);

/* Once, before anything is drawn. */
void st_set_widget_port(const st_widget_port *port);

const st_widget_port *st_widget_port_now(void);

/* Tell the cache who records; what is drawn before is drawn only. */
void st_recorder_install(void);

#endif
