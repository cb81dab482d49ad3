/* Every widget, of every kind of elements.def: its values, alone and in
 * memoized functions. */
#include "../cache/fixture.h"
#include "widget_cases.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

Suite *memo_test_suite(void);

START_TEST(every_kind_of_widget_has_a_case)
{
    for (int kind = 0; kind < ST_KIND_COUNT; kind++) {
        bool has_case = false;

        for (int i = 0; i < CASE_COUNT; i++)
            has_case = has_case || cases[i].kind == (st_kind)kind;
        ck_assert_msg(has_case == (st_kinds[kind].role == ST_ROLE_WIDGET), "%s",
                      st_kinds[kind].name);
    }
}
END_TEST

/* ---- pages of one -------------------------------------------------------- */

typedef struct {
    int index; /* of the case */
    const char *key;
    const char *set_key; /* to be set before it is drawn; NULL: nothing is */
    void (*set)(const char *key);
    const char *function; /* "": none */
    int times;            /* that it is drawn */
    long result;          /* of the last run: which value it had */
} one_page;

enum { OTHER = -1, OTHERWISE, ANSWERED, SET_TO };

static _Atomic int runs;

static long draw_one(int index, const char *key)
{
    const widget_case *test = &cases[index];
    char value[TEXT_SIZE] = "";

    runs++;
    test->draw(value, key);
    if (strcmp(value, test->otherwise) == 0)
        return OTHERWISE;
    if (strcmp(value, test->answered) == 0)
        return ANSWERED;
    return test->set_to && strcmp(value, test->set_to) == 0 ? SET_TO : OTHER;
}

static struct memo_function allowing = {WORD_FUNCTION("allowing"),
                                        .flags = MEMO_ALLOWS_WIDGETS};
static struct memo_function refusing = {WORD_FUNCTION("refusing")};

static long draw_keyed(int index)
{
    return draw_one(index, "w");
}

static void draw_times(one_page *page)
{
    for (int i = 0; i < page->times; i++) {
        if (strcmp(page->function, "allowing") == 0)
            page->result = call_word(&allowing, draw_keyed, page->index);
        else if (strcmp(page->function, "refusing") == 0)
            page->result = call_word(&refusing, draw_keyed, page->index);
        else
            page->result = draw_one(page->index, page->key);
    }
}

static void draw_page(void *context)
{
    one_page *page = context;

    page->result = OTHER;
    if (page->set_key)
        page->set(page->set_key);
    if (cases[page->index].kind == ST_FORM_SUBMIT_BUTTON)
        st_in(st_form("form"))
        {
            draw_times(page);
        }
    else
        draw_times(page);
}

static one_page page_of(int index)
{
    return (one_page){.index = index, .key = "w", .function = "", .times = 1};
}

static const st_element *find(const st_test *test, int index)
{
    return st_test_find(test, name_of(index), 0);
}

/* What it is after it was set. */
static long set_result(int index)
{
    return strcmp(cases[index].set_to, cases[index].answered) == 0 ? ANSWERED
                                                                   : SET_TO;
}

static void check_run(st_test *test, const one_page *page, long expected)
{
    ck_assert_int_eq(st_test_run(test), ST_OK);
    ck_assert_msg(page->result == expected, "%s: %ld, not %ld",
                  name_of(page->index), page->result, expected);
}

static const char *exception(const st_test *test)
{
    return st_element_text(test, st_test_find(test, "exception", 0));
}

/* ---- values -------------------------------------------------------------- */

START_TEST(a_widget_has_its_default_then_its_answer_and_keeps_it)
{
    one_page page = page_of(_i);
    st_test *test;

    test = st_test_create(draw_page, &page);
    check_run(test, &page, OTHERWISE);
    check_run(test, &page, OTHERWISE);
    ck_assert_ptr_eq(st_test_find_key(test, "w"), find(test, _i));
    ck_assert_int_eq(cases[_i].answer(test, find(test, _i)), ST_OK);
    check_run(test, &page, ANSWERED);
    for (int i = 0; i < 3; i++)
        check_run(test, &page, cases[_i].is_trigger ? OTHERWISE : ANSWERED);
    page.times = 0; /* it is forgotten */
    ck_assert_int_eq(st_test_run(test), ST_OK);
    page.times = 1;
    check_run(test, &page, OTHERWISE);
    st_test_destroy(test);
}
END_TEST

START_TEST(a_widget_has_its_default_without_a_page)
{
    one_page page = page_of(_i);

    draw_page(&page);
    ck_assert_int_eq(page.result, OTHERWISE);
}
END_TEST

START_TEST(what_is_set_by_its_key_is_the_value_or_an_error)
{
    one_page page = page_of(_i);
    st_test *test;

    test = st_test_create(draw_page, &page);
    page.set_key = "w";
    page.set = cases[_i].set ? cases[_i].set : set_true;
    if (cases[_i].set) {
        check_run(test, &page, set_result(_i));
        page.set_key = NULL;
        check_run(test, &page, set_result(_i));
        ck_assert_int_eq(cases[_i].answer(test, find(test, _i)), ST_OK);
        check_run(test, &page, ANSWERED);
    } else {
        ck_assert_int_eq(st_test_run(test), ST_MISUSE);
        ck_assert_ptr_nonnull(strstr(exception(test), name_of(_i)));
        ck_assert_ptr_nonnull(strstr(exception(test), "'w'"));
        page.set_key = NULL;
        check_run(test, &page, OTHERWISE);
    }
    st_test_destroy(test);
}
END_TEST

static void set_odd_range(const char *key)
{
    st_state_set_range(key, (st_range){-1, -2});
}

START_TEST(what_a_widget_cannot_have_it_takes_no_notice_of)
{
    one_page page = page_of(_i);
    st_test *test;

    if (!cases[_i].set)
        return;
    test = st_test_create(draw_page, &page);
    check_run(test, &page, OTHERWISE);
    page.set_key = "w";
    page.set = cases[_i].kind == ST_CHECKBOX ? set_odd_range : set_true;
    check_run(test, &page, OTHERWISE);
    check_run(test, &page, OTHERWISE);
    st_test_destroy(test);
}
END_TEST

/* Answer with a value of this type; see widget_case. */
static st_status answer_by(char letter, st_test *test, const st_element *widget)
{
    static const char *const texts[] = {"large", NULL};

    switch (letter) {
    case 'b':
        return st_test_set_bool(test, widget, true);
    case 't':
        return st_test_set_text(test, widget, "large");
    case 'd':
        return st_test_set_double(test, widget, 30);
    case 's':
        return st_test_set_texts(test, widget, texts);
    case 'r':
        return st_test_set_range(test, widget, 1, 2);
    case 'D':
        return answer_date(test, widget);
    case 'T':
        return answer_time(test, widget);
    default:
        return answer_file(test, widget);
    }
}

START_TEST(an_answer_of_another_type_is_an_error_and_nothing_else)
{
    one_page page = page_of(_i);
    st_test *test;

    test = st_test_create(draw_page, &page);
    check_run(test, &page, OTHERWISE);
    for (const char *letter = "btdsrDTu"; *letter; letter++) {
        st_status expected =
            strchr(cases[_i].accepts, *letter) ? ST_OK : ST_BAD_VALUE;
        st_status found = answer_by(*letter, test, find(test, _i));

        ck_assert_msg(found == expected, "%s, %c: %s", name_of(_i), *letter,
                      st_status_text(found));
        if (expected == ST_BAD_VALUE) {
            check_run(test, &page, OTHERWISE);
            continue;
        }
        st_test_destroy(test);
        test = st_test_create(draw_page, &page);
        check_run(test, &page, OTHERWISE);
    }
    st_test_destroy(test);
}
END_TEST

static void draw_text(void *unused)
{
    (void)unused;
    st_text("no widget");
}

START_TEST(what_is_no_widget_cannot_be_answered)
{
    st_test *test = st_test_create(draw_text, NULL);

    st_test_run(test);
    for (const char *letter = "btdsrDTu"; *letter; letter++) {
        ck_assert_int_eq(answer_by(*letter, test, NULL), ST_NOT_FOUND);
        ck_assert_int_eq(
            answer_by(*letter, test, st_test_find(test, "text", 0)),
            ST_NOT_FOUND);
    }
    st_test_destroy(test);
}
END_TEST

/* ---- in memoized functions ----------------------------------------------- */

START_TEST(a_memoized_function_is_computed_once_for_each_value)
{
    one_page page = page_of(_i), plain = page_of(_i);

    page.function = "allowing";
    for (int session = 0; session < 2; session++) {
        st_test *test = st_test_create(draw_page, &page);
        st_test *other = st_test_create(draw_page, &plain);

        for (int i = 0; i < 5; i++) {
            char *found, *expected;
            int before;

            st_test_run(other);
            before = runs;
            ck_assert_int_eq(st_test_run(test), ST_OK);
            ck_assert_int_eq(runs - before, session == 0 && (i == 0 || i == 2));
            ck_assert_int_eq(page.result, plain.result);
            found = st_test_dump(test);
            expected = st_test_dump(other);
            ck_assert_str_eq(found, expected);
            free(found);
            free(expected);
            if (i != 1)
                continue;
            cases[_i].answer(test, find(test, _i));
            cases[_i].answer(other, find(other, _i));
        }
        st_test_destroy(test);
        st_test_destroy(other);
    }
}
END_TEST

START_TEST(what_is_set_is_the_value_in_a_memoized_function_as_well)
{
    one_page page = page_of(_i);
    st_test *test;

    if (!cases[_i].set)
        return;
    page.function = "allowing";
    page.set_key = "w";
    page.set = cases[_i].set;
    test = st_test_create(draw_page, &page);
    for (int i = 0; i < 3; i++)
        check_run(test, &page,
                  cases[_i].set_to == cases[_i].answered ? ANSWERED : SET_TO);
    page.set_key = NULL;
    check_run(test, &page, set_result(_i));
    cases[_i].answer(test, find(test, _i));
    check_run(test, &page, ANSWERED);
    st_test_destroy(test);
}
END_TEST

START_TEST(where_it_is_not_allowed_a_warning_stands_in_its_place)
{
    one_page page = page_of(_i);
    st_test *test;

    if (cases[_i].kind == ST_FORM_SUBMIT_BUTTON) /* which never warns */
        return;
    page.function = "refusing";
    test = st_test_create(draw_page, &page);
    for (int i = 0; i < 3; i++) {
        check_run(test, &page, OTHERWISE);
        ck_assert_ptr_null(find(test, _i));
        ck_assert_uint_eq(st_test_count(test, "exception"), 1);
        ck_assert_ptr_nonnull(strstr(exception(test), "refusing"));
        ck_assert_ptr_nonnull(strstr(exception(test), name_of(_i)));
    }
    ck_assert_int_eq(runs, 1);
    st_test_destroy(test);
}
END_TEST

START_TEST(the_same_one_twice_ends_the_run)
{
    one_page page = page_of(_i);
    st_test *test;

    page.key = NULL;
    page.times = 2;
    test = st_test_create(draw_page, &page);
    ck_assert_int_eq(st_test_run(test), ST_DUPLICATE_WIDGET_ID);
    ck_assert_ptr_nonnull(strstr(exception(test), name_of(_i)));
    page.function = "allowing"; /* the second one is a hit */
    ck_assert_int_eq(st_test_run(test), ST_DUPLICATE_WIDGET_ID);
    ck_assert_ptr_nonnull(strstr(exception(test), "'w'"));
    ck_assert_uint_eq(st_test_count(test, name_of(_i)), 1);
    st_test_destroy(test);
}
END_TEST

static struct memo_function columned = {WORD_FUNCTION("columned"),
                                        .flags = MEMO_ALLOWS_WIDGETS};

static long draw_in_a_column(int n)
{
    st_handle columns[2];

    st_columns(columns, 2);
    st_in(columns[0])
    {
        st_checkbox("a", .key = "w");
    }
    return n;
}

static void draw_column_twice(void *is_first)
{
    if (!*(bool *)is_first)
        st_checkbox("b", .key = "w");
    call_word(&columned, draw_in_a_column, 1);
}

START_TEST(an_error_of_a_hit_stands_where_it_stands_in_the_body)
{
    bool is_first = _i; /* then the second run is a hit */
    st_test *test = st_test_create(draw_column_twice, &is_first);
    char *page;

    if (is_first)
        ck_assert_int_eq(st_test_run(test), ST_OK);
    is_first = false;
    ck_assert_int_eq(st_test_run(test), ST_DUPLICATE_WIDGET_ID);
    page = st_test_dump(test);
    ck_assert_ptr_nonnull(strstr(page, "\n  exception"));
    free(page);
    st_test_destroy(test);
}
END_TEST

static void forget(void)
{
    memo_clear_all();
    runs = 0;
}

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("widgets.kinds");
    TCase *all = tcase_create("cases");
    const TTest *each[] = {
        a_widget_has_its_default_then_its_answer_and_keeps_it,
        a_widget_has_its_default_without_a_page,
        what_is_set_by_its_key_is_the_value_or_an_error,
        what_a_widget_cannot_have_it_takes_no_notice_of,
        an_answer_of_another_type_is_an_error_and_nothing_else,
        a_memoized_function_is_computed_once_for_each_value,
        what_is_set_is_the_value_in_a_memoized_function_as_well,
        where_it_is_not_allowed_a_warning_stands_in_its_place,
        the_same_one_twice_ends_the_run};

    tcase_add_checked_fixture(all, forget, NULL);
    tcase_add_test(all, every_kind_of_widget_has_a_case);
    tcase_add_test(all, what_is_no_widget_cannot_be_answered);
    tcase_add_loop_test(
        all, an_error_of_a_hit_stands_where_it_stands_in_the_body, 0, 2);
    for (size_t i = 0; i < sizeof each / sizeof *each; i++)
        tcase_add_loop_test(all, each[i], 0, CASE_COUNT);
    suite_add_tcase(suite, all);
    return suite;
}
