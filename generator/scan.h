/* scan.h -- where the annotations of a C text are.
 *
 * A light lexer's view: comments and the tokens between them.  It does not know
 * what a function is; it says what stands around each annotation, and the
 * reader of the C file matches that with definitions.  Pure.
 */
#ifndef GEN_SCAN_H
#define GEN_SCAN_H

#include "arena.h"

#include <stdbool.h>
#include <stddef.h>

/* A run of comments of one form whose text begins with "@memo", "@singleton"
 * or one of their aliases. */
typedef struct {
    size_t offset;     /* of the '@' */
    size_t end;        /* after the last comment the annotation reaches into */
    const char *text;  /* from '@' to the end, comment signs, leading " * " and
                          newlines made blanks of the same width, so that
                          text[i] stands at offset + i of the source; NUL at
                          its end.  Owner: arena */
    size_t size;       /* bytes of text */
    size_t next_token; /* offset of the first token after it that is neither
                          comment nor directive; the text's size if none */
    bool is_trailing;  /* a token stands before it on its line */
    int depth;         /* braces open at that place, directives aside */
    size_t branch;     /* the number of the innermost branch of #if around
                          next_token; 0 if none */
    bool is_followed_by_annotation; /* another one comes before next_token */
} gen_annotation_site;

typedef struct {
    gen_annotation_site *sites; /* in the order of the text.  Owner: arena */
    size_t count;
} gen_scan;

/* Words that open an annotation: memo, experimental_memo, cache_data,
 * singleton, experimental_singleton, cache_resource, memo_type (which this
 * version refuses) -- and near misses of them ("@memoize", "@Memo", "@ memo"),
 * so that a misspelt one is complained about and not skipped. A doxygen command
 * or an e-mail address is none: the word must open the comment's text or line.
 * A line comment's annotation goes on over the directly following line comments
 * for as long as its parentheses are open. */
gen_scan gen_scan_text(gen_arena *arena, const char *text, size_t size);

/* Does the text hold anything that gen_scan_text() could find?  A quick look
 * that may say yes too often. */
bool gen_scan_may_find(const char *text, size_t size);

#endif
