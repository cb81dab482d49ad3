/* test_diff.c -- the difference of two texts. */
#include "diff.h"

#include <check.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static gen_text out;

static void set_up(void)
{
    out = (gen_text){0};
}

static void tear_down(void)
{
    gen_text_finish(&out);
}

static const char *diff(const char *before, const char *after)
{
    gen_text_append_string(&out, "");
    gen_diff_append(&out, "a", before, strlen(before), "b", after,
                    strlen(after));
    return out.data;
}

static const struct {
    const char *before, *after, *diff; /* without the two lines of names */
} texts[] = {
    {"a\n", "b\n", "@@ -1 +1 @@\n-a\n+b\n"},
    {"", "a\n", "@@ -0,0 +1 @@\n+a\n"},
    {"a\nb\n", "", "@@ -1,2 +0,0 @@\n-a\n-b\n"},
    {"a\nb\nc\n", "a\nx\nc\n", "@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n"},
    {"a\n", "a", "@@ -1 +1 @@\n-a\n+a\n\\ No newline at end of file\n"},
    {"a\nb", "a\nb\nc",
     "@@ -1,2 +1,3 @@\n a\n-b\n\\ No newline at end of file\n+b\n+c\n"
     "\\ No newline at end of file\n"},
    {"x\na", "y\na",
     "@@ -1,2 +1,2 @@\n-x\n+y\n a\n\\ No newline at end of file\n"},
    /* Three lines of context; what lies farther apart makes another hunk. */
    {"1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nx\n5\n6\n7\n8\n9\n",
     "@@ -2,6 +2,7 @@\n 2\n 3\n 4\n+x\n 5\n 6\n 7\n"},
    {"x\n1\n2\n3\n4\n5\n6\ny\n", "1\n2\n3\n4\n5\n6\n",
     "@@ -1,8 +1,6 @@\n-x\n 1\n 2\n 3\n 4\n 5\n 6\n-y\n"},
    {"x\n1\n2\n3\n4\n5\n6\n7\ny\n", "1\n2\n3\n4\n5\n6\n7\n",
     "@@ -1,4 +1,3 @@\n-x\n 1\n 2\n 3\n@@ -6,4 +5,3 @@\n 5\n 6\n 7\n-y\n"},
    {"a\nb\nc\na\nb\nb\na\n", "c\nb\na\nb\na\nc\n",
     "@@ -1,7 +1,6 @@\n-a\n-b\n c\n-a\n b\n+a\n b\n a\n+c\n"},
};

START_TEST(texts_are_compared_line_by_line)
{
    const char *found = diff(texts[_i].before, texts[_i].after);

    ck_assert_int_eq(strncmp(found, "--- a\n+++ b\n", 12), 0);
    ck_assert_str_eq(found + 12, texts[_i].diff);
}
END_TEST

START_TEST(equal_texts_have_no_difference)
{
    ck_assert_str_eq(diff("a\nb", "a\nb"), "");
    ck_assert_str_eq(diff("", ""), "");
}
END_TEST

START_TEST(bytes_of_any_value_are_kept)
{
    gen_diff_append(&out, "a", "x\0y\n", 4, "b", "x\0\xff\n", 4);

    ck_assert_uint_eq(out.size, 12 + 12 + 10);
    ck_assert_mem_eq(out.data + 24, "-x\0y\n+x\0\xff\n", 10);
}
END_TEST

START_TEST(names_that_would_break_the_line_are_quoted)
{
    gen_diff_append(&out, "a b", "", 0, "c\n\"d", "x\n", 2);

    ck_assert_str_eq(out.data, "--- a b\t\n+++ \"c\\n\\\"d\"\n"
                               "@@ -0,0 +1 @@\n+x\n");
}
END_TEST

/* A strict patch(1): apply `diff` to `before`.  NULL if it does not fit. */
typedef struct {
    const char *diff, *before;
    gen_text after;
    size_t line; /* of before, from 1, that is at `before` */
} patch;

static const char *after_line(const char *text)
{
    return text + strcspn(text, "\n") + 1;
}

static void copy_line(patch *of)
{
    const char *end = after_line(of->before);

    gen_text_append(&of->after, of->before, (size_t)(end - of->before));
    of->before = end;
    of->line++;
}

static void skip_line(patch *of)
{
    of->before = after_line(of->before);
    of->line++;
}

static void apply_line(patch *of)
{
    const char *end = after_line(of->diff);
    const size_t size = (size_t)(end - of->diff) - 1;
    const char sign = of->diff[0];

    if (sign != '+')
        ck_assert_mem_eq(of->diff + 1, of->before, size);
    if (sign == '+')
        gen_text_append(&of->after, of->diff + 1, size);
    else if (sign == ' ')
        copy_line(of);
    else
        skip_line(of);
    of->diff = end;
}

static void apply_hunk(patch *of)
{
    unsigned long begin, count = 1;
    char *end;

    begin = strtoul(of->diff + 4, &end, 10);
    if (*end == ',')
        count = strtoul(end + 1, &end, 10);
    while (of->line < begin + (count == 0))
        copy_line(of);
    ck_assert_uint_eq(of->line, begin + (count == 0));
    of->diff = after_line(of->diff);
    while (of->diff[0] != '\0' && of->diff[0] != '@')
        apply_line(of);
    ck_assert_uint_eq(of->line, begin + count + (count == 0));
}

/* Whole lines only, so that the patch above stays small. */
static void check_patch(const char *before, const char *after)
{
    patch of = {.before = before, .line = 1};

    of.diff = diff(before, after);
    if (of.diff[0] != '\0')
        of.diff = after_line(after_line(of.diff));
    gen_text_append_string(&of.after, "");
    while (of.diff[0] == '@')
        apply_hunk(&of);
    gen_text_append_string(&of.after, of.before);
    ck_assert_str_eq(of.after.data, after);
    gen_text_finish(&of.after);
}

static unsigned next_random(unsigned *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 16;
}

/* Up to 40 lines of `letters` different texts. */
static void fill(gen_text *text, unsigned *state, unsigned letters)
{
    unsigned lines = next_random(state) % 40;

    gen_text_append_string(text, "");
    for (unsigned i = 0; i < lines; i++)
        gen_text_append_format(text, "%c\n",
                               (int)('a' + next_random(state) % letters));
}

static void check_random_texts(unsigned state)
{
    gen_text before = {0}, after = {0};
    const unsigned letters = 1 + state % 5;

    fill(&before, &state, letters);
    fill(&after, &state, letters);
    check_patch(before.data, after.data);
    gen_text_finish(&before);
    gen_text_finish(&after);
    gen_text_finish(&out);
}

START_TEST(the_difference_of_any_texts_turns_one_into_the_other)
{
    for (unsigned seed = 0; seed < 500; seed++)
        check_random_texts(seed);
}
END_TEST

START_TEST(a_few_changes_in_a_large_text_stay_a_few)
{
    gen_text before = {0}, after = {0};
    for (int i = 0; i < 100000; i++) {
        gen_text_append_format(&before, "%d\n", i % 1000);
        gen_text_append_format(&after, i % 1000 == 500 ? "new\n%d\n" : "%d\n",
                               i % 1000);
    }

    check_patch(before.data, after.data);

    ck_assert_uint_lt(out.size, 100 * 100);
    gen_text_finish(&before);
    gen_text_finish(&after);
}
END_TEST

START_TEST(texts_without_a_common_line_are_replaced)
{
    gen_text before = {0}, after = {0};
    for (int i = 0; i < 30000; i++) {
        gen_text_append_format(&before, "a%d\n", i);
        gen_text_append_format(&after, "b%d\n", i);
    }

    check_patch(before.data, after.data);

    gen_text_finish(&before);
    gen_text_finish(&after);
}
END_TEST

#define COUNT(table) ((int)(sizeof(table) / sizeof *(table)))

Suite *memo_test_suite(void);

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("diff");
    TCase *tests = tcase_create("diff");

    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, texts_are_compared_line_by_line, 0,
                        COUNT(texts));
    tcase_add_test(tests, equal_texts_have_no_difference);
    tcase_add_test(tests, bytes_of_any_value_are_kept);
    tcase_add_test(tests, names_that_would_break_the_line_are_quoted);
    tcase_add_test(tests, the_difference_of_any_texts_turns_one_into_the_other);
    tcase_add_test(tests, a_few_changes_in_a_large_text_stay_a_few);
    tcase_add_test(tests, texts_without_a_common_line_are_replaced);
    suite_add_tcase(suite, tests);
    return suite;
}
