#include "frame_samples.h"

#include <check.h>

Suite *memo_test_suite(void);

static void release(struct ArrowSchema *schema, struct ArrowArray *array)
{
    schema->release(schema);
    array->release(array);
    ck_assert(!schema->release && !array->release);
}

START_TEST(structs_have_what_the_format_asks_for)
{
    static const char *const formats[] = {"l", "g", "b", "u", "tsm:"};
    st_frame *frame = sample_frame();
    struct ArrowSchema schema;
    struct ArrowArray array;

    must(st_frame_to_arrow(&schema, &array, frame, NULL));
    st_frame_destroy(frame);

    ck_assert_str_eq(schema.format, "+s");
    ck_assert_int_eq(schema.n_children, 5);
    ck_assert_int_eq(array.n_children, 5);
    ck_assert_int_eq(array.length, 3);
    for (int i = 0; i < 5; i++) {
        ck_assert_str_eq(schema.children[i]->format, formats[i]);
        ck_assert_int_eq(schema.children[i]->flags, ARROW_FLAG_NULLABLE);
        ck_assert_int_eq(array.children[i]->length, 3);
        ck_assert_int_eq(array.children[i]->null_count, 1);
        ck_assert_int_eq(array.children[i]->n_buffers, i == 3 ? 3 : 2);
    }
    ck_assert_int_eq(((const int64_t *)array.children[0]->buffers[1])[1], -2);
    release(&schema, &array);
}
END_TEST

START_TEST(children_may_be_moved_out)
{
    st_frame *frame = sample_frame();
    struct ArrowSchema schema, field;
    struct ArrowArray array, column;

    must(st_frame_to_arrow(&schema, &array, frame, NULL));
    st_frame_destroy(frame);
    column = *array.children[3];
    array.children[3]->release = NULL;
    field = *schema.children[3];
    schema.children[3]->release = NULL;
    release(&schema, &array);

    ck_assert_str_eq(field.name, "word");
    ck_assert_mem_eq(column.buffers[2], "gr\xC3\xB6n", 5);
    release(&field, &column);
}
END_TEST

START_TEST(what_goes_out_comes_in_again)
{
    for (int seed = 0; seed < rounds(2000); seed++) {
        uint64_t state = (uint64_t)seed;
        st_frame *frame = draw_frame(&state), *again = NULL;
        struct ArrowSchema schema;
        struct ArrowArray array;

        must(st_frame_to_arrow(&schema, &array, frame, NULL));
        must(st_frame_from_arrow(&again, &schema, &array, NULL));
        release(&schema, &array);
        must(st_frame_set_index(frame, NULL, NULL));

        ck_assert_msg(st_frame_equal(frame, again), "seed %d", seed);
        st_frame_destroy(frame);
        st_frame_destroy(again);
    }
}
END_TEST

/* The same value, not null, in a row of either. */
static void check_value(const st_frame *one, size_t one_row,
                        const st_frame *other, size_t other_row, size_t column)
{
    size_t size = 0, other_size = 0;
    const char *text, *other_text;
    double number;

    switch (st_frame_type_of(one, column)) {
    case ST_FRAME_TEXT:
        text = st_frame_text(one, column, one_row, &size);
        other_text = st_frame_text(other, column, other_row, &other_size);
        ck_assert_uint_eq(size, other_size);
        ck_assert_int_eq(memcmp(text, other_text, size), 0);
        break;
    case ST_FRAME_BOOL:
        ck_assert_int_eq(st_frame_bool(one, column, one_row),
                         st_frame_bool(other, column, other_row));
        break;
    case ST_FRAME_DOUBLE:
        number = st_frame_doubles(one, column)[one_row];
        ck_assert(number == st_frame_doubles(other, column)[other_row]);
        break;
    default:
        ck_assert_int_eq(st_frame_integers(one, column)[one_row],
                         st_frame_integers(other, column)[other_row]);
    }
}

static void check_row(const st_frame *one, size_t one_row,
                      const st_frame *other, size_t other_row)
{
    for (size_t i = 0; i < st_frame_columns(one); i++) {
        int is_null = st_frame_is_null(one, i, one_row);

        ck_assert_int_eq(is_null, st_frame_is_null(other, i, other_row));
        if (!is_null)
            check_value(one, one_row, other, other_row, i);
    }
}

static void check_rows(const st_frame *all, const st_frame *some, size_t begin)
{
    ck_assert_uint_eq(st_frame_columns(all), st_frame_columns(some));
    for (size_t row = 0; row < st_frame_rows(some); row++)
        check_row(all, begin + row, some, row);
}

START_TEST(slices_have_the_rows_that_they_name)
{
    for (int seed = 0; seed < rounds(1000); seed++) {
        uint64_t state = (uint64_t)seed;
        st_frame *frame = draw_frame(&state), *slice = NULL;
        size_t rows = st_frame_rows(frame);
        size_t begin = random_below(&state, rows + 1);
        struct ArrowSchema schema;
        struct ArrowArray array;

        must(st_frame_to_arrow(&schema, &array, frame, NULL));
        array.offset = (int64_t)begin;
        array.length = (int64_t)random_below(&state, rows - begin + 1);
        must(st_frame_from_arrow(&slice, &schema, &array, NULL));
        release(&schema, &array);

        check_rows(frame, slice, begin);
        st_frame_destroy(frame);
        st_frame_destroy(slice);
    }
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("frame_to_arrow");
    TCase *tests = tcase_create("batches");

    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, structs_have_what_the_format_asks_for);
    tcase_add_test(tests, children_may_be_moved_out);
    tcase_add_test(tests, what_goes_out_comes_in_again);
    tcase_add_test(tests, slices_have_the_rows_that_they_name);
    suite_add_tcase(suite, tests);
    return suite;
}
