/* words.c -- the short way of a hit whose key and result are words.
 *
 * What it cannot be sure of goes the long way, call.c.
 */
#include "cache/call.h"

/* The whole of it.  Not inlined: what a hit at the first place does then needs
 * no register that it would have to save. */
static __attribute__((noinline)) int
find_words_anywhere(struct memo_function *function, memo_u64 word0,
                    memo_u64 word1, memo_u64 *value)
{
    memo_thread *self = memo_self;
    memo_cache *cache;
    memo_found found;
    int hits = 0;

    if (!memo_section_enter(self))
        return 0;
    cache = __atomic_load_n(&function->table, __ATOMIC_ACQUIRE);
    if (cache && cache->index < self->hit_capacity &&
        memo_table_find(&cache->table, word0, word1, &found) &&
        (!memo_call_has_to_check(cache) ||
         memo_call_is_short_hit(cache, &found))) {
        memo_table_touch(&cache->table, found.slot);
        memo_thread_count_hit(self, cache->index);
        *value = found.value;
        hits = 1;
    }
    memo_section_leave(self);
    return hits;
}

MEMO_EXPORT int memo_find_words(struct memo_function *function, memo_u64 word0,
                                memo_u64 word1, memo_u64 *value)
{
    memo_thread *self = memo_self;
    uint64_t section;
    memo_cache *cache;
    memo_found found;

    if (!self || function->abi != MEMO_ABI)
        return 0;
    if (function->ttl_ns != 0)
        return find_words_anywhere(function, word0, word1, value);
    section = memo_section_begin(self);
    if (section == 0)
        return 0;
    cache = __atomic_load_n(&function->table, __ATOMIC_ACQUIRE);
    if (!cache) {
        memo_section_end(self, section);
        return 0;
    }
    if (cache->index >= self->hit_capacity ||
        !memo_table_find_first(&cache->table, word0, word1, &found) ||
        memo_call_has_to_check(cache)) {
        memo_section_end(self, section);
        return find_words_anywhere(function, word0, word1, value);
    }
    memo_table_touch(&cache->table, found.slot);
    memo_thread_count_hit(self, cache->index);
    *value = found.value;
    memo_section_end(self, section);
    return 1;
}
