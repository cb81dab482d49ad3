/* What changes the digest of a layout, and what does not. */
#include "cache/layout.h"
#include "sample_types.h"

#include <check.h>

#include <string.h>

Suite *memo_test_suite(void);

static memo_digest digest_of(const struct memo_type *type)
{
    memo_digest digest = {0, 0};

    ck_assert(memo_layout_of_type(&digest, type));
    return digest;
}

static bool are_equal(memo_digest a, memo_digest b)
{
    return a.low == b.low && a.high == b.high;
}

START_TEST(a_copy_of_a_table_has_the_same_layout)
{
    struct memo_field fields[2];
    struct memo_type copy = type_point;

    memcpy(fields, point_fields, sizeof fields);
    copy.fields = fields;

    ck_assert(are_equal(digest_of(&copy), digest_of(&type_point)));
}
END_TEST

enum { OFFSET, COUNT, TYPE, NAME, BITS, SIZE, KIND, CHANGES };

START_TEST(any_change_of_a_table_changes_the_layout)
{
    struct memo_field fields[2];
    struct memo_type changed = type_point;

    memcpy(fields, point_fields, sizeof fields);
    changed.fields = fields;
    if (_i == OFFSET)
        fields[1].offset += 4;
    if (_i == COUNT)
        fields[1].count = 2;
    if (_i == TYPE)
        fields[1].type = &type_unsigned;
    if (_i == NAME)
        fields[1].name = "z";
    if (_i == BITS)
        fields[1].get_bits = bits_get_low;
    if (_i == SIZE)
        changed.size += 4;
    if (_i == KIND)
        changed.kind = MEMO_KIND_DEEP_STRUCT;

    ck_assert(!are_equal(digest_of(&changed), digest_of(&type_point)));
}
END_TEST

START_TEST(a_change_behind_a_pointer_changes_the_layout)
{
    struct memo_type target = type_point;
    struct memo_type pointer = {.name = "struct point *",
                                .kind = MEMO_KIND_POINTER,
                                .size = sizeof(void *),
                                .target = &target};
    const memo_digest before = digest_of(&pointer);

    target.size++;

    ck_assert(!are_equal(digest_of(&pointer), before));
}
END_TEST

START_TEST(a_type_that_leads_to_itself_has_a_layout)
{
    struct memo_type pointer = {.name = "struct loop *",
                                .kind = MEMO_KIND_POINTER,
                                .size = sizeof(void *)};
    struct memo_field field = {.name = "next", .type = &pointer, .count = 1};
    struct memo_type loop = {.name = "struct loop",
                             .kind = MEMO_KIND_DEEP_STRUCT,
                             .field_count = 1,
                             .size = sizeof(void *),
                             .fields = &field};

    pointer.target = &loop;

    ck_assert(!are_equal(digest_of(&loop), digest_of(&pointer)));
}
END_TEST

START_TEST(what_a_function_takes_and_returns_is_its_layout)
{
    struct memo_parameter parameter = {"at", &type_point, MEMO_BY_ELEMENTS,
                                       MEMO_IN};
    struct memo_function function = {.parameter_count = 1,
                                     .parameters = &parameter,
                                     .result_kind = MEMO_RESULT_VALUE,
                                     .result_type = &type_int};
    memo_digest before, after, renamed;

    ck_assert(memo_layout_of_function(&before, &function));
    function.name = "other";
    ck_assert(memo_layout_of_function(&renamed, &function));
    parameter.direction = MEMO_IN_OUT;
    ck_assert(memo_layout_of_function(&after, &function));

    ck_assert(are_equal(before, renamed));
    ck_assert(!are_equal(before, after));
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("layout");
    TCase *all = tcase_create("all");

    tcase_add_test(all, a_copy_of_a_table_has_the_same_layout);
    tcase_add_loop_test(all, any_change_of_a_table_changes_the_layout, 0,
                        CHANGES);
    tcase_add_test(all, a_change_behind_a_pointer_changes_the_layout);
    tcase_add_test(all, a_type_that_leads_to_itself_has_a_layout);
    tcase_add_test(all, what_a_function_takes_and_returns_is_its_layout);
    suite_add_tcase(suite, all);
    return suite;
}
