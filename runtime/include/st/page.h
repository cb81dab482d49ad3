/* st/page.h -- a page, and a run of it.
 *
 *     st_page *page = st_page_create();
 *     st_run(page, draw, NULL);
 *
 * A page is what one person looks at: a tree of elements, and the values of its
 * widgets.  A run calls a function that draws it from the top to the bottom.
 * While it runs the page is that of its thread, and whatever is called draws on
 * it; a thread without one draws nowhere, and its widgets have their defaults.
 */
#ifndef ST_PAGE_H
#define ST_PAGE_H

#include "st/status.h"

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct st_page st_page;

/* A place to draw at: what containers return.  Zero is where the page is being
 * drawn right now.  It ends with the run of the page. */
typedef struct st_handle {
    unsigned long long id;
} st_handle;

/* The bar at the side. */
#define ST_SIDEBAR ((st_handle){1})

/* An empty page.
 * Owner:  caller, st_page_destroy().
 * Errors: NULL: out of memory. */
st_page *st_page_create(void);
void st_page_destroy(st_page *page); /* NULL is accepted */

/* Draw the page: call `draw`, on this thread.
 * Errors: ST_STOPPED, ST_RERUN: by st_stop(), st_rerun(); ST_MISUSE: this
 * thread draws a page already; else what an error element at the end of the
 *         page tells.
 * Threads: any, but one at a time for a page. */
st_status st_run(st_page *page, void (*draw)(void *context), void *context);

/* Draw a page once and print it to the standard output as plain text, for who
 * has no browser: its widgets have their defaults.
 * Errors: as st_run(). */
st_status st_run_text(void (*draw)(void *context), void *context);

/* End this run, here; or end it and ask for another one.  Does nothing without
 * a page.  Leaves by longjmp(): what st_defer() was told is done.  They are the
 * ways to leave a memoized function: after a longjmp() of the program's own it
 * counts as under way until the next one is called, or the run ends. */
void st_stop(void);
void st_rerun(void);

/* End this run with an error, which the page shows with its place in the
 * source: st_fail("cannot read '%s'", path).  Without a page the error is
 * printed to the standard error, and it returns. */
#define st_fail(...) st_fail_at(__FILE__, __LINE__, __func__, __VA_ARGS__)
__attribute__((format(printf, 4, 5))) void st_fail_at(const char *file,
                                                      unsigned line,
                                                      const char *function,
                                                      const char *format, ...);

/* Is nobody waiting for what this run draws, because a person has answered or
 * pressed Stop meanwhile, or has gone?  A long loop may ask, and st_stop().
 * After Stop a run ends by itself where it draws next.
 * Threads: those of runs. */
bool st_stopping(void);

/* Memory that ends with the next run of the page, after its callbacks; without
 * a page, with the thread.
 * Errors: NULL: out of memory. */
void *st_alloc(size_t size);

/* Call `function` when this run ends, whichever way; without a page, when the
 * outermost memoized function ends that is under way, else with the thread.
 * The last one told is the first one called.  They draw nowhere: a hit, which
 * has nothing to clean up, calls none. */
void st_defer(void (*function)(void *argument), void *argument);

/* ---- containers ----------------------------------------------------------
 *
 *     st_in(ST_SIDEBAR) {
 *         st_text("at the side");
 *     }
 *
 * Do not leave the braces with break, goto or return, and do not mean another
 * loop by continue: memogen warns of it. */
#define st_in(handle) ST_IN_AT(handle, __LINE__)
#define ST_IN_AT(handle, line) ST_IN_AS(handle, line)
#define ST_IN_AS(handle, line)                                                 \
    for (int st_is_in_##line = (st_begin(handle), 1); st_is_in_##line;         \
         st_is_in_##line = (st_end(), 0))

/* What follows is drawn there, up to st_end(). */
void st_begin(st_handle handle);
void st_end(void);

#ifdef __cplusplus
}
#endif

#endif
