#include "cache/backend.h"

#include "base/hash.h"
#include "base/log.h"
#include "cache/registry.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Jobs that the store is given at once. */
#define BATCH 64

/* Pauses between looks at a store that has nothing to do, or is not there. */
#define IDLE_NS 1000000000u
#define FIRST_PAUSE_NS 1000000000u
#define LONGEST_PAUSE_NS 60000000000u

/* What memo_stored.state says. */
enum { UNKNOWN, TO_BE_ATTACHED, ATTACHED };

static struct {
    pthread_mutex_t lock; /* of the list; taken before those of backends */
    memo_backend *_Atomic first;
} all = {.lock = PTHREAD_MUTEX_INITIALIZER};

static uint64_t now_ns(void)
{
    return memo_clock_now(&(memo_clock){.read = NULL});
}

static uint64_t timeout_ns(void)
{
    return memo_store_timeout(&memo_settings_now()->config);
}

/* Wait on a condition; false when it is `until_ns` already. */
static bool wait_until(memo_backend *backend, pthread_cond_t *condition,
                       uint64_t until_ns)
{
    struct timespec until = {.tv_sec = (time_t)(until_ns / 1000000000u),
                             .tv_nsec = (long)(until_ns % 1000000000u)};

    if (now_ns() >= until_ns)
        return false;
    pthread_cond_timedwait(condition, &backend->lock, &until);
    return true;
}

static uint32_t state_of(const memo_stored *stored)
{
    return __atomic_load_n(&stored->state, __ATOMIC_ACQUIRE);
}

static void set_state(memo_stored *stored, uint32_t state)
{
    __atomic_store_n(&stored->state, state, __ATOMIC_RELEASE);
}

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

/* ---- the store's thread -------------------------------------------------- */

static void free_job(memo_job *job)
{
    free(job->bytes);
    free(job);
}

/* With the lock held. */
static void finish_job(memo_backend *backend, memo_job *job, bool is_done)
{
    memo_u32 operation = job->write.operation;

    if (operation == MEMO_STORE_CLEAR)
        __atomic_fetch_sub(&job->write.stored->clearings, 1, __ATOMIC_SEQ_CST);
    else if (operation == MEMO_STORE_CLEAR_ALL)
        atomic_fetch_sub(&backend->clearings, 1);
    if (!is_done && operation == MEMO_STORE_SAVE)
        atomic_fetch_add(&backend->dropped, 1);
    backend->finished++;
    free_job(job);
}

/* Whoever waits for the store learns that it will not come soon. */
static void give_up(memo_backend *backend)
{
    backend->pause_ns =
        backend->pause_ns ? 2 * backend->pause_ns : FIRST_PAUSE_NS;
    if (backend->pause_ns > LONGEST_PAUSE_NS)
        backend->pause_ns = LONGEST_PAUSE_NS;
    backend->retry_ns = now_ns() + backend->pause_ns;
    backend->is_late = true;
    pthread_cond_broadcast(&backend->done);
}

/* Without the lock, which it takes.  Functions are added at the front of the
 * list and never leave it. */
static void attach_all(memo_backend *backend)
{
    void *opened = atomic_load(&backend->opened);
    memo_stored *stored;

    pthread_mutex_lock(&backend->lock);
    stored = backend->stored;
    pthread_mutex_unlock(&backend->lock);
    for (; stored; stored = stored->next) {
        if (state_of(stored) == TO_BE_ATTACHED &&
            backend->store->attach(opened, stored))
            set_state(stored, ATTACHED);
    }
    pthread_mutex_lock(&backend->lock);
    pthread_cond_broadcast(&backend->done);
    pthread_mutex_unlock(&backend->lock);
}

/* With the lock held, which it gives up meanwhile. */
static void open_store(memo_backend *backend)
{
    void *opened;

    pthread_mutex_unlock(&backend->lock);
    opened = backend->store->open(&backend->host);
    atomic_store(&backend->opened, opened);
    if (opened)
        attach_all(backend);
    pthread_mutex_lock(&backend->lock);
    if (!opened) {
        give_up(backend);
        return;
    }
    backend->pause_ns = 0;
    backend->is_late = false;
}

/* Has it to be done some time, or is it no loss? */
static bool has_to_be_done(const memo_job *job)
{
    return job->write.operation == MEMO_STORE_CLEAR ||
           job->write.operation == MEMO_STORE_CLEAR_ALL ||
           job->write.operation == MEMO_STORE_REMOVE;
}

static memo_job *take_first(memo_backend *backend)
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

/* The store is not there: forget what is no loss. */
static void drop_jobs(memo_backend *backend)
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
        finish_job(backend, job, false);
    }
    backend->last = at;
    pthread_cond_broadcast(&backend->done);
}

/* What was not done is put back or dropped.  True: go on at once. */
static bool settle(memo_backend *backend, memo_job **jobs, size_t count,
                   size_t done)
{
    bool is_stuck = false;

    for (size_t i = 0; i < done; i++)
        finish_job(backend, jobs[i], true);
    if (done < count && !has_to_be_done(jobs[done]))
        finish_job(backend, jobs[done++], false);
    else
        is_stuck = done < count;
    for (size_t i = count; i-- > done;)
        put_back(backend, jobs[i]);
    pthread_cond_broadcast(&backend->done);
    return !is_stuck;
}

static bool write_jobs(memo_backend *backend)
{
    memo_job *jobs[BATCH];
    memo_store_write writes[BATCH];
    size_t count = 0, done;

    while (count < BATCH && backend->first) {
        jobs[count] = take_first(backend);
        writes[count] = jobs[count]->write;
        count++;
    }
    pthread_mutex_unlock(&backend->lock);
    done = backend->store->write(atomic_load(&backend->opened), writes, count);
    pthread_mutex_lock(&backend->lock);
    return settle(backend, jobs, count, done);
}

/* Nothing is to be written. */
static void rest(memo_backend *backend)
{
    void *opened = atomic_load(&backend->opened);
    int has_more = 0;

    if (opened) {
        pthread_mutex_unlock(&backend->lock);
        has_more = backend->store->tend(opened);
        pthread_mutex_lock(&backend->lock);
    }
    if (!has_more && !backend->first && !backend->is_to_end)
        wait_until(backend, &backend->to_do, now_ns() + IDLE_NS);
}

static bool has_to_attach(memo_backend *backend)
{
    for (memo_stored *stored = backend->stored; stored; stored = stored->next) {
        if (state_of(stored) == TO_BE_ATTACHED)
            return true;
    }
    return false;
}

static void step(memo_backend *backend)
{
    if (!atomic_load(&backend->opened) && now_ns() >= backend->retry_ns)
        open_store(backend);
    if (!atomic_load(&backend->opened)) {
        drop_jobs(backend);
        if (!backend->is_to_end)
            wait_until(backend, &backend->to_do, backend->retry_ns);
        return;
    }
    if (has_to_attach(backend)) {
        pthread_mutex_unlock(&backend->lock);
        attach_all(backend);
        pthread_mutex_lock(&backend->lock);
    }
    if (!backend->first)
        rest(backend);
    else if (!write_jobs(backend) && !backend->is_to_end)
        wait_until(backend, &backend->to_do, now_ns() + FIRST_PAUSE_NS / 10);
}

static void *run(void *argument)
{
    memo_backend *backend = argument;

    pthread_mutex_lock(&backend->lock);
    while (!backend->is_to_end ||
           (backend->first && atomic_load(&backend->opened)))
        step(backend);
    backend->has_thread = false;
    pthread_cond_broadcast(&backend->done);
    pthread_mutex_unlock(&backend->lock);
    return NULL;
}

/* It is the library's: no signal of the program is handled on it.  With the
 * lock held. */
static void start_thread(memo_backend *backend)
{
    sigset_t every, before;
    pthread_attr_t attributes;
    pthread_t thread;

    if (backend->has_thread || backend->is_to_end ||
        pthread_attr_init(&attributes) != 0)
        return;
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    sigfillset(&every);
    pthread_sigmask(SIG_SETMASK, &every, &before);
    backend->has_thread =
        pthread_create(&thread, &attributes, run, backend) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
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
    backend->host.timeout_ns = timeout_ns();
    backend->host.folder = config->cache_dir;
    backend->host.warn = warn;
    backend->store = store;
    backend->last = &backend->first;
    return backend;
}

memo_backend *memo_backend_of(const struct memo_store *store)
{
    memo_backend *backend;

    pthread_mutex_lock(&all.lock);
    for (backend = atomic_load(&all.first); backend; backend = backend->next) {
        if (backend->store == store)
            break;
    }
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

/* ---- what calls ask for -------------------------------------------------- */

/* With the lock held. */
static void want(memo_backend *backend, memo_stored *stored)
{
    if (state_of(stored) != UNKNOWN)
        return;
    set_state(stored, TO_BE_ATTACHED);
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

    if (state_of(stored) == ATTACHED)
        return true;
    pthread_mutex_lock(&backend->lock);
    want(backend, stored);
    start_thread(backend);
    pthread_cond_signal(&backend->to_do);
    if (!backend->is_late) {
        until = now_ns() + timeout_ns();
        while (state_of(stored) != ATTACHED && !backend->is_late &&
               backend->has_thread) {
            if (!wait_until(backend, &backend->done, until))
                backend->is_late = true;
        }
    }
    pthread_mutex_unlock(&backend->lock);
    return state_of(stored) == ATTACHED;
}

/* With the lock held. */
static void append(memo_backend *backend, memo_job *job)
{
    job->next = NULL;
    *backend->last = job;
    backend->last = &job->next;
    backend->job_count++;
    backend->job_bytes += job->write.size;
    backend->added++;
    start_thread(backend);
    pthread_cond_signal(&backend->to_do);
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
    if (!is_taken) {
        atomic_fetch_add(&backend->dropped,
                         job->write.operation == MEMO_STORE_SAVE);
        free_job(job);
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
        if (!wait_until(backend, &backend->done, until_ns))
            break;
    }
    return backend->finished >= awaited;
}

bool memo_backend_clear(memo_backend *backend, memo_stored *stored)
{
    memo_job *job = calloc(1, sizeof *job);
    bool is_done;

    pthread_mutex_lock(&backend->lock);
    if (stored) {
        want(backend, stored);
        __atomic_fetch_add(&stored->clearings, 1, __ATOMIC_SEQ_CST);
    } else {
        atomic_fetch_add(&backend->clearings, 1);
    }
    if (job) { /* else it is never loaded from again, which is as right */
        job->write.operation = stored ? MEMO_STORE_CLEAR : MEMO_STORE_CLEAR_ALL;
        job->write.stored = stored;
        append(backend, job);
    }
    is_done = job && wait_for_jobs(backend, now_ns() + timeout_ns());
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

bool memo_backends_flush(void)
{
    uint64_t until = now_ns() + timeout_ns();
    bool is_done = true;

    for (memo_backend *at = memo_backends_first(); at; at = at->next)
        is_done = memo_backend_flush(at, until) && is_done;
    return is_done;
}

/* ---- ends ---------------------------------------------------------------- */

static void end(memo_backend *backend, uint64_t until_ns, bool is_unloaded)
{
    void *opened = NULL;
    size_t left;

    pthread_mutex_lock(&backend->lock);
    backend->is_to_end = true;
    pthread_cond_signal(&backend->to_do);
    while (backend->has_thread && wait_until(backend, &backend->done, until_ns))
        continue;
    left = backend->has_thread ? backend->job_count : 0;
    if (is_unloaded && !backend->has_thread)
        opened = atomic_exchange(&backend->opened, NULL);
    pthread_mutex_unlock(&backend->lock);
    if (opened)
        backend->store->close(opened);
    if (left > 0)
        memo_log_warn(&memo_settings_now()->config,
                      "persist=\"%s\": the process ends, and the store has not "
                      "taken %zu results in time: they will be computed again",
                      backend->store->name, left);
}

void memo_backends_end(bool is_unloaded)
{
    uint64_t until = now_ns() + timeout_ns();

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
 * that the child may have taken anew. */
static void forget(memo_backend *backend)
{
    while (backend->first)
        free_job(take_first(backend));
    atomic_store(&backend->opened, NULL);
    atomic_store(&backend->clearings, 0);
    backend->finished = backend->added;
    backend->has_thread = backend->is_late = false;
    backend->retry_ns = backend->pause_ns = 0;
    make_conditions(backend);
    for (memo_stored *at = backend->stored; at; at = at->next) {
        at->clearings = 0;
        set_state(at, UNKNOWN);
    }
}

void memo_backends_forget(void)
{
    for (memo_backend *at = memo_backends_first(); at; at = at->next)
        forget(at);
}
