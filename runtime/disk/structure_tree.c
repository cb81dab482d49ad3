#include "disk/structure_tree.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* A cursor of LMDB has room for 32 pages, one above the other, and does not
 * look before it puts a new root on top.  A tree this high has 2^27 leaves or
 * more, and may still grow.  Source: CURSOR_STACK */
#define MOST_DEPTH 28u

/* One page on the way from the root to where the walk is. */
typedef struct {
    unsigned char *page;
    unsigned nodes, next;
} level;

typedef struct {
    memo_structure_file *file;
    const memo_structure_record *record;
    const memo_structure_kind *kind;
    level levels[MOST_DEPTH];
    unsigned height;
    memo_structure_record found;

    /* The next key is not below this one. */
    unsigned char floor[MEMO_STRUCTURE_MOST_KEY];
    size_t floor_size;
    bool has_floor;
    bool is_floor_used; /* and not equal to it */
} walker;

memo_structure memo_structure_value_read(memo_structure_file *file,
                                         const memo_structure_value *value,
                                         void *out, size_t size, uint64_t from)
{
    if (!value->bytes)
        return memo_structure_read(file, out, size, value->at + from);
    memcpy(out, value->bytes + from, size);
    return MEMO_STRUCTURE_SOUND;
}

/* Below 0, 0 or above, as the key is to the floor.
 * Source: mdb_cmp_long, mdb_cmp_memn */
static int compare_with_floor(const walker *walk,
                              const memo_structure_node *node)
{
    size_t size = node->key_size;
    int order;

    if (walk->kind->has_number_keys) {
        uint64_t key, floor;

        memcpy(&key, node->key, sizeof key);
        memcpy(&floor, walk->floor, sizeof floor);
        return (key > floor) - (key < floor);
    }
    if (size > walk->floor_size)
        size = walk->floor_size;
    order = memcmp(node->key, walk->floor, size);
    if (order != 0)
        return order;
    return (node->key_size > walk->floor_size) -
           (node->key_size < walk->floor_size);
}

/* The keys of the leaves and those that part two pages, from left to right,
 * are one row.  A key that parts is above all before it; the next key of a
 * leaf may be equal to it. */
static bool is_in_order(walker *walk, const memo_structure_node *node,
                        bool is_used)
{
    if (walk->has_floor) {
        int order = compare_with_floor(walk, node);

        if (order < 0 || (order == 0 && walk->is_floor_used))
            return false;
    }
    memcpy(walk->floor, node->key, node->key_size);
    walk->floor_size = node->key_size;
    walk->has_floor = true;
    walk->is_floor_used = is_used;
    return true;
}

static memo_structure check_key(walker *walk, const memo_structure_node *node,
                                bool is_used)
{
    if (walk->kind->has_number_keys && node->key_size != sizeof(uint64_t))
        return memo_structure_damaged(
            walk->file, "a list of free pages has a key of %u bytes",
            (unsigned)node->key_size);
    if (!is_in_order(walk, node, is_used))
        return memo_structure_damaged(walk->file,
                                      "keys are not in their order");
    return MEMO_STRUCTURE_SOUND;
}

/* The pages below this one are all over the file. */
static void expect_pages(const memo_structure_file *file, const level *above,
                         bool is_leaf)
{
    for (unsigned i = 0; i < above->nodes; i++) {
        memo_structure_node node = memo_structure_page_node(above->page, i);
        uint64_t page = node.child;

        if (is_leaf && node.flags != MEMO_STRUCTURE_LONG_VALUE)
            continue;
        if (is_leaf)
            memcpy(&page, node.value, sizeof page);
        memo_structure_expect(file, page);
    }
}

/* Go down to a page.  Which pages are leaves is told by the depth alone, as
 * LMDB puts all of them at the same. */
static memo_structure enter(walker *walk, uint64_t number)
{
    memo_structure_file *file = walk->file;
    level *to = &walk->levels[walk->height];
    bool is_leaf = walk->height + 1 == walk->record->depth;
    memo_structure verdict = memo_structure_take_written(file, number, 1);
    memo_structure_head head;
    const char *mistake;

    if (verdict == MEMO_STRUCTURE_SOUND)
        verdict = memo_structure_read(file, to->page, file->page_size,
                                      number * file->page_size);
    if (verdict != MEMO_STRUCTURE_SOUND)
        return verdict;
    head = memo_structure_page_head(to->page);
    if (head.number != number)
        return memo_structure_damaged(
            file, "page %" PRIu64 " has the number %" PRIu64, number,
            head.number);
    if (head.flags != (is_leaf ? MEMO_STRUCTURE_LEAF : MEMO_STRUCTURE_BRANCH))
        return memo_structure_damaged(
            file, "page %" PRIu64 " has the flags %#x where a %s belongs",
            number, (unsigned)head.flags, is_leaf ? "leaf" : "branch");
    mistake = memo_structure_page_mistake(to->page, file->page_size, is_leaf);
    if (mistake)
        return memo_structure_damaged(file, "page %" PRIu64 " %s", number,
                                      mistake);
    to->nodes = memo_structure_page_nodes(to->page);
    to->next = 0;
    if (to->nodes < (is_leaf ? 1u : 2u))
        return memo_structure_damaged(
            file, "page %" PRIu64 " has %u nodes only", number, to->nodes);
    if (is_leaf)
        walk->found.leaf_pages++;
    else
        walk->found.branch_pages++;
    walk->height++;
    expect_pages(walk->file, to, is_leaf);
    return MEMO_STRUCTURE_SOUND;
}

/* Of a value with pages of its own only the first has a head.  They may be
 * more than it needs: a value that was long, and is overwritten before it gets
 * to the file, keeps what it has. */
static memo_structure find_long_value(walker *walk,
                                      const memo_structure_node *node,
                                      memo_structure_value *value)
{
    memo_structure_file *file = walk->file;
    unsigned char bytes[sizeof(memo_structure_head)];
    memo_structure verdict;
    memo_structure_head head;
    uint64_t first, pages;

    memcpy(&first, node->value, sizeof first);
    verdict = memo_structure_take_written(file, first, 1);
    if (verdict == MEMO_STRUCTURE_SOUND)
        verdict = memo_structure_read(file, bytes, sizeof bytes,
                                      first * file->page_size);
    if (verdict != MEMO_STRUCTURE_SOUND)
        return verdict;
    head = memo_structure_page_head(bytes);
    pages = memo_structure_page_run(bytes);
    if (head.number != first || head.flags != MEMO_STRUCTURE_RUN)
        return memo_structure_damaged(
            file, "page %" PRIu64 " is not where a long value starts", first);
    if (pages < memo_structure_pages_for(node->value_size, file->page_size))
        return memo_structure_damaged(
            file, "a value of %" PRIu32 " bytes has %" PRIu64 " pages",
            node->value_size, pages);
    walk->found.overflow_pages += pages;
    value->bytes = NULL;
    value->at = first * file->page_size + sizeof head;
    if (pages == 1)
        return MEMO_STRUCTURE_SOUND;
    return memo_structure_take_written(file, first + 1, pages - 1);
}

static memo_structure check_entry(walker *walk, const memo_structure_node *node)
{
    memo_structure_value value = {.bytes = node->value,
                                  .size = node->value_size};
    memo_structure verdict = check_key(walk, node, true);

    if (verdict != MEMO_STRUCTURE_SOUND)
        return verdict;
    if ((node->flags == MEMO_STRUCTURE_TREE) !=
        (walk->kind->has_trees && node->key_size != walk->kind->key_size))
        return memo_structure_damaged(
            walk->file, "an entry has the flags %#x of another tree",
            (unsigned)node->flags);
    if (node->flags == MEMO_STRUCTURE_LONG_VALUE)
        verdict = find_long_value(walk, node, &value);
    if (verdict != MEMO_STRUCTURE_SOUND)
        return verdict;
    walk->found.entries++;
    if (!walk->kind->visit)
        return MEMO_STRUCTURE_SOUND;
    return walk->kind->visit(walk->file, walk->kind->context, node, &value);
}

/* The first key of a branch says nothing, whatever it is. */
static memo_structure check_child(walker *walk, const memo_structure_node *node,
                                  bool is_first)
{
    memo_structure verdict = MEMO_STRUCTURE_SOUND;

    if (!is_first)
        verdict = check_key(walk, node, false);
    if (verdict != MEMO_STRUCTURE_SOUND)
        return verdict;
    return enter(walk, node->child);
}

static memo_structure check_pages(walker *walk)
{
    memo_structure verdict = enter(walk, walk->record->root);

    while (verdict == MEMO_STRUCTURE_SOUND && walk->height > 0) {
        level *top = &walk->levels[walk->height - 1];
        memo_structure_node node;

        if (top->next == top->nodes) {
            walk->height--;
            continue;
        }
        node = memo_structure_page_node(top->page, top->next);
        top->next++;
        if (walk->height == walk->record->depth)
            verdict = check_entry(walk, &node);
        else
            verdict = check_child(walk, &node, top->next == 1);
    }
    return verdict;
}

static memo_structure check_counts(walker *walk)
{
    const memo_structure_record *is = &walk->found, *says = walk->record;

    if (is->branch_pages == says->branch_pages &&
        is->leaf_pages == says->leaf_pages &&
        is->overflow_pages == says->overflow_pages &&
        is->entries == says->entries)
        return MEMO_STRUCTURE_SOUND;
    return memo_structure_damaged(walk->file,
                                  "a tree of %" PRIu64 " entries has %" PRIu64
                                  ", or not as many pages as it says",
                                  says->entries, is->entries);
}

memo_structure memo_structure_tree_check(memo_structure_file *file,
                                         const memo_structure_record *record,
                                         const memo_structure_kind *kind)
{
    walker walk = {.file = file, .record = record, .kind = kind};
    memo_structure verdict = MEMO_STRUCTURE_SOUND;
    unsigned char *pages;

    if (record->depth > MOST_DEPTH)
        return memo_structure_damaged(file, "a tree is %u pages high",
                                      (unsigned)record->depth);
    if ((record->root == MEMO_STRUCTURE_NO_PAGE) != (record->depth == 0))
        return memo_structure_damaged(
            file, "a tree has a root and no height, or no root");
    if (record->depth == 0)
        return check_counts(&walk);
    pages = malloc((size_t)record->depth * file->page_size);
    if (!pages)
        return memo_structure_unreadable(file,
                                         "there is no memory to check a tree");
    for (unsigned i = 0; i < record->depth; i++)
        walk.levels[i].page = pages + (size_t)i * file->page_size;
    verdict = check_pages(&walk);
    if (verdict == MEMO_STRUCTURE_SOUND)
        verdict = check_counts(&walk);
    free(pages);
    return verdict;
}
