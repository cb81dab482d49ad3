/* config.c -- what is said of the page as a whole. */
#include "st/config.h"

#include "elements/fail.h"
#include "elements/message.h"

#include <string.h>

static void tell(st_page *page, st_bytes message)
{
    st_record_note(ST_RECORD_CONFIG, &message, 1);
    if (page->sink)
        page->sink->configured(page->sink->context, page, message.at,
                               message.size);
}

void st_config_replay(st_page *page, st_bytes message)
{
    tell(page, message);
}

/* The front end wants to be told what is an emoji. */
static const char *icon_of(st_page *page, const char *icon)
{
    static const char mark[] = "emoji:";
    char *marked;

    if (!icon || (unsigned char)*icon < 0x80)
        return icon;
    marked = st_arena_alloc(&page->arena, sizeof mark + strlen(icon));
    return marked ? strcat(strcpy(marked, mark), icon) : icon;
}

ST_EXPORT void st_draw_page_config(const struct st_page_config *arguments)
{
    static const St__PageConfig__Layout layouts[] = {
        ST__PAGE_CONFIG__LAYOUT__LAYOUT_UNSET,
        ST__PAGE_CONFIG__LAYOUT__CENTERED, ST__PAGE_CONFIG__LAYOUT__WIDE};
    static const St__PageConfig__SidebarState states[] = {
        ST__PAGE_CONFIG__SIDEBAR_STATE__SIDEBAR_UNSET,
        ST__PAGE_CONFIG__SIDEBAR_STATE__AUTO,
        ST__PAGE_CONFIG__SIDEBAR_STATE__EXPANDED,
        ST__PAGE_CONFIG__SIDEBAR_STATE__COLLAPSED};
    st_page *page = st_page_now(st_thread_self());
    St__PageConfig config = ST__PAGE_CONFIG__INIT;
    size_t size;
    unsigned char *bytes;

    if (!page)
        return;
    config.title = st_unconst(arguments->title);
    config.favicon = st_unconst(icon_of(page, arguments->icon));
    config.layout =
        layouts[(unsigned)arguments->layout < 3 ? arguments->layout : 0];
    config.initial_sidebar_state =
        states[(unsigned)arguments->initial_sidebar_state < 4
                   ? arguments->initial_sidebar_state
                   : 0];
    size = st__page_config__get_packed_size(&config);
    bytes = st_message_room(size);
    if (!bytes)
        return;
    st__page_config__pack(&config, bytes);
    tell(page, (st_bytes){bytes, size});
}
