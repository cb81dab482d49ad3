/* answer.c -- who may ask an app, and what is answered. */
#include "app/app_parts.h"

#include "app/front.h"
#include "app/id.h"
#include "app/multipart.h"
#include "app/translate.h"
#include "elements/media.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

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

/* ---- answers --------------------------------------------------------------
 */

/* Images and films also from whom the program has named. */
static bool print_origins(FILE *out, const st_options *options)
{
    for (size_t i = 0; i < options->origin_count; i++)
        fprintf(out, " %s", options->origins[i]);
    return !ferror(out);
}

char *st_app_make_policy(const st_options *options)
{
    char *policy = NULL;
    size_t size;
    FILE *out = open_memstream(&policy, &size);
    bool is_done;

    if (!out)
        return NULL;
    fputs("default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; "
          "style-src 'self' 'unsafe-inline'; font-src 'self' data:; "
          "connect-src 'self' data:; frame-src 'self'; "
          "worker-src 'self' blob:; object-src 'none'; base-uri 'self'; "
          "form-action 'none'; frame-ancestors 'none'; "
          "img-src 'self' data: blob:",
          out);
    is_done = print_origins(out, options);
    fputs("; media-src 'self' blob:", out);
    is_done = print_origins(out, options) && is_done;
    if (fclose(out) == 0 && is_done)
        return policy;
    free(policy);
    return NULL;
}

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
    char session[ST_ID_SIZE];
    st_tab *found;

    *out = (st_reply){0};
    if (!is_our_host(app, ask->host) || !is_our_origin(app, ask)) {
        st_reply_text(out, 403, "Files are taken from this page only.\n");
        return NULL;
    }
    if (!path || !is_upload(path) ||
        sscanf(path, "/_stcore/upload_file/%32[0-9a-f]/", session) != 1 ||
        !(found = st_app_find_tab(app, session))) {
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
