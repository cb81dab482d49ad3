/* main.c -- draw the page twice: the warning is there both times. */
#include "page.h"

#include "../show_page.h"

int main(void)
{
    st_test *page = st_test_create(draw_page, NULL);

    if (page) {
        show_page(page, "computed");
        show_page(page, "drawn again");
    }
    SHOW_RUNS(func);
    st_test_destroy(page);
    return 0;
}
