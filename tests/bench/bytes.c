/* bytes.c -- what an entry takes beyond its key and value. */
#include "bench.h"
#include "python.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FILL = 4096 };

static const struct row {
    enum kind kind;
    const char *title;
    double payload; /* bytes of key and value */
    size_t share;   /* of plan.many that is kept */
} rows[] = {
    {SCALAR, "f(double, int)", 12 + 8, 1},
    {TEXT, "21 characters", TEXT_CHARACTERS + 8, 1},
    {RECORD, "1 KiB struct", 1020 + 8, 10},
};

static const struct way *const ways[] = {&way_memogen, &way_uthash, &way_glib};
enum { WAYS = sizeof ways / sizeof *ways };

static double resident_bytes(void)
{
    unsigned long all = 0, resident = 0;
    FILE *file = fopen("/proc/self/statm", "r");

    if (!file)
        return 0;
    if (fscanf(file, "%lu %lu", &all, &resident) != 2)
        resident = 0;
    fclose(file);
    return (double)resident * (double)sysconf(_SC_PAGE_SIZE);
}

static double fill_way(const struct way *way, enum kind kind, size_t keys)
{
    struct inputs *inputs = inputs_create(FILL);
    double before;

    /* What is there once is not of an entry. */
    inputs_list(inputs, 0, FILL);
    inputs_run(inputs, way, kind, WITHOUT_TTL);
    before = resident_bytes();
    for (size_t first = FILL; first < keys; first += FILL) {
        inputs_list(inputs, (uint32_t)first, FILL);
        inputs_run(inputs, way, kind, WITHOUT_TTL);
    }
    return (resident_bytes() - before) / (double)(keys - FILL);
}

/* In a process of its own: what one way has freed, another might use. */
static double measure_way(const struct way *way, enum kind kind, size_t keys)
{
    int ends[2];
    double bytes = 0;
    pid_t child;

    if (pipe(ends) != 0)
        return 0;
    fflush(stdout);
    child = fork();
    if (child == 0) {
        bytes = fill_way(way, kind, keys);
        _exit(write(ends[1], &bytes, sizeof bytes) == sizeof bytes ? 0 : 1);
    }
    close(ends[1]);
    if (read(ends[0], &bytes, sizeof bytes) != sizeof bytes)
        bytes = 0;
    close(ends[0]);
    waitpid(child, NULL, 0);
    return bytes;
}

static double measure_python(enum kind kind, size_t keys)
{
    struct python python = python_start();
    struct inputs *inputs = inputs_create(FILL);
    double before;

    inputs_list(inputs, 0, FILL);
    python_run(&python, kind, inputs);
    before = python_memory(&python);
    for (size_t first = FILL; first < keys; first += FILL) {
        inputs_list(inputs, (uint32_t)first, FILL);
        python_run(&python, kind, inputs);
    }
    before = (python_memory(&python) - before) / (double)(keys - FILL);
    inputs_destroy(inputs);
    python_stop(&python);
    return before;
}

void bench_bytes(const struct plan *plan)
{
    printf("\nBytes an entry takes beyond its key and value (resident "
           "memory)\n%-16s %8s",
           "", "entries");
    for (size_t way = 0; way < WAYS; way++)
        printf("%12s", ways[way]->name);
    printf("%12s\n", "lru_cache");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        size_t keys = plan->many / row->share / FILL * FILL;

        if (keys < 2 * (size_t)FILL)
            keys = 2 * (size_t)FILL;
        printf("%-16s %8zu", row->title, keys);
        for (size_t way = 0; way < WAYS; way++)
            printf("%12.1f",
                   measure_way(ways[way], row->kind, keys) - row->payload);
        printf("%12.1f\n", measure_python(row->kind, keys) - row->payload);
    }
}
