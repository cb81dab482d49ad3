#include "app/address.h"

#include <check.h>
#include <stdlib.h>

Suite *memo_test_suite(void);

static const struct {
    const char *address;
    bool is_here;
} addresses[] = {
    {"127.0.0.1", true},    {"127.9.8.7", true},   {"0.0.0.0", true},
    {"::", true},           {"192.0.2.77", false}, /* is nobody's: RFC 5737 */
    {"2001:db8::1", false},                        /* RFC 3849 */
    {"localhost", false},   {"", false},           {"127.0.0", false},
    {"127.0.0.1 ", false},  {"::g", false},
};

START_TEST(addresses_are_of_this_machine)
{
    ck_assert_int_eq(st_address_is_here(addresses[_i].address),
                     addresses[_i].is_here);
}
END_TEST

/* A machine may have none; one that it has can be listened on. */
START_TEST(others_find_it_where_it_listens)
{
    char address[64];

    if (st_address_find_other(address, sizeof address))
        ck_assert(st_address_is_here(address));
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("app.address");
    TCase *cases = tcase_create("cases");

    tcase_add_loop_test(cases, addresses_are_of_this_machine, 0,
                        sizeof addresses / sizeof *addresses);
    tcase_add_test(cases, others_find_it_where_it_listens);
    suite_add_tcase(suite, cases);
    return suite;
}
