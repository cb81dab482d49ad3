#include "disk/structure.h"

#include "disk/records.h"
#include "disk/structure_tree.h"

#include <inttypes.h>
#include <string.h>

/* Source: MDB_MAGIC, MDB_DATA_VERSION */
#define MAGIC 0xBEEFC0DEu
#define VERSION 1u

/* Flags of the list of free pages: those of the store are among them.
 * Source: MDB_INTEGERKEY; MDB_FIXEDMAP, MDB_NOSUBDIR */
#define NUMBER_KEYS 0x08u
#define STORE_FLAGS (0x01u | 0x4000u)

/* No process has more room for addresses. */
#define MOST_MAP_SIZE ((uint64_t)1 << 48)

/* Transactions are counted; the number above them must not be the first. */
#define MOST_TRANSACTIONS (UINT64_MAX / 2)

/* What the first two pages say.  Source: MDB_meta */
typedef struct {
    uint32_t magic, version;
    uint64_t address; /* of a store that is always mapped there: not used */
    uint64_t map_size;
    memo_structure_record free_pages, main;
    uint64_t last_page, transaction;
} meta;

_Static_assert(sizeof(meta) == 136, "it is what a page has");

/* ---- the lists of free pages --------------------------------------------- */

/* A number of pages, and these from the highest to the lowest.  LMDB may leave
 * room after them.  Source: MDB_IDL, mdb_freelist_save */
static memo_structure check_free_list(memo_structure_file *file, void *context,
                                      const memo_structure_node *node,
                                      const memo_structure_value *value)
{
    const meta *newest = context;
    uint64_t transaction, count, last = UINT64_MAX, ids[512];
    memo_structure verdict;

    memcpy(&transaction, node->key, sizeof transaction);
    if (transaction == 0 || transaction > newest->transaction)
        return memo_structure_damaged(
            file, "pages were freed by transaction %" PRIu64 " of %" PRIu64,
            transaction, newest->transaction);
    if (value->size < sizeof count || value->size % sizeof count != 0)
        return memo_structure_damaged(
            file, "a list of free pages has %" PRIu64 " bytes", value->size);
    verdict = memo_structure_value_read(file, value, &count, sizeof count, 0);
    if (verdict == MEMO_STRUCTURE_SOUND &&
        count > value->size / sizeof count - 1)
        return memo_structure_damaged(
            file, "a list of %" PRIu64 " free pages has %" PRIu64 " bytes",
            count, value->size);
    for (uint64_t done = 0, part; done < count; done += part) {
        part = count - done < 512 ? count - done : 512;
        if (verdict == MEMO_STRUCTURE_SOUND)
            verdict = memo_structure_value_read(file, value, ids,
                                                (size_t)part * sizeof *ids,
                                                (done + 1) * sizeof *ids);
        for (uint64_t i = 0; i < part && verdict == MEMO_STRUCTURE_SOUND; i++) {
            if (ids[i] >= last)
                return memo_structure_damaged(
                    file, "a list of free pages is not in its order");
            last = ids[i];
            verdict = memo_structure_take(file, last, 1);
        }
        if (verdict != MEMO_STRUCTURE_SOUND)
            return verdict;
    }
    return verdict;
}

/* ---- named databases ----------------------------------------------------- */

/* Entries are beside them. */
static memo_structure check_database(memo_structure_file *file, void *context,
                                     const memo_structure_node *node,
                                     const memo_structure_value *value)
{
    static const memo_structure_kind plain = {.has_trees = false};
    memo_structure_record record;

    (void)context;
    if (node->flags != MEMO_STRUCTURE_TREE)
        return MEMO_STRUCTURE_SOUND;
    if (value->size != sizeof record)
        return memo_structure_damaged(
            file, "the record of a database has %" PRIu64 " bytes",
            value->size);
    memcpy(&record, value->bytes, sizeof record);
    if (record.flags != 0 || record.page_size != 0)
        return memo_structure_damaged(
            file, "a database has the flags %#x and %#" PRIx32,
            (unsigned)record.flags, record.page_size);
    return memo_structure_tree_check(file, &record, &plain);
}

/* ---- the first two pages ------------------------------------------------- */

static bool is_page_size(uint32_t size)
{
    return size >= MEMO_STRUCTURE_LEAST_PAGE_SIZE &&
           size <= MEMO_STRUCTURE_MOST_PAGE_SIZE && (size & (size - 1)) == 0;
}

/* Transactions write in turn to these pages, and LMDB finds the page of a
 * transaction by its number.  A new store has 0 in both. */
static memo_structure read_meta(memo_structure_file *file, meta *out,
                                unsigned index)
{
    unsigned char bytes[sizeof(memo_structure_head) + sizeof *out];
    memo_structure_head head;
    memo_structure verdict = memo_structure_read(
        file, bytes, sizeof bytes, (uint64_t)index * file->page_size);

    if (verdict != MEMO_STRUCTURE_SOUND)
        return verdict;
    head = memo_structure_page_head(bytes);
    memcpy(out, bytes + sizeof head, sizeof *out);
    if (head.number != index || head.flags != MEMO_STRUCTURE_META ||
        out->magic != MAGIC || out->version != VERSION)
        return memo_structure_damaged(
            file, "page %u is not one that describes a store", index);
    if (!is_page_size(out->free_pages.page_size))
        return memo_structure_damaged(file, "pages have %" PRIu32 " bytes",
                                      out->free_pages.page_size);
    if (out->transaction > MOST_TRANSACTIONS ||
        (out->transaction != 0 && out->transaction % 2 != index))
        return memo_structure_damaged(file,
                                      "page %u is of transaction %" PRIu64,
                                      index, out->transaction);
    return MEMO_STRUCTURE_SOUND;
}

/* The description that LMDB takes.  It opens no store of which either page is
 * bad, but uses nothing of the older one: what that describes may be gone.
 * Source: mdb_env_read_header, mdb_env_pick_meta, mdb_txn_renew0 */
static memo_structure read_newest(memo_structure_file *file, meta *out)
{
    meta other;
    memo_structure verdict = read_meta(file, out, 0);

    if (verdict != MEMO_STRUCTURE_SOUND)
        return verdict;
    file->page_size = out->free_pages.page_size;
    if (file->size < 2 * (uint64_t)file->page_size)
        return memo_structure_damaged(
            file, "the file has %" PRIu64 " bytes, and no second page",
            file->size);
    verdict = read_meta(file, &other, 1);
    if (verdict != MEMO_STRUCTURE_SOUND)
        return verdict;
    if (other.free_pages.page_size != file->page_size)
        return memo_structure_damaged(file, "pages have two sizes");
    if (out->transaction < other.transaction)
        *out = other;
    return MEMO_STRUCTURE_SOUND;
}

/* The last pages may not be in the file if they are free: then they are in a
 * list that is, with 8 bytes for each. */
static memo_structure check_meta(memo_structure_file *file, const meta *newest)
{
    uint64_t most = file->size / file->page_size + file->size / 8, pages;

    if (most > MEMO_STRUCTURE_MOST_PAGES)
        most = MEMO_STRUCTURE_MOST_PAGES;
    if (newest->last_page < MEMO_STRUCTURE_FIRST_PAGE - 1 ||
        newest->last_page >= most)
        return memo_structure_damaged(file,
                                      "the last page is %" PRIu64
                                      ", in a file of %" PRIu64 " bytes",
                                      newest->last_page, file->size);
    pages = newest->last_page + 1;
    if (newest->map_size < pages * file->page_size ||
        newest->map_size > MOST_MAP_SIZE)
        return memo_structure_damaged(
            file, "%" PRIu64 " pages are to be mapped to %" PRIu64 " bytes",
            pages, newest->map_size);
    if ((newest->free_pages.flags & ~STORE_FLAGS) != NUMBER_KEYS ||
        newest->main.flags != 0 || newest->main.page_size != 0)
        return memo_structure_damaged(
            file, "the store has the flags %#x and %#x",
            (unsigned)newest->free_pages.flags, (unsigned)newest->main.flags);
    return memo_structure_file_count(file, pages);
}

static memo_structure check_store(memo_structure_file *file)
{
    meta newest;
    memo_structure_kind free_pages = {
        .has_number_keys = true, .visit = check_free_list, .context = &newest};
    memo_structure_kind main = {.has_trees = true,
                                .key_size = sizeof(memo_record_key),
                                .visit = check_database};
    memo_structure verdict = read_newest(file, &newest);

    if (verdict == MEMO_STRUCTURE_SOUND)
        verdict = check_meta(file, &newest);
    if (verdict == MEMO_STRUCTURE_SOUND)
        verdict =
            memo_structure_tree_check(file, &newest.free_pages, &free_pages);
    if (verdict == MEMO_STRUCTURE_SOUND)
        verdict = memo_structure_tree_check(file, &newest.main, &main);
    return verdict;
}

memo_structure memo_structure_check(int fd, char *why, size_t why_size)
{
    memo_structure_file file;
    memo_structure verdict = memo_structure_file_init(&file, fd, why, why_size);

    if (verdict == MEMO_STRUCTURE_SOUND && file.size > 0)
        verdict = check_store(&file);
    memo_structure_file_finish(&file);
    return verdict;
}
