/* main.c -- a program whose page is shown in a browser. */
#include "pages.h"

#include "../gallery/page.h"

#include <st.h>
#include <st/app.h>

static void show_data(void)
{
    int rows = (int)st_slider("Rows", .min = 10, .max = 1000, .value = 200);
    st_frame *frame = load_data(rows);

    st_dataframe(frame);
    st_frame_destroy(frame);
}

static void show_plus_one(void)
{
    st_write(plus_one(2));
}

static void show_gallery(void)
{
    draw_page(NULL);
}

static void (*const pages[])(void) = {show_data, show_plus_one, show_gallery};
enum { COUNT = sizeof pages / sizeof *pages };

static void page(void)
{
    static const char *const names[] = {"load_data", "plus_one", "gallery",
                                        "what is cached", NULL};
    int chosen = 0;

    st_set_page_config(.title = "memogen", .icon = "🧠");
    st_in(ST_SIDEBAR)
    {
        chosen = st_radio("Page", names);
    }
    st_title(names[chosen]);
    if (chosen < COUNT)
        pages[chosen]();
    else
        st_cache_report();
}

int main(int argc, char **argv)
{
    return st_app_main(argc, argv, page);
}
