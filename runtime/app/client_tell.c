/* client_tell.c -- what a page draws, as it is told to the browser. */
#include "app/client_parts.h"

#include "app/translate.h"
#include "elements/message.h"
#include "widgets/query.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Smaller messages are not worth a hash and a reference. */
enum { LEAST_KEPT_BYTES = 1024 };

/* ---- what is drawn ------------------------------------------------------- */

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

void st_client_take_kept(st_client *client, const st_request *all)
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

/* Owner:  `few`, or the page.
 * Errors: NULL: out of memory. */
static const uint32_t *find_path(st_client *client, const st_node *node,
                                 uint32_t *few, size_t *size)
{
    st_page *page = client->page;
    uint32_t *path = few;

    *size = st_node_path(page, node, few, ST_FEW_STEPS);
    if (*size > ST_FEW_STEPS) {
        path = st_arena_alloc(&page->arena, *size * sizeof *path);
        if (path)
            st_node_path(page, node, path, *size);
    }
    return path;
}

static void drawn(void *context, const st_page *page, const st_node *node)
{
    st_client *client = context;
    uint32_t few[ST_FEW_STEPS];
    char hash[33];
    st_wire_node told = {
        .bytes = node->bytes, .size = node->size, .is_block = node->is_block};

    (void)page;
    if (atomic_load(&client->is_muted))
        return;
    told.path = find_path(client, node, few, &told.path_size);
    if (!told.path)
        return;
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
    st_client_send_of_run(client, told.hash && is_kept(client, hash)
                                      ? st_wire_kept(&told)
                                      : st_wire_drawn(&told));
}

/* ---- the spinner --------------------------------------------------------- */

static st_packet *pack_element(const st_client_spinner *at,
                               const St__Element *element)
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

static st_packet *pack_spinner(const st_client_spinner *at)
{
    St__Element element = ST__ELEMENT__INIT;
    St__Spinner message = ST__SPINNER__INIT;

    message.text = at->text;
    element.type_case = ST__ELEMENT__TYPE_SPINNER;
    element.spinner = &message;
    return pack_element(at, &element);
}

static st_packet *pack_empty(const st_client_spinner *at)
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
    st_client_spinner *at = &client->busy;
    bool is_first = false;

    pthread_mutex_lock(&client->lock);
    /* What is drawn next, if anything is, takes its place. */
    if (at->is_shown && !atomic_load(&client->is_muted))
        is_first = st_client_add(client, pack_empty(at));
    free(at->text);
    *at = (st_client_spinner){.text = page->busy.text ? strdup(page->busy.text)
                                                      : NULL,
                              .since_ns = page->busy.since_ns};
    if (at->text)
        at->path_size =
            st_place_path(page, page->busy.target, at->path, ST_FEW_STEPS);
    pthread_mutex_unlock(&client->lock);
    if (is_first)
        st_client_wake(client);
}

void st_client_tick(st_client *client, uint64_t now)
{
    st_client_spinner *at = &client->busy;
    bool is_first = false;

    pthread_mutex_lock(&client->lock);
    if (at->text && !at->is_shown && !atomic_load(&client->is_muted) &&
        at->path_size <= ST_FEW_STEPS &&
        now - at->since_ns >= ST_SPINNER_DELAY_NS) {
        at->is_shown = true;
        is_first = st_client_add(client, pack_spinner(at));
    }
    pthread_mutex_unlock(&client->lock);
    if (is_first)
        st_client_wake(client);
}

/* ---- the rest ------------------------------------------------------------ */

static void configured(void *context, st_page *page, const void *bytes,
                       size_t size)
{
    (void)page;
    st_client_send_of_run(context, st_wire_config(bytes, size));
}

static void query_set(void *context, st_page *page)
{
    const char *query = st_query_text(&page->arena, page->session);

    if (query)
        st_client_send_of_run(context, st_wire_query(query));
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

const st_sink st_client_sink = {.drawn = drawn,
                                .busy = busy,
                                .configured = configured,
                                .query_set = query_set,
                                .is_stopping = is_stopping,
                                .is_stopped = is_stopped};
