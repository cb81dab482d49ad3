#include "app/client.h"

#include "app/files.h"
#include "app/translate.h"
#include "elements/message.h"
#include "memo.h"
#include "widgets/query.h"
#include "widgets/session.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

/* Smaller messages are not worth a hash and a reference. */
enum {
    LEAST_KEPT_BYTES = 1024,
    MOST_DEPTH = 64,
    MOST_REQUESTS =
        20, /* that wait: of clicks that come faster some are lost */
    MOST_WIDGETS = 10000,
    MOST_FILES = 100 /* of a widget */
};

/* A message that asks for a run. */
typedef struct request {
    struct request *next;
    St__BackMsg *message;
} request;

/* A spinner, from when a body is at work. */
typedef struct {
    char *text; /* from malloc(); NULL: none is at work */
    uint64_t since_ns;
    bool is_shown;
    uint32_t path[MOST_DEPTH];
    size_t path_size;
} spinner;

struct st_client {
    const st_host *host;
    _Atomic size_t owners;
    char id[ST_CLIENT_ID_SIZE];
    st_page *page; /* the run's */
    st_sink sink;
    uint64_t run;
    const char **kept; /* hashes of what the browser keeps, sorted; the run's */
    size_t kept_count;

    pthread_mutex_t lock; /* of all that is below */
    st_packets packets;
    request *requests, **last_request;
    size_t request_count;
    bool is_connected, is_running, was_flooded;
    uint64_t connection, run_connection; /* their numbers; the run's */
    spinner busy;
    st_files files;

    atomic_bool is_muted; /* another run follows: nothing is told */
    /* Requests are counted, so that Stop is about those before it: runs end
     * where they draw next. */
    _Atomic uint64_t asked, running, stopped;
    atomic_bool is_ending; /* the same for all runs */
};

/* ---- life ---------------------------------------------------------------- */

bool st_random_id(char *out)
{
    uint64_t random[2];

    if (getrandom(random, sizeof random, 0) != (ssize_t)sizeof random)
        return false;
    snprintf(out, ST_CLIENT_ID_SIZE, "%016llx%016llx",
             (unsigned long long)random[0], (unsigned long long)random[1]);
    return true;
}

static const st_sink sink_of_clients;

st_client *st_client_create(const st_host *host)
{
    st_client *client = calloc(1, sizeof *client);

    if (!client)
        return NULL;
    client->host = host;
    atomic_init(&client->owners, 1);
    client->page = st_page_create();
    if (!client->page || !st_random_id(client->id)) {
        st_page_destroy(client->page);
        free(client);
        return NULL;
    }
    pthread_mutex_init(&client->lock, NULL);
    client->last_request = &client->requests;
    client->sink = sink_of_clients;
    client->sink.context = client;
    client->page->sink = &client->sink;
    return client;
}

static void drop_requests(request *first)
{
    while (first) {
        request *dropped = first;

        first = dropped->next;
        if (dropped->message)
            st__back_msg__free_unpacked(dropped->message, NULL);
        free(dropped);
    }
}

void st_client_hold(st_client *client)
{
    atomic_fetch_add(&client->owners, 1);
}

void st_client_drop(st_client *client)
{
    if (atomic_fetch_sub(&client->owners, 1) != 1)
        return;
    drop_requests(client->requests);
    st_packets_clear(&client->packets);
    st_files_finish(&client->files);
    free(client->busy.text);
    st_page_destroy(client->page);
    pthread_mutex_destroy(&client->lock);
    free(client);
}

const char *st_client_id(const st_client *client)
{
    return client->id;
}

/* ---- sending ------------------------------------------------------------- */

/* Whoever waits is woken by the first packet only.  With the lock. */
static bool add_packet(st_client *client, st_packet *packet)
{
    bool was_empty = !client->packets.first;

    if (!packet)
        return false;
    /* With a gap the rest would be another page. */
    client->was_flooded |=
        client->packets.bytes > client->host->most_queued_bytes;
    if (!client->is_connected || client->was_flooded) {
        free(packet);
        return false;
    }
    st_packets_add(&client->packets, packet);
    return was_empty;
}

/* Of a run whose connection has gone; another one may be there. */
static bool is_of_another(const st_client *client)
{
    return client->run_connection != client->connection;
}

/* What the run tells. */
static void send_of_run(st_client *client, st_packet *packet)
{
    bool is_first = false;

    pthread_mutex_lock(&client->lock);
    if (is_of_another(client))
        free(packet);
    else
        is_first = add_packet(client, packet);
    pthread_mutex_unlock(&client->lock);
    if (is_first)
        client->host->wake(client->host->server);
}

static void send(st_client *client, st_packet *packet)
{
    bool is_first;

    pthread_mutex_lock(&client->lock);
    is_first = add_packet(client, packet);
    pthread_mutex_unlock(&client->lock);
    if (is_first)
        client->host->wake(client->host->server);
}

st_packet *st_client_take(st_client *client)
{
    st_packet *packet;

    pthread_mutex_lock(&client->lock);
    packet = st_packets_take(&client->packets);
    pthread_mutex_unlock(&client->lock);
    return packet;
}

bool st_client_has_packets(st_client *client)
{
    bool has_some;

    pthread_mutex_lock(&client->lock);
    has_some = client->packets.first != NULL;
    pthread_mutex_unlock(&client->lock);
    return has_some;
}

bool st_client_is_flooded(st_client *client)
{
    bool is_flooded;

    pthread_mutex_lock(&client->lock);
    is_flooded = client->was_flooded;
    pthread_mutex_unlock(&client->lock);
    return is_flooded;
}

/* ---- what the page tells ------------------------------------------------- */

static int compare_texts(const void *a, const void *b)
{
    const char *const *first = a, *const *second = b;

    return strcmp(*first, *second);
}

static bool is_kept(const st_client *client, const char *hash)
{
    return client->kept_count > 0 &&
           bsearch(&hash, client->kept, client->kept_count,
                   sizeof *client->kept, compare_texts) != NULL;
}

static void drawn(void *context, const st_page *page, const st_node *node)
{
    st_client *client = context;
    uint32_t path[MOST_DEPTH];
    char hash[33];
    st_wire_node told = {.path = path,
                         .bytes = node->bytes,
                         .size = node->size,
                         .is_block = node->is_block};

    if (atomic_load(&client->is_muted))
        return;
    told.path_size = st_node_path(page, node, path, MOST_DEPTH);
    st_translate(client->page, node,
                 (unsigned)(client->host->most_upload_bytes >> 20), &told.bytes,
                 &told.size);
    if (told.size >= LEAST_KEPT_BYTES) {
        memo_digest digest = memo_hash_stable(told.bytes, told.size);

        snprintf(hash, sizeof hash, "%016llx%016llx",
                 (unsigned long long)digest.high,
                 (unsigned long long)digest.low);
        told.hash = hash;
    }
    send_of_run(client, told.hash && is_kept(client, hash)
                            ? st_wire_kept(&told)
                            : st_wire_drawn(&told));
}

static st_packet *pack_element(const spinner *at, const St__Element *element)
{
    size_t size = st__element__get_packed_size(element);
    unsigned char *bytes = malloc(size);
    st_packet *packet = NULL;

    if (bytes) {
        st__element__pack(element, bytes);
        packet = st_wire_drawn(&(st_wire_node){.path = at->path,
                                               .path_size = at->path_size,
                                               .bytes = bytes,
                                               .size = size});
    }
    free(bytes);
    return packet;
}

static st_packet *pack_spinner(const spinner *at)
{
    St__Element element = ST__ELEMENT__INIT;
    St__Spinner message = ST__SPINNER__INIT;

    message.text = at->text;
    element.type_case = ST__ELEMENT__TYPE_SPINNER;
    element.spinner = &message;
    return pack_element(at, &element);
}

static st_packet *pack_empty(const spinner *at)
{
    St__Element element = ST__ELEMENT__INIT;
    St__Empty message = ST__EMPTY__INIT;

    element.type_case = ST__ELEMENT__TYPE_EMPTY;
    element.empty = &message;
    return pack_element(at, &element);
}

static void busy(void *context, const st_page *page)
{
    st_client *client = context;
    spinner *at = &client->busy;
    bool is_first = false;

    pthread_mutex_lock(&client->lock);
    /* What is drawn next, if anything is, takes its place. */
    if (at->is_shown && !atomic_load(&client->is_muted))
        is_first = add_packet(client, pack_empty(at));
    free(at->text);
    *at = (spinner){.text = page->busy.text ? strdup(page->busy.text) : NULL,
                    .since_ns = page->busy.since_ns};
    if (at->text)
        at->path_size =
            st_place_path(page, page->busy.target, at->path, MOST_DEPTH);
    pthread_mutex_unlock(&client->lock);
    if (is_first)
        client->host->wake(client->host->server);
}

bool st_client_tick(st_client *client, uint64_t now)
{
    spinner *at = &client->busy;
    bool is_first = false, is_soon;

    pthread_mutex_lock(&client->lock);
    if (at->text && !at->is_shown && !atomic_load(&client->is_muted) &&
        now - at->since_ns >= ST_SPINNER_DELAY_NS) {
        at->is_shown = true;
        is_first = add_packet(client, pack_spinner(at));
    }
    is_soon = client->is_running;
    pthread_mutex_unlock(&client->lock);
    if (is_first)
        client->host->wake(client->host->server);
    return is_soon;
}

static void configured(void *context, st_page *page, const void *bytes,
                       size_t size)
{
    (void)page;
    send_of_run(context, st_wire_config(bytes, size));
}

static void query_set(void *context, st_page *page)
{
    const char *query = st_query_text(&page->arena, page->session);

    if (query)
        send_of_run(context, st_wire_query(query));
}

static bool is_stopped(void *context)
{
    const st_client *client = context;

    return atomic_load_explicit(&client->running, memory_order_relaxed) <=
               atomic_load_explicit(&client->stopped, memory_order_relaxed) ||
           atomic_load_explicit(&client->is_ending, memory_order_relaxed);
}

static bool is_stopping(void *context)
{
    const st_client *client = context;

    return atomic_load(&client->is_muted) || is_stopped(context);
}

static const st_sink sink_of_clients = {.drawn = drawn,
                                        .busy = busy,
                                        .configured = configured,
                                        .query_set = query_set,
                                        .is_stopping = is_stopping,
                                        .is_stopped = is_stopped};

/* ---- what the browser says ----------------------------------------------- */

void st_client_connect(st_client *client, bool is_connected)
{
    pthread_mutex_lock(&client->lock);
    client->is_connected = is_connected;
    client->was_flooded = false;
    client->connection += is_connected;
    st_packets_clear(&client->packets);
    /* Nobody sees the rest of this run. */
    if (!is_connected)
        atomic_store(&client->is_muted, true);
    pthread_mutex_unlock(&client->lock);
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
    request *added = calloc(1, sizeof *added), **at = &client->requests;

    if (!added) {
        st__back_msg__free_unpacked(message, NULL);
        return false;
    }
    added->message = message;
    while (*at) {
        request *old = *at;

        if (has_trigger(old->message)) {
            at = &old->next;
            continue;
        }
        *at = old->next;
        old->next = NULL;
        drop_requests(old);
        client->request_count--;
    }
    *at = added;
    if (++client->request_count > MOST_REQUESTS) {
        request *first = client->requests;

        client->requests = first->next;
        first->next = NULL;
        drop_requests(first);
        client->request_count--;
    }
    return true;
}

/* It is held for the run, which may not be had. */
static void enqueue(st_client *client)
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
        enqueue(client);
    }
    return is_good;
}

/* Places for files, as many as are asked for. */
static void offer_places(st_client *client, const St__FileURLsRequest *asked)
{
    char(*ids)[ST_CLIENT_ID_SIZE];
    const char *list[MOST_FILES];
    char prefix[80];
    st_upload_places places = {.request_id = asked->request_id,
                               .prefix = prefix,
                               .ids = list,
                               .count = asked->n_file_names};

    if (places.count > MOST_FILES) {
        places.count = 0;
        places.error = "These are too many files at once.";
    }
    ids = calloc(places.count + 1, sizeof *ids);
    snprintf(prefix, sizeof prefix, "/_stcore/upload_file/%s/", client->id);
    pthread_mutex_lock(&client->lock);
    for (size_t i = 0; ids && i < places.count; i++) {
        list[i] = ids[i];
        if (!st_random_id(ids[i]) || !st_files_expect(&client->files, ids[i]))
            places.error = "There is no memory for more files.";
    }
    pthread_mutex_unlock(&client->lock);
    if (ids)
        send(client, st_wire_upload_places(&places));
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
        send(client, st_wire_alive());
        break;
    default: /* what a browser may say, and nobody here needs */
        break;
    }
    st__back_msg__free_unpacked(message, NULL);
    return is_good;
}

void st_client_stop(st_client *client)
{
    atomic_store(&client->is_ending, true);
}

bool st_client_awaits_file(st_client *client, const char *id)
{
    bool is_awaited;

    pthread_mutex_lock(&client->lock);
    is_awaited = st_files_awaits(&client->files, id);
    pthread_mutex_unlock(&client->lock);
    return is_awaited;
}

st_status st_client_put_file(st_client *client, const char *id,
                             const char *name, const char *mime, void *bytes,
                             size_t size)
{
    st_status status;

    pthread_mutex_lock(&client->lock);
    status =
        st_files_put(&client->files, id, &(st_file){name, mime, bytes, size},
                     client->host->most_upload_bytes);
    pthread_mutex_unlock(&client->lock);
    return status;
}

st_status st_client_delete_file(st_client *client, const char *id)
{
    st_status status;

    pthread_mutex_lock(&client->lock);
    status = st_files_remove(&client->files, id);
    pthread_mutex_unlock(&client->lock);
    return status;
}

/* ---- runs ---------------------------------------------------------------- */

static st_bytes files_of(st_client *client, const St__FileUploaderState *state)
{
    st_page *page = client->page;
    size_t count = state->n_uploaded_file_info < MOST_FILES
                       ? state->n_uploaded_file_info
                       : MOST_FILES;
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

/* What the browser keeps, as the last message says. */
static void take_kept(st_client *client, const request *all)
{
    const St__ClientState *state;

    client->kept = NULL;
    client->kept_count = 0;
    while (all && all->next)
        all = all->next;
    state = all ? all->message->rerun_script : NULL;
    if (!state || state->n_cached_message_hashes == 0)
        return;
    client->kept = (const char **)state->cached_message_hashes;
    client->kept_count = state->n_cached_message_hashes;
    qsort(client->kept, client->kept_count, sizeof *client->kept,
          compare_texts);
}

static request *begin_run(st_client *client)
{
    request *taken;

    pthread_mutex_lock(&client->lock);
    taken = client->requests;
    client->requests = NULL;
    client->last_request = &client->requests;
    client->request_count = 0;
    atomic_store(&client->is_muted, !client->is_connected);
    atomic_store(&client->running, client->asked);
    client->run_connection = client->connection;
    pthread_mutex_unlock(&client->lock);
    return taken;
}

/* True: another run is to follow. */
static bool end_run(st_client *client, st_status status)
{
    bool is_early, is_first = false;

    pthread_mutex_lock(&client->lock);
    is_early = client->is_connected && (client->requests || status == ST_RERUN);
    if (!is_of_another(client)) {
        is_first = add_packet(client, st_wire_is_running(is_early));
        is_first |= add_packet(client, st_wire_finished(is_early));
    }
    client->is_running = is_early;
    pthread_mutex_unlock(&client->lock);
    if (is_first)
        client->host->wake(client->host->server);
    return is_early;
}

/* Whoever comes back asks anew. */
static bool is_wanted(st_client *client)
{
    request *dropped = NULL;
    bool is_wanted;

    pthread_mutex_lock(&client->lock);
    is_wanted = client->is_connected && !atomic_load(&client->is_ending);
    if (!is_wanted) {
        dropped = client->requests;
        client->requests = NULL;
        client->last_request = &client->requests;
        client->request_count = 0;
        client->is_running = false;
    }
    pthread_mutex_unlock(&client->lock);
    drop_requests(dropped);
    return is_wanted;
}

void st_client_run(st_client *client)
{
    request *taken;
    st_status status;

    if (!is_wanted(client)) {
        st_client_drop(client);
        return;
    }
    taken = begin_run(client);

    for (const request *at = taken; at; at = at->next)
        take_state(client, at->message->rerun_script);
    take_kept(client, taken);
    send_of_run(client, st_wire_new_run(&(st_run_facts){
                            client->host->name, client->id, ++client->run,
                            client->host->theme}));
    /* What a run begins with counts for the first one of a page only. */
    send_of_run(client, st_wire_is_running(true));
    status = st_run(client->page, client->host->draw, client->host->context);
    client->kept_count = 0;
    drop_requests(taken);
    if (end_run(client, status))
        enqueue(client);
    else
        st_client_drop(client);
}
