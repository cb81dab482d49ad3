/* What was loaded is as old in memory as it is on the shelf. */
#include "store_fixture.h"

Suite *memo_test_suite(void);

static _Atomic int runs;
static _Atomic memo_u64 wall_time;

static memo_u64 read_wall_time(void *context)
{
    (void)context;
    return wall_time;
}

static void set_up(void)
{
    memo_config config;

    shelf_begin();
    config = settings();
    config.clock = read_test_time;
    config.wall_clock = read_wall_time;
    memo_config_set(&config);
    test_time = 1000 * SECOND;
    wall_time = 1700000000 * SECOND;
}

static void pass(memo_u64 time_ns)
{
    test_time += time_ns;
    wall_time += time_ns;
}

static long square(int n)
{
    runs++;
    return (long)n * n;
}

static int count_bytes(const char *text)
{
    runs++;
    return (int)strlen(text);
}

static void check_word(struct memo_function *function)
{
    ck_assert_int_eq(call_word(function, square, 3), 9);
}

static void check_text(struct memo_function *function)
{
    ck_assert_int_eq(call_text(function, count_bytes, "abc"), 3);
}

#define TTL (50 * SECOND)
#define AGING(macro, where)                                                    \
    {                                                                          \
        macro("aging"), .ttl_ns = TTL, .persistence = &with_age,               \
                        .address = where                                       \
    }

/* A function whose keys are words, and one whose keys are bytes. */
static struct {
    struct memo_function twins[3];
    void (*check)(struct memo_function *function);
} kinds[] = {{{AGING(WORD_FUNCTION, here), AGING(WORD_FUNCTION, there),
               AGING(WORD_FUNCTION, elsewhere)},
              check_word},
             {{AGING(TEXT_FUNCTION, here), AGING(TEXT_FUNCTION, there),
               AGING(TEXT_FUNCTION, elsewhere)},
              check_text}};

static void call(int kind, int twin)
{
    kinds[kind].check(&kinds[kind].twins[twin]);
}

/* ---- at exactly the ttl -------------------------------------------------- */

START_TEST(an_entry_has_the_same_age_everywhere)
{
    call(_i, 0);
    settle();
    pass(20 * SECOND);
    call(_i, 1);
    ck_assert_int_eq(runs, 1);

    pass(TTL - 20 * SECOND - 1);
    for (int twin = 0; twin < 3; twin++)
        call(_i, twin);
    ck_assert_int_eq(runs, 1);
    ck_assert_uint_eq(stats_of(&kinds[_i].twins[1]).store_hits, 1);
    ck_assert_uint_eq(stats_of(&kinds[_i].twins[2]).store_hits, 1);
}
END_TEST

/* Whoever comes first computes it anew. */
START_TEST(an_entry_is_expired_at_exactly_its_ttl)
{
    int kind = _i / 3, twin = _i % 3;

    call(kind, 0);
    settle();
    pass(20 * SECOND);
    call(kind, 1);
    pass(TTL - 20 * SECOND);
    call(kind, twin);

    ck_assert_int_eq(runs, 2);
    settle();
    for (int i = 0; i < 3; i++)
        call(kind, i);
    ck_assert_int_eq(runs, 2);
    ck_assert_uint_eq(shelf_count(), 1);
}
END_TEST

START_TEST(reading_prolongs_nothing)
{
    for (int i = 0; i < 10; i++) {
        call(_i, i % 3);
        settle();
        pass(TTL / 5);
    }

    ck_assert_int_eq(runs, 2);
}
END_TEST

START_TEST(an_age_that_is_older_than_the_clock_is_not_had_in_memory)
{
    call(_i, 0);
    settle();
    pass(20 * SECOND);
    test_time = 5 * SECOND; /* of another machine, which has just begun */
    call(_i, 1);
    call(_i, 1);
    ck_assert_int_eq(runs, 1);
    ck_assert_uint_eq(stats_of(&kinds[_i].twins[1]).store_hits, 2);

    pass(TTL - 20 * SECOND);
    call(_i, 1);
    ck_assert_int_eq(runs, 2);
}
END_TEST

START_TEST(a_ttl_beyond_all_times_is_none)
{
    struct memo_function *twins = kinds[_i].twins;

    twins[0].ttl_ns = twins[1].ttl_ns = UINT64_MAX - 1;
    call(_i, 0);
    settle();
    pass(1000000000 * SECOND);
    call(_i, 1);
    call(_i, 1);

    ck_assert_int_eq(runs, 1);
    ck_assert_uint_eq(stats_of(&twins[1]).store_hits, 1);
}
END_TEST

/* ---- clocks that are wrong ----------------------------------------------- */

START_TEST(an_entry_from_the_future_is_not_used)
{
    call(_i, 0);
    settle();
    wall_time -= 10 * SECOND;
    call(_i, 1);

    ck_assert_int_eq(runs, 2);
}
END_TEST

START_TEST(a_time_of_day_that_goes_back_changes_nothing_in_memory)
{
    call(_i, 0);
    settle();
    call(_i, 1);
    wall_time -= 1000000 * SECOND;
    test_time += TTL - 1;
    call(_i, 0);
    call(_i, 1);
    ck_assert_int_eq(runs, 1);

    test_time += 1;
    call(_i, 1);
    ck_assert_int_eq(runs, 2);
}
END_TEST

START_TEST(clocks_may_differ_a_little)
{
    call(_i, 0);
    settle();
    wall_time -= SECOND;
    call(_i, 1);
    ck_assert_int_eq(runs, 1);

    pass(TTL + SECOND);
    call(_i, 1);
    ck_assert_int_eq(runs, 2);
}
END_TEST

START_TEST(without_a_ttl_time_does_not_count)
{
    struct memo_function *twins = kinds[_i].twins;

    twins[0].ttl_ns = twins[1].ttl_ns = 0;
    call(_i, 0);
    settle();
    wall_time = _i ? 0 : UINT64_MAX;
    call(_i, 1);

    ck_assert_int_eq(runs, 1);
}
END_TEST

/* ---- another ttl --------------------------------------------------------- */

/* The program was built again, with another number in the annotation. */
START_TEST(a_ttl_that_was_lowered_counts)
{
    struct memo_function *twins = kinds[_i % 2].twins;

    twins[0].ttl_ns = _i < 2 ? TTL : 0;
    twins[1].ttl_ns = twins[2].ttl_ns = 10 * SECOND;
    call(_i % 2, 0);
    settle();
    pass(4 * SECOND);
    call(_i % 2, 1);
    pass(6 * SECOND - 1);
    call(_i % 2, 1);
    ck_assert_int_eq(runs, 1);
    ck_assert_uint_eq(stats_of(&twins[1]).store_hits, 1);

    pass(1);
    call(_i % 2, 1);
    ck_assert_int_eq(runs, 2);
}
END_TEST

START_TEST(a_ttl_that_was_raised_prolongs_nothing)
{
    struct memo_function *twins = kinds[_i % 2].twins;

    twins[1].ttl_ns = _i < 2 ? 2 * TTL : 0;
    call(_i % 2, 0);
    settle();
    pass(TTL);
    call(_i % 2, 1);

    ck_assert_int_eq(runs, 2);
}
END_TEST

/* ---- a ttl that is ignored ----------------------------------------------- */

START_TEST(an_ignored_ttl_is_told_once)
{
    static struct memo_function first = {
        WORD_FUNCTION("load_data"), .persistence = &ageless, .address = here};
    static struct memo_function second = {
        TEXT_FUNCTION("load_text"), .persistence = &ageless, .address = there};

    for (int i = 0; i < 3; i++)
        call_word(&first, square, i);
    ck_assert_uint_eq(count_warnings(), 1);
    ck_assert_str_eq(warned.last,
                     "The memoized function 'load_data' has a TTL that will be "
                     "ignored. Persistent memo caches currently don't support "
                     "TTL. (With persist_ttl they do.)");

    call_text(&second, count_bytes, "text");
    call_text(&second, count_bytes, "more");
    ck_assert_uint_eq(count_warnings(), 2);
    ck_assert_ptr_nonnull(strstr(warned.last, "'load_text'"));
}
END_TEST

START_TEST(an_ignored_ttl_is_ignored_without_a_store_too)
{
    static struct memo_function function = {
        WORD_FUNCTION("load_data"), .persistence = &ageless, .address = here};

    shelf.open_fails = true;
    check_word(&function);
    pass(1000000 * SECOND);
    check_word(&function);

    ck_assert_int_eq(runs, 1);
    ck_assert_uint_eq(count_warnings(), 2); /* of the ttl, of the store */
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("cache/stored_insert");
    TCase *cases = tcase_create("age");

    tcase_add_checked_fixture(cases, set_up, shelf_end);
    tcase_add_loop_test(cases, an_entry_has_the_same_age_everywhere, 0, 2);
    tcase_add_loop_test(cases, an_entry_is_expired_at_exactly_its_ttl, 0, 6);
    tcase_add_loop_test(cases, reading_prolongs_nothing, 0, 2);
    tcase_add_loop_test(
        cases, an_age_that_is_older_than_the_clock_is_not_had_in_memory, 0, 2);
    tcase_add_loop_test(cases, a_ttl_beyond_all_times_is_none, 0, 2);
    tcase_add_loop_test(cases, an_entry_from_the_future_is_not_used, 0, 2);
    tcase_add_loop_test(
        cases, a_time_of_day_that_goes_back_changes_nothing_in_memory, 0, 2);
    tcase_add_loop_test(cases, clocks_may_differ_a_little, 0, 2);
    tcase_add_loop_test(cases, without_a_ttl_time_does_not_count, 0, 2);
    tcase_add_loop_test(cases, a_ttl_that_was_lowered_counts, 0, 4);
    tcase_add_loop_test(cases, a_ttl_that_was_raised_prolongs_nothing, 0, 4);
    tcase_add_test(cases, an_ignored_ttl_is_told_once);
    tcase_add_test(cases, an_ignored_ttl_is_ignored_without_a_store_too);
    suite_add_tcase(suite, cases);
    return suite;
}
