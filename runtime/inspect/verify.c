#include "inspect/verify.h"

#include "cache/describe.h"
#include "inspect/answers.h"
#include "inspect/show.h"
#include "inspect/show_layout.h"

#include <stdlib.h>
#include <string.h>

memo_name memo_key_digest(const memo_name *function, const void *key,
                          size_t size, const unsigned char *secret)
{
    memo_digest digest = memo_hash_keyed(key, size, secret);

    return (memo_name){digest.low ^ function->low,
                       digest.high ^ function->high};
}

const char *memo_verify_signed(const memo_listed_entry *entry,
                               const memo_stored_entry *parts,
                               const void *bytes, const unsigned char *secret)
{
    memo_name digest;

    if (!memo_stored_is_signed(bytes, (size_t)entry->size, secret))
        return "its checksum is wrong";
    digest = memo_key_digest(&entry->function->id, parts->key,
                             parts->head.key_size, secret);
    if (!memo_name_equal(&digest, &entry->digest))
        return "its key belongs to another entry";
    return NULL;
}

/* ---- what can be read ---------------------------------------------------- */

typedef bool shower(memo_sink *out, memo_show_form form, const char *facts,
                    const unsigned char *bytes, size_t size);

static bool can_show(shower *show, const char *facts,
                     const unsigned char *bytes, uint64_t size)
{
    unsigned char few[MEMO_SINK_LEAST];
    memo_sink nothing = memo_sink_discarding(few, sizeof few);

    return show(&nothing, MEMO_SHOW_TEXT, facts, bytes, (size_t)size);
}

static bool can_read_key(const memo_listed_entry *entry,
                         const memo_stored_entry *parts)
{
    const size_t begin = sizeof(memo_name);

    if (!parts->head.is_derived)
        return can_show(memo_show_arguments, entry->function->facts, parts->key,
                        parts->head.key_size);
    return parts->head.key_size >= begin &&
           (memo_answers_are_pairs(parts->key + begin,
                                   parts->head.key_size - begin) ||
            parts->head.key_size - begin == sizeof(memo_digest));
}

const char *memo_verify_readable(const memo_listed_entry *entry,
                                 const memo_stored_entry *parts,
                                 const void *bytes, const unsigned char *secret)
{
    const memo_listed_function *function = entry->function;
    const char *problem = memo_verify_signed(entry, parts, bytes, secret);

    if (problem || memo_listed_is_foreign(function) ||
        memo_verify_function(function))
        return problem;
    if (!can_read_key(entry, parts))
        return "its arguments cannot be read";
    if (parts->head.kind == MEMO_STORED_QUESTIONS)
        return memo_answers_are_questions(parts->value,
                                          (size_t)parts->head.value_size)
                   ? NULL
                   : "its questions cannot be read";
    return can_show(memo_show_result, function->facts, parts->value,
                    parts->head.value_size)
               ? NULL
               : "its result cannot be read";
}

/* ---- functions ----------------------------------------------------------- */

bool memo_listed_is_foreign(const memo_listed_function *function)
{
    char head[MEMO_DESCRIBE_HEAD];
    size_t word = strcspn(function->facts, " ");

    memo_describe_head(head);
    return word < function->facts_size && word == strcspn(head, " ") &&
           strncmp(head, function->facts, word) == 0 &&
           strncmp(head, function->facts, strlen(head)) != 0;
}

const char *memo_verify_function(const memo_listed_function *function)
{
    memo_facts facts;
    bool is_read;

    if (function->facts_size == 0)
        return "nothing is known of its arguments";
    if (strlen(function->facts) != function->facts_size)
        return "what is known of its arguments is damaged";
    if (memo_listed_is_foreign(function))
        return NULL;
    is_read = memo_facts_read(&facts, function->facts);
    memo_facts_finish(&facts);
    return is_read ? NULL : "what is known of its arguments is damaged";
}

/* ---- beside others ------------------------------------------------------- */

const char *memo_verify_listed(const memo_listed_entry *entry, uint64_t now_ns)
{
    const memo_stored_head *head = &entry->head;

    if (entry->problem)
        return entry->problem;
    if (head->generation != entry->function->generation)
        return "it was cleared, but is still there";
    if (head->expires_ns != 0 && head->expires_ns <= head->written_ns)
        return "it expires before it was written";
    if (memo_stored_has_expired(head, now_ns) && now_ns < head->expires_ns)
        return "it was written in the future";
    return NULL;
}

/* ---- secrets ------------------------------------------------------------- */

static bool is_plain_item(const memo_item *item)
{
    return item->state != MEMO_ITEM_DIGEST && item->state != MEMO_ITEM_FOLDED &&
           item->state != MEMO_ITEM_MISSING && !item->file;
}

static bool has_plain_items(const memo_facts *facts, const unsigned char *key,
                            size_t size)
{
    memo_layout layout;
    bool is_plain;

    memo_layout_key(&layout, facts, key, size);
    is_plain = layout.walk.outcome == MEMO_WALK_ON;
    for (memo_u32 i = 0; is_plain && i < facts->function.parameter_count; i++)
        is_plain = is_plain_item(&layout.items[i]);
    memo_layout_finish(&layout);
    return is_plain;
}

bool memo_key_is_plain(const char *facts, const unsigned char *key, size_t size)
{
    memo_facts read;
    bool is_plain = memo_facts_read(&read, facts);

    if (is_plain && read.function.word_count == 0)
        is_plain = has_plain_items(&read, key, size);
    memo_facts_finish(&read);
    return is_plain;
}
