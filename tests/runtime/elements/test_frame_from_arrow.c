#include "../../support/arrow_hand.h"
#include "frame_samples.h"

#include <check.h>

Suite *memo_test_suite(void);

/* A record batch of one column that the test may spoil. */
typedef struct {
    struct ArrowSchema column, *columns[1], schema;
    struct ArrowArray array, *arrays[1], batch;
    const void *buffers[1];
} one_column;

static void init(one_column *out, const char *format,
                 const struct ArrowArray *array)
{
    memset(out, 0, sizeof *out);
    out->column = (struct ArrowSchema)SCHEMA(format);
    out->column.name = "a";
    out->array = *array;
    out->columns[0] = &out->column;
    out->arrays[0] = &out->array;
    out->schema = (struct ArrowSchema)SCHEMA("+s", CHILDREN(out->columns));
    out->batch = (struct ArrowArray)ARRAY(out->buffers, array->length,
                                          CHILDREN(out->arrays));
}

static st_frame *read(const one_column *from)
{
    st_failure error = {ST_OK, ""};
    st_frame *frame = NULL;

    st_frame_from_arrow(&frame, &from->schema, &from->batch, &error);
    ck_assert_msg(frame != NULL, "%s", error.text);
    return frame;
}

static void expect(const one_column *from, const char *text)
{
    st_failure error = {ST_OK, ""};
    st_frame *frame = NULL;

    ck_assert_int_eq(
        st_frame_from_arrow(&frame, &from->schema, &from->batch, &error),
        ST_BAD_DATA);
    ck_assert_str_eq(error.text, text);
    ck_assert_int_eq(
        st_frame_from_arrow(&frame, &from->schema, &from->batch, NULL),
        ST_BAD_DATA);
    ck_assert_ptr_null(frame);
}

/* ---- types ----------------------------------------------------------------
 */

static const unsigned char bytes[] = {
    1, 0, 0, 0, 0, 0,    0,    0,    0,    0,    0,    0,    0,
    0, 0, 0, 0, 0, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};

static const struct {
    const char *format;
    size_t begin; /* in `bytes` */
    st_frame_type type;
    int64_t first, second;
} integers[] = {
    {"c", 17, ST_FRAME_INTEGER, 0, -2},
    {"C", 17, ST_FRAME_INTEGER, 0, 254},
    {"s", 16, ST_FRAME_INTEGER, 0, -2},
    {"S", 16, ST_FRAME_INTEGER, 0, 65534},
    {"i", 14, ST_FRAME_INTEGER, 0, -2},
    {"I", 14, ST_FRAME_INTEGER, 0, 4294967294},
    {"l", 10, ST_FRAME_INTEGER, 0, -2},
    {"L", 0, ST_FRAME_INTEGER, 1, 0},
    {"tss:", 10, ST_FRAME_TIME, 0, -2},
    {"tsm:UTC", 10, ST_FRAME_TIME, 0, -2},
    {"tsu:", 10, ST_FRAME_TIME, 0, -2},
    {"tsn:Europe/Rome", 10, ST_FRAME_TIME, 0, -2},
    {"tdm", 10, ST_FRAME_TIME, 0, -2},
    {"tdD", 14, ST_FRAME_TIME, 0, -2 * 86400000},
};

START_TEST(integers_of_every_width_are_read)
{
    const void *buffers[] = {NULL, bytes + integers[_i].begin};
    struct ArrowArray array = ARRAY(buffers, 2);
    one_column column;
    st_frame *frame;

    init(&column, integers[_i].format, &array);
    frame = read(&column);

    ck_assert_str_eq(st_frame_name(frame, 0), "a");
    ck_assert_int_eq(st_frame_type_of(frame, 0), integers[_i].type);
    ck_assert_int_eq(st_frame_integers(frame, 0)[0], integers[_i].first);
    ck_assert_int_eq(st_frame_integers(frame, 0)[1], integers[_i].second);
    st_frame_destroy(frame);
}
END_TEST

static const struct {
    const char *format;
    st_frame_unit unit;
    const char *zone;
} times[] = {
    {"tss:", ST_FRAME_SECONDS, ""},
    {"tsm:UTC", ST_FRAME_MILLISECONDS, "UTC"},
    {"tsu:+02:00", ST_FRAME_MICROSECONDS, "+02:00"},
    {"tsn:Europe/Rome", ST_FRAME_NANOSECONDS, "Europe/Rome"},
    {"tdm", ST_FRAME_MILLISECONDS, ""},
    {"tdD", ST_FRAME_MILLISECONDS, ""},
};

START_TEST(times_keep_unit_and_zone)
{
    const void *buffers[] = {NULL, bytes};
    struct ArrowArray array = ARRAY(buffers, 1);
    one_column column;
    st_frame *frame;

    init(&column, times[_i].format, &array);
    frame = read(&column);

    ck_assert_int_eq(st_frame_unit_of(frame, 0), times[_i].unit);
    ck_assert_str_eq(st_frame_zone(frame, 0), times[_i].zone);
    st_frame_destroy(frame);
}
END_TEST

START_TEST(floats_bools_and_nothing_are_read)
{
    static const float floats[] = {0.5f, -2};
    static const double doubles[] = {0.1, -2};
    static const unsigned char bools[] = {0xF2};
    const void *buffers[] = {NULL, floats};
    struct ArrowArray array = ARRAY(buffers, 2);
    struct ArrowArray nothing = {
        .length = 2, .null_count = 2, .release = hand_array_released};
    one_column column;
    st_frame *frame;

    init(&column, "f", &array);
    frame = read(&column);
    ck_assert_double_eq(st_frame_doubles(frame, 0)[0], 0.5);
    st_frame_destroy(frame);

    buffers[1] = doubles;
    init(&column, "g", &array);
    frame = read(&column);
    ck_assert_double_eq(st_frame_doubles(frame, 0)[0], 0.1);
    st_frame_destroy(frame);

    buffers[1] = bools;
    init(&column, "b", &array);
    frame = read(&column);
    ck_assert_int_eq(st_frame_bool(frame, 0, 0), 0);
    ck_assert_int_eq(st_frame_bool(frame, 0, 1), 1);
    st_frame_destroy(frame);

    init(&column, "n", &nothing);
    frame = read(&column);
    ck_assert_int_eq(st_frame_type_of(frame, 0), ST_FRAME_TEXT);
    ck_assert_uint_eq(st_frame_null_count(frame, 0), 2);
    st_frame_destroy(frame);
}
END_TEST

static void expect_text(const st_frame *frame, size_t row, const char *text)
{
    size_t size = 0;
    const char *found = st_frame_text(frame, 0, row, &size);

    ck_assert_uint_eq(size, strlen(text));
    ck_assert_mem_eq(found, text, size);
}

START_TEST(texts_have_offsets_of_either_width)
{
    static const int32_t small[] = {1, 3, 3, 6};
    static const int64_t large[] = {1, 3, 3, 6};
    const void *buffers[] = {NULL, small, "-abcde-"};
    struct ArrowArray array = ARRAY(buffers, 3);

    for (int i = 0; i < 2; i++) {
        one_column column;
        st_frame *frame;

        buffers[1] = i == 0 ? (const void *)small : (const void *)large;
        init(&column, i == 0 ? "u" : "U", &array);
        frame = read(&column);

        expect_text(frame, 0, "ab");
        expect_text(frame, 1, "");
        expect_text(frame, 2, "cde");
        st_frame_destroy(frame);
    }
}
END_TEST

START_TEST(dictionaries_are_looked_up)
{
    static const signed char indices[] = {2, 0, 77, 1, 2};
    static const unsigned char valid[] = {0x1B}, words_valid[] = {0x0D};
    static const int32_t offsets[] = {0, 1, 3, 4, 6};
    const void *buffers[] = {valid, indices};
    const void *words[] = {words_valid, offsets, "-abcde"};
    struct ArrowSchema word = SCHEMA("u");
    struct ArrowArray dictionary = ARRAY(words, 3, .offset = 1);
    struct ArrowArray array =
        ARRAY(buffers, 5, .null_count = 1, .dictionary = &dictionary);
    one_column column;
    st_frame *frame;

    init(&column, "c", &array);
    column.column.dictionary = &word;
    frame = read(&column);

    /* The words are null, "b", "de". */
    expect_text(frame, 0, "de");
    ck_assert_int_eq(st_frame_is_null(frame, 0, 1), 1);
    ck_assert_int_eq(st_frame_is_null(frame, 0, 2), 1);
    expect_text(frame, 3, "c");
    expect_text(frame, 4, "de");
    ck_assert_uint_eq(st_frame_null_count(frame, 0), 2);
    st_frame_destroy(frame);
}
END_TEST

/* ---- slices and nulls -----------------------------------------------------
 */

START_TEST(parents_and_children_may_be_slices_with_nulls)
{
    static const int32_t values[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    static const unsigned char valid[] = {0xBF, 0xFF}; /* not 6 */
    static const unsigned char rows[] = {0xF7};        /* not 3 */
    const void *buffers[] = {valid, values};
    struct ArrowArray array = ARRAY(buffers, 6, .offset = 3, .null_count = 1);
    one_column column;
    st_frame *frame;

    init(&column, "i", &array);
    column.batch.offset = 1;
    column.batch.length = 4;
    column.batch.null_count = 1;
    column.buffers[0] = rows;
    frame = read(&column);

    /* Rows 1 to 4 of the child's items 3, ...: 4, 5, 6 (null), 7. */
    ck_assert_uint_eq(st_frame_rows(frame), 4);
    ck_assert_int_eq(st_frame_integers(frame, 0)[0], 4);
    ck_assert_int_eq(st_frame_integers(frame, 0)[1], 5);
    ck_assert_int_eq(st_frame_is_null(frame, 0, 2), 1);
    ck_assert_int_eq(st_frame_integers(frame, 0)[3], 7);
    ck_assert_uint_eq(st_frame_null_count(frame, 0), 1);
    st_frame_destroy(frame);
}
END_TEST

START_TEST(what_lies_behind_nulls_is_not_read)
{
    static const int32_t offsets[] = {0, 1, -7, 9};
    static const uint64_t words[] = {1, UINT64_MAX};
    static const unsigned char valid[] = {1};
    const void *texts[] = {valid, offsets, "a"};
    const void *numbers[] = {valid, words};
    struct ArrowArray text = ARRAY(texts, 2, .null_count = -1);
    struct ArrowArray number = ARRAY(numbers, 2, .null_count = 1);
    one_column column;

    init(&column, "u", &text);
    st_frame_destroy(read(&column));
    init(&column, "L", &number);
    st_frame_destroy(read(&column));
}
END_TEST

START_TEST(a_batch_may_be_empty)
{
    const void *buffers[] = {NULL, NULL, NULL};
    struct ArrowArray array = ARRAY(buffers, 0);
    one_column column;
    st_frame *frame;

    init(&column, "u", &array);
    frame = read(&column);
    ck_assert_uint_eq(st_frame_rows(frame), 0);
    ck_assert_uint_eq(st_frame_columns(frame), 1);
    st_frame_destroy(frame);

    column.schema.n_children = column.batch.n_children = 0;
    column.batch.length = 5;
    frame = read(&column);
    ck_assert_uint_eq(st_frame_rows(frame), 5);
    ck_assert_uint_eq(st_frame_columns(frame), 0);
    st_frame_destroy(frame);
}
END_TEST

/* ---- mistakes -------------------------------------------------------------
 */

static const int64_t numbers[] = {1, 2, 3};

/* A column of three integers, as it should be. */
static void init_good(one_column *out, const void *buffers[2])
{
    struct ArrowArray array = {.length = 3,
                               .n_buffers = 2,
                               .buffers = buffers,
                               .release = hand_array_released};

    buffers[0] = NULL;
    buffers[1] = numbers;
    init(out, "l", &array);
}

START_TEST(batches_are_checked)
{
    const void *buffers[2];
    one_column column;

    init_good(&column, buffers);
    column.schema.release = NULL;
    expect(&column, "the record batch is missing or was released");
    init_good(&column, buffers);
    column.batch.release = NULL;
    expect(&column, "the record batch is missing or was released");
    init_good(&column, buffers);
    column.schema.format = "+l";
    expect(&column, "a frame is an array of structs");
    column.schema.format = NULL;
    expect(&column, "a frame is an array of structs");
    init_good(&column, buffers);
    column.batch.n_children = 2;
    expect(&column, "array and schema have not the same children");
    init_good(&column, buffers);
    column.batch.children = NULL;
    expect(&column, "array and schema have not the same children");
    for (int i = 0; i < 5; i++) {
        init_good(&column, buffers);
        column.batch.length = i == 0 ? -1 : 3;
        column.batch.offset = i == 1 ? -1 : i == 2 ? INT64_MAX : 0;
        column.batch.n_buffers = i == 3 ? 2 : 1;
        column.batch.null_count = i == 4 ? 1 : 0;
        expect(&column, "length, offset, nulls or buffers of the record batch "
                        "are no good");
    }
}
END_TEST

START_TEST(columns_are_checked)
{
    const void *buffers[2];
    one_column column;

    init_good(&column, buffers);
    column.columns[0] = NULL;
    expect(&column, "column 1 (''): the schema is missing or was released");
    init_good(&column, buffers);
    column.column.release = NULL;
    expect(&column, "column 1 (''): the schema is missing or was released");
    init_good(&column, buffers);
    column.column.format = "+l";
    expect(&column, "column 1 ('a'): a frame has no columns of the format "
                    "'+l'");
    column.column.format = NULL;
    expect(&column, "column 1 ('a'): a frame has no columns of the format ''");
    column.column.format = "ll";
    expect(&column, "column 1 ('a'): a frame has no columns of the format "
                    "'ll'");
    init_good(&column, buffers);
    column.arrays[0] = NULL;
    expect(&column, "column 1 ('a'): the array is missing or was released");
    init_good(&column, buffers);
    column.array.release = NULL;
    expect(&column, "column 1 ('a'): the array is missing or was released");
    init_good(&column, buffers);
    column.array.length = 2;
    expect(&column, "column 1 ('a'): it has 2 items, too few for the batch");
    init_good(&column, buffers);
    column.batch.offset = 1;
    expect(&column, "column 1 ('a'): it has 3 items, too few for the batch");
    init_good(&column, buffers);
    buffers[1] = NULL;
    expect(&column, "column 1 ('a'): a buffer is missing");
    init_good(&column, buffers);
    column.array.null_count = 1;
    expect(&column, "column 1 ('a'): nulls are counted without a bitmap");
    init_good(&column, buffers);
    column.array.n_children = 1;
    expect(&column, "column 1 ('a'): there are children");
    for (int i = 0; i < 6; i++) {
        init_good(&column, buffers);
        column.array.length = i == 0 ? -1 : 3;
        column.array.offset = i == 1 ? -1 : i == 2 ? INT64_MAX / 8 : 0;
        column.array.n_buffers = i == 3 ? 3 : 2;
        column.array.null_count = i == 4 ? 4 : i == 5 ? -2 : 0;
        expect(&column, "column 1 ('a'): length, offset, nulls or buffers are "
                        "no good");
    }
}
END_TEST

START_TEST(integers_that_are_too_large_are_refused)
{
    static const uint64_t words[] = {INT64_MAX, (uint64_t)INT64_MAX + 1};
    const void *buffers[] = {NULL, words};
    struct ArrowArray array = ARRAY(buffers, 2);
    one_column column;

    init(&column, "L", &array);
    expect(&column, "column 1 ('a'): the integer of row 1 takes more than 63 "
                    "bits");
}
END_TEST

START_TEST(texts_are_checked)
{
    static const int32_t lists[][3] = {{0, -1, 1}, {-1, 0, 1}, {0, 2, 1}};
    static const int32_t good[] = {0, 1, 2};
    const void *buffers[] = {NULL, good, "a\xFF"};
    struct ArrowArray array = ARRAY(buffers, 2);
    one_column column;

    init(&column, "u", &array);
    expect(&column, "column 1 ('a'): row 1 is no UTF-8");
    buffers[2] = NULL;
    expect(&column, "column 1 ('a'): the offsets of row 0 are no good");
    buffers[2] = "ab";
    for (int i = 0; i < 3; i++) {
        buffers[1] = lists[i];
        expect(&column, i == 2
                            ? "column 1 ('a'): the offsets of row 1 are no good"
                            : "column 1 ('a'): the offsets of row 0 are no "
                              "good");
    }
}
END_TEST

START_TEST(dictionaries_are_checked)
{
    static const int32_t offsets[] = {0, 1, 2};
    const void *words[] = {NULL, offsets, "ab"};
    const void *buffers[2];
    struct ArrowSchema word = SCHEMA("u");
    struct ArrowArray dictionary = ARRAY(words, 2);
    one_column column;

    init_good(&column, buffers);
    column.array.dictionary = &dictionary;
    expect(&column, "column 1 ('a'): only one of array and schema has a "
                    "dictionary");
    column.column.dictionary = &word;
    expect(&column, "column 1 ('a'): row 1 is not in the dictionary");
    word.format = "i";
    expect(&column, "column 1 ('a'): the dictionary is not one of texts");
    word.format = "u";
    dictionary.release = NULL;
    expect(&column, "column 1 ('a'): the array is missing or was released");
    column.column.format = "g";
    expect(&column, "column 1 ('a'): a dictionary is indexed by what is no "
                    "integer");
}
END_TEST

#define LOOP(tests, name, list)                                                \
    tcase_add_loop_test(tests, name, 0, sizeof(list) / sizeof *(list))

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("frame_from_arrow");
    TCase *tests = tcase_create("batches");

    LOOP(tests, integers_of_every_width_are_read, integers);
    LOOP(tests, times_keep_unit_and_zone, times);
    tcase_add_test(tests, floats_bools_and_nothing_are_read);
    tcase_add_test(tests, texts_have_offsets_of_either_width);
    tcase_add_test(tests, dictionaries_are_looked_up);
    tcase_add_test(tests, parents_and_children_may_be_slices_with_nulls);
    tcase_add_test(tests, what_lies_behind_nulls_is_not_read);
    tcase_add_test(tests, a_batch_may_be_empty);
    tcase_add_test(tests, batches_are_checked);
    tcase_add_test(tests, columns_are_checked);
    tcase_add_test(tests, integers_that_are_too_large_are_refused);
    tcase_add_test(tests, texts_are_checked);
    tcase_add_test(tests, dictionaries_are_checked);
    suite_add_tcase(suite, tests);
    return suite;
}
