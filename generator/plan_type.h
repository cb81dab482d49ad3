/* plan_type.h -- type tables and C texts that the plan puts into holes.
 */
#ifndef GEN_PLAN_TYPE_H
#define GEN_PLAN_TYPE_H

#include "plan.h"

/* Text for inside a C string literal: quotes, backslashes, newlines and what is
 * not printable are escaped; no trigraph arises.  Owner: arena. */
const char *gen_plan_quoted(gen_arena *arena, const char *text);

/* "&memo_type_point", after adding to list `types` of `values` the tables that
 * this needs and the file has not yet. */
const char *gen_plan_type_address(gen_plan *plan, gen_values *values,
                                  const gen_type *type);

/* The same for a pointer that is kept as it is. */
const char *gen_plan_address_type(gen_plan *plan, gen_values *values,
                                  const gen_type *type);

/* "int memo_clear_args_f(int n)" */
const char *gen_plan_clear_declaration(gen_arena *arena, bool is_static,
                                       const char *name,
                                       const char *parameters);

#endif
