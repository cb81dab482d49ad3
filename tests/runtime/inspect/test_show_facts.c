#include "inspect/show_facts.h"

#include "../cache/deep_types.h"
#include "cache/describe.h"

#include <check.h>

#include <stdio.h>
Suite *memo_test_suite(void);

/* ---- functions to describe ----------------------------------------------- */

enum { MOST_PARAMETERS = SAMPLES + 16 };

static struct memo_parameter parameters[MOST_PARAMETERS];

static struct memo_function takes(const struct memo_type *const *given,
                                  memo_u32 count)
{
    for (memo_u32 i = 0; i < count; i++)
        parameters[i] = (struct memo_parameter){
            "p", given[i], i % 2 ? MEMO_BY_VALUE : MEMO_BY_ELEMENTS,
            i % 2 ? MEMO_IN : i % 3 + 1};
    return (struct memo_function){.parameter_count = count,
                                  .parameters = parameters,
                                  .result_kind = MEMO_RESULT_ELEMENTS,
                                  .result_type = given[0]};
}

static struct memo_function takes_samples(void)
{
    const struct memo_type *given[SAMPLES];

    for (size_t i = 0; i < SAMPLES; i++)
        given[i] = samples[i].type;
    return takes(given, SAMPLES);
}

static struct memo_function takes_deep(void)
{
    static const struct memo_type *const given[] = {
        &type_text,   &type_texts,
        &type_item,   &type_node,
        &type_net,    &type_table,
        &type_spans,  &type_message,
        &type_crowd,  &type_box,
        &type_handle, &type_hashed,
        &type_owner,  &type_message_pointer};

    return takes(given, sizeof given / sizeof *given);
}

static char *describe_some(size_t which)
{
    struct memo_function function = which == 0 ? takes_samples() : takes_deep();
    char *facts = memo_describe(&function);

    ck_assert_ptr_nonnull(facts);
    return facts;
}

/* ---- what must hold ------------------------------------------------------ */

static void check_comes_back(const struct memo_function *function)
{
    char *facts = memo_describe(function), *again;
    memo_facts tables;

    ck_assert(memo_facts_read(&tables, facts));
    again = memo_describe(&tables.function);
    ck_assert_str_eq(facts, again);
    free(again);
    memo_facts_finish(&tables);
    free(facts);
}

START_TEST(tables_come_back)
{
    struct memo_function function = _i == 0 ? takes_samples() : takes_deep();

    check_comes_back(&function);
    function.sharing = &(const struct memo_sharing){0, NULL, NULL};
    function.word_count = 2;
    check_comes_back(&function);
}
END_TEST

START_TEST(odd_names_come_back)
{
    static const char odd[] = "a \"b\"\n\\x41 end\n\xC3\xA9\x01\x7F";
    const struct memo_parameter text = {odd, NULL, MEMO_BY_TEXT, MEMO_IN};
    const struct memo_function function = {.parameter_count = 1,
                                           .parameters = &text};
    char *facts = memo_describe(&function);
    memo_facts tables;

    ck_assert(memo_facts_read(&tables, facts));

    ck_assert_str_eq(tables.parameters[0].name, odd);
    memo_facts_finish(&tables);
    free(facts);
}
END_TEST

START_TEST(bytes_are_those_of_the_types)
{
    struct memo_function function = takes_samples();
    char *facts = memo_describe(&function);
    memo_facts tables;

    ck_assert(memo_facts_read(&tables, facts));

    for (size_t i = 0; i < SAMPLES; i++)
        ck_assert_uint_eq(memo_facts_bytes(&tables, tables.parameters[i].type),
                          samples[i].bytes);
    memo_facts_finish(&tables);
    free(facts);
}
END_TEST

/* ---- damage -------------------------------------------------------------- */

static bool is_read(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = malloc(size); /* a sanitizer sees what is read behind it */
    memo_facts tables;
    bool is = false;

    memcpy(copy, text, size);
    is = memo_facts_read(&tables, copy);
    memo_facts_finish(&tables);
    free(copy);
    return is;
}

START_TEST(a_text_that_is_cut_is_refused)
{
    char *facts = describe_some((size_t)_i);

    for (size_t size = strlen(facts); size-- > 0;) {
        facts[size] = '\0';
        ck_assert(!is_read(facts));
    }
    free(facts);
}
END_TEST

START_TEST(any_byte_may_be_another)
{
    static const char others[] = "\n \"-0129\\ax\x01\xFF";
    char *facts = describe_some((size_t)_i);
    size_t size = strlen(facts);

    for (size_t at = 0; at < size; at++) {
        char before = facts[at];

        for (size_t i = 0; i < sizeof others - 1; i++) {
            facts[at] = others[i];
            (void)is_read(facts);
        }
        facts[at] = before;
    }
    ck_assert(is_read(facts));
    free(facts);
}
END_TEST

#define END "result none -\nwords 0\nend\n"

/* What follows the first line. */
static const char *const nonsense[] = {
    "",
    "end\n",
    "result none -\nwords 0\nend\nend\n",
    "result none -\nwords 3\nend\n",
    "result value -\nwords 0\nend\n",
    "result text 0\nwords 0\nend\n",
    "parameter value in - \"p\"\n" END,
    "parameter text out - \"p\"\n" END,
    "field 0 1 \"f\"\n" END,
    "type signed 99999999999999999999 \"n\"\n" END,
    "type signed 4 \"n\"\nfield 0 1 \"f\"\n" END,
    "type struct 4 \"s\"\nfield 0 1 \"f\"\n" END,
    "type struct 4 \"s\"\nfield 1 1 \"f\"\n" END,
    "type pointer 8 \"p\" 1\n" END,
    "type pointer 8 \"p\" -\n" END,
    "type opaque 8 \"o\"\n" END,
    "type text 8 \"\"\ntype struct 8 \"\"\nfield 0 1 \"\"\n" END,
    "type signed 4 \"\"\ntype struct 8 \"\"\nfield 0 9e18 \"\"\n" END,
    "type signed 4 \"\"\ntype struct 8 \"\"\nfield 0 9000000000000000000 "
    "\"\"\n" END,
};

static void with_head(char *out, size_t room, const char *text)
{
    char head[MEMO_DESCRIBE_HEAD];

    memo_describe_head(head);
    snprintf(out, room, "%s\n%s", head, text);
}

START_TEST(nonsense_is_refused)
{
    char text[400];

    with_head(text, sizeof text, nonsense[_i]);

    ck_assert(!is_read(text));
}
END_TEST

START_TEST(other_versions_and_machines_are_refused)
{
    char text[400];
    with_head(text, sizeof text, "result none -\nwords 0\nend\n");
    ck_assert(is_read(text));

    text[strlen("memo-facts ")] = '2';
    ck_assert(!is_read(text));
    text[strlen("memo-facts ")] = '1';
    text[strlen("memo-facts 1 ")] = 'x';
    ck_assert(!is_read(text));
}
END_TEST

/* Structs in one another, `depth` of them. */
static bool is_nesting_read(unsigned depth)
{
    char *text = malloc(64 * (depth + 4)), *at;
    bool is;

    with_head(text, 200, "type signed 4 \"n\"\n");
    at = text + strlen(text);
    for (unsigned i = 0; i < depth; i++)
        at += sprintf(at, "type struct 4 \"s\"\nfield %u 1 \"f\"\n", i);
    strcpy(at, "result none -\nwords 0\nend\n");
    is = is_read(text);
    free(text);
    return is;
}

START_TEST(nesting_is_bounded)
{
    ck_assert(is_nesting_read(64));
    ck_assert(!is_nesting_read(65));
    ck_assert(!is_nesting_read(20000));
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("show_facts");
    TCase *all = tcase_create("all");

    tcase_add_loop_test(all, tables_come_back, 0, 2);
    tcase_add_test(all, odd_names_come_back);
    tcase_add_test(all, bytes_are_those_of_the_types);
    tcase_add_loop_test(all, a_text_that_is_cut_is_refused, 0, 2);
    tcase_add_loop_test(all, any_byte_may_be_another, 0, 2);
    tcase_add_loop_test(all, nonsense_is_refused, 0,
                        sizeof nonsense / sizeof *nonsense);
    tcase_add_test(all, other_versions_and_machines_are_refused);
    tcase_add_test(all, nesting_is_bounded);
    suite_add_tcase(suite, all);
    return suite;
}
