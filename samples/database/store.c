#include "store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct row {
    char name[24];
    long price;
};

struct store {
    char path[64];
    struct stat status; /* of the file when it was read */
    size_t count;
    struct row *rows; /* sorted by name */
};

static int compare(const void *left, const void *right)
{
    return strcmp(((const struct row *)left)->name,
                  ((const struct row *)right)->name);
}

/* Reading and sorting is what takes its time. */
static int read_rows(struct store *store, FILE *file)
{
    struct row row;

    while (fscanf(file, "%23s %ld", row.name, &row.price) == 2) {
        if ((store->count & (store->count - 1)) == 0) {
            size_t capacity = store->count ? store->count * 2 : 1;
            struct row *rows =
                realloc(store->rows, capacity * sizeof *store->rows);

            if (!rows)
                return 0;
            store->rows = rows;
        }
        store->rows[store->count++] = row;
    }
    if (store->count > 0)
        qsort(store->rows, store->count, sizeof *store->rows, compare);
    return 1;
}

// @singleton(validate=is_current, release=close_store, max_entries=8)
struct store *open_store(const char *path)
{
    struct store *store = calloc(1, sizeof *store);
    FILE *file = fopen(path, "r");
    int is_read = 0;

    if (store && file && stat(path, &store->status) == 0) {
        snprintf(store->path, sizeof store->path, "%s", path);
        is_read = read_rows(store, file);
    }
    if (file)
        fclose(file);
    if (is_read)
        return store;
    if (store)
        free(store->rows);
    free(store);
    return NULL;
}

long find_price(const struct store *store, const char *name)
{
    struct row wanted = {.price = -1};
    const struct row *found;

    snprintf(wanted.name, sizeof wanted.name, "%s", name);
    found = bsearch(&wanted, store->rows, store->count, sizeof wanted, compare);
    return found ? found->price : -1;
}

int is_current(const struct store *store)
{
    struct stat now;

    return stat(store->path, &now) == 0 &&
           now.st_size == store->status.st_size &&
           now.st_mtim.tv_sec == store->status.st_mtim.tv_sec &&
           now.st_mtim.tv_nsec == store->status.st_mtim.tv_nsec;
}

void close_store(struct store *store)
{
    fprintf(stderr, "  a store of %zu rows is closed\n", store->count);
    free(store->rows);
    free(store);
}
