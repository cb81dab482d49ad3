/* lmdb_tidy.c -- age, bounds and tidiness of persist="disk". */
#include "disk/disk.h"
#include "disk/lmdb.h"
#include "disk/records.h"

/* What one transaction removes at most: others want to write as well. */
#define REMOVED_AT_ONCE 64

/* Above the bound, entries go until so much of it is taken. */
#define KEPT_PART(bytes) ((bytes) - (bytes) / 20)

/* Pauses between things that are done now and then. */
#define SYNC_NS 5000000000u
#define CHECK_NS 60000000000u
#define HITS_NS 2000000000u
#define MEND_NS 1000000000u

/* One small transaction; false: there was nothing to remove. */
static bool remove_some(memo_lmdb *d,
                        int (*step)(size_t *, MDB_txn *, const memo_lmdb *))
{
    size_t removed = 0;
    MDB_txn *txn = memo_lmdb_begin_write(d);
    int problem;

    if (!txn)
        return false;
    problem = step(&removed, txn, d);
    if (problem == 0 && removed == 0) {
        mdb_txn_abort(txn);
        return false;
    }
    problem = memo_lmdb_end_write(d, txn, problem);
    if (problem != 0 && problem != MDB_MAP_FULL)
        memo_lmdb_tell(d, problem);
    return problem == 0;
}

static int evict_step(size_t *removed, MDB_txn *txn, const memo_lmdb *d)
{
    return memo_record_evict(removed, txn, &d->environment->tables,
                             REMOVED_AT_ONCE, d->excess_bytes);
}

bool memo_lmdb_evict(memo_lmdb *d, uint64_t bytes)
{
    d->excess_bytes = bytes;
    return remove_some(d, evict_step);
}

static int expire_step(size_t *removed, MDB_txn *txn, const memo_lmdb *d)
{
    return memo_record_expire(removed, txn, &d->environment->tables,
                              memo_disk_now(), REMOVED_AT_ONCE);
}

static int sweep_step(size_t *removed, MDB_txn *txn, const memo_lmdb *d)
{
    return memo_record_sweep(removed, txn, &d->environment->tables,
                             REMOVED_AT_ONCE);
}

/* The bytes that are to go: none, until it takes more than it may. */
static uint64_t find_excess(memo_lmdb *d)
{
    MDB_txn *txn = memo_environment_begin(d->environment, d->host->timeout_ns);
    uint64_t used = 0, kept = KEPT_PART(d->most_bytes);

    if (!txn)
        return 0;
    if (memo_record_used(&used, txn, &d->environment->tables) != 0)
        used = 0;
    memo_environment_end(d->environment, txn);
    return used > (d->is_evicting ? kept : d->most_bytes) ? used - kept : 0;
}

static bool has_old(memo_lmdb *d)
{
    MDB_txn *txn = memo_environment_begin(d->environment, d->host->timeout_ns);
    bool is_there = false;

    if (!txn)
        return false;
    is_there =
        memo_record_has_expired(txn, &d->environment->tables, memo_disk_now());
    memo_environment_end(d->environment, txn);
    return is_there;
}

static void count_hits(memo_lmdb *d)
{
    MDB_txn *txn = NULL;
    int problem = 0;

    for (size_t i = 0; i < d->attached_count && problem == 0; i++) {
        uint64_t hits =
            __atomic_exchange_n(&d->all[i]->hits, 0, __ATOMIC_RELAXED);

        if (hits == 0)
            continue;
        if (!txn && !(txn = memo_lmdb_begin_write(d)))
            return;
        problem = memo_record_add_hits(txn, &d->environment->tables,
                                       &d->all[i]->id, hits);
    }
    if (txn)
        memo_lmdb_end_write(d, txn, problem);
}

int memo_lmdb_tend(void *store)
{
    memo_lmdb *d = store;
    uint64_t now = memo_lmdb_clock(), excess;
    int dead;

    if (d->delegate)
        return d->delegate->tend(d->inner);
    if (now - d->mended_at >= MEND_NS) {
        d->mended_at = now;
        if (!memo_lmdb_mend(d)) /* who writes nothing must get over it too */
            return 0;
    }
    if (now - d->hits_at >= HITS_NS) {
        d->hits_at = now;
        count_hits(d);
    }
    if (atomic_load(&d->environment->is_outgrown))
        memo_environment_grow(d->environment);
    if (d->is_failing) /* until something can be written again */
        return 0;
    if (has_old(d))
        return remove_some(d, expire_step);
    if (d->has_grown) {
        excess = find_excess(d);
        d->is_evicting = excess > 0 && memo_lmdb_evict(d, excess);
        d->has_grown = d->is_evicting;
        return d->is_evicting;
    }
    if (d->has_dead) {
        d->has_dead = remove_some(d, sweep_step);
        return d->has_dead;
    }
    if (now - d->checked_at >= CHECK_NS) {
        d->checked_at = now;
        mdb_reader_check(d->environment->env, &dead);
    }
    if (!d->is_synced && now - d->written_at >= SYNC_NS)
        d->is_synced = mdb_env_sync(d->environment->env, 1) == 0;
    return 0;
}
