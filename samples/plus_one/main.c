/* main.c -- look at the page, and check and uncheck its box. */
#include "page.h"

#include "../show_page.h"

int main(void)
{
    st_test *page = st_test_create(draw_page, NULL);

    for (int i = 0; page && i < 4; i++) {
        show_page(page, i % 2 ? "checked" : "unchecked");
        st_test_set_bool(page, st_test_find(page, "checkbox", 0), i % 2 == 0);
    }
    SHOW_RUNS(plus_one);
    st_test_destroy(page);
    return 0;
}
