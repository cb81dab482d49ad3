/* flight.h -- one computation per key at a time.
 *
 * A flight is a call whose body runs.  The first one of a key leads; calls of
 * other threads wait for it and then look again.  It is a hint and not a lock:
 * whoever cannot be sure that waiting ends computes on its own.  It does not
 * know what is computed, nor where results are kept.
 */
#ifndef MEMO_CACHE_FLIGHT_H
#define MEMO_CACHE_FLIGHT_H

#include "cache/drawings.h"
#include "cache/table.h"
#include "cache/thread.h"

struct memo_before;
struct memo_verification;

typedef struct memo_flight {
    /* What is computed: the table and the words of the key in it. */
    const void *table;
    uint64_t word0, word1;

    uint64_t id;               /* of all flights of the process; never 0 */
    const void *frame;         /* the call's place on its thread's stack */
    const void *call;          /* which of the calls at that place */
    memo_thread *owner;        /* the thread whose flights this is among */
    struct memo_flight *outer; /* the owner's one before */

    memo_entry *key; /* the key bytes, on the way to an entry; or NULL */
    uint32_t clearance;
    memo_reason reason;
    uint64_t begin_ns;
    uint64_t given_up;                      /* the owner's count at the begin */
    struct memo_verification *verification; /* or NULL */
    struct memo_before *before; /* of what is changed in place; or NULL */
    memo_recording *drawing; /* with `verification`: what was kept; or NULL */
    struct memo_stored_call *stored; /* where it belongs in a store; or NULL */
    memo_words plain;                /* the key without inputs of the body */
    uint64_t drawing_clearances;     /* at the begin; see drawings.h */

    /* Under the lock of the flights. */
    bool leads, has_landed;
    unsigned waiters;
    struct memo_flight *chain; /* in its bucket */
    pthread_cond_t landed;
} memo_flight;

typedef struct memo_flights {
    pthread_mutex_t lock;
    memo_flight **buckets; /* the leading ones; a power of two of them */
    size_t mask, count;
    _Atomic uint64_t last_id;
    pthread_condattr_t monotonic;
} memo_flights;

typedef enum {
    MEMO_FLIGHT_LEADS, /* compute; others will wait */
    MEMO_FLIGHT_ALONE, /* compute; others wait for another one */
    MEMO_FLIGHT_LANDED /* another one has computed it: look again */
} memo_departure;

bool memo_flights_init(memo_flights *flights);

/* A flight of this thread for the call at `frame`, on top of its flights.
 * Calls that were inlined into each other have one frame; `call` is the address
 * of something that each has for itself.
 * Owner:  the thread; memo_flight_end().
 * Errors: NULL: out of memory. */
memo_flight *memo_flight_begin(memo_flights *flights, memo_thread *self,
                               const void *frame, const void *call);

/* Take the lead of the key, or wait for who has it, for wait_ns at most.
 * Does not wait for a flight of this thread, nor for one that waits, over any
 * number of others, for this thread.
 * Threads: not in an epoch section. */
memo_departure memo_flight_depart(memo_flights *flights, memo_flight *flight,
                                  uint64_t wait_ns);

/* The flight of this thread with that id; NULL when it has been dropped. */
memo_flight *memo_flight_find(memo_thread *self, uint64_t id);

/* Has a thread given up waiting for the owner since the flight began?  Maybe
 * they waited for each other: its time then says nothing of the computation. */
bool memo_flight_was_given_up(const memo_flight *flight);

/* The flight is over, kept or not: who waited for it, or for a leader of the
 * same key, goes on. */
void memo_flight_end(memo_flights *flights, memo_flight *flight);

/* End the flights of this thread whose calls are not on its stack any more: a
 * longjmp has left them.  `frame`, `call`: of a call that begins now. */
void memo_flights_drop_left(memo_flights *flights, memo_thread *self,
                            const void *frame, const void *call);

/* End all flights of a thread that ends. */
void memo_flights_drop_all(memo_flights *flights, memo_thread *self);

/* In the child of a fork, where only this thread is left.  The flights of the
 * others are not freed: their threads may have been about to hand them on. */
void memo_flights_forget_others(memo_flights *flights);

#endif
