#include "fixture.h"

#include "cache/registry.h"

#include <check.h>
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* The malloc() of these sanitizers may wait for ever in a child when another
 * thread was inside of it at the fork. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define MALLOC_SURVIVES_FORK 0
#elif defined(__has_feature)
#define MALLOC_SURVIVES_FORK                                                   \
    !(__has_feature(address_sanitizer) || __has_feature(thread_sanitizer))
#else
#define MALLOC_SURVIVES_FORK 1
#endif

static _Atomic int runs;

static long identity(int n)
{
    runs++;
    return n;
}

static int count_bytes(const char *text)
{
    runs++;
    return (int)strlen(text);
}

/* ---- unloading ---------------------------------------------------------- */

START_TEST(functions_of_an_unloaded_object_run_uncached)
{
    static struct memo_unit unit, other;
    static struct memo_function word = {WORD_FUNCTION("word"), .unit = &unit};
    static struct memo_function text = {TEXT_FUNCTION("text"), .unit = &unit};
    static struct memo_function rest = {WORD_FUNCTION("rest"), .unit = &other};
    memo_stats stats;

    call_word(&word, identity, 1);
    call_text(&text, count_bytes, "some text");
    call_word(&rest, identity, 1);
    memo_unload(&unit);
    runs = 0;
    ck_assert_int_eq(call_word(&word, identity, 1), 1);
    ck_assert_int_eq(call_text(&text, count_bytes, "some text"), 9);
    ck_assert_int_eq(call_word(&rest, identity, 1), 1);

    ck_assert_int_eq(runs, 2);
    ck_assert_int_eq(memo_stats_of(&stats, NULL, "word"), MEMO_NOT_MEMOIZED);
    ck_assert_int_eq(memo_clear_words(&word, 1, 0), MEMO_NOT_MEMOIZED);
    ck_assert_int_eq(memo_stats_of(&stats, NULL, "rest"), MEMO_OK);
    memo_unload(&unit);
}
END_TEST

START_TEST(counters_of_an_unloaded_function_are_not_inherited)
{
    static struct memo_unit unit;
    static struct memo_function old = {WORD_FUNCTION("old"), .unit = &unit};
    static struct memo_function new = {WORD_FUNCTION("new")};

    for (int i = 0; i < 10; i++)
        call_word(&old, identity, 1);
    memo_unload(&unit);
    call_word(&new, identity, 1);
    call_word(&new, identity, 1);

    ck_assert_uint_eq(stats_of(&new).hits, 1);
}
END_TEST

static struct memo_unit leaving_unit;
static struct memo_function leaving = {WORD_FUNCTION("leaving"),
                                       .unit = &leaving_unit};

static long unload_itself(int n)
{
    memo_unload(&leaving_unit);
    return n;
}

START_TEST(function_may_be_unloaded_while_its_body_runs)
{
    ck_assert_int_eq(call_word(&leaving, unload_itself, 4), 4);
    ck_assert_int_eq(call_word(&leaving, identity, 4), 4);
}
END_TEST

/* ---- memory ------------------------------------------------------------- */

START_TEST(miss_of_any_function_frees_what_expired_in_others)
{
    static struct memo_function old = {WORD_FUNCTION("old"), .ttl_ns = 100};
    static struct memo_function texts = {TEXT_FUNCTION("texts"), .ttl_ns = 100};
    static struct memo_function busy = {WORD_FUNCTION("busy")};
    char text[] = "a";

    use_test_time();
    for (int i = 0; i < 500; i++)
        call_word(&old, identity, i);
    for (; text[0] <= 'z'; text[0]++)
        call_text(&texts, count_bytes, text);
    test_time += 1000;
    for (int i = 0; i < 500; i++)
        call_word(&busy, identity, i);

    ck_assert_uint_eq(stats_of(&old).entries, 0);
    ck_assert_uint_eq(stats_of(&old).expirations, 500);
    ck_assert_uint_eq(stats_of(&texts).entries, 0);
    ck_assert_uint_eq(stats_of(&busy).entries, 500);
}
END_TEST

START_TEST(bound_of_the_process_makes_the_largest_give)
{
    static struct memo_function large = {TEXT_FUNCTION("large")};
    static struct memo_function small = {TEXT_FUNCTION("small")};
    memo_config config = settings();
    char text[1000];

    memset(text, 'x', sizeof text);
    text[sizeof text - 1] = '\0';
    config.max_bytes = 100000;
    memo_config_set(&config);
    for (int i = 0; i < 500; i++) {
        text[0] = (char)('a' + i % 26);
        text[1] = (char)('a' + i / 26);
        call_text(&large, count_bytes, text);
        ck_assert_uint_le(atomic_load(&memo_process.space.bytes), 100000);
    }
    text[100] = '\0';
    runs = 0;
    call_text(&small, count_bytes, text);
    call_text(&small, count_bytes, text);

    ck_assert_int_eq(runs, 1);
    ck_assert_uint_gt(stats_of(&large).evictions, 300);
    ck_assert_uint_gt(stats_of(&large).entries, 50);
}
END_TEST

START_TEST(what_is_larger_than_the_bound_is_not_kept)
{
    static struct memo_function function = {TEXT_FUNCTION("huge")};
    static struct memo_function other = {TEXT_FUNCTION("other")};
    memo_config config = settings();
    char text[3000];

    memset(text, 'x', sizeof text);
    text[sizeof text - 1] = '\0';
    call_text(&other, count_bytes, "stays");
    config.max_bytes = 2000;
    memo_config_set(&config);
    call_text(&function, count_bytes, text);
    call_text(&function, count_bytes, text);

    ck_assert_uint_eq(stats_of(&function).reasons[MEMO_BUDGET], 1);
    ck_assert_uint_eq(stats_of(&other).entries, 1);
}
END_TEST

START_TEST(what_does_not_fit_beside_the_tables_makes_nobody_leave)
{
    static struct memo_function function = {TEXT_FUNCTION("large")};
    static struct memo_function other = {TEXT_FUNCTION("other")};
    memo_config config = settings();
    char text[3900];

    memset(text, 'x', sizeof text);
    text[sizeof text - 1] = '\0';
    config.max_bytes = 6000;
    memo_config_set(&config);
    call_text(&other, count_bytes, "stays");
    call_text(&function, count_bytes, text);

    ck_assert_uint_eq(stats_of(&function).not_kept, 1);
    ck_assert_uint_eq(stats_of(&other).entries, 1);
}
END_TEST

START_TEST(entries_leave_when_the_bound_is_lowered)
{
    static struct memo_function function = {TEXT_FUNCTION("many")};
    memo_config config = settings();
    char text[] = "a";

    for (; text[0] <= 'z'; text[0]++)
        call_text(&function, count_bytes, text);
    config.max_bytes = atomic_load(&memo_process.space.bytes) - 100;
    memo_config_set(&config);

    ck_assert_uint_le(atomic_load(&memo_process.space.bytes), config.max_bytes);
    ck_assert_uint_lt(stats_of(&function).entries, 26);
    ck_assert_uint_gt(stats_of(&function).entries, 20);
}
END_TEST

/* ---- callbacks ---------------------------------------------------------- */

static _Atomic int times_asked, times_locked_out;

/* The time of a clock that looks what its caller holds. */
static memo_u64 read_watchful_time(void *unused)
{
    (void)unused;
    times_asked++;
    if (memo_self && (atomic_load(&memo_self->section) & 1))
        times_locked_out++;
    if (pthread_mutex_trylock(&memo_process.lock) == 0)
        pthread_mutex_unlock(&memo_process.lock);
    else
        times_locked_out++;
    return test_time;
}

START_TEST(clock_is_asked_without_a_lock_and_outside_of_sections)
{
    static struct memo_function words = {WORD_FUNCTION("words"), .ttl_ns = 100};
    static struct memo_function texts = {TEXT_FUNCTION("texts"), .ttl_ns = 100};
    memo_config config = settings();

    config.clock = read_watchful_time;
    memo_config_set(&config);
    for (int i = 0; i < 40; i++) {
        test_time += (memo_u64)i % 10 * 10;
        call_word(&words, identity, i % 4);
        call_text(&texts, count_bytes, "text");
    }
    config.max_bytes = 1;
    memo_config_set(&config);

    ck_assert_uint_gt(stats_of(&words).reasons[MEMO_EXPIRED], 0);
    ck_assert_uint_gt(stats_of(&texts).hits, 0);
    ck_assert_int_gt(times_asked, 0);
    ck_assert_int_eq(times_locked_out, 0);
}
END_TEST

/* ---- fork --------------------------------------------------------------- */

/* Fork, and say whether the child's work came out well. */
static bool succeeds_in_child(bool (*work)(void))
{
    int status = 0;
    pid_t child = fork();

    if (child == 0)
        _exit(work() ? 0 : 1);
    return waitpid(child, &status, 0) == child && WIFEXITED(status) &&
           WEXITSTATUS(status) == 0;
}

static struct memo_function forked = {WORD_FUNCTION("forked")};

static bool hit_and_miss(void)
{
    runs = 0;
    return call_word(&forked, identity, 1) == 1 && runs == 0 &&
           call_word(&forked, identity, 2) == 2 && runs == 1 &&
           call_word(&forked, identity, 2) == 2 && runs == 1 &&
           memo_clear_function(NULL, "forked") == MEMO_OK;
}

START_TEST(child_of_a_fork_hits_and_misses)
{
    call_word(&forked, identity, 1);

    ck_assert(succeeds_in_child(hit_and_miss));
    ck_assert_uint_eq(stats_of(&forked).entries, 1);
}
END_TEST

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static _Atomic bool is_waiting, is_stopping;

static long wait_at_gate(int n)
{
    is_waiting = true;
    pthread_mutex_lock(&gate);
    pthread_mutex_unlock(&gate);
    return n;
}

static void *call_slowly(void *unused)
{
    (void)unused;
    call_word(&forked, wait_at_gate, 7);
    return NULL;
}

static bool compute_seven(void)
{
    return call_word(&forked, identity, 7) == 7;
}

START_TEST(child_does_not_wait_for_threads_of_its_parent)
{
    memo_config config = settings();
    pthread_t thread;

    config.flight_wait_ns = (memo_u64)3600 * 1000000000u;
    memo_config_set(&config);
    pthread_mutex_lock(&gate);
    pthread_create(&thread, NULL, call_slowly, NULL);
    while (!is_waiting)
        usleep(1000);

    ck_assert(succeeds_in_child(compute_seven));
    pthread_mutex_unlock(&gate);
    pthread_join(thread, NULL);
}
END_TEST

static void *call_without_end(void *unused)
{
    (void)unused;
    for (int i = 0; !is_stopping; i++) {
        char text[] = {(char)('a' + i % 26), (char)('a' + i / 26 % 26), '\0'};
        static struct memo_function texts = {TEXT_FUNCTION("endless"),
                                             .max_entries = 40};

        call_text(&texts, count_bytes, text);
        call_word(&forked, identity, i % 5000);
        if (i % 1000 == 0)
            memo_clear_all();
    }
    return NULL;
}

static bool call_many(void)
{
    for (int i = 0; i < 2000; i++) {
        if (call_word(&forked, identity, i) != i)
            return false;
    }
    memo_clear_all();
    return true;
}

START_TEST(fork_in_the_middle_of_everything_leaves_no_lock_behind)
{
    pthread_t threads[2];

    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, call_without_end, NULL);
    for (int i = 0; i < 30; i++)
        ck_assert(succeeds_in_child(call_many));
    is_stopping = true;
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
}
END_TEST

static struct memo_function around_fork = {WORD_FUNCTION("around_fork")};
static int calls_around_fork;

static void miss_around_fork(void)
{
    int n = calls_around_fork++;

    ck_assert_int_eq(call_word(&around_fork, identity, n), n);
    ck_assert_int_eq(call_word(&around_fork, identity, n), n);
}

/* Some of the handlers run while the library is about to fork as well. */
static void *fork_with_handlers(void *unused)
{
    ck_assert(succeeds_in_child(hit_and_miss));
    return unused;
}

START_TEST(handlers_of_fork_may_call_memoized_functions)
{
    pthread_t thread;

    pthread_atfork(miss_around_fork, miss_around_fork, miss_around_fork);
    call_word(&forked, identity, 1);
    pthread_atfork(miss_around_fork, miss_around_fork, miss_around_fork);
    ck_assert(succeeds_in_child(hit_and_miss));
    /* This one has not called the library before. */
    pthread_create(&thread, NULL, fork_with_handlers, NULL);
    pthread_join(thread, NULL);

    ck_assert_int_eq(calls_around_fork, 8);
    ck_assert_int_eq(call_word(&around_fork, identity, 99), 99);
    ck_assert_uint_gt(stats_of(&around_fork).misses, 0);
}
END_TEST

/* ---- membarrier --------------------------------------------------------- */

static void refuse_membarrier(void)
{
    struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_membarrier, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof filter / sizeof filter[0], filter};

    ck_assert_int_eq(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
    ck_assert_int_eq(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program), 0);
}

START_TEST(library_works_where_membarrier_is_refused)
{
    pthread_t threads[2];

    refuse_membarrier();
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, call_without_end, NULL);
    for (int i = 0; i < 20; i++)
        ck_assert(call_many());
    is_stopping = true;
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);

    ck_assert(memo_process.threads.is_fenced);
}
END_TEST

/* ---- cancellation ------------------------------------------------------- */

static void *call_when_cancelled(void *result)
{
    static struct memo_function texts = {TEXT_FUNCTION("texts")};

    pthread_cancel(pthread_self());
    *(long *)result = call_word(&forked, identity, 8);
    *(long *)result += call_text(&texts, count_bytes, "text");
    pthread_testcancel();
    return result;
}

START_TEST(no_call_is_a_cancellation_point)
{
    pthread_t thread;
    void *outcome;
    long result = 0;

    pthread_create(&thread, NULL, call_when_cancelled, &result);
    pthread_join(thread, &outcome);

    ck_assert_ptr_eq(outcome, PTHREAD_CANCELED);
    ck_assert_int_eq(result, 12);
}
END_TEST

/* ---- signal handlers ---------------------------------------------------- */

static struct memo_function handled = {WORD_FUNCTION("handled")};
static _Atomic int signals;

static long plain(int n)
{
    return n;
}

static void handle(int number)
{
    (void)number;
    signals++;
    if (call_word(&handled, plain, 3) != 3)
        _exit(9);
}

static void *send_signals(void *thread)
{
    while (signals < 500) {
        pthread_kill(*(pthread_t *)thread, SIGUSR1);
        usleep(50);
    }
    return NULL;
}

START_TEST(signal_handlers_may_interrupt_the_library_anywhere)
{
    static struct memo_function texts = {TEXT_FUNCTION("texts")};
    struct sigaction action = {.sa_handler = handle, .sa_flags = SA_RESTART};
    pthread_t self = pthread_self(), sender;

    call_word(&handled, plain, 3);
    sigaction(SIGUSR1, &action, NULL);
    pthread_create(&sender, NULL, send_signals, &self);
    while (signals < 500) {
        for (int i = 0; i < 200; i++) {
            ck_assert_int_eq(call_word(&forked, plain, i), i);
            ck_assert_int_eq(call_text(&texts, count_bytes, "text"), 4);
        }
        /* What the handler calls stays: a miss allocates. */
        memo_clear_function(NULL, "forked");
        memo_clear_function(NULL, "texts");
    }
    pthread_join(sender, NULL);

    ck_assert_uint_ge(stats_of(&handled).calls, 500);
}
END_TEST

Suite *memo_test_suite(void);

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("cache/registry");
    TCase *group = tcase_create("process");

    tcase_set_timeout(group, 60);
    tcase_add_test(group, functions_of_an_unloaded_object_run_uncached);
    tcase_add_test(group, counters_of_an_unloaded_function_are_not_inherited);
    tcase_add_test(group, function_may_be_unloaded_while_its_body_runs);
    tcase_add_test(group, miss_of_any_function_frees_what_expired_in_others);
    tcase_add_test(group, bound_of_the_process_makes_the_largest_give);
    tcase_add_test(group, what_is_larger_than_the_bound_is_not_kept);
    tcase_add_test(group,
                   what_does_not_fit_beside_the_tables_makes_nobody_leave);
    tcase_add_test(group, entries_leave_when_the_bound_is_lowered);
    tcase_add_test(group,
                   clock_is_asked_without_a_lock_and_outside_of_sections);
    tcase_add_test(group, child_of_a_fork_hits_and_misses);
    tcase_add_test(group, child_does_not_wait_for_threads_of_its_parent);
    if (MALLOC_SURVIVES_FORK)
        tcase_add_test(group,
                       fork_in_the_middle_of_everything_leaves_no_lock_behind);
    tcase_add_test(group, handlers_of_fork_may_call_memoized_functions);
    tcase_add_test(group, library_works_where_membarrier_is_refused);
    tcase_add_test(group, no_call_is_a_cancellation_point);
    tcase_add_test(group, signal_handlers_may_interrupt_the_library_anywhere);
    suite_add_tcase(suite, group);
    return suite;
}
