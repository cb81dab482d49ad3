/* table.h -- key to entry, for many threads: the table of one function.
 *
 * A key is two words, a value is one.  Words are the whole key, or its digest;
 * then the value is the address of a memo_entry that the table owns, and it is
 * the caller who compares the key bytes in it.  Keys fall into sets of 16
 * places.  Readers take no lock: each place has a sequence number that is odd
 * while a writer, under the lock of its stripe, changes it.
 *
 * It knows neither functions nor how a value is made.  Which entry leaves is
 * decided by limits.h.
 */
#ifndef MEMO_CACHE_TABLE_H
#define MEMO_CACHE_TABLE_H

#include "base/clock.h"
#include "base/hash.h"
#include "cache/limits.h"
#include "cache/reclaim.h"
#include "memo/stats.h"

#define MEMO_WAYS 16

/* ThreadSanitizer counts at most 64 locks that a thread holds at once. */
#define MEMO_STRIPES 32

#define MEMO_CLEARANCES 16

/* A key and a value that do not fit into words: bytes[0, key_size) and the
 * value_size bytes after them. */
typedef struct memo_entry {
    memo_retired retired;
    uint32_t key_size;
    size_t value_size;
    unsigned char bytes[];
} memo_entry;

/* What all tables of a process share. */
typedef struct memo_space {
    pthread_mutex_t stripes[MEMO_STRIPES];
    memo_limbo limbo;
    _Atomic uint64_t bytes;     /* of all sets and entries */
    _Atomic uint64_t max_bytes; /* 0 = no bound */
} memo_space;

/* A place.  sequence: bit 0 = a writer is here, bit 1 = there is an entry. */
typedef struct {
    _Atomic uint32_t sequence;
    _Atomic uint32_t mark; /* limits.h; readers write it, too */
    _Atomic uint64_t word0, word1, value;
} memo_slot;

/* 16 places; one cache line of what finds them, then two places a line. */
typedef struct {
    _Atomic uint64_t tags[2];     /* a byte for each place, 0 = empty */
    uint16_t ghosts[MEMO_WAYS];   /* what left and why; under the lock */
    uint32_t next_ghost, present; /* bit i: there is an entry at place i */
    uint64_t unused;
    memo_slot slots[MEMO_WAYS];
} memo_set;

typedef struct {
    memo_retired retired;
    uint64_t mask;            /* number of sets - 1 */
    size_t size_bytes;        /* of all this */
    _Atomic uint64_t *stamps; /* when each place was filled; NULL without ttl */
    _Alignas(64) memo_set sets[];
} memo_sets;

typedef struct {
    uint64_t max_entries; /* 0 = no bound */
    uint64_t max_bytes;   /* 0 = no bound */
    uint64_t ttl_ns;      /* 0 = for ever */
    bool has_entries;     /* values are memo_entry addresses */
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
    _Atomic uint64_t hand;       /* the sets that eviction looks at next */
    _Atomic uint64_t sweep_hand; /* the set that is swept next */
    _Atomic uint64_t evictions, expirations;
    /* How often something was cleared on purpose, by a part of the hash. */
    _Atomic uint32_t clearances[MEMO_CLEARANCES];
} memo_table;

typedef struct {
    uint64_t value;
    uint64_t stamp; /* when it was inserted; 0 without ttl */
    memo_slot *slot;
} memo_found;

typedef struct {
    uint64_t word0, word1;
    uint64_t value;
    size_t entry_bytes; /* of the memory at `value`; 0 without entries */
    uint64_t stamp;
} memo_item;

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

/* Let one entry leave to make room; false when there is none.
 * Units: now_ns as the stamps. */
bool memo_table_evict(memo_table *table, uint64_t now_ns);

/* Free the expired entries of the next sets; true after the last one. */
bool memo_table_sweep(memo_table *table, unsigned sets, uint64_t now_ns);

/* ---- finding: in an epoch section ---------------------------------------- */

static inline unsigned memo_hash_way(uint64_t hash)
{
    return (unsigned)(hash >> 60);
}

static inline unsigned memo_hash_tag(uint64_t hash)
{
    return (unsigned)(hash >> 52 & 0x7F) | 0x80;
}

/* Bit i: byte i of the tags is `tag`. */
static inline unsigned memo_tags_match(const memo_set *set, unsigned tag)
{
    const uint64_t ones = 0x0101010101010101u, low = 0x7F * ones;
    unsigned match = 0;

    for (unsigned i = 0; i < 2; i++) {
        uint64_t tags =
            atomic_load_explicit(&set->tags[i], memory_order_relaxed);
        uint64_t other = tags ^ ones * tag; /* a byte is 0: it matches */
        uint64_t zero = ~(((other & low) + low) | other | low);

        match |= (unsigned)((zero >> 7) * 0x0102040810204080u >> 56) << 8 * i;
    }
    return match;
}

/* Read a place if it holds the key.
 *
 * Without fences, which ThreadSanitizer does not know: the words are read by
 * acquire and written by release, so whoever reads one of a later writer's
 * words also sees that the sequence has changed. */
static inline bool memo_slot_read(memo_slot *slot, uint64_t word0,
                                  uint64_t word1, const _Atomic uint64_t *stamp,
                                  memo_found *found)
{
    uint32_t sequence =
        atomic_load_explicit(&slot->sequence, memory_order_acquire);

    if ((sequence & 3) != 2 ||
        atomic_load_explicit(&slot->word0, memory_order_acquire) != word0 ||
        atomic_load_explicit(&slot->word1, memory_order_acquire) != word1)
        return false;
    found->slot = slot;
    found->value = atomic_load_explicit(&slot->value, memory_order_acquire);
    found->stamp =
        stamp ? atomic_load_explicit(stamp, memory_order_acquire) : 0;
    return atomic_load_explicit(&slot->sequence, memory_order_relaxed) ==
           sequence;
}

static inline bool memo_sets_find(memo_sets *sets, uint64_t word0,
                                  uint64_t word1, memo_found *found)
{
    uint64_t hash = memo_hash_words(word0, word1);
    uint64_t index = hash & sets->mask;
    memo_set *set = &sets->sets[index];
    unsigned way = memo_hash_way(hash);
    const _Atomic uint64_t *stamps =
        sets->stamps ? &sets->stamps[index * MEMO_WAYS] : NULL;
    unsigned match;

    if (memo_slot_read(&set->slots[way], word0, word1,
                       stamps ? &stamps[way] : NULL, found))
        return true;
    match = memo_tags_match(set, memo_hash_tag(hash));
    for (; match; match &= match - 1) {
        way = (unsigned)__builtin_ctz(match);
        if (memo_slot_read(&set->slots[way], word0, word1,
                           stamps ? &stamps[way] : NULL, found))
            return true;
    }
    return false;
}

/* Find a key, fresh or not.  Never waits: a place that is being written is not
 * found. */
static inline bool memo_table_find(memo_table *table, uint64_t word0,
                                   uint64_t word1, memo_found *found)
{
    return memo_sets_find(
        atomic_load_explicit(&table->sets, memory_order_acquire), word0, word1,
        found);
}

/* Has an entry reached its ttl?  `now_ns`: a bound of the clock. */
static inline bool memo_table_is_expired(const memo_table *table,
                                         uint64_t stamp, uint64_t now_ns)
{
    return table->options.ttl_ns != 0 && now_ns > stamp &&
           now_ns - stamp >= table->options.ttl_ns;
}

/* Note that an entry was hit: a write only while the mark changes. */
static inline void memo_table_touch(memo_table *table, memo_slot *slot)
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
