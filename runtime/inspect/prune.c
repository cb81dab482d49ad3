#include "inspect/prune.h"

#include <stdlib.h>

typedef struct {
    const memo_listing *listing;
    size_t *children; /* of each entry, that stay */
    memo_pruned *out;
} pruning;

/* An order of entries, each with when it was written. */
typedef struct {
    uint64_t written_ns;
    size_t index;
} aged;

static size_t index_of(const pruning *p, const memo_listed_entry *entry)
{
    return (size_t)(entry - p->listing->entries);
}

static int by_age(const void *a, const void *b)
{
    const aged *left = a, *right = b;

    if (left->written_ns != right->written_ns)
        return left->written_ns < right->written_ns ? -1 : 1;
    return left->index < right->index ? 1
                                      : -1; /* they are listed newest first */
}

/* What cannot be read, or found any more, has no age. */
static uint64_t age_of(const memo_listed_entry *entry)
{
    return memo_listed_root(entry) ? entry->head.written_ns : 0;
}

/* Entries by age.  Owner: caller, free(). */
static aged *sort(const memo_listing *listing)
{
    aged *all = malloc((listing->entry_count + 1) * sizeof *all);

    if (!all)
        return NULL;
    for (size_t i = 0; i < listing->entry_count; i++)
        all[i] = (aged){age_of(&listing->entries[i]), i};
    if (listing->entry_count > 0)
        qsort(all, listing->entry_count, sizeof *all, by_age);
    return all;
}

/* It goes, and with it what leads to nothing else. */
static void drop(pruning *p, const memo_listed_entry *entry)
{
    while (entry && !p->out->goes[index_of(p, entry)]) {
        p->out->goes[index_of(p, entry)] = true;
        p->out->entries++;
        p->out->results += memo_listed_is_result(entry);
        p->out->bytes += entry->size;
        p->out->kept_bytes -= entry->size;
        entry = entry->parent;
        if (entry && --p->children[index_of(p, entry)] > 0)
            break;
    }
}

static void choose(pruning *p, const aged *order,
                   const memo_prune_bounds *bounds)
{
    for (size_t i = 0; i < p->listing->entry_count; i++) {
        const memo_listed_entry *entry = &p->listing->entries[order[i].index];
        bool is_old = order[i].written_ns < bounds->before_ns;

        if (p->children[order[i].index] > 0)
            continue;
        if (is_old || p->out->kept_bytes > bounds->max_bytes)
            drop(p, entry);
    }
}

static void count_all(pruning *p)
{
    for (size_t i = 0; i < p->listing->entry_count; i++) {
        const memo_listed_entry *entry = &p->listing->entries[i];

        p->out->kept_bytes += entry->size;
        p->out->kept_results += memo_listed_is_result(entry);
        if (entry->parent)
            p->children[index_of(p, entry->parent)]++;
    }
}

bool memo_prune_choose(memo_pruned *out, const memo_listing *listing,
                       const memo_prune_bounds *bounds)
{
    size_t count = listing->entry_count + 1;
    pruning p = {.listing = listing,
                 .children = calloc(count, sizeof *p.children),
                 .out = out};
    aged *order = sort(listing);
    bool is_chosen;

    *out = (memo_pruned){.goes = calloc(count, sizeof *out->goes)};
    is_chosen = p.children && order && out->goes;
    if (is_chosen) {
        count_all(&p);
        choose(&p, order, bounds);
        out->kept_results -= out->results;
    } else {
        free(out->goes);
    }
    free(p.children);
    free(order);
    return is_chosen;
}
