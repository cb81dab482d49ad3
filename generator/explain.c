/* explain.c -- --explain: all that is in the key of a function, and why. */
#include "explain.h"

#include "closure.h"
#include "explain_graph.h"
#include "json.h"
#include "plan_arrow.h"
#include "plan_input.h"
#include "report_json.h"

#include <string.h>

/* ---- words -----------------------------------------------------------------
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

/* ---- sections --------------------------------------------------------------
 */

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
    unsigned line = gen_report_line(span);
    const char *file = span.source ? span.source->path : NULL;
    bool has_some = false;
    if (!e->as_json) {
        gen_text_append_format(e->out, "    %-20s  %-12s  %s", name, what, how);
        if (file && line)
            gen_text_append_format(e->out, "  %s:%u", file, line);
        gen_text_append_string(e->out, "\n");
        return;
    }
    gen_text_append_string(e->out, e->has_row ? ",\n    {" : "\n    {");
    gen_report_string(e->out, "name", name, &has_some);
    gen_report_string(e->out, "what", what, &has_some);
    gen_report_string(e->out, "how", how, &has_some);
    gen_report_place(e->out, span, &has_some);
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

/* ---- the source ------------------------------------------------------------
 */

static const char *way_words(gen_arena *arena, const gen_entity *entity)
{
    const char *reason = gen_explain_reason(entity);
    return gen_arena_format(arena, "by %s%s%s", gen_explain_way(entity),
                            *reason ? ": " : "", reason);
}

enum { TREE_WIDTH = 40, DEEPEST_INDENT = 24 };

static void tree_row(gen_text *out, const gen_unit *unit,
                     const gen_entity *entity, size_t depth, bool is_repeated)
{
    size_t indent = 2 * (depth < DEEPEST_INDENT ? depth : DEEPEST_INDENT);
    const char *name = *entity->name ? entity->name : "(unnamed)";
    size_t width = strlen(name) + indent;
    bool is_source = strcmp(gen_explain_way(entity), "name") != 0;
    gen_text_append_format(out, "    %*s%s%*s  %-8s  ", (int)indent, "", name,
                           (int)(width < TREE_WIDTH ? TREE_WIDTH - width : 0),
                           "", gen_explain_kind(entity));
    if (is_repeated)
        gen_text_append_string(out, "see above");
    else if (is_source && entity->span.source && !*gen_explain_reason(entity))
        gen_text_append_format(out, "%s:%u", entity->span.source->path,
                               gen_report_line(entity->span));
    else
        gen_text_append_string(out, way_words(unit->arena, entity));
    gen_text_append_string(out, "\n");
}

/* A node whose uses are being printed. */
typedef struct {
    size_t node, next;
} level;

/* Print the graph as a tree: every node's uses below its first place.  Deep
 * graphs cost no stack. */
static void explain_tree(gen_text *out, const gen_unit *unit,
                         const gen_explain_graph *graph)
{
    level *levels = GEN_NEW_ARRAY(unit->arena, level, graph->count + 1);
    bool *is_shown = GEN_NEW_ARRAY(unit->arena, bool, graph->count);
    size_t depth = 1;
    levels[0] = (level){0, 0};
    is_shown[0] = true;
    tree_row(out, unit, graph->nodes[0].entity, 0, false);
    while (depth > 0) {
        level *top = &levels[depth - 1];
        const gen_explain_node *node = &graph->nodes[top->node], *used;
        size_t index;
        if (top->next == node->use_count) {
            depth--;
            continue;
        }
        index = node->uses[top->next++];
        used = &graph->nodes[index];
        /* Of the rest it is enough to be told once. */
        if (is_shown[index] &&
            (used->use_count == 0 || used->entity->kind == GEN_ENTITY_TYPE ||
             used->entity->kind == GEN_ENTITY_MACRO))
            continue;
        tree_row(out, unit, used->entity, depth, is_shown[index]);
        if (!is_shown[index])
            levels[depth++] = (level){index, 0};
        is_shown[index] = true;
    }
}

static void source_json(explanation *e, const gen_unit *unit,
                        const gen_explain_graph *graph)
{
    for (size_t i = 0; i < graph->count; i++) {
        const gen_explain_node *node = &graph->nodes[i];
        const gen_entity *entity = node->entity;
        bool has_some = false;
        gen_text_append_string(e->out, i ? ",\n    {" : "\n    {");
        gen_report_number(e->out, "id", i, &has_some);
        gen_report_string(e->out, "name", entity->name, &has_some);
        gen_report_string(e->out, "what", gen_explain_kind(entity), &has_some);
        gen_report_string(e->out, "by", gen_explain_way(entity), &has_some);
        gen_report_string(e->out, "how", way_words(unit->arena, entity),
                          &has_some);
        gen_report_place(e->out, entity->span, &has_some);
        gen_report_key(e->out, "uses", &has_some);
        for (size_t k = 0; k < node->use_count; k++)
            gen_text_append_format(e->out, "%s%zu", k ? ", " : "[",
                                   node->uses[k]);
        gen_text_append_string(e->out, node->use_count ? "]}" : "[]}");
    }
}

/* What may change without that the hash does. */
static void explain_names(explanation *e, const gen_unit *unit,
                          const gen_explain_graph *graph)
{
    begin_section(e, "by_name", "known by name only");
    for (size_t i = 0; i < graph->count; i++) {
        const gen_entity *entity = graph->nodes[i].entity;
        if (*gen_explain_reason(entity) && entity->kind != GEN_ENTITY_TYPE &&
            strcmp(gen_explain_way(entity), "value") != 0)
            add_row(e, entity->name, gen_explain_kind(entity), nowhere,
                    gen_explain_reason(entity));
        if (entity->calls_through_pointer && entity->is_defined)
            add_row(e, "a call", "pointer", entity->pointer_call,
                    gen_arena_format(unit->arena,
                                     "%s calls what a pointer points at",
                                     entity->name));
    }
}

static void explain_source(explanation *e, const gen_unit *unit,
                           const gen_entity *entity, bool is_ignored)
{
    gen_explain_graph graph = gen_explain_graph_of(unit->arena, entity);
    begin_section(e, "source",
                  is_ignored ? "source hash covers nothing (code=ignore)"
                             : "source hash covers");
    if (is_ignored)
        return;
    if (e->as_json)
        source_json(e, unit, &graph);
    else
        explain_tree(e->out, unit, &graph);
    explain_names(e, unit, &graph);
}

static void explain_impurities(explanation *e, const gen_unit *unit,
                               const gen_entity *entity)
{
    const gen_impurity *impurity =
        gen_closure_impurities(unit->arena, unit->file, entity, false);
    begin_section(e, "impurities", impurity ? "impurities" : "no impurities");
    for (; impurity; impurity = impurity->next) {
        const char *way = entity->name;
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

/* ---- one function ----------------------------------------------------------
 */

static void explain_head(explanation *e, const gen_unit *unit,
                         const gen_entity *entity, const gen_function *function)
{
    char hash[33] = "";
    bool has_some = false;
    if (function)
        gen_unit_source_hash(unit, function, hash);
    if (!e->as_json) {
        gen_text_append_format(e->out, "%s, %s:%u\n", entity->name, unit->path,
                               gen_report_line(entity->span));
        if (!function) {
            gen_text_append_string(e->out, "  not memoized\n");
            return;
        }
        gen_text_append_format(e->out, "  source hash %s in this file\n", hash);
        gen_text_append_format(e->out, "  result: %s: %s\n",
                               function->result->qualified,
                               result_words(function));
        return;
    }
    gen_text_append_string(e->out, "{");
    gen_report_string(e->out, "name", entity->name, &has_some);
    gen_report_string(e->out, "file", unit->path, &has_some);
    gen_report_number(e->out, "line", gen_report_line(entity->span), &has_some);
    gen_report_key(e->out, "memoized", &has_some);
    gen_text_append_string(e->out, function ? "true" : "false");
    if (!function)
        return;
    gen_report_string(e->out, "options",
                      gen_annotation_text(unit->arena, function->annotation),
                      &has_some);
    gen_report_string(e->out, "source_hash", hash, &has_some);
    gen_report_string(e->out, "result", result_words(function), &has_some);
}

/* `function`: NULL when it is not memoized. */
static void explain_function(gen_text *out, const gen_unit *unit,
                             const gen_entity *entity,
                             const gen_function *function, bool as_json)
{
    explanation e = {.out = out, .as_json = as_json};
    explain_head(&e, unit, entity, function);
    if (function)
        explain_inputs(&e, unit, function);
    explain_source(&e, unit, entity,
                   function && function->annotation->ignores_code);
    explain_impurities(&e, unit, entity);
    if (function)
        explain_limits(&e, unit, function);
    gen_text_append_string(out, as_json ? "]}" : "");
}

/* ---- all of that name ------------------------------------------------------
 */

static const gen_function *memoized(const gen_file *file,
                                    const gen_entity *entity)
{
    for (size_t i = 0; i < file->function_count; i++) {
        if (file->functions[i].entity == entity &&
            file->functions[i].annotation)
            return &file->functions[i];
    }
    return NULL;
}

/* Call `tell` for every function of that name; false if there is none. */
static bool each_function(gen_unit *units, size_t count, const char *name,
                          void (*tell)(void *context, const gen_unit *unit,
                                       const gen_entity *entity),
                          void *context)
{
    bool found = false;
    for (size_t i = 0; i < count; i++) {
        const gen_file *file = units[i].file;
        for (size_t k = 0; file && k < file->owned_count; k++) {
            if (file->owned[k]->kind != GEN_ENTITY_FUNCTION ||
                strcmp(file->owned[k]->name, name) != 0)
                continue;
            tell(context, &units[i], file->owned[k]);
            found = true;
        }
    }
    return found;
}

typedef struct {
    gen_text *out;
    bool as_json, has_some;
} answer;

static void tell_words(void *context, const gen_unit *unit,
                       const gen_entity *entity)
{
    answer *a = context;
    if (a->has_some)
        gen_text_append_string(a->out, a->as_json ? ",\n" : "\n");
    explain_function(a->out, unit, entity, memoized(unit->file, entity),
                     a->as_json);
    a->has_some = true;
}

bool gen_explain(gen_text *out, gen_unit *units, size_t count, const char *name,
                 bool as_json)
{
    answer a = {.out = out, .as_json = as_json};
    bool found;
    gen_text_append_string(out, as_json ? "[" : "");
    found = each_function(units, count, name, tell_words, &a);
    gen_text_append_string(out, as_json ? "]\n" : "");
    return found;
}

static void tell_dot(void *context, const gen_unit *unit,
                     const gen_entity *entity)
{
    gen_explain_graph graph = gen_explain_graph_of(unit->arena, entity);
    gen_explain_dot(context, &graph);
}

bool gen_explain_as_dot(gen_text *out, gen_unit *units, size_t count,
                        const char *name)
{
    return each_function(units, count, name, tell_dot, out);
}

const char *gen_explain_nearest(gen_arena *arena, const gen_unit *units,
                                size_t count, const char *name)
{
    const char **names;
    size_t all = 0, found = 0;
    for (size_t i = 0; i < count; i++)
        all += units[i].file ? units[i].file->owned_count : 0;
    names = GEN_NEW_ARRAY(arena, const char *, all + 1);
    for (size_t i = 0; i < count; i++) {
        const gen_file *file = units[i].file;
        for (size_t k = 0; file && k < file->owned_count; k++) {
            if (file->owned[k]->kind == GEN_ENTITY_FUNCTION)
                names[found++] = file->owned[k]->name;
        }
    }
    return gen_nearest(name, names, found);
}
