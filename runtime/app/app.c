#include "app/app_parts.h"

#include <stdlib.h>
#include <string.h>

/* A tab that was closed may come back for so long: its page is kept. */
#define KEPT_NS (120 * (uint64_t)1000000000)

enum { END_SECONDS = 5 };

/* ---- life ---------------------------------------------------------------- */

static void wake(void *server)
{
    const st_app *app = server;

    app->facts.wake(app->facts.server);
}

static bool enqueue(void *server, st_client *client)
{
    const st_app *app = server;

    return st_runs_add(app->runs, client);
}

st_app *st_app_create(const st_app_facts *facts)
{
    st_app *app = calloc(1, sizeof *app);

    if (!app)
        return NULL;
    app->facts = *facts;
    app->host = (st_host){.draw = facts->draw,
                          .context = facts->context,
                          .name = facts->name,
                          .theme = facts->options->theme,
                          .most_queued_bytes = (uint64_t)256 << 20,
                          .most_upload_bytes =
                              (uint64_t)facts->options->max_upload_mb << 20,
                          .wake = wake,
                          .enqueue = enqueue,
                          .server = app};
    app->policy = st_app_make_policy(facts->options);
    app->runs = app->policy ? st_runs_create(facts->options->max_runs) : NULL;
    if (!app->runs) {
        free(app->policy);
        free(app);
        return NULL;
    }
    return app;
}

bool st_app_destroy(st_app *app)
{
    for (size_t i = 0; i < app->tab_count; i++) {
        st_client_connect(app->tabs[i].client, false);
        st_client_stop(app->tabs[i].client);
    }
    if (!st_runs_destroy(app->runs, END_SECONDS))
        return false;
    for (size_t i = 0; i < app->tab_count; i++)
        st_client_drop(app->tabs[i].client);
    free(app->tabs);
    free(app->policy);
    free(app);
    return true;
}

/* ---- tabs ---------------------------------------------------------------- */

st_tab *st_app_find_tab(const st_app *app, const char *id)
{
    for (size_t i = 0; i < app->tab_count; i++) {
        if (strcmp(st_client_id(app->tabs[i].client), id) == 0)
            return &app->tabs[i];
    }
    return NULL;
}

static st_tab *find_client(const st_app *app, const st_client *client)
{
    for (size_t i = 0; i < app->tab_count; i++) {
        if (app->tabs[i].client == client)
            return &app->tabs[i];
    }
    return NULL;
}

static void remove_tab(st_app *app, st_tab *removed)
{
    st_client_connect(removed->client, false);
    st_client_stop(removed->client);
    st_client_drop(removed->client);
    *removed = app->tabs[--app->tab_count];
}

/* Of those whose connection has gone, the one that has been away longest. */
static st_tab *find_oldest(const st_app *app)
{
    st_tab *oldest = NULL;

    for (size_t i = 0; i < app->tab_count; i++) {
        st_tab *now = &app->tabs[i];

        /* One that has gone just now is not seen yet. */
        if (!now->is_connected &&
            (!oldest || now->gone_ns - 1 < oldest->gone_ns - 1))
            oldest = now;
    }
    return oldest;
}

static st_tab *add_tab(st_app *app)
{
    st_client *client;

    if (app->tab_count >= app->facts.options->max_sessions) {
        st_tab *oldest = find_oldest(app);

        if (!oldest)
            return NULL;
        remove_tab(app, oldest);
    }
    if (app->tab_count == app->tab_capacity) {
        size_t capacity = 2 * app->tab_capacity + 16;
        st_tab *tabs = realloc(app->tabs, capacity * sizeof *tabs);

        if (!tabs)
            return NULL;
        app->tabs = tabs;
        app->tab_capacity = capacity;
    }
    client = st_client_create(&app->host);
    if (!client)
        return NULL;
    app->tabs[app->tab_count] = (st_tab){.client = client};
    return &app->tabs[app->tab_count++];
}

st_client *st_app_connect(st_app *app, const char *last_id)
{
    st_tab *found = st_app_find_tab(app, last_id);

    /* A tab that was duplicated says the id of the first one. */
    if (!found || found->is_connected)
        found = add_tab(app);
    if (!found)
        return NULL;
    found->is_connected = true;
    found->gone_ns = 0;
    st_client_connect(found->client, true);
    return found->client;
}

void st_app_disconnect(st_app *app, st_client *client)
{
    st_tab *found = find_client(app, client);

    if (!found)
        return;
    st_client_connect(client, false);
    found->is_connected = false;
}

void st_app_tick(st_app *app, uint64_t now_ns)
{
    for (size_t i = app->tab_count; i-- > 0;) {
        st_tab *now = &app->tabs[i];

        if (now->is_connected) {
            st_client_tick(now->client, now_ns);
            continue;
        }
        if (now->gone_ns == 0)
            now->gone_ns = now_ns;
        else if (now_ns - now->gone_ns > KEPT_NS)
            remove_tab(app, now);
    }
}
