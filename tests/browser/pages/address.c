/* address.c -- what a page has to do with the browser's frame: URL, title, and
 * other servers.
 */
#include "pages.h"

#include <st.h>

#include <stdio.h>

void draw_query(void *unused)
{
    const char *a, *b;

    (void)unused;
    if (st_button("Store"))
        st_set_query_params("a", "2", "b", "x & y");
    a = st_get_query_param("a");
    b = st_get_query_param("b");
    say("a = %s", a ? a : "nothing");
    say("b = %s", b ? b : "nothing");
}

void draw_configured(void *unused)
{
    (void)unused;
    st_set_page_config(.title = "A title of its own", .icon = "🔥",
                       .layout = ST_WIDE,
                       .initial_sidebar_state = ST_SIDEBAR_COLLAPSED);
    st_text("at the side", .in = ST_SIDEBAR);
    st_text("the page");
}

void draw_external(void *unused)
{
    const char *server = st_get_query_param("server");
    char picture[200], page[200];

    (void)unused;
    if (!server)
        server = "";
    snprintf(picture, sizeof picture, "%s/picture.svg", server);
    snprintf(page, sizeof page, "%s/page.html", server);
    if (st_checkbox("Picture"))
        st_image(picture);
    if (st_checkbox("Page"))
        st_components_iframe(page);
    say("the end");
}
