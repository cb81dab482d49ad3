/* hash.h -- 128-bit digests of bytes, 64-bit mixes of words.
 *
 * Digests are XXH3-128.  Long inputs take the widest vector unit that the
 * processor has.  It does not know what is hashed, nor why.
 */
#ifndef MEMO_BASE_HASH_H
#define MEMO_BASE_HASH_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint64_t low, high;
} memo_digest;

/* Digest bytes under a secret that is drawn once per process, so that nobody
 * who chooses arguments can construct two of equal digest.
 * Shape:   `bytes` may be NULL when size is 0.
 * Threads: any, signal handlers and the children of fork included. */
memo_digest memo_hash_bytes(const void *bytes, size_t size);

/* The same under another secret, which others may know as well.
 * Shape: `secret` has MEMO_HASH_SECRET_BYTES. */
#define MEMO_HASH_SECRET_BYTES 192
memo_digest memo_hash_keyed(const void *bytes, size_t size,
                            const unsigned char *secret);

/* Have memo_hash_bytes() take this secret on this thread; NULL: its own again.
 * Whoever sets it sets it back before any code of others may run. */
void memo_hash_use_secret(const unsigned char *secret);

/* The same without a secret: XXH3_128bits(), equal in every process. */
memo_digest memo_hash_stable(const void *bytes, size_t size);

/* The process's secret; a word is zero until it is drawn, then it stays.  Use
 * the functions of this header instead. */
#define MEMO_HASH_SECRET_WORDS 24
extern _Atomic uint64_t memo_hash_secret[MEMO_HASH_SECRET_WORDS]
    __attribute__((__visibility__("hidden")));
void memo_hash_draw_secret(void);

/* The 128-bit product of two words, folded to 64. */
static inline uint64_t memo_hash_fold(uint64_t a, uint64_t b)
{
#ifdef __SIZEOF_INT128__
    __extension__ unsigned __int128 product = (unsigned __int128)a * b;

    return (uint64_t)product ^ (uint64_t)(product >> 64);
#else
    uint64_t low = (a & 0xFFFFFFFFu) * (b & 0xFFFFFFFFu);
    uint64_t cross = (a >> 32) * (b & 0xFFFFFFFFu) + (low >> 32);
    uint64_t middle = (a & 0xFFFFFFFFu) * (b >> 32) + (cross & 0xFFFFFFFFu);
    uint64_t high = (a >> 32) * (b >> 32) + (cross >> 32) + (middle >> 32);

    return (middle << 32 | (low & 0xFFFFFFFFu)) ^ high;
#endif
}

/* Mix two words under two words of the secret. */
static inline uint64_t memo_hash_mix(uint64_t word0, uint64_t word1,
                                     uint64_t secret0, uint64_t secret1)
{
    /* One product alone is uneven for counting keys under many a secret. */
    uint64_t mixed = memo_hash_fold(word0 ^ secret0, word1 ^ secret1);

    mixed *= 0x9E3779B97F4A7C15u;
    return mixed ^ mixed >> 32;
}

/* memo_hash_words() once the secret is drawn, as it is where anything was
 * hashed before. */
static inline uint64_t memo_hash_words_again(uint64_t word0, uint64_t word1)
{
    return memo_hash_mix(
        word0, word1,
        atomic_load_explicit(&memo_hash_secret[0], memory_order_relaxed),
        atomic_load_explicit(&memo_hash_secret[1], memory_order_relaxed));
}

/* Mix two words to 64 bits under the process's secret: for tables in memory.
 * Threads: any, as memo_hash_bytes(). */
static inline uint64_t memo_hash_words(uint64_t word0, uint64_t word1)
{
    uint64_t secret0 =
        atomic_load_explicit(&memo_hash_secret[0], memory_order_relaxed);
    uint64_t secret1 =
        atomic_load_explicit(&memo_hash_secret[1], memory_order_relaxed);

    while (__builtin_expect(secret0 == 0 || secret1 == 0, 0)) {
        memo_hash_draw_secret();
        secret0 =
            atomic_load_explicit(&memo_hash_secret[0], memory_order_relaxed);
        secret1 =
            atomic_load_explicit(&memo_hash_secret[1], memory_order_relaxed);
    }
    return memo_hash_mix(word0, word1, secret0, secret1);
}

#endif
