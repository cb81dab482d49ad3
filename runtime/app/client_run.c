/* client_run.c -- a run of a tab's page, with the values that were said. */
#include "app/client_parts.h"

#include "widgets/query.h"

/* ---- values -------------------------------------------------------------- */

static st_bytes files_of(st_client *client, const St__FileUploaderState *state)
{
    st_page *page = client->page;
    size_t count = state->n_uploaded_file_info < ST_MOST_FILES
                       ? state->n_uploaded_file_info
                       : ST_MOST_FILES;
    size_t found = 0;
    st_file_facts *facts =
        st_arena_alloc(&page->arena, (count + 1) * sizeof *facts);

    pthread_mutex_lock(&client->lock);
    for (size_t i = 0; facts && i < count; i++) {
        /* What has not come, or has gone, is not there. */
        if (st_files_find(&facts[found], &client->files, page->session,
                          state->uploaded_file_info[i]->file_id))
            found++;
    }
    /* Names end with a file that is taken away. */
    for (size_t i = 0; i < found; i++) {
        facts[i].name = st_arena_text(&page->arena, facts[i].name);
        facts[i].mime = st_arena_text(&page->arena, facts[i].mime);
    }
    pthread_mutex_unlock(&client->lock);
    return facts ? st_value_files(&page->arena, facts, found)
                 : (st_bytes){NULL, 0};
}

static st_bytes doubles_of(st_arena *arena, const St__SInt64Array *array)
{
    double *numbers =
        st_arena_alloc(arena, (array->n_data + 1) * sizeof *numbers);

    for (size_t i = 0; numbers && i < array->n_data; i++)
        numbers[i] = (double)array->data[i];
    return numbers ? st_value_doubles(arena, numbers, array->n_data)
                   : (st_bytes){NULL, 0};
}

static st_bytes value_of(st_client *client, const St__WidgetState *state)
{
    st_arena *arena = &client->page->arena;

    switch (state->value_case) {
    case ST__WIDGET_STATE__VALUE_TRIGGER_VALUE:
        return st_value_bool(arena, state->trigger_value);
    case ST__WIDGET_STATE__VALUE_BOOL_VALUE:
        return st_value_bool(arena, state->bool_value);
    case ST__WIDGET_STATE__VALUE_DOUBLE_VALUE:
        return st_value_double(arena, state->double_value);
    case ST__WIDGET_STATE__VALUE_INT_VALUE:
        return st_value_int(arena, state->int_value);
    case ST__WIDGET_STATE__VALUE_STRING_VALUE:
        return st_value_text(arena, state->string_value);
    case ST__WIDGET_STATE__VALUE_DOUBLE_ARRAY_VALUE:
        return st_value_doubles(arena, state->double_array_value->data,
                                state->double_array_value->n_data);
    case ST__WIDGET_STATE__VALUE_INT_ARRAY_VALUE:
        return doubles_of(arena, state->int_array_value);
    case ST__WIDGET_STATE__VALUE_STRING_ARRAY_VALUE:
        return st_value_texts(
            arena, (const char *const *)state->string_array_value->data,
            state->string_array_value->n_data);
    case ST__WIDGET_STATE__VALUE_FILE_UPLOADER_STATE_VALUE:
        return files_of(client, state->file_uploader_state_value);
    default: /* it has none */
        return st_value_make(arena, ST_VALUE_NONE, NULL, 0);
    }
}

/* Widgets that nobody knows, and values that they cannot have, are left. */
static void take_state(st_client *client, const St__ClientState *state)
{
    st_page *page = client->page;
    const St__WidgetStates *states = state->widget_states;

    st_query_set_text(page->session, state->query_string);
    for (size_t i = 0; states && i < states->n_widgets; i++) {
        if (!st_map_find(&page->session->widgets, states->widgets[i]->id))
            continue;
        st_session_send(page->session, &page->arena, states->widgets[i]->id,
                        value_of(client, states->widgets[i]));
    }
}

/* ---- runs ---------------------------------------------------------------- */

/* False: nobody wants it any more; whoever comes back asks anew. */
static bool begin_run(st_client *client, st_request **taken)
{
    bool is_wanted;

    pthread_mutex_lock(&client->lock);
    is_wanted = client->is_connected && !atomic_load(&client->is_ending);
    *taken = st_client_take_requests(client);
    client->is_running = is_wanted;
    client->run_connection = client->connection;
    atomic_store(&client->is_muted, false);
    atomic_store(&client->running, client->asked);
    pthread_mutex_unlock(&client->lock);
    return is_wanted;
}

/* True: another run is to follow. */
static bool end_run(st_client *client, st_status status)
{
    bool is_early, is_first = false;

    pthread_mutex_lock(&client->lock);
    is_early = client->is_connected && (client->requests || status == ST_RERUN);
    if (!st_client_run_is_orphaned(client)) {
        is_first = st_client_add(client, st_wire_is_running(is_early));
        is_first |= st_client_add(client, st_wire_finished(is_early));
    }
    client->is_running = is_early;
    pthread_mutex_unlock(&client->lock);
    if (is_first)
        st_client_wake(client);
    return is_early;
}

/* The page, with what was said before. */
static st_status run(st_client *client, const st_request *taken)
{
    st_status status;

    for (const st_request *at = taken; at; at = at->next)
        take_state(client, at->message->rerun_script);
    st_client_take_kept(client, taken);
    st_client_send_of_run(client, st_wire_new_run(&(st_run_facts){
                                      client->host->name, client->id,
                                      ++client->run, client->host->theme}));
    /* What a run begins with counts for the first one of a page only. */
    st_client_send_of_run(client, st_wire_is_running(true));
    status = st_run(client->page, client->host->draw, client->host->context);
    client->kept_count = 0;
    return status;
}

void st_client_run(st_client *client)
{
    st_request *taken;
    bool is_wanted = begin_run(client, &taken);
    st_status status = is_wanted ? run(client, taken) : ST_STOPPED;

    st_requests_drop(taken);
    if (is_wanted && end_run(client, status))
        st_client_enqueue(client);
    else
        st_client_drop(client);
}
