#include "annotation_type.h"

#include "annotation_value.h"
#include "annotation_word.h"
#include "diagnostic.h"
#include "lex.h"

#include <string.h>

typedef struct {
    gen_arena *arena;
    const char *text;
    gen_lexer lexer;
    gen_mistake *mistake;
} parser;

static const char *const names[] = {"hash", "encode", "decode", "free"};
enum { NAMES = sizeof names / sizeof *names };

static gen_piece *member(gen_codec *codec, size_t name)
{
    gen_piece *members[NAMES] = {&codec->hash, &codec->encode, &codec->decode,
                                 &codec->release};

    return members[name];
}

static void fail(parser *from, gen_token at, const char *fix, const char *text)
{
    if (from->mistake)
        return;
    from->mistake = GEN_NEW(from->arena, gen_mistake);
    *from->mistake = (gen_mistake){at.offset, at.size, text, fix, NULL};
}

static bool is(const parser *from, gen_token token, const char *text)
{
    return gen_token_is(from->text, token, text);
}

static gen_piece piece(const parser *from, gen_token token)
{
    return (gen_piece){
        gen_arena_copy(from->arena, from->text + token.offset, token.size),
        token.offset, token.size};
}

/* One name=function. */
static void read_function(parser *from, gen_codec *out, gen_token name)
{
    gen_token equals = gen_lexer_next(&from->lexer);
    gen_token function = gen_lexer_next(&from->lexer);
    gen_piece word = piece(from, name);
    gen_piece *to = NULL;

    for (size_t i = 0; i < NAMES; i++) {
        if (is(from, name, names[i]))
            to = member(out, i);
    }
    if (!to)
        fail(from, name, gen_nearest(word.text, names, NAMES),
             "one of hash, encode, decode, free is expected");
    else if (to->text)
        fail(from, name, NULL, "this function is given twice");
    else if (!is(from, equals, "="))
        fail(from, equals.kind == GEN_TOKEN_END ? name : equals, NULL,
             "'=' and the name of a function are expected");
    else if (function.kind != GEN_TOKEN_IDENTIFIER)
        fail(from, function.kind == GEN_TOKEN_END ? equals : function, NULL,
             "the name of a function is expected");
    else
        *to = piece(from, function);
}

gen_mistake *gen_codec_parse(gen_arena *arena, gen_codec *out, const char *text,
                             size_t size)
{
    gen_word word = gen_annotation_word(text, size);
    parser from = {arena, text, gen_lexer_begin(text, word.size, size), NULL};
    gen_token open = gen_lexer_next(&from.lexer), token = open;
    gen_token whole = {.offset = 0, .size = word.size};

    *out = (gen_codec){0};
    if (!is(&from, open, "("))
        fail(&from, whole, NULL,
             "how? write @memo_type(hash=…, encode=…, decode=…, free=…)");
    while (!from.mistake && !is(&from, token, ")")) {
        token = gen_lexer_next(&from.lexer);
        if (token.kind != GEN_TOKEN_IDENTIFIER) {
            fail(&from, token.kind == GEN_TOKEN_END ? open : token, NULL,
                 token.kind == GEN_TOKEN_END
                     ? "nothing closes this bracket"
                     : "one of hash, encode, decode, free is expected");
            break;
        }
        read_function(&from, out, token);
        token = gen_lexer_next(&from.lexer);
        if (!is(&from, token, ",") && !is(&from, token, ")"))
            fail(&from, token.kind == GEN_TOKEN_END ? open : token, NULL,
                 token.kind == GEN_TOKEN_END ? "nothing closes this bracket"
                                             : "a comma is missing here");
    }
    if (!from.mistake && !out->hash.text && !out->encode.text)
        fail(&from, whole, NULL,
             "neither hash nor encode is given: nothing says what the content "
             "of an object is");
    if (!from.mistake && !out->encode.text != !out->decode.text)
        fail(&from, whole, NULL,
             "encode and decode need each other: bytes are written to be read");
    return from.mistake;
}
