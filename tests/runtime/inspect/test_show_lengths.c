#include "inspect/show_lengths.h"

#include <check.h>

Suite *memo_test_suite(void);

static const memo_facts two_fields = {.field_count = 2};
static const memo_numbers numbers = {{3, 5, 7}, 3};

/* How many tries give this length. */
static unsigned count_tries(int kind, uint64_t length)
{
    unsigned count = 0;
    memo_lengths lengths;

    ck_assert(memo_lengths_init(&lengths, &two_fields));
    memo_lengths_begin(&lengths, kind);
    do {
        uint64_t told;

        count +=
            memo_lengths_ask(&lengths, 1, &numbers, &told) && told == length;
    } while (memo_lengths_next(&lengths));
    memo_lengths_finish(&lengths);
    return count;
}

START_TEST(simple_lengths_are_integers_and_products_of_two)
{
    static const uint64_t simple[] = {3, 5, 7, 15, 21, 35};

    for (size_t i = 0; i < sizeof simple / sizeof *simple; i++)
        ck_assert_uint_eq(count_tries(MEMO_LENGTHS_SIMPLE, simple[i]), 1);
    ck_assert_uint_eq(count_tries(MEMO_LENGTHS_SIMPLE, 9), 0);
    ck_assert_uint_eq(count_tries(MEMO_LENGTHS_SIMPLE, 0), 0);
}
END_TEST

START_TEST(others_are_next_to_them_or_constant)
{
    static const uint64_t others[] = {0, 2, 4, 6, 8, 9, 10, 14, 16, 25, 49};

    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        ck_assert_uint_ge(count_tries(MEMO_LENGTHS_OTHER, others[i]), 1);
    ck_assert_uint_eq(count_tries(MEMO_LENGTHS_OTHER, 100), 0);
}
END_TEST

START_TEST(every_pair_of_tries_comes_once)
{
    unsigned pairs = 0, seen[36] = {0};
    memo_lengths lengths;
    ck_assert(memo_lengths_init(&lengths, &two_fields));

    memo_lengths_begin(&lengths, MEMO_LENGTHS_SIMPLE);
    do {
        uint64_t first = 0, again = 0, second = 0;

        ck_assert(memo_lengths_ask(&lengths, 1, &numbers, &first));
        ck_assert(memo_lengths_ask(&lengths, 0, &numbers, &second));
        ck_assert(memo_lengths_ask(&lengths, 1, &numbers, &again));
        ck_assert_uint_eq(first, again);
        seen[first]++;
        pairs++;
    } while (memo_lengths_next(&lengths));

    ck_assert_uint_eq(pairs, 36);
    ck_assert_uint_eq(seen[15], 6);
    memo_lengths_finish(&lengths);
}
END_TEST

START_TEST(what_is_not_asked_for_is_not_tried)
{
    unsigned tries = 0;
    memo_lengths lengths;
    ck_assert(memo_lengths_init(&lengths, &two_fields));

    memo_lengths_begin(&lengths, MEMO_LENGTHS_SIMPLE);
    do {
        uint64_t first = 0, second = 0;

        ck_assert(memo_lengths_ask(&lengths, 0, &numbers, &first));
        if (first == 5) /* only then the bytes go on */
            ck_assert(memo_lengths_ask(&lengths, 1, &numbers, &second));
        tries++;
    } while (memo_lengths_next(&lengths));

    ck_assert_uint_eq(tries, 5 + 6);
    memo_lengths_finish(&lengths);
}
END_TEST

START_TEST(lengths_that_overflow_are_none)
{
    static const memo_numbers large = {{UINT64_MAX, 2}, 2};
    static const memo_numbers none = {{0}, 0};
    unsigned tries = 0, fits = 0;
    uint64_t length;
    memo_lengths lengths;
    ck_assert(memo_lengths_init(&lengths, &two_fields));

    memo_lengths_begin(&lengths, MEMO_LENGTHS_SIMPLE);
    do {
        fits += memo_lengths_ask(&lengths, 0, &large, &length);
        tries++;
    } while (memo_lengths_next(&lengths));
    ck_assert_uint_eq(tries, 3);
    ck_assert_uint_eq(fits, 2);

    memo_lengths_begin(&lengths, MEMO_LENGTHS_SIMPLE);
    ck_assert(!memo_lengths_ask(&lengths, 0, &none, &length));
    ck_assert(!memo_lengths_next(&lengths));
    memo_lengths_finish(&lengths);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("show_lengths");
    TCase *all = tcase_create("all");

    tcase_add_test(all, simple_lengths_are_integers_and_products_of_two);
    tcase_add_test(all, others_are_next_to_them_or_constant);
    tcase_add_test(all, every_pair_of_tries_comes_once);
    tcase_add_test(all, what_is_not_asked_for_is_not_tried);
    tcase_add_test(all, lengths_that_overflow_are_none);
    suite_add_tcase(suite, all);
    return suite;
}
