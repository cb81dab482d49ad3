/* checks_parameter.h -- how each parameter is read, and whether that is safe.
 */
#ifndef GEN_CHECKS_PARAMETER_H
#define GEN_CHECKS_PARAMETER_H

#include "diagnostic.h"
#include "model.h"

void gen_check_parameters(gen_arena *arena, gen_diagnostics *diagnostics,
                          const gen_function *function);

#endif
