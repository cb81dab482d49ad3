/* numbers.c -- sliders and fields for numbers. */
#include "widgets/slider.h"

#include "elements/fail.h"

/* ---- what arguments mean ------------------------------------------------- */

/* A number that is left out is the closest one that there is. */
static double closest_if_absent(double value, const st_scale *scale)
{
    if (value != 0)
        return value;
    if (scale->min > 0)
        return scale->min;
    return scale->max < 0 ? scale->max : 0;
}

static bool is_whole(const st_scale *scale)
{
    bool is = st_number_is_whole(scale->min) &&
              st_number_is_whole(scale->max) && st_number_is_whole(scale->step);

    for (size_t i = 0; i < scale->count; i++)
        is = is && st_number_is_whole(scale->values[i]);
    return is;
}

/* Put what was left out. */
static void complete(st_scale *scale, double least, double most)
{
    bool whole = is_whole(scale);

    if (scale->min == 0 && scale->max == 0) {
        scale->min = least;
        scale->max = most;
    }
    if (scale->step == 0)
        scale->step = whole ? 1 : 0.01;
    if (!scale->format)
        scale->format = whole ? "%d" : "%0.2f";
    scale->type =
        whole ? ST__SLIDER__DATA_TYPE__INT : ST__SLIDER__DATA_TYPE__FLOAT;
    for (size_t i = 0; i < scale->count; i++)
        scale->values[i] = closest_if_absent(scale->values[i], scale);
    st_scale_put_in_order(scale);
}

/* What stands in for a default that makes no sense. */
static double clamp(double value, const st_scale *scale)
{
    if (value > scale->max)
        value = scale->max;
    return value >= scale->min ? value : scale->min;
}

static bool is_finite(double number)
{
    return number - number == 0;
}

/* False: the arguments make no sense; it has been said. */
static bool check(const st_widget *widget, const st_scale *scale)
{
    if (!(scale->min <= scale->max) || !is_finite(scale->max - scale->min)) {
        st_widget_refuse(widget, "there is no range from %g to %g.", scale->min,
                         scale->max);
        return false;
    }
    if (!(scale->step > 0) || !is_finite(scale->step)) {
        st_widget_refuse(widget, "its step, %g, is no number above 0.",
                         scale->step);
        return false;
    }
    for (size_t i = 0; i < scale->count; i++) {
        double value = scale->values[i];

        if (value >= scale->min && value <= scale->max)
            continue;
        st_widget_refuse(widget, "the default %g is not between %g and %g.",
                         value, scale->min, scale->max);
        return false;
    }
    return true;
}

/* ---- sliders ------------------------------------------------------------- */

static void draw_slider(st_widget *widget, st_scale *scale)
{
    complete(scale, 0, 100);
    if (st_is_drawing() && check(widget, scale))
        st_scale_draw(widget, scale);
    for (size_t i = 0; i < scale->count; i++)
        scale->values[i] = clamp(scale->values[i], scale);
}

ST_EXPORT double st_draw_slider(const struct st_number *arguments)
{
    st_widget widget = ST_WIDGET(ST_SLIDER, arguments, .type = ST_VALUE_DOUBLES,
                                 .least = 1, .most = 1);
    st_scale scale = {.min = arguments->min,
                      .max = arguments->max,
                      .step = arguments->step,
                      .values = {arguments->value},
                      .count = 1,
                      .format = arguments->format};

    draw_slider(&widget, &scale);
    return scale.values[0];
}

ST_EXPORT st_range st_draw_slider_range(const struct st_number_range *arguments)
{
    st_widget widget = ST_WIDGET(ST_SLIDER, arguments, .type = ST_VALUE_DOUBLES,
                                 .least = 2, .most = 2);
    st_scale scale = {.min = arguments->min,
                      .max = arguments->max,
                      .step = arguments->step,
                      .values = {arguments->from, arguments->to},
                      .count = 2,
                      .format = arguments->format};

    if (arguments->from == 0 && arguments->to == 0) {
        bool is_bounded = arguments->min != 0 || arguments->max != 0;

        scale.values[0] = arguments->min;
        scale.values[1] = is_bounded ? arguments->max : 100;
    }
    draw_slider(&widget, &scale);
    return (st_range){scale.values[0], scale.values[1]};
}

/* A double cannot tell larger ones apart. */
static bool is_exact(long long number)
{
    return number >= -(long long)ST_MOST_NUMBER &&
           number <= (long long)ST_MOST_NUMBER;
}

ST_EXPORT long long st_draw_int_slider(const struct st_int *arguments)
{
    st_widget widget = ST_WIDGET(ST_SLIDER, arguments, .type = ST_VALUE_DOUBLES,
                                 .least = 1, .most = 1);
    st_scale scale = {.min = (double)arguments->min,
                      .max = (double)arguments->max,
                      .step = (double)arguments->step,
                      .values = {(double)arguments->value},
                      .count = 1,
                      .format = arguments->format};

    if (!is_exact(arguments->min) || !is_exact(arguments->max) ||
        !is_exact(arguments->value) || !is_exact(arguments->step)) {
        if (st_is_drawing())
            st_widget_refuse(&widget, "its numbers are out of what a browser "
                                      "can count, up to 2^53 - 1.");
        return arguments->value;
    }
    draw_slider(&widget, &scale);
    return (long long)scale.values[0];
}

/* ---- a field ------------------------------------------------------------- */

static void draw_number(st_widget *widget, st_scale *scale)
{
    St__NumberInput message = ST__NUMBER_INPUT__INIT;
    St__Element element =
        ST_WIDGET_ELEMENT(NUMBER_INPUT, number_input, &message);
    double value = scale->values[0];

    message.has_min = message.has_max = true;
    message.min = scale->min;
    message.max = scale->max;
    message.step = scale->step;
    message.format = st_unconst(scale->format);
    message.data_type = scale->type == ST__SLIDER__DATA_TYPE__INT
                            ? ST__NUMBER_INPUT__DATA_TYPE__INT
                            : ST__NUMBER_INPUT__DATA_TYPE__FLOAT;
    message.maybe_default_case = ST__NUMBER_INPUT__MAYBE_DEFAULT_DEFAULT;
    message.default_ = value;
    if (!st_widget_begin(widget, &element,
                         st_value_double(st_widget_arena(), value)))
        return;
    value = st_value_to_double(widget->value, value);
    if (value >= scale->min && value <= scale->max)
        scale->values[0] = value;
    if (widget->is_set) {
        message.maybe_value_case = ST__NUMBER_INPUT__MAYBE_VALUE_VALUE;
        message.value = scale->values[0];
        message.set_value = true;
    }
    st_widget_end(widget, &element);
}

ST_EXPORT double st_draw_number_input(const struct st_number *arguments)
{
    st_widget widget =
        ST_WIDGET(ST_NUMBER_INPUT, arguments, .type = ST_VALUE_DOUBLE);
    st_scale scale = {.min = arguments->min,
                      .max = arguments->max,
                      .step = arguments->step,
                      .values = {arguments->value},
                      .count = 1,
                      .format = arguments->format};

    complete(&scale, -ST_MOST_NUMBER, ST_MOST_NUMBER);
    if (st_is_drawing() && check(&widget, &scale))
        draw_number(&widget, &scale);
    return clamp(scale.values[0], &scale);
}
