#include "flat_reader.h"
#include "frame_samples.h"

#include <check.h>

Suite *memo_test_suite(void);

/* The parts of a stream; what stands in messages, tests/node reads as well. */
typedef struct {
    unsigned char *bytes;
    size_t size;
    const unsigned char *schema, *batch; /* tables */
    const unsigned char *body;
} stream;

/* A message at a place that is aligned; returns what is behind its head. */
static const unsigned char *enter(const unsigned char **out, const stream *all,
                                  const unsigned char *at)
{
    size_t size = flat_load(at + 4, 4);

    ck_assert_int_eq((at - all->bytes) % 8, 0);
    ck_assert_uint_eq(flat_load(at, 4), UINT32_MAX);
    ck_assert_uint_eq(size % 8, 0);
    ck_assert_uint_gt(size, 0);
    *out = flat_follow(at + 8);
    return at + 8 + size;
}

static stream write(const st_frame *frame)
{
    static const unsigned char end[] = {255, 255, 255, 255, 0, 0, 0, 0};
    stream all;
    const unsigned char *message, *at;

    must(st_frame_to_ipc(&all.bytes, &all.size, frame, NULL));
    at = enter(&message, &all, all.bytes);
    ck_assert_uint_eq(flat_number(message, 0, 2), 4);
    ck_assert_uint_eq(flat_number(message, 1, 1), 1);
    ck_assert_uint_eq(flat_number(message, 3, 8), 0);
    all.schema = flat_ref(message, 2);
    all.body = enter(&message, &all, at);
    ck_assert_uint_eq(flat_number(message, 1, 1), 3);
    all.batch = flat_ref(message, 2);
    at = all.body + flat_number(message, 3, 8);
    ck_assert_int_eq(all.bytes + all.size - at, sizeof end);
    ck_assert_mem_eq(at, end, sizeof end);
    return all;
}

START_TEST(fields_have_the_types_of_their_columns)
{
    static const struct {
        const char *name;
        unsigned type;
    } expected[] = {
        {"count", 2}, {"size", 3}, {"good", 6}, {"word", 5}, {"when", 10}};
    st_frame *frame = sample_frame();
    stream all = write(frame);
    const unsigned char *fields = flat_ref(all.schema, 1);

    ck_assert_uint_eq(flat_load(fields, 4), 5);
    for (size_t i = 0; i < 5; i++) {
        const unsigned char *field = flat_item(fields, i);

        ck_assert_str_eq(flat_text(field, 0), expected[i].name);
        ck_assert_uint_eq(flat_number(field, 1, 1), 1);
        ck_assert_uint_eq(flat_number(field, 2, 1), expected[i].type);
        ck_assert_ptr_nonnull(flat_ref(field, 3));
    }
    ck_assert_ptr_null(flat_field(all.schema, 2));
    free(all.bytes);
    st_frame_destroy(frame);
}
END_TEST

START_TEST(nodes_and_buffers_say_where_columns_are)
{
    st_frame *frame = sample_frame();
    stream all = write(frame);
    const unsigned char *nodes = flat_ref(all.batch, 1);
    const unsigned char *buffers = flat_ref(all.batch, 2);

    ck_assert_uint_eq(flat_number(all.batch, 0, 8), 3);
    ck_assert_uint_eq(flat_load(nodes, 4), 5);
    ck_assert_uint_eq(flat_load(buffers, 4), 11);
    for (size_t i = 0; i < 5; i++) {
        ck_assert_uint_eq(flat_load(nodes + 4 + 16 * i, 8), 3);
        ck_assert_uint_eq(flat_load(nodes + 12 + 16 * i, 8), 1);
    }
    for (size_t i = 0; i < 11; i++)
        ck_assert_uint_eq(flat_load(buffers + 4 + 16 * i, 8) % 8, 0);
    /* The values of the first column. */
    ck_assert_uint_eq(flat_load(buffers + 4 + 16, 8), 8);
    ck_assert_uint_eq(flat_load(buffers + 12 + 16, 8), 24);
    ck_assert_mem_eq(all.body + 8, st_frame_integers(frame, 0), 24);
    free(all.bytes);
    st_frame_destroy(frame);
}
END_TEST

START_TEST(the_index_comes_first_and_is_named_in_metadata)
{
    st_frame *frame = sample_frame();
    const unsigned char *pair, *fields;
    stream all;

    must(st_frame_set_index(frame, "word", NULL));
    all = write(frame);
    fields = flat_ref(all.schema, 1);
    pair = flat_item(flat_ref(all.schema, 2), 0);

    ck_assert_str_eq(flat_text(flat_item(fields, 0), 0), "word");
    ck_assert_str_eq(flat_text(flat_item(fields, 1), 0), "count");
    ck_assert_str_eq(flat_text(flat_item(fields, 4), 0), "when");
    ck_assert_str_eq(flat_text(pair, 0), "pandas");
    ck_assert_ptr_nonnull(
        strstr(flat_text(pair, 1), "{\"index_columns\":[\"word\"],"));
    free(all.bytes);
    st_frame_destroy(frame);
}
END_TEST

START_TEST(equal_frames_have_equal_bytes)
{
    for (int seed = 0; seed < rounds(500); seed++) {
        uint64_t state = (uint64_t)seed;
        st_frame *frame = draw_frame(&state), *copy = NULL;
        stream one, other;

        must(st_frame_copy(&copy, frame, NULL));
        one = write(frame);
        other = write(copy);
        ck_assert_uint_eq(one.size, other.size);
        ck_assert_mem_eq(one.bytes, other.bytes, one.size);
        free(one.bytes);
        free(other.bytes);
        st_frame_destroy(frame);
        st_frame_destroy(copy);
    }
}
END_TEST

START_TEST(times_that_cannot_be_shown_are_refused)
{
    static const struct {
        int64_t time;
        st_frame_unit unit;
        st_status status;
    } times[] = {
        {8640000000000, ST_FRAME_SECONDS, ST_OK},
        {8640000000001, ST_FRAME_SECONDS, ST_BAD_VALUE},
        {-8640000000000000, ST_FRAME_MILLISECONDS, ST_OK},
        {-8640000000000001, ST_FRAME_MILLISECONDS, ST_BAD_VALUE},
        {8640000000000000000, ST_FRAME_MICROSECONDS, ST_OK},
        {INT64_MIN, ST_FRAME_MICROSECONDS, ST_BAD_VALUE},
        {INT64_MIN, ST_FRAME_NANOSECONDS, ST_OK},
        {INT64_MAX, ST_FRAME_NANOSECONDS, ST_OK},
    };

    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        int64_t values[] = {0, times[i].time};
        st_frame_column column = {"t",    ST_FRAME_TIME, times[i].unit, 2,
                                  values, NULL,          NULL};
        unsigned char *bytes = NULL;
        size_t size = 0;
        st_frame *frame = NULL;
        st_failure error = {ST_OK, ""};

        must(st_frame_create(&frame, 2, NULL));
        must(st_frame_add(frame, &column, NULL));

        ck_assert_int_eq(st_frame_to_ipc(&bytes, &size, frame, &error),
                         times[i].status);

        if (times[i].status != ST_OK)
            ck_assert_str_eq(error.text,
                             "column 't': the time of row 1 is further from "
                             "1970 than a browser can tell");
        free(bytes);
        st_frame_destroy(frame);
    }
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("ipc");
    TCase *tests = tcase_create("streams");

    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, fields_have_the_types_of_their_columns);
    tcase_add_test(tests, nodes_and_buffers_say_where_columns_are);
    tcase_add_test(tests, the_index_comes_first_and_is_named_in_metadata);
    tcase_add_test(tests, times_that_cannot_be_shown_are_refused);
    tcase_add_test(tests, equal_frames_have_equal_bytes);
    suite_add_tcase(suite, tests);
    return suite;
}
