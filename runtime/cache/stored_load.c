/* stored_load.c -- the entry of one place is loaded, judged and copied.
 *
 * It is judged where the store has it, which does not change while it is looked
 * at, and what is left of it is copied once, to where memory will keep it.
 */
#include "cache/stored.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

memo_name memo_stored_digest(const memo_backend *backend,
                             const memo_stored *stored, const void *key,
                             size_t size)
{
    memo_digest digest = memo_hash_keyed(key, size, backend->host.secret);

    return (memo_name){digest.low ^ stored->id.low,
                       digest.high ^ stored->id.high};
}

void memo_stored_discard(memo_backend *backend, memo_stored *stored,
                         const memo_name *digest, const char *problem)
{
    char text[400];
    memo_job *job = calloc(1, sizeof *job);

    snprintf(text, sizeof text,
             "persist=\"%s\": an entry of %s() is removed and computed again: "
             "%s",
             backend->store->name, stored->function, problem);
    memo_backend_warn(backend, text);
    if (!job)
        return;
    job->write.operation = MEMO_STORE_REMOVE;
    job->write.stored = stored;
    job->write.digest = *digest;
    memo_backend_add(backend, job);
}

/* ---- while the store has it ---------------------------------------------- */

typedef struct {
    memo_stored_loaded *out;
    const memo_visit *visit;
    const memo_backend *backend;
    memo_stored *stored;
    const memo_stored_place *place;
    memo_stored_use use;
    memo_loading outcome;
    const char *problem; /* of the bytes; NULL: none */
} loading_call;

/* NULL, or what is wrong with it. */
static const char *judge(memo_stored_entry *out, const loading_call *call,
                         const void *bytes, size_t size)
{
    const char *problem = memo_stored_read(out, bytes, size);

    if (problem)
        return problem;
    if (!memo_stored_is_signed(bytes, size, call->backend->host.secret))
        return "its checksum is wrong";
    if (out->head.id.low != call->stored->id.low ||
        out->head.id.high != call->stored->id.high)
        return "it is another function's";
    return NULL;
}

/* Is it the entry of this key?  What was cleared meanwhile has another
 * generation. */
static bool is_asked_for(const memo_stored_entry *entry,
                         const loading_call *call)
{
    uint64_t generation =
        __atomic_load_n(&call->stored->generation, __ATOMIC_ACQUIRE);

    return entry->head.generation == generation &&
           entry->head.key_size == call->place->size &&
           memcmp(entry->key, call->place->key, call->place->size) == 0;
}

/* A value behind the key that it has in memory.  Accepts no key. */
static bool copy_value(memo_stored_loaded *out, const memo_key *key)
{
    size_t size = (size_t)out->entry.head.value_size;
    size_t key_size = key ? key->size : 0, total;
    memo_entry *made;

    if (!key && size <= sizeof out->few) {
        out->entry.value = memcpy(out->few, out->entry.value, size);
        return true;
    }
    if (__builtin_add_overflow(size, sizeof *made + key_size, &total))
        return false;
    made = malloc(total);
    if (!made)
        return false;
    made->key_size = (uint32_t)key_size;
    made->value_size = size;
    if (key)
        memcpy(made->bytes, key->bytes, key_size);
    out->entry.value = memcpy(made->bytes + key_size, out->entry.value, size);
    out->memory = made;
    return true;
}

static bool copy_recording(memo_stored_loaded *out)
{
    size_t size = (size_t)out->entry.head.recording_size;

    if (size == 0)
        return true;
    out->recording = malloc(size);
    if (out->recording)
        out->entry.recording =
            memcpy(out->recording, out->entry.recording, size);
    return out->recording != NULL;
}

/* What may have grown too old is judged later, by a clock of the user's; nor
 * may any other code of his run now. */
static bool is_brief(const loading_call *call)
{
    const memo_stored_head *head = &call->out->entry.head;
    const struct memo_function *function = call->visit->function;

    return call->use == MEMO_STORED_BRIEF && head->kind == MEMO_STORED_RESULT &&
           head->recording_size == 0 && head->expires_ns == 0 &&
           function->ttl_ns == 0 &&
           !(function->flags & MEMO_VALUE_CALLS_USER) &&
           !call->visit->settings->config.verify;
}

static void hand_out(loading_call *call)
{
    memo_stored_loaded *out = call->out;

    out->outcome =
        memo_call_decode(call->visit, call->visit->function, out->entry.value,
                         (size_t)out->entry.head.value_size);
    if (out->outcome == MEMO_NOT_FOUND)
        call->problem = "its value is malformed";
    else
        call->outcome = MEMO_LOADED;
}

/* The store's bytes stay only now. */
static void take(void *context, const void *bytes, memo_size size)
{
    loading_call *call = context;
    memo_stored_loaded *out = call->out;
    bool is_result;

    call->outcome = MEMO_LOAD_NONE;
    call->problem = judge(&out->entry, call, bytes, size);
    if (call->problem || !is_asked_for(&out->entry, call))
        return;
    is_result = out->entry.head.kind == MEMO_STORED_RESULT;
    out->entry.key = NULL;
    if (is_brief(call)) {
        hand_out(call);
        return;
    }
    if (copy_value(out, is_result ? call->visit->key : NULL) &&
        copy_recording(out)) {
        call->outcome = MEMO_LOADED;
        return;
    }
    memo_stored_loaded_finish(out);
    call->outcome = MEMO_LOAD_FAILED;
}

/* ---- loading ------------------------------------------------------------- */

/* Who wrote it may have had a longer ttl, or none. */
static void limit_age(memo_stored_head *head,
                      const struct memo_function *function)
{
    uint64_t expires;

    if (function->ttl_ns == 0 ||
        __builtin_add_overflow(head->written_ns, function->ttl_ns, &expires))
        return;
    if (head->expires_ns == 0 || head->expires_ns > expires)
        head->expires_ns = expires;
}

/* Another process may change it as soon as it is loaded. */
static void note_link(const memo_visit *visit, const memo_stored_place *place)
{
    bool entered = memo_section_enter(visit->self);
    memo_cache *cache = memo_cache_of(visit->function);

    if (cache)
        memo_stored_map_add(&cache->links, place->digest, visit->plain);
    if (entered)
        memo_section_leave(visit->self);
}

/* The library is no cancellation point, whatever a store does. */
static memo_loading load(const struct memo_store *store, void *opened,
                         loading_call *call)
{
    memo_stored *stored = call->stored;
    const memo_name *digest = &call->place->digest;
    memo_loading loading;
    int state;

    if (store->is_quick)
        return store->load(opened, stored, digest, take, call);
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &state);
    loading = store->load(opened, stored, digest, take, call);
    pthread_setcancelstate(state, &state);
    return loading;
}

memo_loading memo_stored_load(memo_stored_loaded *out, const memo_visit *visit,
                              memo_backend *backend, memo_stored *stored,
                              const memo_stored_place *place,
                              memo_stored_use use)
{
    loading_call call = {.out = out,
                         .visit = visit,
                         .backend = backend,
                         .stored = stored,
                         .place = place,
                         .use = use,
                         .outcome = MEMO_LOAD_FAILED};
    memo_loading loading;

    out->memory = NULL;
    out->recording = NULL;
    out->outcome = MEMO_NOT_FOUND;
    if (!memo_backend_is_clear(backend, stored))
        return MEMO_LOAD_NONE;
    if (backend->store->is_coherent) /* before it is asked for */
        note_link(visit, place);
    loading = load(backend->store, atomic_load(&backend->opened), &call);
    if (loading != MEMO_LOADED)
        return loading;
    if (call.problem)
        memo_stored_discard(backend, stored, &place->digest, call.problem);
    if (call.outcome != MEMO_LOADED)
        return call.outcome;
    limit_age(&out->entry.head, visit->function);
    if (out->entry.head.expires_ns != 0 &&
        memo_stored_has_expired(&out->entry.head,
                                memo_wall_now(&visit->settings->config))) {
        memo_stored_loaded_finish(out);
        return MEMO_LOAD_NONE;
    }
    return MEMO_LOADED;
}
