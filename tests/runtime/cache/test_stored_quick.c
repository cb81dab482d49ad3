/* What a quick store has is handed out from there at first, and kept in memory
 * when it is asked for again. */
#define SHELF_IS_QUICK 1

#include "store_fixture.h"

Suite *memo_test_suite(void);

static _Atomic int runs;

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

static void check_word(struct memo_function *function, int n)
{
    ck_assert_int_eq(call_word(function, square, n), (long)n * n);
}

static void check_text(struct memo_function *function, int n)
{
    static const char text[] = "0123456789";

    ck_assert_int_eq(call_text(function, count_bytes, text + n), 10 - n);
}

#define OF(macro)                                                              \
    {                                                                          \
        {macro("f"), ON_SHELF(here)},                                          \
        {                                                                      \
            macro("f"), ON_SHELF(there)                                        \
        }                                                                      \
    }

/* A function whose keys are words, and one whose keys are bytes: what one
 * process computes, the other one finds. */
static struct {
    struct memo_function twins[2];
    void (*check)(struct memo_function *function, int n);
} kinds[] = {{OF(WORD_FUNCTION), check_word}, {OF(TEXT_FUNCTION), check_text}};

static void compute(int kind, int calls)
{
    for (int n = 0; n < calls; n++)
        kinds[kind].check(&kinds[kind].twins[0], n);
    settle();
    ck_assert_int_eq(runs, calls);
    ck_assert_uint_eq(shelf.loads, (unsigned)calls);
    shelf.loads = 0;
    memo_registry_clear(); /* as in another process */
}

static void call(int kind, int n)
{
    kinds[kind].check(&kinds[kind].twins[1], n);
}

START_TEST(memory_keeps_what_is_asked_for_twice)
{
    memo_stats stats;

    compute(_i, 5);
    for (int time = 0; time < 4; time++) {
        for (int n = 0; n < 5; n++)
            call(_i, n);
        ck_assert_uint_eq(shelf.loads, time == 0 ? 5 : 10);
    }

    ck_assert_int_eq(runs, 5);
    ck_assert_int_eq(memo_stats_of(&stats, there, ""), MEMO_OK);
    ck_assert_uint_eq(stats.hits, 20);
    ck_assert_uint_eq(stats.store_hits, 10);
    ck_assert_uint_eq(stats.entries, 5);
}
END_TEST

START_TEST(what_was_computed_here_is_in_memory_at_once)
{
    call(_i, 0);
    call(_i, 0);

    ck_assert_uint_eq(shelf.loads, 1);
    ck_assert_int_eq(runs, 1);
}
END_TEST

START_TEST(what_is_damaged_is_computed_again)
{
    compute(_i, 1);

    shelf.damaged = shelf_value_at(shelf.items);
    call(_i, 0);

    ck_assert_int_eq(runs, 2);
    shelf.damaged = SIZE_MAX;
    settle();
    ck_assert_uint_eq(shelf.removals, 1);
}
END_TEST

START_TEST(a_malformed_value_is_computed_again)
{
    shelf_item *item;
    memo_stored_entry entry;

    compute(_i, 1);
    item = shelf.items;
    memo_stored_read(&entry, item->bytes, item->size);
    entry.head.value_size--;
    memcpy(item->bytes, &entry.head, MEMO_STORED_HEAD_BYTES);
    item->size--;
    memo_stored_sign(item->bytes, item->size, shelf_backend()->host.secret);
    call(_i, 0);
    settle();

    ck_assert_int_eq(runs, 2);
    ck_assert_uint_eq(shelf.removals, 1);
    ck_assert_ptr_nonnull(strstr(warned.last, "malformed"));
}
END_TEST

START_TEST(what_is_cleared_is_not_found)
{
    compute(_i, 2);
    call(_i, 0);

    ck_assert_int_eq(memo_clear_function(there, ""), MEMO_OK);

    call(_i, 0);
    call(_i, 1);
    ck_assert_int_eq(runs, 4);
}
END_TEST

/* Memory that was emptied has been asked for nothing. */
START_TEST(what_memory_forgets_is_new_again)
{
    compute(_i, 1);
    call(_i, 0);

    memo_registry_clear();
    call(_i, 0);
    call(_i, 0);
    call(_i, 0);

    ck_assert_uint_eq(shelf.loads, 3);
    ck_assert_int_eq(runs, 1);
}
END_TEST

/* A hit that is verified runs the body, the first one as well. */
START_TEST(the_first_hit_is_verified)
{
    memo_config config = settings();

    compute(_i, 1);
    config.verify = 1;
    memo_config_set(&config);

    call(_i, 0);

    ck_assert_int_eq(runs, 2);
}
END_TEST

static _Atomic memo_u64 wall_time;

static memo_u64 read_wall_time(void *context)
{
    (void)context;
    return wall_time;
}

START_TEST(what_has_expired_is_not_handed_out)
{
    struct memo_function aging[] = {
        {WORD_FUNCTION("aging"), .ttl_ns = 50 * SECOND,
         .persistence = &with_age, .address = here},
        {WORD_FUNCTION("aging"), .ttl_ns = 50 * SECOND,
         .persistence = &with_age, .address = there},
        {WORD_FUNCTION("aging"), .ttl_ns = 50 * SECOND,
         .persistence = &with_age, .address = elsewhere}};
    memo_config config = settings();

    config.wall_clock = read_wall_time;
    memo_config_set(&config);
    wall_time = 1700000000 * SECOND;
    check_word(&aging[0], 1);
    settle();

    wall_time += 49 * SECOND;
    check_word(&aging[1], 1);
    ck_assert_int_eq(runs, 1);
    wall_time += SECOND;
    check_word(&aging[2], 1);
    ck_assert_int_eq(runs, 2);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("cache/stored_quick");
    TCase *cases = tcase_create("cases");

    tcase_add_checked_fixture(cases, shelf_begin, shelf_end);
    tcase_add_loop_test(cases, memory_keeps_what_is_asked_for_twice, 0, 2);
    tcase_add_loop_test(cases, what_was_computed_here_is_in_memory_at_once, 0,
                        2);
    tcase_add_loop_test(cases, what_is_damaged_is_computed_again, 0, 2);
    tcase_add_loop_test(cases, a_malformed_value_is_computed_again, 0, 2);
    tcase_add_loop_test(cases, what_is_cleared_is_not_found, 0, 2);
    tcase_add_loop_test(cases, what_memory_forgets_is_new_again, 0, 2);
    tcase_add_loop_test(cases, the_first_hit_is_verified, 0, 2);
    tcase_add_test(cases, what_has_expired_is_not_handed_out);
    suite_add_tcase(suite, cases);
    return suite;
}
