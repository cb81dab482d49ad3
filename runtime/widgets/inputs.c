/* inputs.c -- the widgets themselves. */
#include "widgets/widget.h"

#include "elements/fail.h"

#include <stdlib.h>
#include <string.h>

/* What every message has of every widget. */
#define FILL_IN(message, arguments, widget)                                    \
    ((message).label = st_unconst((arguments)->label),                         \
     (message).help = st_unconst((arguments)->help),                           \
     (message).form_id = st_widget_form(widget))

/* What does not make it another widget. */
#define FINISH(message, arguments, widget)                                     \
    ((message).id = st_unconst((widget)->id),                                  \
     (message).disabled = (arguments)->disabled)

static St__LabelVisibility visibility(st_visibility value)
{
    St__LabelVisibility message = ST__LABEL_VISIBILITY__INIT;

    message.value =
        value == ST_HIDDEN
            ? ST__LABEL_VISIBILITY__LABEL_VISIBILITY_OPTIONS__HIDDEN
        : value == ST_COLLAPSED
            ? ST__LABEL_VISIBILITY__LABEL_VISIBILITY_OPTIONS__COLLAPSED
            : ST__LABEL_VISIBILITY__LABEL_VISIBILITY_OPTIONS__VISIBLE;
    return message;
}

/* ---- yes or no ----------------------------------------------------------- */

ST_EXPORT bool st_draw_checkbox(const struct st_checkbox *arguments)
{
    st_widget widget = ST_WIDGET(ST_CHECKBOX, arguments);
    St__LabelVisibility visible = visibility(arguments->label_visibility);
    St__Checkbox message = ST__CHECKBOX__INIT;
    St__Element element = ST__ELEMENT__INIT;
    bool value;

    if (!st_is_drawing())
        return arguments->value;
    FILL_IN(message, arguments, &widget);
    message.default_ = arguments->value;
    element.type_case = ST__ELEMENT__TYPE_CHECKBOX;
    element.checkbox = &message;
    if (!st_widget_begin(&widget, &element,
                         st_value_bool(st_widget_arena(), arguments->value)))
        return arguments->value;
    value = st_value_to_bool(widget.value, arguments->value);
    FINISH(message, arguments, &widget);
    message.label_visibility = arguments->label_visibility ? &visible : NULL;
    message.set_value = widget.is_set;
    message.value = widget.is_set && value;
    st_widget_end(&widget, &element);
    return value;
}

static bool draw_button(st_kind kind, const struct st_button *arguments)
{
    st_widget widget = ST_WIDGET(kind, arguments);
    St__Button message = ST__BUTTON__INIT;
    St__Element element = ST__ELEMENT__INIT;

    if (!st_is_drawing())
        return false;
    widget.is_trigger = true;
    FILL_IN(message, arguments, &widget);
    message.is_form_submitter = kind == ST_FORM_SUBMIT_BUTTON;
    message.type = st_unconst(arguments->primary ? "primary" : "secondary");
    element.type_case = ST__ELEMENT__TYPE_BUTTON;
    element.button = &message;
    if (!st_widget_begin(&widget, &element,
                         st_value_bool(st_widget_arena(), false)))
        return false;
    FINISH(message, arguments, &widget);
    st_widget_end(&widget, &element);
    return st_value_to_bool(widget.value, false);
}

ST_EXPORT bool st_draw_button(const struct st_button *arguments)
{
    return draw_button(ST_BUTTON, arguments);
}

ST_EXPORT bool st_draw_form_submit_button(const struct st_button *arguments)
{
    return draw_button(ST_FORM_SUBMIT_BUTTON, arguments);
}

/* ---- texts --------------------------------------------------------------- */

static const char *default_text(const struct st_text_input *arguments)
{
    return arguments->value ? arguments->value : "";
}

static const char *text_of(const st_widget *widget, const char *otherwise)
{
    const char *text = st_value_to_text(&widget->page->arena, widget->value);

    return text ? text : otherwise;
}

ST_EXPORT const char *st_draw_text_input(const struct st_text_input *arguments)
{
    st_widget widget = ST_WIDGET(ST_TEXT_INPUT, arguments);
    St__LabelVisibility visible = visibility(arguments->label_visibility);
    St__TextInput message = ST__TEXT_INPUT__INIT;
    St__Element element = ST__ELEMENT__INIT;
    const char *value = default_text(arguments);

    if (!st_is_drawing())
        return value;
    FILL_IN(message, arguments, &widget);
    message.maybe_default_case = ST__TEXT_INPUT__MAYBE_DEFAULT_DEFAULT;
    message.default_ = st_unconst(value);
    message.max_chars = arguments->max_chars;
    message.placeholder = st_unconst(arguments->placeholder);
    message.type = arguments->password ? ST__TEXT_INPUT__TYPE__PASSWORD
                                       : ST__TEXT_INPUT__TYPE__DEFAULT;
    element.type_case = ST__ELEMENT__TYPE_TEXT_INPUT;
    element.text_input = &message;
    if (!st_widget_begin(&widget, &element,
                         st_value_text(st_widget_arena(), value)))
        return value;
    value = text_of(&widget, value);
    FINISH(message, arguments, &widget);
    message.label_visibility = arguments->label_visibility ? &visible : NULL;
    if (widget.is_set) {
        message.maybe_value_case = ST__TEXT_INPUT__MAYBE_VALUE_VALUE;
        message.value = st_unconst(value);
        message.set_value = true;
    }
    st_widget_end(&widget, &element);
    return value;
}

ST_EXPORT const char *st_draw_text_area(const struct st_text_input *arguments)
{
    st_widget widget = ST_WIDGET(ST_TEXT_AREA, arguments);
    St__LabelVisibility visible = visibility(arguments->label_visibility);
    St__TextArea message = ST__TEXT_AREA__INIT;
    St__Element element = ST__ELEMENT__INIT;
    const char *value = default_text(arguments);

    if (!st_is_drawing())
        return value;
    FILL_IN(message, arguments, &widget);
    message.maybe_default_case = ST__TEXT_AREA__MAYBE_DEFAULT_DEFAULT;
    message.default_ = st_unconst(value);
    message.max_chars = arguments->max_chars;
    message.placeholder = st_unconst(arguments->placeholder);
    element.type_case = ST__ELEMENT__TYPE_TEXT_AREA;
    element.text_area = &message;
    if (!st_widget_begin(&widget, &element,
                         st_value_text(st_widget_arena(), value)))
        return value;
    value = text_of(&widget, value);
    FINISH(message, arguments, &widget);
    message.label_visibility = arguments->label_visibility ? &visible : NULL;
    if (widget.is_set) {
        message.maybe_value_case = ST__TEXT_AREA__MAYBE_VALUE_VALUE;
        message.value = st_unconst(value);
        message.set_value = true;
    }
    st_widget_end(&widget, &element);
    return value;
}

/* ---- choices ------------------------------------------------------------- */

static size_t count_options(const char *const *options)
{
    size_t count = 0;

    while (options && options[count])
        count++;
    return count;
}

/* Values are the texts themselves: options may come and go. */
static int index_of(const struct st_choice *arguments, size_t count,
                    const char *text)
{
    for (size_t i = 0; text && i < count; i++) {
        if (strcmp(arguments->options[i], text) == 0)
            return (int)i;
    }
    return -1;
}

static int default_index(const struct st_choice *arguments, size_t count)
{
    return arguments->index >= 0 && (size_t)arguments->index < count
               ? arguments->index
               : -1;
}

static st_bytes default_option(const struct st_choice *arguments, size_t count)
{
    int index = default_index(arguments, count);

    return st_value_text(st_widget_arena(),
                         index < 0 ? NULL : arguments->options[index]);
}

ST_EXPORT int st_draw_radio(const struct st_choice *arguments)
{
    st_widget widget = ST_WIDGET(ST_RADIO, arguments);
    St__LabelVisibility visible = visibility(arguments->label_visibility);
    St__Radio message = ST__RADIO__INIT;
    St__Element element = ST__ELEMENT__INIT;
    size_t count = count_options(arguments->options);
    int index = default_index(arguments, count);

    if (!st_is_drawing())
        return index;
    FILL_IN(message, arguments, &widget);
    message.n_options = count;
    message.options = (char **)(uintptr_t)arguments->options;
    message.horizontal = arguments->horizontal;
    if (index >= 0) {
        message.maybe_default_case = ST__RADIO__MAYBE_DEFAULT_DEFAULT;
        message.default_ = index;
    }
    element.type_case = ST__ELEMENT__TYPE_RADIO;
    element.radio = &message;
    if (!st_widget_begin(&widget, &element, default_option(arguments, count)))
        return index;
    index = index_of(arguments, count, text_of(&widget, NULL));
    FINISH(message, arguments, &widget);
    message.label_visibility = arguments->label_visibility ? &visible : NULL;
    if (widget.is_set && index >= 0) {
        message.maybe_raw_value_case = ST__RADIO__MAYBE_RAW_VALUE_RAW_VALUE;
        message.raw_value = st_unconst(arguments->options[index]);
        message.set_value = true;
    }
    st_widget_end(&widget, &element);
    return index;
}

ST_EXPORT int st_draw_selectbox(const struct st_choice *arguments)
{
    st_widget widget = ST_WIDGET(ST_SELECTBOX, arguments);
    St__LabelVisibility visible = visibility(arguments->label_visibility);
    St__Selectbox message = ST__SELECTBOX__INIT;
    St__Element element = ST__ELEMENT__INIT;
    size_t count = count_options(arguments->options);
    int index = default_index(arguments, count);

    if (!st_is_drawing())
        return index;
    FILL_IN(message, arguments, &widget);
    message.n_options = count;
    message.options = (char **)(uintptr_t)arguments->options;
    message.placeholder = st_unconst(arguments->placeholder);
    if (index >= 0) {
        message.maybe_default_case = ST__SELECTBOX__MAYBE_DEFAULT_DEFAULT;
        message.default_ = index;
    }
    element.type_case = ST__ELEMENT__TYPE_SELECTBOX;
    element.selectbox = &message;
    if (!st_widget_begin(&widget, &element, default_option(arguments, count)))
        return index;
    index = index_of(arguments, count, text_of(&widget, NULL));
    FINISH(message, arguments, &widget);
    message.label_visibility = arguments->label_visibility ? &visible : NULL;
    if (widget.is_set && index >= 0) {
        message.maybe_raw_value_case = ST__SELECTBOX__MAYBE_RAW_VALUE_RAW_VALUE;
        message.raw_value = st_unconst(arguments->options[index]);
        message.set_value = true;
    }
    st_widget_end(&widget, &element);
    return index;
}

/* ---- numbers ------------------------------------------------------------- */

/* What an argument that was left out means. */
static struct st_number with_defaults(const struct st_number *arguments,
                                      double least, double most)
{
    struct st_number all = *arguments;

    if (all.min == 0 && all.max == 0) {
        all.min = least;
        all.max = most;
    }
    if (all.step == 0)
        all.step = 1;
    if (all.value < all.min)
        all.value = all.min;
    if (all.value > all.max)
        all.value = all.max;
    return all;
}

static double number_of(st_bytes value, const struct st_number *all)
{
    double number = st_value_count_doubles(value) > 0
                        ? st_value_double_at(value, 0)
                        : st_value_to_double(value, all->value);

    return number >= all->min && number <= all->max ? number : all->value;
}

ST_EXPORT double st_draw_slider(const struct st_number *arguments)
{
    st_widget widget = ST_WIDGET(ST_SLIDER, arguments);
    St__LabelVisibility visible = visibility(arguments->label_visibility);
    struct st_number all = with_defaults(arguments, 0, 100);
    bool is_whole = (double)(int64_t)all.step == all.step;
    St__Slider message = ST__SLIDER__INIT;
    St__Element element = ST__ELEMENT__INIT;
    double value = all.value;

    if (!st_is_drawing())
        return value;
    FILL_IN(message, &all, &widget);
    message.min = all.min;
    message.max = all.max;
    message.step = all.step;
    message.n_default_ = 1;
    message.default_ = &all.value;
    message.format = st_unconst(all.format ? all.format
                                : is_whole ? "%d"
                                           : "%0.2f");
    message.data_type =
        is_whole ? ST__SLIDER__DATA_TYPE__INT : ST__SLIDER__DATA_TYPE__FLOAT;
    message.type = ST__SLIDER__TYPE__SLIDER;
    element.type_case = ST__ELEMENT__TYPE_SLIDER;
    element.slider = &message;
    if (!st_widget_begin(&widget, &element,
                         st_value_double(st_widget_arena(), value)))
        return value;
    value = number_of(widget.value, &all);
    FINISH(message, &all, &widget);
    message.label_visibility = arguments->label_visibility ? &visible : NULL;
    if (widget.is_set) {
        message.n_value = 1;
        message.value = &value;
        message.set_value = true;
    }
    st_widget_end(&widget, &element);
    return value;
}

/* The largest numbers that a browser counts exactly. */
#define MOST_NUMBER 9007199254740991.0

ST_EXPORT double st_draw_number_input(const struct st_number *arguments)
{
    st_widget widget = ST_WIDGET(ST_NUMBER_INPUT, arguments);
    St__LabelVisibility visible = visibility(arguments->label_visibility);
    struct st_number all = with_defaults(arguments, -MOST_NUMBER, MOST_NUMBER);
    bool is_whole = (double)(int64_t)all.step == all.step;
    St__NumberInput message = ST__NUMBER_INPUT__INIT;
    St__Element element = ST__ELEMENT__INIT;
    double value = all.value;

    if (!st_is_drawing())
        return value;
    FILL_IN(message, &all, &widget);
    message.has_min = message.has_max = true;
    message.min = all.min;
    message.max = all.max;
    message.step = all.step;
    message.format = st_unconst(all.format);
    message.data_type = is_whole ? ST__NUMBER_INPUT__DATA_TYPE__INT
                                 : ST__NUMBER_INPUT__DATA_TYPE__FLOAT;
    message.maybe_default_case = ST__NUMBER_INPUT__MAYBE_DEFAULT_DEFAULT;
    message.default_ = all.value;
    element.type_case = ST__ELEMENT__TYPE_NUMBER_INPUT;
    element.number_input = &message;
    if (!st_widget_begin(&widget, &element,
                         st_value_double(st_widget_arena(), value)))
        return value;
    value = number_of(widget.value, &all);
    FINISH(message, &all, &widget);
    message.label_visibility = arguments->label_visibility ? &visible : NULL;
    if (widget.is_set) {
        message.maybe_value_case = ST__NUMBER_INPUT__MAYBE_VALUE_VALUE;
        message.value = value;
        message.set_value = true;
    }
    st_widget_end(&widget, &element);
    return value;
}
