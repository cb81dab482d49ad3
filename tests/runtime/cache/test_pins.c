#include "cache/pins.h"

#include <check.h>
#include <stdlib.h>

#define MANY 3000

/* Addresses only: nothing is there. */
static struct memo_object *object(size_t number)
{
    return (struct memo_object *)(uintptr_t)((number + 1) * 48);
}

static size_t left;

static void leave(struct memo_object *it)
{
    left += (uintptr_t)it / 48;
}

static void add(memo_pins *pins, size_t number)
{
    ck_assert(memo_pins_make_room(pins));
    memo_pins_add(pins, object(number));
}

START_TEST(nothing_is_in_an_empty_set)
{
    memo_pins pins = {0};

    ck_assert(!memo_pins_have(&pins, object(1)));
    memo_pins_remove(&pins, object(1));
    memo_pins_clear(&pins, leave);
    ck_assert_uint_eq(pins.count, 0);
}
END_TEST

START_TEST(what_was_added_is_there)
{
    memo_pins pins = {0};

    for (size_t i = 0; i < MANY; i += 2)
        add(&pins, i);

    for (size_t i = 0; i < MANY; i++)
        ck_assert(memo_pins_have(&pins, object(i)) == (i % 2 == 0));
    memo_pins_clear(&pins, leave);
}
END_TEST

START_TEST(removing_one_leaves_the_others)
{
    memo_pins pins = {0};
    bool is_there[MANY] = {false};
    unsigned state = (unsigned)_i;

    for (int step = 0; step < 20 * MANY; step++) {
        size_t i;

        state = state * 1103515245u + 12345u;
        i = state >> 8 & 511;
        if (is_there[i])
            memo_pins_remove(&pins, object(i));
        else
            add(&pins, i);
        is_there[i] = !is_there[i];
    }

    for (size_t i = 0; i < MANY; i++)
        ck_assert(memo_pins_have(&pins, object(i)) == is_there[i]);
    memo_pins_clear(&pins, leave);
    free(pins.slots);
}
END_TEST

START_TEST(clearing_takes_all_out_once)
{
    memo_pins pins = {0};
    size_t sum = 0;

    left = 0;
    for (size_t i = 0; i < MANY; i++) {
        add(&pins, i);
        sum += i + 1;
    }
    memo_pins_clear(&pins, leave);

    ck_assert_uint_eq(left, sum);
    ck_assert_uint_eq(pins.count, 0);
    ck_assert_ptr_null(pins.slots);
    ck_assert(!memo_pins_have(&pins, object(0)));
}
END_TEST

Suite *memo_test_suite(void);

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("cache/pins");
    TCase *group = tcase_create("set");

    tcase_add_test(group, nothing_is_in_an_empty_set);
    tcase_add_test(group, what_was_added_is_there);
    tcase_add_loop_test(group, removing_one_leaves_the_others, 0, 8);
    tcase_add_test(group, clearing_takes_all_out_once);
    suite_add_tcase(suite, group);
    return suite;
}
