/* test_link.c -- what one file declares and another defines. */
#include "closure_graph.h"

#include "closure_walk.h"
#include "explain_graph.h"
#include "link.h"

#include <check.h>

/* load (first file) names parse; parse (second file) names helper. */
static graph first, second;
static gen_entity *load, *declared, *parse, *helper;
static gen_unit units[3];

static void make(void)
{
    set_up();
    first = second = (graph){.count = 0};
    load = add_function(&first, "load");
    declared = add_external(&first, "parse");
    name(&first, load, declared, NULL);
    parse = add_function(&second, "parse");
    parse->is_static = false;
    helper = add_function(&second, "helper");
    name(&second, parse, helper, NULL);
    units[0] = (gen_unit){.file = &first.file};
    units[1] = (gen_unit){.file = &second.file};
    units[2] = (gen_unit){.file = NULL}; /* could not be read */
}

static void link_all(void)
{
    compute(&first, false);
    compute(&second, false);
    gen_link_units(units, 3);
}

START_TEST(a_declaration_finds_its_definition)
{
    size_t count;
    const gen_entity **members;

    link_all();
    members = gen_closure_members(arena, load, &count);

    ck_assert_ptr_eq(declared->linked, parse);
    ck_assert_uint_eq(count, 3);
    ck_assert_ptr_eq(members[1], parse);
    ck_assert_ptr_eq(members[2], helper);
}
END_TEST

START_TEST(a_static_function_of_that_name_is_not_meant)
{
    parse->is_static = true;

    link_all();

    ck_assert_ptr_null(declared->linked);
    ck_assert(!declared->is_ambiguous);
}
END_TEST

START_TEST(two_definitions_are_ambiguous)
{
    gen_entity *other = add_function(&second, "parse");
    other->is_static = false;

    link_all();

    ck_assert_ptr_null(declared->linked);
    ck_assert(declared->is_ambiguous);
    ck_assert_str_eq(gen_explain_reason(declared),
                     "several of these files define it");
}
END_TEST

START_TEST(a_weak_definition_gives_way)
{
    gen_entity *other = add_function(&second, "parse");
    other->is_static = false;
    other->is_replaceable = true;

    link_all();

    ck_assert_ptr_eq(declared->linked, parse);
}
END_TEST

START_TEST(a_variable_is_no_function)
{
    parse->kind = GEN_ENTITY_VARIABLE;

    link_all();

    ck_assert_ptr_null(declared->linked);
}
END_TEST

START_TEST(the_way_to_an_impurity_crosses_files)
{
    gen_entity *counter = add_variable(&second, "counter");
    const gen_impurity *impurity;
    name(&second, helper, counter, NULL);

    link_all();
    impurity = gen_closure_impurities(arena, &first.file, load, true);

    ck_assert_ptr_nonnull(impurity);
    ck_assert_ptr_null(impurity->next);
    ck_assert_uint_eq(impurity->path_size, 3);
    ck_assert_ptr_eq(impurity->path[2], helper);
}
END_TEST

START_TEST(what_is_excused_in_its_file_is_excused_everywhere)
{
    static gen_annotation annotation;
    static gen_function function;
    gen_entity *counter = add_variable(&second, "counter");
    name(&second, helper, counter, NULL);
    annotation = (gen_annotation){.impure_ok = true};
    function = (gen_function){.entity = parse, .annotation = &annotation};
    second.file.functions = &function;
    second.file.function_count = 1;

    link_all();

    ck_assert_ptr_null(gen_closure_impurities(arena, &first.file, load, false));
}
END_TEST

START_TEST(a_graph_tells_who_names_whom)
{
    gen_explain_graph told;
    name(&second, helper, parse, parse, NULL);

    link_all();
    told = gen_explain_graph_of(arena, load);

    ck_assert_uint_eq(told.count, 3);
    ck_assert_ptr_eq(told.nodes[0].entity, load);
    ck_assert_uint_eq(told.nodes[0].use_count, 1);
    ck_assert_uint_eq(told.nodes[0].uses[0], 1);
    ck_assert_uint_eq(told.nodes[2].use_count, 1);
    ck_assert_uint_eq(told.nodes[2].uses[0], 1);
    ck_assert_str_eq(gen_explain_way(told.nodes[1].entity), "source");
}
END_TEST

Suite *memo_test_suite(void);

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("link");
    TCase *tests = tcase_create("link");

    tcase_add_checked_fixture(tests, make, tear_down);
    tcase_add_test(tests, a_declaration_finds_its_definition);
    tcase_add_test(tests, a_static_function_of_that_name_is_not_meant);
    tcase_add_test(tests, two_definitions_are_ambiguous);
    tcase_add_test(tests, a_weak_definition_gives_way);
    tcase_add_test(tests, a_variable_is_no_function);
    tcase_add_test(tests, the_way_to_an_impurity_crosses_files);
    tcase_add_test(tests, what_is_excused_in_its_file_is_excused_everywhere);
    tcase_add_test(tests, a_graph_tells_who_names_whom);
    suite_add_tcase(suite, tests);
    return suite;
}
