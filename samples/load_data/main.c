/* main.c -- make a table, read it twice, change it, read it again. */
#include "statistics.h"

#include "../show.h"

#include <stdlib.h>

static const char path[] = "readings.csv";

/* Numbers that look like measurements, the same ones every time. */
static void write_rows(const char *mode, long count)
{
    unsigned long random = 1;
    FILE *file = fopen(path, mode);

    if (!file) {
        perror(path);
        exit(EXIT_FAILURE);
    }
    for (long i = 0; i < count; i++) {
        random = (random * 1103515245 + 12345) & 0x7fffffff;
        fprintf(file, "%ld,%.2f,%.1f\n", i, (double)(random % 4000) / 100.0,
                980.0 + (double)(random >> 8 & 511) / 10.0);
    }
    fclose(file);
}

static void print(const char *name, struct statistics statistics)
{
    printf("%-12s %ld rows, mean %.3f, from %.2f to %.2f\n", name,
           statistics.rows, statistics.mean, statistics.minimum,
           statistics.maximum);
}

int main(void)
{
    struct statistics read;

    write_rows("w", 300000);
    SHOW(load_data, read = load_data(path, 1));
    print("temperature", read);
    SHOW(load_data, read = load_data(path, 1));
    print("temperature", read);
    SHOW(load_data, read = load_data(path, 2));
    print("pressure", read);

    fprintf(stderr, "  a row is added to %s\n", path);
    write_rows("a", 1);
    SHOW(load_data, read = load_data(path, 1));
    print("temperature", read);
    SHOW(load_data, read = load_data(path, 1));
    print("temperature", read);

    remove(path);
    return 0;
}
