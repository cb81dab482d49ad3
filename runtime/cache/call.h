/* call.h -- a memoized call on its way through the library.
 *
 * What memo_begin() and memo_end() share.
 */
#ifndef MEMO_CACHE_CALL_H
#define MEMO_CACHE_CALL_H

#include "base/tsan.h"
#include "cache/drawings.h"
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
    const memo_key *key;        /* NULL when the words are the whole key */
    const void *frame, *call;   /* of the wrapper; see memo_flight_begin() */
    memo_words plain;           /* word0 and word1 but for inputs of the body */
    memo_recording **recording; /* what a hit is to draw, held */
    const memo_drawn *drawn;    /* by the body that has run */
} memo_visit;

/* How reserved[] of a call is used. */
enum {
    MEMO_CALL_FLIGHT, /* the id of its flight; 0: it runs uncached */
    MEMO_CALL_RECORDS /* the recorder knows of the body that runs */
};

/* What a look into the table has led to. */
typedef enum {
    MEMO_NOT_FOUND,
    MEMO_HANDED_OUT,
    MEMO_TO_BE_VERIFIED, /* the body is to be run to compare */
    MEMO_CALL_COPIED,    /* to be handed out behind the section */
    MEMO_CALL_ALIASED,   /* the outputs overlap */
    MEMO_CALL_RAISES,    /* drawing it ends the run: nobody needs the result */
    MEMO_CALL_NO_MEMORY  /* for the caller's copy */
} memo_finding;

/* Is a hit of this function more than a found key?  To be asked when it was
 * found: before, the function may not yet have drawn what belongs to it. */
MEMO_HOT bool memo_call_has_to_check(memo_cache *cache)
{
    return atomic_load_explicit(&cache->has_to_check, memory_order_relaxed);
}

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

/* With a clock of the user's all that can expire goes the long way, and so does
 * what has drawn. */
MEMO_HOT bool memo_call_is_short_hit(memo_cache *cache, const memo_found *found)
{
    if (memo_drawings_are_used(&cache->drawings))
        return false;
    return memo_call_is_hit(cache, found, &memo_settings_now()->clock,
                            UINT64_MAX);
}

/* The time by a clock of the user's, for memo_call_is_hit(); else 0. */
uint64_t memo_call_ask_user(const memo_visit *visit);

/* Look into memory under the key that the visit has now, and hand out what is
 * there, or prepare to verify it. */
memo_finding memo_call_find(const memo_visit *visit,
                            memo_verification **verification);

/* Find what a result has drawn, into *visit->recording.  False: it is not to be
 * used, for that is not known, or cannot be drawn here.  In a section. */
bool memo_call_find_drawing(const memo_visit *visit, memo_cache *cache,
                            uint64_t value);

/* Does a found entry have the key?  In a section, in which it is looked at
 * until it is let go. */
bool memo_call_is_key(const memo_visit *visit, const memo_found *found);
void memo_call_let_go(const memo_visit *visit, const memo_found *found);

/* Is what was found the result of this call, as young as it has to be, and
 * drawn here?  In a section.
 * Units: users_ns, memo_call_ask_user(). */
static inline bool memo_call_may_use(const memo_visit *visit, memo_cache *cache,
                                     const memo_found *found, uint64_t users_ns)
{
    return memo_call_is_key(visit, found) &&
           (!memo_call_has_to_check(cache) ||
            memo_call_is_hit(cache, found, &visit->settings->clock,
                             users_ns)) &&
           memo_call_find_drawing(visit, cache, found->value);
}

/* Let go of it: nothing is handed out. */
void memo_call_forget_drawing(const memo_visit *visit);

/* Would drawing it end the run of the page? */
bool memo_call_raises(const memo_visit *visit);

/* Where the result is, with the answers that inputs of the body get now.
 * Errors: false: out of memory. */
bool memo_call_follow_inputs(memo_keys *out, const memo_visit *visit);

/* The end of memo_begin(): draw what was found, or tell the recorder that the
 * body runs. */
void memo_call_draw_or_record(const memo_visit *visit, struct memo_call *call,
                              bool is_muted);

/* The body has run. */
void memo_call_end_body(memo_drawn *out, struct memo_call *call);

/* Before the body runs: what is cleared from now on is not kept. */
void memo_call_note_clearances(const memo_visit *visit, memo_flight *flight);

/* Keep what the body has drawn for an item that is about to be kept, which may
 * be under another key then.  MEMO_HIT: it may.  In a section. */
memo_reason memo_call_keep_drawing(memo_item *item, memo_cache *cache,
                                   const memo_visit *visit,
                                   memo_flight *flight);

/* Has a body that was run to compare drawn what was kept? */
bool memo_call_drew_the_same(const memo_visit *visit,
                             const memo_flight *flight);

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

/* May an entry have so many bytes?  MEMO_HIT if so. */
memo_reason memo_call_check_size(const memo_visit *visit, size_t total);

/* Put an item into the table, and with it flight->key, which the table then
 * owns.  In a section.  Returns MEMO_HIT when it was. */
memo_reason memo_call_insert(memo_cache *cache, const memo_item *item,
                             memo_flight *flight);

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
