#include "elements/frame_utf8.h"

#include <check.h>

#include <string.h>

Suite *memo_test_suite(void);

static const struct {
    const char *bytes;
    size_t size, good;
} texts[] = {
    {"", 0, 0},
    {"plain", 5, 5},
    {"eight bytes and more", 20, 20},
    {"\0with NUL", 9, 9},
    {"gr\xC3\xBC\xC3\x9F", 6, 6},
    {"\xE2\x82\xAC\xF0\x9F\x8D\x8B", 7, 7},
    {"\xF4\x8F\xBF\xBF", 4, 4},
    {"\xED\x9F\xBF\xEE\x80\x80", 6, 6},
    {"1234567\xC3\xBC", 9, 9},
    {"\x80", 1, 0},                 /* a later byte first */
    {"ab\xC3", 3, 2},               /* cut */
    {"ab\xC3(", 4, 2},              /* not followed by one */
    {"\xE2\x82", 2, 0},             /* cut */
    {"\xE2\x82(", 3, 0},            /* the third byte */
    {"\xF0\x9F\x8D", 3, 0},         /* cut */
    {"\xF0\x9F\x8D(", 4, 0},        /* the fourth byte */
    {"\xC0\xAF", 2, 0},             /* longer than needed */
    {"\xC1\xBF", 2, 0},             /* the same */
    {"\xE0\x9F\xBF", 3, 0},         /* the same */
    {"\xF0\x8F\xBF\xBF", 4, 0},     /* the same */
    {"\xED\xA0\x80", 3, 0},         /* half a pair of UTF-16 */
    {"\xF4\x90\x80\x80", 4, 0},     /* beyond Unicode */
    {"\xF5\x80\x80\x80", 4, 0},     /* the same */
    {"\xFF", 1, 0},                 /* never */
    {"123456789012345\xFF", 16, 15} /* behind whole words */
};

START_TEST(what_is_no_character_ends_the_prefix)
{
    ck_assert_uint_eq(st_utf8_prefix(texts[_i].bytes, texts[_i].size),
                      texts[_i].good);
}
END_TEST

START_TEST(names_are_shown_without_what_spoils_a_line)
{
    st_shown shown = st_show("a\nb\x7F");

    ck_assert_str_eq(shown.text, "a b ");
    ck_assert_str_eq(st_show("gr\xC3\xBC\xC3\x9F").text, "gr\xC3\xBC\xC3\x9F");
    ck_assert_str_eq(st_show("ab\xFF"
                             "cd")
                         .text,
                     "ab...");
}
END_TEST

START_TEST(long_names_are_cut_between_characters)
{
    char name[200];

    for (size_t before = 0; before < 4; before++) {
        st_shown shown;
        size_t length;

        memset(name, 'x', before);
        for (size_t i = before; i + 3 < sizeof name; i += 3)
            memcpy(name + i, "\xE2\x82\xAC", 4);
        shown = st_show(name);

        length = strlen(shown.text);
        ck_assert_str_eq(shown.text + length - 3, "...");
        ck_assert_uint_eq(st_utf8_prefix(shown.text, length), length);
        ck_assert_uint_gt(length, 30);
    }
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("frame_utf8");
    TCase *tests = tcase_create("texts");

    tcase_add_loop_test(tests, what_is_no_character_ends_the_prefix, 0,
                        sizeof texts / sizeof *texts);
    tcase_add_test(tests, names_are_shown_without_what_spoils_a_line);
    tcase_add_test(tests, long_names_are_cut_between_characters);
    suite_add_tcase(suite, tests);
    return suite;
}
