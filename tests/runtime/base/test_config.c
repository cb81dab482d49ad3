#include "base/config.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[] = {"MEMO_LOG", "MEMO_DISABLE", "MEMO_VERIFY",
                                    "MEMO_MAX_BYTES"};

static int told_count;
static char told[300];

static void listen(void *context, const memo_log_entry *entry)
{
    (void)context;
    told_count++;
    snprintf(told, sizeof told, "%s", entry->text);
}

/* The settings with only this variable in the environment. */
static memo_config read_with(const char *name, const char *value)
{
    memo_settings settings;

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        unsetenv(names[i]);
    if (name)
        setenv(name, value, 1);
    told_count = 0;
    memo_settings_init(&settings);
    settings.config.log = listen;
    memo_settings_read_environment(&settings);
    return settings.config;
}

START_TEST(empty_environment_gives_the_defaults)
{
    memo_config config = read_with(NULL, NULL);

    ck_assert_int_eq(config.log_level, MEMO_LOG_WARNING);
    ck_assert_int_eq(config.disable, 0);
    ck_assert_int_eq(config.verify, 0);
    ck_assert_uint_eq(config.max_bytes, 0);
    ck_assert_int_eq(told_count, 0);
}
END_TEST

START_TEST(levels_and_switches_are_read)
{
    ck_assert_int_eq(read_with("MEMO_LOG", "off").log_level, MEMO_LOG_OFF);
    ck_assert_int_eq(read_with("MEMO_LOG", "miss").log_level, MEMO_LOG_MISS);
    ck_assert_int_eq(read_with("MEMO_LOG", "hit").log_level, MEMO_LOG_HIT);
    ck_assert_int_eq(read_with("MEMO_DISABLE", "1").disable, 1);
    ck_assert_int_eq(read_with("MEMO_DISABLE", "0").disable, 0);
    ck_assert_int_eq(read_with("MEMO_VERIFY", "1").verify, 1);
}
END_TEST

static const struct {
    const char *text;
    memo_u64 bytes;
} sizes[] = {
    {"0", 0},
    {"1", 1},
    {"123456", 123456},
    {"2K", 2048},
    {"64M", 64u << 20},
    {"3G", (memo_u64)3 << 30},
    {"18446744073709551615", UINT64_MAX},
};

START_TEST(sizes_are_read)
{
    ck_assert_uint_eq(read_with("MEMO_MAX_BYTES", sizes[_i].text).max_bytes,
                      sizes[_i].bytes);
    ck_assert_int_eq(told_count, 0);
}
END_TEST

static const struct {
    const char *name, *value, *allowed;
} mistakes[] = {
    {"MEMO_LOG", "loud", "off, warning, miss or hit"},
    {"MEMO_LOG", "", "off, warning, miss or hit"},
    {"MEMO_DISABLE", "yes", "0 or 1"},
    {"MEMO_VERIFY", "11", "0 or 1"},
    {"MEMO_MAX_BYTES", "", "a number of bytes"},
    {"MEMO_MAX_BYTES", "-1", "a number of bytes"},
    {"MEMO_MAX_BYTES", "1.5G", "a number of bytes"},
    {"MEMO_MAX_BYTES", "64MB", "a number of bytes"},
    {"MEMO_MAX_BYTES", "K", "a number of bytes"},
    {"MEMO_MAX_BYTES", "18446744073709551616", "a number of bytes"},
    {"MEMO_MAX_BYTES", "17179869184G", "a number of bytes"},
};

START_TEST(bad_value_is_named_once_and_counts_for_nothing)
{
    memo_config config = read_with(mistakes[_i].name, mistakes[_i].value);

    ck_assert_int_eq(told_count, 1);
    ck_assert_ptr_nonnull(strstr(told, mistakes[_i].name));
    ck_assert_ptr_nonnull(strstr(told, mistakes[_i].value));
    ck_assert_ptr_nonnull(strstr(told, mistakes[_i].allowed));
    ck_assert_int_eq(config.log_level, MEMO_LOG_WARNING);
    ck_assert_int_eq(config.disable, 0);
    ck_assert_int_eq(config.verify, 0);
    ck_assert_uint_eq(config.max_bytes, 0);
}
END_TEST

START_TEST(equal_settings_share_one_copy)
{
    memo_config config = {.log_level = MEMO_LOG_MISS};
    memo_settings *list = NULL;
    memo_settings *first = memo_settings_make(&list, &config), *second;

    config.max_bytes = 7;
    second = memo_settings_make(&list, &config);
    ck_assert_ptr_ne(first, second);
    config.max_bytes = 0;
    ck_assert_ptr_eq(memo_settings_make(&list, &config), first);
    ck_assert_ptr_eq(list, second);

    free(first);
    free(second);
}
END_TEST

Suite *memo_test_suite(void);

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("base/config");
    TCase *group = tcase_create("settings");

    tcase_add_test(group, empty_environment_gives_the_defaults);
    tcase_add_test(group, levels_and_switches_are_read);
    tcase_add_loop_test(group, sizes_are_read, 0,
                        (int)(sizeof sizes / sizeof sizes[0]));
    tcase_add_loop_test(group, bad_value_is_named_once_and_counts_for_nothing,
                        0, (int)(sizeof mistakes / sizeof mistakes[0]));
    tcase_add_test(group, equal_settings_share_one_copy);
    suite_add_tcase(suite, group);
    return suite;
}
