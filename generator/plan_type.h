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

/* The expression with every free `result` replaced by the wrapper's variable.
 * Owner: arena. */
const char *gen_plan_expression(gen_arena *arena, const char *text);

/* A declaration of `name`, without its semicolon.  Owner: arena. */
const char *gen_plan_declare(gen_arena *arena, const char *type,
                             const char *name);

/* Does the expression name `result`? */
bool gen_plan_names_result(const char *text);

#endif
