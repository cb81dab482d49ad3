/* head.h -- the head of a function definition, token by token.
 *
 * From the first specifier to the body's brace: which tokens belong on the
 * wrapper, which on the renamed definition, and what attributes there are,
 * those that macros bring included.  It knows the preprocessor's macros through
 * a question, not libclang.
 */
#ifndef GEN_HEAD_H
#define GEN_HEAD_H

#include "model.h"

/* What a reader of heads must be able to ask. */
typedef struct {
    void *context;
    /* The text of a macro from after its name ("(x) body", " body"); NULL if
     * there is none of that name. */
    const char *(*macro_text)(void *context, const char *name, size_t size,
                              size_t *text_size);
    /* The end of the skipped text that holds `offset`, else 0. */
    size_t (*inactive_end)(void *context, size_t offset);
} gen_head_questions;

/* Fill head_tokens and attributes of `function` from function->head; adds the
 * attributes of another declaration of it when `is_prototype` (its tokens are
 * then left out).  Directives, comments and skipped text are no tokens. */
void gen_head_read(gen_arena *arena, gen_function *function, gen_span head,
                   bool is_prototype, const gen_head_questions *questions);

/* Where an attribute of that name (underscores stripped) belongs. */
gen_attribute_place gen_attribute_find_place(const char *name);

/* The wrapper's declaration: the tokens that belong on it, the function's name
 * replaced by `name`; `bare` leaves out storage, inline and attributes. */
const char *gen_head_declaration(gen_arena *arena, const gen_function *function,
                                 const char *name, bool bare);

/* "(int n, const char *s)": the parameters of the wrapper's declaration. */
const char *gen_head_parameters(gen_arena *arena, const gen_function *function);

#endif
