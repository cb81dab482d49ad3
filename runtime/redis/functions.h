/* functions.h -- functions that are used, and how often each was cleared.
 *
 * A generation is two numbers: how often a function was cleared, and how often
 * all of them were.  Both are counted in Redis, from where chance has it.  What
 * was read there is known until a change is heard of: each thing has a version,
 * which counts what was heard, and what was read is worth nothing under another
 * version than the one before it was asked for.
 *
 * Threads: any, without locks; functions are added by the store's thread.
 */
#ifndef MEMO_REDIS_FUNCTIONS_H
#define MEMO_REDIS_FUNCTIONS_H

#include "memo/store.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#define MEMO_REDIS_BUCKETS 256

typedef struct memo_redis_function {
    memo_stored *stored;
    struct memo_redis_function *next; /* in its bucket */
} memo_redis_function;

typedef struct memo_redis_functions {
    memo_redis_function *_Atomic buckets[MEMO_REDIS_BUCKETS];
    _Atomic uint64_t all_known; /* version, then the number */
    _Atomic uint64_t all_version;
} memo_redis_functions;

/* Versions, from before something was asked for. */
typedef struct memo_redis_versions {
    uint32_t own, all;
} memo_redis_versions;

/* What was read: of the function, and of all. */
typedef struct memo_redis_counts {
    uint64_t own, all;
} memo_redis_counts;

void memo_redis_functions_init(memo_redis_functions *out);
void memo_redis_functions_finish(memo_redis_functions *functions);

/* Add it, if it is not there.  False: out of memory. */
bool memo_redis_functions_add(memo_redis_functions *functions,
                              memo_stored *stored);

/* NULL: it is not used here. */
memo_stored *memo_redis_functions_find(const memo_redis_functions *functions,
                                       const memo_name *id);

/* The first one (`from` NULL), and those behind it; NULL at the end. */
const memo_redis_function *
memo_redis_functions_next(const memo_redis_functions *functions,
                          const memo_redis_function *from);

/* Is the generation known?  *out is the last that was, in any case. */
bool memo_redis_generation_get(uint64_t *out,
                               const memo_redis_functions *functions,
                               const memo_stored *stored);

memo_redis_versions
memo_redis_versions_get(const memo_redis_functions *functions,
                        const memo_stored *stored);

/* Note the generation that it has now. */
void memo_redis_generation_set(memo_stored *stored, uint64_t generation);

uint64_t memo_redis_generation_of(memo_redis_counts counts);

/* Note that counts stay true until a change is heard of: both nodes are
 * listened to, since before it was asked for. */
void memo_redis_generation_trust(memo_redis_functions *functions,
                                 memo_stored *stored, memo_redis_counts counts,
                                 memo_redis_versions before);

/* A change was heard of: of one function, of the count of all, or whatever it
 * may be. */
void memo_redis_outdate(memo_stored *stored);
void memo_redis_outdate_all(memo_redis_functions *functions);
void memo_redis_outdate_everything(memo_redis_functions *functions);

#endif
