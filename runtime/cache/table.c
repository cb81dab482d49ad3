#include "cache/table.h"

#include <stdlib.h>
#include <string.h>

/* An entry counts as much as its place, and its memory. */
#define SLOT_BYTES sizeof(memo_slot)

/* Tables start small: many functions see few keys. */
#define FIRST_SETS 2

_Static_assert(sizeof(memo_slot) == 32, "two places a cache line");
_Static_assert(sizeof(memo_set) == 64 + MEMO_WAYS * 32, "whole cache lines");
_Static_assert(MEMO_BUDGET == 7, "ghosts keep a reason in 3 bits");

/* A set that this thread has locked. */
typedef struct {
    memo_sets *sets;
    memo_set *set;
    uint64_t index;
} locked_set;

bool memo_space_init(memo_space *space, memo_threads *threads)
{
    bool done = memo_limbo_init(&space->limbo, threads);

    for (unsigned i = 0; i < MEMO_STRIPES; i++)
        done = pthread_mutex_init(&space->stripes[i], NULL) == 0 && done;
    atomic_init(&space->bytes, 0);
    atomic_init(&space->max_bytes, 0);
    return done;
}

/* ---- sets ---------------------------------------------------------------- */

static memo_sets *make_sets(const memo_table *table, uint64_t count)
{
    size_t places = (size_t)count * MEMO_WAYS;
    size_t size = sizeof(memo_sets) + (size_t)count * sizeof(memo_set);
    size_t stamps = table->options.ttl_ns ? places * sizeof(uint64_t) : 0;
    memo_sets *sets = aligned_alloc(64, size + stamps);

    if (!sets)
        return NULL;
    memset(sets, 0, size + stamps);
    sets->mask = count - 1;
    sets->size_bytes = size + stamps;
    sets->stamps =
        stamps ? (_Atomic uint64_t *)(void *)((char *)sets + size) : NULL;
    return sets;
}

/* Twice as many places as entries: with fewer, sets of equal size could not
 * hold any choice of so many keys. */
static uint64_t most_sets(const memo_table_options *options)
{
    uint64_t count = 1;

    if (options->max_entries == 0)
        return UINT64_MAX;
    while (count * MEMO_WAYS / 2 < options->max_entries && count < 1u << 30)
        count *= 2;
    return count;
}

static uint64_t first_sets(const memo_table_options *options)
{
    uint64_t most = most_sets(options);

    return most < FIRST_SETS ? most : FIRST_SETS;
}

bool memo_table_init(memo_table *table, const memo_table_options *options,
                     memo_space *space)
{
    memo_sets *sets;

    *table = (memo_table){.options = *options, .space = space};
    table->is_exact_lru =
        options->max_entries > 0 && options->max_entries <= MEMO_EXACT_LRU;
    sets = make_sets(table, first_sets(options));
    if (!sets)
        return false;
    atomic_init(&table->sets, sets);
    atomic_init(&table->mask, sets->mask);
    atomic_fetch_add(&space->bytes, sets->size_bytes);
    return true;
}

/* ---- locks --------------------------------------------------------------- */

static pthread_mutex_t *stripe_of(const memo_table *table, uint64_t index)
{
    return &table->space->stripes[index % MEMO_STRIPES];
}

/* The sets may be replaced until a stripe is locked, so their number is read
 * apart from them, and once more. */
static locked_set lock_set(memo_table *table, uint64_t hash)
{
    locked_set locked;

    for (;;) {
        uint64_t mask = atomic_load(&table->mask);

        locked.index = hash & mask;
        pthread_mutex_lock(stripe_of(table, locked.index));
        if (atomic_load(&table->mask) == mask)
            break;
        pthread_mutex_unlock(stripe_of(table, locked.index));
    }
    locked.sets = atomic_load(&table->sets);
    locked.set = &locked.sets->sets[locked.index];
    return locked;
}

static void unlock_set(memo_table *table, const locked_set *locked)
{
    pthread_mutex_unlock(stripe_of(table, locked->index));
}

static void lock_all(memo_space *space)
{
    for (unsigned i = 0; i < MEMO_STRIPES; i++)
        pthread_mutex_lock(&space->stripes[i]);
}

static void unlock_all(memo_space *space)
{
    for (unsigned i = MEMO_STRIPES; i-- > 0;)
        pthread_mutex_unlock(&space->stripes[i]);
}

/* ---- ghosts: what left, and why -------------------------------------------
 */

static uint16_t fingerprint(uint64_t hash)
{
    return (uint16_t)(hash >> 36 & 0x1FFF);
}

static uint16_t *find_ghost(memo_set *set, uint64_t hash)
{
    for (unsigned i = 0; i < MEMO_WAYS; i++) {
        if (set->ghosts[i] != 0 &&
            (set->ghosts[i] & 0x1FFF) == fingerprint(hash))
            return &set->ghosts[i];
    }
    return NULL;
}

static void add_ghost(memo_set *set, uint64_t hash, memo_reason reason)
{
    uint16_t *ghost = find_ghost(set, hash);

    if (!ghost)
        ghost = &set->ghosts[set->next_ghost++ % MEMO_WAYS];
    *ghost = (uint16_t)((unsigned)reason << 13 | fingerprint(hash));
}

static memo_reason reason_of(const uint16_t *ghost)
{
    return ghost ? (memo_reason)(*ghost >> 13) : MEMO_NEW_KEY;
}

/* ---- places, under the lock ------------------------------------------------
 */

static void set_tag(memo_set *set, unsigned way, unsigned tag)
{
    _Atomic uint64_t *tags = &set->tags[way / 8];
    unsigned shift = way % 8 * 8;
    uint64_t others = atomic_load_explicit(tags, memory_order_relaxed) &
                      ~((uint64_t)0xFF << shift);

    atomic_store_explicit(tags, others | (uint64_t)tag << shift,
                          memory_order_relaxed);
}

static void write_slot(const locked_set *at, unsigned way,
                       const memo_item *item, uint32_t mark)
{
    memo_slot *slot = &at->set->slots[way];
    uint32_t sequence =
        atomic_load_explicit(&slot->sequence, memory_order_relaxed) & ~3u;

    atomic_store_explicit(&slot->sequence, sequence + 1, memory_order_relaxed);
    atomic_store_explicit(&slot->word0, item->word0, memory_order_release);
    atomic_store_explicit(&slot->word1, item->word1, memory_order_release);
    atomic_store_explicit(&slot->value, item->value, memory_order_release);
    if (at->sets->stamps)
        atomic_store_explicit(&at->sets->stamps[at->index * MEMO_WAYS + way],
                              item->stamp, memory_order_release);
    atomic_store_explicit(&slot->mark, mark, memory_order_relaxed);
    atomic_store_explicit(&slot->sequence, sequence + 4 + 2,
                          memory_order_release);
    set_tag(at->set, way,
            memo_hash_tag(memo_hash_words(item->word0, item->word1)));
    at->set->present |= 1u << way;
}

static memo_item read_slot(const locked_set *at, unsigned way)
{
    memo_slot *slot = &at->set->slots[way];
    memo_item item = {
        .word0 = atomic_load_explicit(&slot->word0, memory_order_relaxed),
        .word1 = atomic_load_explicit(&slot->word1, memory_order_relaxed),
        .value = atomic_load_explicit(&slot->value, memory_order_relaxed),
    };

    if (at->sets->stamps)
        item.stamp =
            atomic_load_explicit(&at->sets->stamps[at->index * MEMO_WAYS + way],
                                 memory_order_relaxed);
    return item;
}

static int find_way(const locked_set *at, uint64_t word0, uint64_t word1)
{
    uint64_t hash = memo_hash_words(word0, word1);
    unsigned match = memo_tags_match(at->set, memo_hash_tag(hash));

    for (; match; match &= match - 1) {
        unsigned way = (unsigned)__builtin_ctz(match);
        memo_item item = read_slot(at, way);

        if (item.word0 == word0 && item.word1 == word1)
            return (int)way;
    }
    return -1;
}

static size_t entry_bytes(const memo_table *table, uint64_t value)
{
    const memo_entry *entry = (const memo_entry *)(uintptr_t)value;

    if (!table->options.has_entries)
        return 0;
    return sizeof *entry + entry->key_size + entry->value_size;
}

/* Count an item in or out. */
static void charge(memo_table *table, size_t entry_size)
{
    atomic_fetch_add(&table->count, 1);
    atomic_fetch_add(&table->bytes, SLOT_BYTES + entry_size);
    atomic_fetch_add(&table->space->bytes, entry_size);
}

static void discharge(memo_table *table, size_t entry_size)
{
    atomic_fetch_sub(&table->count, 1);
    atomic_fetch_sub(&table->bytes, SLOT_BYTES + entry_size);
    atomic_fetch_sub(&table->space->bytes, entry_size);
}

/* What the value of a place held is not needed any more. */
static void drop_value(memo_table *table, uint64_t value)
{
    size_t size = entry_bytes(table, value);

    discharge(table, size);
    if (table->options.has_entries)
        memo_limbo_retire(&table->space->limbo,
                          &((memo_entry *)(uintptr_t)value)->retired, size);
}

static void empty_slot(memo_table *table, const locked_set *at, unsigned way,
                       memo_reason reason)
{
    memo_slot *slot = &at->set->slots[way];
    memo_item item = read_slot(at, way);
    uint32_t sequence =
        atomic_load_explicit(&slot->sequence, memory_order_relaxed) & ~3u;

    atomic_store_explicit(&slot->sequence, sequence + 4, memory_order_release);
    set_tag(at->set, way, 0);
    at->set->present &= ~(1u << way);
    add_ghost(at->set, memo_hash_words(item.word0, item.word1), reason);
    drop_value(table, item.value);
}

/* ---- leaving ---------------------------------------------------------------
 */

/* The place of an expired entry, or -1. */
static int find_expired(const memo_table *table, const locked_set *at,
                        uint64_t now_ns)
{
    for (unsigned way = 0; at->sets->stamps && way < MEMO_WAYS; way++) {
        if (at->set->present >> way & 1 &&
            memo_table_is_expired(table, read_slot(at, way).stamp, now_ns))
            return (int)way;
    }
    return -1;
}

static void read_marks(const locked_set *at, uint32_t *marks)
{
    for (unsigned way = 0; way < MEMO_WAYS; way++)
        marks[way] = atomic_load_explicit(&at->set->slots[way].mark,
                                          memory_order_relaxed);
}

static void write_marks(const locked_set *at, const uint32_t *before,
                        const uint32_t *marks)
{
    for (unsigned way = 0; way < MEMO_WAYS; way++) {
        if (marks[way] != before[way])
            atomic_store_explicit(&at->set->slots[way].mark, marks[way],
                                  memory_order_relaxed);
    }
}

/* Let the best candidate of up to two sets leave. */
static bool evict_from(memo_table *table, const locked_set *at, unsigned count,
                       uint64_t now_ns)
{
    uint32_t before[2 * MEMO_WAYS], marks[2 * MEMO_WAYS], present = 0;
    uint32_t now = atomic_load_explicit(&table->now, memory_order_relaxed);
    unsigned chosen;

    for (unsigned i = 0; i < count; i++) {
        int expired = find_expired(table, &at[i], now_ns);

        if (expired >= 0) {
            empty_slot(table, &at[i], (unsigned)expired, MEMO_EXPIRED);
            atomic_fetch_add(&table->expirations, 1);
            return true;
        }
        read_marks(&at[i], &before[i * MEMO_WAYS]);
        present |= at[i].set->present << i * MEMO_WAYS;
    }
    if (present == 0)
        return false;
    memcpy(marks, before, count * MEMO_WAYS * sizeof marks[0]);
    chosen = table->is_exact_lru
                 ? memo_marks_oldest(marks, count * MEMO_WAYS, present, now)
                 : memo_marks_choose(marks, count * MEMO_WAYS, present, now);
    for (unsigned i = 0; i < count; i++)
        write_marks(&at[i], &before[i * MEMO_WAYS], &marks[i * MEMO_WAYS]);
    empty_slot(table, &at[chosen / MEMO_WAYS], chosen % MEMO_WAYS,
               MEMO_EVICTED);
    atomic_fetch_add(&table->evictions, 1);
    return true;
}

bool memo_table_evict(memo_table *table, uint64_t now_ns)
{
    uint64_t tries = atomic_load(&table->mask) / 2 + 1;

    while (tries-- > 0) {
        uint64_t pair = atomic_fetch_add(&table->hand, 1) * 2;
        locked_set at[2] = {lock_set(table, pair)};
        bool has_two = at[0].sets->mask > 0;
        bool done;

        if (has_two) {
            /* Neighbours: the locks are taken in their order. */
            pthread_mutex_lock(stripe_of(table, at[0].index + 1));
            at[1] = at[0];
            at[1].index++;
            at[1].set++;
        }
        done = evict_from(table, at, has_two ? 2 : 1, now_ns);
        if (has_two)
            unlock_set(table, &at[1]);
        unlock_set(table, &at[0]);
        if (done)
            return true;
    }
    return false;
}

bool memo_table_sweep(memo_table *table, unsigned sets, uint64_t now_ns)
{
    for (unsigned i = 0; i < sets; i++) {
        uint64_t hand = atomic_fetch_add(&table->sweep_hand, 1);
        locked_set at = lock_set(table, hand);
        int expired;
        bool is_last = at.index == at.sets->mask;

        while ((expired = find_expired(table, &at, now_ns)) >= 0) {
            empty_slot(table, &at, (unsigned)expired, MEMO_EXPIRED);
            atomic_fetch_add(&table->expirations, 1);
        }
        unlock_set(table, &at);
        if (is_last)
            return true;
    }
    return false;
}

/* ---- growing ---------------------------------------------------------------
 */

static void move_set(memo_sets *to, memo_sets *from, uint64_t index)
{
    locked_set old = {from, &from->sets[index], index};
    uint64_t halves = (to->mask + 1) / (from->mask + 1);

    for (unsigned way = 0; way < MEMO_WAYS; way++) {
        memo_item item = read_slot(&old, way);
        uint64_t hash = memo_hash_words(item.word0, item.word1);
        locked_set new = {to, &to->sets[hash & to->mask], hash & to->mask};
        unsigned home = memo_hash_way(hash);

        if (!(old.set->present >> way & 1))
            continue;
        if (new.set->present >> home & 1)
            home = (unsigned)__builtin_ctz(~new.set->present);
        write_slot(&new, home, &item,
                   atomic_load_explicit(&old.set->slots[way].mark,
                                        memory_order_relaxed));
    }
    for (uint64_t half = 0; half < halves; half++) {
        memo_set *set = &to->sets[index + half * (from->mask + 1)];

        memcpy(set->ghosts, old.set->ghosts, sizeof set->ghosts);
        set->next_ghost = old.set->next_ghost;
    }
}

static void replace_sets(memo_table *table, memo_sets *old, memo_sets *new)
{
    atomic_fetch_add(&table->space->bytes, new->size_bytes);
    atomic_fetch_sub(&table->space->bytes, old->size_bytes);
    atomic_store_explicit(&table->sets, new, memory_order_release);
    atomic_store(&table->mask, new->mask);
    memo_limbo_retire(&table->space->limbo, &old->retired, old->size_bytes);
}

/* Double the sets, unless somebody else has done it. */
static bool grow(memo_table *table, uint64_t mask)
{
    uint64_t most = atomic_load(&table->space->max_bytes);
    uint64_t count = (mask + 1) * 2;
    memo_sets *new, *old;

    if (count > most_sets(&table->options))
        return false;
    if (most != 0 &&
        atomic_load(&table->space->bytes) + (mask + 1) * sizeof(memo_set) >
            most)
        return false;
    new = make_sets(table, count);
    if (!new)
        return false;
    lock_all(table->space);
    old = atomic_load(&table->sets);
    if (old->mask == mask) {
        for (uint64_t i = 0; i <= mask; i++)
            move_set(new, old, i);
        replace_sets(table, old, new);
        new = NULL;
    }
    unlock_all(table->space);
    free(new);
    return true;
}

/* Are the sets so full that there should be more of them? */
static bool is_crowded(const memo_table *table, const memo_sets *sets)
{
    uint64_t places = (sets->mask + 1) * MEMO_WAYS;

    return atomic_load_explicit(&table->count, memory_order_relaxed) >
           (table->options.max_entries ? places / 2 : places / 4 * 3);
}

/* ---- operations ------------------------------------------------------------
 */

static _Atomic uint32_t *clearance_of(memo_table *table, uint64_t hash)
{
    return &table->clearances[(hash >> 32) % MEMO_CLEARANCES];
}

memo_reason memo_table_explain(memo_table *table, uint64_t word0,
                               uint64_t word1, memo_found *found,
                               uint32_t *clearance)
{
    uint64_t hash = memo_hash_words(word0, word1);
    locked_set at = lock_set(table, hash);
    memo_reason reason = reason_of(find_ghost(at.set, hash));
    int way = find_way(&at, word0, word1);

    *clearance = atomic_load(clearance_of(table, hash));
    if (way >= 0) {
        memo_item item = read_slot(&at, (unsigned)way);

        *found =
            (memo_found){item.value, item.stamp, &at.set->slots[(unsigned)way]};
        reason = MEMO_HIT;
    }
    unlock_set(table, &at);
    return reason;
}

static bool is_over(const memo_table *table)
{
    const memo_table_options *options = &table->options;
    uint64_t most = atomic_load(&table->space->max_bytes);

    return (options->max_entries != 0 &&
            atomic_load(&table->count) > options->max_entries) ||
           (options->max_bytes != 0 &&
            atomic_load(&table->bytes) > options->max_bytes) ||
           (most != 0 && atomic_load(&table->space->bytes) > most);
}

/* Write the item into its set; false when the set is full and there may be more
 * sets. */
static bool place(memo_table *table, const locked_set *at,
                  const memo_item *item, bool may_grow)
{
    uint64_t hash = memo_hash_words(item->word0, item->word1);
    uint16_t *ghost = find_ghost(at->set, hash);
    uint32_t now =
        atomic_fetch_add_explicit(&table->now, 1, memory_order_relaxed) + 1;
    uint32_t mark = table->is_exact_lru
                        ? now
                        : memo_mark_new(reason_of(ghost) == MEMO_EVICTED, now);
    int way = find_way(at, item->word0, item->word1);

    if (way >= 0) {
        drop_value(table, read_slot(at, (unsigned)way).value);
    } else {
        if ((at->set->present & 0xFFFF) == 0xFFFF) {
            if (may_grow)
                return false;
            evict_from(table, at, 1, item->stamp);
        }
        way = (int)memo_hash_way(hash);
        if (at->set->present >> way & 1)
            way = __builtin_ctz(~at->set->present);
    }
    if (ghost)
        *ghost = 0;
    write_slot(at, (unsigned)way, item, mark);
    return true;
}

static memo_insertion insert(memo_table *table, const memo_item *item,
                             uint32_t clearance)
{
    uint64_t hash = memo_hash_words(item->word0, item->word1);
    bool may_grow = true;

    for (;;) {
        locked_set at = lock_set(table, hash);
        uint64_t mask = at.sets->mask;
        bool is_outdated = atomic_load(clearance_of(table, hash)) != clearance;
        bool done = !is_outdated && place(table, &at, item, may_grow);
        bool must_grow = !is_outdated && (!done || is_crowded(table, at.sets));

        unlock_set(table, &at);
        if (is_outdated)
            return MEMO_OUTDATED;
        if (must_grow)
            may_grow = grow(table, mask);
        if (done)
            return MEMO_INSERTED;
    }
}

memo_insertion memo_table_insert(memo_table *table, const memo_item *item,
                                 uint32_t clearance)
{
    memo_insertion outcome = MEMO_NO_ROOM;

    charge(table, item->entry_bytes);
    while (is_over(table)) {
        if (!memo_table_evict(table, item->stamp))
            break;
    }
    if (!is_over(table))
        outcome = insert(table, item, clearance);
    if (outcome != MEMO_INSERTED)
        discharge(table, item->entry_bytes);
    return outcome;
}

void memo_table_note(memo_table *table, uint64_t word0, uint64_t word1,
                     memo_reason reason)
{
    uint64_t hash = memo_hash_words(word0, word1);
    locked_set at = lock_set(table, hash);

    add_ghost(at.set, hash, reason);
    unlock_set(table, &at);
}

void memo_table_remove(memo_table *table, uint64_t word0, uint64_t word1)
{
    uint64_t hash = memo_hash_words(word0, word1);
    locked_set at = lock_set(table, hash);
    int way = find_way(&at, word0, word1);

    atomic_fetch_add(clearance_of(table, hash), 1);
    if (way >= 0)
        empty_slot(table, &at, (unsigned)way, MEMO_CLEARED);
    unlock_set(table, &at);
}

/* Empty every set of `old`; what was there is remembered in `new`. */
static void clear_sets(memo_table *table, memo_sets *old, memo_sets *new)
{
    for (uint64_t index = 0; index <= old->mask; index++) {
        locked_set at = {old, &old->sets[index], index};
        memo_set *heir = &new->sets[index & new->mask];

        for (uint32_t left = at.set->present; left; left &= left - 1) {
            unsigned way = (unsigned)__builtin_ctz(left);
            memo_item item = read_slot(&at, way);

            empty_slot(table, &at, way, MEMO_CLEARED);
            if (heir != at.set)
                add_ghost(heir, memo_hash_words(item.word0, item.word1),
                          MEMO_CLEARED);
        }
    }
}

void memo_table_clear(memo_table *table)
{
    memo_sets *new = make_sets(table, first_sets(&table->options));
    memo_sets *old;

    lock_all(table->space);
    for (unsigned i = 0; i < MEMO_CLEARANCES; i++)
        atomic_fetch_add(&table->clearances[i], 1);
    old = atomic_load(&table->sets);
    clear_sets(table, old, new ? new : old);
    if (new)
        replace_sets(table, old, new);
    unlock_all(table->space);
}

void memo_table_finish(memo_table *table)
{
    memo_sets *old;

    lock_all(table->space);
    old = atomic_load(&table->sets);
    clear_sets(table, old, old);
    atomic_fetch_sub(&table->space->bytes, old->size_bytes);
    memo_limbo_retire(&table->space->limbo, &old->retired, old->size_bytes);
    unlock_all(table->space);
}
