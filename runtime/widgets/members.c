/* members.c -- what the messages of all widgets have: each kind has a type of
 * its own, so these are found by their names. */
#include "widgets/widget.h"

#include <string.h>

/* NULL: the message has no such member. */
static void *member(const St__Element *element, const char *name)
{
    const ProtobufCFieldDescriptor *field;
    ProtobufCMessage *message;

    memcpy(&message, &element->text, sizeof message);
    field = protobuf_c_message_descriptor_get_field_by_name(message->descriptor,
                                                            name);
    return field ? (char *)message + field->offset : NULL;
}

static void set_text(const St__Element *element, const char *name,
                     const char *text)
{
    char *value = st_unconst(text);

    memcpy(member(element, name), &value, sizeof value);
}

static void set_disabled(const st_widget *widget, const St__Element *element)
{
    protobuf_c_boolean disabled = widget->disabled;

    memcpy(member(element, "disabled"), &disabled, sizeof disabled);
}

static void set_visibility(st_widget *widget, const St__Element *element)
{
    static const St__LabelVisibility__LabelVisibilityOptions values[] = {
        [ST_HIDDEN] = ST__LABEL_VISIBILITY__LABEL_VISIBILITY_OPTIONS__HIDDEN,
        [ST_COLLAPSED] =
            ST__LABEL_VISIBILITY__LABEL_VISIBILITY_OPTIONS__COLLAPSED};
    St__LabelVisibility *visible = &widget->visible;
    void *at = member(element, "label_visibility");

    if (!at || widget->visibility == ST_VISIBLE ||
        widget->visibility > ST_COLLAPSED)
        return;
    st__label_visibility__init(visible);
    visible->value = values[widget->visibility];
    memcpy(at, &visible, sizeof visible);
}

void st_members_begin(const st_widget *widget, St__Element *element)
{
    set_text(element, "label", widget->label);
    set_text(element, "help", widget->help);
    set_text(element, "form_id", widget->form);
}

void st_members_end(st_widget *widget, St__Element *element)
{
    set_text(element, "id", widget->id);
    set_disabled(widget, element);
    set_visibility(widget, element);
}
