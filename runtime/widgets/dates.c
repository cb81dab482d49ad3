/* dates.c -- days, ranges of days, and times of the day. */
#include "widgets/calendar.h"
#include "widgets/slider.h"

#include "elements/fail.h"

#include <string.h>

static const st_date no_date = {0, 0, 0};

static bool is_date(st_date date)
{
    return date.year != 0;
}

/* ---- what arguments mean ------------------------------------------------- */

/* A range of days, one day being a range that begins only. */
typedef struct {
    st_date min, max;
    st_date days[2]; /* the default, then the value */
    size_t count;    /* of those; 0: none */
    bool is_range;
    bool is_today; /* it was left out */
    const char *format;
} span;

/* As Streamlit does: a range the wrong way around is turned. */
static void put_in_order(span *all)
{
    st_date first = all->days[0];

    if (all->count < 2 || st_date_compare(first, all->days[1]) <= 0)
        return;
    all->days[0] = all->days[1];
    all->days[1] = first;
}

/* False: a date does not exist; it has been said. */
static bool check_dates(const st_widget *widget, const st_date *dates,
                        size_t count)
{
    char text[ST_CALENDAR_TEXT];

    for (size_t i = 0; i < count; i++) {
        if (!is_date(dates[i]) || st_date_is_valid(dates[i]))
            continue;
        st_widget_refuse(widget, "there is no day %s.",
                         st_date_print(text, dates[i]));
        return false;
    }
    return true;
}

/* False: the arguments make no sense; it has been said. */
static bool check_span(const st_widget *widget, const span *all)
{
    char day[ST_CALENDAR_TEXT], min[ST_CALENDAR_TEXT], max[ST_CALENDAR_TEXT];

    st_date_print(min, all->min);
    st_date_print(max, all->max);
    if (st_date_compare(all->min, all->max) > 0) {
        st_widget_refuse(widget, "its min, %s, is after its max, %s.", min,
                         max);
        return false;
    }
    for (size_t i = 0; i < all->count; i++) {
        if (st_date_compare(all->days[i], all->min) >= 0 &&
            st_date_compare(all->days[i], all->max) <= 0)
            continue;
        st_widget_refuse(widget, "the default %s is not between %s and %s.",
                         st_date_print(day, all->days[i]), min, max);
        return false;
    }
    return true;
}

/* ---- fields for dates ---------------------------------------------------- */

/* "YYYY/MM/DD" and the like. */
static bool is_format(const char *format)
{
    static const char *const orders[] = {"YYYY/MM/DD", "DD/MM/YYYY",
                                         "MM/DD/YYYY"};
    char slashed[11];

    if (strlen(format) != 10)
        return false;
    for (size_t i = 0; i < sizeof slashed; i++)
        slashed[i] = format[i];
    for (size_t i = 0; i < 10; i++) {
        if (strchr("/.-", format[i]))
            slashed[i] = '/';
    }
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        const char *at = strchr(orders[i], '/');
        const char *other = strrchr(orders[i], '/');

        if (strcmp(slashed, orders[i]) == 0 &&
            format[at - orders[i]] == format[other - orders[i]])
            return true;
    }
    return false;
}

/* Put a default that was left out. */
static void complete_days(span *all)
{
    if (all->is_today) {
        all->count = all->is_range ? 2 : 1;
        all->days[0] = all->days[1] = st_today();
    }
    put_in_order(all);
}

/* Put bounds that were left out. */
static void complete_bounds(span *all)
{
    st_date first = all->count > 0 ? all->days[0] : st_today();
    st_date last = all->count > 0 ? all->days[all->count - 1] : first;

    if (!is_date(all->min))
        all->min = st_date_plus_years(first, -10);
    if (!is_date(all->max))
        all->max = st_date_plus_years(last, 10);
}

/* Days that are out of range are no value. */
static void read_span(span *all, st_bytes value)
{
    span read = *all;

    read.count = 0;
    for (const char *at = NULL; (at = st_value_next_text(value, at));) {
        st_date *day = &read.days[read.count];

        if (!st_date_read(day, at) || st_date_compare(*day, read.min) < 0 ||
            st_date_compare(*day, read.max) > 0)
            return;
        read.count++;
    }
    put_in_order(&read);
    *all = read;
}

/* Where the texts of a message lie. */
typedef struct {
    char min[ST_CALENDAR_TEXT], max[ST_CALENDAR_TEXT];
    char days[2][ST_CALENDAR_TEXT];
    char *all[2];
} span_texts;

static char *print_if_any(char *out, st_date date)
{
    return st_unconst(is_date(date) ? st_date_print(out, date) : NULL);
}

static size_t print_days(span_texts *texts, const span *all)
{
    for (size_t i = 0; i < all->count; i++) {
        texts->all[i] = texts->days[i];
        st_date_print(texts->days[i], all->days[i]);
    }
    return all->count;
}

static void fill_in(St__DateInput *message, span_texts *texts, const span *all)
{
    message->min = print_if_any(texts->min, all->min);
    message->max = print_if_any(texts->max, all->max);
    message->default_ = texts->all;
    message->n_default_ = print_days(texts, all);
}

/* What was left out and depends on today does not make it another widget, for
 * tomorrow it is another day. */
static void fill_in_identity(St__DateInput *message, span_texts *texts,
                             const span *given)
{
    fill_in(message, texts, given);
    if (given->is_today) {
        message->n_default_ = 1;
        texts->all[0] = strcpy(texts->days[0], "today");
    }
}

/* Errors: false: out of memory, or nobody draws. */
static bool begin_span(st_widget *widget, St__Element *element, const span *all)
{
    span_texts texts;
    size_t count = print_days(&texts, all);

    return st_widget_begin(widget, element,
                           st_value_texts(st_widget_arena(),
                                          (const char *const *)texts.all,
                                          count));
}

static void draw_span(st_widget *widget, span *all, const span *given)
{
    St__DateInput message = ST__DATE_INPUT__INIT;
    St__Element element = ST_WIDGET_ELEMENT(DATE_INPUT, date_input, &message);
    span_texts defaults, values;

    fill_in_identity(&message, &defaults, given);
    message.is_range = all->is_range;
    message.format = st_unconst(all->format);
    if (!begin_span(widget, &element, all))
        return;
    fill_in(&message, &defaults, all);
    read_span(all, widget->value);
    if (widget->is_set) {
        message.n_value = print_days(&values, all);
        message.value = values.all;
        message.set_value = true;
    }
    st_widget_end(widget, &element);
}

/* The value of a field: `given` is its arguments. */
static span choose_days(st_widget *widget, const span *given)
{
    const st_date dates[] = {given->min, given->max, given->days[0],
                             given->days[1]};
    span all = *given;

    if (!all.format)
        all.format = "YYYY/MM/DD";
    complete_days(&all);
    if (!st_is_drawing() || !check_dates(widget, dates, 4))
        return all;
    complete_bounds(&all);
    widget->is_of_now = given->is_today;
    if (!is_format(all.format))
        st_widget_refuse(widget,
                         "the format '%s' is not \"YYYY/MM/DD\", "
                         "\"DD/MM/YYYY\" or \"MM/DD/YYYY\", with / . or -.",
                         all.format);
    else if (check_span(widget, &all))
        draw_span(widget, &all, given);
    return all;
}

ST_EXPORT st_date st_draw_date_input(const struct st_date_input *arguments)
{
    st_widget widget = ST_WIDGET(
        ST_DATE_INPUT, arguments, .type = ST_VALUE_TEXTS,
        .least = arguments->is_empty ? 0 : 1, .most = 1, .is_date = true);
    span given = {.min = arguments->min,
                  .max = arguments->max,
                  .days = {arguments->value},
                  .count = is_date(arguments->value) && !arguments->is_empty,
                  .format = arguments->format};

    given.is_today = given.count == 0 && !arguments->is_empty;
    given = choose_days(&widget, &given);
    return given.count > 0 ? given.days[0] : no_date;
}

ST_EXPORT st_date_range
st_draw_date_input_range(const struct st_date_input_range *arguments)
{
    st_widget widget =
        ST_WIDGET(ST_DATE_INPUT, arguments, .type = ST_VALUE_TEXTS, .least = 0,
                  .most = 2, .is_date = true);
    bool has_to = is_date(arguments->to) && !arguments->is_empty;
    span given = {.min = arguments->min,
                  .max = arguments->max,
                  .is_range = true,
                  .format = arguments->format};

    if (is_date(arguments->from) && !arguments->is_empty)
        given.days[given.count++] = arguments->from;
    if (has_to)
        given.days[given.count++] = arguments->to;
    given.is_today = given.count == 0 && !arguments->is_empty;
    given = choose_days(&widget, &given);
    return (st_date_range){given.count > 0 ? given.days[0] : no_date,
                           given.count > 1 ? given.days[1] : no_date};
}

/* ---- sliders of dates ---------------------------------------------------- */

/* No date's number: it is none of midnight. */
static double identity_of(st_date date)
{
    return is_date(date) ? st_date_to_microseconds(date) : 1;
}

/* Put what was left out. */
static void complete_slider(span *all)
{
    enum { AROUND = 14 };
    st_date first = is_date(all->days[0]) ? all->days[0]
                    : is_date(all->min)   ? all->min
                                          : st_today();
    st_date last = is_date(all->days[1]) ? all->days[1] : first;

    if (!is_date(all->min))
        all->min = st_date_plus_days(first, -AROUND);
    if (!is_date(all->max))
        all->max = st_date_plus_days(last, AROUND);
    if (!is_date(all->days[0]))
        all->days[0] = all->is_range ? all->min : first;
    if (!is_date(all->days[1]))
        all->days[1] = all->max;
    put_in_order(all);
}

static st_scale scale_of(const span *all, unsigned step_days,
                         double (*number_of)(st_date date))
{
    return (st_scale){
        .min = number_of(all->min),
        .max = number_of(all->max),
        .step = (step_days ? step_days : 1) * ST_MICROSECONDS_OF_DAY,
        .values = {number_of(all->days[0]), number_of(all->days[1])},
        .count = all->count,
        .format = all->format ? all->format : "YYYY-MM-DD",
        .type = ST__SLIDER__DATA_TYPE__DATE};
}

static void slide_days(st_widget *widget, span *all, unsigned step_days)
{
    const st_date dates[] = {all->min, all->max, all->days[0], all->days[1]};
    st_scale identity, scale;

    if (!check_dates(widget, dates, 4))
        return;
    identity = scale_of(all, step_days, identity_of);
    widget->is_of_now = !is_date(all->days[0]) && !is_date(all->min);
    complete_slider(all);
    if (!st_is_drawing() || !check_span(widget, all))
        return;
    scale = scale_of(all, step_days, st_date_to_microseconds);
    scale.identity = &identity;
    st_scale_draw(widget, &scale);
    for (size_t i = 0; i < all->count; i++)
        all->days[i] = st_date_from_microseconds(scale.values[i]);
}

ST_EXPORT st_date st_draw_date_slider(const struct st_date_slider *arguments)
{
    st_widget widget = ST_WIDGET(ST_SLIDER, arguments, .type = ST_VALUE_DOUBLES,
                                 .least = 1, .most = 1, .is_date = true);
    span all = {.min = arguments->min,
                .max = arguments->max,
                .days = {arguments->value},
                .count = 1,
                .format = arguments->format};

    slide_days(&widget, &all, arguments->step_days);
    return all.days[0];
}

ST_EXPORT st_date_range
st_draw_date_slider_range(const struct st_date_slider_range *arguments)
{
    st_widget widget = ST_WIDGET(ST_SLIDER, arguments, .type = ST_VALUE_DOUBLES,
                                 .least = 2, .most = 2, .is_date = true);
    span all = {.min = arguments->min,
                .max = arguments->max,
                .days = {arguments->from, arguments->to},
                .count = 2,
                .is_range = true,
                .format = arguments->format};

    slide_days(&widget, &all, arguments->step_days);
    return (st_date_range){all.days[0], all.days[1]};
}

/* ---- times --------------------------------------------------------------- */

enum { STEP_MINUTES = 15, MOST_STEP_MINUTES = 23 * 60 };

/* False: the arguments make no sense; it has been said. */
static bool check_time(const st_widget *widget, st_time value,
                       unsigned step_minutes)
{
    char text[ST_CALENDAR_TEXT];

    if (!st_time_is_valid(value)) {
        st_widget_refuse(widget, "there is no time %s.",
                         st_time_print(text, value));
        return false;
    }
    if (step_minutes > MOST_STEP_MINUTES) {
        st_widget_refuse(widget,
                         "its step, %u minutes, is not between 1 minute and 23 "
                         "hours.",
                         step_minutes);
        return false;
    }
    return true;
}

/* `is_now`: the default was left out, and does not make it another widget. */
static void draw_time(st_widget *widget, st_time *value, bool is_now,
                      unsigned step_minutes)
{
    St__TimeInput message = ST__TIME_INPUT__INIT;
    St__Element element = ST_WIDGET_ELEMENT(TIME_INPUT, time_input, &message);
    char text[ST_CALENDAR_TEXT];
    st_time read;

    st_time_print(text, *value);
    message.maybe_default_case = ST__TIME_INPUT__MAYBE_DEFAULT_DEFAULT;
    message.default_ = st_unconst(is_now ? "now" : text);
    message.step = 60 * (int64_t)step_minutes;
    if (!st_widget_begin(widget, &element,
                         st_value_text(st_widget_arena(), text)))
        return;
    message.default_ = st_arena_text(st_widget_arena(), text);
    if (st_time_read(&read, st_value_to_text(st_widget_arena(), widget->value)))
        *value = read;
    if (widget->is_set) {
        message.maybe_value_case = ST__TIME_INPUT__MAYBE_VALUE_VALUE;
        message.value = st_unconst(st_time_print(text, *value));
        message.set_value = true;
    }
    st_widget_end(widget, &element);
}

ST_EXPORT st_time st_draw_time_input(const struct st_time_input *arguments)
{
    st_widget widget = ST_WIDGET(ST_TIME_INPUT, arguments,
                                 .type = ST_VALUE_TEXT, .least = 1, .most = 1);
    st_time value = arguments->value;
    bool is_now = !arguments->has_value && value.hour == 0 && value.minute == 0;
    unsigned step =
        arguments->step_minutes ? arguments->step_minutes : STEP_MINUTES;

    widget.is_of_now = is_now;
    if (is_now)
        value = st_now();
    if (st_is_drawing() && check_time(&widget, value, step))
        draw_time(&widget, &value, is_now, step);
    return value;
}
