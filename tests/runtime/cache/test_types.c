#include "cache/types.h"

#include "../../support/random.h"
#include "sample_types.h"

#include <check.h>

#include <stdlib.h>
#include <string.h>

Suite *memo_test_suite(void);

enum { ROUNDS = 200 };

/* Few enough and too many to be encoded field by field. */
static const size_t counts[] = {0, 1, 2, 4, 5, 9};
enum { COUNTS = sizeof counts / sizeof *counts };

/* Numbers that a double, and a bool, can hold. */
static void draw_numbers(uint64_t *state, uint64_t *numbers, size_t count)
{
    for (size_t i = 0; i < count * SAMPLE_NUMBERS; i++)
        numbers[i] = random_next(state) >> 12;
}

/* `count` objects whose padding holds `filler`. */
static void *create_objects(const struct sample *sample,
                            const uint64_t *numbers, size_t count,
                            unsigned char filler)
{
    size_t size = sample->type->size;
    unsigned char *objects = malloc(count * size + 1);

    ck_assert_ptr_nonnull(objects);
    memset(objects, filler, count * size);
    for (size_t i = 0; i < count; i++)
        sample->set(objects + i * size, numbers + i * SAMPLE_NUMBERS);
    return objects;
}

/* The canonical bytes, in a block of exactly their size. */
static unsigned char *create_bytes(const struct sample *sample,
                                   const void *objects, size_t count)
{
    size_t size = count * sample->bytes;
    unsigned char *bytes = malloc(size > 0 ? size : 1);

    ck_assert_ptr_nonnull(bytes);
    ck_assert_ptr_eq(memo_type_encode(bytes, sample->type, objects, count),
                     bytes + size);
    return bytes;
}

START_TEST(canonical_bytes_are_those_of_the_fields)
{
    const struct sample *sample = &samples[_i];

    ck_assert_uint_eq(memo_type_bytes(sample->type), sample->bytes);
    ck_assert_int_eq(memo_type_is_plain(sample->type), sample->is_plain);
}
END_TEST

/* One look takes nothing for plain that is not; structs of nothing but scalars
 * side by side it knows. */
START_TEST(packed_structs_are_plain)
{
    const struct memo_type *type = samples[_i].type;
    bool is_side_by_side = type->kind == MEMO_KIND_STRUCT;

    for (memo_u32 i = 0; i < type->field_count; i++)
        is_side_by_side =
            is_side_by_side && type->fields[i].type->kind != MEMO_KIND_STRUCT;

    ck_assert_int_eq(memo_type_is_packed(type),
                     samples[_i].is_plain && is_side_by_side);
}
END_TEST

START_TEST(fields_follow_each_other_in_declaration_order)
{
    struct padded padded;
    unsigned char bytes[11], expected[11];

    memset(&padded, 0xEE, sizeof padded);
    padded.letter = 'a';
    padded.number = 2.5;
    padded.tail = -3;
    expected[0] = 'a';
    memcpy(expected + 1, &(double){2.5}, 8);
    memcpy(expected + 9, &(short){-3}, 2);

    memo_type_encode(bytes, &type_padded, &padded, 1);

    ck_assert_mem_eq(bytes, expected, sizeof expected);
}
END_TEST

START_TEST(what_was_encoded_decodes_to_the_same)
{
    const struct sample *sample = &samples[_i];
    uint64_t numbers[9 * SAMPLE_NUMBERS];
    uint64_t state = 1;

    for (int round = 0; round < ROUNDS; round++) {
        size_t count = counts[round % COUNTS];
        size_t size = count * sample->bytes;
        draw_numbers(&state, numbers, 9);
        void *objects = create_objects(sample, numbers, count, 0x5A);
        unsigned char *bytes = create_bytes(sample, objects, count);
        void *copies = malloc(count * sample->type->size + 1);

        ck_assert_ptr_eq(memo_type_decode(bytes, sample->type, copies, count),
                         bytes + size);

        unsigned char *again = create_bytes(sample, copies, count);
        ck_assert(memcmp(again, bytes, size) == 0);
        free(again);
        free(copies);
        free(bytes);
        free(objects);
    }
}
END_TEST

START_TEST(padding_never_counts)
{
    const struct sample *sample = &samples[_i];
    uint64_t numbers[9 * SAMPLE_NUMBERS];
    uint64_t state = 2;

    for (int round = 0; round < ROUNDS; round++) {
        size_t count = counts[round % COUNTS];
        draw_numbers(&state, numbers, 9);
        void *zero = create_objects(sample, numbers, count, 0x00);
        void *full = create_objects(sample, numbers, count, 0xFF);

        unsigned char *a = create_bytes(sample, zero, count);
        unsigned char *b = create_bytes(sample, full, count);

        ck_assert(memcmp(a, b, count * sample->bytes) == 0);
        free(b);
        free(a);
        free(full);
        free(zero);
    }
}
END_TEST

START_TEST(every_field_counts)
{
    const struct sample *sample = &samples[_i];
    uint64_t numbers[9 * SAMPLE_NUMBERS];
    uint64_t state = 3;

    for (int round = 0; round < ROUNDS; round++) {
        size_t count = counts[1 + round % (COUNTS - 1)];
        size_t object = random_below(&state, count);
        draw_numbers(&state, numbers, 9);
        void *objects = create_objects(sample, numbers, count, 0);
        unsigned char *bytes = create_bytes(sample, objects, count);

        for (size_t i = 0; i < sample->numbers; i++) {
            numbers[object * SAMPLE_NUMBERS + i] ^= 1;
            void *others = create_objects(sample, numbers, count, 0);
            unsigned char *changed = create_bytes(sample, others, count);
            ck_assert(memcmp(bytes, changed, count * sample->bytes) != 0);
            free(changed);
            free(others);
            numbers[object * SAMPLE_NUMBERS + i] ^= 1;
        }
        free(bytes);
        free(objects);
    }
}
END_TEST

START_TEST(decoding_zeroes_the_padding)
{
    const struct sample *sample = &samples[_i];
    size_t size = 3 * sample->type->size;
    uint64_t numbers[3 * SAMPLE_NUMBERS];
    uint64_t state = 4;
    draw_numbers(&state, numbers, 3);
    void *objects = create_objects(sample, numbers, 3, 0x77);
    unsigned char *bytes = create_bytes(sample, objects, 3);
    void *zero = calloc(1, size);
    void *full = malloc(size);
    memset(full, 0xFF, size);

    for (size_t count = 1; count <= 3; count += 2) {
        memo_type_decode(bytes, sample->type, zero, count);
        memo_type_decode(bytes, sample->type, full, count);
        ck_assert(memcmp(zero, full, count * sample->type->size) == 0);
    }

    free(full);
    free(zero);
    free(bytes);
    free(objects);
}
END_TEST

START_TEST(pieces_of_any_size_add_up_to_the_whole)
{
    const struct sample *sample = &samples[_i];
    size_t size = 9 * sample->bytes;
    uint64_t numbers[9 * SAMPLE_NUMBERS];
    uint64_t state = 5;
    draw_numbers(&state, numbers, 9);
    void *objects = create_objects(sample, numbers, 9, 0x33);
    unsigned char *bytes = create_bytes(sample, objects, 9);
    unsigned char *joined = malloc(size);

    for (size_t room = 32; room < 200; room += 7) {
        struct memo_type_reader reader;
        size_t filled = 0;

        memo_type_read_begin(&reader, sample->type, objects, 9);
        while (!reader.is_done) {
            size_t left = size - filled;

            filled += memo_type_read(&reader, joined + filled,
                                     left < room ? left : room);
        }
        ck_assert_uint_eq(filled, size);
        ck_assert_mem_eq(joined, bytes, size);
    }

    free(joined);
    free(bytes);
    free(objects);
}
END_TEST

START_TEST(a_boolean_is_one_or_zero_after_decoding)
{
    static const unsigned char bytes[] = {0, 1, 2, 0xFF};
    unsigned char flags[4];
    struct flags pairs[2];

    memo_type_decode(bytes, &type_bool, flags, 4);
    memo_type_decode(bytes, &type_flags, pairs, 2);

    ck_assert_mem_eq(flags, "\0\1\1\1", 4);
    ck_assert_mem_eq(pairs, "\0\1\1\1", 4);
}
END_TEST

START_TEST(signed_bit_fields_keep_their_sign)
{
    struct bits bits, copy;
    unsigned char bytes[33];
    memset(&bits, 0, sizeof bits);
    bits.middle = -7;
    bits.high = 0xFFFFF;

    memo_type_encode(bytes, &type_bits, &bits, 1);
    memo_type_decode(bytes, &type_bits, &copy, 1);

    ck_assert_int_eq(copy.middle, -7);
    ck_assert_uint_eq(copy.high, 0xFFFFF);
}
END_TEST

/* ---- types that compilers take and nobody writes ------------------------- */

enum { DEEPEST = 2 * MEMO_TYPE_DEPTH };

struct chain {
    struct memo_type types[DEEPEST];
    struct memo_field fields[DEEPEST];
};

/* An int in `depth` structs, one in the other. */
static void nest(struct chain *chain, size_t depth)
{
    for (size_t i = 0; i < depth; i++) {
        chain->fields[i] = (struct memo_field){
            "inner", i > 0 ? &chain->types[i - 1] : &type_int, 0, 1, NULL, NULL,
            NULL};
        chain->types[i] = (struct memo_type){"struct chain",
                                             MEMO_KIND_STRUCT,
                                             1,
                                             sizeof(int),
                                             &chain->fields[i],
                                             NULL,
                                             NULL};
    }
}

START_TEST(structs_may_be_nested_as_deep_as_the_standard_asks)
{
    struct chain chain;
    int number = 42, copy = 0;
    unsigned char bytes[sizeof number];
    nest(&chain, MEMO_TYPE_DEPTH);
    const struct memo_type *type = &chain.types[MEMO_TYPE_DEPTH - 1];

    ck_assert_uint_eq(memo_type_bytes(type), sizeof number);
    memo_type_encode(bytes, type, &number, 1);
    memo_type_decode(bytes, type, &copy, 1);

    ck_assert_int_eq(copy, 42);
}
END_TEST

START_TEST(deeper_ones_cannot_be_measured)
{
    struct chain chain;
    nest(&chain, DEEPEST);

    ck_assert_uint_eq(memo_type_bytes(&chain.types[DEEPEST - 1]), SIZE_MAX);
    ck_assert_uint_eq(memo_type_bytes(&chain.types[MEMO_TYPE_DEPTH]), SIZE_MAX);
    ck_assert(!memo_type_is_plain(&chain.types[DEEPEST - 1]));
}
END_TEST

START_TEST(a_size_that_overflows_cannot_be_measured)
{
    struct memo_field field = {"rows", &type_bits, 0,   SIZE_MAX / 8,
                               NULL,   NULL,       NULL};
    struct memo_type type = {
        "struct huge", MEMO_KIND_STRUCT, 1, 8, &field, NULL, NULL};

    ck_assert_uint_eq(memo_type_bytes(&type), SIZE_MAX);
}
END_TEST

START_TEST(a_struct_without_fields_has_no_bytes)
{
    static const struct memo_type empty = {
        "struct empty", MEMO_KIND_STRUCT, 0, 0, NULL, NULL, NULL};
    static const struct memo_type unnamed = {
        "struct unnamed", MEMO_KIND_STRUCT, 0, 4, NULL, NULL, NULL};
    unsigned char object[4] = {1, 2, 3, 4};

    ck_assert_uint_eq(memo_type_bytes(&empty), 0);
    ck_assert_uint_eq(memo_type_bytes(&unnamed), 0);
    ck_assert_ptr_eq(memo_type_encode(object, &unnamed, object, 1), object);
    memo_type_decode(object, &unnamed, object, 1);

    ck_assert_mem_eq(object, "\0\0\0\0", 4);
}
END_TEST

START_TEST(a_field_of_no_elements_has_no_bytes)
{
    struct memo_field fields[] = {
        {"count", &type_int, 0, 1, NULL, NULL, NULL},
        {"flexible", &type_double, 8, 0, NULL, NULL, NULL},
        {"structs", &type_padded, 8, 0, NULL, NULL, NULL},
    };
    struct memo_type type = {
        "struct open", MEMO_KIND_STRUCT, 3, 8, fields, NULL, NULL};
    int object[2] = {7, 8};
    unsigned char bytes[4];

    ck_assert_uint_eq(memo_type_bytes(&type), 4);
    ck_assert_ptr_eq(memo_type_encode(bytes, &type, object, 1), bytes + 4);

    ck_assert_mem_eq(bytes, object, 4);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("types");
    TCase *all = tcase_create("every type");
    TCase *odd = tcase_create("odd types");

    tcase_add_loop_test(all, canonical_bytes_are_those_of_the_fields, 0,
                        SAMPLES);
    tcase_add_loop_test(all, packed_structs_are_plain, 0, SAMPLES);
    tcase_add_loop_test(all, what_was_encoded_decodes_to_the_same, 0, SAMPLES);
    tcase_add_loop_test(all, padding_never_counts, 0, SAMPLES);
    tcase_add_loop_test(all, every_field_counts, 0, SAMPLES);
    tcase_add_loop_test(all, decoding_zeroes_the_padding, 0, SAMPLES);
    tcase_add_loop_test(all, pieces_of_any_size_add_up_to_the_whole, 0,
                        SAMPLES);
    suite_add_tcase(suite, all);

    tcase_add_test(odd, fields_follow_each_other_in_declaration_order);
    tcase_add_test(odd, a_boolean_is_one_or_zero_after_decoding);
    tcase_add_test(odd, signed_bit_fields_keep_their_sign);
    tcase_add_test(odd, structs_may_be_nested_as_deep_as_the_standard_asks);
    tcase_add_test(odd, deeper_ones_cannot_be_measured);
    tcase_add_test(odd, a_size_that_overflows_cannot_be_measured);
    tcase_add_test(odd, a_struct_without_fields_has_no_bytes);
    tcase_add_test(odd, a_field_of_no_elements_has_no_bytes);
    suite_add_tcase(suite, odd);
    return suite;
}
