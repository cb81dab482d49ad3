/* report.c -- --list, --explain and --suggest. */
#include "report.h"

#include "checks.h"
#include "closure.h"
#include "diff.h"
#include "json.h"
#include "plan_arrow.h"
#include "plan_input.h"

#include <string.h>

static unsigned line_of(gen_span span)
{
    unsigned line = 0, column = 0;
    if (span.source)
        gen_locate(span.source, span.offset, &line, &column);
    return line;
}

/* ---- JSON ------------------------------------------------------------------
 */

static void key(gen_text *out, const char *name, bool *has_some)
{
    gen_text_append_string(out, *has_some ? ", " : "");
    gen_json_append_string(out, name);
    gen_text_append_string(out, ": ");
    *has_some = true;
}

static void string_member(gen_text *out, const char *name, const char *value,
                          bool *has_some)
{
    key(out, name, has_some);
    gen_json_append_string(out, value);
}

static void number_member(gen_text *out, const char *name,
                          unsigned long long value, bool *has_some)
{
    key(out, name, has_some);
    gen_text_append_format(out, "%llu", value);
}

/* ---- list ------------------------------------------------------------------
 */

static void list_json(gen_text *out, const gen_unit *unit,
                      const gen_function *function, const char *hash)
{
    bool has_some = false;
    gen_text_append_string(out, "{");
    string_member(out, "name", function->name, &has_some);
    string_member(out, "file", unit->path, &has_some);
    number_member(out, "line", line_of(function->name_span), &has_some);
    string_member(out, "options",
                  gen_annotation_text(unit->arena, function->annotation),
                  &has_some);
    string_member(out, "source_hash", hash, &has_some);
    gen_text_append_string(out, "}");
}

static void list_function(gen_text *out, const gen_unit *unit,
                          const gen_function *function, bool as_json)
{
    char hash[33];
    const char *options =
        gen_annotation_text(unit->arena, function->annotation);
    gen_unit_source_hash(unit, function, hash);
    if (as_json)
        list_json(out, unit, function, hash);
    else
        gen_text_append_format(out, "%s:%u: %s  %s%s%s%s\n", unit->path,
                               line_of(function->name_span), function->name,
                               hash, *options ? "  (" : "", options,
                               *options ? ")" : "");
}

void gen_report_list(gen_text *out, gen_unit *units, size_t count, bool as_json)
{
    bool has_some = false;
    gen_text_append_string(out, as_json ? "[" : "");
    for (size_t i = 0; i < count; i++) {
        const gen_file *file = units[i].file;
        for (size_t f = 0; file && f < file->function_count; f++) {
            if (!file->functions[f].annotation)
                continue;
            if (as_json)
                gen_text_append_string(out, has_some ? ",\n " : "\n ");
            list_function(out, &units[i], &file->functions[f], as_json);
            has_some = true;
        }
    }
    gen_text_append_string(out, as_json ? "\n]\n" : "");
}

/* ---- explain ---------------------------------------------------------------
 */

static const char *pass_words(gen_arena *arena, const gen_function *function,
                              size_t index)
{
    gen_strategy strategy = gen_plan_parameter(function, index);
    const char *way = strategy.is_output
                          ? strategy.is_input ? "read and written" : "written"
                          : "read";
    switch (strategy.passing) {
    case GEN_PASS_IGNORED:
        if (gen_arrow_is_partner(function, index))
            return "with the array that it describes";
        return strategy.clause && strategy.clause->kind == GEN_CLAUSE_HASH
                   ? "by the value of its hash function"
                   : "not part of the key";
    case GEN_PASS_VALUE:
        return "by value";
    case GEN_PASS_TEXT:
        return "as text up to its NUL; NULL is a value of its own";
    case GEN_PASS_ELEMENTS:
        return gen_arena_format(
            arena, "%s, %s", way,
            strategy.clause && strategy.clause->kind == GEN_CLAUSE_DEREF
                ? "one object; NULL is a value of its own"
                : "element by element; NULL is a value of its own");
    case GEN_PASS_ARROW:
        return gen_arena_format(
            arena, "%s, the content of what Arrow's struct describes", way);
    }
    return "";
}

static const char *result_words(const gen_function *function)
{
    const gen_annotation *annotation = function->annotation;
    if (function->result->kind == GEN_TYPE_VOID)
        return "none";
    if (function->result->kind != GEN_TYPE_POINTER)
        return "copied by value";
    if (annotation->returns == GEN_RETURNS_STATIC)
        return "the same pointer every time (static)";
    if (annotation->returns == GEN_RETURNS_ARRAY)
        return "a copy from malloc() per call, which the caller frees";
    if (function->result->target->is_plain_char)
        return "a copy of the text from malloc() per call, which the caller "
               "frees";
    return "a copy of one object from malloc() per call, which the caller "
           "frees";
}

static const char *entity_words(const gen_entity *entity)
{
    if (entity->is_system)
        return entity->kind == GEN_ENTITY_MACRO
                   ? "by name and value (system header)"
                   : "by name (system header)";
    if (!entity->is_defined)
        return "by name here; by source where another file is processed";
    if (entity->is_replaceable)
        return "by name (weak: another definition may win)";
    return entity->kind == GEN_ENTITY_VARIABLE && entity->is_mutable
               ? "by its declaration and first value"
               : "by its tokens";
}

static const char *kind_words(const gen_entity *entity)
{
    switch (entity->kind) {
    case GEN_ENTITY_FUNCTION:
        return "function";
    case GEN_ENTITY_VARIABLE:
        return "variable";
    case GEN_ENTITY_TYPE:
        return "type";
    case GEN_ENTITY_MACRO:
        return "macro";
    }
    return "";
}

/* One row of the explanation; text and JSON are made of the same rows. */
typedef struct {
    gen_text *out;
    bool as_json, has_section, has_row;
} explanation;

static void begin_section(explanation *e, const char *id, const char *title)
{
    if (e->as_json) {
        gen_text_append_string(e->out, e->has_section ? "],\n  " : ",\n  ");
        gen_json_append_string(e->out, id);
        gen_text_append_string(e->out, ": [");
    } else {
        gen_text_append_format(e->out, "  %s\n", title);
    }
    e->has_section = true;
    e->has_row = false;
}

static void add_row(explanation *e, const char *name, const char *what,
                    gen_span span, const char *how)
{
    unsigned line = line_of(span);
    const char *file = span.source ? span.source->path : NULL;
    bool has_some = false;
    if (!e->as_json) {
        gen_text_append_format(e->out, "    %-20s %-12s %s", name, what, how);
        if (file && line)
            gen_text_append_format(e->out, "  %s:%u", file, line);
        gen_text_append_string(e->out, "\n");
        return;
    }
    gen_text_append_string(e->out, e->has_row ? ",\n    {" : "\n    {");
    string_member(e->out, "name", name, &has_some);
    string_member(e->out, "what", what, &has_some);
    string_member(e->out, "how", how, &has_some);
    if (file && line) {
        string_member(e->out, "file", file, &has_some);
        number_member(e->out, "line", line, &has_some);
    }
    gen_text_append_string(e->out, "}");
    e->has_row = true;
}

static const gen_span nowhere = {NULL, 0, 0};

static void explain_inputs(explanation *e, const gen_unit *unit,
                           const gen_function *function)
{
    const gen_annotation *annotation = function->annotation;
    begin_section(e, "inputs", "inputs, in the order of the key");
    for (size_t i = 0; i < function->parameter_count; i++)
        add_row(e, function->parameters[i].name,
                function->parameters[i].type->qualified, nowhere,
                pass_words(unit->arena, function, i));
    for (size_t i = 0; i < annotation->clause_count; i++) {
        if (annotation->clauses[i].kind == GEN_CLAUSE_HASH)
            add_row(e, annotation->clauses[i].whole.text, "hash", nowhere,
                    "by value");
    }
    for (size_t i = 0; i < annotation->keys.count; i++)
        add_row(e, annotation->keys.items[i].text, "key", nowhere,
                "its value before the call");
    for (size_t i = 0; i < annotation->depends.count; i++)
        add_row(e, annotation->depends.items[i].text, "file", nowhere,
                "by its size and time of change");
}

static void explain_closure(explanation *e, const gen_unit *unit,
                            const gen_function *function)
{
    size_t count = 0;
    const gen_entity **members =
        gen_closure_members(unit->arena, function->entity, &count);
    begin_section(e, "source", "source hash covers");
    if (function->annotation->ignores_code)
        return;
    for (size_t i = 0; i < count; i++)
        add_row(e, members[i]->name, kind_words(members[i]), members[i]->span,
                entity_words(members[i]));
}

static void explain_impurities(explanation *e, const gen_unit *unit,
                               const gen_function *function)
{
    const gen_impurity *impurity = gen_closure_impurities(
        unit->arena, unit->file, function->entity, false);
    begin_section(e, "impurities", "impurities");
    for (; impurity; impurity = impurity->next) {
        const char *way = function->name;
        for (size_t i = 1; i < impurity->path_size; i++)
            way = gen_arena_format(unit->arena, "%s -> %s", way,
                                   impurity->path[i]->name);
        add_row(e, impurity->name, gen_impurity_words(impurity->kind),
                impurity->span, way);
    }
}

static void explain_limits(explanation *e, const gen_unit *unit,
                           const gen_function *function)
{
    const gen_annotation *annotation = function->annotation;
    gen_arena *arena = unit->arena;
    begin_section(e, "limits", "limits");
    add_row(e, "ttl", "", nowhere,
            annotation->ttl_ns
                ? gen_arena_format(arena, "%.9g s from the write",
                                   (double)annotation->ttl_ns / 1e9)
                : "none");
    add_row(e, "max_entries", "", nowhere,
            annotation->max_entries
                ? gen_arena_format(arena, "%llu",
                                   (unsigned long long)annotation->max_entries)
                : "none");
    add_row(e, "max_bytes", "", nowhere,
            annotation->max_bytes
                ? gen_arena_format(arena, "%llu",
                                   (unsigned long long)annotation->max_bytes)
                : "none");
    if (annotation->cache_if.text)
        add_row(e, "cache_if", "", nowhere, annotation->cache_if.text);
}

static void explain_function(explanation *e, const gen_unit *unit,
                             const gen_function *function)
{
    char hash[33];
    bool has_some = false;
    gen_unit_source_hash(unit, function, hash);
    if (e->as_json) {
        gen_text_append_string(e->out, "{");
        string_member(e->out, "name", function->name, &has_some);
        string_member(e->out, "file", unit->path, &has_some);
        number_member(e->out, "line", line_of(function->name_span), &has_some);
        string_member(e->out, "options",
                      gen_annotation_text(unit->arena, function->annotation),
                      &has_some);
        string_member(e->out, "source_hash", hash, &has_some);
        string_member(e->out, "result", result_words(function), &has_some);
    } else {
        gen_text_append_format(e->out, "%s, %s:%u\n  source hash %s\n",
                               function->name, unit->path,
                               line_of(function->name_span), hash);
        gen_text_append_format(e->out, "  result: %s: %s\n",
                               function->result->qualified,
                               result_words(function));
    }
    explain_inputs(e, unit, function);
    explain_closure(e, unit, function);
    explain_impurities(e, unit, function);
    explain_limits(e, unit, function);
    gen_text_append_string(e->out, e->as_json ? "]}" : "");
}

bool gen_report_explain(gen_text *out, gen_unit *units, size_t count,
                        const char *name, bool as_json)
{
    bool found = false;
    gen_text_append_string(out, as_json ? "[" : "");
    for (size_t i = 0; i < count; i++) {
        const gen_file *file = units[i].file;
        for (size_t f = 0; file && f < file->function_count; f++) {
            explanation e = {.out = out, .as_json = as_json};
            if (!file->functions[f].annotation ||
                strcmp(file->functions[f].name, name) != 0)
                continue;
            if (found)
                gen_text_append_string(out, as_json ? ",\n" : "\n");
            explain_function(&e, &units[i], &file->functions[f]);
            found = true;
        }
    }
    gen_text_append_string(out, as_json ? "]\n" : "");
    return found;
}

/* ---- suggest ---------------------------------------------------------------
 */

/* Where the line of the head begins, if nothing else stands on it; SIZE_MAX if
 * an annotation has no place there. */
static size_t annotation_place(const gen_function *function)
{
    const gen_source_text *source = function->head.source;
    size_t begin = function->head.offset;
    if (!source)
        return SIZE_MAX;
    while (begin > 0 &&
           (source->text[begin - 1] == ' ' || source->text[begin - 1] == '\t'))
        begin--;
    if (begin > 0 && source->text[begin - 1] != '\n')
        return SIZE_MAX;
    return begin;
}

static const char *why_not(const gen_unit *unit, const gen_function *function)
{
    const char *why = gen_check_candidate(unit->arena, unit->file, function);
    if (!why && annotation_place(function) == SIZE_MAX)
        why = "other code stands before it on its line";
    return why;
}

static void suggest_row(gen_text *out, const gen_unit *unit,
                        const gen_function *function, const char *why,
                        bool as_json)
{
    bool has_some = false;
    if (!as_json) {
        gen_text_append_format(
            out, "%s:%u: %s: %s%s\n", unit->path, line_of(function->name_span),
            function->name, why ? "no: " : "could be memoized", why ? why : "");
        return;
    }
    gen_text_append_string(out, "{");
    string_member(out, "name", function->name, &has_some);
    string_member(out, "file", unit->path, &has_some);
    number_member(out, "line", line_of(function->name_span), &has_some);
    key(out, "memoizable", &has_some);
    gen_text_append_string(out, why ? "false" : "true");
    if (why)
        string_member(out, "reason", why, &has_some);
    gen_text_append_string(out, "}");
}

void gen_report_suggest(gen_text *out, gen_unit *units, size_t count,
                        bool as_json)
{
    bool has_some = false;
    gen_text_append_string(out, as_json ? "[" : "");
    for (size_t i = 0; i < count; i++) {
        const gen_function *function =
            units[i].file ? units[i].file->candidates : NULL;
        for (; function; function = function->next) {
            if (as_json)
                gen_text_append_string(out, has_some ? ",\n " : "\n ");
            suggest_row(out, &units[i], function, why_not(&units[i], function),
                        as_json);
            has_some = true;
        }
    }
    gen_text_append_string(out, as_json ? "\n]\n" : "");
}

/* The file's text with "// @memo" above every candidate. */
static void annotate(gen_text *out, const gen_unit *unit)
{
    const gen_source_text *source = &unit->text;
    const gen_function *function = unit->file->candidates;
    size_t copied = 0;
    for (; function; function = function->next) {
        size_t place = annotation_place(function);
        if (why_not(unit, function) || place < copied)
            continue;
        gen_text_append(out, source->text + copied, place - copied);
        gen_text_append(out, source->text + place,
                        function->head.offset - place);
        gen_text_append_string(out, "/* @memo */\n");
        copied = place;
    }
    gen_text_append(out, source->text + copied, source->size - copied);
}

void gen_report_suggest_diff(gen_text *out, gen_unit *units, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        gen_text annotated = {0};
        if (!units[i].file || !units[i].file->candidates)
            continue;
        annotate(&annotated, &units[i]);
        gen_diff_append(out, units[i].path, units[i].text.text,
                        units[i].text.size, units[i].path,
                        annotated.data ? annotated.data : "", annotated.size);
        gen_text_finish(&annotated);
    }
}
