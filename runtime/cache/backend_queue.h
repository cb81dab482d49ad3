/* backend_queue.h -- what a store is still to be told, in order.
 *
 * All of it with the lock of the backend held.  It knows no thread.
 */
#ifndef MEMO_CACHE_BACKEND_QUEUE_H
#define MEMO_CACHE_BACKEND_QUEUE_H

#include "cache/backend.h"

void memo_queue_free(memo_job *job);

/* A job that clears a function, or all of them (`stored` NULL).  NULL: out of
 * memory.  Needs no lock. */
memo_job *memo_queue_clearing(memo_stored *stored);

/* Nothing of a function, or of all of them, is loaded for as long as somebody
 * holds it. */
void memo_queue_hold(memo_backend *backend, memo_stored *stored);

/* How many do. */
size_t memo_queue_clearings(const memo_backend *backend);

/* Is a function, or all of them (`stored` NULL), going to be cleared anyway, by
 * a job that nobody has taken?  What is saved before that does not stay. */
bool memo_queue_will_clear(const memo_backend *backend,
                           const memo_stored *stored);

void memo_queue_append(memo_backend *backend, memo_job *job);

/* In the child of a fork: the parent was still to clear this. */
void memo_queue_clear_again(memo_backend *backend, memo_stored *stored);

/* Take the first one off; there is one. */
memo_job *memo_queue_take(memo_backend *backend);

/* The first `done` of these jobs, which were taken, are done.  The others are
 * put back or dropped.  True: go on at once. */
bool memo_queue_settle(memo_backend *backend, memo_job **jobs, size_t count,
                       size_t done);

/* The store is not there: forget what is no loss. */
void memo_queue_drop(memo_backend *backend);

#endif
