/* lex.h -- the tokens of a C text, comments and white space aside.
 *
 * A light lexer: it knows literals, comments, line splices and preprocessor
 * lines, not types, macros or other trigraphs than the one that splices.  Pure;
 * never reads past the end.
 */
#ifndef GEN_LEX_H
#define GEN_LEX_H

#include <stdbool.h>
#include <stddef.h>

typedef enum {
    GEN_TOKEN_END,
    GEN_TOKEN_IDENTIFIER, /* keywords too */
    GEN_TOKEN_NUMBER,     /* a preprocessing number */
    GEN_TOKEN_STRING,     /* with its prefix (L, u8, …) and quotes */
    GEN_TOKEN_CHARACTER,  /* likewise */
    GEN_TOKEN_PUNCTUATOR, /* longest match: "->", "<<=", "...", one char else */
    GEN_TOKEN_DIRECTIVE,  /* a whole preprocessor line from '#', continued
                             lines included, without its newline */
    GEN_TOKEN_COMMENT     /* only when asked for */
} gen_token_kind;

typedef struct {
    gen_token_kind kind;
    bool is_first; /* nothing but white space stands before it on its line */
    size_t offset; /* of its first byte in the text */
    size_t size;   /* bytes; may contain line splices and, for a directive,
                      comments */
} gen_token;

typedef struct {
    const char *text;
    size_t size;   /* where to stop */
    size_t offset; /* where the next token is looked for */
    bool wants_comments;
    bool at_line_start; /* only white space since the last newline: a '#' here
                           opens a directive */
} gen_lexer;

/* Read the tokens of text[begin, end). `begin` counts as inside a line unless
 * only white space stands between it and a newline or the text's begin. */
gen_lexer gen_lexer_begin(const char *text, size_t begin, size_t end);

/* The next token; kind GEN_TOKEN_END for ever once the text is used up.
 * An unterminated literal ends at its line's end, a comment at the text's. */
gen_token gen_lexer_next(gen_lexer *lexer);

/* Step over words, numbers, white space and operators up to a byte that may
 * begin a comment, a literal, a directive, a splice or a brace: for those who
 * look for these alone in a large text. The prefix of a literal is stepped over
 * too. */
void gen_lexer_skip_plain(gen_lexer *lexer);

/* The offset after the line splices that begin at `offset`, which is `offset`
 * if none does. */
size_t gen_after_splices(const char *text, size_t offset, size_t end);

/* Is the token spelled `spelling`?  Splices inside it are ignored. */
bool gen_token_is(const char *text, gen_token token, const char *spelling);

#endif
