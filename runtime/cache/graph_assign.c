/* graph_assign.c -- from one piece of memory to another one that is alike. */
#include "cache/graph.h"
#include "cache/graph_fields.h"

#include <string.h>

/* Elements that are no structs with pointers; pointers are copied as they
 * are. */
static void assign_elements(const struct memo_type *type, unsigned char *to,
                            const unsigned char *from, uint64_t count)
{
    if (count == 0)
        return;
    if (memo_type_is_deep(type))
        memcpy(to, from, (size_t)count * type->size);
    else
        memo_type_assign(type, to, from, (size_t)count);
}

static void assign_structs(const memo_piece *shape, unsigned char *to,
                           const unsigned char *from)
{
    memo_fields fields;
    const struct memo_field *field;
    uint64_t offset;

    memo_fields_begin(&fields, shape->type, shape->count);
    while ((field = memo_fields_next(&fields, &offset)) != NULL) {
        uint64_t count = field->count != 0 ? field->count : shape->tail;
        uint64_t at = offset + field->offset;

        if (field->get_bits)
            field->set_bits(to + offset, field->get_bits(from + offset));
        else if (field->type->kind != MEMO_KIND_DEEP_STRUCT)
            assign_elements(field->type, to + at, from + at, count);
        else
            (void)memo_fields_enter(&fields, field->type, at, count);
    }
}

void memo_graph_assign(const memo_piece *shape, unsigned char *to,
                       const unsigned char *from)
{
    if (!shape->type)
        memcpy(to, from, memo_piece_bytes(shape));
    else if (shape->type->kind == MEMO_KIND_DEEP_STRUCT)
        assign_structs(shape, to, from);
    else
        assign_elements(shape->type, to, from, shape->count);
}
