/* Values of types that are made up at random, changed at random: a hit leads
 * from an equal value to an equal value, and moves no piece. */
#include "random_values.h"

#include "cache/value.h"

#include <check.h>

Suite *memo_test_suite(void);

enum { VALUES_PER_TYPE = 30, MOST_CHANGES = 6 };

static const memo_budget no_budget = {UINT64_MAX, UINT64_MAX};
static const memo_budget damage_budget = {1000, 1 << 20};

/* ---- changing a value ---------------------------------------------------- */

/* Memory of pieces that the body makes, which are not in its value. */
static void *make_zero(value *of, size_t size)
{
    void *block = dirty(of, size > 0 ? size : 1);

    memset(block, 0, size);
    return block;
}

/* The pointer of one object leads to a new one, which leads nowhere. */
static void hang_on(value *of, const struct memo_type *target,
                    unsigned char *slot)
{
    void *piece = NULL;

    memcpy(&piece, slot, sizeof piece);
    if (piece || target->kind != MEMO_KIND_DEEP_STRUCT)
        return;
    piece = make_zero(of, target->size);
    memcpy(slot, &piece, sizeof piece);
}

/* Two pointers of one kind in a struct change places. */
static void swap(const struct memo_type *type, unsigned char *at,
                 const struct memo_field *field)
{
    unsigned char saved[sizeof(void *)];

    for (memo_u32 i = 0; i < type->field_count; i++) {
        const struct memo_field *other = &type->fields[i];

        if (other == field || other->type != field->type ||
            other->count_elements != field->count_elements || other->count == 0)
            continue;
        memcpy(saved, at + field->offset, sizeof saved);
        memcpy(at + field->offset, at + other->offset, sizeof saved);
        memcpy(at + other->offset, saved, sizeof saved);
        return;
    }
}

static void change_field(value *of, const struct memo_type *type,
                         unsigned char *at, const struct memo_field *field)
{
    unsigned char *to = at + field->offset;

    if (field->type == &type_count || field->count == 0)
        return;
    if (field->get_bits)
        field->set_bits(at, random_next(&of->state));
    else if (field->type->kind == MEMO_KIND_TEXT && random_below(&of->state, 2))
        swap(type, at, field);
    else if (field->type->kind == MEMO_KIND_TEXT) {
        char *text;

        memcpy(&text, to, sizeof text);
        if (text && *text)
            text[random_below(&of->state, strlen(text))] ^= 1;
    } else if (field->type->kind == MEMO_KIND_POINTER) {
        if (random_below(&of->state, 2))
            swap(type, at, field);
        else if (!field->count_elements)
            hang_on(of, field->type->target, to);
    } else if (!memo_type_is_deep(field->type)) {
        fill_flat(of, field->type, to);
    }
}

static void change(value *of)
{
    memo_piece piece = of->pieces[random_below(&of->state, of->piece_count)];
    const struct memo_type *type = piece.type;
    unsigned char *at;

    if (piece.count == 0)
        return;
    at = piece.at + random_below(&of->state, piece.count) * type->size;
    if (type->kind == MEMO_KIND_DEEP_STRUCT)
        change_field(
            of, type, at,
            &type->fields[random_below(&of->state, type->field_count)]);
    else if (!memo_type_is_deep(type))
        fill_flat(of, type, at);
}

/* ---- what must hold ------------------------------------------------------ */

static memo_sink read_value(const struct memo_type *type, const void *at,
                            memo_pieces *pieces)
{
    memo_sink sink = memo_sink_growing(UINT64_MAX);

    memo_pieces_init(pieces);
    ck_assert_int_eq(memo_graph_read(&sink, pieces, type, at, 1, UINT64_MAX),
                     MEMO_GRAPH_DONE);
    return sink;
}

static size_t count_at(const memo_pieces *pieces, const void *at)
{
    size_t count = 0;

    for (size_t i = 0; i < pieces->count; i++)
        count += pieces->items[i].at == at;
    return count;
}

static void check_pieces(const memo_pieces *were, const memo_pieces *are)
{
    for (size_t i = 0; i < were->count; i++)
        ck_assert_uint_eq(count_at(are, were->items[i].at), 1);
}

static void free_new(const memo_pieces *were, const memo_pieces *are)
{
    for (size_t i = 0; i < are->count; i++) {
        if (count_at(were, are->items[i].at) == 0)
            free(are->items[i].at);
    }
}

static void check_hit(const memo_sink *kept,
                      const struct memo_function *function,
                      const struct memo_type *type, value *from, value *to)
{
    struct memo_argument argument = {to->pieces[0].at, 1};
    memo_pieces were, are, wanted;
    memo_sink before = read_value(type, argument.data, &were), now, expected;

    ck_assert_int_eq(memo_value_decode(kept->bytes, kept->size, function,
                                       &argument, NULL, no_budget),
                     MEMO_VALUE_DECODED);
    now = read_value(type, argument.data, &are);
    expected = read_value(type, from->pieces[0].at, &wanted);
    ck_assert_uint_eq(now.size, expected.size);
    ck_assert_mem_eq(now.bytes, expected.bytes, now.size);
    check_pieces(&were, &are);
    free_new(&were, &are);
    memo_pieces_finish(&were);
    memo_pieces_finish(&are);
    memo_pieces_finish(&wanted);
    free(before.bytes);
    free(now.bytes);
    free(expected.bytes);
}

/* Bytes that are damaged make no value, or some value; nothing is left behind.
 */
static void check_damage(memo_sink *kept, const struct memo_function *function,
                         const struct memo_type *type, value *to,
                         uint64_t *state)
{
    struct memo_argument argument = {to->pieces[0].at, 1};
    memo_pieces were, are;
    memo_sink before = read_value(type, argument.data, &were), now;
    memo_value_outcome outcome;

    for (size_t i = 0; i <= random_below(state, 3); i++)
        kept->bytes[random_below(state, kept->size)] =
            (unsigned char)random_below(state,
                                        random_below(state, 2) ? 8 : 256);
    outcome = memo_value_decode(kept->bytes, kept->size, function, &argument,
                                NULL, damage_budget);
    now = read_value(type, argument.data, &are);
    if (outcome == MEMO_VALUE_DECODED) {
        free_new(&were, &are);
    } else {
        ck_assert_uint_eq(now.size, before.size);
        ck_assert_mem_eq(now.bytes, before.bytes, now.size);
    }
    memo_pieces_finish(&were);
    memo_pieces_finish(&are);
    free(before.bytes);
    free(now.bytes);
}

/* Returns whether the change could be kept. */
static bool check_value(const struct memo_type *type, uint64_t *state)
{
    static value from, to, again;
    const struct memo_parameter parameter = {"at", type, MEMO_BY_ELEMENTS,
                                             MEMO_IN_OUT};
    const struct memo_function function = {.flags = MEMO_VALUE_IS_DEEP,
                                           .parameter_count = 1,
                                           .parameters = &parameter};
    uint64_t seed = random_next(state);
    size_t changes = random_below(state, MOST_CHANGES);
    memo_sink kept = memo_sink_growing(UINT64_MAX);
    struct memo_argument argument;
    memo_value_appending outcome;
    memo_before *before;

    make_value(&from, type, seed, random_next(state));
    make_value(&to, type, seed, random_next(state));
    argument = (struct memo_argument){from.pieces[0].at, 1};
    before = memo_before_take(&function, &argument, UINT64_MAX);
    ck_assert_ptr_nonnull(before);
    ck_assert(memo_in_place_is_apart(&function, &argument, UINT64_MAX));
    while (changes-- > 0)
        change(&from);
    outcome = memo_value_append(
        &kept, &(memo_computed){&function, &argument, NULL, 0, before},
        no_budget);
    if (outcome == MEMO_VALUE_APPENDED) {
        check_hit(&kept, &function, type, &from, &to);
        make_value(&again, type, seed, random_next(state));
        check_damage(&kept, &function, type, &again, state);
        free_value(&again);
    }
    memo_before_destroy(before);
    free(kept.bytes);
    free_value(&from);
    free_value(&to);
    return outcome == MEMO_VALUE_APPENDED;
}

START_TEST(a_hit_makes_the_same_change)
{
    uint64_t state = (uint64_t)_i + 700;
    size_t kept = 0;

    leaf_count = LEAVES - 2;
    for (size_t i = 0; i < TYPES; i++)
        make_type(&state, i);
    for (size_t i = 0; i < TYPES; i++) {
        for (int k = 0; k < VALUES_PER_TYPE; k++)
            kept += check_value(&types[i], &state);
    }
    ck_assert_uint_gt(kept, TYPES * VALUES_PER_TYPE / 2);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("cache.in_place_random");
    TCase *values = tcase_create("values");

    tcase_set_timeout(values, 120);
    tcase_add_loop_test(values, a_hit_makes_the_same_change, 0, 4);
    suite_add_tcase(suite, values);
    return suite;
}
