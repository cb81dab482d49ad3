/* head_token.h -- the tokens of a head, with the macros that matter expanded.
 *
 * A macro matters if it brings attributes or storage classes: these are sorted
 * one by one.  Any other stays the word that it is.
 */
#ifndef GEN_HEAD_TOKEN_H
#define GEN_HEAD_TOKEN_H

#include "head.h"

/* Directives, comments and skipped text are no tokens.  Owner: arena. */
gen_head_token *gen_head_tokens(gen_arena *arena, size_t *count, gen_span head,
                                const gen_head_questions *questions);

#endif
