/* eviction.c -- which entries a bounded table keeps, beside exact LRU.
 *
 * Every cell is a memoized function of its own, called as generated code does,
 * but for max_entries, which an annotation could not take from a table.
 */
#include "bench.h"
#include "inputs.h"
#include "lru.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <memo.h>

static const char *const trace_names[] = {
    "c2k_web07",   "corda_vault", "lirs_cpp", "lirs_gli",
    "lirs_multi1", "lirs_multi3", "lirs_ps",  "lirs_sprite",
};
static const double alphas[] = {0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2};
static const double sizes[] = {0.5, 2, 8, 32}; /* % of distinct ids */

enum {
    TRACES = sizeof trace_names / sizeof *trace_names,
    ALPHAS = sizeof alphas / sizeof *alphas,
    SIZES = sizeof sizes / sizeof *sizes,
    ZIPF_IDS = 100000
};

struct difference {
    double sum, worst;
    int cells;
};

/* ---- traces -------------------------------------------------------------- */

/* Numbers from 0 on, in the order of their first access. */
static void renumber(struct trace *trace)
{
    uint32_t highest = 0, *numbers;

    for (size_t i = 0; i < trace->count; i++) {
        if (trace->accesses[i] > highest)
            highest = trace->accesses[i];
    }
    numbers = allocate(((size_t)highest + 1) * sizeof *numbers);
    memset(numbers, 0xFF, ((size_t)highest + 1) * sizeof *numbers);
    trace->distinct = 0;
    for (size_t i = 0; i < trace->count; i++) {
        uint32_t *number = &numbers[trace->accesses[i]];

        if (*number == UINT32_MAX)
            *number = trace->distinct++;
        trace->accesses[i] = *number;
    }
    free(numbers);
}

static bool read_trace(struct trace *out, const char *name)
{
    char path[4096];
    FILE *file;
    long size;

    snprintf(path, sizeof path, BENCH_FOLDER "/traces/%s", name);
    file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0 || (size = ftell(file)) < 4) {
        fprintf(stderr, "bench: cannot read '%s'\n", path);
        if (file)
            fclose(file);
        return false;
    }
    rewind(file);
    snprintf(out->name, sizeof out->name, "%s", name);
    out->count = (size_t)size / sizeof *out->accesses;
    out->accesses = allocate(out->count * sizeof *out->accesses);
    out->count = fread(out->accesses, sizeof *out->accesses, out->count, file);
    fclose(file);
    renumber(out);
    return true;
}

static struct trace make_zipf(double alpha, uint64_t seed, size_t count)
{
    struct draw draw = draw_zipf(ZIPF_IDS, alpha, seed);
    struct trace trace = {.count = count,
                          .accesses = allocate(count * sizeof(uint32_t))};

    snprintf(trace.name, sizeof trace.name, "zipf %.1f seed %llu", alpha,
             (unsigned long long)seed);
    for (size_t i = 0; i < count; i++)
        trace.accesses[i] = draw_next(&draw);
    draw_finish(&draw);
    renumber(&trace);
    return trace;
}

/* ---- the memoized function ----------------------------------------------- */

static const struct memo_type number_type = {
    "unsigned", MEMO_KIND_UNSIGNED, 0, sizeof(uint32_t), NULL, NULL, NULL};
static const struct memo_parameter number_parameter = {"number", &number_type,
                                                       MEMO_BY_VALUE, MEMO_IN};
static struct memo_source source = {.name = "number", .build = MEMO_BUILD};

static void address(void)
{
}

/* 1 if `number` was still there. */
static size_t call_function(struct memo_function *function, uint32_t number)
{
    struct memo_argument argument = {&number, 0};
    struct memo_call call;
    uint32_t result = 0;
    memo_u64 value;
    size_t is_hit;

    if (memo_find_words(function, number, 0, &value))
        return 1;
    memo_begin_words(&call, function, number, 0, &argument, &result);
    is_hit = !call.runs;
    while (call.runs) {
        result = number;
        memo_end(&call, function, &argument, &result);
    }
    return is_hit;
}

static size_t memogen_hits(const struct trace *trace, uint32_t room)
{
    struct memo_unit unit = {0};
    struct memo_function function = {.abi = MEMO_ABI,
                                     .name = "number",
                                     .file = "eviction.c",
                                     .parameter_count = 1,
                                     .parameters = &number_parameter,
                                     .result_kind = MEMO_RESULT_VALUE,
                                     .word_count = 1,
                                     .result_type = &number_type,
                                     .max_entries = room,
                                     .options = "",
                                     .version = "",
                                     .source = &source,
                                     .address = address,
                                     .unit = &unit};
    size_t hits = 0;

    for (size_t i = 0; i < trace->count; i++)
        hits += call_function(&function, trace->accesses[i]);
    memo_unload(&unit);
    return hits;
}

/* ---- the table ----------------------------------------------------------- */

static void compare_cell(struct difference *difference,
                         const struct trace *trace, double percent)
{
    uint32_t room = (uint32_t)(percent / 100 * trace->distinct + 0.5);
    double ours, theirs;

    if (room < 1)
        room = 1;
    ours = 100.0 * (double)memogen_hits(trace, room) / (double)trace->count;
    theirs = 100.0 * (double)lru_hits(trace, room) / (double)trace->count;
    difference->sum += ours - theirs;
    if (difference->cells++ == 0 || ours - theirs < difference->worst)
        difference->worst = ours - theirs;
    printf("%-20s %8zu %8u %5.1f %8u %8.2f %8.2f %+8.2f\n", trace->name,
           trace->count, trace->distinct, percent, room, ours, theirs,
           ours - theirs);
    fflush(stdout);
}

static void compare_trace(struct difference *difference, struct trace *trace)
{
    for (int size = 0; size < SIZES; size++)
        compare_cell(difference, trace, sizes[size]);
    free(trace->accesses);
}

static void print_difference(const char *of,
                             const struct difference *difference)
{
    if (difference->cells > 0)
        printf("%s, %d cells: memogen - LRU is %+.2f points in the mean, "
               "%+.2f at worst\n",
               of, difference->cells, difference->sum / difference->cells,
               difference->worst);
}

void bench_eviction(const struct plan *plan)
{
    struct difference real = {0}, zipf = {0};

    printf("\nHits in percent of all accesses, by room in percent of distinct "
           "ids\n%-20s %8s %8s %5s %8s %8s %8s %8s\n",
           "trace", "accesses", "distinct", "%", "entries", "memogen", "LRU",
           "points");
    for (int i = 0; i < TRACES; i++) {
        struct trace trace;

        if (read_trace(&trace, trace_names[i]))
            compare_trace(&real, &trace);
    }
    for (int i = 0; i < ALPHAS; i++) {
        struct trace trace =
            make_zipf(alphas[i], (uint64_t)i + 1, plan->zipf_accesses);

        compare_trace(&zipf, &trace);
    }
    print_difference("traces", &real);
    print_difference("zipf", &zipf);
}
