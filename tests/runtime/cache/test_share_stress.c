/* Eight threads share objects that fail at random, age quickly, are evicted and
 * cleared, and keep what they got for a while: nobody sees one that was
 * released, each is released once, and soon after it may be. */
#include "fixture.h"

#include <check.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#define THREADS 8
#define ROUNDS 8000
#define KEYS 6
#define PERIODS 300
#define ALIVE 0x5AFE5AFEu

typedef struct {
    _Atomic unsigned mark; /* ALIVE until it is released */
    int n;
    char content[40];
} thing;

static _Atomic unsigned made, released, wrong;

static void *open_thing(int n)
{
    thing *it = calloc(1, sizeof *it);

    if (!it)
        return NULL;
    it->mark = ALIVE;
    it->n = n;
    memset(it->content, 'a' + n, sizeof it->content);
    made++;
    return it;
}

static bool is_whole(const thing *it, int n)
{
    if (it->mark != ALIVE || it->n != n)
        return false;
    for (size_t i = 0; i < sizeof it->content; i++) {
        if (it->content[i] != 'a' + n)
            return false;
    }
    return true;
}

static _Thread_local unsigned state;

static unsigned next_random(void)
{
    state = state * 1103515245u + 12345u;
    return state >> 16;
}

/* It fails once in a while. */
static int validate_thing(const void *result)
{
    thing *it;

    memcpy(&it, result, sizeof it);
    if (it->mark != ALIVE)
        wrong++;
    return next_random() % 16 != 0;
}

static long square(int n)
{
    return (long)n * n;
}

static struct memo_function helper = {WORD_FUNCTION("helper"),
                                      .max_entries = 4};

static void release_thing(const void *result)
{
    thing *it;

    memcpy(&it, result, sizeof it);
    if (atomic_exchange(&it->mark, 0) != ALIVE)
        wrong++;
    memset(it->content, 0, sizeof it->content);
    if (call_word(&helper, square, it->n) != square(it->n))
        wrong++;
    memo_borrow_end(); /* does nothing here */
    free(it);
    released++;
}

static const struct memo_sharing both = {0, validate_thing, release_thing};
static const struct memo_sharing released_only = {0, NULL, release_thing};

static struct memo_function failing = {SHARED_FUNCTION("failing"),
                                       .sharing = &both, .ttl_ns = 300000};
static struct memo_function few = {SHARED_FUNCTION("few"),
                                   .sharing = &released_only, .max_entries = 3};
static struct memo_function calm = {SHARED_FUNCTION("calm"),
                                    .sharing = &released_only};

static thing *get(struct memo_function *function, int n)
{
    return call_shared(function, open_thing, n, 1);
}

static void disturb(void)
{
    switch (next_random() % 200) {
    case 0:
        memo_clear_all();
        break;
    case 1:
        memo_clear_words(&calm, next_random() % KEYS, 0);
        break;
    case 2:
        usleep(next_random() % 300);
        break;
    default:
        sched_yield();
    }
}

static void *use(void *index)
{
    struct memo_function *const functions[] = {&failing, &few, &calm};
    thing *held[3];
    int keys[3];

    state = (unsigned)(uintptr_t)index * 7919u + 1;
    for (unsigned round = 0; round < ROUNDS; round++) {
        for (unsigned i = 0; i < 3; i++) {
            keys[i] = (int)(next_random() % KEYS);
            held[i] = get(functions[i], keys[i]);
        }
        disturb();
        for (unsigned i = 0; i < 3; i++) {
            if (!is_whole(held[i], keys[i]))
                wrong++;
        }
        if (round % 3 == 0)
            memo_borrow_end();
    }
    return NULL;
}

START_TEST(objects_are_released_once_and_never_too_soon)
{
    pthread_t threads[THREADS];

    for (uintptr_t i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, use, (void *)i);
    for (unsigned i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);

    ck_assert_uint_eq(wrong, 0);
    /* All pins are over: only what the tables hold is not released. */
    memo_borrow_end();
    ck_assert_uint_eq(stats_of(&failing).pinned, 0);
    ck_assert_uint_eq(stats_of(&few).pinned, 0);
    ck_assert_uint_eq(made - released, stats_of(&failing).entries +
                                           stats_of(&few).entries +
                                           stats_of(&calm).entries);
    ck_assert_uint_gt(stats_of(&failing).reasons[MEMO_VALIDATE_FAILED], 0);
    memo_clear_all();
    ck_assert_uint_eq(made, released);
}
END_TEST

/* In turns: all threads pin, all objects leave, all pins end.  What has left is
 * released by then, whoever had it. */
static pthread_barrier_t turn;

static void *use_in_turns(void *index)
{
    state = (unsigned)(uintptr_t)index + 1;
    for (int round = 0; round < PERIODS; round++) {
        for (int i = 0; i < KEYS; i++) {
            int n = (int)(next_random() % KEYS);

            if (!is_whole(get(&calm, n), n))
                wrong++;
        }
        pthread_barrier_wait(&turn); /* they leave */
        pthread_barrier_wait(&turn);
        memo_borrow_end();
        pthread_barrier_wait(&turn); /* they are counted */
        pthread_barrier_wait(&turn);
    }
    return NULL;
}

START_TEST(objects_are_released_within_a_period)
{
    pthread_t threads[THREADS];
    unsigned late = 0, held = 0;

    pthread_barrier_init(&turn, NULL, THREADS + 1);
    for (uintptr_t i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, use_in_turns, (void *)i);
    for (int round = 0; round < PERIODS; round++) {
        pthread_barrier_wait(&turn);
        for (memo_u64 n = 0; n < KEYS; n++)
            memo_clear_words(&calm, n, 0);
        held += made - released;
        pthread_barrier_wait(&turn);
        pthread_barrier_wait(&turn);
        memo_borrow_end();
        late += made - released;
        pthread_barrier_wait(&turn);
    }
    for (unsigned i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    pthread_barrier_destroy(&turn);

    ck_assert_uint_eq(wrong, 0);
    ck_assert_uint_gt(held, 0);
    ck_assert_uint_eq(late, 0);
}
END_TEST

Suite *memo_test_suite(void);

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("cache/share stress");
    TCase *group = tcase_create("threads");

    tcase_set_timeout(group, 250);
    tcase_add_test(group, objects_are_released_once_and_never_too_soon);
    tcase_add_test(group, objects_are_released_within_a_period);
    suite_add_tcase(suite, group);
    return suite;
}
