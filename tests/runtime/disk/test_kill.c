/* Processes that use one store are killed, or stopped, at any moment. */
#include "disk/structure.h"
#include "disk_fixture.h"

#include <lmdb.h>

enum { WORKERS = 4, KEYS = 64 };

static struct memo_function value = {NAME_FUNCTION("value"), .max_entries = 1,
                                     .persistence = &on_disk};

/* What workers tell. */
typedef struct {
    _Atomic long calls, hits, wrong;
    _Atomic long longest_us;
    _Atomic bool is_over;
} tally;

static unsigned next_random(unsigned *state)
{
    *state = *state * 1103515245 + 12345;
    return *state >> 16;
}

static void note_time(tally *of, double begin)
{
    long us = (long)((seconds() - begin) * 1e6), longest = of->longest_us;

    while (us > longest &&
           !atomic_compare_exchange_weak(&of->longest_us, &longest, us))
        continue;
}

static void call_once(tally *of, int n)
{
    double begin = seconds();
    char *text = call_name(&value, compute_value, n);

    note_time(of, begin);
    of->calls++;
    of->wrong += !is_value(text, n);
    free(text);
}

/* Reads and writes: memory keeps one result, and now and then a stored one is
 * forgotten. */
static int work(void *context)
{
    tally *of = context;
    unsigned random = (unsigned)getpid();

    while (!of->is_over) {
        int n = (int)(next_random(&random) % KEYS);
        unsigned choice = next_random(&random) % 100;

        if (choice < 10) {
            struct memo_argument arguments[] = {{&n, 0}};

            memo_clear_call(&value, arguments);
        } else if (choice == 10) {
            double begin = seconds();

            memo_flush();
            note_time(of, begin);
        } else {
            call_once(of, n);
        }
        if (choice == 11)
            memo_clear_function(NULL, "value");
    }
    of->hits += (long)stats_of(&value).store_hits;
    return 0;
}

static pid_t start_worker(tally *of)
{
    pid_t child;

    fflush(NULL);
    child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0)
        exit(work(of));
    return child;
}

static void finish(tally *of, const pid_t *workers)
{
    int status;

    of->is_over = true;
    for (int i = 0; i < WORKERS; i++) {
        ck_assert_int_eq(waitpid(workers[i], &status, 0), workers[i]);
        ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0,
                      "a worker has ended with status %x", (unsigned)status);
    }
}

static void check_structure(void)
{
    char why[200] = "";
    int file = open(in_folder("disk-1/data.mdb"), O_RDONLY);

    ck_assert_int_ge(file, 0);
    ck_assert_msg(memo_structure_check(file, why, sizeof why) ==
                      MEMO_STRUCTURE_SOUND,
                  "%s", why);
    close(file);
}

/* Everything is there for a process that comes now. */
static int read_all(void *context)
{
    tally *of = context;

    for (int round = 0; round < 2; round++) {
        for (int n = 0; n < KEYS; n++)
            call_once(of, n);
        memo_flush();
    }
    of->hits = (long)stats_of(&value).store_hits;
    return 0;
}

static int kill_count(void)
{
    const char *depth = getenv("MEMO_TEST_DEPTH");

    if (depth && strcmp(depth, "deep") == 0)
        return 2000;
    return depth && strcmp(depth, "quick") == 0 ? 40 : 200;
}

START_TEST(killed_processes_leave_nothing_wrong)
{
    tally *of = share_memory(sizeof *of), *after = share_memory(sizeof *after);
    pid_t workers[WORKERS];
    unsigned random = 1;
    int status;

    use_new_folder();
    for (int i = 0; i < WORKERS; i++)
        workers[i] = start_worker(of);

    for (int kills = kill_count(); kills > 0; kills--) {
        int victim = (int)(next_random(&random) % WORKERS);

        pause_ms(50);
        ck_assert_int_eq(kill(workers[victim], SIGKILL), 0);
        ck_assert_int_eq(waitpid(workers[victim], &status, 0), workers[victim]);
        ck_assert_msg(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL,
                      "a worker has ended by itself: %x", (unsigned)status);
        workers[victim] = start_worker(of);
    }
    finish(of, workers);

    ck_assert_int_gt(of->calls, 1000);
    ck_assert_int_eq(of->wrong, 0);
    ck_assert_int_gt(of->hits, 0);
    check_structure();
    ck_assert_int_eq(run_apart(read_all, after), 0);
    ck_assert_int_eq(after->wrong, 0);
    ck_assert_int_ge(after->hits, KEYS - 1);
    remove_folder(test_folder);
}
END_TEST

/* ---- stopped processes --------------------------------------------------- */

static void use_short_timeout(void)
{
    memo_config config = settings();

    config.store_timeout_ns = 50000000u;
    ck_assert_int_eq(memo_config_set(&config), MEMO_OK);
}

/* Whoever was stopped is waited for by nobody else: stops last far longer than
 * any call may take, which leaves room for a busy machine. */
START_TEST(stopped_processes_hold_up_nobody)
{
    tally *each = share_memory(WORKERS * sizeof *each);
    pid_t workers[WORKERS];

    use_new_folder();
    use_short_timeout();
    for (int i = 0; i < WORKERS; i++)
        workers[i] = start_worker(&each[i]);
    pause_ms(300);

    for (int stopped = 0; stopped < WORKERS; stopped++) {
        ck_assert_int_eq(kill(workers[stopped], SIGSTOP), 0);
        pause_ms(500); /* what began before has ended */
        for (int i = 0; i < WORKERS; i++)
            each[i].longest_us = 0;
        pause_ms(4000);
        for (int i = 0; i < WORKERS; i++)
            ck_assert_int_lt(each[i].longest_us, 2000000);
        ck_assert_int_eq(kill(workers[stopped], SIGCONT), 0);
    }
    for (int i = 0; i < WORKERS; i++)
        each[i].is_over = true;
    finish(&each[0], workers);

    for (int i = 0; i < WORKERS; i++) {
        ck_assert_int_gt(each[i].calls, 100);
        ck_assert_int_eq(each[i].wrong, 0);
    }
    check_structure();
    remove_folder(test_folder);
}
END_TEST

/* A writer that has the lock of the environment, and is stopped. */
static pid_t start_holder(void)
{
    pid_t child = fork();
    int status;

    ck_assert_int_ge(child, 0);
    if (child == 0) {
        MDB_env *env;
        MDB_txn *txn;

        if (mdb_env_create(&env) != 0 || mdb_env_set_maxdbs(env, 8) != 0 ||
            mdb_env_open(env, in_folder("disk-1"), MDB_NOTLS, 0600) != 0 ||
            mdb_txn_begin(env, NULL, 0, &txn) != 0)
            _exit(1);
        raise(SIGSTOP);
        _exit(0);
    }
    ck_assert_int_eq(waitpid(child, &status, WUNTRACED), child);
    ck_assert(WIFSTOPPED(status));
    return child;
}

static int compute_some(void *context)
{
    tally *of = context;
    double begin;

    /* On a busy machine the store is there a little later. */
    for (int i = 0; stats_of(&value).store_hits == 0 && i < 1000; i++) {
        call_once(of, 1);
        call_once(of, 2);
        pause_ms(10);
    }
    for (int n = 0; n < KEYS; n++)
        call_once(of, n);
    begin = seconds();
    of->is_over = memo_flush() == MEMO_STORE_LATE;
    note_time(of, begin);
    return 0;
}

static int read_again(void *context)
{
    tally *of = context;

    call_once(of, 1);
    of->hits = (long)stats_of(&value).store_hits;
    return 0;
}

START_TEST(a_writer_that_is_stopped_in_mid_write_holds_up_nobody)
{
    tally *of = share_memory(sizeof *of), *after = share_memory(sizeof *after);
    pid_t holder;
    double begin;

    use_new_folder();
    ck_assert_int_eq(run_apart(read_again, of), 0);
    use_short_timeout();
    holder = start_holder();

    begin = seconds();
    ck_assert_int_eq(run_apart(compute_some, of), 0);
    begin = seconds() - begin;

    ck_assert_int_eq(of->wrong, 0);
    ck_assert(of->is_over);
    /* Far less than for ever: the process waits at its end as well. */
    ck_assert_double_lt(begin, 20);
    kill(holder, SIGKILL);
    waitpid(holder, NULL, 0);
    ck_assert_int_eq(run_apart(read_again, after), 0);
    ck_assert_int_eq(after->hits, 1);
    remove_folder(test_folder);
}
END_TEST

Suite *memo_test_suite(void);
Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("disk.kill");
    TCase *tests = tcase_create("kill");

    tcase_set_timeout(tests, 800);
    tcase_add_test(tests, killed_processes_leave_nothing_wrong);
    tcase_add_test(tests, stopped_processes_hold_up_nobody);
    tcase_add_test(tests,
                   a_writer_that_is_stopped_in_mid_write_holds_up_nobody);
    suite_add_tcase(suite, tests);
    return suite;
}
