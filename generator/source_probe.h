/* source_probe.h -- what the files source_probe*.c share.
 *
 * A probe is a variable whose initialiser is an expression of an annotation.
 */
#ifndef GEN_SOURCE_PROBE_H
#define GEN_SOURCE_PROBE_H

#include "source_reader.h"

/* One expression that was put into the probe. */
typedef struct {
    gen_span span;
    const char *text;
    gen_expression *out;  /* NULL: only looked at for mistakes */
    size_t begin, end;    /* of its statement in the probe's text */
    size_t assumed;       /* where a length is said to be without effect */
    size_t compared;      /* where it is said to be that of the type, or 0 */
    const char *row;      /* what the type says */
    bool must_be_integer; /* a length */
    bool must_be_text;    /* a path */
    bool is_of_field;     /* a length that may name no variable */
    const char *option;   /* of a function that takes the result, or NULL */
    const char *function; /* whose result */
    bool has_mistake;
} probe;

typedef struct {
    reader *reader;
    const gen_file *file;
    gen_text text;
    probe *probes;
    size_t count, capacity;
    size_t here;                /* the one that is being looked at */
    CXType result;              /* of the function whose answers are read */
    const gen_record **records; /* whose annotations were looked at */
    size_t record_count, record_capacity;
} probe_list;

/* A probe of `text`, which stands at `span`. */
probe *probe_add(probe_list *list, gen_span span, const char *text,
                 gen_expression *out);
/* Declare its variable, of the type that the expression has. */
void probe_write(probe_list *list, probe *item, const char *expression);
/* Declare it as `before` NAME `after`. */
void probe_write_as(probe_list *list, probe *item, const char *before,
                    const char *after, const char *expression);

/* ---- source_probe_type.c --------------------------------------------------
 */

/* Write probes of all that is said behind the fields and above the types of
 * what the function takes and returns, where nothing did so before. */
void probe_types(probe_list *list, const gen_function *function);
/* Is there anything for the same? */
bool probe_has_types(probe_list *list, const gen_function *function);

#endif
