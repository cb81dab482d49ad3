/* app.h -- a program that shows its page: its tabs, and what it answers to
 * whom.
 *
 * All of it is of the server's thread.  It does not know sockets.
 */
#ifndef ST_APP_APP_H
#define ST_APP_APP_H

#include "app/client.h"
#include "app/options.h"
#include "app/reply.h"

typedef struct st_app st_app;

typedef struct {
    const st_options *options;
    const char *front; /* the folder of the front end */
    const char *name;  /* of the program */
    void (*draw)(void *context);
    void *context;
    void (*wake)(void *server); /* see st_host */
    void *server;
} st_app_facts;

/* Owner:  caller, st_app_destroy(); what the facts point at stays the caller's.
 * Errors: NULL: out of memory. */
st_app *st_app_create(const st_app_facts *facts);

/* Ends runs, and waits for them a while.
 * Errors: false: one goes on still; nothing was freed. */
bool st_app_destroy(st_app *app);

/* Answer.  What has a body is asked before it comes, and again with it. */
void st_app_reply(st_reply *out, st_app *app, const st_ask *ask);

/* May this ask for a page's connection?  NULL: yes; else why not. */
const char *st_app_refuse(st_app *app, const st_ask *ask);

/* A connection is there: of a tab that had one before, `last_id`, or of a new
 * one.
 * Owner:  the app, until st_app_disconnect().
 * Errors: NULL: there are too many, or no memory. */
st_client *st_app_connect(st_app *app, const char *last_id);
void st_app_disconnect(st_app *app, st_client *client);

/* Where a file is sent to; NULL: nowhere, and `out` says why.  The path's last
 * part is its id. */
st_client *st_app_find_upload(st_reply *out, st_app *app, const st_ask *ask,
                              const char **id);

/* The whole body of an upload.  Takes `body` over, which is from malloc(). */
void st_app_take_upload(st_reply *out, st_app *app, const st_ask *ask,
                        const char *type, char *body, size_t size);

/* Show what is due, forget tabs that were closed.  Units: ns of
 * CLOCK_MONOTONIC. */
void st_app_tick(st_app *app, uint64_t now_ns);

#endif
