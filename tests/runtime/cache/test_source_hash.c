/* test_source_hash.c -- graphs of sources, made by hand, and their hashes. */
#include "fixture.h"

#include "cache/source_hash.h"

#include <check.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

/* parse uses table and parse_row, which uses parse again and strtod. */
typedef struct {
    struct memo_source load, parse, row, table;
    const char *load_names[1], *parse_names[2], *row_names[2];
    struct memo_source *load_uses[1], *parse_uses[2], *row_uses[2];
    struct memo_function function;
} graph;

static void make(graph *g)
{
    *g = (graph){
        .load = {"load", {1, 2}, "gcc", 1, 0, g->load_names, g->load_uses},
        .parse = {"parse", {3, 4}, "gcc", 2, 0, g->parse_names, g->parse_uses},
        .row = {"row", {5, 6}, "gcc", 2, 0, g->row_names, g->row_uses},
        .table = {"table", {7, 8}, "gcc", 0, 0, NULL, NULL},
        .load_names = {"parse"},
        .load_uses = {&g->parse},
        .parse_names = {"row", "table"},
        .parse_uses = {&g->row, &g->table},
        .row_names = {"parse", "strtod"},
        .row_uses = {&g->parse, NULL},
        .function = {WORD_FUNCTION("load"), .salt = "", .source = &g->load},
    };
}

static memo_digest digest_of(const graph *g)
{
    memo_digest digest = {0, 0};

    ck_assert(memo_digest_source(&digest, &g->function));
    return digest;
}

static bool is_same(memo_digest a, memo_digest b)
{
    return a.low == b.low && a.high == b.high;
}

/* ---- the hash ----------------------------------------------------------- */

START_TEST(equal_graphs_at_other_addresses_have_the_same_hash)
{
    static graph a, b;

    make(&a);
    make(&b);
    b.function.ttl_ns = 5;
    b.function.max_entries = 7;
    b.function.options = "ttl=5ns, max_entries=7";

    ck_assert(is_same(digest_of(&a), digest_of(&b)));
}
END_TEST

/* The form of the hash is kept in stores: it may not change by accident. */
START_TEST(the_hash_is_the_same_in_every_process)
{
    static graph g;
    memo_digest digest;

    make(&g);
    digest = digest_of(&g);

    ck_assert_msg(digest.high == 0xf3cf3dbe61ed4411u &&
                      digest.low == 0x8479f23e472e5316u,
                  "0x%016llxu, 0x%016llxu", (unsigned long long)digest.high,
                  (unsigned long long)digest.low);
}
END_TEST

static void change_root(graph *g)
{
    g->load.hash[0]++;
}
static void change_leaf(graph *g)
{
    g->table.hash[1]++;
}
static void change_in_cycle(graph *g)
{
    g->row.hash[1]++;
}
static void change_build(graph *g)
{
    g->row.build = "clang";
}
static void change_name(graph *g)
{
    g->row_names[1] = "strtof";
}
static void lose_definition(graph *g)
{
    g->parse_uses[1] = NULL;
}
static void gain_definition(graph *g)
{
    g->row_uses[1] = &g->table;
}
static void swap_hashes(graph *g)
{
    struct memo_source table = g->table;

    memcpy(g->table.hash, g->row.hash, sizeof table.hash);
    memcpy(g->row.hash, table.hash, sizeof table.hash);
}
static void end_cycle(graph *g)
{
    g->row_uses[0] = &g->table;
}
static void change_salt(graph *g)
{
    g->function.salt = "version=\"2\"";
}
static void rename_function(graph *g)
{
    g->function.name = "other";
}
static void ignore_code(graph *g)
{
    g->function.flags = MEMO_CODE_IGNORED;
}

static void (*const changes[])(graph *) = {
    change_root, change_leaf,     change_in_cycle, change_build,
    change_name, lose_definition, gain_definition, swap_hashes,
    end_cycle,   change_salt,     rename_function, ignore_code,
};
enum { CHANGE_COUNT = sizeof changes / sizeof changes[0] };

START_TEST(every_change_gives_another_hash)
{
    static graph g;
    memo_digest digests[CHANGE_COUNT + 1];

    for (int i = 0; i < CHANGE_COUNT; i++) {
        make(&g);
        changes[i](&g);
        digests[i] = digest_of(&g);
    }
    make(&g);
    digests[CHANGE_COUNT] = digest_of(&g);

    for (int i = 0; i <= CHANGE_COUNT; i++) {
        for (int k = 0; k < i; k++)
            ck_assert_msg(!is_same(digests[i], digests[k]), "%d and %d", k, i);
    }
}
END_TEST

START_TEST(code_that_is_ignored_does_not_count_but_options_do)
{
    static graph plain, changed;
    memo_digest before;

    make(&plain);
    make(&changed);
    plain.function.flags = changed.function.flags = MEMO_CODE_IGNORED;
    change_root(&changed);
    change_build(&changed);
    before = digest_of(&plain);
    ck_assert(is_same(before, digest_of(&changed)));
    change_salt(&changed);

    ck_assert(!is_same(before, digest_of(&changed)));
}
END_TEST

START_TEST(a_function_without_a_source_or_options_has_a_hash)
{
    struct memo_function function = {WORD_FUNCTION("f")};
    memo_digest digest;

    ck_assert(memo_digest_source(&digest, &function));

    ck_assert(digest.low != 0);
}
END_TEST

/* ---- the walk ----------------------------------------------------------- */

static bool note_source(void *context, const struct memo_source *source)
{
    strcat(context, source->name);
    strcat(context, " ");
    return true;
}

static bool note_again(void *context, size_t number)
{
    sprintf((char *)context + strlen(context), "=%zu ", number);
    return true;
}

static bool note_name(void *context, const char *name)
{
    strcat(context, "?");
    strcat(context, name);
    strcat(context, " ");
    return true;
}

START_TEST(a_walk_goes_depth_first_and_comes_back)
{
    static graph g;
    char text[200] = "";
    memo_graph_visitor visitor = {text, note_source, note_again, note_name};

    make(&g);

    ck_assert(memo_walk_sources(&g.load, &visitor));

    ck_assert_str_eq(text, "load parse row =1 ?strtod table ");
}
END_TEST

static bool refuse(void *context, const char *name)
{
    (void)context;
    (void)name;
    return false;
}

START_TEST(a_visitor_may_end_the_walk)
{
    static graph g;
    char text[200] = "";
    memo_graph_visitor visitor = {text, note_source, NULL, refuse};

    make(&g);

    ck_assert(!memo_walk_sources(&g.load, &visitor));

    ck_assert_str_eq(text, "load parse row ");
}
END_TEST

static bool count_source(void *context, const struct memo_source *source)
{
    (void)source;
    ++*(size_t *)context;
    return true;
}

/* Each uses the next one and the first one. */
START_TEST(a_deep_chain_takes_no_stack)
{
    enum { SIZE = 300000 };
    struct memo_source *chain = calloc(SIZE, sizeof *chain);
    struct memo_source **uses = calloc(2 * SIZE, sizeof(void *));
    static const char *const names[] = {"f", "f"};
    size_t count = 0;
    memo_graph_visitor visitor = {&count, count_source, NULL, note_name};

    for (size_t i = 0; i < SIZE; i++) {
        uses[2 * i] = &chain[(i + 1) % SIZE];
        uses[2 * i + 1] = chain;
        chain[i] =
            (struct memo_source){"f", {i, 1}, "", 2, 0, names, uses + 2 * i};
    }

    ck_assert(memo_walk_sources(chain, &visitor));

    ck_assert_uint_eq(count, SIZE);
    free(chain);
    free(uses);
}
END_TEST

static graph shared_graph;

static void *digest_often(void *out)
{
    for (int i = 0; i < 200; i++)
        memo_digest_source(out, &shared_graph.function);
    return NULL;
}

START_TEST(threads_may_hash_one_graph_at_once)
{
    enum { THREADS = 4 };
    pthread_t threads[THREADS];
    memo_digest digests[THREADS], expected;

    make(&shared_graph);
    expected = digest_of(&shared_graph);
    for (int i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, digest_often, &digests[i]);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);

    for (int i = 0; i < THREADS; i++)
        ck_assert(is_same(digests[i], expected));
}
END_TEST

Suite *memo_test_suite(void);

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("source_hash");
    TCase *tests = tcase_create("hash");

    tcase_add_test(tests, equal_graphs_at_other_addresses_have_the_same_hash);
    tcase_add_test(tests, the_hash_is_the_same_in_every_process);
    tcase_add_test(tests, every_change_gives_another_hash);
    tcase_add_test(tests, code_that_is_ignored_does_not_count_but_options_do);
    tcase_add_test(tests, a_function_without_a_source_or_options_has_a_hash);
    suite_add_tcase(suite, tests);
    tests = tcase_create("walk");
    tcase_add_test(tests, a_walk_goes_depth_first_and_comes_back);
    tcase_add_test(tests, a_visitor_may_end_the_walk);
    tcase_add_test(tests, a_deep_chain_takes_no_stack);
    tcase_add_test(tests, threads_may_hash_one_graph_at_once);
    suite_add_tcase(suite, tests);
    return suite;
}
