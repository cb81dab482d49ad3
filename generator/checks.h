/* checks.h -- is this model memoizable?  All complaints about the user's code.
 *
 * Pure: reads the model, writes diagnostics.
 */
#ifndef GEN_CHECKS_H
#define GEN_CHECKS_H

#include "diagnostic.h"
#include "model.h"

#include <stdbool.h>

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

/* What a value is for. */
typedef enum {
    GEN_USE_INPUT, /* it is read */
    GEN_USE_COPY   /* a copy is made of it: a result, an output */
} gen_type_use;

/* Why the text of len(…) behind a field is no length, or NULL. */
const char *gen_check_length(gen_arena *arena, const gen_record *record,
                             const char *text);

/* Why values of this type cannot be part of a key or kept; NULL if they can.
 * `*where` becomes the field at fault ("a.b"), "" for the type itself.
 * Owner: arena. */
const char *gen_check_value_type(gen_arena *arena, const gen_type *type,
                                 gen_type_use use, const char **where);

/* Add a note that shows the field that `where` names, if it names one. */
void gen_check_show_field(gen_diagnostics *diagnostics, gen_diagnostic *error,
                          const gen_type *type, const char *where);

/* Is there more to a value than its own bytes: pointers, a flexible array, what
 * a function turns into bytes? */
bool gen_type_is_deep(const gen_type *type);

/* Do functions of the user make copies of it? */
bool gen_type_calls_user(const gen_type *type);

/* Is it a pointer to a type whose definition is elsewhere, but which functions
 * turn into bytes? */
bool gen_type_is_handle(const gen_type *type);

/* The flexible array at the end of a struct, or NULL. */
const gen_field *gen_type_flexible_array(const gen_type *type);

#endif
