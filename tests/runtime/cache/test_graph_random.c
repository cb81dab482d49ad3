/* Values of types that are made up at random: what comes out of the bytes is
 * what went in, and every field is in the key. */
#include "random_values.h"

#include <check.h>

Suite *memo_test_suite(void);

/* ---- what must hold ------------------------------------------------------ */

static memo_sink read_value(const struct memo_type *type, const void *at)
{
    memo_sink sink = memo_sink_growing(UINT64_MAX);
    memo_pieces pieces;

    memo_pieces_init(&pieces);
    ck_assert_int_eq(memo_graph_read(&sink, &pieces, type, at, 1, UINT64_MAX),
                     MEMO_GRAPH_DONE);
    memo_pieces_finish(&pieces);
    return sink;
}

typedef struct {
    unsigned char bytes[MEMO_SINK_LEAST];
    size_t size;
} short_key;

static short_key read_key(const struct memo_type *type, const void *at)
{
    short_key key = {{0}, 0};
    memo_sink sink = memo_sink_folding(key.bytes, sizeof key.bytes, UINT64_MAX);
    memo_pieces pieces;

    memo_pieces_init(&pieces);
    ck_assert_int_eq(
        memo_graph_read_key(&sink, &pieces, type, at, 1, UINT64_MAX),
        MEMO_GRAPH_DONE);
    memo_pieces_finish(&pieces);
    memset(key.bytes + sink.size, 0, sizeof key.bytes - sink.size);
    key.size = sink.size;
    return key;
}

static bool are_equal(const memo_sink *a, const memo_sink *b)
{
    return a->size == b->size && memcmp(a->bytes, b->bytes, a->size) == 0;
}

static long piece_count;

static void *count_allocation(size_t size)
{
    piece_count++;
    return malloc(size);
}

static void count_release(void *memory)
{
    piece_count--;
    free(memory);
}

static const memo_allocator counting = {count_allocation, count_release};

static void check_copy(const struct memo_type *type, const memo_sink *from,
                       uint64_t tail)
{
    memo_piece shape = {.type = type, .count = 1, .tail = tail};
    memo_budget left = {UINT64_MAX, UINT64_MAX};
    unsigned char *at = calloc(1, memo_piece_bytes(&shape));
    memo_root root = {at, at, type, 1, tail, NULL};
    memo_graph_outcome why;
    memo_made made;
    const unsigned char *end =
        memo_graph_write(&made, from->bytes, from->bytes + from->size, &root,
                         &counting, &left, &why);

    ck_assert_ptr_eq(end, from->bytes + from->size);
    memo_made_finish(&made);
    memo_sink again = read_value(type, at);
    ck_assert(are_equal(from, &again));
    memo_graph_release(type, at, 1, &counting);
    ck_assert_int_eq(piece_count, 0);
    ck_assert_int_eq(box_count, 0);
    free(again.bytes);
    free(at);
}

/* ---- changing one field -------------------------------------------------- */

/* A place that can be changed; the n-th one is wanted. */
typedef struct {
    uint64_t left;
    bool is_done;
    unsigned char saved[512];
    unsigned char *at;
    size_t size;
} change;

static void change_leaf(change *of, const struct memo_type *type,
                        unsigned char *at)
{
    uint64_t numbers[SAMPLE_NUMBERS] = {0};
    void *null = NULL;

    if (of->is_done || of->left-- > 0)
        return;
    of->at = at;
    of->size = type->size;
    memcpy(of->saved, at, type->size);
    of->is_done = true;
    if (type->kind >= MEMO_KIND_TEXT) {
        of->is_done = memcmp(at, &null, sizeof null) != 0 && type != &type_box;
        if (type == &type_box)
            ((struct box *)(void *)at)->size ^= 1;
        else
            memcpy(at, &null, sizeof null);
        of->is_done |= type == &type_box;
    } else if (type->kind == MEMO_KIND_STRUCT) {
        for (size_t i = 0; i < SAMPLES; i++) {
            if (samples[i].type == type)
                samples[i].set(at, numbers);
        }
    } else {
        at[0] ^= 1;
    }
}

static void change_struct(change *of, const struct memo_type *type,
                          unsigned char *at, uint64_t tail)
{
    for (memo_u32 i = 0; i < type->field_count && !of->is_done; i++) {
        const struct memo_field *field = &type->fields[i];
        uint64_t count = field->count ? field->count : tail;

        if (field->get_bits) {
            if (of->left-- == 0) {
                of->at = at;
                of->size = sizeof(struct head);
                memcpy(of->saved, at, of->size);
                field->set_bits(at, field->get_bits(at) ^ 1);
                of->is_done = true;
            }
            continue;
        }
        if (field->type == &type_count) /* it would tell another length */
            continue;
        for (uint64_t k = 0; k < count; k++) {
            unsigned char *to = at + field->offset + k * field->type->size;

            if (field->type->kind == MEMO_KIND_DEEP_STRUCT)
                change_struct(of, field->type, to, 0);
            else
                change_leaf(of, field->type, to);
        }
    }
}

static void change_piece(change *of, const memo_piece *piece)
{
    if (!piece->type) {
        if (piece->count > 0 && of->left-- == 0) {
            of->at = piece->at;
            of->size = 1;
            of->saved[0] = *piece->at;
            *piece->at = *piece->at == 'z' ? 'a' : 'z';
            of->is_done = true;
        }
        return;
    }
    for (uint64_t k = 0; k < piece->count && !of->is_done; k++) {
        unsigned char *at = piece->at + k * piece->type->size;

        if (piece->type->kind == MEMO_KIND_DEEP_STRUCT)
            change_struct(of, piece->type, at, piece->tail);
        else
            change_leaf(of, piece->type, at);
    }
}

static void check_changes(const struct memo_type *type, void *at,
                          uint64_t *state)
{
    short_key before = read_key(type, at), after;
    memo_sink sink = memo_sink_growing(UINT64_MAX);
    memo_pieces pieces;

    memo_pieces_init(&pieces);
    memo_graph_read(&sink, &pieces, type, at, 1, UINT64_MAX);
    for (int i = 0; i < 20; i++) {
        change wanted = {.left = random_below(state, 200)};

        for (size_t k = 0; k < pieces.count && !wanted.is_done; k++)
            change_piece(&wanted, &pieces.items[k]);
        if (wanted.is_done &&
            memcmp(wanted.saved, wanted.at, wanted.size) != 0) {
            after = read_key(type, at);
            ck_assert(after.size != before.size ||
                      memcmp(after.bytes, before.bytes, after.size) != 0);
        }
        if (wanted.at)
            memcpy(wanted.at, wanted.saved, wanted.size);
    }
    memo_pieces_finish(&pieces);
    free(sink.bytes);
}

static int value_count(void)
{
    const char *depth = getenv("MEMO_TEST_DEPTH");

    if (depth && strcmp(depth, "deep") == 0)
        return 1000;
    return depth && strcmp(depth, "quick") == 0 ? 3 : 20;
}

START_TEST(random_values_come_back_and_all_fields_count)
{
    uint64_t state = (uint64_t)_i;
    static value one, other;

    for (size_t i = 0; i < TYPES; i++)
        make_type(&state, i);
    for (int i = 0; i < value_count() * TYPES; i++) {
        const struct memo_type *type = &types[i % TYPES];
        uint64_t seed = random_next(&state);
        memo_sink first, second;
        short_key key, same_key;

        make_value(&one, type, seed, random_next(&state));
        make_value(&other, type, seed, random_next(&state));
        first = read_value(type, one.pieces[0].at);
        second = read_value(type, other.pieces[0].at);
        key = read_key(type, one.pieces[0].at);
        same_key = read_key(type, other.pieces[0].at);

        ck_assert(are_equal(&first, &second));
        ck_assert_uint_eq(key.size, same_key.size);
        ck_assert_mem_eq(key.bytes, same_key.bytes, key.size);
        check_copy(type, &first, one.pieces[0].tail);
        check_changes(type, other.pieces[0].at, &state);
        free(first.bytes);
        free(second.bytes);
        free_value(&one);
        free_value(&other);
    }
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("graph_random");
    TCase *cases = tcase_create("graph_random");

    tcase_add_loop_test(cases, random_values_come_back_and_all_fields_count, 1,
                        5);
    suite_add_tcase(suite, cases);
    return suite;
}
