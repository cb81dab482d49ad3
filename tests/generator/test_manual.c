/* test_manual.c -- the manual page leaves nothing out. */
#include "annotation_option.h"
#include "options_table.h"
#include "text.h"
#include "warning.h"

#include <check.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static gen_text manual;

/* The manual's words without what only a formatter needs. */
static void set_up(void)
{
    FILE *file = fopen(MEMO_TEST_SOURCE_DIR "/../generator/memogen.1", "r");
    int byte;

    ck_assert_ptr_nonnull(file);
    manual = (gen_text){0};
    while ((byte = getc(file)) != EOF) {
        if (byte != '\\') {
            gen_text_append_char(&manual, (char)byte);
            continue;
        }
        byte = getc(file);
        if (byte == 'f')
            getc(file); /* the font's letter */
        else if (byte != '&')
            gen_text_append_char(&manual, (char)byte);
    }
    fclose(file);
}

static void tear_down(void)
{
    gen_text_finish(&manual);
}

static bool is_word_byte(char byte)
{
    return byte == '-' || byte == '_' || (byte >= '0' && byte <= '9') ||
           (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

/* Does the manual have the word?  More of it may follow if `is_beginning`. */
static bool has_word(const char *word, bool is_beginning)
{
    const size_t size = strlen(word);
    const char *at = manual.data;

    while ((at = strstr(at, word)) != NULL) {
        bool begins = at == manual.data || !is_word_byte(at[-1]);
        if (begins && (is_beginning || !is_word_byte(at[size])))
            return true;
        at++;
    }
    return false;
}

START_TEST(every_option_of_the_command_line_is_described)
{
    for (size_t i = 0; i < gen_option_kind_count; i++) {
        const gen_option_kind *kind = &gen_option_kinds[i];
        bool is_beginning = kind->takes == GEN_TAKES_REST;
        ck_assert_msg(has_word(kind->name, is_beginning), "%s", kind->name);
        ck_assert_msg(kind->alias == NULL || has_word(kind->alias, false), "%s",
                      kind->alias);
    }
}
END_TEST

START_TEST(every_option_of_an_annotation_is_described)
{
    size_t count = 0;

    for (; gen_option_name(count) != NULL; count++)
        ck_assert_msg(has_word(gen_option_name(count), false), "%s",
                      gen_option_name(count));
    ck_assert_uint_gt(count, 20);
}
END_TEST

START_TEST(every_warning_is_described)
{
    for (size_t i = 0; i < gen_warning_kind_count; i++)
        ck_assert_msg(has_word(gen_warning_kinds[i].id, false), "%s",
                      gen_warning_kinds[i].id);
}
END_TEST

START_TEST(what_is_not_there_is_not_found)
{
    ck_assert(!has_word("--frobnicate", false));
    ck_assert(!has_word("--lis", false));
    ck_assert(has_word("--lis", true));
}
END_TEST

Suite *memo_test_suite(void);

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("manual");
    TCase *tests = tcase_create("manual");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, every_option_of_the_command_line_is_described);
    tcase_add_test(tests, every_option_of_an_annotation_is_described);
    tcase_add_test(tests, every_warning_is_described);
    tcase_add_test(tests, what_is_not_there_is_not_found);
    suite_add_tcase(suite, tests);
    return suite;
}
