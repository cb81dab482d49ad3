/* annotation_option.h -- what each option of an annotation means.
 *
 * annotation.c knows how an option is written, this knows which there are, and
 * what their values mean.  Pure.
 */
#ifndef GEN_ANNOTATION_OPTION_H
#define GEN_ANNOTATION_OPTION_H

#include "annotation.h"

#include <stdbool.h>
#include <stddef.h>

/* More options than there are. */
#define GEN_OPTION_LIMIT 48

/* One reading of an annotation. */
typedef struct {
    gen_arena *arena;
    gen_annotation *out;
    gen_mistake *first, *last;        /* in the order of the text */
    gen_piece seen[GEN_OPTION_LIMIT]; /* where each option was written */
} gen_reading;

/* How an option was written. */
typedef enum {
    GEN_WRITTEN_BARE = 1,  /* x */
    GEN_WRITTEN_VALUE = 2, /* x=value */
    GEN_WRITTEN_LIST = 4   /* x(argument, …) */
} gen_written_form;

typedef struct {
    gen_written_form form;
    gen_piece name;
    gen_piece value;      /* of x=value */
    gen_pieces arguments; /* of x(…); none for x() */
    gen_piece whole;      /* all of it */
} gen_written;

/* Give the option its meaning, or note what is wrong with it. */
void gen_option_read(gen_reading *reading, const gen_written *written);

/* The name of an option, or of an alias, by its place in the table; NULL behind
 * the last. */
const char *gen_option_name(size_t index);

/* Is there an option of this name, or an alias? */
bool gen_option_is_name(const char *name);

/* May the option's value be any expression? */
bool gen_option_takes_expression(const char *name);

/* Note a mistake at a piece of the text; `fix` may be NULL. */
void gen_reading_fail(gen_reading *reading, gen_piece at, const char *fix,
                      const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Append a piece to a list. */
void gen_pieces_add(gen_arena *arena, gen_pieces *to, gen_piece piece);

#endif
