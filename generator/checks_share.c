#include "checks_share.h"

#include "checks.h"
#include "plan_input.h"

#include <string.h>

static gen_span piece_span(const gen_function *function, gen_piece piece)
{
    return (gen_span){function->name_span.source,
                      function->site->offset + piece.offset, piece.size};
}

static bool is_singleton(const gen_function *function)
{
    return function->annotation->flavour == GEN_SINGLETON;
}

bool gen_check_is_shared(const gen_function *function)
{
    return is_singleton(function) || function->annotation->borrow;
}

/* What callers may assume of a fresh object. */
static void check_attributes(gen_diagnostics *diagnostics,
                             const gen_function *function)
{
    for (size_t i = 0; i < function->attribute_count; i++) {
        const gen_attribute *attribute = &function->attributes[i];
        if (strcmp(attribute->name, "malloc") == 0)
            gen_error(diagnostics, attribute->span,
                      "'%s' has the attribute 'malloc', which promises a new "
                      "object at every call, but with %s all callers share one",
                      function->name,
                      is_singleton(function) ? "@singleton" : "'borrow'");
    }
}

/* What is shared is kept as it is, and outputs beside it as flat bytes. */
static void check_outputs(gen_diagnostics *diagnostics,
                          const gen_function *function)
{
    for (size_t i = 0; i < function->parameter_count; i++) {
        gen_strategy strategy = gen_plan_parameter(function, i);
        if (strategy.is_output && strategy.element &&
            gen_type_is_deep(strategy.element))
            gen_error(diagnostics, piece_span(function, strategy.clause->whole),
                      "'%s' has pointers in it: a function whose result is "
                      "shared can only write values without",
                      function->parameters[i].name);
    }
}

/* ---- @singleton ------------------------------------------------------------
 */

/* What other calls leave alone, of what source_return.c speaks against. */
static bool is_lasting(const char *what)
{
    static const char *const lasting[] = {"a string literal",
                                          "the address of a static variable",
                                          "the address of a global variable"};
    for (size_t i = 0; i < sizeof lasting / sizeof *lasting; i++) {
        if (strcmp(what, lasting[i]) == 0)
            return true;
    }
    return false;
}

static void check_returned(gen_diagnostics *diagnostics,
                           const gen_function *function)
{
    for (size_t i = 0; i < function->return_count; i++) {
        const char *what = function->return_problems[i];
        if (what && !is_lasting(what))
            gen_error(diagnostics, function->returns[i],
                      "'%s' returns %s, but other callers get the same result "
                      "later, when that may be gone",
                      function->name, what);
    }
}

static void check_callback_use(gen_diagnostics *diagnostics,
                               const gen_function *function, gen_piece piece,
                               const char *option)
{
    if (piece.text && function->result->kind == GEN_TYPE_VOID)
        gen_error(diagnostics, piece_span(function, piece),
                  "'%s' returns nothing that %s could be called with",
                  function->name, option);
}

static void check_singleton(gen_diagnostics *diagnostics,
                            const gen_function *function)
{
    const gen_annotation *annotation = function->annotation;
    check_callback_use(diagnostics, function, annotation->validate, "validate");
    check_callback_use(diagnostics, function, annotation->release, "release");
    check_returned(diagnostics, function);
}

/* ---- borrow ----------------------------------------------------------------
 */

static void check_borrow(gen_diagnostics *diagnostics,
                         const gen_function *function)
{
    const gen_annotation *annotation = function->annotation;
    const gen_type *result = function->result;
    gen_span at = piece_span(function, annotation->at_borrow);
    if (result->kind != GEN_TYPE_POINTER)
        gen_error(diagnostics, at,
                  "'borrow' shares what a pointer leads to, but '%s' returns "
                  "'%s'",
                  function->name, result->qualified);
    else if (annotation->returns == GEN_RETURNS_STATIC)
        gen_error(diagnostics, at,
                  "'borrow' contradicts returns(static): what is static is "
                  "shared as it is, and never freed");
    else if (!result->target->is_const)
        gen_warning(diagnostics, "memo-borrow", function->name_span,
                    "'%s' returns '%s', but with 'borrow' all callers share "
                    "it, and none may change or free it; return 'const %s'",
                    function->name, result->qualified, result->spelling);
}

void gen_check_sharing(gen_diagnostics *diagnostics,
                       const gen_function *function)
{
    if (!gen_check_is_shared(function))
        return;
    check_attributes(diagnostics, function);
    check_outputs(diagnostics, function);
    if (is_singleton(function))
        check_singleton(diagnostics, function);
    else
        check_borrow(diagnostics, function);
}

bool gen_check_is_resource_use(gen_impurity_kind kind)
{
    return kind == GEN_IMPURE_FILE || kind == GEN_IMPURE_STATE ||
           kind == GEN_IMPURE_JUMP;
}
