/* plan_type.c -- one table per type, made where it is first needed, and the C
 * texts that holes take. */
#include "plan_type.h"

#include "checks.h"
#include "plan_arrow.h"

#include "lex.h"
#include "text.h"

#include <ctype.h>
#include <string.h>

typedef struct gen_known_type {
    const char *key; /* a record's identity, else the spelling */
    const char *id;  /* memo_type_<id> */
    bool is_made;    /* its table stands in the file, */
    bool is_named;   /* or at least its name */
    size_t branch;   /* of #if, which the compiler may leave out */
    struct gen_known_type *next;
} known_type;

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
        if (strcmp(known->key, key) == 0 &&
            (known->branch == 0 || known->branch == plan->branch))
            return known;
    }
    return NULL;
}

static known_type *remember(gen_plan *plan, const char *key, const char *name)
{
    known_type *known = GEN_NEW(plan->arena, known_type);
    known->id = make_id(plan, name);
    known->key = key;
    known->branch = plan->branch;
    known->next = plan->types;
    plan->types = known;
    return known;
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

/* `is_bytes`: what a char * points at is no text. */
static const char *add_table(gen_plan *plan, gen_values *values,
                             const gen_type *type, type_text text,
                             bool is_bytes);

/* The id of a type that `table` names.  One that leads back to this table is
 * not there yet: its name comes before. */
static const char *refer(gen_plan *plan, gen_values *values, gen_values *table,
                         const gen_type *type, type_text text, bool is_bytes)
{
    const char *id = add_table(plan, values, type, text, is_bytes);
    known_type *known = plan->types;

    while (strcmp(known->id, id) != 0)
        known = known->next;
    if (!known->is_made && !known->is_named)
        gen_values_set(gen_values_add(table, "forwards"), "forward", id);
    known->is_named = true;
    return id;
}

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

/* ---- rows ------------------------------------------------------------------
 */

static gen_values *new_table(gen_plan *plan, const known_type *known,
                             type_text text, const char *kind)
{
    static const char *const lists[] = {
        "fields",   "fields_of_bits", "lengths",     "hashes",
        "forwards", "codecs",         "arrow_pairs", "adjacent"};
    gen_values *table = gen_values_create(plan->arena);

    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        gen_values_list(table, lists[i]);
    gen_values_set(table, "type_id", known->id);
    gen_values_set(table, "type", text.expression);
    gen_values_set(table, "type_name",
                   gen_plan_quoted(plan->arena, text.shown));
    gen_values_set(table, "kind", kind);
    gen_values_set_number(table, "fields_count", 0);
    gen_values_flag(table, "has_fields", false);
    gen_values_set(table, "fields_name", "0");
    gen_values_set(table, "target", "0");
    gen_values_set(table, "codec", "0");
    return table;
}

static void finish_table(gen_values *values, known_type *known,
                         gen_values *table)
{
    known->is_made = true;
    gen_values_append(values, "types", table);
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

/* hash(fn): an input like a bit-field that nobody sets. */
static void add_hash(gen_plan *plan, gen_values *table, gen_values *row,
                     const char *id, const gen_field *field)
{
    gen_values *hash = gen_values_add(table, "hashes");
    gen_values_set(hash, "field", field->name);
    gen_values_set(hash, "hash_function", field->rule.value.text);
    gen_values_set(row, "field_offset", "0");
    gen_values_set(
        row, "get_bits",
        gen_arena_format(plan->arena, "memo_get_%s_%s", id, field->name));
}

static void add_length(gen_plan *plan, gen_values *table, gen_values *row,
                       const char *id, const gen_record *owner_record,
                       const type_text *owner, const gen_field *field)
{
    gen_values *length = gen_values_add(table, "lengths");
    gen_values_set(length, "field", field->name);
    gen_values_set(length, "length",
                   gen_plan_length(plan->arena, owner_record, owner->expression,
                                   field->rule.value.text));
    gen_values_set(
        row, "count_elements",
        gen_arena_format(plan->arena, "memo_count_%s_%s", id, field->name));
}

static bool is_flexible(const gen_type *type)
{
    return type->kind == GEN_TYPE_ARRAY &&
           (!type->length || strcmp(type->length, "0") == 0);
}

static void count_field(gen_plan *plan, gen_values *row, const gen_field *field,
                        const type_text *owner, const char *element)
{
    gen_values_set(row, "field_count", "1");
    if (is_flexible(field->type))
        gen_values_set(row, "field_count", "0");
    else if (field->type->kind == GEN_TYPE_ARRAY)
        gen_values_set(
            row, "field_count",
            gen_arena_format(plan->arena, "sizeof(((%s *)0)->%s) / sizeof(%s)",
                             owner->expression, field->name, element));
}

/* ---- Arrow -----------------------------------------------------------------
 */

static const char arrow_key[] = "an array of Arrow with its schema";

/* Returns the id of the table of such a pair. */
static const char *make_arrow_table(gen_plan *plan, gen_values *values)
{
    known_type *known = find_known(plan, arrow_key);
    gen_values *table;

    if (!known) {
        known = remember(plan, arrow_key, "struct ArrowArray");
        table = new_table(
            plan, known,
            (type_text){gen_plan_arrow_pair(plan), "struct ArrowArray"},
            "MEMO_KIND_OPAQUE");
        gen_values_add(table, "arrow_pairs");
        gen_values_set(table, "codec", "&memo_arrow_codec");
        finish_table(values, known, table);
    }
    return known->id;
}

const char *gen_plan_arrow_type(gen_plan *plan, gen_values *values)
{
    return gen_arena_format(plan->arena, "&memo_type_%s",
                            make_arrow_table(plan, values));
}

const char *gen_plan_arrow_pair(gen_plan *plan)
{
    return gen_arena_format(plan->arena, "struct memo_pair_%s",
                            find_known(plan, arrow_key)->id);
}

/* ---- structs ---------------------------------------------------------------
 */

/* One struct's fields on their way into its table. */
typedef struct {
    gen_plan *plan;
    gen_values *values, *table;
    const char *id;
    const gen_record *record;
    type_text text;
    unsigned count;
} field_list;

/* Is a char * said to point at so many, not at a text? */
static bool is_buffer(const gen_field *field, const gen_type *element)
{
    return element->kind == GEN_TYPE_POINTER &&
           element->target->is_plain_char &&
           (field->rule.kind == GEN_FIELD_LEN ||
            field->rule.kind == GEN_FIELD_DEREF);
}

static void add_field(field_list *list, const gen_field *field)
{
    gen_plan *plan = list->plan;
    const gen_type *element = element_of(field->type);
    type_text text = field_text(plan, &list->text, field);
    gen_values *row = gen_values_add(list->table, "fields");

    gen_values_set(row, "field", field->name);
    gen_values_set(row, "get_bits", "0");
    gen_values_set(row, "set_bits", "0");
    gen_values_set(row, "count_elements", "0");
    gen_values_set(row, "field_offset",
                   gen_arena_format(plan->arena, "__builtin_offsetof(%s, %s)",
                                    list->text.expression, field->name));
    count_field(plan, row, field, &list->text,
                element->kind == GEN_TYPE_POINTER ? "void *" : text.expression);
    list->count++;
    if (field->rule.kind == GEN_FIELD_HASH) {
        static const gen_type byte = {.kind = GEN_TYPE_UNSIGNED};
        text = (type_text){"unsigned char", "unsigned char"};
        gen_values_set(row, "field_count", "1");
        gen_values_set(
            row, "field_type_id",
            refer(plan, list->values, list->table, &byte, text, false));
        add_hash(plan, list->table, row, list->id, field);
        return;
    }
    gen_values_set(row, "field_type_id",
                   refer(plan, list->values, list->table, element, text,
                         is_buffer(field, element)));
    if (field->is_bit_field)
        add_bits(plan, list->table, row, list->id, field->name);
    if (field->rule.kind == GEN_FIELD_LEN)
        add_length(plan, list->table, row, list->id, list->record, &list->text,
                   field);
}

/* A schema and its array, side by side, are one field. */
static void add_arrow_field(field_list *list, const gen_field *schema)
{
    gen_values *row = gen_values_add(list->table, "fields");
    gen_values *adjacent = gen_values_add(list->table, "adjacent");
    const char *id = make_arrow_table(list->plan, list->values);

    gen_values_set(row, "field", schema->name);
    gen_values_set(row, "field_type_id", id);
    gen_values_set(row, "field_count", "1");
    gen_values_set(row, "get_bits", "0");
    gen_values_set(row, "set_bits", "0");
    gen_values_set(row, "count_elements", "0");
    gen_values_set(row, "field_offset",
                   gen_arena_format(list->plan->arena,
                                    "__builtin_offsetof(%s, %s)",
                                    list->text.expression, schema->name));
    gen_values_set(adjacent, "field", schema->name);
    gen_values_set(adjacent, "array", (schema + 1)->name);
    list->count++;
}

static void add_fields(field_list *list, const gen_record *record)
{
    for (size_t i = 0; i < record->field_count; i++) {
        const gen_field *field = &record->fields[i];

        if (gen_arrow_is_pair(record, i)) {
            add_arrow_field(list, field);
            i++;
            continue;
        }

        /* Of struct {}, an array has no length to compute. */
        if (field->rule.kind == GEN_FIELD_IGNORE ||
            (element_of(field->type)->kind == GEN_TYPE_STRUCT &&
             element_of(field->type)->size == 0))
            continue;
        if (field->name)
            add_field(list, field);
        else /* its members are the owner's */
            add_fields(list, element_of(field->type)->record);
    }
}

static void fill_struct(gen_plan *plan, gen_values *values, gen_values *table,
                        const gen_type *type, type_text text, const char *id)
{
    field_list list = {plan, values, table, id, type->record, text, 0};

    add_fields(&list, type->record);
    gen_values_set_number(table, "fields_count", list.count);
    gen_values_flag(table, "has_fields", list.count > 0);
    if (list.count)
        gen_values_set(table, "fields_name",
                       gen_arena_format(plan->arena, "memo_fields_%s", id));
}

/* ---- pointers and codecs ---------------------------------------------------
 */

static void fill_pointer(gen_plan *plan, gen_values *values, gen_values *table,
                         const gen_type *type, type_text pointer)
{
    const gen_type *target = element_of(type->target);
    type_text text = {target->spelling, target->spelling};
    const char *id;

    if (target->kind == GEN_TYPE_VOID)
        text = (type_text){"unsigned char", "unsigned char"};
    else if (target->is_nameless)
        text = (type_text){gen_arena_format(plan->arena, "__typeof__(*(%s)0)",
                                            pointer.expression),
                           pointer.shown};
    id = refer(plan, values, table, target, text, false);
    gen_values_set(table, "target",
                   gen_arena_format(plan->arena, "&memo_type_%s", id));
}

static const char *thunk(gen_plan *plan, const char *verb, const char *id,
                         const gen_piece *function)
{
    return function->text
               ? gen_arena_format(plan->arena, "memo_%s_%s", verb, id)
               : "0";
}

static void fill_codec(gen_plan *plan, gen_values *table, const char *id,
                       const gen_codec *codec, const char *object,
                       bool is_pointer)
{
    gen_values *row = gen_values_add(table, "codecs");

    gen_values_set(table, "codec",
                   gen_arena_format(plan->arena, "&memo_codec_%s", id));
    gen_values_set(row, "object", object);
    gen_values_set(row, "hash", codec->hash.text ? codec->hash.text : "");
    gen_values_set(row, "encode", codec->encode.text ? codec->encode.text : "");
    gen_values_set(row, "decode", codec->decode.text ? codec->decode.text : "");
    gen_values_set(row, "free", codec->release.text ? codec->release.text : "");
    gen_values_flag(row, "has_hash", codec->hash.text);
    gen_values_flag(row, "has_encode", codec->encode.text);
    gen_values_flag(row, "has_free", codec->release.text);
    gen_values_set(row, "hash_name", thunk(plan, "hash", id, &codec->hash));
    gen_values_set(row, "encode_name",
                   thunk(plan, "encode", id, &codec->encode));
    gen_values_set(row, "decode_name",
                   thunk(plan, "decode", id, &codec->decode));
    gen_values_set(row, "free_name", thunk(plan, "free", id, &codec->release));
    gen_values_flag(row, "is_pointer", is_pointer);
    gen_values_set_number(row, "pointer_flag", is_pointer);
}

static const char *table_kind(const gen_type *type, bool is_bytes)
{
    if (gen_type_is_handle(type) || (type->record && type->record->codec))
        return "MEMO_KIND_OPAQUE";
    if (type->kind == GEN_TYPE_POINTER)
        return type->target->is_plain_char && !is_bytes ? "MEMO_KIND_TEXT"
                                                        : "MEMO_KIND_POINTER";
    if (type->kind == GEN_TYPE_STRUCT && gen_type_is_deep(type))
        return "MEMO_KIND_DEEP_STRUCT";
    return kind_name(type->kind);
}

/* ---- tables ----------------------------------------------------------------
 */

/* One text for types that share a table. */
static const char *table_key(gen_plan *plan, const gen_type *type,
                             const char *expression, bool is_bytes)
{
    if (type->kind == GEN_TYPE_POINTER) {
        const gen_type *target = element_of(type->target);
        return gen_arena_format(
            plan->arena, "%s*%s",
            table_key(plan, target, target->spelling, false),
            is_bytes ? "[]" : "");
    }
    return type->record ? type->record->identity : expression;
}

static void fill_table(gen_plan *plan, gen_values *values, gen_values *table,
                       const gen_type *type, type_text text, const char *id,
                       const char *kind)
{
    if (gen_type_is_handle(type))
        fill_codec(plan, table, id, type->target->record->codec,
                   type->target->spelling, true);
    else if (type->record && type->record->codec)
        fill_codec(plan, table, id, type->record->codec, text.expression,
                   false);
    else if (type->kind == GEN_TYPE_STRUCT)
        fill_struct(plan, values, table, type, text, id);
    else if (strcmp(kind, "MEMO_KIND_POINTER") == 0)
        fill_pointer(plan, values, table, type, text);
}

/* Returns the table's id. The tables of what it leads to come before it. */
static const char *add_table(gen_plan *plan, gen_values *values,
                             const gen_type *type, type_text text,
                             bool is_bytes)
{
    const char *key = table_key(plan, type, text.expression, is_bytes);
    known_type *known = find_known(plan, key);
    const char *kind = table_kind(type, is_bytes);
    bool is_pointer = type->kind == GEN_TYPE_POINTER;
    gen_values *table;

    if (known)
        return known->id;
    known = remember(
        plan, key,
        is_bytes ? gen_arena_format(plan->arena, "%s[]", type->target->spelling)
                 : text.shown);
    table = new_table(
        plan, known,
        (type_text){is_pointer ? "void *" : text.expression, text.shown}, kind);
    fill_table(plan, values, table, type, text, known->id, kind);
    finish_table(values, known, table);
    return known->id;
}

const char *gen_plan_type_address(gen_plan *plan, gen_values *values,
                                  const gen_type *type)
{
    const gen_type *element = element_of(type);
    type_text text = {element->spelling, element->spelling};
    if (element->kind == GEN_TYPE_VOID) /* in(p[n]) of void *: bytes */
        text = (type_text){"unsigned char", "unsigned char"};
    return gen_arena_format(plan->arena, "&memo_type_%s",
                            add_table(plan, values, element, text, false));
}

const char *gen_plan_address_type(gen_plan *plan, gen_values *values,
                                  const gen_type *type)
{
    const char *kind = type->kind == GEN_TYPE_POINTER ? "MEMO_KIND_ADDRESS"
                                                      : "MEMO_KIND_STRUCT";
    const char *key =
        gen_arena_format(plan->arena, "%s as it is", type->spelling);
    known_type *known = find_known(plan, key);
    type_text text = {type->spelling, type->spelling};

    if (!known) {
        known = remember(plan, key, type->spelling);
        finish_table(values, known, new_table(plan, known, text, kind));
    }
    return gen_arena_format(plan->arena, "&memo_type_%s", known->id);
}
