/* share.h -- calls of functions whose result is shared, not copied.
 *
 * What call.c and keep.c do for other functions.
 */
#ifndef MEMO_CACHE_SHARE_H
#define MEMO_CACHE_SHARE_H

#include "cache/call.h"

/* Find the object of the key, ask whether it is valid, pin it and hand it out.
 * The outputs of the call are written, too. */
memo_finding memo_share_find(const memo_visit *visit,
                             memo_verification **verification);

/* Make the result of a body an object that this thread has pinned; NULL when
 * there is nothing to share or no memory, `*reason` says which.
 * Shape: `flight`: with the key bytes; NULL: without any, as for an object that
 *        is not going to be kept.
 * Owner: the caller, as memo_object_make() says. */
memo_object *memo_share_adopt(memo_reason *reason, const memo_visit *visit,
                              const struct memo_call *call,
                              const memo_flight *flight);

/* The function as if its result were copied: to look at what is shared. */
struct memo_function memo_share_as_copied(const struct memo_function *function);

#endif
