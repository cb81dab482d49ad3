/* test_snapshot.c -- which function changed, and the public hash. */
#include "fixture.h"

#include "cache/registry.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

static long identity(int n)
{
    return n;
}

/* load → parse → table, strtod */
static const char *load_names[] = {"parse"};
static struct memo_source table = {"table", {7, 8}, "gcc", 0, 0, NULL, NULL};
static const char *parse_names[] = {"strtod", "table"};
static struct memo_source *parse_uses[] = {NULL, &table};
static struct memo_source parse = {"parse", {3, 4},      "gcc",     2,
                                   0,       parse_names, parse_uses};
static struct memo_source *load_uses[] = {&parse};
static struct memo_source load = {"load", {1, 2},     "gcc",    1,
                                  0,      load_names, load_uses};
static struct memo_unit unit;
static struct memo_function function = {WORD_FUNCTION("load"), .salt = "",
                                        .source = &load, .unit = &unit};

static memo_snapshot *take(void)
{
    memo_snapshot *snapshot = NULL;

    call_word(&function, identity, 1);
    ck_assert_int_eq(memo_take_snapshot(&snapshot, NULL, "load"), MEMO_OK);
    ck_assert_ptr_nonnull(snapshot);
    return snapshot;
}

static void expect_change(memo_snapshot *before, const char *expected)
{
    memo_snapshot *after = take();
    char text[200];
    memo_size size = memo_snapshot_describe(text, sizeof text, before, after);

    ck_assert_str_eq(text, expected);
    ck_assert_uint_eq(size, strlen(expected));
    memo_snapshot_free(before);
    memo_snapshot_free(after);
}

START_TEST(equal_sources_do_not_differ)
{
    expect_change(take(), "");
}
END_TEST

START_TEST(a_changed_function_is_named)
{
    memo_snapshot *before = take();

    parse.hash[0] = 33;

    expect_change(before, "parse changed");
}
END_TEST

START_TEST(a_function_compiled_in_another_way_is_named)
{
    memo_snapshot *before = take();

    table.build = "gcc fast-math";

    expect_change(before, "table was compiled in another way");
}
END_TEST

START_TEST(what_was_added_and_removed_is_named)
{
    memo_snapshot *before = take();

    parse_names[0] = "strtof";

    expect_change(before, "strtod was removed; strtof was added");
}
END_TEST

START_TEST(a_source_that_became_known_has_changed)
{
    static struct memo_source strtod_source = {"strtod", {9, 9}, "gcc", 0,
                                               0,        NULL,   NULL};
    memo_snapshot *before = take();

    parse_uses[0] = &strtod_source;

    expect_change(before, "strtod changed");
}
END_TEST

START_TEST(other_options_are_named)
{
    memo_snapshot *before = take();

    function.salt = "version=\"2\"";

    expect_change(before, "load has other options");
}
END_TEST

START_TEST(code_that_is_ignored_never_changes)
{
    memo_snapshot *before;

    function.flags = MEMO_CODE_IGNORED;
    before = take();
    parse.hash[0] = 33;

    expect_change(before, "");
}
END_TEST

START_TEST(a_description_that_does_not_fit_is_cut)
{
    static const struct {
        memo_size size;
        const char *text;
    } cases[] = {{14, "parse changed"},
                 {13, "parse cha..."},
                 {4, "..."},
                 {3, "pa"},
                 {1, ""},
                 {0, "x"}};
    memo_snapshot *before = take(), *after;
    char text[20] = "x";
    memo_size size;

    parse.hash[0] = 33;
    after = take();
    size = memo_snapshot_describe(text, cases[_i].size, before, after);

    ck_assert_str_eq(text, cases[_i].text);
    ck_assert_uint_eq(size, cases[_i].size ? strlen(text) : 0);
    memo_snapshot_free(before);
    memo_snapshot_free(after);
}
END_TEST

static int stop_at_first(void *context, memo_change change, const char *name)
{
    ck_assert_int_eq(change, MEMO_CHANGE_SOURCE);
    ck_assert_str_eq(name, "load");
    ++*(int *)context;
    return 5;
}

START_TEST(a_visitor_may_stop)
{
    memo_snapshot *before = take(), *after;
    int calls = 0;

    load.hash[0] = parse.hash[0] = 33;
    after = take();

    ck_assert_int_eq(
        memo_snapshot_compare(before, after, stop_at_first, &calls), 5);
    ck_assert_int_eq(calls, 1);
    memo_snapshot_free(before);
    memo_snapshot_free(after);
}
END_TEST

/* ---- by name ------------------------------------------------------------ */

START_TEST(a_hash_is_32_digits)
{
    char text[MEMO_SOURCE_HASH_SIZE + 1] = "", again[MEMO_SOURCE_HASH_SIZE];

    text[MEMO_SOURCE_HASH_SIZE] = '!';
    call_word(&function, identity, 1);

    ck_assert_int_eq(memo_hash_source(text, NULL, "load"), MEMO_OK);
    ck_assert_int_eq(memo_hash_source(again, NULL, "load"), MEMO_OK);

    ck_assert_uint_eq(strlen(text), 32);
    ck_assert_uint_eq(strspn(text, "0123456789abcdef"), 32);
    ck_assert_int_eq(text[MEMO_SOURCE_HASH_SIZE], '!');
    ck_assert_str_eq(text, again);
}
END_TEST

START_TEST(a_function_that_was_not_called_has_no_hash)
{
    char text[MEMO_SOURCE_HASH_SIZE] = "x";
    memo_snapshot *snapshot = (memo_snapshot *)&unit;

    ck_assert_int_eq(memo_source_hash(identity, text), MEMO_NOT_MEMOIZED);
    ck_assert_int_eq(memo_snapshot_take(identity, &snapshot),
                     MEMO_NOT_MEMOIZED);

    ck_assert_str_eq(text, "");
    ck_assert_ptr_null(snapshot);
    memo_snapshot_free(snapshot);
}
END_TEST

START_TEST(a_snapshot_outlives_its_function)
{
    memo_snapshot *before = take(), *after = take();
    char text[MEMO_SOURCE_HASH_SIZE];

    memo_unload(&unit);
    load.name = NULL;

    ck_assert_int_eq(memo_hash_source(text, NULL, "load"), MEMO_NOT_MEMOIZED);
    ck_assert_uint_eq(memo_snapshot_describe(text, sizeof text, before, after),
                      0);
    memo_snapshot_free(before);
    memo_snapshot_free(after);
}
END_TEST

START_TEST(every_change_has_words)
{
    ck_assert_str_eq(memo_change_text(MEMO_CHANGE_SOURCE), "changed");
    ck_assert_str_eq(memo_change_text(MEMO_CHANGE_COUNT), "unknown change");
}
END_TEST

Suite *memo_test_suite(void);

/* Every test has a process of its own, so they may change the tables. */
Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("snapshot");
    TCase *tests = tcase_create("changes");

    tcase_add_test(tests, equal_sources_do_not_differ);
    tcase_add_test(tests, a_changed_function_is_named);
    tcase_add_test(tests, a_function_compiled_in_another_way_is_named);
    tcase_add_test(tests, what_was_added_and_removed_is_named);
    tcase_add_test(tests, a_source_that_became_known_has_changed);
    tcase_add_test(tests, other_options_are_named);
    tcase_add_test(tests, code_that_is_ignored_never_changes);
    tcase_add_loop_test(tests, a_description_that_does_not_fit_is_cut, 0, 6);
    tcase_add_test(tests, a_visitor_may_stop);
    suite_add_tcase(suite, tests);
    tests = tcase_create("names");
    tcase_add_test(tests, a_hash_is_32_digits);
    tcase_add_test(tests, a_function_that_was_not_called_has_no_hash);
    tcase_add_test(tests, a_snapshot_outlives_its_function);
    tcase_add_test(tests, every_change_has_words);
    suite_add_tcase(suite, tests);
    return suite;
}
