#include "cache/framed.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

Suite *memo_test_suite(void);

/* ---- reading ------------------------------------------------------------- */

/* Three of them: "one", nothing, "three". */
static memo_sink make_three(void)
{
    memo_sink sink = memo_sink_growing(UINT64_MAX);

    memo_framed_put(&sink, (const unsigned char *)"one", 3);
    memo_framed_put(&sink, NULL, 0);
    memo_framed_put(&sink, (const unsigned char *)"three", 5);
    return sink;
}

START_TEST(one_comes_after_the_other)
{
    memo_sink sink = make_three();
    memo_framed left = {sink.bytes, sink.size}, one;

    ck_assert(memo_framed_next(&one, &left));
    ck_assert_uint_eq(one.size, 7);
    ck_assert_mem_eq(one.at + 4, "one", 3);
    ck_assert(memo_framed_next(&one, &left));
    ck_assert_uint_eq(one.size, 4);
    ck_assert(memo_framed_next(&one, &left));
    ck_assert_mem_eq(one.at + 4, "three", 5);
    ck_assert(!memo_framed_next(&one, &left));
    free(sink.bytes);
}
END_TEST

static unsigned count(const unsigned char *bytes, size_t size)
{
    memo_framed left = {bytes, size}, one;
    unsigned found = 0;

    while (memo_framed_next(&one, &left))
        found++;
    return found;
}

/* Each length in memory of its own, so that nothing behind it can be read. */
START_TEST(bytes_that_are_cut_end_the_walk)
{
    memo_sink sink = make_three();

    for (size_t size = 0; size <= sink.size; size++) {
        unsigned char *part = malloc(size + 1);
        unsigned expected = size < 7 ? 0 : size < 11 ? 1 : size < 20 ? 2 : 3;

        memcpy(part + 1, sink.bytes, size);
        ck_assert_uint_eq(count(part + 1, size), expected);
        free(part);
    }
    free(sink.bytes);
}
END_TEST

START_TEST(lengths_that_lead_outside_end_the_walk)
{
    static const uint32_t lengths[] = {1, 0x7FFFFFFF, 0xFFFFFFFC, 0xFFFFFFFF};
    unsigned char bytes[4];

    memcpy(bytes, &lengths[_i], sizeof bytes);

    ck_assert_uint_eq(count(bytes, sizeof bytes), 0);
}
END_TEST

START_TEST(equal_are_those_with_equal_bytes)
{
    memo_sink sink = make_three(), other = make_three();
    memo_framed left = {sink.bytes, sink.size};
    memo_framed others = {other.bytes, other.size};
    memo_framed one, same, empty;

    memo_framed_next(&one, &left);
    memo_framed_next(&same, &others);
    memo_framed_next(&empty, &others);

    ck_assert(memo_framed_equal(one, same));
    ck_assert(!memo_framed_equal(one, empty));
    other.bytes[4] = 'O';
    ck_assert(!memo_framed_equal(one, same));
    free(sink.bytes);
    free(other.bytes);
}
END_TEST

/* ---- answers ------------------------------------------------------------- */

/* Pairs: "one" was answered by nothing, "three" has no answer. */
START_TEST(the_answer_stands_behind_its_question)
{
    memo_sink sink = make_three();
    const memo_drawn drawn = {.inputs = sink.bytes, .inputs_size = sink.size};
    memo_framed one = {sink.bytes, 7}, nothing = {sink.bytes + 7, 4};
    memo_framed three = {sink.bytes + 11, 9}, answer;

    ck_assert(memo_framed_answer(&answer, &drawn, one));
    ck_assert_ptr_eq(answer.at, sink.bytes + 7);
    ck_assert(!memo_framed_answer(&answer, &drawn, nothing));
    ck_assert(!memo_framed_answer(&answer, &drawn, three));
    ck_assert(!memo_framed_answer(&answer, NULL, one));
    free(sink.bytes);
}
END_TEST

/* An answer that is long, and longer each time it is asked for. */
static memo_size answer_size, answer_growth;
static unsigned times_asked;

static memo_size answer(const unsigned char *input, memo_size size,
                        unsigned char *out, memo_size room)
{
    memo_size now = answer_size + answer_growth * times_asked++;

    ck_assert_uint_eq(size, 3);
    ck_assert_mem_eq(input, "one", 3);
    if (now <= room)
        memset(out, 'a', now);
    return now;
}

static const struct memo_recorder recorder = {.answer = answer};

static void check_asked(memo_size expected)
{
    memo_sink sink = make_three(), out = memo_sink_growing(UINT64_MAX);
    memo_framed left, one;

    ck_assert(memo_framed_ask(&out, &recorder, (memo_framed){sink.bytes, 7}));
    left = (memo_framed){out.bytes, out.size};
    ck_assert(memo_framed_next(&one, &left));
    ck_assert_uint_eq(one.size, expected + 4);
    for (memo_size i = 4; i < one.size; i++)
        ck_assert_int_eq(one.at[i], 'a');
    ck_assert_uint_eq(left.size, 0);
    free(sink.bytes);
    free(out.bytes);
}

START_TEST(answers_may_be_of_any_length)
{
    static const memo_size sizes[] = {0, 1, 511, 512, 513, 100000};

    answer_size = sizes[_i];

    check_asked(sizes[_i]);
}
END_TEST

/* Another thread may change what is asked for. */
START_TEST(an_answer_may_grow_while_it_is_asked_for)
{
    answer_size = 500;
    answer_growth = 100;
    times_asked = 1;

    check_asked(700);
}
END_TEST

START_TEST(an_answer_may_shrink_while_it_is_asked_for)
{
    answer_size = 800;
    answer_growth = (memo_size)0 - 300;

    check_asked(500);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("cache/framed");
    TCase *cases = tcase_create("cases");

    tcase_add_test(cases, one_comes_after_the_other);
    tcase_add_test(cases, bytes_that_are_cut_end_the_walk);
    tcase_add_loop_test(cases, lengths_that_lead_outside_end_the_walk, 0, 4);
    tcase_add_test(cases, equal_are_those_with_equal_bytes);
    tcase_add_test(cases, the_answer_stands_behind_its_question);
    tcase_add_loop_test(cases, answers_may_be_of_any_length, 0, 6);
    tcase_add_test(cases, an_answer_may_grow_while_it_is_asked_for);
    tcase_add_test(cases, an_answer_may_shrink_while_it_is_asked_for);
    suite_add_tcase(suite, cases);
    return suite;
}
