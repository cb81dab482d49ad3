/* in_place.h -- memory of the caller's that a call changes, and a hit alike.
 *
 * An inout argument with pointers is a value that the body may change all over,
 * and hang new pieces on.  A hit does the same to the caller's own pieces: they
 * keep their addresses, only those that the body changed are written, and new
 * ones are made.  For that the pieces are numbered before the body runs, as
 * memo_graph_read() would, and each piece of the value afterwards is kept with
 * what it was:
 *
 *     codes = number of pieces, then for each
 *             0                it is new
 *           | 1 + 2 * number   it was there and is as it was
 *           | 2 + 2 * number   it was there and has changed
 *
 * A call that takes one of the pieces away, or leaves less of it, is not kept:
 * nobody knows whether it was freed, nor who else still has it.
 */
#ifndef MEMO_CACHE_IN_PLACE_H
#define MEMO_CACHE_IN_PLACE_H

#include "cache/graph.h"
#include "cache/ranges.h"
#include "memo/generated.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One argument before the body runs. */
typedef struct {
    memo_pieces pieces;
    memo_digest *digests;         /* of the content of each */
    memo_piece_array *by_address; /* all of them, sorted */
} memo_prior;

/* All that are changed in place, by the number of the parameter. */
typedef struct memo_before {
    uint64_t piece_count;
    memo_u32 count;
    memo_prior arguments[];
} memo_before;

bool memo_is_in_place(const struct memo_parameter *parameter);

/* Is any argument of the function changed in place? */
bool memo_changes_in_place(const struct memo_function *function);

/* Does all that is changed in place keep apart, in itself and from all other
 * arguments?  Only then the same change can be made elsewhere.
 * Errors: false when memory for the answer is missing, too. */
bool memo_in_place_is_apart(const struct memo_function *function,
                            const struct memo_argument *arguments,
                            uint64_t most_pieces);

/* Remember what is there.
 * Owner:  caller; memo_before_destroy().
 * Errors: NULL: out of memory, or there is more than may be read. */
memo_before *memo_before_take(const struct memo_function *function,
                              const struct memo_argument *arguments,
                              uint64_t most_pieces);

/* NULL is accepted. */
void memo_before_destroy(memo_before *before);

/* Append what each piece of the value was.
 * Errors: false: a piece is gone, or of another size than it was. */
bool memo_codes_put(memo_sink *sink, const memo_prior *prior,
                    const memo_pieces *now);

/* Read codes for a value whose pieces, before the change, are `there`.  Trusts
 * nothing: every piece of `there` is named once.
 * Owner:  caller; free(out->codes).
 * Errors: NULL: malformed, or out of memory. */
const unsigned char *memo_codes_get(memo_places *out, const memo_pieces *there,
                                    const unsigned char *at,
                                    const unsigned char *end);

#endif
