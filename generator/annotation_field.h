/* annotation_field.h -- what "@memo …" behind a field of a struct says.
 *
 * "@memo len(rows * cols)" → a gen_field_rule.  It does not know the struct.
 * Pure.
 */
#ifndef GEN_ANNOTATION_FIELD_H
#define GEN_ANNOTATION_FIELD_H

#include "annotation.h"

typedef enum {
    GEN_FIELD_NONE,   /* nothing is said */
    GEN_FIELD_LEN,    /* len(EXPR): it points at, or has, so many elements */
    GEN_FIELD_STRING, /* string: a text up to its NUL */
    GEN_FIELD_DEREF,  /* deref: it points at one object */
    GEN_FIELD_IGNORE, /* ignore: no input; zero in a copy */
    GEN_FIELD_HASH    /* hash(fn): an input by the function's value */
} gen_field_rule_kind;

typedef struct {
    gen_field_rule_kind kind;
    gen_piece value; /* of len: the expression; of hash: the function's name */
    gen_piece whole; /* "len(n)" */
} gen_field_rule;

/* Read the text of an annotation that stands behind a field; prose may follow.
 * Offsets are in this text.
 * Errors: the first mistake, NULL when well formed. */
gen_mistake *gen_field_rule_parse(gen_arena *arena, gen_field_rule *out,
                                  const char *text, size_t size);

#endif
