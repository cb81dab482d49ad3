#include "frame_samples.h"

#include <check.h>

Suite *memo_test_suite(void);

static const int64_t values[] = {1, 2, 3};
static const char *const good_texts[] = {"a", NULL, "\xC3\xBC"};
static const char *const bad_texts[] = {"a", "b", "\xC3"};
static const char *const unseen_texts[] = {"a", NULL, NULL};
static char long_name[ST_FRAME_MAX_NAME + 2];

static const struct {
    st_frame_column column;
    st_status status;
    const char *text;
} mistakes[] = {
    {{"new", ST_FRAME_INTEGER, 0, 2, values, NULL, NULL},
     ST_BAD_VALUE,
     "column 'new': it has 2 rows, the frame has 3"},
    {{"new", ST_FRAME_INTEGER, 0, 4, values, NULL, NULL},
     ST_BAD_VALUE,
     "column 'new': it has 4 rows, the frame has 3"},
    {{"new", ST_FRAME_INTEGER, 0, 3, NULL, NULL, NULL},
     ST_BAD_VALUE,
     "column 'new': there are no values"},
    {{"new", ST_FRAME_TYPE_COUNT, 0, 3, values, NULL, NULL},
     ST_BAD_VALUE,
     "column 'new': its type or unit is unknown"},
    {{"new", ST_FRAME_TIME, ST_FRAME_UNIT_COUNT, 3, values, NULL, NULL},
     ST_BAD_VALUE,
     "column 'new': its type or unit is unknown"},
    {{"old", ST_FRAME_INTEGER, 0, 3, values, NULL, NULL},
     ST_BAD_VALUE,
     "columns 1 and 3 are both called 'old'"},
    {{NULL, ST_FRAME_INTEGER, 0, 3, values, NULL, NULL},
     ST_BAD_VALUE,
     "columns 2 and 3 are both called ''"},
    {{"\xFF", ST_FRAME_INTEGER, 0, 3, values, NULL, NULL},
     ST_BAD_DATA,
     "the name of column 3 is no UTF-8"},
    {{"new", ST_FRAME_TIME, 0, 3, values, NULL, "\xFF"},
     ST_BAD_DATA,
     "the time zone of column 3 is no UTF-8"},
    {{"new", ST_FRAME_TEXT, 0, 3, bad_texts, NULL, NULL},
     ST_BAD_DATA,
     "column 'new': row 2 is no UTF-8"},
    {{long_name, ST_FRAME_INTEGER, 0, 3, values, NULL, NULL},
     ST_BAD_VALUE,
     "the name of column 3 is longer than 65535 bytes"},
};

static st_frame *frame_of_two(void)
{
    st_frame *frame = NULL;

    memset(long_name, 'n', sizeof long_name - 1);
    must(st_frame_create(&frame, 3, NULL));
    must(st_frame_add_integers(frame, "old", values, NULL, NULL));
    must(st_frame_add_integers(frame, NULL, values, NULL, NULL));
    return frame;
}

START_TEST(mistakes_are_named_and_change_nothing)
{
    st_failure error;
    st_frame *frame = frame_of_two(), *before = frame_of_two();

    ck_assert_int_eq(st_frame_add(frame, &mistakes[_i].column, &error),
                     mistakes[_i].status);

    ck_assert_str_eq(error.text, mistakes[_i].text);
    ck_assert_int_eq(error.status, mistakes[_i].status);
    ck_assert_int_eq(st_frame_equal(frame, before), 1);
    ck_assert_int_eq(st_frame_add(frame, &mistakes[_i].column, NULL),
                     mistakes[_i].status);
    st_frame_destroy(frame);
    st_frame_destroy(before);
}
END_TEST

START_TEST(texts_are_null_by_pointer_or_by_validity)
{
    static const unsigned char valid[] = {1, 1, 0};
    st_frame *one = frame_of_two(), *other = frame_of_two();

    must(st_frame_add_texts(one, "t", good_texts, valid, NULL));
    must(st_frame_add_texts(other, "t", unseen_texts, NULL, NULL));

    ck_assert_int_eq(st_frame_equal(one, other), 1);
    ck_assert_uint_eq(st_frame_null_count(one, 2), 2);
    st_frame_destroy(one);
    st_frame_destroy(other);
}
END_TEST

START_TEST(what_is_null_need_not_be_utf8)
{
    static const unsigned char valid[] = {1, 1, 0};
    st_frame *frame = frame_of_two();

    ck_assert_int_eq(st_frame_add_texts(frame, "t", bad_texts, valid, NULL),
                     ST_OK);
    st_frame_destroy(frame);
}
END_TEST

START_TEST(unit_and_zone_are_left_out_where_there_is_no_time)
{
    st_frame_column column = {"a", ST_FRAME_INTEGER, 1, 3, values, NULL, "UTC"};
    st_frame *one = frame_of_two(), *other = frame_of_two();

    must(st_frame_add(one, &column, NULL));
    must(st_frame_add_integers(other, "a", values, NULL, NULL));

    ck_assert_int_eq(st_frame_equal(one, other), 1);
    st_frame_destroy(one);
    st_frame_destroy(other);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("frame_add");
    TCase *tests = tcase_create("columns");

    tcase_add_loop_test(tests, mistakes_are_named_and_change_nothing, 0,
                        sizeof mistakes / sizeof *mistakes);
    tcase_add_test(tests, texts_are_null_by_pointer_or_by_validity);
    tcase_add_test(tests, what_is_null_need_not_be_utf8);
    tcase_add_test(tests, unit_and_zone_are_left_out_where_there_is_no_time);
    suite_add_tcase(suite, tests);
    return suite;
}
