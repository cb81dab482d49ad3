/* stored_map.h -- which key of memory an entry of a store belongs to.
 *
 * Only for stores that tell what other processes change: then what memory has
 * of it goes, and nothing else.
 */
#ifndef MEMO_CACHE_STORED_MAP_H
#define MEMO_CACHE_STORED_MAP_H

#include "cache/drawings.h"
#include "memo/store.h"

#include <pthread.h>

typedef struct {
    memo_name digest; /* zero: none */
    memo_words words;
} memo_stored_link;

/* Of one function; zero but for the lock, it is empty. */
typedef struct {
    pthread_mutex_t *lock;
    memo_stored_link *links; /* open addressing */
    size_t mask, count;
    bool is_incomplete; /* without memory, not all are known any more */
} memo_stored_map;

/* Note what a digest leads to.  Threads: any. */
void memo_stored_map_add(memo_stored_map *map, memo_name digest,
                         memo_words words);

/* What it leads to, which is not known any more then; false: nothing.
 * `is_everything`: or it may be anything of the function. */
bool memo_stored_map_take(memo_words *out, bool *is_everything,
                          memo_stored_map *map, memo_name digest);

/* Forget all. */
void memo_stored_map_clear(memo_stored_map *map);

#endif
