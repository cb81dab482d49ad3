/* checks_share.h -- what a result must be like to be shared: @singleton,
 * borrow.
 */
#ifndef GEN_CHECKS_SHARE_H
#define GEN_CHECKS_SHARE_H

#include "closure.h"
#include "model.h"

/* Is the result of this function the same object for all callers? */
bool gen_check_is_shared(const gen_function *function);

/* Complain about what contradicts sharing; for a @singleton that is all that is
 * to be said about its result, for borrow what points where is checked as it is
 * for copies. */
void gen_check_sharing(gen_diagnostics *diagnostics,
                       const gen_function *function);

/* Is this impurity what resources are made of? */
bool gen_check_is_resource_use(gen_impurity_kind kind);

#endif
