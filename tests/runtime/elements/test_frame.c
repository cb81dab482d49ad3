#include "frame_samples.h"

#include <check.h>

Suite *memo_test_suite(void);

START_TEST(what_is_added_can_be_read)
{
    size_t size = 0;
    st_frame *frame = sample_frame();

    ck_assert_uint_eq(st_frame_rows(frame), 3);
    ck_assert_uint_eq(st_frame_columns(frame), 5);
    ck_assert_str_eq(st_frame_name(frame, 3), "word");
    ck_assert_int_eq(st_frame_type_of(frame, 4), ST_FRAME_TIME);
    ck_assert_int_eq(st_frame_integers(frame, 0)[1], -2);
    ck_assert_double_eq(st_frame_doubles(frame, 1)[1], -1e300);
    ck_assert_int_eq(st_frame_bool(frame, 2, 0), 1);
    ck_assert_int_eq(st_frame_bool(frame, 2, 1), 0);
    ck_assert_mem_eq(st_frame_text(frame, 3, 1, &size), "gr\xC3\xB6n", 5);
    ck_assert_uint_eq(size, 5);
    ck_assert_int_eq(st_frame_integers(frame, 4)[1], 1709210096000);
    st_frame_destroy(frame);
}
END_TEST

START_TEST(what_is_null_reads_as_nothing)
{
    size_t size = 77;
    st_frame *frame = sample_frame();

    for (size_t i = 0; i < 5; i++) {
        ck_assert_uint_eq(st_frame_null_count(frame, i), 1);
        ck_assert_int_eq(st_frame_is_null(frame, i, 1), 0);
        ck_assert_int_eq(st_frame_is_null(frame, i, 2), 1);
    }
    ck_assert_int_eq(st_frame_integers(frame, 0)[2], 0);
    ck_assert_double_eq(st_frame_doubles(frame, 1)[2], 0);
    ck_assert_int_eq(st_frame_bool(frame, 2, 2), 0);
    st_frame_text(frame, 3, 2, &size);
    ck_assert_uint_eq(size, 0);
    st_frame_destroy(frame);
}
END_TEST

START_TEST(times_are_milliseconds_without_a_zone_at_first)
{
    static const int64_t times[] = {5, 6};
    st_frame_column column = {.name = "fine",
                              .type = ST_FRAME_TIME,
                              .rows = 2,
                              .values = times,
                              .unit = ST_FRAME_NANOSECONDS,
                              .zone = "Europe/Rome"};
    st_frame *frame = NULL;

    must(st_frame_create(&frame, 2, NULL));
    must(st_frame_add_times(frame, "plain", times, NULL, NULL));
    must(st_frame_add(frame, &column, NULL));

    ck_assert_int_eq(st_frame_unit_of(frame, 0), ST_FRAME_MILLISECONDS);
    ck_assert_str_eq(st_frame_zone(frame, 0), "");
    ck_assert_int_eq(st_frame_unit_of(frame, 1), ST_FRAME_NANOSECONDS);
    ck_assert_str_eq(st_frame_zone(frame, 1), "Europe/Rome");
    st_frame_destroy(frame);
}
END_TEST

START_TEST(columns_are_found_by_name)
{
    st_frame *frame = sample_frame();

    ck_assert_uint_eq(st_frame_find(frame, "count"), 0);
    ck_assert_uint_eq(st_frame_find(frame, "when"), 4);
    ck_assert_uint_eq(st_frame_find(frame, "whe"), ST_FRAME_NONE);
    ck_assert_uint_eq(st_frame_find(frame, ""), ST_FRAME_NONE);
    st_frame_destroy(frame);
}
END_TEST

START_TEST(a_column_can_label_the_rows)
{
    st_failure error;
    st_frame *frame = sample_frame();

    ck_assert_uint_eq(st_frame_index(frame), ST_FRAME_NONE);
    ck_assert_int_eq(st_frame_set_index(frame, "word", &error), ST_OK);
    ck_assert_uint_eq(st_frame_index(frame), 3);
    ck_assert_int_eq(st_frame_set_index(frame, "x", &error), ST_NOT_FOUND);
    ck_assert_str_eq(error.text, "there is no column 'x'");
    ck_assert_uint_eq(st_frame_index(frame), 3);
    ck_assert_int_eq(st_frame_set_index(frame, NULL, &error), ST_OK);
    ck_assert_uint_eq(st_frame_index(frame), ST_FRAME_NONE);
    st_frame_destroy(frame);
}
END_TEST

START_TEST(copies_are_equal_and_apart)
{
    st_frame *frame = sample_frame(), *copy = NULL;

    must(st_frame_set_index(frame, "when", NULL));
    must(st_frame_copy(&copy, frame, NULL));

    ck_assert_int_eq(st_frame_equal(frame, copy), 1);
    ck_assert_uint_eq(st_frame_index(copy), 4);
    must(st_frame_set_index(copy, NULL, NULL));
    ck_assert_int_eq(st_frame_equal(frame, copy), 0);
    st_frame_destroy(frame);
    ck_assert_int_eq(st_frame_integers(copy, 0)[1], -2);
    st_frame_destroy(copy);
}
END_TEST

/* A frame of one column of two rows. */
static st_frame *pair(st_frame_column column)
{
    st_frame *frame = NULL;

    column.rows = 2;
    must(st_frame_create(&frame, 2, NULL));
    must(st_frame_add(frame, &column, NULL));
    return frame;
}

START_TEST(every_difference_counts)
{
    static const int64_t values[] = {1, 2}, others[] = {1, 3};
    static const double plus[] = {0.0, 1}, minus[] = {-0.0, 1};
    static const unsigned char some[] = {1, 0};
    static const st_frame_column columns[] = {
        {.name = "a", .type = ST_FRAME_INTEGER, .values = values},
        {.name = "b", .type = ST_FRAME_INTEGER, .values = values},
        {.name = "a", .type = ST_FRAME_INTEGER, .values = others},
        {.name = "a",
         .type = ST_FRAME_INTEGER,
         .values = values,
         .valid = some},
        {.name = "a", .type = ST_FRAME_DOUBLE, .values = plus},
        {.name = "a", .type = ST_FRAME_DOUBLE, .values = minus},
        {.name = "a", .type = ST_FRAME_TIME, .values = values},
        {.name = "a", .type = ST_FRAME_TIME, .values = values, .zone = "UTC"},
        {.name = "a", .type = ST_FRAME_TIME, .values = values, .unit = 1},
    };

    for (int i = 0; i < 9; i++) {
        for (int k = 0; k < 9; k++) {
            st_frame *one = pair(columns[i]), *other = pair(columns[k]);

            ck_assert_int_eq(st_frame_equal(one, other), i == k);
            ck_assert_int_eq(st_frame_hash(one) == st_frame_hash(other),
                             i == k);
            st_frame_destroy(one);
            st_frame_destroy(other);
        }
    }
}
END_TEST

START_TEST(what_lies_behind_nulls_does_not_count)
{
    static const double ones[] = {1, __builtin_nan("")}, twos[] = {1, 7};
    static const unsigned char first[] = {1, 0}, all[] = {1, 1};
    st_frame_column column = {
        .type = ST_FRAME_DOUBLE, .values = ones, .valid = first};
    st_frame *one = pair(column), *other;

    column.values = twos;
    other = pair(column);
    ck_assert_int_eq(st_frame_equal(one, other), 1);
    st_frame_destroy(one);
    st_frame_destroy(other);

    column.valid = NULL;
    one = pair(column);
    column.valid = all;
    other = pair(column);
    ck_assert_int_eq(st_frame_equal(one, other), 1);
    st_frame_destroy(one);
    st_frame_destroy(other);
}
END_TEST

START_TEST(frames_may_have_no_columns_or_no_rows)
{
    st_frame *empty = NULL, *rows = NULL;

    must(st_frame_create(&empty, 0, NULL));
    must(st_frame_create(&rows, 5, NULL));
    must(st_frame_add_texts(empty, "a", NULL, NULL, NULL));

    ck_assert_uint_eq(st_frame_columns(rows), 0);
    ck_assert_uint_eq(st_frame_columns(empty), 1);
    ck_assert_int_eq(st_frame_equal(empty, rows), 0);
    ck_assert_int_eq(st_frame_equal(NULL, NULL), 1);
    ck_assert_int_eq(st_frame_equal(rows, NULL), 0);
    st_frame_destroy(empty);
    st_frame_destroy(rows);
    st_frame_destroy(NULL);
}
END_TEST

START_TEST(frames_have_bounds)
{
    st_failure error;
    st_frame *frame = NULL;
    char name[16];

    ck_assert_int_eq(
        st_frame_create(&frame, (size_t)ST_FRAME_MAX_ROWS + 1, &error),
        ST_BAD_VALUE);
    ck_assert_str_eq(error.text, "a frame of 2147483648 rows is asked for, "
                                 "2147483647 is the bound");
    ck_assert_ptr_null(frame);

    must(st_frame_create(&frame, 0, NULL));
    for (unsigned i = 0; i < ST_FRAME_MAX_COLUMNS; i++) {
        snprintf(name, sizeof name, "%u", i);
        must(st_frame_add_bools(frame, name, NULL, NULL, NULL));
    }
    ck_assert_int_eq(st_frame_add_bools(frame, "x", NULL, NULL, &error),
                     ST_BAD_VALUE);
    ck_assert_str_eq(error.text, "a frame has 16384 columns at most");
    st_frame_destroy(frame);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("frame");
    TCase *tests = tcase_create("frames");

    tcase_add_test(tests, what_is_added_can_be_read);
    tcase_add_test(tests, what_is_null_reads_as_nothing);
    tcase_add_test(tests, times_are_milliseconds_without_a_zone_at_first);
    tcase_add_test(tests, columns_are_found_by_name);
    tcase_add_test(tests, a_column_can_label_the_rows);
    tcase_add_test(tests, copies_are_equal_and_apart);
    tcase_add_test(tests, every_difference_counts);
    tcase_add_test(tests, what_lies_behind_nulls_does_not_count);
    tcase_add_test(tests, frames_may_have_no_columns_or_no_rows);
    tcase_add_test(tests, frames_have_bounds);
    suite_add_tcase(suite, tests);
    return suite;
}
