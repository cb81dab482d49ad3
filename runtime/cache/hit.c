/* hit.c -- memory has the result of a call: hand it out. */
#include "cache/call.h"
#include "cache/share.h"
#include "cache/value.h"

#include <stdlib.h>
#include <string.h>

static memo_entry *entry_of(const memo_found *found)
{
    return (memo_entry *)(uintptr_t)found->value;
}

bool memo_call_is_key(const memo_visit *visit, const memo_found *found)
{
    const memo_entry *entry = entry_of(found);

    if (!visit->key)
        return true;
    memo_tsan_acquire(entry_of(found));
    return entry->key_size == visit->key->size &&
           memcmp(entry->bytes, visit->key->bytes, visit->key->size) == 0;
}

void memo_call_let_go(const memo_visit *visit, const memo_found *found)
{
    if (visit->key)
        memo_tsan_release(entry_of(found));
}

/* The kept value of a function whose keys are words, as canonical bytes. */
static memo_verification *verify_word(const memo_visit *visit, uint64_t word)
{
    unsigned char kept[64];
    size_t size;

    if (!memo_value_size(&size, visit->function, visit->arguments, &word, 0) ||
        size > sizeof kept)
        return NULL;
    memo_value_encode(kept, visit->function, visit->arguments, &word, 0);
    return memo_verification_begin(visit->function, visit->arguments, kept,
                                   size,
                                   memo_budget_of(&visit->settings->config));
}

static memo_verification *verify(const memo_visit *visit,
                                 const memo_found *found)
{
    const memo_entry *entry = entry_of(found);

    if (!visit->key)
        return verify_word(visit, found->value);
    return memo_verification_begin(
        visit->function, visit->arguments, entry->bytes + entry->key_size,
        entry->value_size, memo_budget_of(&visit->settings->config));
}

memo_finding memo_call_decode(const memo_visit *visit,
                              const struct memo_function *function,
                              const unsigned char *bytes, size_t size)
{
    switch (memo_value_decode(bytes, size, function, visit->arguments,
                              visit->result,
                              memo_budget_of(&visit->settings->config))) {
    case MEMO_VALUE_DECODED:
        return MEMO_HANDED_OUT;
    case MEMO_VALUE_ALIASED:
        return MEMO_CALL_ALIASED;
    case MEMO_VALUE_NO_MEMORY:
        return MEMO_CALL_NO_MEMORY;
    default:
        return MEMO_NOT_FOUND;
    }
}

/* The encoded value of a found entry, for when the section is over.
 * Owner: caller, free(). */
typedef struct {
    unsigned char *bytes;
    size_t size;
} value_copy;

static memo_finding copy_value(value_copy *out, const memo_entry *entry)
{
    out->size = entry->value_size;
    out->bytes = malloc(out->size + 1);
    if (!out->bytes)
        return MEMO_CALL_NO_MEMORY;
    memcpy(out->bytes, entry->bytes + entry->key_size, out->size);
    return MEMO_CALL_COPIED;
}

static memo_finding hand_out_copy(const memo_visit *visit, value_copy *copy)
{
    memo_finding outcome =
        memo_call_decode(visit, visit->function, copy->bytes, copy->size);

    free(copy->bytes);
    if (outcome == MEMO_HANDED_OUT)
        memo_call_count(visit, MEMO_HIT);
    return outcome;
}

static memo_finding hand_out(const memo_visit *visit, const memo_found *found,
                             value_copy *copy)
{
    const struct memo_function *function = visit->function;
    const memo_entry *entry = entry_of(found);

    if (!visit->key) {
        if (function->result_kind == MEMO_RESULT_VALUE)
            memcpy(visit->result, &found->value, function->result_type->size);
        return MEMO_HANDED_OUT;
    }
    if (function->flags & MEMO_VALUE_CALLS_USER)
        return copy_value(copy, entry);
    return memo_call_decode(visit, function, entry->bytes + entry->key_size,
                            entry->value_size);
}

void memo_call_count_hit(const memo_visit *visit, memo_cache *cache)
{
    if (memo_thread_make_room(&memo_process.threads, visit->self, cache->index))
        memo_thread_count_hit(visit->self, cache->index);
    else
        atomic_fetch_add(&cache->reasons[MEMO_HIT], 1);
}

uint64_t memo_call_ask_user(const memo_visit *visit)
{
    const memo_clock *clock = &visit->settings->clock;

    return clock->read && visit->function->ttl_ns != 0 ? memo_clock_now(clock)
                                                       : 0;
}

/* Hand the value of what was found out, or prepare to. */
static memo_finding take(const memo_visit *visit, memo_cache *cache,
                         const memo_found *found,
                         memo_verification **verification, value_copy *copy)
{
    memo_finding outcome;

    if (visit->settings->config.verify)
        *verification = verify(visit, found);
    if (*verification)
        outcome = MEMO_TO_BE_VERIFIED;
    else if (memo_call_raises(visit))
        outcome = MEMO_CALL_RAISES;
    else
        outcome = hand_out(visit, found, copy);
    if (outcome != MEMO_NOT_FOUND)
        memo_table_touch(&cache->table, found->slot);
    if (outcome == MEMO_HANDED_OUT || outcome == MEMO_TO_BE_VERIFIED ||
        outcome == MEMO_CALL_RAISES)
        memo_call_count_hit(visit, cache);
    return outcome;
}

memo_finding memo_call_find(const memo_visit *visit,
                            memo_verification **verification)
{
    uint64_t users_ns = memo_call_ask_user(visit);
    memo_finding outcome = MEMO_NOT_FOUND;
    memo_cache *cache;
    memo_found found;
    value_copy copy = {NULL, 0};

    if (visit->function->sharing)
        return memo_share_find(visit, verification);
    memo_section_enter(visit->self);
    cache = memo_cache_of(visit->function);
    if (cache &&
        memo_table_find(&cache->table, visit->word0, visit->word1, &found)) {
        if (memo_call_may_use(visit, cache, &found, users_ns))
            outcome = take(visit, cache, &found, verification, &copy);
        memo_call_let_go(visit, &found);
    }
    memo_section_leave(visit->self);
    return outcome == MEMO_CALL_COPIED ? hand_out_copy(visit, &copy) : outcome;
}
