#include "plan_arrow.h"

#include <string.h>

static bool ends_in(const char *text, const char *ending)
{
    size_t size = strlen(text), length = strlen(ending);

    return size >= length && strcmp(text + size - length, ending) == 0;
}

gen_arrow gen_arrow_record(const gen_type *type)
{
    if (type->kind != GEN_TYPE_STRUCT)
        return GEN_ARROW_NONE;
    if (ends_in(type->record->identity, "@S@ArrowSchema"))
        return GEN_ARROW_SCHEMA;
    return ends_in(type->record->identity, "@S@ArrowArray") ? GEN_ARROW_ARRAY
                                                            : GEN_ARROW_NONE;
}

bool gen_arrow_is_pair(const gen_record *record, size_t index)
{
    const gen_field *schema = &record->fields[index];
    const gen_field *array = schema + 1;

    return index + 1 < record->field_count && schema->name && array->name &&
           schema->rule.kind == GEN_FIELD_NONE &&
           array->rule.kind == GEN_FIELD_NONE &&
           gen_arrow_record(schema->type) == GEN_ARROW_SCHEMA &&
           gen_arrow_record(array->type) == GEN_ARROW_ARRAY;
}

gen_arrow gen_arrow_parameter(const gen_function *function, size_t index)
{
    const gen_type *type = function->parameters[index].type;

    return type->kind == GEN_TYPE_POINTER ? gen_arrow_record(type->target)
                                          : GEN_ARROW_NONE;
}

static size_t count_before(const gen_function *function, size_t end,
                           gen_arrow what)
{
    size_t count = 0;

    for (size_t i = 0; i < end; i++)
        count += gen_arrow_parameter(function, i) == what;
    return count;
}

bool gen_arrow_schema_of(const gen_function *function, size_t index,
                         size_t *schema)
{
    size_t wanted = count_before(function, index, GEN_ARROW_ARRAY);
    size_t count =
        count_before(function, function->parameter_count, GEN_ARROW_SCHEMA);

    if (count == 1)
        wanted = 0;
    for (size_t i = 0; i < function->parameter_count; i++) {
        if (gen_arrow_parameter(function, i) != GEN_ARROW_SCHEMA)
            continue;
        if (wanted-- == 0) {
            *schema = i;
            return true;
        }
    }
    return false;
}

bool gen_arrow_is_partner(const gen_function *function, size_t index)
{
    for (size_t i = 0; i < function->parameter_count; i++) {
        size_t schema;

        if (gen_arrow_parameter(function, i) == GEN_ARROW_ARRAY &&
            gen_arrow_schema_of(function, i, &schema) && schema == index)
            return true;
    }
    return false;
}
