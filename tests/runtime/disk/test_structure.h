/* test_structure.h -- stores in a folder of their own, made by LMDB. */
#ifndef MEMO_TESTS_DISK_STRUCTURE_H
#define MEMO_TESTS_DISK_STRUCTURE_H

#include "disk/structure.h"

#include "../../support/random.h"

#include <check.h>
#include <lmdb.h>

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LONGEST 9000
#define MAP_SIZE ((size_t)64 << 20)

static char folder[200], data[220], lock[220], why[200];
static unsigned char bytes[LONGEST];

static inline void set_up(void)
{
    const char *temporary = getenv("TMPDIR");
    uint64_t random = 0;

    random_fill(&random, bytes, sizeof bytes);
    snprintf(folder, sizeof folder, "%s/memo-structure-XXXXXX",
             temporary ? temporary : "/tmp");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(data, sizeof data, "%s/data.mdb", folder);
    snprintf(lock, sizeof lock, "%s/lock.mdb", folder);
}

static inline void tear_down(void)
{
    unlink(data);
    unlink(lock);
    ck_assert_int_eq(rmdir(folder), 0);
}

/* How much is tried: MEMO_TEST_DEPTH. */
static inline size_t by_depth(size_t quick, size_t normal, size_t deep)
{
    const char *depth = getenv("MEMO_TEST_DEPTH");

    if (depth && strcmp(depth, "quick") == 0)
        return quick;
    return depth && strcmp(depth, "deep") == 0 ? deep : normal;
}

static inline memo_structure check_file(void)
{
    int fd = open(data, O_RDONLY);
    memo_structure verdict = memo_structure_check(fd, why, sizeof why);

    ck_assert_int_eq(verdict == MEMO_STRUCTURE_SOUND, *why == '\0');
    close(fd);
    return verdict;
}

static inline void expect_sound(void)
{
    memo_structure verdict = check_file();

    ck_assert_msg(verdict == MEMO_STRUCTURE_SOUND, "%s", why);
}

static inline MDB_env *open_store(size_t map_size)
{
    MDB_env *store;

    if (mdb_env_create(&store) != 0)
        return NULL;
    mdb_env_set_maxdbs(store, 16);
    mdb_env_set_mapsize(store, map_size);
    if (mdb_env_open(store, folder, MDB_NOSYNC | MDB_NOTLS, 0600) == 0)
        return store;
    mdb_env_close(store);
    return NULL;
}

/* The key of a number: 32 bytes, or of any length that there is. */
static inline MDB_val key_of(uint64_t number, bool is_uneven)
{
    static unsigned char key[511];
    uint64_t state = number;

    random_fill(&state, key, sizeof key);
    return (MDB_val){is_uneven ? 1 + number * number % sizeof key : 32, key};
}

static inline int put(MDB_txn *change, MDB_dbi at, MDB_val key, size_t size)
{
    MDB_val value = {size, bytes};

    return mdb_put(change, at, &key, &value, 0);
}

/* Most values are short. */
static inline size_t random_size(uint64_t *random)
{
    return 20 + random_below(random, random_below(random, 4) ? 300 : 8980);
}

static inline int change_some(MDB_txn *change, MDB_dbi at, uint64_t *random,
                              bool is_uneven)
{
    size_t count = random_below(random, 80),
           keys = 1 + random_below(random, 500);
    bool removes = random_below(random, 3) == 0;
    int status = 0;

    for (size_t i = 0; i < count && status == 0; i++) {
        MDB_val key = key_of(random_below(random, keys), is_uneven);

        if (removes || random_below(random, 4) == 0)
            status = mdb_del(change, at, &key, NULL);
        else
            status = put(change, at, key, random_size(random));
        if (status == MDB_NOTFOUND)
            status = 0;
    }
    return status;
}

static unsigned char *image; /* of a store */
static size_t image_size;

static inline void write_image(const unsigned char *from, size_t size)
{
    int fd = open(data, O_WRONLY | O_CREAT, 0600);

    ck_assert_int_eq(write(fd, from, size), (ssize_t)size);
    ck_assert_int_eq(ftruncate(fd, (off_t)size), 0);
    close(fd);
}

static inline void read_image(void)
{
    int fd = open(data, O_RDONLY);
    struct stat status;

    ck_assert_int_eq(fstat(fd, &status), 0);
    image_size = (size_t)status.st_size;
    image = malloc(image_size);
    ck_assert_int_eq(read(fd, image, image_size), (ssize_t)image_size);
    close(fd);
}

/* First all entries, then few are removed, then few are changed. */
static inline int put_or_remove(MDB_txn *change, MDB_dbi at, uint64_t number,
                                int round)
{
    MDB_val key = key_of(number, false);

    if (round == 1 && number % 20 == 0)
        return mdb_del(change, at, &key, NULL);
    if (round == 0 || number % 40 == 1)
        return put(change, at, key, number % 32 == 15 ? LONGEST : 20 + number);
    return 0;
}

static inline void fill_store(MDB_env *store, size_t entries, int round)
{
    MDB_txn *change;
    MDB_dbi at;

    ck_assert_int_eq(mdb_txn_begin(store, NULL, 0, &change), 0);
    ck_assert_int_eq(mdb_dbi_open(change, "entries", MDB_CREATE, &at), 0);
    for (uint64_t i = 0; i < entries; i++)
        ck_assert_int_eq(put_or_remove(change, at, i, round), 0);
    ck_assert_int_eq(mdb_dbi_open(change, "functions", MDB_CREATE, &at), 0);
    ck_assert_int_eq(put(change, at, key_of(0, false), 100), 0);
    ck_assert_int_eq(mdb_txn_commit(change), 0);
}

/* A store with all kinds of pages: branches, leaves, long values, and a list
 * of free pages. */
static inline void make_image(size_t entries)
{
    MDB_env *store = open_store(MAP_SIZE);

    for (int round = 0; round < 3; round++)
        fill_store(store, entries, round);
    mdb_env_close(store);
    read_image();
}

#endif
