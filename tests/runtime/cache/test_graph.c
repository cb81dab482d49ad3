#include "cache/graph.h"

#include "deep_types.h"

#include <check.h>

#include <time.h>

Suite *memo_test_suite(void);

static const memo_budget no_budget = {UINT64_MAX, UINT64_MAX};

/* ---- helpers ------------------------------------------------------------- */

static long piece_count; /* allocated and not released */

static void *count_allocation(size_t size)
{
    void *memory = malloc(size);

    if (memory)
        memset(memory, 0xA5, size);
    piece_count += memory != NULL;
    return memory;
}

static void count_release(void *memory)
{
    piece_count -= memory != NULL;
    free(memory);
}

static const memo_allocator counting = {count_allocation, count_release};

/* Encoded bytes in a block of exactly their size. */
typedef struct {
    unsigned char *bytes;
    size_t size;
} block;

static block read_value(const struct memo_type *type, const void *values,
                        uint64_t count)
{
    memo_sink sink = memo_sink_growing(UINT64_MAX);
    memo_pieces pieces;
    block out;

    memo_pieces_init(&pieces);
    ck_assert_int_eq(
        memo_graph_read(&sink, &pieces, type, values, count, UINT64_MAX),
        MEMO_GRAPH_DONE);
    memo_pieces_finish(&pieces);
    out = (block){malloc(sink.size + 1), sink.size};
    memcpy(out.bytes, sink.bytes, sink.size);
    out.bytes = realloc(out.bytes, out.size > 0 ? out.size : 1);
    free(sink.bytes);
    return out;
}

/* Make a value of bytes at `at`, which is cleared. */
static memo_graph_outcome write_value(block from, const struct memo_type *type,
                                      void *at, uint64_t count,
                                      memo_budget budget)
{
    memo_root root = {at, at, type, count, 0, NULL};
    memo_graph_outcome why;
    const unsigned char *end;
    memo_made made;

    memset(at, 0, (size_t)count * type->size);
    end = memo_graph_write(&made, from.bytes, from.bytes + from.size, &root,
                           &counting, &budget, &why);
    ck_assert_int_eq(end != NULL, why == MEMO_GRAPH_DONE);
    if (end) {
        ck_assert_ptr_eq(end, from.bytes + from.size);
        memo_made_finish(&made);
    }
    return why;
}

/* Encode, make a copy, encode that, which must be the same bytes. */
static void copy_value(const struct memo_type *type, const void *value,
                       void *copy)
{
    block first = read_value(type, value, 1), again;

    ck_assert_int_eq(write_value(first, type, copy, 1, no_budget),
                     MEMO_GRAPH_DONE);
    again = read_value(type, copy, 1);
    ck_assert_uint_eq(again.size, first.size);
    ck_assert_mem_eq(again.bytes, first.bytes, first.size);
    free(again.bytes);
    free(first.bytes);
}

static void release_copy(const struct memo_type *type, void *copy)
{
    memo_graph_release(type, copy, 1, &counting);
    ck_assert_int_eq(piece_count, 0);
}

static struct item *create_list(size_t count)
{
    struct item *items = calloc(count, sizeof *items);

    for (size_t i = 0; i < count; i++)
        items[i] = (struct item){(int)i, i + 1 < count ? &items[i + 1] : NULL};
    return items;
}

/* The key bytes of a value, in a buffer of 4096. */
typedef struct {
    unsigned char bytes[4096];
    memo_sink sink;
    memo_graph_outcome outcome;
} key;

static void read_key(key *out, const struct memo_type *type, const void *value,
                     memo_budget budget)
{
    memo_pieces pieces;

    memo_pieces_init(&pieces);
    memset(out->bytes, 0, sizeof out->bytes);
    out->sink = memo_sink_folding(out->bytes, sizeof out->bytes, budget.bytes);
    out->outcome =
        memo_graph_read_key(&out->sink, &pieces, type, value, 1, budget.pieces);
    memo_pieces_finish(&pieces);
}

static bool are_equal(const key *a, const key *b)
{
    return a->sink.is_folded == b->sink.is_folded &&
           a->sink.size == b->sink.size &&
           memcmp(a->bytes, b->bytes, a->sink.size) == 0;
}

/* ---- shapes -------------------------------------------------------------- */

START_TEST(a_list_of_any_length_is_copied)
{
    static const size_t lengths[] = {1, 2, 16, 17, 20000, 1000000};
    size_t length = lengths[_i], seen = 0;
    struct item *items = create_list(length), copy;

    copy_value(&type_item, items, &copy);

    ck_assert_int_eq(piece_count, (long)length - 1);
    for (struct item *at = &copy; at; at = at->next, seen++)
        ck_assert_int_eq(at->number, (int)seen);
    ck_assert_uint_eq(seen, length);
    release_copy(&type_item, &copy);
    free(items);
}
END_TEST

START_TEST(shared_pairs_of_forty_levels_are_walked_once)
{
    struct node nodes[40] = {{NULL, 0, NULL}}, copy, *at = &copy;
    key key_of_it;
    for (int i = 0; i < 39; i++)
        nodes[i] = (struct node){&nodes[i + 1], i, &nodes[i + 1]};

    copy_value(&type_node, nodes, &copy);
    read_key(&key_of_it, &type_node, nodes, (memo_budget){50, 5000});

    ck_assert_int_eq(key_of_it.outcome, MEMO_GRAPH_DONE);
    ck_assert_int_eq(piece_count, 39);
    for (int i = 0; i < 39; i++, at = at->left) {
        ck_assert_int_eq(at->value, i);
        ck_assert_ptr_nonnull(at->left);
        ck_assert_ptr_eq(at->left, at->right);
    }
    release_copy(&type_node, &copy);
}
END_TEST

START_TEST(a_cycle_ends_and_stays_one)
{
    struct node nodes[3], copy;
    key key_of_it;
    nodes[0] = (struct node){&nodes[1], 0, &nodes[0]};
    nodes[1] = (struct node){&nodes[2], 1, &nodes[0]};
    nodes[2] = (struct node){&nodes[0], 2, &nodes[2]};

    copy_value(&type_node, nodes, &copy);
    read_key(&key_of_it, &type_node, nodes, (memo_budget){3, 100});

    ck_assert_int_eq(key_of_it.outcome, MEMO_GRAPH_DONE);
    ck_assert_ptr_eq(copy.right, &copy);
    ck_assert_ptr_eq(copy.left->right, &copy);
    ck_assert_ptr_eq(copy.left->left->left, &copy);
    ck_assert_ptr_eq(copy.left->left->right, copy.left->left);
    release_copy(&type_node, &copy);
}
END_TEST

START_TEST(pointers_into_an_array_lead_into_the_array_of_the_copy)
{
    struct vertex all[100];
    struct net net = {100, all, &all[99]}, copy;
    for (int i = 0; i < 100; i++)
        all[i] = (struct vertex){i, &all[i * 7 % 100]};

    copy_value(&type_net, &net, &copy);

    ck_assert_int_eq(piece_count, 1);
    ck_assert_ptr_eq(copy.last, copy.all + 99);
    for (int i = 0; i < 100; i++) {
        ck_assert_int_eq(copy.all[i].number, i);
        ck_assert_ptr_eq(copy.all[i].next, copy.all + i * 7 % 100);
    }
    release_copy(&type_net, &copy);
}
END_TEST

START_TEST(elements_of_the_root_lead_to_where_it_will_lie)
{
    struct vertex all[10], made[10] = {{0, NULL}}, final[10];
    memo_root root = {(void *)made, (void *) final, &type_vertex, 10, 0, NULL};
    memo_budget left = no_budget;
    memo_graph_outcome why;
    memo_made pieces;
    block bytes;
    for (int i = 0; i < 10; i++)
        all[i] = (struct vertex){i, i < 9 ? &all[i + 1] : all};

    bytes = read_value(&type_vertex, all, 10);
    ck_assert_ptr_nonnull(memo_graph_write(&pieces, bytes.bytes,
                                           bytes.bytes + bytes.size, &root,
                                           &counting, &left, &why));

    for (int i = 0; i < 10; i++)
        ck_assert_ptr_eq(made[i].next, &final[(i + 1) % 10]);
    ck_assert_int_eq(piece_count, 0);
    memo_made_finish(&pieces);
    free(bytes.bytes);
}
END_TEST

START_TEST(null_empty_and_absent_are_three_things)
{
    char empty[] = "";
    double none = 0;
    char *no_label = NULL, *label = empty;
    struct table values[] = {
        {0, 0, NULL, NULL, NULL},    {0, 0, NULL, NULL, empty},
        {0, 0, &none, NULL, NULL},   {0, 1, &none, &no_label, NULL},
        {0, 1, &none, &label, NULL}, {0, 1, NULL, &label, NULL},
    };
    block bytes[6];

    for (size_t i = 0; i < 6; i++) {
        struct table copy;

        bytes[i] = read_value(&type_table, &values[i], 1);
        copy_value(&type_table, &values[i], &copy);
        ck_assert_int_eq(copy.cells == NULL, values[i].cells == NULL);
        ck_assert_int_eq(copy.title == NULL, values[i].title == NULL);
        ck_assert_int_eq(copy.labels == NULL, values[i].labels == NULL);
        release_copy(&type_table, &copy);
    }

    for (size_t i = 0; i < 6; i++) {
        for (size_t k = 0; k < i; k++)
            ck_assert(bytes[i].size != bytes[k].size ||
                      memcmp(bytes[i].bytes, bytes[k].bytes, bytes[i].size) !=
                          0);
    }
    for (size_t i = 0; i < 6; i++)
        free(bytes[i].bytes);
}
END_TEST

START_TEST(structs_bits_and_arrays_of_pointers_are_copied)
{
    double cells[6] = {1, 2, 3, 4, 5, 6};
    char a[] = "a", b[] = "", *labels[] = {a, b, NULL};
    struct item items[2] = {{1, NULL}, {2, NULL}};
    struct message *message = malloc(sizeof *message + 2 * sizeof(char *));
    struct crowd crowd, copy;
    memset(&crowd, 0xEE, sizeof crowd);
    message->count = 2;
    message->words[0] = a;
    message->words[1] = NULL;
    crowd.is_open = true;
    crowd.tables[0] = (struct table){2, 3, cells, labels, a};
    crowd.tables[1] = (struct table){0, 0, NULL, NULL, NULL};
    crowd.ends[0] = crowd.ends[2] = &items[0];
    crowd.ends[1] = &items[1];
    crowd.message = message;
    bits_set_low(&crowd.bits, 5);
    bits_set_middle(&crowd.bits, 13);
    bits_set_flag(&crowd.bits, 1);
    bits_set_high(&crowd.bits, 12345);
    crowd.bits.tail = 'x';
    crowd.weight = 1.25L;

    copy_value(&type_crowd, &crowd, &copy);

    ck_assert(copy.is_open);
    ck_assert_mem_eq(copy.tables[0].cells, cells, sizeof cells);
    ck_assert_str_eq(copy.tables[0].labels[1], "");
    ck_assert_ptr_eq(copy.tables[0].title, copy.tables[0].labels[0]);
    ck_assert_ptr_null(copy.tables[0].labels[2]);
    ck_assert_ptr_eq(copy.ends[0], copy.ends[2]);
    ck_assert_int_eq(copy.ends[1]->number, 2);
    ck_assert_ptr_eq(copy.message->words[0], copy.tables[0].title);
    ck_assert_ptr_null(copy.message->words[1]);
    ck_assert_uint_eq(copy.bits.low, 5);
    ck_assert_int_eq(copy.bits.middle, 13);
    ck_assert(copy.bits.flag);
    ck_assert_uint_eq(copy.bits.high, 12345);
    ck_assert(copy.weight == crowd.weight);
    release_copy(&type_crowd, &copy);
    free(message);
}
END_TEST

START_TEST(codecs_make_copies_in_place_and_by_pointer)
{
    char text[] = "0123456789";
    static char many_bytes[1000];
    struct box boxes[3] = {{3, text}, {0, NULL}, {10, text}};
    struct box other = {sizeof many_bytes, many_bytes};
    struct owner value = {{5, text}, &other, 3, boxes}, copy;

    copy_value(&type_owner, &value, &copy);

    ck_assert_int_eq(box_count, 5);
    ck_assert_uint_eq(copy.own.size, 5);
    ck_assert_uint_eq(copy.other->size, sizeof many_bytes);
    ck_assert_mem_eq(copy.many[2].bytes, text, 10);
    release_copy(&type_owner, &copy);
    ck_assert_int_eq(box_count, 0);
}
END_TEST

/* ---- budgets ------------------------------------------------------------- */

START_TEST(what_is_over_budget_is_not_read)
{
    struct item *items = create_list(1000);
    memo_sink sink = memo_sink_growing(UINT64_MAX);
    memo_pieces pieces;
    key out;

    read_key(&out, &type_item, items, (memo_budget){1000, UINT64_MAX});
    ck_assert_int_eq(out.outcome, MEMO_GRAPH_DONE);
    read_key(&out, &type_item, items, (memo_budget){999, UINT64_MAX});
    ck_assert_int_eq(out.outcome, MEMO_GRAPH_TOO_LARGE);
    read_key(&out, &type_item, items, (memo_budget){UINT64_MAX, 4000});
    ck_assert_int_eq(out.outcome, MEMO_GRAPH_TOO_LARGE);
    memo_pieces_init(&pieces);
    ck_assert_int_eq(memo_graph_read(&sink, &pieces, &type_item, items, 1, 999),
                     MEMO_GRAPH_TOO_LARGE);

    memo_pieces_finish(&pieces);
    free(sink.bytes);
    free(items);
}
END_TEST

START_TEST(what_is_over_budget_is_not_made)
{
    struct item *items = create_list(1000), copy;
    block bytes = read_value(&type_item, items, 1);

    ck_assert_int_eq(write_value(bytes, &type_item, &copy, 1,
                                 (memo_budget){999, UINT64_MAX}),
                     MEMO_GRAPH_TOO_LARGE);
    ck_assert_int_eq(
        write_value(bytes, &type_item, &copy, 1,
                    (memo_budget){UINT64_MAX, 999 * sizeof copy - 1}),
        MEMO_GRAPH_TOO_LARGE);
    ck_assert_int_eq(piece_count, 0);
    ck_assert_int_eq(write_value(bytes, &type_item, &copy, 1,
                                 (memo_budget){1000, 999 * sizeof copy}),
                     MEMO_GRAPH_DONE);

    release_copy(&type_item, &copy);
    free(bytes.bytes);
    free(items);
}
END_TEST

START_TEST(lengths_that_cannot_be_are_told)
{
    double cell = 0;
    struct table value = {UINT32_MAX, UINT32_MAX, &cell, NULL, NULL};
    key out;

    read_key(&out, &type_table, &value, no_budget);

    ck_assert_int_eq(out.outcome, MEMO_GRAPH_TOO_LARGE);
}
END_TEST

/* Structs in structs, deeper than any compiler has to allow. */
START_TEST(a_type_that_is_nested_too_deep_has_no_key)
{
    enum { DEPTH = 70 };
    static struct memo_field fields[DEPTH];
    static struct memo_type types[DEPTH];
    struct box box = {0, NULL};
    static const struct memo_field deep_fields[] = {
        {"number", &types[DEPTH - 1], 0, 1, NULL, NULL, NULL},
        {"text", &type_text, offsetof(struct box, bytes), 1, NULL, NULL, NULL}};
    static const struct memo_type deep = {
        "deep", MEMO_KIND_DEEP_STRUCT, 2, sizeof box, deep_fields, NULL, NULL};
    key out;
    for (int i = 0; i < DEPTH; i++) {
        fields[i] = (struct memo_field){
            "f", i > 0 ? &types[i - 1] : &type_int, 0, 1, NULL, NULL, NULL};
        types[i] = (struct memo_type){
            "t", MEMO_KIND_STRUCT, 1, sizeof(int), &fields[i], NULL, NULL};
    }

    read_key(&out, &deep, &box, no_budget);

    ck_assert_int_eq(out.outcome, MEMO_GRAPH_TOO_LARGE);
}
END_TEST

/* ---- bytes that are none ------------------------------------------------- */

/* A count says more elements than there are bytes: no memory for them. */
START_TEST(memory_is_for_elements_that_have_bytes)
{
    struct table copy, value = {1, 1, (double[]){1}, NULL, NULL};
    block bytes = read_value(&type_table, &value, 1);
    uint32_t rows = 1 << 26;

    memcpy(bytes.bytes, &rows, sizeof rows);

    ck_assert_int_eq(write_value(bytes, &type_table, &copy, 1,
                                 (memo_budget){UINT64_MAX, 1 << 20}),
                     MEMO_GRAPH_MALFORMED);
    ck_assert_int_eq(piece_count, 0);
    free(bytes.bytes);
}
END_TEST

START_TEST(bytes_that_are_cut_are_refused)
{
    char a[] = "abc", *labels[] = {a, NULL, a};
    double cells[6] = {1, 2, 3, 4, 5, 6};
    struct table value = {2, 3, cells, labels, a}, copy;
    block bytes = read_value(&type_table, &value, 1);

    for (size_t size = 0; size < bytes.size; size++) {
        block cut = {malloc(size + 1), size};

        memcpy(cut.bytes, bytes.bytes, size);
        ck_assert_int_eq(write_value(cut, &type_table, &copy, 1, no_budget),
                         MEMO_GRAPH_MALFORMED);
        ck_assert_int_eq(piece_count, 0);
        free(cut.bytes);
    }
    free(bytes.bytes);
}
END_TEST

START_TEST(a_pointer_past_the_array_is_refused)
{
    struct vertex all[3] = {{0, NULL}, {1, NULL}, {2, NULL}};
    struct net net = {3, all, &all[2]}, copy;
    block bytes = read_value(&type_net, &net, 1);

    ck_assert_uint_eq(bytes.bytes[6], 2); /* the element of `last` */
    bytes.bytes[6] = 3;

    ck_assert_int_eq(write_value(bytes, &type_net, &copy, 1, no_budget),
                     MEMO_GRAPH_MALFORMED);
    ck_assert_int_eq(piece_count, 0);
    free(bytes.bytes);
}
END_TEST

/* ---- keys ---------------------------------------------------------------- */

START_TEST(the_key_of_a_text_does_not_tell_where_it_lies)
{
    char a[] = "same", b[] = "same";
    char *once[] = {a, a}, *twice[] = {a, b};
    struct table one = {0, 2, NULL, once, a}, other = {0, 2, NULL, twice, b};
    key first, second;

    read_key(&first, &type_table, &one, no_budget);
    read_key(&second, &type_table, &other, no_budget);

    ck_assert(are_equal(&first, &second));
}
END_TEST

START_TEST(the_key_tells_every_element)
{
    struct item *items = create_list(20000);
    key before, after;

    read_key(&before, &type_item, items, no_budget);
    for (size_t i = 0; i < 20000; i += 1999) {
        items[i].number ^= 1;
        read_key(&after, &type_item, items, no_budget);
        ck_assert(!are_equal(&before, &after));
        items[i].number ^= 1;
    }
    items[19999].next = items;
    read_key(&after, &type_item, items, no_budget);

    ck_assert(!are_equal(&before, &after));
    free(items);
}
END_TEST

START_TEST(an_opaque_input_needs_its_hash_only)
{
    struct box one = {3, NULL}, other = {4, NULL}, *at = &one;
    key first, again, changed;

    read_key(&first, &type_hashed, &at, no_budget);
    read_key(&again, &type_hashed, &at, no_budget);
    at = &other;
    read_key(&changed, &type_hashed, &at, no_budget);

    ck_assert_int_eq(first.outcome, MEMO_GRAPH_DONE);
    ck_assert(are_equal(&first, &again));
    ck_assert(!are_equal(&first, &changed));
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("graph");
    TCase *cases = tcase_create("graph");

    tcase_add_loop_test(cases, a_list_of_any_length_is_copied, 0, 6);
    tcase_add_test(cases, shared_pairs_of_forty_levels_are_walked_once);
    tcase_add_test(cases, a_cycle_ends_and_stays_one);
    tcase_add_test(cases,
                   pointers_into_an_array_lead_into_the_array_of_the_copy);
    tcase_add_test(cases, elements_of_the_root_lead_to_where_it_will_lie);
    tcase_add_test(cases, null_empty_and_absent_are_three_things);
    tcase_add_test(cases, structs_bits_and_arrays_of_pointers_are_copied);
    tcase_add_test(cases, codecs_make_copies_in_place_and_by_pointer);
    tcase_add_test(cases, what_is_over_budget_is_not_read);
    tcase_add_test(cases, what_is_over_budget_is_not_made);
    tcase_add_test(cases, lengths_that_cannot_be_are_told);
    tcase_add_test(cases, a_type_that_is_nested_too_deep_has_no_key);
    tcase_add_test(cases, memory_is_for_elements_that_have_bytes);
    tcase_add_test(cases, bytes_that_are_cut_are_refused);
    tcase_add_test(cases, a_pointer_past_the_array_is_refused);
    tcase_add_test(cases, the_key_of_a_text_does_not_tell_where_it_lies);
    tcase_add_test(cases, the_key_tells_every_element);
    tcase_add_test(cases, an_opaque_input_needs_its_hash_only);
    suite_add_tcase(suite, cases);
    return suite;
}
