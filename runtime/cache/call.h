/* call.h -- a memoized call on its way through the library.
 *
 * What memo_begin() and memo_end() share.
 */
#ifndef MEMO_CACHE_CALL_H
#define MEMO_CACHE_CALL_H

#include "cache/key.h"
#include "cache/registry.h"

#include <errno.h>

/* One passage of a thread through the library. */
typedef struct {
    struct memo_function *function;
    const struct memo_argument *arguments;
    void *result;
    const memo_settings *settings;
    memo_thread *self;
    int saved_errno;
    uint64_t word0, word1;
    const memo_key *key;      /* NULL when the words are the whole key */
    const void *frame, *call; /* of the wrapper; see memo_flight_begin() */
} memo_visit;

/* How reserved[] of a call is used. */
enum {
    MEMO_CALL_FLIGHT /* the id of its flight; 0: it runs uncached */
};

/* The end of a passage: signal handlers may come in, errno is as it was. */
static inline void memo_call_go_out(const memo_visit *visit)
{
    memo_thread_set_inside(visit->self, false);
    errno = visit->saved_errno;
}

/* Keep what the body has computed, or say why not.
 * Returns MEMO_HIT when it was kept. */
memo_reason memo_call_keep(const memo_visit *visit, struct memo_call *call,
                           memo_flight *flight, uint64_t now_ns);

/* Count a call, or add to one of the other counters, of a function that may be
 * unloaded any time. */
void memo_call_count(const memo_visit *visit, memo_reason reason);
void memo_call_add(const memo_visit *visit, size_t counter_offset,
                   uint64_t value);
#define MEMO_CALL_ADD(visit, counter, value)                                   \
    memo_call_add((visit), offsetof(memo_cache, counter), (value))

/* Log what became of a call. */
void memo_call_log(const memo_visit *visit, memo_log_level level,
                   memo_reason reason, const char *text);

#endif
