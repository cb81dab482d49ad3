/* tracking.h -- hearing of what other processes change.
 *
 * A link to a server is two connections.  One writes, all that this process
 * changes; the server broadcasts changes of our names by others to the second,
 * on which a thread listens.  When either is lost, or a sign of life is late,
 * memory forgets everything, and once more when the link is there again; what
 * is loaded in between is not kept in memory.
 *
 *     store's thread ── SET, UNLINK, INCR ──▶ ┌────────┐
 *     (the writer: BCAST, NOLOOP, REDIRECT)   │ server │ ◀── other processes
 *     link's thread ◀── invalidated names ─── └────────┘
 *
 * Broadcasting, not per key: Redis forgets what a connection has read when that
 * is closed, so that connections could not come and go; it sends a process its
 * own changes when they came over another connection; and it does not watch
 * what was only written.
 *
 * Source: redis.io, client-side caching; tracking.c of Redis 7.0.
 */
#ifndef MEMO_REDIS_TRACKING_H
#define MEMO_REDIS_TRACKING_H

#include "redis/cluster.h"
#include "redis/functions.h"

/* Signs of life, and how late they may be. */
#define MEMO_REDIS_BEAT_NS (1ull * MEMO_REDIS_SECOND)

/* What all links share. */
typedef struct memo_redis_hearing {
    memo_store_host *host;
    const char *prefix;
    memo_redis_functions *functions;
    memo_redis_complaints *complaints;
    uint64_t patience_ns;
    _Atomic uint64_t sessions; /* links that ever were there */
    _Atomic bool has_lost_all; /* the server was emptied, or is another one */
} memo_redis_hearing;

/* Begin to listen to a node; nothing if it is already listened to.
 * Threads: the store's. */
void memo_redis_link_start(memo_redis_hearing *hearing, memo_redis_node *node);

/* Wait until it is there, or is known not to come. */
void memo_redis_link_wait(memo_redis_node *node, uint64_t until_ns);

/* End it.  False: its thread does not end in time; all that it uses has to
 * stay. */
bool memo_redis_link_stop(memo_redis_node *node, uint64_t until_ns);

#endif
