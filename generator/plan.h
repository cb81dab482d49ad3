/* plan.h -- from the model of a checked file to the values of the templates.
 *
 * Names, key and copy strategies; no C text beyond what a hole takes.  Pure.
 */
#ifndef GEN_PLAN_H
#define GEN_PLAN_H

#include "model.h"
#include "template.h"

/* What one generated file has said already. */
typedef struct {
    gen_arena *arena;
    const gen_file *file;
    const char *source_path; /* as it stands in the output, for C strings */
    struct gen_known_type *types;
} gen_plan;

gen_plan gen_plan_begin(gen_arena *arena, const gen_file *file,
                        const char *source_path);

/* Values of preamble.c.tmpl. */
gen_values *gen_plan_preamble(gen_plan *plan);

/* Values of before.c.tmpl and wrapper.c.tmpl for one function; to be called in
 * the order of the text, since a type's table is made where it is first
 * needed. */
gen_values *gen_plan_function(gen_plan *plan, const gen_function *function);

/* Values of sources.c.tmpl. */
gen_values *gen_plan_sources(gen_plan *plan);

/* Is the whole key of this function at most two words, and its result one?
 * Then hits need no table walk. */
bool gen_plan_is_words(const gen_function *function);

/* How an argument is read and written. */
typedef enum {
    GEN_PASS_IGNORED,
    GEN_PASS_VALUE,
    GEN_PASS_TEXT,
    GEN_PASS_ELEMENTS
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

/* The expression with every free `result` replaced by the wrapper's variable.
 * Owner: arena. */
const char *gen_plan_expression(gen_arena *arena, const char *text);

/* A declaration of `name`, without its semicolon.  Owner: arena. */
const char *gen_plan_declare(gen_arena *arena, const char *type,
                             const char *name);

/* Does the expression name `result`? */
bool gen_plan_names_result(const char *text);

#endif
