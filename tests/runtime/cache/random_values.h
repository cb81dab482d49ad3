/* random_values.h -- types that are made up at random, and values of them.
 *
 * make_type() makes the types one after the other: each may lead to itself and
 * to those before it.  A value is made from two seeds: one of its content, and
 * one of the addresses and padding that must not count.
 */
#ifndef MEMO_TEST_RANDOM_VALUES_H
#define MEMO_TEST_RANDOM_VALUES_H

#include "cache/graph.h"

#include "../../support/random.h"
#include "deep_types.h"

#include <check.h>

enum { TYPES = 40, MOST_FIELDS = 6, MOST_PIECES = 400, COUNTS = 4 };

/* Every struct begins with this: what lengths are computed from, and a word of
 * bit-fields. */
struct head {
    uint32_t counts[COUNTS];
    uint32_t bits;
};

static memo_u64 count_0(const void *object)
{
    return ((const struct head *)object)->counts[0];
}

static memo_u64 count_1(const void *object)
{
    return ((const struct head *)object)->counts[1];
}

static memo_u64 count_2(const void *object)
{
    return (memo_u64)((const struct head *)object)->counts[0] *
           ((const struct head *)object)->counts[2];
}

static memo_u64 count_tail(const void *object)
{
    return ((const struct head *)object)->counts[3];
}

static memo_u64 (*const counters[])(const void *) = {count_0, count_1, count_2};

static memo_u64 get_low_bits(const void *object)
{
    return ((const struct head *)object)->bits & 7;
}

static void set_low_bits(void *object, memo_u64 bits)
{
    struct head *head = object;

    head->bits = (head->bits & ~7u) | (uint32_t)(bits & 7);
}

static memo_u64 get_flag(const void *object)
{
    return ((const struct head *)object)->bits >> 3 & 1;
}

static void set_flag(void *object, memo_u64 bits)
{
    struct head *head = object;

    head->bits = (head->bits & ~8u) | (uint32_t)(bits & 1) << 3;
}

/* ---- types --------------------------------------------------------------- */

static struct memo_type types[TYPES], pointers[TYPES];
static struct memo_field fields[TYPES][MOST_FIELDS + COUNTS + 2];

static const struct memo_type type_count = {
    "uint32_t", MEMO_KIND_UNSIGNED, 0, sizeof(uint32_t), NULL, NULL, NULL};
static const struct memo_type *const leaves[] = {
    &type_bool,   &type_int,     &type_double, &type_char, &type_long_double,
    &type_padded, &type_nested,  &type_mixed,  &type_text, &type_text,
    &type_texts,  &type_doubles, &type_ints,   &type_box,  &type_handle};
enum { LEAVES = sizeof leaves / sizeof *leaves };

/* How many of them are picked from; the last two are made by functions. */
static size_t leaf_count = LEAVES;

static bool has_tail(const struct memo_type *type)
{
    return memo_type_tail(type) != NULL;
}

static struct memo_field pick_field(uint64_t *state, size_t type)
{
    struct memo_field field = {.name = "field", .count = 1};
    size_t other = type > 0 ? random_below(state, type) : 0;

    switch (random_below(state, 6)) {
    case 0: /* of its own type, or of any other one */
        field.type = &pointers[random_below(state, 2) ? type : other];
        break;
    case 1:
        field.type =
            type > 0 && !has_tail(&types[other]) ? &types[other] : &type_item;
        field.count = 1 + random_below(state, 2);
        break;
    default:
        field.type = leaves[random_below(state, leaf_count)];
        field.count = random_below(state, 4) ? 1 : 3;
        break;
    }
    if (field.type->kind == MEMO_KIND_POINTER && field.count == 1 &&
        field.type < &pointers[TYPES] && random_below(state, 2))
        field.count_elements = counters[random_below(state, 3)];
    return field;
}

/* Room that a field takes, with some that belongs to nobody. */
static void place(uint64_t *state, struct memo_type *type,
                  struct memo_field *field)
{
    field->offset = (type->size + 15) / 16 * 16;
    if (!random_below(state, 3))
        field->offset += 16;
    type->size = field->offset + field->type->size * field->count;
}

static void add_counts(struct memo_type *type, struct memo_field *to)
{
    for (size_t i = 0; i < COUNTS; i++)
        to[i] = (struct memo_field){
            "count", &type_count, i * sizeof(uint32_t), 1, NULL, NULL, NULL};
    to[COUNTS] = (struct memo_field){"low",        &type_unsigned, 0,   1,
                                     get_low_bits, set_low_bits,   NULL};
    to[COUNTS + 1] =
        (struct memo_field){"flag", &type_bool, 0, 1, get_flag, set_flag, NULL};
    type->size = sizeof(struct head);
    type->field_count = COUNTS + 2;
}

static bool is_pointer_to_tail(const struct memo_field *field)
{
    return field->type->kind == MEMO_KIND_POINTER &&
           has_tail(field->type->target);
}

static void make_type(uint64_t *state, size_t index)
{
    struct memo_type *type = &types[index];
    size_t count = 1 + random_below(state, MOST_FIELDS - 1);

    *type = (struct memo_type){
        "struct", MEMO_KIND_DEEP_STRUCT, 0, 0, fields[index], NULL, NULL};
    pointers[index] = (struct memo_type){
        "struct *", MEMO_KIND_POINTER, 0, sizeof(void *), NULL, type, NULL};
    add_counts(type, fields[index]);
    while (count-- > 0) {
        struct memo_field field = pick_field(state, index);

        place(state, type, &field);
        /* There is no array of what ends in a flexible array. */
        if (is_pointer_to_tail(&field))
            field.count_elements = NULL;
        fields[index][type->field_count++] = field;
    }
    if (random_below(state, 4) == 0) {
        struct memo_field field = pick_field(state, index);

        if (field.type->kind == MEMO_KIND_POINTER)
            field.count_elements = NULL;
        field.count = 1;
        place(state, type, &field);
        type->size = field.offset;
        field.count = 0;
        field.count_elements = count_tail;
        fields[index][type->field_count++] = field;
        for (memo_u32 i = 0; i < type->field_count; i++) {
            if (fields[index][i].type == &pointers[index])
                fields[index][i].count_elements =
                    i + 1 < type->field_count ? NULL : count_tail;
        }
    }
    type->size = (type->size + 15) / 16 * 16;
}

/* ---- values -------------------------------------------------------------- */

/* All memory of one value. */
typedef struct {
    void *blocks[64 * MOST_PIECES];
    size_t block_count;
    memo_piece pieces[MOST_PIECES]; /* to be led to once more */
    size_t piece_count;
    uint64_t state; /* of the content */
    uint64_t dirt;  /* of what is no content */
    bool is_copy;   /* the pieces are as large, and lie elsewhere */
} value;

static void *dirty(value *of, size_t size)
{
    void *block = malloc(size + 16 + random_below(&of->dirt, 64));

    ck_assert_uint_lt(of->block_count, 64 * MOST_PIECES);
    of->blocks[of->block_count++] = block;
    random_fill(&of->dirt, block, size);
    return block;
}

static void free_value(value *of)
{
    for (size_t i = 0; i < of->block_count; i++)
        free(of->blocks[i]);
}

static char *make_text(value *of)
{
    size_t length = random_below(&of->state, 10);
    char *text = dirty(of, length + 1);

    if (random_below(&of->state, 50) == 0)
        length = 0;
    for (size_t i = 0; i < length; i++)
        text[i] = (char)('a' + random_below(&of->state, 26));
    text[length] = '\0';
    return text;
}

static void fill_box(value *of, struct box *box)
{
    box->size = random_below(&of->state, 300);
    box->bytes = dirty(of, box->size + 1);
    random_fill(&of->state, box->bytes, box->size);
}

static void fill(value *of, const struct memo_type *type, unsigned char *at,
                 const struct memo_field *field, const void *owner);

/* An array that is there already, or a new one whose elements come later. */
static void *lead_somewhere(value *of, const struct memo_type *target,
                            uint64_t count, uint64_t tail)
{
    size_t begin = random_below(&of->state, MOST_PIECES);
    memo_piece piece = {.type = target, .count = count, .tail = tail};

    for (size_t i = 0; i < of->piece_count && random_below(&of->state, 3);
         i++) {
        const memo_piece *known = &of->pieces[(begin + i) % of->piece_count];

        if (known->type == target && known->count >= count && count > 0 &&
            (!has_tail(target) || count == 1)) {
            uint64_t at =
                random_below(&of->state, (size_t)(known->count - count + 1));

            return known->at + at * target->size;
        }
    }
    if (of->piece_count == MOST_PIECES)
        return NULL;
    piece.at = dirty(of, memo_piece_bytes(&piece));
    of->pieces[of->piece_count++] = piece;
    return piece.at;
}

static void fill_pointer(value *of, const struct memo_type *type,
                         unsigned char *at, const struct memo_field *field,
                         const void *owner)
{
    uint64_t count = field && field->count_elements && field->count != 0
                         ? field->count_elements(owner)
                         : 1;
    uint64_t tail = has_tail(type->target) ? random_below(&of->state, 4) : 0;
    void *target = random_below(&of->state, 6)
                       ? lead_somewhere(of, type->target, count, tail)
                       : NULL;

    memcpy(at, &target, sizeof target);
}

static void fill_flat(value *of, const struct memo_type *type,
                      unsigned char *at)
{
    uint64_t numbers[SAMPLE_NUMBERS];

    for (size_t i = 0; i < SAMPLE_NUMBERS; i++)
        numbers[i] = random_next(&of->state);
    for (size_t i = 0; i < SAMPLES; i++) {
        if (samples[i].type == type) {
            samples[i].set(at, numbers);
            return;
        }
    }
    random_fill(&of->state, at, type->size);
}

static void fill_struct(value *of, const struct memo_type *type,
                        unsigned char *at, uint64_t tail)
{
    for (memo_u32 i = 0; i < type->field_count; i++) {
        const struct memo_field *field = &type->fields[i];
        uint64_t count = field->count ? field->count : tail;
        unsigned char *to = at + field->offset;

        if (field->get_bits) {
            field->set_bits(at, random_next(&of->state));
        } else if (field->type == &type_count) {
            uint32_t number = (uint32_t)random_below(&of->state, 4);

            if (has_tail(type) && i == COUNTS - 1)
                number = (uint32_t)tail;
            memcpy(to, &number, sizeof number);
        } else {
            for (uint64_t k = 0; k < count; k++, to += field->type->size)
                fill(of, field->type, to, field, at);
        }
    }
}

static void fill(value *of, const struct memo_type *type, unsigned char *at,
                 const struct memo_field *field, const void *owner)
{
    void *object;

    if (type->kind == MEMO_KIND_DEEP_STRUCT) {
        fill_struct(of, type, at, 0);
    } else if (type->kind == MEMO_KIND_POINTER) {
        fill_pointer(of, type, at, field, owner);
    } else if (type->kind == MEMO_KIND_TEXT) {
        object = random_below(&of->state, 5) ? make_text(of) : NULL;
        memcpy(at, &object, sizeof object);
    } else if (type == &type_box) {
        fill_box(of, (struct box *)(void *)at);
    } else if (type == &type_handle) {
        object = NULL;
        if (random_below(&of->state, 5)) {
            object = dirty(of, sizeof(struct box));
            fill_box(of, object);
        }
        memcpy(at, &object, sizeof object);
    } else {
        fill_flat(of, type, at);
    }
}

/* A value with all that it leads to; the same content for the same seed. */
static void make_value(value *of, const struct memo_type *type, uint64_t seed,
                       uint64_t dirt)
{
    *of = (value){.state = seed, .dirt = dirt};
    of->pieces[of->piece_count++] =
        (memo_piece){.at = dirty(of, type->size + 64 * 16),
                     .type = type,
                     .count = 1,
                     .tail = has_tail(type) ? random_below(&of->state, 4) : 0};
    if (has_tail(type)) {
        memo_piece whole = of->pieces[0];

        of->pieces[0].at = dirty(of, memo_piece_bytes(&whole));
    }
    for (size_t i = 0; i < of->piece_count; i++) {
        memo_piece piece = of->pieces[i];

        for (uint64_t k = 0; k < piece.count; k++) {
            unsigned char *at = piece.at + k * piece.type->size;

            if (piece.type->kind == MEMO_KIND_DEEP_STRUCT)
                fill_struct(of, piece.type, at, piece.tail);
            else
                fill(of, piece.type, at, NULL, NULL);
        }
    }
}

#endif
