/* types.h -- C values as canonical bytes, and back.
 *
 * One iterative engine walks the tables of memo/generated.h.  Padding is never
 * read and addresses are never followed; the decoder normalises _Bool and
 * trusts no length.  It knows neither keys nor tables of entries.
 */
#ifndef MEMO_CACHE_TYPES_H
#define MEMO_CACHE_TYPES_H

#include "memo/generated.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Structs may be nested this deep; of deeper ones memo_type_bytes() is SIZE_MAX
 * and nothing else here may be called.
 * Source: C11 5.2.4.1 asks compilers for 63. */
#define MEMO_TYPE_DEPTH 64

/* Canonical bytes of one value; SIZE_MAX when they cannot be told. */
size_t memo_type_bytes(const struct memo_type *type);

/* Is the canonical form the object's memory, byte for byte, both ways?  (No
 * padding, no bit-field, no _Bool, which is normalised on the way back.)  Then
 * arrays of it are moved at once. */
bool memo_type_is_plain(const struct memo_type *type);

/* Asking that of a struct costs about as much as encoding one; not worth it for
 * up to this many. */
#define MEMO_FEW_VALUES 4

/* Is a struct plain, by one look?  Not all that are plain are seen to be. */
bool memo_type_is_packed(const struct memo_type *type);

/* Append the canonical bytes of `count` values; returns the byte after them.
 * Shape: `out` has room for count * memo_type_bytes(type). */
unsigned char *memo_type_encode(unsigned char *out,
                                const struct memo_type *type,
                                const void *values, size_t count);

/* The same for one struct that holds no struct or long double; NULL when `type`
 * is not of that kind, or its bytes do not fit into `room`. */
unsigned char *memo_type_encode_flat(unsigned char *out, size_t room,
                                     const struct memo_type *type,
                                     const void *object);

/* The reverse: fill `count` values, padding with zeroes; returns the byte after
 * the last one read. */
const unsigned char *memo_type_decode(const unsigned char *bytes,
                                      const struct memo_type *type,
                                      void *values, size_t count);

/* The same over values that are there: their padding, and fields that are no
 * part of the value, stay. */
const unsigned char *memo_type_decode_over(const unsigned char *bytes,
                                           const struct memo_type *type,
                                           void *values, size_t count);

/* Make `count` values equal to others, in the same way. */
void memo_type_assign(const struct memo_type *type, void *to, const void *from,
                      size_t count);

/* ---- the canonical bytes of an array, a buffer at a time ----------------- */

struct memo_type_level {
    const struct memo_type *type; /* a struct */
    size_t offset;                /* of the current element, from the begin */
    uint64_t left;                /* elements to go, the current one included */
    uint64_t times;               /* what one of its fields stands for */
    uint32_t field;               /* the next one */
};

/* A field that is no struct, or all of an array of scalars. */
struct memo_type_leaf {
    const struct memo_type *type;
    const struct memo_field *bits; /* a bit-field, else NULL */
    size_t offset;                 /* of the struct, for a bit-field */
    uint64_t count;
};

struct memo_type_reader {
    const unsigned char *values;
    struct memo_type_leaf leaf;
    uint64_t leaf_done; /* bytes of the leaf that were read */
    bool is_done;
    bool is_too_deep;  /* the type is nested deeper than MEMO_TYPE_DEPTH */
    bool is_measuring; /* visit arrays of structs once, count `times` instead */
    uint32_t depth;
    struct memo_type_level levels[MEMO_TYPE_DEPTH];
};

void memo_type_read_begin(struct memo_type_reader *reader,
                          const struct memo_type *type, const void *values,
                          size_t count);

/* Fill `out` with the next canonical bytes, up to `room`; returns how many.
 * reader->is_done says whether these were the last.  The same type and count
 * is always cut at the same places.
 * Shape: room >= 32. */
size_t memo_type_read(struct memo_type_reader *reader, unsigned char *out,
                      size_t room);

#endif
