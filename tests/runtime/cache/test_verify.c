#include "fixture.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

static int runs;
static char told[400];
static unsigned told_line;

static void listen(void *context, const memo_log_entry *entry)
{
    (void)context;
    if (entry->level != MEMO_LOG_WARNING)
        return;
    told_line = entry->line;
    snprintf(told, sizeof told, "%s: %s", entry->function, entry->text);
}

static void set_up(void)
{
    memo_config config = settings();

    runs = 0;
    told[0] = '\0';
    config.verify = 1;
    config.log = listen;
    memo_config_set(&config);
}

static long honest(int n)
{
    runs++;
    return (long)n + 1;
}

static long counting(int n)
{
    return n + ++runs;
}

START_TEST(honest_function_passes)
{
    static struct memo_function function = {WORD_FUNCTION("honest")};

    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(call_word(&function, honest, 1), 2);

    ck_assert_int_eq(runs, 3);
    ck_assert_uint_eq(stats_of(&function).verified, 2);
    ck_assert_uint_eq(stats_of(&function).hits, 2);
    ck_assert_uint_eq(stats_of(&function).lies, 0);
    ck_assert_str_eq(told, "");
}
END_TEST

START_TEST(function_with_a_memory_of_its_own_is_named)
{
    static struct memo_function function = {WORD_FUNCTION("counting")};

    ck_assert_int_eq(call_word(&function, counting, 10), 11);
    ck_assert_int_eq(call_word(&function, counting, 10), 12);

    ck_assert_uint_eq(stats_of(&function).lies, 1);
    ck_assert_uint_eq(told_line, 7);
    ck_assert_ptr_nonnull(strstr(told, "counting: "));
    ck_assert_ptr_nonnull(strstr(told, "the result"));
}
END_TEST

static char *honest_name(int n)
{
    char *name = malloc(30);

    runs++;
    snprintf(name, 30, "number %d", n);
    return name;
}

static char *growing_name(int n)
{
    char *name = malloc(30);

    (void)n;
    snprintf(name, 30, "%.*s", ++runs, "aaaaaaaa");
    return name;
}

START_TEST(texts_are_compared)
{
    static struct memo_function function = {NAME_FUNCTION("honest_name")};
    static struct memo_function lying = {NAME_FUNCTION("growing_name")};

    for (int i = 0; i < 3; i++)
        free(call_name(&function, honest_name, 1));
    ck_assert_uint_eq(stats_of(&function).lies, 0);

    runs = 0;
    for (int i = 0; i < 2; i++) {
        char *name = call_name(&lying, growing_name, 1);

        ck_assert_int_eq((int)strlen(name), i + 1);
        free(name);
    }
    ck_assert_uint_eq(stats_of(&lying).lies, 1);
}
END_TEST

static void fill(int n, int *out)
{
    runs++;
    for (int i = 0; i < n; i++)
        out[i] = i;
}

START_TEST(outputs_are_computed_twice_with_different_content_before)
{
    static struct memo_function function = {FILL_FUNCTION("fill")};
    int out[3] = {9, 9, 9}, expected[3] = {0, 1, 2};

    call_fill(&function, fill, 3, out);
    call_fill(&function, fill, 3, out);

    ck_assert_int_eq(runs, 3);
    ck_assert_uint_eq(stats_of(&function).lies, 0);
    ck_assert_mem_eq(out, expected, sizeof out);
}
END_TEST

static void fill_all_but_last(int n, int *out)
{
    fill(n - 1, out);
}

START_TEST(output_that_is_not_written_in_full_is_noticed)
{
    static struct memo_function function = {FILL_FUNCTION("partial")};
    int out[3] = {9, 9, 9}, expected[3] = {0, 1, 9};

    call_fill(&function, fill_all_but_last, 3, out);
    call_fill(&function, fill_all_but_last, 3, out);

    ck_assert_uint_eq(stats_of(&function).lies, 1);
    ck_assert_ptr_nonnull(strstr(told, "out"));
    /* The caller sees what it would see without a cache. */
    ck_assert_mem_eq(out, expected, sizeof out);
}
END_TEST

static int hidden_input;

static void fill_hidden(int n, int *out)
{
    runs++;
    for (int i = 0; i < n; i++)
        out[i] = hidden_input;
}

START_TEST(output_that_depends_on_something_else_is_noticed)
{
    static struct memo_function function = {FILL_FUNCTION("hidden")};
    int out[2];

    hidden_input = 1;
    call_fill(&function, fill_hidden, 2, out);
    hidden_input = 2;
    call_fill(&function, fill_hidden, 2, out);

    ck_assert_uint_eq(stats_of(&function).lies, 1);
    ck_assert_ptr_nonnull(strstr(told, "out differs from what was kept"));
    ck_assert_int_eq(out[1], 2);
}
END_TEST

static void keep_pattern(int n, int *out)
{
    runs++;
    for (int i = 0; i < n; i++)
        out[i] = (int)0xA5A5A5A5;
}

START_TEST(outputs_that_look_like_the_pattern_are_kept)
{
    static struct memo_function function = {FILL_FUNCTION("pattern")};
    int out[2] = {1, 2};

    call_fill(&function, keep_pattern, 2, out);
    out[0] = out[1] = 1;
    call_fill(&function, keep_pattern, 2, out);

    ck_assert_int_eq(out[1], (int)0xA5A5A5A5);
    ck_assert_uint_eq(stats_of(&function).lies, 0);
}
END_TEST

static void increment(int *values)
{
    runs++;
    for (int i = 0; i < 3; i++)
        values[i]++;
}

static void add_runs(int *values)
{
    values[1] += ++runs;
}

START_TEST(inputs_that_are_written_are_restored_between_runs)
{
    static struct memo_function function = {UPDATE_FUNCTION("increment")};
    int first[3] = {1, 2, 3}, second[3] = {1, 2, 3}, expected[3] = {2, 3, 4};

    call_update(&function, increment, first);
    call_update(&function, increment, second);

    ck_assert_uint_eq(stats_of(&function).verified, 1);
    ck_assert_uint_eq(stats_of(&function).lies, 0);
    ck_assert_mem_eq(second, expected, sizeof second);
}
END_TEST

START_TEST(parameter_that_differs_is_named)
{
    static struct memo_function function = {UPDATE_FUNCTION("add_runs")};
    int first[3] = {0}, second[3] = {0};

    call_update(&function, add_runs, first);
    call_update(&function, add_runs, second);

    ck_assert_uint_eq(stats_of(&function).lies, 1);
    ck_assert_ptr_nonnull(strstr(told, "values"));
    ck_assert_int_eq(second[1], 2);
}
END_TEST

static struct memo_function recursive_function = {WORD_FUNCTION("recursive")};

static long recursive(int n)
{
    runs++;
    return n == 0 ? 0 : call_word(&recursive_function, recursive, n - 1) + n;
}

START_TEST(recursion_is_verified_on_every_level)
{
    call_word(&recursive_function, recursive, 5);
    ck_assert_int_eq(call_word(&recursive_function, recursive, 5), 15);

    ck_assert_int_eq(runs, 12);
    ck_assert_uint_eq(stats_of(&recursive_function).verified, 6);
    ck_assert_uint_eq(stats_of(&recursive_function).lies, 0);
}
END_TEST

Suite *memo_test_suite(void);

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("cache/verify");
    TCase *group = tcase_create("verification");

    tcase_add_checked_fixture(group, set_up, NULL);
    tcase_add_test(group, honest_function_passes);
    tcase_add_test(group, function_with_a_memory_of_its_own_is_named);
    tcase_add_test(group, texts_are_compared);
    tcase_add_test(group,
                   outputs_are_computed_twice_with_different_content_before);
    tcase_add_test(group, output_that_is_not_written_in_full_is_noticed);
    tcase_add_test(group, output_that_depends_on_something_else_is_noticed);
    tcase_add_test(group, outputs_that_look_like_the_pattern_are_kept);
    tcase_add_test(group, inputs_that_are_written_are_restored_between_runs);
    tcase_add_test(group, parameter_that_differs_is_named);
    tcase_add_test(group, recursion_is_verified_on_every_level);
    suite_add_tcase(suite, group);
    return suite;
}
