/* mutate.c -- make a C source a little different. */
#include "mutate.h"

#include "support/random.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* A longer text is cut: time goes into many small sources. */
#define MAX_BYTES 20000

static const char *const blanks[] = {
    " ",        "\t",      "\n",      "\r\n",
    "\\\n",     "\\ \n",   "\f",      "\v",
    "/**/",     "/* # */", "// x\n",  "// x \\\n y\n",
    "/*\n\n*/", "/* @ */", "\?\?/\n", "\n#pragma x\n",
    "\n\n\n",   "    ",
};

/* Whole lines before a definition that leave it what it was; a second
 * annotation above it may be a mistake. */
static const char *const calm_lines[] = {
    "// @memo\n",
    "/* @memo */\n",
    "/// @memo(ttl=60)\n",
    "/** @memo(max_entries=3,\n  * ttl=\"1d12h\") */\n",
    "// @memo(impure_ok, show_spinner=\"x\")\n",
    "// @memo(code=ignore, version=\"1\")\n",
    "/* no annotation: @memo */\n",
    "#line 7 \"x.c\"\n",
    "#ifdef __clang__\n#endif\n",
    "#if 0\n// @memo\nint off(\n#endif\n",
    "#define TWICE(x) (2 * \\\n  (x))\n",
    "#include <math.h>\n",
    "#include <string.h>\n",
    "#include \"memo.h\"\n",
    "#pragma GCC diagnostic push\n",
    "static int counter;\n",
    "extern int shared;\n",
    "struct point { int x, y; };\n",
    "union word { int i; float f; };\n",
    "typedef struct { char name[4]; int bits : 3; } record;\n",
    "enum { ONE = 1, TWO };\n",
    "int helper(int);\n",
    "static inline int twice(int n) { return 2 * n; }\n",
    "__attribute__((weak)) int weak_one(int n) { return n; }\n",
    "_Static_assert(1, \"\");\n",
    "// @memo\nint added(int n) { return n; }\n",
    "/* @memo */ static inline char added(const char *s) { return *s; }\n",
    "// @memo\nstatic double added(double (x), const int n[2]) {return x;}\n",
};

static const char *const wild_lines[] = {
    "// @memo(in(p[n]))\n",
    "// @memo(in(xs[n]), version=\"2\")\n",
    "// @memo(out(p[n])) text\n",
    "// @memo(inout(p[n]), deref(q))\n",
    "// @memo(string(s))\n",
    "// @memo(deref(p), ignore(q))\n",
    "// @memo(hash(p, f))\n",
    "// @memo(key(n + 1), cache_if=result > 0)\n",
    "// @memo(depends(path), persist=false)\n",
    "// @memo(returns(result[n]))\n",
    "// @memo(returns(static), code=ignore)\n",
    "// @memo(impure_ok(time), max_bytes=64MB)\n",
    "// @memo(persist=\"disk\")\n",
    "// @memo(max_entries=0)\n",
    "// @memo(ttl=\n",
    "// @memoize\n",
    "// @singleton\n",
    "// @memo_type(hash=f)\n",
    "#if 0\n",
    "#if 1\n",
    "#else\n",
    "#endif\n",
    "#define f(x) (x)\n",
    "#define N 3\n",
    "#define double float\n",
    "#undef N\n",
    "#include \"input.h\"\n",
};

static const char *const words[] = {
    "static",
    "inline",
    "extern",
    "const",
    "volatile",
    "restrict",
    "register",
    "unsigned",
    "signed",
    "long",
    "short",
    "int",
    "char",
    "float",
    "double",
    "void",
    "_Bool",
    "_Complex",
    "__int128",
    "struct",
    "union",
    "enum",
    "typedef",
    "sizeof",
    "_Noreturn",
    "_Alignas(16)",
    "_Thread_local",
    "_Atomic",
    "__extension__",
    "__inline",
    "__const__",
    "__restrict",
    "typeof(1)",
    "__auto_type",
    "auto",
    "__attribute__((noinline))",
    "__attribute__((weak))",
    "__attribute__((visibility(\"default\")))",
    "__attribute__((pure))",
    "__attribute__((noreturn))",
    "__attribute__((constructor))",
    "__attribute__((unused))",
    "__attribute__((aligned(8), packed))",
    "__attribute__((format(printf, 1, 2)))",
    "__attribute__((nonnull(1)))",
    "__asm__(\"x\")",
    "__asm__ volatile (\"\")",
    "void *p",
    "char *s",
    "const char *s",
    "double xs[n]",
    "const double xs[n]",
    "int m[2][n]",
    "FILE *file",
    "...",
    "int (*f)(int)",
    "struct point *p",
    "struct point p",
    "*",
    "&",
    "[3]",
    "[n]",
    "[static n]",
    "[]",
    "(void)",
    "()",
    "{ }",
    "{",
    "}",
    "(",
    ")",
    ";",
    ",",
    "=",
    "return",
    "goto",
    "if (n)",
    "while (0)",
    "for (;;)",
    "switch (n)",
    "case 1:",
    "do",
    "else",
    "break;",
    "return 0;",
    "return s;",
    "return p;",
    "return &n;",
    "return \"x\";",
    "memo_clear_args(f, 1)",
    "memo_clear_args(f)",
    "memo_clear(f)",
    "time(0)",
    "printf(\"%d\", n)",
    "__LINE__",
    "__FILE__",
    "__func__",
    "__FUNCTION__",
    "__DATE__",
    "__COUNTER__",
    "__VA_ARGS__",
    "L\"x\"",
    "\"",
    "'",
    "'\\0'",
    "0",
    "1",
    "-1",
    "0x7fffffff",
    "18446744073709551616",
    "1e400",
    "1.5f",
    ".5",
    "08",
    "1..2",
    "ttl=60",
    "ttl=-1",
    "max_entries=1",
    "in(xs[n])",
    "out(xs[n])",
    "string(s)",
    "deref(p)",
    "ignore(p)",
    "key(n)",
    "cache_if=1",
    "@memo",
    "@memo(",
    "n",
    "x",
    "p",
    "f",
    "result",
    "memo_result",
    "memo_body_f",
    "#",
    "##",
    "\\",
    "\?\?(",
    "<:",
    "%:",
    "//",
    "/*",
    "*/",
    "@",
    "$",
    "`",
    "\xC3\xA4",
    "\xE2\x80\xA8",
};

static const char *const bytes[] = {"\x00", "\x01", "\x1a", "\x7f", "\x80",
                                    "\xff", "\r",   "\n",   "\\",   "\""};

typedef struct {
    size_t begin, end;
} range;

static bool is_word_byte(char byte)
{
    return isalnum((unsigned char)byte) || byte == '_' || byte == '$' ||
           (unsigned char)byte >= 0x80;
}

static size_t word_begin(const gen_text *text, size_t at)
{
    while (at > 0 && at < text->size && is_word_byte(text->data[at]) &&
           is_word_byte(text->data[at - 1]))
        at--;
    return at;
}

static size_t word_end(const gen_text *text, size_t at)
{
    if (at < text->size && !is_word_byte(text->data[at]))
        return at + 1;
    while (at < text->size && is_word_byte(text->data[at]))
        at++;
    return at;
}

/* Some words and what stands between them. */
static range random_words(uint64_t *state, const gen_text *text, size_t limit)
{
    range in = {word_begin(text, random_below(state, text->size + 1)), 0};

    in.end = in.begin;
    for (size_t count = 1 + random_below(state, limit); count > 0; count--)
        in.end = word_end(text, in.end);
    return in;
}

/* A name or a number, if chance finds one. */
static range random_name(uint64_t *state, const gen_text *text)
{
    range in = random_words(state, text, 1);

    for (int tries = 0; tries < 20; tries++) {
        if (in.end > in.begin && is_word_byte(text->data[in.begin]))
            break;
        in = random_words(state, text, 1);
    }
    return in;
}

static size_t line_begin(const gen_text *text, size_t at)
{
    while (at > 0 && text->data[at - 1] != '\n')
        at--;
    return at;
}

/* Some whole lines. */
static range random_lines(uint64_t *state, const gen_text *text, size_t limit)
{
    range in = {line_begin(text, random_below(state, text->size + 1)), 0};

    in.end = in.begin;
    for (size_t count = 1 + random_below(state, limit); count > 0; count--) {
        while (in.end < text->size && text->data[in.end] != '\n')
            in.end++;
        if (in.end < text->size)
            in.end++;
    }
    return in;
}

/* The begin of a line that holds something at its first column: most likely of
 * a definition. */
static size_t random_top_line(uint64_t *state, const gen_text *text)
{
    size_t at = 0;

    for (int tries = 0; tries < 20; tries++) {
        at = line_begin(text, random_below(state, text->size + 1));
        if (at < text->size && isalpha((unsigned char)text->data[at]))
            break;
    }
    return at;
}

/* text with the range replaced. */
static void put(gen_text *out, const gen_text *text, range in,
                const char *replacement, size_t size)
{
    gen_text_append(out, text->data, in.begin);
    gen_text_append(out, replacement, size);
    gen_text_append(out, text->data + in.end, text->size - in.end);
}

static void put_string(gen_text *out, const gen_text *text, range in,
                       const char *replacement)
{
    put(out, text, in, replacement, strlen(replacement));
}

#define ANY(state, list) ((list)[random_below((state), COUNT(list))])

static void change_blanks(uint64_t *state, gen_text *out, const gen_text *text)
{
    size_t at = word_begin(text, random_below(state, text->size + 1));

    put_string(out, text, (range){at, at}, ANY(state, blanks));
}

static void add_line(uint64_t *state, gen_text *out, const gen_text *text,
                     const char *line)
{
    size_t at = random_top_line(state, text);

    put_string(out, text, (range){at, at}, line);
}

static void add_word(uint64_t *state, gen_text *out, const gen_text *text)
{
    range in = random_words(state, text, 1);
    gen_text word = {0};

    if (random_below(state, 2) == 0)
        in.end = in.begin;
    gen_text_append_format(&word, " %s ", ANY(state, words));
    put(out, text, in, word.data, word.size);
    gen_text_finish(&word);
}

static void replace_name(uint64_t *state, gen_text *out, const gen_text *text)
{
    range in = random_name(state, text), from = random_name(state, text);

    put(out, text, in, text->data + from.begin, from.end - from.begin);
}

static void move_words(uint64_t *state, gen_text *out, const gen_text *text,
                       const gen_text *from)
{
    range in = random_words(state, text, 1);
    range moved = random_words(state, from, 12);

    if (random_below(state, 2) == 0)
        in.end = in.begin;
    put(out, text, in, from->data + moved.begin, moved.end - moved.begin);
}

static void move_lines(uint64_t *state, gen_text *out, const gen_text *text,
                       const gen_text *from)
{
    size_t at = random_top_line(state, text);
    range moved = random_lines(state, from, 15);

    put(out, text, (range){at, at}, from->data + moved.begin,
        moved.end - moved.begin);
}

static void cut(uint64_t *state, gen_text *out, const gen_text *text)
{
    range in = random_below(state, 2) == 0 ? random_words(state, text, 6)
                                           : random_lines(state, text, 4);

    put(out, text, in, "", 0);
}

static void change_byte(uint64_t *state, gen_text *out, const gen_text *text)
{
    size_t at = random_below(state, text->size + 1);
    range in = {at, at};

    if (at < text->size && random_below(state, 2) == 0)
        in.end++;
    put(out, text, in, ANY(state, bytes), 1);
}

/* Change the text as a whole. */
static void change_all(uint64_t *state, gen_text *out, const gen_text *text)
{
    unsigned how = (unsigned)random_below(state, 3);

    if (how == 0)
        gen_text_append_string(out, "\xEF\xBB\xBF");
    for (size_t i = 0; i < text->size; i++) {
        if (how == 1 && text->data[i] == '\n')
            gen_text_append_char(out, '\r');
        if (how < 2 || text->data[i] != '\n' || i + 1 < text->size)
            gen_text_append_char(out, text->data[i]);
    }
}

/* Most sources stay valid by these. */
static void mutate_calmly(uint64_t *state, gen_text *out, const gen_text *text)
{
    switch (random_below(state, 8)) {
    case 0:
        change_all(state, out, text);
        break;
    case 1:
    case 2:
    case 3:
        add_line(state, out, text, ANY(state, calm_lines));
        break;
    default:
        change_blanks(state, out, text);
        break;
    }
}

/* Most sources are broken by these. */
static void mutate_wildly(uint64_t *state, gen_text *out, const gen_text *text,
                          const gen_text *other)
{
    const gen_text *from = random_below(state, 2) == 0 ? text : other;

    switch (random_below(state, 10)) {
    case 0:
    case 1:
        add_line(state, out, text, ANY(state, wild_lines));
        break;
    case 2:
    case 3:
        add_word(state, out, text);
        break;
    case 4:
        replace_name(state, out, text);
        break;
    case 5:
        move_words(state, out, text, from);
        break;
    case 6:
    case 7:
        move_lines(state, out, text, from);
        break;
    case 8:
        cut(state, out, text);
        break;
    default:
        change_byte(state, out, text);
        break;
    }
}

void mutate(uint64_t *state, gen_text *out, const gen_text *text,
            const gen_text *other)
{
    gen_text before = {0};
    size_t calm = random_below(state, 4), wild = random_below(state, 3);

    gen_text_append(&before, text->data, text->size);
    while (calm + wild > 0) {
        out->size = 0;
        gen_text_append(out, NULL, 0);
        if (calm > 0)
            mutate_calmly(state, out, &before);
        else
            mutate_wildly(state, out, &before, other);
        if (calm > 0)
            calm--;
        else
            wild--;
        if (out->size > MAX_BYTES)
            out->size = MAX_BYTES;
        before.size = 0;
        gen_text_append(&before, out->data, out->size);
    }
    out->size = 0;
    gen_text_append(out, before.data, before.size);
    gen_text_finish(&before);
}
