/* bench.c -- measure what remembering costs, beside what people use. */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct section {
    const char *name;
    const char *what;
    void (*run)(const struct plan *plan);
} sections[] = {
    {"hits", "what a call costs", bench_hits},
    {"deref", "what a call with a struct behind a pointer costs", bench_deref},
#ifdef BENCH_HAS_PAGES
    {"replay", "what drawing again costs", bench_replay},
#endif
#ifdef BENCH_HAS_DISK
    {"persist", "what a result from the disk costs", bench_persist},
#endif
#ifdef BENCH_HAS_REDIS
    {"redis", "what a result from Redis costs", bench_redis},
#endif
    {"bytes", "what an entry takes", bench_bytes},
    {"eviction", "which entries stay", bench_eviction},
    {"generator", "how long memogen works on a file", bench_generator},
};

enum { SECTIONS = sizeof sections / sizeof *sections };

static const struct plan whole = {.repeats = 11,
                                  .batch_ns = 5e6,
                                  .many = 1000000,
                                  .most_bytes = (size_t)2 << 30,
                                  .zipf_accesses = 1000000};
static const struct plan quick = {.repeats = 5,
                                  .batch_ns = 5e5,
                                  .many = 20000,
                                  .most_bytes = (size_t)64 << 20,
                                  .zipf_accesses = 100000};

static void print_usage(FILE *out)
{
    fprintf(out, "Usage: tests/bench/run [--quick] [section...]\n\n"
                 "  --quick   fewer repeats, keys and calls: seconds, and "
                 "figures to match\n\nSections, all by default:\n");
    for (int i = 0; i < SECTIONS; i++)
        fprintf(out, "  %-9s %s\n", sections[i].name, sections[i].what);
}

static int find_section(const char *name)
{
    for (int i = 0; i < SECTIONS; i++) {
        if (strcmp(sections[i].name, name) == 0)
            return i;
    }
    return -1;
}

/* All ways keep their keys at the same time. */
static struct plan fit_memory(struct plan plan)
{
    long pages = sysconf(_SC_AVPHYS_PAGES), size = sysconf(_SC_PAGE_SIZE);
    size_t share;

    if (pages <= 0 || size <= 0)
        return plan;
    share = (size_t)pages * (size_t)size / 6;
    if (plan.most_bytes > share)
        plan.most_bytes = share;
    return plan;
}

int main(int argc, char **argv)
{
    struct plan plan = whole;
    bool wanted[SECTIONS] = {false}, is_any_wanted = false;

    for (int i = 1; i < argc; i++) {
        int section = find_section(argv[i]);

        if (strcmp(argv[i], "--help") == 0) {
            print_usage(stdout);
            return EXIT_SUCCESS;
        }
        if (strcmp(argv[i], "--quick") == 0) {
            plan = quick;
        } else if (section >= 0) {
            wanted[section] = is_any_wanted = true;
        } else {
            fprintf(stderr, "bench: '%s' is neither an option nor a section\n",
                    argv[i]);
            print_usage(stderr);
            return 2;
        }
    }
    plan = fit_memory(plan);
    for (int i = 0; i < SECTIONS; i++) {
        if (wanted[i] || !is_any_wanted)
            sections[i].run(&plan);
    }
    return EXIT_SUCCESS;
}
