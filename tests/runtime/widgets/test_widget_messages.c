/* What the front end gets of every widget: of its default, and of a value that
 * the program has set. */
#include "widget_cases.h"

#include <check.h>
#include <stdlib.h>

Suite *memo_test_suite(void);

static void draw_case(int index, bool is_set)
{
    char value[TEXT_SIZE];
    const char *key = is_set ? "w" : NULL;

    if (is_set && cases[index].set)
        cases[index].set(key);
    if (cases[index].kind == ST_FORM_SUBMIT_BUTTON)
        st_in(st_form("form"))
        {
            cases[index].draw(value, key);
        }
    else
        cases[index].draw(value, key);
}

static void draw_default(void *index)
{
    draw_case(*(int *)index, false);
}

static void draw_set(void *index)
{
    draw_case(*(int *)index, true);
}

/* Without its name and what it is labelled. */
static void find_message(char **out, void (*draw)(void *index), int index)
{
    st_test *test = st_test_create(draw, &index);
    char *page, *at;

    ck_assert_int_eq(st_test_run(test), ST_OK);
    page = st_test_dump(test);
    at = strstr(page, "label=\"a\"");
    ck_assert_ptr_nonnull(at);
    *strchr(at, '\n') = '\0';
    at += strlen("label=\"a\"");
    *out = strdup(*at == ' ' ? at + 1 : at);
    free(page);
    st_test_destroy(test);
}

/* In the order of the cases.  */
static const struct {
    const char *message, *set; /* NULL: the same */
} expected[CASE_COUNT] = {
    {"type=\"secondary\"", NULL},
    {"form_id=\"form\" is_form_submitter=true type=\"secondary\"", NULL},
    {"url=\"/media/ee70f1618943216ce409cab21c476ce1.txt\" type=\"secondary\"",
     NULL},
    {"", "value=true set_value=true"},
    {"default=0 options=[\"small\", \"large\", \"huge\"]",
     "default=0 options=[\"small\", \"large\", \"huge\"] set_value=true "
     "raw_value=\"huge\""},
    {"default=0 options=[\"small\", \"large\", \"huge\"]",
     "default=0 options=[\"small\", \"large\", \"huge\"] set_value=true "
     "raw_value=\"huge\""},
    {"default=[0] options=[\"small\", \"large\", \"huge\"]",
     "default=[0] options=[\"small\", \"large\", \"huge\"] set_value=true "
     "raw_values=[\"huge\", \"large\"]"},
    {"format=\"%d\" default=[20] max=100 step=1 type=SLIDER",
     "format=\"%d\" default=[20] max=100 step=1 value=[40] set_value=true "
     "type=SLIDER"},
    {"default=[0] max=2 step=1 options=[\"small\", \"large\", \"huge\"] "
     "type=SELECT_SLIDER",
     "default=[0] max=2 step=1 set_value=true options=[\"small\", \"large\", "
     "\"huge\"] type=SELECT_SLIDER raw_value=[\"huge\"]"},
    {"format=\"%d\" has_min=true has_max=true default=20 step=1 "
     "min=-9.00719925474099e+15 max=9.00719925474099e+15",
     "format=\"%d\" has_min=true has_max=true default=20 step=1 "
     "min=-9.00719925474099e+15 max=9.00719925474099e+15 value=40 "
     "set_value=true"},
    {"default=\"b\"", "default=\"b\" value=\"huge\" set_value=true"},
    {"default=\"b\"", "default=\"b\" value=\"huge\" set_value=true"},
    {"default=[\"2026-01-31\"] min=\"2016-01-31\" max=\"2036-01-31\" "
     "format=\"YYYY/MM/DD\"",
     "default=[\"2026-01-31\"] min=\"2016-01-31\" max=\"2036-01-31\" "
     "value=[\"2028-02-29\"] set_value=true format=\"YYYY/MM/DD\""},
    {"default=\"08:15\" step=900",
     "default=\"08:15\" value=\"00:00\" set_value=true step=900"},
    {"default=\"#000000\"",
     "default=\"#000000\" value=\"#123456\" set_value=true"},
    {"max_upload_size_mb=200", NULL},
    {"", NULL},
    {"format=\"%d\" default=[20] max=100 step=1 type=SLIDER",
     "format=\"%d\" default=[20] max=100 step=1 value=[40] set_value=true "
     "type=SLIDER"},
    {"format=\"%0.2f\" data_type=FLOAT default=[20, 80] max=100 step=0.5 "
     "type=SLIDER",
     "format=\"%0.2f\" data_type=FLOAT default=[20, 80] max=100 step=0.5 "
     "value=[1.5, 2] set_value=true type=SLIDER"},
    {"format=\"YYYY-MM-DD\" data_type=DATE default=[1.7698176e+15] "
     "min=1.768608e+15 max=1.893456e+15 step=86400000000 type=SLIDER",
     "format=\"YYYY-MM-DD\" data_type=DATE default=[1.7698176e+15] "
     "min=1.768608e+15 max=1.893456e+15 step=86400000000 value=[1.8353952e+15] "
     "set_value=true type=SLIDER"},
    {"format=\"YYYY-MM-DD\" data_type=DATE default=[1.7698176e+15, "
     "1.7700768e+15] min=-31536000000000 max=1.893456e+15 step=86400000000 "
     "type=SLIDER",
     "format=\"YYYY-MM-DD\" data_type=DATE default=[1.7698176e+15, "
     "1.7700768e+15] min=-31536000000000 max=1.893456e+15 step=86400000000 "
     "value=[-172800000000, 0] set_value=true type=SLIDER"},
    {"default=[1, 2] max=2 step=1 options=[\"small\", \"large\", \"huge\"] "
     "type=SELECT_SLIDER",
     "default=[1, 2] max=2 step=1 set_value=true options=[\"small\", "
     "\"large\", \"huge\"] type=SELECT_SLIDER raw_value=[\"small\", \"huge\"]"},
    {"default=[\"2026-01-31\", \"2026-02-03\"] min=\"1960-01-01\" "
     "max=\"2036-02-03\" is_range=true format=\"YYYY/MM/DD\"",
     "default=[\"2026-01-31\", \"2026-02-03\"] min=\"1960-01-01\" "
     "max=\"2036-02-03\" is_range=true value=[\"1969-12-30\", \"1970-01-01\"] "
     "set_value=true format=\"YYYY/MM/DD\""},
    {"max_upload_size_mb=200 multiple_files=true", NULL},
};

static void check_message(void (*draw)(void *index), int index,
                          const char *message)
{
    char *found;

    find_message(&found, draw, index);
    ck_assert_str_eq(found, message);
    free(found);
}

START_TEST(a_widget_is_sent_with_its_default)
{
    check_message(draw_default, _i, expected[_i].message);
}
END_TEST

START_TEST(a_value_that_was_set_is_sent_with_it)
{
    check_message(draw_set, _i,
                  expected[_i].set ? expected[_i].set : expected[_i].message);
    ck_assert_int_eq(expected[_i].set != NULL, cases[_i].set != NULL);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("widgets.widget_messages");
    TCase *all = tcase_create("cases");

    tcase_add_loop_test(all, a_widget_is_sent_with_its_default, 0, CASE_COUNT);
    tcase_add_loop_test(all, a_value_that_was_set_is_sent_with_it, 0,
                        CASE_COUNT);
    suite_add_tcase(suite, all);
    return suite;
}
