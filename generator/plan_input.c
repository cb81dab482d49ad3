/* plan_input.c -- how each argument is read and written, and becomes the key.
 */
#include "plan_input.h"

#include "checks.h"
#include "plan_arrow.h"
#include "plan_share.h"
#include "plan_type.h"

#include <string.h>

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
        if (gen_type_is_handle(type)) {
            strategy.passing = GEN_PASS_VALUE;
            strategy.element = type;
            return strategy;
        }
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

/* An array takes its schema along. */
static gen_strategy strategy_of_arrow(const gen_function *function,
                                      size_t index)
{
    const gen_type *target = function->parameters[index].type->target;
    const gen_clause *clause = gen_plan_clause(function, index);
    gen_strategy strategy = {.passing = GEN_PASS_ARROW,
                             .element = target,
                             .clause = clause,
                             .is_input = target->is_const};

    if (gen_arrow_is_partner(function, index))
        return (gen_strategy){.passing = GEN_PASS_IGNORED};
    if (clause && clause->kind == GEN_CLAUSE_IGNORE)
        return (gen_strategy){.passing = GEN_PASS_IGNORED, .clause = clause};
    if (clause) {
        strategy.is_output = clause->kind == GEN_CLAUSE_OUT;
        strategy.is_input = clause->kind != GEN_CLAUSE_OUT;
    }
    return strategy;
}

gen_strategy gen_plan_parameter(const gen_function *function, size_t index)
{
    const gen_parameter *parameter = &function->parameters[index];
    const gen_type *type = parameter->type;
    const gen_clause *clause = gen_plan_clause(function, index);
    gen_strategy strategy = {.is_input = true};

    if (gen_arrow_parameter(function, index) != GEN_ARROW_NONE &&
        !(clause && clause->kind == GEN_CLAUSE_HASH))
        return strategy_of_arrow(function, index);
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
    bool is_deep; /* what is kept has pointers in it */
} input_list;

static const char *passing_name(gen_passing passing)
{
    switch (passing) {
    case GEN_PASS_TEXT:
        return "MEMO_BY_TEXT";
    case GEN_PASS_ELEMENTS:
    case GEN_PASS_ARROW:
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
    return gen_arena_format(
        plan->arena, "%s&%s",
        type->is_volatile ? "(const void *)(__UINTPTR_TYPE__)" : "", name);
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

/* Could something that the function returns lead there? */
static bool is_address(const gen_type *type)
{
    return (type->kind == GEN_TYPE_POINTER || type->kind == GEN_TYPE_ARRAY) &&
           type->target->kind != GEN_TYPE_FUNCTION;
}

/* The two structs side by side, in a variable of the wrapper. */
static void add_arrow(gen_plan *plan, input_list *list,
                      const gen_function *function, size_t index,
                      const gen_strategy *strategy)
{
    const char *name = function->parameters[index].name;
    const char *schema = name, *array = NULL;
    const char *present = name;
    gen_values *input = add_input(plan, list, name, "MEMO_BY_ELEMENTS", "");
    gen_values *pair = gen_values_add(list->values, "pairs");
    const char *pair_name =
        gen_arena_format(plan->arena, "memo_pair_%u", list->count - 1);
    size_t partner;

    if (gen_arrow_parameter(function, index) == GEN_ARROW_ARRAY &&
        gen_arrow_schema_of(function, index, &partner)) {
        array = name;
        schema = function->parameters[partner].name;
        present = gen_arena_format(plan->arena, "%s && %s", schema, array);
    }
    gen_values_set(input, "input_type",
                   gen_plan_arrow_type(plan, list->values));
    gen_values_set(input, "direction", direction_name(strategy));
    gen_values_set(
        input, "address",
        gen_arena_format(plan->arena, "(%s) ? &%s : 0", present, pair_name));
    gen_values_set(pair, "pair", pair_name);
    gen_values_set(pair, "pair_type", gen_plan_arrow_pair(plan));
    gen_values_set(pair, "present", present);
    gen_values_set(pair, "schema", schema);
    gen_values_set(pair, "array", array ? array : "");
    gen_values_flag(pair, "has_array", array);
    gen_values_flag(pair, "is_read", strategy->is_input);
    gen_values_flag(pair, "is_written", strategy->is_output);
}

static void add_parameter(gen_plan *plan, input_list *list,
                          const gen_function *function, size_t index,
                          bool is_words)
{
    const gen_parameter *parameter = &function->parameters[index];
    gen_strategy strategy = gen_plan_parameter(function, index);
    gen_values *input;
    switch (strategy.passing) {
    case GEN_PASS_IGNORED:
        if (list->is_deep && is_address(parameter->type) &&
            !gen_arrow_is_partner(function, index)) {
            input =
                add_input(plan, list, parameter->name, "MEMO_BY_ADDRESS", "0");
            gen_values_set(input, "address", parameter->name);
        } else {
            gen_values *unused = gen_values_add(list->values, "unused");
            gen_values_set(unused, "parameter", parameter->name);
        }
        return;
    case GEN_PASS_ELEMENTS:
        add_elements(plan, list, parameter, &strategy);
        return;
    case GEN_PASS_ARROW:
        add_arrow(plan, list, function, index, &strategy);
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
            (gen_plan_is_shared(function) ||
             function->annotation->returns == GEN_RETURNS_STATIC));
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

/* ---- all of them -----------------------------------------------------------
 */

void gen_plan_inputs(gen_plan *plan, gen_values *values,
                     const gen_function *function)
{
    bool is_words = gen_plan_is_words(function);
    input_list list = {.values = values, .is_deep = gen_plan_is_deep(function)};
    static const char *const lists[] = {"inputs", "keys", "unused",
                                        "late_counts", "pairs"};

    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        gen_values_list(values, lists[i]);
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
}
