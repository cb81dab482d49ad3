/* layout.c -- where things are drawn, and when they go. */
#include "pages.h"

#include <st.h>

void draw_layout(void *unused)
{
    static const char *const labels[] = {"First", "Second"};
    st_handle columns[2], tabs[2];
    bool is_more = st_checkbox("More");

    (void)unused;
    st_text("at the side", .in = ST_SIDEBAR);
    st_checkbox("Side box", .in = ST_SIDEBAR);
    st_columns(columns, 2);
    st_text("left", .in = columns[0]);
    st_text("right", .in = columns[1]);
    st_tabs(tabs, 2, .labels = labels);
    st_text("in the first tab", .in = tabs[0]);
    st_text("in the second tab", .in = tabs[1]);
    st_text("in the expander", .in = st_expander("Open me"));
    for (int i = 0; is_more && i < 5; i++)
        say("one more: %d", i);
    st_text(is_more ? "the end of more" : "the end of less");
}

void draw_form(void *unused)
{
    const char *name = "";
    bool is_new = false, is_sent = false;

    (void)unused;
    st_in(st_form("form"))
    {
        name = st_text_input("Name");
        is_new = st_checkbox("New");
        is_sent = st_form_submit_button("Send");
    }
    say("sent = %d", is_sent);
    say("name = %s", name);
    say("new = %d", is_new);
}
