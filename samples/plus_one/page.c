#include "page.h"

#include <st.h>

// @memo(allow_widgets)
int plus_one(int x)
{
    int y = x + 1;

    if (st_checkbox("Nuke the value 💥")) {
        st_write("Value was nuked, returning 0");
        y = 0;
    }
    return y;
}

void draw_page(void *unused)
{
    (void)unused;
    st_write(plus_one(2));
}
