#include "cache/value.h"

#include "deep_types.h"
#include "fixture.h"

#include <check.h>

Suite *memo_test_suite(void);

static const memo_budget no_budget = {UINT64_MAX, UINT64_MAX};

/* ---- memory that runs out ------------------------------------------------ */

/* The linker leads all calls of the library here. */
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
void __real_free(void *memory);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);
void __wrap_free(void *memory);

static long calls_left = -1; /* until memory runs out; < 0: never */
static bool is_counting;     /* Check's own calls come here as well */
static long block_count;     /* allocated and not freed, while counting */

static bool runs_out(void)
{
    if (calls_left < 0)
        return false;
    if (calls_left == 0)
        return true;
    calls_left--;
    return false;
}

static void *counted(void *memory)
{
    block_count += is_counting && memory != NULL;
    return memory;
}

void *__wrap_malloc(size_t size)
{
    return runs_out() ? NULL : counted(__real_malloc(size));
}

void *__wrap_calloc(size_t count, size_t size)
{
    return runs_out() ? NULL : counted(__real_calloc(count, size));
}

void *__wrap_realloc(void *memory, size_t size)
{
    if (runs_out())
        return NULL;
    block_count += is_counting && memory == NULL;
    return __real_realloc(memory, size);
}

void __wrap_free(void *memory)
{
    block_count -= is_counting && memory != NULL;
    __real_free(memory);
}

/* ---- functions ----------------------------------------------------------- */

#define FUNCTION(kind, type, list)                                             \
    {                                                                          \
        .name = "sample", .flags = MEMO_VALUE_IS_DEEP,                         \
        .parameter_count = sizeof list / sizeof *list, .parameters = list,     \
        .result_kind = MEMO_RESULT_##kind, .result_type = type                 \
    }

static const struct memo_parameter one_input[] = {
    {"in", &type_item, MEMO_BY_ELEMENTS, MEMO_IN}};
static const struct memo_parameter one_handle[] = {
    {"in", &type_hashed, MEMO_BY_VALUE, MEMO_IN}};
static const struct memo_parameter one_copied_handle[] = {
    {"in", &type_handle, MEMO_BY_VALUE, MEMO_IN}};
static const struct memo_parameter list_and_outputs[] = {
    {"in", &type_item, MEMO_BY_ELEMENTS, MEMO_IN},
    {"table", &type_table, MEMO_BY_ELEMENTS, MEMO_OUT},
    {"numbers", &type_int, MEMO_BY_ELEMENTS, MEMO_OUT}};

static const struct memo_function returns_list =
    FUNCTION(ELEMENTS, &type_item, one_input);
static const struct memo_function returns_crowd =
    FUNCTION(VALUE, &type_crowd, one_input);
static const struct memo_function returns_spans =
    FUNCTION(VALUE, &type_spans, one_input);
static const struct memo_function returns_message =
    FUNCTION(ELEMENTS, &type_message, one_input);
static const struct memo_function returns_texts =
    FUNCTION(ELEMENTS, &type_text, one_input);
static const struct memo_function returns_owner =
    FUNCTION(VALUE, &type_owner, one_input);
static const struct memo_function returns_net =
    FUNCTION(VALUE, &type_net, one_input);
static const struct memo_function returns_handle =
    FUNCTION(VALUE, &type_handle, one_copied_handle);
static const struct memo_function takes_handle =
    FUNCTION(VALUE, &type_table, one_handle);
static const struct memo_function fills =
    FUNCTION(TEXT, NULL, list_and_outputs);

/* ---- helpers ------------------------------------------------------------- */

static memo_value_appending append(memo_sink *sink,
                                   const struct memo_function *function,
                                   const struct memo_argument *arguments,
                                   void *result, memo_u64 count)
{
    const memo_computed computed = {function, arguments, result, count, NULL};

    *sink = memo_sink_growing(UINT64_MAX);
    return memo_value_append(sink, &computed, no_budget);
}

/* What appending says of a result, no input given. */
static memo_value_appending judge(const struct memo_function *function,
                                  struct memo_argument argument, void *result,
                                  memo_u64 count)
{
    memo_sink sink;
    memo_value_appending outcome =
        append(&sink, function, &argument, result, count);

    free(sink.bytes);
    return outcome;
}

static memo_value_outcome decode(const memo_sink *from,
                                 const struct memo_function *function,
                                 const struct memo_argument *arguments,
                                 void *result)
{
    return memo_value_decode(from->bytes, from->size, function, arguments,
                             result, no_budget);
}

static struct item *make_list(int count)
{
    struct item *list = NULL;

    while (count > 0) {
        struct item *item = malloc(sizeof *item);

        *item = (struct item){count--, list};
        list = item;
    }
    return list;
}

static void free_list(struct item *list)
{
    while (list) {
        struct item *next = list->next;

        free(list);
        list = next;
    }
}

static char *copy_text(const char *text)
{
    char *copy = malloc(strlen(text) + 1);

    strcpy(copy, text);
    return copy;
}

static struct table make_table(void)
{
    struct table table = {2, 3, malloc(6 * sizeof(double)),
                          malloc(3 * sizeof(char *)), copy_text("title")};

    for (int i = 0; i < 6; i++)
        table.cells[i] = i;
    table.labels[0] = copy_text("one");
    table.labels[1] = NULL;
    table.labels[2] = copy_text("");
    return table;
}

static void free_table(struct table table)
{
    for (unsigned i = 0; table.labels && i < table.columns; i++)
        free(table.labels[i]);
    free(table.labels);
    free(table.cells);
    free(table.title);
}

/* ---- copies -------------------------------------------------------------- */

START_TEST(a_copy_needs_nothing_of_the_original)
{
    struct memo_argument argument = {NULL, 1};
    struct item *list = make_list(5000), *copy = NULL;
    memo_sink sink;

    ck_assert_int_eq(append(&sink, &returns_list, &argument, &list, 1),
                     MEMO_VALUE_APPENDED);
    free_list(list);
    ck_assert_int_eq(decode(&sink, &returns_list, &argument, &copy),
                     MEMO_VALUE_DECODED);

    ck_assert_int_eq(copy->number, 1);
    free_list(copy);
    free(sink.bytes);
}
END_TEST

START_TEST(outputs_with_pointers_are_filled)
{
    struct item input = {1, NULL};
    struct table table = make_table(), filled;
    int numbers[2] = {7, 8}, copied[2] = {0, 0};
    struct memo_argument arguments[] = {{&input, 1}, {&table, 1}, {numbers, 2}};
    struct memo_argument others[] = {{&input, 1}, {&filled, 1}, {copied, 2}};
    char *text = copy_text("result"), *copy = NULL;
    memo_sink sink;

    ck_assert_int_eq(append(&sink, &fills, arguments, &text, 0),
                     MEMO_VALUE_APPENDED);
    free_table(table);
    free(text);
    ck_assert_int_eq(decode(&sink, &fills, others, &copy), MEMO_VALUE_DECODED);

    ck_assert_str_eq(copy, "result");
    ck_assert_str_eq(filled.labels[0], "one");
    ck_assert_ptr_null(filled.labels[1]);
    ck_assert_double_eq(filled.cells[5], 5);
    ck_assert_int_eq(copied[1], 8);
    free(copy);
    free_table(filled);
    free(sink.bytes);
}
END_TEST

START_TEST(a_flexible_array_comes_back_whole)
{
    struct memo_argument argument = {NULL, 1};
    struct message *message = malloc(sizeof *message + 3 * sizeof(char *));
    struct message *copy = NULL;
    memo_sink sink;
    message->count = 3;
    for (int i = 0; i < 3; i++)
        message->words[i] = copy_text("word");

    ck_assert_int_eq(append(&sink, &returns_message, &argument, &message, 1),
                     MEMO_VALUE_APPENDED);
    ck_assert_int_eq(decode(&sink, &returns_message, &argument, &copy),
                     MEMO_VALUE_DECODED);

    ck_assert_int_eq(copy->count, 3);
    ck_assert_str_eq(copy->words[2], "word");
    for (int i = 0; i < 3; i++) {
        free(copy->words[i]);
        free(message->words[i]);
    }
    free(copy);
    free(message);
    free(sink.bytes);
}
END_TEST

START_TEST(an_array_of_texts_is_released_whole)
{
    struct memo_argument argument = {NULL, 1};
    char **texts = calloc(3, sizeof *texts), **copy = NULL;
    memo_sink sink;
    texts[0] = copy_text("a");
    texts[2] = copy_text("b");

    ck_assert_int_eq(append(&sink, &returns_texts, &argument, &texts, 3),
                     MEMO_VALUE_APPENDED);
    ck_assert_int_eq(decode(&sink, &returns_texts, &argument, &copy),
                     MEMO_VALUE_DECODED);
    memo_value_release(
        &(memo_computed){&returns_texts, &argument, &copy, 3, NULL});
    memo_value_release(
        &(memo_computed){&returns_texts, &argument, &texts, 3, NULL});

    free(sink.bytes);
}
END_TEST

/* ---- what is not kept ---------------------------------------------------- */

START_TEST(a_result_that_leads_into_an_input_is_not_kept)
{
    struct item input = {1, NULL}, result = {2, &input}, *at = &result;

    ck_assert_int_eq(
        judge(&returns_list, (struct memo_argument){&input, 1}, &at, 1),
        MEMO_VALUE_TANGLED);
    ck_assert_int_eq(
        judge(&returns_list, (struct memo_argument){NULL, 1}, &at, 1),
        MEMO_VALUE_APPENDED);
}
END_TEST

START_TEST(pieces_that_share_some_memory_are_not_kept)
{
    struct memo_argument none = {NULL, 1};
    int numbers[10] = {0};
    struct spans equal = {5, 5, numbers, numbers};
    struct spans inside = {10, 2, numbers, numbers + 3};
    struct spans apart = {5, 5, numbers, numbers + 5};
    struct spans behind = {5, 0, numbers, numbers + 5};
    struct spans end = {5, 0, numbers, numbers + 8};

    ck_assert_int_eq(judge(&returns_spans, none, &equal, 0),
                     MEMO_VALUE_APPENDED);
    ck_assert_int_eq(judge(&returns_spans, none, &inside, 0),
                     MEMO_VALUE_APPENDED); /* elements of one array */
    ck_assert_int_eq(judge(&returns_spans, none, &apart, 0),
                     MEMO_VALUE_APPENDED);
    ck_assert_int_eq(judge(&returns_spans, none, &behind, 0),
                     MEMO_VALUE_TANGLED);
    ck_assert_int_eq(judge(&returns_spans, none, &end, 0), MEMO_VALUE_APPENDED);
    inside = (struct spans){2, 10, numbers + 3, numbers};
    ck_assert_int_eq(judge(&returns_spans, none, &inside, 0),
                     MEMO_VALUE_TANGLED);
}
END_TEST

START_TEST(an_object_behind_two_pointers_is_not_kept)
{
    struct memo_argument none = {NULL, 1};
    char text[] = "x";
    struct box box = {1, text};
    struct box *handle = &box;
    struct owner one = {{1, text}, &box, 0, NULL};

    ck_assert_int_eq(judge(&returns_owner, none, &one, 0), MEMO_VALUE_APPENDED);
    ck_assert_int_eq(
        judge(&returns_handle, (struct memo_argument){&handle, 1}, &handle, 0),
        MEMO_VALUE_TANGLED);
}
END_TEST

START_TEST(an_input_that_is_known_by_its_hash_is_not_in_the_way)
{
    struct box box = {3, NULL}, *handle = &box;
    struct table table = make_table();

    ck_assert_int_eq(
        judge(&takes_handle, (struct memo_argument){&handle, 1}, &table, 0),
        MEMO_VALUE_APPENDED);
    free_table(table);
}
END_TEST

/* What is kept can be handed out with the same budget. */
START_TEST(memory_of_a_copy_counts_as_well)
{
    struct memo_argument none = {NULL, 1};
    struct item *list = make_list(100), *copy = NULL;
    memo_budget exact = {100, 100 * sizeof(struct item)};
    memo_budget less = {100, 100 * sizeof(struct item) - 1};
    memo_budget fewer = {99, 100 * sizeof(struct item)};
    memo_sink sink = memo_sink_growing(UINT64_MAX);
    const memo_computed computed = {&returns_list, &none, &list, 1, NULL};
    size_t size;

    ck_assert_int_eq(memo_value_append(&sink, &computed, exact),
                     MEMO_VALUE_APPENDED);
    ck_assert_ptr_null(memo_value_bytes(&size, &computed, less));
    ck_assert_ptr_null(memo_value_bytes(&size, &computed, fewer));
    ck_assert_int_eq(memo_value_decode(sink.bytes, sink.size, &returns_list,
                                       &none, &copy, less),
                     MEMO_VALUE_MALFORMED);
    ck_assert_int_eq(memo_value_decode(sink.bytes, sink.size, &returns_list,
                                       &none, &copy, exact),
                     MEMO_VALUE_DECODED);

    free_list(copy);
    free_list(list);
    free(sink.bytes);
}
END_TEST

START_TEST(a_count_of_elements_without_bytes_takes_no_memory)
{
    static const unsigned char bytes[] = {1, 255, 0, 0, 0, 2, 0, 0, 0, 0};
    struct memo_argument none = {NULL, 1};
    struct item *copy = NULL;

    ck_assert_int_eq(memo_value_decode(bytes, sizeof bytes, &returns_list,
                                       &none, &copy, no_budget),
                     MEMO_VALUE_MALFORMED);

    ck_assert_ptr_null(copy);
}
END_TEST

/* ---- out of memory ------------------------------------------------------- */

/* Append with memory for n calls only: all or nothing. */
static bool appends(long n, const struct memo_function *function,
                    const struct memo_argument *arguments, void *result)
{
    memo_value_appending outcome;
    memo_sink sink;

    block_count = 0;
    is_counting = true;
    calls_left = n;
    outcome = append(&sink, function, arguments, result, 1);
    calls_left = -1;
    free(sink.bytes);
    is_counting = false;
    ck_assert_int_eq(block_count, 0);
    ck_assert(outcome == MEMO_VALUE_APPENDED ||
              outcome == MEMO_VALUE_APPEND_NO_MEMORY ||
              outcome == MEMO_VALUE_TANGLED);
    return outcome == MEMO_VALUE_APPENDED;
}

static bool decodes(long n, const memo_sink *from,
                    const struct memo_function *function,
                    const struct memo_argument *arguments, void *result)
{
    long boxes = box_count;
    memo_value_outcome outcome;

    block_count = 0;
    is_counting = true;
    calls_left = n;
    outcome = decode(from, function, arguments, result);
    calls_left = -1;
    is_counting = false;
    if (outcome == MEMO_VALUE_DECODED)
        return true;
    /* A decoder of the user's has only one way to fail. */
    ck_assert(outcome == MEMO_VALUE_NO_MEMORY ||
              (function == &returns_owner && outcome == MEMO_VALUE_MALFORMED));
    ck_assert_int_eq(block_count, 0);
    ck_assert_int_eq(box_count, boxes);
    return false;
}

/* Try a value with memory for 0, 1, 2 ... calls. */
static void run_out(const struct memo_function *function,
                    const struct memo_argument *arguments, void *result,
                    void *copy)
{
    memo_sink sink;
    long n = 0;

    while (!appends(n, function, arguments, result))
        n++;
    ck_assert_int_gt(n, 0);
    ck_assert_int_eq(append(&sink, function, arguments, result, 1),
                     MEMO_VALUE_APPENDED);
    for (n = 0; !decodes(n, &sink, function, arguments, copy);)
        n++;
    ck_assert_int_gt(n, 0);
    memo_value_release(&(memo_computed){function, arguments, copy, 1, NULL});
    free(sink.bytes);
}

START_TEST(a_list_runs_out_of_memory)
{
    struct memo_argument none = {NULL, 1};
    struct item *list = make_list(100), *copy;

    run_out(&returns_list, &none, &list, &copy);

    free_list(list);
}
END_TEST

START_TEST(structs_in_structs_run_out_of_memory)
{
    struct memo_argument none = {NULL, 1};
    struct crowd crowd = {.is_open = true, .ends = {make_list(20)}}, copy;
    crowd.tables[0] = make_table();
    crowd.tables[1] = make_table();

    run_out(&returns_crowd, &none, &crowd, &copy);

    memo_value_release(
        &(memo_computed){&returns_crowd, &none, &crowd, 1, NULL});
}
END_TEST

START_TEST(a_net_runs_out_of_memory)
{
    struct memo_argument none = {NULL, 1};
    struct net net = {50, calloc(50, sizeof(struct vertex)), NULL}, copy;
    for (int i = 0; i < 50; i++)
        net.all[i].next = &net.all[i * 7 % 50];

    run_out(&returns_net, &none, &net, &copy);

    free(net.all);
}
END_TEST

START_TEST(objects_of_the_users_run_out_of_memory)
{
    struct memo_argument none = {NULL, 1};
    char text[] = "text";
    struct box boxes[20], other = {4, text};
    struct owner owner = {{4, text}, &other, 20, boxes}, copy;
    for (int i = 0; i < 20; i++)
        boxes[i] = (struct box){(size_t)i % 5, text};

    run_out(&returns_owner, &none, &owner, &copy);

    ck_assert_int_eq(box_count, 0);
}
END_TEST

START_TEST(outputs_run_out_of_memory)
{
    struct item input = {1, NULL};
    struct table table = make_table();
    int numbers[2] = {7, 8};
    struct memo_argument arguments[] = {{&input, 1}, {&table, 1}, {numbers, 2}};
    char *text = copy_text("result"), *copy;
    struct table before = table;

    run_out(&fills, arguments, &text, &copy);

    free_table(before);
    free(text);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("value_deep");
    TCase *cases = tcase_create("value_deep");

    tcase_add_test(cases, a_copy_needs_nothing_of_the_original);
    tcase_add_test(cases, outputs_with_pointers_are_filled);
    tcase_add_test(cases, a_flexible_array_comes_back_whole);
    tcase_add_test(cases, an_array_of_texts_is_released_whole);
    tcase_add_test(cases, a_result_that_leads_into_an_input_is_not_kept);
    tcase_add_test(cases, pieces_that_share_some_memory_are_not_kept);
    tcase_add_test(cases, an_object_behind_two_pointers_is_not_kept);
    tcase_add_test(cases, an_input_that_is_known_by_its_hash_is_not_in_the_way);
    tcase_add_test(cases, memory_of_a_copy_counts_as_well);
    tcase_add_test(cases, a_count_of_elements_without_bytes_takes_no_memory);
    tcase_add_test(cases, a_list_runs_out_of_memory);
    tcase_add_test(cases, structs_in_structs_run_out_of_memory);
    tcase_add_test(cases, a_net_runs_out_of_memory);
    tcase_add_test(cases, objects_of_the_users_run_out_of_memory);
    tcase_add_test(cases, outputs_run_out_of_memory);
    suite_add_tcase(suite, cases);
    return suite;
}
