/* lex.c -- the tokens of a C text, comments and white space aside. */
#include "lex.h"

#include <string.h>

#define NO_BYTE (-1) /* what is read at the end of the text */

/* Longest first among those that share their beginning. */
static const char *const punctuators[] = {
    "%:%:", "...", "<<=", ">>=", "->", "++", "--", "<<", ">>", "<=",
    ">=",   "==",  "!=",  "&&",  "||", "*=", "/=", "%=", "+=", "-=",
    "&=",   "^=",  "|=",  "##",  "<:", ":>", "<%", "%>", "%:",
};

static bool is_blank(int byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r' && byte != '\n');
}

static bool is_digit(int byte)
{
    return byte >= '0' && byte <= '9';
}

/* Bytes from 0x80 are parts of UTF-8 letters; '$' is one in gcc and clang. */
static bool is_letter(int byte)
{
    int folded = byte | 0x20;

    return (folded >= 'a' && folded <= 'z') || byte == '_' || byte == '$' ||
           byte >= 0x80;
}

/* The offset after the splice at `offset`; `offset` if none is there.
 * Source: gcc and clang accept blanks between the backslash and the newline.
 * C90 to C17 spell the backslash with a trigraph as well; what looks like one
 * is valid nowhere but in comments in the dialects that have none. */
static size_t after_splice(const char *text, size_t offset, size_t end)
{
    size_t at = offset + 1;

    if (text[offset] == '?') {
        if (end - offset < 3 || memcmp(text + offset, "\?\?/", 3) != 0)
            return offset;
        at = offset + 3;
    }
    while (at < end && is_blank((unsigned char)text[at]))
        at++;
    return at < end && text[at] == '\n' ? at + 1 : offset;
}

static inline size_t after_splices(const char *text, size_t offset, size_t end)
{
    while (offset < end && (text[offset] == '\\' || text[offset] == '?')) {
        size_t next = after_splice(text, offset, end);
        if (next == offset)
            break;
        offset = next;
    }
    return offset;
}

size_t gen_after_splices(const char *text, size_t offset, size_t end)
{
    return after_splices(text, offset, end);
}

/* The next byte that is no part of a splice, or NO_BYTE. */
static int peek(const gen_lexer *lexer)
{
    size_t at = after_splices(lexer->text, lexer->offset, lexer->size);

    return at == lexer->size ? NO_BYTE : (unsigned char)lexer->text[at];
}

/* Step over the byte that peek() sees and over the splices before it. */
static void skip(gen_lexer *lexer)
{
    lexer->offset = after_splices(lexer->text, lexer->offset, lexer->size);
    if (lexer->offset < lexer->size)
        lexer->offset++;
}

/* The byte after the one that peek() sees. */
static int peek_second(const gen_lexer *lexer)
{
    gen_lexer ahead = *lexer;

    skip(&ahead);
    return peek(&ahead);
}

static bool skip_if(gen_lexer *lexer, int byte)
{
    if (peek(lexer) != byte)
        return false;
    skip(lexer);
    return true;
}

/* Long stretches are passed with memchr(): most bytes of a large file stand in
 * comments and words. */
static void skip_to(gen_lexer *lexer, int byte)
{
    const char *from = lexer->text + lexer->offset;
    const char *found = memchr(from, byte, lexer->size - lexer->offset);

    lexer->offset = found != NULL ? (size_t)(found - lexer->text) : lexer->size;
}

/* Trigraphs don't count: dialects without them may have one in a comment. */
static bool ends_in_splice(const char *text, size_t begin, size_t newline)
{
    size_t at = newline;

    while (at > begin && is_blank((unsigned char)text[at - 1]))
        at--;
    return at > begin && text[at - 1] == '\\';
}

static void skip_line_comment(gen_lexer *lexer)
{
    size_t begin = lexer->offset;

    for (;;) {
        skip_to(lexer, '\n');
        if (lexer->offset == lexer->size ||
            !ends_in_splice(lexer->text, begin, lexer->offset))
            return;
        lexer->offset++;
    }
}

static void skip_block_comment(gen_lexer *lexer)
{
    skip(lexer);
    skip(lexer);
    for (;;) {
        skip_to(lexer, '*');
        if (peek(lexer) == NO_BYTE)
            return;
        skip(lexer);
        if (skip_if(lexer, '/'))
            return;
    }
}

static bool is_comment(const gen_lexer *lexer)
{
    if (peek(lexer) != '/')
        return false;
    int second = peek_second(lexer);
    return second == '/' || second == '*';
}

static void skip_comment(gen_lexer *lexer)
{
    if (peek_second(lexer) == '/')
        skip_line_comment(lexer);
    else
        skip_block_comment(lexer);
}

/* Step over a literal from its opening quote to its closing one, or to the end
 * of the line that does not close it. */
static void skip_literal(gen_lexer *lexer)
{
    int quote = peek(lexer);

    skip(lexer);
    for (;;) {
        int byte = peek(lexer);
        if (byte == NO_BYTE || byte == '\n')
            return;
        skip(lexer);
        if (byte == quote)
            return;
        if (byte == '\\' && peek(lexer) != '\n')
            skip(lexer);
    }
}

/* A comment in a directive is white space, even one of several lines. */
static void skip_directive(gen_lexer *lexer)
{
    for (;;) {
        int byte = peek(lexer);
        if (byte == NO_BYTE || byte == '\n')
            return;
        if (is_comment(lexer))
            skip_comment(lexer);
        else if (byte == '"' || byte == '\'')
            skip_literal(lexer);
        else
            skip(lexer);
    }
}

static void skip_number(gen_lexer *lexer)
{
    for (;;) {
        int byte = peek(lexer);
        if (byte == NO_BYTE ||
            !(is_letter(byte) || is_digit(byte) || byte == '.'))
            return;
        skip(lexer);
        bool is_exponent =
            byte == 'e' || byte == 'E' || byte == 'p' || byte == 'P';
        if (is_exponent && (peek(lexer) == '+' || peek(lexer) == '-'))
            skip(lexer);
    }
}

/* A letter may also be written as a universal character name. */
static bool is_identifier_start(const gen_lexer *lexer)
{
    int byte = peek(lexer);

    if (byte != '\\')
        return is_letter(byte);
    int second = peek_second(lexer);

    return second == 'u' || second == 'U';
}

static void skip_identifier(gen_lexer *lexer)
{
    const unsigned char *text = (const unsigned char *)lexer->text;

    for (;;) {
        while (lexer->offset < lexer->size && (is_letter(text[lexer->offset]) ||
                                               is_digit(text[lexer->offset])))
            lexer->offset++;
        if (!is_identifier_start(lexer) && !is_digit(peek(lexer)))
            return;
        skip(lexer);
    }
}

static void skip_punctuator(gen_lexer *lexer)
{
    const size_t count = sizeof punctuators / sizeof *punctuators;

    if (lexer->offset + 1 < lexer->size &&
        strchr("%.<>-+=!&|*/^#:\\", lexer->text[lexer->offset]) == NULL) {
        lexer->offset++;
        return;
    }
    for (size_t i = 0; i < count; i++) {
        gen_lexer ahead = *lexer;
        const char *at = punctuators[i];
        while (*at != '\0' && skip_if(&ahead, *at))
            at++;
        if (*at == '\0') {
            *lexer = ahead;
            return;
        }
    }
    skip(lexer);
}

static bool is_literal_prefix(const char *text, gen_token token)
{
    static const char *const prefixes[] = {"L", "u", "U", "u8"};

    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        if (gen_token_is(text, token, prefixes[i]))
            return true;
    }
    return false;
}

static gen_token_kind literal_kind(int quote)
{
    return quote == '"' ? GEN_TOKEN_STRING : GEN_TOKEN_CHARACTER;
}

static void read_word(gen_lexer *lexer, gen_token *token)
{
    token->kind = GEN_TOKEN_IDENTIFIER;
    skip_identifier(lexer);
    token->size = lexer->offset - token->offset;
    int next = peek(lexer);
    if ((next == '"' || next == '\'') &&
        is_literal_prefix(lexer->text, *token)) {
        token->kind = literal_kind(next);
        skip_literal(lexer);
    }
}

/* Read the token that starts at the lexer's offset, which is no white space. */
static void read_token(gen_lexer *lexer, gen_token *token)
{
    int byte = peek(lexer);
    bool is_hash = byte == '#' || (byte == '%' && peek_second(lexer) == ':');

    if (is_comment(lexer)) {
        token->kind = GEN_TOKEN_COMMENT;
        skip_comment(lexer);
    } else if (is_hash && lexer->at_line_start) {
        token->kind = GEN_TOKEN_DIRECTIVE;
        skip_directive(lexer);
    } else if (is_digit(byte) ||
               (byte == '.' && is_digit(peek_second(lexer)))) {
        token->kind = GEN_TOKEN_NUMBER;
        skip_number(lexer);
    } else if (byte == '"' || byte == '\'') {
        token->kind = literal_kind(byte);
        skip_literal(lexer);
    } else if (is_identifier_start(lexer)) {
        read_word(lexer, token);
    } else {
        token->kind = GEN_TOKEN_PUNCTUATOR;
        skip_punctuator(lexer);
    }
    token->size = lexer->offset - token->offset;
}

/* A line comment or a directive runs to its newline, but the '\r' of a CRLF and
 * the blanks before it are no part of it. */
static void trim(const char *text, gen_token *token)
{
    while (is_blank((unsigned char)text[token->offset + token->size - 1]))
        token->size--;
}

/* Go to the next byte that is not white space, and note newlines. */
static void skip_white_space(gen_lexer *lexer)
{
    for (;;) {
        int byte = peek(lexer);
        if (byte == '\n')
            lexer->at_line_start = true;
        else if (!is_blank(byte))
            break;
        skip(lexer);
    }
    lexer->offset = after_splices(lexer->text, lexer->offset, lexer->size);
}

gen_lexer gen_lexer_begin(const char *text, size_t begin, size_t end)
{
    gen_lexer lexer = {.text = text, .size = end, .offset = begin};
    size_t at = begin;

    while (at > 0 && is_blank((unsigned char)text[at - 1]))
        at--;
    if (at == 0) {
        lexer.at_line_start = true;
    } else if (text[at - 1] == '\n') {
        lexer.at_line_start = !ends_in_splice(text, 0, at - 1);
    }
    return lexer;
}

gen_token gen_lexer_next(gen_lexer *lexer)
{
    gen_token token;

    for (;;) {
        skip_white_space(lexer);
        token = (gen_token){.kind = GEN_TOKEN_END,
                            .offset = lexer->offset,
                            .is_first = lexer->at_line_start};
        if (lexer->offset == lexer->size)
            return token;
        read_token(lexer, &token);
        if (token.kind == GEN_TOKEN_COMMENT ||
            token.kind == GEN_TOKEN_DIRECTIVE)
            trim(lexer->text, &token);
        if (token.kind != GEN_TOKEN_COMMENT)
            break;
        if (lexer->wants_comments)
            return token;
    }
    lexer->at_line_start = false;
    return token;
}

void gen_lexer_skip_plain(gen_lexer *lexer)
{
    enum { PLAIN, BLANK, NEWLINE, NOTABLE };
    static const unsigned char classes[256] = {
        [' '] = BLANK,    ['\t'] = BLANK,   ['\r'] = BLANK,  ['\v'] = BLANK,
        ['\f'] = BLANK,   ['\n'] = NEWLINE, ['/'] = NOTABLE, ['"'] = NOTABLE,
        ['\''] = NOTABLE, ['#'] = NOTABLE,  ['{'] = NOTABLE, ['}'] = NOTABLE,
        ['\\'] = NOTABLE, ['<'] = NOTABLE,  ['%'] = NOTABLE,
    };
    const unsigned char *text = (const unsigned char *)lexer->text;
    size_t at = lexer->offset;

    for (; at < lexer->size && classes[text[at]] != NOTABLE; at++) {
        if (classes[text[at]] == NEWLINE)
            lexer->at_line_start = true;
        else if (classes[text[at]] == PLAIN)
            lexer->at_line_start = false;
    }
    lexer->offset = at;
}

bool gen_token_is(const char *text, gen_token token, const char *spelling)
{
    size_t at = token.offset;
    const size_t end = token.offset + token.size;

    for (;;) {
        at = after_splices(text, at, end);
        if (at == end || *spelling == '\0')
            return at == end && *spelling == '\0';
        if (text[at] != *spelling)
            return false;
        at++;
        spelling++;
    }
}
