/* A store in use: nobody waits for it for long, and what it takes in is right.
 */
#include "store_fixture.h"

#include <signal.h>

Suite *memo_test_suite(void);

#define LITTLE (200 * (memo_u64)MILLISECOND)
#define MUCH (20 * SECOND) /* what a busy machine does not reach */

static _Atomic int runs;

static long square(int n)
{
    runs++;
    return (long)n * n;
}

#define SQUARE(where)                                                          \
    {                                                                          \
        WORD_FUNCTION("square"), ON_SHELF(where)                               \
    }
static struct memo_function first = SQUARE(here), second = SQUARE(there);

static void check_squares(struct memo_function *function, int count)
{
    for (int n = 0; n < count; n++)
        ck_assert_int_eq(call_word(function, square, n), (long)n * n);
}

/* Calls until one is a hit of the store. */
static void await_hits(struct memo_function *function)
{
    memo_u64 until = time_now() + 60 * SECOND;

    for (int n = 100; stats_of(function).store_hits == 0; n++) {
        ck_assert_uint_lt(time_now(), until);
        call_word(&first, square, n);
        memo_flush();
        call_word(function, square, n);
        usleep(1000);
    }
}

/* ---- backends ------------------------------------------------------------ */

START_TEST(every_store_has_one_backend)
{
    static struct memo_store other;
    memo_backend *backend;

    check_squares(&first, 1);
    other = shelf_store;
    backend = memo_backend_of(&other);

    ck_assert_ptr_eq(memo_backend_of(&other), backend);
    ck_assert_ptr_ne(shelf_backend(), backend);
    ck_assert_ptr_eq(memo_backends_first(), backend);
    ck_assert_ptr_eq(backend->next, shelf_backend());
    ck_assert_uint_eq(shelf.opens, 1); /* the other one is not needed yet */
}
END_TEST

START_TEST(people_are_told_things_once)
{
    check_squares(&first, 1);
    for (int i = 0; i < 5; i++) {
        memo_backend_warn(shelf_backend(), "one");
        memo_backend_warn(shelf_backend(), "two");
    }

    ck_assert_uint_eq(count_warnings(), 2);
}
END_TEST

static void add(memo_stored *stored, memo_u64 digest, const char *bytes)
{
    memo_job *job = calloc(1, sizeof *job);

    job->write.operation = bytes ? MEMO_STORE_SAVE : MEMO_STORE_REMOVE;
    job->write.stored = stored;
    job->write.generation =
        __atomic_load_n(&stored->generation, __ATOMIC_ACQUIRE);
    job->write.digest.low = digest;
    if (bytes) {
        job->bytes = (unsigned char *)strdup(bytes);
        job->write.bytes = job->bytes;
        job->write.size = strlen(bytes) + 1;
    }
    ck_assert(memo_backend_add(shelf_backend(), job));
}

START_TEST(jobs_are_done_in_their_order)
{
    static memo_stored stored = {.function = "f", .file = "f.c"};

    check_squares(&first, 1);
    ck_assert(memo_backend_attach(shelf_backend(), &stored));
    settle();
    shelf_take_away(NULL, NULL);
    for (int i = 0; i < 100; i++) {
        add(&stored, 1, "early");
        add(&stored, 2, "gone");
        add(&stored, 1, "late");
        add(&stored, 2, NULL);
    }
    settle();

    ck_assert_uint_eq(shelf_count(), 1);
    ck_assert_str_eq((char *)shelf.items->bytes, "late");
}
END_TEST

START_TEST(a_flush_waits)
{
    check_squares(&first, 200);
    settle();

    ck_assert_uint_eq(shelf_count(), 200);
    ck_assert_uint_eq(shelf_backend()->dropped, 0);
}
END_TEST

START_TEST(without_stores_there_is_nothing_to_wait_for)
{
    ck_assert_int_eq(memo_flush(), MEMO_OK);
    ck_assert_int_eq(memo_clear_all(), MEMO_OK);
}
END_TEST

/* ---- what does not fit --------------------------------------------------- */

START_TEST(results_that_the_queue_has_no_room_for_are_dropped)
{
    enum { MANY = MEMO_QUEUED_JOBS + 500 };

    check_squares(&first, 1);
    settle();
    shelf_hold(SHELF_WRITE);
    check_squares(&first, MANY);
    ck_assert_uint_ge(shelf_backend()->dropped,
                      MANY - 1 - MEMO_QUEUED_JOBS - 64 /* being written */);
    ck_assert_uint_le(shelf_backend()->dropped, MANY - 1 - MEMO_QUEUED_JOBS);
    check_squares(&first, MANY);
    ck_assert_int_eq(runs, MANY);

    shelf_release();
    settle();
    ck_assert_uint_eq(shelf_count() + shelf_backend()->dropped, MANY);
    check_squares(&second, MANY);
    ck_assert_int_eq(runs, MANY + (int)shelf_backend()->dropped);
}
END_TEST

static void fill(int n, int *out)
{
    runs++;
    for (int i = 0; i < n; i++)
        out[i] = i + n;
}

static void check_filled(struct memo_function *function, int *out, int n)
{
    memset(out, 0, (size_t)n * sizeof *out);
    call_fill(function, fill, n, out);
    for (int i = 0; i < n; i += 999)
        ck_assert_int_eq(out[i], i + n);
    ck_assert_int_eq(out[n - 1], 2 * n - 1);
}

#define FILL(where)                                                            \
    {                                                                          \
        FILL_FUNCTION("fill"), ON_SHELF(where)                                 \
    }

START_TEST(results_that_are_too_large_for_the_queue_are_not_stored)
{
    enum { LARGE = MEMO_QUEUED_BYTES / sizeof(int) };
    static struct memo_function large = FILL(here), same = FILL(there);
    int *out = malloc((LARGE + 1) * sizeof *out);

    check_filled(&large, out, LARGE + 1);
    check_filled(&same, out, LARGE + 1);
    settle();

    ck_assert_int_eq(runs, 2);
    ck_assert_uint_eq(shelf_count(), 0);
    free(out);
}
END_TEST

static size_t count_waiting_bytes(void)
{
    memo_backend *backend = shelf_backend();
    size_t bytes;

    pthread_mutex_lock(&backend->lock);
    bytes = backend->job_bytes;
    pthread_mutex_unlock(&backend->lock);
    return bytes;
}

START_TEST(the_bytes_that_wait_are_bounded)
{
    enum { LARGE = (MEMO_QUEUED_BYTES / sizeof(int)) / 5 };
    static struct memo_function large = FILL(here), same = FILL(there);
    int *out = malloc((LARGE + 8) * sizeof *out);

    check_filled(&large, out, 1);
    settle();
    shelf_hold(SHELF_WRITE);
    for (int i = 0; i < 8; i++) {
        check_filled(&large, out, LARGE + i);
        ck_assert_uint_le(count_waiting_bytes(), MEMO_QUEUED_BYTES);
    }
    ck_assert_uint_ge(shelf_backend()->dropped, 1);

    shelf_release();
    settle();
    runs = 0;
    for (int i = 0; i < 8; i++)
        check_filled(&same, out, LARGE + i);
    ck_assert_int_eq(runs, (int)shelf_backend()->dropped);
    free(out);
}
END_TEST

START_TEST(results_that_the_store_refuses_are_dropped)
{
    check_squares(&first, 1);
    settle();
    shelf.accepts = 0;
    check_squares(&first, 100);
    settle();

    ck_assert_uint_eq(shelf_backend()->dropped, 99);
    ck_assert_uint_eq(shelf_count(), 1);
}
END_TEST

START_TEST(a_store_may_take_one_at_a_time)
{
    shelf.accepts = 1;
    check_squares(&first, 100);
    for (int i = 0; i < 100; i++) /* each call may lose the one behind */
        memo_flush();

    ck_assert_uint_eq(shelf_count() + shelf_backend()->dropped, 100);
    ck_assert_uint_ge(shelf_count(), 1);
}
END_TEST

START_TEST(a_clearing_that_the_store_refuses_is_tried_again)
{
    check_squares(&first, 3);
    settle();
    pthread_mutex_lock(&shelf.lock);
    shelf.accepts = 0;
    pthread_mutex_unlock(&shelf.lock);
    use_timeout(LITTLE);
    ck_assert_int_eq(memo_clear_function(here, ""), MEMO_STORE_LATE);
    check_squares(&first, 3); /* nothing is loaded now */
    ck_assert_int_eq(runs, 6);

    use_timeout(60 * SECOND);
    pthread_mutex_lock(&shelf.lock);
    shelf.accepts = SIZE_MAX;
    pthread_mutex_unlock(&shelf.lock);
    settle();
    ck_assert_uint_eq(shelf.clears, 1);
}
END_TEST

/* ---- stores that hang ---------------------------------------------------- */

START_TEST(a_flush_does_not_wait_for_longer_than_the_timeout)
{
    memo_u64 begin_ns;

    check_squares(&first, 1);
    settle();
    shelf_hold(SHELF_WRITE);
    check_squares(&first, 10);
    use_timeout(LITTLE);
    begin_ns = time_now();

    ck_assert_int_eq(memo_flush(), MEMO_STORE_LATE);
    ck_assert_uint_ge(time_now() - begin_ns, LITTLE);
    ck_assert_uint_lt(time_now() - begin_ns, MUCH);
    shelf_release();
    use_timeout(60 * SECOND);
    settle();
    ck_assert_uint_eq(shelf_count(), 10);
}
END_TEST

/* Not even other functions do. */
START_TEST(a_store_that_hangs_is_waited_for_once)
{
    static struct memo_function many[40];
    memo_u64 begin_ns = time_now();

    shelf_hold(_i == 0 ? SHELF_OPEN : SHELF_ATTACH);
    use_timeout(LITTLE);
    check_squares(&first, 1);
    ck_assert_uint_ge(time_now() - begin_ns, LITTLE);

    begin_ns = time_now();
    for (int i = 0; i < 40; i++) {
        many[i] = (struct memo_function)SQUARE(NULL);
        check_squares(&many[i], 20);
    }
    ck_assert_uint_lt(time_now() - begin_ns, 20 * LITTLE);
    ck_assert_int_eq(runs, 1 + 40 * 20);
}
END_TEST

START_TEST(a_store_that_hung_is_used_when_it_goes_on)
{
    static struct memo_function other = {WORD_FUNCTION("other"),
                                         ON_SHELF(elsewhere)};
    static struct memo_function same = {WORD_FUNCTION("other"), ON_SHELF(NULL)};

    shelf_hold(_i == 0 ? SHELF_OPEN : SHELF_ATTACH);
    use_timeout(LITTLE);
    check_squares(&first, 1);
    use_timeout(60 * SECOND);
    shelf_release();
    await_hits(&second);

    check_squares(&other, 5); /* the first call waits again */
    settle();
    runs = 0;
    check_squares(&same, 5);
    ck_assert_int_eq(runs, 0);
}
END_TEST

static void *call_first(void *function)
{
    check_squares(function, 1);
    return NULL;
}

/* Else it would rest first, for a second. */
START_TEST(a_store_that_is_tidied_attaches_at_once_after)
{
    enum { ROUNDS = 5 };
    static struct memo_function waiting[ROUNDS];
    memo_u64 begin_ns, waited_ns = 0;
    pthread_t thread;

    check_squares(&first, 1);
    for (int i = 0; i < ROUNDS; i++) {
        waiting[i] = (struct memo_function)SQUARE(NULL);
        shelf_hold(SHELF_TEND);
        shelf_await(1);
        pthread_create(&thread, NULL, call_first, &waiting[i]);
        usleep(20000);
        begin_ns = time_now();
        shelf_release();
        pthread_join(thread, NULL);
        waited_ns += time_now() - begin_ns;
    }

    ck_assert_uint_lt(waited_ns, ROUNDS * SECOND / 2);
}
END_TEST

/* ---- stores that are not there ------------------------------------------- */

START_TEST(without_its_store_a_function_has_memory)
{
    *(_i == 0 ? &shelf.open_fails : &shelf.attach_fails) = true;
    for (int round = 0; round < 3; round++)
        check_squares(&first, 100);
    settle();

    ck_assert_int_eq(runs, 100);
    ck_assert_uint_eq(count_warnings(), _i == 0 ? 1 : 0);
    ck_assert_uint_eq(shelf_count(), 0);
}
END_TEST

START_TEST(a_store_that_is_not_there_is_tried_again)
{
    memo_u64 until = time_now() + 60 * SECOND;

    shelf.open_fails = true;
    check_squares(&first, 10);
    while (shelf_read(&shelf.opens) < 2) {
        ck_assert_uint_lt(time_now(), until);
        usleep(1000);
    }
    ck_assert_uint_eq(count_warnings(), 1);
    shelf_set(&shelf.open_fails, false);
    await_hits(&second);

    ck_assert_uint_le(shelf_read(&shelf.opens), 5);
}
END_TEST

/* Each is one more thing that must not be forgotten: not a thousand times. */
START_TEST(clearings_do_not_pile_up)
{
    check_squares(&first, 10);
    settle();
    shelf_hold(SHELF_WRITE);
    check_squares(&first, 11); /* the thread is busy with it */
    shelf_await(1);
    use_timeout(MILLISECOND);

    for (int i = 0; i < 1000; i++)
        ck_assert_int_eq(memo_clear_function(here, ""), MEMO_STORE_LATE);
    use_timeout(60 * SECOND);
    shelf_release();
    settle();

    ck_assert_uint_le(shelf.clears, 2);
    ck_assert_uint_eq(shelf_count(), 0);
    runs = 0;
    check_squares(&second, 10);
    ck_assert_int_eq(runs, 10);
}
END_TEST

START_TEST(a_function_that_was_not_attached_is_tried_again)
{
    shelf.attach_fails = true;
    check_squares(&first, 1);
    usleep(1500000);
    ck_assert_uint_le(shelf_read(&shelf.attaches), 10); /* not all the time */
    shelf_set(&shelf.attach_fails, false);
    await_hits(&second);
}
END_TEST

/* ---- threads that are cancelled ------------------------------------------ */

static void *flush(void *unused)
{
    memo_flush();
    return unused;
}

static void *clear(void *unused)
{
    memo_clear_function(here, "");
    return unused;
}

static void *compute(void *unused)
{
    call_word(&second, square, 1);
    return unused;
}

/* Nobody ends within the library, with its locks. */
START_TEST(a_thread_that_waits_is_not_cancelled)
{
    static const struct {
        unsigned held, waiting;
        void *(*run)(void *unused);
    } ways[] = {{SHELF_WRITE, 1, flush},
                {SHELF_WRITE, 1, clear},
                {SHELF_ATTACH, 1, compute},
                {SHELF_LOAD, 1, compute}};
    pthread_t thread;

    alarm(100);
    check_squares(&first, 1);
    settle();
    shelf_hold(ways[_i].held);
    if (_i == 0)
        check_squares(&first, 2);
    pthread_create(&thread, NULL, ways[_i].run, NULL);
    shelf_await(ways[_i].waiting);
    usleep(20000);
    pthread_cancel(thread);
    usleep(20000);
    shelf_release();
    pthread_join(thread, NULL);

    check_squares(&first, 10);
    check_squares(&second, 10);
    settle();
}
END_TEST

static TCase *make_cases(const char *name)
{
    TCase *cases = tcase_create(name);

    tcase_set_timeout(cases, 240);
    tcase_add_checked_fixture(cases, shelf_begin, shelf_end);
    return cases;
}

static TCase *make_queue_cases(void)
{
    TCase *cases = make_cases("queue");

    tcase_add_test(cases, every_store_has_one_backend);
    tcase_add_test(cases, people_are_told_things_once);
    tcase_add_test(cases, jobs_are_done_in_their_order);
    tcase_add_test(cases, a_flush_waits);
    tcase_add_test(cases, without_stores_there_is_nothing_to_wait_for);
    tcase_add_test(cases, results_that_the_queue_has_no_room_for_are_dropped);
    tcase_add_test(cases,
                   results_that_are_too_large_for_the_queue_are_not_stored);
    tcase_add_test(cases, the_bytes_that_wait_are_bounded);
    tcase_add_test(cases, results_that_the_store_refuses_are_dropped);
    tcase_add_test(cases, a_store_may_take_one_at_a_time);
    tcase_add_test(cases, a_clearing_that_the_store_refuses_is_tried_again);
    return cases;
}

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("cache/backend");
    TCase *cases = make_cases("waiting");

    tcase_add_test(cases, a_flush_does_not_wait_for_longer_than_the_timeout);
    tcase_add_loop_test(cases, a_store_that_hangs_is_waited_for_once, 0, 2);
    tcase_add_loop_test(cases, a_store_that_hung_is_used_when_it_goes_on, 0, 2);
    tcase_add_test(cases, a_store_that_is_tidied_attaches_at_once_after);
    tcase_add_loop_test(cases, without_its_store_a_function_has_memory, 0, 2);
    tcase_add_test(cases, a_store_that_is_not_there_is_tried_again);
    tcase_add_test(cases, clearings_do_not_pile_up);
    tcase_add_test(cases, a_function_that_was_not_attached_is_tried_again);
    tcase_add_loop_test(cases, a_thread_that_waits_is_not_cancelled, 0, 4);
    suite_add_tcase(suite, make_queue_cases());
    suite_add_tcase(suite, cases);
    return suite;
}
