/* checks_offer.h -- notes that offer what to write into an annotation. */
#ifndef GEN_CHECKS_OFFER_H
#define GEN_CHECKS_OFFER_H

#include "diagnostic.h"
#include "model.h"

/* A note that offers an option, with the fix-it that writes it into the
 * annotation. */
void gen_check_offer(gen_arena *arena, gen_diagnostics *diagnostics,
                     gen_diagnostic *to, const gen_function *function,
                     const char *option, const char *reason);

/* Offer all clauses that a pointer parameter may have. */
void gen_check_offer_clauses(gen_arena *arena, gen_diagnostics *diagnostics,
                             gen_diagnostic *to, const gen_function *function,
                             size_t index);

#endif
