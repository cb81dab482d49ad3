/* hash_avx2.c -- digests of long inputs on processors with AVX2.
 *
 * CMake compiles this file, and no other, with -O3 -mavx2 where the compiler
 * takes it.  Elsewhere it says that there is nothing better.
 */
#include "base/hash_xxh3.h"

#ifdef __AVX2__
static memo_digest digest_avx2(const void *bytes, size_t size,
                               const void *secret)
{
    return digest_bytes(bytes, size, secret);
}

memo_hash_function *const memo_hash_avx2 = digest_avx2;
#else
memo_hash_function *const memo_hash_avx2 = NULL;
#endif
