/* Frames and charts on a page. */
#include "st.h"
#include "st/test.h"

#include "../cache/fixture.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

Suite *memo_test_suite(void);

static st_frame *make_frame(void)
{
    static const double a[] = {1, 2.5, -3}, b[] = {4, 5, 6};
    static const char *const names[] = {"x", "y", "z"};
    st_frame *frame = NULL;

    ck_assert_int_eq(st_frame_create(&frame, 3, NULL), ST_OK);
    st_frame_add_texts(frame, "name", names, NULL, NULL);
    st_frame_add_doubles(frame, "a.1", a, NULL, NULL);
    st_frame_add_doubles(frame, "b", b, NULL, NULL);
    return frame;
}

/* What to draw, and what with. */
typedef struct {
    void (*draw)(const st_frame *frame);
    st_frame *frame;
} data_page;

static long draw_data(int n)
{
    st_frame *frame = make_frame();
    const double values[] = {1, 2, 3};
    static const char *const some[] = {"b", NULL};

    st_dataframe(frame, .height = 200);
    st_table(frame);
    st_write(frame);
    st_line_chart(frame);
    st_area_chart(frame, .x = "name", .y = some, .x_label = "Which \"one\"");
    st_frame_set_index(frame, "name", NULL);
    st_bar_chart(frame, .horizontal = true);
    st_line_chart(NULL, .values = values, .count = 3);
    st_dataframe(NULL);
    st_frame_destroy(frame);
    return n;
}

static struct memo_function data_function = {WORD_FUNCTION("data")};

static void draw_page(void *unused)
{
    (void)unused;
    call_word(&data_function, draw_data, 1);
}

START_TEST(data_is_drawn_and_drawn_again)
{
    st_test *test = st_test_create(draw_page, NULL);
    char *pages[2];

    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(st_test_run(test), ST_OK);
        pages[i] = st_test_dump(test);
        ck_assert_uint_eq(st_test_count(test, "dataframe"), 3);
        ck_assert_uint_eq(st_test_count(test, "table"), 1);
        ck_assert_uint_eq(st_test_count(test, "line_chart"), 2);
        ck_assert_uint_eq(st_test_count(test, "area_chart"), 1);
        ck_assert_uint_eq(st_test_count(test, "bar_chart"), 1);
    }
    ck_assert_str_eq(pages[0], pages[1]);
    free(pages[0]);
    free(pages[1]);
    st_test_destroy(test);
}
END_TEST

START_TEST(a_spec_folds_the_columns_of_numbers)
{
    st_test *test = st_test_create(draw_page, NULL);
    const char *line, *area, *bar;

    st_test_run(test);
    line = st_element_text(test, st_test_find(test, "line_chart", 0));
    area = st_element_text(test, st_test_find(test, "area_chart", 0));
    bar = st_element_text(test, st_test_find(test, "bar_chart", 0));

    ck_assert_ptr_nonnull(strstr(line, "\"fold\":[\"a\\\\.1\",\"b\"]"));
    ck_assert_ptr_nonnull(strstr(line, "\"x\":{\"field\":\"index\""));
    ck_assert_ptr_nonnull(strstr(area, "\"fold\":[\"b\"]"));
    ck_assert_ptr_nonnull(strstr(area, "\"x\":{\"field\":\"name\""));
    ck_assert_ptr_nonnull(strstr(area, "Which \\\"one\\\""));
    ck_assert_ptr_nonnull(strstr(bar, "\"y\":{\"field\":\"name\""));
    st_test_destroy(test);
}
END_TEST

/* ---- data that cannot be shown ------------------------------------------- */

static void with_unknown_x(const st_frame *frame)
{
    st_line_chart(frame, .x = "nothing");
}

static void with_unknown_y(const st_frame *frame)
{
    static const char *const none[] = {"b", "nothing", NULL};

    st_bar_chart(frame, .y = none);
}

static void with_texts(const st_frame *frame)
{
    static const char *const texts[] = {"name", NULL};

    st_area_chart(frame, .y = texts);
}

static void with_bad_array(const st_frame *frame)
{
    struct ArrowSchema schema = {.format = "+s"};
    struct ArrowArray array = {.length = -1};

    (void)frame;
    st_table(NULL, .schema = &schema, .array = &array);
}

static const struct {
    void (*draw)(const st_frame *frame);
    const char *who, *what;
} mistakes[] = {{with_unknown_x, "st_line_chart", "'nothing'"},
                {with_unknown_y, "st_bar_chart", "'nothing'"},
                {with_texts, "st_area_chart", "'name'"},
                {with_bad_array, "st_table", ""}};

static void draw_mistake(void *context)
{
    const data_page *page = context;

    page->draw(page->frame);
    st_text("not reached");
}

START_TEST(data_that_cannot_be_shown_ends_the_run)
{
    data_page page = {mistakes[_i].draw, make_frame()};
    st_test *test = st_test_create(draw_mistake, &page);
    const char *message;

    ck_assert_int_ne(st_test_run(test), ST_OK);
    message = st_element_text(test, st_test_find(test, "exception", 0));
    ck_assert_ptr_nonnull(strstr(message, mistakes[_i].who));
    ck_assert_ptr_nonnull(strstr(message, mistakes[_i].what));
    ck_assert_uint_eq(st_test_count(test, "text"), 0);
    st_test_destroy(test);
    st_frame_destroy(page.frame);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("widgets.data");
    TCase *cases = tcase_create("cases");

    tcase_add_test(cases, data_is_drawn_and_drawn_again);
    tcase_add_test(cases, a_spec_folds_the_columns_of_numbers);
    tcase_add_loop_test(cases, data_that_cannot_be_shown_ends_the_run, 0,
                        (int)(sizeof mistakes / sizeof *mistakes));
    suite_add_tcase(suite, cases);
    return suite;
}
