/* test_diagnostic.c -- complaints, their order and how they are printed. */
#include "diagnostic.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static gen_arena *arena;
static gen_diagnostics found;
static gen_source_text source;
static char *printed;

static void set_up(void)
{
    arena = gen_arena_create();
    gen_diagnostics_init(&found, arena, NULL);
    source = (gen_source_text){.path = "a.c"};
    printed = NULL;
}

static void tear_down(void)
{
    gen_arena_destroy(arena);
    free(printed);
}

static void use_text(const char *text)
{
    source.text = text;
    source.size = strlen(text);
}

/* The span of the first `part` in the source. */
static gen_span span_of(const char *part)
{
    const char *at = strstr(source.text, part);

    ck_assert_ptr_nonnull(at);
    return (gen_span){&source, (size_t)(at - source.text), strlen(part)};
}

static const char *print(gen_color color, bool as_json)
{
    size_t size;
    FILE *file = open_memstream(&printed, &size);

    gen_diagnostics_print(&found, file, color, as_json);
    fclose(file);
    return printed;
}

START_TEST(an_error_shows_its_line_and_a_caret)
{
    use_text("int a;\nint f(int *p);\n");

    gen_error(&found, span_of("*p"), "what is %d?", 7);

    ck_assert_str_eq(print(GEN_COLOR_NEVER, false),
                     "a.c:2:11: error: what is 7?\n"
                     "int f(int *p);\n"
                     "          ^~\n");
}
END_TEST

START_TEST(tabs_stay_tabs_above_the_caret)
{
    use_text("\tint\tx;\r\n");

    gen_error(&found, span_of("x"), "no");

    ck_assert_str_eq(print(GEN_COLOR_NEVER, false), "a.c:1:6: error: no\n"
                                                    "\tint\tx;\n"
                                                    "\t   \t^\n");
}
END_TEST

START_TEST(the_caret_counts_characters_and_the_column_bytes)
{
    use_text("/* \xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80 */ \xc3\xb6\xc3\xb6;\n");

    gen_error(&found, span_of("\xc3\xb6\xc3\xb6"), "no");

    ck_assert_str_eq(print(GEN_COLOR_NEVER, false),
                     "a.c:1:17: error: no\n"
                     "/* \xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80 */ "
                     "\xc3\xb6\xc3\xb6;\n"
                     "          ^~\n");
}
END_TEST

START_TEST(bytes_that_could_harm_a_terminal_are_shown_by_number)
{
    use_text("\x1b[31m \xff \xc2\x9b x\n");

    gen_error(&found, span_of("x"), "not '\x1b'");

    ck_assert_str_eq(print(GEN_COLOR_NEVER, false),
                     "a.c:1:12: error: not '<1B>'\n"
                     "<1B>[31m <FF> <C2><9B> x\n"
                     "                       ^\n");
}
END_TEST

START_TEST(a_nul_byte_does_not_end_the_line)
{
    source.text = "a\0b\n";
    source.size = 4;

    gen_error(&found, (gen_span){&source, 2, 1}, "no");

    ck_assert_str_eq(print(GEN_COLOR_NEVER, false), "a.c:1:3: error: no\n"
                                                    "a<00>b\n"
                                                    "     ^\n");
}
END_TEST

START_TEST(a_byte_order_mark_takes_no_column)
{
    use_text("\xef\xbb\xbfint x;\n");

    gen_error(&found, span_of("x"), "no");

    ck_assert_str_eq(print(GEN_COLOR_NEVER, false), "a.c:1:8: error: no\n"
                                                    "int x;\n"
                                                    "    ^\n");
}
END_TEST

START_TEST(a_span_of_several_lines_ends_with_the_first)
{
    use_text("ab(\ncd)\n");

    gen_error(&found, span_of("b(\ncd)"), "no");

    ck_assert_str_eq(print(GEN_COLOR_NEVER, false), "a.c:1:2: error: no\n"
                                                    "ab(\n"
                                                    " ^~\n");
}
END_TEST

static const struct {
    size_t offset;
    const char *printed;
} edges[] = {
    {2, "a.c:1:3: error: no\na\n ^\n"}, /* the newline of a CRLF */
    {3, "a.c:2:1: error: no\nb\n^\n"},
    {4, "a.c:2:2: error: no\nb\n ^\n"}, /* the text's end */
    {99, "a.c:2:2: error: no\nb\n ^\n"},
};

START_TEST(a_place_at_the_end_of_a_line_or_text_has_a_caret)
{
    use_text("a\r\nb");

    gen_error(&found, (gen_span){&source, edges[_i].offset, 0}, "no");

    ck_assert_str_eq(print(GEN_COLOR_NEVER, false), edges[_i].printed);
}
END_TEST

START_TEST(of_a_long_line_the_part_around_the_caret_is_shown)
{
    char text[1001] = {0};
    memset(text, 'x', 1000);
    for (size_t i = 0; i < 4; i++)
        text[500 + i] = "HERE"[i];
    use_text(text);

    gen_error(&found, span_of("HERE"), "no");

    const char *caret = strchr(print(GEN_COLOR_NEVER, false), '^');
    const char *here = strstr(printed, "HERE");
    const char *line = strchr(printed, '\n') + 1;
    ck_assert_int_eq(strncmp(line, "...xxx", 6), 0);
    ck_assert_ptr_nonnull(strstr(line, "xxx...\n"));
    ck_assert_int_eq(here - line, caret - (strchr(line, '\n') + 1));
    ck_assert_int_lt(strchr(line, '\n') - line, 180);
}
END_TEST

START_TEST(a_fix_stands_below_the_place_where_it_goes)
{
    use_text("f(a, b)\n");
    gen_diagnostic *made = gen_error(&found, span_of("a"), "no");

    gen_suggest(&found, made, span_of("a"), "x");
    gen_suggest(&found, made, span_of("b"), "yy");

    ck_assert_str_eq(print(GEN_COLOR_NEVER, false), "a.c:1:3: error: no\n"
                                                    "f(a, b)\n"
                                                    "  ^\n"
                                                    "  x  yy\n");
}
END_TEST

START_TEST(fixes_for_the_same_place_get_a_row_each)
{
    use_text("f(a)\n");
    gen_diagnostic *made = gen_error(&found, span_of("a"), "no");

    gen_suggest(&found, made, span_of("a"), "in(a[n])");
    gen_suggest(&found, made, span_of("a"), "deref(a)");

    ck_assert_str_eq(print(GEN_COLOR_NEVER, false), "a.c:1:3: error: no\n"
                                                    "f(a)\n"
                                                    "  ^\n"
                                                    "  in(a[n])\n"
                                                    "  deref(a)\n");
}
END_TEST

START_TEST(a_fix_on_another_line_gets_a_note_of_its_own)
{
    use_text("// @memo\nint f(int *p);\n");
    gen_diagnostic *made = gen_error(&found, span_of("*p"), "what is p?");

    gen_suggest(&found, made, (gen_span){&source, 8, 0}, "(deref(p))");

    ck_assert_str_eq(print(GEN_COLOR_NEVER, false),
                     "a.c:2:11: error: what is p?\n"
                     "int f(int *p);\n"
                     "          ^~\n"
                     "a.c:1:9: note: insert this here\n"
                     "// @memo\n"
                     "        ^\n"
                     "        (deref(p))\n");
}
END_TEST

START_TEST(a_fix_that_removes_says_so)
{
    use_text("a bb c\n");
    gen_diagnostic *made = gen_error(&found, span_of("a"), "no");

    gen_suggest(&found, made, span_of("bb"), "");

    ck_assert_str_eq(print(GEN_COLOR_NEVER, false),
                     "a.c:1:1: error: no\na bb c\n^\n"
                     "a.c:1:3: note: remove this\na bb c\n  ^~\n");
}
END_TEST

START_TEST(notes_follow_their_complaint)
{
    use_text("a b\n");
    gen_diagnostic *made = gen_error(&found, span_of("b"), "no");

    gen_note(&found, made, span_of("a"), "see here");
    gen_note(&found, made, (gen_span){0}, "and think");

    ck_assert_str_eq(print(GEN_COLOR_NEVER, false),
                     "a.c:1:3: error: no\na b\n  ^\n"
                     "a.c:1:1: note: see here\na b\n^\n"
                     "memogen: note: and think\n");
}
END_TEST

START_TEST(a_note_has_fixes_of_its_own)
{
    use_text("a b\n");
    gen_diagnostic *made = gen_error(&found, span_of("b"), "no");

    gen_diagnostic *note = gen_note(&found, made, span_of("a"), "write this");
    gen_suggest(&found, note, span_of("a"), "c");

    ck_assert_str_eq(print(GEN_COLOR_NEVER, false),
                     "a.c:1:3: error: no\na b\n  ^\n"
                     "a.c:1:1: note: write this\na b\n^\nc\n");
    free(printed);
    ck_assert_ptr_nonnull(
        strstr(print(GEN_COLOR_NEVER, true), "{\"text\": \"c\""));
}
END_TEST

START_TEST(complaints_are_sorted_by_place_and_said_once)
{
    gen_source_text other = {.path = "b.c"};
    use_text("a b\n");

    gen_error(&found, span_of("b"), "late");
    gen_error(&found, (gen_span){&other, 0, 0}, "other file");
    gen_error(&found, span_of("a"), "first here");
    gen_error(&found, span_of("a"), "second here");
    gen_error(&found, span_of("a"), "first here");
    gen_error(&found, (gen_span){0}, "nowhere");

    ck_assert_str_eq(print(GEN_COLOR_NEVER, false),
                     "memogen: error: nowhere\n"
                     "a.c:1:1: error: first here\na b\n^\n"
                     "a.c:1:1: error: second here\na b\n^\n"
                     "a.c:1:3: error: late\na b\n  ^\n"
                     "b.c: error: other file\n");
}
END_TEST

#define WARNED "memogen: warning: ~ [-Wmemo-x]\n"
#define FAILED "memogen: error: ~ [-Werror,-Wmemo-x]\n"
#define ON(name)                                                               \
    {                                                                          \
        .id = name, .is_on = true                                              \
    }
#define OFF(name)                                                              \
    {                                                                          \
        .id = name                                                             \
    }
#define ERROR(name)                                                            \
    {                                                                          \
        .id = name, .is_error = true, .sets_error = true                       \
    }
#define NO_ERROR(name)                                                         \
    {                                                                          \
        .id = name, .sets_error = true                                         \
    }

static const struct {
    gen_warning_setting settings[3];
    const char *printed; /* "" = switched off */
} warnings[] = {
    {{{.id = "memo-other"}}, WARNED},
    {{OFF("memo-x")}, ""},
    {{OFF("")}, ""},
    {{OFF("memo-x"), ON("memo-x")}, WARNED},
    {{ON("memo-x"), OFF("")}, ""},
    {{ERROR("")}, FAILED},
    {{ERROR("memo-x")}, FAILED},
    {{ERROR("memo-y")}, WARNED},
    {{ERROR(""), NO_ERROR("memo-x")}, WARNED},
    {{NO_ERROR("memo-x"), ERROR("")}, WARNED},
    {{ERROR("memo-x"), NO_ERROR("")}, FAILED},
    {{ERROR(""), NO_ERROR("")}, WARNED},
    {{OFF("memo-x"), ERROR("memo-x")}, FAILED},
    {{OFF("memo-x"), ERROR("")}, ""},
    {{ERROR("memo-x"), OFF("memo-x")}, ""},
};

START_TEST(settings_decide_what_becomes_of_a_warning)
{
    gen_warning_setting settings[3];
    memcpy(settings, warnings[_i].settings, sizeof settings);
    for (size_t i = 1; i < 3 && settings[i].id != NULL; i++)
        settings[i - 1].next = &settings[i];
    found.settings = settings;

    gen_diagnostic *made = gen_warning(&found, "memo-x", (gen_span){0}, "~");

    const char *expected = warnings[_i].printed;
    ck_assert_int_eq(made == NULL, expected[0] == '\0');
    ck_assert_str_eq(print(GEN_COLOR_NEVER, false), expected);
    ck_assert_uint_eq(found.error_count, strcmp(expected, FAILED) == 0);
    ck_assert_uint_eq(found.warning_count, strcmp(expected, WARNED) == 0);
}
END_TEST

START_TEST(what_is_switched_off_takes_notes_and_fixes_in_silence)
{
    use_text("a\n");

    gen_note(&found, NULL, span_of("a"), "note");
    gen_suggest(&found, NULL, span_of("a"), "b");

    ck_assert_str_eq(print(GEN_COLOR_NEVER, false), "");
}
END_TEST

START_TEST(colours_are_those_of_clang)
{
    use_text("a\n");
    gen_diagnostic *made = gen_error(&found, span_of("a"), "no");

    gen_suggest(&found, made, span_of("a"), "b");

    ck_assert_str_eq(print(GEN_COLOR_ALWAYS, false),
                     "\033[0;1ma.c:1:1: \033[0;1;31merror: \033[0;1mno\033[0m\n"
                     "a\n"
                     "\033[0;1;32m^\033[0m\n"
                     "\033[0;32mb\033[0m\n");
}
END_TEST

START_TEST(a_file_that_is_no_terminal_gets_no_colour)
{
    gen_error(&found, (gen_span){0}, "no");

    ck_assert_str_eq(print(GEN_COLOR_AUTO, false), "memogen: error: no\n");
}
END_TEST

START_TEST(json_gives_places_fixes_and_notes)
{
    use_text("a\nbc\n");
    gen_diagnostic *made = gen_warning(&found, "memo-x", span_of("bc"),
                                       "say \"%s\"\t\x01\xff", "\\");
    gen_suggest(&found, made, (gen_span){&source, 1, 0}, ";\n");
    gen_note(&found, made, (gen_span){0}, "why");
    gen_remark(&found, (gen_span){0}, "so");

    ck_assert_str_eq(
        print(GEN_COLOR_ALWAYS, true),
        "[\n"
        "  {\"severity\": \"note\", \"id\": null, \"message\": \"so\", "
        "\"file\": null, \"fixes\": [], \"notes\": []},\n"
        "  {\"severity\": \"warning\", \"id\": \"memo-x\", \"message\": "
        "\"say \\\"\\\\\\\"\\t\\u0001\xef\xbf\xbd\", \"file\": \"a.c\", "
        "\"line\": 2, \"column\": 1, \"end_line\": 2, \"end_column\": 3, "
        "\"fixes\": [{\"text\": \";\\n\", \"file\": \"a.c\", \"line\": 1, "
        "\"column\": 2, \"end_line\": 1, \"end_column\": 2}], "
        "\"notes\": [{\"severity\": \"note\", \"id\": null, "
        "\"message\": \"why\", \"file\": null, \"fixes\": []}]}\n"
        "]\n");
}
END_TEST

START_TEST(json_without_complaints_is_an_empty_array)
{
    ck_assert_str_eq(print(GEN_COLOR_NEVER, true), "[]\n");
}
END_TEST

static const struct {
    const char *word, *nearest;
} words[] = {
    {"tll", "ttl"},
    {"TTL", "ttl"},
    {"presist", "persist"},
    {"tlt", "ttl"},
    {"max-entries", "max_entries"},
    {"im", "in"},
    {"xyz", NULL},
    {"x", NULL},
    {"entries", NULL},
    {"", NULL},
    {"ttll", "ttl"},
    {"persistence", NULL},
    {"max_entry", "max_entries"},
};

START_TEST(the_nearest_name_is_found)
{
    static const char *const names[] = {"ttl", "in", "persist", "max_entries"};

    const char *nearest = gen_nearest(words[_i].word, names, 4);

    if (words[_i].nearest == NULL)
        ck_assert_ptr_null(nearest);
    else
        ck_assert_pstr_eq(nearest, words[_i].nearest);
}
END_TEST

START_TEST(a_very_long_word_is_near_to_nothing)
{
    static const char *const names[] = {"ttl"};
    char word[5001] = {0};
    memset(word, 't', 5000);

    ck_assert_ptr_null(gen_nearest(word, names, 1));
    ck_assert_ptr_null(gen_nearest("ttl", &(const char *){word}, 1));
}
END_TEST

START_TEST(a_place_is_a_line_and_a_byte_column)
{
    unsigned line, column;
    use_text("a\n\xc3\xa4"
             "b\n");

    gen_locate(&source, 4, &line, &column);

    ck_assert_uint_eq(line, 2);
    ck_assert_uint_eq(column, 3);
}
END_TEST

#define COUNT(table) ((int)(sizeof(table) / sizeof *(table)))

static void add_printing(TCase *tests)
{
    tcase_add_test(tests, an_error_shows_its_line_and_a_caret);
    tcase_add_test(tests, tabs_stay_tabs_above_the_caret);
    tcase_add_test(tests, the_caret_counts_characters_and_the_column_bytes);
    tcase_add_test(tests, bytes_that_could_harm_a_terminal_are_shown_by_number);
    tcase_add_test(tests, a_nul_byte_does_not_end_the_line);
    tcase_add_test(tests, a_byte_order_mark_takes_no_column);
    tcase_add_test(tests, a_span_of_several_lines_ends_with_the_first);
    tcase_add_loop_test(tests, a_place_at_the_end_of_a_line_or_text_has_a_caret,
                        0, COUNT(edges));
    tcase_add_test(tests, of_a_long_line_the_part_around_the_caret_is_shown);
    tcase_add_test(tests, a_fix_stands_below_the_place_where_it_goes);
    tcase_add_test(tests, fixes_for_the_same_place_get_a_row_each);
    tcase_add_test(tests, a_fix_on_another_line_gets_a_note_of_its_own);
    tcase_add_test(tests, a_fix_that_removes_says_so);
    tcase_add_test(tests, notes_follow_their_complaint);
    tcase_add_test(tests, a_note_has_fixes_of_its_own);
    tcase_add_test(tests, colours_are_those_of_clang);
    tcase_add_test(tests, a_file_that_is_no_terminal_gets_no_colour);
    tcase_add_test(tests, json_gives_places_fixes_and_notes);
    tcase_add_test(tests, json_without_complaints_is_an_empty_array);
}

Suite *memo_test_suite(void);

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("diagnostic");
    TCase *tests = tcase_create("diagnostic");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    add_printing(tests);
    tcase_add_test(tests, complaints_are_sorted_by_place_and_said_once);
    tcase_add_loop_test(tests, settings_decide_what_becomes_of_a_warning, 0,
                        COUNT(warnings));
    tcase_add_test(tests,
                   what_is_switched_off_takes_notes_and_fixes_in_silence);
    tcase_add_loop_test(tests, the_nearest_name_is_found, 0, COUNT(words));
    tcase_add_test(tests, a_very_long_word_is_near_to_nothing);
    tcase_add_test(tests, a_place_is_a_line_and_a_byte_column);
    suite_add_tcase(suite, tests);
    return suite;
}
