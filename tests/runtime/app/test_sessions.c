/* Many tabs at once: none is disturbed, and what they take is bounded. */
#define MOST_TABS 1000
#include "server_fixture.h"

#include "st.h"

Suite *memo_test_suite(void);

static _Atomic int runs;

static void draw(void *unused)
{
    (void)unused;
    runs++;
    st_title("A page");
    for (int i = 0; i < 20; i++)
        st_text("Some text that a page of this kind may have.");
    st_slider("Rows", .max = 100);
    if (st_button("Press"))
        st_text("pressed");
}

/* A build with sanitizers is slower and has memory of its own. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define IS_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define IS_SANITIZED 1
#endif
#endif
#ifndef IS_SANITIZED
#define IS_SANITIZED 0
#endif

enum {
    IDLE = IS_SANITIZED ? 100 : 500,
    ACTIVE = IS_SANITIZED ? 10 : 50,
    ROUNDS = IS_SANITIZED ? 5 : 20,
    MOST_BYTES = 200 << 10 /* of a tab, beside what its page holds */
};

/* Memory that is used, in bytes. */
static size_t resident(void)
{
    FILE *file = fopen("/proc/self/statm", "r");
    unsigned long size = 0, pages = 0;

    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(fscanf(file, "%lu %lu", &size, &pages), 2);
    fclose(file);
    return pages * (size_t)sysconf(_SC_PAGESIZE);
}

START_TEST(many_tabs_are_served)
{
    int idle[IDLE], active[ACTIVE];
    size_t before, each;

    check_alive();
    before = resident();
    for (int i = 0; i < IDLE; i++) {
        idle[i] = open_stream();
        check_run(idle[i]);
    }
    each = resident() > before ? (resident() - before) / IDLE : 0;
    printf("%d idle tabs: %zu KiB each\n", IDLE, each >> 10);
    if (!IS_SANITIZED)
        ck_assert_uint_lt(each, MOST_BYTES);
    for (int i = 0; i < ACTIVE; i++)
        active[i] = open_stream();
    runs = 0;
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < ACTIVE; i++)
            ck_assert(put_request(active[i]));
        for (int i = 0; i < ACTIVE; i++)
            check_end(active[i]);
    }
    ck_assert_int_eq(runs, ROUNDS * ACTIVE);
    /* Those that waited are there still. */
    check_run(idle[0]);
    check_run(idle[IDLE - 1]);
    for (int i = 0; i < IDLE; i++)
        close(idle[i]);
    for (int i = 0; i < ACTIVE; i++)
        close(active[i]);
    check_alive();
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("app.sessions");
    TCase *cases = tcase_create("cases");

    tcase_set_timeout(cases, 120);
    tcase_add_checked_fixture(cases, begin, end);
    tcase_add_test(cases, many_tabs_are_served);
    suite_add_tcase(suite, cases);
    return suite;
}
