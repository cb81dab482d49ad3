/* Each rule once: a number of a sound store is changed, and the sentence says
 * which rule that breaks. */
#include "test_structure.h"

#include "disk/structure_page.h"

Suite *memo_test_suite(void);

/* What a number is in. */
typedef enum {
    META,      /* the newest of the first two pages */
    FREE,      /* the leaf of the lists of free pages */
    FREE_LIST, /* the first of these lists */
    MAIN,      /* the leaf with the named databases */
    RECORD,    /* the record of "entries" */
    BRANCH,    /* the root of "entries" */
    CHILD,     /* its second node */
    LEAF,      /* the first leaf of "entries" */
    NODE,      /* a node in there, with a short value */
    LONG_NODE, /* one with a long value */
    LONG_PAGE  /* the first page of this */
} place;

enum { META_FREE = 40, META_MAIN = 88, ROOT = 40 }; /* MDB_meta, MDB_db */

static unsigned char *page_at(const unsigned char *number)
{
    uint64_t page;

    memcpy(&page, number, sizeof page);
    ck_assert_uint_lt(page, image_size / 4096);
    return image + page * 4096;
}

static unsigned char *node_at(const unsigned char *page, unsigned index)
{
    memo_structure_node node = memo_structure_page_node(page, index);

    return image + (node.key - image) - 8;
}

static unsigned char *value_of(const unsigned char *page, unsigned index)
{
    memo_structure_node node = memo_structure_page_node(page, index);

    return image + (node.value - image);
}

/* A node with a value of this kind, in any leaf of the tree. */
static unsigned char *find_node(const unsigned char *branch, unsigned flags)
{
    for (unsigned i = 0; i < memo_structure_page_nodes(branch); i++) {
        uint64_t child = memo_structure_page_node(branch, i).child;
        const unsigned char *leaf = image + child * 4096;

        for (unsigned at = 1; at < memo_structure_page_nodes(leaf); at++)
            if (memo_structure_page_node(leaf, at).flags == flags)
                return node_at(leaf, at);
    }
    ck_abort_msg("there is no such node");
    return NULL;
}

static unsigned char *find_place(place where)
{
    unsigned char *meta = image, *main, *branch, *node;
    uint64_t child;

    if (image[144] < image[4096 + 144])
        meta += 4096;
    if (where == META)
        return meta;
    if (where == FREE)
        return page_at(meta + META_FREE + ROOT);
    if (where == FREE_LIST)
        return value_of(page_at(meta + META_FREE + ROOT), 0);
    main = page_at(meta + META_MAIN + ROOT);
    if (where == MAIN)
        return main;
    if (where == RECORD)
        return value_of(main, 0);
    branch = page_at(value_of(main, 0) + ROOT);
    if (where == BRANCH)
        return branch;
    if (where == CHILD)
        return node_at(branch, 1);
    child = memo_structure_page_node(branch, 0).child;
    if (where == LEAF)
        return image + child * 4096;
    if (where == NODE)
        return find_node(branch, MEMO_STRUCTURE_VALUE);
    node = find_node(branch, MEMO_STRUCTURE_LONG_VALUE);
    return where == LONG_NODE ? node : page_at(node + 8 + 32);
}

static const struct {
    place where;
    int at;
    size_t width;
    uint64_t number;
    const char *why; /* a part of it */
} changes[] = {
    {META, 0, 8, 7, "is not one that describes a store"},
    {META, 10, 2, 9, "is not one that describes a store"},
    {META, 20, 4, 999, "is not one that describes a store"},
    {META, 40, 4, 0, "pages have 0 bytes"},
    {META, 40, 4, 5000, "pages have 5000 bytes"},
    {META, 40, 4, 65536, "pages have 65536 bytes"},
    {META, 40, 4, 8192, "two sizes"},
    {META, 144, 8, 4, "is of transaction 4"},
    {META, 144, 8, UINT64_MAX, "is of transaction"},
    {META, 136, 8, 0, "the last page is 0"},
    {META, 136, 8, UINT64_MAX, "the last page is"},
    {META, 136, 8, 3, "are named, of 4"},
    {META, 32, 8, 4096, "are to be mapped to 4096 bytes"},
    {META, 32, 8, UINT64_MAX, "are to be mapped"},
    {META, 44, 2, 0, "the store has the flags 0 and 0"},
    {META, 44, 2, 12, "the store has the flags 0xc and 0"},
    {META, 92, 2, 4, "the store has the flags 0x8 and 0x4"},
    {META, 88, 4, 1, "the store has the flags"},
    {META, 46, 2, 0, "a root and no height"},
    {META, 46, 2, 2, "has the flags 0x2 where a branch belongs"},
    {META, 46, 2, 29, "a tree is 29 pages high"},
    {META, 48, 8, 1, "not as many pages as it says"},
    {META, 56, 8, 2, "not as many pages as it says"},
    {META, 64, 8, 1, "not as many pages as it says"},
    {META, 72, 8, 9, "a tree of 9 entries has"},
    {META, 80, 8, UINT64_MAX, "or no root"},
    {META, 80, 8, 1, "page 1 and the 0 after it are named"},
    {META, 80, 8, 1u << 20, "are not within the file"},
    {FREE, 0, 8, 5, "has the number 5"},
    {FREE, 10, 2, 0x12, "has the flags 0x12 where a leaf belongs"},
    {FREE_LIST, 0, 8, 999, "a list of 999 free pages has"},
    {FREE_LIST, 8, 8, 1, "page 1 and the 0 after it are named"},
    {FREE_LIST, 8, 8, UINT64_MAX, "is not in its order"},
    {FREE_LIST, 16, 8, 1u << 20, "is not in its order"},
    {FREE_LIST, -8, 8, 0, "were freed by transaction 0 of 3"},
    {FREE_LIST, -8, 8, 4, "were freed by transaction 4 of 3"},
    {FREE_LIST, -10, 2, 6, "a gap between its nodes"},
    {FREE_LIST, -10, 2, 7, "has a key of 7 bytes"},
    {FREE_LIST, -16, 2, 47, "a list of free pages has 47 bytes"},
    {MAIN, 10, 2, 1, "has the flags 0x1 where a leaf belongs"},
    {RECORD, 4, 2, 8, "a database has the flags 0x8 and 0"},
    {RECORD, 0, 4, 8, "a database has the flags 0 and 0x8"},
    {RECORD, 6, 2, 1, "where a leaf belongs"},
    {RECORD, 6, 2, 3, "where a branch belongs"},
    {RECORD, 24, 8, 0, "not as many pages as it says"},
    {RECORD, -15, 2, 49, "the record of a database has 49 bytes"},
    {RECORD, -11, 2, 0, "an entry has the flags 0"},
    {BRANCH, 12, 2, 18, "a gap between its nodes"},
    {BRANCH, 12, 4, 18 | 4088u << 16, "has 1 nodes only"},
    {CHILD, 0, 2, 0, "page 0 and the 0 after it are named"},
    {CHILD, 4, 2, 1, "are not within the file"},
    {CHILD, 6, 2, 600, "a wrong kind or size"},
    {CHILD, 8, 8, 0, "keys are not in their order"},
    {LEAF, 0, 8, 0, "has the number 0"},
    {LEAF, 10, 2, 0x4002, "has the flags 0x4002"},
    {LEAF, 12, 4, 16 | 4096u << 16, "has 0 nodes only"},
    {LEAF, 12, 2, 14, "no right bounds"},
    {LEAF, 12, 2, 33, "no right bounds"},
    {LEAF, 12, 2, 5000, "no right bounds"},
    {LEAF, 14, 2, 5000, "no right bounds"},
    {LEAF, 14, 2, 31, "no right bounds"},
    {LEAF, 16, 2, 8, "a node out of its bounds"},
    {LEAF, 16, 2, 4090, "a node out of its bounds"},
    {LEAF, 16, 2, 4087, "a node out of its bounds"},
    {NODE, 0, 2, 1900, "a node that is not all in it"},
    {NODE, 0, 2, 2030, "a wrong kind or size"},
    {NODE, 2, 2, 1, "a wrong kind or size"},
    {NODE, 4, 2, 4, "a wrong kind or size"},
    {NODE, 4, 2, 2, "an entry has the flags 0x2"},
    {NODE, 6, 2, 0, "a wrong kind or size"},
    {NODE, 6, 2, 512, "a wrong kind or size"},
    {NODE, 8, 8, 0, "keys are not in their order"},
    {NODE, 8, 8, UINT64_MAX, "keys are not in their order"},
    {LONG_NODE, 0, 4, 1u << 20, "a value of 1048576 bytes has 3 pages"},
    {LONG_NODE, 40, 8, 1, "page 1 and the 0 after it are named"},
    {LONG_NODE, 40, 8, UINT64_MAX, "are not within the file"},
    {LONG_PAGE, 0, 8, 1, "is not where a long value starts"},
    {LONG_PAGE, 10, 2, 0x14, "is not where a long value starts"},
    {LONG_PAGE, 12, 4, 2, "a value of 9000 bytes has 2 pages"},
    {LONG_PAGE, 12, 4, UINT32_MAX, "are not within the file"}};

#define CHANGES ((int)(sizeof changes / sizeof *changes))

START_TEST(a_wrong_number_is_found)
{
    make_image(60);
    expect_sound();

    memcpy(find_place(changes[_i].where) + changes[_i].at, &changes[_i].number,
           changes[_i].width);
    write_image(image, image_size);

    ck_assert_int_eq(check_file(), MEMO_STRUCTURE_DAMAGED);
    ck_assert_msg(strstr(why, changes[_i].why), "%s", why);
    free(image);
}
END_TEST

/* Exchange two numbers of two bytes. */
static void exchange(unsigned char *one, unsigned char *other)
{
    for (size_t i = 0; i < 2; i++) {
        unsigned char kept = one[i];

        one[i] = other[i];
        other[i] = kept;
    }
}

START_TEST(nodes_have_an_order)
{
    unsigned char *leaf;

    make_image(60);
    leaf = find_place(LEAF);
    exchange(leaf + 16, leaf + 18);
    write_image(image, image_size);

    ck_assert_int_eq(check_file(), MEMO_STRUCTURE_DAMAGED);
    ck_assert_str_eq(why, "keys are not in their order");
    free(image);
}
END_TEST

START_TEST(nodes_have_places_of_their_own)
{
    unsigned char *leaf;

    make_image(60);
    leaf = find_place(LEAF);
    memcpy(leaf + 16, leaf + 18, 2);
    write_image(image, image_size);

    ck_assert_int_eq(check_file(), MEMO_STRUCTURE_DAMAGED);
    ck_assert_ptr_nonnull(strstr(why, "two nodes at one place"));
    free(image);
}
END_TEST

/* The bytes that the node takes which starts here, with its short value. */
static uint16_t size_of(const unsigned char *node)
{
    uint16_t value;

    memcpy(&value, node, sizeof value);
    return (uint16_t)((8 + 32 + value + 1) & ~1);
}

START_TEST(nodes_do_not_hold_each_other)
{
    unsigned char *leaf, *first;
    uint16_t size;

    make_image(60);
    leaf = find_place(LEAF);
    first = leaf + memo_structure_page_head(leaf).upper;
    size = size_of(first);
    size = (uint16_t)(size + size_of(first + size) - 8 - 32);
    memcpy(first, &size, sizeof size);
    write_image(image, image_size);

    ck_assert_int_eq(check_file(), MEMO_STRUCTURE_DAMAGED);
    ck_assert_ptr_nonnull(strstr(why, "nodes that overlap"));
    free(image);
}
END_TEST

START_TEST(a_page_has_one_use)
{
    unsigned char *branch;
    char expected[60];
    uint64_t child;

    make_image(60);
    branch = find_place(BRANCH);
    child = memo_structure_page_node(branch, 0).child;
    memcpy(find_place(FREE_LIST) + 8, &child, sizeof child);
    snprintf(expected, sizeof expected, "page %u has two uses",
             (unsigned)child);
    write_image(image, image_size);

    ck_assert_int_eq(check_file(), MEMO_STRUCTURE_DAMAGED);
    ck_assert_str_eq(why, expected);
    free(image);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("structure_places");
    TCase *cases = tcase_create("structure_places");

    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_add_loop_test(cases, a_wrong_number_is_found, 0, CHANGES);
    tcase_add_test(cases, nodes_have_an_order);
    tcase_add_test(cases, nodes_have_places_of_their_own);
    tcase_add_test(cases, nodes_do_not_hold_each_other);
    tcase_add_test(cases, a_page_has_one_use);
    suite_add_tcase(suite, cases);
    return suite;
}
