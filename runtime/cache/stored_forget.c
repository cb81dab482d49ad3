/* stored_forget.c -- memory forgets what another process has changed. */
#include "cache/stored.h"

static bool is_of(const memo_cache *cache, const memo_backend *backend)
{
    const struct memo_persistence *persistence = cache->function->persistence;

    return persistence && persistence->find() == backend->store;
}

void memo_stored_forget_loaded(const memo_backend *backend,
                               const memo_stored *stored)
{
    bool was_inside = memo_registry_lock();

    for (memo_cache *at = memo_process.first; at; at = at->next) {
        if (is_of(at, backend) &&
            (!stored || atomic_load(&at->stored) == stored))
            memo_cache_clear(at);
    }
    memo_limbo_flush(&memo_process.space.limbo);
    memo_registry_unlock(was_inside);
}

/* Is it the version that another process means (NULL: any)? */
static bool is_meant(const memo_cache *cache, const memo_stored *stored)
{
    const memo_stored *own = atomic_load(&cache->stored);

    return !stored || (own && own->id.low == stored->id.low &&
                       own->id.high == stored->id.high);
}

/* What memory has of one entry, and of all that follows from it. */
static void forget_entry(memo_cache *cache, const memo_name *digest)
{
    bool is_everything;
    memo_words words;
    bool is_known =
        memo_stored_map_take(&words, &is_everything, &cache->links, *digest);

    if (is_everything) {
        memo_cache_clear(cache);
    } else if (is_known) {
        memo_table_remove(&cache->table, words.word0, words.word1);
        memo_drawings_clear_arguments(&cache->drawings, words);
    }
}

void memo_stored_forget(memo_store_host *host, const memo_stored *stored,
                        const memo_name *digest)
{
    const memo_backend *backend = (const memo_backend *)host;
    bool was_inside = memo_registry_lock();

    for (memo_cache *at = memo_process.first; at; at = at->next) {
        if (!is_of(at, backend) || !is_meant(at, stored))
            continue;
        if (digest && backend->store->is_coherent)
            forget_entry(at, digest);
        else
            memo_cache_clear(at);
    }
    memo_limbo_flush(&memo_process.space.limbo);
    memo_registry_unlock(was_inside);
}
