/* texts.c -- lines, areas, and colours, which are texts as well. */
#include "widgets/widget.h"

#include "elements/fail.h"

#include <string.h>

/* The value of a widget that has one; draw it then. */
static const char *text_of(const st_widget *widget, const char *otherwise)
{
    const char *text = st_value_to_text(&widget->page->arena, widget->value);

    return text ? text : otherwise;
}

ST_EXPORT const char *st_draw_text_input(const struct st_text_input *arguments)
{
    st_widget widget = ST_WIDGET(ST_TEXT_INPUT, arguments,
                                 .type = ST_VALUE_TEXT, .least = 1, .most = 1);
    St__TextInput message = ST__TEXT_INPUT__INIT;
    St__Element element = ST_WIDGET_ELEMENT(TEXT_INPUT, text_input, &message);
    const char *value = st_unconst(arguments->value);

    if (!st_is_drawing())
        return value;
    message.maybe_default_case = ST__TEXT_INPUT__MAYBE_DEFAULT_DEFAULT;
    message.default_ = st_unconst(value);
    message.max_chars = arguments->max_chars;
    message.placeholder = st_unconst(arguments->placeholder);
    message.type = arguments->password ? ST__TEXT_INPUT__TYPE__PASSWORD
                                       : ST__TEXT_INPUT__TYPE__DEFAULT;
    if (!st_widget_begin(&widget, &element,
                         st_value_text(st_widget_arena(), value)))
        return value;
    value = text_of(&widget, value);
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
    st_widget widget = ST_WIDGET(ST_TEXT_AREA, arguments, .type = ST_VALUE_TEXT,
                                 .least = 1, .most = 1);
    St__TextArea message = ST__TEXT_AREA__INIT;
    St__Element element = ST_WIDGET_ELEMENT(TEXT_AREA, text_area, &message);
    const char *value = st_unconst(arguments->value);

    if (!st_is_drawing())
        return value;
    message.maybe_default_case = ST__TEXT_AREA__MAYBE_DEFAULT_DEFAULT;
    message.default_ = st_unconst(value);
    message.max_chars = arguments->max_chars;
    message.placeholder = st_unconst(arguments->placeholder);
    if (!st_widget_begin(&widget, &element,
                         st_value_text(st_widget_arena(), value)))
        return value;
    value = text_of(&widget, value);
    if (widget.is_set) {
        message.maybe_value_case = ST__TEXT_AREA__MAYBE_VALUE_VALUE;
        message.value = st_unconst(value);
        message.set_value = true;
    }
    st_widget_end(&widget, &element);
    return value;
}

/* ---- colours ------------------------------------------------------------- */

static bool is_color(const char *text)
{
    size_t digits =
        *text == '#' ? strspn(text + 1, "0123456789abcdefABCDEF") : 0;

    return (digits == 3 || digits == 6) && text[1 + digits] == '\0';
}

ST_EXPORT const char *
st_draw_color_picker(const struct st_color_picker *arguments)
{
    st_widget widget = ST_WIDGET(ST_COLOR_PICKER, arguments,
                                 .type = ST_VALUE_TEXT, .least = 1, .most = 1);
    St__ColorPicker message = ST__COLOR_PICKER__INIT;
    St__Element element =
        ST_WIDGET_ELEMENT(COLOR_PICKER, color_picker, &message);
    const char *value = arguments->value ? arguments->value : "#000000",
               *chosen;

    if (!st_is_drawing())
        return value;
    if (!is_color(value)) {
        st_widget_refuse(&widget,
                         "'%s' is no colour. Colours are like \"#00ffaa\", or "
                         "\"#0fa\".",
                         value);
        return "#000000";
    }
    message.default_ = st_unconst(value);
    if (!st_widget_begin(&widget, &element,
                         st_value_text(st_widget_arena(), value)))
        return value;
    chosen = text_of(&widget, value);
    if (is_color(chosen))
        value = chosen;
    message.set_value = widget.is_set;
    message.value = st_unconst(widget.is_set ? value : NULL);
    st_widget_end(&widget, &element);
    return value;
}
