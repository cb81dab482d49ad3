/* thread.h -- what the library knows of each thread.
 *
 * One block a thread, made when it first calls a memoized function; the block
 * of a thread that has ended goes to the next one that begins.  A thread finds
 * its own through one thread-local pointer.
 */
#ifndef MEMO_CACHE_THREAD_H
#define MEMO_CACHE_THREAD_H

#include "base/export.h"
#include "cache/pins.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct memo_flight;

/* What one thread counts of one function. */
typedef struct {
    _Atomic uint64_t hits;
    _Atomic uint64_t store_hits; /* of these, not from memory */
} memo_hit_counts;

typedef struct memo_thread {
    /* Odd while the thread looks at memory that others may retire: an epoch
     * section.  Each section has its own number. */
    _Atomic uint64_t section;
    bool is_fenced; /* sections must be announced by an atomic exchange */

    /* The thread is inside of the library; what a signal handler calls
     * meanwhile must not come in again. */
    _Atomic bool is_busy;

    /* Hits by function; only the owner writes.  Others may read the array under
     * the lock of the list, where the owner also replaces it. */
    memo_hit_counts *hits;
    size_t hit_capacity;

    struct memo_flight *flights; /* of this thread, the innermost first */
    struct memo_flight *awaits;  /* under the lock of the flights */
    _Atomic uint64_t given_up;   /* waits for this thread that timed out */

    memo_pins pins;                /* shared results that this thread has got */
    struct memo_object *releasing; /* what it calls a release function for */
    uintptr_t callback_frame; /* object.c: 0, or whose callback it runs in */

    uint64_t awaited_section; /* reclaim.c: what a grace period waits for */
    bool is_free;             /* no thread has it now; under the lock */
    struct memo_thread *next;
} memo_thread;

typedef struct memo_threads {
    pthread_mutex_t lock;
    memo_thread *_Atomic first; /* blocks are added, never taken away */
    pthread_key_t key;
    bool is_fenced;
    void (*on_end)(memo_thread *self); /* before a block becomes free */
} memo_threads;

/* The block of this thread; NULL before memo_thread_make(). */
extern MEMO_THREAD_LOCAL memo_thread *memo_self
    __attribute__((visibility("hidden")));

/* Errors: false when the process has no thread-specific key left. */
bool memo_threads_init(memo_threads *threads, bool is_fenced,
                       void (*on_end)(memo_thread *self));

/* In the child of a fork: the other threads do not exist. */
void memo_threads_forget_others(memo_threads *threads);

/* The block of this thread, made if need be.
 * Errors: NULL: out of memory, or a signal handler came in between. */
memo_thread *memo_thread_make(memo_threads *threads);

/* Make room to count the hits of function number `index`. */
bool memo_thread_make_room(memo_threads *threads, memo_thread *self,
                           size_t index);

typedef struct {
    uint64_t hits, store_hits;
} memo_hit_sums;

/* Sum, or zero, the hits of function number `index` over all threads. */
memo_hit_sums memo_threads_sum_hits(memo_threads *threads, size_t index);
void memo_threads_zero_hits(memo_threads *threads, size_t index);

/* Count a hit; there is room. */
MEMO_HOT void memo_thread_count_hit(memo_thread *self, size_t index)
{
    memo_hit_counts *counts = &self->hits[index];
    uint64_t hits = atomic_load_explicit(&counts->hits, memory_order_relaxed);

    atomic_store_explicit(&counts->hits, hits + 1, memory_order_relaxed);
}

/* The same of one that was found in a store: whoever sees that sees the hit. */
static inline void memo_thread_count_store_hit(memo_thread *self, size_t index)
{
    memo_hit_counts *counts = &self->hits[index];
    uint64_t hits =
        atomic_load_explicit(&counts->store_hits, memory_order_relaxed);

    memo_thread_count_hit(self, index);
    atomic_store_explicit(&counts->store_hits, hits + 1, memory_order_release);
}

/* Enter an epoch section: what is reachable now stays until it is left. Returns
 * its number, or 0 when the thread is in one already, that is, in a signal
 * handler.
 *
 * The store must be seen by whoever retires memory before our loads happen.
 * The retiring side forces that with membarrier(2), so a compiler barrier is
 * enough here; without membarrier an exchange does it, which ThreadSanitizer
 * also understands. */
MEMO_HOT uint64_t memo_section_begin(memo_thread *self)
{
    uint64_t section =
        atomic_load_explicit(&self->section, memory_order_relaxed);

    if (section & 1)
        return 0;
    if (__builtin_expect(self->is_fenced, 0)) {
        atomic_exchange_explicit(&self->section, section + 1,
                                 memory_order_acq_rel);
    } else {
        atomic_store_explicit(&self->section, section + 1,
                              memory_order_relaxed);
        atomic_signal_fence(memory_order_seq_cst);
    }
    return section + 1;
}

/* Leave the section that memo_section_begin() has numbered. */
MEMO_HOT void memo_section_end(memo_thread *self, uint64_t section)
{
    atomic_store_explicit(&self->section, section + 1, memory_order_release);
}

/* The same for those who need not be quick. */
MEMO_HOT bool memo_section_enter(memo_thread *self)
{
    return memo_section_begin(self) != 0;
}

/* Say that the thread is inside of the library, or not any more. */
static inline void memo_thread_set_inside(memo_thread *self, bool is_inside)
{
    atomic_signal_fence(memory_order_seq_cst);
    atomic_store_explicit(&self->is_busy, is_inside, memory_order_relaxed);
    atomic_signal_fence(memory_order_seq_cst);
}

/* Has a signal handler interrupted the library in this thread? */
static inline bool memo_thread_is_inside(memo_thread *self)
{
    return atomic_load_explicit(&self->is_busy, memory_order_relaxed) ||
           (atomic_load_explicit(&self->section, memory_order_relaxed) & 1);
}

MEMO_HOT void memo_section_leave(memo_thread *self)
{
    memo_section_end(
        self, atomic_load_explicit(&self->section, memory_order_relaxed));
}

#endif
