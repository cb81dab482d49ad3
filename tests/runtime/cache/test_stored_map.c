#include "cache/stored_map.h"

#include <check.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* Many that begin at the same place. */
static memo_name name_of(uint64_t n)
{
    return (memo_name){.low = n % 8, .high = n + 1};
}

START_TEST(what_is_added_is_taken_once)
{
    memo_stored_map map = {.lock = &lock};
    memo_words words;
    bool is_everything;

    memo_stored_map_add(&map, name_of(5), (memo_words){6, 7});

    ck_assert(memo_stored_map_take(&words, &is_everything, &map, name_of(5)));
    ck_assert_uint_eq(words.word0, 6);
    ck_assert_uint_eq(words.word1, 7);
    ck_assert(!is_everything);
    ck_assert(!memo_stored_map_take(&words, &is_everything, &map, name_of(5)));
    memo_stored_map_clear(&map);
}
END_TEST

START_TEST(an_empty_map_knows_nothing)
{
    memo_stored_map map = {.lock = &lock};
    memo_words words;
    bool is_everything;

    ck_assert(!memo_stored_map_take(&words, &is_everything, &map, name_of(1)));
    memo_stored_map_clear(&map);
}
END_TEST

/* Against a list that is too simple to be wrong. */
START_TEST(adding_and_taking_in_any_order_loses_nothing)
{
    enum { NAMES = 500, STEPS = 20000 };
    memo_stored_map map = {.lock = &lock};
    bool known[NAMES] = {false};
    unsigned random = (unsigned)_i + 1;
    bool is_everything;

    for (int step = 0; step < STEPS; step++) {
        uint64_t n;

        random = random * 1103515245 + 12345;
        n = random >> 16 & 0x7fff;
        n %= NAMES;
        if (random >> 8 & 1) {
            memo_stored_map_add(&map, name_of(n), (memo_words){n, 2 * n});
            known[n] = true;
        } else {
            memo_words words = {0, 0};

            ck_assert_int_eq(
                memo_stored_map_take(&words, &is_everything, &map, name_of(n)),
                known[n]);
            if (known[n])
                ck_assert_uint_eq(words.word1, 2 * n);
            known[n] = false;
        }
    }
    memo_stored_map_clear(&map);
}
END_TEST

Suite *memo_test_suite(void);
Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("stored_map");
    TCase *tests = tcase_create("stored_map");

    tcase_add_test(tests, what_is_added_is_taken_once);
    tcase_add_test(tests, an_empty_map_knows_nothing);
    tcase_add_loop_test(tests, adding_and_taking_in_any_order_loses_nothing, 0,
                        5);
    suite_add_tcase(suite, tests);
    return suite;
}
