/* test_arena.c -- memory of one run. */
#include "arena.h"

#include <check.h>
#include <stdint.h>
#include <string.h>

static gen_arena *arena;

static void set_up(void)
{
    arena = gen_arena_create();
}

static void tear_down(void)
{
    gen_arena_destroy(arena);
}

START_TEST(memory_is_zeroed_and_aligned_whatever_its_size)
{
    static const size_t sizes[] = {0, 1, 7, 16, 4095, 16384, 65536, 1000000};
    const size_t size = sizes[_i];

    gen_arena_alloc(arena, 3);
    unsigned char *memory = gen_arena_alloc(arena, size);

    ck_assert_uint_eq((uintptr_t)memory % _Alignof(max_align_t), 0);
    size_t others = 0;
    for (size_t i = 0; i < size; i++)
        others += memory[i] != 0;
    ck_assert_uint_eq(others, 0);
}
END_TEST

START_TEST(pieces_do_not_overlap)
{
    enum { COUNT = 3000 };
    unsigned char *pieces[COUNT];

    for (size_t i = 0; i < COUNT; i++) {
        pieces[i] = gen_arena_alloc(arena, i % 97 * (i % 50 == 0 ? 400 : 1));
        memset(pieces[i], (int)(i % 251), i % 97);
    }

    size_t others = 0;
    for (size_t i = 0; i < COUNT; i++) {
        for (size_t byte = 0; byte < i % 97; byte++)
            others += pieces[i][byte] != i % 251;
    }
    ck_assert_uint_eq(others, 0);
}
END_TEST

START_TEST(a_large_piece_as_the_first_one_is_served)
{
    char *large = gen_arena_alloc(arena, 1 << 20);
    char *small = gen_arena_alloc(arena, 8);

    memset(large, 1, 1 << 20);
    memset(small, 2, 8);

    ck_assert_int_eq(large[(1 << 20) - 1], 1);
}
END_TEST

START_TEST(a_copy_keeps_nul_bytes_and_ends_with_one)
{
    char *copy = gen_arena_copy(arena, "ab\0cd", 5);

    ck_assert_mem_eq(copy, "ab\0cd", 6);
}
END_TEST

START_TEST(a_copy_of_nothing_is_the_empty_text)
{
    ck_assert_str_eq(gen_arena_copy(arena, NULL, 0), "");
}
END_TEST

START_TEST(a_formatted_text_has_its_full_length)
{
    char *text = gen_arena_format(arena, "%s-%05000d", "x", 7);

    ck_assert_uint_eq(strlen(text), 5002);
    ck_assert_str_eq(text + 5000, "07");
}
END_TEST

START_TEST(destroying_no_arena_is_fine)
{
    gen_arena_destroy(NULL);
}
END_TEST

START_TEST(a_size_that_no_machine_has_ends_memogen_with_code_2)
{
    gen_arena_alloc(arena, SIZE_MAX);
}
END_TEST

Suite *memo_test_suite(void);

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("arena");
    TCase *tests = tcase_create("arena");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, memory_is_zeroed_and_aligned_whatever_its_size,
                        0, 8);
    tcase_add_test(tests, pieces_do_not_overlap);
    tcase_add_test(tests, a_large_piece_as_the_first_one_is_served);
    tcase_add_test(tests, a_copy_keeps_nul_bytes_and_ends_with_one);
    tcase_add_test(tests, a_copy_of_nothing_is_the_empty_text);
    tcase_add_test(tests, a_formatted_text_has_its_full_length);
    tcase_add_test(tests, destroying_no_arena_is_fine);
    tcase_add_exit_test(tests,
                        a_size_that_no_machine_has_ends_memogen_with_code_2, 2);
    suite_add_tcase(suite, tests);
    return suite;
}
