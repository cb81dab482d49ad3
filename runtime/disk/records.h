/* records.h -- what an environment holds, written and read in a transaction.
 *
 * A generation is a number that no other function ever has or had: clearing a
 * function gives it the next one, and its entries belong to none from then on.
 * All functions return an LMDB code, 0 if done.
 */
#ifndef MEMO_DISK_RECORDS_H
#define MEMO_DISK_RECORDS_H

#include "disk/environment.h"
#include "memo/store.h"

/* What an entry is found by, and what indexes have behind a time: big-endian,
 * so that LMDB has them in order. */
typedef struct {
    unsigned char bytes[24]; /* generation, digest */
} memo_record_key;

memo_record_key memo_record_key_make(uint64_t generation,
                                     const memo_name *digest);

uint64_t memo_record_key_generation(const memo_record_key *key);

/* Read or draw the secret of the environment.
 * Shape: `out` has 192 bytes. */
int memo_record_secret(MDB_txn *txn, const memo_tables *tables,
                       unsigned char *out);

/* A function's generation; MDB_NOTFOUND: it is not known. */
int memo_record_find_generation(uint64_t *out, MDB_txn *txn,
                                const memo_tables *tables, const memo_name *id);

/* Is all there that attaching would write?  Then its generation. */
int memo_record_find(uint64_t *generation, MDB_txn *txn,
                     const memo_tables *tables, const memo_stored *stored);

/* Note a function, give it a generation if it has none, and forget another one
 * that stood at its place: *is_changed. */
int memo_record_attach(memo_u32 *is_changed, uint64_t *generation, MDB_txn *txn,
                       const memo_tables *tables, const memo_stored *stored);

/* Give a function, or all of them (`id` NULL), another generation. */
int memo_record_clear(MDB_txn *txn, const memo_tables *tables,
                      const memo_name *id);

/* Add to the hits that are counted for a function. */
int memo_record_add_hits(MDB_txn *txn, const memo_tables *tables,
                         const memo_name *id, uint64_t hits);

/* One entry more; an older one of the same key goes.
 * Units: nanoseconds since 1970; expires_ns 0 = never. */
int memo_record_put(MDB_txn *txn, const memo_tables *tables,
                    const memo_record_key *key, uint64_t now_ns,
                    const memo_store_write *write);

/* One less; MDB_NOTFOUND is none. */
int memo_record_remove(MDB_txn *txn, const memo_tables *tables,
                       const memo_record_key *key);

/* The bytes of an entry, as long as the transaction lasts. */
int memo_record_get(MDB_val *out, MDB_txn *txn, const memo_tables *tables,
                    const memo_record_key *key);

/* Remove up to `most` entries that have expired, that are the oldest (until
 * they have had so many bytes), or that belong to no function; *removed says
 * how many. */
int memo_record_expire(size_t *removed, MDB_txn *txn, const memo_tables *tables,
                       uint64_t now_ns, size_t most);
int memo_record_evict(size_t *removed, MDB_txn *txn, const memo_tables *tables,
                      size_t most, uint64_t bytes);
int memo_record_sweep(size_t *removed, MDB_txn *txn, const memo_tables *tables,
                      size_t most);

bool memo_record_has_expired(MDB_txn *txn, const memo_tables *tables,
                             uint64_t now_ns);

/* Bytes that all of it takes in the file. */
int memo_record_used(uint64_t *out, MDB_txn *txn, const memo_tables *tables);

/* Visit every function, and its entries. */
int memo_record_each(int *answer, MDB_txn *txn, const memo_tables *tables,
                     memo_store_visit *visit, void *context);

/* The next function of a cursor over the functions; without its entries. */
int memo_record_next_function(memo_store_item *out, uint64_t *generation,
                              MDB_cursor *cursor);

#endif
