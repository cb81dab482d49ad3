#include "redis/sha256.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

Suite *memo_test_suite(void);

/* Source: FIPS 180-4 examples; the longer ones by sha256sum. */
static const struct {
    const char *text;
    unsigned times;
    const char *digest;
} known[] = {
    {"", 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abc", 1,
     "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    {"a", 55,
     "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"},
    {"a", 64,
     "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"},
    {"a", 1000,
     "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3"},
};

START_TEST(digests_are_those_of_the_standard)
{
    unsigned char digest[MEMO_REDIS_SHA256_BYTES];
    char text[1001] = "", shown[65];

    for (unsigned i = 0; i < known[_i].times; i++)
        memcpy(text + i * strlen(known[_i].text), known[_i].text,
               strlen(known[_i].text) + 1);

    memo_redis_sha256(digest, text, strlen(text));

    for (unsigned i = 0; i < sizeof digest; i++)
        snprintf(shown + 2 * i, 3, "%02x", digest[i]);
    ck_assert_str_eq(shown, known[_i].digest);
}
END_TEST

START_TEST(what_is_derived_depends_on_the_text_alone)
{
    unsigned char first[192], again[192], other[192];

    memo_redis_derive(first, sizeof first, "one");
    memo_redis_derive(again, sizeof again, "one");
    memo_redis_derive(other, sizeof other, "two");

    ck_assert_mem_eq(first, again, sizeof first);
    for (unsigned i = 0; i < sizeof first; i += 32) {
        ck_assert_mem_ne(first + i, other + i, 32);
        ck_assert(i == 0 || memcmp(first, first + i, 32) != 0);
    }
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("redis sha256");
    TCase *tests = tcase_create("all");

    tcase_add_loop_test(tests, digests_are_those_of_the_standard, 0,
                        sizeof known / sizeof known[0]);
    tcase_add_test(tests, what_is_derived_depends_on_the_text_alone);
    suite_add_tcase(suite, tests);
    return suite;
}
