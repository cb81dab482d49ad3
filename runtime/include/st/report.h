/* st/report.h -- what the memoized functions of the program have saved.
 *
 *     st_cache_report();
 */
#ifndef ST_REPORT_H
#define ST_REPORT_H

#include "st/page.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A table with a row for each memoized function that was called: calls, hits
 * and their share, misses by reason, entries and their bytes, its age, how long
 * its body takes and how much time the hits have saved; and a bar chart of hits
 * and misses.  In a memoized function it is not kept: it is another one each
 * time.
 */
struct st_cache_report {
    bool reserved; /* so that there is something when all is left out */
    st_handle in;
};

#define st_cache_report(...)                                                   \
    st_draw_cache_report(&(struct st_cache_report){.reserved = 0, __VA_ARGS__})
void st_draw_cache_report(const struct st_cache_report *arguments);

#ifdef __cplusplus
}
#endif

#endif
