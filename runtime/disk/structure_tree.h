/* structure_tree.h -- walk one tree of an LMDB file.
 *
 * Every page that LMDB can come to from the root is read and checked against
 * the others: that it is of the height where it stands, that the keys are in
 * order, and that there are as many pages and entries as are on record.
 */
#ifndef MEMO_DISK_STRUCTURE_TREE_H
#define MEMO_DISK_STRUCTURE_TREE_H

#include "disk/structure_file.h"
#include "disk/structure_page.h"

/* Where the value of an entry is. */
typedef struct {
    const unsigned char *bytes; /* NULL: at a place of the file */
    uint64_t at;
    uint64_t size;
} memo_structure_value;

/* Read a part of a value.
 * Shape: the part is within the value. */
memo_structure memo_structure_value_read(memo_structure_file *file,
                                         const memo_structure_value *value,
                                         void *out, size_t size, uint64_t from);

/* What the leaves of a tree may have. */
typedef struct {
    bool has_number_keys; /* of 8 bytes, in the order of numbers */
    bool has_trees;       /* there are records of trees */
    size_t key_size;      /* of values beside them, which trees do not have */
    /* Is told each entry in the order of the keys, if it is not NULL. */
    memo_structure (*visit)(memo_structure_file *file, void *context,
                            const memo_structure_node *node,
                            const memo_structure_value *value);
    void *context;
} memo_structure_kind;

/* Check a tree, take its pages, visit its entries. */
memo_structure memo_structure_tree_check(memo_structure_file *file,
                                         const memo_structure_record *record,
                                         const memo_structure_kind *kind);

#endif
