/* source_place.c -- st_in(…) { … } that is left other than at its end: then the
 * page is drawn there still. */
#include "source_reader.h"

#include "lex.h"

#include <string.h>

static const char place_name[] = "st_in";

/* Statements in each other; what is deeper is not looked at. */
#define MOST_DEPTH 200

/* What a statement stands in, inside of the st_in() that is being read. */
typedef struct {
    int depth;
    bool is_in_place;                 /* in the braces of an st_in() */
    bool takes_break, takes_continue; /* a loop or switch of its own does */
    size_t begin, end;                /* of these braces in the text */
} around;

typedef struct {
    reader *reader;
    const char *text;
    gen_lexer lexer;
    gen_token token; /* the one that is being looked at */
} walk;

static void advance(walk *w)
{
    do
        w->token = gen_lexer_next(&w->lexer);
    while (w->token.kind == GEN_TOKEN_DIRECTIVE ||
           (w->token.kind != GEN_TOKEN_END &&
            reader_inactive_at(w->reader, w->reader->main, w->token.offset)));
}

static bool is(const walk *w, const char *spelling)
{
    return gen_token_is(w->text, w->token, spelling);
}

/* Behind what the present bracket opens; within it, blocks of statement
 * expressions included, nothing is looked at. */
static void skip_brackets(walk *w)
{
    int depth = 0;

    do {
        depth += is(w, "(") || is(w, "[") || is(w, "{");
        depth -= is(w, ")") || is(w, "]") || is(w, "}");
        advance(w);
    } while (depth > 0 && w->token.kind != GEN_TOKEN_END);
}

/* Up to the end of a block that stands open, or behind the next ';'. */
static void skip_rest(walk *w)
{
    while (w->token.kind != GEN_TOKEN_END && !is(w, ";") && !is(w, "}")) {
        if (is(w, "(") || is(w, "[") || is(w, "{"))
            skip_brackets(w);
        else
            advance(w);
    }
    if (is(w, ";"))
        advance(w);
}

static bool is_label(const walk *w)
{
    gen_lexer lexer = w->lexer;

    return w->token.kind == GEN_TOKEN_IDENTIFIER &&
           gen_token_is(w->text, gen_lexer_next(&lexer), ":");
}

/* Behind its ':', which "case a ? b : c:" is not expected to have. */
static void skip_label(walk *w)
{
    while (w->token.kind != GEN_TOKEN_END && !is(w, ":") && !is(w, ";") &&
           !is(w, "}"))
        advance(w);
    if (is(w, ":"))
        advance(w);
}

static void complain(walk *w, const char *how)
{
    gen_span span = {w->reader->main->text, w->token.offset, w->token.size};

    if (strcmp(how, "continue") == 0)
        gen_warning(w->reader->diagnostics, "memo-place", span,
                    "'continue' ends the braces of st_in(), and no loop around "
                    "them");
    else
        gen_warning(w->reader->diagnostics, "memo-place", span,
                    "'%s' leaves the braces of st_in() before their end: what "
                    "is drawn next is drawn there still",
                    how);
}

/* Is the label that "goto" names, which is next, in the same braces? */
static bool stays_inside(const walk *w, around in)
{
    gen_lexer rest = w->lexer;
    const gen_token name = gen_lexer_next(&rest);
    gen_lexer lexer = gen_lexer_begin(w->text, in.begin, in.end);
    gen_token before = {0}, token = gen_lexer_next(&lexer);

    while (token.kind != GEN_TOKEN_END &&
           !(gen_token_is(w->text, token, ":") && before.size == name.size &&
             memcmp(w->text + before.offset, w->text + name.offset,
                    name.size) == 0)) {
        before = token;
        token = gen_lexer_next(&lexer);
    }
    return token.kind != GEN_TOKEN_END;
}

static void read_jump(walk *w, around in)
{
    if (in.is_in_place) {
        if (is(w, "return"))
            complain(w, "return");
        else if (is(w, "goto") && !stays_inside(w, in))
            complain(w, "goto");
        else if (is(w, "break") && !in.takes_break)
            complain(w, "break");
        else if (is(w, "continue") && !in.takes_continue)
            complain(w, "continue");
    }
    skip_rest(w);
}

static void read_statement(walk *w, around in);

static void read_block(walk *w, around in)
{
    advance(w);
    while (w->token.kind != GEN_TOKEN_END && !is(w, "}"))
        read_statement(w, in);
    advance(w);
}

/* Behind a word and its brackets. */
static void read_body(walk *w, around in)
{
    advance(w);
    if (is(w, "("))
        skip_brackets(w);
    read_statement(w, in);
}

static void read_place(walk *w, around outer)
{
    around in = {.depth = outer.depth + 1, .is_in_place = true};
    walk end;

    advance(w);
    if (is(w, "("))
        skip_brackets(w);
    end = *w;
    if (is(w, "{"))
        skip_brackets(&end);
    in.begin = w->token.offset;
    in.end = end.token.offset;
    read_statement(w, in);
}

static void read_if(walk *w, around in)
{
    read_body(w, in);
    if (is(w, "else")) {
        advance(w);
        read_statement(w, in);
    }
}

static void read_do(walk *w, around in)
{
    advance(w);
    read_statement(w, in);
    skip_rest(w); /* while (…); */
}

static void read_statement(walk *w, around in)
{
    around inside = in, loop, choice;

    inside.depth++;
    loop = choice = inside;
    loop.takes_break = loop.takes_continue = choice.takes_break = true;
    if (in.depth >= MOST_DEPTH)
        skip_rest(w);
    else if (is(w, "{"))
        read_block(w, inside);
    else if (is(w, "for") || is(w, "while"))
        read_body(w, loop);
    else if (is(w, "do"))
        read_do(w, loop);
    else if (is(w, "switch"))
        read_body(w, choice);
    else if (is(w, place_name))
        read_place(w, in);
    else if (is(w, "if"))
        read_if(w, inside);
    else if (is(w, "st_echo"))
        read_body(w, inside);
    else if (is(w, "return") || is(w, "goto") || is(w, "break") ||
             is(w, "continue"))
        read_jump(w, in);
    else if (is(w, "case") || is(w, "default") || is_label(w))
        skip_label(w);
    else if (is(w, "}")) /* one too many */
        advance(w);
    else
        skip_rest(w);
}

/* Each st_in() that stands in no other one. */
void reader_check_places(reader *r)
{
    const gen_source_text *source = r->main->text;
    walk w = {
        r, source->text, gen_lexer_begin(source->text, 0, source->size), {0}};

    if (!memmem(source->text, source->size, place_name, strlen(place_name)) ||
        !reader_find_macro(r, "ST_PAGE_H", strlen("ST_PAGE_H")))
        return;
    do {
        advance(&w);
        while (w.token.kind == GEN_TOKEN_IDENTIFIER && is(&w, place_name))
            read_statement(&w, (around){0});
    } while (w.token.kind != GEN_TOKEN_END);
}
