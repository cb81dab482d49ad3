/* plan_type.c -- one table per type, made where it is first needed, and the C
 * texts that holes take. */
#include "plan_type.h"

#include "lex.h"
#include "text.h"

#include <ctype.h>
#include <string.h>

typedef struct gen_known_type {
    const char *key; /* a record's identity, else the spelling */
    const char *id;  /* memo_type_<id> */
    struct gen_known_type *next;
} known_type;

const char *gen_plan_quoted(gen_arena *arena, const char *text)
{
    gen_text out = {0};
    const char *copy;
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '"' || c == '\\' || c == '?')
            gen_text_append_format(&out, "\\%c", c);
        else if (c < 0x20 || c >= 0x7f)
            gen_text_append_format(&out, "\\%03o", c);
        else
            gen_text_append_char(&out, (char)c);
    }
    copy = gen_arena_copy(arena, out.data ? out.data : "", out.size);
    gen_text_finish(&out);
    return copy;
}

/* ---- names -----------------------------------------------------------------
 */

static bool is_id_taken(const gen_plan *plan, const char *id)
{
    for (const known_type *known = plan->types; known; known = known->next) {
        if (strcmp(known->id, id) == 0)
            return true;
    }
    return false;
}

/* "struct point" makes "struct_point"; two that look alike are numbered. */
static const char *make_id(gen_plan *plan, const char *name)
{
    char *id = gen_arena_copy(plan->arena, name, strlen(name));
    const char *unique = id;
    for (char *c = id; *c; c++) {
        if (!isalnum((unsigned char)*c))
            *c = *c == '*' ? 'p' : '_';
    }
    for (unsigned i = 2; is_id_taken(plan, unique); i++)
        unique = gen_arena_format(plan->arena, "%s_%u", id, i);
    return unique;
}

static known_type *find_known(gen_plan *plan, const char *key)
{
    for (known_type *known = plan->types; known; known = known->next) {
        if (strcmp(known->key, key) == 0)
            return known;
    }
    return NULL;
}

static const char *remember(gen_plan *plan, const char *key, const char *name)
{
    known_type *known = GEN_NEW(plan->arena, known_type);
    known->id = make_id(plan, name);
    known->key = key;
    known->next = plan->types;
    plan->types = known;
    return known->id;
}

/* ---- tables ----------------------------------------------------------------
 */

static const char *kind_name(gen_type_kind kind)
{
    switch (kind) {
    case GEN_TYPE_UNSIGNED:
        return "MEMO_KIND_UNSIGNED";
    case GEN_TYPE_SIGNED:
        return "MEMO_KIND_SIGNED";
    case GEN_TYPE_BOOL:
        return "MEMO_KIND_BOOL";
    case GEN_TYPE_ENUM:
        return "MEMO_KIND_ENUM";
    case GEN_TYPE_FLOAT:
        return "MEMO_KIND_FLOAT";
    case GEN_TYPE_LONG_DOUBLE:
        return "MEMO_KIND_LONG_DOUBLE";
    case GEN_TYPE_COMPLEX:
        return "MEMO_KIND_COMPLEX";
    case GEN_TYPE_LONG_DOUBLE_COMPLEX:
        return "MEMO_KIND_LONG_DOUBLE_COMPLEX";
    case GEN_TYPE_STRUCT:
        return "MEMO_KIND_STRUCT";
    default: /* void behind in(p[n]): bytes */
        return "MEMO_KIND_UNSIGNED";
    }
}

/* How generated text names a type: its spelling, or for one without a name the
 * place where it is used. */
typedef struct {
    const char *expression; /* "struct point", "__typeof__(…)" */
    const char *shown;      /* for people */
} type_text;

static const char *add_table(gen_plan *plan, gen_values *values,
                             const gen_type *type, type_text text);

static const gen_type *element_of(const gen_type *type)
{
    while (type->kind == GEN_TYPE_ARRAY)
        type = type->target;
    return type;
}

static const char *unsigned_of(uint64_t size)
{
    return size == 1   ? "unsigned char"
           : size == 2 ? "unsigned short"
           : size == 4 ? "memo_u32"
                       : "memo_u64";
}

static type_text field_text(gen_plan *plan, const type_text *owner,
                            const gen_field *field)
{
    const gen_type *element = element_of(field->type);
    const char *place = gen_arena_format(plan->arena, "((%s *)0)->%s",
                                         owner->expression, field->name);
    if (!element->is_nameless)
        return (type_text){element->spelling, element->spelling};
    if (field->is_bit_field) /* an enum, and typeof takes no bit-field */
        return (type_text){unsigned_of(element->size), element->spelling};
    for (const gen_type *at = field->type; at != element; at = at->target)
        place = gen_arena_format(plan->arena, "%s[0]", place);
    return (type_text){
        gen_arena_format(plan->arena, "__typeof__(%s)", place),
        gen_arena_format(plan->arena, "%s.%s", owner->shown, field->name)};
}

static void add_bits(gen_plan *plan, gen_values *table, gen_values *row,
                     const char *id, const char *name)
{
    gen_values *bits = gen_values_add(table, "fields_of_bits");
    gen_values_set(bits, "bits_id", name);
    gen_values_set(bits, "field", name);
    gen_values_set(row, "field_offset", "0");
    gen_values_set(row, "get_bits",
                   gen_arena_format(plan->arena, "memo_get_%s_%s", id, name));
    gen_values_set(row, "set_bits",
                   gen_arena_format(plan->arena, "memo_set_%s_%s", id, name));
}

static unsigned add_fields(gen_plan *plan, gen_values *values,
                           gen_values *table, const gen_record *record,
                           const type_text *owner, const char *id)
{
    unsigned count = 0;
    for (size_t i = 0; i < record->field_count; i++) {
        const gen_field *field = &record->fields[i];
        const gen_type *element = element_of(field->type);
        gen_values *row;
        type_text text;
        if (!field->name) { /* its members are the owner's */
            count +=
                add_fields(plan, values, table, element->record, owner, id);
            continue;
        }
        text = field_text(plan, owner, field);
        row = gen_values_add(table, "fields");
        gen_values_set(row, "field", field->name);
        gen_values_set(row, "field_type_id",
                       add_table(plan, values, element, text));
        gen_values_set(row, "get_bits", "0");
        gen_values_set(row, "set_bits", "0");
        gen_values_set(row, "field_count", "1");
        gen_values_set(row, "field_offset",
                       gen_arena_format(plan->arena,
                                        "__builtin_offsetof(%s, %s)",
                                        owner->expression, field->name));
        if (field->type->kind == GEN_TYPE_ARRAY)
            gen_values_set(
                row, "field_count",
                gen_arena_format(
                    plan->arena, "sizeof(((%s *)0)->%s) / sizeof(%s)",
                    owner->expression, field->name, text.expression));
        if (field->is_bit_field)
            add_bits(plan, table, row, id, field->name);
        count++;
    }
    return count;
}

/* Returns the table's id. The tables of a struct's fields come before it. */
static const char *add_table(gen_plan *plan, gen_values *values,
                             const gen_type *type, type_text text)
{
    const char *key = type->record ? type->record->identity : text.expression;
    known_type *known = find_known(plan, key);
    gen_values *table;
    const char *id;
    unsigned count = 0;

    if (known)
        return known->id;
    id = remember(plan, key, text.shown);
    table = gen_values_create(plan->arena);
    gen_values_list(table, "fields");
    gen_values_list(table, "fields_of_bits");
    gen_values_set(table, "type_id", id);
    gen_values_set(table, "type", text.expression);
    gen_values_set(table, "type_name",
                   gen_plan_quoted(plan->arena, text.shown));
    gen_values_set(table, "kind", kind_name(type->kind));
    if (type->kind == GEN_TYPE_STRUCT)
        count = add_fields(plan, values, table, type->record, &text, id);
    gen_values_set_number(table, "fields_count", count);
    gen_values_flag(table, "has_fields", count > 0);
    gen_values_set(table, "fields_name",
                   count ? gen_arena_format(plan->arena, "memo_fields_%s", id)
                         : "0");
    gen_values_append(values, "types", table);
    return id;
}

const char *gen_plan_type_address(gen_plan *plan, gen_values *values,
                                  const gen_type *type)
{
    const gen_type *element = element_of(type);
    type_text text = {element->spelling, element->spelling};
    if (element->kind == GEN_TYPE_VOID) /* in(p[n]) of void *: bytes */
        text = (type_text){"unsigned char", "unsigned char"};
    return gen_arena_format(plan->arena, "&memo_type_%s",
                            add_table(plan, values, element, text));
}

const char *gen_plan_address_type(gen_plan *plan, gen_values *values,
                                  const gen_type *type)
{
    known_type *known = find_known(plan, type->spelling);
    gen_values *table;
    const char *id;
    if (known)
        return gen_arena_format(plan->arena, "&memo_type_%s", known->id);
    id = remember(plan, type->spelling, type->spelling);
    table = gen_values_create(plan->arena);
    gen_values_list(table, "fields");
    gen_values_list(table, "fields_of_bits");
    gen_values_set(table, "type_id", id);
    gen_values_set(table, "type", type->spelling);
    gen_values_set(table, "type_name",
                   gen_plan_quoted(plan->arena, type->spelling));
    gen_values_set(table, "kind", "MEMO_KIND_ADDRESS");
    gen_values_set_number(table, "fields_count", 0);
    gen_values_flag(table, "has_fields", false);
    gen_values_set(table, "fields_name", "0");
    gen_values_append(values, "types", table);
    return gen_arena_format(plan->arena, "&memo_type_%s", id);
}

const char *gen_plan_clear_declaration(gen_arena *arena, bool is_static,
                                       const char *name, const char *parameters)
{
    return gen_arena_format(arena, "%sint memo_clear_args_%s%s",
                            is_static ? "static __attribute__((__unused__)) "
                                      : "",
                            name, parameters);
}

/* "int" and "n" make "int n", "char *" and "s" make "char *s"; a type that its
 * name stands in the middle of is named by typeof. */
const char *gen_plan_declare(gen_arena *arena, const char *type,
                             const char *name)
{
    bool is_pointer = *type && type[strlen(type) - 1] == '*';
    if (strpbrk(type, "(["))
        return gen_arena_format(arena, "__typeof__(%s) %s", type, name);
    return gen_arena_format(arena, "%s%s%s", type, is_pointer ? "" : " ", name);
}

/* ---- expressions -----------------------------------------------------------
 */

/* Is token a free `result`, not a member of that name? */
static bool is_result(const char *text, gen_token token, gen_token before)
{
    return token.kind == GEN_TOKEN_IDENTIFIER &&
           gen_token_is(text, token, "result") &&
           !gen_token_is(text, before, ".") &&
           !gen_token_is(text, before, "->");
}

const char *gen_plan_expression(gen_arena *arena, const char *text)
{
    size_t size = strlen(text), copied = 0;
    gen_lexer lexer = gen_lexer_begin(text, 0, size);
    gen_token before = {0};
    gen_text out = {0};
    const char *copy;
    for (;;) {
        gen_token token = gen_lexer_next(&lexer);
        if (token.kind == GEN_TOKEN_END)
            break;
        if (is_result(text, token, before)) {
            gen_text_append(&out, text + copied, token.offset - copied);
            gen_text_append_string(&out, "memo_result");
            copied = token.offset + token.size;
        }
        before = token;
    }
    gen_text_append(&out, text + copied, size - copied);
    copy = gen_arena_copy(arena, out.data, out.size);
    gen_text_finish(&out);
    return copy;
}

bool gen_plan_names_result(const char *text)
{
    gen_lexer lexer = gen_lexer_begin(text, 0, strlen(text));
    gen_token before = {0};
    for (;;) {
        gen_token token = gen_lexer_next(&lexer);
        if (token.kind == GEN_TOKEN_END)
            return false;
        if (is_result(text, token, before))
            return true;
        before = token;
    }
}
