/* checks_parameter.c -- how each parameter is read, and whether that is safe.
 */
#include "checks_parameter.h"

#include "checks.h"
#include "checks_offer.h"
#include "lex.h"
#include "plan_arrow.h"
#include "plan_input.h"
#include "plan_type.h"

#include <ctype.h>
#include <string.h>

typedef struct {
    gen_arena *arena;
    gen_diagnostics *diagnostics;
    const gen_function *function;
} checker;

static gen_span piece_span(const checker *c, gen_piece piece)
{
    return (gen_span){c->function->name_span.source,
                      c->function->site->offset + piece.offset, piece.size};
}

/* ---- lengths ---------------------------------------------------------------
 */

static bool is_write(const char *text, gen_token token)
{
    static const char *const writes[] = {
        "++", "--", "=",  "+=", "-=",  "*=", "/=",
        "%=", "&=", "|=", "^=", "<<=", ">>="};
    for (size_t i = 0; i < sizeof writes / sizeof *writes; i++) {
        if (token.kind == GEN_TOKEN_PUNCTUATOR &&
            gen_token_is(text, token, writes[i]))
            return true;
    }
    return false;
}

/* What in the text may happen twice, judged by its tokens: macros count as
 * calls.  NULL if it is a plain expression. */
static const char *find_side_effect(const char *text)
{
    gen_lexer lexer = gen_lexer_begin(text, 0, strlen(text));
    gen_token before = {0};
    for (;;) {
        gen_token token = gen_lexer_next(&lexer);
        if (token.kind == GEN_TOKEN_END)
            return NULL;
        if (is_write(text, token))
            return "changes something";
        if (gen_token_is(text, token, "(") &&
            (before.kind == GEN_TOKEN_IDENTIFIER ||
             gen_token_is(text, before, ")")) &&
            !gen_token_is(text, before, "sizeof"))
            return "calls something";
        before = token;
    }
}

static bool names_parameter(const char *text, const char *name)
{
    gen_lexer lexer = gen_lexer_begin(text, 0, strlen(text));
    for (;;) {
        gen_token token = gen_lexer_next(&lexer);
        if (token.kind == GEN_TOKEN_END)
            return false;
        if (token.kind == GEN_TOKEN_IDENTIFIER &&
            gen_token_is(text, token, name))
            return true;
    }
}

/* A length must follow from what is in the key, or a hit writes past the end of
 * a shorter buffer. */
static const char *find_unkeyed_name(const checker *c, const char *text)
{
    for (size_t i = 0; i < c->function->parameter_count; i++) {
        const gen_parameter *parameter = &c->function->parameters[i];
        if (parameter->name &&
            gen_plan_parameter(c->function, i).passing == GEN_PASS_IGNORED &&
            names_parameter(text, parameter->name))
            return parameter->name;
    }
    return NULL;
}

static void check_length(const checker *c, gen_span span, const char *text,
                         bool is_output)
{
    /* Of annotated functions source_probe.c has asked the compiler. */
    const char *effect =
        c->function->annotation->whole.text ? NULL : find_side_effect(text);
    const char *unkeyed = find_unkeyed_name(c, text);
    if (effect)
        gen_error(c->diagnostics, span, "the length '%s' %s", text, effect);
    else if (is_output && unkeyed)
        gen_error(c->diagnostics, span,
                  "the length '%s' depends on '%s', which is no part of the "
                  "key, so a hit could write past the end of the buffer",
                  text, unkeyed);
}

/* Of what may call, but shares its variables with the call itself. */
static void check_no_write(const checker *c, gen_piece piece)
{
    gen_lexer lexer;
    gen_token token;
    if (!piece.text)
        return;
    lexer = gen_lexer_begin(piece.text, 0, strlen(piece.text));
    do {
        token = gen_lexer_next(&lexer);
        if (!is_write(piece.text, token))
            continue;
        gen_error(c->diagnostics, piece_span(c, piece),
                  "'%s' changes something, which the call or its result would "
                  "see%s",
                  piece.text,
                  gen_token_is(piece.text, token, "=")
                      ? "; comparing is spelt =="
                      : "");
        return;
    } while (token.kind != GEN_TOKEN_END);
}

static void check_expressions(const checker *c)
{
    const gen_annotation *annotation = c->function->annotation;
    for (size_t i = 0; i < annotation->keys.count; i++)
        check_no_write(c, annotation->keys.items[i]);
    for (size_t i = 0; i < annotation->depends.count; i++)
        check_no_write(c, annotation->depends.items[i]);
    check_no_write(c, annotation->cache_if);
}

/* ---- clauses ---------------------------------------------------------------
 */

static const gen_parameter *find_parameter(const checker *c, const char *name)
{
    for (size_t i = 0; i < c->function->parameter_count; i++) {
        const gen_parameter *parameter = &c->function->parameters[i];
        if (parameter->name && strcmp(parameter->name, name) == 0)
            return parameter;
    }
    return NULL;
}

/* The parameter that a clause of an unknown one is about, NULL if none. */
static const char *find_meant(const checker *c, const gen_clause *clause)
{
    size_t count = 0;
    const char **names =
        GEN_NEW_ARRAY(c->arena, const char *, c->function->parameter_count + 1);
    for (size_t i = 0; i < c->function->parameter_count; i++) {
        if (c->function->parameters[i].name)
            names[count++] = c->function->parameters[i].name;
    }
    return gen_nearest(clause->parameter.text, names, count);
}

/* Is there a clause for it whose name is misspelt? */
static bool is_meant(const checker *c, const gen_parameter *parameter)
{
    const gen_annotation *annotation = c->function->annotation;
    for (size_t i = 0; i < annotation->clause_count; i++) {
        const gen_clause *clause = &annotation->clauses[i];
        if (!find_parameter(c, clause->parameter.text) &&
            find_meant(c, clause) == parameter->name)
            return true;
    }
    return false;
}

static void complain_unknown(const checker *c, const gen_clause *clause)
{
    gen_span span = piece_span(c, clause->parameter);
    const char *nearest = find_meant(c, clause);
    gen_diagnostic *error;
    error = gen_error(c->diagnostics, span, "'%s' has no parameter '%s'%s%s%s",
                      c->function->name, clause->parameter.text,
                      nearest ? "; did you mean '" : "", nearest ? nearest : "",
                      nearest ? "'?" : "");
    if (nearest)
        gen_suggest(c->diagnostics, error, span, nearest);
}

static void check_clause_elements(const checker *c, const gen_clause *clause,
                                  const gen_type *type)
{
    bool writes =
        clause->kind == GEN_CLAUSE_OUT || clause->kind == GEN_CLAUSE_INOUT;
    const gen_type *element = type->target;
    const char *where = "", *why;
    if (writes && element->is_const)
        gen_error(c->diagnostics, piece_span(c, clause->whole),
                  "'%s' points at const, so '%s' cannot write it",
                  clause->parameter.text, c->function->name);
    for (; element->kind == GEN_TYPE_ARRAY; element = element->target) {
        if (element->length)
            continue;
        gen_error(
            c->diagnostics, piece_span(c, clause->whole),
            "'%s' points at '%s', and nothing says how long such a row is",
            clause->parameter.text, type->target->spelling);
        return;
    }
    if (element->kind == GEN_TYPE_VOID && clause->kind != GEN_CLAUSE_DEREF)
        return; /* bytes */
    if (gen_arrow_record(element) != GEN_ARROW_NONE &&
        clause->kind != GEN_CLAUSE_INOUT)
        return; /* check_arrow() looks at it */
    why = gen_check_value_type(c->arena, element,
                               writes ? GEN_USE_COPY : GEN_USE_INPUT, &where);
    if (!why && clause->kind != GEN_CLAUSE_DEREF &&
        gen_type_flexible_array(element))
        why = "ends in a flexible array, so there is no array of it; write "
              "deref";
    if (!why && clause->kind == GEN_CLAUSE_INOUT &&
        gen_type_calls_user(element))
        why = "is made by functions of its own (@memo_type), so a hit cannot "
              "change the caller's in place; return the new value, or use in "
              "and out";
    if (why)
        gen_check_show_field(
            c->diagnostics,
            gen_error(c->diagnostics, piece_span(c, clause->whole),
                      "'%s' points at '%s': %s%s%s %s", clause->parameter.text,
                      element->spelling, *where ? "its field '" : "that", where,
                      *where ? "'" : "", why),
            element, where);
}

static void check_clause(const checker *c, const gen_clause *clause)
{
    const gen_parameter *parameter = find_parameter(c, clause->parameter.text);
    const gen_type *type = parameter ? parameter->type : NULL;
    bool is_pointer = type && (type->kind == GEN_TYPE_POINTER ||
                               type->kind == GEN_TYPE_ARRAY);
    bool is_output =
        clause->kind == GEN_CLAUSE_OUT || clause->kind == GEN_CLAUSE_INOUT;
    if (!parameter) {
        complain_unknown(c, clause);
        return;
    }
    for (const gen_clause *other = c->function->annotation->clauses;
         other < clause; other++) {
        if (strcmp(other->parameter.text, clause->parameter.text) == 0)
            gen_error(c->diagnostics, piece_span(c, clause->whole),
                      "a second clause for '%s'; one must say it all",
                      clause->parameter.text);
    }
    if (clause->kind == GEN_CLAUSE_IGNORE || clause->kind == GEN_CLAUSE_HASH)
        return;
    if (!is_pointer) {
        gen_error(c->diagnostics, piece_span(c, clause->whole),
                  "'%s' is no pointer but '%s'; it is an input as it is",
                  clause->parameter.text, type->qualified);
        return;
    }
    if (clause->kind == GEN_CLAUSE_STRING) {
        if (!type->target->is_plain_char)
            gen_error(c->diagnostics, piece_span(c, clause->whole),
                      "'%s' is '%s', not a text of char",
                      clause->parameter.text, type->qualified);
        return;
    }
    check_clause_elements(c, clause, type);
    for (size_t i = 0; i < clause->lengths.count; i++) {
        gen_piece length = clause->lengths.items[i];
        check_length(c, piece_span(c, length), length.text, is_output);
        if (clause->kind != GEN_CLAUSE_OUT &&
            gen_plan_names_result(length.text) && !find_parameter(c, "result"))
            gen_error(c->diagnostics, piece_span(c, length),
                      "'result' is not known before the call, when '%s' is "
                      "read",
                      clause->parameter.text);
        else if (c->function->result->kind == GEN_TYPE_VOID &&
                 gen_plan_names_result(length.text))
            gen_error(c->diagnostics, piece_span(c, length),
                      "'%s' returns nothing, so there is no 'result'",
                      c->function->name);
    }
}

/* ---- parameters without a clause -------------------------------------------
 */

static bool is_length_name(const char *name)
{
    static const char *const words[] = {"len",   "length", "size",
                                        "bytes", "nbytes", "sz"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t size = strlen(name), word = strlen(words[i]);
        if (size >= word && strcmp(name + size - word, words[i]) == 0 &&
            (size == word || name[size - word - 1] == '_' ||
             islower((unsigned char)name[size - word - 1])))
            return true;
    }
    return false;
}

static bool is_integer(const gen_type *type)
{
    return type->kind == GEN_TYPE_SIGNED || type->kind == GEN_TYPE_UNSIGNED;
}

/* A text directly followed by what may be its length may have no end. */
static void check_text(const checker *c, size_t index)
{
    const gen_parameter *text = &c->function->parameters[index];
    const gen_parameter *next = index + 1 < c->function->parameter_count
                                    ? &c->function->parameters[index + 1]
                                    : NULL;
    gen_diagnostic *complaint;
    if (!next || !next->name || !is_integer(next->type))
        return;
    if (strcmp(next->type->spelling, "size_t") == 0 ||
        is_length_name(next->name)) {
        complaint = gen_error(
            c->diagnostics, text->span,
            "'%s' is followed by '%s', which may be its length: a buffer "
            "without an end must not be read as a text",
            text->name, next->name);
    } else if (strcmp(next->name, "n") == 0 ||
               strcmp(next->name, "count") == 0) {
        complaint = gen_warning(
            c->diagnostics, "memo-length", text->span,
            "'%s' is read up to its NUL; '%s' behind it may be its length",
            text->name, next->name);
    } else {
        return;
    }
    gen_check_offer(c->arena, c->diagnostics, complaint, c->function,
                    gen_arena_format(c->arena, "string(%s)", text->name),
                    "it ends with a NUL");
    gen_check_offer(
        c->arena, c->diagnostics, complaint, c->function,
        gen_arena_format(c->arena, "in(%s[%s])", text->name, next->name),
        "it is a buffer");
}

static void offer_to_ignore(const checker *c, gen_diagnostic *to,
                            const gen_parameter *parameter)
{
    gen_check_offer(c->arena, c->diagnostics, to, c->function,
                    gen_arena_format(c->arena, "ignore(%s)", parameter->name),
                    "the result does not depend on it");
}

/* Complain of what no clause could read; false if there is nothing of it. */
static bool complain_opaque(const checker *c, const gen_parameter *parameter)
{
    const gen_type *element = parameter->type->target;
    const char *where = "", *why;
    gen_diagnostic *error;
    while (element->kind == GEN_TYPE_ARRAY)
        element = element->target;
    if (element->kind == GEN_TYPE_VOID ||
        gen_arrow_record(element) != GEN_ARROW_NONE)
        return false; /* bytes; what check_arrow() looks at */
    why = gen_check_value_type(c->arena, element, GEN_USE_INPUT, &where);
    if (!why)
        return false;
    error = gen_error(c->diagnostics, parameter->span,
                      "'%s' points at '%s': %s%s%s %s", parameter->name,
                      element->spelling, *where ? "its field '" : "that", where,
                      *where ? "'" : "", why);
    gen_check_show_field(c->diagnostics, error, element, where);
    offer_to_ignore(c, error, parameter);
    return true;
}

static void check_pointer(const checker *c, size_t index)
{
    const gen_parameter *parameter = &c->function->parameters[index];
    const gen_type *target = parameter->type->target;
    gen_diagnostic *error;
    if (target->kind == GEN_TYPE_FUNCTION) {
        error = gen_error(c->diagnostics, parameter->span,
                          "'%s' is a function pointer, and its address says "
                          "nothing about what it does",
                          parameter->name);
        offer_to_ignore(c, error, parameter);
        return;
    }
    if (gen_arrow_is_partner(c->function, index) ||
        (target->is_const &&
         gen_arrow_parameter(c->function, index) != GEN_ARROW_NONE))
        return; /* check_arrow() has looked at it */
    if (complain_opaque(c, parameter))
        return;
    if (target->is_plain_char && target->is_const) {
        check_text(c, index);
        return;
    }
    error = gen_error(
        c->diagnostics, parameter->span,
        target->is_const
            ? "'%s' points at '%s', and nothing says how much of it is an input"
            : "'%s' points at '%s', and nothing says whether it is read or "
              "written, or how much of it",
        parameter->name, target->qualified);
    gen_check_offer_clauses(c->arena, c->diagnostics, error, c->function,
                            index);
}

static void check_array(const checker *c, size_t index)
{
    const gen_parameter *parameter = &c->function->parameters[index];
    const gen_type *type = parameter->type;
    const char *where = "", *why;
    if (!type->length || !type->target) {
        check_pointer(c, index);
        return;
    }
    for (; type->kind == GEN_TYPE_ARRAY; type = type->target) {
        if (!type->length) {
            check_pointer(c, index);
            return;
        }
        if (!type->has_constant_length)
            check_length(c, parameter->span, type->length, false);
    }
    if (!type->is_const) {
        gen_diagnostic *error = gen_error(
            c->diagnostics, parameter->span,
            "'%s' is an array that is not const, and nothing says whether it "
            "is read or written",
            parameter->name);
        gen_check_offer_clauses(c->arena, c->diagnostics, error, c->function,
                                index);
        return;
    }
    why = gen_check_value_type(c->arena, type, GEN_USE_INPUT, &where);
    if (!why && gen_type_flexible_array(type))
        why = "ends in a flexible array, so there is no array of it";
    if (why)
        gen_check_show_field(c->diagnostics,
                             gen_error(c->diagnostics, parameter->span,
                                       "'%s' is an array of '%s': %s%s%s %s",
                                       parameter->name, type->spelling,
                                       *where ? "its field '" : "that", where,
                                       *where ? "'" : "", why),
                             type, where);
}

static void check_value(const checker *c, const gen_parameter *parameter)
{
    const char *where = "";
    const char *why =
        gen_check_value_type(c->arena, parameter->type, GEN_USE_INPUT, &where);
    gen_diagnostic *error;
    if (!why && gen_type_flexible_array(parameter->type))
        why = "ends in a flexible array, which is not passed with it";
    if (!why)
        return;
    error = gen_error(
        c->diagnostics, parameter->span, "'%s' is '%s': %s%s%s %s",
        parameter->name, parameter->type->qualified,
        *where ? "its field '" : "that", where, *where ? "'" : "", why);
    gen_check_show_field(c->diagnostics, error, parameter->type, where);
    offer_to_ignore(c, error, parameter);
}

static bool shares_schema(const gen_function *function, size_t array,
                          size_t schema)
{
    for (size_t i = 0; i < function->parameter_count; i++) {
        size_t other;

        if (i != array && gen_arrow_parameter(function, i) == GEN_ARROW_ARRAY &&
            gen_arrow_schema_of(function, i, &other) && other == schema)
            return true;
    }
    return false;
}

/* An array of Arrow means nothing without its schema. */
static void check_arrow(const checker *c, size_t index)
{
    const gen_parameter *parameter = &c->function->parameters[index];
    gen_strategy strategy = gen_plan_parameter(c->function, index);
    size_t schema;

    if (gen_arrow_parameter(c->function, index) != GEN_ARROW_ARRAY ||
        strategy.passing != GEN_PASS_ARROW)
        return;
    if (!gen_arrow_schema_of(c->function, index, &schema))
        offer_to_ignore(
            c,
            gen_error(c->diagnostics, parameter->span,
                      "'%s' is an array of Arrow, and no parameter is its "
                      "struct ArrowSchema",
                      parameter->name),
            parameter);
    else if (strategy.is_output && shares_schema(c->function, index, schema))
        gen_error(c->diagnostics, parameter->span,
                  "'%s' is written and shares the schema '%s' with another "
                  "array; let each have its own",
                  parameter->name, c->function->parameters[schema].name);
    else if (strategy.is_output &&
             c->function->parameters[schema].type->target->is_const)
        gen_error(c->diagnostics, c->function->parameters[schema].span,
                  "'%s' is the schema of '%s', which is written, but points "
                  "at const; let the function write both",
                  c->function->parameters[schema].name, parameter->name);
}

static void check_parameter(const checker *c, size_t index)
{
    const gen_parameter *parameter = &c->function->parameters[index];
    gen_type_kind kind = parameter->type->kind;
    if (!parameter->name) {
        gen_error(c->diagnostics, parameter->span,
                  "'%s' cannot be memoized: parameter %zu has no name to pass "
                  "it on by",
                  c->function->name, index + 1);
        return;
    }
    if (strncmp(parameter->name, "memo_", 5) == 0) {
        gen_error(c->diagnostics, parameter->span,
                  "'%s' begins with memo_, which generated code keeps for "
                  "itself; rename the parameter",
                  parameter->name);
        return;
    }
    check_arrow(c, index);
    if (gen_plan_clause(c->function, index) || parameter->name[0] == '_' ||
        is_meant(c, parameter))
        return;
    if (kind == GEN_TYPE_POINTER)
        check_pointer(c, index);
    else if (kind == GEN_TYPE_ARRAY)
        check_array(c, index);
    else
        check_value(c, parameter);
}

void gen_check_parameters(gen_arena *arena, gen_diagnostics *diagnostics,
                          const gen_function *function)
{
    checker c = {arena, diagnostics, function};
    const gen_annotation *annotation = function->annotation;
    for (size_t i = 0; i < annotation->clause_count; i++)
        check_clause(&c, &annotation->clauses[i]);
    for (size_t i = 0; i < function->parameter_count; i++)
        check_parameter(&c, i);
    check_expressions(&c);
    if (annotation->returns_length.text)
        check_length(&c, piece_span(&c, annotation->returns_length),
                     annotation->returns_length.text, false);
}
