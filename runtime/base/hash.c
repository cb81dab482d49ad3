#include "base/hash.h"

#include "base/export.h"
#include "base/hash_xxh3.h"

#include <stdbool.h>
#include <string.h>
#include <sys/random.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* Up to here XXH3 does not use vectors, so the copy that can be inlined wins.
 * Source: XXH3_MIDSIZE_MAX of xxHash. */
#define SHORT_BYTES 240

_Atomic uint64_t memo_hash_secret[MEMO_HASH_SECRET_WORDS];

/* The same for XXH3, which knows no atomics: written by one thread, once. */
static uint64_t settled_secret[MEMO_HASH_SECRET_WORDS];
static atomic_bool is_being_settled, is_settled;

/* Source: splitmix64 of Sebastiano Vigna, public domain. */
static uint64_t next_random(uint64_t *state)
{
    uint64_t word = *state += 0x9E3779B97F4A7C15u;

    word = (word ^ word >> 30) * 0xBF58476D1CE4E5B9u;
    word = (word ^ word >> 27) * 0x94D049BB133111EBu;
    return word ^ word >> 31;
}

/* What differs between processes when the kernel gives no random bytes. */
static uint64_t guess_seed(void)
{
    struct timespec now = {0, 0};
    uint64_t seed = (uint64_t)(uintptr_t)&now;

    clock_gettime(CLOCK_REALTIME, &now);
    seed = next_random(&seed) ^ (uint64_t)now.tv_sec;
    seed = next_random(&seed) ^ (uint64_t)now.tv_nsec;
    seed = next_random(&seed) ^ (uint64_t)getpid();
    seed = next_random(&seed) ^ (uint64_t)(uintptr_t)memo_hash_secret;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return next_random(&seed) ^ (uint64_t)now.tv_nsec;
}

static void draw_words(uint64_t *words, size_t size_bytes)
{
    uint64_t state;

    /* Never wait for the kernel to gather randomness: a program that starts
     * early at boot must not hang here.  getrandom() itself is a cancellation
     * point, and a thread must not end within the library. */
    if (syscall(SYS_getrandom, words, size_bytes, GRND_NONBLOCK) ==
        (long)size_bytes)
        return;
    state = guess_seed();
    for (size_t i = 0; i < size_bytes / sizeof *words; i++)
        words[i] = next_random(&state);
}

/* Threads that come here together each draw; the first one to reach a word
 * sets it.  Nobody waits, so a signal handler or a child of fork may come here
 * while another thread is half through. */
void memo_hash_draw_secret(void)
{
    uint64_t words[MEMO_HASH_SECRET_WORDS];

    draw_words(words, sizeof words);
    for (size_t i = 0; i < MEMO_HASH_SECRET_WORDS; i++) {
        uint64_t unset = 0;

        if (words[i] == 0)
            words[i] = 0x9E3779B97F4A7C15u + i;
        atomic_compare_exchange_strong_explicit(&memo_hash_secret[i], &unset,
                                                words[i], memory_order_relaxed,
                                                memory_order_relaxed);
    }
}

static memo_digest digest(const void *bytes, size_t size, const void *secret)
{
    if (size <= SHORT_BYTES)
        return digest_bytes(bytes, size, secret);
#if defined(__x86_64__) || defined(__i386__)
    if (memo_hash_avx2 && __builtin_cpu_supports("avx2"))
        return memo_hash_avx2(bytes, size, secret);
#endif
    return digest_bytes(bytes, size, secret);
}

static void copy_secret(uint64_t *out)
{
    for (size_t i = 0; i < MEMO_HASH_SECRET_WORDS; i++) {
        _Atomic uint64_t *word = &memo_hash_secret[i];

        while ((out[i] = atomic_load_explicit(word, memory_order_relaxed)) == 0)
            memo_hash_draw_secret();
    }
}

/* Before the secret is settled.  Who settles it may never come to an end, in a
 * child of fork: then all goes this way, and is as right. */
static __attribute__((noinline)) memo_digest hash_unsettled(const void *bytes,
                                                            size_t size)
{
    uint64_t secret[MEMO_HASH_SECRET_WORDS];

    copy_secret(secret);
    if (!atomic_exchange(&is_being_settled, true)) {
        /* Not by memcpy(): a ThreadSanitizer that sees only that, and not the
         * flag behind it, would call the readers' a race. */
        for (size_t i = 0; i < MEMO_HASH_SECRET_WORDS; i++)
            __atomic_store_n(&settled_secret[i], secret[i], __ATOMIC_RELAXED);
        atomic_store_explicit(&is_settled, true, memory_order_release);
    }
    return digest(bytes, size, secret);
}

static MEMO_THREAD_LOCAL const unsigned char *used_secret;

void memo_hash_use_secret(const unsigned char *secret)
{
    used_secret = secret;
}

memo_digest memo_hash_keyed(const void *bytes, size_t size,
                            const unsigned char *secret)
{
    return digest(bytes, size, secret);
}

memo_digest memo_hash_bytes(const void *bytes, size_t size)
{
    if (__builtin_expect(used_secret != NULL, 0))
        return digest(bytes, size, used_secret);
    if (!atomic_load_explicit(&is_settled, memory_order_acquire))
        return hash_unsettled(bytes, size);
    return digest(bytes, size, settled_secret);
}

memo_digest memo_hash_stable(const void *bytes, size_t size)
{
    return digest(bytes, size, NULL);
}
