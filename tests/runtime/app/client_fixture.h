/* client_fixture.h -- a tab without a browser, and without a server: who tests
 * it says what a browser would, and reads what it would be told.
 */
#ifndef CLIENT_FIXTURE_H
#define CLIENT_FIXTURE_H

#include "app/client.h"

#include "app/id.h"
#include "elements/messages.pb-c.h"
#include "st.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define UNUSED __attribute__((unused))

/* ---- a host that runs at once, or when it is told ------------------------ */

static st_client *queued;
static int wakes;

static UNUSED void wake(void *unused)
{
    (void)unused;
    wakes++;
}

static UNUSED bool enqueue(void *unused, st_client *client)
{
    (void)unused;
    ck_assert_ptr_null(queued);
    queued = client;
    return true;
}

static UNUSED void run_queued(void)
{
    while (queued) {
        st_client *client = queued;

        queued = NULL;
        st_client_run(client);
    }
}

static void (*page)(void);

static UNUSED void draw(void *unused)
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

static UNUSED st_client *make_client(void (*drawn)(void))
{
    st_client *client = st_client_create(&host);

    page = drawn;
    ck_assert_ptr_nonnull(client);
    st_client_connect(client, true);
    return client;
}

/* ---- what it says -------------------------------------------------------- */

static UNUSED void say(st_client *client, const St__BackMsg *message)
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
static UNUSED void ask(st_client *client, St__WidgetState *widget, char *kept)
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

enum { MOST_TOLD = 300 };

static St__ForwardMsg *told[MOST_TOLD];
static size_t told_count;

static UNUSED void forget(void)
{
    for (size_t i = 0; i < told_count; i++)
        st__forward_msg__free_unpacked(told[i], NULL);
    told_count = 0;
}

/* A run says first that it is under way; that is checked here. */
static UNUSED bool is_first_status(const St__ForwardMsg *message)
{
    if (told_count == 0 ||
        told[told_count - 1]->type_case != ST__FORWARD_MSG__TYPE_NEW_SESSION)
        return false;
    ck_assert_int_eq(message->type_case,
                     ST__FORWARD_MSG__TYPE_SESSION_STATUS_CHANGED);
    ck_assert(message->session_status_changed->script_is_running);
    return true;
}

static UNUSED void listen(st_client *client)
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

static UNUSED const St__ForwardMsg *find_told(int type)
{
    for (size_t i = 0; i < told_count; i++) {
        if ((int)told[i]->type_case == type)
            return told[i];
    }
    return NULL;
}

static UNUSED St__Element *element_of(const St__ForwardMsg *message)
{
    ck_assert_int_eq(message->type_case, ST__FORWARD_MSG__TYPE_DELTA);
    return st__element__unpack(NULL, message->delta->new_element.len,
                               message->delta->new_element.data);
}

/* The text of the n-th message, which is that of an element. */
static UNUSED void check_text(size_t n, const char *expected)
{
    St__Element *element = element_of(told[n]);

    ck_assert_int_eq(element->type_case, ST__ELEMENT__TYPE_TEXT);
    ck_assert_str_eq(element->text->body, expected);
    st__element__free_unpacked(element, NULL);
}

static UNUSED bool is_finished_early(void)
{
    const St__ForwardMsg *message =
        find_told(ST__FORWARD_MSG__TYPE_SCRIPT_FINISHED);

    ck_assert_ptr_nonnull(message);
    return message->script_finished ==
           ST__FORWARD_MSG__SCRIPT_FINISHED_STATUS__FINISHED_EARLY_FOR_RERUN;
}

/* Ask for a run, and hear all of it. */
static UNUSED void run_and_listen(st_client *client, St__WidgetState *widget,
                                  char *kept)
{
    ask(client, widget, kept);
    run_queued();
    listen(client);
}

/* A tab that has seen its page once. */
static UNUSED st_client *make_seen(void (*drawn)(void))
{
    st_client *client = make_client(drawn);

    run_and_listen(client, NULL, NULL);
    return client;
}

static UNUSED void finish(st_client *client)
{
    forget();
    st_client_drop(client);
}

#endif
