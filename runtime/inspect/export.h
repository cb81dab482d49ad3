/* export.h -- what a store holds, as records of an archive. */
#ifndef MEMO_INSPECT_EXPORT_H
#define MEMO_INSPECT_EXPORT_H

#include "inspect/archive.h"
#include "inspect/listing.h"

/* Takes bytes of a stream; false: it takes no more. */
typedef bool memo_export_writer(void *context, const void *bytes, size_t size);

typedef struct memo_export {
    memo_export_writer *write;
    void *context;
    memo_sink bytes; /* of one record.  Owner: memo_export_end() */
    uint64_t functions, entries, results; /* that were written */
    uint64_t left_out;                    /* they are damaged, or too large */
    bool has_failed; /* it takes no more, or there is no memory */
} memo_export;

void memo_export_begin(memo_export *out, memo_export_writer *write,
                       void *context);

/* Write what is in a store.  Entries that have expired, or that nothing leads
 * to any more, are passed over. Units:  now_ns since 1970. Errors: false: see
 * has_failed. */
bool memo_export_store(memo_export *to, const struct memo_store *store,
                       void *opened, const memo_store_host *host,
                       uint64_t now_ns);

/* Write the end.  Errors: false, as above. */
bool memo_export_end(memo_export *to);

#endif
