#include "cache/backend_queue.h"

#include <stdatomic.h>
#include <stdlib.h>

void memo_queue_free(memo_job *job)
{
    free(job->bytes);
    free(job);
}

/* ---- clearings ----------------------------------------------------------- */

memo_job *memo_queue_clearing(memo_stored *stored)
{
    memo_job *job = calloc(1, sizeof *job);

    if (!job)
        return NULL;
    job->write.operation = stored ? MEMO_STORE_CLEAR : MEMO_STORE_CLEAR_ALL;
    job->write.stored = stored;
    job->is_clearing = true;
    return job;
}

void memo_queue_hold(memo_backend *backend, memo_stored *stored)
{
    if (stored)
        __atomic_fetch_add(&stored->clearings, 1, __ATOMIC_SEQ_CST);
    else
        atomic_fetch_add(&backend->clearings, 1);
}

static void let_go(memo_backend *backend, memo_stored *stored)
{
    if (stored)
        __atomic_fetch_sub(&stored->clearings, 1, __ATOMIC_SEQ_CST);
    else
        atomic_fetch_sub(&backend->clearings, 1);
}

size_t memo_queue_clearings(const memo_backend *backend)
{
    uint64_t count = atomic_load(&backend->clearings);

    for (const memo_stored *at = backend->stored; at; at = at->next)
        count += __atomic_load_n(&at->clearings, __ATOMIC_SEQ_CST);
    return (size_t)count;
}

bool memo_queue_will_clear(const memo_backend *backend,
                           const memo_stored *stored)
{
    for (const memo_job *at = backend->first; at; at = at->next) {
        if (at->write.operation == MEMO_STORE_CLEAR_ALL ||
            (stored && at->write.operation == MEMO_STORE_CLEAR &&
             at->write.stored == stored))
            return true;
    }
    return false;
}

/* ---- in and out ---------------------------------------------------------- */

void memo_queue_append(memo_backend *backend, memo_job *job)
{
    if (job->is_clearing)
        memo_queue_hold(backend, job->write.stored);
    job->next = NULL;
    *backend->last = job;
    backend->last = &job->next;
    backend->job_count++;
    backend->job_bytes += job->write.size;
    backend->added++;
}

void memo_queue_clear_again(memo_backend *backend, memo_stored *stored)
{
    memo_job *job = memo_queue_clearing(stored);

    if (job)
        memo_queue_append(backend, job);
    else
        memo_queue_hold(backend, stored);
}

memo_job *memo_queue_take(memo_backend *backend)
{
    memo_job *job = backend->first;

    backend->first = job->next;
    if (!backend->first)
        backend->last = &backend->first;
    backend->job_count--;
    backend->job_bytes -= job->write.size;
    return job;
}

static void put_back(memo_backend *backend, memo_job *job)
{
    job->next = backend->first;
    if (!backend->first)
        backend->last = &job->next;
    backend->first = job;
    backend->job_count++;
    backend->job_bytes += job->write.size;
}

static void finish(memo_backend *backend, memo_job *job, bool is_done)
{
    if (job->is_clearing)
        let_go(backend, job->write.stored);
    if (!is_done && job->write.operation == MEMO_STORE_SAVE)
        atomic_fetch_add(&backend->dropped, 1);
    backend->finished++;
    memo_queue_free(job);
}

/* Has it to be done some time, or is it no loss? */
static bool has_to_be_done(const memo_job *job)
{
    return job->write.operation == MEMO_STORE_CLEAR ||
           job->write.operation == MEMO_STORE_CLEAR_ALL ||
           job->write.operation == MEMO_STORE_REMOVE;
}

void memo_queue_drop(memo_backend *backend)
{
    memo_job **at = &backend->first, *job;

    while ((job = *at) != NULL) {
        if (has_to_be_done(job)) {
            at = &job->next;
            continue;
        }
        *at = job->next;
        backend->job_count--;
        backend->job_bytes -= job->write.size;
        finish(backend, job, false);
    }
    backend->last = at;
    pthread_cond_broadcast(&backend->done);
}

bool memo_queue_settle(memo_backend *backend, memo_job **jobs, size_t count,
                       size_t done)
{
    bool is_stuck = false;

    for (size_t i = 0; i < done; i++)
        finish(backend, jobs[i], true);
    if (done < count && !has_to_be_done(jobs[done]))
        finish(backend, jobs[done++], false);
    else
        is_stuck = done < count;
    for (size_t i = count; i-- > done;)
        put_back(backend, jobs[i]);
    pthread_cond_broadcast(&backend->done);
    return !is_stuck;
}
