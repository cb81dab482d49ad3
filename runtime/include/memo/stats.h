/* memo/stats.h -- what became of the calls of a memoized function.
 *
 *     memo_stats stats;
 *     if (memo_stats(load_data, &stats) == MEMO_OK)
 *         printf("%lu of %lu calls were hits\n",
 *                (unsigned long)stats.hits, (unsigned long)stats.calls);
 */
#ifndef MEMO_STATS_H
#define MEMO_STATS_H

#include "memo/generated.h"
#include "memo/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Why a call ended as it did.  The first is a hit.  Those before MEMO_ALIASED
 * are misses: the body ran, and the text says why nothing was found.  From
 * MEMO_ALIASED on nothing was looked up: the call ran uncached.
 *
 * What has left a table is remembered as a few bits a key, for the last 16 keys
 * of every 16 places.  So "new key" may be said of a key that left long ago,
 * and one new key in about 500 is taken for one that left. */
#define MEMO_REASONS(X)                                                        \
    X(MEMO_HIT, "hit")                                                         \
    X(MEMO_NEW_KEY, "new key")                                                 \
    X(MEMO_EXPIRED, "expired")                                                 \
    X(MEMO_EVICTED, "evicted")                                                 \
    X(MEMO_CLEARED, "cleared")                                                 \
    X(MEMO_NOT_KEPT, "not kept")                                               \
    X(MEMO_TOO_LARGE, "too large")                                             \
    X(MEMO_BUDGET, "budget")                                                   \
    X(MEMO_SOURCE_CHANGED, "source changed")                                   \
    X(MEMO_VALIDATE_FAILED, "validate failed")                                 \
    X(MEMO_ALIASED, "aliased")                                                 \
    X(MEMO_OVERFLOW, "length overflows")                                       \
    X(MEMO_DISABLED, "disabled")                                               \
    X(MEMO_INTERRUPTED, "in a signal handler")                                 \
    X(MEMO_OUT_OF_MEMORY, "out of memory")                                     \
    X(MEMO_OVER_BUDGET, "input over budget")                                   \
    X(MEMO_MALFORMED_INPUT, "malformed input")                                 \
    X(MEMO_REPLACED, "memory of an inout argument replaced")

typedef enum memo_reason {
#define MEMO_REASON_NAME(name, text) name,
    MEMO_REASONS(MEMO_REASON_NAME)
#undef MEMO_REASON_NAME
        MEMO_REASON_COUNT
} memo_reason;

/* Owner: the library; valid for ever.  Threads: any. */
const char *memo_reason_text(memo_reason reason);

/* Counts since the function was first called; memo_clear() keeps them. */
typedef struct memo_stats {
    memo_u64 calls;                      /* hits + misses + uncached */
    memo_u64 hits;                       /* the body did not run */
    memo_u64 misses;                     /* looked up, not found */
    memo_u64 uncached;                   /* not looked up */
    memo_u64 reasons[MEMO_REASON_COUNT]; /* the same calls, by reason */
    memo_u64 not_kept;                   /* results that were thrown away */
    memo_u64 entries;                    /* now */
    memo_u64 bytes;                      /* now: places, keys and values */
    memo_u64 pinned;                     /* now: shared results in use */
    memo_u64 pinned_bytes;               /* their bytes, in the table or not */
    memo_u64 evictions;                  /* left to keep a bound */
    memo_u64 expirations;                /* left because of their age */
    memo_u64 flight_waits;               /* waited for another thread */
    memo_u64 age_ns;                     /* since its first call */
    memo_u64 longest_ns;                 /* longest run of the body */
    memo_u64 total_ns;                   /* all runs of the body */
    memo_u64 verified;                   /* hits that were computed again */
    memo_u64 lies;       /* of these, how many did not compute the same */
    memo_u64 store_hits; /* hits that came from where results persist */
} memo_stats;

/* A memoized function, as reports show it.
 * Owner: the library; valid until the callback that got it returns. */
typedef struct memo_function_info {
    const char *name;
    const char *file;
    unsigned line;
    const char *options; /* of the annotation */
    memo_stats stats;
} memo_function_info;

/* Count the calls of a function: memo_stats(f, &stats).
 *
 * `f` is looked up by its address, and where that is not known (a static
 * function of the same name in another file, an address taken through another
 * shared object) by its name, if only one function has it.
 * Errors:  MEMO_NOT_MEMOIZED, also when it was not called yet;
 *          MEMO_AMBIGUOUS.
 * Threads: any. */
#define memo_stats(f, out) memo_stats_of((out), (memo_address)(f), #f)
memo_status memo_stats_of(memo_stats *out, memo_address address,
                          const char *name);

/* Call `visit` for every memoized function that has been called, oldest first,
 * until it returns something other than 0; returns that, or 0.  A function
 * that is registered meanwhile may be left out.  `visit` may call anything of
 * this library, memoized functions included.
 * Threads: any. */
int memo_each_function(int (*visit)(void *context,
                                    const memo_function_info *info),
                       void *context);

#ifdef __cplusplus
}
#endif

#endif
