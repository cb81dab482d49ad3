#include "inspect/listing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* More entries in a row are a circle. */
#define MOST_STEPS 64

/* A walk over one store. */
typedef struct {
    memo_listing *to;
    const struct memo_store *store;
    const unsigned char *secret;
    const memo_listing_wants *wants;
    size_t first; /* of the functions of this store */
} walk;

void memo_digest_text(char *out, const memo_name *digest)
{
    snprintf(out, MEMO_DIGEST_TEXT, "%016llx%016llx",
             (unsigned long long)digest->high, (unsigned long long)digest->low);
}

static bool begins(const memo_name *digest, const char *beginning)
{
    char text[MEMO_DIGEST_TEXT];

    memo_digest_text(text, digest);
    return strncmp(text, beginning, strlen(beginning)) == 0;
}

/* ---- copies -------------------------------------------------------------- */

/* Room for one more; NULL: out of memory. */
static void *grow(void *items, size_t count, size_t *room, size_t size)
{
    size_t more = *room ? 2 * *room : 64;
    void *grown;

    if (count < *room)
        return items;
    grown = realloc(items, more * size);
    if (grown)
        *room = more;
    return grown;
}

static void *copy(const void *bytes, size_t size)
{
    unsigned char *made = malloc(size + 1);

    if (!made)
        return NULL;
    if (size > 0)
        memcpy(made, bytes, size);
    made[size] = '\0';
    return made;
}

static const char *copy_text(const char *text)
{
    return copy(text ? text : "", text ? strlen(text) : 0);
}

static void release(const void *memory)
{
    free((void *)(uintptr_t)memory);
}

static void destroy_function(memo_listed_function *function)
{
    if (!function)
        return;
    release(function->function);
    release(function->file);
    release(function->source);
    release(function->facts);
    free(function);
}

/* ---- functions ----------------------------------------------------------- */

static memo_listed_function *make_function(const struct memo_store *store,
                                           const memo_store_item *item)
{
    memo_listed_function *made = calloc(1, sizeof *made);

    if (!made)
        return NULL;
    made->store = store;
    made->id = item->id;
    made->function = copy_text(item->function);
    made->file = copy_text(item->file);
    made->source = copy_text(item->source);
    made->facts = copy(item->facts, item->facts_size);
    made->facts_size = item->facts_size;
    made->line = item->line;
    made->hits = item->hits;
    if (made->function && made->file && made->source && made->facts)
        return made;
    destroy_function(made);
    return NULL;
}

/* Mostly it is the one that was added last. */
static memo_listed_function *find_function(const walk *in, const memo_name *id)
{
    const memo_listing *to = in->to;

    for (size_t i = to->function_count; i > in->first; i--) {
        if (memo_name_equal(&to->functions[i - 1]->id, id))
            return to->functions[i - 1];
    }
    return NULL;
}

static memo_listed_function *take_function(walk *in,
                                           const memo_store_item *item)
{
    memo_listing *to = in->to;
    memo_listed_function *found = find_function(in, &item->id), **all;

    if (found)
        return found;
    all = grow(to->functions, to->function_count, &to->function_room,
               sizeof *all);
    if (all)
        to->functions = all;
    found = all ? make_function(in->store, item) : NULL;
    if (found)
        to->functions[to->function_count++] = found;
    else
        to->has_no_memory = true;
    return found;
}

/* ---- entries ------------------------------------------------------------- */

static const char *judge(const walk *in, memo_listed_entry *entry,
                         const memo_stored_entry *parts, const void *bytes)
{
    if (!memo_name_equal(&parts->head.id, &entry->function->id))
        return "it is another function's";
    if (!in->wants->judge)
        return NULL;
    return in->wants->judge(entry, parts, bytes, in->secret);
}

/* False: out of memory. */
static bool fill_entry(memo_listed_entry *out, const walk *in,
                       const memo_store_item *item)
{
    memo_stored_entry parts;

    out->problem = memo_stored_read(&parts, item->bytes, item->size);
    if (!out->problem) {
        out->is_entry = true;
        out->head = parts.head;
        out->key = copy(parts.key, parts.head.key_size);
        out->problem = judge(in, out, &parts, item->bytes);
    }
    if (out->is_entry && !out->key)
        return false;
    if (!in->wants->kept || !begins(&item->digest, in->wants->kept))
        return true;
    out->bytes = copy(item->bytes, item->size);
    return out->bytes != NULL;
}

static bool take_entry(walk *in, memo_listed_function *function,
                       const memo_store_item *item)
{
    memo_listing *to = in->to;
    memo_listed_entry *all =
        grow(to->entries, to->entry_count, &to->entry_room, sizeof *all);
    memo_listed_entry *made;

    if (!all)
        return false;
    to->entries = all;
    made = &all[to->entry_count++];
    *made = (memo_listed_entry){
        .function = function, .digest = item->digest, .size = item->size};
    if (!fill_entry(made, in, item))
        return false;
    return true;
}

static int visit(void *context, const memo_store_item *item)
{
    walk *in = context;
    memo_listed_function *function;

    if (in->wants->function && item->function &&
        strcmp(item->function, in->wants->function) != 0)
        return 0;
    function = take_function(in, item);
    if (function && item->bytes && !take_entry(in, function, item))
        in->to->has_no_memory = true;
    return in->to->has_no_memory;
}

bool memo_listing_add(memo_listing *to, const struct memo_store *store,
                      void *opened, const memo_store_host *host,
                      const memo_listing_wants *wants)
{
    walk in = {.to = to,
               .store = store,
               .secret = host->secret,
               .wants = wants,
               .first = to->function_count};

    store->each(opened, visit, &in);
    return !to->has_no_memory;
}

static void finish_entry(memo_listed_entry *entry)
{
    release(entry->key);
    release(entry->bytes);
}

void memo_listing_finish(memo_listing *listing)
{
    for (size_t i = 0; i < listing->entry_count; i++)
        finish_entry(&listing->entries[i]);
    for (size_t i = 0; i < listing->function_count; i++)
        destroy_function(listing->functions[i]);
    free(listing->entries);
    free(listing->functions);
    *listing = (memo_listing){.entries = NULL};
}

/* ---- order --------------------------------------------------------------- */

static int compare_words(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static int compare_names(const memo_name *a, const memo_name *b)
{
    int order = compare_words(a->high, b->high);

    return order ? order : compare_words(a->low, b->low);
}

static int compare_functions(const memo_listed_function *a,
                             const memo_listed_function *b)
{
    int order = strcmp(a->function, b->function);

    if (order == 0)
        order = strcmp(a->file, b->file);
    if (order == 0)
        order = compare_words(a->line, b->line);
    if (order == 0)
        order = strcmp(a->store->name, b->store->name);
    return order ? order : compare_names(&a->id, &b->id);
}

static int by_function(const void *a, const void *b)
{
    return compare_functions(*(memo_listed_function *const *)a,
                             *(memo_listed_function *const *)b);
}

static int by_function_and_age(const void *a, const void *b)
{
    const memo_listed_entry *left = a, *right = b;
    int order = strcmp(left->function->function, right->function->function);

    if (order == 0)
        order = compare_words(right->head.written_ns, left->head.written_ns);
    if (order == 0 && left->function != right->function)
        order = compare_functions(left->function, right->function);
    return order ? order : compare_names(&left->digest, &right->digest);
}

static int by_digest(const void *a, const void *b)
{
    const memo_listed_entry *left = *(memo_listed_entry *const *)a;
    const memo_listed_entry *right = *(memo_listed_entry *const *)b;
    int order = compare_names(&left->digest, &right->digest);

    if (order == 0 && left->function != right->function)
        order = (uintptr_t)left->function < (uintptr_t)right->function ? -1 : 1;
    return order;
}

bool memo_listed_parent(memo_name *out, const memo_listed_entry *entry)
{
    if (!entry->is_entry || !entry->head.is_derived ||
        entry->head.key_size < sizeof *out)
        return false;
    memcpy(out, entry->key, sizeof *out);
    return true;
}

static const memo_listed_entry *find_parent(memo_listed_entry **sorted,
                                            size_t count,
                                            const memo_listed_entry *of)
{
    memo_listed_entry wanted = {.function = of->function};
    const memo_listed_entry *key = &wanted;
    memo_listed_entry **found;

    if (!memo_listed_parent(&wanted.digest, of))
        return NULL;
    found =
        bsearch(&key, sorted, count, sizeof(memo_listed_entry *), by_digest);
    if (!found || !(*found)->is_entry ||
        (*found)->head.kind != MEMO_STORED_QUESTIONS)
        return NULL;
    return *found;
}

/* A walk may show an entry twice. */
static void drop_doubles(memo_listing *listing)
{
    size_t kept = 0;

    for (size_t i = 0; i < listing->entry_count; i++) {
        memo_listed_entry *entry = &listing->entries[i];
        const memo_listed_entry *before =
            kept > 0 ? &listing->entries[kept - 1] : NULL;

        if (before && before->function == entry->function &&
            memo_name_equal(&before->digest, &entry->digest))
            finish_entry(entry);
        else
            listing->entries[kept++] = *entry;
    }
    listing->entry_count = kept;
}

/* In order: the newest one comes first. */
static void add_up(const memo_listed_entry *entry)
{
    memo_listed_function *function = entry->function;

    if (entry->is_entry && function->generation == 0)
        function->generation = entry->head.generation;
    function->entries++;
    function->bytes += entry->size;
    if (!memo_listed_is_result(entry))
        return;
    function->results++;
    if (!entry->is_entry)
        return;
    if (function->newest_ns == 0)
        function->newest_ns = entry->head.written_ns;
    function->oldest_ns = entry->head.written_ns;
}

static void sort_all(memo_listing *listing)
{
    if (listing->function_count > 0)
        qsort(listing->functions, listing->function_count,
              sizeof(memo_listed_function *), by_function);
    if (listing->entry_count > 0)
        qsort(listing->entries, listing->entry_count, sizeof *listing->entries,
              by_function_and_age);
    drop_doubles(listing);
    for (size_t i = 0; i < listing->function_count; i++) {
        memo_listed_function *function = listing->functions[i];

        function->entries = function->results = function->bytes = 0;
        function->newest_ns = function->oldest_ns = function->generation = 0;
    }
    for (size_t i = 0; i < listing->entry_count; i++)
        add_up(&listing->entries[i]);
}

bool memo_listing_sort(memo_listing *listing)
{
    memo_listed_entry **sorted;
    size_t count;

    sort_all(listing);
    count = listing->entry_count;
    sorted = malloc((count + 1) * sizeof *sorted);
    if (!sorted)
        return false;
    for (size_t i = 0; i < count; i++)
        sorted[i] = &listing->entries[i];
    if (count > 0)
        qsort(sorted, count, sizeof(memo_listed_entry *), by_digest);
    for (size_t i = 0; i < count; i++)
        listing->entries[i].parent =
            find_parent(sorted, count, &listing->entries[i]);
    free(sorted);
    return true;
}

/* ---- looking up ---------------------------------------------------------- */

bool memo_listed_is_result(const memo_listed_entry *entry)
{
    return !entry->is_entry || entry->head.kind == MEMO_STORED_RESULT;
}

const memo_listed_entry *memo_listed_root(const memo_listed_entry *entry)
{
    for (unsigned i = 0; entry && i < MOST_STEPS; i++) {
        if (!entry->is_entry)
            return NULL;
        if (!entry->head.is_derived)
            return entry;
        entry = entry->parent;
    }
    return NULL;
}

unsigned memo_listed_depth(const memo_listed_entry *entry)
{
    unsigned depth = 0;

    while (entry->parent && depth < MOST_STEPS) {
        entry = entry->parent;
        depth++;
    }
    return depth;
}

size_t memo_listing_find(const memo_listed_entry **out, size_t most,
                         const memo_listing *listing, const char *beginning)
{
    size_t count = 0;

    for (size_t i = 0; i < listing->entry_count; i++) {
        const memo_listed_entry *entry = &listing->entries[i];

        if (!memo_listed_is_result(entry) || !begins(&entry->digest, beginning))
            continue;
        if (count < most)
            out[count] = entry;
        count++;
    }
    return count;
}
