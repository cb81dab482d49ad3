#include "../../support/arrow_hand.h"
#include "cache/arrow.h"

#include <check.h>

#include <string.h>

Suite *memo_test_suite(void);

/* Both have to be refused, or not, with this sentence. */
static void expect(const struct ArrowSchema *schema,
                   const struct ArrowArray *array, const char *text)
{
    memo_arrow_reason reason = {MEMO_ARROW_NO_MEMORY, ""};
    bool is_good = memo_arrow_check(schema, array, &reason);

    ck_assert_str_eq(is_good ? "" : reason.text, text);
    ck_assert_int_eq(is_good, *text == '\0');
    if (!is_good)
        ck_assert_int_eq(reason.trouble, MEMO_ARROW_MALFORMED);
    ck_assert_int_eq(memo_arrow_check(schema, array, NULL), is_good);
}

static const int32_t numbers[] = {1, 2, 3, 4, 5, 6};

/* ---- schemas ------------------------------------------------------------- */

START_TEST(released_structs_are_refused)
{
    const void *buffers[] = {NULL, numbers};
    struct ArrowSchema schema = SCHEMA("i");
    struct ArrowArray array = ARRAY(buffers, 6);

    expect(&schema, &array, "");
    array.release = NULL;
    expect(&schema, &array, "the array: the array was released");
    expect(&schema, NULL, "");
    schema.release = NULL;
    expect(&schema, &array, "the array: the schema was released");
    expect(NULL, &array, "the array: a schema is missing");
}
END_TEST

START_TEST(schemas_have_the_children_of_their_format)
{
    struct ArrowSchema item = SCHEMA("i");
    struct ArrowSchema *children[] = {&item, NULL};
    struct ArrowSchema list = SCHEMA("+l");

    expect(&list, NULL, "the array: the schema has 0 children");
    list.n_children = 1;
    expect(&list, NULL, "the array: the schema's children are missing");
    list.children = children;
    expect(&list, NULL, "");
    list.n_children = 2;
    expect(&list, NULL, "the array: the schema has 2 children");
    list.format = "+s";
    expect(&list, NULL, "child 1: a schema is missing");
    list.n_children = -1;
    expect(&list, NULL, "the array: the schema has -1 children");
    item.format = "nonsense";
    list.n_children = 1;
    expect(&list, NULL, "child 0: the format is unknown");
    item.format = NULL;
    expect(&list, NULL, "child 0: the format is unknown");
}
END_TEST

START_TEST(maps_runs_and_dictionaries_ask_for_certain_children)
{
    struct ArrowSchema text = SCHEMA("u");
    struct ArrowSchema *one[] = {&text};
    struct ArrowSchema *two[] = {&text, &text};
    struct ArrowSchema map = SCHEMA("+m", CHILDREN(one));
    struct ArrowSchema runs = SCHEMA("+r", CHILDREN(two));
    struct ArrowSchema keyed = SCHEMA("f", .dictionary = &text);

    expect(&map, NULL, "the array: the entries of a map are no structs of two");
    expect(&runs, NULL,
           "the array: the ends of runs are no signed integers of 16, 32 or "
           "64 bits");
    expect(&keyed, NULL,
           "the array: a dictionary is indexed by something that is no "
           "integer");
    keyed.format = "C";
    expect(&keyed, NULL, "");
    text.format = "";
    expect(&keyed, NULL, "dictionary: the format is unknown");
}
END_TEST

START_TEST(nesting_and_numbers_have_bounds)
{
    struct ArrowSchema schemas[70];
    struct ArrowSchema *children[70][2];

    for (int i = 0; i < 70; i++) {
        children[i][0] = children[i][1] = &schemas[i < 69 ? i + 1 : i];
        schemas[i] = (struct ArrowSchema)SCHEMA("+l", .n_children = 1,
                                                .children = children[i]);
    }
    schemas[63] = (struct ArrowSchema)SCHEMA("i");
    expect(schemas, NULL, "");
    schemas[63] = schemas[64];
    ck_assert(!memo_arrow_check(schemas, NULL, NULL));
    schemas[63] = (struct ArrowSchema)SCHEMA("i");
    /* The same child twice, level by level. */
    for (int i = 0; i < 63; i++) {
        schemas[i].format = "+s";
        schemas[i].n_children = 2;
    }
    ck_assert(!memo_arrow_check(schemas, NULL, NULL));
}
END_TEST

START_TEST(metadata_has_to_fit_its_lengths)
{
    static const struct {
        int32_t pairs, key;
        const char *text;
    } metadata[] = {
        {1, 0, ""},
        {0, -1, ""},
        {-1, 0, "the array: the metadata is malformed"},
        {1, -1, "the array: the metadata is malformed"},
        {1, INT32_MAX, "the array: the metadata is malformed"},
    };
    int32_t bytes[3] = {metadata[_i].pairs, metadata[_i].key, 0};
    struct ArrowSchema schema = SCHEMA("i", .metadata = (const char *)bytes);

    expect(&schema, NULL, metadata[_i].text);
}
END_TEST

/* ---- what every array has ------------------------------------------------ */

START_TEST(lengths_offsets_and_counts_are_sizes)
{
    const void *buffers[] = {NULL, numbers, NULL};
    struct ArrowSchema schema = SCHEMA("i");
    struct ArrowArray array = ARRAY(buffers, 6);

    array.n_buffers = 2;
    array.length = -1;
    expect(&schema, &array, "the array: length or offset is no size");
    array.length = INT64_MAX;
    expect(&schema, &array, "the array: length or offset is no size");
    array.length = INT64_MAX / 2;
    expect(&schema, &array, "the array: its size overflows");
    array.length = 1;
    array.offset = -1;
    expect(&schema, &array, "the array: length or offset is no size");
    array.offset = INT64_MAX;
    expect(&schema, &array, "the array: length or offset is no size");
    array.offset = 5;
    array.null_count = 2;
    expect(&schema, &array, "the array: null_count is out of range");
    array.null_count = 1;
    expect(&schema, &array, "the array: 1 nulls are counted without a bitmap");
    array.null_count = -1;
    expect(&schema, &array, "");
    array.n_buffers = 1;
    expect(&schema, &array, "the array: it has 1 buffers");
    array.n_buffers = 3;
    expect(&schema, &array, "the array: it has 3 buffers");
    array.n_buffers = 2;
    array.buffers = NULL;
    expect(&schema, &array, "the array: the buffers are missing");
    array.buffers = buffers;
    buffers[1] = NULL;
    expect(&schema, &array, "the array: buffer 1 is missing");
    array.length = 0;
    array.null_count = 0;
    expect(&schema, &array, "");
    array.n_children = 1;
    expect(&schema, &array, "the array: it has 1 children, its schema 0");
}
END_TEST

START_TEST(nulls_are_counted)
{
    static const unsigned char bits[] = {0xFA};
    const void *buffers[] = {bits, numbers};
    struct ArrowSchema schema = SCHEMA("i");
    struct ArrowArray array = ARRAY(buffers, 6, .null_count = 2);

    expect(&schema, &array, "");
    array.null_count = 1;
    expect(&schema, &array, "the array: 1 nulls are counted where there are 2");
    array.offset = 1;
    array.length = 5;
    expect(&schema, &array, "");
    array.null_count = -1;
    expect(&schema, &array, "");
}
END_TEST

START_TEST(children_and_dictionaries_have_to_be_there)
{
    const void *buffers[] = {NULL, numbers};
    const void *none[] = {NULL};
    struct ArrowSchema item = SCHEMA("i");
    struct ArrowSchema *fields[] = {&item};
    struct ArrowSchema schema = SCHEMA("+s", CHILDREN(fields));
    struct ArrowArray child = ARRAY(buffers, 4);
    struct ArrowArray *children[] = {&child};
    struct ArrowArray array = ARRAY(none, 4, CHILDREN(children));

    expect(&schema, &array, "");
    array.offset = 1;
    expect(&schema, &array, "child 0: it has 4 items, too few for its parent");
    array.offset = 0;
    array.children = NULL;
    expect(&schema, &array, "the array: the children are missing");
    array.children = children;
    child.dictionary = &child;
    expect(&schema, &array,
           "child 0: only one of array and schema has a dictionary");
    child.dictionary = NULL;
    child.release = NULL;
    expect(&schema, &array, "child 0: the array was released");
    children[0] = NULL;
    expect(&schema, &array, "child 0: an array is missing");
}
END_TEST

/* ---- buffers ------------------------------------------------------------- */

START_TEST(offsets_rise)
{
    static const struct {
        int32_t offsets[4];
        const char *text;
    } lists[] = {
        {{0, 2, 2, 6}, ""},
        {{3, 4, 4, 6}, ""},
        {{0, 0, 0, 0}, ""},
        {{-1, 2, 2, 6}, "the array: an offset is below zero"},
        {{0, 3, 2, 6}, "the array: the offsets go down after item 1"},
        {{0, 3, 4, 7}, "child 0: it has 6 items, too few for its parent"},
    };
    const void *values[] = {NULL, numbers};
    const void *buffers[] = {NULL, lists[_i].offsets};
    const void *texts[] = {NULL, lists[_i].offsets, numbers};
    struct ArrowSchema item = SCHEMA("i");
    struct ArrowSchema *fields[] = {&item};
    struct ArrowSchema schema = SCHEMA("+l", CHILDREN(fields));
    struct ArrowSchema binary = SCHEMA("z");
    struct ArrowArray child = ARRAY(values, 6);
    struct ArrowArray *children[] = {&child};
    struct ArrowArray array = ARRAY(buffers, 3, CHILDREN(children));
    struct ArrowArray bytes = ARRAY(texts, 3);

    expect(&schema, &array, lists[_i].text);
    if (strncmp(lists[_i].text, "child", 5) != 0)
        expect(&binary, &bytes, lists[_i].text);
    array.length = bytes.length = 0;
    buffers[1] = texts[1] = texts[2] = NULL;
    expect(&schema, &array, "");
    expect(&binary, &bytes, "");
}
END_TEST

START_TEST(texts_need_data)
{
    static const int32_t offsets[] = {0, 0, 1};
    const void *buffers[] = {NULL, offsets, NULL};
    struct ArrowSchema schema = SCHEMA("u");
    struct ArrowArray array = ARRAY(buffers, 2);

    expect(&schema, &array, "the array: buffer 2 is missing");
    array.length = 1;
    expect(&schema, &array, "");
    buffers[1] = NULL;
    expect(&schema, &array, "the array: buffer 1 is missing");
}
END_TEST

START_TEST(views_lie_in_their_buffers)
{
    static const struct {
        int32_t view[4];
        bool is_good;
    } views[] = {
        {{3, 0x616263, 77, 77}, true},
        {{12, 0, -1, -1}, true},
        {{13, 0x64636261, 0, 0}, true},
        {{13, 0x64636261, 0, 16}, true},
        {{13, 0x64636262, 0, 0}, false}, /* another prefix */
        {{13, 0x64636261, 0, 20}, false},
        {{13, 0x64636261, 0, -1}, false},
        {{13, 0x64636261, 1, 0}, false},
        {{13, 0x64636261, -1, 0}, false},
        {{-1, 0, 0, 0}, false},
        {{INT32_MAX, 0x64636261, 0, 16}, false},
    };
    static const char data[] = "abcdefghijklmnopabcdefghijklm";
    static const int64_t sizes[] = {sizeof data - 1};
    const void *buffers[] = {NULL, views[_i].view, data, sizes};
    struct ArrowSchema schema = SCHEMA("vu");
    struct ArrowArray array = ARRAY(buffers, 1);
    static const unsigned char none[] = {0};

    expect(&schema, &array,
           views[_i].is_good
               ? ""
               : "the array: the view of item 0 is not in its buffer");
    buffers[0] = none;
    array.null_count = 1;
    expect(&schema, &array, "");
}
END_TEST

START_TEST(list_views_lie_in_their_child)
{
    static const struct {
        int64_t offset, size;
        const char *text;
    } views[] = {
        {0, 6, ""},
        {5, 1, ""},
        {6, 0, ""},
        {-1, 1, "the array: item 0 has no good offset and size"},
        {0, -1, "the array: item 0 has no good offset and size"},
        {INT64_MAX, 1, "the array: item 0 has no good offset and size"},
        {0, 7, "child 0: it has 6 items, too few for its parent"},
        {6, 1, "child 0: it has 6 items, too few for its parent"},
    };
    const void *values[] = {NULL, numbers};
    const void *buffers[] = {NULL, &views[_i].offset, &views[_i].size};
    struct ArrowSchema item = SCHEMA("i");
    struct ArrowSchema *fields[] = {&item};
    struct ArrowSchema schema = SCHEMA("+vL", CHILDREN(fields));
    struct ArrowArray child = ARRAY(values, 6);
    struct ArrowArray *children[] = {&child};
    struct ArrowArray array = ARRAY(buffers, 1, CHILDREN(children));
    static const unsigned char none[] = {0};

    expect(&schema, &array, views[_i].text);
    buffers[0] = none;
    array.null_count = 1;
    expect(&schema, &array, "");
}
END_TEST

START_TEST(lists_of_fixed_size_have_all_their_items)
{
    const void *values[] = {NULL, numbers};
    const void *none[] = {NULL};
    struct ArrowSchema item = SCHEMA("i");
    struct ArrowSchema *fields[] = {&item};
    struct ArrowSchema schema = SCHEMA("+w:3", CHILDREN(fields));
    struct ArrowArray child = ARRAY(values, 6);
    struct ArrowArray *children[] = {&child};
    struct ArrowArray array = ARRAY(none, 2, CHILDREN(children));

    expect(&schema, &array, "");
    array.offset = 1;
    expect(&schema, &array, "child 0: it has 6 items, too few for its parent");
    array.length = INT64_MAX / 2;
    expect(&schema, &array, "the array: its size overflows");
}
END_TEST

START_TEST(types_of_a_union_are_its_own)
{
    static const struct {
        signed char id;
        int32_t offset;
        const char *dense;
    } members[] = {
        {5, 5, ""},
        {5, 6, "the array: item 0 is not in its child"},
        {5, -1, "the array: item 0 is not in its child"},
        {4, 0, "the array: item 0 is of an unknown type"},
        {-3, 0, "the array: item 0 is of an unknown type"},
    };
    const void *values[] = {NULL, numbers};
    const void *buffers[] = {&members[_i].id, &members[_i].offset};
    struct ArrowSchema item = SCHEMA("i");
    struct ArrowSchema *fields[] = {&item};
    struct ArrowSchema dense = SCHEMA("+ud:5", CHILDREN(fields));
    struct ArrowSchema sparse = SCHEMA("+us:5", CHILDREN(fields));
    struct ArrowArray child = ARRAY(values, 6);
    struct ArrowArray *children[] = {&child};
    struct ArrowArray array = ARRAY(buffers, 1, CHILDREN(children));

    expect(&dense, &array, members[_i].dense);
    array.n_buffers = 1;
    expect(&sparse, &array,
           members[_i].id == 5 ? ""
                               : "the array: item 0 is of an unknown type");
    buffers[0] = NULL;
    expect(&sparse, &array, "the array: buffer 0 is missing");
}
END_TEST

START_TEST(runs_end_one_after_the_other_and_cover_the_array)
{
    static const struct {
        int32_t ends[3];
        const char *text;
    } runs[] = {
        {{1, 4, 6}, ""},
        {{6, 7, 8}, ""},
        {{0, 4, 6}, "the array: run 0 does not end after the last one"},
        {{-1, 4, 6}, "the array: run 0 does not end after the last one"},
        {{1, 1, 6}, "the array: run 1 does not end after the last one"},
        {{1, 4, 5}, "the array: the runs end at item 5"},
    };
    const void *values[] = {NULL, numbers};
    const void *buffers[] = {NULL, runs[_i].ends};
    struct ArrowSchema item = SCHEMA("i");
    struct ArrowSchema *fields[] = {&item, &item};
    struct ArrowSchema schema = SCHEMA("+r", CHILDREN(fields));
    struct ArrowArray ends = ARRAY(buffers, 3);
    struct ArrowArray child = ARRAY(values, 6);
    struct ArrowArray *children[] = {&ends, &child};
    struct ArrowArray array = {.length = 4,
                               .offset = 2,
                               .release = hand_array_released,
                               CHILDREN(children)};
    static const unsigned char none[] = {0};

    expect(&schema, &array, runs[_i].text);
    child.length = 2;
    if (*runs[_i].text == '\0')
        expect(&schema, &array, "the array: there are more runs than values");
    buffers[0] = none;
    ends.null_count = 3;
    expect(&schema, &array, "the array: the end of run 0 is null");
}
END_TEST

START_TEST(indices_are_in_the_dictionary)
{
    static const signed char indices[] = {0, 2, 1, 3, -1};
    static const unsigned char bits[] = {0x07};
    const void *values[] = {NULL, numbers};
    const void *buffers[] = {NULL, indices};
    struct ArrowSchema words = SCHEMA("i");
    struct ArrowSchema schema = SCHEMA("c", .dictionary = &words);
    struct ArrowArray dictionary = ARRAY(values, 3);
    struct ArrowArray array = ARRAY(buffers, 3, .dictionary = &dictionary);

    expect(&schema, &array, "");
    array.length = 4;
    expect(&schema, &array, "the array: item 3 is not in the dictionary");
    array.offset = 4;
    array.length = 1;
    expect(&schema, &array, "the array: item 0 is not in the dictionary");
    schema.format = "C";
    expect(&schema, &array, "the array: item 0 is not in the dictionary");
    array.offset = 0;
    array.length = 5;
    array.null_count = 2;
    buffers[0] = bits;
    expect(&schema, &array, "");
    dictionary.release = NULL;
    expect(&schema, &array, "dictionary: the array was released");
}
END_TEST

START_TEST(what_a_slice_does_not_name_is_not_looked_at)
{
    /* Only offsets 1 and 2 are good. */
    static const int32_t offsets[] = {-9, 1, 3, -1, 0};
    const void *values[] = {NULL, numbers};
    const void *buffers[] = {NULL, offsets};
    const void *none[] = {NULL};
    struct ArrowSchema item = SCHEMA("i");
    struct ArrowSchema *items[] = {&item};
    struct ArrowSchema list = SCHEMA("+l", CHILDREN(items));
    struct ArrowSchema *lists[] = {&list};
    struct ArrowSchema schema = SCHEMA("+s", CHILDREN(lists));
    struct ArrowArray numbers_array = ARRAY(values, 6);
    struct ArrowArray *leaves[] = {&numbers_array};
    struct ArrowArray child = ARRAY(buffers, 4, CHILDREN(leaves));
    struct ArrowArray *children[] = {&child};
    struct ArrowArray array = ARRAY(none, 1, CHILDREN(children), .offset = 1);

    expect(&schema, &array, "");
    array.length = 2;
    expect(&schema, &array, "child 0: the offsets go down after item 2");
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("arrow_check");
    TCase *schemas = tcase_create("schemas");
    TCase *arrays = tcase_create("arrays");
    TCase *buffers = tcase_create("buffers");

    tcase_add_test(schemas, released_structs_are_refused);
    tcase_add_test(schemas, schemas_have_the_children_of_their_format);
    tcase_add_test(schemas,
                   maps_runs_and_dictionaries_ask_for_certain_children);
    tcase_add_test(schemas, nesting_and_numbers_have_bounds);
    tcase_add_loop_test(schemas, metadata_has_to_fit_its_lengths, 0, 5);
    suite_add_tcase(suite, schemas);
    tcase_add_test(arrays, lengths_offsets_and_counts_are_sizes);
    tcase_add_test(arrays, nulls_are_counted);
    tcase_add_test(arrays, children_and_dictionaries_have_to_be_there);
    suite_add_tcase(suite, arrays);
    tcase_add_loop_test(buffers, offsets_rise, 0, 6);
    tcase_add_test(buffers, texts_need_data);
    tcase_add_loop_test(buffers, views_lie_in_their_buffers, 0, 11);
    tcase_add_loop_test(buffers, list_views_lie_in_their_child, 0, 8);
    tcase_add_test(buffers, lists_of_fixed_size_have_all_their_items);
    tcase_add_loop_test(buffers, types_of_a_union_are_its_own, 0, 5);
    tcase_add_loop_test(buffers,
                        runs_end_one_after_the_other_and_cover_the_array, 0, 6);
    tcase_add_test(buffers, indices_are_in_the_dictionary);
    tcase_add_test(buffers, what_a_slice_does_not_name_is_not_looked_at);
    suite_add_tcase(suite, buffers);
    return suite;
}
