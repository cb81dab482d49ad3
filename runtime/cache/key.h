/* key.h -- the arguments of a call as key bytes.
 *
 * Canonical and framed: items in the order of the parameters, a length before
 * anything variable, a presence byte before anything nullable; no padding, no
 * address.  It knows no table.
 */
#ifndef MEMO_CACHE_KEY_H
#define MEMO_CACHE_KEY_H

#include "base/hash.h"
#include "cache/graph.h"
#include "memo/generated.h"

#include <stdbool.h>
#include <stdint.h>

/* Keys of up to this many canonical bytes are kept and compared in full.  In a
 * longer one, items that do not fit are replaced by their 128-bit digests. */
#define MEMO_KEY_EXACT_BYTES 4096

typedef struct {
    memo_digest digest; /* of what bytes[0, size) say: equal if they are */
    uint32_t size;
    bool is_plain; /* nothing was digested, no file or codec was looked at: all
                      processes build the same bytes */
    unsigned char bytes[MEMO_KEY_EXACT_BYTES];
} memo_key;

typedef enum {
    MEMO_KEY_BUILT,
    MEMO_KEY_ALIASED,     /* a written range overlaps another argument's */
    MEMO_KEY_TOO_LARGE,   /* a length cannot be told or overflows */
    MEMO_KEY_OVER_BUDGET, /* what pointers lead to is more than may be read */
    MEMO_KEY_MALFORMED,   /* an Arrow array is against its format */
    MEMO_KEY_NO_MEMORY,
    MEMO_KEY_UNREADABLE /* of a stored key: a file that is no regular one */
} memo_key_outcome;

/* Build the key of a call.  Leaves errno alone, and allocates nothing but for
 * values of more than MEMO_FEW_PIECES pieces.  Two calls of one function have
 * equal bytes only if their inputs are equal, but for collisions of 128-bit
 * digests.
 * Threads: any, each on its own key; in signal handlers too, if nothing is
 *          allocated. */
memo_key_outcome memo_key_build(memo_key *out,
                                const struct memo_function *function,
                                const struct memo_argument *arguments,
                                memo_budget budget);

/* The key of a call that has one in memory, as all processes make it that know
 * the secret: files count by their content.
 * Threads: as above, not in signal handlers; reads files. */
memo_key_outcome memo_key_build_stored(memo_key *out,
                                       const struct memo_function *function,
                                       const struct memo_argument *arguments,
                                       memo_budget budget,
                                       const unsigned char *secret);

/* Does a range that the call writes overlap another pointer argument's?  For
 * after the call, when the counts of all outputs are known. */
bool memo_arguments_overlap(const struct memo_function *function,
                            const struct memo_argument *arguments);

#endif
