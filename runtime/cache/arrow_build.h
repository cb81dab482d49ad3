/* arrow_build.h -- memory for Arrow structs that are made from bytes.
 *
 * Each struct owns one block that holds all it points at but what its children
 * own, so that a child can be moved out and outlive its parent.
 */
#ifndef MEMO_CACHE_ARROW_BUILD_H
#define MEMO_CACHE_ARROW_BUILD_H

#include "cache/arrow_parts.h"

/* Bytes that are read, and what may be spent on them. */
typedef struct {
    memo_arrow_place place;
    const unsigned char *at, *end;
    size_t budget; /* bytes that may still be allocated */
    int64_t nodes; /* schemas so far */
} memo_arrow_input;

/* Complain that the bytes are none that memo_arrow_write() wrote. */
bool memo_arrow_bad_bytes(const memo_arrow_input *input);

/* Cut `size` bytes off; NULL, with a complaint, when there are fewer. */
const unsigned char *memo_arrow_take(memo_arrow_input *input, uint64_t size);

/* Read one byte that is 0 or 1, or a number of 8 bytes that is not negative. */
bool memo_arrow_take_flag(memo_arrow_input *input, bool *out);
bool memo_arrow_take_count(memo_arrow_input *input, int64_t *out);

/* Memory within the budget, aligned to 64 bytes; NULL with a complaint. */
void *memo_arrow_spend(memo_arrow_input *input, size_t size);

/* Read one schema with all below it.  On failure *out may be half made, and is
 * to be released. */
bool memo_arrow_build_schema(memo_arrow_input *input, struct ArrowSchema *out);

/* Read an array of `length` items, the same way. */
bool memo_arrow_build_array(memo_arrow_input *input, struct ArrowArray *out,
                            const struct ArrowSchema *schema, int64_t length);

#endif
