/* memory_store.h -- a store that is an array, and entries to put into it. */
#ifndef MEMO_TESTS_MEMORY_STORE_H
#define MEMO_TESTS_MEMORY_STORE_H

#include "../../support/random.h"
#include "cache/describe.h"
#include "cache/framed.h"
#include "inspect/inspect.h"

#include <check.h>

#include <stdlib.h>
#include <string.h>

#define UNUSED __attribute__((unused))

#define MOST_FUNCTIONS 8
#define MOST_ENTRIES 64

/* When tests run. */
#define NOW_NS UINT64_C(1600000000000000000)
#define SECOND_NS UINT64_C(1000000000)

/* int f(int n), whose key is a word. */
#define FACTS_OF_WORDS                                                         \
    "\ntype signed 4 \"int\"\nparameter value in 0 \"n\"\nresult value 0\n"    \
    "words 1\nend\n"

typedef struct {
    memo_name id, digest;
    unsigned char *bytes;
    size_t size;
} kept_entry;

typedef struct {
    memo_store_host host;
    memo_stored functions[MOST_FUNCTIONS];
    size_t function_count;
    kept_entry entries[MOST_ENTRIES];
    size_t count, attached, most_writes; /* 0: no bound */
    bool is_full;                        /* it takes no more */
} memory_store;

static UNUSED memo_stored *find_stored(memory_store *in, memo_name id)
{
    for (size_t i = 0; i < in->function_count; i++) {
        if (memo_name_equal(&in->functions[i].id, &id))
            return &in->functions[i];
    }
    return NULL;
}

static UNUSED kept_entry *find_kept(memory_store *in, memo_name id,
                                    memo_name digest)
{
    for (size_t i = 0; i < in->count; i++) {
        if (memo_name_equal(&in->entries[i].id, &id) &&
            memo_name_equal(&in->entries[i].digest, &digest))
            return &in->entries[i];
    }
    return NULL;
}

/* ---- the port ------------------------------------------------------------ */

static UNUSED int attach_in_memory(void *opened, memo_stored *stored)
{
    memory_store *in = opened;

    if (!find_stored(in, stored->id)) {
        ck_assert_uint_lt(in->function_count, MOST_FUNCTIONS);
        in->functions[in->function_count] = *stored;
        in->functions[in->function_count++].generation = 100;
    }
    stored->generation = find_stored(in, stored->id)->generation;
    in->attached++;
    return 1;
}

static UNUSED void keep_bytes(memory_store *in, memo_name id, memo_name digest,
                              const void *bytes, size_t size)
{
    kept_entry *entry = find_kept(in, id, digest);

    if (!entry) {
        ck_assert_uint_lt(in->count, MOST_ENTRIES);
        entry = &in->entries[in->count++];
    }
    free(entry->bytes);
    *entry = (kept_entry){id, digest, malloc(size > 0 ? size : 1), size};
    memcpy(entry->bytes, bytes, size);
}

static UNUSED memo_size write_to_memory(void *opened,
                                        const memo_store_write *writes,
                                        memo_size count)
{
    memory_store *in = opened;

    if (in->is_full)
        return 0;
    if (in->most_writes > 0 && count > in->most_writes)
        count = in->most_writes;
    for (memo_size i = 0; i < count; i++) {
        ck_assert_uint_eq(writes[i].operation, MEMO_STORE_SAVE);
        ck_assert_uint_eq(writes[i].generation, writes[i].stored->generation);
        keep_bytes(in, writes[i].stored->id, writes[i].digest, writes[i].bytes,
                   writes[i].size);
    }
    return count;
}

static UNUSED int visit_entries(memory_store *in, memo_store_item *item,
                                memo_store_visit *visit, void *context)
{
    int answer = 0;

    for (size_t i = 0; i < in->count && answer == 0; i++) {
        if (!memo_name_equal(&in->entries[i].id, &item->id))
            continue;
        item->digest = in->entries[i].digest;
        item->bytes = in->entries[i].bytes;
        item->size = in->entries[i].size;
        answer = visit(context, item);
    }
    return answer;
}

static UNUSED int walk_over_memory(void *opened, memo_store_visit *visit,
                                   void *context)
{
    memory_store *in = opened;
    int answer = 0;

    for (size_t i = 0; i < in->function_count && answer == 0; i++) {
        const memo_stored *stored = &in->functions[i];
        memo_store_item item = {.function = stored->function,
                                .file = stored->file,
                                .line = stored->line,
                                .source = stored->source,
                                .facts = stored->facts,
                                .facts_size = stored->facts_size,
                                .hits = stored->hits,
                                .id = stored->id};

        answer = visit(context, &item);
        if (answer == 0)
            answer = visit_entries(in, &item, visit, context);
    }
    return answer;
}

static const struct memo_store memory UNUSED = {.name = "memory",
                                                .attach = attach_in_memory,
                                                .write = write_to_memory,
                                                .each = walk_over_memory};

/* ---- what is in it ------------------------------------------------------- */

static UNUSED void begin_store(memory_store *out, uint64_t secret)
{
    memset(out, 0, sizeof *out);
    random_fill(&secret, out->host.secret, sizeof out->host.secret);
}

static UNUSED void end_store(memory_store *store)
{
    for (size_t i = 0; i < store->count; i++)
        free(store->entries[i].bytes);
}

/* The text of facts about functions of this machine; a few stay. */
static UNUSED const char *facts_of(const char *behind)
{
    static char facts[8][512];
    static size_t next;
    char *out = facts[next++ % 8];

    memo_describe_head(out);
    return strcat(out, behind);
}

static UNUSED memo_stored *add_function(memory_store *to, uint64_t id,
                                        const char *name, const char *facts)
{
    memo_stored *made = &to->functions[to->function_count++];

    *made = (memo_stored){.id = {id, id},
                          .function = name,
                          .file = "f.c",
                          .line = 7,
                          .source = "0123456789abcdef",
                          .facts = facts,
                          .facts_size = strlen(facts),
                          .generation = 5};
    return made;
}

/* What an entry is made of; the rest is as it is mostly. */
typedef struct {
    const void *key, *value;
    size_t key_size, value_size;
    uint64_t age_seconds, ttl_seconds;
    bool has_questions, is_derived;
} entry_facts;

/* Sign and keep it; returns its digest. */
static UNUSED memo_name add_entry(memory_store *to, const memo_stored *stored,
                                  const entry_facts *from)
{
    memo_stored_entry entry = {.key = from->key, .value = from->value};
    memo_name digest = memo_key_digest(&stored->id, from->key, from->key_size,
                                       to->host.secret);
    unsigned char *bytes;
    size_t size;

    entry.head.id = stored->id;
    entry.head.generation = stored->generation;
    entry.head.written_ns = NOW_NS - from->age_seconds * SECOND_NS;
    if (from->ttl_seconds > 0)
        entry.head.expires_ns =
            entry.head.written_ns + from->ttl_seconds * SECOND_NS;
    entry.head.kind =
        from->has_questions ? MEMO_STORED_QUESTIONS : MEMO_STORED_RESULT;
    entry.head.is_derived = from->is_derived;
    entry.head.key_size = (uint32_t)from->key_size;
    entry.head.value_size = from->value_size;
    size = memo_stored_bytes(&entry.head);
    bytes = malloc(size);
    memo_stored_put(bytes, &entry);
    memo_stored_sign(bytes, size, to->host.secret);
    keep_bytes(to, stored->id, digest, bytes, size);
    free(bytes);
    return digest;
}

/* The result of f(n), and its age. */
static UNUSED memo_name add_number(memory_store *to, const memo_stored *stored,
                                   uint64_t n, uint64_t age_seconds)
{
    const int value = (int)n * 10;

    return add_entry(to, stored,
                     &(entry_facts){.key = &n,
                                    .key_size = sizeof n,
                                    .value = &value,
                                    .value_size = sizeof value,
                                    .age_seconds = age_seconds});
}

/* f(n) asks for "q". */
static UNUSED memo_name add_question(memory_store *to,
                                     const memo_stored *stored, uint64_t n,
                                     uint64_t age_seconds)
{
    memo_sink question = memo_sink_growing(UINT64_MAX);
    memo_name digest;

    memo_framed_put(&question, (const unsigned char *)"q", 1);
    digest = add_entry(to, stored,
                       &(entry_facts){.key = &n,
                                      .key_size = sizeof n,
                                      .value = question.bytes,
                                      .value_size = question.size,
                                      .age_seconds = age_seconds,
                                      .has_questions = true});
    free(question.bytes);
    return digest;
}

/* What it returns when it is told this answer. */
static UNUSED memo_name add_answer(memory_store *to, const memo_stored *stored,
                                   memo_name parent, const char *answer,
                                   uint64_t age_seconds)
{
    memo_sink key = memo_sink_growing(UINT64_MAX);
    const int value = 1;
    memo_name digest;

    memo_sink_put(&key, &parent, sizeof parent);
    memo_framed_put(&key, (const unsigned char *)"q", 1);
    memo_framed_put(&key, (const unsigned char *)answer, strlen(answer));
    digest = add_entry(to, stored,
                       &(entry_facts){.key = key.bytes,
                                      .key_size = key.size,
                                      .value = &value,
                                      .value_size = sizeof value,
                                      .age_seconds = age_seconds,
                                      .is_derived = true});
    free(key.bytes);
    return digest;
}

static UNUSED void list_store(memo_listing *out, memory_store *store,
                              const memo_listing_wants *wants)
{
    static const memo_listing_wants heads = {.function = NULL};

    *out = (memo_listing){.entries = NULL};
    ck_assert(memo_listing_add(out, &memory, store, &store->host,
                               wants ? wants : &heads));
    ck_assert(memo_listing_sort(out));
}

static UNUSED const memo_listed_entry *listed(const memo_listing *in,
                                              memo_name digest)
{
    for (size_t i = 0; i < in->entry_count; i++) {
        if (memo_name_equal(&in->entries[i].digest, &digest))
            return &in->entries[i];
    }
    return NULL;
}

#endif
