#include "elements/arena.h"

#include <check.h>
#include <stdint.h>
#include <string.h>

Suite *memo_test_suite(void);

START_TEST(memory_is_aligned_and_keeps_apart)
{
    st_arena arena = {0};
    unsigned char *last = NULL;

    for (size_t size = 0; size < 3000; size++) {
        unsigned char *memory = st_arena_alloc(&arena, size);

        ck_assert_ptr_nonnull(memory);
        ck_assert_uint_eq((uintptr_t)memory % _Alignof(max_align_t), 0);
        memset(memory, (int)(size & 0xFF), size);
        if (last && size > 1)
            ck_assert_uint_eq(*last, (size - 1) & 0xFF);
        last = memory;
    }
    st_arena_finish(&arena);
}
END_TEST

START_TEST(large_pieces_have_blocks_of_their_own)
{
    st_arena arena = {0};
    char *large = st_arena_alloc(&arena, 1 << 20);
    char *small = st_arena_text(&arena, "text");

    memset(large, 'x', 1 << 20);
    ck_assert_str_eq(small, "text");
    ck_assert_ptr_null(st_arena_alloc(&arena, SIZE_MAX));
    ck_assert_ptr_null(st_arena_text(&arena, NULL));
    st_arena_reset(&arena);
    ck_assert_ptr_nonnull(st_arena_copy(&arena, "abc", 3));
    st_arena_finish(&arena);
    st_arena_finish(&arena);
}
END_TEST

START_TEST(texts_are_printed_whole)
{
    st_arena arena = {0};
    char name[5000], *text;

    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    text = st_arena_print(&arena, "%s, %d", name, 7);
    ck_assert_uint_eq(strlen(text), sizeof name - 1 + 3);
    ck_assert_str_eq(text + sizeof name - 1, ", 7");
    st_arena_finish(&arena);
}
END_TEST

START_TEST(what_is_in_it_is_known)
{
    st_arena arena = {0};
    int elsewhere;
    char *small = st_arena_alloc(&arena, 10);
    char *large = st_arena_alloc(&arena, 1 << 20);

    ck_assert(st_arena_has(&arena, small) && st_arena_has(&arena, small + 9));
    ck_assert(st_arena_has(&arena, large + (1 << 20) - 1));
    ck_assert(!st_arena_has(&arena, &elsewhere));
    ck_assert(!st_arena_has(&arena, NULL));
    st_arena_finish(&arena);
    ck_assert(!st_arena_has(&arena, &elsewhere));
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("elements.arena");
    TCase *cases = tcase_create("cases");

    tcase_add_test(cases, memory_is_aligned_and_keeps_apart);
    tcase_add_test(cases, large_pieces_have_blocks_of_their_own);
    tcase_add_test(cases, texts_are_printed_whole);
    tcase_add_test(cases, what_is_in_it_is_known);
    suite_add_tcase(suite, cases);
    return suite;
}
