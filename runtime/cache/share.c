#include "cache/share.h"

#include "cache/value.h"

#include <stdlib.h>
#include <string.h>

static memo_object *object_at(uint64_t value)
{
    return memo_object_of((memo_entry *)(uintptr_t)value);
}

struct memo_function memo_share_as_copied(const struct memo_function *function)
{
    struct memo_function copied = memo_value_function(function);

    copied.sharing = NULL;
    return copied;
}

/* Without what is written through its arguments. */
static struct memo_function result_only(const struct memo_function *function)
{
    struct memo_function front = memo_value_function(function);

    front.parameter_count = 0;
    return front;
}

/* ---- the short way ------------------------------------------------------ */

/* Only what needs neither pinning nor anything of the user's. */
MEMO_EXPORT int memo_find_shared(struct memo_function *function, memo_u64 word0,
                                 memo_u64 word1, memo_u64 *value)
{
    memo_thread *self = memo_self;
    memo_cache *cache;
    memo_found found;
    int hits = 0;

    if (!self || function->abi != MEMO_ABI ||
        atomic_load_explicit(&self->is_busy, memory_order_relaxed) ||
        atomic_load_explicit(&memo_process.objects.has_any,
                             memory_order_relaxed) ||
        !memo_section_enter(self))
        return 0;
    cache = __atomic_load_n(&function->table, __ATOMIC_ACQUIRE);
    if (cache && cache->index < self->hit_capacity &&
        memo_table_find(&cache->table, word0, word1, &found) &&
        memo_pins_have(&self->pins, object_at(found.value)) &&
        (!memo_call_has_to_check(cache) ||
         memo_call_is_short_hit(cache, &found))) {
        const memo_entry *entry = (const memo_entry *)(uintptr_t)found.value;

        memo_table_touch(&cache->table, found.slot);
        memo_thread_count_hit(self, cache->index);
        memcpy(value, entry->bytes, sizeof *value);
        hits = 1;
    }
    memo_section_leave(self);
    return hits;
}

/* ---- finding ------------------------------------------------------------ */

/* The object of the key, pinned; `*is_new`: by this call. */
static memo_object *pin_found(const memo_visit *visit, bool *is_new)
{
    uint64_t users_ns = memo_call_ask_user(visit);
    memo_object *object = NULL;
    memo_cache *cache;
    memo_found found;

    memo_section_enter(visit->self);
    cache = memo_cache_of(visit->function);
    if (cache &&
        memo_table_find(&cache->table, visit->word0, visit->word1, &found)) {
        if (memo_call_may_use(visit, cache, &found, users_ns)) {
            object = object_at(found.value);
            *is_new = !memo_pins_have(&visit->self->pins, object);
            memo_table_touch(&cache->table, found.slot);
            if (*is_new)
                memo_object_pin(visit->self, object);
        }
        memo_call_let_go(visit, &found);
    }
    memo_section_leave(visit->self);
    return object;
}

/* Ask the user, who may call anything: outside of the library. */
static bool is_valid(const memo_visit *visit, memo_object *object)
{
    int (*validate)(const void *result) = visit->function->sharing->validate;
    bool is_valid;

    if (!validate)
        return true;
    memo_thread_set_inside(visit->self, false);
    is_valid = memo_object_is_valid(visit->self, object, validate);
    memo_thread_set_inside(visit->self, true);
    return is_valid;
}

static void count_hit(const memo_visit *visit)
{
    memo_cache *cache;

    memo_section_enter(visit->self);
    cache = memo_cache_of(visit->function);
    if (cache)
        memo_call_count_hit(visit, cache);
    memo_section_leave(visit->self);
}

static void reject(const memo_visit *visit, memo_object *object)
{
    memo_cache *cache;

    memo_section_enter(visit->self);
    cache = memo_cache_of(visit->function);
    if (cache)
        memo_table_reject(&cache->table, visit->word0, visit->word1,
                          (uint64_t)(uintptr_t)memo_object_entry(object),
                          MEMO_VALIDATE_FAILED);
    memo_section_leave(visit->self);
}

/* What a hit would be, as canonical bytes: the content of what is shared now,
 * then the outputs, which are encoded already. */
static memo_verification *verify(const memo_visit *visit, memo_object *object)
{
    struct memo_function front = result_only(&object->pool->copied);
    memo_entry *entry = memo_object_entry(object);
    size_t outputs = entry->value_size - sizeof(void *), size;
    memo_verification *verification = NULL;
    unsigned char *content, *kept;
    void *address;

    memcpy(&address, memo_object_result(object), sizeof address);
    content = memo_value_bytes(
        &size,
        &(memo_computed){&front, NULL, &address, object->result_count, NULL},
        memo_budget_of(&visit->settings->config));
    kept = content ? realloc(content, size + outputs + 1) : NULL;
    if (kept) {
        memcpy(kept + size, memo_object_result(object) + sizeof address,
               outputs);
        verification = memo_verification_begin(
            &object->pool->copied, visit->arguments, kept, size + outputs,
            memo_budget_of(&visit->settings->config));
        content = kept;
    }
    free(content);
    return verification;
}

memo_finding memo_share_find(const memo_visit *visit,
                             memo_verification **verification)
{
    memo_finding outcome;
    memo_object *object;
    bool is_new;

    if (!memo_pins_make_room(&visit->self->pins))
        return MEMO_CALL_NO_MEMORY;
    object = pin_found(visit, &is_new);
    if (!object)
        return MEMO_NOT_FOUND;
    if (!is_valid(visit, object)) {
        reject(visit, object);
        if (is_new)
            memo_object_unpin(visit->self, object);
        return MEMO_NOT_FOUND;
    }
    /* Two resources are never the same, and a second one may do harm. */
    if (visit->settings->config.verify && object->pool->is_borrowed)
        *verification = verify(visit, object);
    outcome = *verification
                  ? MEMO_TO_BE_VERIFIED
                  : memo_call_decode(visit, &object->pool->shared,
                                     memo_object_result(object),
                                     memo_object_entry(object)->value_size);
    if (outcome == MEMO_HANDED_OUT || outcome == MEMO_TO_BE_VERIFIED)
        count_hit(visit);
    return outcome;
}

/* ---- keeping ------------------------------------------------------------ */

/* The pool of the function.
 * Owner: caller, memo_pool_drop(). */
static memo_pool *hold_pool(const memo_visit *visit)
{
    memo_pool *pool = NULL;
    memo_cache *cache;

    memo_section_enter(visit->self);
    cache = memo_cache_of(visit->function);
    if (cache)
        pool = cache->pool;
    if (pool)
        memo_pool_hold(pool);
    memo_section_leave(visit->self);
    return pool;
}

/* How many bytes a borrowed result has, more or less: its canonical ones.
 * False when they cannot be told. */
static bool measure_content(size_t *size, const memo_pool *pool,
                            const memo_visit *visit,
                            const struct memo_call *call)
{
    struct memo_function front = result_only(&pool->copied);
    unsigned char *bytes;

    *size = 0;
    if (!pool->is_borrowed)
        return true;
    if (!memo_value_is_deep(&front))
        return memo_value_size(size, &front, NULL, visit->result,
                               call->result_count);
    bytes = memo_value_bytes(
        size,
        &(memo_computed){&front, NULL, visit->result, call->result_count, NULL},
        memo_budget_of(&visit->settings->config));
    free(bytes);
    return bytes != NULL;
}

/* `function`: what of the value is kept. */
static memo_object *make(memo_pool *pool, const struct memo_function *function,
                         const memo_visit *visit, const struct memo_call *call,
                         const memo_flight *flight)
{
    memo_object *object = NULL;
    size_t size, content = 0;

    if (!memo_value_size(&size, function, visit->arguments, visit->result,
                         call->result_count) ||
        (flight && !measure_content(&content, pool, visit, call)))
        return NULL;
    object = memo_object_make(pool, flight ? flight->key : NULL, size, content);
    if (!object)
        return NULL;
    memo_object_entry(object)->value_size = size;
    object->result_count = call->result_count;
    memo_value_encode(memo_object_result(object), function, visit->arguments,
                      visit->result, call->result_count);
    return object;
}

memo_object *memo_share_adopt(memo_reason *reason, const memo_visit *visit,
                              const struct memo_call *call,
                              const memo_flight *flight)
{
    memo_pool *pool = hold_pool(visit);
    memo_object *object = NULL;

    if (pool && !memo_pins_make_room(&visit->self->pins)) {
        memo_pool_drop(pool);
        pool = NULL;
    }
    if (pool && *reason == MEMO_HIT) {
        object = make(pool, &pool->shared, visit, call, flight);
        if (!object)
            *reason = MEMO_TOO_LARGE;
    }
    if (pool && !object) {
        struct memo_function front = result_only(&pool->shared);

        object = make(pool, &front, visit, call, NULL);
    }
    memo_pool_drop(pool);
    if (!object) {
        if (*reason == MEMO_HIT)
            *reason = MEMO_BUDGET;
        return NULL;
    }
    memo_object_pin(visit->self, object);
    memo_tsan_release(object);
    memo_tsan_release(memo_object_entry(object));
    return object;
}
