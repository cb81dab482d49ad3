#include "cache/stored_insert.h"

#include <stdlib.h>
#include <string.h>

memo_stored_arrival memo_stored_expect(const memo_visit *visit)
{
    memo_stored_arrival arrival = {
        .flight = {.word0 = visit->word0, .word1 = visit->word1}};
    memo_cache *cache;

    memo_call_note_clearances(visit, &arrival.flight);
    memo_section_enter(visit->self);
    cache = memo_cache_of(visit->function);
    if (cache)
        arrival.flight.clearance =
            memo_table_clearance(&cache->table, visit->word0, visit->word1);
    memo_section_leave(visit->self);
    return arrival;
}

/* Fill in when it was written, by the clock of memory.  False: it is older than
 * that clock, or too old. */
static bool set_age(memo_item *item, const memo_visit *visit,
                    const memo_stored_entry *entry)
{
    uint64_t wall_ns = memo_wall_now(&visit->settings->config);
    uint64_t left_ns, age_ns;

    if (entry->head.expires_ns <= wall_ns)
        return false;
    left_ns = entry->head.expires_ns - wall_ns;
    age_ns = left_ns < visit->function->ttl_ns
                 ? visit->function->ttl_ns - left_ns
                 : 0;
    if (age_ns > item->stamp)
        return false;
    item->stamp -= age_ns;
    return true;
}

/* Who never expires is not asked when it was written, but when others have to
 * make room for it. */
static bool set_stamp(memo_item *item, const memo_visit *visit,
                      const memo_stored_entry *entry)
{
    bool has_age = visit->function->ttl_ns != 0;

    if (has_age || visit->settings->config.max_bytes != 0)
        item->stamp = memo_clock_now(&visit->settings->clock);
    return !has_age || entry->head.expires_ns == 0 ||
           set_age(item, visit, entry);
}

/* False: memory does not keep it.  Takes loaded->memory. */
static bool make_item(memo_item *out, const memo_visit *visit,
                      memo_stored_loaded *loaded)
{
    size_t size;

    out->word0 = visit->word0;
    out->word1 = visit->word1;
    if (!visit->key) {
        if (visit->function->result_kind == MEMO_RESULT_VALUE)
            memcpy(&out->value, visit->result,
                   visit->function->result_type->size);
        return true;
    }
    size = sizeof *loaded->memory + loaded->memory->key_size +
           loaded->memory->value_size;
    if (memo_call_check_size(visit, size) != MEMO_HIT)
        return false;
    out->value = (uint64_t)(uintptr_t)loaded->memory;
    out->entry_bytes = size;
    loaded->memory = NULL;
    return true;
}

/* Words are only known once they are handed out; and what it draws has to be
 * kept with it, which nobody does before something was drawn. */
static bool is_complete(const memo_visit *visit, const memo_stored_entry *entry,
                        bool has_result)
{
    return (visit->key || has_result) &&
           (entry->head.recording_size == 0 || *visit->recording);
}

static void count(const memo_visit *visit, memo_cache *cache)
{
    if (memo_thread_make_room(&memo_process.threads, visit->self,
                              cache->index)) {
        memo_thread_count_store_hit(visit->self, cache->index);
        return;
    }
    atomic_fetch_add(&cache->reasons[MEMO_HIT], 1);
    atomic_fetch_add(&cache->store_hits, 1);
}

void memo_stored_count(const memo_visit *visit)
{
    memo_cache *cache;

    memo_section_enter(visit->self);
    cache = memo_cache_of(visit->function);
    if (cache)
        count(visit, cache);
    memo_section_leave(visit->self);
}

/* Within a section; the cache may be unloaded by another thread before. */
static void insert(memo_item *item, const memo_visit *visit, memo_cache *cache,
                   memo_flight *flight)
{
    if (memo_call_keep_drawing(item, cache, visit, flight) == MEMO_HIT)
        memo_call_insert(cache, item, flight);
}

void memo_stored_arrive(memo_visit *visit, memo_stored_arrival *arrival,
                        memo_stored_loaded *loaded, bool has_result)
{
    const memo_drawn *before = visit->drawn;
    memo_item item = {0};
    memo_cache *cache;
    bool is_item;

    arrival->drawn.recording = *visit->recording;
    visit->drawn = &arrival->drawn;
    is_item = is_complete(visit, &loaded->entry, has_result) &&
              set_stamp(&item, visit, &loaded->entry) &&
              make_item(&item, visit, loaded);
    if (is_item && visit->key)
        arrival->flight.key = (memo_entry *)(uintptr_t)item.value;

    memo_section_enter(visit->self);
    cache = memo_cache_of(visit->function);
    if (cache && is_item)
        insert(&item, visit, cache, &arrival->flight);
    if (cache)
        count(visit, cache);
    memo_section_leave(visit->self);
    free(arrival->flight.key); /* NULL: the table has it */
    visit->drawn = before;
}
