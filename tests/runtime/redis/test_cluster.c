#include "fake_host.h"

#include "redis/slots.h"

Suite *memo_test_suite(void);

/* Three masters, and one that follows the first. */
#define SERVERS 4
#define MASTERS 3
#define ENTRIES 300

static redis_server servers[SERVERS];
static process one, two;

static bool has_answer(const redis_server *server, const char *question,
                       const char *text)
{
    memo_redis_reply *reply = try_command(server, question);
    memo_redis_bytes bytes = memo_redis_reply_text(reply);
    bool has = strstr(bytes.at, text) != NULL;

    memo_redis_reply_free(reply);
    return has;
}

static void get_id(char *out, const redis_server *server)
{
    memo_redis_reply *reply = command(server, "CLUSTER MYID");

    snprintf(out, 41, "%s", (const char *)memo_redis_reply_text(reply).at);
    memo_redis_reply_free(reply);
}

static bool is_ready(void)
{
    bool is = true;

    for (unsigned i = 0; i < SERVERS; i++)
        is = is &&
             has_answer(&servers[i], "CLUSTER INFO", "cluster_state:ok") &&
             has_answer(&servers[i], "CLUSTER INFO", "known_nodes:4");
    return is;
}

static void start_cluster(void)
{
    static const unsigned firsts[] = {0, 5461, 10923, 16384};
    char id[41];

    for (unsigned i = 0; i < SERVERS; i++) {
        start_server(&servers[i], "--cluster-enabled", "yes",
                     "--cluster-node-timeout", "1000",
                     "--repl-diskless-sync-delay", "0", NULL);
        if (i < MASTERS)
            DO_COMMAND(&servers[i], "CLUSTER ADDSLOTSRANGE %u %u", firsts[i],
                       firsts[i + 1] - 1);
        DO_COMMAND(&servers[i], "CLUSTER SET-CONFIG-EPOCH %u", i + 1);
    }
    for (unsigned i = 1; i < SERVERS; i++)
        DO_COMMAND(&servers[i], "CLUSTER MEET 127.0.0.1 %u %u", servers[0].port,
                   servers[0].bus_port);
    EVENTUALLY(30, is_ready());
    get_id(id, &servers[0]);
    DO_COMMAND(&servers[3], "CLUSTER REPLICATE %s", id);
    EVENTUALLY(30, has_answer(&servers[3], "INFO replication",
                              "master_link_status:up"));
}

static void begin_two(void)
{
    start_cluster();
    begin_process(&one, &servers[1]);
    begin_process(&two, &servers[2]);
    drop_notes(&one);
    drop_notes(&two);
}

static void end_two(void)
{
    end_process(&two);
    end_process(&one);
    for (unsigned i = 0; i < SERVERS; i++)
        stop_server(&servers[i]);
}

static void save_all(process *by, const char *text)
{
    memo_store_write writes[ENTRIES];

    for (unsigned i = 0; i < ENTRIES; i++)
        writes[i] = (memo_store_write){.operation = MEMO_STORE_SAVE,
                                       .stored = &by->f,
                                       .generation = generation_of(&by->f),
                                       .digest = name_of(i + 1),
                                       .bytes = text,
                                       .size = strlen(text)};
    ck_assert_uint_eq(by->store->write(by->opened, writes, ENTRIES), ENTRIES);
}

/* How many are loaded; all of them as they were saved. */
static unsigned count_loaded(process *by, const char *text)
{
    unsigned count = 0;
    taken got;

    for (unsigned i = 0; i < ENTRIES; i++) {
        bool is_loaded = load_into(&got, by, &by->f, i + 1) == MEMO_LOADED;

        ck_assert(!is_loaded || strcmp(got.text, text) == 0);
        count += is_loaded;
    }
    return count;
}

START_TEST(entries_lie_on_all_servers)
{
    begin_two();

    save_all(&one, "value");

    ck_assert_uint_eq(count_loaded(&two, "value"), ENTRIES);
    for (unsigned i = 0; i < MASTERS; i++)
        ck_assert_uint_gt(count_names(&servers[i], "memo:{*"), ENTRIES / 5);
    ck_assert_uint_eq(count_warnings(&one) + count_warnings(&two), 0);
    end_two();
}
END_TEST

START_TEST(all_of_them_can_be_cleared)
{
    begin_two();
    save_all(&one, "value");

    ck_assert_uint_eq(write_one(&one, MEMO_STORE_CLEAR, &one.f, 0, NULL), 1);

    ck_assert_uint_eq(count_loaded(&one, ""), 0);
    EVENTUALLY(5, count_forgotten(&two, &two.f, 0) == 1);
    ck_assert_uint_eq(count_loaded(&two, ""), 0);
    save_all(&one, "again");
    ck_assert_uint_eq(count_loaded(&two, "again"), ENTRIES);
    ck_assert_uint_eq(write_one(&two, MEMO_STORE_CLEAR_ALL, NULL, 0, NULL), 1);
    EVENTUALLY(5, count_forgotten(&one, NULL, 0) == 1);
    ck_assert_uint_eq(count_loaded(&one, ""), 0);
    tend(&one);
    tend(&two);
    for (unsigned i = 0; i < MASTERS; i++)
        ck_assert_uint_eq(count_names(&servers[i], "memo:{*"), 0);
    end_two();
}
END_TEST

START_TEST(changes_on_all_servers_are_heard_of)
{
    begin_two();
    save_all(&one, "value");

    for (unsigned i = 1; i <= ENTRIES; i++)
        EVENTUALLY(5, count_forgotten(&two, &two.f, i) == 1);
    ck_assert_uint_eq(count_all_forgotten(&one), 0);
    for (unsigned i = 1; i <= 10; i++)
        write_one(&two, MEMO_STORE_REMOVE, &two.f, i, NULL);
    for (unsigned i = 1; i <= 10; i++)
        EVENTUALLY(5, count_forgotten(&one, &one.f, i) == 1);
    ck_assert_uint_eq(count_loaded(&one, "value"), ENTRIES - 10);
    end_two();
}
END_TEST

static int count_item(void *context, const memo_store_item *item)
{
    *(unsigned *)context += item->bytes != NULL;
    return 0;
}

START_TEST(tools_see_entries_of_all_servers)
{
    unsigned count = 0;
    begin_two();
    save_all(&one, "value");

    ck_assert_int_eq(two.store->each(two.opened, count_item, &count), 0);

    ck_assert_uint_eq(count, ENTRIES);
    end_two();
}
END_TEST

START_TEST(claims_work_everywhere)
{
    begin_two();

    for (unsigned i = 1; i <= 20; i++) {
        ck_assert_int_eq(claim(&one, &one.f, i), 1);
        ck_assert_int_eq(claim(&two, &two.f, i), 0);
        write_one(&one, MEMO_STORE_LET_GO, &one.f, i, NULL);
        ck_assert_int_eq(claim(&two, &two.f, i), 1);
    }
    end_two();
}
END_TEST

START_TEST(another_seed_will_do)
{
    char url[128];
    start_cluster();
    snprintf(url, sizeof url, "redis://127.0.0.1:1,127.0.0.1:%u",
             servers[2].port);
    setenv("MEMO_REDIS_URL", url, 1);

    ck_assert_ptr_nonnull(open_only(&one, 1000));

    ck_assert(one.store->attach(one.opened, &one.f));
    save_all(&one, "value");
    ck_assert_uint_eq(count_loaded(&one, "value"), ENTRIES);
    end_process(&one);
    for (unsigned i = 0; i < SERVERS; i++)
        stop_server(&servers[i]);
}
END_TEST

/* ---- slots that move ----------------------------------------------------- */

/* The slot of f's entry of a digest. */
static unsigned slot_of(memo_u64 digest)
{
    memo_redis_entry_name name = {.digest = name_of(digest)};
    memo_redis_key key;

    memo_redis_key_entry(&key, "memo", &name);
    return memo_redis_slot(key.text, key.size);
}

static unsigned owner_of(unsigned slot)
{
    return slot < 5461 ? 0 : slot < 10923 ? 1 : 2;
}

static void move_names(unsigned slot, const redis_server *from,
                       const redis_server *to)
{
    memo_redis_reply *names =
        command(from, "CLUSTER GETKEYSINSLOT %u 100", slot);

    for (size_t i = 0; i < memo_redis_reply_count(names); i++)
        DO_COMMAND(
            from, "MIGRATE 127.0.0.1 %u %s 0 5000", to->port,
            (const char *)memo_redis_reply_text(memo_redis_reply_at(names, i))
                .at);
    memo_redis_reply_free(names);
}

START_TEST(a_slot_moves_under_way)
{
    unsigned slot = slot_of(5);
    redis_server *from = &servers[owner_of(slot)];
    redis_server *to = &servers[(owner_of(slot) + 1) % MASTERS];
    char from_id[41], to_id[41];
    begin_two();
    save_all(&one, "value");
    get_id(from_id, from);
    get_id(to_id, to);

    DO_COMMAND(to, "CLUSTER SETSLOT %u IMPORTING %s", slot, from_id);
    DO_COMMAND(from, "CLUSTER SETSLOT %u MIGRATING %s", slot, to_id);
    expect_loaded(&one, &one.f, 5, "value"); /* still there */
    move_names(slot, from, to);
    expect_loaded(&one, &one.f, 5, "value"); /* ASK */
    expect_loaded(&two, &two.f, 5, "value");
    save(&one, &one.f, 5, "new");
    expect_loaded(&two, &two.f, 5, "new");
    ck_assert_int_eq(claim(&one, &one.f, 5), 1);
    ck_assert_int_eq(claim(&two, &two.f, 5), 0);

    for (unsigned i = 0; i < MASTERS; i++)
        DO_COMMAND(&servers[i], "CLUSTER SETSLOT %u NODE %s", slot, to_id);
    expect_loaded(&one, &one.f, 5, "new"); /* MOVED */
    save(&two, &two.f, 5, "newer");
    expect_loaded(&one, &one.f, 5, "newer");
    drop_notes(&one);
    save(&two, &two.f, 5, "newest");
    EVENTUALLY(5, count_forgotten(&one, &one.f, 5) >= 1);
    ck_assert_uint_eq(count_warnings(&one) + count_warnings(&two), 0);
    end_two();
}
END_TEST

/* Whole parts move, with the generations in them. */
START_TEST(generations_are_known_wherever_they_lie)
{
    char ids[MASTERS][41];
    begin_two();
    save_all(&one, "value");
    for (unsigned i = 0; i < MASTERS; i++)
        get_id(ids[i], &servers[i]);

    for (unsigned slot = 0; slot < MEMO_REDIS_SLOTS; slot++) {
        memo_redis_reply *count =
            owner_of(slot) == 0
                ? command(&servers[0], "CLUSTER COUNTKEYSINSLOT %u", slot)
                : NULL;
        uint64_t number = 0;

        memo_redis_reply_number(&number, count);
        memo_redis_reply_free(count);
        if (number == 0)
            continue;
        DO_COMMAND(&servers[1], "CLUSTER SETSLOT %u IMPORTING %s", slot,
                   ids[0]);
        DO_COMMAND(&servers[0], "CLUSTER SETSLOT %u MIGRATING %s", slot,
                   ids[1]);
        move_names(slot, &servers[0], &servers[1]);
        for (unsigned i = 0; i < MASTERS; i++)
            DO_COMMAND(&servers[i], "CLUSTER SETSLOT %u NODE %s", slot, ids[1]);
    }

    ck_assert_uint_eq(count_loaded(&two, "value"), ENTRIES);
    ck_assert_uint_eq(write_one(&one, MEMO_STORE_CLEAR, &one.f, 0, NULL), 1);
    EVENTUALLY(5, load(&two, &two.f, 5) == MEMO_LOAD_NONE);
    ck_assert_uint_eq(count_loaded(&two, ""), 0);
    ck_assert_uint_eq(write_one(&two, MEMO_STORE_CLEAR_ALL, NULL, 0, NULL), 1);
    EVENTUALLY(5, load(&one, &one.f, 5) == MEMO_LOAD_NONE);
    ck_assert_uint_eq(count_warnings(&one) + count_warnings(&two), 0);
    end_two();
}
END_TEST

/* ---- servers that go ----------------------------------------------------- */

static void tend_both(void)
{
    one.store->tend(one.opened);
    two.store->tend(two.opened);
}

/* Everything works again: both see what either writes. */
static bool has_recovered(const char *text)
{
    tend_both();
    return count_loaded(&one, text) == ENTRIES &&
           count_loaded(&two, text) == ENTRIES;
}

static void expect_coherence(void)
{
    for (unsigned i = 1; i <= 30; i++) {
        drop_notes(&two);
        save(&one, &one.f, i, "coherent");
        EVENTUALLY(5, count_forgotten(&two, &two.f, i) >= 1);
        expect_loaded(&two, &two.f, i, "coherent");
    }
    ck_assert_uint_eq(write_one(&two, MEMO_STORE_CLEAR, &two.f, 0, NULL), 1);
    EVENTUALLY(5, load(&one, &one.f, 5) == MEMO_LOAD_NONE);
    ck_assert_uint_eq(count_loaded(&one, ""), 0);
}

/* It may begin a second after it says that it does. */
static bool has_replica_caught_up(void)
{
    return count_names(&servers[3], "memo*") ==
           count_names(&servers[0], "memo*");
}

/* It may take several attempts: others have to vote for it. */
static bool has_taken_over(void)
{
    if (has_answer(&servers[3], "INFO replication", "role:master"))
        return true;
    DO_COMMAND(&servers[3], "CLUSTER FAILOVER");
    sleep_ms(500);
    return false;
}

START_TEST(a_replica_takes_over_on_demand)
{
    begin_two();
    save_all(&one, "value");
    EVENTUALLY(20, has_replica_caught_up());

    has_taken_over();
    for (unsigned i = 0; i < 20; i++)
        count_loaded(&two, "value"); /* fewer at times, but no others */
    EVENTUALLY(30, has_taken_over());

    EVENTUALLY(20, has_recovered("value"));
    tend_both();
    expect_coherence();
    end_two();
}
END_TEST

/* Who does not know yet still hears of what is changed elsewhere. */
START_TEST(changes_are_heard_of_although_nobody_asks)
{
    memo_u64 digest = 1;
    begin_two();
    while (owner_of(slot_of(digest)) != 0)
        digest++;
    save(&one, &one.f, digest, "value");
    expect_loaded(&two, &two.f, digest, "value");
    EVENTUALLY(20, has_replica_caught_up());
    EVENTUALLY(30, has_taken_over());
    EVENTUALLY(20, has_answer(&servers[0], "INFO replication",
                              "master_link_status:up"));
    drop_notes(&two);

    EVENTUALLY(20, write_one(&one, MEMO_STORE_SAVE, &one.f, digest, "new") &&
                       load(&one, &one.f, digest) == MEMO_LOADED);

    EVENTUALLY(5, count_forgotten(&two, &two.f, digest) +
                          count_forgotten(&two, NULL, 0) >
                      0);
    end_two();
}
END_TEST

START_TEST(a_master_dies)
{
    begin_two();
    save_all(&one, "value");
    EVENTUALLY(20, has_replica_caught_up());
    drop_notes(&two);

    kill_server(&servers[0]);
    EVENTUALLY(5, count_forgotten(&two, NULL, 0) >= 1);
    for (unsigned i = 0; i < 5; i++)
        count_loaded(&two, "value");
    EVENTUALLY(30, has_answer(&servers[3], "INFO replication", "role:master"));

    EVENTUALLY(30, has_recovered("value"));
    tend_both();
    expect_coherence();
    end_two();
}
END_TEST

START_TEST(all_servers_die_and_come_back)
{
    begin_two();
    save_all(&one, "value");

    for (unsigned i = 0; i < SERVERS; i++)
        kill_server(&servers[i]);
    ck_assert_uint_eq(count_loaded(&one, ""), 0);
    ck_assert_uint_eq(write_one(&one, MEMO_STORE_CLEAR, &one.f, 0, NULL), 0);
    for (unsigned i = 0; i < SERVERS; i++)
        ck_assert(try_start_server(&servers[i]));

    EVENTUALLY(60, (tend_both(),
                    write_one(&one, MEMO_STORE_CLEAR, &one.f, 0, NULL) == 1));
    EVENTUALLY(30, (tend_both(), load(&one, &one.f, 1) == MEMO_LOAD_NONE));
    EVENTUALLY(30, (tend_both(), save_all(&one, "again"),
                    count_loaded(&one, "again") == ENTRIES));
    EVENTUALLY(30, has_recovered("again"));
    end_two();
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("redis cluster");
    TCase *tests;

    if (!begins_tests(&tests, suite))
        return suite;
    tcase_add_test(tests, entries_lie_on_all_servers);
    tcase_add_test(tests, all_of_them_can_be_cleared);
    tcase_add_test(tests, changes_on_all_servers_are_heard_of);
    tcase_add_test(tests, tools_see_entries_of_all_servers);
    tcase_add_test(tests, claims_work_everywhere);
    tcase_add_test(tests, another_seed_will_do);
    tcase_add_test(tests, a_slot_moves_under_way);
    tcase_add_test(tests, generations_are_known_wherever_they_lie);
    tcase_add_test(tests, a_replica_takes_over_on_demand);
    tcase_add_test(tests, changes_are_heard_of_although_nobody_asks);
    tcase_add_test(tests, a_master_dies);
    tcase_add_test(tests, all_servers_die_and_come_back);
    return suite;
}
