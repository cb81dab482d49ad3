/* test_closure_impurity.c -- why a result may depend on more than the
 * arguments.
 */
#include "closure_graph.h"

#include <check.h>

/* "kind name at depth; …" of what is found from the first function. */
static const char *found_in(const graph *in, bool is_strict)
{
    const char *text = "";
    const gen_impurity *at =
        gen_closure_impurities(arena, &in->file, in->entities[0], is_strict);

    for (; at != NULL; at = at->next)
        text = gen_arena_format(
            arena, "%s%s%s '%s' at %zu", text, *text == '\0' ? "" : "; ",
            gen_impurity_words(at->kind), at->name, at->path_size);
    return text;
}

START_TEST(what_is_pure_has_no_impurities)
{
    sample s = make_sample();

    ck_assert_str_eq(found_in(&s.graph, false), "");
}
END_TEST

START_TEST(a_strict_look_names_the_functions_that_nobody_knows)
{
    sample s = make_sample();

    ck_assert_str_eq(found_in(&s.graph, true),
                     "a function not known to be pure 'log_line' at 1");
}
END_TEST

START_TEST(an_accepted_name_ends_the_way_but_no_other_way)
{
    static gen_piece names[] = {{.text = "parse"}, {.text = "setting"}};
    static gen_annotation annotation = {.impure_names = {names, 2}};
    static gen_function function;
    sample s = make_sample();
    gen_entity *counter = add_variable(&s.graph, "counter");
    gen_entity *setting = add_variable(&s.graph, "setting");
    name(&s.graph, s.parse, counter, NULL);
    name(&s.graph, s.load, setting, NULL);
    function = (gen_function){.entity = s.load, .annotation = &annotation};
    s.graph.file.functions = &function;
    s.graph.file.function_count = 1;

    ck_assert_str_eq(found_in(&s.graph, false), "");

    name(&s.graph, s.load, s.other, NULL);
    name(&s.graph, s.other, counter, NULL);
    ck_assert_str_eq(found_in(&s.graph, false),
                     "the mutable global 'counter' at 2");
}
END_TEST

START_TEST(impurities_come_nearest_first_then_in_the_order_of_the_text)
{
    graph in = {.count = 0};
    gen_entity *load = add_function(&in, "load");
    gen_entity *helper = add_function(&in, "helper");
    gen_entity *deep = add_function(&in, "deep");
    gen_entity *count = add_variable(&in, "count");
    gen_entity *total = add_variable(&in, "total");
    gen_entity *now = add_system(&in, GEN_ENTITY_FUNCTION, "time");
    gen_entity *chance = add_system(&in, GEN_ENTITY_FUNCTION, "rand");
    count->is_static = false;
    total->is_local = true;
    name(&in, load, helper, count, deep, NULL);
    name(&in, helper, now, deep, count, NULL);
    name(&in, deep, chance, load, total, now, NULL);

    ck_assert_str_eq(found_in(&in, false),
                     "the mutable global 'count' at 1; a clock 'time' at 2; "
                     "random numbers 'rand' at 2; "
                     "the mutable static local 'total' at 2");
}
END_TEST

START_TEST(the_path_is_the_shortest_one)
{
    graph in = {.count = 0};
    gen_entity *load = add_function(&in, "load");
    gen_entity *one = add_function(&in, "one");
    gen_entity *two = add_function(&in, "two");
    gen_entity *macro = add(&in, GEN_ENTITY_MACRO, "NOW");
    gen_entity *now = add_system(&in, GEN_ENTITY_FUNCTION, "time");
    name(&in, load, one, macro, NULL); /* at 0, 1 */
    name(&in, one, two, NULL);         /* at 2 */
    name(&in, two, now, NULL);         /* at 3 */
    name(&in, macro, now, NULL);       /* at 4 */

    const gen_impurity *found =
        gen_closure_impurities(arena, &in.file, load, false);

    ck_assert_uint_eq(found->path_size, 2);
    ck_assert_ptr_eq(found->path[0], load);
    ck_assert_ptr_eq(found->path[1], macro);
    ck_assert_uint_eq(found->path_spans[0].offset, 1);
    ck_assert_uint_eq(found->path_spans[1].offset, 4);
    ck_assert_uint_eq(found->span.offset, 4);
    ck_assert_ptr_null(found->next);
}
END_TEST

static const struct {
    const char *name;
    bool is_mutable, is_written, is_volatile, is_local, is_static, is_defined,
        is_system;
    const char *expected;
} variables[] = {
    {"v", 1, 1, 0, 0, 0, 1, 0, "the mutable global 'v' at 1"},
    {"v", 1, 1, 0, 0, 1, 1, 0, "the mutable global 'v' at 1"},
    {"v", 1, 1, 0, 1, 1, 1, 0, "the mutable static local 'v' at 1"},
    {"v", 1, 0, 0, 0, 0, 1, 0, "the mutable global 'v' at 1"},
    {"v", 1, 0, 0, 0, 0, 0, 0, "the mutable global 'v' at 1"},
    {"v", 1, 0, 0, 0, 0, 0, 1, "the mutable global 'v' at 1"},
    {"v", 0, 0, 1, 0, 0, 1, 0, "the volatile variable 'v' at 1"},
    {"v", 1, 1, 1, 1, 0, 1, 0, "the volatile variable 'v' at 1"},
    {"environ", 1, 0, 0, 0, 0, 0, 1, "the environment 'environ' at 1"},
    {"environ", 1, 0, 0, 0, 0, 1, 0, "the mutable global 'environ' at 1"},
    /* constants */
    {"v", 0, 0, 0, 0, 0, 0, 0, ""},
    {"v", 0, 0, 0, 0, 1, 1, 0, ""},
    {"v", 1, 0, 0, 0, 1, 1, 0, ""},
    {"v", 1, 0, 0, 1, 0, 1, 0, ""},
    {"stderr", 1, 0, 0, 0, 0, 0, 1, ""},
};

START_TEST(a_variable_is_impure_as_it_can_change)
{
    graph in = {.count = 0};
    gen_entity *load = add_function(&in, "load");
    gen_entity *variable = add(&in, GEN_ENTITY_VARIABLE, variables[_i].name);
    variable->is_mutable = variables[_i].is_mutable;
    variable->is_written = variables[_i].is_written;
    variable->is_volatile = variables[_i].is_volatile;
    variable->is_local = variables[_i].is_local;
    variable->is_static = variables[_i].is_static;
    variable->is_defined = variable->is_owned = variables[_i].is_defined;
    variable->is_system = variables[_i].is_system;
    name(&in, load, variable, NULL);

    ck_assert_str_eq(found_in(&in, false), variables[_i].expected);
}
END_TEST

START_TEST(functions_in_a_constant_table_are_reached)
{
    graph in = {.count = 0};
    gen_entity *load = add_function(&in, "load");
    gen_entity *table = add(&in, GEN_ENTITY_VARIABLE, "table");
    gen_entity *print = add_system(&in, GEN_ENTITY_FUNCTION, "puts");
    name(&in, load, table, NULL);
    name(&in, table, print, NULL);

    ck_assert_str_eq(found_in(&in, false), "output 'puts' at 2");
}
END_TEST

START_TEST(a_function_of_the_user_is_not_the_librarys_of_that_name)
{
    graph in = {.count = 0};
    gen_entity *load = add_function(&in, "load");
    gen_entity *read = add_function(&in, "read");
    gen_entity *clock = add_function(&in, "clock");
    clock->is_system = true; /* declared by a header, defined here */
    name(&in, load, read, clock, NULL);

    ck_assert_str_eq(found_in(&in, true), "");
}
END_TEST

START_TEST(a_function_declared_by_hand_is_the_librarys)
{
    graph in = {.count = 0};
    gen_entity *load = add_function(&in, "load");
    gen_entity *print = add_external(&in, "puts");
    gen_entity *root = add_external(&in, "sqrt");
    name(&in, load, print, root, NULL);

    ck_assert_str_eq(found_in(&in, true), "output 'puts' at 1");
}
END_TEST

START_TEST(inline_functions_of_system_headers_are_not_looked_into)
{
    graph in = {.count = 0};
    gen_entity *load = add_function(&in, "load");
    gen_entity *get = add_system(&in, GEN_ENTITY_FUNCTION, "atoi");
    gen_entity *counter = add_variable(&in, "counter");
    get->is_defined = true;
    name(&in, load, get, NULL);
    name(&in, get, counter, NULL);

    ck_assert_str_eq(found_in(&in, true), "");
}
END_TEST

START_TEST(a_replaceable_function_is_looked_into_and_not_trusted)
{
    graph in = {.count = 0};
    gen_entity *load = add_function(&in, "load");
    gen_entity *hook = add_function(&in, "hook");
    gen_entity *counter = add_variable(&in, "counter");
    hook->is_replaceable = true;
    name(&in, load, hook, NULL);
    name(&in, hook, counter, NULL);

    ck_assert_str_eq(found_in(&in, false), "the mutable global 'counter' at 2");
    ck_assert_str_eq(found_in(&in, true),
                     "a function not known to be pure 'hook' at 1; "
                     "the mutable global 'counter' at 2");
}
END_TEST

START_TEST(types_read_nothing)
{
    graph in = {.count = 0};
    gen_entity *load = add_function(&in, "load");
    gen_entity *type = add(&in, GEN_ENTITY_TYPE, "type");
    gen_entity *counter = add_variable(&in, "counter");
    name(&in, load, type, NULL);
    name(&in, type, counter, NULL);

    ck_assert_str_eq(found_in(&in, true), "");
}
END_TEST

START_TEST(drawing_is_not_impure)
{
    graph in = {.count = 0};
    gen_entity *load = add_function(&in, "load");
    gen_entity *draw = add_external(&in, "st_slider");
    gen_entity *clear = add_external(&in, "memo_clear_all");
    name(&in, load, draw, clear, NULL);

    ck_assert_str_eq(found_in(&in, false),
                     "hidden state of a library 'memo_clear_all' at 1");
}
END_TEST

START_TEST(what_no_name_tells_is_found_once_in_the_order_of_the_text)
{
    graph in = {.count = 0};
    gen_entity *load = add_function(&in, "load");
    gen_entity *helper = add_function(&in, "helper");
    gen_entity *count = add_variable(&in, "count");
    gen_entity *total = add_variable(&in, "total");
    in.offset = 10;
    name(&in, load, count, helper, total, NULL); /* at 10, 11, 12 */
    load->reads_time = true;
    load->time_macro = (gen_span){&source, 0, 8};
    load->has_assembly = true;
    load->assembly = (gen_span){&source, 11, 1};
    helper->has_assembly = true;
    helper->assembly = (gen_span){&source, 1, 1};
    helper->calls_through_pointer = true;
    helper->pointer_call = (gen_span){&source, 2, 1};

    ck_assert_str_eq(found_in(&in, false),
                     "the time of compilation '__DATE__' at 1; "
                     "the mutable global 'count' at 1; assembly '' at 1; "
                     "the mutable global 'total' at 1");
    ck_assert_str_eq(found_in(&in, true),
                     "the time of compilation '__DATE__' at 1; "
                     "the mutable global 'count' at 1; assembly '' at 1; "
                     "the mutable global 'total' at 1; "
                     "a call through a pointer '' at 2");
}
END_TEST

START_TEST(what_the_user_excuses_is_not_complained_about_by_callers)
{
    graph in = {.count = 0};
    gen_entity *load = add_function(&in, "load");
    gen_entity *logged = add_function(&in, "logged");
    gen_entity *print = add_system(&in, GEN_ENTITY_FUNCTION, "puts");
    gen_annotation annotation = {.impure_ok = true};
    gen_function functions[2] = {{.entity = load, .next = &functions[1]},
                                 {.entity = logged, .annotation = &annotation}};
    name(&in, load, logged, NULL);
    name(&in, logged, print, NULL);
    in.file.functions = functions;

    ck_assert_str_eq(found_in(&in, false), "");
    ck_assert_str_eq(found_in(&in, true), "output 'puts' at 2");
    functions[0].annotation = &annotation;
    functions[1].annotation = NULL;
    ck_assert_str_eq(found_in(&in, false), "output 'puts' at 2");
}
END_TEST

START_TEST(a_path_through_a_million_functions_is_found)
{
    enum { SIZE = 1000000 };
    graph in = {.count = 0};
    gen_entity *chain = make_chain(&in, SIZE, false);
    chain[SIZE - 1].has_assembly = true;

    const gen_impurity *found =
        gen_closure_impurities(arena, &in.file, chain, false);

    size_t right = 0;
    for (size_t i = 0; i < SIZE; i++)
        right += found->path[i] == &chain[i];
    ck_assert_uint_eq(found->path_size, SIZE);
    ck_assert_uint_eq(right, SIZE);
    ck_assert_ptr_null(found->next);
}
END_TEST

START_TEST(deep_and_everywhere_impure_code_does_not_use_all_memory)
{
    enum { SIZE = 20000 };
    graph in = {.count = 0};
    gen_entity *chain = make_chain(&in, SIZE, false);
    size_t found_count = 0;
    for (size_t i = 0; i < SIZE; i++) {
        gen_reference *references = GEN_NEW_ARRAY(arena, gen_reference, 2);
        references[0] = chain[i].references[0];
        gen_entity *counter = GEN_NEW(arena, gen_entity);
        counter->kind = GEN_ENTITY_VARIABLE;
        counter->name = "counter";
        counter->is_defined = counter->is_mutable = true;
        references[1].entity = counter;
        references[1].span = (gen_span){&source, 1, 1};
        chain[i].references = references;
        chain[i].reference_count = 2;
    }

    gen_impurity *found = gen_closure_impurities(arena, &in.file, chain, false);

    for (; found != NULL; found = found->next)
        ck_assert_uint_eq(found->path_size, ++found_count);
    ck_assert_uint_gt(found_count, 1000);
    ck_assert_uint_lt(found_count, 3000);
}
END_TEST

static void add_impurity_tests(Suite *suite)
{
    TCase *tests = tcase_create("impurities");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, an_accepted_name_ends_the_way_but_no_other_way);
    tcase_add_test(tests, what_is_pure_has_no_impurities);
    tcase_add_test(tests, a_strict_look_names_the_functions_that_nobody_knows);
    tcase_add_test(tests,
                   impurities_come_nearest_first_then_in_the_order_of_the_text);
    tcase_add_test(tests, the_path_is_the_shortest_one);
    tcase_add_loop_test(tests, a_variable_is_impure_as_it_can_change, 0,
                        (int)(sizeof variables / sizeof variables[0]));
    tcase_add_test(tests, functions_in_a_constant_table_are_reached);
    tcase_add_test(tests,
                   a_function_of_the_user_is_not_the_librarys_of_that_name);
    tcase_add_test(tests, a_function_declared_by_hand_is_the_librarys);
    tcase_add_test(tests,
                   inline_functions_of_system_headers_are_not_looked_into);
    tcase_add_test(tests, a_path_through_a_million_functions_is_found);
    tcase_add_test(tests,
                   deep_and_everywhere_impure_code_does_not_use_all_memory);
    tcase_add_test(tests,
                   a_replaceable_function_is_looked_into_and_not_trusted);
    tcase_add_test(tests, types_read_nothing);
    tcase_add_test(tests, drawing_is_not_impure);
    tcase_add_test(tests,
                   what_no_name_tells_is_found_once_in_the_order_of_the_text);
    tcase_add_test(tests,
                   what_the_user_excuses_is_not_complained_about_by_callers);
    suite_add_tcase(suite, tests);
}

Suite *memo_test_suite(void);

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("closure_impurity");

    add_impurity_tests(suite);
    return suite;
}
