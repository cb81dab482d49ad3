/* prune.h -- which entries are to go.  Pure. */
#ifndef MEMO_INSPECT_PRUNE_H
#define MEMO_INSPECT_PRUNE_H

#include "inspect/listing.h"

typedef struct memo_prune_bounds {
    uint64_t max_bytes; /* of all entries together; UINT64_MAX: no bound */
    uint64_t before_ns; /* what was written before goes; since 1970, 0 = none */
} memo_prune_bounds;

typedef struct memo_pruned {
    bool *goes;     /* of each entry.  Owner: caller, free() */
    size_t entries; /* that go */
    size_t results; /* of these, with those that cannot be read */
    size_t kept_results;
    uint64_t bytes, kept_bytes;
} memo_pruned;

/* Choose, the oldest results first.  What leads to results goes with the last
 * of them; what cannot be read, or found any more, goes before all.
 * Shape:  a sorted listing.
 * Errors: false: out of memory. */
bool memo_prune_choose(memo_pruned *out, const memo_listing *listing,
                       const memo_prune_bounds *bounds);

#endif
