/* memo/config.h -- settings of the whole process.
 *
 *     memo_config config;
 *     memo_config_get(&config);
 *     config.max_bytes = 256 << 20;
 *     memo_config_set(&config);
 *
 * The environment is read once, before the first setting or memoized call:
 *
 *     MEMO_LOG=off|warning|miss|hit   what is logged; default: warning
 *     MEMO_DISABLE=1                  every call runs its body
 *     MEMO_VERIFY=1                   every hit is computed again and compared
 *     MEMO_MAX_BYTES=64M              bound on all memory; K, M and G multiply
 *                                     by 1024, 1024^2 and 1024^3
 *
 *     MEMO_STORE_TIMEOUT=50ms         how long a call waits for a store; ms or
 * s
 *
 * Stores have variables of their own (memo/store.h).
 * A value that is none of these gets one warning and counts for nothing.
 */
#ifndef MEMO_CONFIG_H
#define MEMO_CONFIG_H

#include "memo/generated.h"
#include "memo/stats.h"
#include "memo/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum memo_log_level {
    MEMO_LOG_OFF,
    MEMO_LOG_WARNING, /* what somebody should change */
    MEMO_LOG_MISS,    /* and every run of a body, with its reason */
    MEMO_LOG_HIT      /* and every hit */
} memo_log_level;

/* One line of the log.
 * Owner: the library; valid until the callback returns. */
typedef struct memo_log_entry {
    memo_log_level level;
    memo_reason reason;   /* of a call; MEMO_REASON_COUNT in other entries */
    const char *function; /* NULL when it is about no function */
    const char *file;
    unsigned line;
    const char *text; /* one sentence for a person; no newline */
} memo_log_entry;

typedef struct memo_config {
    /* Bound on the memory of all entries of the process and the tables that
     * hold them.  Over it, entries leave; what does not fit is not kept.
     * Units: bytes; 0 = no bound. */
    memo_u64 max_bytes;

    /* 1: every call runs its body, nothing is looked up or kept. */
    int disable;

    /* 1: every hit runs the body again and compares.  A difference is logged
     * as a warning that names the function and what differs, counted in
     * memo_stats.lies, and the new result is what the caller gets. */
    int verify;

    /* What is logged, and where to; without a callback, to stderr, each entry
     * as one line.  The callback holds no lock of the library and may call
     * anything; what it calls is not cached.  It must return.
     * Threads: called from any, several at once. */
    memo_log_level log_level;
    void (*log)(void *context, const memo_log_entry *entry);
    void *log_context;

    /* The clock that ttl and times are measured by, for tests; it must not go
     * back.  As the log's callback, it holds no lock of the library.
     * NULL = the system's monotonic clock.
     * Units: nanoseconds.  Threads: called from any, several at once. */
    memo_u64 (*clock)(void *context);
    void *clock_context;

    /* How long a call waits for another thread that computes the same, before
     * it computes on its own.
     * Units: nanoseconds; 0 = the longer of 1 s and 8 times the longest
     * computation of the function so far that nobody gave up waiting for. */
    memo_u64 flight_wait_ns;

    /* How much an input, or a result, with pointers in it may be: pieces of
     * memory that pointers lead to, and their bytes in all.  A call with a
     * larger input runs uncached, a larger result is not kept.
     * Units: pieces, bytes; 0 = 4 million, 1 GiB. */
    memo_u64 max_value_pieces;
    memo_u64 max_value_bytes;

    /* 1: when the process ends by exit() or by returning from main(), what was
     * made for all callers is released, but for what another thread still
     * pins.  0: it ends with the process, as any memory does. */
    int release_at_exit;

    /* How long a call, memo_flush() or the end of the process may wait for a
     * store of persistent results; what takes longer counts as not found, or is
     * not kept there.
     * Units: nanoseconds; 0 = 50 ms. */
    memo_u64 store_timeout_ns;

    /* Where persist="disk" and persist="dir" keep results.
     * NULL = $MEMO_CACHE_DIR, else $XDG_CACHE_HOME/memogen, else
     * ~/.cache/memogen.
     * Owner: the caller, for ever; read when the store is opened. */
    const char *cache_dir;

    /* The time of day, which persistent results get older by, for tests.
     * NULL = the system's.
     * Units: nanoseconds since 1970.  Threads: called from any. */
    memo_u64 (*wall_clock)(void *context);
    void *wall_clock_context;
} memo_config;

/* Threads: any. */
void memo_config_get(memo_config *out);

/* Calls that are on their way may still follow the old settings.
 * Errors:  MEMO_BAD_VALUE: log_level is none, or disable, verify or
 *          release_at_exit is neither 0 nor 1; MEMO_NO_MEMORY.  Then nothing
 * changes. Threads: any. */
memo_status memo_config_set(const memo_config *config);

#ifdef __cplusplus
}
#endif

#endif
