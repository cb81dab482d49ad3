#include "elements/message.h"

#include <stdarg.h>

char *st_unconst(const char *text)
{
    return (char *)(uintptr_t)(text ? text : "");
}

bool st_is_drawing(void)
{
    st_page *page = st_page_now(st_thread_self());

    /* Here, where an element has nothing yet that would be lost. */
    if (page)
        st_page_leave_if_stopped(page);
    return page != NULL;
}

st_handle st_draw_packed(st_kind kind, const St__Element *element, st_handle in,
                         bool is_rewritten)
{
    size_t size = st__element__get_packed_size(element);
    unsigned char *bytes = st_message_room(size);

    if (!bytes)
        return (st_handle){0};
    st__element__pack(element, bytes);
    return st_draw(&(st_message){.kind = kind,
                                 .is_rewritten = is_rewritten,
                                 .bytes = bytes,
                                 .size = size,
                                 .in = in},
                   NULL);
}

st_handle st_draw_block(st_kind kind, const St__Block *block, st_handle in)
{
    size_t size = st__block__get_packed_size(block);
    unsigned char *bytes = st_message_room(size);

    if (!bytes)
        return (st_handle){0};
    st__block__pack(block, bytes);
    return st_draw(&(st_message){.kind = kind,
                                 .is_block = true,
                                 .bytes = bytes,
                                 .size = size,
                                 .in = in},
                   NULL);
}

void st_complain(st_handle in, const char *type, const char *format, ...)
{
    st_page *page = st_page_now(st_thread_self());
    const char *text;
    va_list arguments;

    if (!page)
        return;
    va_start(arguments, format);
    text = st_arena_vprint(&page->arena, format, arguments);
    va_end(arguments);
    if (text)
        st_draw_exception(type, text, false, in);
    else
        st_keep_nothing();
}
