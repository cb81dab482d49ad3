#include "cache/unknown_code.h"

#include "fixture.h"

#include <check.h>

Suite *memo_test_suite(void);

/* Names that a function reaches and that no processed file defines. */
static const char *const of_libc[] = {"malloc", "strlen"};
static const char *const of_nobody[] = {"strlen", "a_helper_in_this_program"};
static struct memo_source *const none[2] = {NULL, NULL};

static struct memo_source reaches_libc = {"f", {1, 2}, "", 2, 0, of_libc, none};
static struct memo_source reaches_more = {"f", {1, 2},    "",  2,
                                          0,   of_nobody, none};

static bool is_zero(memo_digest digest)
{
    return digest.low == 0 && digest.high == 0;
}

START_TEST(a_library_of_the_system_is_known_by_its_name)
{
    struct memo_function function = {.source = &reaches_libc};
    memo_digest digest;

    ck_assert(memo_digest_unknown_code(&digest, &function));

    /* Sanitizers have a malloc() of their own in the program. */
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) &&         \
    !defined(__clang__)
    ck_assert(is_zero(digest));
#endif
}
END_TEST

START_TEST(other_code_is_known_by_its_file)
{
    struct memo_function function = {.source = &reaches_more};
    memo_digest digest;

    ck_assert(memo_digest_unknown_code(&digest, &function));

    ck_assert(!is_zero(digest));
}
END_TEST

START_TEST(a_function_without_uses_reaches_none)
{
    struct memo_function function = {.source = NULL};
    memo_digest digest;

    ck_assert(memo_digest_unknown_code(&digest, &function));

    ck_assert(is_zero(digest));
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("cache/unknown_code");
    TCase *cases = tcase_create("cases");

    tcase_add_test(cases, a_library_of_the_system_is_known_by_its_name);
    tcase_add_test(cases, other_code_is_known_by_its_file);
    tcase_add_test(cases, a_function_without_uses_reaches_none);
    suite_add_tcase(suite, cases);
    return suite;
}
