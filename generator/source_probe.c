/* source_probe.c -- what the compiler thinks of the annotations' expressions.
 *
 * The file is parsed a second time with a small function behind each memoized
 * one: it has the same parameters and declares one variable per expression, so
 * that types are known and mistakes are found where the user wrote them.
 */
#include "source_reader.h"

#include "head.h"
#include "plan.h"

#include <string.h>

/* One expression that was put into the probe. */
typedef struct {
    const gen_function *function;
    const gen_piece *piece;
    gen_expression *out;  /* NULL: only looked at for mistakes */
    size_t begin, end;    /* in the probe's text */
    bool must_be_integer; /* a length */
    bool must_be_text;    /* a path */
    bool has_mistake;
} probe;

typedef struct {
    reader *reader;
    const gen_file *file;
    gen_text text;
    probe *probes;
    size_t count, capacity;
    size_t here; /* the function's probes begin there */
} probe_list;

/* ---- writing the probe -----------------------------------------------------
 */

static probe *add_probe(probe_list *list, const gen_function *function,
                        const gen_piece *piece, gen_expression *out)
{
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 16;
        probe *grown = GEN_NEW_ARRAY(list->reader->arena, probe, capacity);
        if (list->count)
            memcpy(grown, list->probes, list->count * sizeof *grown);
        list->probes = grown;
        list->capacity = capacity;
    }
    list->probes[list->count] =
        (probe){.function = function, .piece = piece, .out = out};
    if (out)
        out->piece = piece;
    return &list->probes[list->count++];
}

static void write_probe(probe_list *list, probe *item, const char *expression)
{
    size_t index = (size_t)(item - list->probes);
    gen_text_append_format(
        &list->text, "__extension__ __auto_type memo_probe_%zu = (", index);
    item->begin = list->text.size;
    gen_text_append_string(&list->text, expression);
    item->end = list->text.size;
    gen_text_append_string(&list->text, ");");
}

static void add_expression(probe_list *list, const gen_function *function,
                           const gen_piece *piece, bool must_be_integer)
{
    probe *item;
    if (!piece->text)
        return;
    item = add_probe(list, function, piece, NULL);
    item->must_be_integer = must_be_integer;
    write_probe(list, item,
                gen_plan_expression(list->reader->arena, piece->text));
}

static void add_clause(probe_list *list, gen_function *function,
                       const gen_clause *clause, size_t *hash)
{
    reader *r = list->reader;
    for (size_t i = 0; i < clause->lengths.count; i++)
        add_expression(list, function, &clause->lengths.items[i], true);
    if (clause->kind == GEN_CLAUSE_HASH) {
        probe *item = add_probe(list, function, &clause->function,
                                &function->hashes[(*hash)++]);
        write_probe(list, item,
                    gen_arena_format(r->arena, "%s(%s)", clause->function.text,
                                     clause->parameter.text));
    }
}

static void count_expressions(gen_arena *arena, gen_function *function)
{
    const gen_annotation *annotation = function->annotation;
    for (size_t i = 0; i < annotation->clause_count; i++)
        function->hash_count += annotation->clauses[i].kind == GEN_CLAUSE_HASH;
    function->hashes =
        GEN_NEW_ARRAY(arena, gen_expression, function->hash_count + 1);
    function->keys =
        GEN_NEW_ARRAY(arena, gen_expression, annotation->keys.count + 1);
}

static bool has_expressions(const gen_function *function)
{
    const gen_annotation *annotation = function->annotation;
    bool has_length = false;
    for (size_t i = 0; i < annotation->clause_count; i++)
        has_length |= annotation->clauses[i].lengths.count > 0;
    return has_length || function->hash_count || annotation->keys.count ||
           annotation->depends.count || annotation->cache_if.text ||
           annotation->returns_length.text;
}

/* All on one line, so that the lines of the text stay. */
static void write_function(probe_list *list, gen_function *function)
{
    const gen_annotation *annotation = function->annotation;
    gen_arena *arena = list->reader->arena;
    const char *name =
        gen_arena_format(arena, "memo_probe_of_%s", function->name);
    size_t hash = 0;
    gen_text_append_format(&list->text, " static %s {",
                           gen_head_declaration(arena, function, name, true));
    if (function->result->kind != GEN_TYPE_VOID)
        gen_text_append_format(&list->text, " %s memo_result;",
                               function->result->spelling);
    for (size_t i = 0; i < annotation->clause_count; i++)
        add_clause(list, function, &annotation->clauses[i], &hash);
    for (size_t i = 0; i < annotation->keys.count; i++) {
        probe *item = add_probe(list, function, &annotation->keys.items[i],
                                &function->keys[i]);
        write_probe(list, item, annotation->keys.items[i].text);
    }
    for (size_t i = 0; i < annotation->depends.count; i++) {
        add_expression(list, function, &annotation->depends.items[i], false);
        list->probes[list->count - 1].must_be_text = true;
    }
    add_expression(list, function, &annotation->cache_if, false);
    add_expression(list, function, &annotation->returns_length, true);
    gen_text_append_string(&list->text, " }");
}

static void write_text(probe_list *list, gen_file *file)
{
    const gen_source_text *source = file->text;
    size_t copied = 0;
    for (size_t i = 0; i < file->function_count; i++) {
        gen_function *function = &file->functions[i];
        size_t end = function->body.offset + function->body.size;
        if (!function->annotation || function->is_name_from_macro ||
            function->is_old_style || function->defines_type_in_head)
            continue;
        count_expressions(list->reader->arena, function);
        if (!has_expressions(function))
            continue;
        gen_text_append(&list->text, source->text + copied, end - copied);
        copied = end;
        write_function(list, function);
    }
    gen_text_append(&list->text, source->text + copied, source->size - copied);
}

/* ---- reading the answers ---------------------------------------------------
 */

static gen_span probe_span(const probe_list *list, const probe *item)
{
    return (gen_span){list->file->text,
                      item->function->site->offset + item->piece->offset,
                      item->piece->size};
}

static void report_mistake(probe_list *list, CXDiagnostic diagnostic)
{
    reader *r = list->reader;
    CXFile file = NULL;
    unsigned offset = 0;
    const char *text = reader_text(r, clang_getDiagnosticSpelling(diagnostic));
    clang_getFileLocation(clang_getDiagnosticLocation(diagnostic), &file, NULL,
                          NULL, &offset);
    for (size_t i = 0; i < list->count; i++) {
        probe *item = &list->probes[i];
        /* What is left open is noticed just behind it. */
        if (offset + 1 < item->begin || offset > item->end + 2)
            continue;
        if (!item->has_mistake)
            gen_error(list->reader->diagnostics, probe_span(list, item),
                      "'%s' means nothing here: %s", item->piece->text, text);
        item->has_mistake = true;
        return;
    }
}

static bool is_integer(const gen_type *type)
{
    return type->kind == GEN_TYPE_SIGNED || type->kind == GEN_TYPE_UNSIGNED ||
           type->kind == GEN_TYPE_BOOL || type->kind == GEN_TYPE_ENUM;
}

static bool is_text(const gen_type *type)
{
    return type->kind == GEN_TYPE_POINTER && type->target->is_plain_char;
}

static void check_answer(probe_list *list, probe *item, const gen_type *type)
{
    gen_diagnostics *diagnostics = list->reader->diagnostics;
    if (item->out)
        item->out->type = type;
    if (item->must_be_integer && !is_integer(type))
        gen_error(diagnostics, probe_span(list, item),
                  "a length is an integer, but '%s' is '%s'", item->piece->text,
                  type->qualified);
    if (item->must_be_text && !is_text(type))
        gen_error(diagnostics, probe_span(list, item),
                  "a path is a text, but '%s' is '%s'", item->piece->text,
                  type->qualified);
}

static enum CXChildVisitResult visit_answer(CXCursor cursor, CXCursor parent,
                                            CXClientData data)
{
    static const char prefix[] = "memo_probe_";
    probe_list *list = data;
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    const char *name;
    size_t index = 0;
    (void)parent;
    if (kind == CXCursor_FunctionDecl) {
        CXString spelling = clang_getCursorSpelling(cursor);
        bool is_probe =
            strncmp(clang_getCString(spelling), "memo_probe_of_", 14) == 0;
        clang_disposeString(spelling);
        return is_probe ? CXChildVisit_Recurse : CXChildVisit_Continue;
    }
    if (kind != CXCursor_VarDecl)
        return CXChildVisit_Recurse;
    name = reader_text(list->reader, clang_getCursorSpelling(cursor));
    if (strncmp(name, prefix, sizeof prefix - 1) != 0)
        return CXChildVisit_Continue;
    for (name += sizeof prefix - 1; *name >= '0' && *name <= '9'; name++)
        index = index * 10 + (size_t)(*name - '0');
    if (index < list->count && !list->probes[index].has_mistake)
        check_answer(list, &list->probes[index],
                     reader_type(list->reader, clang_getCursorType(cursor)));
    return CXChildVisit_Continue;
}

static void read_answers(probe_list *list)
{
    reader *r = list->reader;
    unsigned count = clang_getNumDiagnostics(r->unit);
    size_t errors = r->diagnostics->error_count;
    for (unsigned i = 0; i < count; i++) {
        CXDiagnostic diagnostic = clang_getDiagnostic(r->unit, i);
        if (clang_getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error)
            report_mistake(list, diagnostic);
        clang_disposeDiagnostic(diagnostic);
    }
    if (r->diagnostics->error_count == errors)
        clang_visitChildren(clang_getTranslationUnitCursor(r->unit),
                            visit_answer, list);
}

void gen_source_probe(gen_arena *arena, gen_diagnostics *diagnostics,
                      const gen_source_request *request, gen_file *file)
{
    reader r = {
        .arena = arena,
        .diagnostics = diagnostics,
        .request = request,
        .out = GEN_NEW(arena, gen_file), /* what is found here is not kept */
    };
    probe_list list = {.reader = &r, .file = file};
    CXIndex index;

    write_text(&list, file);
    if (list.count) {
        index = clang_createIndex(0, 0);
        r.unit =
            reader_parse(arena, index, request, list.text.data, list.text.size);
        if (r.unit) {
            read_answers(&list);
            clang_disposeTranslationUnit(r.unit);
        }
        clang_disposeIndex(index);
    }
    gen_text_finish(&list.text);
}
