/* What a browser says while its page is run, and when it comes and goes. */
#include "client_fixture.h"

Suite *memo_test_suite(void);

/* ---- while it runs ------------------------------------------------------- */

static st_client *running;
static int run_count;

static void is_asked_again(void)
{
    st_text("before");
    if (run_count++ == 0) {
        ck_assert(!st_stopping());
        ask(running, NULL, NULL);
        ck_assert(st_stopping());
    }
    st_text("after");
}

START_TEST(a_run_that_is_not_wanted_any_more_says_nothing)
{
    running = make_client(is_asked_again);
    run_count = 0;
    ask(running, NULL, NULL);
    queued = NULL; /* it is the same one */
    st_client_run(running);
    listen(running);
    check_text(1, "before");
    ck_assert_uint_eq(told_count, 4);
    ck_assert(is_finished_early());
    queued = NULL;
    st_client_run(running);
    listen(running);
    check_text(2, "after");
    ck_assert(!is_finished_early());
    finish(running);
}
END_TEST

static void is_stopped(void)
{
    St__BackMsg stop = ST__BACK_MSG__INIT;

    st_text("before");
    stop.type_case = ST__BACK_MSG__TYPE_STOP_SCRIPT;
    stop.stop_script = true;
    say(running, &stop);
    ck_assert(st_stopping());
    run_count++;
    st_text("after");
    run_count += 100;
}

START_TEST(stop_ends_a_run_where_it_draws_next)
{
    running = make_client(is_stopped);
    run_count = 0;
    ask(running, NULL, NULL);
    run_queued();
    ck_assert_int_eq(run_count, 1);
    listen(running);
    ck_assert_uint_eq(told_count, 4);
    ck_assert(!is_finished_early());
    finish(running);
}
END_TEST

static void goes_away(void)
{
    st_text("before");
    st_client_connect(running, false);
    ck_assert(st_stopping());
    st_text("after");
    run_count++;
}

START_TEST(who_has_gone_is_told_nothing)
{
    running = make_client(goes_away);
    run_count = 0;
    ask(running, NULL, NULL);
    run_queued();
    ck_assert_int_eq(run_count, 1);
    ck_assert(!st_client_has_packets(running));
    st_client_drop(running);
}
END_TEST

/* ---- bounds -------------------------------------------------------------- */

static void two_texts(void)
{
    st_text("one");
    st_in(ST_SIDEBAR)
    {
        st_text("two");
    }
}

static St__BackMsg *make_press(size_t widgets)
{
    St__BackMsg *message = calloc(1, sizeof *message);
    St__ClientState *state = calloc(1, sizeof *state);
    St__WidgetStates *states = calloc(1, sizeof *states);

    st__back_msg__init(message);
    st__client_state__init(state);
    st__widget_states__init(states);
    states->widgets = calloc(widgets, sizeof *states->widgets);
    states->n_widgets = widgets;
    for (size_t i = 0; i < widgets; i++) {
        states->widgets[i] = calloc(1, sizeof **states->widgets);
        st__widget_state__init(states->widgets[i]);
        states->widgets[i]->value_case = ST__WIDGET_STATE__VALUE_TRIGGER_VALUE;
        states->widgets[i]->trigger_value = true;
    }
    state->widget_states = states;
    message->type_case = ST__BACK_MSG__TYPE_RERUN_SCRIPT;
    message->rerun_script = state;
    return message;
}

/* Of clicks that come faster than runs the first ones are lost, and nobody is
 * thrown out for them; the leak checker looks on. */
START_TEST(requests_without_end_are_bounded)
{
    st_client *client = make_client(two_texts);
    const char *why = NULL;

    for (int i = 0; i < 1000; i++)
        ck_assert(st_client_receive(client, make_press(3), &why));
    run_queued();
    st_client_drop(client);
}
END_TEST

START_TEST(states_of_more_widgets_than_a_page_has_are_refused)
{
    st_client *client = make_client(two_texts);
    const char *why = NULL;

    ck_assert(!st_client_receive(client, make_press(10001), &why));
    ck_assert_ptr_nonnull(why);
    ck_assert_ptr_null(queued);
    st_client_drop(client);
}
END_TEST

/* ---- who has gone, and comes back ---------------------------------------- */

static void comes_back(void)
{
    st_text("before");
    if (run_count++ == 0) {
        st_client_connect(running, false);
        st_client_connect(running, true);
    }
    st_text("after");
}

/* The connection has asked for nothing yet: it is told nothing. */
START_TEST(a_run_of_another_connection_says_nothing)
{
    running = make_client(comes_back);
    run_count = 0;
    ask(running, NULL, NULL);
    run_queued();
    ck_assert_int_eq(run_count, 1);
    ck_assert(!st_client_has_packets(running));
    run_and_listen(running, NULL, NULL);
    check_text(2, "after");
    finish(running);
}
END_TEST

START_TEST(nobody_runs_a_page_for_who_has_gone)
{
    running = make_client(comes_back);
    run_count = 1;
    ask(running, NULL, NULL);
    st_client_connect(running, false);
    run_queued();
    ck_assert_int_eq(run_count, 1);
    st_client_connect(running, true);
    ask(running, NULL, NULL);
    run_queued();
    ck_assert_int_eq(run_count, 2);
    st_client_drop(running);
}
END_TEST

static void asks_and_stops(void)
{
    St__BackMsg stop = ST__BACK_MSG__INIT;

    run_count++;
    st_text("begin");
    if (run_count == 1) {
        ask(running, NULL, NULL);
        stop.type_case = ST__BACK_MSG__TYPE_STOP_SCRIPT;
        stop.stop_script = true;
        say(running, &stop);
    }
    st_text("end");
    run_count += 100;
}

/* Stop is about what was asked for before it, and not about what comes then. */
START_TEST(stop_ends_runs_that_wait)
{
    running = make_client(asks_and_stops);
    run_count = 0;
    ask(running, NULL, NULL);
    run_queued();
    ck_assert_int_eq(run_count, 2);
    ask(running, NULL, NULL);
    run_queued();
    ck_assert_int_eq(run_count, 103);
    st_client_drop(running);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("app.client_hear");
    TCase *cases = tcase_create("cases");

    tcase_add_test(cases, a_run_that_is_not_wanted_any_more_says_nothing);
    tcase_add_test(cases, stop_ends_a_run_where_it_draws_next);
    tcase_add_test(cases, who_has_gone_is_told_nothing);
    tcase_add_test(cases, requests_without_end_are_bounded);
    tcase_add_test(cases, states_of_more_widgets_than_a_page_has_are_refused);
    tcase_add_test(cases, a_run_of_another_connection_says_nothing);
    tcase_add_test(cases, nobody_runs_a_page_for_who_has_gone);
    tcase_add_test(cases, stop_ends_runs_that_wait);
    suite_add_tcase(suite, cases);
    return suite;
}
