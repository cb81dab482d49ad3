/* archive.h -- entries of stores as one stream of bytes.  Pure.
 *
 *     head, then for each store: source, its functions, its entries; end
 *
 * Each record has a mark to find it by, its kind and its size with a checksum,
 * then its content with another one.  Whoever reads trusts nothing, and goes on
 * behind what is damaged.  Entries come behind the function and the entry that
 * lead to them.  Numbers of records are little-endian; what an entry holds is
 * in the order of the machine, which the head names.
 *
 * A stream belongs to whoever may read the store: it says what functions
 * return, to whoever takes it over.
 */
#ifndef MEMO_INSPECT_ARCHIVE_H
#define MEMO_INSPECT_ARCHIVE_H

#include "cache/sink.h"
#include "cache/stored_form.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Counts up when the stream changes its form. */
#define MEMO_ARCHIVE_VERSION 1

/* No record is larger. */
#define MEMO_ARCHIVE_MOST_BYTES ((uint64_t)1 << 30)

typedef enum {
    MEMO_ARCHIVE_HEAD = 1,
    MEMO_ARCHIVE_SOURCE,
    MEMO_ARCHIVE_FUNCTION,
    MEMO_ARCHIVE_ENTRY,
    MEMO_ARCHIVE_END
} memo_archive_kind;

typedef struct memo_archive_head {
    uint64_t version;
    const char *machine; /* as memo_describe_head() has it */
} memo_archive_head;

typedef struct memo_archive_source {
    const char *store;  /* as persist="..." has it */
    memo_digest secret; /* equal where the secrets are */
} memo_archive_source;

typedef struct memo_archive_function {
    memo_name id;
    uint32_t line;
    const char *function, *file, *source, *facts;
} memo_archive_function;

/* The sizes, times and kinds of the head count, and the id. */
typedef struct memo_archive_entry {
    memo_name digest;
    memo_stored_entry parts;
} memo_archive_entry;

typedef struct memo_archive_end {
    uint64_t functions, entries;
} memo_archive_end;

typedef struct memo_archive_record {
    memo_archive_kind kind;
    union {
        memo_archive_head head;
        memo_archive_source source;
        memo_archive_function function;
        memo_archive_entry entry;
        memo_archive_end end;
    } is;
} memo_archive_record;

/* Append a record. */
void memo_archive_put(memo_sink *out, const memo_archive_record *record);

/* The head of a stream that this program writes, and reads.
 * Shape: `machine` has MEMO_DESCRIBE_HEAD bytes. */
memo_archive_record memo_archive_head_make(char *machine);

/* NULL, or why this program cannot read such a stream. */
const char *memo_archive_judge(const memo_archive_head *head);

/* A word that is equal where secrets are, and does not tell them. */
memo_digest memo_archive_secret(const unsigned char *secret);

typedef enum {
    MEMO_ARCHIVE_RECORD,
    MEMO_ARCHIVE_MORE,    /* the record goes on behind these bytes */
    MEMO_ARCHIVE_DAMAGED, /* these bytes are none */
    MEMO_ARCHIVE_OVER     /* there are no more */
} memo_archive_step;

/* Read what these bytes begin with, and *used of them; `is_all`: no more will
 * come.
 * Owner: `out` points into the bytes. */
memo_archive_step memo_archive_read(memo_archive_record *out, size_t *used,
                                    const unsigned char *bytes, size_t size,
                                    bool is_all);

#endif
