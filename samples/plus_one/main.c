/* main.c -- look at the page, and check and uncheck its box. */
#include "page.h"

#include <memo.h>
#include <st/test.h>

#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    st_test *page = st_test_create(draw_page, NULL);
    memo_stats stats = {0};

    for (int i = 0; page && i < 4; i++) {
        char *text;

        st_test_run(page);
        text = st_test_dump(page);
        printf("%s\n%s", i % 2 ? "checked" : "unchecked", text ? text : "");
        free(text);
        st_test_set_bool(page, st_test_find(page, "checkbox", 0), i % 2 == 0);
    }
    if (memo_stats(plus_one, &stats) == MEMO_OK)
        fprintf(stderr, "  plus_one: %lu calls, body ran %lu times\n",
                (unsigned long)stats.calls, (unsigned long)stats.misses);
    st_test_destroy(page);
    return 0;
}
