/* st/app.h -- a program that shows its page in a browser.
 *
 *     static void page(void)
 *     {
 *         st_title("Rods");
 *         st_line_chart(...);
 *     }
 *
 *     int main(int argc, char **argv)
 *     {
 *         return st_app_main(argc, argv, page);
 *     }
 *
 * Link memo-app.  Each tab has a session of its own, and all share what is
 * memoized.  A page is run on threads of the library, several at once: what it
 * changes of the program's own has to be protected.
 */
#ifndef ST_APP_H
#define ST_APP_H

#include "st/page.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Serve the page until SIGINT or SIGTERM; options of the command line say where
 * and how, --help shows them.  Words of the program's own stand behind "--".
 * Returns what main() is to return: 0; 1: it could not begin, and has said why
 * on the standard error; 2: an option is wrong.
 * Threads: the first one, once at a time. */
int st_app_main(int argc, char **argv, void (*page)(void));

/* The same of a page that is told something.
 * Owner: `context` is the caller's; runs may see it at once. */
int st_app_run(int argc, char **argv, void (*page)(void *context),
               void *context);

#ifdef __cplusplus
}
#endif

#endif
