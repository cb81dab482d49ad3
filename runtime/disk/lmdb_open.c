/* lmdb_open.c -- the environment of persist="disk" is opened, and opened anew.
 *
 * What a process has once begun with goes on when its files are removed, or are
 * dropped for damage: under the same secret, for digests are made all the time,
 * and with the functions that it knows.
 */
#include "disk/lmdb.h"

#include "disk/disk.h"
#include "disk/records.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Environments of one cache directory: one for each PID namespace that uses it
 * at the same time. */
#define MOST_ENVIRONMENTS 8

/* ---- opening ------------------------------------------------------------- */

/* The environment of this PID namespace. */
static bool open_environment(memo_lmdb *d, const char *folder)
{
    char path[MEMO_PATH_SIZE], name[32], why[MEMO_PATH_SIZE];

    for (int i = 0; i < MOST_ENVIRONMENTS; i++) {
        snprintf(name, sizeof name, i == 0 ? "disk-1" : "disk-1.%d", i);
        if (!memo_folder_make_in(path, folder, name, why)) {
            memo_disk_warn(d->host, "disk", why, "results live in memory only");
            return false;
        }
        switch (
            memo_environment_open(&d->environment, path, d->most_bytes, why)) {
        case MEMO_ENVIRONMENT_OPEN:
            if (*why)
                memo_disk_warn(d->host, "disk", why, "");
            return true;
        case MEMO_ENVIRONMENT_FOREIGN:
            continue;
        default:
            memo_disk_warn(d->host, "disk", why,
                           "results live in memory only; MEMO_CACHE_DIR may "
                           "name another directory");
            return false;
        }
    }
    snprintf(why, sizeof why, "too many containers share '%.250s'", folder);
    memo_disk_warn(d->host, "disk", why,
                   "results live in memory only; MEMO_CACHE_DIR may name "
                   "another directory");
    return false;
}

/* ---- opening it anew ----------------------------------------------------- */

/* Has somebody removed the file, or put another one in its place?  Where that
 * cannot be told, it is as good as it was. */
static bool is_lost(const memo_environment *environment)
{
    char path[MEMO_PATH_SIZE];
    struct stat open_one, there;
    mdb_filehandle_t file;

    if (!environment->env || mdb_env_get_fd(environment->env, &file) != 0 ||
        fstat(file, &open_one) != 0 ||
        !memo_folder_join(path, environment->folder, "data.mdb"))
        return false;
    if (stat(path, &there) != 0)
        return errno == ENOENT || errno == ENOTDIR;
    return there.st_ino != open_one.st_ino || there.st_dev != open_one.st_dev;
}

/* Whoever was here first while it was closed has drawn another secret: EEXIST.
 */
static int keep_secret(MDB_txn *txn, const memo_lmdb *d)
{
    size_t size = sizeof d->host->secret;
    MDB_val key = {6, "secret"}, value;
    MDB_dbi facts = d->environment->tables.facts;
    int problem;

    if (!d->has_secret)
        return memo_record_secret(txn, &d->environment->tables,
                                  d->host->secret);
    problem = mdb_get(txn, facts, &key, &value);
    if (problem == 0)
        return value.mv_size == size &&
                       memcmp(value.mv_data, d->host->secret, size) == 0
                   ? 0
                   : EEXIST;
    value = (MDB_val){size, d->host->secret};
    return problem == MDB_NOTFOUND ? mdb_put(txn, facts, &key, &value, 0)
                                   : problem;
}

static int attach_all(MDB_txn *txn, const memo_lmdb *d)
{
    int problem = 0;

    for (size_t i = 0; i < d->attached_count && problem == 0; i++) {
        uint64_t generation;
        memo_u32 is_changed;

        problem = memo_record_attach(&is_changed, &generation, txn,
                                     &d->environment->tables, d->all[i]);
        if (problem == 0)
            memo_lmdb_note(d->all[i], generation, 0);
    }
    return problem;
}

/* Nobody reads before the environment is known to be the right one. */
static int take_over(memo_lmdb *d)
{
    MDB_txn *txn;
    int problem = mdb_txn_begin(d->environment->env, NULL, 0, &txn);

    if (problem != 0)
        return problem;
    problem = keep_secret(txn, d);
    if (problem == 0)
        problem = attach_all(txn, d);
    return memo_lmdb_end_write(d, txn, problem);
}

/* It is nobody else's: under another secret all that is in there would look
 * damaged, and be removed. */
static bool fail(memo_lmdb *d, int problem)
{
    char why[MEMO_PATH_SIZE];

    d->is_refused = problem == EEXIST;
    if (d->is_refused)
        memo_environment_close(d->environment);
    snprintf(why, sizeof why, "cannot use '%.250s' any more: %s",
             d->environment->folder,
             d->is_refused ? "another process has made it anew"
                           : mdb_strerror(problem));
    memo_disk_warn(d->host, "disk", why,
                   d->is_refused ? "results live in memory only until this "
                                   "program is started again"
                                 : "results live in memory only");
    return false;
}

static bool open_anew(memo_lmdb *d)
{
    char why[MEMO_PATH_SIZE] = "";
    int problem;

    d->is_broken = d->is_failing = true;
    if (!memo_environment_reopen(d->environment, why)) {
        memo_disk_warn(d->host, "disk", why, "results live in memory only");
        return false;
    }
    if (*why)
        memo_disk_warn(d->host, "disk", why, "");
    problem = take_over(d);
    if (problem != 0)
        return fail(d, problem);
    memo_environment_let_in(d->environment);
    d->is_broken = false;
    d->has_grown = d->has_dead = true;
    return true;
}

bool memo_lmdb_mend(memo_lmdb *d)
{
    char why[MEMO_PATH_SIZE];

    if (d->is_refused)
        return false;
    if (!d->is_broken && !is_lost(d->environment))
        return true;
    /* With the folder gone for good, what is open serves as before. */
    if (!memo_folder_make(d->environment->folder, why) && !d->is_broken)
        return true;
    return open_anew(d);
}

/* ---- the store ----------------------------------------------------------- */

/* Read it if it is there; only the first process has to write it. */
static bool find_secret(memo_lmdb *d)
{
    MDB_txn *txn = memo_environment_begin(d->environment, d->host->timeout_ns);
    MDB_val key = {6, "secret"}, value;
    bool is_there = false;
    int problem;

    if (txn) {
        is_there =
            mdb_get(txn, d->environment->tables.facts, &key, &value) == 0 &&
            value.mv_size == sizeof d->host->secret;
        if (is_there)
            memcpy(d->host->secret, value.mv_data, value.mv_size);
        memo_environment_end(d->environment, txn);
    }
    d->has_secret = is_there;
    if (is_there)
        return true;
    txn = memo_lmdb_begin_write(d);
    if (!txn)
        return false;
    problem = memo_lmdb_end_write(
        d, txn,
        memo_record_secret(txn, &d->environment->tables, d->host->secret));
    if (problem != 0)
        memo_lmdb_tell(d, problem);
    d->has_secret = problem == 0;
    return d->has_secret;
}

void memo_lmdb_close(void *store)
{
    memo_lmdb *d = store;

    if (d->delegate)
        d->delegate->close(d->inner);
    if (d->environment)
        memo_environment_close(d->environment);
    if (d->environment && d->environment->env)
        return; /* somebody still reads */
    free(d->all);
    free(d);
}

static void *delegate(memo_lmdb *d, const char *folder)
{
    char what[MEMO_PATH_SIZE];

    snprintf(what, sizeof what,
             "'%.250s' lies on a network file system, where LMDB is not safe",
             folder);
    memo_disk_warn(d->host, "disk", what,
                   "entries are kept as files, as with persist=\"dir\"");
    d->delegate = &memo_dir_store;
    d->inner = memo_dir_store.open(d->host);
    d->host->is_slow = 1;
    if (d->inner)
        return d;
    free(d);
    return NULL;
}

void *memo_disk_open(memo_store_host *host, bool (*is_remote)(const char *))
{
    char folder[MEMO_PATH_SIZE];
    memo_lmdb *d;

    if (!memo_disk_folder(folder, host, "disk"))
        return NULL;
    d = calloc(1, sizeof *d);
    if (!d)
        return NULL;
    d->host = host;
    if (is_remote(folder))
        return delegate(d, folder);
    d->most_bytes = memo_disk_most_bytes(host);
    d->has_dead = true;
    d->has_grown = true;
    if (open_environment(d, folder) && find_secret(d))
        return d;
    memo_lmdb_close(d);
    return NULL;
}
