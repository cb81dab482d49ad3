#include "cache/sets.h"

#include "base/tsan.h"

#include <stdlib.h>
#include <string.h>

_Static_assert(sizeof(memo_slot) == 32, "two places a cache line");
_Static_assert(sizeof(memo_set) == 64 + MEMO_WAYS * 32, "whole cache lines");
_Static_assert(MEMO_BUDGET == 7, "ghosts keep a reason in 3 bits");

/* A ghost: the reason above so many bits of the hash. */
#define FINGERPRINT_BITS 13

/* The number of a reason that is never kept stands for one that is too large
 * for 3 bits. */
_Static_assert(MEMO_NEW_KEY == 1, "a ghost is never 0");
#define REJECTED MEMO_NEW_KEY

/* Without the stamps, which come behind. */
static size_t bytes_of_places(uint64_t count)
{
    return sizeof(memo_sets) + (size_t)count * sizeof(memo_set);
}

size_t memo_sets_bytes(uint64_t count, bool has_stamps)
{
    size_t stamps =
        has_stamps ? (size_t)count * MEMO_WAYS * sizeof(uint64_t) : 0;

    return bytes_of_places(count) + stamps;
}

memo_sets *memo_sets_make(uint64_t count, bool has_stamps)
{
    size_t size = memo_sets_bytes(count, has_stamps);
    memo_sets *sets = aligned_alloc(64, size);

    if (!sets)
        return NULL;
    memset(sets, 0, size);
    sets->mask = count - 1;
    sets->size_bytes = size;
    if (has_stamps)
        sets->stamps =
            (_Atomic uint64_t *)(void *)((char *)sets + bytes_of_places(count));
    memo_tsan_release(sets);
    return sets;
}

/* ---- places ------------------------------------------------------------- */

static uint64_t index_of(const memo_set_view *at, unsigned way)
{
    return at->index ^ (way / MEMO_WAYS);
}

static memo_set *set_of(const memo_set_view *at, unsigned way)
{
    return &at->sets->sets[index_of(at, way)];
}

static memo_slot *slot_of(const memo_set_view *at, unsigned way)
{
    return &set_of(at, way)->slots[way % MEMO_WAYS];
}

static _Atomic uint64_t *stamp_of(const memo_set_view *at, unsigned way)
{
    size_t place = (size_t)index_of(at, way) * MEMO_WAYS + way % MEMO_WAYS;

    return at->sets->stamps ? &at->sets->stamps[place] : NULL;
}

/* The sequence of a place without its two flags. */
static uint32_t sequence_of(const memo_slot *slot)
{
    return atomic_load_explicit(&slot->sequence, memory_order_relaxed) & ~3u;
}

/* Tag 0: the place is empty. */
static void set_tag(memo_set *set, unsigned place, unsigned tag)
{
    _Atomic uint64_t *tags = &set->tags[place / 8];
    unsigned shift = place % 8 * 8;
    uint64_t others = atomic_load_explicit(tags, memory_order_relaxed) &
                      ~((uint64_t)0xFF << shift);

    atomic_store_explicit(tags, others | (uint64_t)tag << shift,
                          memory_order_relaxed);
    set->present &= ~(1u << place);
    set->present |= (uint32_t)(tag != 0) << place;
}

void memo_set_write(const memo_set_view *at, unsigned way,
                    const memo_item *item, uint32_t mark)
{
    memo_slot *slot = slot_of(at, way);
    uint32_t sequence = sequence_of(slot);
    _Atomic uint64_t *stamp = stamp_of(at, way);

    atomic_store_explicit(&slot->sequence, sequence + 1, memory_order_relaxed);
    atomic_store_explicit(&slot->word0, item->word0, memory_order_release);
    atomic_store_explicit(&slot->word1, item->word1, memory_order_release);
    atomic_store_explicit(&slot->value, item->value, memory_order_release);
    if (stamp)
        atomic_store_explicit(stamp, item->stamp, memory_order_release);
    atomic_store_explicit(&slot->mark, mark, memory_order_relaxed);
    atomic_store_explicit(&slot->sequence, sequence + 4 + 2,
                          memory_order_release);
    set_tag(set_of(at, way), way % MEMO_WAYS,
            memo_hash_tag(memo_hash_words(item->word0, item->word1)));
}

memo_item memo_set_read(const memo_set_view *at, unsigned way)
{
    memo_slot *slot = slot_of(at, way);
    _Atomic uint64_t *stamp = stamp_of(at, way);

    return (memo_item){
        .word0 = atomic_load_explicit(&slot->word0, memory_order_relaxed),
        .word1 = atomic_load_explicit(&slot->word1, memory_order_relaxed),
        .value = atomic_load_explicit(&slot->value, memory_order_relaxed),
        .stamp = stamp ? atomic_load_explicit(stamp, memory_order_relaxed) : 0,
    };
}

void memo_set_empty(const memo_set_view *at, unsigned way)
{
    memo_slot *slot = slot_of(at, way);

    atomic_store_explicit(&slot->sequence, sequence_of(slot) + 4,
                          memory_order_release);
    set_tag(set_of(at, way), way % MEMO_WAYS, 0);
}

void memo_set_read_marks(const memo_set_view *at, uint32_t *marks)
{
    for (unsigned way = 0; way < MEMO_PAIR_WAYS; way++)
        marks[way] =
            atomic_load_explicit(&slot_of(at, way)->mark, memory_order_relaxed);
}

void memo_set_write_marks(const memo_set_view *at, const uint32_t *before,
                          const uint32_t *marks)
{
    for (unsigned way = 0; way < MEMO_PAIR_WAYS; way++) {
        if (marks[way] != before[way])
            atomic_store_explicit(&slot_of(at, way)->mark, marks[way],
                                  memory_order_relaxed);
    }
}

/* ---- finding ------------------------------------------------------------ */

/* Bit i: way i has the tag, as the set `index` sees its pair. */
static uint32_t match_pair(const memo_sets *sets, uint64_t index, uint64_t hash)
{
    unsigned tag = memo_hash_tag(hash);

    return memo_tags_match(&sets->sets[index], tag) |
           memo_tags_match(&sets->sets[index ^ 1], tag) << MEMO_WAYS;
}

bool memo_sets_find_elsewhere(memo_sets *sets, uint64_t hash, uint64_t word0,
                              uint64_t word1, memo_found *found)
{
    uint64_t index = hash & sets->mask;
    uint32_t match = match_pair(sets, index, hash);

    for (; match; match &= match - 1) {
        unsigned way = (unsigned)__builtin_ctz(match);

        if (memo_way_read(sets, index ^ (way / MEMO_WAYS), way % MEMO_WAYS,
                          word0, word1, found))
            return true;
    }
    return false;
}

uint32_t memo_set_present(const memo_set_view *at)
{
    return set_of(at, 0)->present | set_of(at, MEMO_WAYS)->present << MEMO_WAYS;
}

int memo_set_find(const memo_set_view *at, uint64_t word0, uint64_t word1)
{
    uint32_t match =
        match_pair(at->sets, at->index, memo_hash_words(word0, word1));

    for (; match; match &= match - 1) {
        unsigned way = (unsigned)__builtin_ctz(match);
        memo_item item = memo_set_read(at, way);

        if (item.word0 == word0 && item.word1 == word1)
            return (int)way;
    }
    return -1;
}

int memo_set_find_empty(const memo_set_view *at, uint64_t hash)
{
    uint32_t empty = ~memo_set_present(at);
    unsigned home = memo_hash_way(hash);

    if (empty >> home & 1)
        return (int)home;
    if (empty >> (home ^ 1) & 1)
        return (int)(home ^ 1);
    return empty ? __builtin_ctz(empty) : -1;
}

void memo_set_copy(memo_sets *to, memo_sets *from, uint64_t index)
{
    memo_set_view old = memo_set_at(from, index);
    uint32_t marks[MEMO_PAIR_WAYS];

    memo_set_read_marks(&old, marks);
    for (uint32_t left = old.set->present; left; left &= left - 1) {
        unsigned way = (unsigned)__builtin_ctz(left);
        memo_item item = memo_set_read(&old, way);
        uint64_t hash = memo_hash_words(item.word0, item.word1);
        memo_set_view new = memo_set_at(to, hash & to->mask);

        /* There is room: what falls into a pair comes from one pair. */
        memo_set_write(&new, (unsigned)memo_set_find_empty(&new, hash), &item,
                       marks[way]);
    }
    /* A fingerprint does not tell which of the new sets it belongs to. */
    for (uint64_t heir = index; heir <= to->mask; heir += from->mask + 1) {
        memcpy(to->sets[heir].ghosts, old.set->ghosts, sizeof old.set->ghosts);
        to->sets[heir].next_ghost = old.set->next_ghost;
    }
}

/* ---- ghosts ------------------------------------------------------------- */

static unsigned fingerprint_of(uint64_t hash)
{
    return (unsigned)(hash >> 36) & ((1u << FINGERPRINT_BITS) - 1);
}

/* The place of a ghost; MEMO_WAYS when there is none. */
static unsigned find_ghost(const memo_set *set, uint64_t hash)
{
    unsigned i = 0;

    if (set->next_ghost == 0)
        return MEMO_WAYS; /* as in most sets that are new */
    while (i < MEMO_WAYS && (set->ghosts[i] == 0 ||
                             (set->ghosts[i] & ((1u << FINGERPRINT_BITS) -
                                                1)) != fingerprint_of(hash)))
        i++;
    return i;
}

void memo_set_note(memo_set *set, uint64_t hash, memo_reason reason)
{
    unsigned i = find_ghost(set, hash);

    if (reason == MEMO_NEW_KEY) {
        if (i < MEMO_WAYS)
            set->ghosts[i] = 0;
        return;
    }
    if (reason == MEMO_VALIDATE_FAILED)
        reason = REJECTED;
    if (i == MEMO_WAYS)
        i = set->next_ghost++ % MEMO_WAYS;
    set->ghosts[i] =
        (uint16_t)((unsigned)reason << FINGERPRINT_BITS | fingerprint_of(hash));
}

memo_reason memo_set_reason(const memo_set *set, uint64_t hash)
{
    unsigned i = find_ghost(set, hash);
    memo_reason reason;

    if (i == MEMO_WAYS)
        return MEMO_NEW_KEY;
    reason = (memo_reason)(set->ghosts[i] >> FINGERPRINT_BITS);
    return reason == REJECTED ? MEMO_VALIDATE_FAILED : reason;
}
