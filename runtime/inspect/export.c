#include "inspect/export.h"

#include "cache/describe.h"
#include "inspect/verify.h"

#include <stdlib.h>
#include <string.h>

/* Entries that are written next. */
typedef struct {
    memo_export *to;
    const unsigned char *secret;
    uint64_t now_ns;
    unsigned depth;
    const memo_listed_entry **chosen; /* by digest */
    size_t count;
} export_round;

static bool put_record(memo_export *to, const memo_archive_record *record)
{
    to->bytes.size = 0;
    memo_archive_put(&to->bytes, record);
    to->has_failed = to->has_failed || to->bytes.has_no_memory ||
                     !to->write(to->context, to->bytes.bytes, to->bytes.size);
    return !to->has_failed;
}

void memo_export_begin(memo_export *out, memo_export_writer *write,
                       void *context)
{
    char machine[MEMO_DESCRIBE_HEAD];
    memo_archive_record head = memo_archive_head_make(machine);

    *out = (memo_export){.write = write,
                         .context = context,
                         .bytes = memo_sink_growing(UINT64_MAX)};
    put_record(out, &head);
}

bool memo_export_end(memo_export *to)
{
    const memo_archive_record end = {.kind = MEMO_ARCHIVE_END,
                                     .is.end = {to->functions, to->entries}};
    bool is_done = !to->has_failed && put_record(to, &end);

    free(to->bytes.bytes);
    return is_done;
}

/* ---- functions ----------------------------------------------------------- */

static void put_function(memo_export *to, const memo_listed_function *function)
{
    const memo_archive_record record = {
        .kind = MEMO_ARCHIVE_FUNCTION,
        .is.function = {.id = function->id,
                        .line = function->line,
                        .function = function->function,
                        .file = function->file,
                        .source = function->source,
                        .facts = function->facts}};

    if (put_record(to, &record))
        to->functions++;
}

static void put_source(memo_export *to, const struct memo_store *store,
                       const unsigned char *secret)
{
    const memo_archive_record record = {
        .kind = MEMO_ARCHIVE_SOURCE,
        .is.source = {store->name, memo_archive_secret(secret)}};

    put_record(to, &record);
}

/* ---- entries ------------------------------------------------------------- */

static int compare(const memo_listed_entry *a, const memo_name *id,
                   const memo_name *digest)
{
    const uint64_t left[] = {a->digest.high, a->digest.low,
                             a->function->id.high, a->function->id.low};
    const uint64_t right[] = {digest->high, digest->low, id->high, id->low};

    for (size_t i = 0; i < 4; i++) {
        if (left[i] != right[i])
            return left[i] < right[i] ? -1 : 1;
    }
    return 0;
}

static int by_digest(const void *a, const void *b)
{
    const memo_listed_entry *right = *(const memo_listed_entry *const *)b;

    return compare(*(const memo_listed_entry *const *)a, &right->function->id,
                   &right->digest);
}

static int is_item(const void *key, const void *chosen)
{
    const memo_store_item *item = key;

    return -compare(*(const memo_listed_entry *const *)chosen, &item->id,
                    &item->digest);
}

/* Nothing has changed since it was chosen, or what has is sound as well. */
static void put_entry(memo_export *to, const export_round *in,
                      const memo_listed_entry *entry,
                      const memo_store_item *item)
{
    memo_archive_record record = {.kind = MEMO_ARCHIVE_ENTRY,
                                  .is.entry = {.digest = item->digest}};
    memo_stored_entry *parts = &record.is.entry.parts;
    const memo_listed_entry now = {.function = entry->function,
                                   .digest = item->digest,
                                   .size = item->size};

    if (memo_stored_read(parts, item->bytes, item->size) ||
        !memo_name_equal(&parts->head.id, &item->id) ||
        memo_verify_signed(&now, parts, item->bytes, in->secret) ||
        item->size > MEMO_ARCHIVE_MOST_BYTES / 2) {
        to->left_out++;
        return;
    }
    if (!put_record(to, &record))
        return;
    to->entries++;
    to->results += parts->head.kind == MEMO_STORED_RESULT;
}

static int visit(void *context, const memo_store_item *item)
{
    export_round *in = context;
    const memo_listed_entry **found;

    if (!item->bytes || in->count == 0)
        return 0;
    found = bsearch(item, in->chosen, in->count, sizeof *in->chosen, is_item);
    if (found)
        put_entry(in->to, in, *found, item);
    return in->to->has_failed;
}

/* Choose what as many entries lead to as in this round.  Returns whether more
 * lead to any other. */
static bool choose(export_round *in, const memo_listing *listing)
{
    bool has_more = false;

    in->count = 0;
    for (size_t i = 0; i < listing->entry_count; i++) {
        const memo_listed_entry *entry = &listing->entries[i];
        unsigned depth = memo_listed_depth(entry);

        if (entry->problem || !memo_listed_root(entry) ||
            memo_stored_has_expired(&entry->head, in->now_ns))
            continue;
        has_more = has_more || depth > in->depth;
        if (depth == in->depth)
            in->chosen[in->count++] = entry;
    }
    if (in->count > 0)
        qsort(in->chosen, in->count, sizeof *in->chosen, by_digest);
    return has_more;
}

/* What leads to others comes first, and so there is a round for each step. */
static void put_entries(memo_export *to, const memo_listing *listing,
                        const struct memo_store *store, void *opened,
                        export_round *in)
{
    bool has_more = true;

    for (in->depth = 0; has_more && !to->has_failed; in->depth++) {
        has_more = choose(in, listing);
        if (in->count > 0)
            store->each(opened, visit, in);
    }
}

bool memo_export_store(memo_export *to, const struct memo_store *store,
                       void *opened, const memo_store_host *host,
                       uint64_t now_ns)
{
    const memo_listing_wants heads = {.kept = NULL};
    export_round in = {.to = to, .secret = host->secret, .now_ns = now_ns};
    memo_listing listing = {.entries = NULL};

    if (memo_listing_add(&listing, store, opened, host, &heads) &&
        memo_listing_sort(&listing))
        in.chosen = malloc((listing.entry_count + 1) * sizeof *in.chosen);
    to->has_failed = to->has_failed || !in.chosen;
    if (!to->has_failed)
        put_source(to, store, host->secret);
    for (size_t i = 0; !to->has_failed && i < listing.function_count; i++)
        put_function(to, listing.functions[i]);
    for (size_t i = 0; i < listing.entry_count; i++)
        to->left_out += listing.entries[i].problem != NULL;
    if (!to->has_failed)
        put_entries(to, &listing, store, opened, &in);
    free(in.chosen);
    memo_listing_finish(&listing);
    return !to->has_failed;
}
