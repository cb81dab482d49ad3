/* Dates and times: counted, read, written. */
#include "widgets/calendar.h"

#include <check.h>
#include <time.h>

Suite *memo_test_suite(void);

START_TEST(every_day_of_the_calendar_is_counted_and_found_again)
{
    int64_t expected = st_date_to_days((st_date){1, 1, 1});
    bool is_right = true;
    st_date date = {1, 1, 1};

    for (; date.year <= 9999; date.year++) {
        for (date.month = 1; date.month <= 12; date.month++) {
            for (date.day = 1; st_date_is_valid(date); date.day++) {
                is_right =
                    is_right && st_date_to_days(date) == expected &&
                    st_date_compare(st_date_from_days(expected), date) == 0;
                expected++;
            }
        }
    }
    ck_assert(is_right);
    ck_assert_int_eq(expected, 2932897);
}
END_TEST

START_TEST(days_are_those_of_the_c_library)
{
    for (int64_t days = -30000; days < 100000; days += 17) {
        time_t seconds = (time_t)(days * 86400);
        st_date date = st_date_from_days(days);
        struct tm expected;

        gmtime_r(&seconds, &expected);
        ck_assert_int_eq(date.year, expected.tm_year + 1900);
        ck_assert_int_eq(date.month, expected.tm_mon + 1);
        ck_assert_int_eq(date.day, expected.tm_mday);
    }
}
END_TEST

START_TEST(a_microsecond_lies_in_its_day)
{
    for (int64_t days = -719162; days < 2932897; days += 1009) {
        st_date date = st_date_from_days(days);
        double begin = st_date_to_microseconds(date);
        double last = begin + ST_MICROSECONDS_OF_DAY - 1000;

        ck_assert(begin == (double)days * 86400e6);
        ck_assert_int_eq(
            st_date_compare(st_date_from_microseconds(begin), date), 0);
        ck_assert_int_eq(st_date_compare(st_date_from_microseconds(last), date),
                         0);
    }
}
END_TEST

START_TEST(the_first_and_the_last_day_are_days)
{
    st_date first = st_date_from_days(-719162),
            last = st_date_from_days(2932896);

    ck_assert_int_eq(st_date_compare(first, (st_date){1, 1, 1}), 0);
    ck_assert_int_eq(st_date_compare(last, (st_date){9999, 12, 31}), 0);
    ck_assert_int_eq(st_date_compare(st_date_plus_days(first, -1), first), 0);
    ck_assert_int_eq(st_date_compare(st_date_plus_days(last, 1), last), 0);
    ck_assert_int_eq(st_date_compare(st_date_plus_years(last, 1), last), 0);
    ck_assert_int_eq(st_date_compare(st_date_from_microseconds(1e300), last),
                     0);
    ck_assert_int_eq(st_date_compare(st_date_from_microseconds(-1e300), first),
                     0);
    ck_assert_int_eq(st_date_compare(st_date_plus_years(first, -1), first), 0);
}
END_TEST

START_TEST(years_later_a_leap_day_is_the_last_of_february)
{
    st_date later = st_date_plus_years((st_date){2024, 2, 29}, 10);

    ck_assert_int_eq(st_date_compare(later, (st_date){2034, 2, 28}), 0);
    later = st_date_plus_years((st_date){2024, 2, 29}, -4);
    ck_assert_int_eq(st_date_compare(later, (st_date){2020, 2, 29}), 0);
}
END_TEST

START_TEST(dates_are_compared_by_year_then_month_then_day)
{
    static const st_date dates[] = {
        {1999, 12, 31}, {2000, 1, 2}, {2000, 1, 3}, {2000, 2, 1}, {2001, 1, 1}};

    for (int i = 0; i < 5; i++) {
        for (int k = 0; k < 5; k++) {
            int expected = (i > k) - (i < k);

            ck_assert_int_eq(st_date_compare(dates[i], dates[k]), expected);
        }
    }
}
END_TEST

static const struct {
    const char *text;
    st_date date; /* a year of 0: it is none */
} dates[] = {
    {"2026-01-31", {2026, 1, 31}},
    {"2026/01/31", {2026, 1, 31}},
    {"2024-02-29", {2024, 2, 29}},
    {"0001-01-01", {1, 1, 1}},
    {"2023-02-29", {0, 0, 0}},
    {"2026-13-01", {0, 0, 0}},
    {"2026-00-01", {0, 0, 0}},
    {"2026-01-00", {0, 0, 0}},
    {"0000-01-01", {0, 0, 0}},
    {"2026-01/31", {0, 0, 0}},
    {"2026-1-31", {0, 0, 0}},
    {"2026-01-311", {0, 0, 0}},
    {"2026-01-3", {0, 0, 0}},
    {"", {0, 0, 0}},
    {NULL, {0, 0, 0}},
    {"2026", {0, 0, 0}},
};

START_TEST(a_text_is_a_date_or_none)
{
    char written[ST_CALENDAR_TEXT];
    st_date date;
    bool is_one = st_date_read(&date, dates[_i].text);

    ck_assert_int_eq(is_one, dates[_i].date.year != 0);
    if (!is_one)
        return;
    ck_assert_int_eq(st_date_compare(date, dates[_i].date), 0);
    ck_assert(st_date_read(&date, st_date_print(written, date)));
    ck_assert_int_eq(st_date_compare(date, dates[_i].date), 0);
}
END_TEST

static const struct {
    const char *text;
    int minutes; /* -1: it is none */
} times[] = {
    {"00:00", 0},  {"23:59", 1439}, {"08:05", 485},  {"08:05:59", 485},
    {"24:00", -1}, {"12:60", -1},   {"1:00", -1},    {"12:0", -1},
    {"", -1},      {NULL, -1},      {"08:05:5", -1}, {"12-00", -1},
};

START_TEST(a_text_is_a_time_or_none)
{
    st_time time;
    bool is_one = st_time_read(&time, times[_i].text);

    ck_assert_int_eq(is_one ? 60 * time.hour + time.minute : -1,
                     times[_i].minutes);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("widgets.calendar");
    TCase *cases = tcase_create("cases");

    tcase_add_test(cases, every_day_of_the_calendar_is_counted_and_found_again);
    tcase_add_test(cases, days_are_those_of_the_c_library);
    tcase_add_test(cases, a_microsecond_lies_in_its_day);
    tcase_add_test(cases, the_first_and_the_last_day_are_days);
    tcase_add_test(cases, years_later_a_leap_day_is_the_last_of_february);
    tcase_add_test(cases, dates_are_compared_by_year_then_month_then_day);
    tcase_add_loop_test(cases, a_text_is_a_date_or_none, 0,
                        sizeof dates / sizeof *dates);
    tcase_add_loop_test(cases, a_text_is_a_time_or_none, 0,
                        sizeof times / sizeof *times);
    suite_add_tcase(suite, cases);
    return suite;
}
