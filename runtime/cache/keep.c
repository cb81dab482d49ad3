/* keep.c -- the result of a miss becomes an entry, or not. */
#include "cache/share.h"
#include "cache/stored_draft.h"
#include "cache/value.h"

#include <stdlib.h>
#include <string.h>

static bool is_pointer(const struct memo_type *type)
{
    return type->kind == MEMO_KIND_ADDRESS ||
           (type->kind == MEMO_KIND_OPAQUE && type->codec->is_pointer);
}

/* Streamlit keeps None; a NULL is more often a failure than a result, so it is
 * computed again unless cache_if says otherwise. */
static bool is_null(const memo_visit *visit)
{
    const struct memo_function *function = visit->function;
    const void *pointer;

    if (function->flags & MEMO_RESULT_MAY_BE_NULL ||
        function->result_kind == MEMO_RESULT_NONE ||
        (function->result_kind == MEMO_RESULT_VALUE &&
         !is_pointer(function->result_type)))
        return false;
    memcpy(&pointer, visit->result, sizeof pointer);
    return pointer == NULL;
}

memo_reason memo_call_check_size(const memo_visit *visit, size_t total)
{
    memo_u64 most = visit->settings->config.max_bytes;

    if (memo_table_is_too_large(visit->function->max_bytes, total))
        return MEMO_TOO_LARGE;
    return most != 0 && total > most ? MEMO_BUDGET : MEMO_HIT;
}

/* Key and value in one piece of memory: the flight's key is made larger. */
static memo_reason make_flat_entry(const memo_visit *visit,
                                   const struct memo_call *call,
                                   memo_flight *flight)
{
    size_t size, total;
    memo_entry *entry;
    memo_reason reason;

    if (!memo_value_size(&size, visit->function, visit->arguments,
                         visit->result, call->result_count) ||
        __builtin_add_overflow(size, sizeof *entry + flight->key->key_size,
                               &total))
        return MEMO_TOO_LARGE;
    reason = memo_call_check_size(visit, total);
    if (reason != MEMO_HIT)
        return reason;
    entry = realloc(flight->key, total);
    if (!entry)
        return MEMO_BUDGET;
    flight->key = entry;
    entry->value_size = size;
    memo_value_encode(entry->bytes + entry->key_size, visit->function,
                      visit->arguments, visit->result, call->result_count);
    return MEMO_HIT;
}

static memo_reason fill_deep(memo_sink *sink, const memo_visit *visit,
                             const struct memo_call *call,
                             const memo_flight *flight, memo_budget budget)
{
    const memo_computed computed = {visit->function, visit->arguments,
                                    visit->result, call->result_count,
                                    flight->before};

    switch (memo_value_append(sink, &computed, budget)) {
    case MEMO_VALUE_APPENDED:
        return sink->has_no_memory ? MEMO_BUDGET
                                   : memo_call_check_size(visit, sink->size);
    case MEMO_VALUE_TANGLED:
        return MEMO_ALIASED;
    case MEMO_VALUE_REPLACED:
        return MEMO_REPLACED;
    case MEMO_VALUE_APPEND_NO_MEMORY:
        return MEMO_BUDGET;
    default:
        return MEMO_TOO_LARGE;
    }
}

/* The same where nobody knows the size before. */
static memo_reason make_deep_entry(const memo_visit *visit,
                                   const struct memo_call *call,
                                   memo_flight *flight)
{
    size_t begin = sizeof *flight->key + flight->key->key_size;
    memo_budget budget = memo_budget_of(&visit->settings->config);
    memo_sink sink = memo_sink_growing(begin + budget.bytes);
    memo_reason reason;
    memo_entry *entry;

    memo_sink_put(&sink, flight->key, begin);
    reason = fill_deep(&sink, visit, call, flight, budget);
    if (reason != MEMO_HIT) {
        free(sink.bytes);
        return reason;
    }
    entry = realloc(sink.bytes, sink.size);
    if (!entry)
        entry = (memo_entry *)(void *)sink.bytes;
    entry->value_size = sink.size - begin;
    free(flight->key);
    flight->key = entry;
    return MEMO_HIT;
}

static memo_reason make_entry(const memo_visit *visit,
                              const struct memo_call *call, memo_flight *flight)
{
    return memo_value_is_deep(visit->function)
               ? make_deep_entry(visit, call, flight)
               : make_flat_entry(visit, call, flight);
}

static memo_reason make_item(memo_item *out, const memo_visit *visit,
                             const struct memo_call *call, memo_flight *flight)
{
    const struct memo_function *function = visit->function;
    memo_reason reason;

    if (!flight->key) {
        if (function->result_kind == MEMO_RESULT_VALUE)
            memcpy(&out->value, visit->result, function->result_type->size);
        return MEMO_HIT;
    }
    if (memo_arguments_overlap(function, visit->arguments))
        return MEMO_ALIASED;
    reason = make_entry(visit, call, flight);
    out->value = (uint64_t)(uintptr_t)flight->key;
    out->entry_bytes =
        sizeof(memo_entry) + flight->key->key_size + flight->key->value_size;
    return reason;
}

/* The result as an object, kept or not: somebody has to release it. */
static memo_object *make_object(memo_item *out, memo_reason *reason,
                                const memo_visit *visit,
                                const struct memo_call *call,
                                const memo_flight *flight)
{
    memo_object *object;

    if (*reason == MEMO_HIT &&
        memo_arguments_overlap(visit->function, visit->arguments))
        *reason = MEMO_ALIASED;
    object = memo_share_adopt(reason, visit, call, flight);
    if (object && *reason == MEMO_HIT)
        *reason = memo_call_check_size(visit, object->bytes);
    if (object) {
        out->value = (uint64_t)(uintptr_t)memo_object_entry(object);
        out->entry_bytes = object->bytes;
    }
    return object;
}

memo_reason memo_call_insert(memo_cache *cache, const memo_item *item,
                             memo_flight *flight)
{
    memo_registry_make_room(item->entry_bytes, item->stamp);
    if (cache->is_address)
        memo_tsan_release(cache);
    if (flight->key)
        memo_tsan_release(flight->key);
    switch (memo_table_insert(&cache->table, item, flight->clearance)) {
    case MEMO_INSERTED:
        if (!cache->table.options.has_objects)
            flight->key = NULL; /* the table's now */
        return MEMO_HIT;
    case MEMO_OUTDATED:
        return MEMO_CLEARED;
    default:
        return MEMO_BUDGET;
    }
}

/* What goes to the store is copied before the table has it. */
static void draft_result(memo_stored_draft *out, const memo_visit *visit,
                         const memo_flight *flight, const memo_item *item)
{
    unsigned char bytes[64];
    size_t size;

    if (flight->key) {
        memo_stored_draft_make(out, visit, flight->stored,
                               flight->key->bytes + flight->key->key_size,
                               flight->key->value_size);
        return;
    }
    if (!memo_value_size(&size, visit->function, visit->arguments, &item->value,
                         0) ||
        size > sizeof bytes)
        return;
    memo_value_encode(bytes, visit->function, visit->arguments, &item->value,
                      0);
    memo_stored_draft_make(out, visit, flight->stored, bytes, size);
}

/* Has it been cleared in memory, and maybe before it came to the store? */
static bool was_cleared(const memo_visit *visit, const memo_item *item,
                        const memo_flight *flight)
{
    bool is_cleared = false;
    memo_cache *cache;

    memo_section_enter(visit->self);
    cache = memo_cache_of(visit->function);
    if (cache)
        is_cleared = memo_table_clearance(&cache->table, item->word0,
                                          item->word1) != flight->clearance;
    memo_section_leave(visit->self);
    return is_cleared;
}

/* Reasons that a table remembers, so that the next miss can tell. */
static bool is_remembered(memo_reason reason)
{
    return reason >= MEMO_EXPIRED && reason <= MEMO_BUDGET;
}

memo_reason memo_call_keep(const memo_visit *visit, struct memo_call *call,
                           memo_flight *flight, uint64_t now_ns)
{
    memo_item item = {
        .word0 = flight->word0, .word1 = flight->word1, .stamp = now_ns};
    bool is_nothing = is_null(visit), is_first_null = false;
    bool is_wanted = call->keep && !is_nothing &&
                     !(visit->drawn && visit->drawn->is_not_kept);
    memo_reason kept = is_wanted ? MEMO_HIT : MEMO_NOT_KEPT;
    memo_stored_draft draft = {.result = NULL};
    memo_object *object = NULL;
    memo_cache *cache;

    if (!visit->function->sharing && is_wanted)
        kept = make_item(&item, visit, call, flight);
    else if (visit->function->sharing && !is_nothing)
        object = make_object(&item, &kept, visit, call, flight);
    if (flight->stored && kept == MEMO_HIT)
        draft_result(&draft, visit, flight, &item);

    memo_section_enter(visit->self);
    cache = memo_cache_of(visit->function);
    if (cache && kept == MEMO_HIT)
        kept = memo_call_keep_drawing(&item, cache, visit, flight);
    if (cache && kept == MEMO_HIT)
        kept = memo_call_insert(cache, &item, flight);
    if (cache && is_remembered(kept))
        memo_table_note(&cache->table, item.word0, item.word1, kept);
    if (cache && call->keep && is_nothing)
        is_first_null = !atomic_exchange(&cache->has_told_of_null, true);
    memo_section_leave(visit->self);
    memo_stored_draft_send(&draft, kept);
    if (draft.is_sent && was_cleared(visit, &item, flight))
        memo_stored_draft_recall(&draft);
    if (object && kept != MEMO_HIT)
        memo_object_leave(object);
    if (is_first_null)
        memo_call_log(visit, MEMO_LOG_MISS, MEMO_NOT_KEPT,
                      "NULL results are not kept; cache_if=true keeps them");
    return kept;
}
