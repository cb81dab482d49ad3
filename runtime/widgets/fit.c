#include "widgets/fit.h"

#include "widgets/calendar.h"

static const st_bytes no_value = {NULL, 0};

static bool is_count(st_shape shape, size_t count)
{
    return count >= shape.least && (shape.most == 0 || count <= shape.most);
}

/* ---- numbers ------------------------------------------------------------- */

static bool is_finite(double number)
{
    return number - number == 0;
}

static st_bytes fit_double(st_arena *arena, st_bytes value)
{
    double number = st_value_to_double(value, 0);

    /* What has no number has two different ones. */
    return number == st_value_to_double(value, 1) && is_finite(number)
               ? st_value_double(arena, number)
               : no_value;
}

/* Dates as numbers. */
static st_bytes count_dates(st_arena *arena, st_bytes texts)
{
    double numbers[2];
    size_t count = 0;
    st_date date;

    for (const char *at = NULL; (at = st_value_next_text(texts, at));) {
        if (count == 2 || !st_date_read(&date, at))
            return no_value;
        numbers[count++] = st_date_to_microseconds(date);
    }
    return st_value_doubles(arena, numbers, count);
}

static st_bytes fit_doubles(st_arena *arena, st_shape shape, st_bytes value)
{
    size_t count;

    if (st_value_type_of(value) == ST_VALUE_DOUBLE ||
        st_value_type_of(value) == ST_VALUE_INT) {
        double number = st_value_to_double(value, 0);

        value = st_value_doubles(arena, &number, 1);
    }
    count = st_value_count_doubles(value);
    if (st_value_type_of(value) != ST_VALUE_DOUBLES || !is_count(shape, count))
        return no_value;
    for (size_t i = 0; i < count; i++) {
        if (!is_finite(st_value_double_at(value, i)))
            return no_value;
    }
    return value;
}

/* ---- texts --------------------------------------------------------------- */

static st_bytes fit_text(st_shape shape, st_bytes value)
{
    if (st_value_type_of(value) == ST_VALUE_NONE)
        return shape.least == 0 ? value : no_value;
    return st_value_type_of(value) == ST_VALUE_TEXT ? value : no_value;
}

static st_bytes many_texts(st_arena *arena, st_bytes value)
{
    const char *text;

    switch (st_value_type_of(value)) {
    case ST_VALUE_TEXTS:
        return value;
    case ST_VALUE_NONE:
        return st_value_texts(arena, NULL, 0);
    case ST_VALUE_TEXT:
        text = st_value_to_text(arena, value);
        return text ? st_value_texts(arena, &text, 1) : no_value;
    default:
        return no_value;
    }
}

/* Dates, each written in the one way. */
static st_bytes rewrite_dates(st_arena *arena, st_bytes texts)
{
    char written[2][ST_CALENDAR_TEXT];
    const char *all[2];
    size_t count = 0;
    st_date date;

    for (const char *at = NULL; (at = st_value_next_text(texts, at)); count++) {
        if (count == 2 || !st_date_read(&date, at))
            return no_value;
        all[count] = st_date_print(written[count], date);
    }
    return st_value_texts(arena, all, count);
}

static st_bytes fit_texts(st_arena *arena, st_shape shape, st_bytes value)
{
    value = many_texts(arena, value);
    if (value.size == 0 || !is_count(shape, st_value_count_texts(value)))
        return no_value;
    return shape.is_date ? rewrite_dates(arena, value) : value;
}

/* ---- all of them --------------------------------------------------------- */

static st_bytes fit_files(st_shape shape, st_bytes value)
{
    st_file_facts file;
    size_t count = 0;

    if (st_value_type_of(value) != ST_VALUE_FILES)
        return no_value;
    for (const char *at = NULL; st_value_next_file(value, &at, &file);)
        count++;
    return is_count(shape, count) ? value : no_value;
}

st_bytes st_value_fit(st_arena *arena, st_shape shape, st_bytes value)
{
    if (value.size == 0)
        return no_value;
    switch ((st_value_type)shape.type) {
    case ST_VALUE_BOOL:
        return st_value_type_of(value) == ST_VALUE_BOOL ? value : no_value;
    case ST_VALUE_DOUBLE:
        return fit_double(arena, value);
    case ST_VALUE_DOUBLES:
        if (shape.is_date && st_value_type_of(value) != ST_VALUE_DOUBLES)
            value = count_dates(arena, many_texts(arena, value));
        return fit_doubles(arena, shape, value);
    case ST_VALUE_TEXT:
        return fit_text(shape, value);
    case ST_VALUE_TEXTS:
        return fit_texts(arena, shape, value);
    case ST_VALUE_FILES:
        return fit_files(shape, value);
    default:
        return no_value;
    }
}
