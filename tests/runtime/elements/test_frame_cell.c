#include "elements/frame_cell.h"

#include <check.h>

#include <stdlib.h>
#include <string.h>

Suite *memo_test_suite(void);

static const struct {
    const char *text;
    int is_good;
    int64_t value;
} integers[] = {
    {"0", 1, 0},
    {"-0", 1, 0},
    {"+17", 1, 17},
    {"007", 1, 7},
    {" \t42 ", 1, 42},
    {"9223372036854775807", 1, INT64_MAX},
    {"-9223372036854775808", 1, INT64_MIN},
    {"9223372036854775808", 0, 0},
    {"-9223372036854775809", 0, 0},
    {"99999999999999999999999", 0, 0},
    {"", 0, 0},
    {" ", 0, 0},
    {"-", 0, 0},
    {"--1", 0, 0},
    {"1 2", 0, 0},
    {"1.0", 0, 0},
    {"1e3", 0, 0},
    {"0x10", 0, 0},
};

START_TEST(integers_fit_64_bits)
{
    int64_t value = 0;
    const char *text = integers[_i].text;

    ck_assert_int_eq(st_cell_integer(&value, text, strlen(text)),
                     integers[_i].is_good);

    if (integers[_i].is_good)
        ck_assert_int_eq(value, integers[_i].value);
}
END_TEST

static const struct {
    const char *text;
    int is_good;
    double value;
} doubles[] = {
    {"0.5", 1, 0.5},
    {"-.5", 1, -0.5},
    {"5.", 1, 5},
    {"1e3", 1, 1000},
    {"1E-3", 1, 0.001},
    {"+1.5e+2", 1, 150},
    {" 12 ", 1, 12},
    {"1e999", 1, __builtin_inf()},
    {"-inf", 1, -__builtin_inf()},
    {"Infinity", 1, __builtin_inf()},
    {"0.1", 1, 0.1},
    {"1.7976931348623157e308", 1, 1.7976931348623157e308},
    {"", 0, 0},
    {".", 0, 0},
    {"e5", 0, 0},
    {"1e", 0, 0},
    {"1e+", 0, 0},
    {"1,5", 0, 0},
    {"0x1p3", 0, 0},
    {"nan(1)", 0, 0},
    {"infinite", 0, 0},
    {"1.5 kg", 0, 0},
};

START_TEST(doubles_are_decimal)
{
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    const char *text = doubles[_i].text;
    double value = 0;

    ck_assert_int_eq(st_cell_double(&value, text, strlen(text), plain),
                     doubles[_i].is_good);

    if (doubles[_i].is_good)
        ck_assert_double_eq(value, doubles[_i].value);
    freelocale(plain);
}
END_TEST

START_TEST(not_a_number_is_one)
{
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    double value = 0;

    ck_assert(st_cell_double(&value, "NaN", 3, plain));
    ck_assert_double_nan(value);
    freelocale(plain);
}
END_TEST

START_TEST(numbers_have_at_most_511_bytes)
{
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    char digits[512];
    int64_t integer;
    double value;

    memset(digits, '0', sizeof digits);
    ck_assert(st_cell_double(&value, digits, 511, plain));
    ck_assert(!st_cell_double(&value, digits, 512, plain));
    ck_assert(st_cell_integer(&integer, digits, 510));
    ck_assert(!st_cell_integer(&integer, digits, 511));
    freelocale(plain);
}
END_TEST

START_TEST(bools_are_words)
{
    bool value = false;

    ck_assert(st_cell_bool(&value, "TRUE", 4) && value);
    ck_assert(st_cell_bool(&value, " False", 6) && !value);
    ck_assert(!st_cell_bool(&value, "1", 1));
    ck_assert(!st_cell_bool(&value, "yes", 3));
    ck_assert(!st_cell_bool(&value, "tru", 3));
    ck_assert(!st_cell_bool(&value, "true\0", 5));
}
END_TEST

static const struct {
    const char *text;
    int64_t seconds;
    int32_t nanoseconds;
    int digits, has_zone;
} times[] = {
    {"1970-01-01", 0, 0, 0, 0},
    {"2024-02-29", 1709164800, 0, 0, 0},
    {"1969-12-31T23:59:59", -1, 0, 0, 0},
    {"0000-01-01", -62167219200, 0, 0, 0},
    {"9999-12-31 23:59:59", 253402300799, 0, 0, 0},
    {"2024-02-29T12:34", 1709210040, 0, 0, 0},
    {"2024-02-29 12:34:56", 1709210096, 0, 0, 0},
    {"2024-02-29T12:34:56.5", 1709210096, 500000000, 1, 0},
    {"2024-02-29T12:34:56,000000001", 1709210096, 1, 9, 0},
    {"2024-02-29T12:34:56Z", 1709210096, 0, 0, 1},
    {"2024-02-29t12:34:56.250z", 1709210096, 250000000, 3, 1},
    {"2024-02-29T12:34:56+02:00", 1709202896, 0, 0, 1},
    {"2024-02-29T12:34:56-0530", 1709229896, 0, 0, 1},
    {" 2024-02-29T12:34:56-01 ", 1709213696, 0, 0, 1},
    {"2000-02-29", 951782400, 0, 0, 0},
};

START_TEST(times_count_from_1970)
{
    st_cell_instant time;
    const char *text = times[_i].text;

    ck_assert(st_cell_time(&time, text, strlen(text)));

    ck_assert_int_eq(time.seconds, times[_i].seconds);
    ck_assert_int_eq(time.nanoseconds, times[_i].nanoseconds);
    ck_assert_int_eq(time.digits, times[_i].digits);
    ck_assert_int_eq(time.has_zone, times[_i].has_zone);
}
END_TEST

static const char *const no_times[] = {
    "",
    "2024",
    "2024-02",
    "2024-2-29",
    "24-02-29",
    "2023-02-29",
    "1900-02-29",
    "2024-13-01",
    "2024-00-01",
    "2024-04-31",
    "2024-01-00",
    "20240229",
    "2024-02-29T",
    "2024-02-29T12",
    "2024-02-29T24:00",
    "2024-02-29T12:60",
    "2024-02-29T12:34:60",
    "2024-02-29T12:34:56.",
    "2024-02-29T12:34:56.1234567890",
    "2024-02-29T12:34:56+",
    "2024-02-29T12:34:56+2",
    "2024-02-29T12:34:56+25:00",
    "2024-02-29T12:34:56 UTC",
    "2024-02-29Z",
    "2024-02-29T12:34:56Zx",
    "2024-02-29x12:34:56",
};

START_TEST(what_no_calendar_has_is_no_time)
{
    st_cell_instant time;

    ck_assert(!st_cell_time(&time, no_times[_i], strlen(no_times[_i])));
}
END_TEST

#define LOOP(tests, name, list)                                                \
    tcase_add_loop_test(tests, name, 0, sizeof(list) / sizeof *(list))

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("frame_cell");
    TCase *tests = tcase_create("cells");

    LOOP(tests, integers_fit_64_bits, integers);
    LOOP(tests, doubles_are_decimal, doubles);
    LOOP(tests, times_count_from_1970, times);
    LOOP(tests, what_no_calendar_has_is_no_time, no_times);
    tcase_add_test(tests, not_a_number_is_one);
    tcase_add_test(tests, numbers_have_at_most_511_bytes);
    tcase_add_test(tests, bools_are_words);
    suite_add_tcase(suite, tests);
    return suite;
}
