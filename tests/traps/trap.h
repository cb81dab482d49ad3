/* trap.h -- counts that prove that a trap's functions were memoized.
 *
 * A trap is compiled as it is and as memogen rewrites it, and must print the
 * same both times.  TRAP_HITS() is silent where nothing was rewritten.
 */
#ifndef TRAP_H
#define TRAP_H

#include <memo.h>

#include <stdio.h>
#include <stdlib.h>

static __inline__ __attribute__((__unused__)) void
trap_check(const char *name, memo_status status, const memo_stats *stats,
           unsigned long hits, unsigned long uncached)
{
    if (!getenv("TRAP_PROCESSED"))
        return;
    if (status == MEMO_OK && stats->hits == hits && stats->uncached == uncached)
        return;
    fprintf(stderr,
            "%s: status %d, %lu hits (not %lu), %lu uncached (not %lu)\n", name,
            (int)status, (unsigned long)stats->hits, hits,
            (unsigned long)stats->uncached, uncached);
    exit(3);
}

/* f was found in the cache so many times, and never ran uncached. */
#define TRAP_HITS(f, hits) TRAP_COUNTS(f, hits, 0)

#define TRAP_COUNTS(f, hits, uncached)                                         \
    do {                                                                       \
        memo_stats trap_stats = {0};                                           \
        memo_status trap_status = memo_stats(f, &trap_stats);                  \
        trap_check(#f, trap_status, &trap_stats, (hits), (uncached));          \
    } while (0)

#endif
