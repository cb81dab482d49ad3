/* stored_remove.c -- one call is forgotten where results persist. */
#include "cache/stored.h"

#include <stdlib.h>

/* With questions behind the inputs, their entry is the only way to the results,
 * so it is enough that it goes: but whoever asks the same things again would
 * find these once more.  Then all of the function goes. */
static bool is_root_of_more(memo_backend *backend, memo_stored *stored,
                            const memo_visit *visit,
                            const memo_stored_place *place)
{
    memo_stored_loaded loaded;
    bool is_root;

    if (memo_stored_load(&loaded, visit, backend, stored, place,
                         MEMO_STORED_COPIED) != MEMO_LOADED)
        return false;
    is_root = loaded.entry.head.kind == MEMO_STORED_QUESTIONS;
    memo_stored_loaded_finish(&loaded);
    return is_root;
}

/* What is being computed or loaded now does not stay. */
static void forget_in_memory(const memo_visit *visit)
{
    memo_words words = visit->plain;
    memo_cache *cache;
    memo_key key;
    bool was_inside;

    if (visit->key) {
        if (memo_key_build(&key, visit->function, visit->arguments,
                           memo_budget_of(&visit->settings->config)) !=
            MEMO_KEY_BUILT)
            return;
        words = (memo_words){key.digest.low, key.digest.high};
    }
    was_inside = memo_registry_lock();
    cache = memo_cache_of(visit->function);
    if (cache) {
        memo_table_remove(&cache->table, words.word0, words.word1);
        memo_drawings_clear_arguments(&cache->drawings, words);
    }
    memo_registry_unlock(was_inside);
}

static memo_status remove_place(memo_backend *backend, memo_stored *stored,
                                const memo_visit *visit,
                                const memo_stored_place *place)
{
    memo_job *job;

    if (is_root_of_more(backend, stored, visit, place) ||
        !(job = calloc(1, sizeof *job)))
        return memo_backend_clear(backend, stored) ? MEMO_OK : MEMO_STORE_LATE;
    job->is_clearing = true;
    job->write.operation = MEMO_STORE_REMOVE;
    job->write.stored = stored;
    job->write.digest = place->digest;
    /* Before, for who computes is to send nothing behind it; and after, for who
     * loads may have got it up to then. */
    forget_in_memory(visit);
    if (!memo_backend_add(backend, job))
        return memo_backend_clear(backend, stored) ? MEMO_OK : MEMO_STORE_LATE;
    forget_in_memory(visit);
    return memo_backend_flush_now(backend) ? MEMO_OK : MEMO_STORE_LATE;
}

memo_status memo_stored_remove(struct memo_function *function,
                               const struct memo_argument *arguments,
                               memo_words words)
{
    memo_visit visit = {.function = function,
                        .settings = memo_settings_now(),
                        .self = memo_thread_make(&memo_process.threads)};
    memo_stored_place place = {0};
    memo_backend *backend;
    memo_stored *stored;
    memo_key key;

    if (!visit.self)
        return MEMO_NO_MEMORY;
    stored = memo_stored_of(&backend, function, visit.self);
    if (!stored)
        return function->sharing ? MEMO_OK : MEMO_NO_MEMORY;
    if (!memo_backend_attach(backend, stored)) /* nor is it loaded from */
        return memo_backend_clear(backend, stored) ? MEMO_OK : MEMO_STORE_LATE;
    visit.key = arguments || function->word_count == 0 ? &key : NULL;
    visit.arguments = arguments;
    visit.plain = words;
    if (!memo_stored_find_key(&key, &visit, backend))
        return MEMO_OK; /* it cannot have been stored */
    place.key = key.bytes;
    place.size = key.size;
    place.digest = memo_stored_digest(backend, stored, place.key, place.size);
    return remove_place(backend, stored, &visit, &place);
}
