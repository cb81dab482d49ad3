#include "page.h"

#include <st.h>

// @memo(allow_widgets)
void func(void)
{
    st_checkbox("Works!");
}

void draw_page(void *unused)
{
    (void)unused;
    func();
}
