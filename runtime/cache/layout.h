/* layout.h -- what the bytes of a value depend on besides the value.
 *
 * Bytes that outlive the process may be read by another build on another
 * machine.  Two builds whose layouts have one digest write the same bytes for
 * the same value, and can read each other's.
 */
#ifndef MEMO_CACHE_LAYOUT_H
#define MEMO_CACHE_LAYOUT_H

#include "base/hash.h"
#include "memo/generated.h"

#include <stdbool.h>

/* The digest of a type, and of all types that it leads to: kinds, names, sizes
 * and places of fields, byte order, the sign of char, the format of long double
 * and of the bytes themselves.
 * Errors: false: out of memory. */
bool memo_layout_of_type(memo_digest *out, const struct memo_type *type);

/* The digest of what a function's entries hold: its inputs, its outputs, its
 * result. */
bool memo_layout_of_function(memo_digest *out,
                             const struct memo_function *function);

#endif
