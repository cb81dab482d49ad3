/* overlap.h -- do the arguments of a call share memory that the call writes?
 *
 * A hit writes outputs back from what was stored: right only if nothing that
 * is written is read, or written, through another pointer argument as well.
 */
#ifndef MEMO_CACHE_OVERLAP_H
#define MEMO_CACHE_OVERLAP_H

#include "cache/pieces.h"
#include "memo/generated.h"

#include <stdbool.h>

/* The count to take for an output; NULL instead of one takes the argument's.
 * An output whose count is MEMO_COUNT_LATER is taken as empty. */
typedef memo_u64 memo_count_function(const void *context, memo_u32 parameter);

/* Does a written range overlap that of any other pointer argument?  Objects
 * passed by value are copies; NULL and empty ranges overlap nothing.
 * Shape: the counts of outputs that `count_of` gives, for arguments that are
 *        MEMO_OUT. */
bool memo_overlap(const struct memo_function *function,
                  const struct memo_argument *arguments,
                  memo_count_function *count_of, const void *context);

/* Does a written range overlap any of the pieces that argument `input` leads
 * to? Of an output whose count is MEMO_COUNT_LATER the first element is looked
 * at.
 */
bool memo_overlap_pieces(const struct memo_function *function,
                         const struct memo_argument *arguments, memo_u32 input,
                         const memo_pieces *pieces);

/* The memory of one argument itself, not of what pointers in it lead to; empty
 * for NULL and for what is passed by value. */
memo_range memo_overlap_range(const struct memo_function *function,
                              const struct memo_argument *arguments,
                              memo_u32 parameter);

#endif
