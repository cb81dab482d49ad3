#include "fixture.h"

#include "cache/registry.h"

#include <check.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* Bodies that say when they run, and go on when they are told to. */
static struct {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    int running;  /* bodies that have begun */
    int released; /* bodies that may go on, of all that ever began */
} gate = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0, 0};

static void pass_gate(void)
{
    int number;

    pthread_mutex_lock(&gate.lock);
    number = ++gate.running;
    pthread_cond_broadcast(&gate.changed);
    while (gate.released < number)
        pthread_cond_wait(&gate.changed, &gate.lock);
    pthread_mutex_unlock(&gate.lock);
}

static void await_running(int count)
{
    pthread_mutex_lock(&gate.lock);
    while (gate.running < count)
        pthread_cond_wait(&gate.changed, &gate.lock);
    pthread_mutex_unlock(&gate.lock);
}

static void release(int count)
{
    pthread_mutex_lock(&gate.lock);
    gate.released = count;
    pthread_cond_broadcast(&gate.changed);
    pthread_mutex_unlock(&gate.lock);
}

/* Until so many threads wait for flights of others. */
static void await_waiters(int count)
{
    int waiting = 0;

    while (waiting < count) {
        memo_thread *thread = atomic_load(&memo_process.threads.first);

        usleep(1000);
        waiting = 0;
        pthread_mutex_lock(&memo_process.flights.lock);
        for (; thread; thread = thread->next)
            waiting += thread->awaits != NULL;
        pthread_mutex_unlock(&memo_process.flights.lock);
    }
}

static void set_flight_wait(memo_u64 wait_ns)
{
    memo_config config = settings();

    config.flight_wait_ns = wait_ns;
    memo_config_set(&config);
}

/* Long enough never to be reached, with what is tested to end without it. */
#define FOR_EVER ((memo_u64)3600 * 1000000000u)

static pthread_t start(void *(*routine)(void *), void *argument)
{
    pthread_t thread;

    ck_assert_int_eq(pthread_create(&thread, NULL, routine, argument), 0);
    return thread;
}

static void join(pthread_t thread)
{
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
}

/* ---- one computation at a time ------------------------------------------ */

static struct memo_function slow_function = {WORD_FUNCTION("slow")};

static long slow(int n)
{
    pass_gate();
    return n + 1;
}

static void *call_slow(void *result)
{
    *(long *)result = call_word(&slow_function, slow, 1);
    return NULL;
}

START_TEST(threads_that_ask_for_the_same_share_one_computation)
{
    long results[8] = {0};
    pthread_t threads[8];

    set_flight_wait(FOR_EVER);
    for (int i = 0; i < 8; i++)
        threads[i] = start(call_slow, &results[i]);
    await_running(1);
    await_waiters(7);
    release(1);
    for (int i = 0; i < 8; i++)
        join(threads[i]);

    for (int i = 0; i < 8; i++)
        ck_assert_int_eq(results[i], 2);
    ck_assert_int_eq(gate.running, 1);
    ck_assert_uint_eq(stats_of(&slow_function).misses, 1);
    ck_assert_uint_eq(stats_of(&slow_function).hits, 7);
    ck_assert_uint_eq(stats_of(&slow_function).flight_waits, 7);
}
END_TEST

static void *call_slow_unkept(void *unused)
{
    memo_u64 value;
    int n = 1;
    struct memo_argument arguments[] = {{&n, 0}};
    struct memo_call call;
    long result = 0;

    (void)unused;
    ck_assert(!memo_find_words(&slow_function, 1, 0, &value));
    memo_begin_words(&call, &slow_function, 1, 0, arguments, &result);
    while (call.runs) {
        result = slow(n);
        call.keep = 0;
        memo_end(&call, &slow_function, arguments, &result);
    }
    return NULL;
}

START_TEST(waiters_of_a_result_that_is_not_kept_compute_at_once)
{
    pthread_t threads[4];

    set_flight_wait(FOR_EVER);
    threads[0] = start(call_slow_unkept, NULL);
    await_running(1);
    for (int i = 1; i < 4; i++)
        threads[i] = start(call_slow_unkept, NULL);
    await_waiters(3);
    release(1);
    /* All three at the same time: the gate is shut. */
    await_running(4);
    release(4);
    for (int i = 0; i < 4; i++)
        join(threads[i]);

    ck_assert_uint_eq(stats_of(&slow_function).misses, 4);
}
END_TEST

START_TEST(waiter_computes_when_the_wait_is_over)
{
    long first = 0, second = 0;
    pthread_t threads[2];

    set_flight_wait(1000000);
    threads[0] = start(call_slow, &first);
    await_running(1);
    threads[1] = start(call_slow, &second);
    await_running(2);
    release(2);
    join(threads[0]);
    join(threads[1]);

    ck_assert_int_eq(first, 2);
    ck_assert_int_eq(second, 2);
}
END_TEST

/* ---- owners that go away ------------------------------------------------ */

static struct memo_function leaving_function = {WORD_FUNCTION("leaving")};
static _Atomic int leavings;

static long leave_thread(int n)
{
    if (leavings++ == 0) {
        pass_gate();
        pthread_exit(NULL);
    }
    return n;
}

static void *call_leaving(void *result)
{
    *(long *)result = call_word(&leaving_function, leave_thread, 5);
    return NULL;
}

START_TEST(waiter_computes_when_the_owner_has_left_its_thread)
{
    long first = 0, second = 0;
    pthread_t threads[2];

    set_flight_wait(FOR_EVER);
    threads[0] = start(call_leaving, &first);
    await_running(1);
    threads[1] = start(call_leaving, &second);
    await_waiters(1);
    release(1);
    join(threads[0]);
    join(threads[1]);

    ck_assert_int_eq(first, 0);
    ck_assert_int_eq(second, 5);
}
END_TEST

static struct memo_function jumping_function = {WORD_FUNCTION("jumping")};
static _Thread_local jmp_buf way_out;
static _Atomic int jumps;

static long jump_out(int n)
{
    if (jumps++ == 0)
        longjmp(way_out, 1);
    return n;
}

static long identity(int n)
{
    return n;
}

static void *jump_and_miss(void *result)
{
    if (setjmp(way_out) == 0)
        call_word(&jumping_function, jump_out, 5);
    pass_gate();
    *(long *)result = call_word(&jumping_function, identity, 6);
    return NULL;
}

static void *call_jumping(void *result)
{
    *(long *)result = call_word(&jumping_function, jump_out, 5);
    return NULL;
}

START_TEST(waiter_computes_when_the_owner_misses_again_after_a_longjmp)
{
    long first = 0, second = 0;
    pthread_t threads[2];

    set_flight_wait(FOR_EVER);
    threads[0] = start(jump_and_miss, &first);
    await_running(1);
    threads[1] = start(call_jumping, &second);
    await_waiters(1);
    release(1);
    join(threads[0]);
    join(threads[1]);

    ck_assert_int_eq(first, 6);
    ck_assert_int_eq(second, 5);
}
END_TEST

/* ---- deadlocks ---------------------------------------------------------- */

static struct memo_function crossing_function = {WORD_FUNCTION("crossing")};
static _Atomic int crossings;

/* Two threads, each in the body of its own input, ask for the other's. */
static long cross(int n)
{
    if (crossings++ < 2) {
        pass_gate();
        return call_word(&crossing_function, cross, 1 - n) + 1;
    }
    return 10;
}

static void *call_crossing(void *n)
{
    long result = call_word(&crossing_function, cross, *(int *)n);

    ck_assert_int_ge(result, 10);
    return NULL;
}

START_TEST(threads_that_wait_for_each_other_go_on)
{
    int inputs[] = {0, 1};
    pthread_t threads[2];

    set_flight_wait(FOR_EVER);
    for (int i = 0; i < 2; i++)
        threads[i] = start(call_crossing, &inputs[i]);
    await_running(2);
    release(2);
    join(threads[0]);
    join(threads[1]);

    ck_assert_uint_ge(stats_of(&crossing_function).misses, 3);
}
END_TEST

/* A waiter whose flight has ended, but which has not been awake since. */
START_TEST(who_is_about_to_wake_up_is_waited_for)
{
    memo_flights flights;
    memo_thread threads[3] = {{0}};
    memo_flight *flight[3];

    ck_assert(memo_flights_init(&flights));
    for (unsigned i = 0; i < 3; i++) {
        flight[i] = memo_flight_begin(&flights, &threads[i], NULL, NULL);
        flight[i]->word0 = i % 2;
    }
    ck_assert_int_eq(memo_flight_depart(&flights, flight[0], 0),
                     MEMO_FLIGHT_LEADS);
    ck_assert_int_eq(memo_flight_depart(&flights, flight[1], 0),
                     MEMO_FLIGHT_LEADS);
    threads[0].awaits = flight[1];
    flight[1]->waiters = 1;
    pthread_cond_init(&flight[1]->landed, &flights.monotonic);
    memo_flight_end(&flights, flight[1]);

    ck_assert_int_eq(memo_flight_depart(&flights, flight[2], 1000000),
                     MEMO_FLIGHT_ALONE);
    memo_flight_end(&flights, flight[2]);
    memo_flight_end(&flights, flight[0]);
    free(flight[1]);
    free(flights.buckets);
}
END_TEST

static struct memo_function locking_function = {WORD_FUNCTION("locking")};
static pthread_mutex_t recursive;

static long lock_again(int n)
{
    pthread_mutex_lock(&recursive);
    pthread_mutex_unlock(&recursive);
    return n;
}

static void *call_locked(void *unused)
{
    (void)unused;
    for (int i = 0; i < 200; i++) {
        pthread_mutex_lock(&recursive);
        ck_assert_int_eq(call_word(&locking_function, lock_again, i), i);
        pthread_mutex_unlock(&recursive);
        ck_assert_int_eq(call_word(&locking_function, lock_again, i + 1),
                         i + 1);
    }
    return NULL;
}

static void make_recursive(void)
{
    pthread_mutexattr_t attributes;

    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
    pthread_mutex_init(&recursive, &attributes);
}

START_TEST(recursive_mutex_around_a_call_whose_body_takes_it_ends)
{
    pthread_t threads[2];

    make_recursive();
    set_flight_wait(1000000);
    for (int i = 0; i < 2; i++)
        threads[i] = start(call_locked, NULL);
    join(threads[0]);
    join(threads[1]);

    ck_assert_uint_eq(stats_of(&locking_function).entries, 201);
}
END_TEST

/* The body waits for a mutex that the waiter holds. */
static struct memo_function held_function = {WORD_FUNCTION("held")};
static atomic_int held_runs;

static long lock_in_body(int n)
{
    held_runs++;
    pthread_mutex_lock(&recursive);
    pthread_mutex_unlock(&recursive);
    return n;
}

static void *call_without_mutex(void *n)
{
    call_word(&held_function, lock_in_body, *(int *)n);
    return NULL;
}

START_TEST(waits_do_not_grow_with_the_waits_of_others)
{
    struct timespec begin, end;

    make_recursive();
    clock_gettime(CLOCK_MONOTONIC, &begin);
    for (int n = 0; n < 2; n++) {
        pthread_t owner;

        pthread_mutex_lock(&recursive);
        owner = start(call_without_mutex, &n);
        while (held_runs < 2 * n + 1)
            usleep(1000);
        call_word(&held_function, lock_in_body, n);
        pthread_mutex_unlock(&recursive);
        join(owner);
    }
    clock_gettime(CLOCK_MONOTONIC, &end);

    ck_assert_int_eq(held_runs, 4);
    ck_assert_int_lt(end.tv_sec - begin.tv_sec, 6);
    ck_assert_uint_gt(stats_of(&held_function).longest_ns, 900000000);
}
END_TEST

/* Bodies that call each other at random: whoever waits must be waited for by
 * none of those it waits for. */
static struct memo_function tangled_function = {WORD_FUNCTION("tangled"),
                                                .max_entries = 2};
static _Thread_local int tangle_depth;
static _Thread_local unsigned tangle_state;

static long tangle(int n)
{
    if (tangle_depth >= 5)
        return n;
    tangle_depth++;
    for (int i = 0; i < 2; i++) {
        int other;

        tangle_state = tangle_state * 1103515245u + 12345u;
        other = (int)(tangle_state >> 16) % 6;
        ck_assert(call_word(&tangled_function, tangle, other) == other);
    }
    tangle_depth--;
    return n;
}

static void *call_tangled(void *seed)
{
    tangle_state = *(unsigned *)seed;
    for (int i = 0; i < 1500; i++)
        ck_assert(call_word(&tangled_function, tangle, i % 6) == i % 6);
    return NULL;
}

START_TEST(bodies_that_call_each_other_at_random_end)
{
    unsigned seeds[] = {1, 22, 333, 4444};
    pthread_t threads[4];

    set_flight_wait(FOR_EVER);
    for (int i = 0; i < 4; i++)
        threads[i] = start(call_tangled, &seeds[i]);
    for (int i = 0; i < 4; i++)
        join(threads[i]);

    ck_assert_uint_gt(stats_of(&tangled_function).flight_waits, 0);
}
END_TEST

START_TEST(cancelled_waiter_gives_up_after_the_flight)
{
    long first = 0, second = 0;
    pthread_t threads[2];
    void *outcome;

    set_flight_wait(FOR_EVER);
    threads[0] = start(call_slow, &first);
    await_running(1);
    threads[1] = start(call_slow, &second);
    await_waiters(1);
    pthread_cancel(threads[1]);
    release(1);
    join(threads[0]);
    ck_assert_int_eq(pthread_join(threads[1], &outcome), 0);

    /* No lock of the library went with it. */
    ck_assert_int_eq(call_word(&slow_function, slow, 1), 2);
}
END_TEST

Suite *memo_test_suite(void);

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("cache/flight");
    TCase *group = tcase_create("flights");

    tcase_set_timeout(group, 60);
    tcase_add_test(group, threads_that_ask_for_the_same_share_one_computation);
    tcase_add_test(group, waiters_of_a_result_that_is_not_kept_compute_at_once);
    tcase_add_test(group, waiter_computes_when_the_wait_is_over);
    tcase_add_test(group, waiter_computes_when_the_owner_has_left_its_thread);
    tcase_add_test(group,
                   waiter_computes_when_the_owner_misses_again_after_a_longjmp);
    tcase_add_test(group, threads_that_wait_for_each_other_go_on);
    tcase_add_test(group, who_is_about_to_wake_up_is_waited_for);
    tcase_add_test(group,
                   recursive_mutex_around_a_call_whose_body_takes_it_ends);
    tcase_add_test(group, waits_do_not_grow_with_the_waits_of_others);
    tcase_add_test(group, bodies_that_call_each_other_at_random_end);
    tcase_add_test(group, cancelled_waiter_gives_up_after_the_flight);
    suite_add_tcase(suite, group);
    return suite;
}
