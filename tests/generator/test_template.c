/* test_template.c -- named holes of a text. */
#include "template.h"

#include <check.h>
#include <string.h>

static gen_arena *arena;
static gen_values *values;
static gen_text out;

/* name = "f", number = 7, empty = "", two = {a: 1}, {a: 2}, none = {},
 * yes = true, no = false */
static void set_up(void)
{
    arena = gen_arena_create();
    values = gen_values_create(arena);
    gen_values_set(values, "name", "f");
    gen_values_set(values, "empty", "");
    gen_values_set_number(values, "number", 7);
    gen_values_set_number(gen_values_add(values, "two"), "a", 1);
    gen_values_set_number(gen_values_add(values, "two"), "a", 2);
    gen_values_list(values, "none");
    gen_values_flag(values, "yes", true);
    gen_values_flag(values, "no", false);
    out = (gen_text){0};
}

static void tear_down(void)
{
    gen_text_finish(&out);
    gen_arena_destroy(arena);
}

static const struct {
    const char *template_text, *rendered;
} good[] = {
    {"", ""},
    {"plain\n", "plain\n"},
    {"int {{name}}({{number}});", "int f(7);"},
    {"{{ name }}{{name}}", "ff"},
    {"[{{empty}}]", "[]"},
    {"{{#two}}<{{a}}>{{/two}}", "<1><2>"},
    {"{{#two}}{{name}}{{a}} {{/two}}", "f1 f2 "},
    {"{{#two}}({{#two}}{{a}}{{/two}}){{/two}}", "(12)(12)"},
    {"{{#none}}x{{/none}}{{^none}}y{{/none}}", "y"},
    {"{{#yes}}x{{/yes}}{{^yes}}y{{/yes}}", "x"},
    {"{{#no}}{{unknown}}{{/no}}z", "z"},
    /* Tags of lists take their line with them, holes do not. */
    {"a\n{{#two}}\n  {{a}};\n{{/two}}\nb\n", "a\n  1;\n  2;\nb\n"},
    {"a\r\n{{#yes}}\r\nx\r\n{{/yes}}\r\nb", "a\r\nx\r\nb"},
    {"  {{#yes}} \nx\n\t{{/yes}}", "x\n"},
    {"{{name}}\n", "f\n"},
    {"{{empty}}\n", "\n"},
    {"a {{#yes}}\nb\n{{/yes}} c\n", "a \nb\n c\n"},
    {"{{#yes}}{{/yes}}\n", "\n"},
    /* Remarks. */
    {"a\n{{! no {braces} here\n at all }}\nb{{! }}c", "a\nbc"},
    /* Braces of C are text. */
    {"{{0}, {1}}; {{ 1 }}; {{{0}}} {{\"a\"}} }} { {", NULL},
    {"{{", NULL},
    {"{ {name} }", NULL},
    {"{{{name}}}", "{f}"},
};

START_TEST(a_template_is_filled)
{
    const char *text = good[_i].template_text;
    const char *expected = good[_i].rendered == NULL ? text : good[_i].rendered;
    const char *error = NULL;

    bool is_done = gen_template_render(arena, &out, "t", text, values, &error);

    ck_assert_pstr_eq(error, NULL);
    ck_assert(is_done);
    ck_assert_str_eq(out.data, expected);
}
END_TEST

static const struct {
    const char *template_text, *error;
} bad[] = {
    {"a\n{{unknown}}", "t:2: no value for the hole 'unknown'"},
    {"{{a}}", "t:1: no value for the hole 'a'"},
    {"{{#unknown}}{{/unknown}}", "t:1: no value for the list 'unknown'"},
    {"{{two}}", "t:1: a list where a text should be: 'two'"},
    {"{{#name}}{{/name}}", "t:1: a text where a list should be: 'name'"},
    {"\n\n{{#two}}", "t:3: nothing ends the list 'two'"},
    {"{{/two}}", "t:1: no list to end here is called 'two'"},
    {"{{#two}}\n{{/none}}{{/two}}",
     "t:2: no list to end here is called 'none'"},
    {"{{#two}}{{#yes}}{{/two}}{{/yes}}",
     "t:1: no list to end here is called 'two'"},
    {"{{#no}}{{/yes}}{{/no}}", "t:1: no list to end here is called 'yes'"},
    {"{{name", "t:1: no }} ends the tag 'name'"},
    {"{{name}", "t:1: no }} ends the tag 'name'"},
    {"{{name, 1}}", "t:1: no }} ends the tag 'name'"},
    {"{{#}}", "t:1: no }} ends the tag ''"},
    {"{{# 1}}", "t:1: no }} ends the tag ''"},
    {"{{! no end }", "t:1: no }} ends the remark '{{!'"},
};

START_TEST(a_mistake_in_a_template_is_named)
{
    const char *error = NULL;

    bool is_done = gen_template_render(arena, &out, "t", bad[_i].template_text,
                                       values, &error);

    ck_assert(!is_done);
    ck_assert_pstr_eq(error, bad[_i].error);
}
END_TEST

START_TEST(lists_nested_without_end_are_a_mistake)
{
    gen_text text = {0};
    const char *error = NULL;
    for (int i = 0; i < 100000; i++)
        gen_text_append_string(&text, "{{#yes}}");

    bool is_done =
        gen_template_render(arena, &out, "t", text.data, values, &error);

    ck_assert(!is_done);
    ck_assert_pstr_eq(error, "t:1: too many lists around 'yes'");
    gen_text_finish(&text);
}
END_TEST

START_TEST(a_later_value_replaces_an_earlier_one)
{
    const char *error;
    gen_values_set(values, "name", "g");

    gen_template_render(arena, &out, "t", "{{name}}", values, &error);

    ck_assert_str_eq(out.data, "g");
}
END_TEST

START_TEST(a_value_is_not_read_as_a_template)
{
    const char *error;
    gen_values_set(values, "name", "{{number}}\n{{#two}}\n");

    gen_template_render(arena, &out, "t", "{{name}}", values, &error);

    ck_assert_str_eq(out.data, "{{number}}\n{{#two}}\n");
}
END_TEST

START_TEST(an_item_may_be_filled_before_it_is_added)
{
    const char *error;
    gen_values *item = gen_values_create(arena);
    gen_values_set(item, "a", "3");

    gen_values_append(values, "two", item);

    gen_template_render(arena, &out, "t", "{{#two}}{{a}}{{/two}}", values,
                        &error);
    ck_assert_str_eq(out.data, "123");
}
END_TEST

START_TEST(rendering_appends)
{
    const char *error;
    gen_text_append_string(&out, "before ");

    gen_template_render(arena, &out, "t", "{{name}}", values, &error);

    ck_assert_str_eq(out.data, "before f");
}
END_TEST

START_TEST(the_holes_are_listed_once_each)
{
    const char **holes = gen_template_holes(
        arena, "{{b}}{{#a}}{{b}}{{^c}}{{! d }}{{/c}}{{/a}}{{0}}");

    ck_assert_str_eq(holes[0], "b");
    ck_assert_str_eq(holes[1], "a");
    ck_assert_str_eq(holes[2], "c");
    ck_assert_ptr_null(holes[3]);
}
END_TEST

#define COUNT(table) ((int)(sizeof(table) / sizeof *(table)))

Suite *memo_test_suite(void);

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("template");
    TCase *tests = tcase_create("template");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, a_template_is_filled, 0, COUNT(good));
    tcase_add_loop_test(tests, a_mistake_in_a_template_is_named, 0, COUNT(bad));
    tcase_add_test(tests, lists_nested_without_end_are_a_mistake);
    tcase_add_test(tests, a_later_value_replaces_an_earlier_one);
    tcase_add_test(tests, a_value_is_not_read_as_a_template);
    tcase_add_test(tests, an_item_may_be_filled_before_it_is_added);
    tcase_add_test(tests, rendering_appends);
    tcase_add_test(tests, the_holes_are_listed_once_each);
    suite_add_tcase(suite, tests);
    return suite;
}
