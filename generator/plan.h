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
    size_t located; /* up to where lines were counted, and how many */
    unsigned lines;
    size_t branch; /* of #if that the function stands in; 0: none */
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

#endif
