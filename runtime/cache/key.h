/* key.h -- the arguments of a call as key bytes.
 *
 * Canonical and framed: fixed-size items in declaration order, a length before
 * anything variable, a presence byte before anything nullable; no padding, no
 * address.  It knows no table.
 */
#ifndef MEMO_CACHE_KEY_H
#define MEMO_CACHE_KEY_H

#include "base/hash.h"
#include "memo/generated.h"

#include <stdint.h>

/* Keys of up to this many canonical bytes are kept and compared in full; of a
 * longer one, the long items are replaced by their 128-bit digests. */
#define MEMO_KEY_EXACT_BYTES 4096

typedef struct {
    memo_digest digest; /* of bytes[0, size) */
    uint32_t size;
    unsigned char bytes[MEMO_KEY_EXACT_BYTES];
} memo_key;

typedef enum {
    MEMO_KEY_BUILT,
    MEMO_KEY_ALIASED,  /* a written range overlaps another argument's */
    MEMO_KEY_TOO_LARGE /* a length overflows */
} memo_key_outcome;

/* Build the key of a call. Allocates nothing; not async-signal-safe only in
 * that it reads files for MEMO_BY_FILE.
 * Threads: any, on their own key. */
memo_key_outcome memo_key_build(memo_key *out,
                                const struct memo_function *function,
                                const struct memo_argument *arguments);

/* Do a written range and any other range of the call overlap, now that the
 * counts of the outputs are known?  `result_address` and its size: a malloc'd
 * result is never part of it. */
int memo_arguments_overlap(const struct memo_function *function,
                           const struct memo_argument *arguments);

#endif
