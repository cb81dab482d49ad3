#include "app/options.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Suite *memo_test_suite(void);

enum { MOST_WORDS = 50 };

/* Words are changed while they are read. */
static st_status read_line(st_options *out, const char *line, st_failure *error)
{
    static char copy[2000];
    static char program[] = "rods";
    char *argv[MOST_WORDS] = {program};
    int argc = 1;

    snprintf(copy, sizeof copy, "%s", line);
    for (char *word = strtok(copy, " "); word; word = strtok(NULL, " "))
        argv[argc++] = word;
    return st_options_read(out, argc, argv, error);
}

static void check_text(const char *found, const char *expected)
{
    ck_assert_str_eq(found ? found : "-", expected);
}

START_TEST(without_options_it_is_a_page_of_this_machine)
{
    st_options options;

    ck_assert_int_eq(read_line(&options, "", NULL), ST_OK);
    check_text(options.address, "127.0.0.1");
    ck_assert_uint_eq(options.port, 8501);
    check_text(options.base_path, "");
    ck_assert_uint_eq(options.max_upload_mb, 200);
    ck_assert(!options.is_headless && !options.is_help);
    st_options_finish(&options);
}
END_TEST

START_TEST(options_have_values)
{
    st_options options;

    ck_assert_int_eq(
        read_line(&options,
                  "--port 80 --address=0.0.0.0 --base-url-path /a/b/ word "
                  "--allow-host one --allow-host=two --headless "
                  "--theme dark --primary-color #ff0 --allow-origin "
                  "https://example.org:8080 --tls-cert c --tls-key k "
                  "-- --port none",
                  NULL),
        ST_OK);
    ck_assert_uint_eq(options.port, 80);
    check_text(options.address, "0.0.0.0");
    check_text(options.base_path, "/a/b");
    ck_assert_uint_eq(options.host_count, 2);
    check_text(options.hosts[1], "two");
    ck_assert_uint_eq(options.origin_count, 1);
    ck_assert(options.is_headless && options.theme.is_dark);
    check_text(options.theme.primary_color, "#ff0");
    check_text(options.tls_key, "k");
    st_options_finish(&options);
}
END_TEST

static const struct {
    const char *line, *complaint;
} wrong[] = {
    {"--port", "--port needs a value: N"},
    {"--port x", "--port: 'x' is no number from 0 to 65535"},
    {"--port=-1", "--port: '-1' is no number from 0 to 65535"},
    {"--port 65536", "--port: '65536' is no number from 0 to 65535"},
    {"--port 8x", "--port: '8x' is no number from 0 to 65535"},
    {"--max-runs 0", "--max-runs: '0' is no number from 1 to 10000"},
    {"--prot 80", "unknown option '--prot'; --help shows all, and words of the "
                  "program's own stand behind --"},
    {"--base-url-path a", "--base-url-path: 'a' is no path, such as "
                          "/tools/rod"},
    {"--base-url-path /a/../b", "--base-url-path: '/a/../b' is no path, such "
                                "as /tools/rod"},
    {"--theme blue", "--theme: 'blue' is not light or dark"},
    {"--text-color red", "--text-color: 'red' is no colour, such as #ff4b4b"},
    {"--text-color #12345", "--text-color: '#12345' is no colour, such as "
                            "#ff4b4b"},
    {"--allow-origin example.org", "--allow-origin: 'example.org' is no "
                                   "server, such as https://example.org"},
    {"--allow-origin https://a/;b", "--allow-origin: 'https://a/;b' is no "
                                    "server, such as https://example.org"},
    {"--headless=yes", "--headless has no value"},
    {"--tls-cert c", "--tls-cert and --tls-key go together"},
};

START_TEST(what_is_wrong_is_said)
{
    st_options options;
    st_failure error = {ST_OK, ""};

    ck_assert_int_eq(read_line(&options, wrong[_i].line, &error), ST_BAD_VALUE);
    ck_assert_str_eq(error.text, wrong[_i].complaint);
}
END_TEST

/* One more would not fit into the header that they stand in. */
START_TEST(origins_are_bounded)
{
    char line[2000] = "";
    st_options options;
    st_failure error = {ST_OK, ""};

    for (int i = 0; i < ST_MOST_ORIGINS; i++)
        strcat(line, "--allow-origin https://example.org ");
    ck_assert_int_eq(read_line(&options, line, NULL), ST_OK);
    ck_assert_uint_eq(options.origin_count, ST_MOST_ORIGINS);
    st_options_finish(&options);
    strcat(line, "--allow-origin https://example.org");
    ck_assert_int_eq(read_line(&options, line, &error), ST_BAD_VALUE);
    ck_assert_str_eq(error.text, "--allow-origin: these are more than 16");
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("app.options");
    TCase *cases = tcase_create("cases");

    tcase_add_test(cases, without_options_it_is_a_page_of_this_machine);
    tcase_add_test(cases, options_have_values);
    tcase_add_test(cases, origins_are_bounded);
    tcase_add_loop_test(cases, what_is_wrong_is_said, 0,
                        sizeof wrong / sizeof *wrong);
    suite_add_tcase(suite, cases);
    return suite;
}
