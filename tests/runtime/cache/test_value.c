#include "cache/value.h"

#include "../../support/random.h"
#include "sample_types.h"

#include <check.h>

#include <stdlib.h>
#include <string.h>

Suite *memo_test_suite(void);

static const memo_budget no_budget = {UINT64_MAX, UINT64_MAX};

#define OUT(type)                                                              \
    {                                                                          \
        "out", &type, MEMO_BY_ELEMENTS, MEMO_OUT                               \
    }
#define IN_OUT(type)                                                           \
    {                                                                          \
        "inout", &type, MEMO_BY_ELEMENTS, MEMO_IN_OUT                          \
    }
#define IN(type)                                                               \
    {                                                                          \
        "in", &type, MEMO_BY_ELEMENTS, MEMO_IN                                 \
    }

static const struct memo_parameter no_parameters[] = {IN(type_int)};
static const struct memo_parameter outputs[] = {
    IN(type_int), OUT(type_padded), IN_OUT(type_double), OUT(type_bits)};

#define FUNCTION(kind, type, list, count)                                      \
    {                                                                          \
        .name = "sample", .parameter_count = count, .parameters = list,        \
        .result_kind = MEMO_RESULT_##kind, .result_type = type                 \
    }

static const struct memo_function returns_nothing =
    FUNCTION(NONE, NULL, outputs, 4);
static const struct memo_function returns_int =
    FUNCTION(VALUE, &type_int, no_parameters, 0);
static const struct memo_function returns_padded =
    FUNCTION(VALUE, &type_padded, no_parameters, 0);
static const struct memo_function returns_text =
    FUNCTION(TEXT, NULL, no_parameters, 0);
static const struct memo_function returns_array =
    FUNCTION(ELEMENTS, &type_padded, no_parameters, 0);
static const struct memo_function returns_all =
    FUNCTION(ELEMENTS, &type_int, outputs, 4);
static const struct memo_function returns_text_and_outputs =
    FUNCTION(TEXT, NULL, outputs, 4);

/* Bytes in a block of exactly their size, so that a sanitizer sees the end. */
struct block {
    unsigned char *bytes;
    size_t size;
};

static struct block create_block(const struct memo_function *function,
                                 const struct memo_argument *arguments,
                                 const void *result, memo_u64 count)
{
    struct block block;

    ck_assert(memo_value_size(&block.size, function, arguments, result, count));
    block.bytes = malloc(block.size > 0 ? block.size : 1);
    ck_assert_ptr_nonnull(block.bytes);
    memo_value_encode(block.bytes, function, arguments, result, count);
    return block;
}

static memo_value_outcome decode(struct block block,
                                 const struct memo_function *function,
                                 const struct memo_argument *arguments,
                                 void *result)
{
    return memo_value_decode(block.bytes, block.size, function, arguments,
                             result, no_budget);
}

/* ---- results ------------------------------------------------------------- */

START_TEST(a_scalar_result_takes_its_own_bytes)
{
    int result = -5, copy = 0;
    struct block block = create_block(&returns_int, NULL, &result, 0);

    ck_assert_uint_eq(block.size, sizeof result);
    ck_assert_int_eq(decode(block, &returns_int, NULL, &copy),
                     MEMO_VALUE_DECODED);

    ck_assert_int_eq(copy, -5);
    free(block.bytes);
}
END_TEST

START_TEST(a_struct_result_comes_back_field_by_field)
{
    struct padded result = {'x', 1.5, -9}, copy;
    struct block block = create_block(&returns_padded, NULL, &result, 0);

    ck_assert_uint_eq(block.size, 11);
    ck_assert_int_eq(decode(block, &returns_padded, NULL, &copy),
                     MEMO_VALUE_DECODED);

    ck_assert_int_eq(copy.letter, 'x');
    ck_assert_double_eq(copy.number, 1.5);
    ck_assert_int_eq(copy.tail, -9);
    free(block.bytes);
}
END_TEST

START_TEST(every_hit_gets_a_text_of_its_own)
{
    static const size_t lengths[] = {0, 1, 254, 255, 256, 70000};
    size_t length = lengths[_i];
    char *result = malloc(length + 1), *first, *second;
    memset(result, 'a', length);
    result[length] = '\0';
    struct block block = create_block(&returns_text, NULL, &result, 0);

    ck_assert_int_eq(decode(block, &returns_text, NULL, &first),
                     MEMO_VALUE_DECODED);
    ck_assert_int_eq(decode(block, &returns_text, NULL, &second),
                     MEMO_VALUE_DECODED);

    ck_assert_str_eq(first, result);
    ck_assert_str_eq(second, result);
    ck_assert_ptr_ne(first, second);
    free(second);
    free(first);
    free(block.bytes);
    free(result);
}
END_TEST

START_TEST(a_null_result_stays_null)
{
    char *text = NULL, *copy = (char *)&text;
    struct block block = create_block(&returns_text, NULL, &text, 0);
    struct block array = create_block(&returns_array, NULL, &text, 3);

    ck_assert_uint_eq(block.size, 1);
    ck_assert_int_eq(decode(block, &returns_text, NULL, &copy),
                     MEMO_VALUE_DECODED);
    ck_assert_ptr_null(copy);
    copy = (char *)&text;
    ck_assert_int_eq(decode(array, &returns_array, NULL, &copy),
                     MEMO_VALUE_DECODED);
    ck_assert_ptr_null(copy);

    free(array.bytes);
    free(block.bytes);
}
END_TEST

START_TEST(an_array_result_is_copied_whole)
{
    struct padded items[300], *result = items, *copy = NULL;
    memset(items, 0xEE, sizeof items);
    for (int i = 0; i < 300; i++)
        items[i] = (struct padded){(char)i, i / 2.0, (short)-i};
    struct block block = create_block(&returns_array, NULL, &result, 300);

    ck_assert_int_eq(decode(block, &returns_array, NULL, &copy),
                     MEMO_VALUE_DECODED);

    for (int i = 0; i < 300; i++) {
        ck_assert_int_eq(copy[i].letter, items[i].letter);
        ck_assert_double_eq(copy[i].number, items[i].number);
        ck_assert_int_eq(copy[i].tail, items[i].tail);
    }
    free(copy);
    free(block.bytes);
}
END_TEST

START_TEST(an_array_of_none_is_not_null)
{
    struct padded item, *result = &item, *copy = NULL;
    struct block block = create_block(&returns_array, NULL, &result, 0);

    ck_assert_int_eq(decode(block, &returns_array, NULL, &copy),
                     MEMO_VALUE_DECODED);

    ck_assert_ptr_nonnull(copy);
    free(copy);
    free(block.bytes);
}
END_TEST

START_TEST(lengths_that_overflow_are_told)
{
    static const memo_u64 lengths[] = {MEMO_TOO_MANY, MEMO_COUNT_LATER,
                                       UINT64_MAX / 24, UINT64_MAX / 24 + 1,
                                       INT64_MAX / 11};
    struct padded item, *result = &item;
    struct memo_argument arguments[4] = {
        {NULL, 0}, {&item, lengths[_i]}, {NULL, 0}, {NULL, 0}};
    size_t size;

    ck_assert(
        !memo_value_size(&size, &returns_array, NULL, &result, lengths[_i]));
    ck_assert(!memo_value_size(&size, &returns_nothing, arguments, NULL, 0));
}
END_TEST

/* ---- outputs ------------------------------------------------------------- */

/* What a call with all kinds of outputs reads and writes. */
struct memory {
    int numbers[2];
    struct padded padded[3];
    double doubles[5];
    struct bits bits[2];
};

static void point_at(struct memo_argument *arguments, struct memory *memory)
{
    arguments[0] = (struct memo_argument){memory->numbers, 2};
    arguments[1] = (struct memo_argument){memory->padded, 3};
    arguments[2] = (struct memo_argument){memory->doubles, 5};
    arguments[3] = (struct memo_argument){memory->bits, 2};
}

static void draw_memory(uint64_t *state, struct memory *memory)
{
    memset(memory, 0x11, sizeof *memory);
    for (size_t i = 0; i < 5; i++)
        memory->doubles[i] = (double)random_next(state);
    for (size_t i = 0; i < 3; i++)
        memory->padded[i] = (struct padded){(char)random_next(state), 0.5,
                                            (short)random_next(state)};
    for (size_t i = 0; i < 2; i++)
        set_bits(&memory->bits[i],
                 (const uint64_t[]){i, 9, 1, random_next(state), 3});
}

START_TEST(outputs_are_written_back_and_inputs_left_alone)
{
    struct memory before, after;
    struct memo_argument arguments[4];
    uint64_t state = 6;
    draw_memory(&state, &before);
    point_at(arguments, &before);
    struct block block = create_block(&returns_nothing, arguments, NULL, 0);
    memset(&after, 0x44, sizeof after);
    point_at(arguments, &after);

    ck_assert_int_eq(decode(block, &returns_nothing, arguments, NULL),
                     MEMO_VALUE_DECODED);

    struct block again = create_block(&returns_nothing, arguments, NULL, 0);
    ck_assert_uint_eq(again.size, block.size);
    ck_assert_mem_eq(again.bytes, block.bytes, block.size);
    ck_assert_int_eq(after.numbers[0], 0x44444444);
    free(again.bytes);
    free(block.bytes);
}
END_TEST

START_TEST(an_output_that_is_null_takes_one_byte)
{
    struct memo_argument arguments[4] = {
        {NULL, 0}, {NULL, 3}, {NULL, 0}, {NULL, 9}};
    struct block block = create_block(&returns_nothing, arguments, NULL, 0);

    ck_assert_uint_eq(block.size, 3);
    ck_assert_int_eq(decode(block, &returns_nothing, arguments, NULL),
                     MEMO_VALUE_DECODED);
    free(block.bytes);
}
END_TEST

START_TEST(a_count_that_names_the_result_is_taken_from_the_bytes)
{
    struct memory before, after;
    struct memo_argument arguments[4];
    uint64_t state = 7;
    draw_memory(&state, &before);
    point_at(arguments, &before);
    arguments[1].count = 2;
    struct block block = create_block(&returns_nothing, arguments, NULL, 0);
    memset(&after, 0x44, sizeof after);
    point_at(arguments, &after);
    arguments[1].count = MEMO_COUNT_LATER;

    ck_assert_int_eq(decode(block, &returns_nothing, arguments, NULL),
                     MEMO_VALUE_DECODED);

    ck_assert_int_eq(after.padded[1].tail, before.padded[1].tail);
    ck_assert_int_eq(after.padded[2].tail, 0x4444);
    free(block.bytes);
}
END_TEST

/* ---- bytes that are not what was encoded --------------------------------- */

/* Decoding must fail and write nothing. */
static void check_refused(struct block block,
                          const struct memo_function *function,
                          struct memo_argument *arguments,
                          memo_value_outcome expected)
{
    struct memory *memory = arguments[0].data;
    struct memory before = *memory;
    void *result = memory;

    ck_assert_int_eq(decode(block, function, arguments, &result), expected);

    ck_assert_ptr_eq(result, memory);
    ck_assert_mem_eq(memory, &before, sizeof before);
}

START_TEST(a_cut_value_is_refused)
{
    struct memory memory;
    struct memo_argument arguments[4];
    int items[] = {1, 2, 3}, *result = items;
    uint64_t state = 8;
    draw_memory(&state, &memory);
    point_at(arguments, &memory);
    struct block block = create_block(&returns_all, arguments, &result, 3);

    for (size_t size = 0; size < block.size; size++) {
        struct block cut = {malloc(size > 0 ? size : 1), size};

        memcpy(cut.bytes, block.bytes, size);
        check_refused(cut, &returns_all, arguments, MEMO_VALUE_MALFORMED);
        free(cut.bytes);
    }
    free(block.bytes);
}
END_TEST

START_TEST(bytes_behind_the_value_are_refused)
{
    struct memory memory;
    struct memo_argument arguments[4];
    int items[] = {1, 2, 3}, *result = items;
    uint64_t state = 9;
    draw_memory(&state, &memory);
    point_at(arguments, &memory);
    struct block block = create_block(&returns_all, arguments, &result, 3);
    block.bytes = realloc(block.bytes, block.size + 1);
    block.bytes[block.size++] = 0;

    check_refused(block, &returns_all, arguments, MEMO_VALUE_MALFORMED);

    free(block.bytes);
}
END_TEST

static const struct {
    const char *what;
    size_t output; /* which argument is unlike the one that was stored */
    bool is_null;
    memo_u64 count;
} unlike[] = {
    {"more elements than fit", 1, false, 2},
    {"fewer elements than there are", 1, false, 4},
    {"no room at all", 2, true, 5},
    {"room for none", 3, false, 0},
};

START_TEST(an_output_of_another_size_is_refused)
{
    struct memory memory;
    struct memo_argument arguments[4];
    uint64_t state = 10;
    draw_memory(&state, &memory);
    point_at(arguments, &memory);
    struct block block = create_block(&returns_nothing, arguments, NULL, 0);
    arguments[unlike[_i].output].count = unlike[_i].count;
    if (unlike[_i].is_null)
        arguments[unlike[_i].output].data = NULL;

    check_refused(block, &returns_nothing, arguments, MEMO_VALUE_MALFORMED);

    free(block.bytes);
}
END_TEST

START_TEST(an_output_that_was_null_needs_a_null_argument)
{
    struct memory memory;
    struct memo_argument arguments[4];
    uint64_t state = 11;
    draw_memory(&state, &memory);
    point_at(arguments, &memory);
    arguments[2].data = NULL;
    struct block block = create_block(&returns_nothing, arguments, NULL, 0);
    arguments[2].data = memory.doubles;

    check_refused(block, &returns_nothing, arguments, MEMO_VALUE_MALFORMED);

    free(block.bytes);
}
END_TEST

START_TEST(an_output_over_an_input_is_refused)
{
    struct memory memory;
    struct memo_argument arguments[4];
    uint64_t state = 12;
    draw_memory(&state, &memory);
    point_at(arguments, &memory);
    struct block block = create_block(&returns_nothing, arguments, NULL, 0);
    arguments[1].data = &memory;
    arguments[1].count = _i == 0 ? 3 : MEMO_COUNT_LATER;

    check_refused(block, &returns_nothing, arguments, MEMO_VALUE_ALIASED);

    free(block.bytes);
}
END_TEST

START_TEST(a_length_in_its_long_form_without_need_is_refused)
{
    static unsigned char bytes[] = {1, 255, 2, 0, 0, 0, 0, 0, 0, 0, 'h', 'i'};
    struct block block = {bytes, sizeof bytes};
    char *result = NULL;

    ck_assert_int_eq(decode(block, &returns_text, NULL, &result),
                     MEMO_VALUE_MALFORMED);
    ck_assert_ptr_null(result);
}
END_TEST

START_TEST(a_count_of_elements_without_bytes_writes_nothing)
{
    static const struct memo_type unnamed = {
        "struct unnamed", MEMO_KIND_STRUCT, 0, 4, NULL, NULL, NULL};
    static const struct memo_parameter parameter[] = {OUT(unnamed)};
    static const struct memo_function function =
        FUNCTION(NONE, NULL, parameter, 1);
    static unsigned char bytes[] = {1, 200};
    struct block block = {bytes, sizeof bytes};
    unsigned char room[4] = {1, 2, 3, 4};
    struct memo_argument argument = {room, MEMO_COUNT_LATER};

    ck_assert_int_eq(decode(block, &function, &argument, NULL),
                     MEMO_VALUE_DECODED);

    ck_assert_mem_eq(room, "\1\2\3\4", 4);
}
END_TEST

/* Change, insert or remove a few bytes. */
static struct block create_mutant(uint64_t *state, struct block block)
{
    struct block mutant = {malloc(block.size + 16), block.size};
    size_t changes = 1 + random_below(state, 4);

    memcpy(mutant.bytes, block.bytes, block.size);
    random_fill(state, mutant.bytes + block.size, 16);
    for (size_t i = 0; i < changes && mutant.size > 0; i++) {
        size_t at = random_below(state, mutant.size);

        mutant.bytes[at] = (unsigned char)random_next(state);
        if (random_below(state, 4) == 0)
            mutant.bytes[at] = random_below(state, 2) ? 255 : 0;
        if (random_below(state, 8) == 0)
            mutant.size = at;
        else if (random_below(state, 8) == 0)
            mutant.size += random_below(state, 3);
    }
    mutant.bytes = realloc(mutant.bytes, mutant.size > 0 ? mutant.size : 1);
    return mutant;
}

START_TEST(mutated_bytes_never_write_outside)
{
    const struct memo_function *function =
        _i == 0 ? &returns_all : &returns_text_and_outputs;
    struct memory memory;
    struct memo_argument arguments[4];
    int items[300] = {0};
    void *result = items;
    char *text = "a text of some length";
    uint64_t state = 13;
    size_t decoded = 0, refused = 0;
    draw_memory(&state, &memory);
    point_at(arguments, &memory);
    struct block block = create_block(
        function, arguments, _i == 0 ? (void *)&result : (void *)&text, 300);

    for (int round = 0; round < 20000; round++) {
        struct block mutant = create_mutant(&state, block);
        struct memory *target = malloc(sizeof *target);
        void *copy = NULL;

        point_at(arguments, target);
        if (decode(mutant, function, arguments, &copy) == MEMO_VALUE_DECODED)
            decoded++;
        else
            refused++;
        free(copy);
        free(target);
        free(mutant.bytes);
    }

    ck_assert_uint_gt(decoded, 100);
    ck_assert_uint_gt(refused, 100);
    free(block.bytes);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("value");
    TCase *results = tcase_create("results");
    TCase *written = tcase_create("outputs");
    TCase *wrong = tcase_create("wrong bytes");

    tcase_add_test(results, a_scalar_result_takes_its_own_bytes);
    tcase_add_test(results, a_struct_result_comes_back_field_by_field);
    tcase_add_loop_test(results, every_hit_gets_a_text_of_its_own, 0, 6);
    tcase_add_test(results, a_null_result_stays_null);
    tcase_add_test(results, an_array_result_is_copied_whole);
    tcase_add_test(results, an_array_of_none_is_not_null);
    tcase_add_loop_test(results, lengths_that_overflow_are_told, 0, 5);
    suite_add_tcase(suite, results);

    tcase_add_test(written, outputs_are_written_back_and_inputs_left_alone);
    tcase_add_test(written, an_output_that_is_null_takes_one_byte);
    tcase_add_test(written,
                   a_count_that_names_the_result_is_taken_from_the_bytes);
    suite_add_tcase(suite, written);

    tcase_add_test(wrong, a_cut_value_is_refused);
    tcase_add_test(wrong, bytes_behind_the_value_are_refused);
    tcase_add_loop_test(wrong, an_output_of_another_size_is_refused, 0, 4);
    tcase_add_test(wrong, an_output_that_was_null_needs_a_null_argument);
    tcase_add_loop_test(wrong, an_output_over_an_input_is_refused, 0, 2);
    tcase_add_test(wrong, a_length_in_its_long_form_without_need_is_refused);
    tcase_add_test(wrong, a_count_of_elements_without_bytes_writes_nothing);
    tcase_add_loop_test(wrong, mutated_bytes_never_write_outside, 0, 2);
    tcase_set_timeout(wrong, 60);
    suite_add_tcase(suite, wrong);
    return suite;
}
