#include "cache/reclaim.h"

#include <check.h>
#include <pthread.h>
#include <stdlib.h>

/* Memory counts as freed when the limbo has nothing left; sanitizers see
 * whether it was freed too early, or not at all. */
static memo_threads threads;
static memo_limbo limbo;
static memo_thread *self;

static void ignore_end(memo_thread *thread)
{
    (void)thread;
}

static void set_up(bool is_fenced)
{
    ck_assert(memo_threads_init(&threads, is_fenced, ignore_end));
    ck_assert(memo_limbo_init(&limbo, &threads));
    self = memo_thread_make(&threads);
    ck_assert_ptr_nonnull(self);
}

static void set_up_fenced(void)
{
    set_up(true);
}

static void set_up_unfenced(void)
{
    set_up(!memo_reclaim_probe());
}

static void retire(size_t size)
{
    memo_retired *memory = malloc(sizeof *memory);

    memo_limbo_retire(&limbo, memory, size);
}

static bool has_any(void)
{
    return atomic_load(&limbo.has_any);
}

START_TEST(what_nobody_looks_at_is_freed_at_once)
{
    retire(10);
    ck_assert(has_any());

    memo_limbo_flush(&limbo);

    ck_assert(!has_any());
}
END_TEST

START_TEST(what_is_looked_at_waits)
{
    ck_assert(memo_section_enter(self));
    retire(10);
    memo_limbo_flush(&limbo);
    ck_assert(has_any());

    memo_section_leave(self);
    memo_limbo_flush(&limbo);

    ck_assert(!has_any());
}
END_TEST

START_TEST(section_that_began_later_holds_nothing_up)
{
    retire(10);
    memo_limbo_poll(&limbo, true);
    ck_assert(memo_section_enter(self));
    memo_limbo_poll(&limbo, true);

    ck_assert(!has_any());
    memo_section_leave(self);
}
END_TEST

START_TEST(sections_do_not_nest)
{
    ck_assert(!memo_thread_is_inside(self));
    ck_assert(memo_section_enter(self));
    ck_assert(!memo_section_enter(self));
    ck_assert(memo_thread_is_inside(self));
    memo_section_leave(self);
    ck_assert(!memo_thread_is_inside(self));
}
END_TEST

START_TEST(many_small_things_or_one_large_one_begin_a_grace_period)
{
    for (int i = 0; i < 64; i++)
        retire(1);
    retire(1);
    ck_assert_uint_le(limbo.gathered_count, 1);
    memo_limbo_flush(&limbo);
    retire(2u << 20);
    memo_limbo_poll(&limbo, false);

    ck_assert(!has_any());
}
END_TEST

/* One thread replaces a value again and again, others read it. */
typedef struct {
    memo_retired retired;
    int number, same;
} value;

static value *_Atomic current;
static _Atomic bool is_done;

static value *make_value(int number)
{
    value *made = malloc(sizeof *made);

    made->number = made->same = number;
    return made;
}

static void *read_values(void *unused)
{
    memo_thread *reader = memo_thread_make(&threads);

    (void)unused;
    while (!is_done) {
        value *seen;

        ck_assert(memo_section_enter(reader));
        seen = atomic_load_explicit(&current, memory_order_acquire);
        ck_assert(seen->number == seen->same);
        memo_section_leave(reader);
    }
    return NULL;
}

START_TEST(readers_never_see_freed_memory)
{
    pthread_t readers[2];

    is_done = false;
    atomic_store(&current, make_value(0));
    for (int i = 0; i < 2; i++)
        pthread_create(&readers[i], NULL, read_values, NULL);
    for (int i = 1; i < 20000; i++) {
        value *old = atomic_exchange(&current, make_value(i));

        memo_limbo_retire(&limbo, &old->retired, sizeof *old);
    }
    is_done = true;
    for (int i = 0; i < 2; i++)
        pthread_join(readers[i], NULL);
    memo_limbo_flush(&limbo);

    ck_assert(!has_any());
    ck_assert_int_eq(atomic_load(&current)->number, 19999);
    free(atomic_load(&current));
}
END_TEST

static void add_tests(Suite *suite, const char *name, void (*prepare)(void))
{
    TCase *group = tcase_create(name);

    tcase_add_checked_fixture(group, prepare, NULL);
    tcase_set_timeout(group, 60);
    tcase_add_test(group, what_nobody_looks_at_is_freed_at_once);
    tcase_add_test(group, what_is_looked_at_waits);
    tcase_add_test(group, section_that_began_later_holds_nothing_up);
    tcase_add_test(group, sections_do_not_nest);
    tcase_add_test(group,
                   many_small_things_or_one_large_one_begin_a_grace_period);
    tcase_add_test(group, readers_never_see_freed_memory);
    suite_add_tcase(suite, group);
}

Suite *memo_test_suite(void);

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("cache/reclaim");

    add_tests(suite, "with fences", set_up_fenced);
    add_tests(suite, "with membarrier where there is one", set_up_unfenced);
    return suite;
}
