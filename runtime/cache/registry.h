/* registry.h -- all that the process keeps: functions, threads, settings.
 *
 * The one place with global state; everything else hangs off it.
 *
 * Locks, in the order in which they are taken: registry, flights, drawings,
 * stripes, limbo, objects, threads.  None is held while code of the user runs.
 */
#ifndef MEMO_CACHE_REGISTRY_H
#define MEMO_CACHE_REGISTRY_H

#include "base/config.h"
#include "cache/drawings.h"
#include "cache/flight.h"
#include "cache/object.h"
#include "cache/stored_map.h"
#include "cache/table.h"
#include "cache/thread.h"
#include "memo/generated.h"

/* What the library knows of one memoized function. */
typedef struct memo_cache {
    memo_retired retired;
    struct memo_function *function;
    size_t index; /* of its hits in every thread's counters */
    /* A hit is more than a found key: read after it was found. */
    _Atomic bool has_to_check;
    bool is_address; /* the result is an address that others may follow */
    memo_pool *pool; /* of shared results; NULL: they are copied */
    uint64_t serial; /* in order of registration, from 1 */
    uint64_t born_ns;
    struct memo_cache *next;

    memo_table table;
    memo_drawings drawings;

    /* Hits that no thread could count are in reasons[MEMO_HIT], and those of
     * them that a store had. */
    _Atomic uint64_t reasons[MEMO_REASON_COUNT];
    _Atomic uint64_t store_hits;
    _Atomic uint64_t not_kept, flight_waits, longest_ns, total_ns;
    _Atomic uint64_t longest_awaited_ns; /* that nobody gave up waiting for */
    _Atomic uint64_t verified, lies;
    _Atomic bool has_told_of_null, has_told_of_ttl;

    struct memo_stored *_Atomic stored; /* where results persist; or NULL */
    memo_stored_map links; /* of entries that other processes may change */
} memo_cache;

typedef struct memo_registry {
    pthread_mutex_t lock; /* of what stands above `settings` */
    memo_cache *first;
    uint64_t last_serial;
    size_t *free_indices; /* of functions that were unloaded */
    size_t free_count, free_capacity, index_count;
    memo_settings *all_settings;
    memo_cache *sweeping;     /* the function that is swept next */
    _Atomic size_t ttl_count; /* functions whose entries expire */
    memo_pool *last_pools;    /* of functions that end with the process */

    memo_settings *_Atomic settings;
    memo_threads threads;
    memo_space space;
    memo_flights flights;
    memo_objects objects;
    pthread_mutex_t drawings_lock;
    const struct memo_recorder *_Atomic recorder; /* NULL: nobody draws */
    _Atomic bool is_ready;
    _Atomic bool is_exiting; /* exit() was called: nothing is unloaded */
} memo_registry;

extern memo_registry memo_process __attribute__((visibility("hidden")));

/* Make the registry, once.  False: it cannot be, nothing is ever cached; or it
 * is being made by this very thread, which a signal handler has interrupted. */
bool memo_registry_start(void);

static inline bool memo_registry_is_ready(void)
{
    return atomic_load_explicit(&memo_process.is_ready, memory_order_acquire) ||
           memo_registry_start();
}

/* Lock the registry for a public operation; what a signal handler calls
 * meanwhile runs uncached.  Returns what memo_registry_unlock() needs. */
bool memo_registry_lock(void);
void memo_registry_unlock(bool was_inside);

static inline const memo_settings *memo_settings_now(void)
{
    return atomic_load_explicit(&memo_process.settings, memory_order_acquire);
}

/* What a function's `state` is after memo_unload(). */
extern char memo_unloaded __attribute__((visibility("hidden")));

/* The cache of a function; NULL when it is not registered, or was unloaded.
 * Threads: in an epoch section it stays while the section lasts. */
static inline memo_cache *memo_cache_of(const struct memo_function *function)
{
    void *state = __atomic_load_n(&function->state, __ATOMIC_ACQUIRE);

    return state == (void *)&memo_unloaded ? NULL : state;
}

/* Register a function at its first call.
 * Errors: false: out of memory, or it was unloaded. */
bool memo_registry_add(struct memo_function *function);

/* A body of the function has drawn: from now on no result is handed out without
 * what belongs to it. */
void memo_registry_note_drawing(memo_cache *cache);

/* Who draws; NULL: nobody. */
static inline const struct memo_recorder *memo_registry_recorder(void)
{
    return atomic_load_explicit(&memo_process.recorder, memory_order_acquire);
}

/* Follow new settings. */
memo_status memo_registry_configure(const memo_config *config);

/* The cache of a function by its wrapper's address, else by a name that only
 * one has.  With the lock held. */
memo_status memo_registry_find(memo_cache **out, memo_address address,
                               const char *name);

/* The first cache after a serial number; NULL after the last.  With the lock
 * held. */
memo_cache *memo_registry_next(uint64_t serial);

/* Forget what memory has of a function, with the lock held or in a section; or
 * of all. */
void memo_cache_clear(memo_cache *cache);
void memo_registry_clear(void);

/* Keep the process's bound with `bytes` more, if it can be: entries of the
 * functions that hold most leave. */
void memo_registry_make_room(size_t bytes, uint64_t now_ns);

/* Free a few expired entries of some function: called on every miss, so that
 * what nobody asks for does not stay for ever. */
void memo_registry_sweep(uint64_t now_ns);

#endif
