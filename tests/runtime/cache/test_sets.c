#include "cache/sets.h"

#include <check.h>
#include <stdlib.h>

static memo_sets *sets;

static void set_up(void)
{
    sets = memo_sets_make(2, true);
    ck_assert_ptr_nonnull(sets);
}

static void tear_down(void)
{
    free(sets);
}

/* Fill the next empty way of the only pair. */
static void put(uint64_t key)
{
    memo_set_view at =
        memo_set_at(sets, memo_hash_words(key, ~key) & sets->mask);
    memo_item item = {
        .word0 = key, .word1 = ~key, .value = key + 1, .stamp = key * 10};
    int way = memo_set_find_empty(&at, memo_hash_words(key, ~key));

    ck_assert_int_ge(way, 0);
    memo_set_write(&at, (unsigned)way, &item, (uint32_t)key);
}

static bool has(memo_sets *in, uint64_t key)
{
    memo_found found;

    if (!memo_sets_find(in, key, ~key, &found))
        return false;
    ck_assert_uint_eq(found.value, key + 1);
    ck_assert_uint_eq(found.stamp, key * 10);
    ck_assert_uint_eq(atomic_load(&found.slot->mark), key);
    return true;
}

/* Keys of one set: the n-th number whose hash falls there. */
static uint64_t key_of_first_set(unsigned n)
{
    uint64_t key = 0;

    for (;; key++) {
        if ((memo_hash_words(key, ~key) & sets->mask) == 0 && n-- == 0)
            return key;
    }
}

START_TEST(pair_holds_all_keys_of_one_set)
{
    memo_set_view at = memo_set_at(sets, 0);

    for (unsigned n = 0; n < MEMO_PAIR_WAYS; n++) {
        ck_assert(!has(sets, key_of_first_set(n)));
        put(key_of_first_set(n));
    }

    for (unsigned n = 0; n < MEMO_PAIR_WAYS; n++) {
        uint64_t key = key_of_first_set(n);

        ck_assert(has(sets, key));
        ck_assert_int_ge(memo_set_find(&at, key, ~key), 0);
    }
    ck_assert_uint_eq(memo_set_present(&at), UINT32_MAX);
    ck_assert_int_eq(memo_set_find_empty(&at, 0), -1);
    ck_assert_int_eq(memo_set_find(&at, UINT64_MAX, 0), -1);
}
END_TEST

START_TEST(emptied_place_is_not_found_and_can_be_filled_again)
{
    memo_set_view at = memo_set_at(sets, 0);

    for (uint64_t key = 0; key < MEMO_PAIR_WAYS; key++)
        put(key);
    memo_set_empty(&at, (unsigned)memo_set_find(&at, 5, ~(uint64_t)5));

    ck_assert(!has(sets, 5));
    put(77);
    ck_assert(has(sets, 77));
    ck_assert(!has(sets, 5));
}
END_TEST

START_TEST(place_that_is_being_written_is_not_found)
{
    memo_found found;

    put(3);
    ck_assert(memo_sets_find(sets, 3, ~(uint64_t)3, &found));
    atomic_fetch_sub(&found.slot->sequence, 1);

    ck_assert(!memo_sets_find(sets, 3, ~(uint64_t)3, &found));
}
END_TEST

START_TEST(tags_match_exactly)
{
    memo_set *set = &sets->sets[0];

    for (unsigned tag = 1; tag < 256; tag++) {
        unsigned expected = 0;

        for (unsigned way = 0; way < MEMO_WAYS; way++) {
            uint64_t byte = way % 3 == 0 ? tag : (tag + way * 17) % 256;

            if (way % 8 == 0)
                atomic_store(&set->tags[way / 8], 0);
            atomic_fetch_or(&set->tags[way / 8], byte << way % 8 * 8);
            if (byte == tag)
                expected |= 1u << way;
        }
        ck_assert_uint_eq(memo_tags_match(set, tag), expected);
    }
    atomic_store(&set->tags[0], 0);
    atomic_store(&set->tags[1], 0);
}
END_TEST

START_TEST(copies_have_all_items_marks_and_ghosts)
{
    memo_sets *copy = memo_sets_make(8, true);

    for (uint64_t key = 0; key < MEMO_PAIR_WAYS; key++)
        put(key);
    memo_set_note(&sets->sets[0], 12345, MEMO_EVICTED);
    memo_set_copy(copy, sets, 0);
    memo_set_copy(copy, sets, 1);

    for (uint64_t key = 0; key < MEMO_PAIR_WAYS; key++)
        ck_assert(has(copy, key));
    for (uint64_t index = 0; index < 8; index += 2)
        ck_assert_int_eq(memo_set_reason(&copy->sets[index], 12345),
                         MEMO_EVICTED);
    free(copy);
}
END_TEST

START_TEST(last_sixteen_ghosts_are_remembered)
{
    memo_set *set = &sets->sets[0];
    unsigned remembered = 0;

    for (uint64_t i = 0; i < 40; i++)
        memo_set_note(set, i << 36, MEMO_EXPIRED);
    memo_set_note(set, (uint64_t)39 << 36, MEMO_CLEARED);
    for (uint64_t i = 0; i < 40; i++)
        remembered += memo_set_reason(set, i << 36) != MEMO_NEW_KEY;

    ck_assert_uint_eq(remembered, 16);
    ck_assert_int_eq(memo_set_reason(set, (uint64_t)39 << 36), MEMO_CLEARED);
    ck_assert_int_eq(memo_set_reason(set, (uint64_t)38 << 36), MEMO_EXPIRED);
    memo_set_note(set, (uint64_t)38 << 36, MEMO_NEW_KEY);
    ck_assert_int_eq(memo_set_reason(set, (uint64_t)38 << 36), MEMO_NEW_KEY);
}
END_TEST

Suite *memo_test_suite(void);

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("cache/sets");
    TCase *group = tcase_create("places");

    tcase_add_checked_fixture(group, set_up, tear_down);
    tcase_add_test(group, pair_holds_all_keys_of_one_set);
    tcase_add_test(group, emptied_place_is_not_found_and_can_be_filled_again);
    tcase_add_test(group, place_that_is_being_written_is_not_found);
    tcase_add_test(group, tags_match_exactly);
    tcase_add_test(group, copies_have_all_items_marks_and_ghosts);
    tcase_add_test(group, last_sixteen_ghosts_are_remembered);
    suite_add_tcase(suite, group);
    return suite;
}
