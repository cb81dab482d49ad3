/* plan.c -- names, keys and copies: what fills the templates. */
#include "plan.h"

#include "head.h"
#include "lex.h"
#include "plan_type.h"
#include "text.h"

#include <string.h>

gen_plan gen_plan_begin(gen_arena *arena, const gen_file *file,
                        const char *source_path)
{
    return (gen_plan){.arena = arena, .file = file, .source_path = source_path};
}

gen_values *gen_plan_preamble(gen_plan *plan)
{
    gen_values *values = gen_values_create(plan->arena);
    gen_values_set(values, "source", plan->source_path);
    gen_values_flag(values, "functions", plan->file->function_count > 0);
    gen_values_set_number(values, "pointer_bytes", plan->file->pointer_bytes);
    return values;
}

/* ---- expressions -----------------------------------------------------------
 */

/* Is token a free `result`, not a member of that name? */
static bool is_result(const char *text, gen_token token, gen_token before)
{
    return token.kind == GEN_TOKEN_IDENTIFIER &&
           gen_token_is(text, token, "result") &&
           !gen_token_is(text, before, ".") &&
           !gen_token_is(text, before, "->");
}

const char *gen_plan_expression(gen_arena *arena, const char *text)
{
    size_t size = strlen(text), copied = 0;
    gen_lexer lexer = gen_lexer_begin(text, 0, size);
    gen_token before = {0};
    gen_text out = {0};
    const char *copy;
    for (;;) {
        gen_token token = gen_lexer_next(&lexer);
        if (token.kind == GEN_TOKEN_END)
            break;
        if (is_result(text, token, before)) {
            gen_text_append(&out, text + copied, token.offset - copied);
            gen_text_append_string(&out, "memo_result");
            copied = token.offset + token.size;
        }
        before = token;
    }
    gen_text_append(&out, text + copied, size - copied);
    copy = gen_arena_copy(arena, out.data, out.size);
    gen_text_finish(&out);
    return copy;
}

bool gen_plan_names_result(const char *text)
{
    gen_lexer lexer = gen_lexer_begin(text, 0, strlen(text));
    gen_token before = {0};
    for (;;) {
        gen_token token = gen_lexer_next(&lexer);
        if (token.kind == GEN_TOKEN_END)
            return false;
        if (is_result(text, token, before))
            return true;
        before = token;
    }
}

/* ---- parameters ------------------------------------------------------------
 */

const gen_clause *gen_plan_clause(const gen_function *function, size_t index)
{
    const gen_annotation *annotation = function->annotation;
    const char *name = function->parameters[index].name;
    for (size_t i = 0; annotation && name && i < annotation->clause_count;
         i++) {
        if (strcmp(annotation->clauses[i].parameter.text, name) == 0)
            return &annotation->clauses[i];
    }
    return NULL;
}

static gen_strategy strategy_of_clause(const gen_clause *clause,
                                       const gen_type *type)
{
    gen_strategy strategy = {.clause = clause, .is_input = true};
    switch (clause->kind) {
    case GEN_CLAUSE_IGNORE:
    case GEN_CLAUSE_HASH: /* its hash is an input of its own */
        strategy.is_input = false;
        return strategy;
    case GEN_CLAUSE_STRING:
        strategy.passing = GEN_PASS_TEXT;
        return strategy;
    case GEN_CLAUSE_DEREF:
        strategy.passing = GEN_PASS_ELEMENTS;
        strategy.element = type->target;
        return strategy;
    case GEN_CLAUSE_IN:
    case GEN_CLAUSE_OUT:
    case GEN_CLAUSE_INOUT:
        strategy.passing = GEN_PASS_ELEMENTS;
        strategy.element = type->target;
        strategy.lengths = &clause->lengths;
        strategy.is_input = clause->kind != GEN_CLAUSE_OUT;
        strategy.is_output = clause->kind != GEN_CLAUSE_IN;
        return strategy;
    }
    return strategy;
}

gen_strategy gen_plan_parameter(const gen_function *function, size_t index)
{
    const gen_parameter *parameter = &function->parameters[index];
    const gen_type *type = parameter->type;
    const gen_clause *clause = gen_plan_clause(function, index);
    gen_strategy strategy = {.is_input = true};

    if (clause)
        return strategy_of_clause(clause, type);
    if (parameter->name && parameter->name[0] == '_')
        return (gen_strategy){.passing = GEN_PASS_IGNORED};
    if ((type->kind == GEN_TYPE_POINTER ||
         (type->kind == GEN_TYPE_ARRAY && !type->length)) &&
        type->target->is_plain_char) {
        strategy.passing = GEN_PASS_TEXT;
        return strategy;
    }
    if (type->kind == GEN_TYPE_ARRAY) {
        strategy.passing = GEN_PASS_ELEMENTS;
        strategy.element = type->target;
        return strategy;
    }
    strategy.passing = GEN_PASS_VALUE;
    strategy.element = type;
    return strategy;
}

/* ---- counts ----------------------------------------------------------------
 */

static const char *times(gen_plan *plan, const char *count, const char *length)
{
    length = gen_arena_format(plan->arena, "MEMO_LENGTH(%s)", length);
    if (!count)
        return length;
    return gen_arena_format(plan->arena, "memo_times(%s, %s)", count, length);
}

/* The number of elements, and what one is: dimensions that the type has below
 * the written lengths multiply. */
static const char *count_elements(gen_plan *plan, const gen_strategy *strategy,
                                  const gen_type *type,
                                  const gen_type **element)
{
    const char *count = NULL;
    if (strategy->clause && !strategy->lengths) {
        *element = type->target; /* deref(p) */
        return "1";
    }
    if (strategy->lengths) {
        for (size_t i = 0; i < strategy->lengths->count; i++)
            count = times(plan, count,
                          gen_plan_expression(
                              plan->arena, strategy->lengths->items[i].text));
        /* p[r][c] of double *p is r * c elements of it. */
        type = type->target;
        for (size_t i = 1;
             i < strategy->lengths->count && type->kind == GEN_TYPE_ARRAY; i++)
            type = type->target;
    }
    for (; type->kind == GEN_TYPE_ARRAY; type = type->target)
        count = times(plan, count, type->length);
    *element = type;
    return count;
}

static bool is_late(const gen_strategy *strategy)
{
    for (size_t i = 0; strategy->lengths && i < strategy->lengths->count; i++) {
        if (gen_plan_names_result(strategy->lengths->items[i].text))
            return true;
    }
    return false;
}

/* ---- inputs ----------------------------------------------------------------
 */

typedef struct {
    gen_values *values;   /* of the function */
    unsigned count;       /* inputs and outputs so far */
    const char *words[2]; /* the key, if it fits */
    const char *half; /* a scalar of at most 4 bytes that waits for another */
    unsigned word_count;
} input_list;

static const char *passing_name(gen_passing passing)
{
    switch (passing) {
    case GEN_PASS_TEXT:
        return "MEMO_BY_TEXT";
    case GEN_PASS_ELEMENTS:
        return "MEMO_BY_ELEMENTS";
    default:
        return "MEMO_BY_VALUE";
    }
}

static gen_values *add_input(gen_plan *plan, input_list *list, const char *name,
                             const char *passing, const char *type)
{
    gen_values *input = gen_values_add(list->values, "inputs");
    gen_values_set(input, "input", gen_plan_quoted(plan->arena, name));
    gen_values_set(input, "passing", passing);
    gen_values_set(input, "direction", "MEMO_IN");
    gen_values_set(input, "input_type", type);
    gen_values_set(input, "count", "1");
    gen_values_set_number(input, "index", list->count++);
    return input;
}

static const char *address_of(gen_plan *plan, const gen_type *type,
                              const char *name)
{
    return gen_arena_format(plan->arena, "%s&%s",
                            type->is_volatile ? "(const void *)" : "", name);
}

/* Put a scalar into the key words, two small ones into one. */
static void add_word(gen_plan *plan, input_list *list, const gen_type *type,
                     const char *name)
{
    const char *address = address_of(plan, type, name);
    if (type->size > 4) {
        list->words[list->word_count++] = gen_arena_format(
            plan->arena, "memo_word(%s, sizeof %s)", address, name);
    } else if (!list->half) {
        list->half =
            gen_arena_format(plan->arena, "%s, sizeof %s", address, name);
    } else {
        list->words[list->word_count++] =
            gen_arena_format(plan->arena, "memo_word_pair(%s, %s, sizeof %s)",
                             list->half, address, name);
        list->half = NULL;
    }
}

static void finish_words(gen_plan *plan, input_list *list)
{
    if (list->half)
        list->words[list->word_count++] =
            gen_arena_format(plan->arena, "memo_word(%s)", list->half);
    if (list->word_count == 0)
        list->word_count = 1;
    gen_values_set(list->values, "word0",
                   list->words[0] ? list->words[0] : "0");
    gen_values_set(list->values, "word1",
                   list->words[1] ? list->words[1] : "0");
}

static const char *direction_name(const gen_strategy *strategy)
{
    if (strategy->is_input && strategy->is_output)
        return "MEMO_IN_OUT";
    return strategy->is_output ? "MEMO_OUT" : "MEMO_IN";
}

static void add_late_count(gen_values *values, gen_values *input,
                           unsigned index, const char *count)
{
    gen_values *late = gen_values_add(values, "late_counts");
    gen_values_set(input, "count", "MEMO_COUNT_LATER");
    gen_values_set_number(late, "index", index);
    gen_values_set(late, "count", count);
}

static void add_elements(gen_plan *plan, input_list *list,
                         const gen_parameter *parameter,
                         const gen_strategy *strategy)
{
    const gen_type *element = NULL;
    const char *count =
        count_elements(plan, strategy, parameter->type, &element);
    gen_values *input =
        add_input(plan, list, parameter->name, "MEMO_BY_ELEMENTS",
                  gen_plan_type_address(plan, list->values, element));
    gen_values_set(input, "address", parameter->name);
    gen_values_set(input, "direction", direction_name(strategy));
    if (is_late(strategy))
        add_late_count(list->values, input, list->count - 1, count);
    else
        gen_values_set(input, "count", count);
}

static void add_parameter(gen_plan *plan, input_list *list,
                          const gen_function *function, size_t index,
                          bool is_words)
{
    const gen_parameter *parameter = &function->parameters[index];
    gen_strategy strategy = gen_plan_parameter(function, index);
    gen_values *input;
    switch (strategy.passing) {
    case GEN_PASS_IGNORED: {
        gen_values *unused = gen_values_add(list->values, "unused");
        gen_values_set(unused, "parameter", parameter->name);
        return;
    }
    case GEN_PASS_ELEMENTS:
        add_elements(plan, list, parameter, &strategy);
        return;
    case GEN_PASS_TEXT:
        input = add_input(plan, list, parameter->name,
                          passing_name(strategy.passing), "0");
        gen_values_set(input, "address", parameter->name);
        return;
    case GEN_PASS_VALUE:
        input = add_input(
            plan, list, parameter->name, passing_name(strategy.passing),
            gen_plan_type_address(plan, list->values, parameter->type));
        gen_values_set(input, "address",
                       gen_arena_format(plan->arena, "&%s", parameter->name));
        if (is_words)
            add_word(plan, list, parameter->type, parameter->name);
        return;
    }
}

/* "int" and "n" make "int n", "char *" and "s" make "char *s"; a type that its
 * name stands in the middle of is named by typeof. */
const char *gen_plan_declare(gen_arena *arena, const char *type,
                             const char *name)
{
    bool is_pointer = *type && type[strlen(type) - 1] == '*';
    if (strpbrk(type, "(["))
        return gen_arena_format(arena, "__typeof__(%s) %s", type, name);
    return gen_arena_format(arena, "%s%s%s", type, is_pointer ? "" : " ", name);
}

/* key(EXPR) and hash(p, fn): a variable holds the value, evaluated once. */
static void add_expression(gen_plan *plan, input_list *list, const char *text,
                           const char *shown, const gen_type *type,
                           bool is_words)
{
    const char *name =
        gen_arena_format(plan->arena, "memo_key_%u", list->count);
    gen_values *key = gen_values_add(list->values, "keys");
    bool is_text =
        type->kind == GEN_TYPE_POINTER && type->target->is_plain_char;
    gen_values *input = add_input(
        plan, list, shown, is_text ? "MEMO_BY_TEXT" : "MEMO_BY_VALUE",
        is_text ? "0" : gen_plan_type_address(plan, list->values, type));
    gen_values_set(key, "key_declaration",
                   gen_plan_declare(plan->arena,
                                    is_text ? "const char *" : type->spelling,
                                    name));
    gen_values_set(key, "expression", text);
    gen_values_set(input, "address",
                   is_text ? name : gen_arena_format(plan->arena, "&%s", name));
    if (is_words)
        add_word(plan, list, type, name);
}

static void add_extra_inputs(gen_plan *plan, input_list *list,
                             const gen_function *function, bool is_words)
{
    const gen_annotation *annotation = function->annotation;
    size_t hash = 0;
    for (size_t i = 0; i < annotation->clause_count; i++) {
        const gen_clause *clause = &annotation->clauses[i];
        if (clause->kind != GEN_CLAUSE_HASH)
            continue;
        add_expression(
            plan, list,
            gen_arena_format(plan->arena, "%s(%s)", clause->function.text,
                             clause->parameter.text),
            clause->whole.text, function->hashes[hash].type, is_words);
        hash++;
    }
    for (size_t i = 0; i < annotation->keys.count; i++)
        add_expression(plan, list, annotation->keys.items[i].text,
                       annotation->keys.items[i].text, function->keys[i].type,
                       is_words);
    for (size_t i = 0; i < annotation->depends.count; i++) {
        gen_values *input = add_input(
            plan, list, annotation->depends.items[i].text, "MEMO_BY_FILE", "0");
        gen_values_set(input, "address",
                       gen_arena_format(plan->arena, "(const char *)(%s)",
                                        annotation->depends.items[i].text));
    }
}

/* ---- words -----------------------------------------------------------------
 */

static bool is_word(const gen_type *type)
{
    return type->size >= 1 && type->size <= 8 &&
           (type->kind == GEN_TYPE_UNSIGNED || type->kind == GEN_TYPE_SIGNED ||
            type->kind == GEN_TYPE_BOOL || type->kind == GEN_TYPE_ENUM ||
            type->kind == GEN_TYPE_FLOAT || type->kind == GEN_TYPE_COMPLEX);
}

static bool is_word_result(const gen_function *function)
{
    const gen_type *result = function->result;
    return result->kind == GEN_TYPE_VOID || is_word(result) ||
           (result->kind == GEN_TYPE_POINTER &&
            function->annotation->returns == GEN_RETURNS_STATIC);
}

bool gen_plan_is_words(const gen_function *function)
{
    const gen_annotation *annotation = function->annotation;
    size_t big = 0, small = 0;
    size_t extra = annotation->keys.count + function->hash_count;
    if (annotation->depends.count || !is_word_result(function))
        return false;
    for (size_t i = 0; i < function->parameter_count + extra; i++) {
        const gen_type *type;
        size_t e = i - function->parameter_count;
        if (i < function->parameter_count) {
            gen_strategy strategy = gen_plan_parameter(function, i);
            if (strategy.passing == GEN_PASS_IGNORED)
                continue;
            if (strategy.passing != GEN_PASS_VALUE)
                return false;
            type = strategy.element;
        } else if (e < annotation->keys.count) {
            type = function->keys[e].type;
        } else {
            type = function->hashes[e - annotation->keys.count].type;
        }
        if (!is_word(type))
            return false;
        *(type->size > 4 ? &big : &small) += 1;
    }
    return big + (small + 1) / 2 <= 2;
}

/* ---- results ---------------------------------------------------------------
 */

/* A parameter may have the name of the result's type, and hide it. */
static bool is_result_type_hidden(const gen_function *function)
{
    const char *spelling = function->result->spelling;
    gen_lexer lexer = gen_lexer_begin(spelling, 0, strlen(spelling));
    gen_token token = gen_lexer_next(&lexer);
    for (; token.kind != GEN_TOKEN_END; token = gen_lexer_next(&lexer)) {
        for (size_t i = 0; i < function->parameter_count; i++) {
            const char *name = function->parameters[i].name;
            if (name && gen_token_is(spelling, token, name))
                return true;
        }
    }
    return false;
}

static void plan_result(gen_plan *plan, gen_values *values,
                        const gen_function *function)
{
    const gen_type *result = function->result;
    const gen_annotation *annotation = function->annotation;
    bool has_result = result->kind != GEN_TYPE_VOID;
    bool copies = result->record && result->record->has_const_member;
    const char *kind = "MEMO_RESULT_NONE", *type = "0";
    const char *spelling = result->spelling;

    gen_values_list(values, "result_length");
    if (has_result && result->kind != GEN_TYPE_POINTER) {
        kind = "MEMO_RESULT_VALUE";
        type = gen_plan_type_address(plan, values, result);
    } else if (has_result && annotation->returns == GEN_RETURNS_STATIC) {
        kind = "MEMO_RESULT_VALUE";
        type = gen_plan_address_type(plan, values, result);
    } else if (has_result && annotation->returns == GEN_RETURNS_DEFAULT &&
               result->target->is_plain_char) {
        kind = "MEMO_RESULT_TEXT";
    } else if (has_result) {
        gen_values *length = gen_values_add(values, "result_length");
        bool is_array = annotation->returns == GEN_RETURNS_ARRAY;
        kind = "MEMO_RESULT_ELEMENTS";
        type = gen_plan_type_address(plan, values, result->target);
        gen_values_set(
            length, "length",
            is_array ? times(plan, NULL,
                             gen_plan_expression(
                                 plan->arena, annotation->returns_length.text))
                     : "1");
    }
    gen_values_flag(values, "hidden_result_type",
                    has_result && is_result_type_hidden(function));
    if (has_result && is_result_type_hidden(function)) {
        gen_values_set(
            values, "result_typedef",
            gen_plan_declare(plan->arena, spelling,
                             gen_arena_format(plan->arena, "memo_type_of_%s",
                                              function->name)));
        spelling =
            gen_arena_format(plan->arena, "memo_type_of_%s", function->name);
    } else {
        gen_values_set(values, "result_typedef", "");
    }
    gen_values_set(values, "result_kind", kind);
    gen_values_set(values, "result_type", type);
    gen_values_flag(values, "has_result", has_result);
    gen_values_flag(values, "assigns", has_result && !copies);
    gen_values_flag(values, "copies", has_result && copies);
    gen_values_set(values, "result_declaration",
                   gen_plan_declare(plan->arena, spelling, "memo_result"));
    gen_values_set(values, "fresh_declaration",
                   gen_plan_declare(plan->arena, spelling, "memo_fresh"));
    gen_values_set(values, "result_address", has_result ? "&memo_result" : "0");
}

/* ---- functions -------------------------------------------------------------
 */

static const char *call_text(gen_plan *plan, const gen_function *function)
{
    const char *text =
        gen_arena_format(plan->arena, "memo_body_%s(", function->name);
    for (size_t i = 0; i < function->parameter_count; i++)
        text = gen_arena_format(plan->arena, "%s%s%s", text, i ? ", " : "",
                                function->parameters[i].name);
    return gen_arena_format(plan->arena, "%s)", text);
}

/* Another definition may exist: C99's inline without extern. */
static bool is_weak_copy(const gen_function *function)
{
    return function->is_inline && !function->is_static &&
           function->is_extern == function->has_gnu_inline_rules;
}

static void plan_declarations(gen_plan *plan, gen_values *values,
                              const gen_function *function)
{
    gen_arena *arena = plan->arena;
    const char *body = gen_arena_format(arena, "memo_body_%s", function->name);
    const char *wrapper =
        gen_head_declaration(arena, function, function->name, false);
    if (is_weak_copy(function))
        wrapper =
            gen_arena_format(arena, "__attribute__((__weak__)) %s", wrapper);
    gen_values_set(values, "wrapper_declaration", wrapper);
    gen_values_set(values, "body_declaration",
                   gen_head_declaration(arena, function, body, true));
    gen_values_flag(values, "needs_prototype", !function->has_prototype_before);
    gen_values_flag(values, "function_name", function->uses_function_name);
    gen_values_flag(values, "external_inline",
                    function->is_inline && !function->is_static);
}

static void plan_clear(gen_plan *plan, gen_values *values,
                       const gen_function *function)
{
    gen_arena *arena = plan->arena;
    bool is_declared = false, is_used = !function->is_static;
    for (size_t i = 0; i < plan->file->clear_use_count; i++) {
        const gen_clear_use *use = &plan->file->clear_uses[i];
        if (strcmp(use->name, function->name) != 0)
            continue;
        is_used = true;
        if (use->top < function->head.offset)
            is_declared = true;
    }
    gen_values_flag(values, "clear", is_used);
    gen_values_flag(values, "clear_prototype",
                    !is_declared && !function->is_static);
    gen_values_set(
        values, "clear_declaration",
        gen_plan_clear_declaration(arena, function->is_static, function->name,
                                   gen_head_parameters(arena, function)));
}

static void plan_options(gen_plan *plan, gen_values *values,
                         const gen_function *function)
{
    const gen_annotation *annotation = function->annotation;
    gen_arena *arena = plan->arena;
    unsigned line = 0, column = 0;
    const char *version = annotation->version.text;

    gen_locate(function->name_span.source, function->name_span.offset, &line,
               &column);
    gen_values_set_number(values, "line", line);
    gen_values_set_number(values, "ttl_ns", annotation->ttl_ns);
    gen_values_set_number(values, "max_entries", annotation->max_entries);
    gen_values_set_number(values, "max_bytes", annotation->max_bytes);
    gen_values_set(
        values, "options",
        gen_plan_quoted(arena, gen_annotation_text(arena, annotation)));
    gen_values_set(values, "version",
                   gen_plan_quoted(arena, version ? version : ""));
    gen_values_set(values, "flags",
                   annotation->cache_if.text ? "MEMO_RESULT_MAY_BE_NULL" : "0");
    gen_values_list(values, "cache_if");
    if (annotation->cache_if.text) {
        gen_values *condition = gen_values_add(values, "cache_if");
        gen_values_set(condition, "condition",
                       gen_plan_expression(arena, annotation->cache_if.text));
    }
}

gen_values *gen_plan_function(gen_plan *plan, const gen_function *function)
{
    gen_values *values = gen_values_create(plan->arena);
    bool is_words = gen_plan_is_words(function);
    input_list list = {.values = values};
    static const char *const lists[] = {"types", "inputs", "keys", "unused",
                                        "late_counts"};

    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        gen_values_list(values, lists[i]);
    gen_values_set(values, "name", function->name);
    gen_values_set(values, "source", plan->source_path);
    gen_values_set(values, "source_linkage",
                   function->is_static ? "static" : "extern");
    plan_declarations(plan, values, function);
    plan_options(plan, values, function);
    plan_result(plan, values, function);
    for (size_t i = 0; i < function->parameter_count; i++)
        add_parameter(plan, &list, function, i, is_words);
    add_extra_inputs(plan, &list, function, is_words);
    finish_words(plan, &list);
    gen_values_set_number(values, "word_count", is_words ? list.word_count : 0);
    gen_values_flag(values, "words", is_words);
    gen_values_set_number(values, "input_count", list.count);
    gen_values_flag(values, "has_inputs", list.count > 0);
    gen_values_set(values, "arguments", list.count ? "memo_arguments" : "0");
    gen_values_set(values, "parameters",
                   list.count
                       ? gen_arena_format(plan->arena, "memo_parameters_%s",
                                          function->name)
                       : "0");
    gen_values_set(values, "call", call_text(plan, function));
    plan_clear(plan, values, function);
    return values;
}

/* ---- source hashes ---------------------------------------------------------
 */

/* The address of an external's memo_source: weak, so it may be missing; what a
 * system header declares has none. */
static const char *use_address(gen_plan *plan, const gen_entity *external)
{
    if (external->is_system)
        return "0";
    return gen_arena_format(plan->arena, "&memo_source_%s", external->name);
}

static void plan_uses(gen_plan *plan, gen_values *source,
                      const gen_entity *entity)
{
    const gen_file *file = plan->file;
    const size_t bits = 8 * sizeof(size_t);
    unsigned count = 0;
    gen_values_list(source, "uses");
    for (size_t i = 0; entity->uses && i < file->external_count; i++) {
        gen_values *use;
        if (!(entity->uses[i / bits] >> (i % bits) & 1) ||
            file->externals[i] == entity)
            continue;
        use = gen_values_add(source, "uses");
        gen_values_set(use, "use", file->externals[i]->name);
        gen_values_set(use, "use_address",
                       use_address(plan, file->externals[i]));
        count++;
    }
    gen_values_flag(source, "has_uses", count > 0);
    gen_values_set_number(source, "use_count", count);
    gen_values_set(
        source, "names",
        count ? gen_arena_format(plan->arena, "memo_names_%s", entity->name)
              : "0");
    gen_values_set(
        source, "addresses",
        count ? gen_arena_format(plan->arena, "memo_uses_%s", entity->name)
              : "0");
}

static void plan_source(gen_plan *plan, gen_values *values,
                        const gen_entity *entity)
{
    gen_values *source = gen_values_add(values, "sources");
    gen_values_set(source, "source_id", entity->name);
    gen_values_set(source, "entity", entity->name);
    gen_values_set(source, "linkage", entity->is_static ? "static " : "");
    gen_values_set(source, "attribute",
                   entity->is_static ? " __attribute__((__unused__))"
                   : entity->is_replaceable || entity->is_shared
                       ? " __attribute__((__weak__))"
                   : entity->is_hidden
                       ? " __attribute__((__visibility__(\"hidden\")))"
                       : "");
    gen_values_set_number(source, "hash_low", entity->combined.low);
    gen_values_set_number(source, "hash_high", entity->combined.high);
    plan_uses(plan, source, entity);
}

gen_values *gen_plan_sources(gen_plan *plan)
{
    gen_values *values = gen_values_create(plan->arena);
    const gen_file *file = plan->file;
    gen_values_list(values, "externals");
    gen_values_list(values, "sources");
    for (size_t i = 0; i < file->external_count; i++) {
        const gen_entity *external = file->externals[i];
        if (!external->is_system && !external->is_listed)
            gen_values_set(gen_values_add(values, "externals"), "external",
                           external->name);
    }
    for (size_t i = 0; i < file->owned_count; i++)
        plan_source(plan, values, file->owned[i]);
    return values;
}
