#include "redis/node.h"

#include "redis/now.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define FIRST_PAUSE_NS 100000000u
#define LONGEST_PAUSE_NS (10ull * MEMO_REDIS_SECOND)
/* What was used a moment ago is not looked at before it is used again. */
#define FRESH_NS 100000000u

static bool make_locks(memo_redis_node *node)
{
    pthread_condattr_t monotonic;
    bool done;

    if (pthread_mutex_init(&node->lock, NULL) != 0 ||
        pthread_mutex_init(&node->writer_lock, NULL) != 0 ||
        pthread_condattr_init(&monotonic) != 0)
        return false;
    done = pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC) == 0 &&
           pthread_cond_init(&node->freed, &monotonic) == 0;
    pthread_condattr_destroy(&monotonic);
    return done;
}

memo_redis_node *memo_redis_node_create(const memo_redis_seed *seed,
                                        const memo_redis_login *login)
{
    memo_redis_node *made = calloc(1, sizeof *made);

    if (!made || !make_locks(made)) {
        free(made);
        return NULL;
    }
    made->login = login;
    made->wake = -1;
    made->seed = *seed;
    return made;
}

void memo_redis_node_destroy(memo_redis_node *node)
{
    if (!node)
        return;
    while (node->idle_count > 0)
        memo_redis_connection_close(node->idle[--node->idle_count]);
    pthread_cond_destroy(&node->freed);
    pthread_mutex_destroy(&node->lock);
    pthread_mutex_destroy(&node->writer_lock);
    free(node);
}

bool memo_redis_node_find(memo_redis_node *node, bool is_patient,
                          memo_redis_failure *failure)
{
    memo_redis_address found;

    if (!memo_redis_address_find(&found, &node->seed, is_patient, failure))
        return false;
    pthread_mutex_lock(&node->lock);
    node->address = found;
    pthread_mutex_unlock(&node->lock);
    return true;
}

/* ---- pauses -------------------------------------------------------------- */

uint64_t memo_redis_next_pause(uint64_t pause_ns)
{
    if (pause_ns == 0)
        return FIRST_PAUSE_NS;
    return 2 * pause_ns < LONGEST_PAUSE_NS ? 2 * pause_ns : LONGEST_PAUSE_NS;
}

uint64_t memo_redis_about(uint64_t pause_ns)
{
    uint64_t mixed = memo_redis_now() * 0x9E3779B97F4A7C15u >> 32;

    return pause_ns / 4 * 3 + mixed % (pause_ns / 2 + 1);
}

bool memo_redis_node_may_try(memo_redis_node *node)
{
    uint64_t retry = atomic_load(&node->retry_ns), now;

    if (retry == 0)
        return true;
    now = memo_redis_now();
    return now >= retry && atomic_compare_exchange_strong(
                               &node->retry_ns, &retry, now + FIRST_PAUSE_NS);
}

/* Failures of many at the same time are one. */
void memo_redis_node_failed(memo_redis_node *node)
{
    uint64_t now;

    pthread_mutex_lock(&node->lock);
    now = memo_redis_now();
    if (node->pause_ns == 0 || now - node->failed_ns >= node->pause_ns / 2)
        node->pause_ns = memo_redis_next_pause(node->pause_ns);
    node->failed_ns = now;
    atomic_store(&node->retry_ns, now + memo_redis_about(node->pause_ns));
    pthread_mutex_unlock(&node->lock);
}

void memo_redis_node_worked(memo_redis_node *node)
{
    if (atomic_load(&node->retry_ns) == 0)
        return;
    pthread_mutex_lock(&node->lock);
    node->pause_ns = 0;
    atomic_store(&node->retry_ns, 0);
    pthread_mutex_unlock(&node->lock);
}

void memo_redis_node_wake(memo_redis_node *node)
{
    uint64_t one = 1;
    ssize_t written;

    if (node->wake < 0)
        return;
    do
        written = write(node->wake, &one, sizeof one);
    while (written < 0 && errno == EINTR);
}

/* ---- connecting ---------------------------------------------------------- */

/* False: *refusal, or else `failure`, says why. */
static bool log_in(memo_redis_connection *connection,
                   const memo_redis_login *login, uint64_t until_ns,
                   memo_redis_reply **refusal, memo_redis_failure *failure)
{
    memo_redis_request requests[2], *asked[2] = {&requests[0], &requests[1]};
    size_t count = 0, answered;
    char number[16];

    if (login->password[0]) {
        memo_redis_request_make(&requests[count], "AUTH", NULL);
        if (login->user[0])
            memo_redis_add(&requests[count], login->user);
        memo_redis_add(&requests[count++], login->password);
    }
    if (login->database > 0) {
        snprintf(number, sizeof number, "%u", login->database);
        memo_redis_request_make(&requests[count], "SELECT", NULL);
        memo_redis_add(&requests[count++], number);
    }
    if (count == 0)
        return true;
    answered = memo_redis_exchange(connection, asked, count, until_ns, failure);
    for (size_t i = 0; i < answered; i++) {
        if (!*refusal && !memo_redis_reply_is(requests[i].reply, "OK"))
            *refusal = requests[i].reply;
        else
            memo_redis_reply_free(requests[i].reply);
    }
    return answered == count && !*refusal;
}

memo_redis_connection *memo_redis_node_connect(memo_redis_node *node,
                                               int cancel, uint64_t until_ns,
                                               memo_redis_reply **refusal,
                                               memo_redis_failure *failure)
{
    memo_redis_address address;
    memo_redis_connection *made;

    *refusal = NULL;
    pthread_mutex_lock(&node->lock);
    address = node->address;
    pthread_mutex_unlock(&node->lock);
    made = memo_redis_connection_open(&address, cancel, until_ns, failure);
    if (made && !log_in(made, node->login, until_ns, refusal, failure)) {
        if (*refusal)
            memo_redis_fail(failure, "it does not let us in");
        memo_redis_connection_close(made);
        return NULL;
    }
    return made;
}

/* ---- the pool ------------------------------------------------------------ */

/* With the lock held.  NULL: a connection may be made; or, `*is_late`, not. */
static memo_redis_connection *pop(memo_redis_node *node, uint64_t until_ns,
                                  bool *is_late)
{
    struct timespec until = {.tv_sec = (time_t)(until_ns / MEMO_REDIS_SECOND),
                             .tv_nsec = (long)(until_ns % MEMO_REDIS_SECOND)};

    *is_late = false;
    while (node->idle_count == 0 && node->open_count >= MEMO_REDIS_POOL) {
        if (pthread_cond_timedwait(&node->freed, &node->lock, &until) != 0) {
            *is_late = true;
            return NULL;
        }
    }
    if (node->idle_count > 0)
        return node->idle[--node->idle_count];
    node->open_count++;
    return NULL;
}

static void drop(memo_redis_node *node, memo_redis_connection *connection)
{
    memo_redis_connection_close(connection);
    pthread_mutex_lock(&node->lock);
    node->open_count--;
    pthread_cond_signal(&node->freed);
    pthread_mutex_unlock(&node->lock);
}

static bool is_usable(const memo_redis_connection *connection)
{
    uint64_t used = memo_redis_connection_used_ns(connection);

    if (memo_redis_now() - used < FRESH_NS)
        return memo_redis_connection_is_clean(connection);
    return memo_redis_connection_is_alive(connection);
}

memo_redis_connection *memo_redis_node_take(memo_redis_node *node,
                                            uint64_t until_ns, bool *is_used,
                                            memo_redis_reply **refusal,
                                            memo_redis_failure *failure)
{
    memo_redis_connection *taken;
    bool is_late;

    *refusal = NULL;
    failure->is_ours = false;
    for (;;) {
        pthread_mutex_lock(&node->lock);
        taken = pop(node, until_ns, &is_late);
        pthread_mutex_unlock(&node->lock);
        if (!taken)
            break;
        *is_used = true;
        if (is_usable(taken))
            return taken;
        drop(node, taken);
    }
    if (is_late) {
        memo_redis_fail(failure, "all connections to it are in use");
        failure->is_ours = true;
        return NULL;
    }
    *is_used = false;
    taken = memo_redis_node_connect(node, -1, until_ns, refusal, failure);
    if (!taken)
        drop(node, NULL);
    return taken;
}

void memo_redis_node_give(memo_redis_node *node,
                          memo_redis_connection *connection, bool is_good)
{
    if (!is_good) {
        drop(node, connection);
        return;
    }
    pthread_mutex_lock(&node->lock);
    node->idle[node->idle_count++] = connection;
    pthread_cond_signal(&node->freed);
    pthread_mutex_unlock(&node->lock);
}

void memo_redis_node_prune(memo_redis_node *node, uint64_t age_ns)
{
    memo_redis_connection *old[MEMO_REDIS_POOL];
    unsigned old_count = 0, kept = 0;
    uint64_t now;

    pthread_mutex_lock(&node->lock);
    now = memo_redis_now();
    for (unsigned i = 0; i < node->idle_count; i++) {
        uint64_t used = memo_redis_connection_used_ns(node->idle[i]);

        if (now - used >= age_ns)
            old[old_count++] = node->idle[i];
        else
            node->idle[kept++] = node->idle[i];
    }
    node->idle_count = kept;
    node->open_count -= old_count;
    pthread_cond_broadcast(&node->freed);
    pthread_mutex_unlock(&node->lock);
    while (old_count > 0)
        memo_redis_connection_close(old[--old_count]);
}
