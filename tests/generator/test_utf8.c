/* test_utf8.c -- where characters begin and end. */
#include "utf8.h"

#include <check.h>
#include <string.h>

static const struct {
    const char *text;
    size_t size;
} characters[] = {
    {"a", 1},
    {"\x7f", 1},
    {"\xc2\x80", 2},
    {"\xdf\xbf", 2},
    {"\xe0\xa0\x80", 3},
    {"\xed\x9f\xbf", 3},
    {"\xef\xbf\xbf", 3},
    {"\xf0\x90\x80\x80", 4},
    {"\xf4\x8f\xbf\xbf", 4},
    {"\x80", 0},             /* no beginning */
    {"\xc1\xbf", 0},         /* too long for its value */
    {"\xe0\x9f\xbf", 0},     /* the same */
    {"\xf0\x8f\xbf\xbf", 0}, /* the same */
    {"\xed\xa0\x80", 0},     /* a surrogate */
    {"\xf4\x90\x80\x80", 0}, /* beyond Unicode */
    {"\xc3", 0},             /* cut */
    {"\xe2\x82", 0},         /* cut */
    {"\xe2\x82"
     "a",
     0},
    {"\xff", 0},
};

START_TEST(a_character_has_its_size_and_broken_bytes_have_none)
{
    const char *text = characters[_i].text;

    ck_assert_uint_eq(gen_utf8_size(text, strlen(text)), characters[_i].size);
}
END_TEST

START_TEST(nothing_is_no_character)
{
    ck_assert_uint_eq(gen_utf8_size("a", 0), 0);
}
END_TEST

START_TEST(a_nul_byte_is_a_character)
{
    ck_assert_uint_eq(gen_utf8_size("\0", 1), 1);
}
END_TEST

Suite *memo_test_suite(void);

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("utf8");
    TCase *tests = tcase_create("utf8");

    tcase_add_loop_test(tests,
                        a_character_has_its_size_and_broken_bytes_have_none, 0,
                        sizeof characters / sizeof *characters);
    tcase_add_test(tests, nothing_is_no_character);
    tcase_add_test(tests, a_nul_byte_is_a_character);
    suite_add_tcase(suite, tests);
    return suite;
}
