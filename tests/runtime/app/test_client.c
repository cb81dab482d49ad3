/* A tab without a browser: what it is told while its page is run, and what it
 * says. */
#include "app/client.h"

#include "elements/messages.pb-c.h"
#include "st.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Suite *memo_test_suite(void);

/* ---- a host that runs at once, or when it is told ------------------------ */

static st_client *queued;
static int wakes;

static void wake(void *unused)
{
    (void)unused;
    wakes++;
}

static bool enqueue(void *unused, st_client *client)
{
    (void)unused;
    ck_assert_ptr_null(queued);
    queued = client;
    return true;
}

static void run_queued(void)
{
    while (queued) {
        st_client *client = queued;

        queued = NULL;
        st_client_run(client);
    }
}

static void (*page)(void);

static void draw(void *unused)
{
    (void)unused;
    page();
}

static const st_host host = {.draw = draw,
                             .name = "test",
                             .most_queued_bytes = 1 << 20,
                             .most_upload_bytes = 1000,
                             .wake = wake,
                             .enqueue = enqueue};

static st_client *make_client(void (*drawn)(void))
{
    st_client *client = st_client_create(&host);

    page = drawn;
    ck_assert_ptr_nonnull(client);
    st_client_connect(client, true);
    return client;
}

/* ---- what it says -------------------------------------------------------- */

static void say(st_client *client, const St__BackMsg *message)
{
    size_t size = st__back_msg__get_packed_size(message);
    unsigned char *bytes = malloc(size + 1);
    const char *why = NULL;

    st__back_msg__pack(message, bytes);
    ck_assert(st_client_receive(client, st_wire_read(bytes, size), &why));
    free(bytes);
}

/* Ask for a run with one widget's state, or none; `kept`: a hash that the
 * browser has. */
static void ask(st_client *client, St__WidgetState *widget, char *kept)
{
    St__BackMsg message = ST__BACK_MSG__INIT;
    St__ClientState state = ST__CLIENT_STATE__INIT;
    St__WidgetStates states = ST__WIDGET_STATES__INIT;

    states.widgets = &widget;
    states.n_widgets = widget != NULL;
    state.widget_states = &states;
    state.query_string = (char *)(uintptr_t) "a=1";
    state.cached_message_hashes = &kept;
    state.n_cached_message_hashes = kept != NULL;
    message.type_case = ST__BACK_MSG__TYPE_RERUN_SCRIPT;
    message.rerun_script = &state;
    say(client, &message);
}

/* ---- what it is told ----------------------------------------------------- */

enum { MOST_TOLD = 100 };

static St__ForwardMsg *told[MOST_TOLD];
static size_t told_count;

static void forget(void)
{
    for (size_t i = 0; i < told_count; i++)
        st__forward_msg__free_unpacked(told[i], NULL);
    told_count = 0;
}

/* A run says first that it is under way; that is checked here. */
static bool is_first_status(const St__ForwardMsg *message)
{
    if (told_count == 0 ||
        told[told_count - 1]->type_case != ST__FORWARD_MSG__TYPE_NEW_SESSION)
        return false;
    ck_assert_int_eq(message->type_case,
                     ST__FORWARD_MSG__TYPE_SESSION_STATUS_CHANGED);
    ck_assert(message->session_status_changed->script_is_running);
    return true;
}

static void listen(st_client *client)
{
    st_packet *packet;
    bool was_first = false;

    forget();
    while ((packet = st_client_take(client))) {
        St__ForwardMsg *message =
            st__forward_msg__unpack(NULL, packet->size, packet->bytes);

        free(packet);
        ck_assert_ptr_nonnull(message);
        if (!was_first && is_first_status(message)) {
            st__forward_msg__free_unpacked(message, NULL);
            was_first = true;
            continue;
        }
        was_first = false;
        ck_assert_uint_lt(told_count, MOST_TOLD);
        told[told_count++] = message;
    }
}

static const St__ForwardMsg *find_told(int type)
{
    for (size_t i = 0; i < told_count; i++) {
        if ((int)told[i]->type_case == type)
            return told[i];
    }
    return NULL;
}

static St__Element *element_of(const St__ForwardMsg *message)
{
    ck_assert_int_eq(message->type_case, ST__FORWARD_MSG__TYPE_DELTA);
    return st__element__unpack(NULL, message->delta->new_element.len,
                               message->delta->new_element.data);
}

/* The text of the n-th message, which is that of an element. */
static void check_text(size_t n, const char *expected)
{
    St__Element *element = element_of(told[n]);

    ck_assert_int_eq(element->type_case, ST__ELEMENT__TYPE_TEXT);
    ck_assert_str_eq(element->text->body, expected);
    st__element__free_unpacked(element, NULL);
}

static bool is_finished_early(void)
{
    const St__ForwardMsg *message =
        find_told(ST__FORWARD_MSG__TYPE_SCRIPT_FINISHED);

    ck_assert_ptr_nonnull(message);
    return message->script_finished ==
           ST__FORWARD_MSG__SCRIPT_FINISHED_STATUS__FINISHED_EARLY_FOR_RERUN;
}

/* ---- runs ---------------------------------------------------------------- */

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

static void a_widget(void)
{
    char text[80];

    if (st_checkbox("Yes"))
        st_text("checked");
    snprintf(text, sizeof text, "a is %s", st_get_query_param("a"));
    st_text(text);
}

static char id[100];

/* The widget that was told of, by its id. */
static void read_id(void)
{
    St__Element *element = element_of(told[1]);

    snprintf(id, sizeof id, "%s", element->checkbox->id);
    st__element__free_unpacked(element, NULL);
}

static St__WidgetState checked(bool value)
{
    St__WidgetState state = ST__WIDGET_STATE__INIT;

    state.id = id;
    state.value_case = ST__WIDGET_STATE__VALUE_BOOL_VALUE;
    state.bool_value = value;
    return state;
}

START_TEST(values_come_from_the_browser)
{
    st_client *client = make_client(a_widget);
    St__WidgetState state;

    ask(client, NULL, NULL);
    run_queued();
    listen(client);
    check_text(2, "a is 1");
    read_id();
    state = checked(true);
    ask(client, &state, NULL);
    run_queued();
    listen(client);
    check_text(2, "checked");
    forget();
    st_client_drop(client);
}
END_TEST

START_TEST(values_that_make_no_sense_are_left)
{
    st_client *client = make_client(a_widget);
    St__WidgetState state = ST__WIDGET_STATE__INIT;

    ask(client, NULL, NULL);
    run_queued();
    listen(client);
    read_id();
    for (int i = 0; i < 3; i++) {
        state.id = i == 0 ? (char *)(uintptr_t) "$$ID-nobody-knows" : id;
        state.value_case = i == 2 ? ST__WIDGET_STATE__VALUE_STRING_VALUE
                                  : ST__WIDGET_STATE__VALUE__NOT_SET;
        state.string_value = (char *)(uintptr_t) "true";
        ask(client, &state, NULL);
        run_queued();
        listen(client);
        check_text(2, "a is 1");
    }
    forget();
    st_client_drop(client);
}
END_TEST

/* What came while it waited for its run counts, once. */
START_TEST(requests_become_one_run)
{
    st_client *client = make_client(a_widget);
    St__WidgetState states[] = {checked(true), checked(false), checked(true)};

    ask(client, NULL, NULL);
    run_queued();
    listen(client);
    read_id();
    for (int i = 0; i < 3; i++)
        ask(client, &states[i], NULL);
    run_queued();
    listen(client);
    ck_assert_uint_eq(told_count, 6);
    check_text(2, "checked");
    forget();
    st_client_drop(client);
}
END_TEST

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
    forget();
    st_client_drop(running);
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
    forget();
    st_client_drop(running);
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

static void reruns(void)
{
    st_text(run_count == 0 ? "first" : "second");
    if (run_count++ == 0)
        st_rerun();
}

START_TEST(a_page_may_ask_for_another_run)
{
    running = make_client(reruns);
    run_count = 0;
    ask(running, NULL, NULL);
    run_queued();
    ck_assert_int_eq(run_count, 2);
    listen(running);
    ck_assert_uint_eq(told_count, 8);
    check_text(5, "second");
    ck_assert(is_finished_early());
    forget();
    st_client_drop(running);
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
    st_client *client = make_client(a_long_text);
    char hash[40];

    ask(client, NULL, NULL);
    run_queued();
    listen(client);
    ck_assert(told[1]->metadata->cacheable);
    ck_assert_str_eq(told[2]->hash, "");
    snprintf(hash, sizeof hash, "%s", told[1]->hash);
    ask(client, NULL, hash);
    run_queued();
    listen(client);
    ck_assert_int_eq(told[1]->type_case, ST__FORWARD_MSG__TYPE_REF_HASH);
    ck_assert_str_eq(told[1]->ref_hash, hash);
    ck_assert_uint_eq(told[1]->metadata->n_delta_path, 2);
    check_text(2, "short");
    /* What it does not say it has not. */
    ask(client, NULL, NULL);
    run_queued();
    listen(client);
    ck_assert_int_eq(told[1]->type_case, ST__FORWARD_MSG__TYPE_DELTA);
    forget();
    st_client_drop(client);
}
END_TEST

/* ---- files --------------------------------------------------------------- */

static void asks_for_a_file(void)
{
    const st_file *file = st_file_uploader("File");

    st_text(file ? file->name : "none");
    if (file)
        st_text(file->bytes);
}

static St__WidgetState with_file(char *widget, char *file)
{
    static St__UploadedFileInfo info = ST__UPLOADED_FILE_INFO__INIT;
    static St__UploadedFileInfo *list[] = {&info};
    static St__FileUploaderState uploaded = ST__FILE_UPLOADER_STATE__INIT;
    St__WidgetState state = ST__WIDGET_STATE__INIT;

    info.file_id = file;
    uploaded.uploaded_file_info = list;
    uploaded.n_uploaded_file_info = file != NULL;
    state.id = widget;
    state.value_case = ST__WIDGET_STATE__VALUE_FILE_UPLOADER_STATE_VALUE;
    state.file_uploader_state_value = &uploaded;
    return state;
}

static void ask_for_place(st_client *client, char *out)
{
    St__BackMsg message = ST__BACK_MSG__INIT;
    St__FileURLsRequest request = ST__FILE_URLS_REQUEST__INIT;
    char *names[] = {(char *)(uintptr_t) "a.txt"};
    const St__ForwardMsg *answer;

    request.request_id = (char *)(uintptr_t) "r";
    request.file_names = names;
    request.n_file_names = 1;
    message.type_case = ST__BACK_MSG__TYPE_FILE_URLS_REQUEST;
    message.file_urls_request = &request;
    say(client, &message);
    listen(client);
    answer = find_told(ST__FORWARD_MSG__TYPE_FILE_URLS_RESPONSE);
    ck_assert_ptr_nonnull(answer);
    ck_assert_str_eq(answer->file_urls_response->response_id, "r");
    snprintf(out, ST_CLIENT_ID_SIZE, "%s",
             answer->file_urls_response->file_urls[0]->file_id);
}

START_TEST(files_come_by_another_way)
{
    st_client *client = make_client(asks_for_a_file);
    char place[ST_CLIENT_ID_SIZE];
    St__Element *element;
    St__WidgetState state;

    ask(client, NULL, NULL);
    run_queued();
    listen(client);
    check_text(2, "none");
    element = element_of(told[1]);
    snprintf(id, sizeof id, "%s", element->file_uploader->id);
    st__element__free_unpacked(element, NULL);

    ask_for_place(client, place);
    ck_assert_int_eq(
        st_client_put_file(client, "other", "a", "text/plain", strdup("x"), 1),
        ST_NOT_FOUND);
    ck_assert_int_eq(st_client_put_file(client, place, "a.txt", "text/plain",
                                        calloc(1, 1001), 1001),
                     ST_BAD_VALUE);
    ck_assert_int_eq(st_client_put_file(client, place, "a.txt", "text/plain",
                                        strdup("hello"), 5),
                     ST_OK);
    /* Twice it does not come. */
    ck_assert_int_eq(
        st_client_put_file(client, place, "b", "text/plain", strdup("x"), 1),
        ST_NOT_FOUND);
    state = with_file(id, place);
    for (int i = 0; i < 3; i++) {
        ask(client, &state, NULL);
        run_queued();
        listen(client);
        check_text(2, "a.txt");
        check_text(3, "hello");
    }
    ck_assert_int_eq(st_client_delete_file(client, place), ST_OK);
    ck_assert_int_eq(st_client_delete_file(client, place), ST_NOT_FOUND);
    state = with_file(id, NULL);
    ask(client, &state, NULL);
    run_queued();
    listen(client);
    check_text(2, "none");
    forget();
    st_client_drop(client);
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
    ask(running, NULL, NULL);
    run_queued();
    listen(running);
    check_text(2, "after");
    forget();
    st_client_drop(running);
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
    Suite *suite = suite_create("app.client");
    TCase *cases = tcase_create("cases");

    tcase_add_test(cases, a_run_is_told_in_its_order);
    tcase_add_test(cases, values_come_from_the_browser);
    tcase_add_test(cases, values_that_make_no_sense_are_left);
    tcase_add_test(cases, requests_become_one_run);
    tcase_add_test(cases, a_run_that_is_not_wanted_any_more_says_nothing);
    tcase_add_test(cases, stop_ends_a_run_where_it_draws_next);
    tcase_add_test(cases, who_has_gone_is_told_nothing);
    tcase_add_test(cases, a_page_may_ask_for_another_run);
    tcase_add_test(cases, what_the_browser_keeps_is_not_sent_again);
    tcase_add_test(cases, files_come_by_another_way);
    tcase_add_test(cases, a_browser_that_does_not_listen_is_noticed);
    tcase_add_test(cases, requests_without_end_are_bounded);
    tcase_add_test(cases, states_of_more_widgets_than_a_page_has_are_refused);
    tcase_add_test(cases, a_run_of_another_connection_says_nothing);
    tcase_add_test(cases, nobody_runs_a_page_for_who_has_gone);
    tcase_add_test(cases, stop_ends_runs_that_wait);
    suite_add_tcase(suite, cases);
    return suite;
}
