/* test_scan.c -- where the annotations of a C text are. */
#include "scan.h"
#include "text.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static gen_arena *arena;
static gen_text out;

static void set_up(void)
{
    arena = gen_arena_create();
    out = (gen_text){0};
}

static void tear_down(void)
{
    gen_text_finish(&out);
    gen_arena_destroy(arena);
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r';
}

/* What holds for every site of every text. */
static void check_site(const gen_annotation_site *site, const char *text,
                       size_t size)
{
    ck_assert_int_eq(site->text[0], '@');
    ck_assert_int_eq(site->text[site->size], '\0');
    ck_assert(!is_blank(site->text[site->size - 1]));
    ck_assert_uint_le(site->offset + site->size, site->end);
    ck_assert_uint_le(site->end, size);
    ck_assert_uint_le(site->next_token, size);
    for (size_t i = 0; i < site->size; i++)
        ck_assert(site->text[i] == ' ' ||
                  site->text[i] == text[site->offset + i]);
}

/* Every site as "<its text><marks> -> what follows", blanks of any number as
 * one.  Marks: ! trailing, + followed by another, a digit for the depth. */
static const char *describe(const char *source, size_t size)
{
    char *text = malloc(size + (size == 0)); /* no byte behind the text */
    memcpy(text, source, size);
    gen_scan scan = gen_scan_text(arena, text, size);

    gen_text_append_string(&out, "");
    for (size_t i = 0; i < scan.count; i++) {
        const gen_annotation_site *site = &scan.sites[i];
        check_site(site, text, size);
        gen_text_append_string(&out, i > 0 ? "\n" : "");
        for (size_t at = 0; at < site->size; at++) {
            if (!is_blank(site->text[at]))
                gen_text_append_char(&out, site->text[at]);
            else if (!is_blank(site->text[at + 1]))
                gen_text_append_char(&out, ' ');
        }
        gen_text_append_format(&out, "%s%s", site->is_trailing ? " !" : "",
                               site->is_followed_by_annotation ? " +" : "");
        if (site->depth != 0)
            gen_text_append_format(&out, " %d", site->depth);
        gen_text_append_string(&out, " -> ");
        size_t rest = size - site->next_token;
        gen_text_append(&out, text + site->next_token, rest < 3 ? rest : 3);
    }
    ck_assert(scan.count == 0 || gen_scan_may_find(text, size));
    free(text);
    return out.data;
}

static const struct {
    const char *text, *sites;
} texts[] = {
    {"", ""},
    {"int f(void);\n", ""},
    /* The forms of a comment. */
    {"// @memo\nint f;", "@memo -> int"},
    {"//@memo\nint f;", "@memo -> int"},
    {"/// @memo\nint f;", "@memo -> int"},
    {"//! @memo\nint f;", "@memo -> int"},
    {"/* @memo */\nint f;", "@memo -> int"},
    {"/*@memo*/int f;", "@memo -> int"},
    {"/** @memo */\nint f;", "@memo -> int"},
    {"/**\n * @memo\n */\nint f;", "@memo -> int"},
    {"/*\n   @memo\n*/\nint f;", "@memo -> int"},
    {"/*\n *@memo*/\nint f;", "@memo -> int"},
    {"/***\n ** @memo\n **/\nint f;", "@memo -> int"},
    {"\t//\t@memo\r\nint f;", "@memo -> int"},
    {"\xef\xbb\xbf// @memo\nint f;", "@memo -> int"},
    {"// @memo", "@memo -> "},
    {"/* @memo", "@memo -> "},
    {"/* @memo /", "@memo / -> "},
    {"/* @memo *", "@memo * -> "},
    {"/* @memo *\\\n/\nint f;", "@memo -> int"},
    {"/\\\n/ @memo\nint f;", "@memo -> int"},
    /* Words. */
    {"// @experimental_memo(ttl=1)\nx", "@experimental_memo(ttl=1) -> x"},
    {"// @cache_data\n// @singleton\nx", "@cache_data + -> x\n@singleton -> x"},
    {"// @experimental_singleton\n// @cache_resource\nx",
     "@experimental_singleton + -> x\n@cache_resource -> x"},
    {"// @memo_type(hash=f)\nx", "@memo_type(hash=f) -> x"},
    /* Near misses. */
    {"// @memoize\nx", "@memoize -> x"},
    {"// @Memo\nx", "@Memo -> x"},
    {"// @ memo\nx", "@ memo -> x"},
    {"// @meno(ttl=1)\nx", "@meno(ttl=1) -> x"},
    {"// @cache-data\nx", "@cache-data -> x"},
    {"// @st.experimental_memo\nx", "@st.experimental_memo -> x"},
    {"// @singelton\nx", "@singelton -> x"},
    {"// @memo2\nx", "@memo2 -> x"},
    {"// @memo:\nx", "@memo: -> x"},
    /* No annotations. */
    {"// see @memo below\nx", ""},
    {"// - @memo\nx", ""},
    {"// john@memo.org\nx", ""},
    {"/* a\n * b @memo\n */\nx", ""},
    {"/* @param x\n @return\n @brief @memberof\n @mode @demo @memory */", ""},
    {"/**\n * @mem: where to write\n */\nx", ""},
    {"char *s = \"// @memo\";", ""},
    {"char c = '@'; @memo", ""},
    {"// @\nx", ""},
    {"// memo\nx", ""},
    {"@memo\nint f;", ""},
    /* What is between the annotation and the next token. */
    {"// @memo\n\n// other\n/* more */\n#define A int\nint f;", "@memo -> int"},
    {"// @memo  the table is slow\nint f;", "@memo the table is slow -> int"},
    /* Over several lines. */
    {"// @memo(ttl=1,\n//   in(p[n]))\n// prose\nx",
     "@memo(ttl=1, in(p[n])) -> x"},
    {"/// @memo(\r\n/// ttl=1\r\n/// )\r\nx", "@memo( ttl=1 ) -> x"},
    {"// @memo(ttl=1,\n\n// in(p[n]))\nx", "@memo(ttl=1, -> x"},
    {"// @memo(ttl=1,\n// @memo(ttl=2)\nx",
     "@memo(ttl=1, + -> x\n@memo(ttl=2) -> x"},
    {"// @memo(ttl=1,\n/* ttl=2) */ x", "@memo(ttl=1, -> x"},
    {"// @memo(ttl=1,\nx // )\n", "@memo(ttl=1, -> x /"},
    {"// @memo(version=\")\",\n// ttl=1)\n// prose\nx",
     "@memo(version=\")\", ttl=1) -> x"},
    {"// @memo prose (\n// ) more\nx", "@memo prose ( -> x"},
    {"// @memo \\\n (ttl=1)\nx", "@memo (ttl=1) -> x"},
    {"/* @memo(ttl=1,\n *  in(p[n])) */ x", "@memo(ttl=1, in(p[n])) -> x"},
    {"/* @memo(key(\n *p)) */ x", "@memo(key( *p)) -> x"},
    {"/* text\n * @memo(ttl=1)\n * prose\n */ x", "@memo(ttl=1) prose -> x"},
    {"/* @memo(ttl=1)\n * @singleton\n */ x",
     "@memo(ttl=1) + -> x\n@singleton -> x"},
    {"/* @memo */ /* @memo */ x", "@memo + -> x\n@memo -> x"},
    /* Where it stands. */
    {"int f; // @memo\nx", "@memo ! -> x"},
    {"int f; /* a\n @memo */\nx", "@memo ! -> x"},
    {"/* a */ // @memo\nx", "@memo -> x"},
    {"#include <a> // @memo\nx", "@memo ! -> x"},
    {"#define A /* @memo */ 1\nx", "@memo ! -> x"},
    {"#define A /* a\n @memo */\nx", "@memo ! -> x"},
    {"int f() {\n// @memo\nx; }", "@memo 1 -> x; "},
    {"{{ // @memo\n}", "@memo ! 2 -> }"},
    {"<% // @memo\n%>\n/* @memo */", "@memo ! 1 -> %>\n\n@memo -> "},
    {"}}\n// @memo\nx", "@memo -> x"},
    {"\"{\" '{' /* { */\n// @memo\nx", "@memo -> x"},
    {"#define A {\n// @memo\nx", "@memo -> x"},
    /* Both branches of a group open the same brace. */
    {"#if A\nf() {\n#else\ng() {\n#endif\n}\n// @memo\nx", "@memo -> x"},
    {"#ifdef A\n{\n#elif B\n{\n#else\n{{\n#endif\n// @memo\nx", "@memo 1 -> x"},
    {"#if A\n{\n#endif\n// @memo\nx", "@memo 1 -> x"},
    {"#endif\n#else\n// @memo\nx", "@memo -> x"},
    {"# /* c */ if A\n{\n#  else // d\n{\n#endif\n// @memo\nx", "@memo 1 -> x"},
};

START_TEST(annotations_are_found_with_what_is_around_them)
{
    const char *text = texts[_i].text;

    ck_assert_str_eq(describe(text, strlen(text)), texts[_i].sites);
}
END_TEST

START_TEST(nul_bytes_are_bytes_like_others)
{
    static const char text[] = "\0/* \0*/ // @memo(\0)\n\0";

    gen_scan scan = gen_scan_text(arena, text, sizeof text - 1);

    ck_assert_uint_eq(scan.count, 1);
    ck_assert_uint_eq(scan.sites[0].size, 8);
    ck_assert_mem_eq(scan.sites[0].text, "@memo(\0)", 9);
    ck_assert(scan.sites[0].is_trailing);
    ck_assert_uint_eq(scan.sites[0].next_token, sizeof text - 2);
}
END_TEST

START_TEST(groups_beyond_any_sense_are_survived)
{
    gen_text text = {0};
    for (int i = 0; i < 1000; i++)
        gen_text_append_string(&text, "#if A\n{\n#else\n{\n");
    for (int i = 0; i < 1000; i++)
        gen_text_append_string(&text, "#endif\n}");
    gen_text_append_string(&text, "\n// @memo\n");

    gen_scan scan = gen_scan_text(arena, text.data, text.size);

    ck_assert_uint_eq(scan.count, 1);
    gen_text_finish(&text);
}
END_TEST

START_TEST(many_annotations_are_kept_in_order)
{
    gen_text text = {0};
    for (int i = 0; i < 1000; i++)
        gen_text_append_format(&text, "// @memo(ttl=%d)\nint f%d;\n", i, i);

    gen_scan scan = gen_scan_text(arena, text.data, text.size);

    ck_assert_uint_eq(scan.count, 1000);
    ck_assert_str_eq(scan.sites[999].text, "@memo(ttl=999)");
    ck_assert_mem_eq(text.data + scan.sites[500].next_token, "int f500", 8);
    gen_text_finish(&text);
}
END_TEST

static const struct {
    const char *text;
    bool may_find;
} looks[] = {
    {"", false},           {"@", false},
    {"int x;", false},     {"@param @see", false},
    {"a @memo b", true},   {"@ @@Memo", true},
    {"// @memoize", true},
};

START_TEST(branches_of_if_are_numbered)
{
    static const char text[] = "// @memo\n#if A\nint a;\n#if B\n// @memo\n"
                               "int b;\n#endif\n// @memo\nint c;\n#else\n"
                               "// @memo\nint d;\n#endif\n// @memo\nint e;";
    static const size_t expected[] = {1, 2, 1, 3, 0};
    gen_scan scan = gen_scan_text(arena, text, sizeof text - 1);

    ck_assert_uint_eq(scan.count, 5);
    for (size_t i = 0; i < scan.count; i++)
        ck_assert_uint_eq(scan.sites[i].branch, expected[i]);
}
END_TEST

START_TEST(a_quick_look_tells_files_without_annotations)
{
    ck_assert_int_eq(gen_scan_may_find(looks[_i].text, strlen(looks[_i].text)),
                     looks[_i].may_find);
}
END_TEST

#define COUNT(table) ((int)(sizeof(table) / sizeof *(table)))

Suite *memo_test_suite(void);

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("scan");
    TCase *tests = tcase_create("scan");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, annotations_are_found_with_what_is_around_them,
                        0, COUNT(texts));
    tcase_add_test(tests, branches_of_if_are_numbered);
    tcase_add_test(tests, nul_bytes_are_bytes_like_others);
    tcase_add_test(tests, groups_beyond_any_sense_are_survived);
    tcase_add_test(tests, many_annotations_are_kept_in_order);
    tcase_add_loop_test(tests, a_quick_look_tells_files_without_annotations, 0,
                        COUNT(looks));
    suite_add_tcase(suite, tests);
    return suite;
}
