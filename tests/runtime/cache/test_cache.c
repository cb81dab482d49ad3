#include "fixture.h"

#include <check.h>

static long identity(int n)
{
    return n;
}

/* Wrappers, as far as their addresses go. */
static int first_wrapper(int n)
{
    return n;
}

static int second_wrapper(int n)
{
    return n + 1;
}

static int stranger(void)
{
    return 0;
}

static struct memo_function first = {WORD_FUNCTION("twin")};
static struct memo_function second = {WORD_FUNCTION("twin")};
static struct memo_function single = {WORD_FUNCTION("single")};

static void call_all(void)
{
    first.address = (memo_address)first_wrapper;
    second.address = (memo_address)second_wrapper;
    call_word(&first, identity, 1);
    call_word(&second, identity, 1);
    call_word(&second, identity, 2);
    call_word(&single, identity, 1);
}

/* ---- which function ----------------------------------------------------- */

START_TEST(function_is_found_by_its_address)
{
    memo_stats stats;

    call_all();

    ck_assert_int_eq(memo_stats(second_wrapper, &stats), MEMO_OK);
    ck_assert_uint_eq(stats.entries, 2);
}
END_TEST

START_TEST(function_is_found_by_a_name_that_only_it_has)
{
    memo_stats stats;

    call_all();

    ck_assert_int_eq(memo_stats_of(&stats, (memo_address)stranger, "single"),
                     MEMO_OK);
    ck_assert_uint_eq(stats.entries, 1);
    ck_assert_int_eq(memo_stats_of(&stats, (memo_address)stranger, "twin"),
                     MEMO_AMBIGUOUS);
    ck_assert_int_eq(memo_clear_function((memo_address)stranger, "twin"),
                     MEMO_AMBIGUOUS);
    ck_assert_int_eq(memo_stats(stranger, &stats), MEMO_NOT_MEMOIZED);
    ck_assert_int_eq(memo_clear(stranger), MEMO_NOT_MEMOIZED);
}
END_TEST

START_TEST(nothing_is_found_before_the_first_call)
{
    memo_stats stats;

    ck_assert_int_eq(memo_clear(first_wrapper), MEMO_NOT_MEMOIZED);
    ck_assert_int_eq(memo_stats(first_wrapper, &stats), MEMO_NOT_MEMOIZED);
    ck_assert_uint_eq(stats.calls, 0);
}
END_TEST

START_TEST(clearing_one_function_leaves_the_others)
{
    call_all();

    ck_assert_int_eq(memo_clear(first_wrapper), MEMO_OK);

    ck_assert_uint_eq(stats_of(&first).entries, 0);
    ck_assert_uint_eq(stats_of(&first).misses, 1);
    ck_assert_uint_eq(stats_of(&second).entries, 2);
}
END_TEST

START_TEST(clearing_all_leaves_nothing)
{
    call_all();

    memo_clear_all();

    ck_assert_uint_eq(stats_of(&first).entries + stats_of(&second).entries +
                          stats_of(&single).entries,
                      0);
}
END_TEST

struct point {
    int x, y;
};

static void move_point(struct point point, const char *how)
{
    (void)point;
    (void)how;
}

/* It must also compile without warnings, whatever the function is like. */
START_TEST(clear_args_without_memogen_evaluates_nothing)
{
    struct point point = {1, 2};
    int n = 0;

    ck_assert_int_eq(memo_clear_args(first_wrapper, n++), MEMO_NOT_MEMOIZED);
    ck_assert_int_eq(memo_clear_args(stranger), MEMO_NOT_MEMOIZED);
    ck_assert_int_eq(memo_clear_args(move_point, point, "far"),
                     MEMO_NOT_MEMOIZED);
    memo_clear_args(move_point, point, "near");
    move_point(point, "really");
    ck_assert_int_eq(n, 0);
}
END_TEST

/* ---- all functions ------------------------------------------------------ */

typedef struct {
    int count, most;
    char names[100];
} visit;

static int note(void *context, const memo_function_info *info)
{
    visit *seen = context;

    strcat(seen->names, info->name);
    strcat(seen->names, info->stats.entries == 2 ? "! " : " ");
    /* Nothing is locked. */
    memo_clear_function(NULL, info->name);
    return ++seen->count == seen->most ? 42 : 0;
}

START_TEST(each_function_is_visited_in_order)
{
    visit seen = {.most = 10};

    ck_assert_int_eq(memo_each_function(note, &seen), 0);
    ck_assert_int_eq(seen.count, 0);
    call_all();

    ck_assert_int_eq(memo_each_function(note, &seen), 0);
    ck_assert_str_eq(seen.names, "twin twin! single ");
}
END_TEST

static int call_back(void *unused, const memo_function_info *info)
{
    static struct memo_function visiting = {WORD_FUNCTION("visiting")};
    memo_config config;

    (void)unused;
    call_word(&visiting, identity, 3);
    call_word(&visiting, identity, 3);
    memo_clear_function(NULL, info->name);
    memo_config_get(&config);
    ck_assert_int_eq(memo_config_set(&config), MEMO_OK);
    return (int)stats_of(&visiting).hits;
}

START_TEST(visit_may_call_anything)
{
    call_word(&first, identity, 1);

    ck_assert_int_eq(memo_each_function(call_back, NULL), 1);
}
END_TEST

START_TEST(visit_ends_when_it_is_told_to)
{
    visit seen = {.most = 2};

    call_all();

    ck_assert_int_eq(memo_each_function(note, &seen), 42);
    ck_assert_int_eq(seen.count, 2);
}
END_TEST

/* ---- settings ----------------------------------------------------------- */

START_TEST(settings_can_be_read_back)
{
    memo_config config = settings();

    ck_assert_int_eq(config.log_level, MEMO_LOG_WARNING);
    config.max_bytes = 12345678;
    config.log_level = MEMO_LOG_OFF;
    ck_assert_int_eq(memo_config_set(&config), MEMO_OK);
    config = settings();

    ck_assert_uint_eq(config.max_bytes, 12345678);
    ck_assert_int_eq(config.log_level, MEMO_LOG_OFF);
}
END_TEST

START_TEST(bad_settings_change_nothing)
{
    memo_config config = settings();

    config.max_bytes = 5;
    config.verify = 2;
    ck_assert_int_eq(memo_config_set(&config), MEMO_BAD_VALUE);
    config.verify = 0;
    config.log_level = (memo_log_level)17;
    ck_assert_int_eq(memo_config_set(&config), MEMO_BAD_VALUE);

    ck_assert_uint_eq(settings().max_bytes, 0);
}
END_TEST

static long work(int n)
{
    test_time += (memo_u64)n;
    return n;
}

START_TEST(longest_and_total_time_are_told)
{
    use_test_time();
    call_word(&single, work, 30);
    call_word(&single, work, 50);
    call_word(&single, work, 20);

    ck_assert_uint_eq(stats_of(&single).longest_ns, 50);
    ck_assert_uint_eq(stats_of(&single).total_ns, 100);
}
END_TEST

Suite *memo_test_suite(void);

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("cache/cache");
    TCase *group = tcase_create("operations");

    tcase_add_test(group, function_is_found_by_its_address);
    tcase_add_test(group, function_is_found_by_a_name_that_only_it_has);
    tcase_add_test(group, nothing_is_found_before_the_first_call);
    tcase_add_test(group, clearing_one_function_leaves_the_others);
    tcase_add_test(group, clearing_all_leaves_nothing);
    tcase_add_test(group, clear_args_without_memogen_evaluates_nothing);
    tcase_add_test(group, each_function_is_visited_in_order);
    tcase_add_test(group, visit_may_call_anything);
    tcase_add_test(group, visit_ends_when_it_is_told_to);
    tcase_add_test(group, settings_can_be_read_back);
    tcase_add_test(group, bad_settings_change_nothing);
    tcase_add_test(group, longest_and_total_time_are_told);
    suite_add_tcase(suite, group);
    return suite;
}
