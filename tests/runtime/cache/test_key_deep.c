#include "cache/key.h"

#include "deep_types.h"

#include <check.h>

Suite *memo_test_suite(void);

static const memo_budget no_budget = {UINT64_MAX, UINT64_MAX};

static const struct memo_parameter list_input[] = {
    {"list", &type_item, MEMO_BY_ELEMENTS, MEMO_IN}};
static const struct memo_parameter table_and_numbers[] = {
    {"table", &type_table, MEMO_BY_VALUE, MEMO_IN},
    {"numbers", &type_double, MEMO_BY_ELEMENTS, MEMO_OUT}};
static const struct memo_parameter numbers_and_table[] = {
    {"numbers", &type_double, MEMO_BY_ELEMENTS, MEMO_OUT},
    {"table", &type_table, MEMO_BY_ELEMENTS, MEMO_IN}};
static const struct memo_parameter two_texts[] = {
    {"a", &type_text, MEMO_BY_ELEMENTS, MEMO_IN},
    {"b", &type_text, MEMO_BY_ELEMENTS, MEMO_IN}};

static const struct memo_function takes_list = {
    .name = "f", .parameter_count = 1, .parameters = list_input};
static const struct memo_function fills_numbers = {
    .name = "f", .parameter_count = 2, .parameters = table_and_numbers};
static const struct memo_function fills_first = {
    .name = "f", .parameter_count = 2, .parameters = numbers_and_table};
static const struct memo_function takes_texts = {
    .name = "f", .parameter_count = 2, .parameters = two_texts};

static memo_key_outcome build(memo_key *out,
                              const struct memo_function *function, void *first,
                              memo_u64 first_count, void *second,
                              memo_u64 second_count)
{
    const struct memo_argument arguments[] = {{first, first_count},
                                              {second, second_count}};

    return memo_key_build(out, function, arguments, no_budget);
}

static bool are_equal(const memo_key *a, const memo_key *b)
{
    return a->size == b->size && memcmp(a->bytes, b->bytes, a->size) == 0;
}

START_TEST(lists_of_equal_content_have_equal_keys)
{
    static const size_t lengths[] = {1, 20, 700, 20000};
    size_t length = lengths[_i];
    struct item *one = calloc(length, sizeof *one);
    struct item *other = calloc(length, sizeof *other);
    static memo_key first, second, changed;
    for (size_t i = 0; i < length; i++) {
        one[i] = (struct item){(int)i, i + 1 < length ? &one[i + 1] : NULL};
        other[length - 1 - i] = (struct item){
            (int)i, i + 1 < length ? &other[length - 2 - i] : NULL};
    }

    build(&first, &takes_list, one, 1, NULL, 0);
    build(&second, &takes_list, &other[length - 1], 1, NULL, 0);
    other[0].number ^= 1;
    build(&changed, &takes_list, &other[length - 1], 1, NULL, 0);

    ck_assert(are_equal(&first, &second));
    ck_assert(first.digest.low == second.digest.low);
    ck_assert(!are_equal(&first, &changed));
    free(other);
    free(one);
}
END_TEST

START_TEST(texts_are_not_run_together)
{
    char ab[] = "ab", c[] = "c", a[] = "a", bc[] = "bc", none[] = "";
    char *lists[][2] = {{ab, c}, {a, bc}, {ab, NULL}, {ab, none}, {NULL, c}};
    static memo_key keys[5 * 3];
    size_t count = 0;

    for (size_t i = 0; i < 5; i++) {
        for (memo_u64 k = 0; k < 3; k++)
            build(&keys[count++], &takes_texts, lists[i], k, lists[i] + k,
                  2 - k);
    }

    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < i; k++)
            ck_assert(!are_equal(&keys[i], &keys[k]));
    }
}
END_TEST

START_TEST(an_output_inside_of_an_input_is_told)
{
    double cells[6] = {0}, apart[6];
    struct table table = {2, 3, cells, NULL, NULL};
    static memo_key key;

    ck_assert_int_eq(build(&key, &fills_numbers, &table, 1, apart, 6),
                     MEMO_KEY_BUILT);
    ck_assert_int_eq(build(&key, &fills_numbers, &table, 1, cells, 6),
                     MEMO_KEY_ALIASED);
    ck_assert_int_eq(build(&key, &fills_numbers, &table, 1, cells + 5, 1),
                     MEMO_KEY_ALIASED);
    ck_assert_int_eq(build(&key, &fills_numbers, &table, 1, cells + 6, 0),
                     MEMO_KEY_BUILT);
    ck_assert_int_eq(
        build(&key, &fills_numbers, &table, 1, cells + 2, MEMO_COUNT_LATER),
        MEMO_KEY_ALIASED);
    ck_assert_int_eq(build(&key, &fills_numbers, &table, 1, NULL, 6),
                     MEMO_KEY_BUILT);
    ck_assert_int_eq(build(&key, &fills_first, cells + 1, 2, &table, 1),
                     MEMO_KEY_ALIASED);
    ck_assert_int_eq(build(&key, &fills_first, apart, 2, &table, 1),
                     MEMO_KEY_BUILT);
}
END_TEST

START_TEST(a_budget_is_for_each_input)
{
    struct item items[10] = {{0, NULL}};
    const struct memo_argument argument = {items, 1};
    static memo_key key;
    for (int i = 0; i < 9; i++)
        items[i].next = &items[i + 1];

    ck_assert_int_eq(
        memo_key_build(&key, &takes_list, &argument, (memo_budget){10, 1000}),
        MEMO_KEY_BUILT);
    ck_assert_int_eq(
        memo_key_build(&key, &takes_list, &argument, (memo_budget){9, 1000}),
        MEMO_KEY_OVER_BUDGET);
    ck_assert_int_eq(
        memo_key_build(&key, &takes_list, &argument, (memo_budget){10, 20}),
        MEMO_KEY_OVER_BUDGET);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("key_deep");
    TCase *cases = tcase_create("key_deep");

    tcase_add_loop_test(cases, lists_of_equal_content_have_equal_keys, 0, 4);
    tcase_add_test(cases, texts_are_not_run_together);
    tcase_add_test(cases, an_output_inside_of_an_input_is_told);
    tcase_add_test(cases, a_budget_is_for_each_input);
    suite_add_tcase(suite, cases);
    return suite;
}
