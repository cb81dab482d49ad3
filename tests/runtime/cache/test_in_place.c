/* Values with pointers that a call changes in place: a hit makes the same
 * change to another value that is equal, and only that. */
#include "cache/in_place.h"

#include "cache/key.h"
#include "cache/value.h"
#include "deep_types.h"
#include "fixture.h"

#include <check.h>

Suite *memo_test_suite(void);

static const memo_budget no_budget = {UINT64_MAX, UINT64_MAX};

/* ---- functions ----------------------------------------------------------- */

#define CHANGES(type, ...)                                                     \
    {                                                                          \
        .name = "change", .flags = MEMO_VALUE_IS_DEEP,                         \
        .parameter_count = sizeof type##_list / sizeof *type##_list,           \
        .parameters = type##_list, __VA_ARGS__                                 \
    }
#define IN_PLACE(name, type)                                                   \
    {                                                                          \
        name, &type, MEMO_BY_ELEMENTS, MEMO_IN_OUT                             \
    }

static const struct memo_parameter item_list[] = {IN_PLACE("at", type_item)};
static const struct memo_parameter table_list[] = {IN_PLACE("at", type_table)};
static const struct memo_parameter spans_list[] = {IN_PLACE("at", type_spans)};
static const struct memo_parameter address_list[] = {
    IN_PLACE("at", type_item), {"other", NULL, MEMO_BY_ADDRESS, MEMO_IN}};
static const struct memo_parameter two_list[] = {
    IN_PLACE("a", type_item),
    IN_PLACE("b", type_item),
    {"in", &type_item, MEMO_BY_ELEMENTS, MEMO_IN},
    {"out", &type_int, MEMO_BY_ELEMENTS, MEMO_OUT}};

static const struct memo_function changes_list = CHANGES(item, 0);
static const struct memo_function changes_table = CHANGES(table, 0);
static const struct memo_function changes_spans = CHANGES(spans, 0);
static const struct memo_function changes_and_hangs_on = CHANGES(address, 0);
static const struct memo_function changes_two = CHANGES(two, 0);
static const struct memo_function finds_item = CHANGES(
    item, .result_kind = MEMO_RESULT_ELEMENTS, .result_type = &type_item);

/* ---- helpers ------------------------------------------------------------- */

/* What the body did to `arguments`, as bytes; those before it are `before`,
 * which is gone afterwards. */
static memo_value_appending keep(memo_sink *sink, memo_before *before,
                                 const struct memo_function *function,
                                 const struct memo_argument *arguments,
                                 void *result)
{
    memo_value_appending outcome;

    ck_assert_ptr_nonnull(before);
    *sink = memo_sink_growing(UINT64_MAX);
    outcome = memo_value_append(
        sink, &(memo_computed){function, arguments, result, 1, before},
        no_budget);
    memo_before_destroy(before);
    return outcome;
}

static memo_before *look(const struct memo_function *function,
                         const struct memo_argument *arguments)
{
    return memo_before_take(function, arguments, UINT64_MAX);
}

static memo_value_outcome hand_out(const memo_sink *from,
                                   const struct memo_function *function,
                                   const struct memo_argument *arguments)
{
    return memo_value_decode(from->bytes, from->size, function, arguments, NULL,
                             no_budget);
}

/* Only whether it can be kept. */
static memo_value_appending judge(memo_before *before,
                                  const struct memo_function *function,
                                  const struct memo_argument *arguments)
{
    memo_sink sink;
    memo_value_appending outcome =
        keep(&sink, before, function, arguments, NULL);

    free(sink.bytes);
    return outcome;
}

static memo_key_outcome build(const struct memo_function *function,
                              const struct memo_argument *arguments)
{
    memo_key key;

    return memo_key_build(&key, function, arguments, no_budget);
}

/* ---- what a hit does ----------------------------------------------------- */

START_TEST(pieces_stay_where_they_are)
{
    struct item c = {3, NULL}, b = {2, &c}, a = {1, &b};
    struct item third = {3, NULL}, second = {2, &third}, first = {1, &second};
    struct memo_argument argument = {&a, 1}, other = {&first, 1};
    memo_before *before = look(&changes_list, &argument);
    memo_sink sink;

    a.next = &c; /* the list is turned around behind its first item */
    c.next = &b;
    b.next = NULL;
    b.number = 20;
    ck_assert_int_eq(keep(&sink, before, &changes_list, &argument, NULL),
                     MEMO_VALUE_APPENDED);
    ck_assert_int_eq(hand_out(&sink, &changes_list, &other),
                     MEMO_VALUE_DECODED);

    ck_assert_ptr_eq(first.next, &third);
    ck_assert_ptr_eq(third.next, &second);
    ck_assert_ptr_null(second.next);
    ck_assert_int_eq(second.number, 20);
    free(sink.bytes);
}
END_TEST

START_TEST(new_pieces_are_the_callers)
{
    struct item added = {2, NULL}, a = {1, NULL}, first = {1, NULL};
    struct memo_argument argument = {&a, 1}, other = {&first, 1};
    memo_before *before = look(&changes_list, &argument);
    memo_sink sink;

    a.next = &added;
    ck_assert_int_eq(keep(&sink, before, &changes_list, &argument, NULL),
                     MEMO_VALUE_APPENDED);
    ck_assert_int_eq(hand_out(&sink, &changes_list, &other),
                     MEMO_VALUE_DECODED);

    ck_assert_ptr_ne(first.next, &added);
    ck_assert_int_eq(first.next->number, 2);
    free(first.next);
    free(sink.bytes);
}
END_TEST

/* Literals cannot be written. */
START_TEST(what_did_not_change_is_not_written)
{
    static const double cells[] = {1, 2};
    char *label = NULL, *other_label = NULL;
    struct table table = {1, 1, (double[]){1}, &label, (char *)(intptr_t) "t"};
    struct table other = {1, 1, (double *)(intptr_t)cells, &other_label,
                          (char *)(intptr_t) "t"};
    struct memo_argument argument = {&table, 1}, elsewhere = {&other, 1};
    memo_before *before = look(&changes_table, &argument);
    memo_sink sink;

    label = (char *)(intptr_t) "label";
    ck_assert_int_eq(keep(&sink, before, &changes_table, &argument, NULL),
                     MEMO_VALUE_APPENDED);
    ck_assert_int_eq(hand_out(&sink, &changes_table, &elsewhere),
                     MEMO_VALUE_DECODED);
    ck_assert_str_eq(other_label, "label");
    ck_assert_ptr_eq(other.cells, cells);
    free(other_label);
    free(sink.bytes);
}
END_TEST

START_TEST(padding_and_fields_that_do_not_count_stay)
{
    struct {
        struct item item;
        int beside;
    } from = {{1, NULL}, 0}, to = {{1, NULL}, 7};
    struct memo_argument argument = {&from, 1}, other = {&to, 1};
    unsigned char *padding = (unsigned char *)&to.item + sizeof(int);
    memo_before *before;
    memo_sink sink;

    *padding = 0xEE;
    before = look(&changes_list, &argument);
    from.item.number = 2;
    ck_assert_int_eq(keep(&sink, before, &changes_list, &argument, NULL),
                     MEMO_VALUE_APPENDED);
    ck_assert_int_eq(hand_out(&sink, &changes_list, &other),
                     MEMO_VALUE_DECODED);

    ck_assert_int_eq(to.item.number, 2);
    ck_assert_uint_eq(*padding, 0xEE);
    free(sink.bytes);
}
END_TEST

struct counted {
    _Alignas(64) int number;
    int uses; /* ignored */
    unsigned flag : 1;
    int *values; /* len(2) */
};

static memo_u64 get_flag_bit(const void *object)
{
    ck_assert_uint_eq((uintptr_t)object % 64, 0);
    return ((const struct counted *)object)->flag;
}

static void set_flag_bit(void *object, memo_u64 bits)
{
    ck_assert_uint_eq((uintptr_t)object % 64, 0);
    ((struct counted *)object)->flag = bits & 1;
}

static memo_u64 counted_count_values(const void *object)
{
    (void)object;
    return 2;
}

static const struct memo_field counted_fields[] = {
    FIELD(counted, number, type_int),
    {"flag", &type_unsigned, 0, 1, get_flag_bit, set_flag_bit, NULL},
    COUNTED(counted, values, type_ints, 1)};
static const struct memo_type type_counted = DEEP(counted, counted_fields);
static const struct memo_parameter counted_list[] = {
    IN_PLACE("at", type_counted)};
static const struct memo_function changes_counted = CHANGES(counted, 0);

START_TEST(fields_that_are_left_out_stay)
{
    int values[2] = {1, 2}, others[2] = {1, 2};
    struct counted from = {1, 10, 0, values}, to = {1, 77, 0, others};
    struct memo_argument argument = {&from, 1}, other = {&to, 1};
    memo_before *before = look(&changes_counted, &argument);
    memo_sink sink;

    from.number = 2;
    from.flag = 1;
    values[1] = 5;
    ck_assert_int_eq(keep(&sink, before, &changes_counted, &argument, NULL),
                     MEMO_VALUE_APPENDED);
    ck_assert_int_eq(hand_out(&sink, &changes_counted, &other),
                     MEMO_VALUE_DECODED);

    ck_assert_int_eq(to.number, 2);
    ck_assert_uint_eq(to.flag, 1);
    ck_assert_int_eq(to.uses, 77);
    ck_assert_int_eq(others[1], 5);
    free(sink.bytes);
}
END_TEST

START_TEST(null_stays_null)
{
    struct memo_argument argument = {NULL, 1};
    memo_before *before = look(&changes_list, &argument);
    memo_sink sink;

    ck_assert_int_eq(keep(&sink, before, &changes_list, &argument, NULL),
                     MEMO_VALUE_APPENDED);
    ck_assert_int_eq(hand_out(&sink, &changes_list, &argument),
                     MEMO_VALUE_DECODED);
    free(sink.bytes);
}
END_TEST

/* ---- what is not kept ---------------------------------------------------- */

START_TEST(a_piece_that_is_gone_is_not_kept)
{
    struct item b = {2, NULL}, a = {1, &b}, instead = {2, NULL};
    struct memo_argument argument = {&a, 1};
    memo_before *before = look(&changes_list, &argument);

    a.next = _i == 0 ? NULL : &instead;
    ck_assert_int_eq(judge(before, &changes_list, &argument),
                     MEMO_VALUE_REPLACED);
}
END_TEST

/* What is behind the new end can be looked at, or may be gone. */
START_TEST(a_piece_of_another_size_is_not_kept)
{
    char title[] = "title";
    double cells[4] = {1, 2, 3, 4};
    struct table table = {2, 1, cells, NULL, title};
    struct memo_argument argument = {&table, 1};
    memo_before *before = look(&changes_table, &argument);

    if (_i == 2)
        title[2] = '\0';
    else
        table.rows = _i == 0 ? 1 : 3;
    ck_assert_int_eq(judge(before, &changes_table, &argument),
                     MEMO_VALUE_REPLACED);
}
END_TEST

START_TEST(what_was_only_an_address_is_told_apart)
{
    struct item hung_on = {2, NULL}, a = {1, NULL};
    struct memo_argument arguments[] = {{&a, 1}, {&hung_on, 1}};
    memo_before *before = look(&changes_and_hangs_on, arguments);

    a.next = &hung_on;
    ck_assert_int_eq(judge(before, &changes_and_hangs_on, arguments),
                     MEMO_VALUE_TANGLED);
}
END_TEST

START_TEST(a_result_that_leads_into_it_is_not_kept)
{
    struct item b = {2, NULL}, a = {1, &b}, *found = &b;
    struct memo_argument argument = {&a, 1};
    memo_before *before = look(&finds_item, &argument);
    memo_sink sink;

    ck_assert_int_eq(keep(&sink, before, &finds_item, &argument, &found),
                     MEMO_VALUE_TANGLED);
    free(sink.bytes);
}
END_TEST

START_TEST(without_a_look_before_nothing_is_kept)
{
    struct item a = {1, NULL};
    struct memo_argument argument = {&a, 1};
    memo_sink sink = memo_sink_growing(UINT64_MAX);

    ck_assert_int_eq(
        memo_value_append(
            &sink, &(memo_computed){&changes_list, &argument, NULL, 1, NULL},
            no_budget),
        MEMO_VALUE_APPEND_NO_MEMORY);
    ck_assert_ptr_null(memo_before_take(&changes_list, &argument, 0));
}
END_TEST

/* ---- keys ---------------------------------------------------------------- */

START_TEST(shared_texts_are_another_key)
{
    char text[] = "same", again[] = "same";
    char *apart[] = {text, again}, *shared[] = {text, text};
    struct table table = {0, 2, NULL, apart, NULL};
    struct memo_argument argument = {&table, 1};
    memo_key first, second;

    memo_key_build(&first, &changes_table, &argument, no_budget);
    table.labels = shared;
    memo_key_build(&second, &changes_table, &argument, no_budget);

    ck_assert(first.size != second.size ||
              memcmp(first.bytes, second.bytes, first.size) != 0);
}
END_TEST

START_TEST(arguments_that_share_memory_run_uncached)
{
    struct item last = {3, NULL}, a = {1, NULL}, b = {1, NULL}, in = {1, NULL};
    int numbers[2] = {0, 0};
    struct memo_argument arguments[] = {
        {&a, 1}, {&b, 1}, {&in, 1}, {numbers, 2}};

    ck_assert_int_eq(build(&changes_two, arguments), MEMO_KEY_BUILT);
    a.next = &last;
    b.next = _i == 0 ? &last : NULL;
    in.next = _i == 1 ? &last : NULL;
    if (_i == 2)
        arguments[3] = (struct memo_argument){&last.number, 1};
    ck_assert_int_eq(build(&changes_two, arguments), MEMO_KEY_ALIASED);
}
END_TEST

START_TEST(pieces_that_overlap_run_uncached)
{
    int room[4] = {1, 2, 3, 4};
    struct spans spans = {3, 3, room, room + 1};
    struct memo_argument argument = {&spans, 1};

    ck_assert_int_eq(build(&changes_spans, &argument), MEMO_KEY_ALIASED);
}
END_TEST

/* The length of `out` was not known for the key. */
START_TEST(an_output_that_turns_out_to_be_long_is_not_written)
{
    struct {
        int numbers[2];
        struct item item;
    } room = {{0, 0}, {3, NULL}};
    struct item a = {1, NULL}, b = {1, NULL}, in = {1, NULL};
    int numbers[8] = {1, 2, 3, 4, 5, 6, 7, 8};
    struct memo_argument computed[] = {
        {&a, 1}, {&b, 1}, {&in, 1}, {numbers, 8}};
    struct memo_argument arguments[] = {
        {&a, 1}, {&b, 1}, {&in, 1}, {room.numbers, MEMO_COUNT_LATER}};
    memo_before *before;
    memo_sink sink;

    a.next = &room.item;
    before = look(&changes_two, computed);
    ck_assert_int_eq(keep(&sink, before, &changes_two, computed, NULL),
                     MEMO_VALUE_APPENDED);
    ck_assert_int_eq(hand_out(&sink, &changes_two, arguments),
                     MEMO_VALUE_ALIASED);
    ck_assert_int_eq(room.item.number, 3);
    free(sink.bytes);
}
END_TEST

/* ---- bytes that somebody made up ----------------------------------------- */

/* Free what a list leads to but for its first two items. */
static void free_new(struct item *first, const struct item *second)
{
    memo_pieces pieces;

    memo_pieces_init(&pieces);
    memo_graph_find_pieces(&pieces, &type_item, first, 1, UINT64_MAX);
    for (size_t i = 1; i < pieces.count; i++) {
        if (pieces.items[i].at != (const unsigned char *)second)
            free(pieces.items[i].at);
    }
    memo_pieces_finish(&pieces);
}

START_TEST(no_byte_of_it_is_trusted)
{
    struct item added = {9, NULL}, b = {2, NULL}, a = {1, &b};
    struct memo_argument argument = {&a, 1};
    memo_before *before = look(&changes_list, &argument);
    memo_sink sink;
    int decoded = 0;

    b.next = &added;
    ck_assert_int_eq(keep(&sink, before, &changes_list, &argument, NULL),
                     MEMO_VALUE_APPENDED);
    for (size_t i = 0; i < sink.size; i++) {
        for (unsigned value = 0; value < 256; value++) {
            struct item last = {2, NULL}, first = {1, &last};
            struct memo_argument other = {&first, 1};
            unsigned char saved = sink.bytes[i];

            sink.bytes[i] = (unsigned char)value;
            if (hand_out(&sink, &changes_list, &other) == MEMO_VALUE_DECODED) {
                free_new(&first, &last);
                decoded++;
            } else {
                ck_assert_int_eq(first.number, 1);
                ck_assert_ptr_eq(first.next, &last);
                ck_assert_ptr_null(last.next);
            }
            sink.bytes[i] = saved;
        }
    }
    ck_assert_int_gt(decoded, 0);
    for (size_t size = 0; size < sink.size; size++) {
        struct item last = {2, NULL}, first = {1, &last};
        struct memo_argument other = {&first, 1};

        ck_assert_int_eq(memo_value_decode(sink.bytes, size, &changes_list,
                                           &other, NULL, no_budget),
                         MEMO_VALUE_MALFORMED);
    }
    free(sink.bytes);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("cache.in_place");
    TCase *hits = tcase_create("hits"), *kept = tcase_create("kept");
    TCase *keys = tcase_create("keys"), *bytes = tcase_create("bytes");

    tcase_add_test(hits, pieces_stay_where_they_are);
    tcase_add_test(hits, new_pieces_are_the_callers);
    tcase_add_test(hits, what_did_not_change_is_not_written);
    tcase_add_test(hits, padding_and_fields_that_do_not_count_stay);
    tcase_add_test(hits, fields_that_are_left_out_stay);
    tcase_add_test(hits, null_stays_null);
    suite_add_tcase(suite, hits);
    tcase_add_loop_test(kept, a_piece_that_is_gone_is_not_kept, 0, 2);
    tcase_add_loop_test(kept, a_piece_of_another_size_is_not_kept, 0, 3);
    tcase_add_test(kept, what_was_only_an_address_is_told_apart);
    tcase_add_test(kept, a_result_that_leads_into_it_is_not_kept);
    tcase_add_test(kept, without_a_look_before_nothing_is_kept);
    suite_add_tcase(suite, kept);
    tcase_add_test(keys, shared_texts_are_another_key);
    tcase_add_loop_test(keys, arguments_that_share_memory_run_uncached, 0, 3);
    tcase_add_test(keys, pieces_that_overlap_run_uncached);
    tcase_add_test(keys, an_output_that_turns_out_to_be_long_is_not_written);
    suite_add_tcase(suite, keys);
    tcase_add_test(bytes, no_byte_of_it_is_trusted);
    suite_add_tcase(suite, bytes);
    return suite;
}
