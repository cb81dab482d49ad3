/* write.c -- results are kept, removed and cleared, many at once.
 *
 * An entry of an outdated generation is out of reach, so nothing has to be done
 * to clear a function but to count; tend.c removes what is left over.
 */
#include "redis/parts.h"

#include <stdio.h>

#define CHUNK 64                         /* writes that are sent at once */
#define LEAST_SPEED ((uint64_t)16 << 20) /* bytes a second */

/* Only who holds a claim gives it back. */
#define LET_GO                                                                 \
    "if redis.call('get',KEYS[1])==ARGV[1] then "                              \
    "return redis.call('del',KEYS[1]) end return 0"

/* What one write needs. */
typedef struct {
    memo_redis_key key;
    char number[24];
    unsigned first, count; /* its requests */
} plan;

typedef struct {
    memo_redis_store *store;
    plan plans[CHUNK];
    memo_redis_request requests[2 * CHUNK];
    unsigned request_count;
    uint64_t bytes;
} batch;

static memo_redis_request *add_request(batch *to, plan *of, const char *command)
{
    memo_redis_request *added = &to->requests[to->request_count++];

    of->count++;
    memo_redis_request_make(added, command, &of->key);
    return added;
}

/* ---- plans --------------------------------------------------------------- */

static void plan_save(batch *to, plan *out, const memo_store_write *write)
{
    memo_redis_store *store = to->store;
    memo_redis_entry_name name = {.digest = write->digest,
                                  .function = write->stored->id,
                                  .generation = write->generation};
    uint64_t now = write->expires_ns ? memo_redis_wall_now() : 0, generation;
    uint64_t left_ms =
        now < write->expires_ns ? (write->expires_ns - now) / 1000000u : 0;
    memo_redis_request *request;

    if (write->expires_ns && left_ms == 0)
        return;
    if (memo_redis_generation_get(&generation, &store->functions,
                                  write->stored) &&
        generation != write->generation)
        return;
    memo_redis_key_entry(&out->key, store->prefix, &name);
    request = add_request(to, out, "SET");
    memo_redis_add_bytes(request, write->bytes, write->size);
    to->bytes += write->size;
    if (write->expires_ns) {
        snprintf(out->number, sizeof out->number, "%llu",
                 (unsigned long long)left_ms);
        memo_redis_add(request, "PX");
        memo_redis_add(request, out->number);
    }
}

/* It is to be gone whatever was cleared meanwhile.  False: the generation is
 * not to be had. */
static bool plan_remove(batch *to, plan *out, const memo_store_write *write)
{
    memo_redis_asking how = memo_redis_patiently(to->store);
    memo_redis_entry_name name = {.digest = write->digest,
                                  .function = write->stored->id};

    if (!memo_redis_ask_generation(to->store, write->stored, &how))
        return false;
    name.generation =
        __atomic_load_n(&write->stored->generation, __ATOMIC_SEQ_CST);
    memo_redis_key_entry(&out->key, to->store->prefix, &name);
    add_request(to, out, "UNLINK");
    return true;
}

/* Count from chance, if nothing was counted yet. */
static void plan_clear(batch *to, plan *out, const memo_stored *stored)
{
    memo_redis_request *request;

    memo_redis_key_of(&out->key, to->store->prefix, "generation",
                      stored ? &stored->id : NULL);
    memo_redis_draw(out->number, sizeof out->number);
    request = add_request(to, out, "SET");
    memo_redis_add(request, out->number);
    memo_redis_add(request, "NX");
    add_request(to, out, "INCR");
}

static void plan_let_go(batch *to, plan *out, const memo_store_write *write)
{
    memo_redis_entry_name name = {.digest = write->digest,
                                  .function = write->stored->id};
    memo_redis_request *request;

    memo_redis_generation_get(&name.generation, &to->store->functions,
                              write->stored);
    memo_redis_key_claim(&out->key, to->store->prefix, &name);
    request = &to->requests[to->request_count++];
    out->count++;
    memo_redis_request_make(request, "EVAL", NULL);
    memo_redis_add(request, LET_GO);
    memo_redis_add(request, "1");
    memo_redis_add_bytes(request, out->key.text, out->key.size);
    memo_redis_add(request, to->store->token);
    request->key = &out->key;
}

/* False: neither this nor what follows can be done now. */
static bool make_plan(batch *to, plan *out, const memo_store_write *write)
{
    out->first = to->request_count;
    out->count = 0;
    switch (write->operation) {
    case MEMO_STORE_SAVE:
        plan_save(to, out, write);
        return true;
    case MEMO_STORE_REMOVE:
        return plan_remove(to, out, write);
    case MEMO_STORE_CLEAR:
        plan_clear(to, out, write->stored);
        return true;
    case MEMO_STORE_CLEAR_ALL:
        plan_clear(to, out, NULL);
        return true;
    case MEMO_STORE_LET_GO:
        plan_let_go(to, out, write);
        return true;
    default:
        return true;
    }
}

/* ---- what came of them --------------------------------------------------- */

static uint64_t generation_of(const memo_stored *stored)
{
    return __atomic_load_n(&stored->generation, __ATOMIC_SEQ_CST);
}

/* What is found under an earlier count from now on is not taken any more. */
static void note_cleared(memo_redis_store *store, memo_stored *stored,
                         uint64_t count)
{
    memo_redis_outdate(stored);
    memo_redis_generation_set(
        stored, memo_redis_generation_of((memo_redis_counts){
                    .own = count, .all = generation_of(stored) >> 32}));
    store->has_to_sweep = true;
}

static void note_all_cleared(memo_redis_store *store, uint64_t count)
{
    const memo_redis_function *at = NULL;

    memo_redis_outdate_all(&store->functions);
    while ((at = memo_redis_functions_next(&store->functions, at)) != NULL)
        memo_redis_generation_set(
            at->stored, memo_redis_generation_of((memo_redis_counts){
                            .own = generation_of(at->stored), .all = count}));
    store->has_to_sweep = true;
}

/* Is it done, or no loss? */
static bool is_done(batch *of, const plan *by, const memo_store_write *write)
{
    const memo_redis_request *last;
    uint64_t count;

    for (unsigned i = 0; i < by->count; i++) {
        const memo_redis_request *request = &of->requests[by->first + i];

        if (request->has_failed)
            return false;
        if (memo_redis_reply_kind(request->reply) == MEMO_REDIS_ERROR)
            memo_redis_cluster_complain(&of->store->cluster, request);
    }
    if (by->count == 0 || write->operation == MEMO_STORE_SAVE ||
        write->operation == MEMO_STORE_LET_GO)
        return true;
    last = &of->requests[by->first + by->count - 1];
    if (memo_redis_reply_kind(last->reply) != MEMO_REDIS_INTEGER ||
        !memo_redis_reply_number(&count, last->reply))
        return false;
    if (write->operation == MEMO_STORE_CLEAR)
        note_cleared(of->store, write->stored, count);
    else if (write->operation == MEMO_STORE_CLEAR_ALL)
        note_all_cleared(of->store, count);
    return true;
}

/* Returns how many are done, from the first. */
static memo_size write_chunk(memo_redis_store *store,
                             const memo_store_write *writes, memo_size count)
{
    batch all;
    memo_redis_asking how;
    memo_size planned = 0, done = 0;

    all.store = store;
    all.request_count = 0;
    all.bytes = 0;
    while (planned < count &&
           make_plan(&all, &all.plans[planned], &writes[planned]))
        planned++;
    how = memo_redis_patiently(store);
    how.until_ns += all.bytes * MEMO_REDIS_SECOND / LEAST_SPEED;
    memo_redis_ask(&store->cluster, all.requests, all.request_count, &how);
    while (done < planned && is_done(&all, &all.plans[done], &writes[done]))
        done++;
    for (unsigned i = 0; i < all.request_count; i++)
        memo_redis_request_free(&all.requests[i]);
    return done;
}

memo_size memo_redis_write(void *opened, const memo_store_write *writes,
                           memo_size count)
{
    memo_size done = 0;

    while (done < count) {
        memo_size some = count - done < CHUNK ? count - done : CHUNK;
        memo_size now = write_chunk(opened, writes + done, some);

        done += now;
        if (now < some)
            break;
    }
    return done;
}
