/* test_cache_options.c -- the words behind `memogen cache` as plain data. */
#include "cache_options.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static gen_arena *arena;
static gen_cache_options read;
static const char *error;

static void set_up(void)
{
    arena = gen_arena_create();
}

static void tear_down(void)
{
    gen_arena_destroy(arena);
}

/* Shape: words parted by blanks. */
static bool parse(const char *words)
{
    char *copy = gen_arena_copy(arena, words, strlen(words)), *argv[20], *word;
    int argc = 0;

    for (word = strtok(copy, " "); word; word = strtok(NULL, " "))
        argv[argc++] = word;
    error = NULL;
    return gen_cache_options_parse(&read, arena, argc, argv, &error);
}

START_TEST(without_a_word_it_is_ls)
{
    ck_assert(parse(""));

    ck_assert_int_eq(read.command, GEN_CACHE_LS);
    ck_assert(!read.is_named);
    ck_assert_ptr_null(read.operand);
}
END_TEST

START_TEST(a_word_that_is_no_command_is_a_function)
{
    ck_assert(parse("load --json"));

    ck_assert_int_eq(read.command, GEN_CACHE_LS);
    ck_assert_str_eq(read.operand, "load");
    ck_assert(read.as_json && !read.is_named);
}
END_TEST

START_TEST(only_the_first_word_is_a_command)
{
    ck_assert(parse("--json ls show"));
    ck_assert_int_eq(read.command, GEN_CACHE_LS);
    ck_assert_str_eq(read.operand, "show");

    ck_assert(parse("clear -- --json"));
    ck_assert_int_eq(read.command, GEN_CACHE_CLEAR);
    ck_assert_str_eq(read.operand, "--json");

    ck_assert(parse("import -"));
    ck_assert_str_eq(read.operand, "-");
}
END_TEST

START_TEST(values_stand_behind_a_blank_or_an_equals_sign)
{
    ck_assert(parse("stats --dir a --store=dir"));
    ck_assert_str_eq(read.folder, "a");
    ck_assert_str_eq(read.store, "dir");

    ck_assert(parse("stats --redis=redis://h?a=b"));
    ck_assert_str_eq(read.redis, "redis://h?a=b");
}
END_TEST

static const struct {
    const char *words;
    uint64_t max_bytes, older_than_ns;
} bounds[] = {
    {"--max-size 64MB", 64000000, 0},
    {"--max-size 1GiB", 1 << 30, 0},
    {"--max-size 1G", 1 << 30, 0},
    {"--max-size 10K", 10240, 0},
    {"--max-size 1000", 1000, 0},
    {"--older-than 90s", 0, UINT64_C(90000000000)},
    {"--older-than=1d12h", 0, UINT64_C(129600000000000)},
    {"--older-than 5 --max-size 1", 1, UINT64_C(5000000000)},
};

START_TEST(bounds_are_read_as_annotations_write_them)
{
    const char *words = gen_arena_format(arena, "prune %s", bounds[_i].words);

    ck_assert_msg(parse(words), "%s", error);

    ck_assert_uint_eq(read.max_bytes, bounds[_i].max_bytes);
    ck_assert_uint_eq(read.older_than_ns, bounds[_i].older_than_ns);
}
END_TEST

static const struct {
    const char *words, *said;
} mistakes[] = {
    {"ls --jsn", "did you mean '--json'?"},
    {"ls --max-sice=1", "did you mean '--max-size'?"},
    {"ls --wat", "see memogen cache --help"},
    {"show", "needs the ENTRY"},
    {"show a b", "'b' is one more"},
    {"stats f", "memogen cache stats takes no 'f'"},
    {"stats --long", "takes no --long"},
    {"ls --max-size 1G", "memogen cache ls takes no --max-size"},
    {"prune", "needs --max-size or --older-than"},
    {"prune --max-size", "--max-size needs a value: --max-size SIZE"},
    {"prune --max-size 1X", "'X' is no unit of size"},
    {"prune --max-size 0", "at least 1 byte"},
    {"prune --older-than 30y", "'y' is no unit of time"},
    {"prune --older-than=", "needs a value"},
    {"ls --json --json", "--json is given twice"},
    {"ls --json=1", "--json takes no value"},
    {"ls --dir a --redis b", "exclude each other"},
    {"ls --dir a --store redis", "exclude each other"},
    {"ls --redis a --store disk", "exclude each other"},
    {"ls --store dsk", "did you mean 'disk'?"},
    {"ls --store nowhere", "there are disk, dir, redis"},
};

START_TEST(mistakes_are_told)
{
    ck_assert_msg(!parse(mistakes[_i].words), "%s", mistakes[_i].words);

    ck_assert_msg(strstr(error, mistakes[_i].said), "%s", error);
}
END_TEST

static char *help_of(const char *words)
{
    char *text = NULL;
    size_t size;
    FILE *file = open_memstream(&text, &size);

    ck_assert(parse(words));
    ck_assert(read.wants_help);
    gen_cache_options_print_help(file, &read);
    fclose(file);
    return text;
}

START_TEST(help_is_about_what_was_named)
{
    char *all = help_of("--help"), *prune = help_of("prune -h");

    ck_assert_ptr_nonnull(strstr(all, "import FILE"));
    ck_assert_ptr_nonnull(strstr(all, "--max-size SIZE"));
    ck_assert_ptr_nonnull(strstr(prune, "memogen cache prune [options]"));
    ck_assert_ptr_nonnull(strstr(prune, "--older-than TIME"));
    ck_assert_ptr_null(strstr(prune, "--json"));
    for (char *line = strtok(all, "\n"); line; line = strtok(NULL, "\n"))
        ck_assert_uint_lt(strlen(line), 80);
    free(all);
    free(prune);
}
END_TEST

START_TEST(near_commands_are_known)
{
    ck_assert_str_eq(gen_cache_nearest_command("statz"), "stats");
    ck_assert_str_eq(gen_cache_nearest_command("exprot"), "export");
    ck_assert_ptr_null(gen_cache_nearest_command("load_data"));
}
END_TEST

Suite *memo_test_suite(void);

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("cache_options");
    TCase *tests = tcase_create("cache_options");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, without_a_word_it_is_ls);
    tcase_add_test(tests, a_word_that_is_no_command_is_a_function);
    tcase_add_test(tests, only_the_first_word_is_a_command);
    tcase_add_test(tests, values_stand_behind_a_blank_or_an_equals_sign);
    tcase_add_loop_test(tests, bounds_are_read_as_annotations_write_them, 0,
                        sizeof bounds / sizeof *bounds);
    tcase_add_loop_test(tests, mistakes_are_told, 0,
                        sizeof mistakes / sizeof *mistakes);
    tcase_add_test(tests, help_is_about_what_was_named);
    tcase_add_test(tests, near_commands_are_known);
    suite_add_tcase(suite, tests);
    return suite;
}
