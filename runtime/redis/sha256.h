/* sha256.h -- bytes that nobody can guess without a text.
 *
 * XXH3 is no cryptographic hash: who knows some of its output could find the
 * secret of others.  SHA-256 is, and small.
 */
#ifndef MEMO_REDIS_SHA256_H
#define MEMO_REDIS_SHA256_H

#include <stddef.h>

#define MEMO_REDIS_SHA256_BYTES 32

/* Source: FIPS 180-4. */
void memo_redis_sha256(unsigned char *out, const void *bytes, size_t size);

/* Fill `out` from a text: SHA-256 of a counter and of SHA-256 of the text, as
 * often as needed. */
void memo_redis_derive(unsigned char *out, size_t size, const char *text);

#endif
