#include "widgets/slider.h"

#include <string.h>

void st_scale_put_in_order(st_scale *scale)
{
    double first = scale->values[0];

    if (scale->count < 2 || first <= scale->values[1])
        return;
    scale->values[0] = scale->values[1];
    scale->values[1] = first;
}

/* What is out of range, as after a restart of the program, is no value. */
static void read_value(st_scale *scale, st_bytes value)
{
    st_scale read = *scale;

    if (st_value_count_doubles(value) != read.count)
        return;
    for (size_t i = 0; i < read.count; i++) {
        read.values[i] = st_value_double_at(value, i);
        if (read.values[i] < read.min || read.values[i] > read.max)
            return;
    }
    st_scale_put_in_order(&read);
    *scale = read;
}

static void fill_in(St__Slider *message, double *defaults,
                    const st_scale *scale)
{
    memcpy(defaults, scale->values, sizeof scale->values);
    message->min = scale->min;
    message->max = scale->max;
    message->step = scale->step;
    message->n_default_ = scale->count;
    message->default_ = defaults;
    message->format = st_unconst(scale->format);
    message->data_type = scale->type;
    message->type = ST__SLIDER__TYPE__SLIDER;
}

void st_scale_draw(st_widget *widget, st_scale *scale)
{
    St__Slider message = ST__SLIDER__INIT;
    St__Element element = ST_WIDGET_ELEMENT(SLIDER, slider, &message);
    double defaults[2];

    fill_in(&message, defaults, scale->identity ? scale->identity : scale);
    if (!st_widget_begin(
            widget, &element,
            st_value_doubles(st_widget_arena(), scale->values, scale->count)))
        return;
    fill_in(&message, defaults, scale);
    read_value(scale, widget->value);
    if (widget->is_set) {
        message.n_value = scale->count;
        message.value = scale->values;
        message.set_value = true;
    }
    st_widget_end(widget, &element);
}
