/* cache.c -- the public operations of memo.h. */
#include "memo.h"

#include "base/export.h"
#include "base/tsan.h"
#include "cache/key.h"
#include "cache/registry.h"
#include "cache/stored.h"

/* ---- counts ------------------------------------------------------------- */

/* What is on its way in is counted before others have left for it, so that a
 * bound is never exceeded by what is there. */
static memo_u64 at_most(memo_u64 counted, memo_u64 bound)
{
    return bound != 0 && counted > bound ? bound : counted;
}

/* With the lock of the registry held. */
static void read_stats(memo_stats *out, memo_cache *cache)
{
    const memo_table_options *options = &cache->table.options;
    memo_hit_sums sums =
        memo_threads_sum_hits(&memo_process.threads, cache->index);

    *out = (memo_stats){0};
    for (int i = 0; i < MEMO_REASON_COUNT; i++)
        out->reasons[i] = atomic_load(&cache->reasons[i]);
    out->reasons[MEMO_HIT] += sums.hits;
    out->hits = out->reasons[MEMO_HIT];
    for (int i = MEMO_HIT + 1; i < MEMO_ALIASED; i++)
        out->misses += out->reasons[i];
    for (int i = MEMO_ALIASED; i < MEMO_REASON_COUNT; i++)
        out->uncached += out->reasons[i];
    out->calls = out->hits + out->misses + out->uncached;
    out->not_kept = atomic_load(&cache->not_kept);
    out->entries =
        at_most(atomic_load(&cache->table.count), options->max_entries);
    out->bytes = at_most(atomic_load(&cache->table.bytes), options->max_bytes);
    out->bytes += atomic_load(&cache->drawings.bytes);
    if (cache->pool) {
        out->pinned = atomic_load(&cache->pool->pinned);
        out->pinned_bytes = atomic_load(&cache->pool->pinned_bytes);
    }
    out->evictions = atomic_load(&cache->table.evictions);
    out->expirations = atomic_load(&cache->table.expirations);
    out->flight_waits = atomic_load(&cache->flight_waits);
    out->age_ns = memo_clock_now(&(memo_clock){.read = NULL}) - cache->born_ns;
    out->longest_ns = atomic_load(&cache->longest_ns);
    out->total_ns = atomic_load(&cache->total_ns);
    out->verified = atomic_load(&cache->verified);
    out->lies = atomic_load(&cache->lies);
    out->store_hits = atomic_load(&cache->store_hits) + sums.store_hits;
}

MEMO_EXPORT memo_status memo_stats_of(memo_stats *out, memo_address address,
                                      const char *name)
{
    memo_status status = MEMO_NOT_MEMOIZED;
    memo_cache *cache;
    bool was_inside;

    *out = (memo_stats){0};
    if (!memo_registry_is_ready())
        return status;
    was_inside = memo_registry_lock();
    status = memo_registry_find(&cache, address, name);
    if (status == MEMO_OK)
        read_stats(out, cache);
    memo_registry_unlock(was_inside);
    return status;
}

/* Describe the first function after `serial`; its own serial, or 0. */
static uint64_t describe_next(memo_function_info *out, uint64_t serial)
{
    memo_cache *cache;
    bool was_inside;

    was_inside = memo_registry_lock();
    cache = memo_registry_next(serial);
    serial = 0;
    if (cache) {
        *out = (memo_function_info){.name = cache->function->name,
                                    .file = cache->function->file,
                                    .line = cache->function->line,
                                    .options = cache->function->options};
        read_stats(&out->stats, cache);
        serial = cache->serial;
    }
    memo_registry_unlock(was_inside);
    return serial;
}

MEMO_EXPORT int memo_each_function(int (*visit)(void *context,
                                                const memo_function_info *info),
                                   void *context)
{
    memo_function_info info;
    uint64_t serial = 0;
    int answer = 0;

    if (!memo_registry_is_ready())
        return 0;
    while (answer == 0 && (serial = describe_next(&info, serial)) != 0)
        answer = visit(context, &info);
    return answer;
}

/* ---- forgetting --------------------------------------------------------- */

/* A signal handler that comes while a store is waited for runs uncached.
 * Returns what set_outside() needs. */
static bool set_inside(void)
{
    memo_thread *self = memo_thread_make(&memo_process.threads);

    return self && atomic_exchange(&self->is_busy, true);
}

static void set_outside(bool was_inside)
{
    if (memo_self)
        atomic_store(&memo_self->is_busy, was_inside);
}

/* What is stored goes before what memory has: a call that reads the one in the
 * meantime does not get it into the other, which is cleared behind it. */

/* Whether it was called or not. */
static memo_status clear_stored(struct memo_function *function)
{
    memo_thread *self = memo_thread_make(&memo_process.threads);
    memo_backend *backend;
    memo_stored *stored =
        self ? memo_stored_of(&backend, function, self) : NULL;
    bool was_inside, is_done;

    if (!stored)
        return self && function->sharing ? MEMO_OK : MEMO_NO_MEMORY;
    was_inside = set_inside();
    is_done = memo_backend_clear(backend, stored);
    set_outside(was_inside);
    return is_done ? MEMO_OK : MEMO_STORE_LATE;
}

/* The function whose results persist; NULL: they do not. */
static memo_status find_stored(struct memo_function **out, memo_address address,
                               const char *name)
{
    bool was_inside = memo_registry_lock();
    memo_cache *cache;
    memo_status status = memo_registry_find(&cache, address, name);

    *out = status == MEMO_OK && cache->function->persistence ? cache->function
                                                             : NULL;
    memo_registry_unlock(was_inside);
    return status;
}

static memo_status clear_memory(memo_address address, const char *name)
{
    bool was_inside = memo_registry_lock();
    memo_cache *cache;
    memo_status status = memo_registry_find(&cache, address, name);

    if (status == MEMO_OK)
        memo_cache_clear(cache);
    memo_limbo_flush(&memo_process.space.limbo);
    memo_registry_unlock(was_inside);
    memo_objects_settle(memo_self);
    return status;
}

MEMO_EXPORT memo_status memo_clear_function(memo_address address,
                                            const char *name)
{
    memo_status status, stored = MEMO_OK;
    struct memo_function *function;

    if (!memo_registry_is_ready())
        return MEMO_NOT_MEMOIZED;
    status = find_stored(&function, address, name);
    if (status != MEMO_OK)
        return status;
    if (function)
        stored = clear_stored(function);
    status = clear_memory(address, name);
    return status == MEMO_OK ? stored : status;
}

/* Also of functions that were declared only. */
static void find_backends(void)
{
    bool was_inside = memo_registry_lock();

    for (memo_cache *cache = memo_process.first; cache; cache = cache->next) {
        if (cache->function->persistence)
            memo_backend_of(cache->function->persistence->find());
    }
    memo_registry_unlock(was_inside);
}

MEMO_EXPORT memo_status memo_clear_all(void)
{
    memo_status status = MEMO_OK;
    bool was_inside;

    if (!memo_registry_is_ready())
        return status;
    find_backends();
    was_inside = set_inside();
    for (memo_backend *at = memo_backends_first(); at; at = at->next) {
        if (!memo_backend_clear(at, NULL))
            status = MEMO_STORE_LATE;
    }
    set_outside(was_inside);
    memo_registry_clear();
    return status;
}

MEMO_EXPORT memo_status memo_flush(void)
{
    bool was_inside, is_done;

    if (!memo_registry_is_ready())
        return MEMO_OK;
    was_inside = set_inside();
    is_done = memo_backends_flush();
    set_outside(was_inside);
    return is_done ? MEMO_OK : MEMO_STORE_LATE;
}

static memo_status remove_stored(struct memo_function *function,
                                 const struct memo_argument *arguments,
                                 memo_words words)
{
    bool was_inside = set_inside();
    memo_status status = memo_stored_remove(function, arguments, words);

    set_outside(was_inside);
    return status;
}

/* A function of another ABI is laid out otherwise: it has no entries. */
static memo_status forget(struct memo_function *function, uint64_t word0,
                          uint64_t word1)
{
    memo_status status = MEMO_NOT_MEMOIZED;
    memo_cache *cache;
    bool was_inside;

    was_inside = memo_registry_lock();
    cache = memo_cache_of(function);
    if (cache) {
        memo_table_remove(&cache->table, word0, word1);
        memo_drawings_clear_arguments(&cache->drawings,
                                      (memo_words){word0, word1});
        status = MEMO_OK;
    }
    memo_registry_unlock(was_inside);
    memo_objects_settle(memo_self);
    return status;
}

MEMO_EXPORT int memo_clear_words(struct memo_function *function, memo_u64 word0,
                                 memo_u64 word1)
{
    memo_status status;

    if (function->abi != MEMO_ABI || !memo_registry_is_ready())
        return MEMO_NOT_MEMOIZED;
    status = forget(function, word0, word1);
    if (status == MEMO_OK && function->persistence)
        status = remove_stored(function, NULL, (memo_words){word0, word1});
    return (int)status;
}

MEMO_EXPORT int memo_clear_call(struct memo_function *function,
                                const struct memo_argument *arguments)
{
    memo_status status, stored = MEMO_OK;
    memo_key key;

    if (function->abi != MEMO_ABI || !memo_registry_is_ready())
        return MEMO_NOT_MEMOIZED;
    switch (memo_key_build(&key, function, arguments,
                           memo_budget_of(&memo_settings_now()->config))) {
    case MEMO_KEY_ALIASED:
        return MEMO_ALIASED_ARGUMENTS;
    case MEMO_KEY_TOO_LARGE:
        return MEMO_LENGTH_OVERFLOW;
    case MEMO_KEY_OVER_BUDGET:
        return MEMO_TOO_MANY_PIECES;
    case MEMO_KEY_MALFORMED:
        return MEMO_MALFORMED_ARGUMENT;
    case MEMO_KEY_NO_MEMORY:
        return MEMO_NO_MEMORY;
    default:
        break;
    }
    if (function->persistence)
        stored = remove_stored(function, arguments, (memo_words){0, 0});
    status = forget(function, key.digest.low, key.digest.high);
    return (int)(status == MEMO_OK ? stored : status);
}

/* ---- what is shared ----------------------------------------------------- */

MEMO_EXPORT void memo_borrow_end(void)
{
    memo_thread *self = memo_self;

    if (!self || memo_thread_is_inside(self) || memo_objects_are_calling(self))
        return;
    memo_thread_set_inside(self, true);
    memo_objects_unpin_all(self);
    memo_thread_set_inside(self, false);
    memo_objects_settle(self);
}

/* ---- settings ----------------------------------------------------------- */

MEMO_EXPORT void memo_config_get(memo_config *out)
{
    const memo_settings *settings;

    memo_registry_is_ready();
    settings = memo_settings_now();
    memo_tsan_acquire((void *)(uintptr_t)settings);
    *out = settings->config;
}

MEMO_EXPORT memo_status memo_config_set(const memo_config *config)
{
    memo_status status = memo_config_check(config);

    if (status != MEMO_OK)
        return status;
    if (!memo_registry_is_ready())
        return MEMO_NO_MEMORY;
    status = memo_registry_configure(config);
    memo_objects_settle(memo_self);
    return status;
}
