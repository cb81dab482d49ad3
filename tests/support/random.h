/* random.h -- numbers for property tests, the same ones in every run. */
#ifndef MEMO_TESTS_RANDOM_H
#define MEMO_TESTS_RANDOM_H

#include <stddef.h>
#include <stdint.h>

/* Source: splitmix64 of Sebastiano Vigna, public domain. */
static inline uint64_t random_next(uint64_t *state)
{
    uint64_t word = *state += 0x9E3779B97F4A7C15u;

    word = (word ^ word >> 30) * 0xBF58476D1CE4E5B9u;
    word = (word ^ word >> 27) * 0x94D049BB133111EBu;
    return word ^ word >> 31;
}

/* A number below `bound`. */
static inline size_t random_below(uint64_t *state, size_t bound)
{
    return (size_t)(random_next(state) % bound);
}

static inline void random_fill(uint64_t *state, void *out, size_t size)
{
    unsigned char *bytes = out;

    for (size_t i = 0; i < size; i++)
        bytes[i] = (unsigned char)random_next(state);
}

#endif
