/* test_options.c -- the command line as plain data. */
#include "options.h"
#include "options_table.h"
#include "text.h"
#include "warning.h"

#include <check.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static gen_arena *arena;
static gen_options got;
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

/* Read a command line whose words are parted by single blanks; NULL if it is
 * good, else the error. */
static const char *parse(const char *words)
{
    char *argv[100] = {"memogen"};
    int argc = 1;
    const char *error = NULL;

    while (*words != '\0') {
        size_t size = strcspn(words, " ");
        argv[argc++] = gen_arena_copy(arena, words, size);
        words += size + (words[size] == ' ');
    }
    bool is_good = gen_options_parse(&got, arena, argc, argv, &error);
    ck_assert_int_eq(is_good, error == NULL);
    return error;
}

static void append_all(const char *name, const char **items, size_t count)
{
    for (size_t i = 0; i < count; i++)
        gen_text_append_format(&out, "%s%s ", name, items[i]);
}

static void append_text(const char *name, const char *text)
{
    if (text != NULL)
        gen_text_append_format(&out, "%s=%s ", name, text);
}

static void append_flag(const char *name, bool is_set)
{
    if (is_set)
        gen_text_append_format(&out, "%s ", name);
}

/* All that was read, but what has its default; "" if nothing. */
static const char *describe(void)
{
    static const char *const modes[] = {"",         "check ",   "diff ",
                                        "list ",    "explain ", "suggest ",
                                        "version ", "help "};

    gen_text_append_string(&out, modes[got.mode]);
    append_all("", got.inputs, got.input_count);
    append_text("output", got.output);
    append_flag("stdout", got.to_stdout);
    append_text("function", got.explain);
    append_flag("as_diff", got.as_diff);
    append_flag("as_dot", got.as_dot);
    append_flag("json", got.as_json);
    append_all("flag:", got.flags, got.flag_count);
    append_text("database", got.database);
    append_flag("MD", got.writes_dependencies);
    append_text("MF", got.dependency_file);
    append_text("MT", got.dependency_target);
    append_flag("MP", got.has_phony_targets);
    append_flag("always", got.color == GEN_COLOR_ALWAYS);
    append_flag("never", got.color == GEN_COLOR_NEVER);
    if (got.jobs != 0)
        gen_text_append_format(&out, "jobs=%u ", got.jobs);
    append_text("templates", got.templates);
    append_flag("no_line", got.no_line);
    append_flag("quiet", got.is_quiet);
    for (const gen_warning_setting *at = got.warnings; at; at = at->next)
        gen_text_append_format(&out, "%s:%s%s ", at->id,
                               at->is_on || at->is_error ? "" : "no ",
                               at->sets_error ? "error" : "on");
    if (out.size > 0)
        out.data[out.size - 1] = '\0'; /* the last blank */
    return out.size > 0 ? out.data : "";
}

static const struct {
    const char *words, *description;
} good[] = {
    {"a.c", "a.c"},
    {"a.c b.c -", "a.c b.c -"},
    {"--help", "help"},
    {"-h", "help"},
    {"--version", "version"},
    {"--check --help --list", "help"},
    {"a.c -o dir", "a.c output=dir"},
    {"-odir a.c", "a.c output=dir"},
    {"--output dir a.c", "a.c output=dir"},
    {"--output=dir a.c", "a.c output=dir"},
    {"-o b.c a.c", "a.c output=b.c"},
    {"-o dir a.c b.c", "a.c b.c output=dir"},
    {"--stdout a.c", "a.c stdout"},
    {"--check a.c", "check a.c"},
    {"--check --check a.c", "check a.c"},
    {"--diff a.c", "diff a.c"},
    {"--list a.c --json", "list a.c json"},
    {"--explain f a.c", "explain a.c function=f"},
    {"--explain=f a.c", "explain a.c function=f"},
    {"--suggest a.c", "suggest a.c"},
    {"--suggest --diff a.c", "suggest a.c as_diff"},
    {"--explain f --dot a.c", "explain a.c function=f as_dot"},
    {"--diff --suggest --diff a.c", "suggest a.c as_diff"},
    {"-p build a.c", "a.c database=build"},
    {"-MD a.c", "a.c MD"},
    {"-MD -MF d -MT t -MP a.c", "a.c MD MF=d MT=t MP"},
    {"-MD -MFd -MTt a.c", "a.c MD MF=d MT=t"},
    {"-MD -o b.c -", "- output=b.c MD"},
    {"-j 4 a.c", "a.c jobs=4"},
    {"-j4 a.c", "a.c jobs=4"},
    {"--jobs=1024 a.c", "a.c jobs=1024"},
    {"--templates t --no-line -q a.c", "a.c templates=t no_line quiet"},
    {"--quiet a.c", "a.c quiet"},
    {"--color a.c", "a.c always"},
    {"--color=never --color=always a.c", "a.c always"},
    {"--color=never a.c", "a.c never"},
    {"--color=auto a.c", "a.c"},
    /* Flags for the parser, in their order. */
    {"-Idir -DA=1 -UB a.c -I dir2 -D C -U D",
     "a.c flag:-Idir flag:-DA=1 flag:-UB flag:-I flag:dir2 flag:-D flag:C "
     "flag:-U flag:D"},
    {"-isystem s -includei.h -include j.h -std=c99 a.c",
     "a.c flag:-isystem flag:s flag:-includei.h flag:-include flag:j.h "
     "flag:-std=c99"},
    {"-fPIC -funsigned-char -m32 -O2 -Wall -Wextra -w -pthread -pedantic a.c",
     "a.c flag:-fPIC flag:-funsigned-char flag:-m32 flag:-O2 flag:-Wall "
     "flag:-Wextra flag:-w flag:-pthread flag:-pedantic"},
    {"-iquote q -idirafter d -imacros m --sysroot=s --target=t a.c",
     "a.c flag:-iquote flag:q flag:-idirafter flag:d flag:-imacros flag:m "
     "flag:--sysroot=s flag:--target=t"},
    {"a.c -- b.c --check -x", "a.c flag:b.c flag:--check flag:-x"},
    {"-- -DA a.c", NULL},
    {"-g -ggdb3 -c -pipe -s -lm -L dir -Ldir -Wl,-z,now -pg a.c", "a.c"},
    /* Warnings. */
    {"-Wno-memo-impure a.c", "a.c memo-impure:no on"},
    {"-Wno-memo -Wmemo-impure a.c", "a.c :no on memo-impure:on"},
    {"-Werror a.c", "a.c :error"},
    {"-Werror=memo-impure -Wno-error a.c", "a.c memo-impure:error :no error"},
    {"-Wno-error=memo-length a.c", "a.c memo-length:no error"},
    {"-Werror=memo a.c", "a.c :error"},
    {"-Werror=vla -Wno-error=vla -pedantic-errors a.c", "a.c"},
    {"-Wno-unused -Wmemory a.c", "a.c flag:-Wno-unused flag:-Wmemory"},
};

START_TEST(a_command_line_is_read)
{
    const char *error = parse(good[_i].words);

    if (good[_i].description == NULL) {
        ck_assert_str_eq(error, "no input file; see memogen --help");
        return;
    }
    ck_assert_pstr_eq(error, NULL);
    ck_assert_str_eq(describe(), good[_i].description);
}
END_TEST

static const struct {
    const char *words, *error;
} bad[] = {
    {"", "no input file; see memogen --help"},
    {"--list", "no input file; see memogen --help"},
    {"a.c  b.c", "an empty argument is no file"},
    {"--lits a.c", "unknown option '--lits'; did you mean '--list'?"},
    {"--explian=f a.c",
     "unknown option '--explian=f'; did you mean '--explain'?"},
    {"--colour=always a.c",
     "unknown option '--colour=always'; did you mean '--color'?"},
    {"--frobnicate a.c", "unknown option '--frobnicate'; see memogen --help"},
    {"-z a.c", "unknown option '-z'; see memogen --help"},
    {"-E a.c", "unknown option '-E'; see memogen --help"},
    {"--listeners a.c", "unknown option '--listeners'; see memogen --help"},
    {"--check=yes a.c",
     "unknown option '--check=yes'; did you mean '--check'?"},
    /* Values. */
    {"a.c -o", "-o needs a value: -o DIR|FILE.c"},
    {"a.c --output=", "--output= needs a value: -o DIR|FILE.c"},
    {"a.c --explain", "--explain needs a value: --explain FUNCTION"},
    {"a.c -I", "-I needs a value: -I DIR"},
    {"a.c -L", "-L needs a value: -L DIR"},
    {"-j x a.c", "-j takes a number from 1 to 1024, not 'x'"},
    {"-j 0 a.c", "-j takes a number from 1 to 1024, not '0'"},
    {"-j -1 a.c", "-j takes a number from 1 to 1024, not '-1'"},
    {"-j 99999999999999999999 a.c",
     "-j takes a number from 1 to 1024, not '99999999999999999999'"},
    {"-j4x a.c", "-j takes a number from 1 to 1024, not '4x'"},
    {"--color=red a.c", "--color is auto, always or never, not 'red'"},
    {"-o a -o b a.c", "-o is given twice"},
    {"-o a --output=b a.c", "-o is given twice"},
    {"--explain f --explain g a.c", "--explain is given twice"},
    {"-p a -p b a.c", "-p is given twice"},
    /* Warnings. */
    {"-Wmemo-impur a.c",
     "unknown warning in '-Wmemo-impur'; did you mean 'memo-impure'?"},
    {"-Wno-memo-xyzzyxyzzy a.c",
     "unknown warning in '-Wno-memo-xyzzyxyzzy'; see memogen --help"},
    {"-Werror=memo-lenght a.c",
     "unknown warning in '-Werror=memo-lenght'; did you mean 'memo-length'?"},
    {"-Wno-error=memo-x a.c",
     "unknown warning in '-Wno-error=memo-x'; see memogen --help"},
    /* What excludes each other, or lacks another. */
    {"--list --check a.c", "--list and --check exclude each other"},
    {"--suggest --diff --list a.c", "--suggest and --list exclude each other"},
    {"--suggest --diff --json a.c", "--diff and --json exclude each other"},
    {"--explain f --dot --json a.c", "--dot and --json exclude each other"},
    {"--dot a.c", "--dot is for --explain"},
    {"--stdout a.c b.c", "--stdout takes a single input file"},
    {"--stdout -o b.c a.c", "--stdout and -o exclude each other"},
    {"--stdout --list a.c",
     "--stdout is for generating, and this run tells something else"},
    {"--stdout --diff a.c",
     "--stdout is for generating, and this run tells something else"},
    {"-o x --list a.c", "-o is for generating, and this run writes nothing"},
    {"--no-line --suggest a.c",
     "--no-line is for generating, and this run writes nothing"},
    {"-o c.c a.c b.c",
     "-o c.c takes a single input file; a folder can take several"},
    {"- -", "the standard input can be read only once"},
    {"-MF d a.c", "-MF needs -MD"},
    {"-MT d a.c", "-MT needs -MD"},
    {"-MP a.c", "-MP needs -MD"},
    {"-MD -MF d a.c b.c", "-MF takes a single input file"},
    {"-MD -MT d a.c b.c", "-MT takes a single input file"},
    {"-MD --list a.c",
     "-MD writes along with an output, and this run writes none"},
    {"-MD --check a.c",
     "-MD writes along with an output, and this run writes none"},
    {"-MD --stdout a.c", "-MD needs an output file to name: use -o"},
    {"-MD -", "-MD needs an output file to name: use -o"},
};

START_TEST(a_mistake_in_a_command_line_is_named)
{
    ck_assert_pstr_eq(parse(bad[_i].words), bad[_i].error);
}
END_TEST

/* ---- response files ------------------------------------------------------ */

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
}

static const struct {
    const char *text, *description;
} responses[] = {
    {"", ""},
    {" \n\t\r\n", ""},
    {"--list\nb.c\n", "list b.c"},
    {"-DA=\"a b\" 'c d.c' e\\ f.c", "c d.c e f.c z.c flag:-DA=a b"},
    {"-DA='\"x\"' \"-DB='y'\" -DC=\\\"z\\\"",
     "flag:-DA=\"x\" flag:-DB='y' flag:-DC=\"z\""},
    {"\"a\\\"b.c\" 'a\\'b.c' a\\\\b.c", "a\"b.c a'b.c a\\b.c"},
    {"a\"b\"'c'd.c", "abcd.c"},
    {"b.c -- --check", "b.c flag:--check"},
    {"b.c\\", "b.c\\"},
};

START_TEST(a_response_file_is_read_as_gcc_reads_it)
{
    write_file("response", responses[_i].text);

    const char *error = parse("@response z.c");

    ck_assert_pstr_eq(error, NULL);
    ck_assert_ptr_nonnull(strstr(describe(), responses[_i].description));
    unlink("response");
}
END_TEST

START_TEST(response_files_may_name_others)
{
    write_file("outer", "a.c @inner c.c");
    write_file("inner", "b.c");

    ck_assert_pstr_eq(parse("@outer d.c"), NULL);

    ck_assert_str_eq(describe(), "a.c b.c c.c d.c");
    unlink("outer");
    unlink("inner");
}
END_TEST

static const struct {
    const char *text, *error;
} broken_responses[] = {
    {"a.c \"b", "a quote stays open in 'response'"},
    {"@response", "too many response files inside each other: '@response'"},
    {"@response @response @response",
     "too many response files inside each other: '@response'"},
    {"@missing", "cannot read 'missing': No such file or directory"},
    {"''", "an empty argument is no file"},
};

START_TEST(a_broken_response_file_is_named)
{
    write_file("response", broken_responses[_i].text);

    ck_assert_pstr_eq(parse("@response"), broken_responses[_i].error);

    unlink("response");
}
END_TEST

START_TEST(a_missing_response_file_is_named)
{
    ck_assert_pstr_eq(parse("@missing"),
                      "cannot read 'missing': No such file or directory");
}
END_TEST

START_TEST(a_response_file_with_a_nul_byte_is_refused)
{
    FILE *file = fopen("response", "w");
    fwrite("a.c\0b.c", 1, 7, file);
    fclose(file);

    ck_assert_pstr_eq(parse("@response"),
                      "'response' holds a NUL byte: it is no text");

    unlink("response");
}
END_TEST

/* ---- what is told about options ------------------------------------------ */

static char *help_text(void)
{
    char *text;
    size_t size;
    FILE *file = open_memstream(&text, &size);

    gen_options_print_help(file);
    fclose(file);
    return text;
}

START_TEST(help_names_every_option_with_a_help_text)
{
    char *help = help_text();
    size_t count = 0;

    for (size_t i = 0; i < gen_option_kind_count; i++) {
        const gen_option_kind *kind = &gen_option_kinds[i];
        if (kind->help == NULL)
            continue;
        count++;
        const char *line = gen_arena_format(arena, "\n  %s", kind->name);
        ck_assert_msg(strstr(help, line) != NULL, "%s", kind->name);
    }
    ck_assert_uint_ge(count, 30);
    free(help);
}
END_TEST

START_TEST(help_fits_a_terminal)
{
    char *help = help_text();

    for (const char *line = help; *line != '\0';) {
        size_t size = strcspn(line, "\n");
        ck_assert_uint_lt(size, 80);
        line += size + 1;
    }
    free(help);
}
END_TEST

/* The text of a file of the source tree. */
static char *source_text(const char *path)
{
    const char *full =
        gen_arena_format(arena, "%s/../%s", MEMO_TEST_SOURCE_DIR, path);
    FILE *file = fopen(full, "r");
    gen_text text = {0};
    char buffer[4096];
    size_t size;

    ck_assert_msg(file != NULL, "%s", full);
    gen_text_append_string(&text, "");
    while ((size = fread(buffer, 1, sizeof buffer, file)) > 0)
        gen_text_append(&text, buffer, size);
    fclose(file);
    return text.data;
}

/* All of generator/ but the table of warnings. */
static char *generator_text(void)
{
    DIR *folder = opendir(MEMO_TEST_SOURCE_DIR "/../generator");
    gen_text text = {0};
    struct dirent *entry;

    ck_assert_ptr_nonnull(folder);
    while ((entry = readdir(folder)) != NULL) {
        const char *name = entry->d_name;
        if (strlen(name) < 3 || strcmp(name + strlen(name) - 2, ".c") != 0 ||
            strcmp(name, "warning.c") == 0)
            continue;
        char *one = source_text(gen_arena_format(arena, "generator/%s", name));
        gen_text_append_string(&text, one);
        free(one);
    }
    closedir(folder);
    return text.data;
}

START_TEST(every_warning_in_the_table_is_given_somewhere)
{
    char *text = generator_text();

    for (size_t i = 0; i < gen_warning_kind_count; i++) {
        const char *id = gen_warning_kinds[i].id;
        ck_assert_msg(strstr(text, gen_arena_format(arena, "\"%s\"", id)), "%s",
                      id);
    }
    free(text);
}
END_TEST

static bool is_in_table(const char *id)
{
    for (size_t i = 0; i < gen_warning_kind_count; i++) {
        if (strcmp(gen_warning_kinds[i].id, id) == 0)
            return true;
    }
    return false;
}

START_TEST(every_warning_that_is_given_is_in_the_table)
{
    char *text = generator_text();
    size_t count = 0;

    for (const char *call = text;
         (call = strstr(call, " gen_warning(")) != NULL; call++) {
        const char *end = strchr(call, ';');
        const char *at = call;
        while ((at = strstr(at, "\"memo-")) != NULL && at < end) {
            const char *id =
                gen_arena_copy(arena, at + 1, strcspn(at + 1, "\""));
            ck_assert_msg(is_in_table(id), "%s", id);
            count++;
            at++;
        }
    }
    ck_assert_uint_gt(count, 0);
    free(text);
}
END_TEST

#define COUNT(table) ((int)(sizeof(table) / sizeof *(table)))

Suite *memo_test_suite(void);

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("options");
    TCase *tests = tcase_create("options");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, a_command_line_is_read, 0, COUNT(good));
    tcase_add_loop_test(tests, a_mistake_in_a_command_line_is_named, 0,
                        COUNT(bad));
    tcase_add_loop_test(tests, a_response_file_is_read_as_gcc_reads_it, 0,
                        COUNT(responses));
    tcase_add_test(tests, response_files_may_name_others);
    tcase_add_loop_test(tests, a_broken_response_file_is_named, 0,
                        COUNT(broken_responses));
    tcase_add_test(tests, a_missing_response_file_is_named);
    tcase_add_test(tests, a_response_file_with_a_nul_byte_is_refused);
    tcase_add_test(tests, help_names_every_option_with_a_help_text);
    tcase_add_test(tests, help_fits_a_terminal);
    tcase_add_test(tests, every_warning_in_the_table_is_given_somewhere);
    tcase_add_test(tests, every_warning_that_is_given_is_in_the_table);
    suite_add_tcase(suite, tests);
    return suite;
}
