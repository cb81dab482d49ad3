#include "app/app.h"

#include "app/front.h"
#include "app/multipart.h"
#include "app/runs.h"
#include "app/translate.h"
#include "elements/media.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A tab that was closed may come back for so long: its page is kept. */
#define KEPT_NS (120 * (uint64_t)1000000000)

enum { END_SECONDS = 5 };

typedef struct {
    st_client *client;
    bool is_connected;
    uint64_t gone_ns; /* when its connection went; 0: it is to be seen */
} tab;

struct st_app {
    st_app_facts facts;
    st_host host;
    st_runs *runs;
    tab *tabs;
    size_t tab_count, tab_capacity;
    char policy[3200]; /* of the page */
};

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

/* Scripts and styles are our own; images and films from here, and from whom the
 * program has named. */
static void make_policy(st_app *app)
{
    const st_options *options = app->facts.options;
    char origins[1200] = "";

    for (size_t i = 0; i < options->origin_count; i++) {
        size_t size = strlen(origins);

        if (size + strlen(options->origins[i]) + 2 < sizeof origins)
            sprintf(origins + size, " %s", options->origins[i]);
    }
    snprintf(app->policy, sizeof app->policy,
             "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; "
             "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:%s; "
             "media-src 'self' blob:%s; font-src 'self' data:; "
             "connect-src 'self' data:; frame-src 'self'; "
             "worker-src 'self' blob:; object-src 'none'; base-uri 'self'; "
             "form-action 'none'; frame-ancestors 'none'",
             origins, origins);
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
    app->runs = st_runs_create(facts->options->max_runs);
    if (!app->runs) {
        free(app);
        return NULL;
    }
    make_policy(app);
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
    free(app);
    return true;
}

/* ---- tabs ---------------------------------------------------------------- */

static tab *find_tab(const st_app *app, const char *id)
{
    for (size_t i = 0; i < app->tab_count; i++) {
        if (strcmp(st_client_id(app->tabs[i].client), id) == 0)
            return &app->tabs[i];
    }
    return NULL;
}

static tab *find_client(const st_app *app, const st_client *client)
{
    for (size_t i = 0; i < app->tab_count; i++) {
        if (app->tabs[i].client == client)
            return &app->tabs[i];
    }
    return NULL;
}

static void remove_tab(st_app *app, tab *removed)
{
    st_client_connect(removed->client, false);
    st_client_stop(removed->client);
    st_client_drop(removed->client);
    *removed = app->tabs[--app->tab_count];
}

/* Of those whose connection has gone, the one that has been away longest. */
static tab *find_oldest(const st_app *app)
{
    tab *oldest = NULL;

    for (size_t i = 0; i < app->tab_count; i++) {
        tab *now = &app->tabs[i];

        /* One that has gone just now is not seen yet. */
        if (!now->is_connected &&
            (!oldest || now->gone_ns - 1 < oldest->gone_ns - 1))
            oldest = now;
    }
    return oldest;
}

static tab *add_tab(st_app *app)
{
    st_client *client;

    if (app->tab_count >= app->facts.options->max_sessions) {
        tab *oldest = find_oldest(app);

        if (!oldest)
            return NULL;
        remove_tab(app, oldest);
    }
    if (app->tab_count == app->tab_capacity) {
        size_t capacity = 2 * app->tab_capacity + 16;
        tab *tabs = realloc(app->tabs, capacity * sizeof *tabs);

        if (!tabs)
            return NULL;
        app->tabs = tabs;
        app->tab_capacity = capacity;
    }
    client = st_client_create(&app->host);
    if (!client)
        return NULL;
    app->tabs[app->tab_count] = (tab){.client = client};
    return &app->tabs[app->tab_count++];
}

st_client *st_app_connect(st_app *app, const char *last_id)
{
    tab *found = find_tab(app, last_id);

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
    tab *found = find_client(app, client);

    if (!found)
        return;
    st_client_connect(client, false);
    found->is_connected = false;
}

void st_app_tick(st_app *app, uint64_t now_ns)
{
    for (size_t i = app->tab_count; i-- > 0;) {
        tab *now = &app->tabs[i];

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

void st_app_each(st_app *app, void (*visit)(st_client *client, void *context),
                 void *context)
{
    for (size_t i = 0; i < app->tab_count; i++) {
        if (app->tabs[i].is_connected)
            visit(app->tabs[i].client, context);
    }
}

/* ---- who asks ------------------------------------------------------------ */

/* The name of "name:port", "[::1]:port". */
static size_t host_size(const char *host)
{
    const char *end = *host == '[' ? strchr(host, ']') : NULL;

    return end ? (size_t)(end - host) + 1 : strcspn(host, ":");
}

static bool is_host(const char *host, const char *name)
{
    size_t size = host_size(host);

    return size == strlen(name) && strncasecmp(host, name, size) == 0;
}

/* Numbers only: nobody can make a browser mean them by a name. */
static bool is_address(const char *host)
{
    size_t size = host_size(host);

    return size > 0 && (*host == '[' || strspn(host, "0123456789.") >= size);
}

/* A page of another server may make a name of its own mean this machine: the
 * name is to be one that is ours. */
static bool is_our_host(const st_app *app, const char *host)
{
    const st_options *options = app->facts.options;

    if (is_host(host, "localhost") || is_address(host))
        return true;
    for (size_t i = 0; i < options->host_count; i++) {
        if (is_host(host, options->hosts[i]))
            return true;
    }
    return false;
}

/* Is it from a page of ours? */
static bool is_our_origin(const st_app *app, const st_ask *ask)
{
    const st_options *options = app->facts.options;
    bool is_secure = ask->is_secure;
    size_t size;

    /* Behind a name of ours another server may speak TLS for this one. */
    for (size_t i = 0; i < options->host_count; i++)
        is_secure |= is_host(ask->host, options->hosts[i]) &&
                     strncasecmp(ask->origin, "https://", 8) == 0;
    size = is_secure ? 8 : 7;
    return strncasecmp(ask->origin, is_secure ? "https://" : "http://", size) ==
               0 &&
           strcasecmp(ask->origin + size, ask->host) == 0;
}

/* Behind the base path; NULL: it is not below that. */
static const char *below_base(const st_app *app, const char *path)
{
    const char *base = app->facts.options->base_path;
    size_t size = strlen(base);

    if (strncmp(path, base, size) != 0)
        return NULL;
    return path[size] == '/' || path[size] == '\0' ? path + size : NULL;
}

const char *st_app_refuse(st_app *app, const st_ask *ask)
{
    const char *path = below_base(app, ask->path);

    if (!is_our_host(app, ask->host))
        return "its Host is no name of this server; --allow-host adds one";
    if (!is_our_origin(app, ask))
        return "its Origin is that of another server";
    if (!path || strcmp(path, "/_stcore/stream") != 0)
        return "it is at no path of this server";
    return NULL;
}

/* ---- answers ------------------------------------------------------------- */

static void reply_page(st_reply *out, const st_app *app, const st_ask *ask)
{
    if (!st_front_reply(out, app->facts.front, "index.html", ask->encodings)) {
        st_reply_text(out, 500, "The front end has gone from its folder.\n");
        return;
    }
    st_reply_add(out, "content-security-policy:", app->policy);
    st_reply_add(out, "referrer-policy:", "no-referrer");
}

static void close_media(void *opened)
{
    st_media_close(opened);
}

/* Documents run their scripts, in an origin of their own, and reach nothing.
 * Anything else runs none, wherever it is opened. */
static const char *media_policy(st_reply *out, const char *mime)
{
    const char *origin = strstr(mime, ST_FRAME_ORIGIN);
    char checked[ST_ORIGIN_SIZE];

    /* The program may have made a type of what a person has said. */
    if (origin &&
        (!st_frame_origin(checked, origin + strlen(ST_FRAME_ORIGIN)) ||
         strcmp(checked, origin + strlen(ST_FRAME_ORIGIN)) != 0))
        origin = NULL;
    if (strncmp(mime, "text/html", 9) != 0)
        return "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
               "sandbox";
    if (!origin)
        return "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval' "
               "'self'; style-src 'unsafe-inline'; img-src data: blob: 'self'; "
               "media-src data: blob:; font-src data:; form-action 'none'; "
               "sandbox allow-scripts allow-downloads allow-modals";
    snprintf(out->texts[1], sizeof out->texts[1],
             "default-src 'none'; style-src 'unsafe-inline'; form-action "
             "'none'; frame-src %s",
             checked);
    return out->texts[1];
}

/* "attachment; filename*=UTF-8''name", of "name=..." in the query, which comes
 * decoded. */
static void name_file(st_reply *out, const char *query)
{
    static const char begin[] = "attachment; filename*=UTF-8''";
    const char *name = strncmp(query, "name=", 5) == 0 ? query + 5 : "";
    char *at = stpcpy(out->texts[1], begin);

    if (!*name || 3 * strlen(name) + sizeof begin > sizeof out->texts[1])
        return;
    for (; *name; name++) {
        unsigned char byte = (unsigned char)*name;

        if (isalnum(byte) || strchr("-._~", byte))
            *at++ = (char)byte;
        else
            at += sprintf(at, "%%%02X", byte);
    }
    *at = '\0';
    st_reply_add(out, "content-disposition:", out->texts[1]);
}

static bool is_header_text(const char *text)
{
    for (; *text; text++) {
        if ((unsigned char)*text < 0x20 || (unsigned char)*text >= 0x7f)
            return false;
    }
    return true;
}

static void reply_media(st_reply *out, const char *path, const st_ask *ask)
{
    const st_blob *blob = st_media_open(path);
    const char *mime;

    if (!blob) {
        st_reply_text(out, 404, "No page shows this any more.\n");
        return;
    }
    out->status = 200;
    out->bytes = st_blob_bytes(blob, &out->size, &mime);
    out->mime = mime;
    out->owner = (void *)(uintptr_t)blob;
    out->release = close_media;
    st_reply_add(out, "content-security-policy:", media_policy(out, mime));
    if (strncmp(mime, "text/html", 9) == 0)
        out->mime = "text/html; charset=utf-8";
    if (!is_header_text(mime))
        out->mime = "application/octet-stream";
    if (!strstr(mime, ST_FRAME_ORIGIN))
        name_file(out, ask->query);
    st_reply_add(out, "cache-control:", "private, max-age=86400, immutable");
    st_reply_cut(out, ask->range);
}

static void reply_file(st_reply *out, const st_app *app, const char *path,
                       const st_ask *ask)
{
    if (!st_front_reply(out, app->facts.front, path + 1, ask->encodings))
        st_reply_text(out, 404, "There is nothing here.\n");
}

static bool is_upload(const char *path)
{
    return strncmp(path, "/_stcore/upload_file/", 21) == 0;
}

static void reply_delete(st_reply *out, st_app *app, const st_ask *ask)
{
    const char *id;
    st_client *client = st_app_find_upload(out, app, ask, &id);

    if (!client)
        return;
    st_client_delete_file(client, id);
    st_reply_text(out, 204, "");
}

static void reply_get(st_reply *out, st_app *app, const char *path,
                      const st_ask *ask)
{
    if (strcmp(path, "/") == 0 || strcmp(path, "/index.html") == 0) {
        reply_page(out, app, ask);
    } else if (strcmp(path, "/_stcore/health") == 0) {
        st_reply_text(out, 200, "ok");
        st_reply_add(out, "cache-control:", "no-store");
    } else if (strcmp(path, "/_stcore/host-config") == 0) {
        st_reply_text(out, 200,
                      "{\"allowedOrigins\":[],\"useExternalAuthToken\":false,"
                      "\"enableCustomParentMessages\":false,"
                      "\"metricsUrl\":\"off\"}");
        out->mime = "application/json";
        st_reply_add(out, "cache-control:", "no-store");
    } else if (strncmp(path, "/media/", 7) == 0) {
        reply_media(out, path, ask);
    } else {
        reply_file(out, app, path, ask);
    }
}

void st_app_reply(st_reply *out, st_app *app, const st_ask *ask)
{
    const char *path = below_base(app, ask->path);

    *out = (st_reply){0};
    if (!is_our_host(app, ask->host)) {
        st_reply_text(out, 421,
                      "This host is not known by that name; --allow-host adds "
                      "one.\n");
    } else if (!path) {
        st_reply_text(out, 404, "There is nothing here.\n");
    } else if (*path == '\0') {
        snprintf(out->texts[0], sizeof out->texts[0], "%s/",
                 app->facts.options->base_path);
        st_reply_text(out, 308, "");
        st_reply_add(out, "location:", out->texts[0]);
    } else if (ask->method == ST_DELETE && is_upload(path)) {
        reply_delete(out, app, ask);
    } else if (ask->method != ST_GET && ask->method != ST_HEAD) {
        st_reply_text(out, 405, "This cannot be done here.\n");
        st_reply_add(out, "allow:", "GET, HEAD");
    } else {
        reply_get(out, app, path, ask);
    }
    st_reply_add(out, "x-content-type-options:", "nosniff");
}

/* ---- uploads ------------------------------------------------------------- */

st_client *st_app_find_upload(st_reply *out, st_app *app, const st_ask *ask,
                              const char **id)
{
    const char *path = below_base(app, ask->path);
    char session[ST_CLIENT_ID_SIZE];
    tab *found;

    *out = (st_reply){0};
    if (!is_our_host(app, ask->host) || !is_our_origin(app, ask)) {
        st_reply_text(out, 403, "Files are taken from this page only.\n");
        return NULL;
    }
    if (!path || !is_upload(path) ||
        sscanf(path, "/_stcore/upload_file/%32[0-9a-f]/", session) != 1 ||
        !(found = find_tab(app, session))) {
        st_reply_text(out, 404, "Nobody waits for this file.\n");
        return NULL;
    }
    *id = strrchr(path, '/') + 1;
    if (ask->method == ST_PUT && !st_client_awaits_file(found->client, *id)) {
        st_reply_text(out, 404, "Nobody waits for this file.\n");
        return NULL;
    }
    return found->client;
}

void st_app_take_upload(st_reply *out, st_app *app, const st_ask *ask,
                        const char *type, char *body, size_t size)
{
    const char *id;
    st_client *client = st_app_find_upload(out, app, ask, &id);
    st_part part;
    char name[256], mime[100];
    size_t before;

    if (!client) {
        free(body);
        return;
    }
    if (!st_multipart_find(&part, type, body, size)) {
        free(body);
        st_reply_text(out, 400, "There is no file in this form.\n");
        return;
    }
    snprintf(
        name, sizeof name, "%.*s",
        (int)(part.name_size < sizeof name ? part.name_size : sizeof name - 1),
        part.name);
    snprintf(
        mime, sizeof mime, "%.*s",
        (int)(part.mime_size < sizeof mime ? part.mime_size : sizeof mime - 1),
        part.mime);
    before = (size_t)(part.bytes - body);
    memmove(body, body + before, part.size);
    switch (st_client_put_file(client, id, name, mime, body, part.size)) {
    case ST_OK:
        st_reply_text(out, 204, "");
        break;
    case ST_BAD_VALUE:
        st_reply_text(out, 413, "This file is too large.\n");
        break;
    case ST_NOT_FOUND:
        st_reply_text(out, 404, "Nobody waits for this file.\n");
        break;
    default:
        st_reply_text(out, 507, "There is no memory for this file.\n");
        break;
    }
}
