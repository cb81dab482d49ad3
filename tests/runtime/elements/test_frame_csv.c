#include "frame_samples.h"

#include <check.h>

#include <locale.h>
#include <time.h>

Suite *memo_test_suite(void);

static st_frame *read_with(const char *text, const st_csv_options *options)
{
    st_failure error = {ST_OK, ""};
    st_frame *frame = NULL;

    st_frame_from_csv(&frame, text, strlen(text), options, &error);
    ck_assert_msg(frame != NULL, "%s", error.text);
    return frame;
}

static st_frame *read(const char *text)
{
    return read_with(text, NULL);
}

static void expect_text(const st_frame *frame, size_t column, size_t row,
                        const char *text)
{
    size_t size = 0;
    const char *found = st_frame_text(frame, column, row, &size);

    ck_assert_int_eq(st_frame_is_null(frame, column, row), 0);
    ck_assert_uint_eq(size, strlen(text));
    ck_assert_mem_eq(found, text, size);
}

static const struct {
    const char *cells;
    st_frame_type type;
} columns[] = {
    {"1\n-2\n", ST_FRAME_INTEGER},
    {"1\n,\n", ST_FRAME_INTEGER},
    {"9223372036854775807\n", ST_FRAME_INTEGER},
    {"9223372036854775808\n", ST_FRAME_DOUBLE},
    {"1\n2.5\n", ST_FRAME_DOUBLE},
    {"2.5\n1\n", ST_FRAME_DOUBLE},
    {"nan\n1\n", ST_FRAME_DOUBLE},
    {"true\nFalse\n", ST_FRAME_BOOL},
    {"true\n1\n", ST_FRAME_TEXT},
    {"2024-02-29\n", ST_FRAME_TIME},
    {"2024-02-29\n2024-02-29 12:00\n", ST_FRAME_TIME},
    {"2024-02-29\n2024-02-29 12:00Z\n", ST_FRAME_TEXT},
    {"2024-02-29\n2024\n", ST_FRAME_TEXT},
    {"9999-01-01T00:00:00.123456\n", ST_FRAME_TIME},
    {"9999-01-01T00:00:00.1234567\n", ST_FRAME_TEXT},
    {"1\nx\n", ST_FRAME_TEXT},
    {"\"1\"\n2\n", ST_FRAME_INTEGER},
    {"1\n\"\"\n", ST_FRAME_INTEGER},
    {"", ST_FRAME_TEXT},
    {"\"\"\n", ST_FRAME_TEXT},
};

START_TEST(a_column_has_the_first_type_that_fits_all)
{
    char text[200] = "a\n";
    st_frame *frame;

    /* The second column is there so that the first may be empty. */
    if (strchr(columns[_i].cells, ',')) {
        strcpy(text, "a,b\n1,\n");
        strcat(text, columns[_i].cells + 2);
    } else {
        strcat(text, columns[_i].cells);
    }
    frame = read(text);

    ck_assert_int_eq(st_frame_type_of(frame, 0), columns[_i].type);
    st_frame_destroy(frame);
}
END_TEST

START_TEST(values_are_read)
{
    st_frame *frame =
        read("n,x,good,when,word\r\n"
             "1,0.5,true,2024-02-29T12:34:56.5,\"a,\"\"b\"\"\"\r\n"
             "-2,1e3,FALSE,1969-12-31,\"c\nd\"\r\n");

    ck_assert_uint_eq(st_frame_rows(frame), 2);
    ck_assert_str_eq(st_frame_name(frame, 2), "good");
    ck_assert_int_eq(st_frame_integers(frame, 0)[1], -2);
    ck_assert_double_eq(st_frame_doubles(frame, 1)[1], 1000);
    ck_assert_int_eq(st_frame_bool(frame, 2, 0), 1);
    ck_assert_int_eq(st_frame_bool(frame, 2, 1), 0);
    ck_assert_int_eq(st_frame_integers(frame, 3)[0], 1709210096500);
    ck_assert_int_eq(st_frame_integers(frame, 3)[1], -86400000);
    expect_text(frame, 4, 0, "a,\"b\"");
    expect_text(frame, 4, 1, "c\nd");
    st_frame_destroy(frame);
}
END_TEST

START_TEST(empty_cells_are_null_and_quoted_ones_are_empty_texts)
{
    st_frame *frame = read("n,word,none\n1,a,\n,,\n\"\",\"\",\n");

    ck_assert_uint_eq(st_frame_null_count(frame, 0), 2);
    ck_assert_uint_eq(st_frame_null_count(frame, 1), 1);
    ck_assert_int_eq(st_frame_is_null(frame, 1, 1), 1);
    expect_text(frame, 1, 2, "");
    ck_assert_uint_eq(st_frame_null_count(frame, 2), 3);
    st_frame_destroy(frame);
}
END_TEST

START_TEST(a_word_can_mean_null)
{
    st_csv_options options = {.null_text = "NA"};
    st_frame *frame = read_with("n,word\n1,\"NA\"\nNA,NA\n,x\n", &options);

    ck_assert_int_eq(st_frame_type_of(frame, 0), ST_FRAME_INTEGER);
    ck_assert_uint_eq(st_frame_null_count(frame, 0), 2);
    ck_assert_uint_eq(st_frame_null_count(frame, 1), 1);
    expect_text(frame, 1, 0, "NA");
    st_frame_destroy(frame);
}
END_TEST

static const struct {
    const char *cell;
    st_frame_unit unit;
    const char *zone;
    int64_t value;
} times[] = {
    {"2024-02-29", ST_FRAME_MILLISECONDS, "", 1709164800000},
    {"2024-02-29T00:00:00.25", ST_FRAME_MILLISECONDS, "", 1709164800250},
    {"2024-02-29T00:00:00.0001", ST_FRAME_MICROSECONDS, "", 1709164800000100},
    {"2024-02-29T00:00:00.0000001", ST_FRAME_NANOSECONDS, "",
     1709164800000000100},
    {"2024-02-29T02:00+02:00", ST_FRAME_MILLISECONDS, "UTC", 1709164800000},
    {"2262-04-11T23:47:15.9999999", ST_FRAME_NANOSECONDS, "",
     9223372035999999900},
    {"1677-09-21T00:12:45.0000001", ST_FRAME_NANOSECONDS, "",
     -9223372034999999900},
};

START_TEST(times_are_as_fine_as_they_are_written)
{
    char text[100];
    st_frame *frame;

    snprintf(text, sizeof text, "t\n%s\n", times[_i].cell);
    frame = read(text);

    ck_assert_int_eq(st_frame_type_of(frame, 0), ST_FRAME_TIME);
    ck_assert_int_eq(st_frame_unit_of(frame, 0), times[_i].unit);
    ck_assert_str_eq(st_frame_zone(frame, 0), times[_i].zone);
    ck_assert_int_eq(st_frame_integers(frame, 0)[0], times[_i].value);
    st_frame_destroy(frame);
}
END_TEST

START_TEST(options_say_what_the_text_is_like)
{
    st_csv_options options = {
        .delimiter = ';', .has_no_header = 1, .index = "2"};
    st_frame *frame = read_with("1;a\n2;b\n", &options);

    ck_assert_uint_eq(st_frame_rows(frame), 2);
    ck_assert_str_eq(st_frame_name(frame, 0), "1");
    ck_assert_str_eq(st_frame_name(frame, 1), "2");
    ck_assert_uint_eq(st_frame_index(frame), 1);
    st_frame_destroy(frame);
}
END_TEST

START_TEST(a_text_may_have_few_rows_or_none)
{
    st_csv_options options = {.has_no_header = 1};
    st_frame *header = read("a,b\n"), *nothing = read_with("", &options);

    ck_assert_uint_eq(st_frame_columns(header), 2);
    ck_assert_uint_eq(st_frame_rows(header), 0);
    ck_assert_uint_eq(st_frame_columns(nothing), 0);
    ck_assert_uint_eq(st_frame_rows(nothing), 0);
    st_frame_destroy(header);
    st_frame_destroy(nothing);
}
END_TEST

static const struct {
    const char *text;
    st_csv_options options;
    st_status status;
    const char *error;
} mistakes[] = {
    {"", {0}, ST_BAD_DATA, "line 1: there is no header"},
    {"a,a\n", {0}, ST_BAD_VALUE, "columns 1 and 2 are both called 'a'"},
    {"a,b\n1\n",
     {0},
     ST_BAD_DATA,
     "line 2, column 1: the row has 1 cells, the first one has 2"},
    {"a\n", {.index = "b"}, ST_NOT_FOUND, "there is no column 'b'"},
    {"a\n",
     {.delimiter = '"'},
     ST_BAD_VALUE,
     "this character cannot stand between cells"},
    {"a\n",
     {.delimiter = '\n'},
     ST_BAD_VALUE,
     "this character cannot stand between cells"},
    {"a\n",
     {.delimiter = (char)0xC3},
     ST_BAD_VALUE,
     "this character cannot stand between cells"},
};

START_TEST(mistakes_are_named)
{
    st_failure error;
    st_frame *frame = NULL;
    const char *text = mistakes[_i].text;

    ck_assert_int_eq(st_frame_from_csv(&frame, text, strlen(text),
                                       &mistakes[_i].options, &error),
                     mistakes[_i].status);

    ck_assert_str_eq(error.text, mistakes[_i].error);
    ck_assert_ptr_null(frame);
}
END_TEST

START_TEST(columns_have_a_bound)
{
    st_failure error;
    st_frame *frame = NULL;
    char *text = malloc(ST_FRAME_MAX_COLUMNS + 1);

    memset(text, ',', ST_FRAME_MAX_COLUMNS);
    ck_assert_int_eq(
        st_frame_from_csv(&frame, text, ST_FRAME_MAX_COLUMNS, NULL, &error),
        ST_BAD_VALUE);
    ck_assert_str_eq(error.text, "a frame has 16384 columns at most");
    free(text);
}
END_TEST

START_TEST(names_have_no_nul_and_texts_may)
{
    st_failure error;
    st_frame *frame = NULL;

    ck_assert_int_eq(st_frame_from_csv(&frame, "a\0b\n", 4, NULL, &error),
                     ST_BAD_DATA);
    ck_assert_str_eq(error.text,
                     "the header, column 1: a name has a NUL in it");
    ck_assert_int_eq(st_frame_from_csv(&frame, "a\n1\0\n", 5, NULL, &error),
                     ST_OK);
    ck_assert_int_eq(st_frame_type_of(frame, 0), ST_FRAME_TEXT);
    st_frame_destroy(frame);
}
END_TEST

START_TEST(the_locale_of_the_program_does_not_matter)
{
    static const char *const locales[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "de_DE",
                                          "C"};
    size_t i = 0;
    st_frame *frame;

    while (!setlocale(LC_ALL, locales[i]))
        i++;
    frame = read("x\n0.5\n");
    setlocale(LC_ALL, "C");

    ck_assert_double_eq(st_frame_doubles(frame, 0)[0], 0.5);
    st_frame_destroy(frame);
}
END_TEST

/* A text of so many copies of a piece, and the seconds to read it. */
static double seconds_for(const char *piece, size_t count)
{
    size_t length = strlen(piece);
    char *text = malloc(count * length);
    struct timespec begin, end;
    st_frame *frame = NULL;

    for (size_t i = 0; i < count * length; i++)
        text[i] = piece[i % length];
    clock_gettime(CLOCK_MONOTONIC, &begin);
    st_frame_from_csv(&frame, text, count * length, NULL, NULL);
    clock_gettime(CLOCK_MONOTONIC, &end);
    st_frame_destroy(frame);
    free(text);
    return (double)(end.tv_sec - begin.tv_sec) +
           (double)(end.tv_nsec - begin.tv_nsec) * 1e-9;
}

/* Ten times would be linear, a hundred times quadratic. */
START_TEST(long_texts_take_as_long_as_they_are)
{
    static const char *const pieces[] = {
        "1,2\n", ",", "\"", "\n", "\r\n", "9", "1e", "\"a\"\"\",", "\"\n"};
    const char *piece = pieces[_i];
    double few = seconds_for(piece, 100000);
    double many = seconds_for(piece, 1000000);

    ck_assert_msg(many < 40 * few + 0.2, "%f s, %f s", few, many);
}
END_TEST

START_TEST(any_bytes_do_no_harm)
{
    static const char alphabet[] = "a,\"\n\r1.-e2:TZ\xC3\xBC";
    static const st_csv_options options = {.null_text = "1",
                                           .has_no_header = 1};

    for (int seed = 0; seed < rounds(50000); seed++) {
        uint64_t state = (uint64_t)seed;
        size_t size = random_below(&state, 32);
        char *text = malloc(size > 0 ? size : 1);
        st_frame *frame = NULL;

        for (size_t i = 0; i < size; i++)
            text[i] = alphabet[random_below(&state, sizeof alphabet)];
        st_frame_from_csv(&frame, text, size,
                          random_below(&state, 2) ? &options : NULL, NULL);
        st_frame_destroy(frame);
        free(text);
    }
}
END_TEST

#define LOOP(tests, name, list)                                                \
    tcase_add_loop_test(tests, name, 0, sizeof(list) / sizeof *(list))

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("frame_csv");
    TCase *tests = tcase_create("texts");

    tcase_set_timeout(tests, 120);
    LOOP(tests, a_column_has_the_first_type_that_fits_all, columns);
    LOOP(tests, times_are_as_fine_as_they_are_written, times);
    LOOP(tests, mistakes_are_named, mistakes);
    tcase_add_loop_test(tests, long_texts_take_as_long_as_they_are, 0, 9);
    tcase_add_test(tests, values_are_read);
    tcase_add_test(tests, empty_cells_are_null_and_quoted_ones_are_empty_texts);
    tcase_add_test(tests, a_word_can_mean_null);
    tcase_add_test(tests, options_say_what_the_text_is_like);
    tcase_add_test(tests, a_text_may_have_few_rows_or_none);
    tcase_add_test(tests, columns_have_a_bound);
    tcase_add_test(tests, names_have_no_nul_and_texts_may);
    tcase_add_test(tests, the_locale_of_the_program_does_not_matter);
    tcase_add_test(tests, any_bytes_do_no_harm);
    suite_add_tcase(suite, tests);
    return suite;
}
