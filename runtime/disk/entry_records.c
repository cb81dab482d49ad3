/* entry_records.c -- entries of an environment, and in which order they go. */
#include "disk/records.h"

#include <endian.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* What stands before the bytes of an entry. */
typedef struct {
    uint64_t written_ns, expires_ns;
} entry_head;

/* Behind a time, to be in its order. */
typedef struct {
    unsigned char time[8];
    memo_record_key key;
} index_key;

static MDB_val value_of(const void *data, size_t size)
{
    return (MDB_val){size, (void *)(uintptr_t)data};
}

static void put_big(unsigned char *out, uint64_t word)
{
    word = htobe64(word);
    memcpy(out, &word, sizeof word);
}

static uint64_t get_big(const unsigned char *bytes)
{
    uint64_t word;

    memcpy(&word, bytes, sizeof word);
    return be64toh(word);
}

memo_record_key memo_record_key_make(uint64_t generation,
                                     const memo_name *digest)
{
    memo_record_key key;

    put_big(key.bytes, generation);
    put_big(key.bytes + 8, digest->high);
    put_big(key.bytes + 16, digest->low);
    return key;
}

uint64_t memo_record_key_generation(const memo_record_key *key)
{
    return get_big(key->bytes);
}

static memo_name digest_of(const memo_record_key *key)
{
    return (memo_name){.high = get_big(key->bytes + 8),
                       .low = get_big(key->bytes + 16)};
}

static index_key index_of(uint64_t time_ns, const memo_record_key *key)
{
    index_key index = {.key = *key};

    put_big(index.time, time_ns);
    return index;
}

/* ---- one entry ----------------------------------------------------------- */

/* An entry that is too short has no head and no index. */
static int get(entry_head *head, MDB_val *bytes, MDB_txn *txn,
               const memo_tables *tables, const memo_record_key *key)
{
    MDB_val name = value_of(key, sizeof *key), value;
    int problem = mdb_get(txn, tables->entries, &name, &value);

    if (problem == 0 && value.mv_size < sizeof *head)
        problem = MDB_NOTFOUND;
    if (problem != 0)
        return problem;
    memcpy(head, value.mv_data, sizeof *head);
    *bytes = value_of((unsigned char *)value.mv_data + sizeof *head,
                      value.mv_size - sizeof *head);
    return 0;
}

int memo_record_get(MDB_val *out, MDB_txn *txn, const memo_tables *tables,
                    const memo_record_key *key)
{
    entry_head head;

    return get(&head, out, txn, tables, key);
}

static int drop(MDB_txn *txn, MDB_dbi table, const void *key, size_t size)
{
    MDB_val name = value_of(key, size);
    int problem = mdb_del(txn, table, &name, NULL);

    return problem == MDB_NOTFOUND ? 0 : problem;
}

static int drop_indexes(MDB_txn *txn, const memo_tables *tables,
                        const memo_record_key *key, const entry_head *head)
{
    index_key age = index_of(head->written_ns, key);
    index_key expiry = index_of(head->expires_ns, key);
    int problem = drop(txn, tables->ages, &age, sizeof age);

    if (problem == 0 && head->expires_ns != 0)
        problem = drop(txn, tables->expiries, &expiry, sizeof expiry);
    return problem;
}

int memo_record_remove(MDB_txn *txn, const memo_tables *tables,
                       const memo_record_key *key)
{
    entry_head head;
    MDB_val bytes;
    MDB_val name = value_of(key, sizeof *key);
    int problem = get(&head, &bytes, txn, tables, key);

    if (problem == 0)
        problem = drop_indexes(txn, tables, key, &head);
    return problem == 0 || problem == MDB_NOTFOUND
               ? mdb_del(txn, tables->entries, &name, NULL)
               : problem;
}

static int put_index(MDB_txn *txn, MDB_dbi table, uint64_t time_ns,
                     const memo_record_key *key)
{
    index_key index = index_of(time_ns, key);
    MDB_val name = value_of(&index, sizeof index), none = value_of("", 0);

    return mdb_put(txn, table, &name, &none, 0);
}

int memo_record_put(MDB_txn *txn, const memo_tables *tables,
                    const memo_record_key *key, uint64_t now_ns,
                    const memo_store_write *write)
{
    const entry_head head = {now_ns, write->expires_ns};
    MDB_val name = value_of(key, sizeof *key);
    MDB_val value = {sizeof head + write->size, NULL};
    int problem = memo_record_remove(txn, tables, key);

    if (problem != 0 && problem != MDB_NOTFOUND)
        return problem;
    problem = mdb_put(txn, tables->entries, &name, &value, MDB_RESERVE);
    if (problem != 0)
        return problem;
    memcpy(value.mv_data, &head, sizeof head);
    if (write->size > 0)
        memcpy((unsigned char *)value.mv_data + sizeof head, write->bytes,
               write->size);
    problem = put_index(txn, tables->ages, now_ns, key);
    if (problem == 0 && head.expires_ns != 0)
        problem = put_index(txn, tables->expiries, head.expires_ns, key);
    return problem;
}

/* ---- many entries -------------------------------------------------------- */

/* What an index has first.  A name of another size was damaged on the disk, and
 * leads nowhere. */
static int find_first(index_key *out, MDB_txn *txn, MDB_dbi index)
{
    MDB_cursor *cursor;
    MDB_val name, none;
    int problem = mdb_cursor_open(txn, index, &cursor);

    if (problem != 0)
        return problem;
    problem = mdb_cursor_get(cursor, &name, &none, MDB_FIRST);
    while (problem == 0 && name.mv_size != sizeof *out) {
        problem = mdb_cursor_del(cursor, 0);
        if (problem == 0)
            problem = mdb_cursor_get(cursor, &name, &none, MDB_FIRST);
    }
    if (problem == 0)
        memcpy(out, name.mv_data, sizeof *out);
    mdb_cursor_close(cursor);
    return problem;
}

/* Remove what an index has first; it may lead to no entry. */
static int remove_first(MDB_txn *txn, const memo_tables *tables, MDB_dbi index,
                        const index_key *first)
{
    int problem = memo_record_remove(txn, tables, &first->key);

    return problem == 0 || problem == MDB_NOTFOUND
               ? drop(txn, index, first, sizeof *first)
               : problem;
}

int memo_record_expire(size_t *removed, MDB_txn *txn, const memo_tables *tables,
                       uint64_t now_ns, size_t most)
{
    int problem = 0;

    for (*removed = 0; *removed < most && problem == 0; (*removed)++) {
        index_key first;

        problem = find_first(&first, txn, tables->expiries);
        if (problem != 0 || get_big(first.time) > now_ns)
            break;
        problem = remove_first(txn, tables, tables->expiries, &first);
    }
    return problem == MDB_NOTFOUND ? 0 : problem;
}

bool memo_record_has_expired(MDB_txn *txn, const memo_tables *tables,
                             uint64_t now_ns)
{
    MDB_val name, none;
    MDB_cursor *cursor;
    bool has_expired = false;

    if (mdb_cursor_open(txn, tables->expiries, &cursor) != 0)
        return false;
    if (mdb_cursor_get(cursor, &name, &none, MDB_FIRST) == 0 &&
        name.mv_size == sizeof(index_key))
        has_expired = get_big(name.mv_data) <= now_ns;
    mdb_cursor_close(cursor);
    return has_expired;
}

/* What an entry takes, at least. */
static uint64_t size_of(MDB_txn *txn, const memo_tables *tables,
                        const memo_record_key *key)
{
    entry_head head;
    MDB_val bytes;

    return get(&head, &bytes, txn, tables, key) == 0
               ? sizeof head + bytes.mv_size + 2 * sizeof *key
               : 0;
}

int memo_record_evict(size_t *removed, MDB_txn *txn, const memo_tables *tables,
                      size_t most, uint64_t bytes)
{
    uint64_t sum = 0;
    int problem = 0;

    for (*removed = 0; *removed < most && sum < bytes && problem == 0;
         (*removed)++) {
        index_key first;

        problem = find_first(&first, txn, tables->ages);
        if (problem != 0)
            break;
        sum += size_of(txn, tables, &first.key);
        problem = remove_first(txn, tables, tables->ages, &first);
    }
    return problem == MDB_NOTFOUND ? 0 : problem;
}

/* ---- what belongs to nobody ---------------------------------------------- */

static int compare(const void *a, const void *b)
{
    uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;

    return left < right ? -1 : left > right;
}

/* The generations of all functions, in their order.  Owner: caller, free(). */
static int find_living(uint64_t **out, size_t *count, MDB_txn *txn,
                       const memo_tables *tables)
{
    memo_store_item item;
    MDB_cursor *cursor;
    MDB_stat stat;
    int problem = mdb_stat(txn, tables->functions, &stat);

    *count = 0;
    *out = NULL;
    if (problem == 0)
        problem = mdb_cursor_open(txn, tables->functions, &cursor);
    if (problem != 0)
        return problem;
    *out = malloc((stat.ms_entries + 1) * sizeof **out);
    if (!*out)
        problem = ENOMEM;
    while (problem == 0 && *count < stat.ms_entries) {
        problem = memo_record_next_function(&item, &(*out)[*count], cursor);
        *count += problem == 0;
    }
    mdb_cursor_close(cursor);
    if (problem != 0 && problem != MDB_NOTFOUND)
        return problem;
    qsort(*out, *count, sizeof **out, compare);
    return 0;
}

/* The first entry at or behind `from` whose generation is nobody's. */
static int find_dead(memo_record_key *out, memo_record_key from, MDB_txn *txn,
                     const memo_tables *tables, const uint64_t *living,
                     size_t count)
{
    MDB_val name = value_of(&from, sizeof from), value;
    MDB_cursor *cursor;
    int problem = mdb_cursor_open(txn, tables->entries, &cursor);

    if (problem != 0)
        return problem;
    while ((problem = mdb_cursor_get(cursor, &name, &value, MDB_SET_RANGE)) ==
           0) {
        uint64_t generation;

        while (problem == 0 && name.mv_size != sizeof *out) /* a table's */
            problem = mdb_cursor_get(cursor, &name, &value, MDB_NEXT);
        if (problem != 0)
            break;
        memcpy(out, name.mv_data, sizeof *out);
        generation = get_big(out->bytes);
        if (!bsearch(&generation, living, count, sizeof *living, compare))
            break;
        from = memo_record_key_make(generation + 1, &(memo_name){0, 0});
        name = value_of(&from, sizeof from);
    }
    mdb_cursor_close(cursor);
    return problem;
}

int memo_record_sweep(size_t *removed, MDB_txn *txn, const memo_tables *tables,
                      size_t most)
{
    memo_record_key at = {{0}};
    uint64_t *living;
    size_t count;
    int problem = find_living(&living, &count, txn, tables);

    *removed = 0;
    while (problem == 0 && *removed < most) {
        problem = find_dead(&at, at, txn, tables, living, count);
        if (problem == 0)
            problem = memo_record_remove(txn, tables, &at);
        *removed += problem == 0;
    }
    free(living);
    return problem == MDB_NOTFOUND ? 0 : problem;
}

/* ---- sizes and visits ---------------------------------------------------- */

int memo_record_used(uint64_t *out, MDB_txn *txn, const memo_tables *tables)
{
    const MDB_dbi all[] = {tables->facts,  tables->functions,
                           tables->places, tables->entries,
                           tables->ages,   tables->expiries};
    int problem = 0;

    *out = 0;
    for (size_t i = 0; i < sizeof all / sizeof all[0] && problem == 0; i++) {
        MDB_stat stat;

        problem = mdb_stat(txn, all[i], &stat);
        if (problem == 0)
            *out += (uint64_t)stat.ms_psize *
                    (stat.ms_branch_pages + stat.ms_leaf_pages +
                     stat.ms_overflow_pages);
    }
    return problem;
}

/* The entries of one function. */
static int each_entry(int *answer, MDB_txn *txn, const memo_tables *tables,
                      memo_store_item *item, uint64_t generation,
                      memo_store_visit *visit, void *context)
{
    memo_record_key from = memo_record_key_make(generation, &(memo_name){0, 0});
    MDB_val name = value_of(&from, sizeof from), value;
    MDB_cursor *cursor;
    int problem = mdb_cursor_open(txn, tables->entries, &cursor);

    if (problem != 0)
        return problem;
    problem = mdb_cursor_get(cursor, &name, &value, MDB_SET_RANGE);
    while (problem == 0 && *answer == 0 && name.mv_size == sizeof from &&
           value.mv_size >= sizeof(entry_head)) {
        memcpy(&from, name.mv_data, sizeof from);
        if (get_big(from.bytes) != generation)
            break;
        item->digest = digest_of(&from);
        item->bytes = (unsigned char *)value.mv_data + sizeof(entry_head);
        item->size = value.mv_size - sizeof(entry_head);
        *answer = visit(context, item);
        problem = mdb_cursor_get(cursor, &name, &value, MDB_NEXT);
    }
    mdb_cursor_close(cursor);
    return problem == MDB_NOTFOUND ? 0 : problem;
}

int memo_record_each(int *answer, MDB_txn *txn, const memo_tables *tables,
                     memo_store_visit *visit, void *context)
{
    memo_store_item item = {0};
    MDB_cursor *cursor;
    uint64_t generation;
    int problem = mdb_cursor_open(txn, tables->functions, &cursor);

    *answer = 0;
    if (problem != 0)
        return problem;
    while (problem == 0 && *answer == 0) {
        problem = memo_record_next_function(&item, &generation, cursor);
        if (problem != 0)
            break;
        item.bytes = NULL;
        item.size = 0;
        *answer = visit(context, &item);
        if (*answer == 0)
            problem = each_entry(answer, txn, tables, &item, generation, visit,
                                 context);
    }
    mdb_cursor_close(cursor);
    return problem == MDB_NOTFOUND ? 0 : problem;
}
