/* sweep.c -- entries that are out of reach go, a few at a time.
 *
 * After something was cleared, whoever did it goes over all entries; and once
 * an hour somebody does, for those who did not come to it.  Which generation is
 * the current one is asked after the names were read: then what has another one
 * is older, never newer.
 */
#include "redis/parts.h"

#include <stdlib.h>

#define HOUR_NS (3600ull * MEMO_REDIS_SECOND)
#define HOUR_MS "3600000"
#define MOST_NAMES                                                             \
    4096 /* of one step; servers give about as many as asked for */

/* A function of which there are entries. */
typedef struct {
    memo_name id;
    memo_redis_key key;
    memo_redis_counts counts;
    bool is_lost, is_known;
} owner;

/* One step. */
typedef struct {
    memo_redis_store *store;
    const memo_redis_reply *list;
    size_t name_count, owner_count;
    owner *owners;
    memo_redis_request *requests; /* one for each name, and one more */
    memo_redis_key *keys;
} step;

static bool read_name(memo_redis_entry_name *out, const step *of, size_t index)
{
    memo_redis_bytes text =
        memo_redis_reply_text(memo_redis_reply_at(of->list, index));

    return memo_redis_entry_parse(out, of->store->prefix, text.at, text.size);
}

static owner *find_owner(const step *of, const memo_name *id)
{
    for (size_t i = 0; i < of->owner_count; i++) {
        if (of->owners[i].id.low == id->low &&
            of->owners[i].id.high == id->high)
            return &of->owners[i];
    }
    return NULL;
}

static void find_owners(step *of)
{
    memo_redis_entry_name name;

    for (size_t i = 0; i < of->name_count; i++) {
        owner *added = &of->owners[of->owner_count];

        if (!read_name(&name, of, i) || find_owner(of, &name.function))
            continue;
        added->id = name.function;
        memo_redis_key_of(&added->key, of->store->prefix, "generation",
                          &added->id);
        of->owner_count++;
    }
}

/* Ask how often each was cleared, and all of them. */
static void ask_counts(step *of)
{
    memo_redis_asking how = memo_redis_patiently(of->store);
    memo_redis_request *all = &of->requests[of->owner_count];
    uint64_t all_count = 0;
    bool has_all;

    for (size_t i = 0; i < of->owner_count; i++)
        memo_redis_request_make(&of->requests[i], "GET", &of->owners[i].key);
    memo_redis_request_make(all, "GET", &of->store->all_key);
    memo_redis_ask(&of->store->cluster, of->requests, of->owner_count + 1,
                   &how);
    has_all = memo_redis_reply_number(&all_count, all->reply);
    for (size_t i = 0; i < of->owner_count; i++) {
        owner *at = &of->owners[i];
        const memo_redis_request *request = &of->requests[i];

        at->counts.all = all_count;
        at->is_lost =
            !request->has_failed &&
            memo_redis_reply_kind(request->reply) == MEMO_REDIS_NOTHING;
        at->is_known =
            has_all && memo_redis_reply_number(&at->counts.own, request->reply);
    }
    for (size_t i = 0; i <= of->owner_count; i++)
        memo_redis_request_free(&of->requests[i]);
}

static bool is_out_of_reach(const step *of, const memo_redis_entry_name *name)
{
    const owner *whose = find_owner(of, &name->function);

    if (!whose || whose->is_lost)
        return whose != NULL;
    return whose->is_known &&
           memo_redis_generation_of(whose->counts) != name->generation;
}

static void remove_some(step *of)
{
    memo_redis_asking how = memo_redis_patiently(of->store);
    memo_redis_entry_name name;
    size_t count = 0;

    for (size_t i = 0; i < of->name_count; i++) {
        if (!read_name(&name, of, i) || !is_out_of_reach(of, &name))
            continue;
        memo_redis_key_entry(&of->keys[count], of->store->prefix, &name);
        memo_redis_request_make(&of->requests[count], "UNLINK",
                                &of->keys[count]);
        count++;
    }
    memo_redis_ask(&of->store->cluster, of->requests, count, &how);
    for (size_t i = 0; i < count; i++)
        memo_redis_request_free(&of->requests[i]);
}

static void sweep_names(memo_redis_store *store, const memo_redis_reply *list)
{
    step one = {.store = store, .list = list};

    one.name_count = memo_redis_reply_count(list);
    if (one.name_count == 0)
        return;
    if (one.name_count > MOST_NAMES)
        one.name_count = MOST_NAMES;
    one.owners = calloc(one.name_count, sizeof *one.owners);
    one.keys = calloc(one.name_count, sizeof *one.keys);
    one.requests = calloc(one.name_count + 1, sizeof *one.requests);
    if (one.owners && one.keys && one.requests) {
        find_owners(&one);
        ask_counts(&one);
        remove_some(&one);
    }
    free(one.owners);
    free(one.keys);
    free(one.requests);
}

/* One of all processes goes over all of it once an hour. */
static bool is_our_hour(memo_redis_store *store)
{
    memo_redis_asking how = memo_redis_patiently(store);
    memo_redis_request request;
    memo_redis_key key;
    bool is_ours;

    if (memo_redis_now() < store->sweep_ns)
        return false;
    store->sweep_ns = memo_redis_now() + HOUR_NS;
    memo_redis_key_of(&key, store->prefix, "swept", NULL);
    memo_redis_request_make(&request, "SET", &key);
    memo_redis_add(&request, store->token);
    memo_redis_add(&request, "NX");
    memo_redis_add(&request, "PX");
    memo_redis_add(&request, HOUR_MS);
    memo_redis_ask(&store->cluster, &request, 1, &how);
    is_ours = memo_redis_reply_is(request.reply, "OK");
    memo_redis_request_free(&request);
    return is_ours;
}

bool memo_redis_sweep(memo_redis_store *store)
{
    memo_redis_reply *reply;

    if (!store->is_sweeping) {
        if (!store->has_to_sweep && !is_our_hour(store))
            return false;
        store->has_to_sweep = false;
        store->is_sweeping = true;
        memo_redis_scan_begin(&store->sweep, store);
    }
    reply = memo_redis_scan_next(&store->sweep, store);
    sweep_names(store, memo_redis_reply_at(reply, 1));
    memo_redis_reply_free(reply);
    store->is_sweeping = !memo_redis_scan_is_over(&store->sweep);
    return store->is_sweeping || store->has_to_sweep;
}
