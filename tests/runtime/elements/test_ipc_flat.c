#include "elements/ipc_flat.h"

#include "flat_reader.h"

#include <check.h>

#include <stdbool.h>

Suite *memo_test_suite(void);

START_TEST(a_table_has_the_bytes_of_the_format)
{
    static const unsigned char expected[] = {
        12, 0, 0,    0,                /* the table */
        8,  0, 12,   0,    8, 0, 6, 0, /* its list: sizes, fields 0 and 1 */
        8,  0, 0,    0,                /* the table: the distance to the list */
        0,  0, 0x34, 0x12,             /* field 1, two bytes */
        7,  0, 0,    0,                /* field 0, four bytes */
    };
    st_flat flat;

    st_flat_init(&flat);
    st_flat_table_begin(&flat);
    st_flat_put(&flat, 0, 7, 4);
    st_flat_put(&flat, 1, 0x1234, 2);
    ck_assert(st_flat_end(&flat, st_flat_table_end(&flat)));

    ck_assert_uint_eq(flat.size % ST_FLAT_ALIGNMENT, 0);
    ck_assert_uint_eq(flat.size, sizeof expected);
    ck_assert_mem_eq(st_flat_bytes(&flat), expected, sizeof expected);
    st_flat_finish(&flat);
}
END_TEST

START_TEST(what_was_written_is_read)
{
    static const int64_t words[] = {1, -2, 3, 4};
    st_flat flat;
    st_flat_ref texts[2], list, structs;
    const unsigned char *root, *vector;

    st_flat_init(&flat);
    texts[0] = st_flat_text(&flat, "first");
    texts[1] = st_flat_text(&flat, "");
    list = st_flat_vector(&flat, texts, 2);
    structs = st_flat_structs(&flat, words, 2, 2);
    st_flat_table_begin(&flat);
    st_flat_put(&flat, 0, 1, 1);
    st_flat_put(&flat, 2, 0x123456789ABCDEF0, 8);
    st_flat_put_ref(&flat, 3, list);
    st_flat_put_ref(&flat, 7, structs);
    ck_assert(st_flat_end(&flat, st_flat_table_end(&flat)));

    root = flat_follow(st_flat_bytes(&flat));
    ck_assert_uint_eq(flat_number(root, 0, 1), 1);
    ck_assert_ptr_null(flat_field(root, 1));
    ck_assert_uint_eq(flat_number(root, 2, 8), 0x123456789ABCDEF0);
    vector = flat_ref(root, 3);
    ck_assert_uint_eq(flat_load(vector, 4), 2);
    ck_assert_str_eq((const char *)flat_item(vector, 0) + 4, "first");
    ck_assert_str_eq((const char *)flat_item(vector, 1) + 4, "");
    vector = flat_ref(root, 7);
    ck_assert_uint_eq(flat_load(vector, 4), 2);
    ck_assert_mem_eq(vector + 4, words, sizeof words);
    st_flat_finish(&flat);
}
END_TEST

START_TEST(everything_is_aligned_to_its_width)
{
    for (size_t before = 0; before < 16; before++) {
        static const int64_t word = 5;
        const unsigned char *root, *bytes;
        char text[17] = "";
        st_flat flat;
        st_flat_ref structs, name;

        memset(text, 'x', before);
        st_flat_init(&flat);
        name = st_flat_text(&flat, text);
        structs = st_flat_structs(&flat, &word, 1, 1);
        st_flat_table_begin(&flat);
        st_flat_put(&flat, 0, 1, 1);
        st_flat_put(&flat, 1, 2, 8);
        st_flat_put(&flat, 2, 3, 1);
        st_flat_put(&flat, 3, 4, 4);
        st_flat_put_ref(&flat, 4, name);
        st_flat_put_ref(&flat, 5, structs);
        ck_assert(st_flat_end(&flat, st_flat_table_end(&flat)));

        bytes = st_flat_bytes(&flat);
        root = flat_follow(bytes);
        ck_assert_uint_eq(flat.size % 8, 0);
        ck_assert_int_eq((root - bytes) % 4, 0);
        ck_assert_int_eq((flat_field(root, 1) - bytes) % 8, 0);
        ck_assert_int_eq((flat_field(root, 3) - bytes) % 4, 0);
        ck_assert_int_eq((flat_ref(root, 4) - bytes) % 4, 0);
        ck_assert_int_eq((flat_ref(root, 5) + 4 - bytes) % 8, 0);
        ck_assert_uint_eq(flat_number(root, 1, 8), 2);
        ck_assert_str_eq(flat_text(root, 4), text);
        st_flat_finish(&flat);
    }
}
END_TEST

START_TEST(much_can_be_written)
{
    static st_flat_ref refs[20000];
    st_flat flat;
    const unsigned char *vector;

    st_flat_init(&flat);
    for (size_t i = 0; i < 20000; i++)
        refs[i] = st_flat_text(&flat, i % 2 ? "odd" : "even or so");
    refs[0] = st_flat_vector(&flat, refs, 20000);
    st_flat_table_begin(&flat);
    st_flat_put_ref(&flat, 0, refs[0]);
    ck_assert(st_flat_end(&flat, st_flat_table_end(&flat)));

    vector = flat_ref(flat_follow(st_flat_bytes(&flat)), 0);
    ck_assert_uint_eq(flat_load(vector, 4), 20000);
    ck_assert_str_eq((const char *)flat_item(vector, 19999) + 4, "odd");
    ck_assert_str_eq((const char *)flat_item(vector, 0) + 4, "even or so");
    st_flat_finish(&flat);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("ipc_flat");
    TCase *tests = tcase_create("buffers");

    tcase_add_test(tests, a_table_has_the_bytes_of_the_format);
    tcase_add_test(tests, what_was_written_is_read);
    tcase_add_test(tests, everything_is_aligned_to_its_width);
    tcase_add_test(tests, much_can_be_written);
    suite_add_tcase(suite, tests);
    return suite;
}
