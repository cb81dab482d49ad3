/* fuzz_annotation.c -- any bytes as a C text with annotations.
 *
 * Scan, lex, parse, write back, complain, compare, fill: none may crash or
 * hang, and what their headers promise must hold.
 */
#include "fuzz/driver.h"

#include "annotation.h"
#include "diagnostic.h"
#include "diff.h"
#include "lex.h"
#include "scan.h"
#include "template.h"
#include "utf8.h"

#include <stdlib.h>
#include <string.h>

const char *const fuzz_seeds[] = {
    "// @memo(ttl=60, in(xs[n]))\ndouble f(const double xs[], int n) {}\n",
    "/**\n * @memo(max_bytes=64MB,\n *  persist=\"disk\")\n */\nint g;\n",
    "/// @memo(key(a, b))\n/// @memo(key(f(a, b)[0], {c}))\n",
    "#if A /* c */\n// @singleton(validate=v, release=r)\n#endif\nx",
    "// @memo(show_spinner=\"a\\tb\", version='\"')\n",
    "// @memo(cache_if=result > (0))\n",
    "// @memo(ttl=\"1d12h\",\n//   hash(p, fn), returns(result[n * 2]))\nf",
    "int f(void) { // @memo\n return 1; }\n/* @memoize */ // @ memo\n",
    "{{#yes}}\n{{name}} {{^no}}x{{/no}}\n{{/yes}}{{! r }}\n",
    "/* @memo(out(p[n]), inout(q[r][c]), string(s), ignore(a, b)) */\n",
    "// @cache_data(depends(\"a.txt\"), code=ignore, impure_ok(x, y)) so\n",
    "// @memo ttl=60\n// @memo(,)\n// @memo(ttl=1 borrow)\n",
    "",
    NULL,
};

const char *const fuzz_words[] = {
    "@memo",
    "@memo(",
    "@singleton(",
    "@cache_data",
    "@memo_type",
    "//",
    "/*",
    "*/",
    "\n * ",
    "\\\n",
    "\r\n",
    "ttl=",
    "90s",
    "\"1d12h\"",
    "max_entries=",
    "max_bytes=",
    "1.5GiB",
    "persist",
    "=\"redis\"",
    "persist_ttl",
    "show_spinner=\"",
    "allow_widgets",
    "cache_if=",
    "key(",
    "depends(",
    "version=\"",
    "\\u00e4",
    "\\x41",
    "\\0",
    "code=ignore",
    "impure_ok(",
    "in(",
    "out(",
    "inout(",
    "string(",
    "deref(",
    "ignore(",
    "hash(",
    "returns(result[",
    "returns(static)",
    "borrow",
    "free=f",
    "alloc=g",
    "validate=v",
    "release=r",
    "true",
    "False",
    "p[n]",
    "][",
    "))",
    ", ",
    "=",
    "#define X ",
    "#if 0\n",
    "#else\n",
    "#endif\n",
    "'\"'",
    "\"\\\"\"",
    "<%",
    "%:",
    "{{",
    "}}",
    "{{#yes}}",
    "{{/yes}}",
    "{{name}}",
    "{{!",
    "18446744073709551616",
    "0.0000000001",
    "\xc3\xa4",
    "\xf0\x9f\x98\x80",
    "\xef\xbb\xbf",
    "\xc2\x9b",
    "\x1b[31m",
    NULL,
};

/* Tokens follow each other and lie inside the text. */
static void check_lexer(const char *text, size_t size, bool wants_comments)
{
    gen_lexer lexer = gen_lexer_begin(text, 0, size);
    size_t end = 0;
    gen_token token;

    lexer.wants_comments = wants_comments;
    while ((token = gen_lexer_next(&lexer)).kind != GEN_TOKEN_END) {
        FUZZ_CHECK(token.size > 0);
        FUZZ_CHECK(token.offset >= end);
        end = token.offset + token.size;
        FUZZ_CHECK(end <= size);
        FUZZ_CHECK(wants_comments || token.kind != GEN_TOKEN_COMMENT);
    }
    FUZZ_CHECK(gen_lexer_next(&lexer).kind == GEN_TOKEN_END);
}

static void check_site(const gen_annotation_site *site, const char *text,
                       size_t size)
{
    FUZZ_CHECK(site->size > 0 && site->text[0] == '@');
    FUZZ_CHECK(site->text[site->size] == '\0');
    FUZZ_CHECK(site->offset + site->size <= site->end);
    FUZZ_CHECK(site->end <= size && site->next_token <= size);
    FUZZ_CHECK(site->next_token >= site->end || site->is_trailing);
    FUZZ_CHECK(site->depth >= 0);
    for (size_t i = 0; i < site->size; i++)
        FUZZ_CHECK(site->text[i] == ' ' ||
                   site->text[i] == text[site->offset + i]);
}

/* A good annotation means the same when memogen has written it. */
static void check_round_trip(gen_arena *arena, const gen_annotation *read)
{
    const char *options = gen_annotation_text(arena, read);
    const char *salt = gen_annotation_salt(arena, read);
    const char *text = gen_arena_format(
        arena, "@%s(%s)", read->flavour == GEN_SINGLETON ? "singleton" : "memo",
        options);
    gen_annotation again;

    FUZZ_CHECK(gen_annotation_parse(arena, &again, text, strlen(text)) == NULL);
    FUZZ_CHECK(strcmp(options, gen_annotation_text(arena, &again)) == 0);
    FUZZ_CHECK(strcmp(salt, gen_annotation_salt(arena, &again)) == 0);
}

static void check_annotation(gen_diagnostics *found,
                             const gen_source_text *source, size_t offset,
                             const char *text, size_t size)
{
    gen_annotation read;
    gen_mistake *mistakes =
        gen_annotation_parse(found->arena, &read, text, size);
    size_t last = 0;

    for (gen_mistake *at = mistakes; at != NULL; at = at->next) {
        FUZZ_CHECK(at->offset >= last && at->offset + at->size <= size);
        last = at->offset;
        const gen_span span = {source, offset + at->offset, at->size};
        gen_diagnostic *made = gen_error(found, span, "%s", at->text);
        if (at->fix != NULL)
            gen_suggest(found, made, span, at->fix);
    }
    /* A raw text may hold newlines, which memogen's own spelling does not. */
    if (mistakes == NULL && source->text != text)
        check_round_trip(found->arena, &read);
}

/* Nothing that is printed can do harm to a terminal. */
static void check_printed(const gen_diagnostics *found, bool as_json)
{
    char *text;
    size_t size;
    FILE *file = open_memstream(&text, &size);

    gen_diagnostics_print(found, file, GEN_COLOR_NEVER, as_json);
    fclose(file);
    for (size_t at = 0; at < size;) {
        const unsigned char byte = (unsigned char)text[at];
        size_t bytes = gen_utf8_size(text + at, size - at);
        FUZZ_CHECK(bytes > 0);
        FUZZ_CHECK(byte >= ' ' || byte == '\n' || (byte == '\t' && !as_json));
        FUZZ_CHECK(byte != 0x7f);
        at += bytes;
    }
    free(text);
}

static void check_template(gen_arena *arena, const char *text)
{
    gen_values *values = gen_values_create(arena);
    gen_text out = {0};
    const char *error = NULL;

    gen_values_set(values, "name", "f");
    gen_values_flag(values, "yes", true);
    gen_values_set(gen_values_add(values, "yes"), "inner", "i");
    gen_values_flag(values, "no", false);
    bool is_done = gen_template_render(arena, &out, "t", text, values, &error);
    FUZZ_CHECK(is_done == (error == NULL));
    FUZZ_CHECK(gen_template_holes(arena, text) != NULL);
    gen_text_finish(&out);
}

/* The halves of the text are compared. */
static void check_diff(const char *text, size_t size)
{
    const size_t half = size / 2;
    gen_text out = {0};

    gen_diff_append(&out, "a", text, half, "b", text + half, size - half);
    FUZZ_CHECK(out.size > 0 ||
               (half == size - half && memcmp(text, text + half, half) == 0));
    gen_text_finish(&out);
}

/* NOLINTNEXTLINE(readability-identifier-naming): libFuzzer names it. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    gen_arena *arena = gen_arena_create();
    const char *text = (const char *)data;
    const gen_source_text source = {"in.c", gen_arena_copy(arena, text, size),
                                    size};
    gen_diagnostics found;

    gen_diagnostics_init(&found, arena, NULL);
    check_lexer(text, size, false);
    check_lexer(text, size, true);
    gen_scan scan = gen_scan_text(arena, text, size);
    FUZZ_CHECK(scan.count == 0 || gen_scan_may_find(text, size));
    for (size_t i = 0; i < scan.count; i++) {
        const gen_annotation_site *site = &scan.sites[i];
        FUZZ_CHECK(i == 0 || site[-1].offset < site->offset);
        check_site(site, text, size);
        check_annotation(&found, &source, site->offset, site->text, site->size);
    }
    check_annotation(&found, &source, 0, source.text, size);
    check_printed(&found, false);
    check_printed(&found, true);
    check_template(arena, source.text);
    check_diff(text, size);
    gen_arena_destroy(arena);
    return 0;
}
