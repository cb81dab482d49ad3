/* reference.c -- the digest that a long key needs, and nothing else.
 *
 * Compiled as fast as xxHash can be (CMakeLists.txt).
 */
#include "functions.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

static const unsigned char secret[192] = {0x6D, 0x65, 0x6D, 0x6F, 0x67, 0x65};

double reference_array(size_t count, const unsigned char *bytes)
{
    XXH128_hash_t digest =
        XXH3_128bits_withSecret(bytes, count, secret, sizeof secret);

    return (double)(digest.low64 ^ digest.high64);
}
