/* Several threads do everything at once: whatever is handed out must be what
 * the body computes.  Sanitizers see the rest. */
#include "fixture.h"

#include <check.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#define THREADS 4
#define CALLS 6000

static struct memo_function growing = {WORD_FUNCTION("growing")};
static struct memo_function bounded = {WORD_FUNCTION("bounded"),
                                       .max_entries = 100};
static struct memo_function recent = {WORD_FUNCTION("recent"),
                                      .max_entries = 8};
static struct memo_function aging = {WORD_FUNCTION("aging"), .ttl_ns = 50};
static struct memo_function names = {NAME_FUNCTION("names"), .max_entries = 60};
static struct memo_function texts = {TEXT_FUNCTION("texts"), .max_bytes = 4000};
static struct memo_function filling = {FILL_FUNCTION("filling"), .ttl_ns = 200};

static long square(int n)
{
    return (long)n * n;
}

static char *name_of(int n)
{
    char *name = malloc(40);

    if (name)
        snprintf(name, 40, "number %d", n);
    return name;
}

static int count_bytes(const char *text)
{
    return (int)strlen(text);
}

static void fill(int n, int *out)
{
    for (int i = 0; i < n; i++)
        out[i] = n * i;
}

static unsigned next_random(unsigned *state)
{
    *state = *state * 1103515245u + 12345u;
    return *state >> 16;
}

static void call_words(int n)
{
    ck_assert(call_word(&growing, square, n) == square(n));
    ck_assert(call_word(&bounded, square, n % 300) == square(n % 300));
    ck_assert(call_word(&recent, square, n % 12) == square(n % 12));
    ck_assert(call_word(&aging, square, n % 50) == square(n % 50));
}

static void call_bytes(int n)
{
    char expected[40], *name = call_name(&names, name_of, n % 200);
    int out[20];

    snprintf(expected, sizeof expected, "number %d", n % 200);
    ck_assert_str_eq(name, expected);
    free(name);
    ck_assert(call_text(&texts, count_bytes, expected) ==
              (int)strlen(expected));
    call_fill(&filling, fill, n % 20, out);
    for (int i = 0; i < n % 20; i++)
        ck_assert(out[i] == n % 20 * i);
}

static void disturb(int n)
{
    memo_stats stats;

    switch (n % 997) {
    case 0:
        memo_clear_all();
        break;
    case 1:
        memo_clear_function(NULL, "names");
        break;
    case 2:
        memo_stats_of(&stats, NULL, "bounded");
        ck_assert(stats.entries <= 100);
        break;
    case 3:
        memo_clear_words(&growing, (memo_u64)n, 0);
        break;
    default:
        test_time += n % 7 == 0;
    }
}

static void *call_at_random(void *seed)
{
    unsigned state = *(unsigned *)seed;

    for (int i = 0; i < CALLS; i++) {
        int n = (int)(next_random(&state) % 3000);

        call_words(n);
        call_bytes(n);
        disturb((int)next_random(&state));
    }
    return NULL;
}

START_TEST(results_are_right_whatever_other_threads_do)
{
    pthread_t threads[THREADS];
    unsigned seeds[THREADS];

    use_test_time();
    for (unsigned i = 0; i < THREADS; i++) {
        seeds[i] = i * 7919 + (unsigned)_i;
        pthread_create(&threads[i], NULL, call_at_random, &seeds[i]);
    }
    for (unsigned i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);

    ck_assert_uint_le(stats_of(&bounded).entries, 100);
    ck_assert_uint_le(stats_of(&recent).entries, 8);
    ck_assert_uint_le(stats_of(&names).entries, 60);
    ck_assert_uint_le(stats_of(&texts).bytes, 4000);
    ck_assert_uint_eq(stats_of(&growing).calls, THREADS * CALLS);
    ck_assert_uint_eq(stats_of(&names).calls, THREADS * CALLS);
}
END_TEST

static void *come_and_go(void *unused)
{
    (void)unused;
    call_words(5);
    call_bytes(5);
    return NULL;
}

START_TEST(counts_of_threads_that_have_ended_stay)
{
    call_words(5);
    for (int i = 0; i < 200; i++) {
        pthread_t threads[2];

        pthread_create(&threads[0], NULL, come_and_go, NULL);
        pthread_create(&threads[1], NULL, come_and_go, NULL);
        pthread_join(threads[0], NULL);
        pthread_join(threads[1], NULL);
    }

    ck_assert_uint_eq(stats_of(&growing).hits, 400);
    ck_assert_uint_eq(stats_of(&names).calls, 400);
}
END_TEST

/* Settings that send calls the long way, and back. */
static void *switch_settings(void *is_done)
{
    memo_config config = settings();

    for (int i = 0; !*(_Atomic bool *)is_done; i++) {
        config.verify = i % 3 == 1;
        config.disable = i % 3 == 2;
        memo_config_set(&config);
    }
    return NULL;
}

START_TEST(settings_may_change_at_any_time)
{
    static _Atomic bool is_done;
    pthread_t thread;
    unsigned seed = 5;

    use_test_time();
    pthread_create(&thread, NULL, switch_settings, &is_done);
    call_at_random(&seed);
    is_done = true;
    pthread_join(thread, NULL);

    ck_assert_uint_eq(stats_of(&filling).lies, 0);
    ck_assert_uint_eq(stats_of(&growing).calls, CALLS);
}
END_TEST

Suite *memo_test_suite(void);

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("cache/concurrency");
    TCase *group = tcase_create("threads");

    tcase_set_timeout(group, 240);
    tcase_add_loop_test(group, results_are_right_whatever_other_threads_do, 0,
                        3);
    tcase_add_test(group, counts_of_threads_that_have_ended_stay);
    tcase_add_test(group, settings_may_change_at_any_time);
    suite_add_tcase(suite, group);
    return suite;
}
