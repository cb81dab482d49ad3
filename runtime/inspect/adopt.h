/* adopt.h -- entries of an archive become a store's own.
 *
 * They get the store's generation and its secret's digests.  Where the secret
 * is another one than that of the store they come from, keys with digests in
 * them mean nothing there.
 */
#ifndef MEMO_INSPECT_ADOPT_H
#define MEMO_INSPECT_ADOPT_H

#include "inspect/archive.h"

typedef struct memo_adoption memo_adoption;

/* What has become of entries. */
typedef struct memo_adopted {
    uint64_t entries, results; /* that are in the store now */
    uint64_t expired;
    uint64_t bound;   /* only the store that they come from can find them */
    uint64_t orphans; /* what leads to them was damaged, or is not there */
    bool has_failed;  /* the store takes no more, or there is no memory */
} memo_adopted;

/* Begin with an open store.
 * Owner:  caller, memo_adoption_finish() after the store was closed.
 * Errors: NULL: out of memory.
 * Units:  now_ns since 1970. */
memo_adoption *memo_adoption_make(const struct memo_store *store, void *opened,
                                  const memo_store_host *host, uint64_t now_ns);

/* Take a record over: in their order. Heads and ends are passed over.
 * Errors: false: see has_failed. */
bool memo_adopt(memo_adoption *to, const memo_archive_record *record);

/* Write what is still to be written, and tell what has become of all.
 * Errors: false, as above. */
bool memo_adoption_end(memo_adopted *out, memo_adoption *adoption);
void memo_adoption_finish(memo_adoption *adoption); /* accepts NULL */

#endif
