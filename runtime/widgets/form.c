/* form.c -- containers whose widgets are sent together. */
#include "widgets/widget.h"

#include "elements/fail.h"
#include "st/elements.h"

#include <string.h>

/* The form of a place, "" if none. */
static st_bytes form_of(const st_page *page, uint32_t place)
{
    const char *form =
        page && place < page->place_count ? page->places[place].form : NULL;

    form = form ? form : "";
    return (st_bytes){form, strlen(form) + 1};
}

void st_form_note(const st_thread *self)
{
    static const char question[] = "F";

    for (st_level *level = st_level_now(self); level; level = level->outer) {
        const st_page *page = level->page;
        uint32_t here = page && level->base > 0
                            ? page->inside[level->base - 1] & ~ST_STAYS
                            : ST_MAIN;

        st_level_note_input(level, (st_bytes){question, 1},
                            form_of(page, here));
        if (level->is_muted)
            break;
    }
}

size_t st_form_answer(const st_page *page, void *out, size_t room)
{
    bool is_valid;
    st_bytes form = form_of(
        page, page ? st_page_target(page, (st_handle){0}, &is_valid) : 0);

    if (form.size <= room)
        memcpy(out, form.at, form.size);
    return form.size;
}

ST_EXPORT st_handle st_draw_form(const struct st_form *arguments)
{
    st_widget form = {.kind = ST_FORM, .in = arguments->in};
    St__Block block = ST__BLOCK__INIT;
    St__Block__Form message = ST__BLOCK__FORM__INIT;
    size_t size;
    unsigned char *bytes;
    st_bytes facts;

    form.page = st_page_now(st_thread_self());
    if (!form.page)
        return (st_handle){0};
    form.id = arguments->key ? arguments->key : "";
    if (!*form.id) {
        st_raise(ST_MISUSE, "StreamlitAPIException",
                 "'st_form' needs a key: a name that no other form has.");
        return (st_handle){0};
    }
    st_form_note(st_thread_self());
    form.otherwise = st_value_bool(&form.page->arena, false);
    if (*st_widget_form(&form)) {
        st_raise(ST_MISUSE, "StreamlitAPIException",
                 "The form '%s' stands in another one, '%s': forms cannot be "
                 "nested.",
                 form.id, st_widget_form(&form));
        return (st_handle){0};
    }
    if (form.page->session && !form.page->is_scratch)
        st_form_register(form.page, form.id);
    message.form_id = st_unconst(form.id);
    message.clear_on_submit = arguments->clear_on_submit;
    message.border = !arguments->no_border;
    message.enter_to_submit = true;
    block.type_case = ST__BLOCK__TYPE_FORM;
    block.form = &message;
    size = st__block__get_packed_size(&block);
    bytes = st_message_room(size);
    facts = st_widget_facts(&form, false);
    if (!bytes || !facts.at) {
        st_keep_nothing();
        return (st_handle){0};
    }
    st__block__pack(&block, bytes);
    return st_draw(&(st_message){.kind = ST_FORM,
                                 .is_block = true,
                                 .bytes = bytes,
                                 .size = size,
                                 .in = arguments->in},
                   &facts);
}
