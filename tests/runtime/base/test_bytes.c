#include "base/bytes.h"

#include <check.h>

Suite *memo_test_suite(void);

static const struct {
    uint64_t length;
    size_t bytes;
} lengths[] = {
    {0, 1},   {1, 1},     {254, 1},        {255, 9},
    {256, 9}, {65536, 9}, {UINT32_MAX, 9}, {UINT64_MAX, 9},
};

START_TEST(a_length_is_read_as_it_was_written)
{
    unsigned char bytes[MEMO_LENGTH_BYTES];
    uint64_t length = 42;
    unsigned char *end = memo_put_length(bytes, lengths[_i].length);

    ck_assert_ptr_eq(end, bytes + lengths[_i].bytes);
    ck_assert_uint_eq(memo_length_bytes(lengths[_i].length), lengths[_i].bytes);
    ck_assert_ptr_eq(memo_get_length(&length, bytes, end), end);

    ck_assert_uint_eq(length, lengths[_i].length);
}
END_TEST

START_TEST(a_length_that_is_cut_is_refused)
{
    unsigned char bytes[MEMO_LENGTH_BYTES];
    uint64_t length;
    unsigned char *end = memo_put_length(bytes, lengths[_i].length);

    for (unsigned char *cut = bytes; cut < end; cut++)
        ck_assert_ptr_null(memo_get_length(&length, bytes, cut));
}
END_TEST

START_TEST(a_short_length_in_the_long_form_is_refused)
{
    static const unsigned char bytes[] = {255, 254, 0, 0, 0, 0, 0, 0, 0};
    uint64_t length;

    ck_assert_ptr_null(memo_get_length(&length, bytes, bytes + sizeof bytes));
}
END_TEST

START_TEST(no_bytes_may_be_null)
{
    unsigned char bytes[1] = {7};

    ck_assert_ptr_eq(memo_put_bytes(bytes, NULL, 0), bytes);
    ck_assert_uint_eq(bytes[0], 7);
}
END_TEST

Suite *memo_test_suite(void)
{
    enum { LENGTHS = sizeof lengths / sizeof *lengths };
    Suite *suite = suite_create("bytes");
    TCase *all = tcase_create("lengths");

    tcase_add_loop_test(all, a_length_is_read_as_it_was_written, 0, LENGTHS);
    tcase_add_loop_test(all, a_length_that_is_cut_is_refused, 0, LENGTHS);
    tcase_add_test(all, a_short_length_in_the_long_form_is_refused);
    tcase_add_test(all, no_bytes_may_be_null);
    suite_add_tcase(suite, all);
    return suite;
}
