/* server.c -- the only file that knows sockets. */
#include "app/server.h"

#include "app/address.h"
#include "app/id.h"
#include "app/inbox.h"
#include "elements/fail.h"
#include "elements/page.h"

#include <libwebsockets.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(ST_PACKET_HEADROOM >= LWS_PRE, "lws_write() wants more room");

enum {
    TICK_US = 50000,
    TIMEOUT_SECONDS = 15,
    CHUNK_BYTES = 64 << 10,
    HEADER_BYTES = 16 << 10,   /* of an answer; a policy is the longest one */
    MOST_FORM_BYTES = 64 << 10 /* around a file */
};

struct st_server {
    struct lws_context *context;
    struct lws_vhost *vhost;
    struct lws_protocols protocols[3];
    struct lws_retry_bo policy;
    lws_sorted_usec_list_t tick;
    st_app *app;
    const st_options *options;
    struct connection *connected; /* those with a client */
    unsigned told;                /* bits: reasons that were logged */
};

/* A connection: what lws keeps for it, zero at first. */
typedef struct connection {
    /* HTTP: what is being answered, and how far it is sent. */
    st_reply reply;
    size_t sent;
    bool is_answered, is_closing; /* what comes still is not read */
    size_t awaited; /* bytes of an upload's body; 0: none is read */
    char *type;     /* of it */
    /* WebSocket. */
    st_client *client;
    struct lws *wsi;
    struct connection *next;
    /* Both: what comes in parts. */
    st_inbox inbox;
} connection;

/* ---- telling ------------------------------------------------------------- */

/* Anyone can make an error as often as he likes: it is told once. */
static void tell_once(st_server *server, unsigned kind, const char *who,
                      const char *why)
{
    if (server->told & 1u << kind)
        return;
    server->told |= 1u << kind;
    fprintf(stderr,
            "memogen: %s was refused: %s; others like it are not shown\n", who,
            why);
}

enum { TOLD_CONNECTION, TOLD_MESSAGE, TOLD_SESSIONS, TOLD_FLOOD };

/* ---- what is asked ------------------------------------------------------- */

enum { PATH_BYTES = 1024, TEXT_BYTES = 256 };

typedef struct {
    st_ask ask;
    char path[PATH_BYTES], query[PATH_BYTES];
    char host[TEXT_BYTES], origin[TEXT_BYTES], range[TEXT_BYTES],
        encodings[TEXT_BYTES];
} asked;

static void copy_header(struct lws *wsi, char *out, int size,
                        enum lws_token_indexes token)
{
    if (lws_hdr_copy(wsi, out, size, token) < 0)
        out[0] = '\0';
}

static st_method method_of(struct lws *wsi)
{
    if (lws_hdr_total_length(wsi, WSI_TOKEN_GET_URI) > 0)
        return ST_GET;
    if (lws_hdr_total_length(wsi, WSI_TOKEN_HEAD_URI) > 0)
        return ST_HEAD;
    if (lws_hdr_total_length(wsi, WSI_TOKEN_PUT_URI) > 0)
        return ST_PUT;
    if (lws_hdr_total_length(wsi, WSI_TOKEN_DELETE_URI) > 0)
        return ST_DELETE;
    return ST_OTHER;
}

static void read_asked(asked *out, struct lws *wsi, const char *path)
{
    if (path)
        snprintf(out->path, sizeof out->path, "%s", path);
    else
        copy_header(wsi, out->path, sizeof out->path, WSI_TOKEN_GET_URI);
    copy_header(wsi, out->query, sizeof out->query, WSI_TOKEN_HTTP_URI_ARGS);
    copy_header(wsi, out->host, sizeof out->host, WSI_TOKEN_HOST);
    copy_header(wsi, out->origin, sizeof out->origin, WSI_TOKEN_ORIGIN);
    copy_header(wsi, out->range, sizeof out->range, WSI_TOKEN_HTTP_RANGE);
    copy_header(wsi, out->encodings, sizeof out->encodings,
                WSI_TOKEN_HTTP_ACCEPT_ENCODING);
    out->ask = (st_ask){.method = method_of(wsi),
                        .path = out->path,
                        .query = out->query,
                        .host = out->host,
                        .origin = out->origin,
                        .range = out->range,
                        .encodings = out->encodings,
                        .is_secure = lws_is_ssl(wsi)};
}

/* ---- HTTP ---------------------------------------------------------------- */

static void finish_http(connection *of)
{
    st_reply_finish(&of->reply);
    free(of->type);
    of->type = NULL;
    st_inbox_clear(&of->inbox);
    of->sent = of->awaited = 0;
    of->is_answered = of->is_closing = false;
}

/* Nonzero: the connection is to be closed. */
static int complete(struct lws *wsi, connection *of)
{
    bool is_closing = of->is_closing;

    finish_http(of);
    of->is_closing = is_closing;
    return is_closing || lws_http_transaction_completed(wsi) ? -1 : 0;
}

static int send_headers(struct lws *wsi, connection *of, bool has_body)
{
    unsigned char room[LWS_PRE + HEADER_BYTES];
    unsigned char *begin = room + LWS_PRE, *at = begin;
    unsigned char *end = room + sizeof room - 1;
    const st_reply *reply = &of->reply;

    if (lws_add_http_common_headers(wsi, reply->status, reply->mime,
                                    reply->size, &at, end))
        return -1;
    for (size_t i = 0; i < reply->header_count; i++) {
        const char *value = reply->headers[i].value;

        if (lws_add_http_header_by_name(
                wsi, (const unsigned char *)reply->headers[i].name,
                (const unsigned char *)value, (int)strlen(value), &at, end))
            return -1;
    }
    if (lws_finalize_write_http_header(wsi, begin, &at, end))
        return -1;
    of->is_answered = true;
    if (!has_body)
        return complete(wsi, of);
    lws_callback_on_writable(wsi);
    return 0;
}

static int answer(struct lws *wsi, connection *of, st_method method)
{
    return send_headers(wsi, of, of->reply.size > 0 && method != ST_HEAD);
}

static int send_body(struct lws *wsi, connection *of)
{
    unsigned char room[LWS_PRE + CHUNK_BYTES];
    st_reply *reply = &of->reply;

    while (of->sent < reply->size) {
        size_t left = reply->size - of->sent;
        size_t size = left < CHUNK_BYTES ? left : CHUNK_BYTES;

        memcpy(room + LWS_PRE, reply->bytes + of->sent, size);
        if (lws_write(wsi, room + LWS_PRE, size,
                      left == size ? LWS_WRITE_HTTP_FINAL : LWS_WRITE_HTTP) <
            (int)size)
            return -1;
        of->sent += size;
        /* As long as it is taken it may take its time. */
        lws_set_timeout(wsi, PENDING_TIMEOUT_HTTP_CONTENT, TIMEOUT_SECONDS);
        if (of->sent < reply->size && lws_send_pipe_choked(wsi)) {
            lws_callback_on_writable(wsi);
            return 0;
        }
    }
    return complete(wsi, of);
}

/* The length that is announced; 0: none. */
static uint64_t content_length(struct lws *wsi)
{
    char text[24];

    copy_header(wsi, text, sizeof text, WSI_TOKEN_HTTP_CONTENT_LENGTH);
    return strtoull(text, NULL, 10);
}

/* The body is not waited for. */
static int refuse_upload(struct lws *wsi, connection *of)
{
    of->is_closing = true;
    st_reply_add(&of->reply, "connection:", "close");
    return answer(wsi, of, ST_PUT);
}

/* A file is about to come.  It is read only if somebody waits for it. */
static int begin_upload(st_server *server, struct lws *wsi, connection *of,
                        const st_ask *ask)
{
    uint64_t length = content_length(wsi);
    uint64_t most =
        ((uint64_t)server->options->max_upload_mb << 20) + MOST_FORM_BYTES;
    int type_size = lws_hdr_total_length(wsi, WSI_TOKEN_HTTP_CONTENT_TYPE);
    const char *id;

    if (!st_app_find_upload(&of->reply, server->app, ask, &id))
        return refuse_upload(wsi, of);
    if (length == 0 || length > most || type_size <= 0 || type_size > 200) {
        st_reply_text(&of->reply, length > most ? 413 : 411,
                      length > most ? "This file is too large.\n"
                                    : "There is no file in this.\n");
        return refuse_upload(wsi, of);
    }
    of->type = malloc((size_t)type_size + 1);
    if (!of->type)
        return -1;
    copy_header(wsi, of->type, type_size + 1, WSI_TOKEN_HTTP_CONTENT_TYPE);
    of->awaited = (size_t)length;
    return 0;
}

static int begin_http(st_server *server, struct lws *wsi, connection *of,
                      const char *path)
{
    asked what;

    finish_http(of);
    read_asked(&what, wsi, path);
    if (what.ask.method == ST_PUT)
        return begin_upload(server, wsi, of, &what.ask);
    st_app_reply(&of->reply, server->app, &what.ask);
    return answer(wsi, of, what.ask.method);
}

static int take_body(connection *of, const void *bytes, size_t size)
{
    if (of->awaited == 0) { /* the answer is under way, and is the last one */
        of->is_closing = true;
        return 0;
    }
    return st_inbox_add(&of->inbox, of->awaited, bytes, size) ? 0 : -1;
}

static int end_upload(st_server *server, struct lws *wsi, connection *of)
{
    asked what;
    char *body;
    size_t size;

    if (of->awaited == 0)
        return 0;
    read_asked(&what, wsi, NULL);
    copy_header(wsi, what.path, sizeof what.path, WSI_TOKEN_PUT_URI);
    of->awaited = 0;
    body = st_inbox_take(&of->inbox, &size);
    st_app_take_upload(&of->reply, server->app, &what.ask, of->type, body,
                       size);
    return answer(wsi, of, ST_PUT);
}

/* ---- WebSocket ----------------------------------------------------------- */

static int refuse(st_server *server, struct lws *wsi)
{
    asked what;
    const char *why;

    read_asked(&what, wsi, NULL);
    why = st_app_refuse(server->app, &what.ask);
    if (!why)
        return 0;
    tell_once(server, TOLD_CONNECTION, "a connection", why);
    return 1;
}

/* "streamlit, token, last id" */
static void read_last_id(char *out, struct lws *wsi)
{
    char offered[TEXT_BYTES], *at;

    copy_header(wsi, offered, sizeof offered, WSI_TOKEN_PROTOCOL);
    at = strchr(offered, ',');
    at = at ? strchr(at + 1, ',') : NULL;
    out[0] = '\0';
    if (at)
        sscanf(at + 1, " %32[0-9a-f]", out);
}

static int establish(st_server *server, struct lws *wsi, connection *of)
{
    char last_id[ST_ID_SIZE];

    read_last_id(last_id, wsi);
    of->wsi = wsi;
    of->client = st_app_connect(server->app, last_id);
    if (!of->client) {
        tell_once(server, TOLD_SESSIONS, "a tab",
                  "there are --max-sessions of them");
        lws_close_reason(wsi, LWS_CLOSE_STATUS_POLICY_VIOLATION,
                         (unsigned char *)(uintptr_t) "too many tabs", 13);
        return -1;
    }
    of->next = server->connected;
    server->connected = of;
    return 0;
}

static void leave(st_server *server, connection *of)
{
    connection **at = &server->connected;

    if (!of->client)
        return;
    while (*at != of)
        at = &(*at)->next;
    *at = of->next;
    if (server->app)
        st_app_disconnect(server->app, of->client);
    of->client = NULL;
    st_inbox_clear(&of->inbox);
}

static int send_packets(st_server *server, struct lws *wsi, connection *of)
{
    st_packet *packet;

    if (!of->client)
        return -1;
    if (st_client_is_flooded(of->client)) {
        tell_once(server, TOLD_FLOOD, "a tab",
                  "it takes less than its page draws");
        return -1;
    }
    while ((packet = st_client_take(of->client))) {
        int size = (int)packet->size;
        int done =
            lws_write(wsi, packet->bytes, packet->size, LWS_WRITE_BINARY);

        free(packet);
        if (done < size)
            return -1;
        if (lws_send_pipe_choked(wsi)) {
            lws_callback_on_writable(wsi);
            return 0;
        }
    }
    return 0;
}

static int drop_message(st_server *server, const char *why)
{
    tell_once(server, TOLD_MESSAGE, "a message", why);
    return -1;
}

static int receive(st_server *server, struct lws *wsi, connection *of,
                   const void *bytes, size_t size)
{
    st_inbox *inbox = &of->inbox;
    St__BackMsg *message;
    const char *why = NULL;

    if (!of->client)
        return -1;
    if (!lws_frame_is_binary(wsi))
        return drop_message(server, "it is a text");
    if (!st_inbox_add(inbox, ST_MOST_MESSAGE_BYTES, bytes, size))
        return drop_message(server, "it is too large");
    if (!lws_is_final_fragment(wsi) || lws_remaining_packet_payload(wsi) > 0)
        return 0;
    message = st_wire_read(inbox->bytes, inbox->size);
    st_inbox_clear(inbox);
    if (!message)
        return drop_message(server, "it is none of the front end's");
    return st_client_receive(of->client, message, &why)
               ? 0
               : drop_message(server, why);
}

/* ---- events -------------------------------------------------------------- */

static void ask_to_send(const st_server *server)
{
    for (connection *of = server->connected; of; of = of->next) {
        if (st_client_has_packets(of->client))
            lws_callback_on_writable(of->wsi);
    }
}

static int on_event(struct lws *wsi, enum lws_callback_reasons reason,
                    void *user, void *in, size_t size)
{
    connection *of = user;
    struct lws_context *context = lws_get_context(wsi);
    st_server *server = context ? lws_context_user(context) : NULL;

    switch (reason) {
    case LWS_CALLBACK_HTTP:
        return begin_http(server, wsi, of, in);
    case LWS_CALLBACK_HTTP_BODY:
        return take_body(of, in, size);
    case LWS_CALLBACK_HTTP_BODY_COMPLETION:
        return end_upload(server, wsi, of);
    case LWS_CALLBACK_HTTP_WRITEABLE:
        return of->is_answered ? send_body(wsi, of) : 0;
    case LWS_CALLBACK_HTTP_DROP_PROTOCOL:
    case LWS_CALLBACK_CLOSED_HTTP:
        if (of)
            finish_http(of);
        return 0;
    case LWS_CALLBACK_FILTER_PROTOCOL_CONNECTION:
        return refuse(server, wsi);
    case LWS_CALLBACK_ESTABLISHED:
        return establish(server, wsi, of);
    case LWS_CALLBACK_RECEIVE:
        return receive(server, wsi, of, in, size);
    case LWS_CALLBACK_SERVER_WRITEABLE:
        return send_packets(server, wsi, of);
    case LWS_CALLBACK_CLOSED:
        leave(server, of);
        return 0;
    case LWS_CALLBACK_EVENT_WAIT_CANCELLED:
        ask_to_send(server);
        return 0;
    default:
        return 0;
    }
}

/* ---- life ---------------------------------------------------------------- */

static volatile sig_atomic_t is_asked_to_end;
static struct lws_context *to_be_woken;

static void ask_to_end(int signal_number)
{
    (void)signal_number;
    is_asked_to_end = 1;
    if (to_be_woken)
        lws_cancel_service(to_be_woken);
}

/* What lws is to know, of a server with its options. */
static struct lws_context_creation_info describe(st_server *server)
{
    const st_options *options = server->options;
    struct lws_context_creation_info info = {0};

    server->protocols[0] =
        (struct lws_protocols){.name = "http",
                               .callback = on_event,
                               .per_session_data_size = sizeof(connection)};
    server->protocols[1] =
        (struct lws_protocols){.name = "streamlit",
                               .callback = on_event,
                               .per_session_data_size = sizeof(connection),
                               .rx_buffer_size = CHUNK_BYTES};
    /* A browser that has gone without a word is noticed. */
    server->policy.secs_since_valid_ping = 20;
    server->policy.secs_since_valid_hangup = 40;
    info.port = (int)options->port;
    info.iface = options->address;
    info.protocols = server->protocols;
    info.user = server;
    info.retry_and_idle_policy = &server->policy;
    info.timeout_secs = TIMEOUT_SECONDS;
    info.keepalive_timeout = 30;
    info.max_http_header_data = 16 << 10;
    info.max_http_header_pool = 4096; /* made as they are needed */
    info.pt_serv_buf_size = CHUNK_BYTES;
    info.alpn = "http/1.1";
    info.options = LWS_SERVER_OPTION_EXPLICIT_VHOSTS;
    if (!strchr(options->address, ':'))
        info.options |= LWS_SERVER_OPTION_DISABLE_IPV6;
    if (options->tls_cert) {
        info.options |= LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT;
        info.ssl_cert_filepath = options->tls_cert;
        info.ssl_private_key_filepath = options->tls_key;
    }
    return info;
}

static st_status listen_to(st_server *server, st_failure *error)
{
    const st_options *options = server->options;
    struct lws_context_creation_info info = describe(server);

    /* lws would wait for an address that is not there to come. */
    if (!st_address_is_here(options->address))
        return st_explain(error, ST_BAD_VALUE,
                          "--address: '%s' is no address of this machine, such "
                          "as 127.0.0.1",
                          options->address);
    server->context = lws_create_context(&info);
    if (!server->context)
        return st_explain(error, ST_NO_MEMORY, "libwebsockets could not begin");
    server->vhost = lws_create_vhost(server->context, &info);
    if (server->vhost)
        return ST_OK;
    lws_context_destroy(server->context);
    return st_explain(error, ST_BAD_VALUE,
                      "cannot listen on %s, port %u%s: is another program "
                      "there? --port and --address choose others",
                      options->address, options->port,
                      options->tls_cert ? " with this certificate" : "");
}

st_status st_server_create(st_server **out, const st_options *options,
                           st_failure *error)
{
    st_server *server = calloc(1, sizeof *server);
    st_status status;

    if (!server)
        return st_explain(error, ST_NO_MEMORY, "out of memory");
    server->options = options;
    lws_set_log_level(0, NULL); /* anyone can make it complain */
    status = listen_to(server, error);
    if (status == ST_OK)
        *out = server;
    else
        free(server);
    return status;
}

void st_server_destroy(st_server *server)
{
    server->app = NULL;
    lws_context_destroy(server->context);
    free(server);
}

unsigned st_server_port(const st_server *server)
{
    return (unsigned)lws_get_vhost_listen_port(server->vhost);
}

void st_server_wake(void *memory)
{
    const st_server *server = memory;

    lws_cancel_service(server->context);
}

static void on_tick(lws_sorted_usec_list_t *at)
{
    st_server *server = lws_container_of(at, st_server, tick);

    st_app_tick(server->app, st_now_ns());
    ask_to_send(server);
    lws_sul_schedule(server->context, 0, &server->tick, on_tick, TICK_US);
}

void st_server_run(st_server *server, st_app *app)
{
    struct sigaction end = {.sa_handler = ask_to_end}, old[2];

    server->app = app;
    is_asked_to_end = 0;
    to_be_woken = server->context;
    sigemptyset(&end.sa_mask);
    sigaction(SIGINT, &end, &old[0]);
    sigaction(SIGTERM, &end, &old[1]);
    lws_sul_schedule(server->context, 0, &server->tick, on_tick, TICK_US);
    while (!is_asked_to_end && lws_service(server->context, 0) >= 0)
        ;
    lws_sul_cancel(&server->tick);
    sigaction(SIGINT, &old[0], NULL);
    sigaction(SIGTERM, &old[1], NULL);
    to_be_woken = NULL;
}
