#include "test_structure.h"

#include <signal.h>
#include <sys/wait.h>

Suite *memo_test_suite(void);

/* Numbers of the first two pages that describe the store. */
enum { MAIN_TREE = 88, LAST_PAGE = 136, TRANSACTION = 144 };

/* One transaction, perhaps with one within it. */
static void change_store(MDB_env *store, uint64_t *random, bool is_uneven)
{
    size_t fate = random_below(random, 12);
    MDB_txn *change, *within;
    MDB_dbi entries, functions;

    ck_assert_int_eq(mdb_txn_begin(store, NULL, 0, &change), 0);
    ck_assert_int_eq(mdb_dbi_open(change, "entries", MDB_CREATE, &entries), 0);
    ck_assert_int_eq(mdb_dbi_open(change, "functions", MDB_CREATE, &functions),
                     0);
    ck_assert_int_eq(change_some(change, entries, random, is_uneven), 0);
    if (fate == 0) {
        ck_assert_int_eq(mdb_txn_begin(store, change, 0, &within), 0);
        ck_assert_int_eq(change_some(within, entries, random, is_uneven), 0);
        if (random_below(random, 2))
            ck_assert_int_eq(mdb_txn_commit(within), 0);
        else
            mdb_txn_abort(within);
    }
    if (fate == 1)
        ck_assert_int_eq(mdb_drop(change, entries, 0), 0);
    if (fate == 2)
        ck_assert_int_eq(mdb_drop(change, functions, 1), 0);
    else
        ck_assert_int_eq(put(change, functions, key_of(fate, false), 200), 0);
    if (fate == 3)
        mdb_txn_abort(change);
    else
        ck_assert_int_eq(mdb_txn_commit(change), 0);
}

/* An old reader keeps pages from being used again. */
static void toggle_reader(MDB_env *store, MDB_txn **reader)
{
    if (*reader) {
        mdb_txn_abort(*reader);
        *reader = NULL;
    } else {
        ck_assert_int_eq(mdb_txn_begin(store, NULL, MDB_RDONLY, reader), 0);
    }
}

/* What LMDB makes is sound after each transaction. */
static void make_store(uint64_t seed, size_t changes)
{
    uint64_t random = seed;
    MDB_env *store = open_store(MAP_SIZE);
    MDB_txn *reader = NULL;

    for (size_t i = 0; i < changes; i++) {
        size_t event = random_below(&random, 10);

        if (event == 0 || (event == 1 && reader))
            toggle_reader(store, &reader);
        if (event == 2 && !reader) {
            mdb_env_close(store);
            store = open_store(MAP_SIZE + random_below(&random, MAP_SIZE));
        }
        ck_assert_ptr_nonnull(store);
        change_store(store, &random, seed % 2);
        expect_sound();
    }
    if (reader)
        mdb_txn_abort(reader);
    mdb_env_close(store);
}

START_TEST(an_empty_file_is_sound)
{
    write_image(bytes, 0);

    expect_sound();
}
END_TEST

START_TEST(a_new_store_is_sound)
{
    mdb_env_close(open_store(MAP_SIZE));

    expect_sound();
}
END_TEST

START_TEST(what_lmdb_makes_is_sound)
{
    make_store((uint64_t)_i, by_depth(20, 100, 2000));
}
END_TEST

/* Write until the process is killed. */
static void write_on(uint64_t random, int told)
{
    MDB_env *store = open_store(MAP_SIZE);

    for (;;) {
        change_store(store, &random, random % 2);
        if (write(told, "", 1) != 1)
            _exit(EXIT_FAILURE);
    }
}

START_TEST(a_killed_writer_leaves_a_sound_store)
{
    uint64_t random = 1;
    int told[2], status;
    char byte;
    pid_t writer;

    for (size_t i = 0; i < by_depth(3, 20, 500); i++) {
        ck_assert_int_eq(pipe(told), 0);
        writer = fork();
        if (writer == 0)
            write_on(i, told[1]);
        for (size_t change = random_below(&random, 5) + 1; change > 0; change--)
            ck_assert_int_eq(read(told[0], &byte, 1), 1);
        usleep((useconds_t)random_below(&random, 3000));
        ck_assert_int_eq(kill(writer, SIGKILL), 0);
        ck_assert_int_eq(waitpid(writer, &status, 0), writer);
        ck_assert(WIFSIGNALED(status));
        close(told[0]);
        close(told[1]);

        expect_sound();
    }
}
END_TEST

START_TEST(a_value_that_shrinks_before_it_is_written_is_sound)
{
    MDB_env *store = open_store(MAP_SIZE);
    MDB_txn *change;
    MDB_dbi at;

    ck_assert_int_eq(mdb_txn_begin(store, NULL, 0, &change), 0);
    ck_assert_int_eq(mdb_dbi_open(change, "entries", MDB_CREATE, &at), 0);
    ck_assert_int_eq(put(change, at, key_of(1, false), LONGEST), 0);
    ck_assert_int_eq(put(change, at, key_of(1, false), 20), 0);
    ck_assert_int_eq(mdb_txn_commit(change), 0);
    mdb_env_close(store);

    expect_sound();
}
END_TEST

/* The pages 0 and 1 are written in turn. */
START_TEST(the_older_description_may_tell_of_what_is_gone)
{
    size_t older;

    make_image(100);
    older = image[TRANSACTION] < image[4096 + TRANSACTION] ? 0 : 4096;
    memset(image + older + MAIN_TREE, 0xEE, TRANSACTION - MAIN_TREE);
    write_image(image, image_size);

    expect_sound();
    free(image);
}
END_TEST

START_TEST(a_store_needs_both_descriptions)
{
    make_image(100);
    for (size_t page = 0; page < 2; page++) {
        image[4096 * page + 16] ^= 1;
        write_image(image, image_size);
        image[4096 * page + 16] ^= 1;

        ck_assert_int_eq(check_file(), MEMO_STRUCTURE_DAMAGED);
        ck_assert_ptr_null(open_store(MAP_SIZE));
    }
    free(image);
}
END_TEST

START_TEST(databases_with_duplicates_are_refused)
{
    MDB_env *store = open_store(MAP_SIZE);
    MDB_txn *change;
    MDB_dbi at;

    ck_assert_int_eq(mdb_txn_begin(store, NULL, 0, &change), 0);
    ck_assert_int_eq(mdb_dbi_open(change, "d", MDB_CREATE | MDB_DUPSORT, &at),
                     0);
    ck_assert_int_eq(mdb_txn_commit(change), 0);
    mdb_env_close(store);

    ck_assert_int_eq(check_file(), MEMO_STRUCTURE_DAMAGED);
    ck_assert_str_eq(why, "a database has the flags 0x4 and 0");
}
END_TEST

/* A file of holes claims to have more pages than there is memory for. */
START_TEST(the_size_of_a_file_is_not_believed)
{
    uint64_t last = (uint64_t)1 << 40;

    make_image(100);
    for (size_t page = 0; page < 2; page++)
        memcpy(image + 4096 * page + LAST_PAGE, &last, sizeof last);
    write_image(image, image_size);
    ck_assert_int_eq(truncate(data, (off_t)1 << 43), 0);

    ck_assert_int_eq(check_file(), MEMO_STRUCTURE_DAMAGED);
    free(image);
}
END_TEST

START_TEST(what_cannot_be_read_is_told_apart)
{
    int ends[2], closed;

    ck_assert_int_eq(pipe(ends), 0);
    ck_assert_int_eq(memo_structure_check(ends[0], why, sizeof why),
                     MEMO_STRUCTURE_UNREADABLE);
    close(ends[0]);
    close(ends[1]);
    ck_assert_int_eq(memo_structure_check(ends[0], NULL, 0),
                     MEMO_STRUCTURE_UNREADABLE);
    make_image(10);
    closed = open(data, O_WRONLY);
    ck_assert_int_eq(memo_structure_check(closed, why, sizeof why),
                     MEMO_STRUCTURE_UNREADABLE);
    close(closed);
    free(image);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("structure");
    TCase *cases = tcase_create("structure");

    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_set_timeout(cases, (double)by_depth(240, 240, 3600));
    tcase_add_test(cases, an_empty_file_is_sound);
    tcase_add_test(cases, a_new_store_is_sound);
    tcase_add_loop_test(cases, what_lmdb_makes_is_sound, 0, 12);
    tcase_add_test(cases, a_killed_writer_leaves_a_sound_store);
    tcase_add_test(cases, a_value_that_shrinks_before_it_is_written_is_sound);
    tcase_add_test(cases, the_older_description_may_tell_of_what_is_gone);
    tcase_add_test(cases, a_store_needs_both_descriptions);
    tcase_add_test(cases, databases_with_duplicates_are_refused);
    tcase_add_test(cases, the_size_of_a_file_is_not_believed);
    tcase_add_test(cases, what_cannot_be_read_is_told_apart);
    suite_add_tcase(suite, cases);
    return suite;
}
