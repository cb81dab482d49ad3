/* runner.c -- main() of every unit test: run the suite that the test defines.
 *
 * CK_FORK, CK_RUN_CASE, CK_VERBOSITY and the like work as Check describes.  A
 * test that hangs is ended, but a busy machine makes none fail: Check's own
 * limit of 4 s is for an idle one.
 */
#include <check.h>

#include <stdlib.h>

Suite *memo_test_suite(void);

int main(void)
{
    setenv("CK_DEFAULT_TIMEOUT", "240", 0);
    SRunner *runner = srunner_create(memo_test_suite());
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    int run = srunner_ntests_run(runner);
    srunner_free(runner);
    return failed == 0 && run > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
