#include "cache/doorkeeper.h"

#include "../../support/random.h"

#include <check.h>

Suite *memo_test_suite(void);

static memo_doorkeeper doorkeeper;

START_TEST(who_comes_again_is_known)
{
    ck_assert(!memo_doorkeeper_knows(&doorkeeper, 7));
    ck_assert(memo_doorkeeper_knows(&doorkeeper, 7));
    ck_assert(!memo_doorkeeper_knows(&doorkeeper, 8));
    ck_assert(memo_doorkeeper_knows(&doorkeeper, 7));
}
END_TEST

START_TEST(all_bits_are_used)
{
    for (uint64_t hash = 0; hash < MEMO_DOORKEEPER_BITS; hash += 3)
        ck_assert(!memo_doorkeeper_knows(&doorkeeper, hash));
    for (uint64_t hash = 0; hash < MEMO_DOORKEEPER_BITS; hash += 3)
        ck_assert(memo_doorkeeper_knows(&doorkeeper, hash));
}
END_TEST

START_TEST(what_is_forgotten_is_new)
{
    memo_doorkeeper_knows(&doorkeeper, 7);

    memo_doorkeeper_forget(&doorkeeper);

    ck_assert(!memo_doorkeeper_knows(&doorkeeper, 7));
}
END_TEST

/* However many come: of those that are new, few are taken for known ones. */
START_TEST(it_never_takes_all_for_known)
{
    uint64_t state = 1;
    unsigned known = 0, all = 8 * MEMO_DOORKEEPER_BITS;

    for (unsigned i = 0; i < all; i++)
        known += memo_doorkeeper_knows(&doorkeeper,
                                       random_below(&state, (uint64_t)1 << 40));

    ck_assert_uint_lt(known, all / 2);
    ck_assert_uint_gt(known, 0);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("cache/doorkeeper");
    TCase *cases = tcase_create("cases");

    tcase_add_test(cases, who_comes_again_is_known);
    tcase_add_test(cases, all_bits_are_used);
    tcase_add_test(cases, what_is_forgotten_is_new);
    tcase_add_test(cases, it_never_takes_all_for_known);
    suite_add_tcase(suite, cases);
    return suite;
}
