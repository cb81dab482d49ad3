/* plan_arrow.h -- parameters of Arrow's C data interface.
 *
 * A struct ArrowArray means something beside its struct ArrowSchema only: the
 * two are one input, or one output.
 */
#ifndef GEN_PLAN_ARROW_H
#define GEN_PLAN_ARROW_H

#include "model.h"

#include <stdbool.h>
#include <stddef.h>

typedef enum { GEN_ARROW_NONE, GEN_ARROW_SCHEMA, GEN_ARROW_ARRAY } gen_arrow;

/* Which of the two a struct is. */
gen_arrow gen_arrow_record(const gen_type *type);

/* Is field `index` a schema, and the next one its array? */
bool gen_arrow_is_pair(const gen_record *record, size_t index);

/* Which of the two a parameter points at. */
gen_arrow gen_arrow_parameter(const gen_function *function, size_t index);

/* The schema of the array at `index`: the first array has the first schema, and
 * so on; a single schema is that of all arrays.
 * Errors: false when there is none. */
bool gen_arrow_schema_of(const gen_function *function, size_t index,
                         size_t *schema);

/* Is the schema at `index` part of an array's input? */
bool gen_arrow_is_partner(const gen_function *function, size_t index);

#endif
