/* Texts of JSON: read, completed, refused with the place of the mistake. */
#include "elements/json.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

Suite *memo_test_suite(void);

static const char *const good[] = {
    "{}",
    "[]",
    "0",
    "null",
    " \"text\" ",
    "true",
    "[1, 2.5e300, -0.0]",
    "{\"a\": {\"b\": [{}]}}",
    "\"\\u0000\"",
    "\"\\ud83d\\ude00\"",
    "123456789012345678901234567890",
    "{\"a\": 1, \"a\": 2}",
};

START_TEST(what_is_json_stays_as_it_is)
{
    st_arena arena = {0};
    st_document *document = st_document_read(good[_i], NULL);

    ck_assert_ptr_nonnull(document);
    ck_assert_ptr_eq(st_document_text(document, &arena), good[_i]);
    ck_assert_int_eq(st_document_is_object(document), *good[_i] == '{');
    st_document_destroy(document);
    st_arena_finish(&arena);
}
END_TEST

static const struct {
    const char *text, *place;
} bad[] = {
    {NULL, "line 1, column 1:"},
    {"", "line 1, column 1:"},
    {"{", "line 1, column 1:"},
    {"{]", "line 1, column 2:"},
    {"[1,\n 2,,]", "line 2, column 4:"},
    {"{\"a\": 1}\n\n  x", "line 3, column 3:"},
    {"{'a': 1}", "line 1, column 2:"},
    {"[NaN]", "line 1, column 4:"},
    {"[01]", "line 1, column 2:"},
    {"\"\xff\"", "line 1, column 1:"},
    {"[\"a\n\"]", "line 1, column 3:"},
    {"\"\\ud800\"", "line 1, column"},
    {"1e999", "line 1, column"},
    {"{\"a\" 1}", "line 1, column 6:"},
};

START_TEST(a_mistake_has_a_line_and_a_column)
{
    st_failure error = {ST_OK, ""};

    ck_assert_ptr_null(st_document_read(bad[_i].text, &error));

    ck_assert_int_eq(error.status, ST_BAD_DATA);
    ck_assert_msg(strncmp(error.text, bad[_i].place, strlen(bad[_i].place)) ==
                      0,
                  "%s", error.text);
    ck_assert_uint_gt(strlen(error.text), strlen(bad[_i].place) + 5);
}
END_TEST

START_TEST(no_depth_breaks_the_stack)
{
    size_t depth = 1000000;
    char *text = malloc(depth + 1);
    st_failure error = {ST_OK, ""};

    memset(text, '[', depth);
    text[depth] = '\0';
    ck_assert_ptr_null(st_document_read(text, &error));
    ck_assert_ptr_nonnull(strstr(error.text, "depth"));
    free(text);
}
END_TEST

static const struct {
    const char *text, *object, *name, *expected; /* NULL: it stays */
} completions[] = {
    {"{ }", NULL, "a", "{\"a\":{\"x\":1}}"},
    {"{\"b\": 1}", NULL, "a", "{\"b\":1,\"a\":{\"x\":1}}"},
    {"{\"a\": null}", NULL, "a", NULL},
    {"{ }", "o", "a", "{\"o\":{\"a\":{\"x\":1}}}"},
    {"{\"o\": null}", "o", "a", "{\"o\":{\"a\":{\"x\":1}}}"},
    {"{\"o\": {\"b\": 0.5}}", "o", "a", "{\"o\":{\"b\":0.5,\"a\":{\"x\":1}}}"},
    {"{\"o\": {\"a\": 0}}", "o", "a", NULL},
    {"{\"o\": [1]}", "o", "a", NULL},
    {"[ ]", NULL, "a", NULL},
    {"7 ", "o", "a", NULL},
    {"{\"n\": 12345678901234567890}", NULL, "a",
     "{\"n\":1.2345678901234567e19,\"a\":{\"x\":1}}"},
    {"{\"t\": \"\\u0000<\\u00e4\"}", NULL, "a",
     "{\"t\":\"\\u0000<\xc3\xa4\",\"a\":{\"x\":1}}"},
};

START_TEST(what_is_missing_is_added)
{
    st_arena arena = {0};
    const char *text = completions[_i].text;
    const char *expected = completions[_i].expected;
    const char *object = completions[_i].object, *name = completions[_i].name;
    st_document *document = st_document_read(text, NULL);

    st_document_complete(document, object, name, "{\"x\": 1}");

    ck_assert_str_eq(st_document_text(document, &arena),
                     expected ? expected : text);
    if (expected)
        ck_assert(st_document_has(document, object, name));
    st_document_destroy(document);
    st_arena_finish(&arena);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("elements.json");
    TCase *cases = tcase_create("cases");

    tcase_add_loop_test(cases, what_is_json_stays_as_it_is, 0,
                        sizeof good / sizeof *good);
    tcase_add_loop_test(cases, a_mistake_has_a_line_and_a_column, 0,
                        sizeof bad / sizeof *bad);
    tcase_add_test(cases, no_depth_breaks_the_stack);
    tcase_add_loop_test(cases, what_is_missing_is_added, 0,
                        sizeof completions / sizeof *completions);
    suite_add_tcase(suite, cases);
    return suite;
}
