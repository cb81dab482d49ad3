#include "cache/pieces.h"

#include "../../support/random.h"
#include "deep_types.h"

#include <check.h>

Suite *memo_test_suite(void);

static memo_piece shared(void *at, const struct memo_type *type, uint64_t count)
{
    return (memo_piece){
        .at = at, .type = type, .count = count, .is_shared = true};
}

START_TEST(a_piece_is_found_by_its_address)
{
    static struct item items[1000];
    memo_pieces pieces;
    memo_place place;

    memo_pieces_init(&pieces);
    for (size_t i = 0; i < 1000; i += 2)
        ck_assert(memo_pieces_add(&pieces, shared(&items[i], &type_item, 1)));

    for (size_t i = 0; i < 1000; i++) {
        bool found =
            memo_pieces_find(&pieces, &items[i], &type_item, 1, &place);
        ck_assert_int_eq(found, i % 2 == 0);
        if (found)
            ck_assert_uint_eq(place.piece, i / 2);
        ck_assert(!memo_pieces_find(&pieces, &items[i], &type_node, 1, &place));
        ck_assert(!memo_pieces_find(&pieces, &items[i], &type_item, 2, &place));
    }
    memo_pieces_finish(&pieces);
}
END_TEST

START_TEST(what_is_not_shared_is_not_found)
{
    struct item item;
    memo_piece piece = shared(&item, &type_item, 1);
    memo_pieces pieces;
    memo_place place;

    memo_pieces_init(&pieces);
    piece.is_shared = false;
    ck_assert(memo_pieces_add(&pieces, piece));

    ck_assert(!memo_pieces_find(&pieces, &item, &type_item, 1, &place));
    memo_pieces_finish(&pieces);
}
END_TEST

START_TEST(an_element_of_an_array_is_found)
{
    static struct vertex all[64][10];
    memo_pieces pieces;
    memo_place place;

    memo_pieces_init(&pieces);
    for (size_t i = 0; i < 64; i++)
        ck_assert(memo_pieces_add(&pieces,
                                  shared(all[i * 37 % 64], &type_vertex, 9)));

    for (size_t i = 0; i < 64; i++) {
        for (size_t k = 0; k < 9; k++) {
            ck_assert(memo_pieces_find(&pieces, &all[i * 37 % 64][k],
                                       &type_vertex, 9 - k, &place));
            ck_assert_uint_eq(place.piece, i);
            ck_assert_uint_eq(place.element, k);
        }
        ck_assert(
            !memo_pieces_find(&pieces, &all[i][9], &type_vertex, 1, &place));
        ck_assert(
            !memo_pieces_find(&pieces, &all[i][5], &type_vertex, 5, &place));
        ck_assert(!memo_pieces_find(&pieces, (char *)&all[i][5] + 1,
                                    &type_vertex, 1, &place));
    }
    memo_pieces_finish(&pieces);
}
END_TEST

/* A tree whose nodes have arrays of children has as many arrays as nodes, and
 * their addresses come in any order.  Moving them one by one would take hours:
 * then the time limit of tests ends this one. */
START_TEST(very_many_arrays_are_added)
{
    enum { ARRAYS = 1000000 };
    struct vertex *all = calloc(2 * ARRAYS, sizeof *all);
    memo_pieces pieces;
    memo_place place;

    memo_pieces_init(&pieces);
    for (size_t i = 0; i < ARRAYS; i++)
        ck_assert(memo_pieces_add(
            &pieces, shared(&all[2 * (i * 7919 % ARRAYS)], &type_vertex, 2)));

    for (size_t i = 0; i < ARRAYS; i += 1000) {
        ck_assert(memo_pieces_find(&pieces, &all[2 * (i * 7919 % ARRAYS) + 1],
                                   &type_vertex, 1, &place));
        ck_assert_uint_eq(place.piece, i);
        ck_assert_uint_eq(place.element, 1);
    }
    memo_pieces_finish(&pieces);
    free(all);
}
END_TEST

START_TEST(the_size_of_a_piece_counts_what_stands_behind_it)
{
    static const struct {
        memo_piece piece;
        size_t bytes;
    } cases[] = {
        {{.count = 0}, 1},
        {{.count = 10}, 11},
        {{.count = UINT64_MAX - 2}, SIZE_MAX},
        {{.type = &type_item, .count = 0}, 0},
        {{.type = &type_item, .count = 3}, 3 * sizeof(struct item)},
        {{.type = &type_item, .count = UINT64_MAX / 8}, SIZE_MAX},
        {{.type = &type_message, .count = 1}, sizeof(struct message)},
        {{.type = &type_message, .count = 1, .tail = 5},
         offsetof(struct message, words) + 5 * sizeof(char *)},
        {{.type = &type_message, .count = 1, .tail = UINT64_MAX / 8}, SIZE_MAX},
        {{.type = &type_message, .count = 2, .tail = 0}, SIZE_MAX},
    };

    ck_assert_uint_eq(memo_piece_bytes(&cases[_i].piece), cases[_i].bytes);
}
END_TEST

START_TEST(pieces_that_overlap_are_not_apart)
{
    static const struct {
        size_t at, count;
        bool are_apart;
    } cases[] = {{0, 4, true},  {0, 5, false},  {3, 2, false},
                 {5, 1, false}, {7, 2, false},  {8, 4, true},
                 {8, 5, false}, {12, 1, false}, {13, 4, true}};
    static int numbers[20];
    const memo_range ranges[] = {
        {(uintptr_t)(numbers + 12), (uintptr_t)(numbers + 13)}};
    memo_pieces pieces;

    memo_pieces_init(&pieces);
    memo_pieces_add(&pieces, shared(numbers + 4, &type_int, 4));
    memo_pieces_add(&pieces,
                    shared(numbers + cases[_i].at, &type_int, cases[_i].count));

    ck_assert_int_eq(memo_pieces_are_apart(&pieces, ranges, 1),
                     cases[_i].are_apart);
    memo_pieces_finish(&pieces);
}
END_TEST

/* Nobody can tell whether it has memory of its own. */
START_TEST(an_empty_piece_at_the_edge_of_another_is_not_apart)
{
    static int numbers[20];
    static const struct {
        size_t at;
        bool are_apart;
    } cases[] = {{4, false}, {5, false}, {8, false}, {10, true}};
    memo_pieces pieces;

    memo_pieces_init(&pieces);
    memo_pieces_add(&pieces, shared(numbers + 4, &type_int, 4));
    memo_pieces_add(&pieces,
                    (memo_piece){.at = (void *)(numbers + cases[_i].at),
                                 .type = &type_int});

    ck_assert_int_eq(memo_pieces_are_apart(&pieces, NULL, 0),
                     cases[_i].are_apart);
    memo_pieces_finish(&pieces);
}
END_TEST

START_TEST(two_empty_pieces_at_one_place_are_not_apart)
{
    static int number;
    memo_piece piece = {.at = (void *)&number, .type = &type_int};
    struct spans root;
    memo_pieces pieces;

    memo_pieces_init(&pieces);
    memo_pieces_add(&pieces, shared(&root, &type_spans, 1));
    memo_pieces_add(&pieces, piece);
    memo_pieces_add(&pieces, piece);

    ck_assert(!memo_pieces_are_apart(&pieces, NULL, 0));
    memo_pieces_finish(&pieces);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("pieces");
    TCase *cases = tcase_create("pieces");

    tcase_add_test(cases, a_piece_is_found_by_its_address);
    tcase_add_test(cases, what_is_not_shared_is_not_found);
    tcase_add_test(cases, an_element_of_an_array_is_found);
    tcase_add_test(cases, very_many_arrays_are_added);
    tcase_add_loop_test(cases, the_size_of_a_piece_counts_what_stands_behind_it,
                        0, 10);
    tcase_add_loop_test(cases, pieces_that_overlap_are_not_apart, 0, 9);
    tcase_add_loop_test(
        cases, an_empty_piece_at_the_edge_of_another_is_not_apart, 0, 4);
    tcase_add_test(cases, two_empty_pieces_at_one_place_are_not_apart);
    suite_add_tcase(suite, cases);
    return suite;
}
