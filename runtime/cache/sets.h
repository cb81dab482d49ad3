/* sets.h -- the places of a table, and what they remember.
 *
 * Keys fall into sets of 16 places; what finds its set full goes to the other
 * set of its pair, so that a table can be filled well before it must grow.
 * Readers take no lock: each place has a sequence number that is odd while a
 * writer changes it.  Writers of one pair exclude each other before they come
 * here.  A set also remembers, in a few bits a key, what left it last and why.
 *
 * It knows neither when something leaves nor how many sets there should be.
 */
#ifndef MEMO_CACHE_SETS_H
#define MEMO_CACHE_SETS_H

#include "base/export.h"
#include "base/hash.h"
#include "cache/reclaim.h"
#include "memo/stats.h"

#define MEMO_WAYS 16
#define MEMO_PAIR_WAYS (2 * MEMO_WAYS)

/* A key and a value that do not fit into words: bytes[0, key_size) and the
 * value_size bytes after them. */
typedef struct memo_entry {
    memo_retired retired;
    uint32_t key_size;
    size_t value_size;
    unsigned char bytes[];
} memo_entry;

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

/* A pair that no other writer changes now, as one of its sets sees it: its own
 * places are ways 0 to 15, those of the other set 16 to 31. */
typedef struct {
    memo_sets *sets;
    memo_set *set;
    uint64_t index;
} memo_set_view;

static inline memo_set_view memo_set_at(memo_sets *sets, uint64_t index)
{
    return (memo_set_view){sets, &sets->sets[index], index};
}

/* The memory of so many sets. */
size_t memo_sets_bytes(uint64_t count, bool has_stamps);

/* Empty sets: a power of two of them, at least two.
 * Owner:  caller; free().
 * Errors: NULL: out of memory. */
memo_sets *memo_sets_make(uint64_t count, bool has_stamps);

/* Fill the sets `to`, at least as many, with the items, marks and ghosts of
 * `from[index]`. */
void memo_set_copy(memo_sets *to, memo_sets *from, uint64_t index);

/* Bit i: there is an entry at way i. */
uint32_t memo_set_present(const memo_set_view *at);

/* The way of a key, or -1. */
int memo_set_find(const memo_set_view *at, uint64_t word0, uint64_t word1);

/* An empty way for a hash, where readers look first if it can be; or -1. */
int memo_set_find_empty(const memo_set_view *at, uint64_t hash);

/* Fill a way, read it, or empty it. */
void memo_set_write(const memo_set_view *at, unsigned way,
                    const memo_item *item, uint32_t mark);
memo_item memo_set_read(const memo_set_view *at, unsigned way);
void memo_set_empty(const memo_set_view *at, unsigned way);

/* The marks of all ways; write those that have changed. */
void memo_set_read_marks(const memo_set_view *at, uint32_t *marks);
void memo_set_write_marks(const memo_set_view *at, const uint32_t *before,
                          const uint32_t *marks);

/* Remember why a key is not here; MEMO_NEW_KEY: forget it. */
void memo_set_note(memo_set *set, uint64_t hash, memo_reason reason);

/* Why is a key not here?  MEMO_NEW_KEY if nothing is remembered of it. */
memo_reason memo_set_reason(const memo_set *set, uint64_t hash);

/* ---- finding: without a lock, in an epoch section ----------------------- */

MEMO_HOT unsigned memo_hash_way(uint64_t hash)
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
        uint64_t other, zero;

        if (tags == 0)
            continue;              /* nothing is there, as in a new process */
        other = tags ^ ones * tag; /* a byte is 0: it matches */
        zero = ~(((other & low) + low) | other | low);
        match |= (unsigned)((zero >> 7) * 0x0102040810204080u >> 56) << 8 * i;
    }
    return match;
}

/* Read a place if it holds the key.
 *
 * Without fences, which ThreadSanitizer does not know: the words are read by
 * acquire and written by release, so whoever reads one of a later writer's
 * words also sees that the sequence has changed. */
MEMO_HOT bool memo_slot_read(memo_slot *slot, uint64_t word0, uint64_t word1,
                             const _Atomic uint64_t *stamp, memo_found *found)
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

/* The same by the number of the set and of its place. */
MEMO_HOT bool memo_way_read(memo_sets *sets, uint64_t index, unsigned way,
                            uint64_t word0, uint64_t word1, memo_found *found)
{
    return memo_slot_read(
        &sets->sets[index].slots[way], word0, word1,
        sets->stamps ? &sets->stamps[index * MEMO_WAYS + way] : NULL, found);
}

/* Find a key that is in neither of its first two places. */
bool memo_sets_find_elsewhere(memo_sets *sets, uint64_t hash, uint64_t word0,
                              uint64_t word1, memo_found *found);

/* The place of a hash, or the other one of its cache line, else anywhere. */
MEMO_HOT bool memo_sets_find(memo_sets *sets, uint64_t word0, uint64_t word1,
                             memo_found *found)
{
    uint64_t hash = memo_hash_words(word0, word1);
    uint64_t index = hash & sets->mask;
    unsigned way = memo_hash_way(hash);

    return memo_way_read(sets, index, way, word0, word1, found) ||
           memo_way_read(sets, index, way ^ 1, word0, word1, found) ||
           memo_sets_find_elsewhere(sets, hash, word0, word1, found);
}

#endif
