/* main.c -- draw the page twice; the second time nothing is computed. */
#include "load_data.h"

#include "../show_page.h"

int main(void)
{
    st_test *page = st_test_create(draw_page, NULL);

    if (page) {
        show_page(page, "computed");
        show_page(page, "drawn again");
    }
    SHOW_RUNS(load_data);
    st_test_destroy(page);
    return 0;
}
