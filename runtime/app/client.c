#include "app/client_parts.h"

#include <stdlib.h>

/* ---- life ---------------------------------------------------------------- */

st_client *st_client_create(const st_host *host)
{
    st_client *client = calloc(1, sizeof *client);

    if (!client)
        return NULL;
    client->host = host;
    atomic_init(&client->owners, 1);
    client->page = st_page_create();
    if (!client->page || !st_id_make(client->id)) {
        st_page_destroy(client->page);
        free(client);
        return NULL;
    }
    pthread_mutex_init(&client->lock, NULL);
    client->sink = st_client_sink;
    client->sink.context = client;
    client->page->sink = &client->sink;
    return client;
}

void st_client_hold(st_client *client)
{
    atomic_fetch_add(&client->owners, 1);
}

void st_client_drop(st_client *client)
{
    if (atomic_fetch_sub(&client->owners, 1) != 1)
        return;
    st_requests_drop(client->requests);
    st_packets_clear(&client->packets);
    st_files_finish(&client->files);
    free(client->busy.text);
    st_page_destroy(client->page);
    pthread_mutex_destroy(&client->lock);
    free(client);
}

void st_client_stop(st_client *client)
{
    atomic_store(&client->is_ending, true);
}

const char *st_client_id(const st_client *client)
{
    return client->id;
}

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

/* ---- sending ------------------------------------------------------------- */

bool st_client_add(st_client *client, st_packet *packet)
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

bool st_client_run_is_orphaned(const st_client *client)
{
    return client->run_connection != client->connection;
}

void st_client_send_of_run(st_client *client, st_packet *packet)
{
    bool is_first = false;

    pthread_mutex_lock(&client->lock);
    if (st_client_run_is_orphaned(client))
        free(packet);
    else
        is_first = st_client_add(client, packet);
    pthread_mutex_unlock(&client->lock);
    if (is_first)
        st_client_wake(client);
}

void st_client_send(st_client *client, st_packet *packet)
{
    bool is_first;

    pthread_mutex_lock(&client->lock);
    is_first = st_client_add(client, packet);
    pthread_mutex_unlock(&client->lock);
    if (is_first)
        st_client_wake(client);
}

void st_client_wake(const st_client *client)
{
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

/* ---- files --------------------------------------------------------------- */

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
