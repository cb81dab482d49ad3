/* value.h -- the value of a call: its result, then every output, framed.
 *
 * What an entry keeps of a call, and what a hit hands out.  Flat values are
 * measured and then written; those with pointers in them are appended to a
 * sink, since only reading them tells how much they are.
 */
#ifndef MEMO_CACHE_VALUE_H
#define MEMO_CACHE_VALUE_H

#include "cache/in_place.h"
#include "memo/generated.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

static inline bool memo_value_is_deep(const struct memo_function *function)
{
    return (function->flags & MEMO_VALUE_IS_DEEP) != 0;
}

/* What a function's table says, to say it otherwise: without what the library
 * changes in it at any time. */
static inline struct memo_function
memo_value_function(const struct memo_function *function)
{
    struct memo_function copy = {0};

    memcpy(&copy, function, offsetof(struct memo_function, table));
    return copy;
}

/* Bytes needed by a flat value; false when a length cannot be told or
 * overflows. */
bool memo_value_size(size_t *out, const struct memo_function *function,
                     const struct memo_argument *arguments, const void *result,
                     memo_u64 result_count);

/* Fill exactly the bytes that memo_value_size() told. */
void memo_value_encode(unsigned char *out, const struct memo_function *function,
                       const struct memo_argument *arguments,
                       const void *result, memo_u64 result_count);

typedef enum {
    MEMO_VALUE_APPENDED,
    MEMO_VALUE_TOO_LARGE, /* over budget, or a length cannot be told */
    MEMO_VALUE_TANGLED,   /* its pieces overlap each other or an argument */
    MEMO_VALUE_REPLACED,  /* see in_place.h */
    MEMO_VALUE_APPEND_NO_MEMORY
} memo_value_appending;

/* What a body has computed, and from what.  `result` is as memo_end() takes it,
 * `result_count` the elements that it points at.  `before` is what was there
 * where memo_changes_in_place(); without it nothing is appended. */
typedef struct {
    const struct memo_function *function;
    const struct memo_argument *arguments;
    void *result;
    memo_u64 result_count;
    const memo_before *before;
} memo_computed;

/* Append a deep value. */
memo_value_appending memo_value_append(memo_sink *sink,
                                       const memo_computed *from,
                                       memo_budget budget);

/* The bytes of any value; NULL when they cannot be had.
 * Owner: caller, free(). */
unsigned char *memo_value_bytes(size_t *size, const memo_computed *from,
                                memo_budget budget);

typedef enum {
    MEMO_VALUE_DECODED,
    MEMO_VALUE_MALFORMED, /* lengths do not fit: nothing was written */
    MEMO_VALUE_ALIASED,  /* outputs would overlap inputs: nothing was written */
    MEMO_VALUE_NO_MEMORY /* the copy of the result: nothing was written */
} memo_value_outcome;

/* Hand out an encoded value: fill *result and the outputs.  What has more
 * pieces or memory than the budget is taken for malformed.
 * Shape: `result` as memo_begin() takes it; unused for MEMO_RESULT_NONE.
 * Owner: copies are the caller's, from the function's `allocate`. */
memo_value_outcome memo_value_decode(const unsigned char *bytes, size_t size,
                                     const struct memo_function *function,
                                     const struct memo_argument *arguments,
                                     void *result, memo_budget budget);
memo_value_outcome memo_value_decode_deep(const unsigned char *bytes,
                                          size_t size,
                                          const struct memo_function *function,
                                          const struct memo_argument *arguments,
                                          void *result, memo_budget budget);

/* Before the body runs: outputs that hold pointers are zero, so that one which
 * the body leaves alone is NULL. */
void memo_value_prepare(const struct memo_function *function,
                        const struct memo_argument *arguments);

/* Release a result, and what outputs point at, which no caller will see. */
void memo_value_release(const memo_computed *computed);

memo_allocator memo_value_allocator(const struct memo_function *function);

#endif
