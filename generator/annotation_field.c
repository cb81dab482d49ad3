#include "annotation_field.h"

#include "annotation_word.h"
#include "diagnostic.h"
#include "lex.h"

#include <string.h>

typedef struct {
    gen_arena *arena;
    const char *text;
    size_t at, size;
    gen_mistake *mistake;
} parser;

static const struct {
    const char *name;
    gen_field_rule_kind kind;
    bool has_value;
} rules[] = {
    {"len", GEN_FIELD_LEN, true},      {"string", GEN_FIELD_STRING, false},
    {"deref", GEN_FIELD_DEREF, false}, {"ignore", GEN_FIELD_IGNORE, false},
    {"hash", GEN_FIELD_HASH, true},
};
#define RULES (sizeof rules / sizeof *rules)

static const char expected[] =
    "one of len(EXPR), string, deref, ignore, hash(function) is expected";

static gen_token peek(const parser *from)
{
    gen_lexer lexer = gen_lexer_begin(from->text, from->at, from->size);

    return gen_lexer_next(&lexer);
}

static bool is(const parser *from, gen_token token, const char *text)
{
    return gen_token_is(from->text, token, text);
}

static gen_piece piece(const parser *from, size_t begin, size_t end)
{
    return (gen_piece){
        gen_arena_copy(from->arena, from->text + begin, end - begin), begin,
        end - begin};
}

static void fail(parser *from, size_t begin, size_t end, const char *fix,
                 const char *text)
{
    if (from->mistake)
        return;
    from->mistake = GEN_NEW(from->arena, gen_mistake);
    *from->mistake = (gen_mistake){begin, end - begin, text, fix, NULL};
}

/* The text between a bracket and the one that closes it; `from` goes on behind
 * that. */
static gen_piece read_brackets(parser *from)
{
    gen_token open = peek(from), token = open;
    size_t begin = open.offset + open.size, end = begin;
    size_t depth = 0;

    do {
        token = peek(from);
        if (token.kind == GEN_TOKEN_END) {
            fail(from, open.offset, open.offset + open.size, NULL,
                 "nothing closes this bracket");
            return piece(from, begin, begin);
        }
        from->at = token.offset + token.size;
        depth += is(from, token, "(");
        depth -= is(from, token, ")");
        if (depth > 0 && token.offset > open.offset)
            end = from->at;
    } while (depth > 0);
    begin = end > begin ? begin : token.offset;
    return piece(from, begin, end > begin ? end : begin);
}

static void read_value(parser *from, gen_field_rule *out, gen_token name)
{
    size_t end = name.offset + name.size;

    if (!is(from, peek(from), "(")) {
        fail(from, name.offset, end, NULL,
             out->kind == GEN_FIELD_LEN
                 ? "how many elements? write len(EXPR)"
                 : "which function? write hash(function)");
        return;
    }
    out->value = read_brackets(from);
    while (out->value.size > 0 && out->value.text[0] == ' ')
        out->value = piece(from, out->value.offset + 1,
                           out->value.offset + out->value.size);
    if (out->value.size == 0)
        fail(from, name.offset, from->at, NULL,
             "something is missing between these brackets");
    else if (out->kind == GEN_FIELD_HASH && strpbrk(out->value.text, " (,*"))
        fail(from, out->value.offset, out->value.offset + out->value.size, NULL,
             "the name of a function is expected");
}

static void read_rule(parser *from, gen_field_rule *out)
{
    const gen_token name = peek(from);
    const char *names[RULES];
    size_t end = name.offset + name.size;

    if (name.kind != GEN_TOKEN_IDENTIFIER) {
        fail(from, name.kind == GEN_TOKEN_END ? 0 : name.offset,
             name.kind == GEN_TOKEN_END ? from->at : end, NULL, expected);
        return;
    }
    from->at = end;
    for (size_t i = 0; i < RULES; i++) {
        names[i] = rules[i].name;
        if (!is(from, name, rules[i].name))
            continue;
        out->kind = rules[i].kind;
        if (rules[i].has_value)
            read_value(from, out, name);
        out->whole = piece(from, name.offset, from->at);
        return;
    }
    fail(from, name.offset, end,
         gen_nearest(piece(from, name.offset, end).text, names, RULES),
         expected);
}

gen_mistake *gen_field_rule_parse(gen_arena *arena, gen_field_rule *out,
                                  const char *text, size_t size)
{
    parser from = {.arena = arena, .text = text, .size = size};
    gen_word word = gen_annotation_word(text, size);
    bool has_parentheses;

    *out = (gen_field_rule){0};
    from.at = word.size;
    if (word.meaning != GEN_WORD_MEMO) {
        fail(&from, 0, word.size ? word.size : 1, "@memo",
             "behind a field stands @memo and how to follow it");
        return from.mistake;
    }
    has_parentheses = is(&from, peek(&from), "(");
    if (has_parentheses)
        from.at = peek(&from).offset + 1;
    read_rule(&from, out);
    if (has_parentheses && !from.mistake) {
        gen_token close = peek(&from);

        if (!is(&from, close, ")"))
            fail(&from, close.offset, close.offset + close.size, NULL,
                 "a field has one rule; ')' is expected here");
    }
    return from.mistake;
}
