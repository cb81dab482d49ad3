/* ranges.h -- a list of ranges of memory: what a value has to keep apart from.
 *
 * A value that shares memory with something else could not be made again from
 * bytes: its copy would share with nothing.
 */
#ifndef MEMO_CACHE_RANGES_H
#define MEMO_CACHE_RANGES_H

#include "cache/pieces.h"
#include "memo/generated.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Zero is an empty list.  Owner: caller; free(ranges.items). */
typedef struct {
    memo_range *items;
    size_t count, capacity;
    bool is_incomplete; /* memory is missing, or what is there cannot be told */
} memo_ranges;

void memo_ranges_add(memo_ranges *ranges, memo_range range);

/* Add all pieces and handles. */
void memo_ranges_add_pieces(memo_ranges *ranges, const memo_pieces *pieces);

/* Add all that an argument is and leads to.  Of an output whose count is
 * MEMO_COUNT_LATER only the first element can be told; of one without pointers
 * in what is read, its own memory. */
void memo_ranges_add_argument(memo_ranges *ranges,
                              const struct memo_function *function,
                              const struct memo_argument *arguments, memo_u32 i,
                              uint64_t most_pieces);

#endif
