#include "cache/thread.h"

#include <check.h>
#include <pthread.h>

static memo_threads threads;
static _Atomic int ended;

static void count_end(memo_thread *self)
{
    (void)self;
    ended++;
}

static void set_up(void)
{
    ended = 0;
    ck_assert(memo_threads_init(&threads, true, count_end));
}

static void *make(void *unused)
{
    (void)unused;
    return memo_thread_make(&threads);
}

static memo_thread *make_in_another(void)
{
    pthread_t thread;
    void *block;

    ck_assert_int_eq(pthread_create(&thread, NULL, make, NULL), 0);
    pthread_join(thread, &block);
    return block;
}

START_TEST(thread_has_one_block)
{
    memo_thread *block = memo_thread_make(&threads);

    ck_assert_ptr_nonnull(block);
    ck_assert_ptr_eq(memo_self, block);
    ck_assert_ptr_eq(memo_thread_make(&threads), block);
}
END_TEST

START_TEST(block_of_an_ended_thread_goes_to_the_next)
{
    memo_thread *own = memo_thread_make(&threads);
    memo_thread *first = make_in_another();

    ck_assert_int_eq(ended, 1);
    ck_assert_ptr_ne(first, own);
    ck_assert_ptr_eq(make_in_another(), first);
    ck_assert_int_eq(ended, 2);
}
END_TEST

START_TEST(hits_of_all_threads_are_summed_also_after_their_end)
{
    memo_thread *own = memo_thread_make(&threads);
    memo_thread *other = make_in_another();

    ck_assert(memo_thread_make_room(&threads, own, 5));
    ck_assert(memo_thread_make_room(&threads, other, 100));
    memo_thread_count_hit(own, 5);
    memo_thread_count_hit(other, 5);
    memo_thread_count_hit(other, 100);
    ck_assert(memo_thread_make_room(&threads, own, 1000));
    memo_thread_count_hit(own, 1000);

    ck_assert_uint_eq(memo_threads_sum_hits(&threads, 5).hits, 2);
    ck_assert_uint_eq(memo_threads_sum_hits(&threads, 100).hits, 1);
    ck_assert_uint_eq(memo_threads_sum_hits(&threads, 1000).hits, 1);
    memo_threads_zero_hits(&threads, 5);
    ck_assert_uint_eq(memo_threads_sum_hits(&threads, 5).hits, 0);
}
END_TEST

START_TEST(hits_of_a_store_are_hits_too)
{
    memo_thread *own = memo_thread_make(&threads);
    memo_thread *other = make_in_another();
    memo_hit_sums sums;

    ck_assert(memo_thread_make_room(&threads, own, 5));
    ck_assert(memo_thread_make_room(&threads, other, 5));
    memo_thread_count_store_hit(own, 5);
    memo_thread_count_hit(own, 5);
    memo_thread_count_store_hit(other, 5);
    ck_assert(memo_thread_make_room(&threads, own, 1000));

    sums = memo_threads_sum_hits(&threads, 5);
    ck_assert_uint_eq(sums.hits, 3);
    ck_assert_uint_eq(sums.store_hits, 2);
    memo_threads_zero_hits(&threads, 5);
    ck_assert_uint_eq(memo_threads_sum_hits(&threads, 5).store_hits, 0);
}
END_TEST

START_TEST(after_a_fork_only_this_thread_is_left)
{
    memo_thread *own = memo_thread_make(&threads);
    memo_thread *other = make_in_another();

    /* As if it were in a section, and in use. */
    other->is_free = false;
    ck_assert(memo_section_enter(other));
    memo_threads_forget_others(&threads);

    ck_assert(other->is_free);
    ck_assert(!memo_thread_is_inside(other));
    ck_assert(!own->is_free);
}
END_TEST

Suite *memo_test_suite(void);

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("cache/thread");
    TCase *group = tcase_create("blocks");

    tcase_add_checked_fixture(group, set_up, NULL);
    tcase_add_test(group, thread_has_one_block);
    tcase_add_test(group, block_of_an_ended_thread_goes_to_the_next);
    tcase_add_test(group, hits_of_all_threads_are_summed_also_after_their_end);
    tcase_add_test(group, hits_of_a_store_are_hits_too);
    tcase_add_test(group, after_a_fork_only_this_thread_is_left);
    suite_add_tcase(suite, group);
    return suite;
}
