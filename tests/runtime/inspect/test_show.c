#include "inspect/show.h"

#include "../cache/deep_types.h"
#include "test_show.h"

#include <errno.h>
#include <stdio.h>

Suite *memo_test_suite(void);

static const struct memo_type type_float_complex =
    SCALAR(float complex, COMPLEX);

/* ---- keys ---------------------------------------------------------------- */

static const struct memo_parameter mixed[] = {
    {"rows", &type_int, MEMO_BY_VALUE, MEMO_IN},
    {"path", NULL, MEMO_BY_TEXT, MEMO_IN},
    {"point", &type_point, MEMO_BY_VALUE, MEMO_IN},
    {"cells", &type_double, MEMO_BY_ELEMENTS, MEMO_IN},
    {"page", NULL, MEMO_BY_ADDRESS, MEMO_IN},
    {"out", &type_int, MEMO_BY_ELEMENTS, MEMO_OUT},
    {"both", &type_int, MEMO_BY_ELEMENTS, MEMO_IN_OUT},
    {"rows * 2", &type_int, MEMO_BY_VALUE, MEMO_IN},
    {"say \"x\n\"", NULL, MEMO_BY_TEXT, MEMO_IN}};

static const struct memo_function takes_mixed = {.parameter_count = 9,
                                                 .parameters = mixed};

START_TEST(arguments_have_names)
{
    int rows = 5, twice = 10, numbers[] = {1, 2};
    double cells[] = {0.5, 1};
    struct point point = {1, 2};
    int out[3];
    const struct memo_argument arguments[] = {
        {&rows, 0}, {"a.csv", 0}, {&point, 0}, {cells, 2}, {NULL, 0},
        {out, 3},   {numbers, 2}, {&twice, 0}, {NULL, 0}};

    check_arguments(
        &takes_mixed, arguments,
        "rows = 5, path = \"a.csv\", point = {x = 1, y = 2}, cells = [0.5, 1], "
        "page = <does not count>, out = <3 elements, written>, both = [1, 2], "
        "rows * 2 = 10, say \\\"x\\n\\\" = NULL",
        "{\"rows\": 5, \"path\": \"a.csv\", \"point\": {\"x\": 1, \"y\": 2}, "
        "\"cells\": [0.5, 1], \"page\": \"<does not count>\", \"out\": "
        "\"<3 elements, written>\", \"both\": [1, 2], \"rows * 2\": 10, "
        "\"say \\\"x\\n\\\"\": null}");
}
END_TEST

START_TEST(no_arguments_are_shown_as_nothing)
{
    const struct memo_function function = {.parameter_count = 0};

    check_arguments(&function, NULL, "", "{}");
}
END_TEST

START_TEST(outputs_may_be_counted_later)
{
    static const struct memo_parameter outputs[] = {
        {"a", &type_int, MEMO_BY_ELEMENTS, MEMO_OUT},
        {"b", &type_int, MEMO_BY_ELEMENTS, MEMO_OUT}};
    const struct memo_function function = {.parameter_count = 2,
                                           .parameters = outputs};
    int out[2];
    const struct memo_argument arguments[] = {{out, MEMO_COUNT_LATER},
                                              {NULL, 3}};

    check_arguments(&function, arguments, "a = <written>, b = NULL",
                    "{\"a\": \"<written>\", \"b\": null}");
}
END_TEST

/* A call with two texts and an array of structs, which take so many bytes. */
static shown show_long(size_t first, size_t second, size_t points,
                       show_function *show)
{
    static const struct memo_parameter parameters[] = {
        {"first", NULL, MEMO_BY_TEXT, MEMO_IN},
        {"second", NULL, MEMO_BY_TEXT, MEMO_IN},
        {"points", &type_padded, MEMO_BY_ELEMENTS, MEMO_IN},
        {"last", &type_int, MEMO_BY_VALUE, MEMO_IN}};
    const struct memo_function function = {.parameter_count = 4,
                                           .parameters = parameters};
    char *one = calloc(1, first + 1), *other = calloc(1, second + 1);
    struct padded *many = calloc(points + 1, sizeof *many);
    int last = 3;
    const struct memo_argument arguments[] = {
        {one, 0}, {other, 0}, {many, points}, {&last, 0}};
    memo_key *key = malloc(sizeof *key);
    char *facts = memo_describe(&function);
    shown out;

    memset(one, 'a', first);
    memset(other, 'b', second);
    ck_assert_int_eq(memo_key_build(key, &function, arguments, show_budget),
                     MEMO_KEY_BUILT);
    out = show_bytes(show, MEMO_SHOW_TEXT, facts, key->bytes, key->size);
    free(facts);
    free(key);
    free(many);
    free(other);
    free(one);
    return out;
}

static void check_contains(shown out, const char *a, const char *b)
{
    ck_assert_msg(strstr(out.text, a) && strstr(out.text, b), "%s", out.text);
    ck_assert(out.is_whole);
    free(out.text);
}

START_TEST(what_is_long_is_a_digest)
{
    check_contains(show_long(120000, 3, 0, memo_show_arguments),
                   "first = <120000 bytes, digest ",
                   ">, second = \"bbb\", points = [], last = 3");
    check_contains(show_long(1, 2, 1000, memo_show_arguments),
                   "first = \"a\", second = \"bb\", points = <1000 elements, "
                   "digest ",
                   ">, last = 3");
}
END_TEST

START_TEST(what_has_no_room_is_folded)
{
    check_contains(show_long(4085, 1, 0, memo_show_arguments),
                   "first = <folded>, second = \"b\", points = [], last = 3",
                   "");
    check_contains(show_long(2000, 2075, 0, memo_show_arguments),
                   "first = <folded>, second = <folded>, points = []", "");
}
END_TEST

/* A key that could be that of several calls. */
START_TEST(what_could_be_two_items_is_none_of_them)
{
    static const struct memo_parameter same[] = {
        {"a", &type_int, MEMO_BY_VALUE, MEMO_IN},
        {"b", &type_short, MEMO_BY_ELEMENTS, MEMO_IN}};
    const struct memo_function function = {.parameter_count = 2,
                                           .parameters = same};
    unsigned char key[17 + 5] = {[0] = 3, [17] = 1, 1, 'x', 'y'};
    char *facts = memo_describe(&function);
    shown out;

    out = show_bytes(memo_show_arguments, MEMO_SHOW_TEXT, facts, key, 17 + 4);
    ck_assert(out.is_whole);
    ck_assert_str_eq(out.text, "a = <folded>, b = [31096]");
    free(out.text);

    memset(key + 17, 3, 5);
    out = show_bytes(memo_show_arguments, MEMO_SHOW_TEXT, facts, key, 17 + 5);
    ck_assert(!out.is_whole);
    ck_assert_str_eq(out.text, "a = <folded>, b = <folded>");
    free(out.text);
    free(facts);
}
END_TEST

/* ---- files --------------------------------------------------------------- */

static void check_file(int64_t is_there, const char *text, const char *json)
{
    static const struct memo_parameter parameter = {"in", NULL, MEMO_BY_FILE,
                                                    MEMO_IN};
    const struct memo_function function = {.parameter_count = 1,
                                           .parameters = &parameter};
    int64_t words[] = {is_there, 0x1234, 0x56};
    unsigned char key[7 + sizeof words] = "\1\4path\1";
    char *facts = memo_describe(&function);

    memcpy(key + 7, words, sizeof words);
    check_forms(&(shown_bytes){memo_show_arguments, facts, key, sizeof key},
                text, json);
    check_forms(&(shown_bytes){memo_show_arguments, facts, "", 1}, "in = NULL",
                "{\"in\": null}");
    free(facts);
}

START_TEST(files_have_a_path_and_a_content)
{
    check_file(1, "in = \"path\" (content 00000000000000560000000000001234)",
               "{\"in\": {\"path\": \"path\", \"content\": "
               "\"00000000000000560000000000001234\"}}");
    check_file(0, "in = \"path\" (not there)",
               "{\"in\": {\"path\": \"path\", \"content\": null}}");
    check_file(-ENOENT, "in = \"path\" (not there)",
               "{\"in\": {\"path\": \"path\", \"content\": null}}");
    check_file(-13, "in = \"path\" (error 13)",
               "{\"in\": {\"path\": \"path\", \"content\": \"<error 13>\"}}");
}
END_TEST

/* ---- words --------------------------------------------------------------- */

static void check_words(const char *facts, const memo_u64 *words, size_t count,
                        const char *text, const char *json)
{
    check_forms(&(shown_bytes){memo_show_arguments, facts, words,
                               count * sizeof *words},
                text, json);
}

START_TEST(words_are_packed_as_generated_code_does)
{
    static const struct memo_parameter parameters[] = {
        {"a", &type_short, MEMO_BY_VALUE, MEMO_IN},
        {"b", &type_double, MEMO_BY_VALUE, MEMO_IN},
        {"c", &type_float, MEMO_BY_VALUE, MEMO_IN}};
    const struct memo_function two = {
        .parameter_count = 3, .parameters = parameters, .word_count = 2};
    const struct memo_function one = {
        .parameter_count = 1, .parameters = parameters, .word_count = 1};
    const struct memo_function none = {.word_count = 1};
    short a = -3;
    double b = 0.5;
    float c = 2.5f;
    memo_u64 words[] = {memo_word(&b, sizeof b),
                        memo_word_pair(&a, sizeof a, &c, sizeof c)};
    memo_u64 word = memo_word(&a, sizeof a), zero = 0;
    char *facts[] = {memo_describe(&two), memo_describe(&one),
                     memo_describe(&none)};

    check_words(facts[0], words, 2, "a = -3, b = 0.5, c = 2.5",
                "{\"a\": -3, \"b\": 0.5, \"c\": 2.5}");
    check_words(facts[1], &word, 1, "a = -3", "{\"a\": -3}");
    check_words(facts[2], &zero, 1, "", "{}");
    for (size_t i = 0; i < 3; i++)
        free(facts[i]);
}
END_TEST

START_TEST(a_word_may_be_left_half_empty)
{
    static const struct memo_parameter parameters[] = {
        {"a", &type_int, MEMO_BY_VALUE, MEMO_IN},
        {"b", &type_bool, MEMO_BY_VALUE, MEMO_IN},
        {"c", &type_char, MEMO_BY_VALUE, MEMO_IN},
        {"z", &type_float_complex, MEMO_BY_VALUE, MEMO_IN}};
    const struct memo_function three = {
        .parameter_count = 3, .parameters = parameters, .word_count = 2};
    const struct memo_function four = {
        .parameter_count = 2, .parameters = parameters + 2, .word_count = 2};
    int a = 7;
    bool b = true;
    char c = 'c';
    float complex z = 1 + 2 * I;
    memo_u64 words[] = {memo_word_pair(&a, sizeof a, &b, sizeof b),
                        memo_word(&c, sizeof c)};
    memo_u64 others[] = {memo_word(&z, sizeof z), memo_word(&c, sizeof c)};
    char *facts[] = {memo_describe(&three), memo_describe(&four)};
    shown out;

    check_words(facts[0], words, 2, "a = 7, b = true, c = 99", NULL);
    check_words(facts[1], others, 2, "c = 99, z = 1+2i", NULL);
    out = show_bytes(memo_show_arguments, MEMO_SHOW_TEXT, facts[1], others, 8);
    ck_assert(!out.is_whole);
    free(out.text);
    free(facts[0]);
    free(facts[1]);
}
END_TEST

/* ---- results ------------------------------------------------------------- */

static const struct memo_parameter fills[] = {
    {"n", &type_int, MEMO_BY_VALUE, MEMO_IN},
    {"out", &type_short, MEMO_BY_ELEMENTS, MEMO_OUT},
    {"none", &type_int, MEMO_BY_ELEMENTS, MEMO_OUT}};

START_TEST(results_come_before_outputs)
{
    short out[] = {1, 2};
    double half = 0.5;
    char *text = "x\"y";
    int numbers[] = {4, 5}, *list = numbers;
    const struct memo_argument arguments[] = {{NULL, 0}, {out, 2}, {NULL, 0}};
    struct memo_function function = {.parameters = fills};
    memo_computed from = {&function, arguments, &half, 0, NULL};

    check_result(&from, "", "{}");
    function.parameter_count = 3;
    check_result(&from, "out = [1, 2], none = NULL",
                 "{\"outputs\": {\"out\": [1, 2], \"none\": null}}");
    function.result_kind = MEMO_RESULT_VALUE;
    function.result_type = &type_double;
    check_result(&from, "0.5, out = [1, 2], none = NULL",
                 "{\"result\": 0.5, \"outputs\": {\"out\": [1, 2], "
                 "\"none\": null}}");
    function.parameter_count = 0;
    check_result(&from, "0.5", "{\"result\": 0.5}");
    function.result_kind = MEMO_RESULT_TEXT;
    function.result_type = NULL;
    from.result = &text;
    check_result(&from, "\"x\\\"y\"", "{\"result\": \"x\\\"y\"}");
    text = NULL;
    check_result(&from, "NULL", "{\"result\": null}");
    function.result_kind = MEMO_RESULT_ELEMENTS;
    function.result_type = &type_int;
    from.result = &list;
    from.result_count = 2;
    check_result(&from, "[4, 5]", "{\"result\": [4, 5]}");
    list = NULL;
    check_result(&from, "NULL", "{\"result\": null}");
}
END_TEST

START_TEST(results_that_are_shared_are_addresses)
{
    const struct memo_sharing sharing = {0, NULL, NULL};
    const struct memo_function function = {.result_kind = MEMO_RESULT_VALUE,
                                           .result_type = &type_address,
                                           .sharing = &sharing};
    void *address = (void *)(uintptr_t)0xABC;
    const memo_computed from = {&function, NULL, &address, 0, NULL};

    check_result(&from, "0xabc", "{\"result\": \"0xabc\"}");
}
END_TEST

START_TEST(deep_results_are_followed)
{
    struct item last = {2, NULL}, first = {1, &last}, *list = &first;
    char *text = "deep";
    struct memo_function function = {.flags = MEMO_VALUE_IS_DEEP,
                                     .result_kind = MEMO_RESULT_VALUE,
                                     .result_type = &type_item_pointer};
    memo_computed from = {&function, NULL, &list, 1, NULL};

    check_result(&from, "&{number = 1, next = &{number = 2, next = NULL}}",
                 "{\"result\": {\"number\": 1, \"next\": {\"number\": 2, "
                 "\"next\": null}}}");
    function.result_kind = MEMO_RESULT_ELEMENTS;
    function.result_type = &type_item;
    check_result(&from, "&{number = 1, next = &{number = 2, next = NULL}}",
                 "{\"result\": {\"number\": 1, \"next\": {\"number\": 2, "
                 "\"next\": null}}}");
    function.result_kind = MEMO_RESULT_TEXT;
    from.result = &text;
    check_result(&from, "\"deep\"", "{\"result\": \"deep\"}");
}
END_TEST

START_TEST(what_is_changed_in_place_is_shown_as_it_is_now)
{
    static const struct memo_parameter parameter = {
        "list", &type_item, MEMO_BY_ELEMENTS, MEMO_IN_OUT};
    const struct memo_function function = {.flags = MEMO_VALUE_IS_DEEP,
                                           .parameter_count = 1,
                                           .parameters = &parameter};
    struct item last = {2, NULL}, first = {1, NULL};
    const struct memo_argument argument = {&first, 1};
    memo_before *before = memo_before_take(&function, &argument, UINT64_MAX);
    const memo_computed from = {&function, &argument, NULL, 0, before};

    check_arguments(&function, &argument, "list = &{number = 1, next = NULL}",
                    NULL);
    first.next = &last;
    first.number = 3;
    check_result(&from,
                 "list = &{number = 3, next = &{number = 2, next = NULL}}",
                 "{\"outputs\": {\"list\": {\"number\": 3, \"next\": "
                 "{\"number\": 2, \"next\": null}}}}");
    memo_before_destroy(before);
}
END_TEST

/* ---- damage -------------------------------------------------------------- */

/* A call of every kind of parameter, and its key. */
static char *make_key(memo_key *key)
{
    static const struct memo_parameter all[] = {
        {"text", NULL, MEMO_BY_TEXT, MEMO_IN},
        {"nested", &type_nested, MEMO_BY_VALUE, MEMO_IN},
        {"mixed", &type_mixed, MEMO_BY_ELEMENTS, MEMO_IN},
        {"table", &type_table, MEMO_BY_ELEMENTS, MEMO_IN},
        {"owner", &type_owner, MEMO_BY_VALUE, MEMO_IN},
        {"node", &type_node, MEMO_BY_VALUE, MEMO_IN},
        {"out", &type_int, MEMO_BY_ELEMENTS, MEMO_OUT}};
    static const struct memo_function function = {.parameter_count = 7,
                                                  .parameters = all};
    static struct nested nested;
    static struct mixed two[2];
    double cells[] = {1, 2};
    char *labels[] = {"a"};
    struct table table = {2, 1, cells, labels, "title"};
    struct box box = {3, "box"};
    struct owner owner = {box, &box, 1, &box};
    struct node node = {&node, 1, NULL};
    int out[2];
    const struct memo_argument arguments[] = {
        {"some text", 0}, {&nested, 0}, {two, 2}, {&table, 1},
        {&owner, 0},      {&node, 0},   {out, 2}};

    ck_assert_int_eq(memo_key_build(key, &function, arguments, show_budget),
                     MEMO_KEY_BUILT);
    return memo_describe(&function);
}

START_TEST(keys_that_are_cut_are_damaged)
{
    memo_key *key = malloc(sizeof *key);
    char *facts = make_key(key);

    for (uint32_t size = 0; size <= key->size; size++) {
        shown out = show_bytes(memo_show_arguments, (memo_show_form)_i, facts,
                               key->bytes, size);

        ck_assert(!out.is_whole || size == key->size ||
                  strstr(out.text, "<not known>"));
        free(out.text);
    }
    free(facts);
    free(key);
}
END_TEST

START_TEST(any_byte_of_a_key_may_be_another)
{
    static const unsigned char others[] = {0, 1, 2, 3, 5, 127, 254, 255};
    memo_key *key = malloc(sizeof *key);
    char *facts = make_key(key);

    for (uint32_t at = 0; at < key->size; at++) {
        unsigned char before = key->bytes[at];

        for (size_t i = 0; i < sizeof others; i++) {
            key->bytes[at] = others[i];
            free(show_bytes(memo_show_arguments, (memo_show_form)_i, facts,
                            key->bytes, key->size)
                     .text);
            free(show_bytes(memo_show_result, (memo_show_form)_i, facts,
                            key->bytes + at, key->size - at)
                     .text);
        }
        key->bytes[at] = before;
    }
    free(facts);
    free(key);
}
END_TEST

START_TEST(any_byte_of_the_facts_may_be_another)
{
    static const char others[] = "\n 0159\"ax";
    memo_key *key = malloc(sizeof *key);
    char *facts = make_key(key);

    for (char *at = facts; *at != '\0'; at++) {
        char before = *at;

        for (size_t i = 0; i < sizeof others - 1; i++) {
            *at = others[i];
            free(show_bytes(memo_show_arguments, (memo_show_form)_i, facts,
                            key->bytes, key->size)
                     .text);
        }
        *at = before;
    }
    free(facts);
    free(key);
}
END_TEST

START_TEST(what_was_shown_before_the_damage_stays)
{
    static const struct memo_parameter parameters[] = {
        {"a", &type_int, MEMO_BY_VALUE, MEMO_IN},
        {"b", &type_point, MEMO_BY_VALUE, MEMO_IN},
        {"c", NULL, MEMO_BY_TEXT, MEMO_IN}};
    const struct memo_function function = {.parameter_count = 3,
                                           .parameters = parameters};
    char *facts = memo_describe(&function);
    unsigned char key[] = {1, 1, 0, 0, 0, 1, 2, 0, 0, 0, 3, 0, 0};
    shown out;

    out = show_bytes(memo_show_arguments, MEMO_SHOW_TEXT, facts, key, 13);
    ck_assert(!out.is_whole);
    ck_assert_str_eq(out.text, "a = 1, b = {x = 2, y = <damaged>}");
    free(out.text);
    out = show_bytes(memo_show_arguments, MEMO_SHOW_JSON, facts, key, 13);
    ck_assert_str_eq(out.text,
                     "{\"a\": 1, \"b\": {\"x\": 2, \"y\": \"<damaged>\"}}");
    free(out.text);
    out = show_bytes(memo_show_arguments, MEMO_SHOW_JSON, "no facts", key, 13);
    ck_assert(!out.is_whole);
    ck_assert_str_eq(out.text, "{}");
    free(out.text);
    free(facts);
}
END_TEST

/* ---- how long it takes --------------------------------------------------- */

/* A struct of no bytes, so many times. */
static const char endless[] =
    "type deep-struct 0 \"empty\"\n"
    "type deep-struct 0 \"more\"\nfield 0 1000000000000 \"all\"\n"
    "type deep-struct 0 \"most\"\nfield 1 1000000000000 \"all\"\n"
    "parameter value in 2 \"p\"\nresult none -\nwords 0\nend\n";

START_TEST(facts_cannot_make_it_endless)
{
    char facts[400];
    shown out;

    memo_describe_head(facts);
    strcat(strcat(facts, "\n"), endless);
    out = show_bytes(memo_show_arguments, (memo_show_form)_i, facts, "\1", 1);

    ck_assert_ptr_nonnull(strstr(out.text, "999999999980 more"));
    free(out.text);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("show");
    TCase *keys = tcase_create("keys");
    TCase *values = tcase_create("values");
    TCase *damage = tcase_create("damage");

    tcase_add_test(keys, arguments_have_names);
    tcase_add_test(keys, no_arguments_are_shown_as_nothing);
    tcase_add_test(keys, outputs_may_be_counted_later);
    tcase_add_test(keys, what_is_long_is_a_digest);
    tcase_add_test(keys, what_has_no_room_is_folded);
    tcase_add_test(keys, what_could_be_two_items_is_none_of_them);
    tcase_add_test(keys, files_have_a_path_and_a_content);
    tcase_add_test(keys, words_are_packed_as_generated_code_does);
    tcase_add_test(keys, a_word_may_be_left_half_empty);
    suite_add_tcase(suite, keys);

    tcase_add_test(values, results_come_before_outputs);
    tcase_add_test(values, results_that_are_shared_are_addresses);
    tcase_add_test(values, deep_results_are_followed);
    tcase_add_test(values, what_is_changed_in_place_is_shown_as_it_is_now);
    suite_add_tcase(suite, values);

    tcase_add_loop_test(damage, keys_that_are_cut_are_damaged, 0, 2);
    tcase_add_loop_test(damage, any_byte_of_a_key_may_be_another, 0, 2);
    tcase_add_loop_test(damage, any_byte_of_the_facts_may_be_another, 0, 2);
    tcase_add_test(damage, what_was_shown_before_the_damage_stays);
    tcase_add_loop_test(damage, facts_cannot_make_it_endless, 0, 2);
    suite_add_tcase(suite, damage);
    return suite;
}
