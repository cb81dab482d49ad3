/* store.c -- the store for many machines: results in Redis.
 *
 * The environment says where: MEMO_REDIS_URL, MEMO_REDIS_PREFIX and
 * MEMO_REDIS_SECRET.
 *
 * What can be relied on:
 * - An entry is loaded as it was saved, under the generation that its function
 *   has now as far as was heard; a load that overlaps with a change may see
 *   either side of it.
 * - What others change, memory forgets when the server's word of it arrives.
 *   If that overtakes the reply to a load, forget() is called before load()
 *   returns, so that the cache does not keep it; if it comes later, it finds it
 *   in memory.  So no order between the two connections is needed.
 * - A server that has gone silent is noticed after MEMO_REDIS_BEAT_NS and the
 *   patience of the store's thread, together; then memory forgets everything.
 *
 * What cannot: until the word arrives, memory serves what was.  Without a link
 * what is computed here stays in memory until there is one again.  A master
 * that is cut off from its cluster is believed for as long as it answers.
 */
#include "base/export.h"
#include "redis/parts.h"
#include "redis/sha256.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>

#define SECRET_BYTES sizeof((memo_store_host *)0)->secret
#define LEAST_PATIENCE_NS (1ull * MEMO_REDIS_SECOND)
#define CLAIM_MS "10000"
#define MOST_LOOKS 4

/* ---- settings ------------------------------------------------------------ */

static const char *setting(const char *name, const char *otherwise)
{
    const char *value = getenv(name);

    return value && *value ? value : otherwise;
}

static bool read_settings(memo_redis_store *store)
{
    memo_redis_complaints *complaints = &store->cluster.complaints;
    const char *url = setting("MEMO_REDIS_URL", "redis://127.0.0.1:6379");
    const char *prefix = setting("MEMO_REDIS_PREFIX", "memo"), *at;
    const char *expected = memo_redis_url_parse(&store->url, url, &at);

    /* The URL itself may have a password in it. */
    if (expected) {
        memo_redis_complain(complaints,
                            "persist=\"redis\": MEMO_REDIS_URL needs %s at "
                            "character %zu; results stay in memory only; it is "
                            "redis://[user:password@]host[:port][/db] or "
                            "unix:///path[?db=n]",
                            expected, (size_t)(at - url) + 1);
        return false;
    }
    if (!memo_redis_is_prefix(prefix)) {
        memo_redis_complain(complaints,
                            "persist=\"redis\": MEMO_REDIS_PREFIX is not 1 to "
                            "64 letters, digits and . _ - / : as it has to be; "
                            "results stay in memory only");
        return false;
    }
    snprintf(store->prefix, sizeof store->prefix, "%s", prefix);
    memo_redis_key_of(&store->all_key, store->prefix, "generation", NULL);
    store->cluster.login = (memo_redis_login){
        store->url.user, store->url.password, store->url.database};
    return true;
}

void memo_redis_draw(char *out, size_t size)
{
    uint32_t number = 0;

    if (getrandom(&number, sizeof number, 0) != sizeof number)
        number = (uint32_t)memo_redis_wall_now();
    snprintf(out, size, "%u", (number & 0x7fffffffu) + 1);
}

static bool draw_token(memo_redis_store *store)
{
    memo_name name;

    if (getrandom(&name, sizeof name, 0) != sizeof name)
        return false;
    memo_redis_name_put(store->token, &name);
    return true;
}

/* ---- the secret ---------------------------------------------------------- */

/* Offer one and take the one that is there, which is another one if somebody
 * was faster. */
static bool share_secret(memo_redis_store *store)
{
    unsigned char drawn[SECRET_BYTES];
    memo_redis_asking how = memo_redis_patiently(store);
    memo_redis_request requests[2];
    memo_redis_bytes kept;
    memo_redis_key key;
    bool is_done;

    if (getrandom(drawn, sizeof drawn, 0) != sizeof drawn)
        return false;
    memo_redis_key_of(&key, store->prefix, "secret", NULL);
    memo_redis_request_make(&requests[0], "SET", &key);
    memo_redis_add_bytes(&requests[0], drawn, sizeof drawn);
    memo_redis_add(&requests[0], "NX");
    memo_redis_request_make(&requests[1], "GET", &key);
    memo_redis_ask(&store->cluster, requests, 2, &how);
    kept = memo_redis_reply_text(requests[1].reply);
    is_done = memo_redis_reply_kind(requests[1].reply) == MEMO_REDIS_TEXT &&
              kept.size == SECRET_BYTES;
    if (is_done)
        memcpy(store->host->secret, kept.at, SECRET_BYTES);
    else if (memo_redis_reply_kind(requests[1].reply) == MEMO_REDIS_TEXT)
        memo_redis_complain(&store->cluster.complaints,
                            "persist=\"redis\": %s in Redis is no secret; "
                            "results stay in memory only; remove it, or let "
                            "MEMO_REDIS_PREFIX be another",
                            key.text);
    else if (requests[1].reply)
        memo_redis_cluster_complain(
            &store->cluster, requests[0].reply ? &requests[0] : &requests[1]);
    memo_redis_request_free(&requests[0]);
    memo_redis_request_free(&requests[1]);
    return is_done;
}

static bool find_secret(memo_redis_store *store)
{
    const char *text = setting("MEMO_REDIS_SECRET", NULL);

    store->has_secret_of_its_own = text != NULL;
    if (!text)
        return share_secret(store);
    memo_redis_derive(store->host->secret, SECRET_BYTES, text);
    return true;
}

/* ---- open and close ------------------------------------------------------ */

/* The first server that answers. */
static bool find_home(memo_redis_store *store)
{
    memo_redis_cluster *cluster = &store->cluster;
    memo_redis_failure failure;

    for (unsigned i = 0; i < store->url.seed_count; i++) {
        memo_redis_node *node =
            memo_redis_cluster_add(cluster, &store->url.seeds[i]);

        if (!node)
            return false;
        if (node->address.count == 0 &&
            !memo_redis_node_find(node, true, &failure)) {
            memo_redis_complain_of_failure(&cluster->complaints, &node->seed,
                                           &failure);
            continue;
        }
        atomic_store(&cluster->home, memo_redis_cluster_index(cluster, node));
        if (memo_redis_cluster_detect(cluster, node,
                                      memo_redis_now() + store->patience_ns))
            return true;
    }
    return false;
}

static void start_links(memo_redis_store *store)
{
    memo_redis_node *nodes[MEMO_REDIS_NODES];
    unsigned count = memo_redis_cluster_owners(&store->cluster, nodes);
    uint64_t until = memo_redis_now() + store->patience_ns;

    for (unsigned i = 0; i < count; i++)
        memo_redis_link_start(&store->hearing, nodes[i]);
    for (unsigned i = 0; i < count; i++)
        memo_redis_link_wait(nodes[i], until);
}

static bool begin(memo_redis_store *store)
{
    if (!read_settings(store) || !draw_token(store) || !find_home(store))
        return false;
    if (atomic_load(&store->cluster.is_many) &&
        !memo_redis_cluster_refresh(&store->cluster,
                                    memo_redis_now() + store->patience_ns)) {
        memo_redis_complain(&store->cluster.complaints,
                            "persist=\"redis\": the cluster does not say who "
                            "has what; results stay in memory until it does; "
                            "see CLUSTER SLOTS");
        return false;
    }
    if (!find_secret(store))
        return false;
    start_links(store);
    atomic_store(&store->hearing.has_lost_all, false);
    return true;
}

/* Memory that a thread still uses is left to it. */
static void close_store(void *opened)
{
    memo_redis_store *store = opened;
    unsigned count = atomic_load(&store->cluster.node_count);
    uint64_t until = memo_redis_now() + store->patience_ns;
    bool have_ended = true;

    for (unsigned i = 0; i < count; i++)
        have_ended =
            memo_redis_link_stop(store->cluster.nodes[i], until) && have_ended;
    if (!have_ended)
        return;
    memo_redis_cluster_finish(&store->cluster);
    memo_redis_functions_finish(&store->functions);
    free(store);
}

static void *open_store(memo_store_host *host)
{
    memo_redis_store *store = calloc(1, sizeof *store);

    if (!store || !memo_redis_cluster_init(&store->cluster, host)) {
        free(store);
        return NULL;
    }
    store->host = host;
    store->patience_ns = host->timeout_ns > LEAST_PATIENCE_NS
                             ? host->timeout_ns
                             : LEAST_PATIENCE_NS;
    memo_redis_functions_init(&store->functions);
    store->hearing =
        (memo_redis_hearing){.host = host,
                             .prefix = store->prefix,
                             .functions = &store->functions,
                             .complaints = &store->cluster.complaints,
                             .patience_ns = store->patience_ns};
    if (begin(store))
        return store;
    close_store(store);
    return NULL;
}

/* ---- load ---------------------------------------------------------------- */

/* What came of a look. */
typedef enum { NO_ENTRY, ENTRY, CANNOT_SAY, LOOK_AGAIN } looking;

/* Look once.  The generation is asked for along with the entry where it is not
 * known; was the entry asked for under another one, it has to be again. */
static looking look(memo_redis_request *requests, memo_redis_store *store,
                    memo_stored *stored, memo_redis_entry_name *name,
                    const memo_redis_asking *how)
{
    memo_redis_key key;
    bool is_known =
        memo_redis_generation_get(&name->generation, &store->functions, stored);

    memo_redis_key_entry(&key, store->prefix, name);
    memo_redis_request_make(requests, "GET", &key);
    if (is_known) {
        memo_redis_generation_set(stored, name->generation);
        memo_redis_ask(&store->cluster, requests, 1, how);
    } else if (!memo_redis_ask_with_generation(requests, 1, store, stored,
                                               how)) {
        return LOOK_AGAIN;
    } else if (__atomic_load_n(&stored->generation, __ATOMIC_SEQ_CST) !=
               name->generation) {
        return LOOK_AGAIN;
    }
    switch (memo_redis_reply_kind(requests->reply)) {
    case MEMO_REDIS_TEXT:
        return ENTRY;
    case MEMO_REDIS_NOTHING:
        return requests->has_failed ? CANNOT_SAY : NO_ENTRY;
    default:
        memo_redis_cluster_complain(&store->cluster, requests);
        return CANNOT_SAY;
    }
}

static memo_loading load(void *opened, memo_stored *stored,
                         const memo_name *digest, memo_store_taker *take,
                         void *context)
{
    memo_redis_store *store = opened;
    memo_redis_asking how = memo_redis_briefly(store);
    memo_redis_entry_name name = {.digest = *digest, .function = stored->id};
    memo_redis_request requests[3];
    looking outcome = LOOK_AGAIN;

    for (unsigned i = 0; i < MOST_LOOKS && outcome == LOOK_AGAIN; i++) {
        outcome = look(requests, store, stored, &name, &how);
        if (outcome == LOOK_AGAIN && requests->has_failed)
            outcome = CANNOT_SAY;
        if (outcome == ENTRY) {
            memo_redis_bytes bytes = memo_redis_reply_text(requests->reply);

            take(context, bytes.at, bytes.size);
            /* Nobody would tell when it changes: memory must not keep it. */
            if (!requests->heard && !atomic_load(&requests->node->is_mute) &&
                store->host->forget)
                store->host->forget(store->host, stored, digest);
        }
        memo_redis_request_free(requests);
    }
    if (outcome == ENTRY)
        return MEMO_LOADED;
    return outcome == NO_ENTRY ? MEMO_LOAD_NONE : MEMO_LOAD_FAILED;
}

/* ---- claims -------------------------------------------------------------- */

static int claim(void *opened, memo_stored *stored, const memo_name *digest)
{
    memo_redis_store *store = opened;
    memo_redis_asking how = memo_redis_briefly(store);
    memo_redis_entry_name name = {.digest = *digest, .function = stored->id};
    memo_redis_request request;
    memo_redis_key key;
    bool is_taken;

    memo_redis_generation_get(&name.generation, &store->functions, stored);
    memo_redis_key_claim(&key, store->prefix, &name);
    memo_redis_request_make(&request, "SET", &key);
    memo_redis_add(&request, store->token);
    memo_redis_add(&request, "NX");
    memo_redis_add(&request, "PX");
    memo_redis_add(&request, CLAIM_MS);
    memo_redis_ask(&store->cluster, &request, 1, &how);
    is_taken = !request.has_failed &&
               memo_redis_reply_kind(request.reply) == MEMO_REDIS_NOTHING;
    if (memo_redis_reply_kind(request.reply) == MEMO_REDIS_ERROR)
        memo_redis_cluster_complain(&store->cluster, &request);
    memo_redis_request_free(&request);
    return !is_taken;
}

MEMO_EXPORT const struct memo_store *memo_redis_store_is_in_libmemo_redis(void)
{
    static const struct memo_store store = {.name = "redis",
                                            .is_coherent = 1,
                                            .open = open_store,
                                            .close = close_store,
                                            .attach = memo_redis_attach,
                                            .load = load,
                                            .write = memo_redis_write,
                                            .tend = memo_redis_tend,
                                            .each = memo_redis_each,
                                            .claim = claim};

    return &store;
}
