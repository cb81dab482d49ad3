/* main.c -- draw the page twice; the second time it is all drawn again. */
#include "page.h"

#include <st/test.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Only what each line of the page is. */
static void print_kinds(const char *text)
{
    while (*text) {
        size_t indent = strspn(text, " ");
        size_t word = strcspn(text + indent, " \n");

        printf("%.*s\n", (int)(indent + word), text);
        text += strcspn(text, "\n");
        text += *text == '\n';
    }
}

int main(void)
{
    st_test *page = st_test_create(draw_page, NULL);
    char *pages[2] = {NULL, NULL};

    for (int i = 0; page && i < 2; i++) {
        st_test_run(page);
        pages[i] = st_test_dump(page);
    }
    if (pages[0] && pages[1]) {
        print_kinds(pages[0]);
        printf("-- drawn again: %s\n",
               strcmp(pages[0], pages[1]) == 0 ? "the same" : "another page");
    }
    free(pages[0]);
    free(pages[1]);
    st_test_destroy(page);
    return 0;
}
