/* Query parameters as a URL has them. */
#include "widgets/query_text.h"

#include <check.h>
#include <string.h>

Suite *memo_test_suite(void);

/* Pairs with '|' for each NUL. */
static const char *visible(st_arena *arena, st_bytes pairs)
{
    char *text = st_arena_alloc(arena, pairs.size + 1);

    for (size_t i = 0; i < pairs.size; i++) {
        char c = ((const char *)pairs.at)[i];

        text[i] = c ? c : '|';
    }
    text[pairs.size] = '\0';
    return text;
}

static const struct {
    const char *text, *pairs, *again;
} known[] = {
    {NULL, "", ""},
    {"", "", ""},
    {"?", "", ""},
    {"a=1&b=2", "a|1|b|2|", "a=1&b=2"},
    {"?a=1", "a|1|", "a=1"},
    {"??a=1", "?a|1|", "%3Fa=1"},
    {"a=1&a=2&a=1", "a|1|a|2|a|1|", "a=1&a=2&a=1"},
    {"a", "a||", "a="},
    {"a=", "a||", "a="},
    {"=1", "|1|", "=1"},
    {"=", "||", "="},
    {"a&=&b", "a||||b||", "a=&=&b="},
    {"&&a=1&&", "a|1|", "a=1"},
    {"a=b=c", "a|b=c|", "a=b%3Dc"},
    {"a+b=c%20d%2B", "a b|c d+|", "a+b=c+d%2B"},
    {"%61=%e4%BD%a0", "a|\xe4\xbd\xa0|", "a=%E4%BD%A0"},
    {"a=\xe4\xbd\xa0", "a|\xe4\xbd\xa0|", "a=%E4%BD%A0"},
    {"a=%", "a|%|", "a=%25"},
    {"a=%4", "a|%4|", "a=%254"},
    {"a=%zz%4g%g4", "a|%zz%4g%g4|", "a=%25zz%254g%25g4"},
    {"a=%26%3D%25", "a|&=%|", "a=%26%3D%25"},
    {"a=%00b",
     "a|\xef\xbf\xbd"
     "b|",
     "a=%EF%BF%BDb"},
    {"a=%ff", "a|\xef\xbf\xbd|", "a=%EF%BF%BD"},
    {"a=\xc3", "a|\xef\xbf\xbd|", "a=%EF%BF%BD"},
    {"a=%c0%af", "a|\xef\xbf\xbd\xef\xbf\xbd|", "a=%EF%BF%BD%EF%BF%BD"},
    {"a=%ed%a0%80x", "a|\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdx|",
     "a=%EF%BF%BD%EF%BF%BD%EF%BF%BDx"},
    {"a=%f4%90%80%80", "a|\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd|",
     "a=%EF%BF%BD%EF%BF%BD%EF%BF%BD%EF%BF%BD"},
    {"a=%f0%9f%98%80", "a|\xf0\x9f\x98\x80|", "a=%F0%9F%98%80"},
    {"a-b_c.d*e~f=/:", "a-b_c.d*e~f|/:|", "a-b_c.d*e%7Ef=%2F%3A"},
    {"a=1;b=2", "a|1;b=2|", "a=1%3Bb%3D2"},
};

START_TEST(texts_are_read_and_written)
{
    st_arena arena = {0};
    st_bytes pairs = {NULL, 0}, pairs_again;
    char *again;

    ck_assert(st_query_decode(&pairs, &arena, known[_i].text));
    again = st_query_encode(&arena, pairs);

    ck_assert_str_eq(visible(&arena, pairs), known[_i].pairs);
    ck_assert_str_eq(again, known[_i].again);
    ck_assert(st_query_decode(&pairs_again, &arena, again));
    ck_assert_str_eq(visible(&arena, pairs_again), known[_i].pairs);
    st_arena_finish(&arena);
}
END_TEST

START_TEST(every_byte_comes_back)
{
    st_arena arena = {0};

    for (int first = 1; first < 128; first++) {
        const char bytes[] = {(char)first, 'x', 0, 'y', (char)first, 0};
        st_bytes pairs = {bytes, sizeof bytes}, again = {NULL, 0};

        ck_assert(
            st_query_decode(&again, &arena, st_query_encode(&arena, pairs)));
        ck_assert_uint_eq(again.size, pairs.size);
        ck_assert_mem_eq(again.at, pairs.at, pairs.size);
    }
    st_arena_finish(&arena);
}
END_TEST

START_TEST(any_bytes_are_read)
{
    unsigned seed = (unsigned)_i + 1;

    for (int round = 0; round < 2000; round++) {
        static const char favourites[] = "%&=+?aF0\xc3\xa4\xf0\x9f\x80\xed\xff";
        st_arena arena = {0};
        st_bytes pairs = {NULL, 0};
        char text[40], *once, *twice;
        size_t size = 0, ends = 0;

        for (; size < (size_t)round % sizeof text; size++) {
            seed = seed * 1103515245u + 12345u;
            text[size] = favourites[(seed >> 16) % (sizeof favourites - 1)];
        }
        text[size % sizeof text] = '\0';
        ck_assert(st_query_decode(&pairs, &arena, text));
        for (size_t i = 0; i < pairs.size; i++)
            ends += ((const char *)pairs.at)[i] == '\0';
        ck_assert_uint_eq(ends % 2, 0);
        once = st_query_encode(&arena, pairs);
        ck_assert(st_query_decode(&pairs, &arena, once));
        twice = st_query_encode(&arena, pairs);
        ck_assert_str_eq(once, twice);
        st_arena_finish(&arena);
    }
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("widgets.query_text");
    TCase *cases = tcase_create("cases");

    tcase_add_loop_test(cases, texts_are_read_and_written, 0,
                        sizeof known / sizeof *known);
    tcase_add_test(cases, every_byte_comes_back);
    tcase_add_loop_test(cases, any_bytes_are_read, 0, 4);
    suite_add_tcase(suite, cases);
    return suite;
}
