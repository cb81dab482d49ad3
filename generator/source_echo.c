/* source_echo.c -- st_echo(…) { … }, and the text of its block. */
#include "source_reader.h"

#include "lex.h"
#include "text.h"

#include <string.h>

static const char echo_name[] = "st_echo";

/* What C guarantees of a text's length. */
#define MOST_CODE 4000

/* ---- the text ------------------------------------------------------------ */

typedef struct {
    const char *at;
    size_t size;
} line;

static bool is_space(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r';
}

/* The next line, if there is one, without the white space at its end. */
static bool next_line(line *out, const char **at, const char *end)
{
    const char *newline;

    if (*at >= end)
        return false;
    newline = memchr(*at, '\n', (size_t)(end - *at));
    *out = (line){*at, (size_t)((newline ? newline : end) - *at)};
    *at += out->size + (newline != NULL);
    while (out->size > 0 && is_space(out->at[out->size - 1]))
        out->size--;
    return true;
}

static size_t indent_of(line of)
{
    size_t indent = 0;

    while (indent < of.size && (of.at[indent] == ' ' || of.at[indent] == '\t'))
        indent++;
    return indent;
}

/* How far all lines are indented. */
static size_t common_indent(const char *at, const char *end)
{
    size_t least = SIZE_MAX;
    line now;

    while (next_line(&now, &at, end)) {
        if (now.size > 0 && indent_of(now) < least)
            least = indent_of(now);
    }
    return least;
}

/* The lines between two braces, moved to the left, without blank ones around
 * them. */
static const char *code_of(gen_arena *arena, const char *at, const char *end)
{
    size_t indent, kept = 0;
    gen_text out = {0};
    const char *copy;
    line now;

    while (at < end && is_space(*at))
        at++;
    if (at < end && *at == '\n')
        at++;
    indent = common_indent(at, end);
    while (next_line(&now, &at, end)) {
        size_t skipped = indent < now.size ? indent : now.size;

        if (now.size > 0)
            gen_text_append(&out, now.at + skipped, now.size - skipped);
        if (now.size > 0)
            kept = out.size;
        if (out.size > 0)
            gen_text_append_char(&out, '\n');
    }
    copy = gen_arena_copy(arena, out.data ? out.data : "",
                          kept < MOST_CODE ? kept : MOST_CODE);
    gen_text_finish(&out);
    return copy;
}

/* ---- the call ------------------------------------------------------------ */

/* The token that closes what `open` has opened. */
static gen_token find_close(const char *text, gen_lexer *lexer,
                            const char *open, const char *close)
{
    int depth = 1;

    for (;;) {
        gen_token token = gen_lexer_next(lexer);

        depth += gen_token_is(text, token, open);
        depth -= gen_token_is(text, token, close);
        if (token.kind == GEN_TOKEN_END || depth == 0)
            return token;
    }
}

/* Read "(…) { … }" after the macro's name. */
static bool read_echo(reader *r, gen_token name, gen_echo *echo)
{
    const gen_source_text *source = r->main->text;
    const char *text = source->text;
    gen_lexer lexer =
        gen_lexer_begin(text, name.offset + name.size, source->size);
    gen_token open = gen_lexer_next(&lexer), close, brace, end;
    size_t arguments = lexer.offset;

    if (!gen_token_is(text, open, "("))
        return false;
    close = find_close(text, &lexer, "(", ")");
    brace = gen_lexer_next(&lexer);
    if (close.kind == GEN_TOKEN_END || !gen_token_is(text, brace, "{"))
        return false;
    end = find_close(text, &lexer, "{", "}");
    if (end.kind == GEN_TOKEN_END)
        return false;
    lexer = gen_lexer_begin(text, arguments, close.offset);
    *echo = (gen_echo){
        {source, open.offset, open.size},
        code_of(r->arena, text + brace.offset + brace.size, text + end.offset),
        gen_lexer_next(&lexer).kind != GEN_TOKEN_END};
    return true;
}

static void add_echo(reader *r, gen_echo echo)
{
    gen_file *file = r->out;
    gen_echo *grown = GEN_NEW_ARRAY(r->arena, gen_echo, file->echo_count + 1);

    if (file->echo_count)
        memcpy(grown, file->echoes, file->echo_count * sizeof *grown);
    grown[file->echo_count++] = echo;
    file->echoes = grown;
}

/* Without st.h the name is any other name. */
void reader_find_echoes(reader *r)
{
    const gen_source_text *source = r->main->text;
    gen_lexer lexer = gen_lexer_begin(source->text, 0, source->size);

    if (!memmem(source->text, source->size, echo_name, strlen(echo_name)) ||
        !reader_find_macro(r, "ST_ELEMENTS_H", strlen("ST_ELEMENTS_H")))
        return;
    for (;;) {
        gen_token token = gen_lexer_next(&lexer);
        gen_echo echo;

        if (token.kind == GEN_TOKEN_END)
            return;
        if (token.kind == GEN_TOKEN_IDENTIFIER &&
            gen_token_is(source->text, token, echo_name) &&
            !reader_inactive_at(r, r->main, token.offset) &&
            read_echo(r, token, &echo))
            add_echo(r, echo);
    }
}
