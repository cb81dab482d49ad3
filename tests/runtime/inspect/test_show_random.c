/* Values of types that are made up at random: all of them can be shown, with
 * the facts as they are and with damage. */
#include "../cache/random_values.h"
#include "test_show.h"

#include "inspect/show_layout.h"

Suite *memo_test_suite(void);

static int value_count(void)
{
    const char *depth = getenv("MEMO_TEST_DEPTH");

    if (depth && strcmp(depth, "deep") == 0)
        return 50;
    return depth && strcmp(depth, "quick") == 0 ? 1 : 2;
}

/* A function that takes one and returns one. */
typedef struct {
    struct memo_parameter parameter;
    struct memo_function function;
    char *facts;
} subject;

static void begin(subject *of, const struct memo_type *type)
{
    of->parameter =
        (struct memo_parameter){"v", type, MEMO_BY_ELEMENTS, MEMO_IN};
    of->function = (struct memo_function){.parameter_count = 1,
                                          .parameters = &of->parameter,
                                          .flags = MEMO_VALUE_IS_DEEP,
                                          .result_kind = MEMO_RESULT_ELEMENTS,
                                          .result_type = type};
    of->facts = memo_describe(&of->function);
    ck_assert_ptr_nonnull(of->facts);
}

/* Both forms, whole and damaged. */
static void check_shown(show_function *show, const char *facts,
                        const unsigned char *bytes, size_t size,
                        uint64_t *state)
{
    unsigned char *other = malloc(size + 1);

    for (int form = 0; form < 2; form++) {
        shown out = show_bytes(show, (memo_show_form)form, facts, bytes, size);

        ck_assert_msg(out.is_whole, "%s", out.text);
        ck_assert_ptr_null(strstr(out.text, "<damaged>"));
        free(out.text);
    }
    for (int i = 0; i < 8 && size > 0; i++) {
        memcpy(other, bytes, size);
        other[random_below(state, size)] = (unsigned char)random_next(state);
        free(show_bytes(show, (memo_show_form)(i % 2), facts, other,
                        i < 4 ? size : random_below(state, size))
                 .text);
    }
    free(other);
}

static void check_tables(const struct memo_function *function,
                         const char *facts)
{
    memo_facts tables;
    char *again;

    ck_assert(memo_facts_read(&tables, facts));
    again = memo_describe(&tables.function);
    ck_assert_str_eq(facts, again);
    ck_assert_uint_eq(function->parameter_count,
                      tables.function.parameter_count);
    free(again);
    memo_facts_finish(&tables);
}

/* What was found is what there is, if it was not given up. */
static void check_pieces(const char *facts, const unsigned char *bytes,
                         size_t size, const memo_computed *from)
{
    memo_sink sink = memo_sink_growing(UINT64_MAX);
    memo_layout layout;
    memo_facts tables;
    memo_pieces pieces;

    memo_pieces_init(&pieces);
    memo_graph_read(&sink, &pieces, from->function->result_type,
                    *(void **)from->result, 1, UINT64_MAX);
    ck_assert(memo_facts_read(&tables, facts));
    memo_layout_value(&layout, &tables, bytes, size);
    if (layout.walk.outcome == MEMO_WALK_ON) {
        ck_assert_uint_eq(layout.walk.piece_count, pieces.count);
        for (size_t i = 0; i < pieces.count; i++)
            ck_assert_uint_eq(layout.walk.pieces[i].count,
                              pieces.items[i].count);
    }
    memo_layout_finish(&layout);
    memo_facts_finish(&tables);
    memo_pieces_finish(&pieces);
    free(sink.bytes);
}

START_TEST(random_values_are_shown)
{
    uint64_t state = (uint64_t)_i;
    static value one;

    for (size_t i = 0; i < TYPES; i++)
        make_type(&state, i);
    for (int i = 0; i < value_count() * TYPES; i++) {
        subject of;
        struct memo_argument argument;
        static memo_key key;
        void *result;
        memo_computed from = {&of.function, &argument, &result, 1, NULL};
        size_t size;
        unsigned char *bytes;

        begin(&of, &types[i % TYPES]);
        check_tables(&of.function, of.facts);
        make_value(&one, &types[i % TYPES], random_next(&state),
                   random_next(&state));
        argument = (struct memo_argument){one.pieces[0].at, 1};
        ck_assert_int_eq(
            memo_key_build(&key, &of.function, &argument, show_budget),
            MEMO_KEY_BUILT);
        check_shown(memo_show_arguments, of.facts, key.bytes, key.size, &state);
        result = one.pieces[0].at;
        argument.data = NULL;
        bytes = memo_value_bytes(&size, &from, show_budget);
        if (bytes) {
            check_shown(memo_show_result, of.facts, bytes, size, &state);
            check_pieces(of.facts, bytes, size, &from);
        }
        free(bytes);
        free_value(&one);
        free(of.facts);
    }
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("show_random");
    TCase *all = tcase_create("all");

    tcase_add_loop_test(all, random_values_are_shown, 1, 4);
    suite_add_tcase(suite, all);
    return suite;
}
