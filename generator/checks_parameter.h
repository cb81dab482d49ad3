/* checks_parameter.h -- how each parameter is read, and whether that is safe.
 */
#ifndef GEN_CHECKS_PARAMETER_H
#define GEN_CHECKS_PARAMETER_H

#include "diagnostic.h"
#include "model.h"

void gen_check_parameters(gen_arena *arena, gen_diagnostics *diagnostics,
                          const gen_function *function);

/* A note that offers an option, with the fix-it that writes it into the
 * annotation. */
void gen_check_offer(gen_arena *arena, gen_diagnostics *diagnostics,
                     gen_diagnostic *to, const gen_function *function,
                     const char *option, const char *reason);

#endif
