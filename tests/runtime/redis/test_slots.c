#include "redis/slots.h"

#include <check.h>
#include <string.h>

Suite *memo_test_suite(void);

static unsigned slot(const char *key)
{
    return memo_redis_slot(key, strlen(key));
}

START_TEST(the_checksum_is_that_of_the_specification)
{
    ck_assert_uint_eq(memo_redis_crc16("123456789", 9), 0x31C3);
    ck_assert_uint_eq(memo_redis_crc16("", 0), 0);
}
END_TEST

/* As CLUSTER KEYSLOT says. */
static const struct {
    const char *key;
    unsigned slot;
} known[] = {
    {"123456789", 12739},
    {"foo", 12182},
    {"bar", 5061},
    {"somekey", 11058},
    {"foo{hash_tag}", 2515},
    {"hash_tag", 2515},
    {"", 0},
};

START_TEST(slots_are_those_of_the_server)
{
    ck_assert_uint_eq(slot(known[_i].key), known[_i].slot);
}
END_TEST

START_TEST(a_tag_alone_counts)
{
    ck_assert_uint_eq(slot("{user1000}.following"), slot("user1000"));
    ck_assert_uint_eq(slot("memo:{user1000}:x"), slot("memo:claim:{user1000}"));
    ck_assert_uint_eq(slot("foo{bar}{zap}"), slot("bar"));
    ck_assert_uint_eq(slot("foo{{bar}}zap"), slot("{bar"));
}
END_TEST

START_TEST(what_is_no_tag_counts_as_a_whole)
{
    const char *const keys[] = {"foo{}{bar}", "foo{", "foo}bar{", "{", "}"};

    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        ck_assert_uint_eq(slot(keys[i]),
                          memo_redis_crc16(keys[i], strlen(keys[i])) % 16384u);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("redis slots");
    TCase *tests = tcase_create("all");

    tcase_add_test(tests, the_checksum_is_that_of_the_specification);
    tcase_add_loop_test(tests, slots_are_those_of_the_server, 0,
                        sizeof known / sizeof known[0]);
    tcase_add_test(tests, a_tag_alone_counts);
    tcase_add_test(tests, what_is_no_tag_counts_as_a_whole);
    suite_add_tcase(suite, tests);
    return suite;
}
