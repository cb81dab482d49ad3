/* Memoized functions of several processes that share a server. */
#include "../cache/fixture.h"
#include "redis_server.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <sys/mman.h>

enum { KEYS = 40 };

static const struct memo_persistence on_redis = {
    memo_redis_store_is_in_libmemo_redis, 0, 0};
static struct memo_function slow = {WORD_FUNCTION("slow"),
                                    .persistence = &on_redis};

/* What all processes see. */
typedef struct {
    _Atomic int runs, wrong, ready;
    _Atomic long base; /* what the body computes with */
    _Atomic int phase;
    _Atomic long seen;
} world;

static world *w;
static redis_server server;

static void begin(void)
{
    char url[60];

    if (!has_redis_server()) {
        fprintf(stderr, "redis-server is not installed: not tested\n");
        exit(EXIT_SUCCESS);
    }
    start_server(&server, NULL);
    snprintf(url, sizeof url, "redis://127.0.0.1:%u", server.port);
    setenv("MEMO_REDIS_URL", url, 1);
    setenv("MEMO_STORE_TIMEOUT", "20s", 1);
    w = mmap(NULL, sizeof *w, PROT_READ | PROT_WRITE,
             MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    ck_assert(w != MAP_FAILED);
    w->base = 100;
}

static void end(void)
{
    stop_server(&server);
}

static pid_t start(void (*run)(void))
{
    pid_t child;

    fflush(NULL);
    child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        run();
        exit(0);
    }
    return child;
}

static void finish(pid_t child)
{
    int status;

    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0,
                  "a process has ended with status %x", (unsigned)status);
}

static void wait_for_phase(int phase)
{
    for (int i = 0; i < 3000 && w->phase < phase; i++)
        sleep_ms(10);
    ck_assert_int_ge(w->phase, phase);
}

static long body(int n)
{
    w->runs++;
    sleep_ms(20);
    return w->base + n;
}

/* ---- one computation per key --------------------------------------------- */

static void call_all(void)
{
    w->ready++;
    while (w->ready < 2)
        sleep_ms(1);
    for (int n = 0; n < KEYS; n++) {
        if (call_word(&slow, body, n) != 100 + n)
            w->wrong++;
    }
}

START_TEST(two_processes_compute_each_key_once)
{
    pid_t one = start(call_all), other = start(call_all);

    finish(one);
    finish(other);

    ck_assert_int_eq(w->wrong, 0);
    ck_assert_int_eq(w->runs, KEYS);
}
END_TEST

/* ---- a clear is seen ----------------------------------------------------- */

static void keep_asking(void)
{
    w->seen = call_word(&slow, body, 1);
    w->phase = 1;
    for (int i = 0; i < 3000 && w->phase < 3; i++) {
        w->seen = call_word(&slow, body, 1);
        sleep_ms(10);
    }
}

static void clear_function(void)
{
    wait_for_phase(1);
    call_word(&slow, body, 1); /* so that it is known here */
    w->base = 200;
    if (memo_clear_function(NULL, "slow") != MEMO_OK)
        w->wrong++;
    w->phase = 2;
}

static void clear_one(void)
{
    wait_for_phase(1);
    call_word(&slow, body, 1);
    w->base = 200;
    if (memo_clear_words(&slow, 1, 0) != (int)MEMO_OK)
        w->wrong++;
    w->phase = 2;
}

static void clear_all(void)
{
    wait_for_phase(1);
    call_word(&slow, body, 1);
    w->base = 200;
    if (memo_clear_all() != MEMO_OK)
        w->wrong++;
    w->phase = 2;
}

START_TEST(what_one_process_clears_the_other_forgets)
{
    static void (*const clears[])(void) = {clear_function, clear_one,
                                           clear_all};
    pid_t asking = start(keep_asking), clearing = start(clears[_i]);

    finish(clearing);
    for (int i = 0; i < 3000 && w->seen != 201; i++)
        sleep_ms(10);
    w->phase = 3;
    finish(asking);

    ck_assert_int_eq(w->wrong, 0);
    ck_assert_int_eq(w->seen, 201);
}
END_TEST

/* ---- a server that goes away --------------------------------------------- */

static void go_on(void)
{
    for (int n = 0; w->phase < 2; n = (n + 1) % KEYS) {
        if (call_word(&slow, body, n) != 100 + n)
            w->wrong++;
        w->ready++;
        if (n == 0)
            (void)memo_clear_function(NULL, "slow");
    }
}

static void use_short_timeout(void)
{
    memo_config config;

    memo_config_get(&config);
    config.store_timeout_ns = 50000000u;
    config.log_level = MEMO_LOG_OFF;
    (void)memo_config_set(&config);
    go_on();
}

START_TEST(results_are_right_while_the_server_is_killed_and_comes_back)
{
    pid_t one = start(use_short_timeout), other = start(use_short_timeout);

    for (int i = 0; i < 3; i++) {
        int calls;

        sleep_ms(300);
        kill_server(&server);
        calls = w->ready;
        for (int tries = 0; tries < 3000 && w->ready < calls + 20; tries++)
            sleep_ms(10);
        ck_assert_int_ge(w->ready, calls + 20);
        try_start_server(&server);
    }
    sleep_ms(500);
    w->phase = 2;
    finish(one);
    finish(other);

    ck_assert_int_eq(w->wrong, 0);
}
END_TEST

Suite *memo_test_suite(void);
Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("redis.processes");
    TCase *tests = tcase_create("processes");

    tcase_set_timeout(tests, 120);
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, two_processes_compute_each_key_once);
    tcase_add_loop_test(tests, what_one_process_clears_the_other_forgets, 0, 3);
    tcase_add_test(tests,
                   results_are_right_while_the_server_is_killed_and_comes_back);
    suite_add_tcase(suite, tests);
    return suite;
}
