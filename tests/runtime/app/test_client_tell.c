/* What a page draws, as its tab is told of it. */
#include "client_fixture.h"

Suite *memo_test_suite(void);

static void two_texts(void)
{
    st_text("one");
    st_in(ST_SIDEBAR)
    {
        st_text("two");
    }
}

START_TEST(a_run_is_told_in_its_order)
{
    static const int types[] = {ST__FORWARD_MSG__TYPE_NEW_SESSION,
                                ST__FORWARD_MSG__TYPE_DELTA,
                                ST__FORWARD_MSG__TYPE_DELTA,
                                ST__FORWARD_MSG__TYPE_SESSION_STATUS_CHANGED,
                                ST__FORWARD_MSG__TYPE_SCRIPT_FINISHED};
    st_client *client = make_client(two_texts);

    wakes = 0;
    ask(client, NULL, NULL);
    run_queued();
    ck_assert_int_eq(wakes, 1); /* there is something, from then on */
    listen(client);
    ck_assert_uint_eq(told_count, 5);
    for (size_t i = 0; i < told_count; i++)
        ck_assert_int_eq(told[i]->type_case, types[i]);
    check_text(1, "one");
    check_text(2, "two");
    ck_assert_uint_eq(told[2]->metadata->delta_path[0], 1);
    ck_assert(!is_finished_early());
    forget();
    st_client_drop(client);
}
END_TEST

/* ---- places -------------------------------------------------------------- */

enum { DEEP = 200 };

static void deep(void)
{
    st_handle inner = {0};

    for (int i = 0; i < DEEP; i++)
        inner = st_container(.in = inner);
    st_text("deep", .in = inner);
}

START_TEST(places_may_be_deep)
{
    st_client *client = make_client(deep);
    const St__ForwardMsg *text;

    ask(client, NULL, NULL);
    run_queued();
    listen(client);
    ck_assert_uint_eq(told_count, 1 + DEEP + 1 + 2);
    text = told[1 + DEEP];
    ck_assert_uint_eq(text->metadata->n_delta_path, 1 + DEEP + 1);
    check_text(1 + DEEP, "deep");
    finish(client);
}
END_TEST

/* ---- what the browser keeps ---------------------------------------------- */

static void a_long_text(void)
{
    char text[3000];

    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    st_text(text);
    st_text("short");
}

START_TEST(what_the_browser_keeps_is_not_sent_again)
{
    st_client *client = make_seen(a_long_text);
    char hash[40];

    ck_assert(told[1]->metadata->cacheable);
    ck_assert_str_eq(told[2]->hash, "");
    snprintf(hash, sizeof hash, "%s", told[1]->hash);
    run_and_listen(client, NULL, hash);
    ck_assert_int_eq(told[1]->type_case, ST__FORWARD_MSG__TYPE_REF_HASH);
    ck_assert_str_eq(told[1]->ref_hash, hash);
    ck_assert_uint_eq(told[1]->metadata->n_delta_path, 2);
    check_text(2, "short");
    /* What it does not say it has not. */
    run_and_listen(client, NULL, NULL);
    ck_assert_int_eq(told[1]->type_case, ST__FORWARD_MSG__TYPE_DELTA);
    finish(client);
}
END_TEST

/* ---- bounds -------------------------------------------------------------- */

static void draws_too_much(void)
{
    char text[10000];

    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    for (int i = 0; i < 200; i++)
        st_text(text);
}

START_TEST(a_browser_that_does_not_listen_is_noticed)
{
    st_client *client = make_client(draws_too_much);

    ask(client, NULL, NULL);
    ck_assert(!st_client_is_flooded(client));
    run_queued();
    ck_assert(st_client_is_flooded(client));
    st_client_drop(client);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("app.client_tell");
    TCase *cases = tcase_create("cases");

    tcase_add_test(cases, a_run_is_told_in_its_order);
    tcase_add_test(cases, places_may_be_deep);
    tcase_add_test(cases, what_the_browser_keeps_is_not_sent_again);
    tcase_add_test(cases, a_browser_that_does_not_listen_is_noticed);
    suite_add_tcase(suite, cases);
    return suite;
}
