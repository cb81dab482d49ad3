/* test_rewrite.c -- edits that keep every line and column. */
#include "rewrite.h"

#include <check.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define MAX_EDITS 8

/* Rewrite `text` after the preamble that `out` may hold. */
static void rewrite(gen_text *out, const char *text, gen_edit *edits,
                    size_t edit_count, bool no_line)
{
    gen_source_text source = {"a.c", text, strlen(text)};
    gen_line_names names = {"a.c", "o.c", no_line, NULL, 0};

    gen_rewrite(out, &source, edits, edit_count, &names);
}

/* ---- what the output looks like ------------------------------------------ */

static const struct {
    const char *name;
    const char *preamble, *text;
    gen_edit edits[4]; /* up to the first without text */
    const char *expected, *expected_no_line;
} cases[] = {
    {"no edits",
     NULL,
     "int a;\nint b;",
     {{0}},
     "#line 1 \"a.c\"\nint a;\nint b;",
     "int a;\nint b;"},
    {"an empty file", NULL, "", {{0}}, NULL, NULL},
    {"a longer name",
     NULL,
     "int a;\ndouble load(int n)\n{\n",
     {{GEN_EDIT_REPLACE, 14, 18, "memo_body_load"}},
     "#line 1 \"a.c\"\nint a;\ndouble memo_body_load\n#line 2 \"a.c\"\n"
     "           (int n)\n{\n",
     "int a;\ndouble memo_body_load(int n)\n{\n"},
    {"a name as long",
     NULL,
     "int load(int n);",
     {{GEN_EDIT_REPLACE, 4, 8, "next"}},
     "#line 1 \"a.c\"\nint next(int n);",
     "int next(int n);"},
    {"a shorter name",
     NULL,
     "int load(int n);",
     {{GEN_EDIT_REPLACE, 4, 8, "at"}},
     "#line 1 \"a.c\"\nint at  (int n);",
     "int at  (int n);"},
    {"a name with tabs before it",
     NULL,
     "\tint\tload\t(int n);",
     {{GEN_EDIT_REPLACE, 5, 9, "memo_load"}},
     "#line 1 \"a.c\"\n\tint\tmemo_load\n#line 1 \"a.c\"\n\t   \t    \t(int "
     "n);",
     "\tint\tmemo_load\t(int n);"},
    {"a name with a splice in it",
     NULL,
     "int lo\\\nad(int n);",
     {{GEN_EDIT_REPLACE, 4, 10, "load"}},
     "#line 1 \"a.c\"\nint load\n  (int n);",
     "int load\n  (int n);"},
    {"a longer name before a splice",
     NULL,
     "int load\\\n(int n);",
     {{GEN_EDIT_REPLACE, 4, 8, "memo_load"}},
     "#line 1 \"a.c\"\nint memo_load\n#line 1 \"a.c\"\n        \\\n(int n);",
     "int memo_load\\\n(int n);"},
    {"a replacement at the end of a line needs no blanks",
     NULL,
     "int f(void)\n{ }\n",
     {{GEN_EDIT_REPLACE, 4, 11, "g"}},
     "#line 1 \"a.c\"\nint g\n{ }\n",
     "int g\n{ }\n"},
    {"a deletion",
     NULL,
     "static\tint x;\n",
     {{GEN_EDIT_REPLACE, 0, 7, ""}},
     "#line 1 \"a.c\"\n      \tint x;\n",
     "      \tint x;\n"},
    {"a deletion over lines",
     NULL,
     "a __attribute__((\r\n\t hot))\r\nb;",
     {{GEN_EDIT_REPLACE, 2, 26, ""}},
     "#line 1 \"a.c\"\na \r\n\r\nb;",
     "a \r\n\r\nb;"},
    {"a replacement that fits before the line it ends in",
     NULL,
     "memo_clear_args(f,\n  1);",
     {{GEN_EDIT_REPLACE, 0, 21, "memo_args_f("}},
     "#line 1 \"a.c\"\nmemo_args_f(\n  1);",
     "memo_args_f(\n  1);"},
    {"a replacement of several lines",
     NULL,
     "int f(void);",
     {{GEN_EDIT_REPLACE, 4, 5, "A\nB\nC"}},
     "#line 1 \"a.c\"\nint A\nB\nC\n#line 1 \"a.c\"\n     (void);",
     "int A\nB\nC(void);"},
    {"an insertion in a line",
     NULL,
     "int f;} int g;\n",
     {{GEN_EDIT_INSERT, 7, 7, "GEN\n"}},
     "#line 1 \"a.c\"\nint f;}\n#line 4 \"o.c\"\nGEN\n#line 1 \"a.c\"\n"
     "        int g;\n",
     "int f;}\nGEN\n int g;\n"},
    {"an insertion at the end of a line",
     NULL,
     "int f;}\nint g;\n",
     {{GEN_EDIT_INSERT, 7, 7, "GEN\n"}},
     "#line 1 \"a.c\"\nint f;}\n#line 4 \"o.c\"\nGEN\n#line 1 \"a.c\"\n\n"
     "int g;\n",
     "int f;}\nGEN\n\nint g;\n"},
    {"an insertion at the begin of a line",
     NULL,
     "int f;\nint g;\n",
     {{GEN_EDIT_INSERT, 7, 7, "GEN"}},
     "#line 1 \"a.c\"\nint f;\n#line 4 \"o.c\"\nGEN\n#line 2 \"a.c\"\nint g;\n",
     "int f;\nGEN\nint g;\n"},
    {"an insertion between lines that are one to the compiler",
     NULL,
     "int f;} \\\nint g;\n",
     {{GEN_EDIT_INSERT, 10, 10, "GEN\n"}},
     "#line 1 \"a.c\"\nint f;} \\\n\n#line 5 \"o.c\"\nGEN\n#line 2 \"a.c\"\n"
     "int g;\n",
     "int f;} \\\n\nGEN\nint g;\n"},
    {"an insertion after a splice spelt in C90's way",
     NULL,
     "int f;}\?\?/ \nint g;\n",
     {{GEN_EDIT_INSERT, 12, 12, "GEN\n"}},
     "#line 1 \"a.c\"\nint f;}\?\?/ \n\n#line 5 \"o.c\"\nGEN\n#line 2 \"a.c\"\n"
     "int g;\n",
     "int f;}\?\?/ \n\nGEN\nint g;\n"},
    {"an insertion before everything, after a preamble",
     "/* made */\n",
     "int f;\n",
     {{GEN_EDIT_INSERT, 0, 0, "GEN\n"}},
     "/* made */\n#line 3 \"o.c\"\nGEN\n#line 1 \"a.c\"\nint f;\n",
     "/* made */\nGEN\nint f;\n"},
    {"an insertion after everything, without a final newline",
     NULL,
     "int f;",
     {{GEN_EDIT_INSERT, 6, 6, "GEN\n"}},
     "#line 1 \"a.c\"\nint f;\n#line 4 \"o.c\"\nGEN\n",
     "int f;\nGEN\n"},
    {"an insertion into an empty file",
     NULL,
     "",
     {{GEN_EDIT_INSERT, 0, 0, "GEN\n"}},
     "#line 2 \"o.c\"\nGEN\n",
     "GEN\n"},
    {"two insertions at one place, in the order given",
     NULL,
     "int f;\nint g;\n",
     {{GEN_EDIT_INSERT, 7, 7, "ONE\n"}, {GEN_EDIT_INSERT, 7, 7, "TWO\n"}},
     "#line 1 \"a.c\"\nint f;\n#line 4 \"o.c\"\nONE\nTWO\n#line 2 \"a.c\"\n"
     "int g;\n",
     "int f;\nONE\nTWO\nint g;\n"},
    {"an insertion before a replacement, given after it",
     NULL,
     "f();\n",
     {{GEN_EDIT_REPLACE, 0, 1, "G"}, {GEN_EDIT_INSERT, 0, 0, "GEN\n"}},
     "#line 2 \"o.c\"\nGEN\n#line 1 \"a.c\"\nG();\n",
     "GEN\nG();\n"},
    {"an insertion after a replacement that moved the line",
     NULL,
     "f;x\n",
     {{GEN_EDIT_REPLACE, 0, 2, "LONGER"}, {GEN_EDIT_INSERT, 2, 2, "GEN\n"}},
     "#line 1 \"a.c\"\nLONGER\n#line 4 \"o.c\"\nGEN\n#line 1 \"a.c\"\n  x\n",
     "LONGER\nGEN\nx\n"},
    {"two replacements side by side",
     NULL,
     "ab(c)",
     {{GEN_EDIT_REPLACE, 0, 1, "AAA"}, {GEN_EDIT_REPLACE, 1, 2, "B"}},
     "#line 1 \"a.c\"\nAAA\n#line 1 \"a.c\"\n B(c)",
     "AAAB(c)"},
    {"an include",
     NULL,
     "#include \"x.h\" /* x\n*/ int a;\n",
     {{GEN_EDIT_REPLACE, 10, 13, "../in/x.h"}},
     "#line 1 \"a.c\"\n#include \"../in/x.h\" /* x\n*/ int a;\n",
     "#include \"../in/x.h\" /* x\n*/ int a;\n"},
    {"a shorter path in an include after a comment",
     NULL,
     "/* a\nb */ # \\\n include \"./x.h\"\n",
     {{GEN_EDIT_REPLACE, 24, 29, "x.h"}},
     "#line 1 \"a.c\"\n/* a\nb */ # \\\n include \"x.h\"\n",
     "/* a\nb */ # \\\n include \"x.h\"\n"},
    {"an include spelt in another way",
     NULL,
     "%:include \"x.h\"\n\?\?=include \"x.h\"\n",
     {{GEN_EDIT_REPLACE, 11, 14, "y/x.h"}, {GEN_EDIT_REPLACE, 28, 31, "x"}},
     "#line 1 \"a.c\"\n%:include \"y/x.h\"\n\?\?=include \"x\"\n",
     "%:include \"y/x.h\"\n\?\?=include \"x\"\n"},
    {"a longer text in a macro's arguments",
     NULL,
     "CHECK(f(1) == 2,\n      f(2));",
     {{GEN_EDIT_SHIFT, 6, 8, "((int)g("}, {GEN_EDIT_SHIFT, 9, 10, "))"}},
     "#line 1 \"a.c\"\nCHECK(((int)g(1)) == 2,\n      f(2));",
     "CHECK(((int)g(1)) == 2,\n      f(2));"},
    {"a longer text for several lines of a macro's arguments",
     NULL,
     "CHECK(f(1,\n\n\t2) == 2);",
     {{GEN_EDIT_SHIFT, 6, 12, "longer("}},
     "#line 1 \"a.c\"\nCHECK(longer(\n\n\t2) == 2);",
     "CHECK(longer(\n\n\t2) == 2);"},
    {"a number sign that opens no directive",
     NULL,
     "f(\"#\", f);",
     {{GEN_EDIT_REPLACE, 7, 8, "LONGER"}},
     "#line 1 \"a.c\"\nf(\"#\", LONGER\n#line 1 \"a.c\"\n        );",
     "f(\"#\", LONGER);"},
    {"a byte order mark",
     "/* made */\n",
     "\xEF\xBB\xBFint a;\n",
     {{0}},
     "/* made */\n#line 1 \"a.c\"\n   int a;\n",
     "/* made */\n   int a;\n"},
};

START_TEST(an_edit_looks_like_this)
{
    gen_edit edits[4];
    size_t edit_count = 0;
    gen_text out = {0};
    gen_text out_no_line = {0};
    if (cases[_i].preamble != NULL) {
        gen_text_append_string(&out, cases[_i].preamble);
        gen_text_append_string(&out_no_line, cases[_i].preamble);
    }
    memcpy(edits, cases[_i].edits, sizeof edits);
    while (edit_count < 4 && edits[edit_count].text != NULL)
        edit_count++;

    rewrite(&out, cases[_i].text, edits, edit_count, false);
    rewrite(&out_no_line, cases[_i].text, edits, edit_count, true);

    ck_assert_pstr_eq(out.data, cases[_i].expected);
    ck_assert_pstr_eq(out_no_line.data, cases[_i].expected_no_line);
    gen_text_finish(&out);
    gen_text_finish(&out_no_line);
}
END_TEST

START_TEST(paths_are_escaped_as_c_strings)
{
    gen_source_text source = {"a.c", "x", 1};
    gen_edit edit = {GEN_EDIT_INSERT, 1, 1, "GEN\n"};
    gen_line_names names = {.source_path = "a\\b\"c\n\?\?/d\xC3\xA4",
                            .output_path = "%s\t"};
    gen_text out = {0};

    gen_rewrite(&out, &source, &edit, 1, &names);

    ck_assert_str_eq(out.data, "#line 1 \"a\\\\b\\\"c\\012?\\?/d\xC3\xA4\"\nx\n"
                               "#line 4 \"%s\\011\"\nGEN\n");
    gen_text_finish(&out);
}
END_TEST

START_TEST(a_line_directive_of_the_user_holds)
{
    const char *text = "a;\n#line 7 \"b.y\"\nb;\nc;\n";
    gen_source_text source = {"a.c", text, strlen(text)};
    gen_edit edits[] = {{GEN_EDIT_INSERT, 3, 3, "GEN\n"},
                        {GEN_EDIT_INSERT, 20, 20, "GEN\n"}};
    gen_line_mark mark = {17, 3, 7, "b.y"};
    gen_line_names names = {"a.c", "o.c", false, &mark, 1};
    gen_text out = {0};

    gen_rewrite(&out, &source, edits, 2, &names);

    ck_assert_str_eq(out.data, "#line 1 \"a.c\"\na;\n"
                               "#line 4 \"o.c\"\nGEN\n"
                               "#line 2 \"a.c\"\n#line 7 \"b.y\"\nb;\n"
                               "#line 9 \"o.c\"\nGEN\n"
                               "#line 8 \"b.y\"\nc;\n");
    gen_text_finish(&out);
}
END_TEST

START_TEST(edits_are_sorted)
{
    gen_edit edits[] = {{GEN_EDIT_REPLACE, 4, 5, "C"},
                        {GEN_EDIT_REPLACE, 0, 1, "A"},
                        {GEN_EDIT_REPLACE, 2, 3, "B"}};
    gen_text out = {0};

    rewrite(&out, "a b c", edits, 3, true);

    ck_assert_str_eq(out.data, "A B C");
    gen_text_finish(&out);
}
END_TEST

START_TEST(bytes_after_a_nul_byte_are_kept)
{
    gen_source_text source = {"a.c", "a\0b f", 5};
    gen_edit edit = {GEN_EDIT_REPLACE, 4, 5, "G"};
    gen_line_names names = {"a.c", "o.c", true, NULL, 0};
    gen_text out = {0};

    gen_rewrite(&out, &source, &edit, 1, &names);

    ck_assert_uint_eq(out.size, 5);
    ck_assert_mem_eq(out.data, "a\0b G", 6);
    gen_text_finish(&out);
}
END_TEST

/* ---- what a preprocessor makes of random edits ----------------------------
 */

static uint32_t random_state;

static uint32_t random_below(uint32_t limit)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)random_state * limit) >> 32);
}

/* The source's bytes are small letters, those of replacements capitals, those
 * of insertions digits, so that nothing is taken for what it is not. */
static size_t random_text(char *text, size_t limit)
{
    static const char *const pieces[] = {"a",  "bc",   "def", "ghijk", " ",
                                         "\t", "\r\n", "\n",  "\\\n",  "\\ \n"};
    size_t size = 0;

    while (size + 8 < limit) {
        const char *piece = pieces[random_below(10)];

        memcpy(text + size, piece, strlen(piece));
        size += strlen(piece);
    }
    text[size] = '\0';
    return size;
}

static size_t random_edits(gen_edit *edits, size_t size)
{
    static const char *const replacements[] = {
        "", "", "A", "BCD", "EFGHIJKLM", "N\nOP", "Q\n"};
    static const char *const insertions[] = {"1\n", "23\n\n4\n", "5", "6\\\n"};
    size_t count = 0;

    for (size_t at = random_below(9); at <= size && count < MAX_EDITS;
         at += random_below(9)) {
        gen_edit *edit = &edits[count++];

        *edit = (gen_edit){GEN_EDIT_INSERT, at, at, NULL};
        edit->text = insertions[random_below(4)];
        if (random_below(2) == 0)
            continue;
        edit->kind = GEN_EDIT_REPLACE;
        edit->text = replacements[random_below(7)];
        edit->end += random_below(7);
        if (edit->end > size)
            edit->end = size;
        at = edit->end;
    }
    return count;
}

/* Reads the output as a preprocessor does. */
typedef struct {
    const char *text;
    size_t size, at;
    bool is_source;      /* the file in force is the source */
    size_t line, column; /* presumed; from 1 and from 0 */
    size_t real_line;
    bool is_spliced; /* the line goes on from the one before it */
} reader;

/* Follow the directives at the reader's place, if it is the begin of a line. */
static void follow_directives(reader *in)
{
    while (in->column == 0 && !in->is_spliced && in->at < in->size &&
           in->text[in->at] == '#') {
        char file = 0;
        int used = 0;

        ck_assert_int_eq(sscanf(in->text + in->at, "#line %zu \"%c.c\"%n",
                                &in->line, &file, &used),
                         2);
        in->at += (size_t)used;
        ck_assert_int_eq(in->text[in->at], '\n');
        in->at++;
        in->real_line++;
        in->is_source = file == 'a';
        if (!in->is_source)
            ck_assert_uint_eq(in->line, in->real_line);
    }
}

static char next_byte(reader *in)
{
    char byte = in->text[in->at++];

    in->column++;
    if (byte != '\n')
        return byte;
    size_t last = in->at - 1;
    while (last > 0 && strchr(" \t\r", in->text[last - 1]) != NULL)
        last--;
    in->is_spliced = last > 0 && in->text[last - 1] == '\\';
    in->column = 0;
    in->line++;
    in->real_line++;
    return byte;
}

/* The next byte at or after `at` that no edit replaces. */
static size_t next_kept(const gen_edit *edits, size_t count, size_t at)
{
    for (size_t i = 0; i < count; i++)
        if (at >= edits[i].begin && at < edits[i].end)
            at = edits[i].end;
    return at;
}

static size_t count_bytes(const char *text, size_t size, char first, char last)
{
    size_t count = 0;

    for (size_t i = 0; i < size; i++)
        count += text[i] >= first && text[i] <= last;
    return count;
}

static void locate(const char *text, size_t offset, size_t *line,
                   size_t *column)
{
    *line = 1 + count_bytes(text, offset, '\n', '\n');
    *column = 0;
    while (*column < offset && text[offset - *column - 1] != '\n')
        ++*column;
}

/* A newline or the carriage return before it has no column that one sees. */
static bool ends_line(const char *at)
{
    return *at == '\n' || (*at == '\r' && at[1] == '\n');
}

/* Every kept byte of the source comes in turn, at its line and column; digits
 * are mapped to their real lines; nothing is lost or doubled. */
static void check_places(const char *source, size_t size, const gen_text *out,
                         const gen_edit *edits, size_t count)
{
    reader in = {
        .text = out->data, .size = out->size, .line = 1, .real_line = 1};
    size_t expected = next_kept(edits, count, 0);

    for (follow_directives(&in); in.at < in.size; follow_directives(&in)) {
        size_t line, column;
        reader before = in;
        char byte = next_byte(&in);

        locate(source, expected, &line, &column);
        if (byte >= '0' && byte <= '9')
            ck_assert(!before.is_source && before.line == before.real_line);
        if (byte >= 'A' && byte <= 'Z')
            ck_assert(before.is_source);
        if (expected == size || byte != source[expected] || !before.is_source ||
            before.line != line ||
            (before.column != column && !ends_line(source + expected))) {
            ck_assert(byte < 'a' || byte > 'z');
            continue;
        }
        expected = next_kept(edits, count, expected + 1);
    }
    /* White space before a generated end may stay away. */
    while (expected < size && strchr(" \t\r\n", source[expected]) != NULL)
        expected = next_kept(edits, count, expected + 1);
    ck_assert_uint_eq(expected, size);
}

static void check_counts(const gen_text *out, const gen_edit *edits,
                         size_t count)
{
    size_t capitals = 0, digits = 0, directive_digits = 0;

    for (size_t i = 0; i < count; i++) {
        capitals += count_bytes(edits[i].text, strlen(edits[i].text), 'A', 'Z');
        digits += count_bytes(edits[i].text, strlen(edits[i].text), '0', '9');
    }
    for (const char *at = out->data; (at = strstr(at, "#line ")) != NULL; at++)
        directive_digits +=
            count_bytes(at, (size_t)(strchr(at, '"') - at), '0', '9');
    ck_assert_uint_eq(count_bytes(out->data, out->size, 'A', 'Z'), capitals);
    ck_assert_uint_eq(count_bytes(out->data, out->size, '0', '9'),
                      digits + directive_digits);
}

START_TEST(every_kept_byte_has_its_old_line_and_column)
{
    char text[160];
    gen_edit edits[MAX_EDITS];

    for (uint32_t seed = 0; seed < 3000; seed++) {
        random_state = seed;
        size_t size = random_text(text, 16 + random_below(140));
        size_t count = random_edits(edits, size);
        gen_text out = {0};
        if (random_below(2) == 0)
            gen_text_append_string(&out, "!\n!!\n");

        rewrite(&out, text, edits, count, false);

        check_places(text, size, &out, edits, count);
        check_counts(&out, edits, count);
        gen_text_finish(&out);
    }
}
END_TEST

/* Blanks and broken lines aside, no directive means no other change. */
START_TEST(without_directives_only_the_edits_change_the_text)
{
    char text[160];
    gen_edit edits[MAX_EDITS];

    for (uint32_t seed = 0; seed < 1000; seed++) {
        random_state = seed;
        size_t size = random_text(text, 16 + random_below(140));
        size_t count = random_edits(edits, size);
        gen_text out = {0};

        rewrite(&out, text, edits, count, true);

        ck_assert_ptr_null(strchr(out.data, '#'));
        check_counts(&out, edits, count);
        size_t kept = 0;
        for (size_t i = next_kept(edits, count, 0); i < size;
             i = next_kept(edits, count, i + 1))
            kept += text[i] >= 'a' && text[i] <= 'z';
        ck_assert_uint_eq(count_bytes(out.data, out.size, 'a', 'z'), kept);
        gen_text_finish(&out);
    }
}
END_TEST

Suite *memo_test_suite(void);

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("rewrite");
    TCase *tests = tcase_create("rewrite");

    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, an_edit_looks_like_this, 0,
                        (int)(sizeof cases / sizeof cases[0]));
    tcase_add_test(tests, paths_are_escaped_as_c_strings);
    tcase_add_test(tests, a_line_directive_of_the_user_holds);
    tcase_add_test(tests, edits_are_sorted);
    tcase_add_test(tests, bytes_after_a_nul_byte_are_kept);
    tcase_add_test(tests, every_kept_byte_has_its_old_line_and_column);
    tcase_add_test(tests, without_directives_only_the_edits_change_the_text);
    suite_add_tcase(suite, tests);
    return suite;
}
