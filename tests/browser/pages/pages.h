/* pages.h -- the pages that browsers are shown by tests: one for each word of
 * the command line, all in pages/.
 */
#ifndef PAGES_H
#define PAGES_H

#include <stddef.h>

/* Draw one.  Shape: `unused` is. */
void draw_elements(void *unused);
void draw_elements_memoized(void *unused);
void draw_widgets(void *unused);
void draw_widgets_memoized(void *unused);
void draw_session(void *unused);
void draw_shared(void *unused);
void draw_files(void *unused);
void draw_players(void *unused);
void draw_slow(void *unused);
void draw_cleared(void *unused);
void draw_stopped(void *unused);
void draw_rerun(void *unused);
void draw_layout(void *unused);
void draw_form(void *unused);
void draw_query(void *unused);
void draw_configured(void *unused);
void draw_duplicate(void *unused);
void draw_external(void *unused);

/* Draw a text as printf() would print it. */
#if defined __GNUC__
__attribute__((format(printf, 1, 2)))
#endif
void say(const char *format, ...);

/* Draw how often the body of a function has run, as "body runs = 1".  Shape:
 * `name` is that of a memoized function; no other one has it. */
void say_runs(const char *name);

/* A WAV file of a tone.
 * Shape: `seconds` up to 30.
 * Owner: caller, free().  NULL: out of memory. */
unsigned char *make_sound(size_t *size, unsigned seconds);

/* A film in WebM: a second of a square that changes its colour. */
extern const unsigned char film[];
extern const size_t film_size;

#endif
