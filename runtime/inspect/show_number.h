/* show_number.h -- the canonical bytes of a scalar, shown as a number. */
#ifndef MEMO_INSPECT_SHOW_NUMBER_H
#define MEMO_INSPECT_SHOW_NUMBER_H

#include "inspect/show_out.h"
#include "memo/generated.h"

/* Show one value.
 * Shape: `size` is what memo_type_bytes() says of the type, which is a scalar;
 *        8 for a bit-field. */
void memo_show_number(memo_show_out *out, const struct memo_type *type,
                      const unsigned char *bytes, size_t size);

/* Is it an integer, and which one?  What is above UINT64_MAX or below zero is
 * no length, and false. */
bool memo_number_is_length(uint64_t *out, const struct memo_type *type,
                           const unsigned char *bytes, size_t size);

#endif
