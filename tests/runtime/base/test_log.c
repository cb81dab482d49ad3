#include "base/log.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* What a function writes to stderr. */
static char written[2000];

static void catch_stderr(void (*write_something)(void))
{
    int old = dup(STDERR_FILENO), ends[2];
    ssize_t size;

    ck_assert_int_eq(pipe(ends), 0);
    dup2(ends[1], STDERR_FILENO);
    write_something();
    dup2(old, STDERR_FILENO);
    close(ends[1]);
    close(old);
    size = read(ends[0], written, sizeof written - 1);
    written[size > 0 ? size : 0] = '\0';
    close(ends[0]);
}

static const struct memo_function function = {
    .name = "load", .file = "data.c", .line = 12};
static memo_config config = {.log_level = MEMO_LOG_WARNING};

static void warn(void)
{
    memo_log_warn(&config, "%d things are wrong", 3);
}

START_TEST(warning_is_one_line_on_stderr)
{
    catch_stderr(warn);

    ck_assert_str_eq(written, "memo: warning: 3 things are wrong\n");
}
END_TEST

static void tell_of_function(void)
{
    memo_log_entry entry = {.level = MEMO_LOG_WARNING};

    memo_log_about(&config, &function, entry, "it is %s", "slow");
    entry.level = MEMO_LOG_MISS;
    memo_log_about(&config, &function, entry, "nobody wants to know");
}

START_TEST(line_about_a_function_says_where_it_is)
{
    catch_stderr(tell_of_function);

    ck_assert_str_eq(written, "memo: data.c:12: warning: load: it is slow\n");
}
END_TEST

static void write_much(void)
{
    char text[5000];

    memset(text, 'x', sizeof text);
    text[sizeof text - 1] = '\0';
    memo_log_warn(&config, "%s", text);
}

START_TEST(long_line_is_cut_and_still_a_line)
{
    size_t size;

    catch_stderr(write_much);

    size = strlen(written);
    ck_assert_uint_gt(size, 400);
    ck_assert_uint_lt(size, 700);
    ck_assert_int_eq(written[size - 1], '\n');
}
END_TEST

static void write_nothing(void)
{
    memo_config silent = {.log_level = MEMO_LOG_OFF};

    memo_log_warn(&silent, "nobody listens");
}

START_TEST(nothing_is_written_when_the_log_is_off)
{
    catch_stderr(write_nothing);

    ck_assert_str_eq(written, "");
}
END_TEST

static void note(void *context, const memo_log_entry *entry)
{
    ck_assert_str_eq(entry->function, "load");
    ck_assert_str_eq(entry->file, "data.c");
    ck_assert_uint_eq(entry->line, 12);
    ck_assert_str_eq(entry->text, "it is slow");
    ++*(int *)context;
}

START_TEST(callback_gets_the_parts)
{
    memo_log_entry entry = {.level = MEMO_LOG_WARNING};
    memo_config listening = config;
    int calls = 0;

    listening.log = note;
    listening.log_context = &calls;
    memo_log_about(&listening, &function, entry, "it is slow");

    ck_assert_int_eq(calls, 1);
}
END_TEST

Suite *memo_test_suite(void);

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("base/log");
    TCase *group = tcase_create("lines");

    tcase_add_test(group, warning_is_one_line_on_stderr);
    tcase_add_test(group, line_about_a_function_says_where_it_is);
    tcase_add_test(group, long_line_is_cut_and_still_a_line);
    tcase_add_test(group, nothing_is_written_when_the_log_is_off);
    tcase_add_test(group, callback_gets_the_parts);
    suite_add_tcase(suite, group);
    return suite;
}
