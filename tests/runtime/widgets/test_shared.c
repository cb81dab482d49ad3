/* Resources that are shared, made by functions that draw and ask. */
#include "st.h"
#include "st/test.h"

#include "../cache/share_fixture.h"

#include <check.h>

Suite *memo_test_suite(void);

static struct memo_function shared = {SHARED_FUNCTION("shared"),
                                      .sharing = &released_only,
                                      .flags = MEMO_ALLOWS_WIDGETS};
static struct memo_function around = {WORD_FUNCTION("around")};

static void *open_what_is_asked_for(int n)
{
    st_text("opening");
    return open_thing(n + 100 * st_checkbox("Other"));
}

static thing *got;

static long call_it(int n)
{
    got = call_shared(&shared, open_what_is_asked_for, n, 1);
    return got->n;
}

static void draw(void *is_around)
{
    if (*(bool *)is_around)
        call_word(&around, call_it, 1);
    else
        call_it(1);
}

/* One for each combination of values, whoever asks. */
START_TEST(each_combination_has_its_own_object)
{
    bool is_around = false;
    st_test *test = st_test_create(draw, &is_around);
    thing *objects[2] = {NULL, NULL};

    for (int i = 0; i < 6; i++) {
        st_test_run(test);
        if (!objects[i % 2])
            objects[i % 2] = got;
        ck_assert_ptr_eq(got, objects[i % 2]);
        ck_assert_int_eq(got->n, i % 2 ? 101 : 1);
        ck_assert_uint_eq(st_test_count(test, "text"), 1);
        ck_assert_uint_eq(st_test_count(test, "checkbox"), 1);
        st_test_set_bool(test, st_test_find(test, "checkbox", 0), i % 2 == 0);
    }
    ck_assert_int_eq(made, 2);
    st_test_destroy(test);
}
END_TEST

START_TEST(what_a_shared_call_draws_belongs_to_those_around)
{
    bool is_around = true;
    st_test *test = st_test_create(draw, &is_around);

    for (int i = 0; i < 6; i++) {
        st_test_run(test);
        ck_assert_uint_eq(st_test_count(test, "text"), 1);
        ck_assert_uint_eq(st_test_count(test, "checkbox"), 1);
        st_test_set_bool(test, st_test_find(test, "checkbox", 0), i % 2 == 0);
    }
    ck_assert_uint_eq(stats_of(&around).hits, 4);
    ck_assert_int_eq(made, 2);
    st_test_destroy(test);
}
END_TEST

static void end_test(void)
{
    memo_clear_all();
    memo_borrow_end();
    ck_assert_int_eq(released, made);
}

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("widgets.shared");
    TCase *cases = tcase_create("cases");

    tcase_add_checked_fixture(cases, set_up, end_test);
    tcase_add_test(cases, each_combination_has_its_own_object);
    tcase_add_test(cases, what_a_shared_call_draws_belongs_to_those_around);
    suite_add_tcase(suite, cases);
    return suite;
}
