/* tend.c -- upkeep, while nothing else is to be done. */
#include "redis/parts.h"

#include <stdio.h>

#define COMPANY_NS (1ull * MEMO_REDIS_SECOND)
#define STALE_NS 100000000u /* between maps, when one is known to be wrong */
#define REFRESH_NS (60ull * MEMO_REDIS_SECOND)
#define HITS_NS (1ull * MEMO_REDIS_SECOND)
#define SECRET_NS (60ull * MEMO_REDIS_SECOND)
#define GROUP 32

/* Records that are gone are not made again. */
#define COUNT_HITS                                                             \
    "if redis.call('exists',KEYS[1])==1 then "                                 \
    "return redis.call('hincrby',KEYS[1],'hits',ARGV[1]) end return 0"

/* ---- who is there -------------------------------------------------------- */

/* Returns whether there is a new map. */
static bool refresh(memo_redis_store *store)
{
    memo_redis_cluster *cluster = &store->cluster;
    uint64_t now = memo_redis_now();
    uint64_t age = now - cluster->refreshed_ns;
    bool is_new;

    if (!atomic_load(&cluster->is_many) ||
        age < (atomic_load(&cluster->is_stale) ? STALE_NS : REFRESH_NS))
        return false;
    is_new = memo_redis_cluster_refresh(cluster, now + store->patience_ns);
    cluster->refreshed_ns = memo_redis_now();
    return is_new;
}

/* Names of servers that do not answer may stand for others now. */
static void find_lost(memo_redis_store *store)
{
    unsigned count = atomic_load(&store->cluster.node_count);
    memo_redis_failure failure;

    for (unsigned i = 0; i < count; i++) {
        memo_redis_node *node = store->cluster.nodes[i];

        memo_redis_node_prune(node, MEMO_REDIS_IDLE_NS);
        if (atomic_load(&node->retry_ns) != 0)
            memo_redis_node_find(node, true, &failure);
    }
}

/* Listen to all that have keys, and to no others. */
static void listen_to_owners(memo_redis_store *store)
{
    memo_redis_node *owners[MEMO_REDIS_NODES];
    unsigned owner_count = memo_redis_cluster_owners(&store->cluster, owners);
    unsigned count = atomic_load(&store->cluster.node_count);

    for (unsigned i = 0; i < owner_count; i++)
        memo_redis_link_start(&store->hearing, owners[i]);
    for (unsigned i = 0; i < count; i++) {
        memo_redis_node *node = store->cluster.nodes[i];
        bool is_owner = false;

        for (unsigned j = 0; j < owner_count; j++)
            is_owner = is_owner || owners[j] == node;
        if (!is_owner)
            memo_redis_link_stop(node, memo_redis_now() + store->patience_ns);
    }
}

static void keep_company(memo_redis_store *store)
{
    uint64_t now = memo_redis_now();

    if (!refresh(store) && now < store->company_ns)
        return;
    store->company_ns = now + COMPANY_NS;
    find_lost(store);
    listen_to_owners(store);
}

/* ---- what Redis has lost ------------------------------------------------- */

/* The next process shall find what this one stores. */
static void restore_secret(memo_redis_store *store)
{
    memo_redis_asking how = memo_redis_patiently(store);
    memo_redis_request request;
    memo_redis_key key;

    if (store->has_secret_of_its_own)
        return;
    memo_redis_key_of(&key, store->prefix, "secret", NULL);
    memo_redis_request_make(&request, "SET", &key);
    memo_redis_add_bytes(&request, store->host->secret,
                         sizeof store->host->secret);
    memo_redis_add(&request, "NX");
    memo_redis_ask(&store->cluster, &request, 1, &how);
    memo_redis_request_free(&request);
}

static void announce(memo_redis_store *store)
{
    uint64_t now = memo_redis_now();
    bool has_to;

    if (atomic_exchange(&store->hearing.has_lost_all, false))
        atomic_store(&store->has_to_announce, true);
    has_to = atomic_exchange(&store->has_to_announce, false);
    /* A name that is hardly ever read is the first that a full server drops. */
    if (has_to || now >= store->secret_ns) {
        store->secret_ns = now + SECRET_NS;
        restore_secret(store);
    }
    if (has_to && !memo_redis_announce(store))
        atomic_store(&store->has_to_announce, true);
}

/* ---- hits ---------------------------------------------------------------- */

typedef struct {
    memo_stored *stored;
    memo_u64 hits;
    memo_redis_key key;
    char number[24];
} counted;

static void tell_group(memo_redis_store *store, counted *group, unsigned count)
{
    memo_redis_asking how = memo_redis_patiently(store);
    memo_redis_request requests[GROUP];

    for (unsigned i = 0; i < count; i++) {
        memo_redis_request_make(&requests[i], "EVAL", NULL);
        memo_redis_add(&requests[i], COUNT_HITS);
        memo_redis_add(&requests[i], "1");
        memo_redis_add_bytes(&requests[i], group[i].key.text,
                             group[i].key.size);
        memo_redis_add(&requests[i], group[i].number);
        requests[i].key = &group[i].key;
    }
    memo_redis_ask(&store->cluster, requests, count, &how);
    for (unsigned i = 0; i < count; i++) {
        if (requests[i].has_failed) /* another time */
            __atomic_fetch_add(&group[i].stored->hits, group[i].hits,
                               __ATOMIC_RELAXED);
        else if (memo_redis_reply_kind(requests[i].reply) == MEMO_REDIS_ERROR)
            memo_redis_cluster_complain(&store->cluster, &requests[i]);
        memo_redis_request_free(&requests[i]);
    }
}

static void tell_hits(memo_redis_store *store)
{
    const memo_redis_function *at = NULL;
    counted group[GROUP];
    unsigned count = 0;

    if (memo_redis_now() < store->hits_ns)
        return;
    store->hits_ns = memo_redis_now() + HITS_NS;
    while ((at = memo_redis_functions_next(&store->functions, at)) != NULL) {
        counted *next = &group[count];

        next->stored = at->stored;
        next->hits =
            __atomic_exchange_n(&at->stored->hits, 0, __ATOMIC_RELAXED);
        if (next->hits == 0)
            continue;
        memo_redis_key_of(&next->key, store->prefix, "function",
                          &at->stored->id);
        snprintf(next->number, sizeof next->number, "%llu",
                 (unsigned long long)next->hits);
        if (++count == GROUP) {
            tell_group(store, group, count);
            count = 0;
        }
    }
    tell_group(store, group, count);
}

int memo_redis_tend(void *opened)
{
    memo_redis_store *store = opened;

    keep_company(store);
    announce(store);
    tell_hits(store);
    return memo_redis_sweep(store);
}
