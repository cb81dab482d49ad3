/* checks.c -- what keeps a function from being memoized. */
#include "checks.h"

#include "annotation_word.h"
#include "checks_offer.h"
#include "checks_parameter.h"
#include "checks_share.h"
#include "closure.h"
#include "head.h"
#include "lex.h"
#include "plan_input.h"
#include "plan_type.h"

#include <string.h>

/* ---- sites -----------------------------------------------------------------
 */

static bool is_attached(const gen_file *file, const gen_annotation_site *site)
{
    for (size_t i = 0; i < file->function_count; i++) {
        if (file->functions[i].site == site)
            return true;
    }
    return false;
}

static bool is_inactive(const gen_file *file, size_t offset)
{
    for (size_t i = 0; i < file->inactive_count; i++) {
        if (file->inactive[i].begin <= offset && offset < file->inactive[i].end)
            return true;
    }
    return false;
}

void gen_check_sites(gen_diagnostics *diagnostics, const gen_file *file,
                     const gen_scan *scan)
{
    for (size_t i = 0; i < scan->count; i++) {
        const gen_annotation_site *site = &scan->sites[i];
        gen_span span = {file->text, site->offset, 1};
        if (is_attached(file, site) || (file->claimed && file->claimed[i]))
            continue;
        if (is_inactive(file, site->offset))
            gen_remark(diagnostics, span,
                       "this annotation stands where #if leaves it out; it has "
                       "no effect in this configuration");
        else if (gen_annotation_word(site->text, site->size).meaning ==
                 GEN_WORD_TYPE)
            gen_error(diagnostics, span,
                      "no struct, union or typedef follows this annotation");
        else if (site->is_trailing)
            gen_error(diagnostics, span,
                      "an annotation stands behind code here; put it on a line "
                      "of its own, directly above the function");
        else if (site->depth > 0)
            gen_error(diagnostics, span,
                      "an annotation stands inside of braces here; only a "
                      "function definition at file level can be memoized");
        else if (site->is_followed_by_annotation)
            gen_error(diagnostics, span,
                      "another annotation follows before any code; write all "
                      "options of a function into one");
        else if (site->next_token >= file->text->size)
            gen_error(diagnostics, span, "no function follows this annotation");
        else
            gen_error(diagnostics, span,
                      "this annotation is not followed by a function "
                      "definition; it cannot stand above a prototype, a "
                      "variable, a type or a macro call");
    }
}

/* ---- the definition --------------------------------------------------------
 */

static const struct {
    const char *name, *why;
} refused[] = {
    {"noreturn", "it never hands out a result"},
    {"constructor", "it runs before main() and its result is lost"},
    {"destructor", "it runs after main() and its result is lost"},
    {"alias", "its body is another function's"},
    {"ifunc", "it is called by the loader to choose another function"},
    {"weakref", "its body is another function's"},
    {"naked", "its body has no ordinary way in or out"},
    {"interrupt", "it is called by the machine, not by code"},
    {"interrupt_handler", "it is called by the machine, not by code"},
    {"signal", "it is called by the machine, not by code"},
    {"returns_twice", "it may return more than once for one call"},
    {"gnu_inline", "its definition may be left out of the program"},
};

static void check_attribute(gen_diagnostics *diagnostics,
                            const gen_function *function,
                            const gen_attribute *attribute)
{
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        if (strcmp(refused[i].name, attribute->name) == 0) {
            gen_error(diagnostics, attribute->span,
                      "'%s' cannot be memoized: it has the attribute '%s' (%s)",
                      function->name, attribute->name, refused[i].why);
            return;
        }
    }
    if (gen_attribute_find_place(attribute->name) == GEN_ATTRIBUTE_REFUSED)
        gen_error(diagnostics, attribute->span,
                  "'%s' cannot be memoized: memogen does not know whether the "
                  "attribute '%s' belongs to the function or to its wrapper",
                  function->name, attribute->name);
}

/* Complaints about the definition as such; true if there is none. */
static bool check_definition(gen_diagnostics *diagnostics,
                             const gen_function *function)
{
    size_t before = diagnostics->error_count;
    gen_span name = function->name_span;
    if (strcmp(function->name, "main") == 0)
        gen_error(diagnostics, name,
                  "'main' cannot be memoized: the program starts there");
    if (function->is_name_from_macro) {
        gen_error(diagnostics, name,
                  "'%s' cannot be memoized: a macro makes its name or its "
                  "braces, so there is no text to rewrite; write the "
                  "definition out",
                  function->name);
        return false;
    }
    if (function->is_variadic)
        gen_error(diagnostics, name,
                  "'%s' cannot be memoized: it takes variable arguments, whose "
                  "number and types nobody knows; wrap it in a function with "
                  "fixed ones",
                  function->name);
    if (function->is_old_style)
        gen_error(diagnostics, name,
                  "'%s' cannot be memoized: it is defined in the old style; "
                  "write the types into the parameter list",
                  function->name);
    if (function->defines_type_in_head)
        gen_error(diagnostics, name,
                  "'%s' cannot be memoized: its head defines a type, which the "
                  "wrapper would define again; define the type above",
                  function->name);
    for (size_t i = 0; i < function->attribute_count; i++)
        check_attribute(diagnostics, function, &function->attributes[i]);
    return diagnostics->error_count == before;
}

/* ---- results that persist --------------------------------------------------
 */

static gen_span piece_span(const gen_function *function, gen_piece piece)
{
    return (gen_span){function->name_span.source,
                      function->site->offset + piece.offset, piece.size};
}

static void check_persist(gen_diagnostics *diagnostics,
                          const gen_function *function)
{
    const gen_annotation *annotation = function->annotation;
    gen_span at = piece_span(function, annotation->at_persist);

    if (annotation->persist == GEN_PERSIST_NONE)
        return;
    if (annotation->returns == GEN_RETURNS_STATIC)
        gen_error(diagnostics, at,
                  "'persist' keeps what other processes can use, but '%s' "
                  "returns an address, which means nothing to them; leave out "
                  "'persist' or returns(static)",
                  function->name);
    if (annotation->borrow)
        gen_error(diagnostics, at,
                  "'persist' reads a copy for every process, but with 'borrow' "
                  "results of '%s' are not copied; leave out one of them",
                  function->name);
}

/* ---- results ---------------------------------------------------------------
 */

static void check_returned(gen_diagnostics *diagnostics,
                           const gen_function *function)
{
    for (size_t i = 0; i < function->return_count; i++) {
        gen_diagnostic *error;
        if (!function->return_problems[i])
            continue;
        error = gen_error(diagnostics, function->returns[i],
                          "'%s' returns %s, but %s", function->name,
                          function->return_problems[i],
                          function->annotation->borrow
                              ? "it is freed when nobody uses it any more"
                              : "its callers get copies that they free()");
        gen_note(diagnostics, error, function->name_span,
                 "return memory of malloc(), or say returns(static) if what it "
                 "points at is never freed and never changes");
    }
}

/* Copies come from where the original does, and go back there. */
static void check_allocation(gen_diagnostics *diagnostics,
                             const gen_function *function)
{
    const gen_annotation *annotation = function->annotation;
    const gen_piece *alone =
        !annotation->free_function.text    ? &annotation->alloc_function
        : !annotation->alloc_function.text ? &annotation->free_function
                                           : NULL;

    if (alone && alone->text)
        gen_error(
            diagnostics, piece_span(function, *alone),
            "'free' and 'alloc' need each other: copies come from one and "
            "go back to the other");
}

static void check_pointer_result(gen_arena *arena, gen_diagnostics *diagnostics,
                                 const gen_function *function)
{
    const gen_annotation *annotation = function->annotation;
    const gen_type *target = function->result->target;
    const char *where = "", *why;
    gen_diagnostic *error;
    if (annotation->returns == GEN_RETURNS_STATIC)
        return;
    if (target->is_const && !annotation->borrow) {
        error = gen_error(diagnostics, function->name_span,
                          "'%s' returns '%s': nothing says who owns what it "
                          "points at",
                          function->name, function->result->qualified);
        gen_check_offer(arena, diagnostics, error, function, "returns(static)",
                        "it is static, never freed and never changes");
        gen_note(diagnostics, error, function->name_span,
                 "or return memory of malloc() as '%s *', which callers free",
                 target->spelling);
        return;
    }
    why = gen_check_value_type(arena, target, GEN_USE_COPY, &where);
    if (target->kind == GEN_TYPE_VOID)
        why = "is void, so nothing says what to copy";
    else if (!why && annotation->returns == GEN_RETURNS_ARRAY &&
             gen_type_flexible_array(target))
        why = "ends in a flexible array, so there is no array of it";
    if (why) {
        error = gen_error(diagnostics, function->name_span,
                          "'%s' returns '%s', which cannot be %s: %s%s%s %s",
                          function->name, function->result->qualified,
                          annotation->borrow ? "borrowed" : "copied",
                          *where ? "its field '" : "what it points at",
                          *where ? where : "", *where ? "'" : "", why);
        gen_check_show_field(diagnostics, error, target, where);
        return;
    }
    if (annotation->returns == GEN_RETURNS_DEFAULT && !target->is_plain_char &&
        target->kind != GEN_TYPE_STRUCT &&
        !(target->record && target->record->codec)) {
        error = gen_error(diagnostics, function->name_span,
                          "'%s' returns '%s', and nothing says how many "
                          "elements that are",
                          function->name, function->result->qualified);
        gen_check_offer(arena, diagnostics, error, function,
                        "returns(result[1])",
                        "say how many, in terms of the parameters");
        return;
    }
    check_returned(diagnostics, function);
}

static void check_result(gen_arena *arena, gen_diagnostics *diagnostics,
                         const gen_function *function)
{
    const gen_annotation *annotation = function->annotation;
    const gen_type *result = function->result;
    const char *where = "", *why;
    if (result->kind != GEN_TYPE_POINTER &&
        annotation->returns != GEN_RETURNS_DEFAULT)
        gen_error(diagnostics, piece_span(function, annotation->at_returns),
                  "'returns' speaks of a pointer, but '%s' returns '%s'",
                  function->name, result->qualified);
    gen_check_sharing(diagnostics, function);
    if (result->kind == GEN_TYPE_VOID || annotation->flavour == GEN_SINGLETON)
        return;
    if (result->kind == GEN_TYPE_POINTER &&
        result->target->kind != GEN_TYPE_FUNCTION) {
        check_pointer_result(arena, diagnostics, function);
        return;
    }
    why = gen_check_value_type(arena, result, GEN_USE_COPY, &where);
    if (!why && gen_type_flexible_array(result))
        why = "ends in a flexible array, which is not returned with it";
    if (why)
        gen_check_show_field(
            diagnostics,
            gen_error(diagnostics, function->name_span,
                      "'%s' returns '%s', which cannot be kept: %s%s%s %s",
                      function->name, result->qualified,
                      *where ? "its field '" : "it", where, *where ? "'" : "",
                      why),
            result, where);
}

/* ---- further inputs --------------------------------------------------------
 */

/* The value of key(EXPR) or of hash(p, fn): a text or a flat value. */
static void check_input(gen_arena *arena, gen_diagnostics *diagnostics,
                        const gen_function *function,
                        const gen_expression *input, const char *verb)
{
    const gen_type *type = input->type;
    const char *where = "", *why;
    if (!type ||
        (type->kind == GEN_TYPE_POINTER && type->target->is_plain_char))
        return;
    why = gen_check_value_type(arena, type, GEN_USE_INPUT, &where);
    if (!why && type->kind == GEN_TYPE_POINTER)
        why = "is a pointer, and nothing says how much it points at";
    if (why)
        gen_error(diagnostics, piece_span(function, *input->piece),
                  "'%s' %s '%s', which cannot be an input: %s%s%s %s",
                  input->piece->text, verb, type->qualified,
                  *where ? "its field '" : "that", where, *where ? "'" : "",
                  why);
}

static void check_inputs(gen_arena *arena, gen_diagnostics *diagnostics,
                         const gen_function *function)
{
    for (size_t i = 0; i < function->annotation->keys.count && function->keys;
         i++)
        check_input(arena, diagnostics, function, &function->keys[i], "is");
    for (size_t i = 0; i < function->hash_count; i++)
        check_input(arena, diagnostics, function, &function->hashes[i],
                    "returns");
}

/* `result` in a condition or length of a function that has none. */
static void check_result_use(gen_diagnostics *diagnostics,
                             const gen_function *function, gen_piece piece)
{
    if (piece.text && function->result->kind == GEN_TYPE_VOID &&
        gen_plan_names_result(piece.text))
        gen_error(diagnostics, piece_span(function, piece),
                  "'%s' returns nothing, so there is no 'result'",
                  function->name);
}

/* ---- doubts ----------------------------------------------------------------
 */

static bool is_accepted(const gen_annotation *annotation, const char *name)
{
    if (annotation->impure_ok)
        return true;
    for (size_t i = 0; i < annotation->impure_names.count; i++) {
        if (strcmp(annotation->impure_names.items[i].text, name) == 0)
            return true;
    }
    return false;
}

static const char *impurity_id(gen_impurity_kind kind)
{
    return kind == GEN_IMPURE_TIME_MACRO ? "memo-time" : "memo-impure";
}

static void warn_impure(gen_diagnostics *diagnostics,
                        const gen_function *function,
                        const gen_impurity *impurity)
{
    gen_span at =
        impurity->path_size ? impurity->path_spans[0] : impurity->span;
    gen_diagnostic *warning = gen_warning(
        diagnostics, impurity_id(impurity->kind), at,
        "'%s' is memoized but uses %s%s%s%s: a hit does not", function->name,
        gen_impurity_words(impurity->kind), *impurity->name ? " '" : "",
        impurity->name, *impurity->name ? "'" : "");
    for (size_t i = 1; i < impurity->path_size; i++)
        gen_note(diagnostics, warning, impurity->path_spans[i],
                 i + 1 < impurity->path_size
                     ? "'%s', called above, uses this"
                     : "'%s', called above, uses it here",
                 impurity->path[i]->name);
}

/* in(p[n]), deref(p) and string(p) promise that it is only read. */
static void check_writes(gen_diagnostics *diagnostics,
                         const gen_function *function)
{
    for (size_t i = 0; i < function->parameter_count; i++) {
        const gen_parameter *parameter = &function->parameters[i];
        const gen_clause *clause = gen_plan_clause(function, i);
        if (!parameter->written.source || !clause ||
            (clause->kind != GEN_CLAUSE_IN &&
             clause->kind != GEN_CLAUSE_DEREF &&
             clause->kind != GEN_CLAUSE_STRING) ||
            is_accepted(function->annotation, parameter->name))
            continue;
        gen_warning(diagnostics, "memo-impure", parameter->written,
                    "'%s' is memoized but writes through '%s', which %s says "
                    "is only read: a hit does not",
                    function->name, parameter->name, clause->whole.text);
    }
}

static void check_doubts(gen_arena *arena, gen_diagnostics *diagnostics,
                         const gen_file *file, const gen_function *function)
{
    size_t count = 0;
    const gen_entity **members =
        gen_closure_members(arena, function->entity, &count);
    for (const gen_impurity *impurity =
             gen_closure_impurities(arena, file, function->entity, false);
         impurity; impurity = impurity->next) {
        if (!is_accepted(function->annotation, impurity->name) &&
            !(function->annotation->flavour == GEN_SINGLETON &&
              gen_check_is_resource_use(impurity->kind)))
            warn_impure(diagnostics, function, impurity);
    }
    check_writes(diagnostics, function);
    for (size_t i = 0; i < count && !function->annotation->ignores_code; i++) {
        if (members[i]->reads_compiler_macro)
            gen_warning(diagnostics, "memo-compiler",
                        members[i]->compiler_macro,
                        "'%s' is memoized, and the source of '%s' depends on "
                        "the compiler here; memogen sees clang's choice",
                        function->name, members[i]->name);
    }
}

/* ---- one function ----------------------------------------------------------
 */

void gen_check_function(gen_arena *arena, gen_diagnostics *diagnostics,
                        const gen_file *file, const gen_function *function)
{
    const gen_annotation *annotation = function->annotation;
    size_t before = diagnostics->error_count;
    if (!annotation)
        return; /* its mistakes were told */
    check_persist(diagnostics, function);
    if (!check_definition(diagnostics, function))
        return;
    gen_check_parameters(arena, diagnostics, function);
    check_inputs(arena, diagnostics, function);
    check_result(arena, diagnostics, function);
    check_allocation(diagnostics, function);
    check_result_use(diagnostics, function, annotation->cache_if);
    check_result_use(diagnostics, function, annotation->returns_length);
    if (diagnostics->error_count == before)
        check_doubts(arena, diagnostics, file, function);
}

const char *gen_check_candidate(gen_arena *arena, const gen_file *file,
                                const gen_function *function)
{
    static const gen_annotation bare = {.flavour = GEN_MEMO};
    static const gen_annotation_site nowhere = {.text = ""};
    gen_function annotated = *function;
    gen_diagnostics complaints;
    const gen_impurity *impurity;

    annotated.annotation = &bare;
    annotated.site = &nowhere;
    gen_diagnostics_init(&complaints, arena, NULL);
    gen_check_function(arena, &complaints, file, &annotated);
    for (const gen_diagnostic *d = complaints.first; d; d = d->next) {
        if (d->severity == GEN_ERROR)
            return d->text;
    }
    if (function->result->kind == GEN_TYPE_VOID)
        return "it returns nothing";
    for (size_t i = 0; i < function->parameter_count; i++) {
        const char *name = function->parameters[i].name;
        if (name && name[0] == '_')
            return gen_arena_format(arena,
                                    "'%s' would be ignored, since its name "
                                    "begins with an underscore",
                                    name);
    }
    if (complaints.first)
        return complaints.first->text;
    impurity = gen_closure_impurities(arena, file, function->entity, true);
    if (impurity)
        return gen_arena_format(
            arena, "it uses %s%s%s%s%s%s%s", gen_impurity_words(impurity->kind),
            *impurity->name ? " '" : "", impurity->name,
            *impurity->name ? "'" : "",
            impurity->path_size > 1 ? ", which it reaches through '" : "",
            impurity->path_size > 1
                ? impurity->path[impurity->path_size - 1]->name
                : "",
            impurity->path_size > 1 ? "'" : "");
    return NULL;
}
