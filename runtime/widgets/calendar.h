/* calendar.h -- dates and times: counted, read, written.  Pure. */
#ifndef ST_WIDGETS_CALENDAR_H
#define ST_WIDGETS_CALENDAR_H

#include "st/widgets.h"

#include <stdint.h>

/* "2026-01-31", "23:59"; room for what is wrong as well. */
enum { ST_CALENDAR_TEXT = 40 };

bool st_date_is_valid(st_date date);
bool st_time_is_valid(st_time time);

/* Negative, 0, positive: `a` is before, is, is after `b`. */
int st_date_compare(st_date a, st_date b);

/* Days since 1970-01-01, and back.  Shape: a date that is one. */
int64_t st_date_to_days(st_date date);
st_date st_date_from_days(int64_t days);

/* So many years later; the 29th of February may become the 28th, and no year is
 * out of the calendar. */
st_date st_date_plus_years(st_date date, int years);
st_date st_date_plus_days(st_date date, int64_t days);

/* As sliders count: the microseconds since 1970 at which the day begins, and
 * the day that lies around some.  Shape: of the calendar's years. */
#define ST_MICROSECONDS_OF_DAY 86400e6
double st_date_to_microseconds(st_date date);
st_date st_date_from_microseconds(double microseconds);

/* Write to `out`, of ST_CALENDAR_TEXT, and return it. */
const char *st_date_print(char *out, st_date date);
const char *st_time_print(char *out, st_time time);

/* Read "2026-01-31" or "2026/01/31", "23:59" or "23:59:59".
 * Errors: false: it is none. */
bool st_date_read(st_date *out, const char *text);
bool st_time_read(st_time *out, const char *text);

#endif
