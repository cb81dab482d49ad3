/* structure_page.h -- how one page of an LMDB file is laid out.
 *
 * Bytes in memory, read only where they were found to be.  It does not know
 * what other pages say.  Numbers are those of a 64-bit machine with the least
 * byte first; on another one, or from another one, nothing looks sound.
 * Source: LMDB 0.9, mdb.c, MDB_page, MDB_node and MDB_db
 */
#ifndef MEMO_DISK_STRUCTURE_PAGE_H
#define MEMO_DISK_STRUCTURE_PAGE_H

#include <stdbool.h>
#include <stdint.h>

/* Source: MAX_PAGESIZE; smaller ones than x86's are no system's. */
#define MEMO_STRUCTURE_LEAST_PAGE_SIZE 4096u
#define MEMO_STRUCTURE_MOST_PAGE_SIZE 32768u

/* Source: MDB_MAXKEYSIZE */
#define MEMO_STRUCTURE_MOST_KEY 511u

/* What a page is.  A page of a closed store has no flags besides: P_DIRTY,
 * P_LOOSE and P_KEEP are for memory, P_LEAF2 and P_SUBP for duplicates. */
enum {
    MEMO_STRUCTURE_BRANCH = 0x01,
    MEMO_STRUCTURE_LEAF = 0x02,
    MEMO_STRUCTURE_RUN = 0x04, /* P_OVERFLOW: a value of whole pages */
    MEMO_STRUCTURE_META = 0x08
};

/* What a node of a leaf holds, besides its key. */
enum {
    MEMO_STRUCTURE_VALUE = 0x00,
    MEMO_STRUCTURE_LONG_VALUE = 0x01, /* F_BIGDATA: the number of a page */
    MEMO_STRUCTURE_TREE = 0x02        /* F_SUBDATA: a memo_structure_record */
};

/* The start of a page. */
typedef struct {
    uint64_t number;
    uint16_t unused, flags;
    uint16_t lower, upper; /* or, of MEMO_STRUCTURE_RUN, how many pages */
} memo_structure_head;

/* One key; what goes with it. */
typedef struct {
    const unsigned char *key, *value;
    uint64_t child; /* of a branch: the page that has the keys from here on */
    uint32_t value_size; /* of a leaf; also if `value` is a page's number */
    uint16_t flags;      /* of a leaf */
    uint16_t key_size;
} memo_structure_node;

/* A tree: where it starts, what it is made of. */
typedef struct {
    uint32_t page_size; /* of the list of free pages only, else 0 */
    uint16_t flags, depth;
    uint64_t branch_pages, leaf_pages, overflow_pages, entries, root;
} memo_structure_record;

/* The root of a tree without entries.  Source: P_INVALID */
#define MEMO_STRUCTURE_NO_PAGE UINT64_MAX

_Static_assert(sizeof(memo_structure_head) == 16, "it is what a page has");
_Static_assert(sizeof(memo_structure_record) == 48, "it is what a node has");

memo_structure_head memo_structure_page_head(const unsigned char *page);

/* How many pages the value takes that starts in this one. */
uint32_t memo_structure_page_run(const unsigned char *page);

/* Pages that a value of this size takes.  Source: OVPAGES */
uint64_t memo_structure_pages_for(uint64_t value_size, uint32_t page_size);

/* The nodes that the page says it has. */
unsigned memo_structure_page_nodes(const unsigned char *page);

/* What is wrong with the layout of a branch or a leaf, else NULL.
 * Shape: a whole page. */
const char *memo_structure_page_mistake(const unsigned char *page,
                                        uint32_t page_size, bool is_leaf);

/* One of the nodes of a page without a mistake. */
memo_structure_node memo_structure_page_node(const unsigned char *page,
                                             unsigned index);

#endif
