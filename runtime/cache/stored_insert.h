/* stored_insert.h -- what was loaded is had in memory from then on. */
#ifndef MEMO_CACHE_STORED_INSERT_H
#define MEMO_CACHE_STORED_INSERT_H

#include "cache/stored.h"

/* Something that may come from a store: what was cleared since it was expected
 * does not get in. */
typedef struct {
    memo_flight flight; /* only its keys and clearances */
    memo_drawn drawn; /* by the body that has once run; the bytes are not its */
} memo_stored_arrival;

memo_stored_arrival memo_stored_expect(const memo_visit *visit);

/* Keep a loaded result, with *visit->recording, for as long as its age allows.
 * Counts the hit.  `has_result`: it was handed out.
 * Owner: takes loaded->memory. */
void memo_stored_arrive(memo_visit *visit, memo_stored_arrival *arrival,
                        memo_stored_loaded *loaded, bool has_result);

/* Count the hit of what memory does not keep. */
void memo_stored_count(const memo_visit *visit);

#endif
