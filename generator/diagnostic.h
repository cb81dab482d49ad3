/* diagnostic.h -- collect complaints about the user's code, then print them.
 *
 * Complaints look like clang's: file:line:column, the line, a caret, a fix-it.
 * Nothing is printed before gen_diagnostics_print(), so that all of them are
 * seen at once and in the order of the text.
 */
#ifndef GEN_DIAGNOSTIC_H
#define GEN_DIAGNOSTIC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "arena.h"

/* A text that complaints point into. */
typedef struct {
    const char *path; /* as the user named it */
    const char *text; /* NUL-terminated; NULL: complaints have no line */
    size_t size;      /* bytes */
} gen_source_text;

/* Bytes [offset, offset + size) of a source; size 0 is a bare caret. */
typedef struct {
    const gen_source_text *source; /* NULL: about no place in particular */
    size_t offset;
    size_t size;
} gen_span;

typedef enum { GEN_NOTE, GEN_WARNING, GEN_ERROR } gen_severity;

/* Replace `span` by `text` to mend what is complained about. */
typedef struct gen_fix {
    gen_span span;
    const char *text;
    struct gen_fix *next;
} gen_fix;

typedef struct gen_diagnostic {
    gen_severity severity;
    const char *id; /* "memo-impure" for [-Wmemo-impure]; NULL for errors */
    gen_span span;
    const char *text;
    gen_fix *fixes;               /* in the order added */
    struct gen_diagnostic *notes; /* in the order added */
    struct gen_diagnostic *next;
} gen_diagnostic;

/* What -W options ask for.  A warning is on unless the last setting of is_on
 * that fits it says no; it is an error if the last setting of is_error that
 * names it says so or, when none names it, the last one for every warning.
 * -Werror=id also switches the warning on. */
typedef struct gen_warning_setting {
    const char *id;  /* "memo-impure"; "" for every warning */
    bool is_on;      /* -Wid or -Wno-id */
    bool is_error;   /* -Werror=id or -Werror */
    bool sets_error; /* this setting speaks of is_error, not of is_on */
    struct gen_warning_setting *next; /* later ones win */
} gen_warning_setting;

typedef struct {
    gen_arena *arena;
    gen_diagnostic *first, **last; /* in the order added */
    const gen_warning_setting *settings;
    size_t error_count, warning_count;
} gen_diagnostics;

void gen_diagnostics_init(gen_diagnostics *diagnostics, gen_arena *arena,
                          const gen_warning_setting *settings);

/* Add a complaint.  NULL when `id` is switched off: the other functions accept
 * that, so a caller needs no branch. */
gen_diagnostic *gen_error(gen_diagnostics *diagnostics, gen_span span,
                          const char *format, ...)
    __attribute__((format(printf, 3, 4)));
gen_diagnostic *gen_warning(gen_diagnostics *diagnostics, const char *id,
                            gen_span span, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* A remark that belongs to no complaint. */
gen_diagnostic *gen_remark(gen_diagnostics *diagnostics, gen_span span,
                           const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Add a note or a fix to a complaint, or a fix to a note.  Fixes at the same
 * place are alternatives; the text of a fix may hold newlines, and an empty one
 * removes the span. */
gen_diagnostic *gen_note(gen_diagnostics *diagnostics, gen_diagnostic *to,
                         gen_span span, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void gen_suggest(gen_diagnostics *diagnostics, gen_diagnostic *to,
                 gen_span span, const char *replacement);

/* Line and column, both from 1, of an offset; columns count bytes. */
void gen_locate(const gen_source_text *source, size_t offset, unsigned *line,
                unsigned *column);

typedef enum { GEN_COLOR_AUTO, GEN_COLOR_ALWAYS, GEN_COLOR_NEVER } gen_color;

/* Print all complaints, sorted by place (notes after theirs), one identical to
 * an earlier one once.  What is about no place comes first, sources follow in
 * the order in which they were first complained about.
 * `as_json`: one array of objects instead of text, see diagnostic_json.h.
 * Returns how many errors were printed. */
size_t gen_diagnostics_print(const gen_diagnostics *diagnostics, FILE *file,
                             gen_color color, bool as_json);

/* The name in `names` nearest to `word` (edit distance at most a third of its
 * length, at least 1), NULL when none is near. */
const char *gen_nearest(const char *word, const char *const *names,
                        size_t count);

#endif
