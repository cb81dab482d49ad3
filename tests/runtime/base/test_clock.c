#include "base/clock.h"

#include <check.h>
#include <stdbool.h>

static memo_u64 read_number(void *context)
{
    return *(memo_u64 *)context;
}

START_TEST(injected_clock_is_read_as_it_is)
{
    memo_u64 time = 12345;
    memo_clock clock = {read_number, &time, 4000000};

    ck_assert_uint_eq(memo_clock_now(&clock), 12345);
    ck_assert(memo_clock_has_reached(&clock, 12345));
    ck_assert(!memo_clock_has_reached(&clock, 12346));
    time = 99999;
    ck_assert_uint_eq(memo_clock_now(&clock), 99999);
}
END_TEST

START_TEST(time_does_not_go_back)
{
    memo_clock clock;
    uint64_t before;

    memo_clock_init(&clock);
    before = memo_clock_now(&clock);
    for (int i = 0; i < 1000; i++) {
        uint64_t now = memo_clock_now(&clock);

        ck_assert_uint_ge(now, before);
        before = now;
    }
}
END_TEST

START_TEST(no_time_is_reached_late_or_early)
{
    memo_clock clock;

    memo_clock_init(&clock);
    for (uint64_t distance = 1; distance < 1000000000; distance *= 3) {
        uint64_t time = memo_clock_now(&clock) + distance;
        bool has_reached = memo_clock_has_reached(&clock, time);
        uint64_t after = memo_clock_now(&clock);

        /* It may be reached while it is asked for, not before or after. */
        ck_assert(!has_reached || after >= time);
        ck_assert(memo_clock_has_reached(&clock, time - distance));
        ck_assert(memo_clock_has_reached(&clock, after));
    }
}
END_TEST

START_TEST(clock_without_steps_is_read_exactly)
{
    memo_clock clock = {NULL, NULL, 0};

    ck_assert(memo_clock_has_reached(&clock, memo_clock_now(&clock)));
    ck_assert(!memo_clock_has_reached(&clock, UINT64_MAX));
}
END_TEST

Suite *memo_test_suite(void);

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("base/clock");
    TCase *group = tcase_create("time");

    tcase_add_test(group, injected_clock_is_read_as_it_is);
    tcase_add_test(group, time_does_not_go_back);
    tcase_add_test(group, no_time_is_reached_late_or_early);
    tcase_add_test(group, clock_without_steps_is_read_exactly);
    suite_add_tcase(suite, group);
    return suite;
}
