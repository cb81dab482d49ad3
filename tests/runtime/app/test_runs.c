#include "app/runs.h"

#include "st.h"

#include <check.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

Suite *memo_test_suite(void);

enum { CLIENTS = 8, MOST_THREADS = 3 };

static atomic_int now, most, total;
static atomic_bool is_held;

static void draw(void *unused)
{
    int count = ++now, before = most;

    (void)unused;
    while (before < count &&
           !atomic_compare_exchange_weak(&most, &before, count))
        ;
    do
        usleep(2000);
    while (is_held);
    total++;
    now--;
}

static void wake(void *unused)
{
    (void)unused;
}

static bool enqueue(void *runs, st_client *client)
{
    return st_runs_add(runs, client);
}

static st_host host_of(st_runs *runs)
{
    return (st_host){.draw = draw,
                     .name = "test",
                     .most_queued_bytes = 1 << 20,
                     .wake = wake,
                     .enqueue = enqueue,
                     .server = runs};
}

static void ask(st_client *client)
{
    static const unsigned char request[] = {0x5a, 0x00};
    const char *why;

    ck_assert(
        st_client_receive(client, st_wire_read(request, sizeof request), &why));
}

START_TEST(pages_are_drawn_by_a_few_threads)
{
    st_runs *runs = st_runs_create(MOST_THREADS);
    st_host host = host_of(runs);
    st_client *clients[CLIENTS];

    most = total = 0;
    for (int i = 0; i < CLIENTS; i++) {
        clients[i] = st_client_create(&host);
        st_client_connect(clients[i], true);
        ask(clients[i]);
    }
    while (total < CLIENTS)
        usleep(1000);
    ck_assert_int_le(most, MOST_THREADS);
    ck_assert_int_ge(most, 2);
    ck_assert(st_runs_destroy(runs, 5));
    for (int i = 0; i < CLIENTS; i++)
        st_client_drop(clients[i]);
}
END_TEST

START_TEST(what_has_not_begun_is_dropped_at_the_end)
{
    st_runs *runs = st_runs_create(1);
    st_host host = host_of(runs);
    st_client *clients[CLIENTS];

    total = 0;
    is_held = true;
    for (int i = 0; i < CLIENTS; i++) {
        clients[i] = st_client_create(&host);
        st_client_connect(clients[i], true);
        ask(clients[i]);
    }
    while (now == 0)
        usleep(1000);
    /* One goes on: it can be waited for again. */
    ck_assert(!st_runs_destroy(runs, 0));
    is_held = false;
    ck_assert(st_runs_destroy(runs, 5));
    ck_assert_int_eq(total, 1);
    for (int i = 0; i < CLIENTS; i++)
        st_client_drop(clients[i]);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("app.runs");
    TCase *cases = tcase_create("cases");

    tcase_add_test(cases, pages_are_drawn_by_a_few_threads);
    tcase_add_test(cases, what_has_not_begun_is_dropped_at_the_end);
    suite_add_tcase(suite, cases);
    return suite;
}
