/* Arguments that make no sense, and those that were left out. */
#include "st.h"
#include "st/test.h"

#include "../cache/fixture.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

Suite *memo_test_suite(void);

static const char *const none[] = {NULL};
static const char *const sizes[] = {"small", "large", "huge", NULL};
static const char *const twins[] = {"small", "large", "large", NULL};
static const char *const foreign[] = {"small", "tiny", NULL};

static char shown[200];

static void show_texts(const char *const *texts)
{
    for (*shown = '\0'; *texts; texts++)
        strcat(strcat(shown, *texts), ";");
}

static void show_date(st_date date)
{
    sprintf(strchr(shown, '\0'), "%d-%d-%d;", date.year, date.month, date.day);
}

/* ---- what ends the run --------------------------------------------------- */

/* Each in a function of its own, for most of them do not return. */
#define BAD(name, ...)                                                         \
    static void name(void *unused)                                             \
    {                                                                          \
        (void)unused;                                                          \
        __VA_ARGS__;                                                           \
        st_text("not reached");                                                \
    }

BAD(radio_above, st_radio("a", .options = sizes, .index = 3))
BAD(radio_below, st_radio("a", .options = sizes, .index = -2))
BAD(selectbox_above, st_selectbox("a", .options = sizes, .index = 3))
BAD(multi_foreign, st_multiselect("a", .options = sizes, .value = foreign))
BAD(multi_many,
    st_multiselect("a", .options = sizes, .value = sizes, .max_selections = 2))
BAD(scale_empty, st_select_slider("a", .options = none))
BAD(scale_null, st_select_slider("a"))
BAD(scale_above, st_select_slider("a", .options = sizes, .index = 3))
BAD(scale_range_empty, st_select_slider_range("a", .options = none))
BAD(scale_range_above, st_select_slider_range("a", .options = sizes, .to = 3))
BAD(scale_range_below,
    st_select_slider_range("a", .options = sizes, .from = -1))
BAD(slider_above, st_slider("a", .value = 101))
BAD(slider_below, st_slider("a", .value = -1))
BAD(slider_bounds, st_slider("a", .min = 2, .max = 1))
BAD(slider_step, st_slider("a", .step = -1))
BAD(slider_nan, st_slider("a", .value = NAN))
BAD(slider_nan_bound, st_slider("a", .min = NAN, .max = 1))
BAD(slider_infinite, st_slider("a", .max = INFINITY))
BAD(slider_infinite_step, st_slider("a", .step = INFINITY))
BAD(number_above, st_number_input("a", .max = 9, .value = 10))
BAD(number_bounds, st_number_input("a", .min = 2, .max = 1))
BAD(number_step, st_number_input("a", .step = -1))
BAD(int_above, st_int_slider("a", .value = 101))
BAD(int_huge, st_int_slider("a", .max = 1LL << 54))
BAD(range_above, st_slider_range("a", .from = 1, .to = 101))
BAD(range_below, st_slider_range("a", .from = -1, .to = 1))
BAD(range_bounds, st_slider_range("a", .min = 2, .max = 1))
BAD(no_day, st_date_input("a", .value = {2023, 2, 29}))
BAD(no_min, st_date_input("a", .min = {2023, 2, 29}))
BAD(date_above, st_date_input("a", .value = {2026, 1, 2}, .max = {2026, 1, 1}))
BAD(date_below, st_date_input("a", .value = {2026, 1, 2}, .min = {2026, 1, 3}))
BAD(date_bounds, st_date_input("a", .min = {2026, 1, 2}, .max = {2026, 1, 1},
                               .is_empty = true))
BAD(date_format, st_date_input("a", .format = "YYYY/DD/MM"))
BAD(date_mixed, st_date_input("a", .format = "YYYY/MM-DD"))
BAD(date_short, st_date_input("a", .format = "YY/MM/DD"))
BAD(dates_above, st_date_input_range("a", .from = {2026, 1, 2},
                                     .to = {2026, 1, 4}, .max = {2026, 1, 3}))
BAD(date_slider_above,
    st_date_slider("a", .value = {2026, 1, 2}, .max = {2026, 1, 1}))
BAD(date_slider_none, st_date_slider("a", .value = {2026, 13, 2}))
BAD(date_slider_bounds,
    st_date_slider_range("a", .min = {2026, 1, 2}, .max = {2026, 1, 1}))
BAD(no_time, st_time_input("a", .value = {24, 0}))
BAD(time_step, st_time_input("a", .step_minutes = 23 * 60 + 1))
BAD(no_color, st_color_picker("a", .value = "red"))
BAD(short_color, st_color_picker("a", .value = "#12345"))

static const struct {
    void (*draw)(void *unused);
    const char *kind;
    const char *said; /* among other things */
} mistakes[] = {
    {radio_above, "st_radio", "index 3 is none of its 3"},
    {radio_below, "st_radio", "index -2"},
    {selectbox_above, "st_selectbox", "index 3"},
    {multi_foreign, "st_multiselect", "'tiny'"},
    {multi_many, "st_multiselect", "3 options, and 2"},
    {scale_empty, "st_select_slider", "no options"},
    {scale_null, "st_select_slider", "no options"},
    {scale_above, "st_select_slider", "index 3"},
    {scale_range_empty, "st_select_slider", "no options"},
    {scale_range_above, "st_select_slider", "index 3"},
    {scale_range_below, "st_select_slider", "index -1"},
    {slider_above, "st_slider", "101 is not between 0 and 100"},
    {slider_below, "st_slider", "-1 is not between 0 and 100"},
    {slider_bounds, "st_slider", "from 2 to 1"},
    {slider_step, "st_slider", "step, -1"},
    {slider_nan, "st_slider", "nan"},
    {slider_nan_bound, "st_slider", "nan"},
    {slider_infinite, "st_slider", "inf"},
    {slider_infinite_step, "st_slider", "step, inf"},
    {number_above, "st_number_input", "10 is not between 0 and 9"},
    {number_bounds, "st_number_input", "from 2 to 1"},
    {number_step, "st_number_input", "step, -1"},
    {int_above, "st_slider", "101 is not between"},
    {int_huge, "st_slider", "2^53"},
    {range_above, "st_slider", "101 is not between"},
    {range_below, "st_slider", "-1 is not between"},
    {range_bounds, "st_slider", "from 2 to 1"},
    {no_day, "st_date_input", "no day 2023-02-29"},
    {no_min, "st_date_input", "no day 2023-02-29"},
    {date_above, "st_date_input", "2026-01-02 is not between"},
    {date_below, "st_date_input", "2026-01-02 is not between"},
    {date_bounds, "st_date_input", "2026-01-02, is after its max"},
    {date_format, "st_date_input", "YYYY/DD/MM"},
    {date_mixed, "st_date_input", "YYYY/MM-DD"},
    {date_short, "st_date_input", "YY/MM/DD"},
    {dates_above, "st_date_input", "2026-01-04 is not between"},
    {date_slider_above, "st_slider", "2026-01-02 is not between"},
    {date_slider_none, "st_slider", "no day 2026-13-02"},
    {date_slider_bounds, "st_slider", "is after its max"},
    {no_time, "st_time_input", "no time 24:00"},
    {time_step, "st_time_input", "1381 minutes"},
    {no_color, "st_color_picker", "'red'"},
    {short_color, "st_color_picker", "'#12345'"},
};

START_TEST(a_mistake_ends_the_run_and_says_what_is_wrong)
{
    st_test *test = st_test_create(mistakes[_i].draw, NULL);

    for (int i = 0; i < 2; i++) {
        const char *said;

        ck_assert_int_eq(st_test_run(test), ST_BAD_VALUE);
        ck_assert_uint_eq(st_test_count(test, "text"), 0);
        said = st_element_text(test, st_test_find(test, "exception", 0));
        ck_assert_ptr_nonnull(strstr(said, mistakes[_i].kind));
        ck_assert_ptr_nonnull(strstr(said, "\"a\""));
        ck_assert_msg(strstr(said, mistakes[_i].said) != NULL, "%s", said);
    }
    st_test_destroy(test);
}
END_TEST

START_TEST(a_mistake_without_a_page_does_nothing)
{
    mistakes[_i].draw(NULL);
}
END_TEST

static struct memo_function careless = {WORD_FUNCTION("careless"),
                                        .flags = MEMO_ALLOWS_WIDGETS};

static long makes_a_mistake(int n)
{
    mistakes[n].draw(NULL);
    return n;
}

static void draw_careless(void *n)
{
    call_word(&careless, makes_a_mistake, *(int *)n);
}

START_TEST(a_mistake_that_nobody_saw_is_not_kept)
{
    st_test *test = st_test_create(draw_careless, &_i);

    memo_clear_all();
    draw_careless(&_i);
    ck_assert_int_eq(st_test_run(test), ST_BAD_VALUE);
    ck_assert_int_eq(st_test_run(test), ST_BAD_VALUE);
    st_test_destroy(test);
}
END_TEST

/* ---- what does not ------------------------------------------------------- */

#define GOOD(name, ...)                                                        \
    static void name(void *unused)                                             \
    {                                                                          \
        (void)unused;                                                          \
        *shown = '\0';                                                         \
        __VA_ARGS__;                                                           \
    }
#define SHOW(format, ...) sprintf(shown, format, __VA_ARGS__)
#define SHOW_DATES(call)                                                       \
    do {                                                                       \
        st_date_range dates_ = call;                                           \
                                                                               \
        show_date(dates_.from);                                                \
        show_date(dates_.to);                                                  \
    } while (0)
#define SHOW_RANGE(format, type, call)                                         \
    do {                                                                       \
        type range_ = call;                                                    \
                                                                               \
        SHOW(format " " format, range_.from, range_.to);                       \
    } while (0)

GOOD(radio_empty, SHOW("%d", st_radio("a", .options = none)))
GOOD(radio_null, SHOW("%d", st_radio("a", .index = 7)))
GOOD(select_none, SHOW("%d", st_selectbox("a", .options = sizes, .index = -1)))
GOOD(select_twin, SHOW("%d", st_selectbox("a", .options = twins, .index = 2)))
GOOD(multi_empty, show_texts(st_multiselect("a", .options = none)))
GOOD(multi_null, show_texts(st_multiselect("a")))
GOOD(multi_twins,
     show_texts(st_multiselect("a", .options = twins, .value = twins)))
GOOD(scale_first, SHOW("%d", st_select_slider("a", .options = sizes)))
GOOD(scale_all, SHOW_RANGE("%d", st_index_range,
                           st_select_slider_range("a", .options = sizes)))
GOOD(scale_turned, SHOW_RANGE("%d", st_index_range,
                              st_select_slider_range("a", .options = sizes,
                                                     .from = 2, .to = 1)))
GOOD(slider_nothing, SHOW("%g", st_slider("a")))
GOOD(slider_closest, SHOW("%g", st_slider("a", .min = 5, .max = 9)))
GOOD(slider_closest_below, SHOW("%g", st_slider("a", .min = -9, .max = -5)))
GOOD(slider_point, SHOW("%g", st_slider("a", .min = 5, .max = 5)))
GOOD(number_nothing, SHOW("%g", st_number_input("a")))
GOOD(number_any, SHOW("%g", st_number_input("a", .value = -1e6)))
GOOD(int_nothing, SHOW("%lld", st_int_slider("a")))
GOOD(range_all, SHOW_RANGE("%g", st_range, st_slider_range("a")))
GOOD(range_bounds_only,
     SHOW_RANGE("%g", st_range, st_slider_range("a", .min = -2, .max = 3)))
GOOD(range_turned,
     SHOW_RANGE("%g", st_range, st_slider_range("a", .from = 7, .to = 2)))
GOOD(date_today, show_date(st_date_input("a")))
GOOD(date_empty, show_date(st_date_input("a", .is_empty = true)))
GOOD(dates_today, SHOW_DATES(st_date_input_range("a")))
GOOD(dates_empty, SHOW_DATES(st_date_input_range("a", .is_empty = true)))
GOOD(dates_begun, SHOW_DATES(st_date_input_range("a", .from = {2026, 1, 2})))
GOOD(dates_turned, SHOW_DATES(st_date_input_range("a", .from = {2026, 1, 2},
                                                  .to = {2026, 1, 1})))
GOOD(date_slider_today, show_date(st_date_slider("a")))
GOOD(date_slider_min, show_date(st_date_slider("a", .min = {2026, 1, 2})))
GOOD(date_slider_around, SHOW_DATES(st_date_slider_range("a")))
GOOD(date_slider_all, SHOW_DATES(st_date_slider_range("a", .min = {2026, 1, 2},
                                                      .max = {2026, 1, 9})))
GOOD(date_slider_old, show_date(st_date_slider("a", .value = {1888, 2, 29})))
GOOD(time_now, st_time t = st_time_input("a"); SHOW("%d:%d", t.hour, t.minute))
GOOD(time_midnight, st_time t = st_time_input("a", .has_value = true);
     SHOW("%d:%d", t.hour, t.minute))
GOOD(color_short, strcpy(shown, st_color_picker("a", .value = "#fA0")))
GOOD(color_none, strcpy(shown, st_color_picker("a")))

static const struct {
    void (*draw)(void *unused);
    const char *value;
} defaults[] = {
    {radio_empty, "-1"},
    {radio_null, "-1"},
    {select_none, "-1"},
    {select_twin, "1"}, /* of equal texts the first one */
    {multi_empty, ""},
    {multi_null, ""},
    {multi_twins, "small;large;"},
    {scale_first, "0"},
    {scale_all, "0 2"},
    {scale_turned, "1 2"},
    {slider_nothing, "0"},
    {slider_closest, "5"},
    {slider_closest_below, "-5"},
    {slider_point, "5"},
    {number_nothing, "0"},
    {number_any, "-1e+06"},
    {int_nothing, "0"},
    {range_all, "0 100"},
    {range_bounds_only, "-2 3"},
    {range_turned, "2 7"},
    {date_today, "2026-7-8;"},
    {date_empty, "0-0-0;"},
    {dates_today, "2026-7-8;2026-7-8;"},
    {dates_empty, "0-0-0;0-0-0;"},
    {dates_begun, "2026-1-2;0-0-0;"},
    {dates_turned, "2026-1-1;2026-1-2;"},
    {date_slider_today, "2026-7-8;"},
    {date_slider_min, "2026-1-2;"},
    {date_slider_around, "2026-6-24;2026-7-22;"},
    {date_slider_all, "2026-1-2;2026-1-9;"},
    {date_slider_old, "1888-2-29;"},
    {time_now, "9:10"},
    {time_midnight, "0:0"},
    {color_short, "#fA0"},
    {color_none, "#000000"},
};

START_TEST(what_is_left_out_has_a_meaning)
{
    st_test *test = st_test_create(defaults[_i].draw, NULL);

    st_test_set_clock(test, (st_date){2026, 7, 8}, (st_time){9, 10});
    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(st_test_run(test), ST_OK);
        ck_assert_str_eq(shown, defaults[_i].value);
    }
    st_test_destroy(test);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("widgets.arguments");
    TCase *cases = tcase_create("cases");
    int mistake_count = sizeof mistakes / sizeof *mistakes;

    tcase_add_loop_test(cases, a_mistake_ends_the_run_and_says_what_is_wrong, 0,
                        mistake_count);
    tcase_add_loop_test(cases, a_mistake_without_a_page_does_nothing, 0,
                        mistake_count);
    tcase_add_loop_test(cases, a_mistake_that_nobody_saw_is_not_kept, 0,
                        mistake_count);
    tcase_add_loop_test(cases, what_is_left_out_has_a_meaning, 0,
                        sizeof defaults / sizeof *defaults);
    suite_add_tcase(suite, cases);
    return suite;
}
