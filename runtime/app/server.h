/* server.h -- sockets: HTTP and WebSocket for an app.
 */
#ifndef ST_APP_SERVER_H
#define ST_APP_SERVER_H

#include "app/app.h"

typedef struct st_server st_server;

/* Listen.
 * Owner:  caller, st_server_destroy().
 * Errors: ST_BAD_VALUE: not on this address; ST_NO_MEMORY. */
st_status st_server_create(st_server **out, const st_options *options,
                           st_failure *error);
void st_server_destroy(st_server *server); /* the app is gone before */

/* The port that it listens on. */
unsigned st_server_port(const st_server *server);

/* Serve until SIGINT or SIGTERM. */
void st_server_run(st_server *server, st_app *app);

/* A client has something to be sent; see st_app_facts.  Threads: any. */
void st_server_wake(void *server);

#endif
