/* annotation_value.h -- the values of options: times, sizes, texts, claims.
 *
 * Each reader takes the value's text, and returns NULL when it is well formed,
 * else what is wrong with it, as a sentence without a full stop.  Pure.
 */
#ifndef GEN_ANNOTATION_VALUE_H
#define GEN_ANNOTATION_VALUE_H

#include "arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* 60, 0.5, 90s, 1d12h: seconds, or numbers with the units ms, s, m, h, d, w.
 * Units: `*out` is in nanoseconds, from 1 to 2^63 - 1. */
const char *gen_value_time(gen_arena *arena, uint64_t *out, const char *text,
                           size_t size);

/* A whole number of at least 1. */
const char *gen_value_count(gen_arena *arena, uint64_t *out, const char *text,
                            size_t size);

/* A whole number of bytes of at least 1, or a number with a unit: 64MB, 1.5GiB.
 * kB, MB, GB and TB are powers of 1000, KiB, MiB, GiB and TiB of 1024. */
const char *gen_value_bytes(gen_arena *arena, uint64_t *out, const char *text,
                            size_t size);

/* true, True, 1; false, False, 0. */
const char *gen_value_bool(bool *out, const char *text, size_t size);

/* One or more C string literals without prefix.  `*out` is what they say
 * (owner: arena); it has no NUL byte. */
const char *gen_value_string(gen_arena *arena, const char **out,
                             const char *text, size_t size);

/* Is the text one C identifier? */
bool gen_value_is_name(const char *text, size_t size);

#endif
