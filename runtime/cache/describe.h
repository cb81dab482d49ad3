/* describe.h -- how to read the entries of a function, as a text of facts.
 *
 * Whoever has the text needs neither the function nor its tables to read the
 * bytes of its keys and values; show.h does.  One line for each thing:
 *
 *     memo-facts 1 little 8 10         version, byte order, bytes of a pointer,
 *                                      value bytes of a long double
 *     type KIND SIZE "NAME" ...        number 0; the next one is number 1
 *     field TYPE COUNT "NAME" [counted]     of the struct before it
 *     bits TYPE "NAME"                 a field: 8 bytes, a bit-field
 *     hash TYPE "NAME"                 the same: what a function makes of it
 *     parameter PASSING DIRECTION TYPE "NAME"
 *     result KIND TYPE [shared]
 *     words COUNT
 *     end
 *
 * Types are named by number, "-" is none.  Behind the name of a pointer stands
 * the type that it leads to, behind that of an opaque type how it becomes
 * bytes: "pointer", "hash", "encode", "arrow".  Structs stand behind the types
 * of their fields; only pointers lead to types that come later.  It knows no
 * bytes.
 */
#ifndef MEMO_CACHE_DESCRIBE_H
#define MEMO_CACHE_DESCRIBE_H

#include "base/hash.h"
#include "memo/generated.h"

/* Counts up when the text changes its form. */
#define MEMO_DESCRIBE_VERSION 1

/* Their names in the text, each in the order of its enum. */
#define MEMO_DESCRIBE_KINDS                                                    \
    "-", "unsigned", "signed", "bool", "enum", "float", "long-double",         \
        "complex", "long-double-complex", "address", "struct", "deep-struct",  \
        "text", "pointer", "opaque"
#define MEMO_DESCRIBE_PASSINGS                                                 \
    "-", "value", "text", "elements", "file", "address"
#define MEMO_DESCRIBE_DIRECTIONS "-", "in", "out", "inout"
#define MEMO_DESCRIBE_RESULTS "none", "value", "text", "elements"

/* Write the first line, of this machine.
 * Shape: `out` has room for MEMO_DESCRIBE_HEAD bytes. */
#define MEMO_DESCRIBE_HEAD 64
void memo_describe_head(char *out);

/* Describe how to read the entries of a function: its parameters, its result,
 * their types.  Equal in every process and for every address.
 * Shape:  ASCII; whatever the names are, each line is one.
 * Owner:  caller, free().
 * Errors: NULL: out of memory. */
char *memo_describe(const struct memo_function *function);

/* A digest of all that decides how bytes are laid out. */
memo_digest memo_describe_digest(const char *facts);

#endif
