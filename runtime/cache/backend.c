#include "cache/backend.h"

#include "base/hash.h"
#include "base/log.h"
#include "cache/backend_queue.h"
#include "cache/backend_thread.h"
#include "cache/doorkeeper.h"
#include "cache/registry.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static struct {
    pthread_mutex_t lock; /* of the list; taken before those of backends */
    memo_backend *_Atomic first;
} all = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* ---- telling ------------------------------------------------------------- */

static bool is_told(memo_backend *backend, const char *text)
{
    size_t most = sizeof backend->told / sizeof backend->told[0];
    uint64_t hash = memo_hash_stable(text, strlen(text)).low;
    bool is_known = false;

    pthread_mutex_lock(&backend->lock);
    for (size_t i = 0; i < most && i < backend->told_count; i++)
        is_known = is_known || backend->told[i] == hash;
    if (!is_known)
        backend->told[backend->told_count++ % most] = hash;
    pthread_mutex_unlock(&backend->lock);
    return is_known;
}

void memo_backend_warn(memo_backend *backend, const char *text)
{
    if (!is_told(backend, text))
        memo_log_warn(&memo_settings_now()->config, "%s", text);
}

static void warn(memo_store_host *host, const char *text)
{
    memo_backend_warn((memo_backend *)host, text);
}

/* ---- making -------------------------------------------------------------- */

static bool make_conditions(memo_backend *backend)
{
    pthread_condattr_t monotonic;
    bool done;

    if (pthread_condattr_init(&monotonic) != 0)
        return false;
    done = pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC) == 0 &&
           pthread_cond_init(&backend->to_do, &monotonic) == 0 &&
           pthread_cond_init(&backend->done, &monotonic) == 0;
    pthread_condattr_destroy(&monotonic);
    return done;
}

static memo_backend *make(const struct memo_store *store)
{
    const memo_config *config = &memo_settings_now()->config;
    memo_backend *backend = calloc(1, sizeof *backend);

    if (!backend)
        return NULL;
    if (pthread_mutex_init(&backend->lock, NULL) != 0 ||
        !make_conditions(backend)) {
        free(backend);
        return NULL;
    }
    backend->host.timeout_ns = memo_backend_timeout();
    backend->host.folder = config->cache_dir;
    backend->host.warn = warn;
    backend->host.forget = memo_stored_forget;
    backend->store = store;
    if (store->is_quick) /* NULL: memory keeps all at once */
        backend->doorkeeper = calloc(1, sizeof *backend->doorkeeper);
    backend->last = &backend->first;
    return backend;
}

/* They are added at the front and never leave. */
static memo_backend *find(const struct memo_store *store)
{
    memo_backend *at = atomic_load(&all.first);

    while (at && at->store != store)
        at = at->next;
    return at;
}

memo_backend *memo_backend_of(const struct memo_store *store)
{
    memo_backend *backend = find(store);

    if (backend)
        return backend;
    pthread_mutex_lock(&all.lock);
    backend = find(store);
    if (!backend) {
        backend = make(store);
        if (backend) {
            backend->next = atomic_load(&all.first);
            atomic_store(&all.first, backend);
        }
    }
    pthread_mutex_unlock(&all.lock);
    return backend;
}

memo_backend *memo_backends_first(void)
{
    return atomic_load(&all.first);
}

void memo_backends_forget_asked(void)
{
    for (memo_backend *at = memo_backends_first(); at; at = at->next) {
        if (at->doorkeeper)
            memo_doorkeeper_forget(at->doorkeeper);
    }
}

/* ---- what calls ask for -------------------------------------------------- */

/* With the lock held. */
static void want(memo_backend *backend, memo_stored *stored)
{
    if (memo_stored_state(stored) != MEMO_STORED_UNKNOWN)
        return;
    memo_stored_set_state(stored, MEMO_STORED_TO_BE_ATTACHED);
    for (memo_stored *known = backend->stored; known; known = known->next) {
        if (known == stored)
            return;
    }
    stored->next = backend->stored;
    backend->stored = stored;
}

bool memo_backend_attach(memo_backend *backend, memo_stored *stored)
{
    uint64_t until;

    if (memo_stored_state(stored) == MEMO_STORED_ATTACHED)
        return true;
    pthread_mutex_lock(&backend->lock);
    want(backend, stored);
    memo_backend_start(backend);
    pthread_cond_signal(&backend->to_do);
    if (!backend->is_late) {
        until = memo_backend_now() + memo_backend_timeout();
        while (memo_stored_state(stored) != MEMO_STORED_ATTACHED &&
               !backend->is_late && backend->has_thread) {
            if (!memo_backend_wait(backend, &backend->done, until))
                backend->is_late = true;
        }
    }
    pthread_mutex_unlock(&backend->lock);
    return memo_stored_state(stored) == MEMO_STORED_ATTACHED;
}

/* With the lock held. */
static void append(memo_backend *backend, memo_job *job)
{
    if (job->write.stored)
        want(backend, job->write.stored);
    memo_queue_append(backend, job);
    memo_backend_start(backend);
    pthread_cond_signal(&backend->to_do);
}

static void tell_of_drop(memo_backend *backend)
{
    char text[200];

    snprintf(text, sizeof text,
             "persist=\"%s\": results come faster than the store takes them; "
             "some live in memory only",
             backend->store->name);
    memo_backend_warn(backend, text);
}

bool memo_backend_add(memo_backend *backend, memo_job *job)
{
    bool is_taken;

    pthread_mutex_lock(&backend->lock);
    is_taken = !backend->is_to_end &&
               (backend->job_count < MEMO_QUEUED_JOBS ||
                job->write.operation == MEMO_STORE_LET_GO) &&
               backend->job_bytes + job->write.size <= MEMO_QUEUED_BYTES;
    if (is_taken)
        append(backend, job);
    pthread_mutex_unlock(&backend->lock);
    if (!is_taken && job->write.operation == MEMO_STORE_SAVE)
        tell_of_drop(backend);
    if (!is_taken) {
        atomic_fetch_add(&backend->dropped,
                         job->write.operation == MEMO_STORE_SAVE);
        memo_queue_free(job);
    }
    return is_taken;
}

bool memo_backend_is_clear(memo_backend *backend, const memo_stored *stored)
{
    return atomic_load(&backend->clearings) == 0 &&
           __atomic_load_n(&stored->clearings, __ATOMIC_SEQ_CST) == 0;
}

/* With the lock held. */
static bool wait_for_jobs(memo_backend *backend, uint64_t until_ns)
{
    uint64_t awaited = backend->added;

    while (backend->finished < awaited && backend->has_thread) {
        if (!memo_backend_wait(backend, &backend->done, until_ns))
            break;
    }
    return backend->finished >= awaited;
}

bool memo_backend_clear(memo_backend *backend, memo_stored *stored)
{
    memo_job *job = memo_queue_clearing(stored);
    bool is_done = false, is_coming, is_spare;

    pthread_mutex_lock(&backend->lock);
    is_spare = memo_queue_will_clear(backend, stored);
    is_coming = is_spare || job;
    if (is_coming && !is_spare)
        append(backend, job);
    else if (!is_coming) /* it is never loaded from again, which is as right */
        memo_queue_hold(backend, stored);
    pthread_mutex_unlock(&backend->lock);
    if (is_spare)
        free(job);
    memo_stored_forget_loaded(backend, stored);
    pthread_mutex_lock(&backend->lock);
    /* Who is known not to come is not waited for. */
    if (is_coming && (atomic_load(&backend->opened) || !backend->is_late))
        is_done =
            wait_for_jobs(backend, memo_backend_now() + memo_backend_timeout());
    pthread_mutex_unlock(&backend->lock);
    return is_done;
}

bool memo_backend_flush(memo_backend *backend, uint64_t until_ns)
{
    bool is_done;

    pthread_mutex_lock(&backend->lock);
    is_done = wait_for_jobs(backend, until_ns);
    pthread_mutex_unlock(&backend->lock);
    return is_done;
}

bool memo_backend_flush_now(memo_backend *backend)
{
    return memo_backend_flush(backend,
                              memo_backend_now() + memo_backend_timeout());
}

bool memo_backends_flush(void)
{
    uint64_t until = memo_backend_now() + memo_backend_timeout();
    bool is_done = true;

    for (memo_backend *at = memo_backends_first(); at; at = at->next)
        is_done = memo_backend_flush(at, until) && is_done;
    return is_done;
}

/* ---- ends ---------------------------------------------------------------- */

/* With the lock held.  Clearings of what was never used are another process's,
 * from before a fork. */
static void count_rest(size_t *results, size_t *clearings,
                       const memo_backend *backend)
{
    bool is_used = backend->has_thread || atomic_load(&backend->opened) ||
                   backend->retry_ns > 0;
    uint64_t left = backend->added - backend->finished;

    *clearings = memo_queue_clearings(backend);
    *results = left > *clearings ? left - *clearings : 0;
    if (!is_used)
        *results = *clearings = 0;
}

static void tell_of_rest(const memo_backend *backend, size_t results,
                         size_t clearings)
{
    const memo_config *config = &memo_settings_now()->config;

    if (results > 0)
        memo_log_warn(config,
                      "persist=\"%s\": the process ends, and the store has not "
                      "taken %zu results in time: they will be computed again",
                      backend->store->name, results);
    if (clearings > 0)
        memo_log_warn(config,
                      "persist=\"%s\": the process ends, and the store has not "
                      "forgotten what it was to: %zu times; it may be found "
                      "again",
                      backend->store->name, clearings);
}

static void end(memo_backend *backend, uint64_t until_ns, bool is_unloaded)
{
    void *opened = NULL;
    size_t results, clearings;
    bool has_ended;

    pthread_mutex_lock(&backend->lock);
    backend->is_to_end = true;
    pthread_cond_signal(&backend->to_do);
    while (backend->has_thread &&
           memo_backend_wait(backend, &backend->done, until_ns))
        continue;
    count_rest(&results, &clearings, backend);
    if (is_unloaded && !backend->has_thread)
        opened = atomic_exchange(&backend->opened, NULL);
    has_ended = backend->is_joinable && !backend->has_thread;
    backend->is_joinable = backend->is_joinable && !has_ended;
    pthread_mutex_unlock(&backend->lock);
    if (has_ended) /* its code may go away */
        pthread_join(backend->thread, NULL);
    if (opened)
        backend->store->close(opened);
    tell_of_rest(backend, results, clearings);
}

void memo_backends_end(bool is_unloaded)
{
    uint64_t until = memo_backend_now() + memo_backend_timeout();

    for (memo_backend *at = memo_backends_first(); at; at = at->next)
        end(at, until, is_unloaded);
}

void memo_backends_lock(void)
{
    pthread_mutex_lock(&all.lock);
    for (memo_backend *at = memo_backends_first(); at; at = at->next)
        pthread_mutex_lock(&at->lock);
}

void memo_backends_unlock(void)
{
    for (memo_backend *at = memo_backends_first(); at; at = at->next)
        pthread_mutex_unlock(&at->lock);
    pthread_mutex_unlock(&all.lock);
}

/* What the parent has opened stays open, unused: closing it would end locks
 * that the child may have taken anew.  What was cleared and may be there still
 * is cleared by both. */
static void forget(memo_backend *backend)
{
    uint64_t clearings = atomic_load(&backend->clearings);

    while (backend->first)
        memo_queue_free(memo_queue_take(backend));
    atomic_store(&backend->opened, NULL);
    atomic_store(&backend->clearings, 0);
    backend->finished = backend->added;
    backend->has_thread = backend->is_joinable = backend->is_late = false;
    backend->retry_ns = backend->pause_ns = 0;
    make_conditions(backend);
    for (memo_stored *at = backend->stored; at; at = at->next) {
        bool is_held = at->clearings > 0;

        at->clearings = 0;
        memo_stored_set_state(at, is_held ? MEMO_STORED_TO_BE_ATTACHED
                                          : MEMO_STORED_UNKNOWN);
        if (is_held)
            memo_queue_clear_again(backend, at);
    }
    if (clearings > 0)
        memo_queue_clear_again(backend, NULL);
}

void memo_backends_forget(void)
{
    for (memo_backend *at = memo_backends_first(); at; at = at->next)
        forget(at);
}
