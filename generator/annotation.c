/* annotation.c -- how an annotation is written: word, parentheses, options. */
#include "annotation.h"

#include "annotation_option.h"
#include "annotation_word.h"
#include "lex.h"

#include <string.h>

/* Deeper brackets are a mistake. */
#define MAX_BRACKETS 64

typedef struct {
    gen_reading reading;
    const char *text;
    size_t size;
    size_t at;      /* where the next token is looked for */
    bool is_broken; /* nothing more can be read */
} parser;

static bool is_blank(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* The next token, which stays unread. */
static gen_token peek(const parser *from)
{
    gen_lexer lexer = gen_lexer_begin(from->text, from->at, from->size);

    lexer.at_line_start = false;
    return gen_lexer_next(&lexer);
}

static size_t end_of(gen_token token)
{
    return token.offset + token.size;
}

static bool is(const parser *from, gen_token token, const char *spelling)
{
    return token.kind != GEN_TOKEN_END &&
           gen_token_is(from->text, token, spelling);
}

/* The bytes [begin, end) without the blanks around them. */
static gen_piece piece(const parser *from, size_t begin, size_t end)
{
    while (begin < end && is_blank(from->text[begin]))
        begin++;
    while (end > begin && is_blank(from->text[end - 1]))
        end--;
    return (gen_piece){
        gen_arena_copy(from->reading.arena, from->text + begin, end - begin),
        begin, end - begin};
}

static gen_piece piece_of(const parser *from, gen_token token)
{
    return piece(from, token.offset, end_of(token));
}

/* An unclosed literal ends with its line, or has lost its closing quote to an
 * escape. */
static bool is_closed_literal(const parser *from, gen_token token)
{
    const char quote = token.kind == GEN_TOKEN_STRING ? '"' : '\'';
    size_t at = token.offset;

    while (from->text[at] != quote)
        at++;
    for (at++; at < end_of(token); at++) {
        if (from->text[at] == quote)
            return true;
        if (from->text[at] == '\\')
            at++;
    }
    return false;
}

/* Note what makes the rest unreadable. */
static void break_off(parser *from, gen_token token, const char *why)
{
    gen_reading_fail(&from->reading, piece_of(from, token), NULL, "%s", why);
    from->is_broken = true;
}

/* Look at one token inside a value: false if it makes the rest unreadable. */
static bool check_token(parser *from, gen_token token)
{
    bool is_literal =
        token.kind == GEN_TOKEN_STRING || token.kind == GEN_TOKEN_CHARACTER;

    if (is_literal && !is_closed_literal(from, token))
        break_off(from, token, "nothing closes this quote");
    else if (is(from, token, "@") || is(from, token, "\\"))
        break_off(from, token, "this character has no meaning here");
    return !from->is_broken;
}

/* The bracket that closes `token`, '\0' if it opens none. */
static char closing(const parser *from, gen_token token)
{
    static const char open[] = "([{", close[] = ")]}";

    for (size_t i = 0; i < 3; i++) {
        if (token.size == 1 && from->text[token.offset] == open[i])
            return close[i];
    }
    return '\0';
}

static bool is_closing(const parser *from, gen_token token)
{
    return is(from, token, ")") || is(from, token, "]") || is(from, token, "}");
}

/* Step over one token between the brackets that are open. */
static void skip_between(parser *from, gen_token open[MAX_BRACKETS],
                         size_t *depth)
{
    const gen_token token = peek(from);

    if (token.kind == GEN_TOKEN_END) {
        break_off(from, open[*depth - 1], "nothing closes this bracket");
        return;
    }
    if (!check_token(from, token))
        return;
    from->at = end_of(token);
    if (closing(from, token) != '\0' && *depth == MAX_BRACKETS)
        break_off(from, token, "too many brackets around this one");
    else if (closing(from, token) != '\0')
        open[(*depth)++] = token;
    else if (is_closing(from, token) &&
             from->text[token.offset] != closing(from, open[--*depth]))
        break_off(from, token, "another bracket than this is open");
}

/* Step over the bracket `first`, and over all up to the one that closes it. */
static void skip_brackets(parser *from, gen_token first)
{
    gen_token open[MAX_BRACKETS] = {first};
    size_t depth = 1;

    from->at = end_of(first);
    while (depth > 0 && !from->is_broken)
        skip_between(from, open, &depth);
}

/* Does another option begin at this token, so that a comma is missing? */
static bool begins_option(const parser *from, gen_token token)
{
    parser ahead = *from;

    if (token.kind != GEN_TOKEN_IDENTIFIER ||
        !is_blank(from->text[token.offset - 1]))
        return false;
    ahead.at = end_of(token);
    gen_token next = peek(&ahead);
    return is(from, next, "=") || is(from, next, "(") ||
           gen_option_is_name(piece_of(from, token).text);
}

/* Read up to the next comma or closing parenthesis that is not inside brackets,
 * or, unless it is an expression, up to where another option begins. */
static gen_piece read_value(parser *from, bool is_expression)
{
    const size_t begin = from->at;
    gen_token token;

    while ((token = peek(from)).kind != GEN_TOKEN_END) {
        if (is(from, token, ",") || is(from, token, ")") ||
            (!is_expression && from->at > begin && begins_option(from, token)))
            break;
        if (is_closing(from, token)) {
            break_off(from, token, "nothing opens this bracket");
        } else if (closing(from, token) != '\0') {
            skip_brackets(from, token);
        } else if (check_token(from, token)) {
            from->at = end_of(token);
        }
        if (from->is_broken)
            break;
    }
    const char *nul = memchr(from->text + begin, '\0', from->at - begin);
    if (nul != NULL && !from->is_broken) {
        const size_t at = (size_t)(nul - from->text);
        gen_reading_fail(&from->reading, (gen_piece){"", at, 1}, NULL,
                         "a NUL byte has no meaning here");
        from->is_broken = true;
    }
    return piece(from, begin, from->at);
}

/* The parenthesis at `open` lacks its partner. */
static void fail_unclosed(parser *from, gen_token open)
{
    if (!from->is_broken)
        break_off(from, open, "nothing closes this bracket");
}

/* Read "(a, b)" at the token `open`; false after a mistake. */
static bool read_arguments(parser *from, gen_token open, gen_pieces *out)
{
    bool is_good = true;

    from->at = end_of(open);
    if (is(from, peek(from), ")")) {
        from->at = end_of(peek(from));
        return true;
    }
    for (;;) {
        gen_piece argument = read_value(from, true);
        gen_token token = peek(from);
        if (from->is_broken || token.kind == GEN_TOKEN_END) {
            fail_unclosed(from, open);
            return false;
        }
        if (argument.size == 0) {
            gen_reading_fail(&from->reading, piece_of(from, token), NULL,
                             "something is missing before this");
            is_good = false;
        }
        gen_pieces_add(from->reading.arena, out, argument);
        from->at = end_of(token);
        if (is(from, token, ")"))
            return is_good;
    }
}

/* The name of an option; one with '-' for '_' is read whole, to be mended. */
static gen_piece read_name(parser *from)
{
    const gen_token first = peek(from);

    from->at = end_of(first);
    for (;;) {
        gen_token dash = peek(from);
        parser ahead = *from;
        ahead.at = end_of(dash);
        gen_token next = peek(&ahead);
        if (!is(from, dash, "-") || next.kind != GEN_TOKEN_IDENTIFIER ||
            dash.offset != from->at || next.offset != end_of(dash))
            return piece(from, first.offset, from->at);
        from->at = end_of(next);
    }
}

/* Read what follows an option's name; false after a mistake. */
static bool read_form(parser *from, gen_written *written)
{
    const gen_token token = peek(from);

    written->form = GEN_WRITTEN_BARE;
    if (is(from, token, "(")) {
        written->form = GEN_WRITTEN_LIST;
        return read_arguments(from, token, &written->arguments);
    }
    if (is(from, token, "==") || is(from, token, ":")) {
        gen_reading_fail(&from->reading, piece_of(from, token), "=",
                         "'=' is expected here");
    } else if (!is(from, token, "=")) {
        return true;
    }
    written->form = GEN_WRITTEN_VALUE;
    from->at = end_of(token);
    written->value =
        read_value(from, gen_option_takes_expression(written->name.text));
    if (written->value.size == 0 && !from->is_broken)
        gen_reading_fail(&from->reading, piece_of(from, token), NULL,
                         "a value is missing behind this");
    return written->value.size > 0 && !from->is_broken;
}

static void read_option(parser *from)
{
    const gen_token first = peek(from);
    gen_written written = {.form = GEN_WRITTEN_BARE};

    if (first.kind != GEN_TOKEN_IDENTIFIER) {
        gen_piece wrong = read_value(from, true);
        if (!from->is_broken)
            gen_reading_fail(&from->reading, wrong, NULL,
                             "the name of an option is expected");
        return;
    }
    written.name = read_name(from);
    if (!read_form(from, &written))
        return;
    written.whole = piece(from, first.offset, from->at);
    gen_option_read(&from->reading, &written);
}

/* After an option stands a comma, or the end.  A missing comma is noted once
 * and then read as if it were there. */
static void read_comma(parser *from, gen_token *comma)
{
    const gen_token token = peek(from);

    *comma = token;
    if (is(from, token, ",")) {
        from->at = end_of(token);
    } else if (token.kind != GEN_TOKEN_END && !is(from, token, ")")) {
        gen_piece behind = {"", from->at, 0};
        gen_reading_fail(&from->reading, behind, ",",
                         "a comma is missing here");
        if (token.kind != GEN_TOKEN_IDENTIFIER)
            read_value(from, true);
    }
}

/* Read the options between the parentheses, the first of which is `open`. */
static void read_options(parser *from, gen_token open)
{
    gen_token comma = open;

    from->at = end_of(open);
    while (!from->is_broken) {
        gen_token token = peek(from);
        if (token.kind == GEN_TOKEN_END) {
            fail_unclosed(from, open);
        } else if (is(from, token, ")")) {
            from->at = end_of(token);
            if (is(from, comma, ","))
                gen_reading_fail(&from->reading, piece_of(from, comma), "",
                                 "no option follows this comma");
            return;
        } else if (is(from, token, ",")) {
            gen_reading_fail(&from->reading, piece_of(from, token), "",
                             "no option stands before this comma");
            from->at = end_of(token);
            comma = open;
        } else {
            read_option(from);
            if (!from->is_broken)
                read_comma(from, &comma);
        }
    }
}

/* Does the text at `token` read like an option, not like prose?  A name alone
 * does so only at the end or before a comma. */
static bool looks_like_option(const parser *from, gen_token token)
{
    parser ahead = *from;

    if (token.kind != GEN_TOKEN_IDENTIFIER)
        return false;
    ahead.at = end_of(token);
    gen_token next = peek(&ahead);
    if (is(from, next, "=") && next.offset == end_of(token))
        return true;
    return gen_option_is_name(piece_of(from, token).text) &&
           (next.kind == GEN_TOKEN_END || is(from, next, ",") ||
            is(from, next, "=") || is(from, next, "("));
}

/* What follows the annotation is prose, which needs a blank before it. */
static void check_rest(parser *from, bool has_parentheses)
{
    const size_t end = from->at;
    const gen_token token = peek(from);
    gen_arena *arena = from->reading.arena;

    if (end == from->size)
        return;
    if (!is_blank(from->text[end])) {
        gen_reading_fail(&from->reading, piece_of(from, token), NULL,
                         "unexpected '%s' after the annotation",
                         piece_of(from, token).text);
    } else if (looks_like_option(from, token)) {
        gen_piece rest = piece(from, end, from->size);
        if (has_parentheses)
            gen_reading_fail(&from->reading, rest, NULL,
                             "an option stands outside the parentheses");
        else
            gen_reading_fail(&from->reading, rest,
                             gen_arena_format(arena, "(%s)", rest.text),
                             "options stand in parentheses: write @%s(%s)",
                             from->reading.out->word.text, rest.text);
    }
}

/* Read the word behind the '@'; false if nothing more can be read. */
static bool read_word(parser *from)
{
    gen_annotation *out = from->reading.out;
    const gen_word word = from->size > 0 && from->text[0] == '@'
                              ? gen_annotation_word(from->text, from->size)
                              : (gen_word){.meaning = GEN_WORD_OTHER};

    out->word = piece(from, 1, word.size > 0 ? word.size : 1);
    from->at = word.size;
    if (word.meaning == GEN_WORD_OTHER) {
        gen_reading_fail(&from->reading, piece(from, 0, from->size > 0), NULL,
                         "an annotation is expected, as in @memo");
        return false;
    }
    gen_word meant = word;
    if (word.meaning == GEN_WORD_MISSPELT) {
        const char *fix =
            gen_arena_format(from->reading.arena, "@%s", word.name);
        meant = gen_annotation_word(fix, strlen(fix));
        const gen_piece written = piece(from, 0, word.size);
        gen_reading_fail(&from->reading, written, fix,
                         "unknown annotation '%s'; did you mean '%s'?",
                         written.text, fix);
    } else if (word.meaning == GEN_WORD_TYPE) {
        gen_reading_fail(&from->reading, piece(from, 0, word.size), NULL,
                         "@memo_type is not available in this version");
    }
    if (meant.meaning == GEN_WORD_SINGLETON)
        out->flavour = GEN_SINGLETON;
    return meant.meaning != GEN_WORD_TYPE;
}

gen_mistake *gen_annotation_parse(gen_arena *arena, gen_annotation *out,
                                  const char *text, size_t size)
{
    parser from = {
        .reading = {.arena = arena, .out = out}, .text = text, .size = size};

    *out = (gen_annotation){0};
    if (!read_word(&from)) {
        out->whole = piece(&from, 0, from.at);
        return from.reading.first;
    }
    const gen_token open = peek(&from);
    const bool has_parentheses = is(&from, open, "(");
    if (has_parentheses)
        read_options(&from, open);
    out->whole = piece(&from, 0, from.at);
    if (!from.is_broken)
        check_rest(&from, has_parentheses);
    return from.reading.first;
}
