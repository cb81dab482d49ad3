#include "disk/structure_page.h"

#include <stddef.h>
#include <string.h>

/* Bytes before a node's key.  Source: NODESIZE */
#define NODE_HEAD 8u

static uint16_t get16(const unsigned char *at)
{
    uint16_t number;

    memcpy(&number, at, sizeof number);
    return number;
}

memo_structure_head memo_structure_page_head(const unsigned char *page)
{
    memo_structure_head head;

    memcpy(&head, page, sizeof head);
    return head;
}

uint32_t memo_structure_page_run(const unsigned char *page)
{
    uint32_t pages;

    memcpy(&pages, page + offsetof(memo_structure_head, lower), sizeof pages);
    return pages;
}

uint64_t memo_structure_pages_for(uint64_t value_size, uint32_t page_size)
{
    return (sizeof(memo_structure_head) - 1 + value_size) / page_size + 1;
}

unsigned memo_structure_page_nodes(const unsigned char *page)
{
    return (memo_structure_page_head(page).lower -
            (unsigned)sizeof(memo_structure_head)) /
           2;
}

static unsigned node_offset(const unsigned char *page, unsigned index)
{
    return get16(page + sizeof(memo_structure_head) + 2 * (size_t)index);
}

static memo_structure_node read_node(const unsigned char *at)
{
    memo_structure_node node = {.flags = get16(at + 4),
                                .key_size = get16(at + 6),
                                .key = at + NODE_HEAD};

    node.value = node.key + node.key_size;
    node.value_size = get16(at) | (uint32_t)get16(at + 2) << 16;
    node.child = node.value_size | (uint64_t)node.flags << 32;
    return node;
}

memo_structure_node memo_structure_page_node(const unsigned char *page,
                                             unsigned index)
{
    return read_node(page + node_offset(page, index));
}

/* Bytes that a node takes; 0 if LMDB would not make such a node.  What is
 * longer than half a page gets pages of its own.  Source: me_nodemax */
static unsigned node_size(const memo_structure_node *node, uint32_t page_size,
                          bool is_leaf)
{
    uint32_t most =
        ((page_size - (uint32_t)sizeof(memo_structure_head)) / 2 & ~1u) - 2;
    uint32_t size = NODE_HEAD + node->key_size;

    if (node->key_size > MEMO_STRUCTURE_MOST_KEY)
        return 0;
    if (!is_leaf)
        return (size + 1) & ~1u;
    if (node->key_size == 0)
        return 0;
    if (node->flags == MEMO_STRUCTURE_LONG_VALUE)
        return (size + (uint32_t)sizeof(uint64_t) + 1) & ~1u;
    if (node->flags != MEMO_STRUCTURE_VALUE &&
        node->flags != MEMO_STRUCTURE_TREE)
        return 0;
    if (node->value_size > most - size)
        return 0;
    return (size + node->value_size + 1) & ~1u;
}

/* LMDB moves nodes within a page as if they filled it from `upper` on, side by
 * side: so they do, in any order. */
const char *memo_structure_page_mistake(const unsigned char *page,
                                        uint32_t page_size, bool is_leaf)
{
    uint16_t sizes[MEMO_STRUCTURE_MOST_PAGE_SIZE / 2]; /* of what starts here */
    memo_structure_head head = memo_structure_page_head(page);
    unsigned nodes, found = 0;

    if (head.lower < sizeof head || head.lower > head.upper ||
        head.upper > page_size || head.lower % 2 || head.upper % 2)
        return "has no right bounds";
    memset(sizes, 0, page_size);
    nodes = memo_structure_page_nodes(page);
    for (unsigned i = 0; i < nodes; i++) {
        unsigned at = node_offset(page, i), size;
        memo_structure_node node;

        if (at % 2 || at < head.upper || at > page_size - NODE_HEAD)
            return "has a node out of its bounds";
        node = read_node(page + at);
        size = node_size(&node, page_size, is_leaf);
        if (size == 0)
            return "has a node of a wrong kind or size";
        if (size > page_size - at)
            return "has a node that is not all in it";
        if (sizes[at / 2] > 0)
            return "has two nodes at one place";
        sizes[at / 2] = (uint16_t)size;
    }
    for (unsigned at = head.upper; at < page_size; at += sizes[at / 2]) {
        if (sizes[at / 2] == 0)
            return "has a gap between its nodes";
        found++;
    }
    return found == nodes ? NULL : "has nodes that overlap";
}
