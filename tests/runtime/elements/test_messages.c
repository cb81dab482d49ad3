/* What elements are packed in is what the front end reads. */
#include "elements/messages.pb-c.h"

#include "wire_facts.h"

Suite *memo_test_suite(void);

START_TEST(messages_are_those_of_the_front_end)
{
    read_facts();
    ck_assert_uint_gt(fact_count, 500);

    check_message(&st__element__descriptor);
    check_message(&st__block__descriptor);

    ck_assert_uint_gt(checked_count, 40);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("elements.messages");
    TCase *cases = tcase_create("cases");

    tcase_add_test(cases, messages_are_those_of_the_front_end);
    suite_add_tcase(suite, cases);
    return suite;
}
