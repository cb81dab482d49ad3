/* plan_share.h -- how a result is shared: the values of @singleton and borrow.
 */
#ifndef GEN_PLAN_SHARE_H
#define GEN_PLAN_SHARE_H

#include "plan.h"

/* Fill the holes about sharing of wrapper.c.tmpl. */
void gen_plan_sharing(gen_plan *plan, gen_values *values,
                      const gen_function *function);

/* The table of a singleton's result, which is kept as it is. */
const char *gen_plan_shared_type(gen_plan *plan, gen_values *values,
                                 const gen_type *result);

/* Is the result the same for all callers? */
bool gen_plan_is_shared(const gen_function *function);

#endif
