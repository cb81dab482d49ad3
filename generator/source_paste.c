/* source_paste.c -- the macros whose names a macro may make by "##".
 *
 * V_##x names V_RED and V_BLUE without naming either, and libclang tells
 * nothing of what a macro's call becomes.  So every macro of the user's whose
 * name begins, or ends, with the part that is written counts as named: rather
 * one too many than a change that goes unseen.
 */
#include "source_graph.h"

#include "lex.h"

#include <string.h>

/* The body of one macro. */
typedef struct {
    const char *text;
    size_t size, body; /* the parameters end there */
} definition;

static definition read_definition(const char *text, size_t size)
{
    definition read = {text, size, 0};

    if (size > 0 && text[0] == '(') {
        const char *close = memchr(text, ')', size);
        read.body = close ? (size_t)(close - text) + 1 : size;
    }
    return read;
}

static bool is_parameter(const definition *of, gen_token name)
{
    gen_lexer lexer = gen_lexer_begin(of->text, 0, of->body);
    gen_token token;

    while ((token = gen_lexer_next(&lexer)).kind != GEN_TOKEN_END) {
        if (token.size == name.size &&
            memcmp(of->text + token.offset, of->text + name.offset,
                   name.size) == 0)
            return true;
    }
    return gen_token_is(of->text, name, "__VA_ARGS__");
}

/* The written part of a pasted name; empty if all of it comes from outside. */
static gen_token written_part(const definition *of, gen_token token)
{
    if (token.kind != GEN_TOKEN_IDENTIFIER || is_parameter(of, token))
        token.size = 0;
    return token;
}

static bool matches(const char *name, const char *text, gen_token front,
                    gen_token back)
{
    size_t size = strlen(name);

    return front.size + back.size < size &&
           memcmp(name, text + front.offset, front.size) == 0 &&
           memcmp(name + size - back.size, text + back.offset, back.size) == 0;
}

static void name_matching(reader *r, gen_entity *macro, const char *text,
                          gen_token front, gen_token back)
{
    for (size_t i = 0; i < r->macro_slots; i++) {
        gen_entity *other = r->macros[i];

        if (other && other != macro && !other->is_system &&
            matches(other->name, text, front, back))
            graph_name_macros(r, macro, other, macro->span);
    }
}

void graph_find_pasted(reader *r, gen_entity *macro)
{
    size_t size = 0;
    const char *text = reader_macro_text(r, macro, &size);
    definition read;
    gen_lexer lexer;
    gen_token before = {0}, token;

    if (!text || !memmem(text, size, "##", 2))
        return;
    read = read_definition(text, size);
    lexer = gen_lexer_begin(text, read.body, size);
    while ((token = gen_lexer_next(&lexer)).kind != GEN_TOKEN_END) {
        if (gen_token_is(text, token, "##")) {
            token = gen_lexer_next(&lexer);
            name_matching(r, macro, text, written_part(&read, before),
                          written_part(&read, token));
        }
        before = token;
    }
}
