/* bench.h -- the sections of the bench, and what they share. */
#ifndef MEMO_BENCH_H
#define MEMO_BENCH_H

#include <stdbool.h>
#include <stddef.h>

struct plan {
    int repeats;          /* of every cell, all ways in turns */
    double batch_ns;      /* how long a batch of the slowest way may take */
    size_t many;          /* keys where there are many: 1e6 */
    size_t most_bytes;    /* that the keys of one way may take */
    size_t zipf_accesses; /* of one simulated trace */
};

/* Nanoseconds a call: tables on standard output. */
void bench_hits(const struct plan *plan);

/* Bytes an entry takes beyond its key and value. */
void bench_bytes(const struct plan *plan);

/* A hit with a struct behind a pointer, beside its fields as arguments. */
void bench_deref(const struct plan *plan);

/* What a page takes that is drawn again, beside drawing it. */
void bench_replay(const struct plan *plan);

/* A result from the disk, beside other ways to keep one there. */
void bench_persist(const struct plan *plan);

/* A result from Redis, beside a plain GET. */
void bench_redis(const struct plan *plan);

/* Hit ratio of a bounded table beside exact LRU. */
void bench_eviction(const struct plan *plan);

/* memogen's time on three files beside that of the compiler's parser. */
void bench_generator(const struct plan *plan);

/* ---- figures ------------------------------------------------------------- */

enum { MOST_REPEATS = 101 };

struct figures {
    int count;
    double all[MOST_REPEATS];
};

void figures_add(struct figures *figures, double figure);
double figures_minimum(const struct figures *figures);
double figures_median(struct figures *figures);

/* Now, from a clock that only grows. */
double now_ns(void);

#endif
