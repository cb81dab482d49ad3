#include "plan_share.h"

#include "plan_type.h"

bool gen_plan_is_shared(const gen_function *function)
{
    return function->annotation->flavour == GEN_SINGLETON ||
           function->annotation->borrow;
}

const char *gen_plan_shared_type(gen_plan *plan, gen_values *values,
                                 const gen_type *result)
{
    switch (result->kind) {
    case GEN_TYPE_UNSIGNED:
    case GEN_TYPE_SIGNED:
    case GEN_TYPE_BOOL:
    case GEN_TYPE_ENUM:
    case GEN_TYPE_FLOAT:
        return gen_plan_type_address(plan, values, result);
    default:
        return gen_plan_address_type(plan, values, result);
    }
}

/* A function of the user's that takes the result; returns the name of the one
 * that takes its address, or 0. */
static const char *plan_callback(gen_plan *plan, gen_values *values,
                                 const gen_function *function, const char *list,
                                 gen_piece piece)
{
    gen_values *callback;
    gen_values_list(values, list);
    if (!piece.text)
        return "0";
    callback = gen_values_add(values, list);
    gen_values_set(callback, "callback", piece.text);
    gen_values_set(callback, "callback_argument",
                   gen_plan_declare(plan->arena, function->result->spelling,
                                    "memo_argument"));
    return gen_arena_format(plan->arena, "memo_%s_%s", list, function->name);
}

void gen_plan_sharing(gen_plan *plan, gen_values *values,
                      const gen_function *function)
{
    const gen_annotation *annotation = function->annotation;
    bool is_shared = gen_plan_is_shared(function);
    gen_values_set(values, "validator",
                   plan_callback(plan, values, function, "validates",
                                 annotation->validate));
    gen_values_set(
        values, "releaser",
        plan_callback(plan, values, function, "releases", annotation->release));
    gen_values_flag(values, "shares", is_shared);
    gen_values_set_number(values, "is_borrowed", annotation->borrow ? 1 : 0);
    gen_values_set(values, "sharing",
                   is_shared ? gen_arena_format(plan->arena, "&memo_sharing_%s",
                                                function->name)
                             : "0");
    gen_values_set(values, "find_words",
                   is_shared ? "memo_find_shared" : "memo_find_words");
}
