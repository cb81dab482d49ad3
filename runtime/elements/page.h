/* page.h -- the page of this thread: a tree, and where the next element goes.
 *
 * A place is a block that grows, or one position in it that is written over
 * again and again.  Handles are numbers of places.  It knows neither what a
 * message says nor what a widget is.
 */
#ifndef ST_ELEMENTS_PAGE_H
#define ST_ELEMENTS_PAGE_H

#include "elements/arena.h"
#include "memo/recorder.h"
#include "st/page.h"

#include <setjmp.h>
#include <stdbool.h>
#include <stdint.h>

typedef enum {
#define ELEMENT(kind, name, field, role) ST_##kind,
#include "elements/elements.def"
#undef ELEMENT
    ST_KIND_COUNT
} st_kind;

typedef enum { ST_ROLE_DISPLAY, ST_ROLE_WIDGET, ST_ROLE_BLOCK } st_role;

typedef struct {
    const char *name;
    st_role role;
} st_kind_info;

extern const st_kind_info st_kinds[ST_KIND_COUNT];

/* ---- the tree ------------------------------------------------------------ */

typedef struct st_node {
    st_kind kind;
    bool is_block;
    uint32_t index;             /* in its block */
    const unsigned char *bytes; /* packed: an Element or a Block */
    size_t size;
    struct st_node *block; /* it stands in; NULL: a root */
    struct st_node **children;
    uint32_t count, capacity;
} st_node;

enum { ST_MAIN, ST_SIDE, ST_ROOTS };

/* Where a handle leads. */
typedef struct {
    st_node *block;
    uint32_t index;   /* to be written over; ST_GROWS: at the end */
    st_kind kind;     /* of what made it */
    const char *form; /* the id of the form that it lies in; NULL: none */
} st_place;

#define ST_GROWS UINT32_MAX

/* st_begin() of the place where the page is being drawn already. */
#define ST_STAYS 0x80000000u

/* Something to be done when the run ends; from malloc(). */
typedef struct st_deferred {
    struct st_deferred *next;
    void (*function)(void *argument);
    void *argument;
} st_deferred;

/* Memory of recordings that the tree looks at. */
typedef struct st_held {
    struct st_held *next;
    memo_recording *recording;
} st_held;

/* Whoever shows the page while it is drawn; called on the thread of the run. */
typedef struct st_sink {
    /* A node has been put, or written over. */
    void (*drawn)(void *context, const st_page *page, const st_node *node);
    /* A body is at work, or has ended: page->busy has changed. */
    void (*busy)(void *context, const st_page *page);
    /* The page's title and layout, a packed message; its query parameters. */
    void (*configured)(void *context, st_page *page, const void *bytes,
                       size_t size);
    void (*query_set)(void *context, st_page *page);
    /* Is nobody waiting for this run any more?  The second: so that it is to
     * end where it draws next.  Both from any thread. */
    bool (*is_stopping)(void *context);
    bool (*is_stopped)(void *context);
    void *context;
} st_sink;

typedef struct st_session st_session;
typedef struct st_media st_media;

/* The outermost memoized function whose body runs and has drawn nothing yet:
 * where its first element will be, there is a spinner meanwhile. */
typedef struct {
    const char *text; /* NULL: there is none */
    char made[160];   /* of the function's name, if it says no other */
    uint64_t since_ns;
    uint32_t target; /* the number of the place */
} st_busy;

struct st_page {
    st_arena arena; /* of the last run, the tree included */
    st_node *roots[ST_ROOTS];
    st_place *places; /* by number: main, sidebar, those made in this run */
    uint32_t place_count, place_capacity;
    uint32_t run;        /* in all handles of it */
    uint32_t run_before; /* the one before; numbers of runs have gaps */
    /* Of st_begin() without st_end(): numbers of places, with
     * ST_STAYS where nothing was entered. */
    uint32_t *inside;
    uint32_t depth, inside_capacity;
    st_deferred *deferred;
    st_arena before; /* what callbacks of this run may still look at */
    st_held *held;
    st_media *media;   /* bytes behind URLs (media.h); NULL: none yet */
    jmp_buf *leave;    /* the run's; NULL: none is under way */
    const void *frame; /* of st_run() on the stack */
    st_busy busy;
    const st_sink *sink; /* NULL: nobody looks before the run has ended */
    st_status status;
    bool is_scratch;     /* nobody will see it */
    st_session *session; /* what its widgets know; NULL: nothing */
};

/* Make the page empty, for a run.
 * Errors: false: out of memory. */
bool st_page_clear(st_page *page);
void st_page_finish(st_page *page);

/* ---- this thread --------------------------------------------------------- */

struct st_level;

typedef struct st_thread {
    st_page *page;          /* NULL: it draws nowhere */
    st_page *scratch;       /* to draw on for recordings only */
    struct st_level *level; /* the innermost recording (recording.h) */
    st_arena arena;         /* of st_alloc() without a page */
    st_deferred *deferred;  /* by st_defer() without a page or a level */
    st_deferred **list;     /* that is being done: it may grow; NULL: none */
} st_thread;

/* What this thread knows; NULL when it has never drawn, or without memory. */
st_thread *st_thread_self(void);
st_thread *st_thread_make(void);

/* The page to draw on, be it for a recording only; NULL: draw nothing. */
st_page *st_page_now(st_thread *self);

/* ---- drawing ------------------------------------------------------------- */

/* One element or container on its way. */
typedef struct {
    st_kind kind;
    bool is_block;
    bool is_rewritten; /* its handle leads to itself (empty, progress) */
    const unsigned char *bytes;
    size_t size;
    st_handle in;
} st_message;

/* Units: ns of CLOCK_MONOTONIC. */
uint64_t st_now_ns(void);

/* What a spinner says that is to be seen now, and the place where it is; NULL:
 * there is none, or it would be seen too shortly.
 * Units:  ns of CLOCK_MONOTONIC. */
#define ST_SPINNER_DELAY_NS 100000000u
const char *st_page_spinner(const st_page *page, uint64_t now_ns,
                            uint32_t *target);

/* A body is at work, and says so; NULL: it is not any more. */
void st_page_set_busy(st_page *page, const char *text);

/* How many of what was begun and not ended have led somewhere: up to the last
 * one that has. */
uint32_t st_page_entered(const st_page *page);

/* From a root on, the indices of a node, and of what is put next at a place.
 * Returns how many there are, with the root at least 1; as many of them as
 * there is room for are written. */
size_t st_node_path(const st_page *page, const st_node *node, uint32_t *out,
                    size_t room);
size_t st_place_path(const st_page *page, uint32_t target, uint32_t *out,
                     size_t room);

/* Where it goes: the number of a place. */
uint32_t st_page_target(const st_page *page, st_handle in, bool *is_valid);

/* Put it there; `bytes` stay where they are until the next run.  Returns the
 * number of the place that it makes, 0: none.
 * Errors: 0: out of memory. */
uint32_t st_page_put(st_page *page, uint32_t target, const st_message *message);

static inline st_handle st_page_handle(const st_page *page, uint32_t place)
{
    return (st_handle){
        place <= ST_SIDE ? place : (unsigned long long)page->run << 32 | place};
}

/* Do what was deferred, the last one first.  Who cleans up draws nowhere: a
 * hit, which cleans up nothing, could not draw it again. */
void st_run_deferred(st_thread *self, st_deferred **list);

/* End the run if nobody wants more of it. */
void st_page_leave_if_stopped(st_page *page);

/* Whoever catches an error has left all st_in(): a hit, which is in none of its
 * function's, shows it at the same place. */
void st_page_leave_places(st_page *page);

/* End the run with this status: what is under way is left by longjmp().
 * Returns only when no run is under way. */
void st_page_leave(st_page *page, st_status status);

#endif
