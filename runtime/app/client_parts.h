/* client_parts.h -- what the files client*.c share of a tab.
 *
 *     client.c        its life, what waits to be sent, its files
 *     client_tell.c   what its page draws, as it is told to the browser
 *     client_hear.c   what the browser says
 *     client_run.c    a run of its page, with the values that were said
 */
#ifndef ST_APP_CLIENT_PARTS_H
#define ST_APP_CLIENT_PARTS_H

#include "app/client.h"
#include "app/files.h"
#include "app/id.h"
#include "widgets/session.h"

#include <pthread.h>

/* Of paths to elements: deeper ones take more memory, and have no spinner. */
#define ST_FEW_STEPS 64

/* A message that asks for a run. */
typedef struct st_request {
    struct st_request *next;
    St__BackMsg *message;
} st_request;

/* A spinner, from when a body is at work. */
typedef struct {
    char *text; /* from malloc(); NULL: none is at work */
    uint64_t since_ns;
    bool is_shown;
    uint32_t path[ST_FEW_STEPS];
    size_t path_size;
} st_client_spinner;

struct st_client {
    const st_host *host;
    _Atomic size_t owners;
    char id[ST_ID_SIZE];
    st_page *page; /* the run's */
    st_sink sink;
    uint64_t run;
    const char **kept; /* hashes of what the browser keeps, sorted; the run's */
    size_t kept_count;

    pthread_mutex_t lock; /* of all that is below */
    st_packets packets;
    st_request *requests; /* the oldest one first */
    size_t request_count;
    bool is_connected, is_running, was_flooded;
    uint64_t connection, run_connection; /* their numbers; the run's */
    st_client_spinner busy;
    st_files files;

    atomic_bool is_muted; /* another run follows: nothing is told */
    /* Requests are counted, so that Stop is about those before it: runs end
     * where they draw next. */
    _Atomic uint64_t asked, running, stopped;
    atomic_bool is_ending; /* the same for all runs */
};

/* ---- client.c ------------------------------------------------------------ */

/* Add a packet, if anybody is there to get it.  With the lock.
 * Returns: it is the first one: whoever sends is to be woken. */
bool st_client_add(st_client *client, st_packet *packet);
void st_client_wake(const st_client *client);

/* Send what is no run's, and what is the run's: nothing, if the connection has
 * gone that the run began with. */
void st_client_send(st_client *client, st_packet *packet);
void st_client_send_of_run(st_client *client, st_packet *packet);
bool st_client_run_is_orphaned(const st_client *client); /* with the lock */

/* ---- client_tell.c ------------------------------------------------------- */

/* Without its context. */
extern const st_sink st_client_sink;

/* The browser keeps messages of these hashes, as the last request says; they
 * are the request's. */
void st_client_take_kept(st_client *client, const st_request *all);

/* ---- client_hear.c ------------------------------------------------------- */

/* Requests that wait, from now on the caller's.  With the lock. */
st_request *st_client_take_requests(st_client *client);
void st_requests_drop(st_request *first);

/* Queue it; it is held for the run, which may not be had. */
void st_client_enqueue(st_client *client);

/* Files of one widget, and places for files that are asked for at once. */
#define ST_MOST_FILES 100

#endif
