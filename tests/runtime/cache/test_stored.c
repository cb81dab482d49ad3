/* Results that outlive the process: what one computes, another one finds, and
 * nothing that a store may do makes a result wrong. */
#include "deep_types.h"
#include "store_fixture.h"

#include <errno.h>

Suite *memo_test_suite(void);

static _Atomic int runs;

/* ---- functions of all kinds ---------------------------------------------- */

static long square(int n)
{
    runs++;
    return (long)n * n;
}

static int count_bytes(const char *text)
{
    runs++;
    return (int)strlen(text);
}

static char *name_of(int n)
{
    char *name = malloc(32);

    runs++;
    snprintf(name, 32, "number %d", n);
    return name;
}

static void fill_squares(int n, int *out)
{
    runs++;
    for (int i = 0; i < n; i++)
        out[i] = i * i;
}

static void double_all(int *values)
{
    runs++;
    for (int i = 0; i < 3; i++)
        values[i] *= 2;
}

static struct item *push(struct item *list, int number)
{
    struct item *item = malloc(sizeof *item);

    *item = (struct item){number, list};
    return item;
}

static void free_list(struct item *list)
{
    while (list) {
        struct item *next = list->next;

        free(list);
        list = next;
    }
}

/* struct item *f(const struct item *list): in(list[1]). */
static const struct memo_parameter list_parameter[] = {
    {"list", &type_item, MEMO_BY_ELEMENTS, MEMO_IN}};
#define LIST_FUNCTION(title)                                                   \
    .abi = MEMO_ABI, .name = (title), .file = "test.c", .line = 13,            \
    .flags = MEMO_VALUE_IS_DEEP, .parameter_count = 1,                         \
    .parameters = list_parameter, .result_kind = MEMO_RESULT_ELEMENTS,         \
    .result_type = &type_item, .options = "", .version = ""

static struct item *call_reverse(struct memo_function *function,
                                 struct item *list)
{
    struct memo_argument arguments[] = {{list, 1}};
    struct memo_call call;
    struct item *result = NULL;

    memo_begin(&call, function, arguments, &result);
    while (call.runs) {
        runs++;
        for (struct item *at = list; at; at = at->next)
            result = push(result, at->number);
        memo_set_result_count(&call, 1);
        memo_end(&call, function, arguments, &result);
    }
    return result;
}

/* struct table f(int n). */
#define TABLE_FUNCTION(title)                                                  \
    .abi = MEMO_ABI, .name = (title), .file = "test.c", .line = 14,            \
    .flags = MEMO_VALUE_IS_DEEP, .parameter_count = 1,                         \
    .parameters = int_parameter, .result_kind = MEMO_RESULT_VALUE,             \
    .result_type = &type_table, .options = "", .version = ""

static struct table make_table(int n)
{
    struct table made = {1, 2, calloc(2, sizeof(double)),
                         calloc(2, sizeof(char *)), strdup("a table")};

    runs++;
    made.cells[1] = n;
    made.labels[0] = strdup("first");
    return made;
}

static struct table call_table(struct memo_function *function, int n)
{
    struct memo_argument arguments[] = {{&n, 0}};
    struct memo_call call;
    struct table result = {0};

    memo_begin(&call, function, arguments, &result);
    while (call.runs) {
        result = make_table(n);
        memo_end(&call, function, arguments, &result);
    }
    return result;
}

/* ---- each with a check of what it hands out ------------------------------ */

static void check_word(struct memo_function *function)
{
    ck_assert_int_eq(call_word(function, square, -9), 81);
}

static void check_text(struct memo_function *function)
{
    ck_assert_int_eq(call_text(function, count_bytes, "a text"), 6);
}

static void check_name(struct memo_function *function)
{
    char *name = call_name(function, name_of, 3);

    ck_assert_str_eq(name, "number 3");
    free(name);
}

static void check_fill(struct memo_function *function)
{
    int out[4] = {7, 7, 7, 7};

    call_fill(function, fill_squares, 4, out);
    for (int i = 0; i < 4; i++)
        ck_assert_int_eq(out[i], i * i);
}

static void check_update(struct memo_function *function)
{
    int values[] = {1, 2, 3};

    call_update(function, double_all, values);
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(values[i], 2 * (i + 1));
}

static void check_list(struct memo_function *function)
{
    struct item *list = push(push(push(NULL, 3), 2), 1);
    struct item *reversed = call_reverse(function, list);

    ck_assert_int_eq(reversed->number, 3);
    ck_assert_int_eq(reversed->next->number, 2);
    ck_assert_int_eq(reversed->next->next->number, 1);
    ck_assert_ptr_null(reversed->next->next->next);
    free_list(reversed);
    free_list(list);
}

static void check_table(struct memo_function *function)
{
    struct table table = call_table(function, 5);

    ck_assert_uint_eq(table.columns, 2);
    ck_assert_double_eq(table.cells[1], 5);
    ck_assert_str_eq(table.labels[0], "first");
    ck_assert_ptr_null(table.labels[1]);
    ck_assert_str_eq(table.title, "a table");
    free(table.labels[0]);
    free(table.labels);
    free(table.cells);
    free(table.title);
}

#define TWINS(macro, title)                                                    \
    {                                                                          \
        {macro(title), ON_SHELF(here)},                                        \
        {                                                                      \
            macro(title), ON_SHELF(there)                                      \
        }                                                                      \
    }

static struct {
    struct memo_function twins[2];
    void (*check)(struct memo_function *function);
} kinds[] = {
    {TWINS(WORD_FUNCTION, "square"), check_word},
    {TWINS(TEXT_FUNCTION, "count_bytes"), check_text},
    {TWINS(NAME_FUNCTION, "name_of"), check_name},
    {TWINS(FILL_FUNCTION, "fill_squares"), check_fill},
    {TWINS(UPDATE_FUNCTION, "double_all"), check_update},
    {TWINS(LIST_FUNCTION, "reverse"), check_list},
    {TWINS(TABLE_FUNCTION, "make_table"), check_table},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

/* ---- hits ---------------------------------------------------------------- */

START_TEST(another_process_finds_what_was_computed)
{
    struct memo_function *twins = kinds[_i].twins;

    kinds[_i].check(&twins[0]);
    settle();
    kinds[_i].check(&twins[1]);

    ck_assert_int_eq(runs, 1);
    ck_assert_uint_eq(stats_of(&twins[0]).store_hits, 0);
    ck_assert_uint_eq(stats_of(&twins[0]).misses, 1);
    ck_assert_uint_eq(stats_of(&twins[1]).store_hits, 1);
    ck_assert_uint_eq(stats_of(&twins[1]).hits, 1);
    ck_assert_uint_eq(stats_of(&twins[1]).misses, 0);
}
END_TEST

START_TEST(what_was_loaded_is_in_memory_from_then_on)
{
    struct memo_function *twins = kinds[_i].twins;

    kinds[_i].check(&twins[0]);
    settle();
    kinds[_i].check(&twins[1]);
    ck_assert_uint_eq(shelf_read(&shelf.loads), 2);
    for (int i = 0; i < 3; i++) {
        kinds[_i].check(&twins[0]);
        kinds[_i].check(&twins[1]);
    }

    ck_assert_int_eq(runs, 1);
    ck_assert_uint_eq(shelf_read(&shelf.loads), 2);
    ck_assert_uint_eq(stats_of(&twins[1]).hits, 4);
    ck_assert_uint_eq(stats_of(&twins[1]).store_hits, 1);
    ck_assert_uint_eq(stats_of(&twins[1]).entries, 1);
}
END_TEST

START_TEST(what_memory_has_no_room_for_is_stored_all_the_same)
{
    static struct memo_function first = {FILL_FUNCTION("fill"), ON_SHELF(here)};
    memo_config config = settings();

    config.max_bytes = 2000;
    memo_config_set(&config);
    check_fill(&first);
    settle();
    check_fill(&first);
    check_fill(&first);

    ck_assert_int_eq(runs, 1);
}
END_TEST

START_TEST(what_left_memory_is_found_on_the_shelf)
{
    static struct memo_function function = {WORD_FUNCTION("few"),
                                            .max_entries = 2, ON_SHELF(here)};

    for (int n = 0; n < 100; n++)
        call_word(&function, square, n);
    settle();
    for (int n = 0; n < 100; n++)
        ck_assert_int_eq(call_word(&function, square, n), (long)n * n);

    ck_assert_int_eq(runs, 100);
    ck_assert_uint_le(stats_of(&function).entries, 2);
    ck_assert_uint_ge(stats_of(&function).store_hits, 98);
}
END_TEST

START_TEST(keys_longer_than_are_kept_in_full_are_found)
{
    static struct memo_function twins[] = TWINS(TEXT_FUNCTION, "count_bytes");
    enum { LONG = 3 * MEMO_KEY_EXACT_BYTES };
    static char text[LONG + 1];

    memset(text, 'x', LONG);
    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(call_text(&twins[i], count_bytes, text), LONG);
        settle();
    }
    text[LONG - 1] = 'y';
    call_text(&twins[1], count_bytes, text);

    ck_assert_int_eq(runs, 2);
    ck_assert_uint_eq(stats_of(&twins[1]).store_hits, 1);
}
END_TEST

START_TEST(null_results_are_not_stored)
{
    static struct memo_function function = {LIST_FUNCTION("reverse"),
                                            ON_SHELF(here)};

    ck_assert_ptr_null(call_reverse(&function, NULL));
    settle();

    ck_assert_uint_eq(shelf_count(), 0);
}
END_TEST

static bool keeps;

static long call_choosy(struct memo_function *function, int n)
{
    struct memo_argument arguments[] = {{&n, 0}};
    struct memo_call call;
    long result = 0;

    memo_begin_words(&call, function, (memo_u64)n, 0, arguments, &result);
    while (call.runs) {
        result = square(n);
        memo_set_keep(&call, keeps);
        memo_end(&call, function, arguments, &result);
    }
    return result;
}

START_TEST(what_cache_if_refuses_is_not_stored)
{
    static struct memo_function twins[] = TWINS(WORD_FUNCTION, "choosy");

    call_choosy(&twins[0], 4);
    settle();
    ck_assert_uint_eq(shelf_count(), 0);
    keeps = true;
    call_choosy(&twins[0], 4);
    settle();
    call_choosy(&twins[1], 4);

    ck_assert_int_eq(runs, 2);
    ck_assert_uint_eq(shelf_count(), 1);
}
END_TEST

START_TEST(a_hit_from_the_shelf_leaves_errno_alone)
{
    struct memo_function *twins = kinds[_i].twins;

    kinds[_i].check(&twins[0]);
    settle();
    errno = EXDEV;
    kinds[_i].check(&twins[1]);

    ck_assert_int_eq(errno, EXDEV);
}
END_TEST

/* ---- modes --------------------------------------------------------------- */

START_TEST(disabled_calls_ask_no_store)
{
    memo_config config = settings();

    config.disable = 1;
    memo_config_set(&config);
    for (int i = 0; i < 3; i++)
        kinds[_i].check(&kinds[_i].twins[0]);
    memo_flush();

    ck_assert_int_eq(runs, 3);
    ck_assert_uint_eq(shelf_read(&shelf.opens), 0);
    ck_assert_uint_eq(shelf_count(), 0);
}
END_TEST

static void verify(void)
{
    memo_config config = settings();

    config.verify = 1;
    memo_config_set(&config);
}

START_TEST(hits_from_the_shelf_are_verified)
{
    struct memo_function *twins = kinds[_i].twins;

    kinds[_i].check(&twins[0]);
    settle();
    verify();
    runs = 0;
    kinds[_i].check(&twins[1]);

    ck_assert_int_ge(runs, 1);
    ck_assert_uint_eq(stats_of(&twins[1]).store_hits, 1);
    ck_assert_uint_eq(stats_of(&twins[1]).verified, 1);
    ck_assert_uint_eq(stats_of(&twins[1]).lies, 0);
    ck_assert_uint_eq(count_warnings(), 0);
}
END_TEST

START_TEST(another_value_than_the_computed_one_is_a_lie)
{
    struct memo_function *twins = kinds[_i].twins;

    kinds[_i].check(&twins[0]);
    settle();
    shelf_forge(shelf.items, shelf.items->size - 1);
    verify();
    kinds[_i].check(&twins[1]); /* hands out what is right */

    ck_assert_uint_eq(stats_of(&twins[1]).lies, 1);
    ck_assert_uint_eq(count_warnings(), 1);
    ck_assert_ptr_nonnull(strstr(warned.last, "would have been wrong"));
}
END_TEST

/* ---- damage -------------------------------------------------------------- */

/* Another process looks while the entry is damaged. */
static void check_damaged(unsigned kind, const struct memo_function *blank)
{
    struct memo_function *other = &kinds[kind].twins[1];
    static struct memo_unit unit;

    *other = *blank; /* its memory is empty again */
    other->unit = &unit;
    runs = 0;
    kinds[kind].check(other);
    ck_assert_int_eq(runs, 1);
    settle();
    memo_unload(&unit);
}

START_TEST(an_entry_with_a_wrong_byte_is_computed_again)
{
    struct memo_function blank = kinds[_i].twins[1];
    memo_size size;

    kinds[_i].check(&kinds[_i].twins[0]);
    settle();
    size = shelf.items->size;
    for (memo_size at = 0; at < size; at++) {
        shelf.damaged = at;
        check_damaged((unsigned)_i, &blank);
        ck_assert_uint_eq(shelf_count(), 1);
    }

    ck_assert_uint_eq(shelf.removals, size);
    ck_assert_uint_ge(count_warnings(), 1);
    ck_assert_uint_le(count_warnings(), 5); /* one for each kind of damage */
}
END_TEST

START_TEST(an_entry_that_is_cut_off_is_computed_again)
{
    struct memo_function blank = kinds[_i].twins[1];
    memo_size size;

    kinds[_i].check(&kinds[_i].twins[0]);
    settle();
    size = shelf.items->size;
    for (shelf.cut = 0; shelf.cut < size; shelf.cut++)
        check_damaged((unsigned)_i, &blank);

    ck_assert_uint_eq(shelf.removals, size);
    ck_assert_uint_eq(count_warnings(), 1);
    ck_assert_ptr_nonnull(strstr(warned.last, "cut off"));
}
END_TEST

/* What only somebody with the secret writes is well formed, but for the value:
 * never read past its end. */
START_TEST(a_malformed_value_is_computed_again)
{
    struct memo_function *twins = kinds[_i].twins;
    shelf_item *item;
    memo_stored_entry entry;

    kinds[_i].check(&twins[0]);
    settle();
    item = shelf.items;
    memo_stored_read(&entry, item->bytes, item->size);
    entry.head.value_size--;
    memcpy(item->bytes, &entry.head, MEMO_STORED_HEAD_BYTES);
    item->size--;
    memo_stored_sign(item->bytes, item->size, shelf_backend()->host.secret);
    kinds[_i].check(&twins[1]);
    settle();

    ck_assert_int_eq(runs, 2);
    ck_assert_uint_eq(shelf.removals, 1);
    ck_assert_ptr_nonnull(strstr(warned.last, "malformed"));
}
END_TEST

/* ---- stores that do not work --------------------------------------------- */

START_TEST(what_cannot_be_loaded_is_computed_and_not_stored)
{
    struct memo_function *twins = kinds[_i].twins;

    shelf.load_fails = true;
    kinds[_i].check(&twins[0]);
    kinds[_i].check(&twins[0]);
    settle();

    ck_assert_int_eq(runs, 1); /* memory has it */
    ck_assert_uint_eq(shelf_count(), 0);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("cache/stored");
    TCase *cases = tcase_create("cases");

    tcase_set_timeout(cases, 120);
    tcase_add_checked_fixture(cases, shelf_begin, shelf_end);
    tcase_add_loop_test(cases, another_process_finds_what_was_computed, 0,
                        KINDS);
    tcase_add_loop_test(cases, what_was_loaded_is_in_memory_from_then_on, 0,
                        KINDS);
    tcase_add_test(cases, what_memory_has_no_room_for_is_stored_all_the_same);
    tcase_add_test(cases, what_left_memory_is_found_on_the_shelf);
    tcase_add_test(cases, keys_longer_than_are_kept_in_full_are_found);
    tcase_add_test(cases, null_results_are_not_stored);
    tcase_add_test(cases, what_cache_if_refuses_is_not_stored);
    tcase_add_loop_test(cases, a_hit_from_the_shelf_leaves_errno_alone, 0,
                        KINDS);
    tcase_add_loop_test(cases, disabled_calls_ask_no_store, 0, KINDS);
    tcase_add_loop_test(cases, hits_from_the_shelf_are_verified, 0, KINDS);
    tcase_add_loop_test(cases, another_value_than_the_computed_one_is_a_lie, 0,
                        KINDS);
    tcase_add_loop_test(cases, an_entry_with_a_wrong_byte_is_computed_again, 0,
                        KINDS);
    tcase_add_loop_test(cases, an_entry_that_is_cut_off_is_computed_again, 0,
                        KINDS);
    tcase_add_loop_test(cases, a_malformed_value_is_computed_again, 0, KINDS);
    tcase_add_loop_test(cases, what_cannot_be_loaded_is_computed_and_not_stored,
                        0, KINDS);
    suite_add_tcase(suite, cases);
    return suite;
}
