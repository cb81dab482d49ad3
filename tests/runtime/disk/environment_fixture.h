/* environment_fixture.h -- an environment with values under numbers. */
#ifndef MEMO_TEST_ENVIRONMENT_FIXTURE_H
#define MEMO_TEST_ENVIRONMENT_FIXTURE_H

#include "disk/environment.h"
#include "disk_fixture.h"

enum { MILLION = 1000000 };

#define LONG_NS 60000000000u
#define MOST_BYTES ((uint64_t)1 << 30)

static UNUSED char why[MEMO_PATH_SIZE];
static UNUSED memo_environment *environment;

static UNUSED void begin(void)
{
    use_new_folder();
    ck_assert_int_eq(mkdir(test_folder, 0700), 0);
}

static UNUSED void end(void)
{
    remove_folder(test_folder);
}

static UNUSED memo_opening open_here(memo_environment **out,
                                     uint64_t most_bytes)
{
    return memo_environment_open(out, test_folder, most_bytes, why);
}

static UNUSED void open_sound(uint64_t most_bytes)
{
    ck_assert_msg(open_here(&environment, most_bytes) == MEMO_ENVIRONMENT_OPEN,
                  "%s", why);
    ck_assert_str_eq(why, "");
}

/* ---- what is in it ------------------------------------------------------- */

/* Put values of this size under numbers from `first` on. */
static UNUSED int put_numbers(memo_environment *to, int first, int count,
                              size_t size)
{
    MDB_txn *txn;
    int problem = mdb_txn_begin(to->env, NULL, 0, &txn);

    if (problem != 0)
        return problem;
    for (int i = first; i < first + count && problem == 0; i++) {
        MDB_val key = {sizeof i, &i}, value = {size, NULL};

        problem = mdb_put(txn, to->tables.entries, &key, &value, MDB_RESERVE);
        if (problem == 0)
            memset(value.mv_data, i & 0xFF, size);
    }
    if (problem != 0) {
        mdb_txn_abort(txn);
        return problem;
    }
    problem = mdb_txn_commit(txn);
    memo_environment_mark(to);
    return problem;
}

/* 1: it is there and right; 0: it is not there; -1: it is wrong. */
static UNUSED int look_at(memo_environment *in, MDB_txn *txn, int number)
{
    MDB_val key = {sizeof number, &number}, value;
    const unsigned char *bytes;

    if (mdb_get(txn, in->tables.entries, &key, &value) != 0)
        return 0;
    bytes = value.mv_data;
    return bytes[0] == (number & 0xFF) &&
                   memcmp(bytes, bytes + 1, value.mv_size - 1) == 0
               ? 1
               : -1;
}

/* The same, or -2: nothing can be read now. */
static UNUSED int read_number(memo_environment *in, int number)
{
    MDB_txn *txn = memo_environment_begin(in, LONG_NS);
    int found = -2;

    if (txn) {
        found = look_at(in, txn, number);
        memo_environment_end(in, txn);
    }
    return found;
}

#endif
