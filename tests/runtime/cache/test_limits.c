#include "cache/limits.h"

#include <check.h>

#define ON_TRIAL(hits, time) ((uint32_t)(time) << MEMO_MARK_TIME_SHIFT | (hits))
#define PROVEN(hits, time) (ON_TRIAL(hits, time) | MEMO_MARK_PROVEN)

START_TEST(hits_are_counted_to_three)
{
    uint32_t mark = memo_mark_new(false, 9);

    for (int i = 0; i < 3; i++) {
        ck_assert_uint_ne(memo_mark_hit(mark), mark);
        mark = memo_mark_hit(mark);
    }

    ck_assert_uint_eq(memo_mark_hit(mark), mark);
    ck_assert_uint_eq(mark, ON_TRIAL(3, 9));
}
END_TEST

START_TEST(oldest_on_trial_leaves_first)
{
    uint32_t marks[] = {PROVEN(0, 1), ON_TRIAL(0, 8), ON_TRIAL(0, 7)};

    ck_assert_uint_eq(memo_marks_choose(marks, 3, 7, 10), 2);
}
END_TEST

START_TEST(entry_that_was_hit_twice_on_trial_is_proven)
{
    uint32_t marks[] = {ON_TRIAL(2, 7), ON_TRIAL(1, 8)};

    ck_assert_uint_eq(memo_marks_choose(marks, 2, 3, 10), 1);

    ck_assert_uint_eq(marks[0], PROVEN(0, 10));
}
END_TEST

START_TEST(small_trial_is_left_alone)
{
    uint32_t marks[12];

    for (unsigned i = 0; i < 11; i++)
        marks[i] = PROVEN(0, 20 + i);
    marks[11] = ON_TRIAL(0, 1);

    ck_assert_uint_eq(memo_marks_choose(marks, 12, 0xFFF, 40), 0);
}
END_TEST

START_TEST(proven_entry_that_was_hit_is_spared_and_loses_a_hit)
{
    uint32_t marks[] = {PROVEN(2, 1), PROVEN(0, 2)};

    ck_assert_uint_eq(memo_marks_choose(marks, 2, 3, 10), 1);

    ck_assert_uint_eq(marks[0], PROVEN(1, 10));
}
END_TEST

START_TEST(absent_places_are_never_chosen)
{
    for (uint32_t present = 1; present < 1u << 8; present++) {
        uint32_t marks[8];
        unsigned chosen;

        for (unsigned i = 0; i < 8; i++)
            marks[i] = (i * 2654435761u ^ present * 40503u) & 0xFFF;
        chosen = memo_marks_choose(marks, 8, present, 1000);
        ck_assert(present >> chosen & 1);
        chosen = memo_marks_oldest(marks, 8, present, 1000);
        ck_assert(present >> chosen & 1);
    }
}
END_TEST

START_TEST(order_survives_the_end_of_time)
{
    uint32_t uses[] = {UINT32_MAX - 1, 3};
    uint32_t marks[] = {ON_TRIAL(0, (1u << 29) - 2), ON_TRIAL(0, 3)};

    ck_assert_uint_eq(memo_marks_oldest(uses, 2, 3, 5), 0);
    ck_assert_uint_eq(memo_marks_choose(marks, 2, 3, 5), 0);
}
END_TEST

Suite *memo_test_suite(void);

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("cache/limits");
    TCase *group = tcase_create("marks");

    tcase_add_test(group, hits_are_counted_to_three);
    tcase_add_test(group, oldest_on_trial_leaves_first);
    tcase_add_test(group, entry_that_was_hit_twice_on_trial_is_proven);
    tcase_add_test(group, small_trial_is_left_alone);
    tcase_add_test(group, proven_entry_that_was_hit_is_spared_and_loses_a_hit);
    tcase_add_test(group, absent_places_are_never_chosen);
    tcase_add_test(group, order_survives_the_end_of_time);
    suite_add_tcase(suite, group);
    return suite;
}
