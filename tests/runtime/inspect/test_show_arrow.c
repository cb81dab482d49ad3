#include "inspect/show_arrow.h"

#include "../../support/arrow_hand.h"
#include "test_show.h"

Suite *memo_test_suite(void);

struct pair {
    struct ArrowSchema schema;
    struct ArrowArray array;
};

/* How a pair is shown that is an argument. */
static void check_pair(struct pair *pair, const char *text, const char *json)
{
    static const struct memo_type type = {
        "arrow", MEMO_KIND_OPAQUE, 0, sizeof(struct pair), NULL,
        NULL,    &memo_arrow_codec};
    static const struct memo_parameter parameter = {"v", &type,
                                                    MEMO_BY_ELEMENTS, MEMO_IN};
    const struct memo_function function = {.parameter_count = 1,
                                           .parameters = &parameter};

    check_arguments(&function, &(struct memo_argument){pair, 1}, text, json);
}

START_TEST(tables_are_their_size)
{
    static const int32_t numbers[] = {1, 2, 3};
    const void *buffers[] = {NULL, numbers}, *none[] = {NULL};
    struct ArrowSchema columns[] = {SCHEMA("i"), SCHEMA("i")};
    struct ArrowArray arrays[] = {ARRAY(buffers, 3), ARRAY(buffers, 3)};
    struct ArrowSchema *schemas[] = {&columns[0], &columns[1]};
    struct ArrowArray *children[] = {&arrays[0], &arrays[1]};
    struct pair pair = {SCHEMA("+s"), ARRAY(none, 3)}, nothing;
    pair.schema.n_children = pair.array.n_children = 2;
    pair.schema.children = schemas;
    pair.array.children = children;
    memset(&nothing, 0, sizeof nothing);

    check_pair(&pair, "v = <table of 2 columns, 3 rows>",
               "{\"v\": \"<table of 2 columns, 3 rows>\"}");
    pair.array.release = NULL;
    check_pair(&pair, "v = <schema of 2 columns>", NULL);
    pair.schema = columns[0];
    pair.array = arrays[0];
    check_pair(&pair, "v = <column of 3 rows, format i>", NULL);
    check_pair(&nothing, "v = NULL", "{\"v\": null}");
}
END_TEST

START_TEST(formats_cannot_break_json)
{
    static const int64_t numbers[] = {1};
    const void *buffers[] = {NULL, numbers};
    struct pair pair = {SCHEMA("tss:a\"\n"), ARRAY(buffers, 1)};

    check_pair(&pair, "v = <column of 1 rows, format tss:a\\\"\\n>",
               "{\"v\": \"<column of 1 rows, format tss:a\\\"\\n>\"}");
}
END_TEST

START_TEST(bytes_that_are_cut_are_none)
{
    static const int32_t numbers[] = {1, 2, 3};
    const void *buffers[] = {NULL, numbers};
    struct pair pair = {SCHEMA("i"), ARRAY(buffers, 3)};
    memo_sink sink = memo_sink_growing(UINT64_MAX);
    ck_assert(memo_arrow_codec.write(&pair, &sink));

    for (size_t size = 0; size < sink.size; size++) {
        unsigned char *copy = malloc(size + 1);

        memcpy(copy, sink.bytes, size);
        ck_assert_ptr_null(memo_show_arrow(NULL, copy, copy + size));
        free(copy);
    }
    ck_assert_ptr_eq(memo_show_arrow(NULL, sink.bytes, sink.bytes + sink.size),
                     sink.bytes + sink.size);
    free(sink.bytes);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("show_arrow");
    TCase *all = tcase_create("all");

    tcase_add_test(all, tables_are_their_size);
    tcase_add_test(all, formats_cannot_break_json);
    tcase_add_test(all, bytes_that_are_cut_are_none);
    suite_add_tcase(suite, all);
    return suite;
}
