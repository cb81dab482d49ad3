/* test_closure.c -- hashes and externals of small graphs. */
#include "closure_graph.h"

#include <check.h>
#include <inttypes.h>

static bool uses(const graph *in, const gen_entity *entity,
                 const gen_entity *external)
{
    size_t bits = 8 * sizeof *entity->uses;

    for (size_t i = 0; i < in->file.external_count; i++)
        if (in->file.externals[i] == external)
            return entity->uses[i / bits] >> i % bits & 1;
    ck_abort_msg("%s is no external", external->name);
    return false;
}

/* ---- hashes ---------------------------------------------------------------
 */

START_TEST(equal_graphs_have_equal_hashes_in_any_order)
{
    sample a = make_sample(), b = make_sample();
    gen_reference *references = b.expect->references;
    gen_reference swapped = references[0];
    references[0] = references[2];
    references[2] = swapped;

    compute(&a.graph, false);
    compute(&b.graph, true);

    for (size_t i = 0; i < a.graph.count; i++)
        ck_assert(is_same(a.graph.entities[i]->combined,
                          b.graph.entities[i]->combined));
}
END_TEST

static void assert_hash(gen_hash hash, uint64_t high, uint64_t low)
{
    ck_assert_msg(hash.high == high && hash.low == low,
                  "0x%016" PRIx64 ", 0x%016" PRIx64, hash.high, hash.low);
}

START_TEST(hashes_are_the_same_on_every_machine)
{
    sample s = make_sample();

    compute(&s.graph, false);

    assert_hash(s.columns->combined, 0x79c03abe9eb576dc, 0x311b773273972367);
    assert_hash(s.load->combined, 0x666f34a3a03876da, 0x0a8e8133a4d47508);
}
END_TEST

START_TEST(an_unrelated_entity_changes_no_hash)
{
    sample a = make_sample(), b = make_sample();
    gen_entity *extra = add_function(&b.graph, "extra");
    name(&b.graph, extra, b.load, b.columns, NULL);

    compute(&a.graph, false);
    compute(&b.graph, true);

    for (size_t i = 0; i < a.graph.count; i++)
        ck_assert(is_same(a.graph.entities[i]->combined,
                          b.graph.entities[i]->combined));
}
END_TEST

/* Entity _i changes; it is by what they reach that the others do. */
START_TEST(changing_an_entity_changes_those_that_reach_it)
{
    static const char *const reachers[] = {
        "load",
        "load parse expect other", /* parse */
        "load parse expect other", /* expect */
        "load parse expect other table",
        "load parse expect other table item",
        "load parse expect other table COLUMNS",
        "load sqrt",
        "load log_line",
        "other",
    };
    sample a = make_sample(), b = make_sample();
    b.graph.entities[_i]->own.low ^= 1;

    compute(&a.graph, false);
    compute(&b.graph, false);

    for (size_t i = 0; i < a.graph.count; i++) {
        const gen_entity *entity = a.graph.entities[i];
        bool reaches = strstr(reachers[_i], entity->name) != NULL;

        ck_assert_msg(is_same(entity->combined,
                              b.graph.entities[i]->combined) == !reaches,
                      "%s", entity->name);
    }
}
END_TEST

START_TEST(all_of_a_graph_have_different_hashes)
{
    sample s = make_sample();

    compute(&s.graph, false);

    for (size_t i = 0; i < s.graph.count; i++)
        for (size_t j = 0; j < i; j++)
            ck_assert(!is_same(s.graph.entities[i]->combined,
                               s.graph.entities[j]->combined));
}
END_TEST

START_TEST(a_new_use_of_a_known_thing_changes_the_hash)
{
    sample a = make_sample(), b = make_sample();
    name(&b.graph, b.load, b.columns, NULL);

    compute(&a.graph, false);
    compute(&b.graph, false);

    ck_assert(!is_same(a.load->combined, b.load->combined));
    ck_assert(is_same(a.other->combined, b.other->combined));
}
END_TEST

START_TEST(only_functions_of_one_cycle_share_a_component)
{
    sample s = make_sample();

    compute(&s.graph, false);

    ck_assert_uint_eq(s.parse->component, s.expect->component);
    for (size_t i = 0; i < s.graph.count; i++)
        for (size_t j = 0; j < i; j++)
            ck_assert((s.graph.entities[i]->component ==
                       s.graph.entities[j]->component) ==
                      (s.graph.entities[i] == s.expect &&
                       s.graph.entities[j] == s.parse));
}
END_TEST

START_TEST(a_system_thing_counts_without_what_it_names)
{
    sample a = make_sample(), b = make_sample();
    gen_entity *hidden = add_function(&b.graph, "hidden");
    b.sqrt->is_defined = true;
    name(&b.graph, b.sqrt, hidden, NULL);

    compute(&a.graph, false);
    compute(&b.graph, false);

    ck_assert(is_same(a.load->combined, b.load->combined));
}
END_TEST

START_TEST(a_function_declared_by_the_system_and_defined_here_counts_whole)
{
    sample a = make_sample(), b = make_sample();
    a.parse->is_system = b.parse->is_system = true;
    b.table->own.high++;

    compute(&a.graph, false);
    compute(&b.graph, false);

    ck_assert(!is_same(a.load->combined, b.load->combined));
}
END_TEST

START_TEST(a_replaceable_function_counts_by_name_but_for_itself)
{
    sample a = make_sample(), b = make_sample();
    a.parse->is_replaceable = b.parse->is_replaceable = true;
    b.parse->own.low++;
    b.table->own.low++;

    compute(&a.graph, false);
    compute(&b.graph, true);

    ck_assert(is_same(a.load->combined, b.load->combined));
    ck_assert(!is_same(a.parse->combined, b.parse->combined));
    ck_assert(!is_same(a.expect->combined, b.expect->combined));
}
END_TEST

START_TEST(a_replaceable_function_of_another_name_is_another)
{
    sample a = make_sample(), b = make_sample();
    a.parse->is_replaceable = b.parse->is_replaceable = true;
    b.parse->name = "parse2";

    compute(&a.graph, false);
    compute(&b.graph, false);

    ck_assert(!is_same(a.load->combined, b.load->combined));
}
END_TEST

START_TEST(one_member_more_of_equal_text_is_another_cycle)
{
    sample a = make_sample(), b = make_sample();
    gen_entity *twin = add_function(&b.graph, "expect");
    name(&b.graph, b.expect, twin, NULL);
    name(&b.graph, twin, b.parse, NULL);

    compute(&a.graph, false);
    compute(&b.graph, false);

    ck_assert(!is_same(a.load->combined, b.load->combined));
}
END_TEST

/* ---- random graphs: the algorithm against a plain one ---------------------
 */

#define RANDOM_SIZE 24

static uint32_t random_state;

static uint32_t random_below(uint32_t limit)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)random_state * limit) >> 32);
}

/* Functions f0 … and, at the end, four externals. */
static graph make_random(uint32_t seed)
{
    static const char *const names[RANDOM_SIZE] = {
        "f0",  "f1",  "f2",  "f3",  "f4",  "f5",  "f6",  "f7",
        "f8",  "f9",  "f10", "f11", "f12", "f13", "f14", "f15",
        "f16", "f17", "f18", "f19", "x3",  "x2",  "x1",  "x0"};
    graph in = {.count = 0};

    random_state = seed;
    uint32_t edges = random_below(3 * RANDOM_SIZE);
    for (size_t i = 0; i < RANDOM_SIZE; i++) {
        if (i < RANDOM_SIZE - 4)
            add_function(&in, names[i]);
        else
            add_external(&in, names[i]);
    }
    while (edges-- > 0)
        name(&in, in.entities[random_below(RANDOM_SIZE - 4)],
             in.entities[random_below(RANDOM_SIZE)], NULL);
    return in;
}

static void find_reached(const graph *in,
                         bool reaches[RANDOM_SIZE][RANDOM_SIZE])
{
    memset(reaches, 0, RANDOM_SIZE * sizeof *reaches);
    for (size_t i = 0; i < RANDOM_SIZE; i++) {
        reaches[i][i] = true;
        for (size_t j = 0; j < in->entities[i]->reference_count; j++)
            for (size_t k = 0; k < RANDOM_SIZE; k++)
                if (in->entities[k] == in->entities[i]->references[j].entity)
                    reaches[i][k] = true;
    }
    for (size_t via = 0; via < RANDOM_SIZE; via++)
        for (size_t i = 0; i < RANDOM_SIZE; i++)
            for (size_t j = 0; j < RANDOM_SIZE; j++)
                reaches[i][j] |= reaches[i][via] && reaches[via][j];
}

START_TEST(a_component_is_what_reaches_each_other)
{
    bool reaches[RANDOM_SIZE][RANDOM_SIZE];
    graph in = make_random((uint32_t)_i);

    compute(&in, false);

    find_reached(&in, reaches);
    for (size_t i = 0; i < RANDOM_SIZE - 4; i++)
        for (size_t j = 0; j < RANDOM_SIZE - 4; j++)
            ck_assert(
                (in.entities[i]->component == in.entities[j]->component) ==
                (reaches[i][j] && reaches[j][i]));
}
END_TEST

START_TEST(uses_are_the_externals_that_are_reached)
{
    bool reaches[RANDOM_SIZE][RANDOM_SIZE];
    graph in = make_random((uint32_t)_i);

    compute(&in, true);

    find_reached(&in, reaches);
    for (size_t j = RANDOM_SIZE - 4; j < RANDOM_SIZE; j++) {
        bool is_reached = false;
        for (size_t i = 0; i < RANDOM_SIZE - 4; i++)
            is_reached |= reaches[i][j];
        for (size_t i = 0; i < RANDOM_SIZE - 4 && is_reached; i++)
            ck_assert(uses(&in, in.entities[i], in.entities[j]) ==
                      reaches[i][j]);
    }
}
END_TEST

START_TEST(a_change_shows_where_it_is_reached_and_nowhere_else)
{
    bool reaches[RANDOM_SIZE][RANDOM_SIZE];
    graph a = make_random((uint32_t)_i), b = make_random((uint32_t)_i);
    size_t changed = random_below(RANDOM_SIZE);
    b.entities[changed]->own.high++;

    compute(&a, false);
    compute(&b, true);

    find_reached(&a, reaches);
    for (size_t i = 0; i < RANDOM_SIZE - 4; i++)
        ck_assert(is_same(a.entities[i]->combined, b.entities[i]->combined) ==
                  !reaches[i][changed]);
}
END_TEST

/* ---- large graphs ---------------------------------------------------------
 */

#define DEEP ((size_t)1000000)

START_TEST(a_chain_of_a_million_functions_needs_no_stack)
{
    graph in = {.count = 0};
    gen_entity *chain = make_chain(&in, DEEP, false);

    gen_closure_compute(arena, &in.file);

    ck_assert_uint_eq(chain[0].component, DEEP);
    ck_assert_uint_eq(chain[DEEP - 1].component, 1);
}
END_TEST

START_TEST(a_cycle_of_a_million_functions_is_one_component)
{
    graph in = {.count = 0};
    gen_entity *chain = make_chain(&in, DEEP, true);

    gen_closure_compute(arena, &in.file);

    size_t in_first = 0;
    for (size_t i = 0; i < DEEP; i++)
        in_first += chain[i].component == 1;
    ck_assert_uint_eq(in_first, DEEP);
    ck_assert(!is_same(chain[0].combined, chain[DEEP - 1].combined));
}
END_TEST

/* ---- externals ------------------------------------------------------------
 */

START_TEST(externals_are_what_others_may_define_by_name)
{
    sample s = make_sample();
    gen_entity *twin = add_external(&s.graph, "log_line");
    gen_entity *settings = add_external(&s.graph, "a_setting");
    gen_entity *unused = add_external(&s.graph, "unused");
    settings->kind = GEN_ENTITY_VARIABLE;
    s.expect->is_replaceable = true;
    gen_entity *type = add(&s.graph, GEN_ENTITY_TYPE, "incomplete");
    type->is_defined = false;
    name(&s.graph, s.other, twin, settings, type, NULL);
    (void)unused;

    compute(&s.graph, false);

    ck_assert_uint_eq(s.graph.file.external_count, 3);
    ck_assert_str_eq(s.graph.file.externals[0]->name, "a_setting");
    ck_assert_str_eq(s.graph.file.externals[1]->name, "expect");
    ck_assert_str_eq(s.graph.file.externals[2]->name, "log_line");
    ck_assert(uses(&s.graph, s.load, s.expect));
    ck_assert(!uses(&s.graph, s.load, settings));
    ck_assert(uses(&s.graph, s.other, settings));
}
END_TEST

START_TEST(a_replaceable_function_is_external_only_where_it_is_reached)
{
    sample s = make_sample();
    s.other->is_replaceable = true;

    compute(&s.graph, false);

    ck_assert_uint_eq(s.graph.file.external_count, 1);
    ck_assert(!uses(&s.graph, s.other, s.log_line));
}
END_TEST

START_TEST(what_a_file_exports_may_be_defined_elsewhere_too)
{
    sample s = make_sample();
    s.parse->is_static = false;
    s.parse->is_listed = true;
    name(&s.graph, s.parse, s.log_line, NULL);
    sample hidden = make_sample();
    hidden.parse->is_static = false;
    hidden.parse->is_listed = hidden.parse->is_hidden = true;

    compute(&s.graph, false);
    compute(&hidden.graph, false);

    ck_assert_uint_eq(s.graph.file.external_count, 2);
    ck_assert_str_eq(s.graph.file.externals[1]->name, "parse");
    ck_assert(uses(&s.graph, s.load, s.parse));
    ck_assert(uses(&s.graph, s.expect, s.parse));
    ck_assert(!uses(&s.graph, s.other, s.log_line));
    ck_assert(uses(&s.graph, s.parse, s.log_line));
    ck_assert_uint_eq(hidden.graph.file.external_count, 1);
}
END_TEST

START_TEST(many_externals_are_told_apart)
{
    graph in = {.count = 0};
    gen_entity *all = add_function(&in, "all");
    gen_entity *externals = GEN_NEW_ARRAY(arena, gen_entity, 200);
    gen_entity *owners = GEN_NEW_ARRAY(arena, gen_entity, 200);
    gen_reference *references = GEN_NEW_ARRAY(arena, gen_reference, 400);
    for (size_t i = 0; i < 200; i++) {
        externals[i].name = gen_arena_format(arena, "x%03zu", i);
        owners[i].is_defined = true;
        references[i].entity = &externals[i];
        owners[i].references = &references[i];
        owners[i].reference_count = 1;
        references[200 + i].entity = &owners[i];
    }
    all->references = references + 200;
    all->reference_count = 200;

    compute(&in, false);

    ck_assert_uint_eq(in.file.external_count, 200);
    for (size_t i = 0; i < 200; i++) {
        ck_assert(uses(&in, all, &externals[i]));
        for (size_t j = 0; j < 200; j++)
            ck_assert(uses(&in, &owners[i], &externals[j]) == (i == j));
    }
}
END_TEST

START_TEST(functions_that_add_no_external_share_one_set)
{
    sample s = make_sample();
    gen_entity *caller = add_function(&s.graph, "caller");
    name(&s.graph, caller, s.load, s.other, NULL);

    compute(&s.graph, false);

    ck_assert_ptr_eq(caller->uses, s.load->uses);
    ck_assert_ptr_eq(s.parse->uses, s.other->uses);
    ck_assert_ptr_ne(s.parse->uses, s.load->uses);
}
END_TEST

START_TEST(a_file_that_owns_nothing_has_no_externals)
{
    graph in = {.count = 0};

    compute(&in, false);

    ck_assert_uint_eq(in.file.external_count, 0);
}
END_TEST

/* ---- the suite ------------------------------------------------------------
 */

static void add_hash_tests(Suite *suite)
{
    TCase *tests = tcase_create("hashes");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, equal_graphs_have_equal_hashes_in_any_order);
    tcase_add_test(tests, hashes_are_the_same_on_every_machine);
    tcase_add_test(tests, an_unrelated_entity_changes_no_hash);
    tcase_add_loop_test(tests, changing_an_entity_changes_those_that_reach_it,
                        0, 9);
    tcase_add_test(tests, all_of_a_graph_have_different_hashes);
    tcase_add_test(tests, a_new_use_of_a_known_thing_changes_the_hash);
    tcase_add_test(tests, only_functions_of_one_cycle_share_a_component);
    tcase_add_test(tests, a_system_thing_counts_without_what_it_names);
    tcase_add_test(
        tests, a_function_declared_by_the_system_and_defined_here_counts_whole);
    tcase_add_test(tests, a_replaceable_function_counts_by_name_but_for_itself);
    tcase_add_test(tests, a_replaceable_function_of_another_name_is_another);
    tcase_add_test(tests, one_member_more_of_equal_text_is_another_cycle);
    tcase_add_loop_test(tests, a_component_is_what_reaches_each_other, 0, 50);
    tcase_add_loop_test(tests, uses_are_the_externals_that_are_reached, 0, 50);
    tcase_add_loop_test(
        tests, a_change_shows_where_it_is_reached_and_nowhere_else, 0, 50);
    suite_add_tcase(suite, tests);
}

static void add_size_tests(Suite *suite)
{
    TCase *tests = tcase_create("sizes");

    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, a_chain_of_a_million_functions_needs_no_stack);
    tcase_add_test(tests, a_cycle_of_a_million_functions_is_one_component);
    suite_add_tcase(suite, tests);
}

static void add_external_tests(Suite *suite)
{
    TCase *tests = tcase_create("externals");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, externals_are_what_others_may_define_by_name);
    tcase_add_test(tests,
                   a_replaceable_function_is_external_only_where_it_is_reached);
    tcase_add_test(tests, what_a_file_exports_may_be_defined_elsewhere_too);
    tcase_add_test(tests, many_externals_are_told_apart);
    tcase_add_test(tests, functions_that_add_no_external_share_one_set);
    tcase_add_test(tests, a_file_that_owns_nothing_has_no_externals);
    suite_add_tcase(suite, tests);
}

Suite *memo_test_suite(void);

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("closure");

    add_hash_tests(suite);
    add_size_tests(suite);
    add_external_tests(suite);
    return suite;
}
