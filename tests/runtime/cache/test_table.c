#include "cache/table.h"

#include <check.h>
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

/* One table and all it needs, apart from the process's. */
static memo_threads threads;
static memo_space space;
static memo_table *table;

static void ignore_end(memo_thread *self)
{
    (void)self;
}

static void set_up(void)
{
    ck_assert(memo_threads_init(&threads, true, ignore_end));
    ck_assert(memo_space_init(&space, &threads));
}

static void make_table(memo_table_options options)
{
    table = aligned_alloc(_Alignof(memo_table), sizeof *table);
    ck_assert_ptr_nonnull(table);
    ck_assert(memo_table_init(table, &options, &space));
}

static void tear_down(void)
{
    if (table)
        memo_table_finish(table);
    free(table);
    table = NULL;
    /* Two steps: what awaits, what was gathered; nobody is in a section. */
    for (int i = 0; i < 3; i++)
        memo_limbo_poll(&space.limbo, true);
    ck_assert(!atomic_load(&space.limbo.has_any));
    ck_assert_uint_eq(atomic_load(&space.bytes), 0);
}

static memo_insertion insert(uint64_t key)
{
    memo_item item = {.word0 = key, .value = key * 3, .stamp = key};
    memo_found found;
    uint32_t clearance;

    memo_table_explain(table, key, 0, &found, &clearance);
    return memo_table_insert(table, &item, clearance);
}

static bool has(uint64_t key)
{
    memo_found found;

    if (!memo_table_find(table, key, 0, &found))
        return false;
    ck_assert_uint_eq(found.value, key * 3);
    return true;
}

static void use(uint64_t key)
{
    memo_found found;

    ck_assert(memo_table_find(table, key, 0, &found));
    memo_table_touch(table, found.slot);
}

static unsigned count_present(uint64_t keys)
{
    unsigned count = 0;

    for (uint64_t key = 0; key < keys; key++)
        count += has(key);
    return count;
}

/* ---- growing ------------------------------------------------------------ */

START_TEST(table_without_bounds_keeps_all)
{
    make_table((memo_table_options){0});

    for (uint64_t key = 0; key < 50000; key++)
        ck_assert_int_eq(insert(key), MEMO_INSERTED);

    ck_assert_uint_eq(count_present(50000), 50000);
    ck_assert_uint_eq(atomic_load(&table->count), 50000);
    ck_assert_uint_eq(atomic_load(&table->evictions), 0);
}
END_TEST

START_TEST(key_of_zeroes_is_no_empty_place)
{
    make_table((memo_table_options){0});

    ck_assert(!has(0));
    insert(0);
    ck_assert(has(0));
    memo_table_remove(table, 0, 0);
    ck_assert(!has(0));
}
END_TEST

START_TEST(second_value_replaces_the_first)
{
    memo_item item = {.word0 = 1, .value = 5};
    memo_found found;

    make_table((memo_table_options){0});
    insert(1);
    memo_table_insert(table, &item, 0);

    ck_assert(memo_table_find(table, 1, 0, &found));
    ck_assert_uint_eq(found.value, 5);
    ck_assert_uint_eq(atomic_load(&table->count), 1);
}
END_TEST

/* ---- bounds ------------------------------------------------------------- */

static const uint64_t bounds[] = {1, 2, 3, 15, 16, 17, 31, 100, 1000, 4096};

START_TEST(never_more_than_max_entries)
{
    uint64_t most = bounds[_i];

    make_table((memo_table_options){.max_entries = most});
    for (uint64_t key = 0; key < most * 4 + 100; key++) {
        ck_assert_int_eq(insert(key), MEMO_INSERTED);
        ck_assert_uint_le(atomic_load(&table->count), most);
        ck_assert(has(key));
    }

    ck_assert_uint_eq(count_present(most * 4 + 100), most);
}
END_TEST

START_TEST(full_table_stays_full)
{
    bool was_full = false;

    make_table((memo_table_options){.max_entries = 1000});
    for (uint64_t key = 0; key < 200000; key++) {
        insert(key);
        was_full |= atomic_load(&table->count) == 1000;
        ck_assert(!was_full || atomic_load(&table->count) == 1000);
    }

    ck_assert(was_full);
}
END_TEST

START_TEST(any_choice_of_max_entries_keys_can_be_held)
{
    unsigned present = 0;

    make_table((memo_table_options){.max_entries = 1000});
    for (uint64_t key = 0; key < 1000; key++)
        insert(key * 7919);
    for (uint64_t key = 0; key < 1000; key++)
        present += has(key * 7919);

    /* Of twice as many places, one key in a thousand finds its set full. */
    ck_assert_uint_ge(present, 985);
}
END_TEST

START_TEST(least_recently_used_leaves_first_up_to_sixteen)
{
    uint64_t most = (uint64_t)_i;

    make_table((memo_table_options){.max_entries = most});
    for (uint64_t key = 0; key < most; key++)
        insert(key);
    /* Newest to oldest: the reverse of how they came. */
    for (uint64_t key = most; key-- > 0;)
        use(key);
    for (uint64_t i = 0; i < most; i++) {
        insert(100 + i);
        ck_assert_uint_eq(count_present(most), most - i - 1);
        ck_assert(!has(most - 1 - i));
    }
}
END_TEST

START_TEST(using_the_newest_again_and_again_ages_nobody)
{
    make_table((memo_table_options){.max_entries = 3});
    for (uint64_t key = 0; key < 3; key++)
        insert(key);
    for (int i = 0; i < 1000; i++)
        use(2);
    use(0);
    insert(3);

    ck_assert(has(0));
    ck_assert(!has(1));
    ck_assert(has(2));
}
END_TEST

START_TEST(what_is_used_stays_when_a_scan_goes_by)
{
    unsigned kept = 0;

    make_table((memo_table_options){.max_entries = 256});
    for (int round = 0; round < 4; round++) {
        for (uint64_t key = 0; key < 100; key++) {
            if (has(key))
                use(key);
            else
                insert(key);
        }
    }
    for (uint64_t key = 1000; key < 6000; key++)
        insert(key);
    for (uint64_t key = 0; key < 100; key++)
        kept += has(key);

    /* The least recently used ones are all gone by now. */
    ck_assert_uint_ge(kept, 30);
}
END_TEST

START_TEST(bytes_stay_below_their_bound)
{
    uint64_t most = 100 * sizeof(memo_slot);

    make_table((memo_table_options){.max_bytes = most});
    for (uint64_t key = 0; key < 1000; key++) {
        ck_assert_int_eq(insert(key), MEMO_INSERTED);
        ck_assert_uint_le(atomic_load(&table->bytes), most);
    }

    ck_assert_uint_eq(atomic_load(&table->count), 100);
}
END_TEST

/* A barrier that lets two threads go within a few nanoseconds. */
static _Atomic unsigned arrivals;
static _Atomic int kept;

static bool meet(void)
{
    unsigned mine = arrivals++;

    for (int spins = 0; arrivals < (mine | 1) + 1; spins++) {
        if (spins > 2000)
            sched_yield();
    }
    return mine & 1;
}

static void *insert_with_another(void *first_key)
{
    for (uint64_t round = 0; round < 10000; round++) {
        memo_item item = {.word0 = *(uint64_t *)first_key + round * 2};

        meet();
        if (memo_table_insert(table, &item, 0) == MEMO_INSERTED)
            kept++;
        /* One of the two looks at the outcome, and empties the table. */
        if (meet()) {
            ck_assert_int_ge(kept, 1);
            ck_assert_uint_eq(atomic_load(&table->count), 1);
            memo_table_evict(table, 0);
            kept = 0;
        }
        meet();
    }
    return NULL;
}

START_TEST(of_two_that_come_together_one_finds_room)
{
    uint64_t keys[2] = {0, 1};
    pthread_t pair[2];

    make_table((memo_table_options){.max_entries = 1});
    for (int i = 0; i < 2; i++)
        pthread_create(&pair[i], NULL, insert_with_another, &keys[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(pair[i], NULL);
}
END_TEST

START_TEST(entry_that_no_bound_allows_is_refused)
{
    make_table((memo_table_options){.max_bytes = sizeof(memo_slot) - 1});

    ck_assert_int_eq(insert(1), MEMO_NO_ROOM);
    ck_assert_uint_eq(atomic_load(&table->count), 0);
    ck_assert_uint_eq(atomic_load(&table->bytes), 0);
}
END_TEST

START_TEST(table_does_not_grow_beyond_the_bound_of_the_process)
{
    make_table((memo_table_options){0});
    atomic_store(&space.max_bytes, 20000);
    for (uint64_t key = 0; key < 5000; key++) {
        ck_assert_int_eq(insert(key), MEMO_INSERTED);
        ck_assert(has(key));
    }

    ck_assert_uint_le(atomic_load(&space.bytes), 20000);
    ck_assert_uint_ge(atomic_load(&table->count), 150);
}
END_TEST

START_TEST(times_of_entries_count_when_a_table_grows)
{
    make_table((memo_table_options){.ttl_ns = 1000000});
    atomic_store(&space.max_bytes, 21000);
    for (uint64_t key = 0; key < 5000; key++) {
        insert(key);
        ck_assert_uint_le(atomic_load(&space.bytes), 21000);
    }
}
END_TEST

/* ---- leaving ------------------------------------------------------------ */

static memo_reason reason_of(uint64_t key)
{
    memo_found found;
    uint32_t clearance;

    return memo_table_explain(table, key, 0, &found, &clearance);
}

START_TEST(table_remembers_why_a_key_left)
{
    make_table((memo_table_options){.max_entries = 2, .ttl_ns = 1000});
    insert(1);
    insert(2);
    insert(3);
    memo_table_remove(table, 2, 0);
    memo_table_note(table, 9, 0, MEMO_TOO_LARGE);
    memo_table_sweep(table, 1000, 5000);

    ck_assert_int_eq(reason_of(1), MEMO_EVICTED);
    ck_assert_int_eq(reason_of(2), MEMO_CLEARED);
    ck_assert_int_eq(reason_of(3), MEMO_EXPIRED);
    ck_assert_int_eq(reason_of(9), MEMO_TOO_LARGE);
    insert(1);
    ck_assert_int_eq(reason_of(1), MEMO_HIT);
}
END_TEST

START_TEST(clearing_forgets_all_and_gives_memory_back)
{
    uint64_t small;

    make_table((memo_table_options){0});
    small = atomic_load(&space.bytes);
    for (uint64_t key = 0; key < 20000; key++)
        insert(key);
    ck_assert_uint_gt(atomic_load(&space.bytes), 20000 * 32);
    memo_table_clear(table);

    ck_assert_uint_eq(count_present(20000), 0);
    ck_assert_uint_eq(atomic_load(&table->count), 0);
    ck_assert_uint_le(atomic_load(&space.bytes), small * 33);
    insert(1);
    memo_table_clear(table);
    ck_assert_int_eq(reason_of(1), MEMO_CLEARED);
}
END_TEST

START_TEST(item_from_before_a_clear_is_refused)
{
    memo_item item = {.word0 = 1};
    memo_found found;
    uint32_t before;

    make_table((memo_table_options){0});
    memo_table_explain(table, 1, 0, &found, &before);
    memo_table_clear(table);

    ck_assert_int_eq(memo_table_insert(table, &item, before), MEMO_OUTDATED);
    ck_assert_uint_eq(atomic_load(&table->count), 0);
}
END_TEST

START_TEST(sweep_frees_what_has_expired_and_only_that)
{
    make_table((memo_table_options){.ttl_ns = 100});
    for (uint64_t key = 1; key <= 2000; key++)
        insert(key);
    while (!memo_table_sweep(table, 3, 1100))
        continue;

    ck_assert_uint_eq(atomic_load(&table->count), 1000);
    ck_assert_uint_eq(atomic_load(&table->expirations), 1000);
    ck_assert(!has(1000));
    ck_assert(has(1001));
}
END_TEST

START_TEST(expired_entry_leaves_before_any_other)
{
    make_table((memo_table_options){.max_entries = 4, .ttl_ns = 100});
    insert(10);
    insert(200);
    insert(201);
    insert(202);
    use(10);
    insert(203);

    ck_assert(!has(10));
    ck_assert(has(200));
}
END_TEST

/* ---- entries out of line ------------------------------------------------ */

static memo_insertion insert_entry(uint64_t key, size_t size)
{
    memo_entry *entry = malloc(sizeof *entry + size);
    memo_item item = {.word0 = key,
                      .value = (uint64_t)(uintptr_t)entry,
                      .entry_bytes = sizeof *entry + size};
    memo_insertion outcome;

    entry->key_size = 0;
    entry->value_size = size;
    memset(entry->bytes, (int)key, size);
    outcome = memo_table_insert(table, &item, 0);
    if (outcome != MEMO_INSERTED)
        free(entry);
    return outcome;
}

START_TEST(entries_are_freed_with_what_holds_them)
{
    make_table((memo_table_options){.has_entries = true, .max_entries = 50});
    for (uint64_t key = 0; key < 500; key++)
        ck_assert_int_eq(insert_entry(key, 1000), MEMO_INSERTED);
    insert_entry(499, 10);

    ck_assert_uint_eq(atomic_load(&table->count), 50);
    ck_assert_uint_eq(atomic_load(&table->bytes),
                      50 * (sizeof(memo_slot) + sizeof(memo_entry)) +
                          49 * 1000 + 10);
}
END_TEST

START_TEST(entry_that_no_bound_allows_makes_nobody_leave)
{
    make_table((memo_table_options){.has_entries = true, .max_bytes = 1000});
    insert_entry(1, 100);

    ck_assert_int_eq(insert_entry(2, 1000 - sizeof(memo_entry)), MEMO_NO_ROOM);
    ck_assert_int_eq(insert_entry(3, 2000), MEMO_NO_ROOM);
    ck_assert_uint_eq(atomic_load(&table->count), 1);
}
END_TEST

START_TEST(entry_above_the_bound_of_the_process_is_refused)
{
    make_table((memo_table_options){.has_entries = true});
    atomic_store(&space.max_bytes, 5000);

    ck_assert_int_eq(insert_entry(1, 100), MEMO_INSERTED);
    ck_assert_int_eq(insert_entry(2, 10000), MEMO_NO_ROOM);
    ck_assert_uint_eq(atomic_load(&table->count), 1);
}
END_TEST

Suite *memo_test_suite(void);

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("cache/table");
    TCase *group = tcase_create("tables");

    tcase_add_checked_fixture(group, set_up, tear_down);
    tcase_set_timeout(group, 60);
    tcase_add_test(group, table_without_bounds_keeps_all);
    tcase_add_test(group, key_of_zeroes_is_no_empty_place);
    tcase_add_test(group, second_value_replaces_the_first);
    tcase_add_loop_test(group, never_more_than_max_entries, 0,
                        (int)(sizeof bounds / sizeof bounds[0]));
    tcase_add_test(group, full_table_stays_full);
    tcase_add_test(group, any_choice_of_max_entries_keys_can_be_held);
    tcase_add_loop_test(group, least_recently_used_leaves_first_up_to_sixteen,
                        1, MEMO_EXACT_LRU + 1);
    tcase_add_test(group, using_the_newest_again_and_again_ages_nobody);
    tcase_add_test(group, what_is_used_stays_when_a_scan_goes_by);
    tcase_add_test(group, bytes_stay_below_their_bound);
    tcase_add_test(group, of_two_that_come_together_one_finds_room);
    tcase_add_test(group, entry_that_no_bound_allows_is_refused);
    tcase_add_test(group, table_does_not_grow_beyond_the_bound_of_the_process);
    tcase_add_test(group, times_of_entries_count_when_a_table_grows);
    tcase_add_test(group, table_remembers_why_a_key_left);
    tcase_add_test(group, clearing_forgets_all_and_gives_memory_back);
    tcase_add_test(group, item_from_before_a_clear_is_refused);
    tcase_add_test(group, sweep_frees_what_has_expired_and_only_that);
    tcase_add_test(group, expired_entry_leaves_before_any_other);
    tcase_add_test(group, entries_are_freed_with_what_holds_them);
    tcase_add_test(group, entry_that_no_bound_allows_makes_nobody_leave);
    tcase_add_test(group, entry_above_the_bound_of_the_process_is_refused);
    suite_add_tcase(suite, group);
    return suite;
}
