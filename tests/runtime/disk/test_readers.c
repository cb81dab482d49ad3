/* An LMDB environment that many threads read, while it grows. */
#include "environment_fixture.h"

#include <pthread.h>

/* ---- readers ------------------------------------------------------------- */

enum { THREADS = 64 };

static _Atomic bool is_over, is_in_haste;
static _Atomic long reads, failures;
static pthread_t threads[THREADS];

static void *read_often(void *context)
{
    unsigned random = (unsigned)(size_t)context;

    while (!is_over) {
        int found;

        random = random * 1103515245 + 12345;
        found = read_number(environment, (int)(random >> 16) % 10);
        reads++;
        /* It is closed for a moment while it grows. */
        failures += found != 1 && found != -2;
        if (!is_in_haste)
            pause_ms(2);
    }
    return NULL;
}

static void start_threads(void)
{
    is_over = false;
    for (size_t i = 0; i < THREADS; i++)
        ck_assert_int_eq(
            pthread_create(&threads[i], NULL, read_often, (void *)i), 0);
}

static void stop_threads(void)
{
    is_over = true;
    for (size_t i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
}

START_TEST(twice_as_many_threads_as_readers_read_at_once)
{
    ck_assert_int_eq(MEMO_READERS, THREADS / 2);
    open_sound(MOST_BYTES);
    ck_assert_int_eq(put_numbers(environment, 0, 10, 3000), 0);

    is_in_haste = true;
    start_threads();
    while (reads < 20000)
        pause_ms(1);
    stop_threads();

    ck_assert_int_eq(failures, 0);
}
END_TEST

START_TEST(a_reader_too_many_gives_up_after_the_timeout)
{
    MDB_txn *taken[MEMO_READERS];

    open_sound(MOST_BYTES);
    for (int i = 0; i < MEMO_READERS; i++)
        ck_assert_ptr_nonnull(taken[i] =
                                  memo_environment_begin(environment, LONG_NS));

    ck_assert_ptr_null(memo_environment_begin(environment, 0));
    ck_assert_ptr_null(memo_environment_begin(environment, 10 * MILLION));

    memo_environment_end(environment, taken[0]);
    ck_assert_ptr_nonnull(taken[0] = memo_environment_begin(environment, 0));
    for (int i = 0; i < MEMO_READERS; i++)
        memo_environment_end(environment, taken[i]);
}
END_TEST

/* ---- growth -------------------------------------------------------------- */

/* Until the map is full. */
static int fill(memo_environment *to, int first)
{
    int problem;

    while ((problem = put_numbers(to, first, 4, MILLION)) == 0)
        first += 4;
    ck_assert_int_eq(problem, MDB_MAP_FULL);
    return first;
}

START_TEST(the_map_is_doubled_again_and_again_while_others_read)
{
    uint64_t before;
    int next;

    open_sound(MOST_BYTES);
    ck_assert_int_eq(put_numbers(environment, 0, 10, 3000), 0);
    start_threads();

    next = fill(environment, 10);
    for (int doublings = 0; doublings < 3; doublings++) {
        before = environment->map_bytes;
        /* Readers of a busy machine may not be back in time. */
        while (!memo_environment_grow(environment))
            continue;
        ck_assert_uint_eq(environment->map_bytes, 2 * before);
        if (doublings < 2)
            next = fill(environment, next);
        else
            ck_assert_int_eq(put_numbers(environment, next, 4, MILLION), 0);
    }
    stop_threads();

    ck_assert_int_eq(failures, 0);
    for (int i = 0; i < next; i++)
        ck_assert_int_eq(read_number(environment, i), 1);
}
END_TEST

START_TEST(the_map_grows_to_its_bound_and_no_further)
{
    open_sound(8 * MILLION);

    for (int i = 0; i < 10 && memo_environment_grow(environment); i++)
        continue;

    ck_assert_uint_eq(environment->map_bytes, environment->most_map_bytes);
    ck_assert(!memo_environment_grow(environment));
    ck_assert_int_eq(put_numbers(environment, 0, 2, 100), 0);
}
END_TEST

START_TEST(the_map_stays_while_a_reader_does_not_come_back)
{
    uint64_t before;
    MDB_txn *txn;

    open_sound(MOST_BYTES);
    ck_assert_int_eq(put_numbers(environment, 0, 2, 100), 0);
    before = environment->map_bytes;
    txn = memo_environment_begin(environment, LONG_NS);

    ck_assert(!memo_environment_grow(environment));

    ck_assert_uint_eq(environment->map_bytes, before);
    ck_assert_int_eq(look_at(environment, txn, 1), 1);
    ck_assert_int_eq(read_number(environment, 1), 1);
    memo_environment_end(environment, txn);
    ck_assert(memo_environment_grow(environment));
}
END_TEST

static int grow_in_child(void *context)
{
    memo_environment *mine;
    int next;

    (void)context;
    if (open_here(&mine, MOST_BYTES) != MEMO_ENVIRONMENT_OPEN)
        return 1;
    next = fill(mine, 10);
    if (!memo_environment_grow(mine))
        return 2;
    fill(mine, next);
    memo_environment_close(mine);
    return 0;
}

START_TEST(a_map_that_another_process_has_made_larger_is_taken_over)
{
    uint64_t before;

    open_sound(MOST_BYTES);
    ck_assert_int_eq(put_numbers(environment, 0, 10, 100), 0);
    before = environment->map_bytes;

    ck_assert_int_eq(run_apart(grow_in_child, NULL), 0);

    ck_assert_ptr_null(memo_environment_begin(environment, LONG_NS));
    ck_assert(environment->is_outgrown);
    ck_assert(memo_environment_grow(environment));
    ck_assert_uint_ge(environment->map_bytes, 2 * before);
    for (int i = 0; i < 20; i++)
        ck_assert_int_eq(read_number(environment, i), 1);
}
END_TEST

START_TEST(a_map_that_is_larger_from_the_beginning_is_taken_over)
{
    ck_assert_int_eq(run_apart(grow_in_child, NULL), 0);

    open_sound(MOST_BYTES);

    ck_assert_int_eq(read_number(environment, 10), 1);
    ck_assert_int_eq(put_numbers(environment, 0, 8, MILLION), MDB_MAP_FULL);
    ck_assert(memo_environment_grow(environment));
    ck_assert_int_eq(put_numbers(environment, 0, 8, MILLION), 0);
}
END_TEST

Suite *memo_test_suite(void);
Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("disk.readers");
    TCase *readers = tcase_create("readers"), *growth = tcase_create("growth");

    tcase_add_checked_fixture(readers, begin, end);
    tcase_add_test(readers, twice_as_many_threads_as_readers_read_at_once);
    tcase_add_test(readers, a_reader_too_many_gives_up_after_the_timeout);
    suite_add_tcase(suite, readers);

    tcase_add_checked_fixture(growth, begin, end);
    tcase_add_test(growth,
                   the_map_is_doubled_again_and_again_while_others_read);
    tcase_add_test(growth, the_map_grows_to_its_bound_and_no_further);
    tcase_add_test(growth, the_map_stays_while_a_reader_does_not_come_back);
    tcase_add_test(growth,
                   a_map_that_another_process_has_made_larger_is_taken_over);
    tcase_add_test(growth,
                   a_map_that_is_larger_from_the_beginning_is_taken_over);
    suite_add_tcase(suite, growth);
    return suite;
}
