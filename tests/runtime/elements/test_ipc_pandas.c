#include "elements/ipc_pandas.h"

#include "frame_samples.h"

#include <check.h>

Suite *memo_test_suite(void);

START_TEST(columns_are_described)
{
    static const int64_t values[] = {1};
    st_frame_column column = {"at \"x\"\\\n", ST_FRAME_TIME, 0,    1,
                              values,         NULL,          "UTC"};
    st_frame *frame = NULL;
    char *json;

    must(st_frame_create(&frame, 1, NULL));
    must(st_frame_add_integers(frame, "n", values, NULL, NULL));
    must(st_frame_add(frame, &column, NULL));
    must(st_frame_set_index(frame, column.name, NULL));
    json = st_pandas_metadata(frame);

    ck_assert_str_eq(
        json,
        "{\"index_columns\":[\"at \\\"x\\\"\\\\\\u000a\"],\"column_indexes\":"
        "[{\"name\":null,\"field_name\":null,\"pandas_type\":\"unicode\","
        "\"numpy_type\":\"object\",\"metadata\":{\"encoding\":\"UTF-8\"}}],"
        "\"columns\":["
        "{\"name\":\"n\",\"field_name\":\"n\",\"pandas_type\":\"int64\","
        "\"numpy_type\":\"int64\",\"metadata\":null},"
        "{\"name\":\"at \\\"x\\\"\\\\\\u000a\",\"field_name\":"
        "\"at \\\"x\\\"\\\\\\u000a\",\"pandas_type\":\"datetimetz\","
        "\"numpy_type\":\"datetime64[ns]\",\"metadata\":"
        "{\"timezone\":\"UTC\"}}],\"pandas_version\":\"2.0.0\"}");
    free(json);
    st_frame_destroy(frame);
}
END_TEST

START_TEST(an_index_without_a_name_gets_one_that_is_free)
{
    char room[ST_PANDAS_NAME_ROOM];
    st_frame *frame = NULL;

    must(st_frame_create(&frame, 0, NULL));
    must(st_frame_add_bools(frame, "", NULL, NULL, NULL));
    ck_assert_str_eq(st_pandas_name(room, frame, 0), "");
    must(st_frame_set_index(frame, "", NULL));
    ck_assert_str_eq(st_pandas_name(room, frame, 0), "__index_level_0__");
    must(st_frame_add_bools(frame, "__index_level_0__", NULL, NULL, NULL));
    ck_assert_str_eq(st_pandas_name(room, frame, 0), "__index_level_1__");
    ck_assert_str_eq(st_pandas_name(room, frame, 1), "__index_level_0__");
    st_frame_destroy(frame);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("ipc_pandas");
    TCase *tests = tcase_create("metadata");

    tcase_add_test(tests, columns_are_described);
    tcase_add_test(tests, an_index_without_a_name_gets_one_that_is_free);
    suite_add_tcase(suite, tests);
    return suite;
}
