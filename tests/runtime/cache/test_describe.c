#include "cache/describe.h"

#include "deep_types.h"

#include <check.h>

#include <stdlib.h>
#include <string.h>

Suite *memo_test_suite(void);

static const struct memo_parameter parameters[] = {
    {"table", &type_table, MEMO_BY_ELEMENTS, MEMO_IN},
    {"rows * 2", &type_int, MEMO_BY_VALUE, MEMO_IN},
    {"path", NULL, MEMO_BY_FILE, MEMO_IN},
    {"out", &type_bits, MEMO_BY_ELEMENTS, MEMO_OUT}};

static const struct memo_function function = {.name = "f",
                                              .parameter_count = 4,
                                              .parameters = parameters,
                                              .result_kind = MEMO_RESULT_VALUE,
                                              .result_type =
                                                  &type_item_pointer};

static const char lines[] = "type unsigned 4 \"unsigned\"\n"
                            "type pointer 8 \"type_double *\" 10\n"
                            "type pointer 8 \"type_text *\" 3\n"
                            "type text 8 \"char *\"\n"
                            "type deep-struct 32 \"struct table\"\n"
                            "field 0 1 \"rows\"\n"
                            "field 0 1 \"columns\"\n"
                            "field 1 1 \"cells\" counted\n"
                            "field 2 1 \"labels\" counted\n"
                            "field 3 1 \"title\"\n"
                            "type signed 4 \"int\"\n"
                            "type bool 1 \"bool\"\n"
                            "type signed 1 \"char\"\n"
                            "type struct 8 \"struct bits\"\n"
                            "bits 0 \"low\"\n"
                            "bits 5 \"middle\"\n"
                            "bits 6 \"flag\"\n"
                            "bits 0 \"high\"\n"
                            "field 7 1 \"tail\"\n"
                            "type pointer 8 \"type_item *\" 11\n"
                            "type float 8 \"double\"\n"
                            "type deep-struct 16 \"struct item\"\n"
                            "field 5 1 \"number\"\n"
                            "field 9 1 \"next\"\n"
                            "parameter elements in 4 \"table\"\n"
                            "parameter value in 5 \"rows * 2\"\n"
                            "parameter file in - \"path\"\n"
                            "parameter elements out 8 \"out\"\n"
                            "result value 9\n"
                            "words 0\n"
                            "end\n";

START_TEST(every_type_has_a_number_and_comes_behind_its_parts)
{
    char *facts = memo_describe(&function);
    size_t size;

    ck_assert_ptr_nonnull(facts);
    size = strlen(facts);

    if (sizeof(void *) == 8) {
        ck_assert_uint_gt(size, sizeof lines);
        ck_assert_str_eq(facts + size - strlen(lines), lines);
    }
    free(facts);
}
END_TEST

START_TEST(the_first_line_says_what_machine_it_was)
{
    char head[MEMO_DESCRIBE_HEAD], *facts = memo_describe(&function);

    memo_describe_head(head);

    ck_assert_int_eq(strncmp(head, "memo-facts 1 ", 13), 0);
    ck_assert_int_eq(strncmp(facts, head, strlen(head)), 0);
    ck_assert_int_eq(facts[strlen(head)], '\n');
    free(facts);
}
END_TEST

START_TEST(names_cannot_end_their_line)
{
    static const struct memo_parameter odd[] = {
        {"a \"b\"\n\\end\n\xC3\xA9", NULL, MEMO_BY_TEXT, MEMO_IN},
        {NULL, NULL, MEMO_BY_ADDRESS, MEMO_IN}};
    const struct memo_function asks = {
        .parameter_count = 2, .parameters = odd, .word_count = 1};
    char *facts = memo_describe(&asks);

    ck_assert_ptr_nonnull(strstr(facts,
                                 "\nparameter text in - "
                                 "\"a \\\"b\\\"\\x0a\\\\end\\x0a\\xc3\\xa9\"\n"
                                 "parameter address in - \"\"\n"
                                 "result none -\nwords 1\nend\n"));
    free(facts);
}
END_TEST

START_TEST(codecs_say_how_values_become_bytes)
{
    static const struct memo_type arrow = {
        "arrow", MEMO_KIND_OPAQUE, 0, 152, NULL, NULL, &memo_arrow_codec};
    static const struct memo_parameter opaque[] = {
        {"a", &type_box, MEMO_BY_ELEMENTS, MEMO_IN},
        {"b", &type_handle, MEMO_BY_VALUE, MEMO_IN},
        {"c", &type_hashed, MEMO_BY_VALUE, MEMO_IN},
        {"d", &arrow, MEMO_BY_ELEMENTS, MEMO_IN_OUT}};
    const struct memo_function takes_all = {.parameter_count = 4,
                                            .parameters = opaque};
    char *facts = memo_describe(&takes_all);

    ck_assert_ptr_nonnull(strstr(facts, "\"struct box\" encode\n"));
    ck_assert_ptr_nonnull(strstr(facts, "\"box *\" pointer encode\n"));
    ck_assert_ptr_nonnull(strstr(facts, "\"box *\" pointer hash\n"));
    ck_assert_ptr_nonnull(strstr(facts, "\"arrow\" arrow\n"));
    free(facts);
}
END_TEST

START_TEST(addresses_do_not_count)
{
    struct memo_field fields[2];
    struct memo_type type = type_item, pointer = type_item_pointer;
    struct memo_parameter copy = {"list", &type, MEMO_BY_ELEMENTS, MEMO_IN};
    const struct memo_parameter own = {"list", &type_item, MEMO_BY_ELEMENTS,
                                       MEMO_IN};
    const struct memo_function one = {.parameter_count = 1, .parameters = &own};
    const struct memo_function other = {.parameter_count = 1,
                                        .parameters = &copy};
    memcpy(fields, item_fields, sizeof fields);
    fields[1].type = &pointer;
    type.fields = fields;
    pointer.target = &type;
    char *first = memo_describe(&one), *second = memo_describe(&other);

    ck_assert_str_eq(first, second);
    free(second);
    free(first);
}
END_TEST

/* Two functions that differ in one thing. */
static bool are_alike(const struct memo_function *a,
                      const struct memo_function *b)
{
    char *first = memo_describe(a), *second = memo_describe(b);
    memo_digest one = memo_describe_digest(first);
    memo_digest other = memo_describe_digest(second);
    bool is_same = strcmp(first, second) == 0;

    ck_assert_int_eq(is_same, one.low == other.low && one.high == other.high);
    free(second);
    free(first);
    return is_same;
}

START_TEST(what_decides_of_the_bytes_is_in_the_digest)
{
    struct memo_parameter changed[4];
    struct memo_function other = function;
    const struct memo_sharing sharing = {0, NULL, NULL};
    other.parameters = changed;

    for (int i = 0; i < 8; i++) {
        memcpy(changed, parameters, sizeof changed);
        other.word_count = i == 1;
        other.result_kind = i == 2 ? MEMO_RESULT_ELEMENTS : MEMO_RESULT_VALUE;
        other.sharing = i == 3 ? &sharing : NULL;
        other.parameter_count = i == 4 ? 3 : 4;
        other.name = i == 5 ? "f" : "g";
        if (i == 6)
            changed[3].direction = MEMO_IN;
        if (i == 7)
            changed[1].type = &type_unsigned;

        ck_assert_int_eq(are_alike(&function, &other), i == 0 || i == 5);
    }
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("describe");
    TCase *all = tcase_create("all");

    tcase_add_test(all, every_type_has_a_number_and_comes_behind_its_parts);
    tcase_add_test(all, the_first_line_says_what_machine_it_was);
    tcase_add_test(all, names_cannot_end_their_line);
    tcase_add_test(all, codecs_say_how_values_become_bytes);
    tcase_add_test(all, addresses_do_not_count);
    tcase_add_test(all, what_decides_of_the_bytes_is_in_the_digest);
    suite_add_tcase(suite, all);
    return suite;
}
