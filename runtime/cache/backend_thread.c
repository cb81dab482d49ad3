#include "cache/backend_thread.h"

#include "cache/backend_queue.h"

#include <signal.h>
#include <time.h>

/* Jobs that the store is given at once. */
#define BATCH 64

/* Pauses between looks at a store that has nothing to do, or is not there. */
#define IDLE_NS 1000000000u
#define FIRST_PAUSE_NS 1000000000u
#define LONGEST_PAUSE_NS 60000000000u

bool memo_backend_wait(memo_backend *backend, pthread_cond_t *condition,
                       uint64_t until_ns)
{
    struct timespec until = {.tv_sec = (time_t)(until_ns / 1000000000u),
                             .tv_nsec = (long)(until_ns % 1000000000u)};
    int state;

    if (memo_backend_now() >= until_ns)
        return false;
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &state);
    pthread_cond_timedwait(condition, &backend->lock, &until);
    pthread_setcancelstate(state, &state);
    return true;
}

/* Whoever waits for the store learns that it will not come soon. */
static void give_up(memo_backend *backend)
{
    backend->pause_ns =
        backend->pause_ns ? 2 * backend->pause_ns : FIRST_PAUSE_NS;
    if (backend->pause_ns > LONGEST_PAUSE_NS)
        backend->pause_ns = LONGEST_PAUSE_NS;
    backend->retry_ns = memo_backend_now() + backend->pause_ns;
    backend->is_late = true;
    pthread_cond_broadcast(&backend->done);
}

/* Without the lock, which it takes.  Functions are added at the front of the
 * list and never leave it.  Who waits for one that cannot be attached now goes
 * on; who waits for the next one waits again. */
static void attach_all(memo_backend *backend)
{
    void *opened = atomic_load(&backend->opened);
    bool is_late = false;
    memo_stored *stored;

    pthread_mutex_lock(&backend->lock);
    stored = backend->stored;
    pthread_mutex_unlock(&backend->lock);
    for (; stored; stored = stored->next) {
        bool is_attached;

        if (memo_stored_state(stored) == MEMO_STORED_UNKNOWN ||
            memo_stored_state(stored) == MEMO_STORED_ATTACHED)
            continue;
        is_attached = backend->store->attach(opened, stored) != 0;
        memo_stored_set_state(stored, is_attached ? MEMO_STORED_ATTACHED
                                                  : MEMO_STORED_REFUSED);
        is_late = is_late || !is_attached;
    }
    pthread_mutex_lock(&backend->lock);
    backend->is_late = is_late;
    pthread_cond_broadcast(&backend->done);
    pthread_mutex_unlock(&backend->lock);
}

/* With the lock held, which it gives up meanwhile. */
static void open_store(memo_backend *backend)
{
    void *opened;

    pthread_mutex_unlock(&backend->lock);
    backend->host.folder = memo_settings_now()->config.cache_dir;
    backend->host.timeout_ns = memo_backend_timeout();
    opened = backend->store->open(&backend->host);
    atomic_store(&backend->opened, opened);
    pthread_mutex_lock(&backend->lock);
    if (!opened) {
        give_up(backend);
        return;
    }
    backend->pause_ns = 0;
    backend->is_late = false;
}

/* Before anything of a function is written, it is attached, or refused. */
static bool is_writable(const memo_job *job)
{
    return job && !(job->write.stored && memo_stored_state(job->write.stored) ==
                                             MEMO_STORED_TO_BE_ATTACHED);
}

static bool write_jobs(memo_backend *backend)
{
    memo_job *jobs[BATCH];
    memo_store_write writes[BATCH];
    size_t count = 0, done;

    while (count < BATCH && is_writable(backend->first)) {
        jobs[count] = memo_queue_take(backend);
        writes[count] = jobs[count]->write;
        count++;
    }
    pthread_mutex_unlock(&backend->lock);
    done = backend->store->write(atomic_load(&backend->opened), writes, count);
    pthread_mutex_lock(&backend->lock);
    return memo_queue_settle(backend, jobs, count, done);
}

/* Is there a function in this state? */
static bool has_any(const memo_backend *backend, uint32_t state)
{
    for (memo_stored *stored = backend->stored; stored; stored = stored->next) {
        if (memo_stored_state(stored) == state)
            return true;
    }
    return false;
}

/* What was refused is tried again now and then. */
static void attach_some(memo_backend *backend)
{
    if (!has_any(backend, MEMO_STORED_TO_BE_ATTACHED) &&
        !has_any(backend, MEMO_STORED_REFUSED))
        return;
    pthread_mutex_unlock(&backend->lock);
    attach_all(backend);
    pthread_mutex_lock(&backend->lock);
}

/* Nothing is to be written.  Meanwhile somebody may have asked for more. */
static void rest(memo_backend *backend)
{
    void *opened = atomic_load(&backend->opened);
    int has_more = 0;

    if (opened) {
        pthread_mutex_unlock(&backend->lock);
        has_more = backend->store->tend(opened);
        pthread_mutex_lock(&backend->lock);
    }
    if (!has_more && !backend->first && !backend->is_to_end &&
        !has_any(backend, MEMO_STORED_TO_BE_ATTACHED))
        memo_backend_wait(backend, &backend->to_do,
                          memo_backend_now() + IDLE_NS);
}

static void step(memo_backend *backend)
{
    if (!atomic_load(&backend->opened) &&
        memo_backend_now() >= backend->retry_ns)
        open_store(backend);
    if (!atomic_load(&backend->opened)) {
        memo_queue_drop(backend);
        if (!backend->is_to_end)
            memo_backend_wait(backend, &backend->to_do, backend->retry_ns);
        return;
    }
    attach_some(backend);
    if (!backend->first)
        rest(backend);
    else if (is_writable(backend->first) && !write_jobs(backend) &&
             !backend->is_to_end)
        memo_backend_wait(backend, &backend->to_do,
                          memo_backend_now() + FIRST_PAUSE_NS / 10);
}

/* The end: nothing that the store refuses is tried again, but what it counts is
 * written. */
static void write_the_rest(memo_backend *backend)
{
    void *opened = atomic_load(&backend->opened);

    while (opened && backend->first) {
        attach_some(backend);
        if (!is_writable(backend->first) || !write_jobs(backend))
            break;
    }
    if (!opened)
        return;
    pthread_mutex_unlock(&backend->lock);
    backend->store->tend(opened);
    pthread_mutex_lock(&backend->lock);
}

static void *run(void *argument)
{
    memo_backend *backend = argument;

    pthread_mutex_lock(&backend->lock);
    while (!backend->is_to_end)
        step(backend);
    write_the_rest(backend);
    backend->has_thread = false;
    pthread_cond_broadcast(&backend->done);
    pthread_mutex_unlock(&backend->lock);
    return NULL;
}

/* It is the library's: no signal of the program is handled on it.  With the
 * lock held. */
void memo_backend_start(memo_backend *backend)
{
    sigset_t every, before;

    if (backend->has_thread || backend->is_to_end)
        return;
    sigfillset(&every);
    pthread_sigmask(SIG_SETMASK, &every, &before);
    backend->has_thread =
        pthread_create(&backend->thread, NULL, run, backend) == 0;
    backend->is_joinable = backend->has_thread;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}
