/* test_lex.c -- the tokens of a C text. */
#include "lex.h"
#include "text.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static const char *const kind_names[] = {"",    "id", "num", "str",
                                         "chr", "op", "#",   "/*"};

/* The tokens of `text` as "kind:spelling" joined by '|'; read from a copy
 * without a NUL behind it, so that a sanitizer sees a read past the end. */
static char *describe(const char *text, size_t size, bool wants_comments)
{
    gen_text out = {0};
    char *copy = malloc(size + (size == 0));

    memcpy(copy, text, size);
    gen_lexer lexer = gen_lexer_begin(copy, 0, size);
    lexer.wants_comments = wants_comments;
    gen_text_append_string(&out, "");
    for (;;) {
        gen_token token = gen_lexer_next(&lexer);
        if (token.kind == GEN_TOKEN_END)
            break;
        ck_assert_uint_gt(token.size, 0);
        ck_assert_uint_le(token.offset + token.size, size);
        gen_text_append_format(&out, "%s%s%s:", out.size > 0 ? "|" : "",
                               token.is_first ? "^" : "",
                               kind_names[token.kind]);
        gen_text_append(&out, copy + token.offset, token.size);
    }
    ck_assert_int_eq(gen_lexer_next(&lexer).kind, GEN_TOKEN_END);
    free(copy);
    return out.data;
}

static const struct {
    const char *text, *tokens;
} texts[] = {
    {"", ""},
    {" \t\n", ""},
    {"int f(void);", "^id:int|id:f|op:(|id:void|op:)|op:;"},
    {"a\n  b c", "^id:a|^id:b|id:c"},
    /* Comments are white space; they do not make a token stand later. */
    {"a /* b */ c // d\ne", "^id:a|id:c|^id:e"},
    {"/* x */ a", "^id:a"},
    {"a /* unterminated", "^id:a"},
    {"/*/ x */ a", "^id:a"},
    {"// c \\\n still\na", "^id:a"},
    {"// c \\ \r\n still\r\na", "^id:a"},
    /* Literals hide comments, and the other way round. */
    {"\"/* \" 'x' \"*/\"", "^str:\"/* \"|chr:'x'|str:\"*/\""},
    {"\"a\\\"b\" c", "^str:\"a\\\"b\"|id:c"},
    {"'\\'' '\"' x", "^chr:'\\''|chr:'\"'|id:x"},
    {"L\"a\" u8\"b\" u'c' U\"d\" R\"e\"",
     "^str:L\"a\"|str:u8\"b\"|chr:u'c'|str:U\"d\"|id:R|str:\"e\""},
    {"\"open\nx", "^str:\"open|^id:x"},
    {"'", "^chr:'"},
    {"\"a\\", "^str:\"a\\"},
    {"\"a\\\nb\" c", "^str:\"a\\\nb\"|id:c"},
    /* The trigraph of a backslash splices too, but for line comments: there
     * dialects without trigraphs may hold it. */
    {"int n\?\?/\n)", "^id:int|id:n|op:)"},
    {"#define A \?\?/\n 1\nx", "^#:#define A \?\?/\n 1|^id:x"},
    {"// c\?\?/\nx", "^id:x"},
    {"a ?\?/", "^id:a|op:?|op:?|op:/"},
    {"a ? ?/\n b", "^id:a|op:?|op:?|op:/|^id:b"},
    /* Numbers are preprocessing numbers. */
    {"1.5e+3f .5 0x1p-2 1..2 1-2",
     "^num:1.5e+3f|num:.5|num:0x1p-2|num:1..2|num:1|op:-|num:2"},
    {"x.y", "^id:x|op:.|id:y"},
    /* The longest punctuator is taken. */
    {"a<<=b->c...d", "^id:a|op:<<=|id:b|op:->|id:c|op:...|id:d"},
    {"a+++b %:%: <% %>", "^id:a|op:++|op:+|id:b|op:%:%:|op:<%|op:%>"},
    {"a..b", "^id:a|op:.|op:.|id:b"},
    {"@ ` \\", "^op:@|op:`|op:\\"},
    /* A directive is one token, its continued lines and comments included. */
    {"#define A 1\nx", "^#:#define A 1|^id:x"},
    {"#define A \\\n 1\nx", "^#:#define A \\\n 1|^id:x"},
    {"#define A /* 1\n2 */ 3\nx", "^#:#define A /* 1\n2 */ 3|^id:x"},
    {"#define A \"/*\"\nx", "^#:#define A \"/*\"|^id:x"},
    {"#define A // x \\\ny\nz", "^#:#define A // x \\\ny|^id:z"},
    {"  # if 0\r\nx", "^#:# if 0|^id:x"},
    {"/* c */ #if 1\nx", "^#:#if 1|^id:x"},
    {"%:if 1\nx", "^#:%:if 1|^id:x"},
    {"x #y", "^id:x|op:#|id:y"},
    {"x \\\n #y", "^id:x|op:#|id:y"},
    {"#error don't\nx", "^#:#error don't|^id:x"},
    {"#", "^#:#"},
    /* Splices may stand anywhere, even inside a token. */
    {"fo\\\no bar", "^id:fo\\\no|id:bar"},
    {"a\\\n", "^id:a"},
    {"<\\\n<\\\n=", "^op:<\\\n<\\\n="},
    {"/\\\n/ x\ny", "^id:y"},
    {"/\\\n* x *\\\n/ y", "^id:y"},
    {"L\\\n'x'", "^chr:L\\\n'x'"},
    {"a \\\n", "^id:a"},
    {"\\\n#if\nx", "^#:#if|^id:x"},
    /* Letters beyond ASCII. */
    {"gr\xc3\xb6\xc3\x9f"
     "e $x \\u00e4b",
     "^id:gr\xc3\xb6\xc3\x9f"
     "e|id:$x"
     "|id:\\u00e4b"},
};

START_TEST(a_text_is_cut_into_its_tokens)
{
    char *tokens = describe(texts[_i].text, strlen(texts[_i].text), false);

    ck_assert_str_eq(tokens, texts[_i].tokens);
    free(tokens);
}
END_TEST

static const struct {
    const char *text, *tokens;
} commented[] = {
    {"a /* b */ c // d\ne", "^id:a|/*:/* b */|id:c|/*:// d|^id:e"},
    {"// a  \r\n// b", "^/*:// a|^/*:// b"},
    {"/* a */ // b\nint", "^/*:/* a */|^/*:// b|^id:int"},
    {"// a \\\nb\nint", "^/*:// a \\\nb|^id:int"},
    {"x /* a\n */ // b", "^id:x|/*:/* a\n */|/*:// b"},
    {"\"// a\" '//'", "^str:\"// a\"|chr:'//'"},
    {"/*", "^/*:/*"},
    {"/**/x", "^/*:/**/|^id:x"},
};

START_TEST(comments_are_given_when_asked_for)
{
    char *tokens =
        describe(commented[_i].text, strlen(commented[_i].text), true);

    ck_assert_str_eq(tokens, commented[_i].tokens);
    free(tokens);
}
END_TEST

START_TEST(a_nul_byte_is_a_token_like_any_stray_byte)
{
    gen_lexer lexer = gen_lexer_begin("a\0b", 0, 3);

    gen_token a = gen_lexer_next(&lexer);
    gen_token nul = gen_lexer_next(&lexer);
    gen_token b = gen_lexer_next(&lexer);

    ck_assert_int_eq(a.kind, GEN_TOKEN_IDENTIFIER);
    ck_assert_int_eq(nul.kind, GEN_TOKEN_PUNCTUATOR);
    ck_assert_uint_eq(nul.offset, 1);
    ck_assert_int_eq(b.kind, GEN_TOKEN_IDENTIFIER);
}
END_TEST

START_TEST(reading_stops_at_the_end_that_was_given)
{
    gen_lexer lexer = gen_lexer_begin("abc /* d */", 0, 2);

    gen_token token = gen_lexer_next(&lexer);

    ck_assert_uint_eq(token.size, 2);
    ck_assert_int_eq(gen_lexer_next(&lexer).kind, GEN_TOKEN_END);
}
END_TEST

static const struct {
    const char *text;
    size_t begin;
    bool is_directive;
} beginnings[] = {
    {"#if", 0, true},      {"  #if", 2, true},       {"x\n #if", 3, true},
    {"x #if", 2, false},   {"x \\\n #if", 5, false}, {"x \\\r\n #if", 6, false},
    {"\\\n#if", 2, false}, {"/* */ #if", 6, false},
};

START_TEST(a_beginning_inside_a_line_opens_no_directive)
{
    const char *text = beginnings[_i].text;
    gen_lexer lexer = gen_lexer_begin(text, beginnings[_i].begin, strlen(text));

    gen_token token = gen_lexer_next(&lexer);

    ck_assert_int_eq(token.kind == GEN_TOKEN_DIRECTIVE,
                     beginnings[_i].is_directive);
}
END_TEST

static const struct {
    const char *text, *spelling;
    bool is_equal;
} spellings[] = {
    {"foo", "foo", true},        {"foo", "fo", false},
    {"foo", "fooo", false},      {"f\\\noo", "foo", true},
    {"f\\ \r\noo", "foo", true}, {"foo", "", false},
    {"f\?\?/\noo", "foo", true}, {"f\?\?/ \r\noo", "foo", true},
};

START_TEST(a_spelling_is_compared_without_splices)
{
    const char *text = spellings[_i].text;
    gen_lexer lexer = gen_lexer_begin(text, 0, strlen(text));

    gen_token token = gen_lexer_next(&lexer);

    ck_assert_int_eq(gen_token_is(text, token, spellings[_i].spelling),
                     spellings[_i].is_equal);
}
END_TEST

#define COUNT(table) ((int)(sizeof(table) / sizeof *(table)))

Suite *memo_test_suite(void);

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("lex");
    TCase *tests = tcase_create("lex");

    tcase_add_loop_test(tests, a_text_is_cut_into_its_tokens, 0, COUNT(texts));
    tcase_add_loop_test(tests, comments_are_given_when_asked_for, 0,
                        COUNT(commented));
    tcase_add_test(tests, a_nul_byte_is_a_token_like_any_stray_byte);
    tcase_add_test(tests, reading_stops_at_the_end_that_was_given);
    tcase_add_loop_test(tests, a_beginning_inside_a_line_opens_no_directive, 0,
                        COUNT(beginnings));
    tcase_add_loop_test(tests, a_spelling_is_compared_without_splices, 0,
                        COUNT(spellings));
    suite_add_tcase(suite, tests);
    return suite;
}
