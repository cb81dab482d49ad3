/* client.h -- one tab of a browser: a page with its session, what is to be told
 * to it, and what it has said.
 *
 * The server's thread receives and sends, one thread at a time runs the page.
 * What they share lies under a lock; the page is the run's alone.
 */
#ifndef ST_APP_CLIENT_H
#define ST_APP_CLIENT_H

#include "app/wire.h"
#include "st/page.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct st_client st_client;

/* What all clients have in common. */
typedef struct st_host {
    void (*draw)(void *context);
    void *context;
    const char *name; /* of the program */
    st_theme theme;
    uint64_t most_queued_bytes; /* for one client */
    uint64_t most_upload_bytes; /* of one file; ten of them for a client */
    /* Something waits to be sent; from any thread, and seldom. */
    void (*wake)(void *server);
    /* It is to be run, by st_client_run(); it is held until that has ended.
     * False: it cannot be. */
    bool (*enqueue)(void *server, st_client *client);
    void *server;
} st_host;

/* A tab without a connection.
 * Owner:  caller, st_client_drop().
 * Errors: NULL: out of memory. */
st_client *st_client_create(const st_host *host);
void st_client_hold(st_client *client);
void st_client_drop(st_client *client);
const char *st_client_id(const st_client *client);

/* ---- the server's thread ------------------------------------------------- */

/* A connection is there, or has gone; what waits to be sent is dropped. */
void st_client_connect(st_client *client, bool is_connected);

/* Take a message over.  False: it is no good, and the connection to be closed;
 * `why` says it, NULL: it was said before. */
bool st_client_receive(st_client *client, St__BackMsg *message,
                       const char **why);

/* The next thing to be sent; NULL: none.  Owner: caller, free(). */
st_packet *st_client_take(st_client *client);
bool st_client_has_packets(st_client *client);

/* What waits is more than it may be: the connection is to be closed. */
bool st_client_is_flooded(st_client *client);

/* Show a spinner that is due.  Units: ns of CLOCK_MONOTONIC. */
void st_client_tick(st_client *client, uint64_t now_ns);

/* Its runs are to end, now and from now on: it is not needed any more. */
void st_client_stop(st_client *client);

/* Was a place for it asked for, and nothing has come? */
bool st_client_awaits_file(st_client *client, const char *id);

/* A file has come, at a place that was asked for; takes `bytes` over, which is
 * from malloc().
 * Errors: ST_NOT_FOUND: nobody has asked; ST_BAD_VALUE: it is too large. */
st_status st_client_put_file(st_client *client, const char *id,
                             const char *name, const char *mime, void *bytes,
                             size_t size);
st_status st_client_delete_file(st_client *client, const char *id);

/* ---- a thread of runs ---------------------------------------------------- */

/* One run of the page, with all that was said. */
void st_client_run(st_client *client);

#endif
