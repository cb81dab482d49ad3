#include "redis/names.h"
#include "redis/slots.h"

#include <check.h>
#include <string.h>

Suite *memo_test_suite(void);

static const memo_redis_entry_name entry = {
    .digest = {.low = 0x1, .high = 0xfedcba9876543210u},
    .function = {.low = 0xabc, .high = 0x2},
    .generation = 0x1234567890abcdefu};

#define ENTRY                                                                  \
    "{fedcba98765432100000000000000001}:"                                      \
    "00000000000000020000000000000abc:1234567890abcdef"

START_TEST(names_are_as_described)
{
    memo_redis_key key;

    memo_redis_key_entry(&key, "memo", &entry);
    ck_assert_str_eq(key.text, "memo:" ENTRY);
    ck_assert_uint_eq(key.size, strlen(key.text));
    memo_redis_key_claim(&key, "memo", &entry);
    ck_assert_str_eq(key.text, "memo:claim:" ENTRY);
    ck_assert_uint_eq(key.size, strlen(key.text));
    memo_redis_key_of(&key, "memo", "generation", &entry.function);
    ck_assert_str_eq(key.text,
                     "memo:generation:00000000000000020000000000000abc");
    memo_redis_key_of(&key, "memo", "secret", NULL);
    ck_assert_str_eq(key.text, "memo:secret");
    ck_assert_uint_eq(key.size, strlen(key.text));
}
END_TEST

START_TEST(the_longest_prefix_has_room)
{
    char prefix[MEMO_REDIS_PREFIX_BYTES + 1];
    memo_redis_entry_name read;
    memo_redis_key key;

    memset(prefix, 'p', sizeof prefix - 1);
    prefix[sizeof prefix - 1] = '\0';
    ck_assert(memo_redis_is_prefix(prefix));
    memo_redis_key_claim(&key, prefix, &entry);
    ck_assert_uint_lt(key.size, sizeof key.text);
    memo_redis_key_entry(&key, prefix, &entry);
    ck_assert(memo_redis_entry_parse(&read, prefix, key.text, key.size));
}
END_TEST

START_TEST(an_entry_and_its_claim_share_a_slot)
{
    memo_redis_key key, claim;

    memo_redis_key_entry(&key, "memo", &entry);
    memo_redis_key_claim(&claim, "memo", &entry);

    ck_assert_uint_eq(memo_redis_slot(key.text, key.size),
                      memo_redis_slot(claim.text, claim.size));
}
END_TEST

START_TEST(names_are_read_back)
{
    memo_redis_entry_name read;
    memo_redis_key key;
    memo_name name;

    memo_redis_key_entry(&key, "a:b", &entry);
    ck_assert(memo_redis_entry_parse(&read, "a:b", key.text, key.size));
    ck_assert_mem_eq(&read, &entry, sizeof read);
    memo_redis_key_of(&key, "a:b", "generation", &entry.function);
    ck_assert_int_eq(
        memo_redis_generation_parse(&name, "a:b", key.text, key.size), 1);
    ck_assert_mem_eq(&name, &entry.function, sizeof name);
    memo_redis_key_of(&key, "a:b", "generation", NULL);
    ck_assert_int_eq(
        memo_redis_generation_parse(&name, "a:b", key.text, key.size), 0);
}
END_TEST

START_TEST(no_part_of_a_name_is_a_name)
{
    memo_redis_entry_name read;
    memo_redis_key key;

    memo_redis_key_entry(&key, "memo", &entry);
    for (size_t size = 0; size < key.size; size++)
        ck_assert(!memo_redis_entry_parse(&read, "memo", key.text, size));
    key.text[key.size] = '0';
    ck_assert(!memo_redis_entry_parse(&read, "memo", key.text, key.size + 1));
}
END_TEST

static const char *const others[] = {
    "",
    "memo",
    "other:" ENTRY,
    "memo:claim:" ENTRY,
    "memo:{FEDCBA98765432100000000000000001}:"
    "00000000000000020000000000000abc:1234567890abcdef",
    "memo:{fedcba9876543210000000000000000g}:"
    "00000000000000020000000000000abc:1234567890abcdef",
    "memo:generation:",
    "memo:generation:00000000000000020000000000000ab",
    "memo:generation:00000000000000020000000000000abcd",
    "memo:generations",
    "memo:secret"};

START_TEST(other_names_are_not_ours)
{
    const char *text = others[_i];
    memo_redis_entry_name read;
    memo_name name;

    ck_assert(!memo_redis_entry_parse(&read, "memo", text, strlen(text)));
    ck_assert_int_eq(
        memo_redis_generation_parse(&name, "memo", text, strlen(text)), -1);
}
END_TEST

START_TEST(prefixes_have_no_pattern_or_tag_in_them)
{
    const char *const bad[] = {"",    "a b", "a*",  "a?",   "[a]",
                               "{a}", "a\\", "a\n", "\xc3", "a\"b"};

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        ck_assert_msg(!memo_redis_is_prefix(bad[i]), "%s", bad[i]);
    ck_assert(memo_redis_is_prefix("my-app/v1.2:memo_x"));
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("redis names");
    TCase *tests = tcase_create("all");

    tcase_add_test(tests, names_are_as_described);
    tcase_add_test(tests, the_longest_prefix_has_room);
    tcase_add_test(tests, an_entry_and_its_claim_share_a_slot);
    tcase_add_test(tests, names_are_read_back);
    tcase_add_test(tests, no_part_of_a_name_is_a_name);
    tcase_add_loop_test(tests, other_names_are_not_ours, 0,
                        sizeof others / sizeof others[0]);
    tcase_add_test(tests, prefixes_have_no_pattern_or_tag_in_them);
    suite_add_tcase(suite, tests);
    return suite;
}
