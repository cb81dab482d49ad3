/* A store in use when the process ends, or becomes two. */
#include "store_fixture.h"

#include <sys/mman.h>
#include <sys/wait.h>

Suite *memo_test_suite(void);

#define LITTLE (200 * (memo_u64)MILLISECOND)
#define MUCH (20 * SECOND) /* what a busy machine does not reach */

/* ThreadSanitizer ends a child that starts threads when its parent had some. */
#if defined(__SANITIZE_THREAD__)
#define CAN_FORK false
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define CAN_FORK false
#endif
#endif
#ifndef CAN_FORK
#define CAN_FORK true
#endif

/* AddressSanitizer's allocator may be locked by another thread in a fork, and
 * stays so in the child. */
#if defined(__SANITIZE_ADDRESS__)
#define CAN_FORK_ANY_TIME false
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define CAN_FORK_ANY_TIME false
#endif
#endif
#ifndef CAN_FORK_ANY_TIME
#define CAN_FORK_ANY_TIME true
#endif

static _Atomic int runs, epoch;

/* Its results are of the time at which they are computed. */
static long dated(int n)
{
    runs++;
    return (long)n * 100 + epoch;
}

#define DATED(where)                                                           \
    {                                                                          \
        WORD_FUNCTION("dated"), ON_SHELF(where)                                \
    }
static struct memo_function first = DATED(here), second = DATED(there);

static bool is_right(struct memo_function *function, int from, int count)
{
    for (int n = from; n < from + count; n++) {
        if (call_word(function, dated, n) != n * 100 + epoch)
            return false;
    }
    return true;
}

/* ---- children ------------------------------------------------------------ */

/* What a child tells. */
static struct report {
    _Atomic unsigned saves, clears, warnings;
    char warning[400];
} * told;

static memo_size write_and_tell(void *store, const memo_store_write *writes,
                                memo_size count)
{
    memo_size done = shelf_write(store, writes, count);

    told->saves = shelf_read(&shelf.saves);
    told->clears = shelf_read(&shelf.clears);
    return done;
}

static struct memo_store telling_store;

static const struct memo_store *find_telling(void)
{
    return &telling_store;
}

static const struct memo_persistence on_telling = {find_telling, 0, 0};
static struct memo_function told_function = {
    WORD_FUNCTION("dated"), .persistence = &on_telling, .address = elsewhere};

static void tell_warning(void *context, const memo_log_entry *entry)
{
    (void)context;
    told->warnings++;
    snprintf(told->warning, sizeof told->warning, "%s", entry->text);
}

static void set_up(void)
{
    shelf_begin();
    told = mmap(NULL, sizeof *told, PROT_READ | PROT_WRITE,
                MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    telling_store = shelf_store;
    telling_store.write = write_and_tell;
}

/* In a child: end it, saying where. */
#define EXPECT(claim)                                                          \
    do {                                                                       \
        if (!(claim)) {                                                        \
            fprintf(stderr, "line %d: %s\n", __LINE__, #claim);                \
            _exit(1);                                                          \
        }                                                                      \
    } while (0)

static void check_child(pid_t child)
{
    int status;

    ck_assert_int_gt(child, 0);
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), 0);
}

/* ---- the end ------------------------------------------------------------- */

/* Run a small program to its end; returns how long it took. */
static memo_u64 run(void (*program)(void))
{
    memo_u64 begin_ns = time_now();
    pid_t child = fork();

    if (child == 0) {
        memo_config config = settings();

        config.log = tell_warning;
        memo_config_set(&config);
        program();
        exit(0);
    }
    check_child(child);
    return time_now() - begin_ns;
}

static void compute_fifty(void)
{
    shelf.slow_us = 5000;
    EXPECT(is_right(&told_function, 0, 50));
}

START_TEST(results_are_stored_at_the_end)
{
    run(compute_fifty);

    ck_assert_uint_eq(told->saves, 50);
    ck_assert_uint_eq(told->warnings, 0);
}
END_TEST

static void compute_for_a_store_that_hangs(void)
{
    EXPECT(is_right(&told_function, 0, 1));
    EXPECT(memo_flush() == MEMO_OK);
    shelf_hold(SHELF_WRITE);
    EXPECT(is_right(&told_function, 1, 10));
    use_timeout(LITTLE);
}

START_TEST(a_store_that_hangs_does_not_hold_up_the_end)
{
    memo_u64 elapsed_ns = run(compute_for_a_store_that_hangs);

    ck_assert_uint_ge(elapsed_ns, LITTLE);
    ck_assert_uint_lt(elapsed_ns, MUCH);
    ck_assert_uint_eq(told->saves, 1);
    ck_assert_uint_eq(told->warnings, 1);
    ck_assert_ptr_nonnull(strstr(told->warning, "not taken 10 results"));
}
END_TEST

static void compute_while_the_store_opens(void)
{
    shelf_hold(SHELF_OPEN);
    use_timeout(LITTLE);
    EXPECT(is_right(&told_function, 0, 10));
}

START_TEST(a_store_that_is_being_opened_does_not_hold_up_the_end)
{
    memo_u64 elapsed_ns = run(compute_while_the_store_opens);

    ck_assert_uint_lt(elapsed_ns, MUCH);
    ck_assert_uint_eq(told->saves, 0);
}
END_TEST

static void clear_what_is_not_there(void)
{
    shelf.open_fails = true;
    use_timeout(LITTLE);
    EXPECT(is_right(&told_function, 0, 1));
    EXPECT(memo_clear_all() == MEMO_STORE_LATE);
}

static void clear_what_refuses(void)
{
    EXPECT(is_right(&told_function, 0, 1));
    EXPECT(memo_flush() == MEMO_OK);
    shelf.accepts = 0;
    use_timeout(LITTLE);
    EXPECT(memo_clear_function(elsewhere, "") == MEMO_STORE_LATE);
}

/* What was cleared may come back: somebody should know. */
START_TEST(clearings_that_are_left_at_the_end_are_told)
{
    memo_u64 elapsed_ns =
        run(_i == 0 ? clear_what_refuses : clear_what_is_not_there);

    ck_assert_uint_lt(elapsed_ns, MUCH);
    ck_assert_uint_ge(told->warnings, 1);
    ck_assert_ptr_nonnull(strstr(told->warning, "may be found again"));
}
END_TEST

static void compute_and_leave(void)
{
    EXPECT(is_right(&told_function, 0, 10));
    _exit(0);
}

START_TEST(who_leaves_at_once_loses_no_more_than_results)
{
    ck_assert_uint_lt(run(compute_and_leave), MUCH);

    ck_assert_uint_le(told->saves, 10);
}
END_TEST

/* Code that goes away must have no thread left in it. */
START_TEST(an_unloaded_library_has_no_thread_and_no_store)
{
    memo_backend *backend;

    ck_assert(is_right(&first, 0, 10));
    settle();
    backend = shelf_backend();
    if (_i == 1) {
        pthread_mutex_lock(&shelf.lock);
        shelf.accepts = 0;
        pthread_mutex_unlock(&shelf.lock);
        use_timeout(LITTLE);
        ck_assert_int_eq(memo_clear_all(), MEMO_STORE_LATE);
        use_timeout(60 * SECOND);
    }
    memo_backends_end(true);

    ck_assert(!backend->has_thread);
    ck_assert_ptr_null(backend->opened);
}
END_TEST

/* ---- two processes from one ---------------------------------------------- */

START_TEST(a_child_uses_the_store_anew)
{
    pid_t child;

    ck_assert(is_right(&first, 0, 100));
    settle();
    child = fork();
    if (child == 0) {
        runs = 0;
        EXPECT(is_right(&second, 0, 100));
        EXPECT(runs == 0);
        EXPECT(is_right(&first, 50, 100));
        EXPECT(memo_flush() == MEMO_OK);
        EXPECT(shelf_count() == 150);
        EXPECT(shelf_read(&shelf.opens) == 2);
        EXPECT(shelf_read(&shelf.strays) == 0);
        _exit(0);
    }
    ck_assert(is_right(&first, 0, 200));
    settle();
    ck_assert_uint_eq(shelf_count(), 200);
    ck_assert_uint_eq(shelf_read(&shelf.opens), 1);
    check_child(child);
}
END_TEST

static pid_t forked;

static long fork_within(int n)
{
    long result = dated(n);

    forked = fork();
    return result;
}

/* Its store knows nothing of the function yet. */
START_TEST(a_child_may_begin_within_a_body)
{
    ck_assert(is_right(&first, 0, 10));
    settle();
    ck_assert_int_eq(call_word(&first, fork_within, 77), 7700);
    if (forked == 0) {
        EXPECT(memo_flush() == MEMO_OK);
        EXPECT(shelf_count() == 11);
        EXPECT(shelf_read(&shelf.strays) == 0);
        _exit(0);
    }
    settle();
    ck_assert_uint_eq(shelf_count(), 11);
    check_child(forked);
}
END_TEST

/* The parent waits for the store when it becomes two. */
START_TEST(what_was_cleared_before_a_fork_is_not_found_in_the_child)
{
    pid_t child;

    ck_assert(is_right(&first, 0, 3));
    settle();
    shelf_hold(SHELF_WRITE);
    use_timeout(LITTLE);
    ck_assert_int_eq(_i == 0   ? memo_clear_function(here, "")
                     : _i == 1 ? memo_clear_all()
                               : (memo_status)memo_clear_words(&first, 1, 0),
                     MEMO_STORE_LATE);
    epoch = 1;
    child = fork();
    use_timeout(60 * SECOND);
    shelf_release();
    if (child == 0) {
        EXPECT(call_word(&first, dated, 1) == 101);
        EXPECT(memo_flush() == MEMO_OK);
        EXPECT(shelf_read(&shelf.clears) == 1);
        EXPECT(call_word(&second, dated, 1) == 101);
        EXPECT(shelf_read(&shelf.strays) == 0);
        _exit(0);
    }
    settle();
    ck_assert_int_eq(call_word(&second, dated, 1), 101);
    check_child(child);
}
END_TEST

START_TEST(results_that_wait_are_the_parents)
{
    pid_t child;

    ck_assert(is_right(&first, 0, 1));
    settle();
    shelf_hold(SHELF_WRITE);
    ck_assert(is_right(&first, 1, 9));
    child = fork();
    shelf_release();
    if (child == 0) {
        EXPECT(memo_flush() == MEMO_OK);
        EXPECT(is_right(&second, 0, 10));
        EXPECT(memo_flush() == MEMO_OK);
        _exit(0);
    }
    settle();
    ck_assert_uint_eq(shelf_count(), 10);
    check_child(child);
}
END_TEST

static _Atomic bool is_over;

static void *keep_calling(void *wrong)
{
    for (int n = 0; !is_over; n = (n + 1) % 5000) {
        if (!is_right(n % 2 ? &first : &second, n, 1))
            *(_Atomic bool *)wrong = true;
    }
    return NULL;
}

START_TEST(a_child_may_begin_at_any_time)
{
    enum { THREADS = 2, CHILDREN = 30 };
    static _Atomic bool wrong;
    pthread_t threads[THREADS];

    shelf.slow_us = 300;
    for (int i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, keep_calling, (void *)&wrong);
    for (int i = 0; i < CHILDREN; i++) {
        pid_t child = fork();

        if (child == 0) {
            alarm(100);
            EXPECT(is_right(&first, 6000, 20));
            EXPECT(is_right(&second, 0, 20));
            EXPECT(memo_flush() == MEMO_OK);
            EXPECT(shelf_read(&shelf.strays) == 0);
            _exit(0);
        }
        check_child(child);
    }
    is_over = true;
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    settle();

    ck_assert(!wrong);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("cache/backend_end");
    TCase *ends = tcase_create("ends"), *forks = tcase_create("forks");

    tcase_set_timeout(ends, 120);
    tcase_add_checked_fixture(ends, set_up, shelf_end);
    tcase_add_test(ends, results_are_stored_at_the_end);
    tcase_add_test(ends, a_store_that_hangs_does_not_hold_up_the_end);
    tcase_add_test(ends, a_store_that_is_being_opened_does_not_hold_up_the_end);
    tcase_add_loop_test(ends, clearings_that_are_left_at_the_end_are_told, 0,
                        2);
    tcase_add_test(ends, who_leaves_at_once_loses_no_more_than_results);
    tcase_add_loop_test(ends, an_unloaded_library_has_no_thread_and_no_store, 0,
                        2);
    suite_add_tcase(suite, ends);
    tcase_set_timeout(forks, 200);
    tcase_add_checked_fixture(forks, set_up, shelf_end);
    if (CAN_FORK) {
        tcase_add_test(forks, a_child_uses_the_store_anew);
        tcase_add_test(forks, a_child_may_begin_within_a_body);
        tcase_add_loop_test(
            forks, what_was_cleared_before_a_fork_is_not_found_in_the_child, 0,
            3);
        tcase_add_test(forks, results_that_wait_are_the_parents);
    }
    if (CAN_FORK && CAN_FORK_ANY_TIME)
        tcase_add_test(forks, a_child_may_begin_at_any_time);
    suite_add_tcase(suite, forks);
    return suite;
}
