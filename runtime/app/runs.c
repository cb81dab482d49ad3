#include "app/runs.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>

/* Without work a thread ends after so many seconds. */
enum { IDLE_SECONDS = 10 };

typedef struct item {
    struct item *next;
    st_client *client;
} item;

struct st_runs {
    pthread_mutex_t lock;
    pthread_cond_t work, end; /* something is to be done; a thread has ended */
    item *first, **last;
    unsigned threads, idle, most_threads;
    size_t queued;
    bool is_over;
};

static struct timespec after(unsigned seconds)
{
    struct timespec at;

    clock_gettime(CLOCK_REALTIME, &at);
    at.tv_sec += seconds;
    return at;
}

/* The next client; NULL: the thread is to end.  With the lock. */
static st_client *next(st_runs *runs)
{
    struct timespec until = after(IDLE_SECONDS);
    item *first;
    st_client *client;
    int error = 0;

    runs->idle++;
    while (!runs->first && !runs->is_over && error == 0)
        error = pthread_cond_timedwait(&runs->work, &runs->lock, &until);
    runs->idle--;
    first = runs->first;
    if (!first || runs->is_over)
        return NULL;
    runs->first = first->next;
    runs->queued--;
    if (!runs->first)
        runs->last = &runs->first;
    client = first->client;
    free(first);
    return client;
}

static void *work(void *memory)
{
    st_runs *runs = memory;
    st_client *client;

    pthread_mutex_lock(&runs->lock);
    while ((client = next(runs))) {
        pthread_mutex_unlock(&runs->lock);
        st_client_run(client);
        pthread_mutex_lock(&runs->lock);
    }
    runs->threads--;
    pthread_cond_broadcast(&runs->end);
    pthread_mutex_unlock(&runs->lock);
    return NULL;
}

st_runs *st_runs_create(unsigned most_threads)
{
    st_runs *runs = calloc(1, sizeof *runs);

    if (!runs)
        return NULL;
    pthread_mutex_init(&runs->lock, NULL);
    pthread_cond_init(&runs->work, NULL);
    pthread_cond_init(&runs->end, NULL);
    runs->last = &runs->first;
    runs->most_threads = most_threads;
    return runs;
}

/* Signals are for the server's thread.  With the lock. */
static bool add_thread(st_runs *runs)
{
    pthread_attr_t attributes;
    pthread_t thread;
    sigset_t all, before;
    bool done;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    done = pthread_create(&thread, &attributes, work, runs) == 0;
    pthread_attr_destroy(&attributes);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    runs->threads += done;
    return done;
}

bool st_runs_add(st_runs *runs, st_client *client)
{
    item *added = malloc(sizeof *added);
    bool done;

    if (!added)
        return false;
    *added = (item){NULL, client};
    pthread_mutex_lock(&runs->lock);
    done = !runs->is_over &&
           (runs->queued < runs->idle || runs->threads >= runs->most_threads ||
            add_thread(runs) || runs->threads > 0);
    if (done) {
        *runs->last = added;
        runs->last = &added->next;
        runs->queued++;
        pthread_cond_signal(&runs->work);
    }
    pthread_mutex_unlock(&runs->lock);
    if (!done)
        free(added);
    return done;
}

bool st_runs_destroy(st_runs *runs, unsigned seconds)
{
    struct timespec until = after(seconds);
    int error = 0;
    bool is_done;

    pthread_mutex_lock(&runs->lock);
    runs->is_over = true;
    pthread_cond_broadcast(&runs->work);
    while (runs->threads > 0 && error == 0)
        error = pthread_cond_timedwait(&runs->end, &runs->lock, &until);
    is_done = runs->threads == 0;
    pthread_mutex_unlock(&runs->lock);
    if (!is_done)
        return false;
    while (runs->first) {
        item *dropped = runs->first;

        runs->first = dropped->next;
        st_client_drop(dropped->client);
        free(dropped);
    }
    pthread_cond_destroy(&runs->work);
    pthread_cond_destroy(&runs->end);
    pthread_mutex_destroy(&runs->lock);
    free(runs);
    return true;
}
