#include "inspect/prune.h"

#include "../../support/random.h"
#include "memory_store.h"

#include <stdio.h>

Suite *memo_test_suite(void);

static memory_store store;
static memo_listing listing;
static memo_pruned pruned;
static memo_stored *f;

static void set_up(void)
{
    begin_store(&store, 1);
    f = add_function(&store, 1, "f", facts_of(FACTS_OF_WORDS));
    pruned = (memo_pruned){.goes = NULL};
}

static void tear_down(void)
{
    free(pruned.goes);
    memo_listing_finish(&listing);
    end_store(&store);
}

static void choose(uint64_t max_bytes, uint64_t older_than_seconds)
{
    const memo_prune_bounds bounds = {
        .max_bytes = max_bytes,
        .before_ns = older_than_seconds > 0
                         ? NOW_NS - older_than_seconds * SECOND_NS
                         : 0};

    list_store(&listing, &store, NULL);
    ck_assert(memo_prune_choose(&pruned, &listing, &bounds));
}

static bool goes(memo_name digest)
{
    return pruned.goes[listed(&listing, digest) - listing.entries];
}

START_TEST(the_oldest_go_until_the_size_holds)
{
    memo_name oldest = add_number(&store, f, 1, 30);
    memo_name newest = add_number(&store, f, 2, 10);
    memo_name middle = add_number(&store, f, 3, 20);

    choose(store.entries[0].size + 1, 0);

    ck_assert(goes(oldest) && goes(middle) && !goes(newest));
    ck_assert_uint_eq(pruned.results, 2);
    ck_assert_uint_eq(pruned.kept_results, 1);
    ck_assert_uint_eq(pruned.kept_bytes, store.entries[1].size);
    ck_assert_uint_eq(pruned.bytes,
                      store.entries[0].size + store.entries[2].size);
}
END_TEST

START_TEST(nothing_goes_that_fits)
{
    memo_name only = add_number(&store, f, 1, 30);

    choose(store.entries[0].size, 31);

    ck_assert(!goes(only));
    ck_assert_uint_eq(pruned.entries, 0);
}
END_TEST

START_TEST(what_is_older_goes)
{
    memo_name old = add_number(&store, f, 1, 30);
    memo_name new = add_number(&store, f, 2, 10);

    choose(UINT64_MAX, 20);

    ck_assert(goes(old) && !goes(new));
}
END_TEST

START_TEST(questions_stay_as_long_as_an_answer_does)
{
    memo_name question = add_question(&store, f, 1, 30);
    memo_name old = add_answer(&store, f, question, "1", 25);
    memo_name new = add_answer(&store, f, question, "2", 10);

    choose(UINT64_MAX, 20);

    ck_assert(!goes(question) && goes(old) && !goes(new));
    ck_assert_uint_eq(pruned.kept_results, 1);
}
END_TEST

START_TEST(questions_go_with_the_last_answer)
{
    memo_name question = add_question(&store, f, 1, 30);
    memo_name answer = add_answer(&store, f, question, "1", 25);
    memo_name other = add_number(&store, f, 2, 10);

    choose(store.entries[2].size, 0);

    ck_assert(goes(question) && goes(answer) && !goes(other));
    ck_assert_uint_eq(pruned.entries, 2);
    ck_assert_uint_eq(pruned.results, 1);
}
END_TEST

START_TEST(what_nobody_can_read_or_find_goes_first)
{
    const memo_name garbage = {9, 9}, gone = {8, 8};
    memo_name oldest = add_number(&store, f, 1, 3000);
    memo_name orphan = add_answer(&store, f, gone, "1", 1);

    keep_bytes(&store, f->id, garbage, "garbage", 7);
    choose(store.entries[0].size, 0);

    ck_assert(goes(garbage) && goes(orphan) && !goes(oldest));
}
END_TEST

/* Whatever there is, the sums are right, and nothing stays whose way is gone.
 */
START_TEST(any_choice_is_consistent)
{
    uint64_t state = (uint64_t)_i;
    memo_name questions[6];
    uint64_t kept = 0;

    for (size_t i = 0; i < 40; i++) {
        size_t which = random_below(&state, 6), age = random_below(&state, 99);
        char answer[8];

        snprintf(answer, sizeof answer, "%zu", i);
        if (i < 6)
            questions[i] = add_question(&store, f, i, 50 + age);
        else if (i % 3 == 0)
            add_answer(&store, f, questions[which], answer, age);
        else
            add_number(&store, f, 100 + i, age);
    }
    choose(random_below(&state, 5000), random_below(&state, 100));

    for (size_t i = 0; i < listing.entry_count; i++) {
        const memo_listed_entry *parent = listing.entries[i].parent;

        if (pruned.goes[i])
            continue;
        kept += listing.entries[i].size;
        ck_assert(!parent || !pruned.goes[parent - listing.entries]);
    }
    ck_assert_uint_eq(kept, pruned.kept_bytes);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("prune");
    TCase *tests = tcase_create("prune");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, the_oldest_go_until_the_size_holds);
    tcase_add_test(tests, nothing_goes_that_fits);
    tcase_add_test(tests, what_is_older_goes);
    tcase_add_test(tests, questions_stay_as_long_as_an_answer_does);
    tcase_add_test(tests, questions_go_with_the_last_answer);
    tcase_add_test(tests, what_nobody_can_read_or_find_goes_first);
    tcase_add_loop_test(tests, any_choice_is_consistent, 0, 50);
    suite_add_tcase(suite, tests);
    return suite;
}
