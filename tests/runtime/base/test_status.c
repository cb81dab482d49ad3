#include "memo.h"

#include <check.h>
#include <string.h>

START_TEST(every_status_has_a_text_of_its_own)
{
    for (int i = 0; i < MEMO_STATUS_COUNT; i++) {
        const char *text = memo_status_text((memo_status)i);

        ck_assert_str_ne(text, "");
        for (int j = 0; j < i; j++)
            ck_assert_str_ne(text, memo_status_text((memo_status)j));
    }
}
END_TEST

START_TEST(every_reason_has_a_text_of_its_own)
{
    for (int i = 0; i < MEMO_REASON_COUNT; i++) {
        const char *text = memo_reason_text((memo_reason)i);

        ck_assert_str_ne(text, "");
        for (int j = 0; j < i; j++)
            ck_assert_str_ne(text, memo_reason_text((memo_reason)j));
    }
}
END_TEST

START_TEST(other_numbers_have_a_text_too)
{
    ck_assert_str_eq(memo_status_text(MEMO_STATUS_COUNT), "unknown status");
    ck_assert_str_eq(memo_reason_text((memo_reason)-1), "unknown reason");
}
END_TEST

Suite *memo_test_suite(void);

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("base/status");
    TCase *group = tcase_create("texts");

    tcase_add_test(group, every_status_has_a_text_of_its_own);
    tcase_add_test(group, every_reason_has_a_text_of_its_own);
    tcase_add_test(group, other_numbers_have_a_text_too);
    suite_add_tcase(suite, group);
    return suite;
}
