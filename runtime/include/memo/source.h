/* memo/source.h -- which source a memoized function is made of.
 *
 *     char hash[MEMO_SOURCE_HASH_SIZE];
 *     if (memo_source_hash(load_data, hash) == MEMO_OK)
 *         printf("load_data is %s\n", hash);
 *
 * The hash covers the tokens of the function and of all that it uses, in every
 * file that memogen has processed, how those files were compiled, and the
 * options of the annotation that change the result.  Comments, white space,
 * ttl and bounds do not count.  Functions of files that memogen has not seen,
 * the C library's among them, count by name.
 */
#ifndef MEMO_SOURCE_H
#define MEMO_SOURCE_H

#include "memo/generated.h"
#include "memo/status.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MEMO_SOURCE_HASH_SIZE 33 /* 32 hex digits and a NUL */

/* Write the hash of a function's source: memo_source_hash(f, text).
 *
 * `f` is looked up as memo_stats() does.
 * Shape:   `text` takes MEMO_SOURCE_HASH_SIZE characters; "" on an error.
 * Errors:  MEMO_NOT_MEMOIZED, also when it was not called yet;
 *          MEMO_AMBIGUOUS; MEMO_NO_MEMORY.
 * Threads: any. */
#define memo_source_hash(f, text)                                              \
    memo_hash_source((text), (memo_address)(f), #f)
memo_status memo_hash_source(char *text, memo_address address,
                             const char *name);

/* ---- what changed between two sources ----------------------------------- */

/* What a function was made of at one time: the names and hashes of all
 * functions and objects that it reaches. */
typedef struct memo_snapshot memo_snapshot;

/* Take a snapshot of a function's source: memo_snapshot_take(f, &snapshot).
 *
 * `f` is looked up as memo_stats() does.
 * Owner:   caller; release with memo_snapshot_free().  It stays what it is when
 *          the function is unloaded.  NULL on an error.
 * Errors:  as memo_source_hash().
 * Threads: any. */
#define memo_snapshot_take(f, out)                                             \
    memo_take_snapshot((out), (memo_address)(f), #f)
memo_status memo_take_snapshot(memo_snapshot **out, memo_address address,
                               const char *name);

/* Shape: may be NULL. */
void memo_snapshot_free(memo_snapshot *snapshot);

/* How a name differs between two snapshots. */
#define MEMO_CHANGES(X)                                                        \
    X(MEMO_CHANGE_SOURCE, "changed")                                           \
    X(MEMO_CHANGE_ADDED, "was added")                                          \
    X(MEMO_CHANGE_REMOVED, "was removed")                                      \
    X(MEMO_CHANGE_BUILD, "was compiled in another way")                        \
    X(MEMO_CHANGE_OPTIONS, "has other options")

typedef enum memo_change {
#define MEMO_CHANGE_NAME(name, text) name,
    MEMO_CHANGES(MEMO_CHANGE_NAME)
#undef MEMO_CHANGE_NAME
        MEMO_CHANGE_COUNT
} memo_change;

/* "changed", "was added": to be said of the name.
 * Owner: the library; valid for ever.  Threads: any. */
const char *memo_change_text(memo_change change);

/* Call `visit` for every name that differs, in the order of the names, until it
 * returns something other than 0; returns that, or 0.  What a function uses
 * inside of its file (static functions, macros, types) is part of it: an edit
 * there is told of each function and object that uses it and that other files
 * can name, and of the memoized function itself.
 * Threads: any. */
int memo_snapshot_compare(const memo_snapshot *before,
                          const memo_snapshot *after,
                          int (*visit)(void *context, memo_change change,
                                       const char *name),
                          void *context);

/* The same as a sentence: "parse changed; table was added".  Returns its
 * length, 0 if nothing differs.
 * Shape: at most `size` bytes are written, a NUL always among them if size is
 *        not 0; a text that does not fit ends in "...".
 * Threads: any. */
memo_size memo_snapshot_describe(char *text, memo_size size,
                                 const memo_snapshot *before,
                                 const memo_snapshot *after);

#ifdef __cplusplus
}
#endif

#endif
