#include "fake_host.h"

Suite *memo_test_suite(void);

static redis_server server;
static process one, two;

static void begin_two(void)
{
    start_server(&server, NULL);
    begin_process(&one, &server);
    begin_process(&two, &server);
    drop_notes(&one);
    drop_notes(&two);
}

static void end_two(void)
{
    end_process(&two);
    end_process(&one);
    stop_server(&server);
}

/* All that the server has told us up to now is heard: a change that it tells of
 * behind that. */
static void settle(process *of, process *by)
{
    static memo_u64 digest = 1u << 30;

    digest++;
    save(by, &by->g, digest, "x");
    EVENTUALLY(5, count_forgotten(of, &of->g, digest) == 1);
}

START_TEST(what_another_process_saves_is_forgotten)
{
    begin_two();

    save(&two, &two.f, 5, "new");

    EVENTUALLY(5, count_forgotten(&one, &one.f, 5) == 1);
    settle(&one, &two);
    ck_assert_uint_eq(count_all_forgotten(&one), 2);
    end_two();
}
END_TEST

/* Whether it was loaded before or not, and over whatever connection. */
START_TEST(what_a_process_saves_itself_it_keeps)
{
    begin_two();
    ck_assert_int_eq(load(&one, &one.f, 5), MEMO_LOAD_NONE);

    save(&one, &one.f, 5, "own");
    expect_loaded(&one, &one.f, 5, "own");
    save(&one, &one.f, 5, "own");
    save(&one, &one.f, 6, "own");

    settle(&one, &two);
    ck_assert_uint_eq(count_all_forgotten(&one), 1);
    ck_assert_uint_eq(count_forgotten(&two, &two.f, 5), 2);
    save(&two, &two.f, 5, "theirs");
    EVENTUALLY(5, count_forgotten(&one, &one.f, 5) == 1);
    end_two();
}
END_TEST

START_TEST(what_another_process_removes_is_forgotten)
{
    begin_two();
    save(&one, &one.f, 5, "value");

    write_one(&two, MEMO_STORE_REMOVE, &two.f, 5, NULL);

    EVENTUALLY(5, count_forgotten(&one, &one.f, 5) == 1);
    end_two();
}
END_TEST

START_TEST(a_cleared_function_is_forgotten_elsewhere)
{
    begin_two();
    save(&one, &one.f, 5, "value");

    write_one(&two, MEMO_STORE_CLEAR, &two.f, 0, NULL);

    EVENTUALLY(5, count_forgotten(&one, &one.f, 0) == 1);
    ck_assert_int_eq(load(&one, &one.f, 5), MEMO_LOAD_NONE);
    settle(&two, &one);
    ck_assert_uint_eq(count_forgotten(&two, &two.f, 0), 0);
    end_two();
}
END_TEST

START_TEST(when_all_is_cleared_all_is_forgotten_elsewhere)
{
    begin_two();
    save(&one, &one.f, 5, "value");

    write_one(&two, MEMO_STORE_CLEAR_ALL, NULL, 0, NULL);

    EVENTUALLY(5, count_forgotten(&one, NULL, 0) == 1);
    ck_assert_int_eq(load(&one, &one.f, 5), MEMO_LOAD_NONE);
    end_two();
}
END_TEST

START_TEST(what_expires_is_forgotten)
{
    memo_store_write write = {.operation = MEMO_STORE_SAVE,
                              .digest = name_of(5),
                              .bytes = "x",
                              .size = 1};
    begin_two();
    write.stored = &one.f;
    write.generation = generation_of(&one.f);
    write.expires_ns = memo_redis_wall_now() + 50000000u;

    one.store->write(one.opened, &write, 1);

    EVENTUALLY(10, count_forgotten(&one, &one.f, 5) == 1);
    end_two();
}
END_TEST

/* The entries that go have the same digests as those that stay. */
START_TEST(sweeping_makes_nobody_forget)
{
    begin_two();
    save(&one, &one.f, 5, "old");
    write_one(&two, MEMO_STORE_CLEAR, &two.f, 0, NULL);
    EVENTUALLY(5, count_forgotten(&one, &one.f, 0) == 1);
    ck_assert_int_eq(load(&one, &one.f, 5), MEMO_LOAD_NONE);
    save(&one, &one.f, 5, "new");
    expect_loaded(&one, &one.f, 5, "new");
    drop_notes(&one);

    tend(&two);

    ck_assert_uint_eq(count_names(&server, "memo:{*"), 1);
    settle(&one, &two);
    ck_assert_uint_eq(count_all_forgotten(&one), 1);
    end_two();
}
END_TEST

START_TEST(claims_and_hits_make_nobody_forget)
{
    begin_two();

    claim(&two, &two.f, 5);
    write_one(&two, MEMO_STORE_LET_GO, &two.f, 5, NULL);
    two.f.hits = 3;
    sleep_ms(1100);
    tend(&two);

    settle(&one, &two);
    ck_assert_uint_eq(count_all_forgotten(&one), 1);
    end_two();
}
END_TEST

START_TEST(functions_that_are_not_used_here_are_ignored)
{
    memo_stored other;
    begin_two();
    make_function(&other, 99, "h");
    ck_assert(two.store->attach(two.opened, &other));

    save(&two, &other, 5, "value");
    write_one(&two, MEMO_STORE_CLEAR, &other, 0, NULL);

    settle(&one, &two);
    ck_assert_uint_eq(count_all_forgotten(&one), 1);
    end_two();
}
END_TEST

/* ---- links that are lost ------------------------------------------------- */

START_TEST(when_the_listener_is_lost_all_is_forgotten)
{
    begin_two();

    DO_COMMAND(&server, "CLIENT KILL TYPE pubsub");

    EVENTUALLY(5,
               count_forgotten(&one, NULL, 0) == 2); /* and when it is back */
    EVENTUALLY(5, count_forgotten(&two, NULL, 0) == 2);
    settle(&one, &two);
    settle(&two, &one);
    end_two();
}
END_TEST

START_TEST(when_the_writer_is_lost_all_is_forgotten)
{
    begin_two();

    DO_COMMAND(&server, "CLIENT KILL TYPE normal");

    EVENTUALLY(5, count_forgotten(&one, NULL, 0) == 2);
    EVENTUALLY(5, count_forgotten(&two, NULL, 0) == 2);
    settle(&one, &two);
    save(&one, &one.f, 5, "own");
    settle(&one, &two);
    ck_assert_uint_eq(count_forgotten(&one, &one.f, 5), 0);
    end_two();
}
END_TEST

/* Old connections go on, new ones are not let in: so there is no link. */
START_TEST(what_is_loaded_meanwhile_is_not_kept)
{
    memo_redis_connection *connection;
    begin_two();
    connection = try_connect(&server);
    save(&one, &one.f, 5, "value");
    expect_loaded(&one, &one.f, 5, "value");
    ck_assert_uint_eq(count_forgotten(&one, &one.f, 5), 0);
    memo_redis_reply_free(
        command_on(connection, "CONFIG SET requirepass secret"));
    memo_redis_reply_free(command_on(connection, "CLIENT KILL TYPE pubsub"));
    EVENTUALLY(5, count_forgotten(&one, NULL, 0) == 1);

    expect_loaded(&one, &one.f, 5, "value");

    ck_assert_uint_eq(count_forgotten(&one, &one.f, 5), 1);
    sleep_ms(500);
    ck_assert_uint_eq(count_forgotten(&one, NULL, 0), 1);
    memo_redis_reply_free(command_on(connection, "CONFIG SET requirepass "));
    memo_redis_reply_free(command_on(connection, "ACL SETUSER default nopass"));
    EVENTUALLY(5, count_forgotten(&one, NULL, 0) == 2);
    memo_redis_connection_close(connection);
    end_two();
}
END_TEST

START_TEST(a_silent_server_makes_all_forgotten_in_time)
{
    uint64_t begin;
    begin_two();

    begin = memo_redis_now();
    signal_server(&server, SIGSTOP);

    EVENTUALLY(5, count_forgotten(&one, NULL, 0) == 1);
    ck_assert_uint_lt(memo_redis_now() - begin, 3500000000u);
    drop_notes(&one);
    signal_server(&server, SIGCONT);
    EVENTUALLY(10, count_forgotten(&one, NULL, 0) == 1);
    save(&two, &two.f, 5, "value");
    EVENTUALLY(10, count_forgotten(&one, &one.f, 5) >= 1);
    end_two();
}
END_TEST

START_TEST(a_server_that_never_tells_is_told_of_once)
{
    start_server(&server, NULL);
    DO_COMMAND(&server, "ACL SETUSER default -client|tracking");
    use_server(&server);

    ck_assert_ptr_nonnull(open_only(&one, 1000));

    ck_assert(one.store->attach(one.opened, &one.f));
    ck_assert_uint_eq(count_warnings(&one), 1);
    ck_assert(is_warned_of(&one, "does not tell of changes"));
    save(&one, &one.f, 5, "value");
    drop_notes(&one);
    expect_loaded(&one, &one.f, 5, "value");
    ck_assert_uint_eq(count_all_forgotten(&one), 0);

    /* Clearings are noticed all the same. */
    ck_assert_ptr_nonnull(open_only(&two, 1000));
    ck_assert(two.store->attach(two.opened, &two.f));
    write_one(&two, MEMO_STORE_CLEAR, &two.f, 0, NULL);
    ck_assert_int_eq(load(&one, &one.f, 5), MEMO_LOAD_NONE);
    end_two();
}
END_TEST

/* ---- all at once --------------------------------------------------------- */

#define ENTRIES 8

/* Memory, as a cache has it: what was loaded, unless something was forgotten
 * meanwhile. */
typedef struct {
    process *of;
    pthread_mutex_t lock;
    unsigned forgotten[ENTRIES], value[ENTRIES]; /* 0: nothing */
} memory;

static memory memories[2];

static void forget_in_memory(memo_store_host *host, const memo_stored *stored,
                             const memo_name *digest)
{
    memory *at = &memories[(process *)host == &two];

    pthread_mutex_lock(&at->lock);
    for (unsigned i = 0; i < ENTRIES; i++) {
        if ((stored && stored != &at->of->f) ||
            (digest && digest->low != i + 1))
            continue;
        at->forgotten[i]++;
        at->value[i] = 0;
    }
    pthread_mutex_unlock(&at->lock);
}

static void look_up(memory *at, unsigned index)
{
    unsigned before;
    taken got;

    pthread_mutex_lock(&at->lock);
    before = at->forgotten[index];
    pthread_mutex_unlock(&at->lock);
    if (load_into(&got, at->of, &at->of->f, index + 1) != MEMO_LOADED)
        return;
    pthread_mutex_lock(&at->lock);
    if (before == at->forgotten[index])
        at->value[index] = (unsigned)strtoul(got.text, NULL, 10);
    pthread_mutex_unlock(&at->lock);
}

static _Atomic bool is_over;

static void *look_up_many(void *argument)
{
    for (unsigned i = 0; !atomic_load(&is_over); i++)
        look_up(argument, i % ENTRIES);
    return NULL;
}

/* What memory holds in the end is what the store has. */
START_TEST(memory_and_store_agree_in_the_end)
{
    pthread_t threads[4];
    unsigned last = 3000;
    for (unsigned i = 0; i < 2; i++) {
        memories[i].of = i ? &two : &one;
        pthread_mutex_init(&memories[i].lock, NULL);
    }
    also_forget = forget_in_memory;
    begin_two();

    for (unsigned i = 0; i < 4; i++)
        pthread_create(&threads[i], NULL, look_up_many, &memories[i % 2]);
    for (unsigned i = 1; i <= last; i++) {
        char text[16];

        /* One writes, and the other one, too: memory of who writes learns of
         * it from the cache itself. */
        snprintf(text, sizeof text, "%u", i);
        save(i % 2 ? &one : &two, i % 2 ? &one.f : &two.f, i % ENTRIES + 1,
             text);
        forget_in_memory(i % 2 ? &one.host : &two.host, i % 2 ? &one.f : &two.f,
                         &(memo_name){.low = i % ENTRIES + 1});
        if (i % 500 == 0)
            DO_COMMAND(&server, "CLIENT KILL TYPE pubsub");
    }
    sleep_ms(500);
    atomic_store(&is_over, true);
    for (unsigned i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);

    for (unsigned i = 0; i < 2 * ENTRIES; i++) {
        unsigned value = memories[i % 2].value[i / 2];
        taken got;

        ck_assert_int_eq(load_into(&got, &one, &one.f, i / 2 + 1), MEMO_LOADED);
        if (value != 0)
            ck_assert_uint_eq(value, strtoul(got.text, NULL, 10));
    }
    end_two();
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("redis coherence");
    TCase *tests;

    if (!begins_tests(&tests, suite))
        return suite;
    tcase_add_test(tests, what_another_process_saves_is_forgotten);
    tcase_add_test(tests, what_a_process_saves_itself_it_keeps);
    tcase_add_test(tests, what_another_process_removes_is_forgotten);
    tcase_add_test(tests, a_cleared_function_is_forgotten_elsewhere);
    tcase_add_test(tests, when_all_is_cleared_all_is_forgotten_elsewhere);
    tcase_add_test(tests, what_expires_is_forgotten);
    tcase_add_test(tests, sweeping_makes_nobody_forget);
    tcase_add_test(tests, claims_and_hits_make_nobody_forget);
    tcase_add_test(tests, functions_that_are_not_used_here_are_ignored);
    tcase_add_test(tests, when_the_listener_is_lost_all_is_forgotten);
    tcase_add_test(tests, when_the_writer_is_lost_all_is_forgotten);
    tcase_add_test(tests, what_is_loaded_meanwhile_is_not_kept);
    tcase_add_test(tests, a_silent_server_makes_all_forgotten_in_time);
    tcase_add_test(tests, a_server_that_never_tells_is_told_of_once);
    tcase_add_test(tests, memory_and_store_agree_in_the_end);
    return suite;
}
