/* backend_thread.h -- the thread of a store: opens it, attaches functions, does
 * what the queue says, and tends it.
 *
 * backend.h says what calls ask for; this is who does it.
 */
#ifndef MEMO_CACHE_BACKEND_THREAD_H
#define MEMO_CACHE_BACKEND_THREAD_H

#include "cache/backend.h"
#include "cache/registry.h"

/* What memo_stored.state says. */
enum {
    MEMO_STORED_UNKNOWN,
    MEMO_STORED_TO_BE_ATTACHED,
    MEMO_STORED_REFUSED, /* it is tried again later */
    MEMO_STORED_ATTACHED
};

static inline uint32_t memo_stored_state(const memo_stored *stored)
{
    return __atomic_load_n(&stored->state, __ATOMIC_ACQUIRE);
}

static inline void memo_stored_set_state(memo_stored *stored, uint32_t state)
{
    __atomic_store_n(&stored->state, state, __ATOMIC_RELEASE);
}

/* The time that waits are measured by. */
static inline uint64_t memo_backend_now(void)
{
    return memo_clock_now(&(memo_clock){.read = NULL});
}

static inline uint64_t memo_backend_timeout(void)
{
    return memo_store_timeout(&memo_settings_now()->config);
}

/* Wait on a condition, with the lock held; false when it is `until_ns` already.
 * It is no cancellation point, for the lock is held on the way out. */
bool memo_backend_wait(memo_backend *backend, pthread_cond_t *condition,
                       uint64_t until_ns);

/* Start it if it does not run, with the lock held. */
void memo_backend_start(memo_backend *backend);

#endif
