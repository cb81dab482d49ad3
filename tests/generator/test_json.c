/* test_json.c -- values as JSON text. */
#include "json.h"

#include <check.h>
#include <string.h>

static const struct {
    const char *text;
    size_t size;
    const char *json;
} texts[] = {
    {"", 0, "\"\""},
    {"abc /", 5, "\"abc /\""},
    {"a\"b\\c", 5, "\"a\\\"b\\\\c\""},
    {"\b\f\n\r\t", 5, "\"\\b\\f\\n\\r\\t\""},
    {"\0\x01\x1f\x7f", 4, "\"\\u0000\\u0001\\u001f\\u007f\""},
    {"\xc3\xa4\xf0\x9f\x98\x80", 6, "\"\xc3\xa4\xf0\x9f\x98\x80\""},
    {"\xff"
     "a\xc3",
     3,
     "\"\xef\xbf\xbd"
     "a\xef\xbf\xbd\""},
};

START_TEST(a_text_becomes_a_string)
{
    gen_text out = {0};

    gen_json_append(&out, texts[_i].text, texts[_i].size);

    ck_assert_str_eq(out.data, texts[_i].json);
    gen_text_finish(&out);
}
END_TEST

START_TEST(no_text_becomes_null)
{
    gen_text out = {0};

    gen_json_append_string(&out, NULL);

    ck_assert_str_eq(out.data, "null");
    gen_text_finish(&out);
}
END_TEST

Suite *memo_test_suite(void);

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("json");
    TCase *tests = tcase_create("json");

    tcase_add_loop_test(tests, a_text_becomes_a_string, 0,
                        sizeof texts / sizeof *texts);
    tcase_add_test(tests, no_text_becomes_null);
    suite_add_tcase(suite, tests);
    return suite;
}
