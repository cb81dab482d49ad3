/* call.h -- a memoized call on its way through the library.
 *
 * What memo_begin() and memo_end() share.
 */
#ifndef MEMO_CACHE_CALL_H
#define MEMO_CACHE_CALL_H

#include "base/tsan.h"
#include "cache/key.h"
#include "cache/registry.h"
#include "cache/verify.h"

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

/* What a look into the table has led to. */
typedef enum {
    MEMO_NOT_FOUND,
    MEMO_HANDED_OUT,
    MEMO_TO_BE_VERIFIED, /* the body is to be run to compare */
    MEMO_CALL_COPIED,    /* to be handed out behind the section */
    MEMO_CALL_ALIASED,   /* the outputs overlap */
    MEMO_CALL_NO_MEMORY  /* for the caller's copy */
} memo_finding;

/* Is it too old?  A clock of the user's is not asked in a section: `users_ns`
 * is what it said before. */
static inline bool memo_call_has_expired(const memo_table *table,
                                         uint64_t stamp,
                                         const memo_clock *clock,
                                         uint64_t users_ns)
{
    uint64_t expiry = memo_table_expiry(table, stamp);

    return clock->read ? users_ns >= expiry
                       : memo_clock_has_reached(clock, expiry);
}

/* Is a found entry of a function with ttl, or with an address for a result, a
 * hit? */
MEMO_HOT bool memo_call_is_hit(memo_cache *cache, const memo_found *found,
                               const memo_clock *clock, uint64_t users_ns)
{
    if (cache->table.options.ttl_ns != 0 &&
        memo_call_has_expired(&cache->table, found->stamp, clock, users_ns))
        return false;
    if (cache->is_address)
        memo_tsan_acquire(cache);
    return true;
}

/* With a clock of the user's all that can expire goes the long way. */
MEMO_HOT bool memo_call_is_short_hit(memo_cache *cache, const memo_found *found)
{
    return memo_call_is_hit(cache, found, &memo_settings_now()->clock,
                            UINT64_MAX);
}

/* The time by a clock of the user's, for memo_call_is_hit(); else 0. */
uint64_t memo_call_ask_user(const memo_visit *visit);

/* Does a found entry have the key?  In a section, in which it is looked at
 * until it is let go. */
bool memo_call_is_key(const memo_visit *visit, const memo_found *found);
void memo_call_let_go(const memo_visit *visit, const memo_found *found);

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

/* Hand out the encoded value of a function that is kept as `function` says. */
memo_finding memo_call_decode(const memo_visit *visit,
                              const struct memo_function *function,
                              const unsigned char *bytes, size_t size);

/* Count a hit.  In a section. */
void memo_call_count_hit(const memo_visit *visit, memo_cache *cache);

/* Log what became of a call. */
void memo_call_log(const memo_visit *visit, memo_log_level level,
                   memo_reason reason, const char *text);

#endif
