/* function_records.c -- what an environment holds of functions. */
#include "disk/records.h"

#include "disk/disk.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#define SECRET_BYTES 192

/* What a function's record begins with; its texts follow, each with its NUL,
 * then its facts.  A generation that was damaged on the disk must not be that
 * of entries that were cleared; what texts are damaged, people see. */
typedef struct {
    uint64_t generation, hits, facts_size;
    uint32_t line, function_size, file_size, source_size;
    uint64_t check; /* of all before, and the id */
} function_head;

static MDB_val value_of(const void *data, size_t size)
{
    return (MDB_val){size, (void *)(uintptr_t)data};
}

/* ---- facts --------------------------------------------------------------- */

int memo_record_secret(MDB_txn *txn, const memo_tables *tables,
                       unsigned char *out)
{
    MDB_val key = value_of("secret", 6), value;
    int problem = mdb_get(txn, tables->facts, &key, &value);

    if (problem == 0 && value.mv_size == SECRET_BYTES) {
        memcpy(out, value.mv_data, SECRET_BYTES);
        return 0;
    }
    if (problem != 0 && problem != MDB_NOTFOUND)
        return problem;
    if (getrandom(out, SECRET_BYTES, 0) != SECRET_BYTES)
        return EIO;
    value = value_of(out, SECRET_BYTES);
    return mdb_put(txn, tables->facts, &key, &value, 0);
}

/* The highest generation that has entries; 0: none has. */
static int last_generation(uint64_t *out, MDB_txn *txn,
                           const memo_tables *tables)
{
    memo_record_key last;
    MDB_cursor *cursor;
    MDB_val key, value;
    int problem = mdb_cursor_open(txn, tables->entries, &cursor);

    *out = 0;
    if (problem != 0)
        return problem;
    problem = mdb_cursor_get(cursor, &key, &value, MDB_LAST);
    while (problem == 0 && key.mv_size != sizeof last) /* a table's name */
        problem = mdb_cursor_get(cursor, &key, &value, MDB_PREV);
    if (problem == 0) {
        memcpy(&last, key.mv_data, sizeof last);
        *out = memo_record_key_generation(&last);
    }
    mdb_cursor_close(cursor);
    return problem == MDB_NOTFOUND ? 0 : problem;
}

/* One more than is counted, and than any entry has, for what is counted may be
 * damaged.  The first one is the time: the numbers of a file that is gone,
 * which somebody may still have, are all below it. */
static int next_generation(uint64_t *out, MDB_txn *txn,
                           const memo_tables *tables)
{
    MDB_val key = value_of("generation", 10), value;
    uint64_t last;
    int problem = mdb_get(txn, tables->facts, &key, &value);

    *out = memo_disk_now();
    if (problem == 0 && value.mv_size == sizeof *out)
        memcpy(out, value.mv_data, sizeof *out);
    else if (problem != 0 && problem != MDB_NOTFOUND)
        return problem;
    problem = last_generation(&last, txn, tables);
    if (problem != 0)
        return problem;
    if (*out < last)
        *out = last;
    (*out)++;
    value = value_of(out, sizeof *out);
    return mdb_put(txn, tables->facts, &key, &value, 0);
}

/* ---- one record ---------------------------------------------------------- */

static bool ends(const char *text, size_t size)
{
    return size > 0 && text[size - 1] == '\0';
}

static uint64_t sum(const function_head *head, const memo_name *id)
{
    uint64_t words[offsetof(function_head, check) / sizeof(uint64_t)];
    uint64_t total = (id->low * 31 + id->high) * 31;

    memcpy(words, head, sizeof words);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        total = total * 0x9E3779B97F4A7C15u + words[i];
    return total;
}

/* Take the record of a function apart.  False: it is none. */
static bool read_record(memo_store_item *out, function_head *head,
                        const memo_name *id, const MDB_val *value)
{
    const char *at = value->mv_data;
    uint64_t texts;

    if (value->mv_size < sizeof *head)
        return false;
    memcpy(head, at, sizeof *head);
    if (head->check != sum(head, id))
        return false;
    texts = (uint64_t)head->function_size + head->file_size + head->source_size;
    if (value->mv_size - sizeof *head < texts ||
        value->mv_size - sizeof *head - texts != head->facts_size)
        return false;
    out->function = at + sizeof *head;
    out->file = out->function + head->function_size;
    out->source = out->file + head->file_size;
    out->facts = out->source + head->source_size;
    out->facts_size = head->facts_size;
    out->line = head->line;
    out->hits = head->hits;
    return ends(out->function, head->function_size) &&
           ends(out->file, head->file_size) &&
           ends(out->source, head->source_size);
}

static int get_record(memo_store_item *out, function_head *head, MDB_txn *txn,
                      const memo_tables *tables, const memo_name *id)
{
    MDB_val key = value_of(id, sizeof *id), value;
    int problem = mdb_get(txn, tables->functions, &key, &value);

    if (problem == 0 && !read_record(out, head, id, &value))
        problem = MDB_NOTFOUND;
    return problem;
}

static unsigned char *put(unsigned char *out, const void *bytes, size_t size)
{
    if (size > 0)
        memcpy(out, bytes, size);
    return out + size;
}

/* `item` may lie in the record that is there now. */
static int put_record(MDB_txn *txn, const memo_tables *tables,
                      const memo_name *id, function_head *head,
                      const memo_store_item *item)
{
    size_t size = sizeof *head + head->function_size + head->file_size +
                  head->source_size + (size_t)head->facts_size;
    MDB_val key = value_of(id, sizeof *id), value = {size, malloc(size)};
    unsigned char *at = value.mv_data;
    int problem;

    if (!at)
        return ENOMEM;
    head->check = sum(head, id);
    at = put(at, head, sizeof *head);
    at = put(at, item->function, head->function_size);
    at = put(at, item->file, head->file_size);
    at = put(at, item->source, head->source_size);
    put(at, item->facts, (size_t)head->facts_size);
    problem = mdb_put(txn, tables->functions, &key, &value, 0);
    free(value.mv_data);
    return problem;
}

static int make_record(uint64_t *generation, MDB_txn *txn,
                       const memo_tables *tables, const memo_stored *stored)
{
    const memo_store_item item = {.function = stored->function,
                                  .file = stored->file,
                                  .source = stored->source,
                                  .facts = stored->facts};
    function_head head = {.line = stored->line,
                          .function_size =
                              (uint32_t)strlen(stored->function) + 1,
                          .file_size = (uint32_t)strlen(stored->file) + 1,
                          .source_size = (uint32_t)strlen(stored->source) + 1,
                          .facts_size = stored->facts_size};
    int problem = next_generation(&head.generation, txn, tables);

    *generation = head.generation;
    return problem ? problem
                   : put_record(txn, tables, &stored->id, &head, &item);
}

int memo_record_find_generation(uint64_t *out, MDB_txn *txn,
                                const memo_tables *tables, const memo_name *id)
{
    memo_store_item item;
    function_head head;
    int problem = get_record(&item, &head, txn, tables, id);

    if (problem == 0)
        *out = head.generation;
    return problem;
}

int memo_record_add_hits(MDB_txn *txn, const memo_tables *tables,
                         const memo_name *id, uint64_t hits)
{
    memo_store_item item;
    function_head head;
    int problem = get_record(&item, &head, txn, tables, id);

    if (problem == 0) {
        head.hits += hits;
        problem = put_record(txn, tables, id, &head, &item);
    }
    return problem == MDB_NOTFOUND ? 0 : problem;
}

/* ---- places -------------------------------------------------------------- */

/* The function that stands at a place. */
static int get_place(memo_name *out, MDB_txn *txn, const memo_tables *tables,
                     const memo_stored *stored)
{
    MDB_val key = value_of(&stored->place, sizeof stored->place), value;
    int problem = mdb_get(txn, tables->places, &key, &value);

    if (problem == 0 && value.mv_size != sizeof *out)
        problem = MDB_NOTFOUND;
    if (problem == 0)
        memcpy(out, value.mv_data, sizeof *out);
    return problem;
}

static bool is_same(const memo_name *a, const memo_name *b)
{
    return a->low == b->low && a->high == b->high;
}

int memo_record_find(uint64_t *generation, MDB_txn *txn,
                     const memo_tables *tables, const memo_stored *stored)
{
    memo_name there;
    int problem = get_place(&there, txn, tables, stored);

    if (problem == 0 && !is_same(&there, &stored->id))
        problem = MDB_NOTFOUND;
    return problem ? problem
                   : memo_record_find_generation(generation, txn, tables,
                                                 &stored->id);
}

/* Does a function stand at any place?  There are few. */
static int find_standing(bool *out, MDB_txn *txn, const memo_tables *tables,
                         const memo_name *id)
{
    MDB_cursor *cursor;
    MDB_val key, value;
    int problem = mdb_cursor_open(txn, tables->places, &cursor);

    *out = false;
    if (problem != 0)
        return problem;
    while (!*out &&
           (problem = mdb_cursor_get(cursor, &key, &value, MDB_NEXT)) == 0)
        *out = value.mv_size == sizeof *id &&
               memcmp(value.mv_data, id, sizeof *id) == 0;
    mdb_cursor_close(cursor);
    return problem == MDB_NOTFOUND ? 0 : problem;
}

/* Another program may still have the function; else it is forgotten, and its
 * entries belong to nobody. */
static int leave_place(MDB_txn *txn, const memo_tables *tables,
                       const memo_name *id)
{
    MDB_val key = value_of(id, sizeof *id);
    bool stands;
    int problem = find_standing(&stands, txn, tables, id);

    if (problem != 0 || stands)
        return problem;
    problem = mdb_del(txn, tables->functions, &key, NULL);
    return problem == MDB_NOTFOUND ? 0 : problem;
}

static int take_place(memo_u32 *is_changed, MDB_txn *txn,
                      const memo_tables *tables, const memo_stored *stored)
{
    MDB_val key = value_of(&stored->place, sizeof stored->place);
    MDB_val value = value_of(&stored->id, sizeof stored->id);
    memo_name before;
    int problem = get_place(&before, txn, tables, stored);
    bool was_there = problem == 0;

    if (problem != 0 && problem != MDB_NOTFOUND)
        return problem;
    *is_changed = was_there && !is_same(&before, &stored->id);
    problem = mdb_put(txn, tables->places, &key, &value, 0);
    if (problem == 0 && *is_changed)
        problem = leave_place(txn, tables, &before);
    return problem;
}

int memo_record_attach(memo_u32 *is_changed, uint64_t *generation, MDB_txn *txn,
                       const memo_tables *tables, const memo_stored *stored)
{
    int problem = take_place(is_changed, txn, tables, stored);

    if (problem == 0)
        problem =
            memo_record_find_generation(generation, txn, tables, &stored->id);
    return problem == MDB_NOTFOUND
               ? make_record(generation, txn, tables, stored)
               : problem;
}

/* ---- clearing ------------------------------------------------------------ */

static int clear_one(MDB_txn *txn, const memo_tables *tables,
                     const memo_name *id)
{
    memo_store_item item;
    function_head head;
    uint64_t generation;
    int problem = next_generation(&generation, txn, tables);

    if (problem == 0)
        problem = get_record(&item, &head, txn, tables, id);
    head.generation = generation;
    if (problem == 0)
        problem = put_record(txn, tables, id, &head, &item);
    return problem == MDB_NOTFOUND ? 0 : problem;
}

/* The first function of all, or the one behind *id. */
static int find_next(memo_name *id, bool is_first, MDB_txn *txn,
                     const memo_tables *tables)
{
    memo_name before = *id;
    MDB_val key = value_of(&before, sizeof before), value;
    MDB_cursor *cursor;
    int problem = mdb_cursor_open(txn, tables->functions, &cursor);

    if (problem != 0)
        return problem;
    problem = mdb_cursor_get(cursor, &key, &value,
                             is_first ? MDB_FIRST : MDB_SET_RANGE);
    while (problem == 0 &&
           (key.mv_size != sizeof *id ||
            (!is_first && memcmp(key.mv_data, id, sizeof *id) == 0)))
        problem = mdb_cursor_get(cursor, &key, &value, MDB_NEXT);
    if (problem == 0)
        memcpy(id, key.mv_data, sizeof *id);
    mdb_cursor_close(cursor);
    return problem;
}

/* One after the other: a cursor does not stay where it is while records
 * change. */
static int clear_every(MDB_txn *txn, const memo_tables *tables)
{
    memo_name id = {0, 0};
    int problem = find_next(&id, true, txn, tables);

    while (problem == 0) {
        problem = clear_one(txn, tables, &id);
        if (problem == 0)
            problem = find_next(&id, false, txn, tables);
    }
    return problem == MDB_NOTFOUND ? 0 : problem;
}

int memo_record_clear(MDB_txn *txn, const memo_tables *tables,
                      const memo_name *id)
{
    return id ? clear_one(txn, tables, id) : clear_every(txn, tables);
}

/* ---- looking at all ------------------------------------------------------ */

int memo_record_next_function(memo_store_item *out, uint64_t *generation,
                              MDB_cursor *cursor)
{
    MDB_val key, value;
    function_head head;
    int problem;

    while ((problem = mdb_cursor_get(cursor, &key, &value, MDB_NEXT)) == 0) {
        if (key.mv_size != sizeof out->id)
            continue;
        memcpy(&out->id, key.mv_data, sizeof out->id);
        if (!read_record(out, &head, &out->id, &value))
            continue;
        *generation = head.generation;
        break;
    }
    return problem;
}
