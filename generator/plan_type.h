/* plan_type.h -- type tables, made where they are first needed. */
#ifndef GEN_PLAN_TYPE_H
#define GEN_PLAN_TYPE_H

#include "plan.h"
#include "plan_text.h"

/* "&memo_type_point", after adding to list `types` of `values` the tables that
 * this needs and the file has not yet. */
const char *gen_plan_type_address(gen_plan *plan, gen_values *values,
                                  const gen_type *type);

/* The same for a pointer that is kept as it is. */
const char *gen_plan_address_type(gen_plan *plan, gen_values *values,
                                  const gen_type *type);

/* "&memo_type_struct_ArrowArray": of the pair that gen_plan_arrow_pair() then
 * names. */
const char *gen_plan_arrow_type(gen_plan *plan, gen_values *values);
const char *gen_plan_arrow_pair(gen_plan *plan);

#endif
