#include "cache/flight.h"

#include "cache/in_place.h"
#include "cache/stored.h"
#include "cache/verify.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>

#define FIRST_BUCKETS 64

bool memo_flights_init(memo_flights *flights)
{
    *flights = (memo_flights){.mask = FIRST_BUCKETS - 1};
    flights->buckets = calloc(FIRST_BUCKETS, sizeof(memo_flight *));
    return flights->buckets && pthread_mutex_init(&flights->lock, NULL) == 0 &&
           pthread_condattr_init(&flights->monotonic) == 0 &&
           pthread_condattr_setclock(&flights->monotonic, CLOCK_MONOTONIC) == 0;
}

/* ---- the flights of a thread -------------------------------------------- */

memo_flight *memo_flight_begin(memo_flights *flights, memo_thread *self,
                               const void *frame, const void *call)
{
    memo_flight *flight = calloc(1, sizeof *flight);

    if (!flight)
        return NULL;
    flight->id = atomic_fetch_add(&flights->last_id, 1) + 1;
    flight->frame = frame;
    flight->call = call;
    flight->owner = self;
    flight->given_up = atomic_load(&self->given_up);
    flight->outer = self->flights;
    self->flights = flight;
    return flight;
}

memo_flight *memo_flight_find(memo_thread *self, uint64_t id)
{
    memo_flight *flight = self->flights;

    while (flight && flight->id != id)
        flight = flight->outer;
    return flight;
}

bool memo_flight_was_given_up(const memo_flight *flight)
{
    return atomic_load(&flight->owner->given_up) != flight->given_up;
}

/* ---- leaders by key: under the lock ------------------------------------- */

static memo_flight **bucket_of(memo_flights *flights, const memo_flight *flight)
{
    uint64_t hash = memo_hash_words(
        flight->word0 ^ (uint64_t)(uintptr_t)flight->table, flight->word1);

    return &flights->buckets[hash & flights->mask];
}

static memo_flight *find_leader(memo_flights *flights,
                                const memo_flight *flight)
{
    memo_flight *leader = *bucket_of(flights, flight);

    while (leader &&
           (leader->word0 != flight->word0 || leader->word1 != flight->word1 ||
            leader->table != flight->table))
        leader = leader->chain;
    return leader;
}

/* A deep recursion has a flight on every level.  Without memory for more
 * buckets they only get slower. */
static void grow_buckets(memo_flights *flights)
{
    size_t count = flights->mask + 1;
    memo_flight **old = flights->buckets;
    memo_flight **new = calloc(count * 2, sizeof(memo_flight *));

    if (!new)
        return;
    flights->buckets = new;
    flights->mask = count * 2 - 1;
    for (size_t i = 0; i < count; i++) {
        memo_flight *flight = old[i];

        while (flight) {
            memo_flight *next = flight->chain;
            memo_flight **bucket = bucket_of(flights, flight);

            flight->chain = *bucket;
            *bucket = flight;
            flight = next;
        }
    }
    free(old);
}

static void take_lead(memo_flights *flights, memo_flight *flight)
{
    memo_flight **bucket;

    if (flights->count > flights->mask * 2)
        grow_buckets(flights);
    bucket = bucket_of(flights, flight);
    flight->chain = *bucket;
    *bucket = flight;
    flight->leads = true;
    flights->count++;
}

/* Take a leader away from its key and let those who wait for it go on. */
static void land(memo_flights *flights, memo_flight *leader)
{
    memo_flight **at = bucket_of(flights, leader);

    while (*at != leader)
        at = &(*at)->chain;
    *at = leader->chain;
    flights->count--;
    leader->leads = false;
    leader->has_landed = true;
    if (leader->waiters > 0)
        pthread_cond_broadcast(&leader->landed);
}

/* ---- waiting ------------------------------------------------------------ */

/* Does the owner of a flight wait, over any number of others, for `self`?  Who
 * waits for one that has landed is about to wake up, and that one may have no
 * owner any more. */
static bool waits_for(const memo_flight *flight, const memo_thread *self)
{
    while (flight && !flight->has_landed && flight->owner != self)
        flight = flight->owner->awaits;
    return flight && !flight->has_landed;
}

static struct timespec time_after(uint64_t wait_ns)
{
    struct timespec time;
    uint64_t ns;

    clock_gettime(CLOCK_MONOTONIC, &time);
    if (wait_ns > (uint64_t)1 << 60)
        wait_ns = (uint64_t)1 << 60;
    ns = (uint64_t)time.tv_nsec + wait_ns;
    time.tv_sec += (time_t)(ns / 1000000000u);
    time.tv_nsec = (long)(ns % 1000000000u);
    return time;
}

/* Free what nobody needs any more. */
static void destroy(memo_flight *flight)
{
    memo_verification_destroy(flight->verification);
    memo_before_destroy(flight->before);
    memo_recording_drop(flight->drawing);
    memo_stored_call_end(flight->stored);
    free(flight->key);
    free(flight);
}

/* Waiting is no cancellation point, for the lock is held on the way out. */
static bool wait_for(memo_flights *flights, memo_flight *leader,
                     memo_thread *self, uint64_t wait_ns)
{
    struct timespec until = time_after(wait_ns);
    int state, outcome = 0;
    bool has_landed;

    if (leader->waiters++ == 0)
        pthread_cond_init(&leader->landed, &flights->monotonic);
    self->awaits = leader;
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &state);
    while (!leader->has_landed && outcome != ETIMEDOUT)
        outcome =
            pthread_cond_timedwait(&leader->landed, &flights->lock, &until);
    pthread_setcancelstate(state, &state);
    self->awaits = NULL;
    has_landed = leader->has_landed;
    if (!has_landed)
        atomic_fetch_add(&leader->owner->given_up, 1);
    if (--leader->waiters == 0) {
        pthread_cond_destroy(&leader->landed);
        if (!leader->owner)
            destroy(leader);
    }
    return has_landed;
}

memo_departure memo_flight_depart(memo_flights *flights, memo_flight *flight,
                                  uint64_t wait_ns)
{
    memo_departure departure = MEMO_FLIGHT_ALONE;
    memo_flight *leader;

    pthread_mutex_lock(&flights->lock);
    leader = find_leader(flights, flight);
    if (!leader) {
        take_lead(flights, flight);
        departure = MEMO_FLIGHT_LEADS;
    } else if (!waits_for(leader, flight->owner) &&
               wait_for(flights, leader, flight->owner, wait_ns)) {
        departure = MEMO_FLIGHT_LANDED;
    }
    pthread_mutex_unlock(&flights->lock);
    return departure;
}

/* ---- ending ------------------------------------------------------------- */

static void unlink_flight(memo_flight *flight)
{
    memo_flight **at = &flight->owner->flights;

    while (*at != flight)
        at = &(*at)->outer;
    *at = flight->outer;
}

void memo_flight_end(memo_flights *flights, memo_flight *flight)
{
    memo_flight *leader = flight;
    bool is_awaited;

    pthread_mutex_lock(&flights->lock);
    unlink_flight(flight);
    /* A result is there, whoever leads: nobody needs to wait for it. */
    if (!flight->leads && !flight->has_landed)
        leader = find_leader(flights, flight);
    if (leader && leader->leads)
        land(flights, leader);
    is_awaited = flight->waiters > 0;
    flight->owner = NULL;
    pthread_mutex_unlock(&flights->lock);
    if (!is_awaited)
        destroy(flight);
}

/* The outermost flight that a call which begins now shows to be left. */
static const memo_flight *find_left(const memo_thread *self, const void *frame,
                                    const void *call)
{
    const memo_flight *left = NULL;

    /* Stacks grow down; calls begun before are at higher addresses, or at the
     * same one if this call is inlined into their bodies. */
    for (const memo_flight *flight = self->flights;
         flight && (uintptr_t)flight->frame <= (uintptr_t)frame;
         flight = flight->outer) {
        if (flight->frame != frame || flight->call == call)
            left = flight;
    }
    return left;
}

void memo_flights_drop_left(memo_flights *flights, memo_thread *self,
                            const void *frame, const void *call)
{
    const memo_flight *left = find_left(self, frame, call);
    const memo_flight *kept = left ? left->outer : self->flights;

    while (self->flights != kept)
        memo_flight_end(flights, self->flights);
}

void memo_flights_drop_all(memo_flights *flights, memo_thread *self)
{
    while (self->flights)
        memo_flight_end(flights, self->flights);
}

void memo_flights_forget_others(memo_flights *flights)
{
    memo_flight *flight;

    for (size_t i = 0; i <= flights->mask; i++) {
        memo_flight **at = &flights->buckets[i];

        while (*at) {
            flight = *at;
            if (flight->owner == memo_self) {
                at = &flight->chain;
            } else {
                *at = flight->chain;
                flights->count--;
            }
        }
    }
    for (flight = memo_self ? memo_self->flights : NULL; flight;
         flight = flight->outer)
        flight->waiters = 0;
}
