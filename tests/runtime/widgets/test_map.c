#include "widgets/map.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

Suite *memo_test_suite(void);

typedef struct {
    st_map_item item;
    int number;
} thing;

enum { THINGS = 1000 };

static void fill(st_map *map)
{
    for (int i = 0; i < THINGS; i++) {
        char name[20];
        thing *added;

        snprintf(name, sizeof name, "thing %d", i);
        added = st_map_add(map, name, sizeof *added);
        ck_assert_int_eq(added->number, 0);
        added->number = i;
    }
}

static bool is_odd(void *item, void *context)
{
    (void)context;
    return ((thing *)item)->number % 2;
}

static void add_up(void *item, void *sum)
{
    *(long *)sum += ((thing *)item)->number;
}

START_TEST(things_are_found_by_their_names)
{
    st_map map = {0};

    ck_assert_ptr_null(st_map_find(&map, "thing 7"));
    fill(&map);
    ck_assert_uint_eq(map.count, THINGS);
    ck_assert_int_eq(((thing *)st_map_find(&map, "thing 7"))->number, 7);
    ck_assert_ptr_eq(st_map_add(&map, "thing 7", sizeof(thing)),
                     st_map_find(&map, "thing 7"));
    ck_assert_ptr_null(st_map_find(&map, "thing"));
    st_map_remove(&map, NULL, NULL);
    ck_assert_ptr_null(map.buckets);
}
END_TEST

START_TEST(some_things_are_removed)
{
    st_map map = {0};
    long sum = 0;

    fill(&map);
    st_map_remove(&map, is_odd, NULL);
    ck_assert_uint_eq(map.count, THINGS / 2);
    ck_assert_ptr_null(st_map_find(&map, "thing 7"));
    ck_assert_ptr_nonnull(st_map_find(&map, "thing 8"));
    st_map_each(&map, add_up, &sum);
    ck_assert_int_eq(sum, (long)(THINGS / 2) * (THINGS / 2 - 1));
    st_map_remove(&map, NULL, NULL);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("widgets.map");
    TCase *cases = tcase_create("cases");

    tcase_add_test(cases, things_are_found_by_their_names);
    tcase_add_test(cases, some_things_are_removed);
    suite_add_tcase(suite, cases);
    return suite;
}
