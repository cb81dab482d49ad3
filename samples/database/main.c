/* main.c -- open a store here and there, change its file, open it again. */
#include "store.h"

#include "../show.h"

#include <stdlib.h>

static const char path[] = "prices.txt";

static void write_rows(const char *mode, int first, int count)
{
    FILE *file = fopen(path, mode);

    if (!file) {
        perror(path);
        exit(EXIT_FAILURE);
    }
    for (int i = first; i < first + count; i++)
        fprintf(file, "article-%d %d\n", i * 7919 % 100003, i % 500);
    fclose(file);
}

/* Deep in a program nobody passes stores along: everybody opens them. */
static void print_price(const char *name)
{
    struct store *store;

    SHOW(open_store, store = open_store(path));
    if (store)
        printf("%-14s %ld\n", name, find_price(store, name));
}

int main(void)
{
    memo_config config;

    memo_config_get(&config);
    config.release_at_exit = 1;
    memo_config_set(&config);

    write_rows("w", 0, 100000);
    print_price("article-7919");
    print_price("article-15838");

    fprintf(stderr, "  rows are added to %s\n", path);
    write_rows("a", 100001, 2);
    print_price("article-7919");
    print_price("article-84184");

    fprintf(stderr, "  nobody uses the first store any more\n");
    memo_borrow_end();
    print_price("article-15838");

    remove(path);
    fprintf(stderr, "  the program ends\n");
    return 0;
}
