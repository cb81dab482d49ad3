/* object.h -- results that are shared instead of copied, and when they end.
 *
 * An object is what one run of a body has returned.  It is used by the table
 * that holds it, and by every thread that has pinned it; when the former has
 * let it go and the last of the latter is done, it is released, once.
 *
 *     table lets go ─▶ limbo: until no reader can be about to pin it ─▶ left
 *     left, and no pin ─▶ queue ─▶ memo_objects_settle() calls release
 *
 * release and validate are the user's: they are called outside of sections,
 * locks and the library, so they may call memoized functions.  It knows neither
 * keys nor tables.
 */
#ifndef MEMO_CACHE_OBJECT_H
#define MEMO_CACHE_OBJECT_H

#include "cache/reclaim.h"
#include "cache/sets.h"
#include "cache/thread.h"
#include "memo/generated.h"

/* What the objects of one function have in common; it outlives the function. */
typedef struct memo_pool {
    struct memo_function shared; /* how its values are kept: flat */
    struct memo_function copied; /* as if they were copied, to look at them */
    bool is_borrowed;            /* memory, which is given back */
    bool is_address;             /* a NULL is not released */
    _Atomic bool has_code;     /* releasing calls the user's, which is there */
    _Atomic size_t references; /* by its cache, and by every object */
    _Atomic uint64_t pinned, pinned_bytes;
    struct memo_pool *next; /* while its function is unloaded */
} memo_pool;

/* The entry that a table holds follows it: key bytes, the result as it is, and
 * the outputs, encoded. */
typedef struct memo_object {
    _Atomic uint64_t uses; /* pins; MEMO_OBJECT_LEFT */
    memo_pool *pool;
    struct memo_object *next; /* in the queue */
    uint64_t result_count;    /* MEMO_RESULT_ELEMENTS */
    size_t bytes;             /* of all this, and of memory that it owns */
    uint64_t forks;           /* the process's when it was made */
} memo_object;

/* No table holds it, and no reader can be about to pin it. */
#define MEMO_OBJECT_LEFT ((uint64_t)1 << 63)

/* What is to be released. */
typedef struct memo_objects {
    _Alignas(64) _Atomic bool has_any; /* every shared hit reads it */
    _Alignas(64) pthread_mutex_t lock; /* after that of a limbo */
    memo_object *first, **last;
    uint64_t forks; /* of this process and those before it */
} memo_objects;

bool memo_objects_init(memo_objects *objects);

/* Errors: NULL: out of memory. */
memo_pool *memo_pool_make(const struct memo_function *function);
void memo_pool_hold(memo_pool *pool);
void memo_pool_drop(memo_pool *pool);

static inline memo_entry *memo_object_entry(memo_object *object)
{
    return (memo_entry *)(void *)(object + 1);
}

static inline memo_object *memo_object_of(memo_entry *entry)
{
    return (memo_object *)(void *)entry - 1;
}

/* The result.  Shape: of the function's type, not aligned. */
static inline unsigned char *memo_object_result(memo_object *object)
{
    memo_entry *entry = memo_object_entry(object);

    return entry->bytes + entry->key_size;
}

/* An object that is held by the table that it is going to be put in; the
 * result and the outputs are still to be filled in.
 * Shape:  `key`: NULL or whose key bytes it has.
 * Owner:  memo_object_leave(), or memo_object_retire() once others know it.
 * Errors: NULL: out of memory. */
memo_object *memo_object_make(memo_pool *pool, const memo_entry *key,
                              size_t value_size, size_t content_size);

/* Pin it for a thread that has not, and has room.
 * Threads: in a section in which it was found, or before others know it. */
void memo_object_pin(memo_thread *self, memo_object *object);

/* Unpin it, or everything. */
void memo_object_unpin(memo_thread *self, memo_object *object);
void memo_objects_unpin_all(memo_thread *self);

/* No table has it, nobody else can find it. */
void memo_object_leave(memo_object *object);

/* The table has let it go: it has left after a grace period.
 * Threads: any, with stripes locked, in a section. */
void memo_object_retire(memo_limbo *limbo, memo_entry *entry);

/* Release what is to be released.
 * Threads: a safe point: no lock, no section, not inside of the library.  Does
 *          nothing when called by a release or validate function. */
void memo_objects_settle(memo_thread *self);

/* Is it usable?  Calls the user's function; errno stays. */
bool memo_object_is_valid(memo_thread *self, memo_object *object,
                          int (*validate)(const void *result));

/* Does this thread run a release or validate function right now? */
bool memo_objects_are_calling(memo_thread *self);

/* A thread ends: all its pins, and what they kept. */
void memo_objects_end_thread(memo_thread *self);

/* The process ends: clear everything, end the pins of this thread, release what
 * can be. */
void memo_objects_release_all(void);

/* The code of these pools' functions goes away: release what can be, forget how
 * to release the rest. */
void memo_pools_close(memo_pool *pools, memo_thread *self);

/* In the child of a fork: what is there is the parent's to release. */
void memo_objects_forget_parent(memo_objects *objects);

#endif
