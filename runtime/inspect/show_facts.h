/* show_facts.h -- the tables of a function, from the text of its facts.
 *
 * Trusts nothing: whatever the text, the tables are such that walking over them
 * ends.  It knows no keys and no values.
 */
#ifndef MEMO_INSPECT_SHOW_FACTS_H
#define MEMO_INSPECT_SHOW_FACTS_H

#include "memo/generated.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Tables like those that were described.  Functions in them are marks that
 * there was one: they are not to be called.  Structs are nested at most
 * MEMO_TYPE_DEPTH deep, and not in themselves. */
typedef struct {
    struct memo_function function;
    struct memo_type *types;
    struct memo_field *fields;
    struct memo_parameter *parameters;
    struct memo_codec *codecs;
    uint64_t *bytes; /* of each type; see memo_facts_bytes() */
    size_t type_count, field_count;
    char *names;
} memo_facts;

/* Read a text of memo_describe().
 * Owner:  caller, memo_facts_finish(), also after a failure.
 * Errors: false: it is damaged, of another version or another machine, or out
 *         of memory. */
bool memo_facts_read(memo_facts *out, const char *text);
void memo_facts_finish(memo_facts *facts);

/* Canonical bytes of one value of a type that is not deep; UINT64_MAX when they
 * cannot be told. */
static inline uint64_t memo_facts_bytes(const memo_facts *facts,
                                        const struct memo_type *type)
{
    return facts->bytes[type - facts->types];
}

#endif
