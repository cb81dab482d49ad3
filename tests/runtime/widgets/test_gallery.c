/* The gallery shows everything that there is. */
#include "elements/page.h"
#include "st/test.h"

#include "../../../samples/gallery/page.c"

#include <check.h>

Suite *memo_test_suite(void);

START_TEST(every_kind_is_in_the_gallery)
{
    st_test *test = st_test_create(draw_page, NULL);

    ck_assert_int_eq(st_test_run(test), ST_OK);
    for (int kind = 0; kind < ST_KIND_COUNT; kind++)
        ck_assert_msg(st_test_count(test, st_kinds[kind].name) > 0,
                      "there is no '%s'", st_kinds[kind].name);
    st_test_destroy(test);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("widgets.gallery");
    TCase *cases = tcase_create("cases");

    tcase_add_test(cases, every_kind_is_in_the_gallery);
    suite_add_tcase(suite, cases);
    return suite;
}
