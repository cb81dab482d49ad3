/* source_probe_type.c -- what the compiler thinks of the annotations of types.
 *
 * Lengths and functions are named behind fields and above types, but they must
 * be known where the first function stands that is memoized with such a type:
 * the generated text before that one calls them.
 */
#include "source_probe.h"

#include "checks.h"
#include "plan_text.h"

#include <string.h>

/* With `writes` false, only see whether there is anything. */
typedef struct {
    probe_list *list;
    bool writes, has_some;
    const gen_record *visited[64]; /* while nothing is written */
    size_t visited_count;
} walk;

static bool is_known(const gen_record *const *records, size_t count,
                     const gen_record *record)
{
    for (size_t i = 0; i < count; i++) {
        if (records[i] == record)
            return true;
    }
    return false;
}

static void remember(walk *w, const gen_record *record)
{
    probe_list *list = w->list;

    if (!w->writes) {
        w->visited[w->visited_count++] = record;
        return;
    }
    if (list->record_count == list->record_capacity) {
        size_t capacity = 2 * list->record_capacity + 16;
        const gen_record **grown =
            GEN_NEW_ARRAY(list->reader->arena, const gen_record *, capacity);

        if (list->record_count)
            memcpy(grown, list->records, list->record_count * sizeof *grown);
        list->records = grown;
        list->record_capacity = capacity;
    }
    list->records[list->record_count++] = record;
}

/* Is this the first look at a record? */
static bool enter(walk *w, const gen_record *record)
{
    if (is_known(w->list->records, w->list->record_count, record) ||
        is_known(w->visited, w->visited_count, record))
        return false;
    if (!w->writes &&
        w->visited_count == sizeof w->visited / sizeof *w->visited)
        return false;
    remember(w, record);
    return true;
}

/* ---- one annotation --------------------------------------------------------
 */

static probe *add(walk *w, const gen_source_text *source, size_t offset,
                  const gen_piece *piece)
{
    return probe_add(w->list,
                     (gen_span){source, offset + piece->offset, piece->size},
                     piece->text, NULL);
}

static void probe_length(walk *w, const gen_record *record, const char *owner,
                         const gen_field *field)
{
    gen_arena *arena = w->list->reader->arena;
    probe *item;

    /* checks_type.c complains of what is no such length. */
    if (gen_check_length(arena, record, field->rule.value.text))
        return;
    w->has_some = true;
    if (!w->writes)
        return;
    item = add(w, field->rule_source, field->rule_offset, &field->rule.value);
    item->must_be_integer = true;
    item->is_of_field = true;
    /* No variable has the type of a bit-field, but their sum has. */
    probe_write(
        w->list, item,
        gen_arena_format(arena, "(%s) + 0",
                         gen_plan_member_expression(arena, record, owner,
                                                    field->rule.value.text)));
}

static void probe_hash(walk *w, const char *owner, const gen_field *field)
{
    gen_arena *arena = w->list->reader->arena;

    w->has_some = true;
    if (!w->writes)
        return;
    probe_write_as(
        w->list,
        add(w, field->rule_source, field->rule_offset, &field->rule.value),
        "__UINT64_TYPE__ ", "",
        gen_arena_format(arena, "%s(((const %s *)memo_object)->%s)",
                         field->rule.value.text, owner, field->name));
}

static void probe_function(walk *w, const gen_record *record,
                           const gen_piece *function, const char *type,
                           const char *call)
{
    if (!function->text)
        return;
    w->has_some = true;
    if (w->writes)
        probe_write_as(
            w->list, add(w, record->codec_text, record->codec_offset, function),
            type, "",
            gen_arena_format(w->list->reader->arena, call, function->text));
}

/* `object`: the type; `is_handle`: functions take and make pointers to it. */
static void probe_codec(walk *w, const gen_record *record, const char *object,
                        bool is_handle)
{
    gen_arena *arena = w->list->reader->arena;
    const gen_codec *codec = record->codec;
    const char *bytes = "(const void *)0, (__SIZE_TYPE__)0";
    const char *input =
        gen_arena_format(arena, "(%s%s *)0", is_handle ? "" : "const ", object);
    const char *pointer = gen_arena_format(arena, "%s *", object);

    probe_function(w, record, &codec->hash, "__UINT64_TYPE__ ",
                   gen_arena_format(arena, "%%s(%s)", input));
    probe_function(
        w, record, &codec->encode, "__SIZE_TYPE__ ",
        gen_arena_format(arena, "%%s(%s, (void *)0, (__SIZE_TYPE__)0)", input));
    if (is_handle)
        probe_function(w, record, &codec->decode, pointer,
                       gen_arena_format(arena, "%%s(%s)", bytes));
    else
        probe_function(
            w, record, &codec->decode, "int ",
            gen_arena_format(arena, "%%s((%s *)0, %s) ? 1 : 0", object, bytes));
    probe_function(w, record, &codec->release, "int ",
                   gen_arena_format(arena, "%%s((%s *)0), 0", object));
}

/* ---- types -----------------------------------------------------------------
 */

static void walk_type(walk *w, const gen_type *type, const char *place);

static void walk_fields(walk *w, const gen_record *owner, const char *text,
                        const gen_record *record)
{
    gen_arena *arena = w->list->reader->arena;

    for (size_t i = 0; i < record->field_count; i++) {
        const gen_field *field = &record->fields[i];

        if (field->rule.kind == GEN_FIELD_IGNORE)
            continue;
        if (!field->name) {
            if (field->type->kind == GEN_TYPE_STRUCT)
                walk_fields(w, owner, text, field->type->record);
            continue;
        }
        if (field->rule.kind == GEN_FIELD_HASH) {
            probe_hash(w, text, field);
            continue;
        }
        if (field->rule.kind == GEN_FIELD_LEN)
            probe_length(w, owner, text, field);
        walk_type(w, field->type,
                  gen_arena_format(arena, "((%s *)0)->%s", text, field->name));
    }
}

/* `place`: an expression of that type, for types that no text names. */
static void walk_type(walk *w, const gen_type *type, const char *place)
{
    gen_arena *arena = w->list->reader->arena;
    const char *text;

    for (; type->kind == GEN_TYPE_ARRAY; type = type->target)
        place = gen_arena_format(arena, "%s[0]", place);
    if (type->kind == GEN_TYPE_POINTER) {
        if (type->target->kind != GEN_TYPE_FUNCTION)
            walk_type(w, type->target, gen_arena_format(arena, "(*%s)", place));
        return;
    }
    if (!type->record || !enter(w, type->record))
        return;
    text = type->is_nameless ? gen_arena_format(arena, "__typeof__(%s)", place)
                             : type->spelling;
    if (type->record->codec)
        probe_codec(w, type->record, text, type->kind == GEN_TYPE_INCOMPLETE);
    else if (type->kind == GEN_TYPE_STRUCT)
        walk_fields(w, type->record, text, type->record);
}

/* ---- functions -------------------------------------------------------------
 */

static bool is_followed(const gen_function *function,
                        const gen_parameter *parameter)
{
    const gen_annotation *annotation = function->annotation;

    for (size_t i = 0; i < annotation->clause_count; i++) {
        const gen_clause *clause = &annotation->clauses[i];

        if ((clause->kind == GEN_CLAUSE_IGNORE ||
             clause->kind == GEN_CLAUSE_HASH) &&
            parameter->name &&
            strcmp(clause->parameter.text, parameter->name) == 0)
            return false;
    }
    return true;
}

static void walk_named(walk *w, const gen_type *type)
{
    walk_type(
        w, type,
        gen_arena_format(w->list->reader->arena, "(*(%s *)0)", type->spelling));
}

static bool walk_function(walk *w, const gen_function *function)
{
    if (function->annotation->returns != GEN_RETURNS_STATIC)
        walk_named(w, function->result);
    for (size_t i = 0; i < function->parameter_count; i++) {
        if (is_followed(function, &function->parameters[i]))
            walk_named(w, function->parameters[i].type);
    }
    return w->has_some;
}

static void probe_allocator(walk *w, const gen_function *function)
{
    const gen_annotation *annotation = function->annotation;

    if (!annotation->alloc_function.text || !annotation->free_function.text)
        return;
    w->has_some = true;
    if (!w->writes)
        return;
    probe_write_as(w->list,
                   add(w, w->list->file->text, function->site->offset,
                       &annotation->alloc_function),
                   "void *(*", ")(__SIZE_TYPE__)",
                   annotation->alloc_function.text);
    probe_write_as(w->list,
                   add(w, w->list->file->text, function->site->offset,
                       &annotation->free_function),
                   "void (*", ")(void *)", annotation->free_function.text);
}

bool probe_has_types(probe_list *list, const gen_function *function)
{
    walk w = {.list = list};

    probe_allocator(&w, function);
    return walk_function(&w, function);
}

void probe_types(probe_list *list, const gen_function *function)
{
    walk w = {.list = list, .writes = true};

    gen_text_append_string(&list->text, " const void *memo_object = 0;");
    probe_allocator(&w, function);
    walk_function(&w, function);
}
