/* rewrite.h -- an original text plus edits, with every line and column kept.
 *
 * User text stays at its line and column: after an edit that changes either,
 * a #line and blanks bring the rest of the line back to its place.  Generated
 * text is mapped to the generated file itself.  It knows no C beyond #line.
 * Pure.
 */
#ifndef GEN_REWRITE_H
#define GEN_REWRITE_H

#include "diagnostic.h"
#include "text.h"

#include <stdbool.h>
#include <stddef.h>

typedef enum {
    GEN_EDIT_REPLACE, /* [begin, end) becomes `text`, on the same line if it
                         fits, user text as far as lines are concerned */
    GEN_EDIT_INSERT   /* `text` is generated: whole lines of the generated file,
                         put before `begin` (== end) */
} gen_edit_kind;

typedef struct {
    gen_edit_kind kind;
    size_t begin, end; /* offsets in the original; edits do not overlap */
    const char *text;
} gen_edit;

/* Append the original with its edits (sorted here; of two at one place the one
 * given first comes first).
 * `source_path` and `output_path` go into #line directives, escaped as C
 * strings; with `no_line` none are written and only the text changes.
 * Before the user's first byte a `#line 1 "source_path"` is written.
 * `out` may already hold text (a preamble): lines are counted from its begin.
 * Insertions in the middle of a line break it and bring what follows back to
 * its column: blanks, with the tabs of the original kept as tabs.  A replacement
 * as wide as what it replaces needs no #line. */
void gen_rewrite(gen_text *out, const gen_source_text *source,
                 gen_edit *edits, size_t edit_count, const char *source_path,
                 const char *output_path, bool no_line);

#endif
