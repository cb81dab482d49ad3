/* cluster_map.c -- which server has which slots, as the servers say. */
#include "redis/cluster.h"
#include "redis/now.h"

#include <stdlib.h>
#include <string.h>

/* Ask one node one thing.  Owner: result, caller; NULL: it does not answer. */
static memo_redis_reply *ask_one(memo_redis_cluster *cluster,
                                 memo_redis_node *node, const char *command,
                                 const char *what, uint64_t until_ns)
{
    memo_redis_request request;

    memo_redis_request_make(&request, command, NULL);
    memo_redis_add(&request, what);
    request.node = node;
    memo_redis_ask(cluster, &request, 1,
                   &(memo_redis_asking){.until_ns = until_ns});
    return request.reply;
}

bool memo_redis_cluster_detect(memo_redis_cluster *cluster,
                               memo_redis_node *node, uint64_t until_ns)
{
    memo_redis_reply *reply =
        ask_one(cluster, node, "INFO", "cluster", until_ns);
    bool has_answered = reply != NULL;

    /* Who does not say it is one of one, until it redirects. */
    if (memo_redis_reply_kind(reply) == MEMO_REDIS_TEXT &&
        strstr(memo_redis_reply_text(reply).at, "cluster_enabled:1"))
        atomic_store(&cluster->is_many, true);
    memo_redis_reply_free(reply);
    return has_answered;
}

/* A node of the map: [host, port, ...]. */
static memo_redis_node *read_node(memo_redis_cluster *cluster,
                                  const memo_redis_node *from,
                                  const memo_redis_reply *reply)
{
    memo_redis_bytes host =
        memo_redis_reply_text(memo_redis_reply_at(reply, 0));
    memo_redis_seed seed = {.port = 0};
    uint64_t port;

    if (!memo_redis_reply_number(&port, memo_redis_reply_at(reply, 1)) ||
        port == 0 || port > 65535 || host.size >= sizeof seed.host)
        return NULL;
    memcpy(seed.host, host.at, host.size);
    if (host.size == 0 || strcmp(seed.host, "?") == 0)
        memcpy(seed.host, from->seed.host, sizeof seed.host);
    seed.port = (uint16_t)port;
    return memo_redis_cluster_add(cluster, &seed);
}

/* A range: [first, last, master, replica...].  Replicas may be asked for the
 * map when their master is gone. */
static bool read_range(memo_redis_cluster *cluster, uint16_t *owners,
                       const memo_redis_node *from,
                       const memo_redis_reply *reply)
{
    uint64_t first, last;
    memo_redis_node *master;

    if (!memo_redis_reply_number(&first, memo_redis_reply_at(reply, 0)) ||
        !memo_redis_reply_number(&last, memo_redis_reply_at(reply, 1)) ||
        first > last || last >= MEMO_REDIS_SLOTS)
        return false;
    master = read_node(cluster, from, memo_redis_reply_at(reply, 2));
    if (!master)
        return false;
    for (size_t i = 3; i < memo_redis_reply_count(reply) && i < 16; i++)
        read_node(cluster, from, memo_redis_reply_at(reply, i));
    for (uint64_t slot = first; slot <= last; slot++)
        owners[slot] =
            (uint16_t)(memo_redis_cluster_index(cluster, master) + 1);
    return true;
}

static bool read_map(memo_redis_cluster *cluster, const memo_redis_node *from,
                     const memo_redis_reply *reply)
{
    uint16_t *owners = calloc(MEMO_REDIS_SLOTS, sizeof *owners);
    size_t count = memo_redis_reply_count(reply);
    bool is_sound = owners && count > 0;

    for (size_t i = 0; is_sound && i < count; i++)
        is_sound =
            read_range(cluster, owners, from, memo_redis_reply_at(reply, i));
    for (size_t i = 0; is_sound && i < MEMO_REDIS_SLOTS; i++)
        atomic_store(&cluster->owners[i], owners[i]);
    free(owners);
    return is_sound;
}

bool memo_redis_cluster_refresh(memo_redis_cluster *cluster, uint64_t until_ns)
{
    unsigned count = atomic_load(&cluster->node_count);
    unsigned begin = atomic_load(&cluster->home);

    for (unsigned i = 0; i < count; i++) {
        unsigned index = (begin + i) % count;
        memo_redis_node *node = cluster->nodes[index];
        uint64_t now = memo_redis_now();
        memo_redis_reply *reply;
        bool is_read;

        if (now >= until_ns)
            break;
        /* One that hangs must not use up all of the time. */
        reply = ask_one(cluster, node, "CLUSTER", "SLOTS",
                        now + (until_ns - now) / 3 + 1);
        is_read = read_map(cluster, node, reply);
        memo_redis_reply_free(reply);
        if (is_read) {
            atomic_store(&cluster->home, index);
            atomic_store(&cluster->is_stale, false);
            return true;
        }
    }
    atomic_store(&cluster->is_stale, true);
    return false;
}

unsigned memo_redis_cluster_owners(memo_redis_cluster *cluster,
                                   memo_redis_node **out)
{
    bool has_keys[MEMO_REDIS_NODES] = {false};
    unsigned count = 0;

    if (!atomic_load(&cluster->is_many)) {
        out[0] = cluster->nodes[atomic_load(&cluster->home)];
        return 1;
    }
    for (unsigned i = 0; i < MEMO_REDIS_SLOTS; i++) {
        uint16_t owner = atomic_load(&cluster->owners[i]);

        if (owner && !has_keys[owner - 1]) {
            has_keys[owner - 1] = true;
            out[count++] = cluster->nodes[owner - 1];
        }
    }
    return count;
}
