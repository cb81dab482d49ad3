/* buttons.c -- yes or no: checkboxes, and buttons. */
#include "widgets/widget.h"

#include "elements/fail.h"
#include "elements/sizes.h"

ST_EXPORT bool st_draw_checkbox(const struct st_checkbox *arguments)
{
    st_widget widget = ST_WIDGET(ST_CHECKBOX, arguments, .type = ST_VALUE_BOOL);
    St__Checkbox message = ST__CHECKBOX__INIT;
    St__Element element = ST_WIDGET_ELEMENT(CHECKBOX, checkbox, &message);
    bool value;

    if (!st_is_drawing())
        return arguments->value;
    message.default_ = arguments->value;
    if (!st_widget_begin(&widget, &element,
                         st_value_bool(st_widget_arena(), arguments->value)))
        return arguments->value;
    value = st_value_to_bool(widget.value, arguments->value);
    message.set_value = widget.is_set;
    message.value = widget.is_set && value;
    st_widget_end(&widget, &element);
    return value;
}

static bool draw_button(st_kind kind, const struct st_button *arguments)
{
    st_widget widget = ST_WIDGET(kind, arguments, .type = ST_VALUE_BOOL);
    St__Button message = ST__BUTTON__INIT;
    St__Element element = ST_WIDGET_ELEMENT(BUTTON, button, &message);
    st_sizes sizes;

    if (!st_is_drawing())
        return false;
    widget.is_trigger = true;
    message.is_form_submitter = kind == ST_FORM_SUBMIT_BUTTON;
    message.type = st_unconst(arguments->primary ? "primary" : "secondary");
    st_sizes_set_width(&sizes, &element, 0, false);
    if (!st_widget_begin(&widget, &element,
                         st_value_bool(st_widget_arena(), false)))
        return false;
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
