/* lmdb.h -- an open persist="disk", as the files of it know it. */
#ifndef MEMO_DISK_LMDB_H
#define MEMO_DISK_LMDB_H

#include "disk/environment.h"
#include "memo/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    memo_store_host *host;
    const struct memo_store *delegate; /* "dir", on a remote file system */
    void *inner;                       /* the delegate's */
    memo_environment *environment;
    uint64_t most_bytes, excess_bytes; /* of what there is too much */
    memo_stored **all;                 /* functions that this process uses */
    size_t attached_count, attached_capacity;
    bool has_grown, is_evicting, has_dead; /* there may be some to remove */
    bool has_secret; /* the host has it, and digests are made under it */
    bool is_synced, is_failing, is_broken;
    bool is_refused; /* another process has begun it anew: never again */
    uint64_t written_at, checked_at, hits_at, mended_at; /* monotonic */
} memo_lmdb;

/* Units: nanoseconds of the monotonic clock. */
uint64_t memo_lmdb_clock(void);

/* Whatever is wrong with the environment, or with its files: open it anew, if
 * need be.  False: it cannot be used now, which was told. */
bool memo_lmdb_mend(memo_lmdb *d);

/* memo_store.close. */
void memo_lmdb_close(void *store);

/* Note a function's generation, and in which transaction it was seen; 0: look
 * again. */
void memo_lmdb_note(memo_stored *stored, uint64_t generation, uint64_t seen);

/* Tell people that something cannot be written. */
void memo_lmdb_tell(memo_lmdb *d, int problem);

/* A transaction that writes; NULL: it cannot be had, which was told. */
MDB_txn *memo_lmdb_begin_write(memo_lmdb *d);

/* Commit it, or abort it after a problem; returns 0, or what went wrong first.
 */
int memo_lmdb_end_write(memo_lmdb *d, MDB_txn *txn, int problem);

/* Remove some of the oldest entries, of so many bytes; false: there are none,
 * or it cannot. */
bool memo_lmdb_evict(memo_lmdb *d, uint64_t bytes);

/* memo_store.tend. */
int memo_lmdb_tend(void *store);

#endif
