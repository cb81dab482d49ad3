/* inputs.h -- which calls are made: numbers of keys, and arguments of them. */
#ifndef MEMO_BENCH_INPUTS_H
#define MEMO_BENCH_INPUTS_H

#include "functions.h"

#include <stdint.h>

enum kind { SCALAR, TEXT, RECORD, ARRAY, KINDS };

#define ARRAY_BYTES (1u << 20)
#define TEXT_CHARACTERS 21

/* The calls of one thread in one batch. */
struct inputs {
    size_t count;
    uint32_t *keys;
    char (*texts)[TEXT_CHARACTERS + 1]; /* TEXT: the same keys */
    struct record record;               /* RECORD: but for its id */
    unsigned char *bytes;               /* ARRAY: but for the first four */
};

/* How keys are drawn: among all of them alike, or by Zipf's law. */
struct draw {
    uint32_t keys;
    double *shares; /* Zipf: of all keys up to this one; NULL for alike */
    uint64_t state; /* of the random numbers */
};

struct draw draw_alike(uint32_t keys, uint64_t seed);
/* Owner: caller; draw_finish(). */
struct draw draw_zipf(uint32_t keys, double alpha, uint64_t seed);
uint32_t draw_next(struct draw *draw);
void draw_finish(struct draw *draw);

/* Source: splitmix64 of Sebastiano Vigna, public domain. */
uint64_t next_random(uint64_t *state);

/* Room for up to `count` calls.
 * Owner: caller; inputs_destroy(). */
struct inputs *inputs_create(size_t count);
void inputs_destroy(struct inputs *inputs);

/* `count` calls; one in 20 is of a key from *fresh on, if that is not NULL. */
void inputs_draw(struct inputs *inputs, struct draw *draw, size_t count,
                 uint32_t *fresh);
/* One call of each of `count` keys from `first` on. */
void inputs_list(struct inputs *inputs, uint32_t first, size_t count);

/* Make the calls; returns something that depends on every result. */
double inputs_run(const struct inputs *inputs, const struct way *way,
                  enum kind kind, int ttl);

/* malloc() that never fails: what is measured would not fit anyway. */
void *allocate(size_t size);

#endif
