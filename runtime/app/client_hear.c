/* client_hear.c -- what the browser says. */
#include "app/client_parts.h"

#include "app/id.h"
#include "memo.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    /* That wait: of clicks that come faster some are lost. */
    MOST_REQUESTS = 20,
    MOST_WIDGETS = 10000
};

/* ---- requests ------------------------------------------------------------ */

st_request *st_client_take_requests(st_client *client)
{
    st_request *taken = client->requests;

    client->requests = NULL;
    client->request_count = 0;
    return taken;
}

void st_requests_drop(st_request *first)
{
    while (first) {
        st_request *dropped = first;

        first = dropped->next;
        if (dropped->message)
            st__back_msg__free_unpacked(dropped->message, NULL);
        free(dropped);
    }
}

/* Is something pressed in it, which later ones say no more? */
static bool has_trigger(const St__BackMsg *message)
{
    const St__WidgetStates *states = message->rerun_script->widget_states;

    for (size_t i = 0; states && i < states->n_widgets; i++) {
        if (states->widgets[i]->value_case ==
                ST__WIDGET_STATE__VALUE_TRIGGER_VALUE &&
            states->widgets[i]->trigger_value)
            return true;
    }
    return false;
}

/* Every message says all values: those before it count for what was pressed
 * only.  With the lock. */
static bool add_request(st_client *client, St__BackMsg *message)
{
    st_request *added = calloc(1, sizeof *added), **at = &client->requests;

    if (!added) {
        st__back_msg__free_unpacked(message, NULL);
        return false;
    }
    added->message = message;
    while (*at) {
        st_request *old = *at;

        if (has_trigger(old->message)) {
            at = &old->next;
            continue;
        }
        *at = old->next;
        old->next = NULL;
        st_requests_drop(old);
        client->request_count--;
    }
    *at = added;
    if (++client->request_count > MOST_REQUESTS) {
        st_request *first = client->requests;

        client->requests = first->next;
        first->next = NULL;
        st_requests_drop(first);
        client->request_count--;
    }
    return true;
}

void st_client_enqueue(st_client *client)
{
    if (client->host->enqueue(client->host->server, client))
        return;
    pthread_mutex_lock(&client->lock);
    client->is_running = false;
    pthread_mutex_unlock(&client->lock);
    st_client_drop(client);
}

static bool ask_for_run(st_client *client, St__BackMsg *message)
{
    bool is_new, is_good = true;

    pthread_mutex_lock(&client->lock);
    is_new = !client->is_running;
    if (message)
        is_good = add_request(client, message);
    client->is_running = true;
    client->asked++;
    if (!is_new)
        atomic_store(&client->is_muted, true);
    pthread_mutex_unlock(&client->lock);
    if (is_new) {
        st_client_hold(client);
        st_client_enqueue(client);
    }
    return is_good;
}

/* ---- the rest ------------------------------------------------------------ */

/* Places for files, as many as are asked for. */
static void offer_places(st_client *client, const St__FileURLsRequest *asked)
{
    char(*ids)[ST_ID_SIZE];
    const char *list[ST_MOST_FILES];
    char prefix[80];
    st_upload_places places = {.request_id = asked->request_id,
                               .prefix = prefix,
                               .ids = list,
                               .count = asked->n_file_names};

    if (places.count > ST_MOST_FILES) {
        places.count = 0;
        places.error = "These are too many files at once.";
    }
    ids = calloc(places.count + 1, sizeof *ids);
    snprintf(prefix, sizeof prefix, "/_stcore/upload_file/%s/", client->id);
    pthread_mutex_lock(&client->lock);
    for (size_t i = 0; ids && i < places.count; i++) {
        list[i] = ids[i];
        if (!st_id_make(ids[i]) || !st_files_expect(&client->files, ids[i]))
            places.error = "There is no memory for more files.";
    }
    pthread_mutex_unlock(&client->lock);
    if (ids)
        st_client_send(client, st_wire_upload_places(&places));
    free(ids);
}

bool st_client_receive(st_client *client, St__BackMsg *message,
                       const char **why)
{
    bool is_good = true;

    switch (message->type_case) {
    case ST__BACK_MSG__TYPE_RERUN_SCRIPT:
        if (message->rerun_script->widget_states &&
            message->rerun_script->widget_states->n_widgets > MOST_WIDGETS) {
            *why = "it has more widgets than a page";
            is_good = false;
            break;
        }
        *why = "there is no memory for it";
        return ask_for_run(client, message);
    case ST__BACK_MSG__TYPE_STOP_SCRIPT:
        atomic_store(&client->stopped, client->asked);
        break;
    case ST__BACK_MSG__TYPE_CLEAR_CACHE:
        memo_clear_all();
        break;
    case ST__BACK_MSG__TYPE_FILE_URLS_REQUEST:
        offer_places(client, message->file_urls_request);
        break;
    case ST__BACK_MSG__TYPE_APP_HEARTBEAT:
        st_client_send(client, st_wire_alive());
        break;
    default: /* what a browser may say, and nobody here needs */
        break;
    }
    st__back_msg__free_unpacked(message, NULL);
    return is_good;
}
