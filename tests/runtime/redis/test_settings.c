#include "two_processes.h"

Suite *memo_test_suite(void);

START_TEST(processes_share_a_secret)
{
    static const unsigned char nothing[192];
    begin_two();

    ck_assert_mem_eq(one.host.secret, two.host.secret, 192);
    ck_assert_mem_ne(one.host.secret, nothing, 192);
    ck_assert_uint_eq(count_names(&server, "memo:secret"), 1);
    end_two();
}
END_TEST

START_TEST(a_secret_of_ones_own_is_not_kept_in_the_server)
{
    process three;
    start_server(&server, NULL);

    setenv("MEMO_REDIS_SECRET", "ours", 1);
    begin_process(&one, &server);
    begin_process(&two, &server);
    setenv("MEMO_REDIS_SECRET", "theirs", 1);
    begin_process(&three, &server);

    ck_assert_mem_eq(one.host.secret, two.host.secret, 192);
    ck_assert_mem_ne(one.host.secret, three.host.secret, 192);
    ck_assert_uint_eq(count_names(&server, "memo:secret"), 0);
    end_process(&three);
    end_two();
}
END_TEST

START_TEST(prefixes_part_applications)
{
    begin_one();
    setenv("MEMO_REDIS_PREFIX", "other:app", 1);
    begin_process(&two, &server);

    save(&one, &one.f, 5, "value");

    ck_assert_int_eq(load(&two, &two.f, 5), MEMO_LOAD_NONE);
    save(&two, &two.f, 5, "other");
    expect_loaded(&one, &one.f, 5, "value");
    ck_assert_uint_eq(count_names(&server, "other:app:{*"), 1);
    end_two();
}
END_TEST

static const struct {
    const char *variable, *value, *text;
} bad_settings[] = {
    {"MEMO_REDIS_URL", "redis://host:0", "a port from 1 to 65535"},
    {"MEMO_REDIS_URL", "redis://:pass word@", "a host"},
    {"MEMO_REDIS_URL", "localhost", "redis:// or unix://"},
    {"MEMO_REDIS_URL", "unix:///nonexistent/socket", "/nonexistent/socket"},
    {"MEMO_REDIS_URL", "redis://127.0.0.1:1", "127.0.0.1:1"},
    {"MEMO_REDIS_PREFIX", "a{b}", "MEMO_REDIS_PREFIX"},
};

START_TEST(a_bad_setting_is_told_and_nothing_opened)
{
    setenv("MEMO_REDIS_URL", "redis://127.0.0.1:1", 1);
    setenv(bad_settings[_i].variable, bad_settings[_i].value, 1);

    ck_assert_ptr_null(open_only(&one, 50));

    ck_assert_uint_eq(count_warnings(&one), 1);
    ck_assert_msg(is_warned_of(&one, bad_settings[_i].text), "%s",
                  one.warnings[0]);
    ck_assert(is_warned_of(&one, "results stay in memory"));
    ck_assert(!is_warned_of(&one, "pass word"));
    end_process(&one);
}
END_TEST

START_TEST(a_password_opens_the_door)
{
    char url[100];
    start_server(&server, "--requirepass", "pa:ss@1", NULL);

    snprintf(url, sizeof url, "redis://:pa%%3ass%%401@127.0.0.1:%u/3",
             server.port);
    setenv("MEMO_REDIS_URL", url, 1);
    ck_assert_ptr_nonnull(open_only(&one, 1000));

    ck_assert(one.store->attach(one.opened, &one.f));
    save(&one, &one.f, 5, "value");
    expect_loaded(&one, &one.f, 5, "value");
    ck_assert_uint_eq(count_warnings(&one), 0);
    end_one();
}
END_TEST

START_TEST(a_wrong_password_is_told)
{
    char url[100];
    start_server(&server, "--requirepass", "right", NULL);

    snprintf(url, sizeof url, "redis://:wrong@127.0.0.1:%u", server.port);
    setenv("MEMO_REDIS_URL", url, 1);
    ck_assert_ptr_null(open_only(&one, 1000));
    ck_assert_uint_eq(count_warnings(&one), 1);
    ck_assert(is_warned_of(&one, "WRONGPASS"));
    end_process(&one);

    use_server(&server);
    ck_assert_ptr_null(open_only(&one, 1000));
    ck_assert_uint_eq(count_warnings(&one), 1);
    ck_assert(is_warned_of(&one, "NOAUTH"));
    end_one();
}
END_TEST

START_TEST(a_socket_in_a_folder_will_do)
{
    char url[128], path[100];
    start_server(&server, NULL);
    snprintf(path, sizeof path, "%s/socket", server.folder);
    kill_server(&server);
    server.options[0] = "--unixsocket";
    server.options[1] = path;
    ck_assert(try_start_server(&server));

    snprintf(url, sizeof url, "unix://%s?db=1", path);
    setenv("MEMO_REDIS_URL", url, 1);
    ck_assert_ptr_nonnull(open_only(&one, 1000));

    ck_assert(one.store->attach(one.opened, &one.f));
    save(&one, &one.f, 5, "value");
    expect_loaded(&one, &one.f, 5, "value");
    end_one();
}
END_TEST

START_TEST(a_secret_that_is_none_is_told)
{
    start_server(&server, NULL);
    DO_COMMAND(&server, "SET memo:secret short");
    use_server(&server);

    ck_assert_ptr_null(open_only(&one, 1000));

    ck_assert_uint_eq(count_warnings(&one), 1);
    ck_assert(is_warned_of(&one, "memo:secret"));
    end_one();
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("redis settings");
    TCase *tests;

    if (!begins_tests(&tests, suite))
        return suite;
    tcase_add_test(tests, processes_share_a_secret);
    tcase_add_test(tests, a_secret_of_ones_own_is_not_kept_in_the_server);
    tcase_add_test(tests, prefixes_part_applications);
    tcase_add_loop_test(tests, a_bad_setting_is_told_and_nothing_opened, 0,
                        sizeof bad_settings / sizeof bad_settings[0]);
    tcase_add_test(tests, a_password_opens_the_door);
    tcase_add_test(tests, a_wrong_password_is_told);
    tcase_add_test(tests, a_socket_in_a_folder_will_do);
    tcase_add_test(tests, a_secret_that_is_none_is_told);
    return suite;
}
