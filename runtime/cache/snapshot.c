/* snapshot.c -- what a function was made of, to be compared later. */
#include "memo.h"

#include "base/export.h"
#include "cache/registry.h"
#include "cache/source_hash.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    char *name;
    memo_digest source; /* zero: known by name only */
    memo_digest build;
} item;

struct memo_snapshot {
    item *items; /* in the order of names, then hashes; each once */
    size_t count, capacity;
    char *function; /* whose source this is */
    memo_digest options;
};

static bool is_same(memo_digest a, memo_digest b)
{
    return a.low == b.low && a.high == b.high;
}

static memo_digest digest_text(const char *text)
{
    return memo_hash_stable(text, text ? strlen(text) : 0);
}

/* ---- taking ------------------------------------------------------------- */

static bool add_item(memo_snapshot *to, const char *name, memo_digest source,
                     memo_digest build)
{
    char *copy;

    if (to->count == to->capacity) {
        size_t capacity = to->capacity ? 2 * to->capacity : 16;
        item *more = realloc(to->items, capacity * sizeof *more);

        if (!more)
            return false;
        to->items = more;
        to->capacity = capacity;
    }
    copy = strdup(name);
    if (!copy)
        return false;
    to->items[to->count++] = (item){copy, source, build};
    return true;
}

static bool add_source(void *context, const struct memo_source *source)
{
    return add_item(context, source->name,
                    (memo_digest){source->hash[0], source->hash[1]},
                    digest_text(source->build));
}

static bool add_name(void *context, const char *name)
{
    return add_item(context, name, (memo_digest){0, 0}, (memo_digest){0, 0});
}

static int compare_words(uint64_t a, uint64_t b)
{
    return a < b ? -1 : a > b;
}

static int compare_items(const void *left, const void *right)
{
    const item *a = left, *b = right;
    int order = strcmp(a->name, b->name);

    if (order == 0)
        order = compare_words(a->source.high, b->source.high);
    if (order == 0)
        order = compare_words(a->source.low, b->source.low);
    if (order == 0)
        order = compare_words(a->build.high, b->build.high);
    return order != 0 ? order : compare_words(a->build.low, b->build.low);
}

/* Two files may name the same function that no file defines. */
static void keep_each_once(memo_snapshot *in)
{
    size_t kept = 0;

    if (in->count > 1)
        qsort(in->items, in->count, sizeof *in->items, compare_items);
    for (size_t i = 0; i < in->count; i++) {
        if (kept > 0 && compare_items(&in->items[kept - 1], &in->items[i]) == 0)
            free(in->items[i].name);
        else
            in->items[kept++] = in->items[i];
    }
    in->count = kept;
}

static bool fill(memo_snapshot *out, const struct memo_function *function)
{
    memo_graph_visitor visitor = {out, add_source, NULL, add_name};

    out->function = strdup(function->name);
    out->options = digest_text(function->salt);
    if (!out->function)
        return false;
    if (!(function->flags & MEMO_CODE_IGNORED) &&
        !memo_walk_sources(function->source, &visitor))
        return false;
    keep_each_once(out);
    return true;
}

MEMO_EXPORT memo_status memo_take_snapshot(memo_snapshot **out,
                                           memo_address address,
                                           const char *name)
{
    memo_status status;
    memo_cache *cache;
    bool was_inside;

    *out = NULL;
    if (!memo_registry_is_ready())
        return MEMO_NOT_MEMOIZED;
    /* While the lock is held no object goes away. */
    was_inside = memo_registry_lock();
    status = memo_registry_find(&cache, address, name);
    if (status == MEMO_OK) {
        *out = calloc(1, sizeof **out);
        if (!*out || !fill(*out, cache->function)) {
            memo_snapshot_free(*out);
            *out = NULL;
            status = MEMO_NO_MEMORY;
        }
    }
    memo_registry_unlock(was_inside);
    return status;
}

MEMO_EXPORT void memo_snapshot_free(memo_snapshot *snapshot)
{
    if (!snapshot)
        return;
    for (size_t i = 0; i < snapshot->count; i++)
        free(snapshot->items[i].name);
    free(snapshot->items);
    free(snapshot->function);
    free(snapshot);
}

MEMO_EXPORT memo_status memo_hash_source(char *text, memo_address address,
                                         const char *name)
{
    memo_digest digest;
    memo_status status;
    memo_cache *cache;
    bool was_inside;

    *text = '\0';
    if (!memo_registry_is_ready())
        return MEMO_NOT_MEMOIZED;
    was_inside = memo_registry_lock();
    status = memo_registry_find(&cache, address, name);
    if (status == MEMO_OK && !memo_digest_source(&digest, cache->function))
        status = MEMO_NO_MEMORY;
    memo_registry_unlock(was_inside);
    if (status == MEMO_OK)
        snprintf(text, MEMO_SOURCE_HASH_SIZE, "%016llx%016llx",
                 (unsigned long long)digest.high,
                 (unsigned long long)digest.low);
    return status;
}

/* ---- comparing ---------------------------------------------------------- */

MEMO_EXPORT const char *memo_change_text(memo_change change)
{
    static const char *const texts[] = {
#define MEMO_CHANGE_TEXT(name, text) text,
        MEMO_CHANGES(MEMO_CHANGE_TEXT)
#undef MEMO_CHANGE_TEXT
    };

    return (unsigned)change < MEMO_CHANGE_COUNT ? texts[change]
                                                : "unknown change";
}

typedef int visitor(void *context, memo_change change, const char *name);

/* The items of one name: [begin, returned end). */
static size_t end_of_name(const memo_snapshot *in, size_t begin)
{
    size_t end = begin + 1;

    while (end < in->count &&
           strcmp(in->items[end].name, in->items[begin].name) == 0)
        end++;
    return end;
}

/* How the items of a name differ; MEMO_CHANGE_COUNT if they do not. */
static memo_change compare_name(const item *before, size_t before_count,
                                const item *after, size_t after_count)
{
    memo_change change = MEMO_CHANGE_COUNT;

    if (before_count != after_count)
        return MEMO_CHANGE_SOURCE;
    for (size_t i = 0; i < before_count; i++) {
        if (!is_same(before[i].source, after[i].source))
            return MEMO_CHANGE_SOURCE;
        if (!is_same(before[i].build, after[i].build))
            change = MEMO_CHANGE_BUILD;
    }
    return change;
}

static int compare_sources(const memo_snapshot *before,
                           const memo_snapshot *after, visitor *visit,
                           void *context)
{
    size_t old = 0, new = 0;
    int answer = 0;

    while (answer == 0 && (old < before->count || new < after->count)) {
        size_t old_end = old, new_end = new;
        const char *name;
        memo_change change;
        int order = old == before->count  ? 1
                    : new == after->count ? -1
                                          : strcmp(before->items[old].name,
                                                   after->items[new].name);

        if (order <= 0)
            old_end = end_of_name(before, old);
        if (order >= 0)
            new_end = end_of_name(after, new);
        name = order <= 0 ? before->items[old].name : after->items[new].name;
        change = order < 0   ? MEMO_CHANGE_REMOVED
                 : order > 0 ? MEMO_CHANGE_ADDED
                             : compare_name(before->items + old, old_end - old,
                                            after->items + new, new_end - new);
        if (change != MEMO_CHANGE_COUNT)
            answer = visit(context, change, name);
        old = old_end;
        new = new_end;
    }
    return answer;
}

MEMO_EXPORT int memo_snapshot_compare(const memo_snapshot *before,
                                      const memo_snapshot *after,
                                      visitor *visit, void *context)
{
    int answer = 0;

    if (!is_same(before->options, after->options))
        answer = visit(context, MEMO_CHANGE_OPTIONS, after->function);
    return answer != 0 ? answer
                       : compare_sources(before, after, visit, context);
}

typedef struct {
    char *text;
    size_t size, used; /* used: as if there were room for all */
} sentence;

static void append(sentence *to, const char *text)
{
    size_t length = strlen(text);

    if (to->used + length < to->size)
        memcpy(to->text + to->used, text, length + 1);
    else if (to->used < to->size)
        memcpy(to->text + to->used, text, to->size - to->used);
    to->used += length;
}

static int append_change(void *context, memo_change change, const char *name)
{
    sentence *to = context;

    append(to, to->used > 0 ? "; " : "");
    append(to, name);
    append(to, " ");
    append(to, memo_change_text(change));
    return 0;
}

MEMO_EXPORT memo_size memo_snapshot_describe(char *text, memo_size size,
                                             const memo_snapshot *before,
                                             const memo_snapshot *after)
{
    static const char cut[] = "...";
    sentence all = {text, size, 0};

    if (size > 0)
        text[0] = '\0';
    memo_snapshot_compare(before, after, append_change, &all);
    if (all.used < size)
        return all.used;
    if (size == 0)
        return 0;
    text[size - 1] = '\0';
    if (size >= sizeof cut)
        memcpy(text + size - sizeof cut, cut, sizeof cut);
    return size - 1;
}
