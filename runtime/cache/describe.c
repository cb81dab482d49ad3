#include "cache/describe.h"

#include "cache/sink.h"
#include "cache/types.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const kinds[] = {MEMO_DESCRIBE_KINDS};
static const char *const passings[] = {MEMO_DESCRIBE_PASSINGS};
static const char *const directions[] = {MEMO_DESCRIBE_DIRECTIONS};
static const char *const results[] = {MEMO_DESCRIBE_RESULTS};

/* The name of an enum's value; "-" for what is none. */
#define NAME_IN(names, value)                                                  \
    ((value) < sizeof(names) / sizeof *(names) ? (names)[value] : "-")

/* ---- types by number ----------------------------------------------------- */

typedef struct {
    const struct memo_type **items;
    size_t count, capacity;
} type_list;

typedef struct {
    memo_sink text;
    type_list types;   /* in the order of their numbers */
    type_list targets; /* of pointers */
    bool has_no_memory;
} description;

static bool is_in(const type_list *list, const struct memo_type *type)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i] == type)
            return true;
    }
    return false;
}

static void append(description *d, type_list *list,
                   const struct memo_type *type)
{
    size_t capacity = list->capacity > 0 ? 2 * list->capacity : 16;
    const struct memo_type **grown;

    if (list->count == list->capacity) {
        grown = realloc(list->items, capacity * sizeof *grown);
        if (!grown) {
            d->has_no_memory = true;
            return;
        }
        list->items = grown;
        list->capacity = capacity;
    }
    list->items[list->count++] = type;
}

/* What a struct has in it comes before it; what pointers lead to, later. */
static void collect(description *d, const struct memo_type *type)
{
    if (!type || is_in(&d->types, type))
        return;
    for (memo_u32 i = 0; i < type->field_count; i++)
        collect(d, type->fields[i].type);
    append(d, &d->types, type);
    if (type->target && !is_in(&d->targets, type->target))
        append(d, &d->targets, type->target);
}

static void collect_all(description *d, const struct memo_function *function)
{
    for (memo_u32 i = 0; i < function->parameter_count; i++)
        collect(d, function->parameters[i].type);
    collect(d, function->result_type);
    for (size_t i = 0; i < d->targets.count; i++)
        collect(d, d->targets.items[i]);
}

/* ---- words --------------------------------------------------------------- */

static void put(description *d, const char *text)
{
    memo_sink_put(&d->text, text, strlen(text));
}

static void put_word(description *d, const char *word)
{
    put(d, " ");
    put(d, word);
}

static void put_number(description *d, uint64_t number)
{
    char digits[24];

    snprintf(digits, sizeof digits, " %llu", (unsigned long long)number);
    put(d, digits);
}

static void put_type(description *d, const struct memo_type *type)
{
    for (size_t i = 0; i < d->types.count; i++) {
        if (d->types.items[i] == type) {
            put_number(d, i);
            return;
        }
    }
    put_word(d, "-");
}

static void put_name(description *d, const char *name)
{
    put(d, " \"");
    for (; name && *name; name++) {
        unsigned char byte = (unsigned char)*name;
        char escaped[8];

        if (byte == '"' || byte == '\\')
            snprintf(escaped, sizeof escaped, "\\%c", byte);
        else if (byte < ' ' || byte > '~')
            snprintf(escaped, sizeof escaped, "\\x%02x", byte);
        else
            snprintf(escaped, sizeof escaped, "%c", byte);
        put(d, escaped);
    }
    put(d, "\"");
}

/* ---- lines --------------------------------------------------------------- */

void memo_describe_head(char *out)
{
    static const struct memo_type long_double = {.kind = MEMO_KIND_LONG_DOUBLE,
                                                 .size = sizeof(long double)};
    const unsigned one = 1;
    unsigned char first;

    memcpy(&first, &one, sizeof first);
    snprintf(out, MEMO_DESCRIBE_HEAD, "memo-facts %d %s %zu %zu",
             MEMO_DESCRIBE_VERSION, first == 1 ? "little" : "big",
             sizeof(void *), memo_type_bytes(&long_double));
}

static void put_head(description *d)
{
    char head[MEMO_DESCRIBE_HEAD];

    memo_describe_head(head);
    put(d, head);
    put(d, "\n");
}

static void put_field(description *d, const struct memo_field *field)
{
    if (field->get_bits) {
        put(d, field->set_bits ? "bits" : "hash");
        put_type(d, field->type);
        put_name(d, field->name);
    } else {
        put(d, "field");
        put_type(d, field->type);
        put_number(d, field->count);
        put_name(d, field->name);
        if (field->count_elements)
            put_word(d, "counted");
    }
    put(d, "\n");
}

static void put_codec(description *d, const struct memo_codec *codec)
{
    if (codec->is_pointer)
        put_word(d, "pointer");
    if (codec->hash)
        put_word(d, "hash");
    if (codec->encode)
        put_word(d, "encode");
    if (codec->write)
        put_word(d, "arrow");
}

static void put_type_lines(description *d, const struct memo_type *type)
{
    put(d, "type");
    put_word(d, NAME_IN(kinds, type->kind));
    put_number(d, type->size);
    put_name(d, type->name);
    if (type->kind == MEMO_KIND_POINTER)
        put_type(d, type->target);
    if (type->codec)
        put_codec(d, type->codec);
    put(d, "\n");
    for (memo_u32 i = 0; i < type->field_count; i++)
        put_field(d, &type->fields[i]);
}

static void put_parameter(description *d,
                          const struct memo_parameter *parameter)
{
    put(d, "parameter");
    put_word(d, NAME_IN(passings, parameter->passing));
    put_word(d, NAME_IN(directions, parameter->direction));
    put_type(d, parameter->type);
    put_name(d, parameter->name);
    put(d, "\n");
}

static void put_lines(description *d, const struct memo_function *function)
{
    put_head(d);
    for (size_t i = 0; i < d->types.count; i++)
        put_type_lines(d, d->types.items[i]);
    for (memo_u32 i = 0; i < function->parameter_count; i++)
        put_parameter(d, &function->parameters[i]);
    put(d, "result");
    put_word(d, NAME_IN(results, function->result_kind));
    put_type(d, function->result_type);
    put(d, function->sharing ? " shared\nwords" : "\nwords");
    put_number(d, function->word_count);
    put(d, "\nend\n");
    memo_sink_put(&d->text, "", 1);
}

char *memo_describe(const struct memo_function *function)
{
    description d = {.text = memo_sink_growing(UINT64_MAX)};

    collect_all(&d, function);
    put_lines(&d, function);
    free(d.types.items);
    free(d.targets.items);
    if (!d.has_no_memory && !d.text.has_no_memory)
        return (char *)d.text.bytes;
    free(d.text.bytes);
    return NULL;
}

memo_digest memo_describe_digest(const char *facts)
{
    return memo_hash_stable(facts, strlen(facts));
}
