/* node.h -- one server: its connections, and when to try it again.
 *
 * Connections are kept for the next one who needs one; its lock is held only
 * while they are taken or given back.  A server that fails is left alone for a
 * while that grows, and nobody waits for it meanwhile.
 */
#ifndef MEMO_REDIS_NODE_H
#define MEMO_REDIS_NODE_H

#include "redis/connection.h"

#include <pthread.h>
#include <stdatomic.h>

#define MEMO_REDIS_POOL 16
#define MEMO_REDIS_IDLE_NS (60ull * MEMO_REDIS_SECOND)

/* Who we are, to all servers. */
typedef struct memo_redis_login {
    const char *user, *password; /* "" = none */
    unsigned database;
} memo_redis_login;

typedef struct memo_redis_node {
    const memo_redis_login *login;
    memo_redis_seed seed; /* its name */

    pthread_mutex_t lock;
    pthread_cond_t freed;
    memo_redis_address address; /* may become another one */
    memo_redis_connection *idle[MEMO_REDIS_POOL];
    unsigned idle_count, open_count; /* open: the idle and those in use */
    uint64_t pause_ns, failed_ns;
    _Atomic uint64_t retry_ns; /* 0: all is well */

    /* What tracking.h does: its connection for writes, and since when changes
     * are listened to; 0: not now. */
    pthread_mutex_t writer_lock;
    memo_redis_connection *writer;
    bool is_writer_good;
    _Atomic uint64_t heard;
    _Atomic bool is_mute; /* it never tells */
    struct memo_redis_link *link;
    int wake; /* have it look at the writer; -1: there is no link */
} memo_redis_node;

/* Owner: caller; NULL: out of memory. */
memo_redis_node *memo_redis_node_create(const memo_redis_seed *seed,
                                        const memo_redis_login *login);

/* Nobody uses it any more.  Accepts NULL. */
void memo_redis_node_destroy(memo_redis_node *node);

/* Look up its name once more.  `is_patient`: see memo_redis_address_find(). */
bool memo_redis_node_find(memo_redis_node *node, bool is_patient,
                          memo_redis_failure *failure);

/* A connection that is logged in and belongs to the caller.  *refusal is what
 * the server said against it, or NULL.
 * Owner: result and *refusal, caller. */
memo_redis_connection *memo_redis_node_connect(memo_redis_node *node,
                                               int cancel, uint64_t until_ns,
                                               memo_redis_reply **refusal,
                                               memo_redis_failure *failure);

/* Take a connection out of the pool, or make one; NULL: see `failure`, and
 * *refusal as above.  *is_used: it may have died since it was used. */
memo_redis_connection *memo_redis_node_take(memo_redis_node *node,
                                            uint64_t until_ns, bool *is_used,
                                            memo_redis_reply **refusal,
                                            memo_redis_failure *failure);

/* Give it back; what is no good is closed. */
void memo_redis_node_give(memo_redis_node *node,
                          memo_redis_connection *connection, bool is_good);

/* Close what was not used for `age_ns`. */
void memo_redis_node_prune(memo_redis_node *node, uint64_t age_ns);

/* May it be tried now?  When a pause is over, one caller may. */
bool memo_redis_node_may_try(memo_redis_node *node);

void memo_redis_node_failed(memo_redis_node *node);
void memo_redis_node_worked(memo_redis_node *node);

/* Have its link look at the writer. */
void memo_redis_node_wake(memo_redis_node *node);

/* The next of pauses that double from 100 ms to 10 s, and a time of about that
 * length, so that many do not come at once. */
uint64_t memo_redis_next_pause(uint64_t pause_ns);
uint64_t memo_redis_about(uint64_t pause_ns);

#endif
