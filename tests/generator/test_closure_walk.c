/* test_closure_walk.c -- all that a function reaches. */
#include "closure_graph.h"

#include <check.h>

START_TEST(members_come_nearest_first_and_once)
{
    static const char *const expected[] = {"load",     "parse",  "sqrt",
                                           "log_line", "expect", "table",
                                           "item",     "COLUMNS"};
    sample s = make_sample();
    size_t count;

    const gen_entity **members = gen_closure_members(arena, s.load, &count);

    ck_assert_uint_eq(count, 8);
    for (size_t i = 0; i < count; i++)
        ck_assert_str_eq(members[i]->name, expected[i]);
}
END_TEST

START_TEST(what_a_replaceable_function_names_is_no_member)
{
    sample s = make_sample();
    size_t count;
    s.parse->is_replaceable = true;

    gen_closure_members(arena, s.load, &count);

    ck_assert_uint_eq(count, 4);
}
END_TEST

START_TEST(a_replaceable_function_has_members_itself)
{
    sample s = make_sample();
    size_t count;
    s.other->is_replaceable = true;

    gen_closure_members(arena, s.other, &count);

    ck_assert_uint_eq(count, 6);
}
END_TEST

START_TEST(a_chain_of_a_million_functions_is_walked)
{
    graph in = {.count = 0};
    gen_entity *chain = make_chain(&in, 1000000, false);
    size_t count;

    const gen_entity **members = gen_closure_members(arena, chain, &count);

    ck_assert_uint_eq(count, 1000000);
    ck_assert_ptr_eq(members[999999], &chain[999999]);
}
END_TEST

static void add_walk_tests(Suite *suite)
{
    TCase *tests = tcase_create("walk");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, a_chain_of_a_million_functions_is_walked);
    tcase_add_test(tests, members_come_nearest_first_and_once);
    tcase_add_test(tests, a_replaceable_function_has_members_itself);
    tcase_add_test(tests, what_a_replaceable_function_names_is_no_member);
    suite_add_tcase(suite, tests);
}

Suite *memo_test_suite(void);

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("closure_walk");

    add_walk_tests(suite);
    return suite;
}
