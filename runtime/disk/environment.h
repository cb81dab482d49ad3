/* environment.h -- an LMDB environment that many processes share, opened so
 * that no damaged file kills anybody.
 *
 * One folder of the cache directory is one environment, of one PID namespace.
 * Calls read it on their own threads, by transactions out of a pool; all else
 * is done by the store's thread.  It does not know what is in it.
 */
#ifndef MEMO_DISK_ENVIRONMENT_H
#define MEMO_DISK_ENVIRONMENT_H

#include "disk/folder.h"
#include "disk/owners.h"

#include <lmdb.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#define MEMO_READERS 32

/* What it consists of.  Entries are in the tree that has the names of the
 * others as well, for each name that LMDB has to look up first costs a search.
 */
typedef struct {
    MDB_dbi facts;     /* "secret", "generation": of all */
    MDB_dbi functions; /* id → what is known of a function */
    MDB_dbi places;    /* place → id */
    MDB_dbi entries;   /* generation, digest → entry */
    MDB_dbi ages;      /* when it was written, generation, digest → nothing */
    MDB_dbi expiries;  /* when it expires, generation, digest → nothing */
} memo_tables;

typedef struct memo_environment {
    MDB_env *env;
    memo_tables tables;
    memo_owners owners;
    long process; /* that has opened it; its children do not use it */
    char folder[MEMO_PATH_SIZE];
    uint64_t map_bytes, most_map_bytes;

    /* Transactions that nobody reads by right now; NULL: one is out. */
    MDB_txn *_Atomic readers[MEMO_READERS];
    MDB_txn *_Atomic places[MEMO_READERS]; /* which of them belongs where */
    _Atomic bool is_closed;                /* for readers, for a while */
    _Atomic bool is_outgrown;      /* another process has made the map larger */
    struct memo_environment *next; /* of the process, for ever */
} memo_environment;

typedef enum {
    MEMO_ENVIRONMENT_OPEN,
    MEMO_ENVIRONMENT_FOREIGN, /* of another PID namespace: try another folder */
    MEMO_ENVIRONMENT_FAILED   /* `why` says so */
} memo_opening;

/* Open it, make it if there is none, and drop it first if its file is damaged;
 * then `why` says that, else it is empty.
 * Shape: `why` has MEMO_PATH_SIZE bytes.
 * Owner: *out, memo_environment_close(). */
memo_opening memo_environment_open(memo_environment **out, const char *folder,
                                   uint64_t most_bytes, char *why);

/* Close it.  With readers that do not come back it stays open. */
void memo_environment_close(memo_environment *environment);

/* Open it anew, after an error that it does not get over; nobody reads until
 * they are let in.  False, and why: it is closed now, and may be opened again
 * later. */
bool memo_environment_reopen(memo_environment *environment, char *why);
void memo_environment_let_in(memo_environment *environment);

/* Begin to read; NULL: it cannot be done now.
 * Units: at most until_ns of the monotonic clock.
 * Threads: any. */
MDB_txn *memo_environment_begin(memo_environment *environment,
                                uint64_t timeout_ns);
void memo_environment_end(memo_environment *environment, MDB_txn *txn);

/* Make the map larger, or as large as other processes have; false: it is as
 * large as it may be, or readers do not come back.
 * Threads: the store's, without a transaction. */
bool memo_environment_grow(memo_environment *environment);

/* Make the map larger by some bytes, and with 0 as it was, as far as that is
 * not filled.  False: readers do not come back. Threads: the store's, without a
 * transaction. */
bool memo_environment_stretch(memo_environment *environment, uint64_t bytes);

/* A transaction was committed: note how the file was left. */
void memo_environment_mark(memo_environment *environment);

#endif
