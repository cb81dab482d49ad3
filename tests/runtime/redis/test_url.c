#include "redis/url.h"

#include <check.h>
#include <stdio.h>

Suite *memo_test_suite(void);

static memo_redis_url read(const char *text)
{
    const char *at;
    memo_redis_url url;
    const char *problem = memo_redis_url_parse(&url, text, &at);

    ck_assert_msg(!problem, "%s: expected %s at %s", text, problem, at);
    return url;
}

START_TEST(a_host_is_enough)
{
    memo_redis_url url = read("redis://example.org");

    ck_assert_uint_eq(url.seed_count, 1);
    ck_assert_str_eq(url.seeds[0].host, "example.org");
    ck_assert_uint_eq(url.seeds[0].port, 6379);
    ck_assert_str_eq(url.user, "");
    ck_assert_str_eq(url.password, "");
    ck_assert_uint_eq(url.database, 0);
}
END_TEST

START_TEST(all_parts_are_read)
{
    memo_redis_url url = read("redis://me:p%40ss%2fw%3A@10.0.0.1:7000/12");

    ck_assert_str_eq(url.user, "me");
    ck_assert_str_eq(url.password, "p@ss/w:");
    ck_assert_str_eq(url.seeds[0].host, "10.0.0.1");
    ck_assert_uint_eq(url.seeds[0].port, 7000);
    ck_assert_uint_eq(url.database, 12);
}
END_TEST

START_TEST(a_password_needs_no_user_and_may_contain_an_at)
{
    memo_redis_url url = read("redis://:a@b:c@host/");

    ck_assert_str_eq(url.user, "");
    ck_assert_str_eq(url.password, "a@b:c");
    ck_assert_str_eq(url.seeds[0].host, "host");
}
END_TEST

START_TEST(an_address_of_version_6_stands_in_brackets)
{
    memo_redis_url url = read("redis://[fe80::1%eth0]:7000");

    ck_assert_str_eq(url.seeds[0].host, "fe80::1%eth0");
    ck_assert_uint_eq(url.seeds[0].port, 7000);
}
END_TEST

START_TEST(several_hosts_are_parted_by_commas)
{
    memo_redis_url url = read("redis://:p@a,b:7001,[::1]:7002/3");

    ck_assert_uint_eq(url.seed_count, 3);
    ck_assert_str_eq(url.seeds[0].host, "a");
    ck_assert_str_eq(url.seeds[1].host, "b");
    ck_assert_uint_eq(url.seeds[1].port, 7001);
    ck_assert_str_eq(url.seeds[2].host, "::1");
    ck_assert_uint_eq(url.database, 3);
}
END_TEST

START_TEST(a_path_is_a_socket)
{
    memo_redis_url url = read("unix:///run/redis/redis.sock?db=2");

    ck_assert_uint_eq(url.seed_count, 1);
    ck_assert_uint_eq(url.seeds[0].port, 0);
    ck_assert_str_eq(url.seeds[0].host, "/run/redis/redis.sock");
    ck_assert_uint_eq(url.database, 2);
}
END_TEST

START_TEST(a_path_may_need_a_password)
{
    memo_redis_url url = read("unix://me:secret@/run/redis.sock");

    ck_assert_str_eq(url.user, "me");
    ck_assert_str_eq(url.password, "secret");
    ck_assert_str_eq(url.seeds[0].host, "/run/redis.sock");
}
END_TEST

static const struct {
    const char *text;
    int column; /* from 1 */
    const char *expected;
} mistakes[] = {
    {"", 1, "redis:// or unix://"},
    {"http://host", 1, "redis:// or unix://"},
    {"localhost:6379", 1, "redis:// or unix://"},
    {"rediss://host", 1,
     "redis:// (TLS needs a tunnel of its own, such as stunnel)"},
    {"redis://", 9, "a host"},
    {"redis://:6379", 9, "a host"},
    {"redis://me@host", 9, "user:password@ or :password@"},
    {"redis://me:@host", 12, "a password"},
    {"redis://:%4@host", 10, "two hexadecimal digits after %"},
    {"redis://:%00@host", 10, "two hexadecimal digits after %"},
    {"redis://host:", 14, "a port from 1 to 65535"},
    {"redis://host:0", 15, "a port from 1 to 65535"},
    {"redis://host:65536", 14, "a port from 1 to 65535"},
    {"redis://host:99999999999999999999", 14, "a port from 1 to 65535"},
    {"redis://host:6379x", 18, "a port, a database or the end"},
    {"redis://host?db=1", 13, "a port, a database or the end"},
    {"redis://host/one", 14, "the number of a database"},
    {"redis://host/1/2", 15, "a port, a database or the end"},
    {"redis://[::1", 13, "] after the address"},
    {"redis://a,,b", 11, "a host"},
    {"redis://a,b,c,d,e,f,g,h,i", 25, "at most 8 hosts"},
    {"redis://ho st", 11, "a port, a database or the end"},
    {"unix://run/redis.sock", 8, "a path that begins with /"},
    {"unix:///", 8, "a path that begins with /"},
    {"unix:///s?db=", 14, "the number of a database"},
    {"unix:///s?x=1", 10, "?db= or the end"},
};

START_TEST(points_at_the_mistake)
{
    const char *at;
    memo_redis_url url;
    const char *expected = memo_redis_url_parse(&url, mistakes[_i].text, &at);

    ck_assert_ptr_nonnull(expected);
    ck_assert_str_eq(expected, mistakes[_i].expected);
    ck_assert_int_eq((int)(at - mistakes[_i].text) + 1, mistakes[_i].column);
}
END_TEST

START_TEST(what_is_too_long_is_refused)
{
    char text[2000];
    const char *at;
    memo_redis_url url;

    snprintf(text, sizeof text, "redis://%0300d", 1);
    ck_assert_str_eq(memo_redis_url_parse(&url, text, &at), "a shorter host");
    snprintf(text, sizeof text, "redis://:%0600d@h", 1);
    ck_assert_str_eq(memo_redis_url_parse(&url, text, &at),
                     "a shorter user or password");
    snprintf(text, sizeof text, "unix:///%0107d", 1);
    ck_assert_str_eq(memo_redis_url_parse(&url, text, &at),
                     "a path of at most 107 bytes");
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("redis url");
    TCase *tests = tcase_create("all");

    tcase_add_test(tests, a_host_is_enough);
    tcase_add_test(tests, all_parts_are_read);
    tcase_add_test(tests, a_password_needs_no_user_and_may_contain_an_at);
    tcase_add_test(tests, an_address_of_version_6_stands_in_brackets);
    tcase_add_test(tests, several_hosts_are_parted_by_commas);
    tcase_add_test(tests, a_path_is_a_socket);
    tcase_add_test(tests, a_path_may_need_a_password);
    tcase_add_loop_test(tests, points_at_the_mistake, 0,
                        sizeof mistakes / sizeof mistakes[0]);
    tcase_add_test(tests, what_is_too_long_is_refused);
    suite_add_tcase(suite, tests);
    return suite;
}
