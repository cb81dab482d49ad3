#include "cache/sink.h"

#include <check.h>

#include <stdlib.h>
#include <string.h>

Suite *memo_test_suite(void);

START_TEST(a_growing_sink_keeps_all_bytes)
{
    memo_sink sink = memo_sink_growing(UINT64_MAX);
    unsigned char block[1000];

    for (size_t i = 0; i < 100; i++) {
        memset(block, (int)i, sizeof block);
        memo_sink_put(&sink, block, 10 * i);
    }

    ck_assert_uint_eq(sink.total, 10 * 99 * 50);
    ck_assert_uint_eq(sink.size, sink.total);
    ck_assert_uint_eq(sink.bytes[0], 1);
    ck_assert_uint_eq(sink.bytes[sink.size - 1], 99);
    ck_assert(!memo_sink_is_full(&sink));
    free(sink.bytes);
}
END_TEST

START_TEST(what_is_taken_follows_what_was_put)
{
    memo_sink sink = memo_sink_growing(UINT64_MAX);

    memo_sink_put(&sink, "ab", 2);
    memcpy(memo_sink_take(&sink, 3), "cde", 3);
    memo_sink_put_length(&sink, 7);

    ck_assert_uint_eq(sink.size, 6);
    ck_assert_mem_eq(sink.bytes, "abcde\7", 6);
    free(sink.bytes);
}
END_TEST

START_TEST(nothing_more_comes_once_the_limit_is_passed)
{
    memo_sink sink = memo_sink_growing(10);

    memo_sink_put(&sink, "0123456789", 10);
    ck_assert(!memo_sink_is_full(&sink));
    memo_sink_put(&sink, "x", 1);

    ck_assert(sink.is_over);
    ck_assert_uint_eq(sink.size, 10);
    ck_assert_ptr_null(memo_sink_take(&sink, 1));
    memo_sink_put(&sink, "", 0);
    ck_assert_uint_eq(sink.size, 10);
    free(sink.bytes);
}
END_TEST

START_TEST(a_size_that_overflows_is_over_the_limit)
{
    memo_sink sink = memo_sink_growing(UINT64_MAX);

    memo_sink_put(&sink, "x", 1);
    ck_assert_ptr_null(memo_sink_take(&sink, SIZE_MAX));

    ck_assert(memo_sink_is_full(&sink));
    free(sink.bytes);
}
END_TEST

/* Fill a sink that folds with bytes that depend on `change`. */
static memo_sink fold(unsigned char *buffer, size_t size, int change)
{
    memo_sink sink = memo_sink_folding(buffer, MEMO_SINK_LEAST, UINT64_MAX);
    unsigned char part[100];

    for (size_t done = 0; done < size; done += sizeof part) {
        memset(part, (int)(done % 251), sizeof part);
        if (done / sizeof part == 2)
            part[50] = (unsigned char)(part[50] + change);
        memo_sink_put(&sink, part, sizeof part);
    }
    return sink;
}

START_TEST(folded_bytes_tell_all_that_came)
{
    unsigned char first[MEMO_SINK_LEAST], again[MEMO_SINK_LEAST],
        other[MEMO_SINK_LEAST];

    memo_sink one = fold(first, 5000, 0);
    memo_sink same = fold(again, 5000, 0);
    memo_sink changed = fold(other, 5000, 1);

    ck_assert(one.is_folded);
    ck_assert_uint_eq(one.total, 5000);
    ck_assert_uint_eq(one.size, same.size);
    ck_assert_mem_eq(first, again, one.size);
    ck_assert_uint_eq(one.size, changed.size);
    ck_assert_mem_ne(first, other, one.size);
}
END_TEST

START_TEST(bytes_that_fit_are_not_folded)
{
    unsigned char buffer[MEMO_SINK_LEAST];
    memo_sink sink = fold(buffer, 200, 0);

    ck_assert(!sink.is_folded);
    ck_assert_uint_eq(sink.size, 200);
}
END_TEST

START_TEST(more_than_the_buffer_is_digested_where_it_lies)
{
    unsigned char buffer[MEMO_SINK_LEAST], other[MEMO_SINK_LEAST];
    unsigned char *many = calloc(1, 100000);
    memo_sink sink = memo_sink_folding(buffer, sizeof buffer, UINT64_MAX);
    memo_sink changed = memo_sink_folding(other, sizeof other, UINT64_MAX);

    memo_sink_put(&sink, many, 100000);
    many[99999] = 1;
    memo_sink_put(&changed, many, 100000);

    ck_assert_uint_lt(sink.size, 64);
    ck_assert_uint_eq(sink.size, changed.size);
    ck_assert_mem_ne(buffer, other, sink.size);
    free(many);
}
END_TEST

START_TEST(a_discarding_sink_only_counts)
{
    unsigned char scratch[MEMO_SINK_LEAST];
    memo_sink sink = memo_sink_discarding(scratch, sizeof scratch);

    for (int i = 0; i < 1000; i++) {
        ck_assert_ptr_nonnull(memo_sink_take(&sink, 100));
        memo_sink_put(&sink, "x", 1);
    }

    ck_assert_uint_eq(sink.total, 101000);
    ck_assert(!memo_sink_is_full(&sink));
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("sink");
    TCase *cases = tcase_create("sink");

    tcase_add_test(cases, a_growing_sink_keeps_all_bytes);
    tcase_add_test(cases, what_is_taken_follows_what_was_put);
    tcase_add_test(cases, nothing_more_comes_once_the_limit_is_passed);
    tcase_add_test(cases, a_size_that_overflows_is_over_the_limit);
    tcase_add_test(cases, folded_bytes_tell_all_that_came);
    tcase_add_test(cases, bytes_that_fit_are_not_folded);
    tcase_add_test(cases, more_than_the_buffer_is_digested_where_it_lies);
    tcase_add_test(cases, a_discarding_sink_only_counts);
    suite_add_tcase(suite, cases);
    return suite;
}
