#include "cache/layout.h"

#include "cache/sink.h"

#include <float.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* Counts up whenever the canonical bytes change. */
enum { FORMAT = 1 };

/* All types in the order in which they are met; each is described once and
 * named by its number. */
typedef struct {
    memo_sink bytes;
    const struct memo_type **types;
    size_t count, capacity;
    bool has_no_memory;
} description;

static void put_number(description *to, uint64_t number)
{
    memo_sink_put(&to->bytes, &number, sizeof number);
}

static void put_name(description *to, const char *name)
{
    put_number(to, strlen(name));
    memo_sink_put(&to->bytes, name, strlen(name));
}

static bool add_type(description *to, const struct memo_type *type)
{
    if (to->count == to->capacity) {
        size_t capacity = 2 * to->capacity + 16;
        const struct memo_type **types =
            realloc(to->types, capacity * sizeof *types);

        if (!types) {
            to->has_no_memory = true;
            return false;
        }
        to->types = types;
        to->capacity = capacity;
    }
    to->types[to->count++] = type;
    return true;
}

/* The number of a type, from 1; 0 for none. */
static void put_type(description *to, const struct memo_type *type)
{
    size_t number = 0;

    while (type && number < to->count && to->types[number] != type)
        number++;
    if (type && (number < to->count || add_type(to, type)))
        number++;
    put_number(to, number);
}

static void put_field(description *to, const struct memo_field *field)
{
    put_name(to, field->name);
    put_type(to, field->type);
    put_number(to, field->offset);
    put_number(to, field->count);
    put_number(to, (field->get_bits ? 1u : 0u) | (field->set_bits ? 2u : 0u) |
                       (field->count_elements ? 4u : 0u));
}

static void put_codec(description *to, const struct memo_codec *codec)
{
    put_number(to, !codec ? 0u
                          : 1u | (codec->hash ? 2u : 0u) |
                                (codec->encode ? 4u : 0u) |
                                (codec->is_pointer ? 8u : 0u) |
                                (codec->write ? 16u : 0u));
}

static void describe_types(description *to)
{
    for (size_t i = 0; i < to->count; i++) {
        const struct memo_type *type = to->types[i];

        put_name(to, type->name);
        put_number(to, type->kind);
        put_number(to, type->size);
        put_number(to, type->field_count);
        for (memo_u32 k = 0; k < type->field_count; k++)
            put_field(to, &type->fields[k]);
        put_type(to, type->target);
        put_codec(to, type->codec);
    }
}

/* What the machine and its compiler decide. */
static description begin(void)
{
    description made = {.bytes = memo_sink_growing(UINT64_MAX)};

    put_number(&made, FORMAT);
    put_number(&made, 0x0102030405060708u);
    put_number(&made, CHAR_MIN < 0);
    put_number(&made, sizeof(void *));
    put_number(&made, LDBL_MANT_DIG);
    return made;
}

static bool finish(memo_digest *out, description *from)
{
    bool is_whole = !from->has_no_memory && !from->bytes.has_no_memory;

    if (is_whole)
        *out = memo_hash_stable(from->bytes.bytes, from->bytes.size);
    free(from->bytes.bytes);
    free(from->types);
    return is_whole;
}

bool memo_layout_of_type(memo_digest *out, const struct memo_type *type)
{
    description made = begin();

    put_type(&made, type);
    describe_types(&made);
    return finish(out, &made);
}

bool memo_layout_of_function(memo_digest *out,
                             const struct memo_function *function)
{
    description made = begin();

    put_number(&made, function->result_kind);
    put_number(&made, function->word_count);
    put_type(&made, function->result_type);
    for (memo_u32 i = 0; i < function->parameter_count; i++) {
        const struct memo_parameter *parameter = &function->parameters[i];

        put_number(&made, parameter->passing);
        put_number(&made, parameter->direction);
        put_type(&made, parameter->type);
    }
    describe_types(&made);
    return finish(out, &made);
}
