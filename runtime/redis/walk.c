/* walk.c -- all functions and their entries, for tools.
 *
 * Functions are read first, then the names of all entries once, and of those
 * that are within reach the bytes.  What goes meanwhile is left out; while the
 * server makes its table larger, it may show an entry twice.
 */
#include "redis/parts.h"

#include <stdio.h>
#include <stdlib.h>

#define GROUP 16
#define GROUP_BYTES ((uint64_t)32 << 20) /* more is read one by one */

enum { NAME, FILE_NAME, LINE, SOURCE, FACTS, HITS };

typedef struct {
    memo_name id;
    memo_redis_reply *record;
    memo_redis_counts counts;
    bool has_counts, has_entry;
} function;

typedef struct {
    memo_redis_store *store;
    int (*visit)(void *context, const memo_store_item *item);
    void *context;
    function *functions; /* by id, once all are read */
    size_t count, room;
} walk;

/* An entry that is going to be visited. */
typedef struct {
    memo_redis_entry_name name;
    memo_redis_key key;
    function *of;
} found;

/* ---- functions ----------------------------------------------------------- */

static int compare(const void *a, const void *b)
{
    const memo_name *left = a, *right = b; /* the first members */

    if (left->high != right->high)
        return left->high < right->high ? -1 : 1;
    return (left->low > right->low) - (left->low < right->low);
}

/* False: out of memory. */
static bool add_function(walk *to, const memo_name *id)
{
    if (to->count == to->room) {
        size_t room = to->room ? 2 * to->room : 64;
        function *more = realloc(to->functions, room * sizeof *more);

        if (!more)
            return false;
        to->functions = more;
        to->room = room;
    }
    to->functions[to->count++] = (function){.id = *id};
    return true;
}

/* Read the names of all functions. */
static void read_names(walk *to)
{
    memo_redis_request request;
    memo_redis_key key;
    char cursor[24] = "0";
    uint64_t next;
    memo_name id;
    unsigned steps = 0;

    memo_redis_key_of(&key, to->store->prefix, "functions", NULL);
    do {
        memo_redis_asking how = memo_redis_patiently(to->store);
        const memo_redis_reply *names;

        memo_redis_request_make(&request, "SSCAN", &key);
        memo_redis_add(&request, cursor);
        memo_redis_add(&request, "COUNT");
        memo_redis_add(&request, "512");
        memo_redis_ask(&to->store->cluster, &request, 1, &how);
        names = memo_redis_reply_at(request.reply, 1);
        for (size_t i = 0; i < memo_redis_reply_count(names); i++) {
            memo_redis_bytes text =
                memo_redis_reply_text(memo_redis_reply_at(names, i));

            if (memo_redis_name_parse(&id, text.at, text.size) &&
                !add_function(to, &id))
                break;
        }
        if (!memo_redis_reply_number(&next,
                                     memo_redis_reply_at(request.reply, 0)))
            next = 0;
        snprintf(cursor, sizeof cursor, "%llu", (unsigned long long)next);
        memo_redis_request_free(&request);
    } while (next != 0 && ++steps < MEMO_REDIS_MOST_STEPS);
}

/* Sort them; a set may be shown in part twice. */
static void sort(walk *of)
{
    size_t kept = 0;

    if (of->count > 0)
        qsort(of->functions, of->count, sizeof *of->functions, compare);
    for (size_t i = 0; i < of->count; i++) {
        if (kept == 0 ||
            compare(&of->functions[kept - 1].id, &of->functions[i].id) != 0)
            of->functions[kept++] = of->functions[i];
    }
    of->count = kept;
}

/* Read what is told of some functions, and how often they were cleared. */
static void read_group(walk *of, function *group, unsigned count)
{
    memo_redis_asking how = memo_redis_patiently(of->store);
    memo_redis_key keys[2 * GROUP];
    memo_redis_request requests[2 * GROUP + 1];
    const char *const fields[] = {"name",   "file",  "line",
                                  "source", "facts", "hits"};

    for (unsigned i = 0; i < count; i++) {
        memo_redis_request *record = &requests[2 * i];

        memo_redis_key_of(&keys[2 * i], of->store->prefix, "function",
                          &group[i].id);
        memo_redis_key_of(&keys[2 * i + 1], of->store->prefix, "generation",
                          &group[i].id);
        memo_redis_request_make(record, "HMGET", &keys[2 * i]);
        for (unsigned j = 0; j < sizeof fields / sizeof fields[0]; j++)
            memo_redis_add(record, fields[j]);
        memo_redis_request_make(record + 1, "GET", &keys[2 * i + 1]);
    }
    memo_redis_request_make(&requests[2 * count], "GET", &of->store->all_key);
    memo_redis_ask(&of->store->cluster, requests, 2 * count + 1, &how);
    for (unsigned i = 0; i < count; i++) {
        group[i].record = requests[2 * i].reply;
        group[i].has_counts =
            memo_redis_reply_number(&group[i].counts.own,
                                    requests[2 * i + 1].reply) &&
            memo_redis_reply_number(&group[i].counts.all,
                                    requests[2 * count].reply);
        memo_redis_request_free(&requests[2 * i + 1]);
    }
    memo_redis_request_free(&requests[2 * count]);
}

/* ---- entries ------------------------------------------------------------- */

static const char *text_of(const function *of, size_t field)
{
    return memo_redis_reply_text(memo_redis_reply_at(of->record, field)).at;
}

static int visit(walk *in, const function *of, const found *entry,
                 const memo_redis_reply *bytes)
{
    memo_redis_bytes facts =
        memo_redis_reply_text(memo_redis_reply_at(of->record, FACTS));
    memo_store_item item = {.function = text_of(of, NAME),
                            .file = text_of(of, FILE_NAME),
                            .source = text_of(of, SOURCE),
                            .facts = facts.at,
                            .facts_size = facts.size,
                            .id = of->id};
    uint64_t number;

    if (memo_redis_reply_number(&number, memo_redis_reply_at(of->record, LINE)))
        item.line = (memo_u32)number;
    if (memo_redis_reply_number(&number, memo_redis_reply_at(of->record, HITS)))
        item.hits = number;
    if (entry) {
        memo_redis_bytes text = memo_redis_reply_text(bytes);

        item.digest = entry->name.digest;
        item.bytes = text.at;
        item.size = text.size;
    }
    return in->visit(in->context, &item);
}

/* Ask the same of some entries. */
static void ask_group(walk *of, memo_redis_request *requests,
                      const char *command, const found *group, unsigned count)
{
    memo_redis_asking how = memo_redis_patiently(of->store);

    how.until_ns += 10ull * MEMO_REDIS_SECOND; /* they may be large */
    for (unsigned i = 0; i < count; i++)
        memo_redis_request_make(&requests[i], command, &group[i].key);
    memo_redis_ask(&of->store->cluster, requests, count, &how);
}

static int visit_group(walk *of, const found *group, unsigned count)
{
    memo_redis_request requests[GROUP];
    int outcome = 0;

    ask_group(of, requests, "GET", group, count);
    for (unsigned i = 0; i < count; i++) {
        if (outcome == 0 &&
            memo_redis_reply_kind(requests[i].reply) == MEMO_REDIS_TEXT) {
            group[i].of->has_entry = true;
            outcome = visit(of, group[i].of, &group[i], requests[i].reply);
        }
        memo_redis_request_free(&requests[i]);
    }
    return outcome;
}

/* How much would be in memory at once? */
static int visit_within_bounds(walk *of, const found *group, unsigned count)
{
    memo_redis_request requests[GROUP];
    uint64_t total = 0, size;
    int outcome = 0;

    ask_group(of, requests, "STRLEN", group, count);
    for (unsigned i = 0; i < count; i++) {
        if (memo_redis_reply_number(&size, requests[i].reply))
            total += size;
        memo_redis_request_free(&requests[i]);
    }
    if (total <= GROUP_BYTES)
        return visit_group(of, group, count);
    for (unsigned i = 0; outcome == 0 && i < count; i++)
        outcome = visit_group(of, &group[i], 1);
    return outcome;
}

/* Is it an entry within reach? */
static bool find_entry(found *out, walk *of, const memo_redis_reply *reply)
{
    memo_redis_bytes text = memo_redis_reply_text(reply);

    if (!memo_redis_entry_parse(&out->name, of->store->prefix, text.at,
                                text.size) ||
        of->count == 0)
        return false;
    out->of = bsearch(&out->name.function, of->functions, of->count,
                      sizeof *of->functions, compare);
    if (!out->of || !out->of->has_counts ||
        memo_redis_generation_of(out->of->counts) != out->name.generation)
        return false;
    memo_redis_key_entry(&out->key, of->store->prefix, &out->name);
    return true;
}

static int visit_names(walk *of, const memo_redis_reply *names)
{
    size_t size = memo_redis_reply_count(names);
    found group[GROUP];
    unsigned count = 0;
    int outcome = 0;

    for (size_t i = 0; outcome == 0 && i < size; i++) {
        count += find_entry(&group[count], of, memo_redis_reply_at(names, i));
        if (count == GROUP) {
            outcome = visit_within_bounds(of, group, count);
            count = 0;
        }
    }
    if (outcome == 0 && count > 0)
        outcome = visit_within_bounds(of, group, count);
    return outcome;
}

static int visit_entries(walk *of)
{
    memo_redis_scan scan;
    int outcome = 0;

    memo_redis_scan_begin(&scan, of->store);
    while (outcome == 0 && !memo_redis_scan_is_over(&scan)) {
        memo_redis_reply *reply = memo_redis_scan_next(&scan, of->store);

        outcome = visit_names(of, memo_redis_reply_at(reply, 1));
        memo_redis_reply_free(reply);
    }
    return outcome;
}

int memo_redis_each(void *opened,
                    int (*visitor)(void *context, const memo_store_item *item),
                    void *context)
{
    walk all = {.store = opened, .visit = visitor, .context = context};
    int outcome;

    read_names(&all);
    sort(&all);
    for (size_t i = 0; i < all.count; i += GROUP) {
        size_t left = all.count - i;

        read_group(&all, &all.functions[i],
                   (unsigned)(left < GROUP ? left : GROUP));
    }
    outcome = visit_entries(&all);
    for (size_t i = 0; outcome == 0 && i < all.count; i++) {
        if (!all.functions[i].has_entry &&
            memo_redis_reply_count(all.functions[i].record))
            outcome = visit(&all, &all.functions[i], NULL, NULL);
    }
    for (size_t i = 0; i < all.count; i++)
        memo_redis_reply_free(all.functions[i].record);
    free(all.functions);
    return outcome;
}
