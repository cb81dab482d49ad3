/* persist.c -- a result from the disk, beside what people would use.
 *
 * Every way has the same keys and values and reads them in the same order; the
 * ways take turns, and memory is empty when one is timed.
 */
#define XXH_INLINE_ALL

#include "bench.h"
#include "stored.h"

#include <memo.h>

#include <fcntl.h>
#include <ftw.h>
#include <lmdb.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

enum { KEYS = 1000 };

/* The library's own: memory forgets all, and nothing else does. */
void memo_registry_clear(void);

static char folder[] = "/tmp/memo-bench-XXXXXX";

/* ---- ways ---------------------------------------------------------------- */

/* Put, then read values of one size by their keys; sums are compared. */
typedef struct {
    const char *name;
    void (*put)(int key, const double *values, size_t count);
    double (*get)(int key, size_t count); /* the last of the values */
    bool is_again; /* what is timed is the second read of all */
} way;

static MDB_env *env;
static MDB_dbi table;
static MDB_txn *reader;

static void check(int code, const char *what)
{
    if (code != 0) {
        fprintf(stderr, "bench: %s failed: %d\n", what, code);
        exit(EXIT_FAILURE);
    }
}

/* A cache of calls has digests of their arguments for keys. */
static XXH128_hash_t digest_of(int key)
{
    return XXH3_128bits(&key, sizeof key);
}

static void lmdb_put(int key, const double *values, size_t count)
{
    XXH128_hash_t digest = digest_of(key);
    MDB_val name = {sizeof digest, &digest};
    MDB_val value = {count * sizeof *values, (void *)(size_t)values};
    MDB_txn *txn;

    check(mdb_txn_begin(env, NULL, 0, &txn), "mdb_txn_begin");
    check(mdb_put(txn, table, &name, &value, 0), "mdb_put");
    check(mdb_txn_commit(txn), "mdb_txn_commit");
}

static double lmdb_read(MDB_txn *txn, int key, size_t count)
{
    static double values[LARGE_COUNT];
    XXH128_hash_t digest = digest_of(key);
    MDB_val name = {sizeof digest, &digest}, value;

    check(mdb_get(txn, table, &name, &value), "mdb_get");
    memcpy(values, value.mv_data, value.mv_size);
    return values[count - 1];
}

/* As it is most often used. */
static double lmdb_get(int key, size_t count)
{
    MDB_txn *txn;
    double last;

    check(mdb_txn_begin(env, NULL, MDB_RDONLY, &txn), "mdb_txn_begin");
    last = lmdb_read(txn, key, count);
    mdb_txn_abort(txn);
    return last;
}

/* As it is quickest, in a program of one thread. */
static double lmdb_get_renewed(int key, size_t count)
{
    double last;

    check(mdb_txn_renew(reader), "mdb_txn_renew");
    last = lmdb_read(reader, key, count);
    mdb_txn_reset(reader);
    return last;
}

static void lmdb_open(void)
{
    char path[100];
    MDB_txn *txn;

    snprintf(path, sizeof path, "%s/lmdb", folder);
    mkdir(path, 0700);
    check(mdb_env_create(&env), "mdb_env_create");
    check(mdb_env_set_mapsize(env, (size_t)1 << 30), "mdb_env_set_mapsize");
    check(mdb_env_open(env, path, MDB_NOSYNC | MDB_NOTLS, 0600),
          "mdb_env_open");
    check(mdb_txn_begin(env, NULL, 0, &txn), "mdb_txn_begin");
    check(mdb_dbi_open(txn, NULL, 0, &table), "mdb_dbi_open");
    check(mdb_txn_commit(txn), "mdb_txn_commit");
    check(mdb_txn_begin(env, NULL, MDB_RDONLY, &reader), "mdb_txn_begin");
    mdb_txn_reset(reader);
}

static sqlite3 *database;
static sqlite3_stmt *selection;

static void sqlite_put(int key, const double *values, size_t count)
{
    sqlite3_stmt *insertion;

    check(sqlite3_prepare_v2(database, "insert or replace into t values(?,?)",
                             -1, &insertion, NULL),
          "sqlite3_prepare_v2");
    sqlite3_bind_int(insertion, 1, key);
    sqlite3_bind_blob(insertion, 2, values, (int)(count * sizeof *values),
                      SQLITE_STATIC);
    sqlite3_step(insertion);
    sqlite3_finalize(insertion);
}

static double sqlite_get(int key, size_t count)
{
    static double values[LARGE_COUNT];

    sqlite3_bind_int(selection, 1, key);
    if (sqlite3_step(selection) == SQLITE_ROW)
        memcpy(values, sqlite3_column_blob(selection, 0),
               (size_t)sqlite3_column_bytes(selection, 0));
    sqlite3_reset(selection);
    return values[count - 1];
}

static void sqlite_open(void)
{
    char path[100];

    snprintf(path, sizeof path, "%s/sqlite", folder);
    check(sqlite3_open(path, &database), "sqlite3_open");
    sqlite3_exec(database,
                 "pragma journal_mode=wal; pragma synchronous=off;"
                 "create table t(k integer primary key, v blob)",
                 NULL, NULL, NULL);
    check(sqlite3_prepare_v2(database, "select v from t where k=?", -1,
                             &selection, NULL),
          "sqlite3_prepare_v2");
}

static void file_path(char *out, size_t size, int key)
{
    snprintf(out, size, "%s/files/%d", folder, key);
}

static void file_put(int key, const double *values, size_t count)
{
    char path[100];
    int file;

    file_path(path, sizeof path, key);
    file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (write(file, values, count * sizeof *values) < 0)
        perror(path);
    close(file);
}

static double file_get(int key, size_t count)
{
    static double values[LARGE_COUNT];
    char path[100];
    int file;

    file_path(path, sizeof path, key);
    file = open(path, O_RDONLY);
    if (read(file, values, count * sizeof *values) < 0)
        perror(path);
    close(file);
    return values[count - 1];
}

static double call_disk(int key, size_t count)
{
    double last;
    double *values;

    if (count == SMALL_COUNT)
        return disk_small(key).values[SMALL_COUNT - 1];
    values = disk_large(key);
    last = values[count - 1];
    free(values);
    return last;
}

static double call_dir(int key, size_t count)
{
    double last;
    double *values;

    if (count == SMALL_COUNT)
        return dir_small(key).values[SMALL_COUNT - 1];
    values = dir_large(key);
    last = values[count - 1];
    free(values);
    return last;
}

static const way ways[] = {
    {"LMDB, renewed", lmdb_put, lmdb_get_renewed, false},
    {"LMDB", lmdb_put, lmdb_get, false},
    {"memogen disk", NULL, call_disk, false},
    {"memogen, again", NULL, call_disk, true},
    {"SQLite", sqlite_put, sqlite_get, false},
    {"file per entry", file_put, file_get, false},
    {"memogen dir", NULL, call_dir, false},
};

enum { RENEWED, OWN, WAYS = sizeof ways / sizeof *ways };

/* ---- measuring ----------------------------------------------------------- */

static void fill(double *values, size_t count, int key)
{
    for (size_t i = 0; i < count; i++)
        values[i] = key + (double)i;
}

static void put_all(size_t count)
{
    static double values[LARGE_COUNT];

    for (int w = 0; w < WAYS; w++) {
        for (int key = 0; key < KEYS; key++) {
            fill(values, count, key);
            if (ways[w].put)
                ways[w].put(key, values, count);
            else
                ways[w].get(key, count);
        }
        (void)memo_flush();
    }
}

/* Read all in an order that no cache foresees; returns their sum. */
static double read_all(const way *of, size_t count)
{
    unsigned key = 1;
    double sum = 0;

    for (int i = 0; i < KEYS; i++) {
        key = (key * 421 + 17) % KEYS;
        sum += of->get((int)key, count);
    }
    return sum;
}

/* Nanoseconds a call.  The first round is not timed: it finds the processor's
 * caches full of what others have read. */
static double time_way(const way *of, size_t count)
{
    double begin, sum, expected = 0;

    for (int key = 0; key < KEYS; key++)
        expected += key + (double)(count - 1);
    read_all(of, count);
    memo_registry_clear();
    if (of->is_again)
        read_all(of, count);
    begin = now_ns();
    sum = read_all(of, count);
    begin = now_ns() - begin;
    if (sum != expected)
        printf("%s is wrong: %f and not %f\n", of->name, sum, expected);
    return begin / KEYS;
}

static void measure(const struct plan *plan, size_t count, const char *title)
{
    struct figures figures[WAYS] = {{0}};

    put_all(count);
    for (int i = 0; i < plan->repeats * 3; i++) {
        for (int w = 0; w < WAYS; w++)
            figures_add(&figures[w], time_way(&ways[w], count));
    }
    printf("\nA result of %s from the disk, microseconds, minimum / median,\n"
           "and times LMDB with a transaction a read, and with a renewed one\n",
           title);
    for (int w = 0; w < WAYS; w++) {
        double least = figures_minimum(&figures[w]);

        printf("%-16s %8.2f / %8.2f   %6.2f   %6.2f\n", ways[w].name,
               least / 1e3, figures_median(&figures[w]) / 1e3,
               least / figures_minimum(&figures[OWN]),
               least / figures_minimum(&figures[RENEWED]));
    }
}

static int remove_one(const char *path, const struct stat *status, int type,
                      struct FTW *walk)
{
    (void)status;
    (void)type;
    (void)walk;
    return remove(path);
}

static void run_python(void)
{
    char command[300];

    fflush(stdout);
    snprintf(
        command, sizeof command,
        "$(test -x /usr/bin/python3 && echo /usr/bin/)python3 " BENCH_FOLDER
        "/stores.py %s/python",
        folder);
    if (system(command) != 0)
        printf("joblib and diskcache were not measured\n");
}

void bench_persist(const struct plan *plan)
{
    char path[100];
    memo_config config;
    memo_stats stats;

    if (!mkdtemp(folder)) {
        perror(folder);
        return;
    }
    snprintf(path, sizeof path, "%s/files", folder);
    mkdir(path, 0700);
    memo_config_get(&config);
    config.cache_dir = folder;
    config.store_timeout_ns = 60000000000u;
    (void)memo_config_set(&config);
    lmdb_open();
    sqlite_open();

    measure(plan, SMALL_COUNT, "64 bytes");
    (void)memo_stats(disk_small, &stats);
    printf("(of %llu calls of disk_small() %llu were hits of the store)\n",
           (unsigned long long)stats.calls,
           (unsigned long long)stats.store_hits);
    measure(plan, LARGE_COUNT, "64 KiB");
    run_python();
    nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}
