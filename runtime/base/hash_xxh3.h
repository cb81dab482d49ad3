/* hash_xxh3.h -- the one place that includes xxHash.
 *
 * Compiled twice: by hash.c for any processor of the family, by hash_avx2.c for
 * those that have AVX2.  Everything in it is static.
 */
#ifndef MEMO_BASE_HASH_XXH3_H
#define MEMO_BASE_HASH_XXH3_H

#include "base/hash.h"

#include <stddef.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#define SECRET_BYTES (sizeof(uint64_t) * MEMO_HASH_SECRET_WORDS)

/* How hash.c calls either copy; a NULL secret asks for the stable digest. */
typedef memo_digest memo_hash_function(const void *bytes, size_t size,
                                       const void *secret);

/* NULL where the compiler or the processor family has no AVX2. */
extern memo_hash_function *const memo_hash_avx2
    __attribute__((__visibility__("hidden")));

static inline memo_digest digest_bytes(const void *bytes, size_t size,
                                       const void *secret)
{
    XXH128_hash_t hash =
        secret ? XXH3_128bits_withSecret(bytes, size, secret, SECRET_BYTES)
               : XXH3_128bits(bytes, size);

    return (memo_digest){.low = hash.low64, .high = hash.high64};
}

#endif
