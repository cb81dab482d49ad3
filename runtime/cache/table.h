/* table.h -- key to entry, for many threads: the table of one function.
 *
 * A key is two words, a value is one.  Words are the whole key, or its digest;
 * then the value is the address of a memo_entry that the table owns, and it is
 * the caller who compares the key bytes in it.  Readers take no lock (sets.h);
 * writers lock a stripe of the sets.
 *
 * It knows neither functions nor how a value is made.  Which entry leaves is
 * decided by limits.h.
 */
#ifndef MEMO_CACHE_TABLE_H
#define MEMO_CACHE_TABLE_H

#include "base/clock.h"
#include "cache/limits.h"
#include "cache/sets.h"

/* ThreadSanitizer counts at most 64 locks that a thread holds at once. */
#define MEMO_STRIPES 32

#define MEMO_CLEARANCES 16

/* What all tables of a process share. */
typedef struct memo_space {
    pthread_mutex_t stripes[MEMO_STRIPES];
    memo_limbo limbo;
    _Atomic uint64_t bytes;      /* of all sets and entries */
    _Atomic uint64_t sets_bytes; /* of these, of sets */
    _Atomic uint64_t max_bytes;  /* 0 = no bound */
} memo_space;

typedef struct {
    uint64_t max_entries; /* 0 = no bound */
    uint64_t max_bytes;   /* 0 = no bound */
    uint64_t ttl_ns;      /* 0 = for ever */
    bool has_entries;     /* values are memo_entry addresses */
    bool has_objects;     /* these are in a memo_object each (object.h) */
} memo_table_options;

typedef struct memo_table {
    /* What every hit reads. */
    memo_sets *_Atomic sets;
    memo_table_options options;
    bool is_exact_lru;
    memo_space *space;

    /* What writers write. */
    _Alignas(64) _Atomic uint32_t now; /* insertions; exact LRU: uses */
    _Atomic uint64_t mask;  /* of `sets`, to find a stripe without them */
    _Atomic uint64_t count; /* entries, those on their way in included */
    _Atomic uint64_t bytes;
    _Atomic uint64_t hand;       /* the pair that eviction looks at next */
    _Atomic uint64_t sweep_hand; /* the pair that is swept next */
    _Atomic uint64_t evictions, expirations;
    /* How often something was cleared on purpose, by a part of the hash. */
    _Atomic uint32_t clearances[MEMO_CLEARANCES];
} memo_table;

typedef enum {
    MEMO_INSERTED,
    MEMO_OUTDATED, /* it was cleared since `clearance` was read */
    MEMO_NO_ROOM   /* no bound can be kept with it */
} memo_insertion;

bool memo_space_init(memo_space *space, memo_threads *threads);

/* Errors: NULL: out of memory. */
bool memo_table_init(memo_table *table, const memo_table_options *options,
                     memo_space *space);

/* Retire what the table holds; it is not to be used again. */
void memo_table_finish(memo_table *table);

/* Say, under the lock, why a key is not here, and how often its part was
 * cleared; or find it after all, if it came in the meantime. */
memo_reason memo_table_explain(memo_table *table, uint64_t word0,
                               uint64_t word1, memo_found *found,
                               uint32_t *clearance);

/* Only that: how often its part was cleared.  Takes no lock. */
uint32_t memo_table_clearance(memo_table *table, uint64_t word0,
                              uint64_t word1);

/* Is an entry of so much memory above a bound when nothing else is there?  It
 * counts as much as its place, and its memory. */
static inline bool memo_table_is_too_large(uint64_t max_bytes,
                                           size_t entry_bytes)
{
    return max_bytes != 0 && (max_bytes < sizeof(memo_slot) ||
                              entry_bytes > max_bytes - sizeof(memo_slot));
}

/* Keep an item.  The table owns the memory at item->value on success only.
 * Entries leave if bounds ask for it. */
memo_insertion memo_table_insert(memo_table *table, const memo_item *item,
                                 uint32_t clearance);

/* Remember why a key has not been kept. */
void memo_table_note(memo_table *table, uint64_t word0, uint64_t word1,
                     memo_reason reason);

/* Forget one key, or all.  What is being computed will not be kept. */
void memo_table_remove(memo_table *table, uint64_t word0, uint64_t word1);
void memo_table_clear(memo_table *table);

/* Let one entry leave if it still has that value, which cannot come again. */
void memo_table_reject(memo_table *table, uint64_t word0, uint64_t word1,
                       uint64_t value, memo_reason reason);

/* Let one entry leave to make room; false when there is none.
 * Units: now_ns as the stamps. */
bool memo_table_evict(memo_table *table, uint64_t now_ns);

/* Free the expired entries of the next pairs of sets; true after the last. */
bool memo_table_sweep(memo_table *table, unsigned pairs, uint64_t now_ns);

/* In the child of a fork: what other threads had on its way in is not coming.
 */
void memo_table_recount(memo_table *table);

/* ---- finding: in an epoch section --------------------------------------- */

/* Find a key, fresh or not.  Never waits: a place that is being written is not
 * found. */
MEMO_HOT bool memo_table_find(memo_table *table, uint64_t word0, uint64_t word1,
                              memo_found *found)
{
    return memo_sets_find(
        atomic_load_explicit(&table->sets, memory_order_acquire), word0, word1,
        found);
}

/* The same, but only where it most likely is.
 * Shape: something was inserted before, or nothing is found. */
MEMO_HOT bool memo_table_find_first(memo_table *table, uint64_t word0,
                                    uint64_t word1, memo_found *found)
{
    memo_sets *sets = atomic_load_explicit(&table->sets, memory_order_acquire);
    uint64_t hash = memo_hash_words_again(word0, word1);

    return memo_slot_read(
        &sets->sets[hash & sets->mask].slots[memo_hash_way(hash)], word0, word1,
        NULL, found);
}

/* When does an entry expire?  UINT64_MAX: never. */
static inline uint64_t memo_table_expiry(const memo_table *table,
                                         uint64_t stamp)
{
    uint64_t expiry;

    if (table->options.ttl_ns == 0 ||
        __builtin_add_overflow(stamp, table->options.ttl_ns, &expiry))
        return UINT64_MAX;
    return expiry;
}

/* Note that an entry was hit: a write only while the mark changes. */
MEMO_HOT void memo_table_touch(memo_table *table, memo_slot *slot)
{
    uint32_t mark = atomic_load_explicit(&slot->mark, memory_order_relaxed);
    uint32_t hit;

    if (__builtin_expect(table->is_exact_lru, 0))
        hit = mark == atomic_load_explicit(&table->now, memory_order_relaxed)
                  ? mark
                  : atomic_fetch_add_explicit(&table->now, 1,
                                              memory_order_relaxed) +
                        1;
    else
        hit = memo_mark_hit(mark);
    if (hit != mark)
        atomic_store_explicit(&slot->mark, hit, memory_order_relaxed);
}

#endif
