#include "cache/table.h"

#include "cache/object.h"

#include <stdlib.h>
#include <string.h>

/* An entry counts as much as its place, and its memory. */
#define SLOT_BYTES sizeof(memo_slot)

/* Tables start small, with one pair: many functions see few keys. */
#define FIRST_SETS 2

/* Small tables grow faster, as entries are moved each time. */
#define SMALL_SETS 32

/* A table that was cleared has so many sets at most: to give memory back, yet
 * to remember what was in it. */
#define SETS_LEFT 64

bool memo_space_init(memo_space *space, memo_threads *threads)
{
    bool done = memo_limbo_init(&space->limbo, threads);

    for (unsigned i = 0; i < MEMO_STRIPES; i++)
        done = pthread_mutex_init(&space->stripes[i], NULL) == 0 && done;
    atomic_init(&space->bytes, 0);
    atomic_init(&space->sets_bytes, 0);
    atomic_init(&space->max_bytes, 0);
    return done;
}

/* ---- sets --------------------------------------------------------------- */

/* Twice as many places as entries: with fewer, sets of equal size could not
 * hold any choice of so many keys. */
static uint64_t most_sets(const memo_table_options *options)
{
    uint64_t count = FIRST_SETS;

    if (options->max_entries == 0)
        return UINT64_MAX;
    while (count * MEMO_WAYS / 2 < options->max_entries && count < 1u << 30)
        count *= 2;
    return count;
}

/* Count sets in or out. */
static void charge_sets(memo_space *space, const memo_sets *sets)
{
    atomic_fetch_add(&space->bytes, sets->size_bytes);
    atomic_fetch_add(&space->sets_bytes, sets->size_bytes);
}

static void discharge_sets(memo_space *space, const memo_sets *sets)
{
    atomic_fetch_sub(&space->bytes, sets->size_bytes);
    atomic_fetch_sub(&space->sets_bytes, sets->size_bytes);
}

bool memo_table_init(memo_table *table, const memo_table_options *options,
                     memo_space *space)
{
    memo_sets *sets;

    *table = (memo_table){.options = *options, .space = space};
    table->is_exact_lru =
        options->max_entries > 0 && options->max_entries <= MEMO_EXACT_LRU;
    sets = memo_sets_make(FIRST_SETS, options->ttl_ns != 0);
    if (!sets)
        return false;
    atomic_init(&table->sets, sets);
    atomic_init(&table->mask, sets->mask);
    charge_sets(space, sets);
    return true;
}

/* ---- locks -------------------------------------------------------------- */

/* The lock of a pair of sets. */
static pthread_mutex_t *stripe_of(const memo_table *table, uint64_t index)
{
    return &table->space->stripes[index / 2 % MEMO_STRIPES];
}

/* The sets may be replaced until a stripe is locked, so their number is read
 * apart from them, and once more. */
static memo_set_view lock_set(memo_table *table, uint64_t hash)
{
    for (;;) {
        uint64_t mask = atomic_load(&table->mask);

        pthread_mutex_lock(stripe_of(table, hash & mask));
        if (atomic_load(&table->mask) == mask)
            return memo_set_at(atomic_load(&table->sets), hash & mask);
        pthread_mutex_unlock(stripe_of(table, hash & mask));
    }
}

static void unlock_set(memo_table *table, const memo_set_view *locked)
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

static size_t entry_bytes(const memo_table *table, uint64_t value)
{
    memo_entry *entry = (memo_entry *)(uintptr_t)value;

    if (!table->options.has_entries)
        return 0;
    if (table->options.has_objects)
        return memo_object_of(entry)->bytes;
    return sizeof *entry + entry->key_size + entry->value_size;
}

static bool is_above(const memo_table_options *options, uint64_t count,
                     uint64_t bytes)
{
    return (options->max_entries != 0 && count > options->max_entries) ||
           (options->max_bytes != 0 && bytes > options->max_bytes);
}

static bool is_over(const memo_table *table)
{
    return is_above(&table->options, atomic_load(&table->count),
                    atomic_load(&table->bytes));
}

/* Count an item in; true when it is above a bound then.  What others count in
 * later does not matter: it is they who have to make room. */
static bool charge(memo_table *table, size_t entry_size)
{
    size_t size = SLOT_BYTES + entry_size;
    uint64_t count = atomic_fetch_add(&table->count, 1) + 1;
    uint64_t bytes = atomic_fetch_add(&table->bytes, size) + size;

    atomic_fetch_add(&table->space->bytes, entry_size);
    return is_above(&table->options, count, bytes);
}

/* Count an item out. */
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
    memo_entry *entry = (memo_entry *)(uintptr_t)value;

    discharge(table, size);
    if (table->options.has_objects)
        memo_object_retire(&table->space->limbo, entry);
    else if (table->options.has_entries)
        memo_limbo_retire(&table->space->limbo, &entry->retired, size);
}

static void empty(memo_table *table, const memo_set_view *at, unsigned way,
                  memo_reason reason)
{
    memo_item item = memo_set_read(at, way);
    uint64_t hash = memo_hash_words(item.word0, item.word1);

    memo_set_empty(at, way);
    memo_set_note(&at->sets->sets[hash & at->sets->mask], hash, reason);
    drop_value(table, item.value);
}

/* ---- leaving ------------------------------------------------------------ */

/* The way of an expired entry, or -1. */
static int find_expired(const memo_table *table, const memo_set_view *at,
                        uint64_t now_ns)
{
    uint32_t left = at->sets->stamps ? memo_set_present(at) : 0;

    for (; left; left &= left - 1) {
        int way = __builtin_ctz(left);

        if (now_ns >=
            memo_table_expiry(table, memo_set_read(at, (unsigned)way).stamp))
            return way;
    }
    return -1;
}

static void expire(memo_table *table, const memo_set_view *at, unsigned way)
{
    empty(table, at, way, MEMO_EXPIRED);
    atomic_fetch_add(&table->expirations, 1);
}

/* Let an entry of the pair leave; false when there is none. */
static bool evict_from(memo_table *table, const memo_set_view *at,
                       uint64_t now_ns)
{
    uint32_t before[MEMO_PAIR_WAYS], marks[MEMO_PAIR_WAYS];
    uint32_t present = memo_set_present(at);
    uint32_t now = atomic_load_explicit(&table->now, memory_order_relaxed);
    int expired = find_expired(table, at, now_ns);
    unsigned chosen;

    if (expired >= 0)
        expire(table, at, (unsigned)expired);
    if (expired >= 0 || present == 0)
        return present != 0;
    memo_set_read_marks(at, before);
    memcpy(marks, before, sizeof marks);
    chosen = table->is_exact_lru
                 ? memo_marks_oldest(marks, MEMO_PAIR_WAYS, present, now)
                 : memo_marks_choose(marks, MEMO_PAIR_WAYS, present, now);
    memo_set_write_marks(at, before, marks);
    empty(table, at, chosen, MEMO_EVICTED);
    atomic_fetch_add(&table->evictions, 1);
    return true;
}

/* The hand goes over all pairs, so that the bound holds for the whole table and
 * not for each set. */
bool memo_table_evict(memo_table *table, uint64_t now_ns)
{
    uint64_t tries = atomic_load(&table->mask) / 2 + 1;
    bool done = false;

    while (!done && tries-- > 0) {
        uint64_t pair = atomic_fetch_add(&table->hand, 1);
        memo_set_view at = lock_set(table, pair * 2);

        done = evict_from(table, &at, now_ns);
        unlock_set(table, &at);
    }
    return done;
}

bool memo_table_sweep(memo_table *table, unsigned pairs, uint64_t now_ns)
{
    bool is_last = false;

    while (!is_last && pairs-- > 0) {
        uint64_t pair = atomic_fetch_add(&table->sweep_hand, 1);
        memo_set_view at = lock_set(table, pair * 2);
        int expired;

        while ((expired = find_expired(table, &at, now_ns)) >= 0)
            expire(table, &at, (unsigned)expired);
        is_last = at.index + 1 == at.sets->mask;
        unlock_set(table, &at);
    }
    return is_last;
}

/* ---- growing ------------------------------------------------------------ */

static void replace_sets(memo_table *table, memo_sets *old, memo_sets *new)
{
    charge_sets(table->space, new);
    discharge_sets(table->space, old);
    atomic_store_explicit(&table->sets, new, memory_order_release);
    atomic_store(&table->mask, new->mask);
    memo_limbo_retire(&table->space->limbo, &old->retired, old->size_bytes);
}

/* Twice as many, or of few, four times. */
static uint64_t more_sets(const memo_table_options *options, uint64_t count)
{
    uint64_t most = most_sets(options);

    return count < SMALL_SETS && count <= most / 4 ? count * 4 : count * 2;
}

/* Make more sets, unless somebody else has done it. */
static bool grow(memo_table *table, uint64_t mask)
{
    uint64_t most = atomic_load(&table->space->max_bytes);
    uint64_t count = more_sets(&table->options, mask + 1);
    bool has_stamps = table->options.ttl_ns != 0;
    size_t now = memo_sets_bytes(mask + 1, has_stamps);
    uint64_t others = atomic_load(&table->space->bytes) - now;
    memo_sets *new, *old;

    if (most != 0 && others + memo_sets_bytes(count, has_stamps) > most)
        count = (mask + 1) * 2;
    if (count > most_sets(&table->options) ||
        (most != 0 && others + memo_sets_bytes(count, has_stamps) > most))
        return false;
    new = memo_sets_make(count, has_stamps);
    if (!new)
        return false;
    lock_all(table->space);
    old = atomic_load(&table->sets);
    if (old->mask == mask) {
        for (uint64_t i = 0; i <= mask; i++)
            memo_set_copy(new, old, i);
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

/* ---- operations --------------------------------------------------------- */

static _Atomic uint32_t *clearance_of(memo_table *table, uint64_t hash)
{
    return &table->clearances[(hash >> 32) % MEMO_CLEARANCES];
}

uint32_t memo_table_clearance(memo_table *table, uint64_t word0, uint64_t word1)
{
    return atomic_load(clearance_of(table, memo_hash_words(word0, word1)));
}

memo_reason memo_table_explain(memo_table *table, uint64_t word0,
                               uint64_t word1, memo_found *found,
                               uint32_t *clearance)
{
    uint64_t hash = memo_hash_words(word0, word1);
    memo_set_view at = lock_set(table, hash);
    memo_reason reason = memo_set_reason(at.set, hash);
    int way = memo_set_find(&at, word0, word1);

    *clearance = atomic_load(clearance_of(table, hash));
    if (way >= 0) {
        memo_item item = memo_set_read(&at, (unsigned)way);

        *found = (memo_found){.value = item.value, .stamp = item.stamp};
        reason = MEMO_HIT;
    }
    unlock_set(table, &at);
    return reason;
}

/* Places are there already; only memory out of line counts here. */
static bool is_space_over(const memo_table *table, const memo_item *item)
{
    uint64_t most = atomic_load(&table->space->max_bytes);

    return item->entry_bytes != 0 && most != 0 &&
           atomic_load(&table->space->bytes) > most;
}

/* The order is exact where people see it; elsewhere threads may get the same
 * number, which costs no atomic addition. */
static uint32_t next_now(memo_table *table)
{
    uint32_t now;

    if (table->is_exact_lru)
        return atomic_fetch_add_explicit(&table->now, 1, memory_order_relaxed) +
               1;
    now = atomic_load_explicit(&table->now, memory_order_relaxed) + 1;
    atomic_store_explicit(&table->now, now, memory_order_relaxed);
    return now;
}

static uint32_t new_mark(memo_table *table, const memo_set *set, uint64_t hash)
{
    uint32_t now = next_now(table);

    return table->is_exact_lru
               ? now
               : memo_mark_new(memo_set_reason(set, hash) == MEMO_EVICTED, now);
}

/* Put the item in its set; false when that is full and there may be more. */
static bool put(memo_table *table, const memo_set_view *at,
                const memo_item *item, bool may_grow)
{
    uint64_t hash = memo_hash_words(item->word0, item->word1);
    int way = memo_set_find(at, item->word0, item->word1);
    bool replaces = way >= 0;
    uint64_t old = replaces ? memo_set_read(at, (unsigned)way).value : 0;

    if (!replaces) {
        way = memo_set_find_empty(at, hash);
        if (way < 0 && may_grow)
            return false;
    }
    if (way < 0) {
        evict_from(table, at, item->stamp);
        way = memo_set_find_empty(at, hash);
    }
    memo_set_write(at, (unsigned)way, item, new_mark(table, at->set, hash));
    memo_set_note(at->set, hash, MEMO_NEW_KEY);
    if (replaces)
        drop_value(table, old);
    return true;
}

static memo_insertion insert(memo_table *table, const memo_item *item,
                             uint32_t clearance)
{
    uint64_t hash = memo_hash_words(item->word0, item->word1);
    bool may_grow = true;

    for (;;) {
        memo_set_view at = lock_set(table, hash);
        uint64_t mask = at.sets->mask;
        bool is_outdated = atomic_load(clearance_of(table, hash)) != clearance;
        bool done = !is_outdated && put(table, &at, item, may_grow);
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

/* In a full table an old value of the key, one that has expired, makes room for
 * the new one: no other entry has to leave.  And where the item's sets are full
 * one of their entries has to, so none elsewhere. */
static void make_room_at_home(memo_table *table, const memo_item *item)
{
    uint64_t hash = memo_hash_words(item->word0, item->word1);
    memo_set_view at = lock_set(table, hash);
    int way = memo_set_find(&at, item->word0, item->word1);

    if (way >= 0) {
        uint64_t old = memo_set_read(&at, (unsigned)way).value;

        memo_set_empty(&at, (unsigned)way);
        drop_value(table, old);
    } else if (memo_set_find_empty(&at, hash) < 0) {
        evict_from(table, &at, item->stamp);
    }
    unlock_set(table, &at);
}

memo_insertion memo_table_insert(memo_table *table, const memo_item *item,
                                 uint32_t clearance)
{
    memo_insertion outcome = MEMO_NO_ROOM;
    bool is_too_much;

    if (memo_table_is_too_large(table->options.max_bytes, item->entry_bytes))
        return MEMO_NO_ROOM;
    is_too_much = charge(table, item->entry_bytes);
    if (is_too_much) {
        make_room_at_home(table, item);
        is_too_much = is_over(table);
    }
    while (is_too_much && memo_table_evict(table, item->stamp))
        is_too_much = is_over(table);
    if (!is_too_much && !is_space_over(table, item))
        outcome = insert(table, item, clearance);
    if (outcome != MEMO_INSERTED)
        discharge(table, item->entry_bytes);
    return outcome;
}

void memo_table_note(memo_table *table, uint64_t word0, uint64_t word1,
                     memo_reason reason)
{
    uint64_t hash = memo_hash_words(word0, word1);
    memo_set_view at = lock_set(table, hash);

    memo_set_note(at.set, hash, reason);
    unlock_set(table, &at);
}

void memo_table_remove(memo_table *table, uint64_t word0, uint64_t word1)
{
    uint64_t hash = memo_hash_words(word0, word1);
    memo_set_view at = lock_set(table, hash);
    int way = memo_set_find(&at, word0, word1);

    atomic_fetch_add(clearance_of(table, hash), 1);
    if (way >= 0)
        empty(table, &at, (unsigned)way, MEMO_CLEARED);
    unlock_set(table, &at);
}

void memo_table_reject(memo_table *table, uint64_t word0, uint64_t word1,
                       uint64_t value, memo_reason reason)
{
    memo_set_view at = lock_set(table, memo_hash_words(word0, word1));
    int way = memo_set_find(&at, word0, word1);

    if (way >= 0 && memo_set_read(&at, (unsigned)way).value == value)
        empty(table, &at, (unsigned)way, reason);
    unlock_set(table, &at);
}

/* Empty every set of `old`; what was there is remembered in `new`. */
static void clear_sets(memo_table *table, memo_sets *old, memo_sets *new)
{
    for (uint64_t index = 0; index <= old->mask; index++) {
        memo_set_view at = memo_set_at(old, index);

        for (uint32_t left = at.set->present; left; left &= left - 1) {
            unsigned way = (unsigned)__builtin_ctz(left);
            memo_item item = memo_set_read(&at, way);
            uint64_t hash = memo_hash_words(item.word0, item.word1);

            empty(table, &at, way, MEMO_CLEARED);
            memo_set_note(&new->sets[hash & new->mask], hash, MEMO_CLEARED);
        }
    }
}

void memo_table_clear(memo_table *table)
{
    uint64_t count = atomic_load(&table->mask) + 1;
    memo_sets *new = memo_sets_make(count < SETS_LEFT ? count : SETS_LEFT,
                                    table->options.ttl_ns != 0);
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
    discharge_sets(table->space, old);
    memo_limbo_retire(&table->space->limbo, &old->retired, old->size_bytes);
    unlock_all(table->space);
}

void memo_table_recount(memo_table *table)
{
    memo_sets *sets = atomic_load(&table->sets);
    uint64_t count = 0, bytes = 0;

    for (uint64_t index = 0; index <= sets->mask; index++) {
        memo_set_view at = memo_set_at(sets, index);

        for (uint32_t left = at.set->present; left; left &= left - 1) {
            memo_item item = memo_set_read(&at, (unsigned)__builtin_ctz(left));

            count++;
            bytes += SLOT_BYTES + entry_bytes(table, item.value);
        }
    }
    atomic_store(&table->count, count);
    atomic_store(&table->bytes, bytes);
}
