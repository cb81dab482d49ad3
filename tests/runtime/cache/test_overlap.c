#include "cache/overlap.h"

#include "sample_types.h"

#include <check.h>

#include <string.h>

Suite *memo_test_suite(void);

static char room[64];

#define PARAMETER(passing, direction)                                          \
    {                                                                          \
        "p", &type_int, MEMO_BY_##passing, MEMO_##direction                    \
    }

static const struct memo_parameter kinds[] = {
    PARAMETER(ELEMENTS, IN),     /* 0 */
    PARAMETER(ELEMENTS, OUT),    /* 1 */
    PARAMETER(ELEMENTS, IN_OUT), /* 2 */
    PARAMETER(TEXT, IN),         /* 3 */
    PARAMETER(VALUE, IN),        /* 4 */
    PARAMETER(FILE, IN),         /* 5 */
};

/* Two arguments: kind, begin in the room (-1 is NULL), elements of 4 bytes. */
static const struct {
    int first, first_at;
    memo_u64 first_count;
    int second, second_at;
    memo_u64 second_count;
    bool expected;
} pairs[] = {
    {1, 0, 4, 0, 16, 4, false}, /* side by side */
    {1, 16, 4, 0, 0, 4, false}, /* the other way round */
    {1, 0, 4, 0, 15, 1, true},  /* one byte in common */
    {1, 15, 1, 0, 0, 4, true},
    {1, 0, 4, 0, 0, 4, true}, /* the same array */
    {1, 0, 8, 0, 8, 1, true}, /* one within the other */
    {0, 8, 1, 1, 0, 8, true},
    {0, 0, 4, 0, 0, 4, false}, /* nothing is written */
    {1, 0, 4, 1, 8, 4, true},  /* two outputs */
    {2, 0, 4, 1, 8, 4, true},
    {2, 0, 4, 2, 16, 4, false},
    {1, 0, 0, 0, 0, 4, false}, /* an empty range */
    {1, 4, 2, 0, 8, 0, false},
    {1, -1, 4, 0, -1, 4, false}, /* NULL twice */
    {1, 0, 4, 4, 0, 1, false},   /* a copy */
    {1, 0, 8, 3, 31, 0, true},   /* a text of 32 characters from 31 on */
    {1, 0, 7, 3, 31, 0, false},
    {1, 60, 1, 3, 31, 0, true}, /* its NUL is at 63 */
    {1, 63, 1, 3, 31, 0, true},
    {1, 0, 8, 5, 31, 0, true}, /* a path is a text */
    {1, 0, MEMO_COUNT_LATER, 0, 0, 4, false},
    {1, 0, MEMO_TOO_MANY, 0, 60, 1, true},
    {1, 4, MEMO_TOO_MANY, 0, 0, 1, false},
};

static struct memo_argument argument_at(int at, memo_u64 count)
{
    return (struct memo_argument){at < 0 ? NULL : room + at, count};
}

START_TEST(ranges_overlap_when_they_share_a_byte)
{
    struct memo_parameter parameters[2] = {kinds[pairs[_i].first],
                                           kinds[pairs[_i].second]};
    struct memo_function function = {.parameter_count = 2,
                                     .parameters = parameters};
    struct memo_argument arguments[2] = {
        argument_at(pairs[_i].first_at, pairs[_i].first_count),
        argument_at(pairs[_i].second_at, pairs[_i].second_count)};
    memset(room, 'x', sizeof room - 1);

    bool found = memo_overlap(&function, arguments, NULL, NULL);

    ck_assert_int_eq(found, pairs[_i].expected);
}
END_TEST

enum { ARGUMENTS = 6 };

/* Six arrays side by side; one is written, another begins within it. */
static void check_pair(int written, int other)
{
    struct memo_parameter parameters[ARGUMENTS];
    struct memo_argument arguments[ARGUMENTS];
    struct memo_function function = {.parameter_count = ARGUMENTS,
                                     .parameters = parameters};
    for (int i = 0; i < ARGUMENTS; i++) {
        parameters[i] = kinds[0];
        arguments[i] = argument_at(8 * i, 2);
    }
    parameters[written] = kinds[1];

    ck_assert(!memo_overlap(&function, arguments, NULL, NULL));
    arguments[other] = argument_at(8 * written + 4, 1);
    ck_assert(memo_overlap(&function, arguments, NULL, NULL));
}

START_TEST(every_pair_is_compared)
{
    for (int written = 0; written < ARGUMENTS; written++) {
        for (int other = 0; other < ARGUMENTS; other++) {
            if (other != written)
                check_pair(written, other);
        }
    }
}
END_TEST

static memo_u64 count_two(const void *context, memo_u32 parameter)
{
    ck_assert_ptr_eq(context, room);
    ck_assert_uint_eq(parameter, 1);
    return 2;
}

START_TEST(counts_of_outputs_may_come_from_elsewhere)
{
    struct memo_parameter parameters[2] = {kinds[0], kinds[1]};
    struct memo_function function = {.parameter_count = 2,
                                     .parameters = parameters};
    struct memo_argument arguments[2] = {argument_at(20, 1),
                                         argument_at(16, MEMO_COUNT_LATER)};

    ck_assert(!memo_overlap(&function, arguments, NULL, NULL));
    ck_assert(memo_overlap(&function, arguments, count_two, room));
    arguments[0] = argument_at(24, 1);
    ck_assert(!memo_overlap(&function, arguments, count_two, room));
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("overlap");
    TCase *all = tcase_create("ranges");

    tcase_add_loop_test(all, ranges_overlap_when_they_share_a_byte, 0,
                        sizeof pairs / sizeof *pairs);
    tcase_add_test(all, every_pair_is_compared);
    tcase_add_test(all, counts_of_outputs_may_come_from_elsewhere);
    suite_add_tcase(suite, all);
    return suite;
}
