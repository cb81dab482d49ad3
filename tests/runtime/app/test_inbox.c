#include "app/inbox.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

Suite *memo_test_suite(void);

START_TEST(parts_become_one)
{
    st_inbox inbox = {0};
    size_t size;
    char *taken;

    ck_assert(st_inbox_add(&inbox, 100, "", 0));
    ck_assert_uint_eq(inbox.size, 0);
    ck_assert(st_inbox_add(&inbox, 100, "one ", 4));
    ck_assert(st_inbox_add(&inbox, 100, "two", 3));
    taken = st_inbox_take(&inbox, &size);
    ck_assert_uint_eq(size, 7);
    ck_assert_mem_eq(taken, "one two", 7);
    ck_assert_ptr_null(inbox.bytes);
    free(taken);
    /* Nothing is left of it. */
    ck_assert(st_inbox_add(&inbox, 3, "new", 3));
    ck_assert_mem_eq(inbox.bytes, "new", 3);
    st_inbox_clear(&inbox);
    st_inbox_clear(&inbox);
}
END_TEST

START_TEST(what_is_too_large_is_refused)
{
    st_inbox inbox = {0};

    ck_assert(!st_inbox_add(&inbox, 3, "four", 4));
    ck_assert(st_inbox_add(&inbox, 4, "four", 4));
    ck_assert(!st_inbox_add(&inbox, 4, "x", 1));
    ck_assert(!st_inbox_add(&inbox, 4, "x", (size_t)-1));
    ck_assert_mem_eq(inbox.bytes, "four", 4);
    st_inbox_clear(&inbox);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("app.inbox");
    TCase *cases = tcase_create("cases");

    tcase_add_test(cases, parts_become_one);
    tcase_add_test(cases, what_is_too_large_is_refused);
    suite_add_tcase(suite, cases);
    return suite;
}
