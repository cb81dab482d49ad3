/* reclaim.h -- when may memory be freed that readers may still see.
 *
 * Readers announce sections (thread.h) and pay next to nothing.  What has been
 * unlinked is retired here; it is freed once every thread that was in a section
 * after the unlinking has left it.  Nobody ever waits: each call looks whether
 * the grace period in progress is over.
 */
#ifndef MEMO_CACHE_RECLAIM_H
#define MEMO_CACHE_RECLAIM_H

#include "cache/thread.h"

/* The first member of everything that can be retired; it comes from malloc or
 * aligned_alloc.  Who has made it or looked at it says so: memo_tsan_release().
 */
typedef struct memo_retired {
    struct memo_retired *next;
} memo_retired;

/* What is retired alike: memory, and objects that others may have taken hold
 * of meanwhile, so that they are handed on instead of freed. */
typedef struct {
    memo_retired *memory, *objects;
} memo_batch;

typedef struct memo_limbo {
    pthread_mutex_t lock;
    memo_threads *threads;
    memo_batch gathered; /* retired, no grace period has begun */
    memo_batch awaiting; /* to be freed when the grace period is over */
    size_t gathered_count, gathered_bytes;
    _Atomic bool has_any;
    _Atomic bool is_urgent; /* some object should be handed on soon */
    void (*hand_on)(memo_retired *objects);
} memo_limbo;

/* Can the retiring side force a barrier on all threads?  If not, readers must
 * be fenced. */
bool memo_reclaim_probe(void);

bool memo_limbo_init(memo_limbo *limbo, memo_threads *threads);

/* Hand over what no new reader can reach.
 * Units:   bytes.
 * Threads: any, inside or outside of a section. */
void memo_limbo_retire(memo_limbo *limbo, memo_retired *memory, size_t size);

/* The same for what is handed on after the grace period.  `is_urgent`: the
 * caller, or others, will soon call memo_limbo_flush(). */
void memo_limbo_retire_object(memo_limbo *limbo, memo_retired *object,
                              size_t size, bool is_urgent);

/* Free what can be freed, begin the next grace period.  `eagerly`: even for a
 * few things. */
void memo_limbo_poll(memo_limbo *limbo, bool eagerly);

/* Free all that nobody looks at now. */
void memo_limbo_flush(memo_limbo *limbo);

#endif
