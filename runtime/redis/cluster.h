/* cluster.h -- all servers that there are, and who of them has a key.
 *
 * A single server is a cluster of one.  Requests go to whom they belong, many
 * at once where that is possible; what a server redirects is sent on.  It does
 * not know what requests are about.
 */
#ifndef MEMO_REDIS_CLUSTER_H
#define MEMO_REDIS_CLUSTER_H

#include "redis/complaint.h"
#include "redis/node.h"
#include "redis/slots.h"

#define MEMO_REDIS_NODES 256 /* ever seen */

typedef struct memo_redis_cluster {
    memo_redis_login login;
    memo_redis_complaints complaints;
    pthread_mutex_t lock; /* of adding nodes, which stay */
    _Atomic unsigned node_count;
    memo_redis_node *nodes[MEMO_REDIS_NODES];
    _Atomic unsigned home; /* who is asked what belongs to nobody */
    _Atomic bool is_many;
    _Atomic bool is_stale;                     /* owners are to be asked for */
    _Atomic uint16_t owners[MEMO_REDIS_SLOTS]; /* index + 1; 0: not known */
    uint64_t refreshed_ns;
} memo_redis_cluster;

/* How to ask. */
typedef struct memo_redis_asking {
    uint64_t until_ns;
    bool is_writing; /* by the store's thread: what it changes, nobody has to
                        tell us */
} memo_redis_asking;

/* Errors: false: out of memory. */
bool memo_redis_cluster_init(memo_redis_cluster *out, memo_store_host *host);

/* Nobody uses it any more, and there are no links. */
void memo_redis_cluster_finish(memo_redis_cluster *cluster);

/* The node of this name, made if it is new; NULL: there are too many. */
memo_redis_node *memo_redis_cluster_add(memo_redis_cluster *cluster,
                                        const memo_redis_seed *seed);

/* Which of cluster->nodes it is. */
unsigned memo_redis_cluster_index(const memo_redis_cluster *cluster,
                                  const memo_redis_node *node);

/* Have requests answered: then each has a reply or has failed, and why was
 * told.  Waits until `how->until_ns` at most.
 * Threads: any; `is_writing`: the store's. */
void memo_redis_ask(memo_redis_cluster *cluster, memo_redis_request *requests,
                    size_t count, const memo_redis_asking *how);

/* Who has a key, as far as is known. */
memo_redis_node *memo_redis_cluster_route(memo_redis_cluster *cluster,
                                          const memo_redis_key *key);

/* A reply that is no answer to `request`: tell it. */
void memo_redis_cluster_complain(memo_redis_cluster *cluster,
                                 const memo_redis_request *request);

/* ---- the map; the store's thread ----------------------------------------- */

/* Is it one of many?  Asks a node.  False: it does not answer. */
bool memo_redis_cluster_detect(memo_redis_cluster *cluster,
                               memo_redis_node *node, uint64_t until_ns);

/* Ask any node who has what; false: nobody has answered. */
bool memo_redis_cluster_refresh(memo_redis_cluster *cluster, uint64_t until_ns);

/* All that have keys.  Returns how many. */
unsigned memo_redis_cluster_owners(memo_redis_cluster *cluster,
                                   memo_redis_node **out);

#endif
