/* checks_type.c -- which types are values that can be compared and copied. */
#include "checks.h"

#include <stdbool.h>

static const char *check_field(gen_arena *arena, const gen_field *field,
                               const char **where);

static const char *check_record(gen_arena *arena, const gen_record *record,
                                const char **where)
{
    for (size_t i = 0; i < record->field_count; i++) {
        const char *why = check_field(arena, &record->fields[i], where);
        if (why)
            return why;
    }
    return NULL;
}

const char *gen_check_flat_type(gen_arena *arena, const gen_type *type,
                                const char **where)
{
    *where = "";
    switch (type->kind) {
    case GEN_TYPE_UNSIGNED:
    case GEN_TYPE_SIGNED:
    case GEN_TYPE_BOOL:
    case GEN_TYPE_ENUM:
    case GEN_TYPE_FLOAT:
    case GEN_TYPE_LONG_DOUBLE:
    case GEN_TYPE_COMPLEX:
    case GEN_TYPE_LONG_DOUBLE_COMPLEX:
        return NULL;
    case GEN_TYPE_STRUCT:
        return check_record(arena, type->record, where);
    case GEN_TYPE_UNION:
        return "is a union, and nothing says which member holds the value";
    case GEN_TYPE_POINTER:
        if (type->target->kind == GEN_TYPE_FUNCTION)
            return "is a function pointer, whose address says nothing about "
                   "what it does";
        return "is a pointer, and this version does not follow pointers inside "
               "of values";
    case GEN_TYPE_INCOMPLETE:
        return "is incomplete here, so its size and fields are unknown";
    case GEN_TYPE_VOID:
        return "is void, which has no size";
    case GEN_TYPE_FUNCTION:
        return "is a function";
    case GEN_TYPE_ARRAY:
        return "is an array of unknown length";
    case GEN_TYPE_OTHER:
        return "is of a kind that memogen does not know (a vector, _BitInt)";
    }
    return NULL;
}

static const char *check_field(gen_arena *arena, const gen_field *field,
                               const char **where)
{
    const gen_type *type = field->type;
    const char *inner = "", *why;
    const char *name = field->name ? field->name : "(unnamed)";
    while (type->kind == GEN_TYPE_ARRAY && type->length &&
           type->has_constant_length && type->length[0] != '0')
        type = type->target;
    if (type->kind == GEN_TYPE_ARRAY)
        why = "is a flexible array, and nothing says how long";
    else if (field->is_bit_field && field->type->is_const)
        why = "is a const bit-field, which no copy can fill";
    else
        why = gen_check_flat_type(arena, type, &inner);
    if (why)
        *where = *inner ? gen_arena_format(arena, "%s.%s", name, inner) : name;
    return why;
}
