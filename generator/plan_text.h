/* plan_text.h -- C texts that the plan puts into holes.  Pure. */
#ifndef GEN_PLAN_TEXT_H
#define GEN_PLAN_TEXT_H

#include "arena.h"
#include "model.h"

#include <stdbool.h>

/* Text for inside a C string literal: quotes, backslashes, newlines and what is
 * not printable are escaped; no trigraph arises.  Owner: arena. */
const char *gen_plan_quoted(gen_arena *arena, const char *text);

/* "int memo_clear_args_f(int n)" */
const char *gen_plan_clear_declaration(gen_arena *arena, bool is_static,
                                       const char *name,
                                       const char *parameters);

/* The expression with every free `result` replaced by the wrapper's variable.
 * Owner: arena. */
const char *gen_plan_expression(gen_arena *arena, const char *text);

/* A declaration of `name`, without its semicolon.  Owner: arena. */
const char *gen_plan_declare(gen_arena *arena, const char *type,
                             const char *name);

/* Does the expression name `result`? */
bool gen_plan_names_result(const char *text);

/* An expression over fields, in terms of the struct at `memo_object`, whose
 * type is named `owner`.  Owner: arena. */
const char *gen_plan_member_expression(gen_arena *arena,
                                       const gen_record *record,
                                       const char *owner, const char *text);
/* The same as the length that generated code computes.  Owner: arena. */
const char *gen_plan_length(gen_arena *arena, const gen_record *record,
                            const char *owner, const char *text);

#endif
