/* listing.h -- what is in stores: functions and their entries.
 *
 * A walk over a store is copied, for while it lasts the store cannot be asked
 * anything else.  Of an entry that is its head and its key; the rest only of
 * those that are asked for, for it may be large.
 */
#ifndef MEMO_INSPECT_LISTING_H
#define MEMO_INSPECT_LISTING_H

#include "cache/stored_form.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Digits of a digest, and a NUL. */
#define MEMO_DIGEST_TEXT 33

/* A version of a function in one store. */
typedef struct memo_listed_function {
    const struct memo_store *store;
    memo_name id;
    const char *function, *file, *source;
    const char *facts; /* ends with a NUL, which facts_size does not count */
    size_t facts_size;
    uint32_t line;
    uint64_t hits;
    uint64_t entries, results, bytes; /* of its entries */
    uint64_t newest_ns, oldest_ns;    /* when results were written; 0 = none */
    uint64_t generation;              /* of the newest entry */
} memo_listed_function;

typedef struct memo_listed_entry {
    memo_listed_function *function;
    memo_name digest;
    uint64_t size;       /* of all its bytes */
    const char *problem; /* what is wrong with it, or NULL */
    bool is_entry;       /* else it has neither head nor key */
    memo_stored_head head;
    const unsigned char *key;
    const unsigned char *bytes; /* all of them, if they were asked for */
    /* The entry whose answers lead here; NULL: there is none. */
    const struct memo_listed_entry *parent;
} memo_listed_entry;

/* Owner: memo_listing_finish(); {0} is an empty one. */
typedef struct memo_listing {
    memo_listed_function **functions;
    size_t function_count, function_room;
    memo_listed_entry *entries;
    size_t entry_count, entry_room;
    bool has_no_memory;
} memo_listing;

/* What is wrong with an entry, or NULL, by its bytes. */
typedef const char *memo_listing_judge(const memo_listed_entry *entry,
                                       const memo_stored_entry *parts,
                                       const void *bytes,
                                       const unsigned char *secret);

/* What a listing is made for. */
typedef struct memo_listing_wants {
    const char *function;      /* only of this name; NULL: all */
    const char *kept;          /* keep the bytes of entries whose digests begin
                                  so; NULL: of none */
    memo_listing_judge *judge; /* NULL: their form is looked at */
} memo_listing_wants;

/* Add what is in a store.
 * Errors: false: out of memory. */
bool memo_listing_add(memo_listing *to, const struct memo_store *store,
                      void *opened, const memo_store_host *host,
                      const memo_listing_wants *wants);

/* Sort by function, then the newest entry first; add up; find parents.  What
 * was found in it before is no more where it was. Errors: false: out of memory.
 */
bool memo_listing_sort(memo_listing *listing);
void memo_listing_finish(memo_listing *listing);

/* An entry that is a result, or may have been one. */
bool memo_listed_is_result(const memo_listed_entry *entry);

/* The entry of the inputs that lead to this one; NULL: it is gone. */
const memo_listed_entry *memo_listed_root(const memo_listed_entry *entry);

/* How many entries lead to this one. */
unsigned memo_listed_depth(const memo_listed_entry *entry);

/* The digest of the parent that a derived entry's key begins with.
 * Errors: false: the key is too short. */
bool memo_listed_parent(memo_name *out, const memo_listed_entry *entry);

/* Results whose digests begin so, up to `most` of them into `out`.  Returns how
 * many there are. */
size_t memo_listing_find(const memo_listed_entry **out, size_t most,
                         const memo_listing *listing, const char *beginning);

/* A digest as hexadecimal digits.
 * Shape: `out` has MEMO_DIGEST_TEXT bytes. */
void memo_digest_text(char *out, const memo_name *digest);

static inline bool memo_name_equal(const memo_name *a, const memo_name *b)
{
    return a->low == b->low && a->high == b->high;
}

#endif
