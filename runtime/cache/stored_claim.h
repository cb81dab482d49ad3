/* stored_claim.h -- one computation per key at a time, of all processes.
 *
 * A hint, as flights are: whoever has waited long enough computes as well, and
 * the claim of a process that ends is over by itself.
 */
#ifndef MEMO_CACHE_STORED_CLAIM_H
#define MEMO_CACHE_STORED_CLAIM_H

#include "cache/stored.h"

/* Claim a call that is not stored, or wait for the process that computes it,
 * until it is there or the time is over.
 * Threads: not in a section. */
memo_finding memo_stored_claim(memo_visit *visit, memo_stored_call *call,
                               uint64_t wait_ns,
                               memo_verification **verification);

#endif
