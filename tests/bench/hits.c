/* hits.c -- what a call costs, all ways in turns. */
#include "bench.h"
#include "python.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { THREADS = 2, MOST_CALLS = 200000, FILL = 65536 };

/* In the order of the table's columns; python comes after them. */
static const struct way way_reference = {.name = "XXH3"};
static const struct way *const ways[] = {&way_plain, &way_memogen, &way_uthash,
                                         &way_glib, &way_reference};
enum { WAYS = sizeof ways / sizeof *ways, MEMOGEN = 1, UTHASH = 2, XXH3 = 4 };
#define PYTHON WAYS

static const char *const kind_titles[KINDS] = {
    "f(double, int)", "a text of 21 characters", "a struct of 1 KiB",
    "an array of 1 MiB"};

struct cell {
    enum kind kind;
    int ttl;
    uint32_t keys;
    int threads;
    bool inserts;
};

/* What lives for all cells of one filling. */
struct bench {
    const struct plan *plan;
    struct python python;
    struct inputs *inputs[THREADS];
    struct draw draw;
    cpu_set_t allowed; /* processors */
    uint32_t fresh;    /* the next key that nobody has seen */
};

/* ---- one batch ----------------------------------------------------------- */

struct runner {
    pthread_t thread;
    atomic_int *waiting; /* threads that are not here yet */
    const struct inputs *inputs;
    const struct way *way;
    const struct cell *cell;
    const cpu_set_t *allowed; /* processors */
    int number;               /* of this thread */
    double ns;
    double sum; /* keeps the calls from being left out */
};

static double run_calls(const struct inputs *inputs, const struct way *way,
                        const struct cell *cell)
{
    if (way != &way_reference)
        return inputs_run(inputs, way, cell->kind, cell->ttl);
    return inputs_run(
        inputs, &(struct way){.array = {reference_array, reference_array}},
        ARRAY, cell->ttl);
}

/* Let this thread run on one processor of those allowed: two threads on the
 * same one would never meet at a lock. */
static void stay_on(const cpu_set_t *allowed, int wanted)
{
    cpu_set_t one;
    size_t processor = 0;

    if (CPU_COUNT(allowed) <= wanted)
        return;
    while (!CPU_ISSET(processor, allowed) || wanted-- > 0)
        processor++;
    CPU_ZERO(&one);
    CPU_SET(processor, &one);
    sched_setaffinity(0, sizeof one, &one);
}

static void *run(void *argument)
{
    struct runner *runner = argument;
    double start;

    stay_on(runner->allowed, runner->number);
    /* A barrier that sleeps would let one thread begin long before the other
     * is awake. */
    atomic_fetch_sub(runner->waiting, 1);
    while (atomic_load(runner->waiting) > 0)
        sched_yield();
    start = now_ns();
    runner->sum = run_calls(runner->inputs, runner->way, runner->cell);
    runner->ns = (now_ns() - start) / (double)runner->inputs->count;
    return NULL;
}

/* Nanoseconds of one call, the mean of the threads. */
static double measure(struct bench *bench, const struct way *way,
                      const struct cell *cell)
{
    struct runner runners[THREADS];
    atomic_int waiting = cell->threads;
    double sum = 0;

    for (int i = 0; i < cell->threads; i++) {
        runners[i] = (struct runner){.waiting = &waiting,
                                     .inputs = bench->inputs[i],
                                     .way = way,
                                     .cell = cell,
                                     .allowed = &bench->allowed,
                                     .number = i};
        if (i > 0)
            pthread_create(&runners[i].thread, NULL, run, &runners[i]);
    }
    run(&runners[0]);
    sum = runners[0].ns;
    for (int i = 1; i < cell->threads; i++) {
        pthread_join(runners[i].thread, NULL);
        sum += runners[i].ns;
    }
    return sum / cell->threads;
}

static void draw_calls(struct bench *bench, const struct cell *cell,
                       size_t count)
{
    for (int i = 0; i < cell->threads; i++)
        inputs_draw(bench->inputs[i], &bench->draw, count,
                    cell->inserts ? &bench->fresh : NULL);
}

/* ---- one cell ------------------------------------------------------------ */

static bool is_measured(size_t way, const struct cell *cell)
{
    if (way == PYTHON)
        return cell->threads == 1 && cell->ttl == WITHOUT_TTL;
    return way != XXH3 || cell->kind == ARRAY;
}

/* As many calls as take the slowest way a batch's time. */
static size_t count_calls(struct bench *bench, const struct cell *cell)
{
    double slowest = 0, calls;

    draw_calls(bench, cell, cell->kind == ARRAY ? 2 : 1000);
    for (size_t way = 0; way < WAYS; way++) {
        double ns =
            is_measured(way, cell) ? measure(bench, ways[way], cell) : 0;

        if (ns > slowest)
            slowest = ns;
    }
    calls = bench->plan->batch_ns / slowest;
    if (calls > MOST_CALLS)
        return MOST_CALLS;
    return calls < 3 ? 3 : (size_t)calls;
}

static void print_figures(struct figures *figures)
{
    if (figures->count == 0)
        printf(" %15s", "-");
    else if (figures_median(figures) < 1000)
        printf("  %6.1f /%6.1f", figures_minimum(figures),
               figures_median(figures));
    else
        printf("  %6.0f /%6.0f", figures_minimum(figures),
               figures_median(figures));
}

static void print_ratio(struct figures *of, struct figures *to)
{
    if (of->count == 0 || to->count == 0)
        printf("%14s", "-");
    else
        printf("  %5.2f /%5.2f", figures_minimum(of) / figures_minimum(to),
               figures_median(of) / figures_median(to));
}

static void print_cell(const struct cell *cell, struct figures *figures)
{
    printf("%8u %3d %4s %4s", cell->keys, cell->threads,
           cell->inserts ? "5 %" : "0", cell->ttl == WITH_TTL ? "yes" : "no");
    for (size_t way = 0; way <= WAYS; way++) {
        if (way != XXH3 || cell->kind == ARRAY)
            print_figures(&figures[way]);
    }
    print_ratio(&figures[MEMOGEN], &figures[UTHASH]);
    if (cell->kind == ARRAY)
        print_ratio(&figures[MEMOGEN], &figures[XXH3]);
    printf("\n");
    fflush(stdout);
}

static void measure_cell(struct bench *bench, const struct cell *cell)
{
    struct figures figures[WAYS + 1];
    size_t calls = count_calls(bench, cell);

    memset(figures, 0, sizeof figures);
    for (int i = 0; i < bench->plan->repeats; i++) {
        draw_calls(bench, cell, calls);
        for (size_t k = 0; k <= WAYS; k++) {
            size_t way = (k + (size_t)i) % (WAYS + 1);
            double ns = 0;

            if (!is_measured(way, cell))
                continue;
            ns = way == PYTHON
                     ? python_run(&bench->python, cell->kind, bench->inputs[0])
                     : measure(bench, ways[way], cell);
            if (ns > 0)
                figures_add(&figures[way], ns);
        }
    }
    print_cell(cell, figures);
}

/* ---- all cells ----------------------------------------------------------- */

/* Give every way all keys to remember. */
static void fill(struct bench *bench, const struct cell *cell)
{
    struct inputs *inputs = bench->inputs[0];

    for (uint32_t first = 0; first < cell->keys; first += FILL) {
        uint32_t left = cell->keys - first;

        inputs_list(inputs, first, left < FILL ? left : FILL);
        for (size_t way = 0; way < WAYS; way++) {
            if (is_measured(way, cell))
                run_calls(inputs, ways[way], cell);
        }
        if (cell->ttl == WITHOUT_TTL)
            python_run(&bench->python, cell->kind, inputs);
    }
    bench->fresh = cell->keys;
}

static void forget(struct bench *bench)
{
    for (size_t way = 0; way < WAYS; way++) {
        if (ways[way]->clear)
            ways[way]->clear();
    }
    python_clear(&bench->python);
}

static void measure_filling(struct bench *bench, struct cell cell)
{
    bench->draw = cell.keys > 1000 ? draw_zipf(cell.keys, 0.99, 1)
                                   : draw_alike(cell.keys, 1);
    fill(bench, &cell);
    /* New keys come last: they make the tables grow. */
    for (int inserts = 0; inserts < 2; inserts++) {
        cell.inserts = inserts;
        for (cell.threads = 1; cell.threads <= THREADS; cell.threads++)
            measure_cell(bench, &cell);
    }
    forget(bench);
    draw_finish(&bench->draw);
}

static void print_head(enum kind kind)
{
    printf("\n%s\n%8s %3s %4s %4s", kind_titles[kind], "keys", "thr", "new",
           "ttl");
    for (size_t way = 0; way < WAYS; way++) {
        if (way != XXH3 || kind == ARRAY)
            printf("  %14s", ways[way]->name);
    }
    printf("  %14s  %s", "lru_cache", "memogen/uthash");
    printf(kind == ARRAY ? "  memogen/XXH3\n" : "\n");
}

static void measure_kind(struct bench *bench, enum kind kind)
{
    static const size_t sizes[KINDS] = {12, TEXT_CHARACTERS,
                                        sizeof(struct record), ARRAY_BYTES};
    const uint32_t counts[] = {1, 1000, (uint32_t)bench->plan->many};

    print_head(kind);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        if (counts[i] > bench->plan->most_bytes / sizes[kind]) {
            printf("%8u: left out, the keys of one way take more than %zu "
                   "MiB\n",
                   counts[i], bench->plan->most_bytes >> 20);
            continue;
        }
        for (int ttl = 0; ttl < TTLS; ttl++)
            measure_filling(
                bench,
                (struct cell){.kind = kind, .ttl = ttl, .keys = counts[i]});
    }
}

static void *do_nothing(void *argument)
{
    return argument;
}

/* The C library locks a mutex for less until there is a second thread.  Who
 * needs a mutex has one. */
static void become_threaded(void)
{
    pthread_t thread;

    if (pthread_create(&thread, NULL, do_nothing, NULL) == 0)
        pthread_join(thread, NULL);
}

void bench_hits(const struct plan *plan)
{
    struct bench bench = {.plan = plan, .python = python_start()};

    become_threaded();
    sched_getaffinity(0, sizeof bench.allowed, &bench.allowed);
    printf("\nHits: nanoseconds a call and thread, minimum / median of %d\n",
           plan->repeats);
    for (int i = 0; i < THREADS; i++)
        bench.inputs[i] = inputs_create(MOST_CALLS);
    for (int kind = 0; kind < KINDS; kind++)
        measure_kind(&bench, (enum kind)kind);
    for (int i = 0; i < THREADS; i++)
        inputs_destroy(bench.inputs[i]);
    sched_setaffinity(0, sizeof bench.allowed, &bench.allowed);
    python_stop(&bench.python);
}
