#define _GNU_SOURCE /* strtod_l() */
#include "elements/frame_cell.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Nobody writes a number of more bytes; a bound on what one costs to read. */
enum { NUMBER_BYTES = 512 };

/* ---- words ----------------------------------------------------------------
 */

typedef struct {
    const char *at, *end;
} reader;

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* The text without the blanks around it. */
static reader trim(const char *text, size_t size)
{
    reader from = {text, text + size};

    while (from.at < from.end && is_blank(*from.at))
        from.at++;
    while (from.end > from.at && is_blank(from.end[-1]))
        from.end--;
    return from;
}

static bool accept(reader *from, const char *any_of)
{
    if (from->at == from->end || *from->at == '\0' ||
        !strchr(any_of, *from->at))
        return false;
    from->at++;
    return true;
}

static size_t skip_digits(reader *from)
{
    const char *begin = from->at;

    while (from->at < from->end && *from->at >= '0' && *from->at <= '9')
        from->at++;
    return (size_t)(from->at - begin);
}

static bool is_word(const reader *from, const char *word)
{
    size_t length = strlen(word);

    return (size_t)(from->end - from->at) == length &&
           strncasecmp(from->at, word, length) == 0;
}

/* ---- numbers --------------------------------------------------------------
 */

bool st_cell_integer(int64_t *out, const char *text, size_t size)
{
    reader from = trim(text, size);
    bool is_negative = from.at < from.end && *from.at == '-';
    int64_t value = 0;

    accept(&from, "+-");
    if (from.at == from.end || from.end - from.at >= NUMBER_BYTES - 1)
        return false;
    for (; from.at < from.end; from.at++) {
        int digit = *from.at - '0';

        /* Downwards, where there is one more. */
        if (digit < 0 || digit > 9 ||
            __builtin_mul_overflow(value, 10, &value) ||
            __builtin_sub_overflow(value, digit, &value))
            return false;
    }
    return is_negative ? (*out = value, true)
                       : !__builtin_sub_overflow(0, value, out);
}

static bool is_decimal(reader from)
{
    size_t digits;

    accept(&from, "+-");
    digits = skip_digits(&from);
    if (accept(&from, "."))
        digits += skip_digits(&from);
    if (digits == 0)
        return false;
    if (accept(&from, "eE")) {
        accept(&from, "+-");
        if (skip_digits(&from) == 0)
            return false;
    }
    return from.at == from.end;
}

static bool is_special(reader from)
{
    accept(&from, "+-");
    return is_word(&from, "nan") || is_word(&from, "inf") ||
           is_word(&from, "infinity");
}

bool st_cell_double(double *out, const char *text, size_t size, locale_t plain)
{
    reader from = trim(text, size);
    size_t length = (size_t)(from.end - from.at);
    char number[NUMBER_BYTES];

    if (length >= sizeof number || (!is_decimal(from) && !is_special(from)))
        return false;
    memcpy(number, from.at, length);
    number[length] = '\0';
    *out = strtod_l(number, NULL, plain);
    return true;
}

bool st_cell_bool(bool *out, const char *text, size_t size)
{
    reader from = trim(text, size);

    *out = is_word(&from, "true");
    return *out || is_word(&from, "false");
}

/* ---- times ----------------------------------------------------------------
 */

/* Exactly so many digits. */
static bool get_number(reader *from, int digits, int *out)
{
    reader digit = *from;

    *out = 0;
    if (from->end - from->at < digits)
        return false;
    digit.end = from->at + digits;
    if (skip_digits(&digit) != (size_t)digits)
        return false;
    for (; from->at < digit.end; from->at++)
        *out = *out * 10 + (*from->at - '0');
    return true;
}

/* Days since 1970-01-01.
 * Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms",
 * days_from_civil. */
static int64_t days_from_civil(int year, int month, int day)
{
    int64_t y = year - (month <= 2);
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year =
        (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

    return era * 146097 + day_of_era - 719468;
}

static int days_of_month(int year, int month)
{
    static const signed char days[] = {31, 28, 31, 30, 31, 30,
                                       31, 31, 30, 31, 30, 31};
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return days[month - 1] + (month == 2 && is_leap);
}

static bool get_date(reader *from, st_cell_instant *out)
{
    int year, month, day;

    if (!get_number(from, 4, &year) || !accept(from, "-") ||
        !get_number(from, 2, &month) || !accept(from, "-") ||
        !get_number(from, 2, &day))
        return false;
    if (month < 1 || month > 12 || day < 1 || day > days_of_month(year, month))
        return false;
    out->seconds = days_from_civil(year, month, day) * 86400;
    return true;
}

static bool get_fraction(reader *from, st_cell_instant *out)
{
    if (!accept(from, ".,"))
        return true;
    while (from->at < from->end && *from->at >= '0' && *from->at <= '9') {
        if (++out->digits > 9)
            return false;
        out->nanoseconds = out->nanoseconds * 10 + (*from->at++ - '0');
    }
    for (int i = out->digits; i < 9; i++)
        out->nanoseconds *= 10;
    return out->digits > 0;
}

static bool get_clock(reader *from, st_cell_instant *out)
{
    int hour, minute, second = 0;

    if (!get_number(from, 2, &hour) || !accept(from, ":") ||
        !get_number(from, 2, &minute))
        return false;
    if (accept(from, ":") &&
        (!get_number(from, 2, &second) || !get_fraction(from, out)))
        return false;
    out->seconds += hour * 3600 + minute * 60 + second;
    return hour < 24 && minute < 60 && second < 60;
}

static bool get_zone(reader *from, st_cell_instant *out)
{
    bool is_behind = from->at < from->end && *from->at == '-';
    int hours, minutes = 0;

    if (from->at == from->end)
        return true;
    out->has_zone = true;
    if (accept(from, "Zz"))
        return true;
    if (!accept(from, "+-") || !get_number(from, 2, &hours))
        return false;
    if (from->at < from->end) {
        accept(from, ":");
        if (!get_number(from, 2, &minutes))
            return false;
    }
    out->seconds += (is_behind ? 60 : -60) * (hours * 60 + minutes);
    return hours < 24 && minutes < 60;
}

bool st_cell_time(st_cell_instant *out, const char *text, size_t size)
{
    reader from = trim(text, size);

    memset(out, 0, sizeof *out);
    if (!get_date(&from, out))
        return false;
    if (from.at == from.end)
        return true;
    return accept(&from, "Tt ") && get_clock(&from, out) &&
           get_zone(&from, out) && from.at == from.end;
}
