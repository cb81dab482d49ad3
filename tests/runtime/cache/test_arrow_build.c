/* Canonical bytes as fresh Arrow structs; test_arrow_random.c has all types. */
#include "../../support/arrow_hand.h"
#include "cache/arrow.h"

#include <check.h>

#include <stdlib.h>
#include <string.h>

Suite *memo_test_suite(void);

/* A table of numbers, some null, and texts from a dictionary. */
struct table {
    struct ArrowSchema schema, columns[2], word;
    struct ArrowSchema *schemas[2];
    struct ArrowArray array, parts[2], words;
    struct ArrowArray *arrays[2];
    const void *buffers[1], *numbers[2], *indices[2], *texts[3];
};

static void make_table(struct table *table)
{
    static const unsigned char bits[] = {0x0D};
    static const double values[] = {1.5, 0, -0.0, 4};
    static const unsigned char indices[] = {1, 0, 1, 1};
    static const int32_t offsets[] = {0, 3, 18};
    static const int32_t metadata[] = {1, 4, 0x6779656b, 0};

    *table = (struct table){
        .schema = SCHEMA("+s", .metadata = (const char *)metadata),
        .columns = {SCHEMA("g", .flags = ARROW_FLAG_NULLABLE),
                    SCHEMA("C", .flags = ARROW_FLAG_DICTIONARY_ORDERED)},
        .word = SCHEMA("u"),
        .buffers = {NULL},
        .numbers = {bits, values},
        .indices = {NULL, indices},
        .texts = {NULL, offsets, "onea text of length"},
    };
    table->columns[0].name = "number";
    table->columns[1].name = "text";
    table->columns[1].dictionary = &table->word;
    table->schemas[0] = &table->columns[0];
    table->schemas[1] = &table->columns[1];
    table->schema.children = table->schemas;
    table->schema.n_children = 2;
    table->array = (struct ArrowArray)ARRAY(table->buffers, 4);
    table->parts[0] =
        (struct ArrowArray)ARRAY(table->numbers, 4, .null_count = 1);
    table->parts[1] = (struct ArrowArray)ARRAY(table->indices, 4,
                                               .dictionary = &table->words);
    table->words = (struct ArrowArray)ARRAY(table->texts, 2);
    table->arrays[0] = &table->parts[0];
    table->arrays[1] = &table->parts[1];
    table->array.children = table->arrays;
    table->array.n_children = 2;
}

static memo_arrow_buffer encode(const struct ArrowSchema *schema,
                                const struct ArrowArray *array)
{
    memo_arrow_buffer buffer = {.limit = 1 << 20};

    ck_assert(memo_arrow_append(&buffer, schema, array, NULL));
    return buffer;
}

static memo_arrow_buffer encode_table(void)
{
    struct table table;

    make_table(&table);
    return encode(&table.schema, &table.array);
}

static const unsigned char *decode(struct ArrowSchema *schema,
                                   struct ArrowArray *array,
                                   const memo_arrow_buffer *buffer)
{
    memo_arrow_source source = {buffer->bytes, buffer->size, 1 << 20};

    return memo_arrow_decode(schema, array, &source, NULL);
}

START_TEST(a_decoded_table_is_the_table)
{
    memo_arrow_buffer buffer = encode_table();
    struct ArrowSchema schema;
    struct ArrowArray array;

    ck_assert_ptr_eq(decode(&schema, &array, &buffer),
                     buffer.bytes + buffer.size);

    ck_assert_str_eq(schema.format, "+s");
    ck_assert_int_eq(memcmp(schema.metadata, "\1\0\0\0\4\0\0\0key", 11), 0);
    ck_assert_str_eq(schema.children[0]->name, "number");
    ck_assert_int_eq(schema.children[0]->flags, ARROW_FLAG_NULLABLE);
    ck_assert_ptr_null(schema.children[0]->metadata);
    ck_assert_str_eq(schema.children[1]->dictionary->format, "u");
    ck_assert_int_eq(array.length, 4);
    ck_assert_ptr_null(array.buffers[0]);
    ck_assert_int_eq(array.children[0]->null_count, 1);
    ck_assert_double_eq(((const double *)array.children[0]->buffers[1])[3], 4);
    const struct ArrowArray *words = array.children[1]->dictionary;
    ck_assert_int_eq(words->length, 2);
    ck_assert_int_eq(((const int32_t *)words->buffers[1])[1], 3);
    ck_assert_mem_eq(words->buffers[2], "onea text of lengt", 18);
    memo_arrow_release(&schema, &array);
    ck_assert(!schema.release);
    ck_assert(!array.release);
    memo_arrow_release(&schema, &array);
    memo_arrow_release(NULL, NULL);
    free(buffer.bytes);
}
END_TEST

static void expect_aligned(const struct ArrowArray *array)
{
    for (int64_t i = 0; i < array->n_buffers; i++)
        ck_assert_uint_eq((uintptr_t)array->buffers[i] % 64, 0);
    for (int64_t i = 0; i < array->n_children; i++)
        expect_aligned(array->children[i]);
    if (array->dictionary)
        expect_aligned(array->dictionary);
}

START_TEST(buffers_are_aligned_and_padded)
{
    memo_arrow_buffer buffer = encode_table();
    struct ArrowSchema schema;
    struct ArrowArray array;

    decode(&schema, &array, &buffer);

    expect_aligned(&array);
    const char *texts = array.children[1]->dictionary->buffers[2];
    for (int i = 18; i < 64; i++)
        ck_assert_int_eq(texts[i], 0);
    memo_arrow_release(&schema, &array);
    free(buffer.bytes);
}
END_TEST

START_TEST(a_child_outlives_its_parent)
{
    memo_arrow_buffer buffer = encode_table();
    struct ArrowSchema schema, column;
    struct ArrowArray array, part;

    decode(&schema, &array, &buffer);
    column = *schema.children[1];
    schema.children[1]->release = NULL;
    part = *array.children[1];
    array.children[1]->release = NULL;
    schema.release(&schema);
    array.release(&array);

    ck_assert_str_eq(column.name, "text");
    ck_assert_uint_eq(((const unsigned char *)part.buffers[1])[0], 1);
    memo_arrow_buffer again = encode(&column, &part);
    ck_assert_uint_gt(again.size, 0);
    free(again.bytes);
    column.release(&column);
    part.release(&part);
    ck_assert(!part.release);
    free(buffer.bytes);
}
END_TEST

START_TEST(a_moved_table_is_released_where_it_is)
{
    memo_arrow_buffer buffer = encode_table();
    struct ArrowSchema schema, moved_schema;
    struct ArrowArray array, moved;

    decode(&schema, &array, &buffer);
    moved_schema = schema;
    moved = array;
    memset(&schema, 0, sizeof schema);
    memset(&array, 0, sizeof array);

    ck_assert(memo_arrow_check(&moved_schema, &moved, NULL));
    memo_arrow_release(&moved_schema, &moved);
    ck_assert(!moved.release);
    free(buffer.bytes);
}
END_TEST

START_TEST(a_schema_alone_comes_back)
{
    struct table table;
    struct ArrowSchema schema;
    struct ArrowArray array;

    make_table(&table);
    memo_arrow_buffer buffer = encode(&table.schema, NULL);
    const unsigned char *end = decode(&schema, &array, &buffer);

    ck_assert_ptr_eq(end, buffer.bytes + buffer.size);
    ck_assert(!array.release);
    ck_assert_int_eq(schema.n_children, 2);
    memo_arrow_release(&schema, &array);
    free(buffer.bytes);
}
END_TEST

START_TEST(cut_bytes_are_refused)
{
    memo_arrow_buffer buffer = encode_table();
    struct ArrowSchema schema;
    struct ArrowArray array;

    for (size_t size = 0; size < buffer.size; size++) {
        unsigned char *copy = malloc(size + (size == 0));
        memo_arrow_source source = {copy, size, 1 << 20};
        memo_arrow_reason reason;
        memcpy(copy, buffer.bytes, size);

        ck_assert_ptr_null(
            memo_arrow_decode(&schema, &array, &source, &reason));

        ck_assert_int_eq(reason.trouble, MEMO_ARROW_MALFORMED);
        ck_assert(!schema.release);
        ck_assert(!array.release);
        free(copy);
    }
    free(buffer.bytes);
}
END_TEST

START_TEST(flipped_bits_do_no_harm)
{
    memo_arrow_buffer buffer = encode_table();
    struct ArrowSchema schema;
    struct ArrowArray array;

    for (size_t bit = 0; bit < buffer.size * 8; bit++) {
        buffer.bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
        if (decode(&schema, &array, &buffer)) {
            ck_assert(
                memo_arrow_check(&schema, array.release ? &array : NULL, NULL));
            memo_arrow_release(&schema, &array);
        }
        ck_assert(!schema.release);
        ck_assert(!array.release);
        buffer.bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
    }
    free(buffer.bytes);
}
END_TEST

START_TEST(a_budget_bounds_what_is_allocated)
{
    memo_arrow_buffer buffer = encode_table();
    memo_arrow_source source = {buffer.bytes, buffer.size, 0};
    struct ArrowSchema schema;
    struct ArrowArray array;
    memo_arrow_reason reason;

    while (!memo_arrow_decode(&schema, &array, &source, &reason)) {
        ck_assert_int_eq(reason.trouble, MEMO_ARROW_TOO_LARGE);
        ck_assert(!schema.release);
        ck_assert(!array.release);
        source.budget += 64;
    }

    ck_assert_uint_gt(source.budget, 1000);
    ck_assert_uint_lt(source.budget, 4000);
    memo_arrow_release(&schema, &array);
    free(buffer.bytes);
}
END_TEST

START_TEST(bytes_that_nobody_wrote_are_refused)
{
    /* format, what follows the array's length; all of it is refused */
    static const struct {
        const char *format;
        unsigned char length, bytes[12];
    } made_up[] = {
        {"i", 1, {2, 1, 2, 3, 4}},             /* a flag above 1 */
        {"i", 1, {1, 1, 1, 2, 3, 4}},          /* a bitmap without nulls */
        {"i", 1, {1, 2, 1, 2, 3, 4}},          /* bits after the last one */
        {"b", 1, {0, 2}},                      /* the same */
        {"u", 1, {0, 255, 255, 255, 255}},     /* an end below zero */
        {"u", 2, {0, 1, 0, 0, 0, 0, 0, 0, 0}}, /* ends that go down */
        {"vu", 1, {0, 255, 255, 255, 255}},    /* a length below zero */
        {"vu", 1, {0, 255, 255, 255, 127}},    /* and one of 2 GiB */
        {"+us:", 1, {0}},                      /* no types for an item */
    };
    unsigned char *bytes = calloc(1, 64);
    unsigned char *at = bytes;
    memo_arrow_source source = {bytes, 64, 1 << 20};
    struct ArrowSchema schema;
    struct ArrowArray array;

    *at++ = 0x41;
    *at++ = (unsigned char)strlen(made_up[_i].format);
    memcpy(at, made_up[_i].format, strlen(made_up[_i].format));
    at += strlen(made_up[_i].format) + 12;
    *at++ = 1;
    *at = made_up[_i].length;
    memcpy(at + 8, made_up[_i].bytes, 12);

    ck_assert_ptr_null(memo_arrow_decode(&schema, &array, &source, NULL));
    free(bytes);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("arrow_build");
    TCase *good = tcase_create("good bytes");
    TCase *bad = tcase_create("bad bytes");

    tcase_add_test(good, a_decoded_table_is_the_table);
    tcase_add_test(good, buffers_are_aligned_and_padded);
    tcase_add_test(good, a_child_outlives_its_parent);
    tcase_add_test(good, a_moved_table_is_released_where_it_is);
    tcase_add_test(good, a_schema_alone_comes_back);
    suite_add_tcase(suite, good);
    tcase_add_test(bad, cut_bytes_are_refused);
    tcase_add_test(bad, flipped_bits_do_no_harm);
    tcase_add_test(bad, a_budget_bounds_what_is_allocated);
    tcase_add_loop_test(bad, bytes_that_nobody_wrote_are_refused, 0, 9);
    suite_add_tcase(suite, bad);
    return suite;
}
