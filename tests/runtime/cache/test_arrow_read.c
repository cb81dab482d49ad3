/* What of Arrow structs is content, written down by hand. */
#include "../../support/arrow_hand.h"
#include "cache/arrow.h"

#include <check.h>

#include <stdlib.h>
#include <string.h>

Suite *memo_test_suite(void);

static memo_arrow_buffer encode(const struct ArrowSchema *schema,
                                const struct ArrowArray *array)
{
    memo_arrow_buffer buffer = {.limit = 1 << 20};
    memo_arrow_reason reason;
    bool is_good = memo_arrow_append(&buffer, schema, array, &reason);

    ck_assert_msg(is_good, "%s", is_good ? "" : reason.text);
    return buffer;
}

static bool are_equal(const struct ArrowSchema *schema,
                      const struct ArrowArray *array,
                      const struct ArrowSchema *other_schema,
                      const struct ArrowArray *other_array)
{
    memo_arrow_buffer one = encode(schema, array);
    memo_arrow_buffer other = encode(other_schema, other_array);
    bool is_equal =
        one.size == other.size && memcmp(one.bytes, other.bytes, one.size) == 0;

    free(one.bytes);
    free(other.bytes);
    return is_equal;
}

static void expect_equal(const struct ArrowSchema *schema,
                         const struct ArrowArray *array,
                         const struct ArrowArray *other)
{
    ck_assert(are_equal(schema, array, schema, other));
}

static void expect_other(const struct ArrowSchema *schema,
                         const struct ArrowArray *array,
                         const struct ArrowArray *other)
{
    ck_assert(!are_equal(schema, array, schema, other));
}

static const int32_t numbers[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

/* ---- the form ------------------------------------------------------------ */

START_TEST(the_form_is_what_its_description_says)
{
    static const unsigned char bits[] = {0x0A};
    static const int16_t values[] = {77, 0x0102, 77, 0x0304};
    const void *buffers[] = {bits, values};
    struct ArrowSchema schema = SCHEMA("s", .flags = 2);
    struct ArrowArray array = ARRAY(buffers, 3, .offset = 1, .null_count = -1);
    static const unsigned char expected[] = {
        0x41, 1, 's', 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, /* schema */
        0,    0, 1,   3, 0, 0, 0, 0, 0, 0, 0,       /* children, array */
        1,    5, 2,   1, 0, 0, 4, 3,                /* validity, values */
    };

    schema.name = NULL;
    memo_arrow_buffer buffer = encode(&schema, &array);

    ck_assert_uint_eq(buffer.size, sizeof expected);
    ck_assert_mem_eq(buffer.bytes, expected, sizeof expected);
    free(buffer.bytes);
}
END_TEST

/* ---- schemas ------------------------------------------------------------- */

START_TEST(everything_in_a_schema_counts)
{
    static const int32_t metadata[] = {1, 0, 0};
    static const int32_t other_metadata[] = {1, 1, 0, 0};
    static const int32_t no_metadata[] = {0};
    const void *buffers[] = {NULL, numbers};
    const struct ArrowSchema schema = SCHEMA("i");
    const struct ArrowArray array = ARRAY(buffers, 2);
    struct ArrowSchema other = schema;

    other.format = "I";
    ck_assert(!are_equal(&schema, &array, &other, &array));
    other = schema;
    other.name = "x";
    ck_assert(!are_equal(&schema, &array, &other, &array));
    other = schema;
    other.flags = ARROW_FLAG_NULLABLE;
    ck_assert(!are_equal(&schema, &array, &other, &array));
    other = schema;
    other.metadata = (const char *)metadata;
    ck_assert(!are_equal(&schema, &array, &other, &array));
    struct ArrowSchema third = other;
    third.metadata = (const char *)other_metadata;
    ck_assert(!are_equal(&third, &array, &other, &array));
    other = schema;
    other.name = NULL;
    other.metadata = (const char *)no_metadata;
    ck_assert(are_equal(&schema, &array, &other, &array));
    ck_assert(!are_equal(&schema, NULL, &schema, &array));
    ck_assert(are_equal(&schema, NULL, &other, NULL));
}
END_TEST

/* ---- one array ----------------------------------------------------------- */

START_TEST(values_below_nulls_and_beyond_the_array_do_not_count)
{
    static const unsigned char bits[] = {0xFD}, same_bits[] = {0x0D};
    static const unsigned char later_bits[] = {0xF7};
    static const int32_t values[] = {1, 2, 3, 4}, same[] = {1, 0, 3, 4, 9};
    static const int32_t later[] = {8, 8, 1, 7, 3, 4};
    const void *buffers[] = {bits, values};
    const void *same_buffers[] = {same_bits, same};
    const void *later_buffers[] = {later_bits, later};
    struct ArrowSchema schema = SCHEMA("i");
    struct ArrowArray array = ARRAY(buffers, 4, .null_count = 1);
    struct ArrowArray other = ARRAY(same_buffers, 4, .null_count = -1);
    struct ArrowArray slice =
        ARRAY(later_buffers, 4, .null_count = 1, .offset = 2);

    expect_equal(&schema, &array, &other);
    expect_equal(&schema, &array, &slice);
    slice.length = 3;
    expect_other(&schema, &array, &slice);
    other.length = 5;
    other.null_count = 2;
    expect_other(&schema, &array, &other);
}
END_TEST

START_TEST(a_bitmap_without_nulls_is_none)
{
    static const unsigned char bits[] = {0xFE, 0x03};
    const void *buffers[] = {NULL, numbers + 1};
    const void *other_buffers[] = {bits, numbers};
    struct ArrowSchema schema = SCHEMA("i");
    struct ArrowArray array = ARRAY(buffers, 9);
    struct ArrowArray other = ARRAY(other_buffers, 9, .offset = 1);

    expect_equal(&schema, &array, &other);
    other.null_count = -1;
    expect_equal(&schema, &array, &other);
}
END_TEST

START_TEST(bools_are_bits)
{
    static const unsigned char bits[] = {0xA5, 0x01}, later[] = {0x28, 0xFD};
    const void *buffers[] = {NULL, bits};
    const void *other_buffers[] = {NULL, later};
    struct ArrowSchema schema = SCHEMA("b");
    struct ArrowArray array = ARRAY(buffers, 8);
    struct ArrowArray other = ARRAY(other_buffers, 8, .offset = 3);

    expect_equal(&schema, &array, &other);
    array.length = 9;
    other.length = 9;
    expect_equal(&schema, &array, &other);
    array.offset = 1;
    expect_other(&schema, &array, &other);
}
END_TEST

START_TEST(texts_count_wherever_they_begin)
{
    static const unsigned char bits[] = {0x05};
    static const int32_t offsets[] = {0, 2, 2, 3}, others[] = {1, 3, 6, 7};
    static const int64_t wide[] = {0, 2, 2, 3};
    const void *buffers[] = {bits, offsets, "abc"};
    const void *other_buffers[] = {bits, others, "?ab???c"};
    const void *wide_buffers[] = {bits, wide, "abc"};
    struct ArrowSchema schema = SCHEMA("u");
    struct ArrowSchema large = SCHEMA("U");
    struct ArrowArray array = ARRAY(buffers, 3, .null_count = 1);
    struct ArrowArray other = ARRAY(other_buffers, 3, .null_count = 1);
    struct ArrowArray wider = ARRAY(wide_buffers, 3, .null_count = 1);

    expect_equal(&schema, &array, &other);
    ck_assert(!are_equal(&schema, &array, &large, &wider));
    buffers[2] = "abd";
    expect_other(&schema, &array, &other);
}
END_TEST

START_TEST(an_empty_text_is_not_null)
{
    static const unsigned char bits[] = {0x02};
    static const int32_t offsets[] = {0, 0, 0};
    const void *buffers[] = {bits, offsets, NULL};
    const void *other_buffers[] = {NULL, offsets, NULL};
    struct ArrowSchema schema = SCHEMA("u");
    struct ArrowArray array = ARRAY(buffers, 2, .null_count = 1);
    struct ArrowArray other = ARRAY(other_buffers, 2);

    expect_other(&schema, &array, &other);
}
END_TEST

START_TEST(views_count_by_their_texts)
{
    static const char text[] = "a text that is long";
    unsigned char views[2][16] = {{3, 0, 0, 0, 'a', 'b', 'c'}};
    unsigned char others[2][16] = {{3, 0, 0, 0, 'a', 'b', 'c', 9, 9}};
    const int32_t view[] = {19, 0, 0, 0}, other_view[] = {19, 0, 1, 2};
    const int64_t sizes[] = {19}, other_sizes[] = {0, 21};
    const void *buffers[] = {NULL, views, text, sizes};
    const void *other_buffers[] = {NULL, others, NULL, "??a text that is long",
                                   other_sizes};
    struct ArrowSchema schema = SCHEMA("vu");
    struct ArrowArray array = ARRAY(buffers, 2);
    struct ArrowArray other = ARRAY(other_buffers, 2);

    memcpy(views[1], view, 16);
    memcpy(views[1] + 4, text, 4);
    memcpy(others[1], other_view, 16);
    memcpy(others[1] + 4, text, 4);

    expect_equal(&schema, &array, &other);
    views[0][6] = 'd';
    expect_other(&schema, &array, &other);
}
END_TEST

/* ---- nested -------------------------------------------------------------- */

START_TEST(lists_count_by_their_items)
{
    static const unsigned char bits[] = {0x05};
    static const int32_t offsets[] = {0, 2, 2, 3}, others[] = {1, 3, 6, 7};
    static const int32_t values[] = {1, 2, 3}, spread[] = {9, 1, 2, 9, 9, 9, 3};
    const void *leaves[] = {NULL, values}, *other_leaves[] = {NULL, spread};
    const void *buffers[] = {bits, offsets}, *other_buffers[] = {bits, others};
    struct ArrowSchema item = SCHEMA("i");
    struct ArrowSchema *items[] = {&item};
    struct ArrowSchema schema = SCHEMA("+l", CHILDREN(items));
    struct ArrowArray child = ARRAY(leaves, 3);
    struct ArrowArray other_child = ARRAY(other_leaves, 7);
    struct ArrowArray *children[] = {&child}, *others_below[] = {&other_child};
    struct ArrowArray array =
        ARRAY(buffers, 3, .null_count = 1, CHILDREN(children));
    struct ArrowArray other =
        ARRAY(other_buffers, 3, .null_count = 1, CHILDREN(others_below));

    expect_equal(&schema, &array, &other);
    child.offset = 0;
    buffers[0] = NULL; /* an empty list instead of null */
    array.null_count = 0;
    expect_other(&schema, &array, &other);
}
END_TEST

START_TEST(list_views_count_in_the_order_of_the_lists)
{
    static const int32_t offsets[] = {3, 0, 2}, sizes[] = {2, 3, 2};
    static const int32_t others[] = {0, 2, 5}, same[] = {4, 5, 1, 2, 3, 3, 4};
    const void *leaves[] = {NULL, numbers}, *other_leaves[] = {NULL, same};
    const void *buffers[] = {NULL, offsets, sizes};
    const void *other_buffers[] = {NULL, others, sizes};
    struct ArrowSchema item = SCHEMA("i");
    struct ArrowSchema *items[] = {&item};
    struct ArrowSchema schema = SCHEMA("+vl", CHILDREN(items));
    struct ArrowArray child = ARRAY(leaves, 5);
    struct ArrowArray other_child = ARRAY(other_leaves, 7);
    struct ArrowArray *children[] = {&child}, *others_below[] = {&other_child};
    struct ArrowArray array = ARRAY(buffers, 3, CHILDREN(children));
    struct ArrowArray other = ARRAY(other_buffers, 3, CHILDREN(others_below));

    expect_equal(&schema, &array, &other);
}
END_TEST

START_TEST(what_a_null_struct_hides_does_not_count)
{
    static const unsigned char bits[] = {0x05}, none[] = {0x05};
    static const int32_t values[] = {1, 2, 3}, others[] = {9, 1, 7, 3};
    const void *leaves[] = {NULL, values}, *other_leaves[] = {NULL, others};
    const void *buffers[] = {bits}, *later_bits[1];
    static const unsigned char later[] = {0x0A};
    struct ArrowSchema field = SCHEMA("i", .flags = ARROW_FLAG_NULLABLE);
    struct ArrowSchema *fields[] = {&field};
    struct ArrowSchema schema = SCHEMA("+s", CHILDREN(fields));
    struct ArrowArray child = ARRAY(leaves, 3);
    struct ArrowArray other_child = ARRAY(other_leaves, 4);
    struct ArrowArray *children[] = {&child}, *others_below[] = {&other_child};
    struct ArrowArray array =
        ARRAY(buffers, 3, .null_count = 1, CHILDREN(children));
    struct ArrowArray other = ARRAY(later_bits, 3, .null_count = 1, .offset = 1,
                                    CHILDREN(others_below));

    later_bits[0] = later;
    expect_equal(&schema, &array, &other);
    /* The field of the null struct is null as well, or not. */
    leaves[0] = none;
    child.null_count = 1;
    expect_equal(&schema, &array, &other);
    buffers[0] = NULL;
    array.null_count = 0;
    expect_other(&schema, &array, &other);
}
END_TEST

START_TEST(only_the_selected_type_of_a_union_counts)
{
    static const signed char ids[] = {4, 5, 4};
    static const int32_t ints[] = {1, 0, 3}, other_ints[] = {1, 77, 3};
    static const float floats[] = {0, 2.5f, 0}, other_floats[] = {1, 2.5f, 1};
    const void *int_buffers[] = {NULL, ints}, *float_buffers[] = {NULL, floats};
    const void *buffers[] = {ids};
    struct ArrowSchema i = SCHEMA("i"), f = SCHEMA("f");
    struct ArrowSchema *types[] = {&i, &f};
    struct ArrowSchema schema = SCHEMA("+us:4,5", CHILDREN(types));
    struct ArrowArray int_child = ARRAY(int_buffers, 3);
    struct ArrowArray float_child = ARRAY(float_buffers, 3);
    struct ArrowArray *children[] = {&int_child, &float_child};
    struct ArrowArray array = ARRAY(buffers, 3, CHILDREN(children));
    memo_arrow_buffer before = encode(&schema, &array);

    int_buffers[1] = other_ints;
    float_buffers[1] = other_floats;
    memo_arrow_buffer after = encode(&schema, &array);

    ck_assert_uint_eq(before.size, after.size);
    ck_assert_mem_eq(before.bytes, after.bytes, before.size);
    free(before.bytes);
    free(after.bytes);
}
END_TEST

START_TEST(dense_unions_count_by_their_items)
{
    static const signed char ids[] = {0, 1, 0};
    static const int32_t offsets[] = {0, 0, 1}, others[] = {2, 3, 0};
    static const int32_t values[] = {3, 9, 1, 2}, plain[] = {1, 3};
    const void *plain_buffers[] = {NULL, plain};
    const void *second_buffers[] = {NULL, numbers + 1};
    const void *other_leaves[] = {NULL, values};
    const void *buffers[] = {ids, offsets}, *other_buffers[] = {ids, others};
    struct ArrowSchema item = SCHEMA("i");
    struct ArrowSchema *types[] = {&item, &item};
    struct ArrowSchema schema = SCHEMA("+ud:0,1", CHILDREN(types));
    struct ArrowArray first = ARRAY(plain_buffers, 2);
    struct ArrowArray second = ARRAY(second_buffers, 1);
    struct ArrowArray shared = ARRAY(other_leaves, 4);
    struct ArrowArray *children[] = {&first, &second};
    struct ArrowArray *other_children[] = {&shared, &shared};
    struct ArrowArray array = ARRAY(buffers, 3, CHILDREN(children));
    struct ArrowArray other = ARRAY(other_buffers, 3, CHILDREN(other_children));

    expect_equal(&schema, &array, &other);
}
END_TEST

START_TEST(lists_of_fixed_size_count_from_their_offset)
{
    const void *leaves[] = {NULL, numbers},
               *other_leaves[] = {NULL, numbers + 2};
    const void *none[] = {NULL};
    struct ArrowSchema item = SCHEMA("i");
    struct ArrowSchema *items[] = {&item};
    struct ArrowSchema schema = SCHEMA("+w:3", CHILDREN(items));
    struct ArrowArray child = ARRAY(leaves, 9, .offset = 1);
    struct ArrowArray other_child = ARRAY(other_leaves, 8, .offset = 2);
    struct ArrowArray *children[] = {&child}, *others_below[] = {&other_child};
    struct ArrowArray array = ARRAY(none, 2, .offset = 1, CHILDREN(children));
    struct ArrowArray other = ARRAY(none, 2, CHILDREN(others_below));

    expect_equal(&schema, &array, &other);
    other_child.offset = 1;
    expect_other(&schema, &array, &other);
}
END_TEST

/* ---- encoded ------------------------------------------------------------- */

START_TEST(dictionaries_count_as_they_are_stored)
{
    static const signed char indices[] = {0, 1, 0}, others[] = {1, 0, 1};
    static const int32_t swapped[] = {2, 1};
    const void *words[] = {NULL, numbers}, *other_words[] = {NULL, swapped};
    const void *buffers[] = {NULL, indices}, *other_buffers[] = {NULL, others};
    struct ArrowSchema word = SCHEMA("i");
    struct ArrowSchema schema = SCHEMA("c", .dictionary = &word);
    struct ArrowArray dictionary = ARRAY(words, 2);
    struct ArrowArray other_dictionary = ARRAY(other_words, 2);
    struct ArrowArray array = ARRAY(buffers, 3, .dictionary = &dictionary);
    struct ArrowArray other =
        ARRAY(other_buffers, 3, .dictionary = &other_dictionary);

    expect_other(&schema, &array, &other);
    other_buffers[1] = indices;
    other_words[1] = numbers;
    expect_equal(&schema, &array, &other);
    other_dictionary.length = 3; /* one that is not used */
    expect_other(&schema, &array, &other);
}
END_TEST

START_TEST(runs_count_within_the_slice)
{
    static const int32_t ends[] = {2, 5, 9}, other_ends[] = {1, 3, 7, 8};
    static const int32_t values[] = {7, 1, 2}, others[] = {8, 1, 2, 3};
    const void *end_buffers[] = {NULL, ends};
    const void *other_end_buffers[] = {NULL, other_ends};
    const void *leaves[] = {NULL, values}, *other_leaves[] = {NULL, others};
    struct ArrowSchema item = SCHEMA("i");
    struct ArrowSchema *fields[] = {&item, &item};
    struct ArrowSchema schema = SCHEMA("+r", CHILDREN(fields));
    struct ArrowArray ends_array = ARRAY(end_buffers, 3);
    struct ArrowArray other_ends_array = ARRAY(other_end_buffers, 4);
    struct ArrowArray child = ARRAY(leaves, 3),
                      other_child = ARRAY(other_leaves, 4);
    struct ArrowArray *children[] = {&ends_array, &child};
    struct ArrowArray *others_below[] = {&other_ends_array, &other_child};
    struct ArrowArray array = {.length = 5,
                               .offset = 3,
                               .release = hand_array_released,
                               CHILDREN(children)};
    struct ArrowArray other = {.length = 5,
                               .offset = 1,
                               .release = hand_array_released,
                               CHILDREN(others_below)};

    expect_equal(&schema, &array, &other);
    other.offset = 0; /* items 0 | 1 2 | 3 4 instead of 3 4 | 5 6 7 */
    expect_other(&schema, &array, &other);
}
END_TEST

/* ---- bounds -------------------------------------------------------------- */

START_TEST(offsets_that_overflow_are_refused)
{
    /* Two lists that share all of a child, level by level. */
    static const int32_t offsets[] = {0, 0}, sizes[] = {2, 2};
    const void *buffers[] = {NULL, offsets, sizes};
    struct ArrowSchema schemas[50], *below[50][1];
    struct ArrowArray arrays[50], *children[50][1];
    memo_arrow_buffer buffer = {.limit = 1 << 20};
    memo_arrow_digest digest = {.limit = 1 << 20};
    memo_arrow_reason reason;

    for (int i = 0; i < 50; i++) {
        below[i][0] = &schemas[i + 1 < 50 ? i + 1 : i];
        children[i][0] = &arrays[i + 1 < 50 ? i + 1 : i];
        schemas[i] = (struct ArrowSchema)SCHEMA("+vl", CHILDREN(below[i]));
        arrays[i] = (struct ArrowArray)ARRAY(buffers, 2, CHILDREN(children[i]));
    }
    schemas[49] = (struct ArrowSchema)SCHEMA("n");
    arrays[49] =
        (struct ArrowArray){.length = 2, .release = hand_array_released};

    ck_assert(!memo_arrow_append(&buffer, schemas, arrays, &reason));
    ck_assert_int_eq(reason.trouble, MEMO_ARROW_TOO_LARGE);
    ck_assert(!memo_arrow_digest_pair(&digest, schemas, arrays, &reason));
    ck_assert_int_eq(reason.trouble, MEMO_ARROW_TOO_LARGE);
    free(buffer.bytes);
}
END_TEST

START_TEST(fixed_sizes_that_overflow_are_refused)
{
    /* A null struct hides a union, whose item is there all the same. */
    static const unsigned char none[] = {0};
    static const signed char ids[] = {1};
    static const int32_t zero[] = {0};
    const void *root[] = {none}, *members[] = {ids, zero}, *no_bits[] = {NULL};
    struct ArrowSchema leaf = SCHEMA("n");
    struct ArrowSchema lists[3], *below[3][1];
    struct ArrowArray empty = {.release = hand_array_released};
    struct ArrowArray arrays[3], *children[3][1];
    memo_arrow_buffer buffer = {.limit = 1 << 20};
    memo_arrow_reason reason;

    for (int i = 0; i < 3; i++) {
        below[i][0] = i < 2 ? &lists[i + 1] : &leaf;
        children[i][0] = i < 2 ? &arrays[i + 1] : &empty;
        lists[i] =
            (struct ArrowSchema)SCHEMA("+w:2147483647", CHILDREN(below[i]));
        arrays[i] = (struct ArrowArray)ARRAY(no_bits, 0, CHILDREN(children[i]));
    }
    struct ArrowArray one = {.length = 1, .release = hand_array_released};
    struct ArrowSchema *types[] = {&lists[0], &leaf};
    struct ArrowArray *typed[] = {&arrays[0], &one};
    struct ArrowSchema member = SCHEMA("+ud:0,1", CHILDREN(types));
    struct ArrowArray member_array = ARRAY(members, 1, CHILDREN(typed));
    struct ArrowSchema *fields[] = {&member};
    struct ArrowArray *field_arrays[] = {&member_array};
    struct ArrowSchema schema = SCHEMA("+s", CHILDREN(fields));
    struct ArrowArray array =
        ARRAY(root, 1, .null_count = 1, CHILDREN(field_arrays));

    ck_assert(!memo_arrow_append(&buffer, &schema, &array, &reason));

    ck_assert_int_eq(reason.trouble, MEMO_ARROW_TOO_LARGE);
    free(buffer.bytes);
}
END_TEST

START_TEST(lengths_alone_take_no_time)
{
    const void *none[] = {NULL};
    const void *two[] = {NULL, NULL};
    struct ArrowSchema null = SCHEMA("n"), empty = SCHEMA("+s");
    struct ArrowSchema nothing = SCHEMA("w:0");
    struct ArrowArray nulls = {.length = INT64_MAX - 1,
                               .release = hand_array_released};
    struct ArrowArray structs = ARRAY(none, INT64_MAX - 1);
    struct ArrowArray nothings = ARRAY(two, INT64_MAX - 1);
    memo_arrow_buffer first = encode(&null, &nulls);
    memo_arrow_buffer second = encode(&empty, &structs);
    memo_arrow_buffer third = encode(&nothing, &nothings);

    ck_assert_uint_lt(first.size + second.size + third.size, 120);
    free(first.bytes);
    free(second.bytes);
    free(third.bytes);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("arrow_read");
    TCase *flat = tcase_create("flat");
    TCase *nested = tcase_create("nested");
    TCase *bounds = tcase_create("bounds");

    tcase_add_test(flat, the_form_is_what_its_description_says);
    tcase_add_test(flat, everything_in_a_schema_counts);
    tcase_add_test(flat, values_below_nulls_and_beyond_the_array_do_not_count);
    tcase_add_test(flat, a_bitmap_without_nulls_is_none);
    tcase_add_test(flat, bools_are_bits);
    tcase_add_test(flat, texts_count_wherever_they_begin);
    tcase_add_test(flat, an_empty_text_is_not_null);
    tcase_add_test(flat, views_count_by_their_texts);
    suite_add_tcase(suite, flat);
    tcase_add_test(nested, lists_count_by_their_items);
    tcase_add_test(nested, list_views_count_in_the_order_of_the_lists);
    tcase_add_test(nested, what_a_null_struct_hides_does_not_count);
    tcase_add_test(nested, only_the_selected_type_of_a_union_counts);
    tcase_add_test(nested, dense_unions_count_by_their_items);
    tcase_add_test(nested, lists_of_fixed_size_count_from_their_offset);
    tcase_add_test(nested, dictionaries_count_as_they_are_stored);
    tcase_add_test(nested, runs_count_within_the_slice);
    suite_add_tcase(suite, nested);
    tcase_add_test(bounds, offsets_that_overflow_are_refused);
    tcase_add_test(bounds, fixed_sizes_that_overflow_are_refused);
    tcase_add_test(bounds, lengths_alone_take_no_time);
    suite_add_tcase(suite, bounds);
    return suite;
}
