#include "widgets/calendar.h"

#include <stdio.h>

enum { FIRST_YEAR = 1, LAST_YEAR = 9999 };

static bool is_leap_year(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int days_of_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return month == 2 && is_leap_year(year) ? 29 : days[month - 1];
}

bool st_date_is_valid(st_date date)
{
    return date.year >= FIRST_YEAR && date.year <= LAST_YEAR &&
           date.month >= 1 && date.month <= 12 && date.day >= 1 &&
           date.day <= days_of_month(date.year, date.month);
}

bool st_time_is_valid(st_time time)
{
    return time.hour >= 0 && time.hour < 24 && time.minute >= 0 &&
           time.minute < 60;
}

int st_date_compare(st_date a, st_date b)
{
    if (a.year != b.year)
        return a.year < b.year ? -1 : 1;
    if (a.month != b.month)
        return a.month < b.month ? -1 : 1;
    return (a.day > b.day) - (a.day < b.day);
}

/* ---- counting ------------------------------------------------------------ */

/* Days from 0000-03-01: a year that begins in March has its leap day last, so
 * the days before a month are the same in every year. */
static int64_t days_before_year(int year)
{
    return 365LL * year + year / 4 - year / 100 + year / 400;
}

enum { DAYS_TO_1970 = 719468 };

int64_t st_date_to_days(st_date date)
{
    int month = (date.month + 9) % 12;
    int year = date.year - (date.month < 3);

    return days_before_year(year) + (153 * month + 2) / 5 + date.day - 1 -
           DAYS_TO_1970;
}

st_date st_date_from_days(int64_t days)
{
    st_date date = {(int)((days + DAYS_TO_1970) / 365) + 1, 1, 1};

    while (st_date_to_days(date) > days)
        date.year--;
    while (date.month < 12 &&
           st_date_to_days((st_date){date.year, date.month + 1, 1}) <= days)
        date.month++;
    date.day = (int)(days - st_date_to_days(date)) + 1;
    return date;
}

static const st_date first = {FIRST_YEAR, 1, 1}, last = {LAST_YEAR, 12, 31};

st_date st_date_plus_years(st_date date, int years)
{
    if (date.year + years < FIRST_YEAR)
        return first;
    if (date.year + years > LAST_YEAR)
        return last;
    date.year += years;
    if (date.day > days_of_month(date.year, date.month))
        date.day = days_of_month(date.year, date.month);
    return date;
}

st_date st_date_plus_days(st_date date, int64_t days)
{
    int64_t sum = st_date_to_days(date) + days;

    if (sum < st_date_to_days(first))
        return first;
    return sum > st_date_to_days(last) ? last : st_date_from_days(sum);
}

double st_date_to_microseconds(st_date date)
{
    return (double)st_date_to_days(date) * ST_MICROSECONDS_OF_DAY;
}

st_date st_date_from_microseconds(double microseconds)
{
    int64_t days;

    if (!(microseconds > st_date_to_microseconds(first)))
        return first;
    if (microseconds >= st_date_to_microseconds(last))
        return last;
    days = (int64_t)(microseconds / ST_MICROSECONDS_OF_DAY);
    return st_date_from_days(
        days - ((double)days > microseconds / ST_MICROSECONDS_OF_DAY));
}

/* ---- texts --------------------------------------------------------------- */

const char *st_date_print(char *out, st_date date)
{
    snprintf(out, ST_CALENDAR_TEXT, "%04d-%02d-%02d", date.year, date.month,
             date.day);
    return out;
}

const char *st_time_print(char *out, st_time time)
{
    snprintf(out, ST_CALENDAR_TEXT, "%02d:%02d", time.hour, time.minute);
    return out;
}

/* So many digits; NULL: there are others. */
static const char *read_digits(int *out, const char *at, int count)
{
    *out = 0;
    for (; at && count > 0; count--, at++) {
        if (*at < '0' || *at > '9')
            return NULL;
        *out = 10 * *out + (*at - '0');
    }
    return at;
}

static const char *skip(const char *at, char wanted)
{
    return at && *at == wanted ? at + 1 : NULL;
}

bool st_date_read(st_date *out, const char *text)
{
    const char *at = read_digits(&out->year, text, 4);
    char separator = at && *at == '/' ? '/' : '-';

    at = read_digits(&out->month, skip(at, separator), 2);
    at = read_digits(&out->day, skip(at, separator), 2);
    return at && *at == '\0' && st_date_is_valid(*out);
}

bool st_time_read(st_time *out, const char *text)
{
    const char *at = read_digits(&out->hour, text, 2);
    int seconds;

    at = read_digits(&out->minute, skip(at, ':'), 2);
    if (at && *at == ':')
        at = read_digits(&seconds, skip(at, ':'), 2);
    return at && *at == '\0' && st_time_is_valid(*out);
}
