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
    GEN_EDIT_REPLACE, /* [begin, end) becomes `text`, which counts as text of
                         the user's line */
    GEN_EDIT_INSERT,  /* `text` is generated: whole lines of the generated file,
                         put before `begin` (== end) */
    GEN_EDIT_SHIFT    /* like GEN_EDIT_REPLACE where no #line may stand, as in a
                         macro's arguments: the rest of the line moves if it
                         must */
} gen_edit_kind;

typedef struct {
    gen_edit_kind kind;
    size_t begin, end; /* offsets in the original; edits do not overlap */
    const char *text;
} gen_edit;

/* Behind a #line of the user's: the line of the text that begins at `offset`
 * is known as another one, in `path` or, if that is NULL, in the source. */
typedef struct gen_line_mark {
    size_t offset, line; /* as the text is; lines from 1 */
    size_t known_as;
    const char *path;
} gen_line_mark;

/* What a #line names. */
typedef struct {
    const char *source_path, *output_path; /* escaped as C strings */
    bool no_line;               /* write none; what follows an edit may move */
    const gen_line_mark *marks; /* in the order of the text */
    size_t mark_count;
} gen_line_names;

/* Append the original with its edits, in the order of their places; of two at
 * one place the one given first comes first, an insertion before a replacement
 * of what follows it.
 *
 * A replacement that ends at or before the place where what it replaces ended
 * is followed by blanks and newlines (a deletion is nothing but these), one
 * that ends after it by a new line and a #line.  In a preprocessor line neither
 * may stand: there the rest of that line moves, as it does after
 * GEN_EDIT_SHIFT. An insertion in the middle of a line breaks it.  What follows
 * is brought back to its column by blanks, with the tabs of the original kept
 * as tabs.
 * `out` may already hold text (a preamble): lines are counted from its begin.
 * Shape: neither an insertion nor a long replacement inside a macro's
 *        arguments or a preprocessor line: no #line may stand there. */
void gen_rewrite(gen_text *out, const gen_source_text *source, gen_edit *edits,
                 size_t edit_count, const gen_line_names *names);

#endif
