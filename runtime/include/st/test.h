/* st/test.h -- run a page without a browser, look at it, and answer for the
 * person in front of it.
 *
 *     st_test *test = st_test_create(page, NULL);
 *     st_test_run(test);
 *     st_test_set_bool(test, st_test_find(test, "checkbox", 0), true);
 *     st_test_run(test);
 *     puts(st_element_text(st_test_find(test, "markdown", 0)));
 *     st_test_destroy(test);
 */
#ifndef ST_TEST_H
#define ST_TEST_H

#include "st/page.h"
#include "st/widgets.h"

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct st_test st_test;

/* An element or a container of the page as the last run has drawn it; it ends
 * with the next run.  NULL is accepted, and has nothing. */
typedef struct st_node st_element;

/* A new session of a page.
 * Owner:  caller, st_test_destroy().
 * Errors: NULL: out of memory. */
st_test *st_test_create(void (*draw)(void *context), void *context);
void st_test_destroy(st_test *test); /* NULL is accepted */

/* Draw the page; again for as long as it calls st_rerun(), 100 times at most.
 * Errors: as st_run(). */
st_status st_test_run(st_test *test);

/* The elements of a kind, as elements.def names it ("checkbox", "markdown"),
 * from the top of the page to its bottom, then those at the side. */
size_t st_test_count(const st_test *test, const char *kind);
const st_element *st_test_find(const st_test *test, const char *kind,
                               size_t index);

/* The widget with this key. */
const st_element *st_test_find_key(const st_test *test, const char *key);

/* What it is; "" of NULL. */
const char *st_element_kind(const st_element *element);

/* What it says: its text, its label.
 * Owner: the page, up to its next run. */
const char *st_element_text(const st_test *test, const st_element *element);

/* Its packed message.  Owner: the page, up to its next run. */
const unsigned char *st_element_bytes(const st_element *element, size_t *size);

/* The bytes behind a URL of an element's, "/media/..."; NULL: none.  A page has
 * those of its last run, and of the one before it.
 * Owner: the page, up to its next run. */
const void *st_test_media(const st_test *test, const char *url, size_t *size,
                          const char **mime);

/* What stands behind '?' in the URL of the page: for its next run; as its last
 * one has left it.
 * Shape:  "a=1&b=2"; NULL is empty.
 * Owner:  what is returned is the page's, up to its next run.
 * Errors: ST_NO_MEMORY, and NULL for it. */
st_status st_test_set_query(st_test *test, const char *query);
const char *st_test_query(const st_test *test);

/* Answer: the value counts from the next run on.
 * Shape:  texts end with a NULL; texts of dates and times are those of their
 *         widgets, "2026-01-31" and "23:59"; a date that is no date takes away
 *         the one that is there.
 * Errors: ST_NOT_FOUND: it is no widget; ST_BAD_VALUE: the widget has no such
 *         values; ST_NO_MEMORY. */
st_status st_test_click(st_test *test, const st_element *widget);
st_status st_test_set_bool(st_test *test, const st_element *widget, bool value);
st_status st_test_set_text(st_test *test, const st_element *widget,
                           const char *value);
st_status st_test_set_double(st_test *test, const st_element *widget,
                             double value);
st_status st_test_set_texts(st_test *test, const st_element *widget,
                            const char *const *values);
st_status st_test_set_range(st_test *test, const st_element *widget,
                            double from, double to);
st_status st_test_set_date(st_test *test, const st_element *widget,
                           st_date value);
st_status st_test_set_dates(st_test *test, const st_element *widget,
                            st_date from, st_date to);
st_status st_test_set_time(st_test *test, const st_element *widget,
                           st_time value);

/* Upload files, or take a picture, in place of what is there; none: take away
 * what is there.  They are copied. */
st_status st_test_upload(st_test *test, const st_element *widget,
                         const st_file *files, size_t count);

/* What st_today() and st_now() say on the page; no date: what the clock says.
 */
void st_test_set_clock(st_test *test, st_date today, st_time now);

/* The whole page as text: a line for each element, indented in its container.
 * Owner:  caller, free().
 * Errors: NULL: out of memory. */
char *st_test_dump(const st_test *test);

#ifdef __cplusplus
}
#endif

#endif
