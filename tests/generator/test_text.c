/* test_text.c -- a text that grows. */
#include "text.h"

#include <check.h>
#include <string.h>

START_TEST(an_empty_text_holds_nothing)
{
    gen_text text = {0};

    gen_text_finish(&text);

    ck_assert_ptr_null(text.data);
    ck_assert_uint_eq(text.size, 0);
}
END_TEST

START_TEST(what_is_appended_follows_what_was_there)
{
    gen_text text = {0};

    gen_text_append_string(&text, "one ");
    gen_text_append_char(&text, '2');
    gen_text_append_format(&text, " %s %d", "three", 4);
    gen_text_append(&text, "\0x", 2);

    ck_assert_uint_eq(text.size, 15);
    ck_assert_mem_eq(text.data, "one 2 three 4\0x", 16);
    gen_text_finish(&text);
}
END_TEST

START_TEST(appending_nothing_makes_an_empty_string)
{
    gen_text text = {0};

    gen_text_append(&text, NULL, 0);

    ck_assert_str_eq(text.data, "");
    gen_text_finish(&text);
}
END_TEST

START_TEST(a_long_text_stays_whole)
{
    gen_text text = {0};

    for (int i = 0; i < 10000; i++)
        gen_text_append_format(&text, "%04d", i);

    ck_assert_uint_eq(text.size, 40000);
    ck_assert_uint_eq(strlen(text.data), 40000);
    ck_assert_mem_eq(text.data + 4 * 1234, "1234", 4);
    gen_text_finish(&text);
}
END_TEST

START_TEST(a_finished_text_can_be_used_again)
{
    gen_text text = {0};
    gen_text_append_string(&text, "before");
    gen_text_finish(&text);

    gen_text_append_string(&text, "after");

    ck_assert_str_eq(text.data, "after");
    gen_text_finish(&text);
}
END_TEST

Suite *memo_test_suite(void);

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("text");
    TCase *tests = tcase_create("text");

    tcase_add_test(tests, an_empty_text_holds_nothing);
    tcase_add_test(tests, what_is_appended_follows_what_was_there);
    tcase_add_test(tests, appending_nothing_makes_an_empty_string);
    tcase_add_test(tests, a_long_text_stays_whole);
    tcase_add_test(tests, a_finished_text_can_be_used_again);
    suite_add_tcase(suite, tests);
    return suite;
}
