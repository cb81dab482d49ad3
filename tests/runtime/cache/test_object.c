/* An object is released once, when it has left the table and nobody pins it. */
#define _GNU_SOURCE
#include "share_fixture.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- release ------------------------------------------------------------ */

START_TEST(object_is_released_after_it_left_and_its_pin_ended)
{
    static struct memo_function function = {SHARED_FUNCTION("pinned"),
                                            .sharing = &released_only};
    thing *it = get(&function, 1);

    memo_clear_function(NULL, "pinned");
    ck_assert(!it->is_released);
    ck_assert_uint_eq(stats_of(&function).pinned, 1);
    ck_assert_uint_gt(stats_of(&function).pinned_bytes, 0);
    memo_borrow_end();

    ck_assert(it->is_released);
    ck_assert_int_eq(released, 1);
    ck_assert_uint_eq(stats_of(&function).pinned, 0);
    ck_assert_uint_eq(stats_of(&function).pinned_bytes, 0);
}
END_TEST

START_TEST(object_in_the_table_outlives_its_pins)
{
    static struct memo_function function = {SHARED_FUNCTION("kept"),
                                            .sharing = &released_only};
    thing *it = get(&function, 1);

    memo_borrow_end();
    ck_assert(!it->is_released);
    ck_assert_ptr_eq(get(&function, 1), it);
    memo_borrow_end();
    memo_clear_words(&function, memo_word(&it->n, sizeof it->n), 0);

    ck_assert(it->is_released);
    ck_assert_int_eq(released, 1);
}
END_TEST

START_TEST(object_that_is_not_kept_is_the_callers_until_its_pin_ends)
{
    static struct memo_function function = {SHARED_FUNCTION("unwanted"),
                                            .sharing = &released_only};
    thing *it = call_shared(&function, open_any, 1, 0);

    ck_assert(!it->is_released);
    ck_assert_ptr_ne(call_shared(&function, open_any, 1, 0), it);
    memo_borrow_end();

    ck_assert(it->is_released);
    ck_assert_int_eq(released, 2);
}
END_TEST

START_TEST(evicted_object_is_released)
{
    static struct memo_function function = {
        SHARED_FUNCTION("few"), .sharing = &released_only, .max_entries = 2};

    for (int n = 0; n < 5; n++) {
        get(&function, n);
        memo_borrow_end();
    }

    ck_assert_int_eq(released, 3);
    ck_assert(!things[3].is_released && !things[4].is_released);
}
END_TEST

START_TEST(expired_object_is_replaced_and_released)
{
    static struct memo_function function = {
        SHARED_FUNCTION("aging"), .sharing = &released_only, .ttl_ns = 100};
    thing *old, *new;

    use_test_time();
    old = get(&function, 1);
    test_time += 100;
    new = get(&function, 1);

    ck_assert_ptr_ne(old, new);
    ck_assert(!old->is_released);
    ck_assert_uint_eq(stats_of(&function).reasons[MEMO_EXPIRED], 1);
    memo_borrow_end();
    ck_assert(old->is_released && !new->is_released);
}
END_TEST

START_TEST(sweep_releases_what_nobody_asks_for)
{
    static struct memo_function aging = {
        SHARED_FUNCTION("swept"), .sharing = &released_only, .ttl_ns = 100};
    static struct memo_function other = {SHARED_FUNCTION("other"),
                                         .sharing = &released_only};

    use_test_time();
    get(&aging, 1);
    memo_borrow_end();
    test_time += 100;
    for (int n = 0; n < 64 && released == 0; n++)
        get(&other, n);

    ck_assert_int_eq(released, 1);
    ck_assert(things[0].is_released);
}
END_TEST

static void *get_and_end(void *function)
{
    return get(function, 1);
}

START_TEST(end_of_the_thread_ends_its_pins)
{
    static struct memo_function function = {SHARED_FUNCTION("threaded"),
                                            .sharing = &released_only};
    pthread_t thread;
    void *it;

    pthread_create(&thread, NULL, get_and_end, &function);
    pthread_join(thread, &it);
    ck_assert_uint_eq(stats_of(&function).pinned, 0);
    ck_assert_int_eq(released, 0);
    memo_clear_all();

    ck_assert_int_eq(released, 1);
}
END_TEST

START_TEST(pins_end_for_thousands_at_once)
{
    static struct memo_function function = {SHARED_FUNCTION("many"),
                                            .sharing = &released_only};

    for (int round = 0; round < 3; round++) {
        for (int n = 0; n < 900; n++)
            get(&function, n);
        ck_assert_uint_eq(stats_of(&function).pinned, 900);
        memo_borrow_end();
        ck_assert_uint_eq(stats_of(&function).pinned, 0);
    }
    ck_assert_int_eq(made, 900);
    memo_clear_all();

    ck_assert_int_eq(released, 900);
}
END_TEST

/* ---- the process -------------------------------------------------------- */

START_TEST(child_does_not_release_what_its_parent_made)
{
    static struct memo_function function = {SHARED_FUNCTION("inherited"),
                                            .sharing = &released_only};
    thing *it = get(&function, 1);
    int status = 0;
    pid_t child = fork();

    if (child == 0) {
        bool is_right = get(&function, 1) == it;

        get(&function, 2);
        memo_clear_all();
        memo_borrow_end();
        _exit(is_right && released == 1 && !it->is_released ? 0 : 1);
    }
    waitpid(child, &status, 0);
    ck_assert_int_eq(status, 0);
    memo_clear_all();
    memo_borrow_end();

    ck_assert_int_eq(released, 1);
}
END_TEST

static int at_exit[2];

static void tell(thing *it)
{
    char n = (char)it->n;

    if (write(at_exit[1], &n, 1) != 1)
        _exit(2);
}

START_TEST(objects_are_released_at_exit_if_asked_for)
{
    static struct memo_function function = {SHARED_FUNCTION("last"),
                                            .sharing = &released_only};
    char read_back[4];
    pid_t child;

    ck_assert_int_eq(pipe(at_exit), 0);
    child = fork();
    if (child == 0) {
        memo_config config = settings();

        config.release_at_exit = _i;
        memo_config_set(&config);
        on_release = tell;
        get(&function, 1);
        get(&function, 2);
        exit(0);
    }
    close(at_exit[1]);
    waitpid(child, NULL, 0);

    ck_assert_int_eq(read(at_exit[0], read_back, sizeof read_back), _i ? 2 : 0);
}
END_TEST

START_TEST(unloading_releases)
{
    static struct memo_unit unit;
    static struct memo_function function = {
        SHARED_FUNCTION("unloaded"), .sharing = &released_only, .unit = &unit};

    get(&function, 1);
    memo_unload(&unit);

    ck_assert_int_eq(released, 1);
    ck_assert_ptr_nonnull(get(&function, 1));
}
END_TEST

static pthread_barrier_t barrier;

static void *hold(void *function)
{
    get(function, 1);
    pthread_barrier_wait(&barrier);
    pthread_barrier_wait(&barrier);
    return NULL;
}

START_TEST(unloading_does_not_release_what_others_use)
{
    static struct memo_unit unit;
    static struct memo_function function = {
        SHARED_FUNCTION("foreign"), .sharing = &released_only, .unit = &unit};
    memo_config config = settings();
    pthread_t thread;

    config.log_level = MEMO_LOG_OFF;
    memo_config_set(&config);
    pthread_barrier_init(&barrier, NULL, 2);
    pthread_create(&thread, NULL, hold, &function);
    pthread_barrier_wait(&barrier);
    memo_unload(&unit);
    pthread_barrier_wait(&barrier);
    pthread_join(thread, NULL);

    ck_assert_int_eq(released, 0);
}
END_TEST

Suite *memo_test_suite(void);

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("cache/object");
    TCase *group = tcase_create("release");

    tcase_add_checked_fixture(group, set_up, NULL);
    tcase_add_test(group, object_is_released_after_it_left_and_its_pin_ended);
    tcase_add_test(group, object_in_the_table_outlives_its_pins);
    tcase_add_test(group,
                   object_that_is_not_kept_is_the_callers_until_its_pin_ends);
    tcase_add_test(group, evicted_object_is_released);
    tcase_add_test(group, expired_object_is_replaced_and_released);
    tcase_add_test(group, sweep_releases_what_nobody_asks_for);
    tcase_add_test(group, end_of_the_thread_ends_its_pins);
    tcase_add_test(group, pins_end_for_thousands_at_once);
    tcase_add_test(group, child_does_not_release_what_its_parent_made);
    tcase_add_loop_test(group, objects_are_released_at_exit_if_asked_for, 0, 2);
    tcase_add_test(group, unloading_releases);
    tcase_add_test(group, unloading_does_not_release_what_others_use);
    suite_add_tcase(suite, group);
    return suite;
}
