/* show_page.h -- run a page without a browser, and print it.
 *
 * The page goes to standard output, who was computed to standard error: what
 * the samples write to standard output is the same with and without memogen.
 */
#ifndef SHOW_PAGE_H
#define SHOW_PAGE_H

#include <memo.h>
#include <st/test.h>

#include <stdio.h>
#include <stdlib.h>

static void show_page(st_test *page, const char *title)
{
    st_status status = st_test_run(page);
    char *text = st_test_dump(page);

    printf("-- %s%s%s\n%s", title, status == ST_OK ? "" : ": ",
           status == ST_OK ? "" : st_status_text(status), text ? text : "");
    free(text);
}

/* How often the body of a function has run. */
#define SHOW_RUNS(function)                                                    \
    do {                                                                       \
        memo_stats stats = {0};                                                \
                                                                               \
        if (memo_stats(function, &stats) == MEMO_OK)                           \
            fprintf(stderr, "  %s: %lu calls, body ran %lu times\n",           \
                    #function, (unsigned long)stats.calls,                     \
                    (unsigned long)(stats.calls - stats.hits));                \
    } while (0)

#endif
