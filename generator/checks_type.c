/* checks_type.c -- which types are values that can be compared and copied. */
#include "checks.h"

#include "lex.h"
#include "plan_arrow.h"

#include <stdbool.h>
#include <string.h>

/* A look at one type and all that it leads to. */
typedef struct visit {
    gen_arena *arena;
    gen_type_use use;
    const char *where;        /* the field at fault, "" for the type itself */
    const gen_record *record; /* looked at, in here or further out */
    const struct visit *outer;
} visit;

static const char *check_type(visit *v, const gen_type *type);

static const char *fail_at(visit *v, const gen_field *field, const char *why)
{
    const char *name = field->name ? field->name : "(unnamed)";

    v->where =
        *v->where ? gen_arena_format(v->arena, "%s.%s", name, v->where) : name;
    return why;
}

/* ---- records ---------------------------------------------------------------
 */

static const gen_type *element_of(const gen_type *type)
{
    while (type->kind == GEN_TYPE_ARRAY)
        type = type->target;
    return type;
}

static bool is_visited(const visit *v, const gen_record *record)
{
    for (; v; v = v->outer) {
        if (v->record == record)
            return true;
    }
    return false;
}

/* The field of this name, those of unnamed members included. */
static const gen_field *find_field(const gen_record *record, const char *text,
                                   gen_token name)
{
    for (size_t i = 0; i < record->field_count; i++) {
        const gen_field *field = &record->fields[i];
        const gen_type *type = element_of(field->type);

        if (!field->name && type->record) {
            const gen_field *inner = find_field(type->record, text, name);
            if (inner)
                return inner;
        } else if (field->name && gen_token_is(text, name, field->name)) {
            return field;
        }
    }
    return NULL;
}

/* A length is computed from fields of the same struct that hold numbers: they
 * are there before what it measures is. */
const char *gen_check_length(gen_arena *arena, const gen_record *record,
                             const char *text)
{
    gen_lexer lexer = gen_lexer_begin(text, 0, strlen(text));
    gen_token before = {0};

    for (;;) {
        gen_token token = gen_lexer_next(&lexer);
        const gen_field *field;

        if (token.kind == GEN_TOKEN_END)
            return NULL;
        if (gen_token_is(text, token, "->") || gen_token_is(text, token, "[") ||
            gen_token_is(text, token, "=") || gen_token_is(text, token, "++") ||
            gen_token_is(text, token, "--"))
            return "has a length that follows or changes something; it may "
                   "only compute with numbers of the same struct";
        if (gen_token_is(text, token, "(") &&
            before.kind == GEN_TOKEN_IDENTIFIER &&
            !gen_token_is(text, before, "sizeof"))
            return "has a length that calls something";
        field = token.kind == GEN_TOKEN_IDENTIFIER &&
                        !gen_token_is(text, before, ".")
                    ? find_field(record, text, token)
                    : NULL;
        if (field && (field->type->kind == GEN_TYPE_POINTER ||
                      field->type->kind == GEN_TYPE_ARRAY))
            return gen_arena_format(
                arena, "has a length that depends on '%s', which is no number",
                field->name);
        if (field && (field->rule.kind == GEN_FIELD_IGNORE ||
                      field->rule.kind == GEN_FIELD_HASH))
            return gen_arena_format(
                arena,
                "has a length that depends on '%s', which is not kept: "
                "a copy would not know it",
                field->name);
        before = token;
    }
}

static const char *check_pointer(visit *v, const gen_record *record,
                                 const gen_field *field)
{
    const gen_type *target = element_of(field->type)->target;
    bool is_own = target->record && target->record == record;

    if (target->kind == GEN_TYPE_FUNCTION)
        return "is a function pointer, whose address says nothing about what "
               "it does; write // @memo ignore on its line if the result does "
               "not depend on it";
    switch (field->rule.kind) {
    case GEN_FIELD_STRING:
        return target->is_plain_char ? NULL : "is no text of char";
    case GEN_FIELD_LEN:
        if (target->kind == GEN_TYPE_VOID)
            return NULL;
        break;
    case GEN_FIELD_DEREF:
        break;
    default:
        if (target->is_plain_char)
            return NULL;
        if (!is_own && !(target->record && target->record->codec))
            return "is a pointer, and nothing says how much it points at; "
                   "write // @memo len(…), deref, string or ignore on its line";
        break;
    }
    if (field->rule.kind == GEN_FIELD_LEN && gen_type_flexible_array(target))
        return "points at a struct that ends in a flexible array, so there is "
               "no array of it; write deref";
    return check_type(v, target);
}

static const char *check_rule(visit *v, const gen_record *record,
                              const gen_field *field)
{
    const gen_type *type = field->type;
    bool is_flexible = type->kind == GEN_TYPE_ARRAY &&
                       (!type->length || strcmp(type->length, "0") == 0);
    bool is_pointer = element_of(type)->kind == GEN_TYPE_POINTER;

    if (field->rule.kind == GEN_FIELD_LEN && !is_pointer && !is_flexible)
        return "is no pointer and no flexible array, so it has no length to "
               "tell";
    if ((field->rule.kind == GEN_FIELD_STRING ||
         field->rule.kind == GEN_FIELD_DEREF) &&
        !is_pointer)
        return "is no pointer";
    if (field->rule.kind == GEN_FIELD_LEN)
        return gen_check_length(v->arena, record, field->rule.value.text);
    return NULL;
}

static const char *check_field(visit *v, const gen_record *record,
                               const gen_field *field, bool is_last)
{
    const gen_type *type = field->type;
    const char *why = check_rule(v, record, field);

    if (why || field->rule.kind == GEN_FIELD_IGNORE)
        return why;
    if (field->rule.kind == GEN_FIELD_HASH)
        return v->use == GEN_USE_INPUT
                   ? NULL
                   : "is known by its hash only, of which no copy can be made";
    while (type->kind == GEN_TYPE_ARRAY && type->length &&
           type->has_constant_length && strcmp(type->length, "0") != 0)
        type = type->target;
    if (type->kind == GEN_TYPE_ARRAY) {
        if (field->rule.kind != GEN_FIELD_LEN)
            return "is a flexible array, and nothing says how long; write "
                   "// @memo len(…) on its line";
        if (!is_last)
            return "is a flexible array, but not the last field";
        type = type->target;
    }
    if (field->is_bit_field && field->type->is_const)
        return "is a const bit-field, which no copy can fill";
    if (gen_type_flexible_array(type))
        return "ends in a flexible array, which a struct around it cuts off";
    return type->kind == GEN_TYPE_POINTER ? check_pointer(v, record, field)
                                          : check_type(v, type);
}

static const char *check_record(visit *outer, const gen_record *record)
{
    visit v = {outer->arena, outer->use, "", record, outer};
    const char *why = NULL;

    if (is_visited(outer, record))
        return NULL;
    for (size_t i = 0; i < record->field_count && !why; i++) {
        const gen_field *field = &record->fields[i];

        if (gen_arrow_is_pair(record, i)) {
            i++;
            continue;
        }
        why = check_field(&v, record, field, i + 1 == record->field_count);
        if (why)
            fail_at(&v, field, why);
    }
    outer->where = v.where;
    return why;
}

/* ---- types -----------------------------------------------------------------
 */

/* What containers of st.h return. */
static bool is_place(const gen_type *type)
{
    return type->kind == GEN_TYPE_STRUCT &&
           (strcmp(type->spelling, "st_handle") == 0 ||
            strcmp(type->spelling, "struct st_handle") == 0);
}

static const char *check_type(visit *v, const gen_type *type)
{
    if (is_place(type))
        return "is a place of one run of a page, which no other run has: make "
               "the container in the function, or around its call";
    if (gen_arrow_record(type) != GEN_ARROW_NONE)
        return "is of Arrow, whose schema and array count together only: "
               "take pointers to both, or a struct with the array directly "
               "behind its schema";
    if (type->record && type->record->codec)
        return v->use == GEN_USE_INPUT || type->record->codec->encode.text
                   ? NULL
                   : "has a hash, but nothing that makes a copy of it "
                     "(encode and decode)";
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
        return check_record(v, type->record);
    case GEN_TYPE_UNION:
        return "is a union, and nothing says which member holds the value; "
               "write @memo_type(…) above it";
    case GEN_TYPE_POINTER:
        if (type->target->kind == GEN_TYPE_FUNCTION)
            return "is a function pointer, whose address says nothing about "
                   "what it does";
        if (type->target->is_plain_char)
            return NULL;
        return "is a pointer, and nothing says how much it points at";
    case GEN_TYPE_INCOMPLETE:
        return "is incomplete here, so its size and fields are unknown; "
               "include its definition, or write @memo_type(…) above its "
               "declaration";
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

const char *gen_check_value_type(gen_arena *arena, const gen_type *type,
                                 gen_type_use use, const char **where)
{
    visit v = {arena, use, "", NULL, NULL};
    const char *why = check_type(&v, type);

    *where = v.where;
    return why;
}

/* ---- showing the field -----------------------------------------------------
 */

static const gen_record *record_behind(const gen_type *type)
{
    while (type->kind == GEN_TYPE_ARRAY || type->kind == GEN_TYPE_POINTER)
        type = type->target;
    return type->record;
}

static const gen_field *find_named(const gen_record *record, const char *name,
                                   size_t size)
{
    for (size_t i = 0; record && i < record->field_count; i++) {
        const gen_field *field = &record->fields[i];
        const char *own = field->name ? field->name : "(unnamed)";

        if (strlen(own) == size && strncmp(own, name, size) == 0)
            return field;
    }
    return NULL;
}

void gen_check_show_field(gen_diagnostics *diagnostics, gen_diagnostic *error,
                          const gen_type *type, const char *where)
{
    const gen_field *field = NULL;

    while (*where) {
        size_t size = strcspn(where, ".");

        field = find_named(record_behind(type), where, size);
        if (!field)
            return;
        type = field->type;
        where += size + (where[size] == '.');
    }
    if (field)
        gen_note(diagnostics, error, field->span, "the field stands here");
}

/* ---- what a type leads to --------------------------------------------------
 */

typedef struct trail {
    const gen_record *record;
    const struct trail *outer;
} trail;

static bool is_on_trail(const trail *t, const gen_record *record)
{
    for (; t; t = t->outer) {
        if (t->record == record)
            return true;
    }
    return false;
}

/* Is there anything behind a value that its own bytes do not say?  With
 * `wants_codec`, only what functions of the user make counts. */
static bool reaches(const gen_type *type, bool wants_codec, const trail *outer)
{
    trail t = {type->record, outer};

    type = element_of(type);
    t.record = type->record;
    if (gen_arrow_record(type) != GEN_ARROW_NONE)
        return !wants_codec;
    if (type->record && type->record->codec)
        return true;
    if (type->kind == GEN_TYPE_POINTER)
        return !wants_codec || (type->target->kind != GEN_TYPE_VOID &&
                                reaches(type->target, wants_codec, outer));
    if (type->kind != GEN_TYPE_STRUCT || is_on_trail(outer, type->record))
        return false;
    for (size_t i = 0; i < type->record->field_count; i++) {
        const gen_field *field = &type->record->fields[i];

        if (field->rule.kind == GEN_FIELD_IGNORE ||
            field->rule.kind == GEN_FIELD_HASH)
            continue;
        if ((!wants_codec && field->type->kind == GEN_TYPE_ARRAY &&
             (!field->type->length || strcmp(field->type->length, "0") == 0)) ||
            reaches(field->type, wants_codec, &t))
            return true;
    }
    return false;
}

bool gen_type_is_deep(const gen_type *type)
{
    return reaches(type, false, NULL);
}

bool gen_type_calls_user(const gen_type *type)
{
    return reaches(type, true, NULL);
}

bool gen_type_is_handle(const gen_type *type)
{
    return type->kind == GEN_TYPE_POINTER &&
           type->target->kind == GEN_TYPE_INCOMPLETE && type->target->record &&
           type->target->record->codec;
}

const gen_field *gen_type_flexible_array(const gen_type *type)
{
    const gen_record *record = type->record;
    const gen_field *last;

    if (type->kind != GEN_TYPE_STRUCT || record->field_count == 0)
        return NULL;
    last = &record->fields[record->field_count - 1];
    return last->type->kind == GEN_TYPE_ARRAY &&
                   (!last->type->length || strcmp(last->type->length, "0") == 0)
               ? last
               : NULL;
}
