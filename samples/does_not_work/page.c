#include "page.h"

#include <st.h>

// @memo
void func(void)
{
    st_checkbox("Doesn't work");
}

void draw_page(void *unused)
{
    (void)unused;
    func();
}
