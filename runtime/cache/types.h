/* types.h -- C values as canonical bytes, and back.
 *
 * One iterative engine walks the tables of memo/generated.h.  Padding is never
 * read, addresses are never written; the decoder normalises _Bool and trusts no
 * length.  It knows neither keys nor tables of entries.
 */
#ifndef MEMO_CACHE_TYPES_H
#define MEMO_CACHE_TYPES_H

#include "memo/generated.h"

#include <stdbool.h>
#include <stddef.h>

/* Canonical bytes of one value of a type. */
size_t memo_type_bytes(const struct memo_type *type);

/* Is the canonical form the object's memory, byte for byte (no padding, no
 * bit-field, no _Bool that needs normalising on the way back)?  Then arrays of
 * it are moved with one memcpy. */
bool memo_type_is_plain(const struct memo_type *type);

/* Append the canonical bytes of `count` values at `values` to `out`, which has
 * room; returns the byte after the last. */
unsigned char *memo_type_encode(unsigned char *out,
                                const struct memo_type *type,
                                const void *values, size_t count);

/* The reverse: fill `count` values.  Padding of the destination is zeroed for
 * structs.  Returns the byte after the last one read. */
const unsigned char *memo_type_decode(const unsigned char *bytes,
                                      const struct memo_type *type,
                                      void *values, size_t count);

/* The value of a call: result, then every output, framed.
 * memo_value_size: bytes needed; false when a length overflows.
 * memo_value_encode: fills exactly that many. */
bool memo_value_size(size_t *out, const struct memo_function *function,
                     const struct memo_argument *arguments, const void *result,
                     memo_u64 result_count);
void memo_value_encode(unsigned char *out, const struct memo_function *function,
                       const struct memo_argument *arguments,
                       const void *result, memo_u64 result_count);

typedef enum {
    MEMO_VALUE_DECODED,
    MEMO_VALUE_MALFORMED, /* lengths do not fit: nothing was written */
    MEMO_VALUE_ALIASED,   /* outputs would overlap inputs: nothing was written */
    MEMO_VALUE_NO_MEMORY  /* the copy of the result: nothing was written */
} memo_value_outcome;

/* Hand out an encoded value: fill *result (a malloc'd copy where result_kind
 * says so) and the outputs. */
memo_value_outcome memo_value_decode(const unsigned char *bytes, size_t size,
                                     const struct memo_function *function,
                                     const struct memo_argument *arguments,
                                     void *result);

#endif
