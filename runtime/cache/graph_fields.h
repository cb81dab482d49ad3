/* graph_fields.h -- the fields of a run of structs, in the order of their
 * bytes.
 *
 * Structs inside are entered, so that a run of structs is walked over in one
 * loop, however deeply they are nested.
 */
#ifndef MEMO_CACHE_GRAPH_FIELDS_H
#define MEMO_CACHE_GRAPH_FIELDS_H

#include "cache/types.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Structs that follow each other; the first is the one being walked over. */
typedef struct {
    const struct memo_type *type;
    uint64_t offset; /* bytes, from the first struct of all */
    uint64_t left;
    memo_u32 field; /* the next one */
} memo_fields_level;

typedef struct {
    memo_fields_level levels[MEMO_TYPE_DEPTH];
    size_t depth;
} memo_fields;

/* Enter `count` structs of a type; does nothing if there are none.
 * Errors: false if they are nested too deeply. */
static inline bool memo_fields_enter(memo_fields *fields,
                                     const struct memo_type *type,
                                     uint64_t offset, uint64_t count)
{
    if (fields->depth == MEMO_TYPE_DEPTH)
        return false;
    if (count > 0)
        fields->levels[fields->depth++] =
            (memo_fields_level){type, offset, count, 0};
    return true;
}

/* Begin with a run of structs. */
static inline void memo_fields_begin(memo_fields *fields,
                                     const struct memo_type *type,
                                     uint64_t count)
{
    fields->depth = 0; /* the levels stay as they are: they are many */
    (void)memo_fields_enter(fields, type, 0, count);
}

/* The next field, and where the struct around it begins; NULL at the end. */
static inline const struct memo_field *memo_fields_next(memo_fields *fields,
                                                        uint64_t *owner)
{
    while (fields->depth > 0) {
        memo_fields_level *now = &fields->levels[fields->depth - 1];

        if (now->field < now->type->field_count) {
            *owner = now->offset;
            return &now->type->fields[now->field++];
        }
        now->field = 0;
        now->offset += now->type->size;
        if (--now->left == 0)
            fields->depth--;
    }
    return NULL;
}

#endif
