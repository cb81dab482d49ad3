/* attach.c -- functions in Redis: where they are, how often they were cleared.
 */
#include "redis/parts.h"

#include <stdio.h>

/* What is needed to count from chance, where nothing was counted. */
static void make_count(memo_redis_request *out, const memo_redis_key *key,
                       const char *number)
{
    memo_redis_request_make(out, "SET", key);
    memo_redis_add(out, number);
    memo_redis_add(out, "NX");
}

/* ---- generations --------------------------------------------------------- */

/* Nothing was ever cleared, or Redis has lost it: then what was there under an
 * earlier count must never come back. */
static void make_counts(memo_redis_store *store, const memo_redis_key *own,
                        const memo_redis_asking *how)
{
    memo_redis_request requests[2];
    char numbers[2][24];

    memo_redis_draw(numbers[0], sizeof numbers[0]);
    memo_redis_draw(numbers[1], sizeof numbers[1]);
    make_count(&requests[0], own, numbers[0]);
    make_count(&requests[1], &store->all_key, numbers[1]);
    memo_redis_ask(&store->cluster, requests, 2, how);
    for (unsigned i = 0; i < 2; i++) {
        if (memo_redis_reply_kind(requests[i].reply) == MEMO_REDIS_ERROR)
            memo_redis_cluster_complain(&store->cluster, &requests[i]);
        memo_redis_request_free(&requests[i]);
    }
    atomic_store(&store->has_to_announce, true);
}

/* A count of the reply; false: it has none. */
static bool read_count(uint64_t *out, memo_redis_store *store,
                       const memo_redis_request *request, bool *is_lost)
{
    if (memo_redis_reply_number(out, request->reply))
        return true;
    if (request->has_failed)
        return false;
    if (memo_redis_reply_kind(request->reply) == MEMO_REDIS_NOTHING)
        *is_lost = true;
    else
        memo_redis_cluster_complain(&store->cluster, request);
    return false;
}

bool memo_redis_ask_with_generation(memo_redis_request *requests,
                                    unsigned front, memo_redis_store *store,
                                    memo_stored *stored,
                                    const memo_redis_asking *how)
{
    memo_redis_versions before =
        memo_redis_versions_get(&store->functions, stored);
    memo_redis_request *own = &requests[front], *all = own + 1;
    memo_redis_counts counts;
    memo_redis_key key;
    bool is_lost = false, has_both;

    memo_redis_key_of(&key, store->prefix, "generation", &stored->id);
    memo_redis_request_make(own, "GET", &key);
    memo_redis_request_make(all, "GET", &store->all_key);
    memo_redis_ask(&store->cluster, requests, front + 2, how);
    has_both = read_count(&counts.own, store, own, &is_lost);
    has_both = read_count(&counts.all, store, all, &is_lost) && has_both;
    if (has_both) {
        memo_redis_generation_set(stored, memo_redis_generation_of(counts));
        if (own->heard && all->heard)
            memo_redis_generation_trust(&store->functions, stored, counts,
                                        before);
    }
    memo_redis_request_free(own);
    memo_redis_request_free(all);
    if (is_lost)
        make_counts(store, &key, how);
    return has_both;
}

bool memo_redis_ask_generation(memo_redis_store *store, memo_stored *stored,
                               const memo_redis_asking *how)
{
    memo_redis_request requests[2];
    bool is_answered = false;

    /* What nothing was known of is known the second time. */
    for (unsigned i = 0; i < 2 && !is_answered; i++)
        is_answered =
            memo_redis_ask_with_generation(requests, 0, store, stored, how);
    return is_answered;
}

/* ---- places -------------------------------------------------------------- */

/* Another version was there: nobody asks for its entries any more, and if
 * somebody does, they are computed again. */
static void remove_function(memo_redis_store *store, const memo_name *id)
{
    memo_redis_asking how = memo_redis_patiently(store);
    memo_redis_key keys[3];
    memo_redis_request requests[3];
    char text[33];

    memo_redis_name_put(text, id);
    memo_redis_key_of(&keys[0], store->prefix, "generation", id);
    memo_redis_key_of(&keys[1], store->prefix, "function", id);
    memo_redis_key_of(&keys[2], store->prefix, "functions", NULL);
    memo_redis_request_make(&requests[0], "UNLINK", &keys[0]);
    memo_redis_request_make(&requests[1], "UNLINK", &keys[1]);
    memo_redis_request_make(&requests[2], "SREM", &keys[2]);
    memo_redis_add(&requests[2], text);
    memo_redis_ask(&store->cluster, requests, 3, &how);
    for (unsigned i = 0; i < 3; i++)
        memo_redis_request_free(&requests[i]);
    store->has_to_sweep = true;
}

/* Take the place, for good or (`is_modest`) only if nobody has it.  False: it
 * cannot be told who has it. */
static bool take_place(memo_redis_store *store, memo_stored *stored,
                       bool is_modest)
{
    memo_redis_asking how = memo_redis_patiently(store);
    memo_redis_request request;
    memo_redis_bytes before;
    memo_redis_key key;
    memo_name other;
    char text[33];
    bool is_answered;

    memo_redis_name_put(text, &stored->id);
    memo_redis_key_of(&key, store->prefix, "place", &stored->place);
    memo_redis_request_make(&request, is_modest ? "SET" : "GETSET", &key);
    memo_redis_add(&request, text);
    if (is_modest)
        memo_redis_add(&request, "NX");
    memo_redis_ask(&store->cluster, &request, 1, &how);
    is_answered = request.reply &&
                  memo_redis_reply_kind(request.reply) != MEMO_REDIS_ERROR;
    if (request.reply && !is_answered)
        memo_redis_cluster_complain(&store->cluster, &request);
    before = memo_redis_reply_text(request.reply);
    if (is_answered && !is_modest &&
        memo_redis_name_parse(&other, before.at, before.size) &&
        (other.low != stored->id.low || other.high != stored->id.high)) {
        stored->is_changed = 1;
        remove_function(store, &other);
    }
    memo_redis_request_free(&request);
    return is_answered;
}

/* ---- records ------------------------------------------------------------- */

static void add_field(memo_redis_request *request, const char *field,
                      const void *bytes, size_t size)
{
    memo_redis_add(request, field);
    memo_redis_add_bytes(request, bytes, size);
}

/* Tell tools of it. */
static bool put_record(memo_redis_store *store, const memo_stored *stored)
{
    memo_redis_asking how = memo_redis_patiently(store);
    memo_redis_request requests[2];
    memo_redis_key record, set;
    char line[16], id[33];
    bool is_done = true;

    snprintf(line, sizeof line, "%u", stored->line);
    memo_redis_name_put(id, &stored->id);
    memo_redis_key_of(&record, store->prefix, "function", &stored->id);
    memo_redis_key_of(&set, store->prefix, "functions", NULL);
    memo_redis_request_make(&requests[0], "HSET", &record);
    add_field(&requests[0], "name", stored->function, strlen(stored->function));
    add_field(&requests[0], "file", stored->file, strlen(stored->file));
    add_field(&requests[0], "line", line, strlen(line));
    add_field(&requests[0], "source", stored->source, strlen(stored->source));
    add_field(&requests[0], "facts", stored->facts, stored->facts_size);
    memo_redis_request_make(&requests[1], "SADD", &set);
    memo_redis_add(&requests[1], id);
    memo_redis_ask(&store->cluster, requests, 2, &how);
    for (unsigned i = 0; i < 2; i++) {
        if (memo_redis_reply_kind(requests[i].reply) == MEMO_REDIS_ERROR)
            memo_redis_cluster_complain(&store->cluster, &requests[i]);
        is_done = is_done && memo_redis_reply_kind(requests[i].reply) ==
                                 MEMO_REDIS_INTEGER;
        memo_redis_request_free(&requests[i]);
    }
    return is_done;
}

int memo_redis_attach(void *opened, memo_stored *stored)
{
    memo_redis_store *store = opened;
    memo_redis_asking how;

    stored->is_changed = 0;
    if (!memo_redis_functions_add(&store->functions, stored) ||
        !take_place(store, stored, false))
        return 0;
    how = memo_redis_patiently(store);
    return memo_redis_ask_generation(store, stored, &how) &&
           put_record(store, stored);
}

bool memo_redis_announce(memo_redis_store *store)
{
    const memo_redis_function *at = NULL;
    bool is_done = true;

    while (is_done &&
           (at = memo_redis_functions_next(&store->functions, at)) != NULL)
        is_done = take_place(store, at->stored, true) &&
                  put_record(store, at->stored);
    return is_done;
}
