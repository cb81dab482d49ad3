/* explain.h -- --explain: all that is in the key of a function, and why.
 *
 * The units must have been linked (link.h), so that what lies in another file
 * is explained as well.
 */
#ifndef GEN_EXPLAIN_H
#define GEN_EXPLAIN_H

#include "text.h"
#include "unit.h"

#include <stdbool.h>
#include <stddef.h>

/* Inputs, source, impurities, result and limits of every function of that name,
 * memoized or not; of one that is not, what the hash of its source would cover.
 * As JSON an array of objects, whose keys the manual page tells.
 * Errors: false: no file defines one. */
bool gen_explain(gen_text *out, gen_unit *units, size_t count, const char *name,
                 bool as_json);

/* The same source as a graph in the language of GraphViz, one digraph each. */
bool gen_explain_as_dot(gen_text *out, gen_unit *units, size_t count,
                        const char *name);

/* The name of a function that may be meant; NULL if none is near.
 * Owner: arena and units. */
const char *gen_explain_nearest(gen_arena *arena, const gen_unit *units,
                                size_t count, const char *name);

#endif
