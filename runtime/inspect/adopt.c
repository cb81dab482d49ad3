#include "inspect/adopt.h"

#include "inspect/answers.h"
#include "inspect/listing.h"
#include "inspect/verify.h"

#include <stdlib.h>
#include <string.h>

/* What is written at once. */
#define MOST_WRITES 64
#define MOST_BYTES ((size_t)8 << 20)

typedef struct adopted_function {
    memo_stored stored;
    bool is_attached;
    bool is_named; /* in the part of the archive that is read now */
    struct adopted_function *next;
} adopted_function;

/* An entry that leads to others, whose keys begin with its digest. */
typedef struct {
    memo_name function, before, now;
    bool is_used; /* or else this place is free */
    bool is_here; /* it is in the store, or will be */
} moved;

struct memo_adoption {
    const struct memo_store *store;
    void *opened;
    const unsigned char *secret;
    uint64_t now_ns;
    bool has_same_secret;
    adopted_function *functions;
    moved *moves; /* a table, by digest; its size is a power of two, or 0 */
    size_t move_count, move_room;
    memo_store_write writes[MOST_WRITES];
    size_t write_count, write_results, write_bytes;
    memo_adopted adopted;
};

memo_adoption *memo_adoption_make(const struct memo_store *store, void *opened,
                                  const memo_store_host *host, uint64_t now_ns)
{
    memo_adoption *made = calloc(1, sizeof *made);

    if (!made)
        return NULL;
    made->store = store;
    made->opened = opened;
    made->secret = host->secret;
    made->now_ns = now_ns;
    return made;
}

/* ---- functions ----------------------------------------------------------- */

static void destroy_function(adopted_function *function)
{
    free((void *)(uintptr_t)function->stored.function);
    free((void *)(uintptr_t)function->stored.file);
    free((void *)(uintptr_t)function->stored.facts);
    free(function);
}

static adopted_function *find_function(const memo_adoption *in,
                                       const memo_name *id)
{
    adopted_function *at = in->functions;

    while (at && !memo_name_equal(&at->stored.id, id))
        at = at->next;
    return at;
}

static char *copy_text(const char *text)
{
    size_t size = strlen(text) + 1;
    char *made = malloc(size);

    return made ? memcpy(made, text, size) : NULL;
}

/* Its place is nobody else's, for where it stood is not known. */
static adopted_function *make_function(const memo_archive_function *from)
{
    adopted_function *made = calloc(1, sizeof *made);
    size_t source = strlen(from->source);

    if (!made)
        return NULL;
    made->stored.id = made->stored.place = from->id;
    made->stored.line = from->line;
    made->stored.function = copy_text(from->function);
    made->stored.file = copy_text(from->file);
    made->stored.facts = copy_text(from->facts);
    made->stored.facts_size = strlen(from->facts);
    if (source < sizeof made->stored.source)
        memcpy(made->stored.source, from->source, source);
    if (made->stored.function && made->stored.file && made->stored.facts)
        return made;
    destroy_function(made);
    return NULL;
}

static void take_function(memo_adoption *to, const memo_archive_function *from)
{
    adopted_function *function = find_function(to, &from->id);

    if (!function) {
        function = make_function(from);
        if (!function) {
            to->adopted.has_failed = true;
            return;
        }
        function->next = to->functions;
        to->functions = function;
    }
    function->is_named = true;
}

/* What no entry needs is not brought into the store. */
static bool attach(memo_adoption *to, adopted_function *function)
{
    if (!function->is_attached)
        function->is_attached =
            to->store->attach(to->opened, &function->stored) != 0;
    if (!function->is_attached)
        to->adopted.has_failed = true;
    return function->is_attached;
}

/* ---- what leads to others ------------------------------------------------ */

static void take_source(memo_adoption *to, const memo_archive_source *source)
{
    memo_digest own = memo_archive_secret(to->secret);
    adopted_function *at;

    to->has_same_secret =
        own.low == source->secret.low && own.high == source->secret.high;
    to->move_count = to->move_room = 0;
    free(to->moves);
    to->moves = NULL;
    for (at = to->functions; at; at = at->next)
        at->is_named = false;
}

/* Where it is in the table, or would be. */
static moved *place_of(const memo_adoption *in, const memo_name *function,
                       const memo_name *before)
{
    size_t last = in->move_room - 1;
    size_t at = (size_t)(before->low ^ function->low) & last;

    while (in->moves[at].is_used &&
           !(memo_name_equal(&in->moves[at].before, before) &&
             memo_name_equal(&in->moves[at].function, function)))
        at = (at + 1) & last;
    return &in->moves[at];
}

/* False: out of memory. */
static bool make_room(memo_adoption *in)
{
    moved *before = in->moves;
    size_t room = in->move_room;

    if (2 * (in->move_count + 1) <= room)
        return true;
    in->moves = calloc(room ? 2 * room : 64, sizeof *in->moves);
    if (!in->moves) {
        in->moves = before;
        return false;
    }
    in->move_room = room ? 2 * room : 64;
    for (size_t i = 0; i < room; i++) {
        if (before[i].is_used)
            *place_of(in, &before[i].function, &before[i].before) = before[i];
    }
    free(before);
    return true;
}

/* `now`: NULL: it is not in the store. */
static void note_move(memo_adoption *to, const memo_archive_entry *entry,
                      const memo_name *now)
{
    const memo_name *function = &entry->parts.head.id;
    moved *place;

    if (entry->parts.head.kind != MEMO_STORED_QUESTIONS)
        return;
    if (!make_room(to)) {
        to->adopted.has_failed = true;
        return;
    }
    place = place_of(to, function, &entry->digest);
    to->move_count += !place->is_used;
    *place = (moved){.function = *function,
                     .before = entry->digest,
                     .now = now ? *now : (memo_name){0, 0},
                     .is_used = true,
                     .is_here = now != NULL};
}

/* NULL: it was not read. */
static const moved *find_parent(const memo_adoption *in,
                                const memo_archive_entry *of)
{
    const moved *found;
    memo_name before;

    if (of->parts.head.key_size < sizeof before || in->move_room == 0)
        return NULL;
    memcpy(&before, of->parts.key, sizeof before);
    found = place_of(in, &of->parts.head.id, &before);
    return found->is_used ? found : NULL;
}

/* ---- writing ------------------------------------------------------------- */

static void release_writes(memo_adoption *in)
{
    for (size_t i = 0; i < in->write_count; i++)
        free((void *)(uintptr_t)in->writes[i].bytes);
    in->write_count = in->write_results = in->write_bytes = 0;
}

static void write_all(memo_adoption *in)
{
    size_t done = 0;

    while (done < in->write_count && !in->adopted.has_failed) {
        size_t more = (size_t)in->store->write(in->opened, in->writes + done,
                                               in->write_count - done);

        in->adopted.has_failed = more == 0;
        done += more;
    }
    if (!in->adopted.has_failed) {
        in->adopted.entries += in->write_count;
        in->adopted.results += in->write_results;
    }
    release_writes(in);
}

static void add_write(memo_adoption *to, adopted_function *function,
                      const memo_name *digest, const memo_stored_entry *entry,
                      unsigned char *bytes)
{
    size_t size = memo_stored_bytes(&entry->head);

    to->writes[to->write_count++] =
        (memo_store_write){.operation = MEMO_STORE_SAVE,
                           .stored = &function->stored,
                           .generation = entry->head.generation,
                           .digest = *digest,
                           .expires_ns = entry->head.expires_ns,
                           .bytes = bytes,
                           .size = size};
    to->write_results += entry->head.kind == MEMO_STORED_RESULT;
    to->write_bytes += size;
    if (to->write_count == MOST_WRITES || to->write_bytes >= MOST_BYTES)
        write_all(to);
}

/* ---- entries ------------------------------------------------------------- */

/* Does its key mean the same here? */
static bool is_at_home(const memo_adoption *to,
                       const adopted_function *function,
                       const memo_stored_entry *entry)
{
    const size_t begin = sizeof(memo_name);
    const memo_stored_head *head = &entry->head;

    if (to->has_same_secret)
        return true;
    if (head->is_derived)
        return head->key_size >= begin &&
               memo_answers_are_pairs(entry->key + begin,
                                      head->key_size - begin);
    return memo_key_is_plain(function->stored.facts, entry->key,
                             head->key_size);
}

/* Write it as the store has it.  Owner: result, caller; NULL: out of memory. */
static unsigned char *put_entry(const memo_stored_entry *entry,
                                const unsigned char *secret)
{
    size_t size = memo_stored_bytes(&entry->head);
    unsigned char *bytes = size < SIZE_MAX ? malloc(size) : NULL;

    if (!bytes)
        return NULL;
    memo_stored_put(bytes, entry);
    memo_stored_sign(bytes, size, secret);
    return bytes;
}

/* `key` is its own. */
static void take_sound(memo_adoption *to, adopted_function *function,
                       const memo_archive_entry *from, const unsigned char *key)
{
    memo_stored_entry entry = from->parts;
    unsigned char *bytes;
    memo_name digest;

    entry.key = key;
    entry.head.generation =
        __atomic_load_n(&function->stored.generation, __ATOMIC_ACQUIRE);
    digest =
        memo_key_digest(&entry.head.id, key, entry.head.key_size, to->secret);
    note_move(to, from, &digest);
    bytes = put_entry(&entry, to->secret);
    if (bytes)
        add_write(to, function, &digest, &entry, bytes);
    else
        to->adopted.has_failed = true;
}

/* A derived key begins with the digest that its parent has here. */
static void take_with_parent(memo_adoption *to, adopted_function *function,
                             const memo_archive_entry *from,
                             const moved *parent)
{
    size_t size = from->parts.head.key_size;
    unsigned char *key = malloc(size + 1);

    if (!key) {
        to->adopted.has_failed = true;
        return;
    }
    if (size > 0)
        memcpy(key, from->parts.key, size);
    if (parent)
        memcpy(key, &parent->now, sizeof parent->now);
    if (attach(to, function))
        take_sound(to, function, from, key);
    free(key);
}

static void take_entry(memo_adoption *to, const memo_archive_entry *from)
{
    const memo_stored_head *head = &from->parts.head;
    adopted_function *function = find_function(to, &head->id);
    const moved *parent = head->is_derived ? find_parent(to, from) : NULL;

    if (!function || !function->is_named || (head->is_derived && !parent)) {
        to->adopted.orphans++;
    } else if (memo_stored_has_expired(head, to->now_ns)) {
        to->adopted.expired++;
        note_move(to, from, NULL);
    } else if ((parent && !parent->is_here) ||
               !is_at_home(to, function, &from->parts)) {
        to->adopted.bound++;
        note_move(to, from, NULL);
    } else {
        take_with_parent(to, function, from, parent);
    }
}

bool memo_adopt(memo_adoption *to, const memo_archive_record *record)
{
    if (to->adopted.has_failed)
        return false;
    switch (record->kind) {
    case MEMO_ARCHIVE_SOURCE:
        take_source(to, &record->is.source);
        break;
    case MEMO_ARCHIVE_FUNCTION:
        take_function(to, &record->is.function);
        break;
    case MEMO_ARCHIVE_ENTRY:
        take_entry(to, &record->is.entry);
        break;
    default:
        break;
    }
    return !to->adopted.has_failed;
}

bool memo_adoption_end(memo_adopted *out, memo_adoption *adoption)
{
    write_all(adoption);
    *out = adoption->adopted;
    return !out->has_failed;
}

void memo_adoption_finish(memo_adoption *adoption)
{
    adopted_function *at, *next;

    if (!adoption)
        return;
    release_writes(adoption);
    for (at = adoption->functions; at; at = next) {
        next = at->next;
        destroy_function(at);
    }
    free(adoption->moves);
    free(adoption);
}
