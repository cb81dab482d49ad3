#include "redis/cluster.h"

#include "redis/now.h"

#include <stdlib.h>
#include <string.h>

#define MOST_REDIRECTS 5
#define GROUP 128 /* requests that are sent at once */

bool memo_redis_cluster_init(memo_redis_cluster *out, memo_store_host *host)
{
    memset(out, 0, sizeof *out);
    out->complaints.host = host;
    return pthread_mutex_init(&out->lock, NULL) == 0;
}

void memo_redis_cluster_finish(memo_redis_cluster *cluster)
{
    unsigned count = atomic_load(&cluster->node_count);

    for (unsigned i = 0; i < count; i++)
        memo_redis_node_destroy(cluster->nodes[i]);
    pthread_mutex_destroy(&cluster->lock);
}

static memo_redis_node *add(memo_redis_cluster *cluster,
                            const memo_redis_seed *seed)
{
    unsigned count = atomic_load(&cluster->node_count);
    memo_redis_failure failure;
    memo_redis_node *made;

    for (unsigned i = 0; i < count; i++) {
        const memo_redis_seed *known = &cluster->nodes[i]->seed;

        if (known->port == seed->port && strcmp(known->host, seed->host) == 0)
            return cluster->nodes[i];
    }
    if (count == MEMO_REDIS_NODES)
        return NULL;
    made = memo_redis_node_create(seed, &cluster->login);
    if (!made)
        return NULL;
    /* What is no number is looked up by the store's thread. */
    memo_redis_node_find(made, false, &failure);
    cluster->nodes[count] = made;
    atomic_store(&cluster->node_count, count + 1);
    return made;
}

memo_redis_node *memo_redis_cluster_add(memo_redis_cluster *cluster,
                                        const memo_redis_seed *seed)
{
    memo_redis_node *node;

    pthread_mutex_lock(&cluster->lock);
    node = add(cluster, seed);
    pthread_mutex_unlock(&cluster->lock);
    return node;
}

unsigned memo_redis_cluster_index(const memo_redis_cluster *cluster,
                                  const memo_redis_node *node)
{
    unsigned index = 0;

    while (cluster->nodes[index] != node)
        index++;
    return index;
}

memo_redis_node *memo_redis_cluster_route(memo_redis_cluster *cluster,
                                          const memo_redis_key *key)
{
    unsigned owner = 0;

    if (key && atomic_load(&cluster->is_many))
        owner = atomic_load(
            &cluster->owners[memo_redis_slot(key->text, key->size)]);
    return cluster->nodes[owner ? owner - 1 : atomic_load(&cluster->home)];
}

/* ---- redirections -------------------------------------------------------- */

/* The node at the end of "MOVED 3999 host:port"; without a host it is that of
 * who says so.  NULL: that is no such text. */
static memo_redis_node *find_target(memo_redis_cluster *cluster,
                                    const memo_redis_node *from,
                                    const char *text)
{
    memo_redis_seed seed = {.port = 0};
    const char *colon = strrchr(text, ':');
    size_t size;
    long port;

    if (!colon)
        return NULL;
    size = (size_t)(colon - text);
    port = strtol(colon + 1, NULL, 10);
    if (size >= sizeof seed.host || port <= 0 || port > 65535)
        return NULL;
    memcpy(seed.host, text, size);
    if (size == 0 || strcmp(seed.host, "?") == 0)
        memcpy(seed.host, from->seed.host, sizeof seed.host);
    seed.port = (uint16_t)port;
    return memo_redis_cluster_add(cluster, &seed);
}

static void note_owner(memo_redis_cluster *cluster, unsigned long slot,
                       const memo_redis_node *node)
{
    atomic_store(&cluster->is_many, true);
    atomic_store(&cluster->is_stale, true);
    if (slot < MEMO_REDIS_SLOTS)
        atomic_store(&cluster->owners[slot],
                     (uint16_t)(memo_redis_cluster_index(cluster, node) + 1));
}

/* Is the reply that another node is to be asked?  Then it is going to be. */
static bool redirect(memo_redis_cluster *cluster, memo_redis_request *request)
{
    bool has_moved = memo_redis_reply_is(request->reply, "MOVED ");
    const char *text = memo_redis_reply_text(request->reply).at;
    memo_redis_node *target;
    unsigned long slot;
    char *end;

    if (memo_redis_reply_kind(request->reply) != MEMO_REDIS_ERROR ||
        (!has_moved && !memo_redis_reply_is(request->reply, "ASK ")))
        return false;
    slot = strtoul(text + (has_moved ? 6 : 4), &end, 10);
    if (*end != ' ' || request->redirect_count == MOST_REDIRECTS)
        return false;
    target = find_target(cluster, request->node, end + 1);
    if (!target)
        return false;
    if (has_moved)
        note_owner(cluster, slot, target);
    memo_redis_request_free(request);
    request->redirect_count++;
    request->node = target;
    request->is_redirected = !has_moved;
    return true;
}

/* ---- asking one node ----------------------------------------------------- */

/* Requests that are sent at once. */
typedef struct {
    memo_redis_node *node;
    size_t count;
    memo_redis_request *requests[GROUP];
    memo_redis_request asking; /* in front of what is redirected for once */
} group;

/* Why did it not work? */
static void blame(memo_redis_cluster *cluster, memo_redis_node *node,
                  memo_redis_reply *refusal, const memo_redis_failure *failure)
{
    if (failure->is_ours)
        return;
    if (refusal)
        memo_redis_complain_of_reply(&cluster->complaints, &node->seed,
                                     refusal);
    else
        memo_redis_complain_of_failure(&cluster->complaints, &node->seed,
                                       failure);
    memo_redis_reply_free(refusal);
    memo_redis_node_failed(node);
    atomic_store(&cluster->is_stale, true);
}

/* Send a group, and note since when its node's changes are listened to. */
static size_t exchange(memo_redis_connection *connection, const group *of,
                       uint64_t until_ns, memo_redis_failure *failure)
{
    uint64_t heard = atomic_load(&of->node->heard);

    for (size_t i = 0; i < of->count; i++)
        of->requests[i]->heard = heard;
    failure->is_ours = false;
    return memo_redis_exchange(connection, of->requests, of->count, until_ns,
                               failure);
}

/* Ask over a connection of the pool.  One that has died since it was last used
 * is no sign of trouble. */
static size_t ask_pool(memo_redis_cluster *cluster, const group *of,
                       uint64_t until_ns)
{
    memo_redis_node *node = of->node;
    memo_redis_failure failure;
    memo_redis_reply *refusal;
    size_t answered = 0;

    for (unsigned attempt = 0; attempt < 2; attempt++) {
        bool is_used, has_heard;
        memo_redis_connection *connection =
            memo_redis_node_take(node, until_ns, &is_used, &refusal, &failure);

        if (!connection)
            break;
        answered = exchange(connection, of, until_ns, &failure);
        has_heard = memo_redis_connection_has_heard(connection);
        memo_redis_node_give(node, connection, answered == of->count);
        if (answered == of->count) {
            memo_redis_node_worked(node);
            return answered;
        }
        if (!is_used || has_heard)
            break;
        memo_redis_node_prune(node, 0);
    }
    blame(cluster, node, refusal, &failure);
    return answered;
}

/* Ask over the connection of which nobody tells us.  False: it is not there, or
 * had died. */
static bool ask_writer(size_t *answered, const group *of, uint64_t until_ns)
{
    memo_redis_node *node = of->node;
    memo_redis_failure failure;
    bool is_done = false;

    *answered = 0;
    pthread_mutex_lock(&node->writer_lock);
    if (node->writer && node->is_writer_good) {
        *answered = exchange(node->writer, of, until_ns, &failure);
        is_done = memo_redis_connection_has_heard(node->writer);
        node->is_writer_good = *answered == of->count &&
                               memo_redis_connection_is_clean(node->writer);
        if (!node->is_writer_good)
            memo_redis_node_wake(node);
    }
    pthread_mutex_unlock(&node->writer_lock);
    return is_done;
}

static size_t ask_group(memo_redis_cluster *cluster, const group *of,
                        const memo_redis_asking *how)
{
    size_t answered;

    if (!memo_redis_node_may_try(of->node)) {
        atomic_store(&cluster->is_stale, true);
        return 0;
    }
    if (how->is_writing && ask_writer(&answered, of, how->until_ns))
        return answered;
    return ask_pool(cluster, of, how->until_ns);
}

/* ---- asking -------------------------------------------------------------- */

static bool is_pending(const memo_redis_request *request)
{
    return !request->reply && !request->has_failed;
}

static memo_redis_node *node_of(memo_redis_cluster *cluster,
                                memo_redis_request *request)
{
    if (!request->node)
        request->node = memo_redis_cluster_route(cluster, request->key);
    return request->node;
}

/* Those that go along with the first one: to the same node.  What is redirected
 * for once goes alone. */
static void gather(group *out, memo_redis_cluster *cluster,
                   memo_redis_request *first, const memo_redis_request *end)
{
    out->node = node_of(cluster, first);
    out->count = 0;
    if (first->is_redirected) {
        memo_redis_request_make(&out->asking, "ASKING", NULL);
        out->requests[out->count++] = &out->asking;
        out->requests[out->count++] = first;
        return;
    }
    for (; first < end && out->count < GROUP; first++) {
        if (is_pending(first) && node_of(cluster, first) == out->node &&
            !first->is_redirected)
            out->requests[out->count++] = first;
    }
}

/* Take notice of what was answered. */
static void settle(const group *of, memo_redis_cluster *cluster,
                   size_t answered)
{
    for (size_t i = 0; i < of->count; i++) {
        memo_redis_request *request = of->requests[i];

        request->has_failed = i >= answered;
        if (request == &of->asking)
            memo_redis_request_free(request);
        else if (i < answered)
            redirect(cluster, request);
    }
}

void memo_redis_ask(memo_redis_cluster *cluster, memo_redis_request *requests,
                    size_t count, const memo_redis_asking *how)
{
    const memo_redis_request *end = requests + count;
    group next;

    for (memo_redis_request *first = requests; first < end;) {
        if (!is_pending(first)) {
            first++;
            continue;
        }
        gather(&next, cluster, first, end);
        settle(&next, cluster, ask_group(cluster, &next, how));
    }
}

void memo_redis_cluster_complain(memo_redis_cluster *cluster,
                                 const memo_redis_request *request)
{
    if (memo_redis_reply_is(request->reply, "CLUSTERDOWN ") ||
        memo_redis_reply_is(request->reply, "MOVED ") ||
        memo_redis_reply_is(request->reply, "READONLY "))
        atomic_store(&cluster->is_stale, true);
    memo_redis_complain_of_reply(&cluster->complaints, &request->node->seed,
                                 request->reply);
}
