/* source_probe.c -- what the compiler thinks of the annotations' expressions.
 *
 * The file is parsed a second time with a small function behind each memoized
 * one: it has the same parameters and declares one variable per expression, so
 * that types are known and mistakes are found where the user wrote them.
 */
#include "source_probe.h"

#include "head.h"
#include "lex.h"
#include "plan_type.h"

#include <string.h>

/* ---- writing the probe -----------------------------------------------------
 */

probe *probe_add(probe_list *list, gen_span span, const char *text,
                 gen_expression *out)
{
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 16;
        probe *grown = GEN_NEW_ARRAY(list->reader->arena, probe, capacity);
        if (list->count)
            memcpy(grown, list->probes, list->count * sizeof *grown);
        list->probes = grown;
        list->capacity = capacity;
    }
    list->probes[list->count] = (probe){.span = span, .text = text, .out = out};
    return &list->probes[list->count++];
}

static probe *add_piece(probe_list *list, const gen_function *function,
                        const gen_piece *piece, gen_expression *out)
{
    gen_span span = {list->file->text, function->site->offset + piece->offset,
                     piece->size};
    if (out)
        out->piece = piece;
    return probe_add(list, span, piece->text, out);
}

void probe_write(probe_list *list, probe *item, const char *expression)
{
    size_t index = (size_t)(item - list->probes);
    item->begin = list->text.size;
    gen_text_append_format(
        &list->text, "__extension__ __auto_type memo_probe_%zu = (", index);
    gen_text_append_string(&list->text, expression);
    item->end = list->text.size;
    gen_text_append_string(&list->text, ");");
    if (!item->must_be_integer)
        return;
    /* Clang warns here of what happens again whenever it is evaluated. */
    gen_text_append_string(&list->text, " __builtin_assume(");
    item->assumed = list->text.size;
    gen_text_append_format(&list->text, "(%s) != 0);", expression);
}

void probe_write_as(probe_list *list, probe *item, const char *before,
                    const char *after, const char *expression)
{
    size_t index = (size_t)(item - list->probes);
    item->begin = list->text.size;
    gen_text_append_format(&list->text, " %smemo_probe_%zu%s = (", before,
                           index, after);
    gen_text_append_string(&list->text, expression);
    item->end = list->text.size;
    gen_text_append_string(&list->text, ");");
}

/* checks.c complains of this one. */
static bool names_absent_result(const gen_function *function,
                                const gen_piece *piece)
{
    return function->result->kind == GEN_TYPE_VOID &&
           gen_plan_names_result(piece->text);
}

static void add_condition(probe_list *list, const gen_function *function,
                          const gen_piece *piece)
{
    if (piece->text && !names_absent_result(function, piece))
        probe_write(list, add_piece(list, function, piece, NULL),
                    gen_plan_expression(list->reader->arena, piece->text));
}

static void add_path(probe_list *list, const gen_function *function,
                     const gen_piece *piece)
{
    probe *item = add_piece(list, function, piece, NULL);
    item->must_be_text = true;
    probe_write(list, item, piece->text);
}

static void add_length(probe_list *list, const gen_function *function,
                       const gen_piece *piece)
{
    probe *item;
    if (!piece->text)
        return;
    item = add_piece(list, function, piece, NULL);
    item->must_be_integer = true;
    if (!names_absent_result(function, piece))
        probe_write(list, item,
                    gen_plan_expression(list->reader->arena, piece->text));
}

static void add_callback(probe_list *list, const gen_function *function,
                         const gen_piece *piece, const char *option)
{
    probe *item;
    if (!piece->text || function->result->kind == GEN_TYPE_VOID)
        return;
    item = add_piece(list, function, piece, NULL);
    item->option = option;
    item->function = function->name;
    probe_write(list, item, piece->text);
}

static bool has_same_tokens(const char *left, const char *right)
{
    gen_lexer a = gen_lexer_begin(left, 0, strlen(left));
    gen_lexer b = gen_lexer_begin(right, 0, strlen(right));
    for (;;) {
        gen_token one = gen_lexer_next(&a), other = gen_lexer_next(&b);
        if (one.kind == GEN_TOKEN_END || other.kind == GEN_TOKEN_END)
            return one.kind == other.kind;
        if (one.size != other.size ||
            memcmp(left + one.offset, right + other.offset, one.size) != 0)
            return false;
    }
}

static void complain_of_row(probe_list *list, probe *item)
{
    if (!item->has_mistake)
        gen_error(list->reader->diagnostics, item->span,
                  "the parameter's type has rows of '%s' elements here, not "
                  "'%s'; leave this length out, or write the same",
                  item->row, item->text);
    item->has_mistake = true;
}

/* in(m[r][c]) of int m[r][c] or (*m)[c]: both must mean the same rows, since
 * elements are taken one after the other. */
static void compare_rows(probe_list *list, const gen_function *function,
                         const gen_clause *clause, size_t first)
{
    const gen_type *row = NULL;
    for (size_t i = 0; i < function->parameter_count; i++) {
        const gen_parameter *parameter = &function->parameters[i];
        if (parameter->name &&
            strcmp(parameter->name, clause->parameter.text) == 0)
            row = parameter->type->target;
    }
    for (size_t i = 1; i < clause->lengths.count && row; i++) {
        probe *item = &list->probes[first + i];
        if (row->kind != GEN_TYPE_ARRAY)
            return;
        item->row = row->length;
        if (row->has_constant_length) {
            gen_text_append_string(&list->text, " ");
            item->compared = list->text.size;
            gen_text_append_format(&list->text,
                                   "_Static_assert((%s) == %s, \"\");",
                                   item->text, row->length);
        } else if (row->length && !has_same_tokens(item->text, row->length)) {
            complain_of_row(list, item);
        }
        row = row->target;
    }
}

/* The lengths that a parameter's own type is written with. */
static void add_own_lengths(probe_list *list, const gen_parameter *parameter)
{
    const gen_type *type = parameter->type;
    if (type->kind == GEN_TYPE_POINTER)
        type = type->target;
    for (; type->kind == GEN_TYPE_ARRAY; type = type->target) {
        probe *item;
        if (!type->length || type->has_constant_length)
            continue;
        item = probe_add(list, parameter->span, type->length, NULL);
        item->must_be_integer = true;
        probe_write(list, item, type->length);
    }
}

static void add_clause(probe_list *list, gen_function *function,
                       const gen_clause *clause, size_t *hash)
{
    reader *r = list->reader;
    size_t first = list->count;
    for (size_t i = 0; i < clause->lengths.count; i++)
        add_length(list, function, &clause->lengths.items[i]);
    compare_rows(list, function, clause, first);
    if (clause->kind == GEN_CLAUSE_HASH)
        probe_write(list,
                    add_piece(list, function, &clause->function,
                              &function->hashes[(*hash)++]),
                    gen_arena_format(r->arena, "%s(%s)", clause->function.text,
                                     clause->parameter.text));
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

static bool has_expressions(probe_list *list, const gen_function *function)
{
    const gen_annotation *annotation = function->annotation;
    bool has_length = false;
    for (size_t i = 0; i < annotation->clause_count; i++)
        has_length |= annotation->clauses[i].lengths.count > 0;
    for (size_t i = 0; i < function->parameter_count; i++) {
        const gen_type *type = function->parameters[i].type;
        has_length |= type->kind == GEN_TYPE_ARRAY ||
                      (type->target && type->target->kind == GEN_TYPE_ARRAY);
    }
    return has_length || probe_has_types(list, function) ||
           function->hash_count || annotation->keys.count ||
           annotation->depends.count || annotation->cache_if.text ||
           annotation->returns_length.text || annotation->validate.text ||
           annotation->release.text;
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
        gen_text_append_format(
            &list->text, " %s;",
            gen_plan_declare(arena, function->result->spelling, "memo_result"));
    probe_types(list, function);
    for (size_t i = 0; i < function->parameter_count; i++)
        add_own_lengths(list, &function->parameters[i]);
    for (size_t i = 0; i < annotation->clause_count; i++)
        add_clause(list, function, &annotation->clauses[i], &hash);
    for (size_t i = 0; i < annotation->keys.count; i++)
        probe_write(list,
                    add_piece(list, function, &annotation->keys.items[i],
                              &function->keys[i]),
                    annotation->keys.items[i].text);
    for (size_t i = 0; i < annotation->depends.count; i++)
        add_path(list, function, &annotation->depends.items[i]);
    add_condition(list, function, &annotation->cache_if);
    add_length(list, function, &annotation->returns_length);
    add_callback(list, function, &annotation->validate, "validate");
    add_callback(list, function, &annotation->release, "release");
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
        if (!has_expressions(list, function))
            continue;
        gen_text_append(&list->text, source->text + copied, end - copied);
        copied = end;
        write_function(list, function);
    }
    gen_text_append(&list->text, source->text + copied, source->size - copied);
}

/* ---- reading the answers ---------------------------------------------------
 */

static size_t diagnostic_offset(CXDiagnostic diagnostic)
{
    unsigned offset = 0;
    clang_getFileLocation(clang_getDiagnosticLocation(diagnostic), NULL, NULL,
                          NULL, &offset);
    return offset;
}

static void report_effect(probe_list *list, CXDiagnostic diagnostic)
{
    size_t offset = diagnostic_offset(diagnostic);
    for (size_t i = 0; i < list->count; i++) {
        probe *item = &list->probes[i];
        if (!item->assumed || item->has_mistake || offset != item->assumed)
            continue;
        gen_error(list->reader->diagnostics, item->span,
                  "the length '%s' calls or changes something; it is evaluated "
                  "more than once, so it must be a plain expression",
                  item->text);
        item->has_mistake = true;
    }
}

static void report_mistake(probe_list *list, CXDiagnostic diagnostic)
{
    reader *r = list->reader;
    size_t offset = diagnostic_offset(diagnostic);
    const char *text = reader_text(r, clang_getDiagnosticSpelling(diagnostic));
    for (size_t i = 0; i < list->count; i++) {
        probe *item = &list->probes[i];
        if (item->compared && offset >= item->compared &&
            offset < item->compared + strlen(item->text) + 20) {
            complain_of_row(list, item);
            return;
        }
        /* What is left open is noticed just behind it. */
        if (offset < item->begin || offset > item->end + 2)
            continue;
        if (!item->has_mistake)
            gen_error(list->reader->diagnostics, item->span,
                      "'%s' means nothing here: %s", item->text, text);
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
        gen_error(diagnostics, item->span,
                  "a length is an integer, but '%s' is '%s'", item->text,
                  type->qualified);
    if (item->must_be_text && !is_text(type))
        gen_error(diagnostics, item->span, "a path is a text, but '%s' is '%s'",
                  item->text, type->qualified);
}

static void check_callback(probe_list *list, const probe *item, CXType type)
{
    const reader_callback callback = {
        .span = item->span,
        .name = item->text,
        .option = item->option,
        .function = item->function,
        .result = list->result,
        .must_answer = strcmp(item->option, "validate") == 0,
    };
    reader_check_callback(list->reader, &callback, type);
}

/* A length of a field is computed for values of any time: no variable of today
 * has a say in it. */
static enum CXChildVisitResult visit_variables(CXCursor cursor, CXCursor parent,
                                               CXClientData data)
{
    probe_list *list = data;
    probe *item = &list->probes[list->here];
    CXCursor named = clang_getCursorReferenced(cursor);
    const char *name;
    (void)parent;
    if (clang_getCursorKind(cursor) != CXCursor_DeclRefExpr ||
        clang_getCursorKind(named) != CXCursor_VarDecl)
        return CXChildVisit_Recurse;
    name = reader_text(list->reader, clang_getCursorSpelling(named));
    if (strcmp(name, "memo_object") != 0 && !item->has_mistake) {
        gen_error(list->reader->diagnostics, item->span,
                  "the length '%s' depends on the variable '%s'; it may only "
                  "compute with numbers of the same struct",
                  item->text, name);
        item->has_mistake = true;
    }
    return CXChildVisit_Recurse;
}

static void check_variables(probe_list *list, size_t index, CXCursor cursor)
{
    if (!list->probes[index].is_of_field)
        return;
    list->here = index;
    clang_visitChildren(cursor, visit_variables, list);
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
    if (strcmp(name, "memo_result") == 0) /* before all others */
        list->result = clang_getCursorType(cursor);
    if (strncmp(name, prefix, sizeof prefix - 1) != 0)
        return CXChildVisit_Continue;
    for (name += sizeof prefix - 1; *name >= '0' && *name <= '9'; name++)
        index = index * 10 + (size_t)(*name - '0');
    if (index >= list->count || list->probes[index].has_mistake)
        return CXChildVisit_Continue;
    if (list->probes[index].option) {
        check_callback(list, &list->probes[index], clang_getCursorType(cursor));
    } else {
        check_answer(list, &list->probes[index],
                     reader_type(list->reader, clang_getCursorType(cursor)));
        check_variables(list, index, cursor);
    }
    return CXChildVisit_Continue;
}

static void read_answers(probe_list *list)
{
    reader *r = list->reader;
    unsigned count = clang_getNumDiagnostics(r->unit);
    for (unsigned i = 0; i < count; i++) {
        CXDiagnostic diagnostic = clang_getDiagnostic(r->unit, i);
        if (clang_getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error)
            report_mistake(list, diagnostic);
        else
            report_effect(list, diagnostic);
        clang_disposeDiagnostic(diagnostic);
    }
    clang_visitChildren(clang_getTranslationUnitCursor(r->unit), visit_answer,
                        list);
}

void gen_source_probe(gen_arena *arena, gen_diagnostics *diagnostics,
                      const gen_source_request *request, gen_file *file)
{
    gen_source_request probing = *request;
    reader r = {
        .arena = arena,
        .diagnostics = diagnostics,
        .request = &probing,
        .out = GEN_NEW(arena, gen_file), /* what is found here is not kept */
    };
    probe_list list = {.reader = &r, .file = file};
    CXIndex index;

    probing.is_probe = true;
    write_text(&list, file);
    if (list.count) {
        index = clang_createIndex(0, 0);
        r.unit = reader_parse(arena, index, &probing, list.text.data,
                              list.text.size);
        if (r.unit) {
            read_answers(&list);
            clang_disposeTranslationUnit(r.unit);
        }
        clang_disposeIndex(index);
    }
    gen_text_finish(&list.text);
}
