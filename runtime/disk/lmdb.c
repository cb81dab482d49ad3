/* lmdb.c -- persist="disk": the store's operations, on an LMDB environment. */
#include "disk/lmdb.h"

#include "disk/disk.h"
#include "disk/records.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <time.h>

/* By so much a map that is full is made larger to remove something. */
#define STRETCH_BYTES ((uint64_t)16 << 20)

/* A disk is full that has no more room than this. */
#define FULL_BYTES ((uint64_t)1 << 20)

/* A problem that people know of already; LMDB and errno have no such code. */
#define TOLD (-1)

uint64_t memo_lmdb_clock(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* ---- transactions -------------------------------------------------------- */

/* LMDB calls it an I/O error when less was written than it wanted. */
static int find_reason(const memo_lmdb *d, int problem)
{
    struct statvfs status;

    return problem == EIO && statvfs(d->environment->folder, &status) == 0 &&
                   status.f_bavail * status.f_frsize < FULL_BYTES
               ? ENOSPC
               : problem;
}

void memo_lmdb_tell(memo_lmdb *d, int problem)
{
    /* The environment refuses all that comes after these. */
    d->is_broken = d->is_broken || problem == MDB_PANIC ||
                   problem == MDB_CORRUPTED || problem == MDB_PAGE_NOTFOUND;
    d->is_failing = true;
    memo_disk_warn_unwritten(d->host, "disk", d->environment->folder,
                             mdb_strerror(find_reason(d, problem)));
}

MDB_txn *memo_lmdb_begin_write(memo_lmdb *d)
{
    MDB_txn *txn;
    int problem;

    if (!memo_lmdb_mend(d))
        return NULL;
    problem = mdb_txn_begin(d->environment->env, NULL, 0, &txn);
    if (problem == MDB_MAP_RESIZED) {
        atomic_store(&d->environment->is_outgrown, true);
        if (memo_environment_grow(d->environment))
            problem = mdb_txn_begin(d->environment->env, NULL, 0, &txn);
    }
    if (problem == 0)
        return txn;
    memo_lmdb_tell(d, problem);
    return NULL;
}

int memo_lmdb_end_write(memo_lmdb *d, MDB_txn *txn, int problem)
{
    if (problem == 0)
        problem = mdb_txn_commit(txn);
    else
        mdb_txn_abort(txn);
    if (problem == 0) {
        memo_environment_mark(d->environment);
        d->written_at = memo_lmdb_clock();
        d->is_synced = false;
        d->is_failing = false;
    }
    return problem;
}

/* ---- functions ----------------------------------------------------------- */

void memo_lmdb_note(memo_stored *stored, uint64_t generation, uint64_t seen)
{
    __atomic_store_n(&stored->generation, generation, __ATOMIC_RELEASE);
    __atomic_store_n(&stored->reserved[0], seen, __ATOMIC_RELEASE);
}

static bool remember(memo_lmdb *d, memo_stored *stored)
{
    for (size_t i = 0; i < d->attached_count; i++) {
        if (d->all[i] == stored)
            return true;
    }
    if (d->attached_count == d->attached_capacity) {
        size_t capacity = 2 * d->attached_capacity + 16;
        memo_stored **more = realloc(d->all, capacity * sizeof *more);

        if (!more)
            return false;
        d->all = more;
        d->attached_capacity = capacity;
    }
    d->all[d->attached_count++] = stored;
    return true;
}

static int attach(void *store, memo_stored *stored)
{
    memo_lmdb *d = store;
    uint64_t generation;
    int problem = MDB_NOTFOUND;
    MDB_txn *txn;

    if (d->delegate)
        return d->delegate->attach(d->inner, stored);
    if (!remember(d, stored))
        return 0;
    txn = memo_environment_begin(d->environment, d->host->timeout_ns);
    if (txn) {
        problem =
            memo_record_find(&generation, txn, &d->environment->tables, stored);
        if (problem == 0)
            memo_lmdb_note(stored, generation, mdb_txn_id(txn));
        memo_environment_end(d->environment, txn);
    }
    if (problem == 0)
        return 1;
    txn = memo_lmdb_begin_write(d);
    if (!txn)
        return 0;
    problem = memo_lmdb_end_write(
        d, txn,
        memo_record_attach(&stored->is_changed, &generation, txn,
                           &d->environment->tables, stored));
    if (problem != 0) {
        memo_lmdb_tell(d, problem);
        return 0;
    }
    memo_lmdb_note(stored, generation, 0);
    d->has_dead = d->has_dead || stored->is_changed;
    return 1;
}

/* ---- reading ------------------------------------------------------------- */

/* The function's generation in this transaction.  It is only looked for when
 * something was written since it was seen last.  False: the function is gone.
 */
static bool find_generation(uint64_t *out, MDB_txn *txn,
                            const memo_tables *tables, memo_stored *stored)
{
    uint64_t now = mdb_txn_id(txn);
    uint64_t seen = __atomic_load_n(&stored->reserved[0], __ATOMIC_ACQUIRE);

    if (seen == now) {
        *out = __atomic_load_n(&stored->generation, __ATOMIC_ACQUIRE);
        /* Another thread may have seen more in between. */
        if (__atomic_load_n(&stored->reserved[0], __ATOMIC_ACQUIRE) == now)
            return true;
    }
    if (memo_record_find_generation(out, txn, tables, &stored->id) != 0)
        return false;
    if (now > seen &&
        !__atomic_exchange_n(&stored->reserved[1], 1, __ATOMIC_ACQ_REL)) {
        if (now > __atomic_load_n(&stored->reserved[0], __ATOMIC_ACQUIRE)) {
            __atomic_store_n(&stored->reserved[0], 0, __ATOMIC_RELEASE);
            memo_lmdb_note(stored, *out, now);
        }
        __atomic_store_n(&stored->reserved[1], 0, __ATOMIC_RELEASE);
    }
    return true;
}

/* Files are not quick. */
static memo_loading load_delegated(const memo_lmdb *d, memo_stored *stored,
                                   const memo_name *digest,
                                   memo_store_taker *take, void *context)
{
    memo_loading loading;
    int state;

    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &state);
    loading = d->delegate->load(d->inner, stored, digest, take, context);
    pthread_setcancelstate(state, &state);
    return loading;
}

/* MDB_NOTFOUND: it is not there, or its function is gone. */
static int find_entry(MDB_val *out, MDB_txn *txn, const memo_tables *tables,
                      memo_stored *stored, const memo_name *digest)
{
    uint64_t generation;

    if (!find_generation(&generation, txn, tables, stored))
        return MDB_NOTFOUND;
    /* Made where it stays: a copy would wait for what was just written. */
    const memo_record_key key = memo_record_key_make(generation, digest);
    return memo_record_get(out, txn, tables, &key);
}

static memo_loading load(void *store, memo_stored *stored,
                         const memo_name *digest, memo_store_taker *take,
                         void *context)
{
    memo_lmdb *d = store;
    memo_loading loading = MEMO_LOAD_NONE;
    MDB_val bytes;
    MDB_txn *txn;
    int problem;

    if (d->delegate)
        return load_delegated(d, stored, digest, take, context);
    txn = memo_environment_begin(d->environment, d->host->timeout_ns);
    if (!txn)
        return MEMO_LOAD_FAILED;
    problem = find_entry(&bytes, txn, &d->environment->tables, stored, digest);
    if (problem == 0) {
        take(context, bytes.mv_data, bytes.mv_size);
        loading = MEMO_LOADED;
    } else if (problem != MDB_NOTFOUND) {
        loading = MEMO_LOAD_FAILED;
    }
    memo_environment_end(d->environment, txn);
    return loading;
}

/* ---- writing ------------------------------------------------------------- */

static int save(memo_lmdb *d, MDB_txn *txn, const memo_store_write *write)
{
    const memo_tables *tables = &d->environment->tables;
    memo_record_key key =
        memo_record_key_make(write->generation, &write->digest);
    uint64_t generation;
    int problem = memo_record_find_generation(&generation, txn, tables,
                                              &write->stored->id);

    /* It was cleared, or its source changed, since the body began; or it would
     * drive out all others, and not stay itself. */
    if (problem == MDB_NOTFOUND ||
        (problem == 0 && generation != write->generation) ||
        write->size > d->most_bytes)
        return 0;
    if (problem != 0)
        return problem;
    d->has_grown = true;
    return memo_record_put(txn, tables, &key, memo_disk_now(), write);
}

static int remove_entry(const memo_lmdb *d, MDB_txn *txn,
                        const memo_store_write *write)
{
    const memo_tables *tables = &d->environment->tables;
    memo_record_key key;
    uint64_t generation;
    int problem = memo_record_find_generation(&generation, txn, tables,
                                              &write->stored->id);

    if (problem == 0) {
        key = memo_record_key_make(generation, &write->digest);
        problem = memo_record_remove(txn, tables, &key);
    }
    return problem == MDB_NOTFOUND ? 0 : problem;
}

static int apply(memo_lmdb *d, MDB_txn *txn, const memo_store_write *write)
{
    const memo_tables *tables = &d->environment->tables;

    switch (write->operation) {
    case MEMO_STORE_SAVE:
        return save(d, txn, write);
    case MEMO_STORE_REMOVE:
        return remove_entry(d, txn, write);
    case MEMO_STORE_CLEAR:
        d->has_dead = true;
        return memo_record_clear(txn, tables, &write->stored->id);
    case MEMO_STORE_CLEAR_ALL:
        d->has_dead = true;
        return memo_record_clear(txn, tables, NULL);
    default:
        return 0;
    }
}

static int apply_all(memo_lmdb *d, const memo_store_write *writes,
                     memo_size count)
{
    MDB_txn *txn = memo_lmdb_begin_write(d);
    int problem = 0;

    if (!txn)
        return TOLD;
    for (memo_size i = 0; i < count && problem == 0; i++)
        problem = apply(d, txn, &writes[i]);
    return memo_lmdb_end_write(d, txn, problem);
}

static bool has_cleared(const memo_store_write *writes, memo_size count)
{
    for (memo_size i = 0; i < count; i++) {
        if (writes[i].operation == MEMO_STORE_CLEAR ||
            writes[i].operation == MEMO_STORE_CLEAR_ALL)
            return true;
    }
    return false;
}

/* The file is full: make it larger, or room in it.  In a file without any free
 * page nothing can be removed either. */
static bool make_room(memo_lmdb *d)
{
    uint64_t bytes = d->most_bytes / 20 + 1;
    bool is_done =
        memo_environment_grow(d->environment) || memo_lmdb_evict(d, bytes);

    if (is_done || !memo_environment_stretch(d->environment, STRETCH_BYTES))
        return is_done;
    is_done = memo_lmdb_evict(d, bytes);
    memo_environment_stretch(d->environment, 0);
    return is_done;
}

/* What was cleared must not come back after a loss of power. */
static void sync_if_cleared(memo_lmdb *d, const memo_store_write *writes,
                            memo_size count)
{
    if (has_cleared(writes, count) && mdb_env_sync(d->environment->env, 1) == 0)
        memo_environment_mark(d->environment);
}

static memo_size write_some(void *store, const memo_store_write *writes,
                            memo_size count)
{
    memo_lmdb *d = store;
    int problem;

    if (d->delegate)
        return d->delegate->write(d->inner, writes, count);
    problem = apply_all(d, writes, count);
    while (problem == MDB_MAP_FULL && make_room(d))
        problem = apply_all(d, writes, count);
    /* One of many may be what is wrong. */
    if (problem != 0 && problem != TOLD && count > 1) {
        count = 1;
        problem = apply_all(d, writes, count);
    }
    if (problem != 0 && problem != TOLD)
        memo_lmdb_tell(d, problem);
    if (problem != 0)
        return 0;
    sync_if_cleared(d, writes, count);
    return count;
}

static int each(void *store, memo_store_visit *visit, void *context)
{
    memo_lmdb *d = store;
    int answer = 0;
    MDB_txn *txn;

    if (d->delegate)
        return d->delegate->each(d->inner, visit, context);
    txn = memo_environment_begin(d->environment, d->host->timeout_ns);
    if (!txn)
        return 0;
    memo_record_each(&answer, txn, &d->environment->tables, visit, context);
    memo_environment_end(d->environment, txn);
    return answer;
}

static void *open_disk(memo_store_host *host)
{
    return memo_disk_open(host, memo_folder_is_remote);
}

const struct memo_store memo_disk_store = {.name = "disk",
                                           .is_quick = 1,
                                           .open = open_disk,
                                           .close = memo_lmdb_close,
                                           .attach = attach,
                                           .load = load,
                                           .write = write_some,
                                           .tend = memo_lmdb_tend,
                                           .each = each};
