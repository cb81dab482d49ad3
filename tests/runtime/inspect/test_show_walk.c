#include "inspect/show_walk.h"

#include "../cache/deep_types.h"
#include "test_show.h"

Suite *memo_test_suite(void);

/* How one value behind a pointer is shown. */
static void check_behind(const struct memo_type *type, void *object,
                         uint64_t count, const char *text, const char *json)
{
    const struct memo_parameter parameter = {"v", type, MEMO_BY_ELEMENTS,
                                             MEMO_IN};
    const struct memo_function function = {.parameter_count = 1,
                                           .parameters = &parameter};

    check_arguments(&function, &(struct memo_argument){object, count}, text,
                    json);
}

/* ---- flat ---------------------------------------------------------------- */

START_TEST(structs_have_names)
{
    struct point point = {1, -2};
    struct padded padded = {'a', 2.5, 3};

    check_value(&type_point, &point, "v = {x = 1, y = -2}",
                "{\"v\": {\"x\": 1, \"y\": -2}}");
    check_value(&type_padded, &padded,
                "v = {letter = 97, number = 2.5, "
                "tail = 3}",
                "{\"v\": {\"letter\": 97, \"number\": 2.5, \"tail\": 3}}");
    check_behind(&type_point, &point, 1, "v = &{x = 1, y = -2}",
                 "{\"v\": {\"x\": 1, \"y\": -2}}");
}
END_TEST

START_TEST(bit_fields_have_their_sign)
{
    struct bits bits;

    memset(&bits, 0, sizeof bits);
    bits.low = 7;
    bits.middle = -16;
    bits.flag = true;
    bits.high = 0xFFFFF;

    check_value(&type_bits, &bits,
                "v = {low = 7, middle = -16, flag = true, high = 1048575, "
                "tail = 0}",
                "{\"v\": {\"low\": 7, \"middle\": -16, \"flag\": true, "
                "\"high\": 1048575, \"tail\": 0}}");
}
END_TEST

START_TEST(arrays_of_characters_are_texts)
{
    struct mixed mixed;

    memset(&mixed, 0, sizeof mixed);
    memcpy(mixed.name, "ab\"c", 4);
    mixed.flags[1] = true;
    mixed.matrix[1][2] = 0.5f;

    check_value(&type_mixed, &mixed,
                "v = {matrix = [0, 0, 0, 0, 0, 0.5], name = \"ab\\\"c\", "
                "flags = [false, true, false], sum = 0, bits = "
                "[{low = 0, middle = 0, flag = false, high = 0, tail = 0}, "
                "{low = 0, middle = 0, flag = false, high = 0, tail = 0}]}",
                NULL);
    mixed.name[1] = '\0';
    check_behind(&type_char, mixed.name, 5, "v = [97, 0, 34, 99, 0]",
                 "{\"v\": [97, 0, 34, 99, 0]}");
    check_behind(&type_char, mixed.name, 0, "v = \"\"", "{\"v\": \"\"}");
}
END_TEST

START_TEST(long_arrays_are_cut)
{
    int numbers[30];

    for (int i = 0; i < 30; i++)
        numbers[i] = i;

    check_behind(&type_int, numbers, 3, "v = [0, 1, 2]", "{\"v\": [0, 1, 2]}");
    check_behind(&type_int, numbers, 0, "v = []", "{\"v\": []}");
    check_behind(&type_int, NULL, 5, "v = NULL", "{\"v\": null}");
    check_behind(&type_int, numbers, 30,
                 "v = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, "
                 "16, 17, 18, 19, ... 10 more]",
                 "{\"v\": [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, "
                 "15, 16, 17, 18, 19, \"... 10 more\"]}");
}
END_TEST

/* ---- pointers ------------------------------------------------------------ */

START_TEST(pointers_are_followed)
{
    struct item last = {2, NULL}, first = {1, &last};

    check_value(&type_item, &first,
                "v = {number = 1, next = &{number = 2, next = NULL}}",
                "{\"v\": {\"number\": 1, \"next\": {\"number\": 2, "
                "\"next\": null}}}");
}
END_TEST

START_TEST(what_is_seen_again_has_a_number)
{
    struct node leaf = {NULL, 7, NULL}, root = {&leaf, 1, &leaf};

    check_value(&type_node, &root,
                "v = {left = node 1 &{left = NULL, value = 7, right = NULL}, "
                "value = 1, right = node 1}",
                "{\"v\": {\"left\": {\"node\": 1, \"value\": {\"left\": null, "
                "\"value\": 7, \"right\": null}}, \"value\": 1, "
                "\"right\": \"node 1\"}}");
    leaf.right = &leaf;
    root.right = NULL;
    check_value(&type_node, &root,
                "v = {left = node 1 &{left = NULL, value = 7, right = node 1}, "
                "value = 1, right = NULL}",
                NULL);
    leaf.right = &root;
    check_behind(&type_node, &root, 1,
                 "v = node 0 &{left = &{left = NULL, value = 7, right = node "
                 "0}, value = 1, right = NULL}",
                 NULL);
}
END_TEST

START_TEST(elements_of_an_array_are_named_by_two_numbers)
{
    struct vertex all[3] = {{10, &all[2]}, {11, NULL}, {12, &all[0]}};
    struct net net = {3, all, &all[1]};

    check_value(&type_net, &net,
                "v = {count = 3, all = node 1 &[{number = 10, next = node "
                "1[2]}, {number = 11, next = NULL}, {number = 12, next = node "
                "1}], last = node 1[1]}",
                NULL);
}
END_TEST

START_TEST(long_lists_are_cut)
{
    static struct item items[100];
    char *facts;
    const struct memo_parameter parameter = {"v", &type_item, MEMO_BY_VALUE,
                                             MEMO_IN};
    const struct memo_function function = {.parameter_count = 1,
                                           .parameters = &parameter};
    memo_key *key = malloc(sizeof *key);
    shown out;
    for (int i = 0; i < 100; i++)
        items[i] = (struct item){i, i < 99 ? &items[i + 1] : NULL};
    facts = memo_describe(&function);
    memo_key_build(key, &function, &(struct memo_argument){items, 1},
                   show_budget);

    out = show_bytes(memo_show_arguments, MEMO_SHOW_TEXT, facts, key->bytes,
                     key->size);

    ck_assert(out.is_whole);
    ck_assert_ptr_nonnull(strstr(out.text, "number = 19, next = ...}}}"));
    free(out.text);
    free(key);
    free(facts);
}
END_TEST

START_TEST(lengths_are_found_by_trying)
{
    double cells[] = {1, 2, 3, 4, 5, 6};
    char *labels[] = {"a", NULL, "c\n"};
    struct table table = {2, 3, cells, labels, "all"};

    check_value(&type_table, &table,
                "v = {rows = 2, columns = 3, cells = &[1, 2, 3, 4, 5, 6], "
                "labels = &[\"a\", NULL, \"c\\n\"], title = \"all\"}",
                "{\"v\": {\"rows\": 2, \"columns\": 3, \"cells\": "
                "[1, 2, 3, 4, 5, 6], \"labels\": [\"a\", null, \"c\\n\"], "
                "\"title\": \"all\"}}");
}
END_TEST

START_TEST(lengths_that_could_be_others_are_not_known)
{
    int a[] = {1, 2}, b[] = {3, 4, 5};
    struct spans spans = {2, 3, a, b};

    check_value(&type_spans, &spans,
                "v = {a_count = 2, b_count = 3, a = <not known>, b = <not "
                "known>}",
                "{\"v\": {\"a_count\": 2, \"b_count\": 3, \"a\": \"<not "
                "known>\", \"b\": \"<not known>\"}}");
    spans.b_count = 2;
    check_value(&type_spans, &spans,
                "v = {a_count = 2, b_count = 2, a = &[1, 2], b = &[3, 4]}",
                NULL);
}
END_TEST

START_TEST(flexible_arrays_are_shown)
{
    struct message *message = malloc(sizeof *message + 2 * sizeof(char *));
    message->count = 2;
    message->words[0] = "hello";
    message->words[1] = NULL;

    check_behind(&type_message, message, 1,
                 "v = &{count = 2, words = [\"hello\", NULL]}",
                 "{\"v\": {\"count\": 2, \"words\": [\"hello\", null]}}");
    check_value(&type_message_pointer, &message,
                "v = &{count = 2, words = [\"hello\", NULL]}", NULL);
    free(message);
}
END_TEST

START_TEST(texts_in_arrays_are_shown)
{
    char *texts[] = {"", NULL, "\xC3\xA9\xFF"};

    check_behind(&type_text, texts, 3, "v = [\"\", NULL, \"\xC3\xA9\\377\"]",
                 "{\"v\": [\"\", null, \"\xC3\xA9\\u00ff\"]}");
}
END_TEST

/* ---- opaque -------------------------------------------------------------- */

START_TEST(opaque_values_are_their_size)
{
    struct box box = {5, "bytes"}, *handle = &box, *none = NULL;
    struct owner owner = {box, NULL, 1, &box};

    check_value(&type_box, &box, "v = <opaque 5 bytes>",
                "{\"v\": \"<opaque 5 bytes>\"}");
    check_value(&type_handle, &handle, "v = <opaque 5 bytes>", NULL);
    check_value(&type_handle, &none, "v = NULL", "{\"v\": null}");
    check_value(&type_hashed, &handle, "v = <hash 0000000000000005>", NULL);
    check_behind(&type_owner, &owner, 1,
                 "v = &{own = <opaque 5 bytes>, other = NULL, count = 1, many "
                 "= &[<opaque 5 bytes>]}",
                 NULL);
}
END_TEST

static memo_u64 hash_of_point(const void *object)
{
    return (memo_u64)((const struct point *)object)->x;
}

START_TEST(hashes_of_fields_are_shown)
{
    static const struct memo_field hashed_fields[] = {
        {"x", &type_address, 0, 1, hash_of_point, NULL, NULL},
        FIELD(point, y, type_int)};
    static const struct memo_type hashed = STRUCT(point, hashed_fields);
    struct point point = {255, 3};

    check_value(&hashed, &point, "v = {x = <hash 00000000000000ff>, y = 3}",
                NULL);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("show_walk");
    TCase *flat = tcase_create("flat");
    TCase *deep = tcase_create("deep");

    tcase_add_test(flat, structs_have_names);
    tcase_add_test(flat, bit_fields_have_their_sign);
    tcase_add_test(flat, arrays_of_characters_are_texts);
    tcase_add_test(flat, long_arrays_are_cut);
    tcase_add_test(flat, hashes_of_fields_are_shown);
    suite_add_tcase(suite, flat);

    tcase_add_test(deep, pointers_are_followed);
    tcase_add_test(deep, what_is_seen_again_has_a_number);
    tcase_add_test(deep, elements_of_an_array_are_named_by_two_numbers);
    tcase_add_test(deep, long_lists_are_cut);
    tcase_add_test(deep, lengths_are_found_by_trying);
    tcase_add_test(deep, lengths_that_could_be_others_are_not_known);
    tcase_add_test(deep, flexible_arrays_are_shown);
    tcase_add_test(deep, texts_in_arrays_are_shown);
    tcase_add_test(deep, opaque_values_are_their_size);
    suite_add_tcase(suite, deep);
    return suite;
}
