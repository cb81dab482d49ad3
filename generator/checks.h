/* checks.h -- is this model memoizable?  All complaints about the user's code.
 *
 * Pure: reads the model, writes diagnostics.
 */
#ifndef GEN_CHECKS_H
#define GEN_CHECKS_H

#include "diagnostic.h"
#include "model.h"

/* Complain about annotations that belong to no function, with the reason. */
void gen_check_sites(gen_diagnostics *diagnostics, const gen_file *file,
                     const gen_scan *scan);

/* Complain about what keeps one annotated function from being memoized, then,
 * if nothing does, about what makes its result doubtful. */
void gen_check_function(gen_arena *arena, gen_diagnostics *diagnostics,
                        const gen_file *file, const gen_function *function);

/* Could this function take a bare @memo?  NULL if so, else the reason, one
 * sentence.  Owner: arena. */
const char *gen_check_candidate(gen_arena *arena, const gen_file *file,
                                const gen_function *function);

/* Why values of this type cannot be part of a key or kept; NULL if they can.
 * `*where` becomes the field at fault ("a.b"), "" for the type itself.
 * Owner: arena. */
const char *gen_check_flat_type(gen_arena *arena, const gen_type *type,
                                const char **where);

#endif
