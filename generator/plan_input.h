/* plan_input.h -- what a call of a function is known by: its inputs.
 */
#ifndef GEN_PLAN_INPUT_H
#define GEN_PLAN_INPUT_H

#include "plan.h"

/* The holes about inputs and the key. */
void gen_plan_inputs(gen_plan *plan, gen_values *values,
                     const gen_function *function);

/* Is the whole key of this function at most two words, and its result one?
 * Then hits need no table walk. */
bool gen_plan_is_words(const gen_function *function);

/* Has what is kept of a call, its result or an output, pointers in it? */
bool gen_plan_is_deep(const gen_function *function);

/* How an argument is read and written. */
typedef enum {
    GEN_PASS_IGNORED,
    GEN_PASS_VALUE,
    GEN_PASS_TEXT,
    GEN_PASS_ELEMENTS,
    GEN_PASS_ARROW /* an array with its schema, or a schema alone */
} gen_passing;

typedef struct {
    gen_passing passing;
    bool is_input, is_output;
    const gen_type *element;   /* of values and elements */
    const gen_clause *clause;  /* that says so; NULL: the type does */
    const gen_pieces *lengths; /* of a clause; NULL: those of the type */
} gen_strategy;

/* What happens with a parameter of a function that passed all checks. */
gen_strategy gen_plan_parameter(const gen_function *function, size_t index);

/* The clause of the annotation that names parameter `index`, or NULL. */
const gen_clause *gen_plan_clause(const gen_function *function, size_t index);

#endif
