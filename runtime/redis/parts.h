/* parts.h -- the store, for the files that make it up.
 *
 *     store.c    the port: open, close, load, claim
 *     attach.c   functions, their places and generations
 *     write.c    what results and clearings become
 *     tend.c     upkeep: who is there, what Redis has lost
 *     sweep.c    entries that are out of reach go
 *     scan.c     over the names of all entries
 *     walk.c     all entries, for tools
 */
#ifndef MEMO_REDIS_PARTS_H
#define MEMO_REDIS_PARTS_H

#include "redis/cluster.h"
#include "redis/functions.h"
#include "redis/now.h"
#include "redis/tracking.h"

/* A walk over all names of all servers, in steps. */
typedef struct memo_redis_scan {
    memo_redis_node *nodes[MEMO_REDIS_NODES];
    unsigned node_count, node; /* node == node_count: it is over */
    unsigned steps;            /* of this node */
    uint64_t cursor;
} memo_redis_scan;

/* What goes on for longer never ends. */
#define MEMO_REDIS_MOST_STEPS (1u << 20)

typedef struct memo_redis_store {
    memo_store_host *host;
    char prefix[MEMO_REDIS_PREFIX_BYTES + 1];
    memo_redis_url url;
    char token[33];         /* whose claims are ours */
    memo_redis_key all_key; /* of the generation of all */
    uint64_t patience_ns;   /* of the store's thread */

    memo_redis_cluster cluster;
    memo_redis_functions functions;
    memo_redis_hearing hearing;
    _Atomic bool has_to_announce; /* Redis has lost what attach() told it */

    /* Of the store's thread alone. */
    bool has_secret_of_its_own; /* it is not kept in Redis */
    bool has_to_sweep, is_sweeping;
    memo_redis_scan sweep;
    uint64_t sweep_ns, hits_ns, company_ns, secret_ns; /* when it is due */
} memo_redis_store;

/* Until when calls of the program may wait, and the store's thread. */
static inline memo_redis_asking
memo_redis_briefly(const memo_redis_store *store)
{
    return (memo_redis_asking){memo_redis_now() + store->host->timeout_ns,
                               false};
}

static inline memo_redis_asking
memo_redis_patiently(const memo_redis_store *store)
{
    return (memo_redis_asking){memo_redis_now() + store->patience_ns, true};
}

/* A random number as text, from where a count begins. */
void memo_redis_draw(char *out, size_t size);

/* ---- attach.c ------------------------------------------------------------ */

int memo_redis_attach(void *opened, memo_stored *stored);

/* Tell Redis again what it has lost, of all functions.  False: not yet. */
bool memo_redis_announce(memo_redis_store *store);

/* Ask how often a function was cleared.  False: there is no answer. */
bool memo_redis_ask_generation(memo_redis_store *store, memo_stored *stored,
                               const memo_redis_asking *how);

/* The same along with `front` other requests, whose replies are the caller's,
 * also if the result is false.
 * Shape: behind them there is room for two. */
bool memo_redis_ask_with_generation(memo_redis_request *requests,
                                    unsigned front, memo_redis_store *store,
                                    memo_stored *stored,
                                    const memo_redis_asking *how);

/* ---- the others ---------------------------------------------------------- */

memo_size memo_redis_write(void *opened, const memo_store_write *writes,
                           memo_size count);
int memo_redis_tend(void *opened);
int memo_redis_each(void *opened,
                    int (*visit)(void *context, const memo_store_item *item),
                    void *context);

/* Remove some of what is out of reach.  Returns whether there may be more. */
bool memo_redis_sweep(memo_redis_store *store);

/* Begin to walk over the names of entries. */
void memo_redis_scan_begin(memo_redis_scan *out, memo_redis_store *store);

/* Take a step: a list of names, or NULL: nothing this time.
 * Owner: result, caller. */
memo_redis_reply *memo_redis_scan_next(memo_redis_scan *scan,
                                       memo_redis_store *store);

static inline bool memo_redis_scan_is_over(const memo_redis_scan *scan)
{
    return scan->node == scan->node_count;
}

#endif
