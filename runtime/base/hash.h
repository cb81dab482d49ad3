/* hash.h -- 128-bit keyed digests of bytes.
 *
 * The one place that includes xxHash.  Long inputs take the widest vector unit
 * that the processor has, chosen once.
 */
#ifndef MEMO_BASE_HASH_H
#define MEMO_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint64_t low, high;
} memo_digest;

/* XXH3-128 under a secret that is drawn once per process (getrandom), so that
 * nobody who chooses arguments can construct two of equal digest.
 * Threads: any. */
memo_digest memo_hash_bytes(const void *bytes, size_t size);

/* XXH3-128 without a secret: the same in every process. */
memo_digest memo_hash_stable(const void *bytes, size_t size);

/* 64 bits of two words, mixed under the process's secret: for tables. */
uint64_t memo_hash_words(uint64_t word0, uint64_t word1);

#endif
