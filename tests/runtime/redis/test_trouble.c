#include "two_processes.h"

#include "base/tsan.h"

Suite *memo_test_suite(void);

START_TEST(a_full_server_is_told_of_once)
{
    begin_one();
    save(&one, &one.f, 5, "value");
    DO_COMMAND(&server, "CONFIG SET maxmemory 1");

    save(&one, &one.f, 6, "value");
    save(&one, &one.f, 7, "value");

    ck_assert_uint_eq(count_warnings(&one), 1);
    ck_assert(is_warned_of(&one, "maxmemory"));
    expect_loaded(&one, &one.f, 5, "value");
    ck_assert_int_eq(load(&one, &one.f, 6), MEMO_LOAD_NONE);
    end_one();
}
END_TEST

START_TEST(a_replica_is_told_of_once)
{
    begin_one();
    save(&one, &one.f, 5, "value");
    DO_COMMAND(&server, "REPLICAOF 127.0.0.1 1");

    save(&one, &one.f, 6, "value");
    save(&one, &one.f, 6, "value");
    ck_assert_uint_eq(write_one(&one, MEMO_STORE_CLEAR, &one.f, 0, NULL), 0);

    ck_assert_uint_eq(count_warnings(&one), 1);
    ck_assert(is_warned_of(&one, "READONLY"));
    DO_COMMAND(&server, "REPLICAOF NO ONE");
    ck_assert_uint_eq(write_one(&one, MEMO_STORE_CLEAR, &one.f, 0, NULL), 1);
    ck_assert_int_eq(load(&one, &one.f, 5), MEMO_LOAD_NONE);
    end_one();
}
END_TEST

START_TEST(a_name_of_another_kind_is_told_of)
{
    memo_redis_reply *names;
    begin_one();
    save(&one, &one.f, 5, "value");
    names = command(&server, "KEYS memo:{*");
    DO_COMMAND(
        &server, "DEL %s",
        (const char *)memo_redis_reply_text(memo_redis_reply_at(names, 0)).at);
    DO_COMMAND(
        &server, "LPUSH %s x",
        (const char *)memo_redis_reply_text(memo_redis_reply_at(names, 0)).at);
    memo_redis_reply_free(names);

    ck_assert_int_eq(load(&one, &one.f, 5), MEMO_LOAD_FAILED);

    ck_assert(is_warned_of(&one, "WRONGTYPE"));
    ck_assert_uint_eq(write_one(&one, MEMO_STORE_REMOVE, &one.f, 5, NULL), 1);
    ck_assert_int_eq(load(&one, &one.f, 5), MEMO_LOAD_NONE);
    end_one();
}
END_TEST

static uint64_t time_of_load_ns(process *by, memo_loading expected)
{
    uint64_t begin = memo_redis_now();

    ck_assert_int_eq(load(by, &by->f, 5), expected);
    return memo_redis_now() - begin;
}

START_TEST(a_server_that_comes_back_is_used_again)
{
    begin_one();
    save(&one, &one.f, 5, "value");
    kill_server(&server);

    time_of_load_ns(&one, MEMO_LOAD_FAILED);
    for (unsigned i = 0; i < 100; i++)
        ck_assert_uint_lt(time_of_load_ns(&one, MEMO_LOAD_FAILED), 500000000u);
    ck_assert_int_eq(claim(&one, &one.f, 5), 1);
    ck_assert_uint_eq(write_one(&one, MEMO_STORE_SAVE, &one.f, 5, "x"), 0);
    ck_assert_uint_eq(write_one(&one, MEMO_STORE_CLEAR, &one.f, 0, NULL), 0);
    ck_assert_uint_eq(count_warnings(&one), 1);

    ck_assert(try_start_server(&server));
    EVENTUALLY(10, load(&one, &one.f, 5) == MEMO_LOAD_NONE);
    save(&one, &one.f, 5, "again");
    expect_loaded(&one, &one.f, 5, "again");
    tend(&one);
    ck_assert_uint_eq(count_names(&server, "memo:function:*"), 2);
    ck_assert_uint_eq(count_names(&server, "memo:secret"), 1);
    begin_process(&two, &server);
    expect_loaded(&two, &two.f, 5, "again");
    end_two();
}
END_TEST

START_TEST(a_quick_restart_goes_unnoticed)
{
    begin_one();
    save(&one, &one.f, 5, "value");
    kill_server(&server);
    ck_assert(try_start_server(&server));

    ck_assert_int_eq(load(&one, &one.f, 5), MEMO_LOAD_NONE);
    save(&one, &one.f, 6, "new");

    expect_loaded(&one, &one.f, 6, "new");
    end_one();
}
END_TEST

START_TEST(nobody_waits_longer_for_a_server_that_hangs)
{
    begin_one();
    save(&one, &one.f, 5, "value");
    expect_loaded(&one, &one.f, 5, "value");
    one.host.timeout_ns = 50000000u;
    signal_server(&server, SIGSTOP);

    ck_assert_uint_lt(time_of_load_ns(&one, MEMO_LOAD_FAILED), 200000000u);
    ck_assert_uint_lt(time_of_load_ns(&one, MEMO_LOAD_FAILED), 20000000u);
    sleep_ms(500);
    ck_assert_uint_lt(time_of_load_ns(&one, MEMO_LOAD_FAILED), 200000000u);

    one.host.timeout_ns = 1000000000u;
    signal_server(&server, SIGCONT);
    EVENTUALLY(15, load(&one, &one.f, 5) == MEMO_LOADED);
    end_one();
}
END_TEST

START_TEST(all_may_be_lost)
{
    begin_one();
    save(&one, &one.f, 5, "value");

    DO_COMMAND(&server, "FLUSHALL");

    EVENTUALLY(5, count_forgotten(&one, NULL, 0) > 1);
    ck_assert_int_eq(load(&one, &one.f, 5), MEMO_LOAD_NONE);
    save(&one, &one.f, 5, "new");
    expect_loaded(&one, &one.f, 5, "new");
    tend(&one);
    begin_process(&two, &server);
    ck_assert_mem_eq(one.host.secret, two.host.secret, 192);
    expect_loaded(&two, &two.f, 5, "new");
    end_two();
}
END_TEST

START_TEST(functions_can_be_attached_later)
{
    start_server(&server, NULL);
    use_server(&server);
    ck_assert_ptr_nonnull(open_only(&one, 1000));
    kill_server(&server);

    ck_assert_int_eq(one.store->attach(one.opened, &one.f), 0);

    ck_assert(try_start_server(&server));
    EVENTUALLY(10, one.store->attach(one.opened, &one.f));
    save(&one, &one.f, 5, "value");
    expect_loaded(&one, &one.f, 5, "value");
    end_one();
}
END_TEST

/* ---- threads and processes ----------------------------------------------- */

static void *load_many(void *argument)
{
    for (unsigned i = 0; i < 500; i++) {
        memo_u64 digest = i % 20 + 1;
        char expected[16];
        taken got;

        snprintf(expected, sizeof expected, "value %u", (unsigned)digest);
        if (load_into(&got, &one, &one.f, digest) != MEMO_LOADED ||
            strcmp(got.text, expected) != 0)
            atomic_fetch_add((_Atomic unsigned *)argument, 1);
        claim(&one, &one.g, i);
    }
    return NULL;
}

START_TEST(many_threads_load_at_once)
{
    static _Atomic unsigned failures;
    pthread_t threads[40]; /* more than there are connections */
    begin_one();
    one.host.timeout_ns = 30u * 1000000000ull;
    for (unsigned i = 1; i <= 20; i++) {
        char text[16];

        snprintf(text, sizeof text, "value %u", i);
        save(&one, &one.f, i, text);
    }

    for (unsigned i = 0; i < 40; i++)
        ck_assert_int_eq(
            pthread_create(&threads[i], NULL, load_many, &failures), 0);
    for (unsigned i = 0; i < 100; i++) {
        save(&one, &one.g, i + 1, "x");
        one.store->tend(one.opened);
    }
    for (unsigned i = 0; i < 40; i++)
        pthread_join(threads[i], NULL);

    ck_assert_uint_eq(atomic_load(&failures), 0);
    end_one();
}
END_TEST

START_TEST(a_child_opens_it_anew)
{
    void *parents;
    pid_t child;
    int status;
    if (MEMO_IS_TSAN) /* it allows no threads in children */
        return;
    begin_one();
    save(&one, &one.f, 5, "value");

    child = fork();
    if (child == 0) {
        taken got;

        parents = one.opened;
        one.opened = one.store->open(&one.host);
        alarm(20);
        _exit(!one.opened || one.opened == parents ||
              !one.store->attach(one.opened, &one.f) ||
              load_into(&got, &one, &one.f, 5) != MEMO_LOADED ||
              strcmp(got.text, "value") != 0 ||
              write_one(&one, MEMO_STORE_SAVE, &one.f, 6, "child") != 1);
    }
    for (unsigned i = 0; i < 100; i++)
        expect_loaded(&one, &one.f, 5, "value");
    ck_assert_int_eq(waitpid(child, &status, 0), child);

    ck_assert_int_eq(status, 0);
    expect_loaded(&one, &one.f, 6, "child");
    end_one();
}
END_TEST

START_TEST(it_can_be_closed_and_opened_again)
{
    begin_one();
    save(&one, &one.f, 5, "value");

    one.store->close(one.opened);
    one.opened = one.store->open(&one.host);

    ck_assert_ptr_nonnull(one.opened);
    ck_assert(one.store->attach(one.opened, &one.f));
    expect_loaded(&one, &one.f, 5, "value");
    end_one();
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("redis trouble");
    TCase *tests;

    if (!begins_tests(&tests, suite))
        return suite;
    tcase_add_test(tests, a_full_server_is_told_of_once);
    tcase_add_test(tests, a_replica_is_told_of_once);
    tcase_add_test(tests, a_name_of_another_kind_is_told_of);
    tcase_add_test(tests, a_server_that_comes_back_is_used_again);
    tcase_add_test(tests, a_quick_restart_goes_unnoticed);
    tcase_add_test(tests, nobody_waits_longer_for_a_server_that_hangs);
    tcase_add_test(tests, all_may_be_lost);
    tcase_add_test(tests, functions_can_be_attached_later);
    tcase_add_test(tests, many_threads_load_at_once);
    tcase_add_test(tests, a_child_opens_it_anew);
    tcase_add_test(tests, it_can_be_closed_and_opened_again);
    return suite;
}
