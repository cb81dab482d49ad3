/* template.h -- fill the named holes of a text.
 *
 * {{name}} is replaced by a value, {{#name}}…{{/name}} is repeated for every
 * item of a list (a condition is a list of none or one), {{^name}}…{{/name}} is
 * kept when the list is empty, {{! a remark }} is left out.  Blanks may stand
 * around a name.  Two braces before anything else are text: "{{0}}".
 * A hole without a value is an error.  It knows no C.  Pure.
 */
#ifndef GEN_TEMPLATE_H
#define GEN_TEMPLATE_H

#include "arena.h"
#include "text.h"

#include <stdbool.h>

/* Named values and lists; a list item is again a set of values, and names that
 * it lacks are looked up in the set around it. */
typedef struct gen_values gen_values;

gen_values *gen_values_create(gen_arena *arena);

/* Give a hole its value, in place of an earlier one.  Neither the name nor the
 * text is copied: both must live until the template is rendered. */
void gen_values_set(gen_values *values, const char *name, const char *text);
/* A number as text. */
void gen_values_set_number(gen_values *values, const char *name,
                           unsigned long long number);
/* Make `name` a list if it is none yet; used alone for an empty one. */
void gen_values_list(gen_values *values, const char *name);
/* Append an item to a list and return it, to be filled. */
gen_values *gen_values_add(gen_values *values, const char *name);
/* Append an item that was filled before: what it needs may come first. */
void gen_values_append(gen_values *values, const char *name, gen_values *item);
/* A list of one empty item if `is_true`, else of none. */
void gen_values_flag(gen_values *values, const char *name, bool is_true);

/* The tag of a list or a remark that stands alone on its line takes the whole
 * line with it; a hole does not.  A value is inserted as it is, newlines and
 * braces included.
 * Errors: false, and `*error` (owner: arena) says the template's name, line and
 * hole; `out` then holds a part of the text. */
bool gen_template_render(gen_arena *arena, gen_text *out, const char *name,
                         const char *template_text, const gen_values *values,
                         const char **error);

/* The names of all holes and lists, each once and in the order of the text, for
 * checking a user's template against the built-in one; those before the first
 * mistake if there is one.  Owner: arena; ends with NULL.  */
const char **gen_template_holes(gen_arena *arena, const char *template_text);

#endif
