/* page.c -- ten memoized functions of twenty elements, whose bodies take 50 ms;
 * a box that none of them asks for. */
#include <st.h>
#include <st/app.h>

#include <stdio.h>
#include <unistd.h>

enum { FUNCTIONS = 10, ELEMENTS = 20, BODY_US = 50000 };

// @memo(impure_ok)
static void draw_part(int part)
{
    usleep(BODY_US);
    st_in(st_container())
    {
        for (int i = 0; i < ELEMENTS; i++) {
            char text[80];

            snprintf(text, sizeof text, "Part %d has a line, which is %d", part,
                     i);
            st_text(text);
        }
    }
}

static void page(void)
{
    bool is_checked = st_checkbox("Check me");
    const char *text = is_checked ? "it is checked" : "it is not checked";

    st_text(text);
    for (int part = 0; part < FUNCTIONS; part++)
        draw_part(part);
    st_text(text);
}

int main(int argc, char **argv)
{
    return st_app_main(argc, argv, page);
}
