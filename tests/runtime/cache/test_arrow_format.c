#include "cache/arrow_format.h"

#include <check.h>

Suite *memo_test_suite(void);

static const struct {
    const char *format;
    memo_arrow_kind kind;
    int buffers;
    int64_t width, count, children;
} formats[] = {
    {"n", MEMO_ARROW_NULL, 0, 0, 0, 0},
    {"b", MEMO_ARROW_BOOL, 2, 0, 0, 0},
    {"c", MEMO_ARROW_FIXED, 2, 1, 0, 0},
    {"S", MEMO_ARROW_FIXED, 2, 2, 0, 0},
    {"i", MEMO_ARROW_FIXED, 2, 4, 0, 0},
    {"L", MEMO_ARROW_FIXED, 2, 8, 0, 0},
    {"e", MEMO_ARROW_FIXED, 2, 2, 0, 0},
    {"f", MEMO_ARROW_FIXED, 2, 4, 0, 0},
    {"g", MEMO_ARROW_FIXED, 2, 8, 0, 0},
    {"d:19,10", MEMO_ARROW_FIXED, 2, 16, 0, 0},
    {"d:76,-3,256", MEMO_ARROW_FIXED, 2, 32, 0, 0},
    {"d:9,0,32", MEMO_ARROW_FIXED, 2, 4, 0, 0},
    {"d:18,0,64", MEMO_ARROW_FIXED, 2, 8, 0, 0},
    {"w:42", MEMO_ARROW_FIXED, 2, 42, 0, 0},
    {"w:0", MEMO_ARROW_FIXED, 2, 0, 0, 0},
    {"z", MEMO_ARROW_BINARY, 3, 4, 0, 0},
    {"U", MEMO_ARROW_BINARY, 3, 8, 0, 0},
    {"vu", MEMO_ARROW_VIEW, 3, 0, 0, 0},
    {"vz", MEMO_ARROW_VIEW, 3, 0, 0, 0},
    {"tdD", MEMO_ARROW_FIXED, 2, 4, 0, 0},
    {"tdm", MEMO_ARROW_FIXED, 2, 8, 0, 0},
    {"ttm", MEMO_ARROW_FIXED, 2, 4, 0, 0},
    {"ttu", MEMO_ARROW_FIXED, 2, 8, 0, 0},
    {"tsn:", MEMO_ARROW_FIXED, 2, 8, 0, 0},
    {"tss:Europe/Berlin", MEMO_ARROW_FIXED, 2, 8, 0, 0},
    {"tDm", MEMO_ARROW_FIXED, 2, 8, 0, 0},
    {"tiM", MEMO_ARROW_FIXED, 2, 4, 0, 0},
    {"tiD", MEMO_ARROW_FIXED, 2, 8, 0, 0},
    {"tin", MEMO_ARROW_FIXED, 2, 16, 0, 0},
    {"+l", MEMO_ARROW_LIST, 2, 4, 0, 1},
    {"+L", MEMO_ARROW_LIST, 2, 8, 0, 1},
    {"+m", MEMO_ARROW_LIST, 2, 4, 0, 1},
    {"+vl", MEMO_ARROW_LIST_VIEW, 3, 4, 0, 1},
    {"+vL", MEMO_ARROW_LIST_VIEW, 3, 8, 0, 1},
    {"+w:3", MEMO_ARROW_FIXED_LIST, 1, 0, 3, 1},
    {"+s", MEMO_ARROW_STRUCT, 1, 0, 0, -1},
    {"+us:4,5", MEMO_ARROW_SPARSE, 1, 0, 0, 2},
    {"+ud:127", MEMO_ARROW_DENSE, 2, 0, 0, 1},
    {"+us:", MEMO_ARROW_SPARSE, 1, 0, 0, 0},
    {"+r", MEMO_ARROW_RUNS, 0, 0, 0, 2},
};
enum { FORMATS = sizeof formats / sizeof *formats };

START_TEST(a_format_says_what_an_array_has)
{
    memo_arrow_layout layout;

    ck_assert(memo_arrow_layout_read(&layout, formats[_i].format));

    ck_assert_int_eq(layout.kind, formats[_i].kind);
    ck_assert_int_eq(layout.buffers, formats[_i].buffers);
    ck_assert_int_eq(layout.width, formats[_i].width);
    ck_assert_int_eq(layout.count, formats[_i].count);
    ck_assert_int_eq(layout.children, formats[_i].children);
}
END_TEST

static const char *const mistakes[] = {
    "",           "x",          "ii",         "i ",
    "w:",         "w:-1",       "w:4x",       "w:99999999999",
    "w",          "d:",         "d:10",       "d:0,1",
    "d:10,1,",    "d:10,1,100", "d:39,1",     "d:10,1,32",
    "d:77,1,256", "d:19,1,64",  "d:5,2,128x", "ts",
    "tsx:",       "tss",        "tdX",        "t",
    "ti",         "+",          "+w:",        "+w:-3",
    "+us",        "+us:128",    "+us:1,1",    "+ud:1,",
    "+ud:,1",     "+ud:a",      "+x",         "+l ",
    "v",          "+v",
};
enum { MISTAKES = sizeof mistakes / sizeof *mistakes };

START_TEST(other_texts_are_no_formats)
{
    memo_arrow_layout layout;

    ck_assert_msg(!memo_arrow_layout_read(&layout, mistakes[_i]), "'%s'",
                  mistakes[_i]);
}
END_TEST

START_TEST(type_ids_belong_to_children_in_their_order)
{
    memo_arrow_layout layout;

    memo_arrow_layout_read(&layout, "+ud:7,0,12");

    ck_assert_int_eq(memo_arrow_union_id(&layout, 0), 7);
    ck_assert_int_eq(memo_arrow_union_id(&layout, 1), 0);
    ck_assert_int_eq(memo_arrow_union_id(&layout, 2), 12);
    ck_assert_int_eq(memo_arrow_union_id(&layout, 3), -1);
}
END_TEST

START_TEST(equal_bits_are_counted_from_any_bit_on)
{
    static const unsigned char bits[] = {0xF8, 0xFF, 0xFF, 0x03, 0x00, 0x00};

    for (int64_t at = 0; at < 48; at++) {
        int64_t count = 1;
        while (at + count < 48 &&
               memo_arrow_bit(bits, at + count) == memo_arrow_bit(bits, at))
            count++;
        ck_assert_int_eq(memo_arrow_equal_bits(bits, at, 48 - at), count);
        ck_assert_int_eq(memo_arrow_equal_bits(bits, at, 1), 1);
    }
}
END_TEST

START_TEST(the_run_of_an_item_is_found)
{
    static const int16_t ends[] = {99, 2, 3, 10};
    const void *buffers[] = {NULL, ends};
    struct ArrowArray array = {
        .length = 3, .offset = 1, .n_buffers = 2, .buffers = buffers};
    static const int64_t expected[] = {0, 0, 1, 2, 2, 2, 2, 2, 2, 2};

    for (int64_t at = 0; at < 10; at++)
        ck_assert_int_eq(memo_arrow_find_run(&array, 2, at), expected[at]);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("arrow_format");
    TCase *tests = tcase_create("formats");

    tcase_add_loop_test(tests, a_format_says_what_an_array_has, 0, FORMATS);
    tcase_add_loop_test(tests, other_texts_are_no_formats, 0, MISTAKES);
    tcase_add_test(tests, type_ids_belong_to_children_in_their_order);
    tcase_add_test(tests, equal_bits_are_counted_from_any_bit_on);
    tcase_add_test(tests, the_run_of_an_item_is_found);
    suite_add_tcase(suite, tests);
    return suite;
}
