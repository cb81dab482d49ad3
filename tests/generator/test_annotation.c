/* test_annotation.c -- what an annotation's text says. */
#include "annotation.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static gen_arena *arena;
static gen_annotation read;

static void set_up(void)
{
    arena = gen_arena_create();
}

static void tear_down(void)
{
    gen_arena_destroy(arena);
}

/* Read from a copy without a NUL behind it, so that a sanitizer sees a read
 * past the end. */
static gen_mistake *parse(const char *text, size_t size)
{
    char *copy = malloc(size + (size == 0));

    memcpy(copy, text, size);
    gen_mistake *mistakes = gen_annotation_parse(arena, &read, copy, size);
    free(copy);
    return mistakes;
}

/* Texts without a mistake and how memogen would write their options. */
static const struct {
    const char *text, *options;
} good[] = {
    {"@memo", ""},
    {"@memo()", ""},
    {"@memo( )", ""},
    {"@memo  the table (really) is slow", ""},
    {"@memo\n(ttl=60)", "ttl=60"},
    {"@memo (ttl=60)", "ttl=60"},
    {"@memo(ttl=60) because it's slow (really", "ttl=60"},
    {"@memo(ttl=60)  n = 3 is typical, x", "ttl=60"},
    {"@experimental_memo(ttl=60)", "ttl=60"},
    {"@memo( ttl = 60 , persist )", "ttl=60, persist=\"disk\""},
    /* Times. */
    {"@memo(ttl=0.5)", "ttl=500ms"},
    {"@memo(ttl=.25)", "ttl=250ms"},
    {"@memo(ttl=1.)", "ttl=1"},
    {"@memo(ttl=90s)", "ttl=90"},
    {"@memo(ttl=90 s)", "ttl=90"},
    {"@memo(ttl=15ms)", "ttl=15ms"},
    {"@memo(ttl=2m)", "ttl=120"},
    {"@memo(ttl=1.5h)", "ttl=5400"},
    {"@memo(ttl=\"1d12h\")", "ttl=129600"},
    {"@memo(ttl=\"1d 12h 1ms\")", "ttl=129600001ms"},
    {"@memo(ttl=1w)", "ttl=604800"},
    {"@memo(ttl=\"60\")", "ttl=60"},
    {"@memo(ttl=0.000000001)", "ttl=0.000000001"},
    {"@memo(ttl=106751d)", "ttl=9223286400"},
    /* Numbers and sizes. */
    {"@memo(max_entries=1)", "max_entries=1"},
    {"@memo(max_entries=18446744073709551615)",
     "max_entries=18446744073709551615"},
    {"@memo(max_bytes=1001)", "max_bytes=1001"},
    {"@memo(max_bytes=64MB)", "max_bytes=64MB"},
    {"@memo(max_bytes=64 MiB)", "max_bytes=64MiB"},
    {"@memo(max_bytes=\"1.5kb\")", "max_bytes=1500"},
    {"@memo(max_bytes=2048)", "max_bytes=2KiB"},
    {"@memo(max_bytes=3TB)", "max_bytes=3000GB"},
    {"@memo(max_bytes=7B)", "max_bytes=7"},
    /* Claims. */
    {"@memo(persist)", "persist=\"disk\""},
    {"@memo(persist=true)", "persist=\"disk\""},
    {"@memo(persist=False)", ""},
    {"@memo(persist=\"dir\")", "persist=\"dir\""},
    {"@memo(persist=\"redis\", persist_ttl)", "persist=\"redis\", persist_ttl"},
    {"@memo(persist_ttl=0, borrow=1)", "borrow"},
    {"@memo(show_spinner)", ""},
    {"@memo(show_spinner=True)", ""},
    {"@memo(show_spinner=false)", "show_spinner=false"},
    {"@memo(show_spinner=\"\")", "show_spinner=\"\""},
    {"@memo(show_spinner=\"a\" \"\\tb\\u00e4\\x21\\041\")",
     "show_spinner=\"a\\tb\xc3\xa4!!\""},
    {"@memo(experimental_allow_widgets, suppress_st_warning=True)",
     "allow_widgets, suppress_st_warning"},
    {"@memo(impure_ok)", "impure_ok"},
    {"@memo(impure_ok=false)", ""},
    {"@memo(impure_ok(a, b))", "impure_ok(a, b)"},
    {"@memo(code=ignore)", "code=ignore"},
    {"@memo(code = ignore)", "code=ignore"},
    {"@memo(version=\"a, (b\\\"\")", "version=\"a, (b\\\"\""},
    /* Expressions keep their commas, brackets, strings and characters. */
    {"@memo(cache_if=f(result, \")\") && a[1,2] != ',', ttl=1)",
     "ttl=1, cache_if=f(result, \")\") && a[1,2] != ','"},
    {"@memo(cache_if=result > 0 && ttl (3))", "cache_if=result > 0 && ttl (3)"},
    {"@memo(cache_if=-x)", "cache_if=-x"},
    {"@memo(key(a, f(b, c)[0]), key({1, 2}))", "key(a, f(b, c)[0], {1, 2})"},
    {"@memo(depends(\"a/b.txt\", path), depends(q))",
     "depends(\"a/b.txt\", path, q)"},
    /* Clauses. */
    {"@memo(in(p[n]))", "in(p[n])"},
    {"@memo(in( p [ n * f(a[1]) ] ))", "in(p[n * f(a[1])])"},
    {"@memo(in(p[r][c], q[2]))", "in(p[r][c]), in(q[2])"},
    {"@memo(out(p[result]), inout(q[n]))", "out(p[result]), inout(q[n])"},
    {"@memo(string(a, b), deref(c), ignore(d), hash(e, h))",
     "string(a), string(b), deref(c), ignore(d), hash(e, h)"},
    {"@memo(returns(result[n + 1]))", "returns(result[n + 1])"},
    {"@memo(returns(static))", "returns(static)"},
    {"@memo(free=g_free, alloc=g_malloc)", "free=g_free, alloc=g_malloc"},
    /* Singletons. */
    {"@singleton(validate=v, release=r, ttl=1)",
     "ttl=1, validate=v, release=r"},
    {"@cache_resource(in(p[n]))", "in(p[n])"},
};

START_TEST(a_good_annotation_is_read)
{
    gen_mistake *wrong = parse(good[_i].text, strlen(good[_i].text));

    ck_assert_pstr_eq(wrong == NULL ? NULL : wrong->text, NULL);
    ck_assert_str_eq(gen_annotation_text(arena, &read), good[_i].options);
}
END_TEST

/* The carets stand under the first mistake. */
static const struct {
    const char *text, *caret, *mistake, *fix;
} bad[] = {
    {"", "", "an annotation is expected, as in @memo", NULL},
    {"memo", "^", "an annotation is expected, as in @memo", NULL},
    /* Words. */
    {"@memoize(ttl=1)", "^~~~~~~~",
     "unknown annotation '@memoize'; did you mean '@memo'?", "@memo"},
    {"@ memo", "^~~~~~", "unknown annotation '@ memo'; did you mean '@memo'?",
     "@memo"},
    {"@memo_type(hash=f)", "^~~~~~~~~~",
     "@memo_type is not available in this version", NULL},
    {"@memo: slow", "     ^", "unexpected ':' after the annotation", NULL},
    {"@memo(ttl=1).", "            ^", "unexpected '.' after the annotation",
     NULL},
    {"@memo(ttl=1))", "            ^", "unexpected ')' after the annotation",
     NULL},
    {"@memo ttl=60", "      ^~~~~~",
     "options stand in parentheses: write @memo(ttl=60)", "(ttl=60)"},
    {"@memo foo=60", "      ^~~~~~",
     "options stand in parentheses: write @memo(foo=60)", "(foo=60)"},
    {"@memo persist", "      ^~~~~~~",
     "options stand in parentheses: write @memo(persist)", "(persist)"},
    {"@memo in(p[n])", "      ^~~~~~~~",
     "options stand in parentheses: write @memo(in(p[n]))", "(in(p[n]))"},
    {"@memo(ttl=1) persist=\"disk\"", "             ^~~~~~~~~~~~~~",
     "an option stands outside the parentheses", NULL},
    /* Parentheses, commas, quotes. */
    {"@memo(", "     ^", "nothing closes this bracket", NULL},
    {"@memo(ttl=1", "     ^", "nothing closes this bracket", NULL},
    {"@memo(ttl=1,", "     ^", "nothing closes this bracket", NULL},
    {"@memo(in(p[n)", "            ^", "another bracket than this is open",
     NULL},
    {"@memo(in(p[n]", "        ^", "nothing closes this bracket", NULL},
    {"@memo(key(f(a)", "         ^", "nothing closes this bracket", NULL},
    {"@memo(key((a)", "         ^", "nothing closes this bracket", NULL},
    {"@memo(cache_if=(a", "               ^", "nothing closes this bracket",
     NULL},
    {"@memo(ttl=1])", "           ^", "nothing opens this bracket", NULL},
    {"@memo(version=\"1)", "              ^~~", "nothing closes this quote",
     NULL},
    {"@memo(version=\"1\\\")", "              ^~~~~",
     "nothing closes this quote", NULL},
    {"@memo(cache_if='))", "               ^~~", "nothing closes this quote",
     NULL},
    {"@memo(,ttl=1)", "      ^", "no option stands before this comma", ""},
    {"@memo(ttl=1,)", "           ^", "no option follows this comma", ""},
    {"@memo(ttl=1,,borrow)", "            ^",
     "no option stands before this comma", ""},
    {"@memo(ttl=1 borrow)", "           ^", "a comma is missing here", ","},
    {"@memo(borrow ttl=1)", "            ^", "a comma is missing here", ","},
    {"@memo(in(p[n]) ttl=1)", "              ^", "a comma is missing here",
     ","},
    {"@memo(borrow 3, ttl=1)", "            ^", "a comma is missing here", ","},
    {"@memo(1)", "      ^", "the name of an option is expected", NULL},
    {"@memo(\"ttl\"=1)", "      ^~~~~~~", "the name of an option is expected",
     NULL},
    {"@memo(cache_if=a@b)", "                ^",
     "this character has no meaning here", NULL},
    {"@memo(ttl==1)", "         ^~", "'=' is expected here", "="},
    {"@memo(ttl:1)", "         ^", "'=' is expected here", "="},
    {"@memo(ttl=)", "         ^", "a value is missing behind this", NULL},
    {"@memo(ttl=,borrow)", "         ^", "a value is missing behind this",
     NULL},
    {"@memo(key(a,,b))", "            ^", "something is missing before this",
     NULL},
    {"@memo(key(a,))", "            ^", "something is missing before this",
     NULL},
    /* Names. */
    {"@memo(tll=60)", "      ^~~", "unknown option 'tll'; did you mean 'ttl'?",
     "ttl"},
    {"@memo(max-entries=1)", "      ^~~~~~~~~~~",
     "unknown option 'max-entries'; did you mean 'max_entries'?",
     "max_entries"},
    {"@memo(TTL=60)", "      ^~~", "unknown option 'TTL'; did you mean 'ttl'?",
     "ttl"},
    {"@memo(colour)", "      ^~~~~~", "unknown option 'colour'", NULL},
    {"@memo(validat=f)", "      ^~~~~~~", "unknown option 'validat'", NULL},
    {"@memo(validate=f)", "      ^~~~~~~~",
     "'validate' is an option of @singleton, not of @memo", NULL},
    {"@singleton(persist)", "           ^~~~~~~",
     "'persist' is an option of @memo, not of @singleton", NULL},
    {"@singelton(borrow)", "^~~~~~~~~~",
     "unknown annotation '@singelton'; did you mean '@singleton'?",
     "@singleton"},
    {"@memo(ttl=1, ttl=2)", "             ^~~", "'ttl' is given twice", NULL},
    {"@memo(allow_widgets, experimental_allow_widgets)",
     "                     ^~~~~~~~~~~~~~~~~~~~~~~~~~",
     "'experimental_allow_widgets' is given twice; it is the same as "
     "'allow_widgets'",
     NULL},
    /* Forms. */
    {"@memo(ttl)", "      ^~~", "'ttl' is written as in ttl=60", NULL},
    {"@memo(ttl(60))", "      ^~~~~~~", "'ttl' is written as in ttl=60", NULL},
    {"@memo(in=p)", "      ^~~~", "'in' is written as in in(p[n])", NULL},
    {"@memo(key)", "      ^~~", "'key' is written as in key(setting)", NULL},
    {"@memo(in())", "      ^~~~",
     "nothing stands in the parentheses; 'in' is written as in in(p[n])", NULL},
    {"@memo(borrow(p))", "      ^~~~~~~~~", "'borrow' is written as in borrow",
     NULL},
    /* Times. */
    {"@memo(ttl=0)", "          ^", "ttl: a time above 0 is expected", NULL},
    {"@memo(ttl=-5)", "          ^~", "ttl: a time above 0 is expected", NULL},
    {"@memo(ttl=nan)", "          ^~~",
     "ttl: a time is expected, as in 60, 0.5, 90s or \"1d12h\"", NULL},
    {"@memo(ttl=\"\")", "          ^~",
     "ttl: a time is expected, as in 60, 0.5, 90s or \"1d12h\"", NULL},
    {"@memo(ttl=.)", "          ^",
     "ttl: a time is expected, as in 60, 0.5, 90s or \"1d12h\"", NULL},
    {"@memo(ttl=0x10)", "          ^~~~",
     "ttl: 'x' is no unit of time; those are ms, s, m, h, d and w", NULL},
    {"@memo(ttl=1e400)", "          ^~~~~",
     "ttl: 'e' is no unit of time; those are ms, s, m, h, d and w", NULL},
    {"@memo(ttl=5min)", "          ^~~~",
     "ttl: 'min' is no unit of time; those are ms, s, m, h, d and w", NULL},
    {"@memo(ttl=\"1d12\")", "          ^~~~~~",
     "ttl: every part of a time needs a unit, as in \"1d12h\"", NULL},
    {"@memo(ttl=\"12 1d\")", "          ^~~~~~~",
     "ttl: every part of a time needs a unit, as in \"1d12h\"", NULL},
    {"@memo(ttl=0.0000000001)", "          ^~~~~~~~~~~~",
     "ttl: a time of at least a nanosecond is expected", NULL},
    {"@memo(ttl=20000w)", "          ^~~~~~",
     "ttl: a time of less than 292 years is expected", NULL},
    /* Numbers. */
    {"@memo(max_entries=0)", "                  ^",
     "max_entries: a number of at least 1 is expected", NULL},
    {"@memo(max_entries=10K)", "                  ^~~",
     "max_entries: a whole number is expected, as in 1000", NULL},
    {"@memo(max_entries=-1)", "                  ^~",
     "max_entries: a whole number is expected, as in 1000", NULL},
    {"@memo(max_entries=18446744073709551616)",
     "                  ^~~~~~~~~~~~~~~~~~~~",
     "max_entries: the number is too large", NULL},
    {"@memo(max_bytes=0)", "                ^",
     "max_bytes: a size of at least 1 byte is expected", NULL},
    {"@memo(max_bytes=64M)", "                ^~~",
     "max_bytes: 'M' is no unit of size; those are KB, MB, GB, TB and KiB, "
     "MiB, GiB, TiB",
     NULL},
    {"@memo(max_bytes=9223372037GB)", "                ^~~~~~~~~~~~",
     "max_bytes: the size is too large", NULL},
    {"@memo(max_bytes=x)", "                ^",
     "max_bytes: a size is expected, as in 1000000, 64MB or 64MiB", NULL},
    {"@memo(max_bytes=1MB2)", "                ^~~~",
     "max_bytes: a size is expected, as in 1000000, 64MB or 64MiB", NULL},
    /* Claims and texts. */
    {"@memo(borrow=yes)", "             ^~~",
     "borrow: true or false is expected", NULL},
    {"@memo(persist=\"disc\")", "              ^~~~~~",
     "unknown place 'disc'; did you mean \"disk\"?", "\"disk\""},
    {"@memo(persist=\"s3\")", "              ^~~~",
     "persist: \"disk\", \"dir\", \"redis\", true or false is expected", NULL},
    {"@memo(persist=disk)", "              ^~~~",
     "persist: \"disk\", \"dir\", \"redis\", true or false is expected", NULL},
    {"@memo(show_spinner=maybe)", "                   ^~~~~",
     "show_spinner: true, false or a text in double quotes is expected", NULL},
    {"@memo(version=2)", "              ^",
     "version: a text in double quotes is expected", NULL},
    {"@memo(version=L\"2\")", "              ^~~~",
     "version: a text in double quotes is expected", NULL},
    {"@memo(version=\"\\q\")", "              ^~~~",
     "version: an escape in the text is no character", NULL},
    {"@memo(version=\"\\ud800\")", "              ^~~~~~~~",
     "version: an escape in the text is no character", NULL},
    {"@memo(version=\"\\0\")", "              ^~~~",
     "version: a NUL character cannot be part of the text", NULL},
    {"@memo(code=use)", "           ^~~", "code: 'ignore' is expected", NULL},
    {"@memo(free=g->free)", "           ^~~~~~~",
     "free: the name of a function is expected", NULL},
    {"@memo(impure_ok(a.b))", "                ^~~",
     "impure_ok: a name is expected", NULL},
    /* Clauses. */
    {"@memo(in(p))", "         ^",
     "the number of elements is missing: in(p[n]), or in(p[1]) for a single "
     "one",
     NULL},
    {"@memo(in(*p))", "         ^~",
     "a parameter and its number of elements are expected, as in in(p[n])",
     NULL},
    {"@memo(out(p[]))", "          ^~~",
     "a parameter and its number of elements are expected, as in out(p[n])",
     NULL},
    {"@memo(out(p->x[n]))", "          ^~~~~~~",
     "a parameter and its number of elements are expected, as in out(p[n])",
     NULL},
    {"@memo(string(*p))", "             ^~",
     "the name of a parameter is expected, as in string(p)", NULL},
    {"@memo(in(p[n]), out(p[n]))", "                    ^",
     "'p' already has the clause 'in(p[n])'", NULL},
    {"@memo(hash(p))", "      ^~~~~~~",
     "a parameter and a function are expected, as in hash(p, function)", NULL},
    {"@memo(hash(p, 3))", "              ^",
     "the name of a function is expected, as in hash(p, function)", NULL},
    {"@memo(returns(n))", "      ^~~~~~~~~~",
     "returns(result[LENGTH]) or returns(static) is expected", NULL},
    {"@memo(returns(result[n][m]))", "      ^~~~~~~~~~~~~~~~~~~~~",
     "returns(result[LENGTH]) or returns(static) is expected", NULL},
};

START_TEST(a_mistake_is_named_where_it_is)
{
    const char *carets = bad[_i].caret;
    const size_t column = strcspn(carets, "^");
    const size_t width = strlen(carets + column);

    gen_mistake *wrong = parse(bad[_i].text, strlen(bad[_i].text));

    ck_assert_ptr_nonnull(wrong);
    ck_assert_str_eq(wrong->text, bad[_i].mistake);
    ck_assert_pstr_eq(wrong->fix, bad[_i].fix);
    ck_assert_uint_eq(wrong->offset, column);
    /* A place between two bytes is shown by a caret too. */
    ck_assert(wrong->size == width || (wrong->size == 0 && width == 1));
}
END_TEST

START_TEST(all_mistakes_are_found_in_the_order_of_the_text)
{
    static const char *const expected[] = {
        "unknown option 'tll'; did you mean 'ttl'?",
        "max_entries: a number of at least 1 is expected",
        "'validate' is an option of @singleton, not of @memo",
        "the name of an option is expected",
        "no option stands before this comma",
        "'borrow' is given twice",
        "a comma is missing here",
        "unknown option 'zzz'",
    };
    static const char text[] = "@memo(tll=1, max_entries=0, validate=f, 3, "
                               ", borrow, borrow zzz)";
    size_t count = 0;

    for (gen_mistake *at = parse(text, strlen(text)); at; at = at->next)
        ck_assert_str_eq(at->text, expected[count++]);

    ck_assert_uint_eq(count, sizeof expected / sizeof *expected);
}
END_TEST

START_TEST(options_around_a_mistake_are_read)
{
    static const char text[] = "@memo(ttl=1, tll=2, max_entries=3)";

    parse(text, strlen(text));

    ck_assert_str_eq(gen_annotation_text(arena, &read), "ttl=1, max_entries=3");
}
END_TEST

START_TEST(pieces_know_where_they_stand)
{
    static const char text[] = "@cache_data(in( xs[ n + 1 ] ), ttl=5) prose";

    parse(text, strlen(text));

    ck_assert_str_eq(read.word.text, "cache_data");
    ck_assert_uint_eq(read.word.offset, 1);
    ck_assert_str_eq(read.whole.text, "@cache_data(in( xs[ n + 1 ] ), ttl=5)");
    ck_assert_str_eq(read.clauses[0].whole.text, "in( xs[ n + 1 ] )");
    ck_assert_uint_eq(read.clauses[0].whole.offset, 12);
    ck_assert_str_eq(read.clauses[0].parameter.text, "xs");
    ck_assert_uint_eq(read.clauses[0].parameter.offset, 16);
    ck_assert_str_eq(read.clauses[0].lengths.items[0].text, "n + 1");
    ck_assert_uint_eq(read.clauses[0].lengths.items[0].offset, 20);
    ck_assert_str_eq(read.at_ttl.text, "ttl=5");
    ck_assert_uint_eq(read.at_ttl.offset, 31);
    ck_assert_ptr_null(read.at_persist.text);
}
END_TEST

START_TEST(flavours_are_told_apart)
{
    static const struct {
        const char *text;
        gen_flavour flavour;
    } words[] = {
        {"@memo", GEN_MEMO},
        {"@experimental_memo", GEN_MEMO},
        {"@cache_data", GEN_MEMO},
        {"@singleton", GEN_SINGLETON},
        {"@experimental_singleton", GEN_SINGLETON},
        {"@cache_resource", GEN_SINGLETON},
        {"@Singleton", GEN_SINGLETON},
    };

    parse(words[_i].text, strlen(words[_i].text));

    ck_assert_int_eq(read.flavour, words[_i].flavour);
}
END_TEST

static const struct {
    const char *a, *b;
    bool is_equal;
} salts[] = {
    {"@memo(ttl=1)", "@memo(ttl=2, max_entries=1, persist, borrow)", true},
    {"@memo", "@memo(show_spinner=\"x\", code=ignore, impure_ok)", true},
    {"@memo(in(p[n+1]))", "@memo(in( p[ n /* c */ + 1 ]))", true},
    {"@memo(key(a,b))", "@memo(key(a), key( b ))", true},
    {"@memo(in(p[n]))", "@memo(in(p[m]))", false},
    {"@memo(in(p[n]))", "@memo(inout(p[n]))", false},
    {"@memo(key(a))", "@memo(depends(a))", false},
    {"@memo(key(a b))", "@memo(key(ab))", false},
    {"@memo(version=\"a\")", "@memo(version=\"b\")", false},
    {"@memo(version=\"\")", "@memo", false},
    {"@memo(returns(static))", "@memo", false},
    {"@memo(returns(result[n]))", "@memo(returns(result[m]))", false},
    {"@memo(cache_if=a)", "@memo", false},
    {"@memo(hash(p, f))", "@memo(hash(p, g))", false},
};

START_TEST(only_what_changes_the_result_is_salt)
{
    ck_assert_ptr_null(parse(salts[_i].a, strlen(salts[_i].a)));
    const char *a = gen_annotation_salt(arena, &read);
    ck_assert_ptr_null(parse(salts[_i].b, strlen(salts[_i].b)));
    const char *b = gen_annotation_salt(arena, &read);

    ck_assert_int_eq(strcmp(a, b) == 0, salts[_i].is_equal);
}
END_TEST

static const char nul_texts[][22] = {
    "@memo(version=\"a\0b\")",
    "@memo(key(a, /*\0*/b))",
    "@memo(cache_if=a\0)  ",
};

START_TEST(a_nul_byte_is_a_mistake)
{
    const char *text = nul_texts[_i];

    gen_mistake *wrong = parse(text, sizeof nul_texts[_i] - 1);

    ck_assert_str_eq(wrong->text, "a NUL byte has no meaning here");
    ck_assert_uint_eq(wrong->offset, strlen(text));
}
END_TEST

START_TEST(deep_brackets_are_a_mistake_and_no_crash)
{
    enum { DEPTH = 100000 };
    char *text = malloc(DEPTH);
    memset(text, '(', DEPTH);
    for (size_t i = 0; i < 9; i++)
        text[i] = "@memo(key"[i];

    gen_mistake *wrong = parse(text, DEPTH);

    ck_assert_str_eq(wrong->text, "too many brackets around this one");
    free(text);
}
END_TEST

#define COUNT(table) ((int)(sizeof(table) / sizeof *(table)))

Suite *memo_test_suite(void);

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("annotation");
    TCase *tests = tcase_create("annotation");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, a_good_annotation_is_read, 0, COUNT(good));
    tcase_add_loop_test(tests, a_mistake_is_named_where_it_is, 0, COUNT(bad));
    tcase_add_test(tests, all_mistakes_are_found_in_the_order_of_the_text);
    tcase_add_test(tests, options_around_a_mistake_are_read);
    tcase_add_test(tests, pieces_know_where_they_stand);
    tcase_add_loop_test(tests, flavours_are_told_apart, 0, 7);
    tcase_add_loop_test(tests, only_what_changes_the_result_is_salt, 0,
                        COUNT(salts));
    tcase_add_loop_test(tests, a_nul_byte_is_a_mistake, 0, 3);
    tcase_add_test(tests, deep_brackets_are_a_mistake_and_no_crash);
    suite_add_tcase(suite, tests);
    return suite;
}
