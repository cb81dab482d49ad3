/* server_fixture.h -- a server on a socket, in this process, and raw clients of
 * it.  A page to serve is defined by the test: void draw(void *unused).
 */
#ifndef SERVER_FIXTURE_H
#define SERVER_FIXTURE_H

#include "app/inbox.h"
#include "app/server.h"

#include <arpa/inet.h>
#include <check.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#define UNUSED __attribute__((unused))

static void draw(void *unused);

/* ---- the server ---------------------------------------------------------- */

static st_options options;
static st_server *server;
static st_app *app;
static pthread_t thread;
static unsigned port;

#ifndef MOST_TABS
#define MOST_TABS 50
#endif

static void *serve(void *unused)
{
    (void)unused;
    st_server_run(server, app);
    return NULL;
}

static void make_front(const char *folder)
{
    char path[500];
    FILE *file;

    mkdir(folder, 0700);
    snprintf(path, sizeof path, "%s/index.html", folder);
    file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fputs("<!doctype html>", file);
    fclose(file);
}

static void begin(void)
{
    static const char folder[] = MEMO_TEST_SCRATCH_DIR "/front";
    static char *argv[] = {(char *)(uintptr_t) "test", NULL};

    signal(SIGPIPE, SIG_IGN);
    make_front(folder);
    ck_assert_int_eq(st_options_read(&options, 1, argv, NULL), ST_OK);
    options.port = 0;
    options.max_upload_mb = 1;
    options.max_sessions = MOST_TABS;
    ck_assert_int_eq(st_server_create(&server, &options, NULL), ST_OK);
    port = st_server_port(server);
    app = st_app_create(&(st_app_facts){.options = &options,
                                        .front = folder,
                                        .name = "test",
                                        .draw = draw,
                                        .wake = st_server_wake,
                                        .server = server});
    ck_assert_int_eq(pthread_create(&thread, NULL, serve, NULL), 0);
}

static void end(void)
{
    pthread_kill(thread, SIGTERM);
    pthread_join(thread, NULL);
    ck_assert(st_app_destroy(app));
    st_server_destroy(server);
    st_options_finish(&options);
}

/* ---- a client ------------------------------------------------------------ */

static int dial(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct timeval patience = {20, 0};
    int client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), one = 1;

    ck_assert_int_ge(client, 0);
    setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(client, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    /* The server may still begin to listen. */
    for (int i = 0;
         connect(client, (struct sockaddr *)&address, sizeof address) != 0;
         i++) {
        ck_assert_int_lt(i, 1000);
        usleep(1000);
    }
    return client;
}

/* False: the other end does not take it any more. */
static bool put(int client, const void *bytes, size_t size)
{
    const char *at = bytes;

    while (size > 0) {
        ssize_t done = send(client, at, size, MSG_NOSIGNAL);

        if (done <= 0)
            return false;
        at += done;
        size -= (size_t)done;
    }
    return true;
}

static bool put_text(int client, const char *text)
{
    return put(client, text, strlen(text));
}

/* Read until the other end closes, the time is over, or there is enough.
 * Returns how much there is. */
static size_t get(int client, void *out, size_t room)
{
    size_t size = 0;

    while (size < room) {
        ssize_t got = recv(client, (char *)out + size, room - size, 0);

        if (got <= 0)
            break;
        size += (size_t)got;
    }
    return size;
}

/* Does the other end close, with whatever it says before? */
static UNUSED bool is_closed(int client)
{
    char some[4096];
    ssize_t got;

    while ((got = recv(client, some, sizeof some, 0)) > 0)
        ;
    return got == 0 || errno == ECONNRESET;
}

/* The status of the answer to a whole request; 0: none came. */
static UNUSED int ask(const char *request)
{
    int client = dial(), status = 0;
    char answer[64] = "";
    size_t size;

    put_text(client, request);
    size = get(client, answer, 15);
    answer[size] = '\0';
    sscanf(answer, "HTTP/1.1 %d", &status);
    close(client);
    return status;
}

static UNUSED void check_alive(void)
{
    ck_assert_int_eq(ask("GET /_stcore/health HTTP/1.1\r\n"
                         "Host: 127.0.0.1\r\nConnection: close\r\n\r\n"),
                     200);
}

/* ---- WebSocket ----------------------------------------------------------- */

static UNUSED void put_handshake(int client, const char *path, const char *host,
                                 const char *origin)
{
    char text[1000];

    snprintf(text, sizeof text,
             "GET %s HTTP/1.1\r\nHost: %s\r\nOrigin: %s\r\n"
             "Upgrade: websocket\r\nConnection: Upgrade\r\n"
             "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
             "Sec-WebSocket-Version: 13\r\n"
             "Sec-WebSocket-Protocol: streamlit, PLACEHOLDER_AUTH_TOKEN\r\n"
             "\r\n",
             path, host, origin);
    put_text(client, text);
}

/* The status of the answer, whose headers are read. */
static UNUSED int read_status(int client)
{
    char headers[2000];
    size_t size = 0;
    int status = 0;

    while (size + 1 < sizeof headers && get(client, headers + size, 1) == 1) {
        headers[++size] = '\0';
        if (size >= 4 && strcmp(headers + size - 4, "\r\n\r\n") == 0)
            break;
    }
    headers[size] = '\0';
    sscanf(headers, "HTTP/1.1 %d", &status);
    return status;
}

static UNUSED int open_stream(void)
{
    char here[40];
    int client = dial();

    snprintf(here, sizeof here, "http://127.0.0.1:%u", port);
    put_handshake(client, "/_stcore/stream", here + 7, here);
    ck_assert_int_eq(read_status(client), 101);
    return client;
}

enum {
    CONTINUED = 0,
    TEXT = 1,
    BINARY = 2,
    FINAL = 0x80,
    MASKED = 0x80,
    PING = 0x89
};

/* One frame; its mask is zero, so that its bytes are as they are. */
static UNUSED bool put_frame(int client, int kind, int mask, const void *bytes,
                             size_t size)
{
    unsigned char head[14] = {(unsigned char)kind};
    size_t head_size = 2;

    if (size < 126) {
        head[1] = (unsigned char)(mask | (int)size);
    } else {
        head[1] = (unsigned char)(mask | 127);
        for (int i = 0; i < 8; i++)
            head[2 + i] = (unsigned char)(size >> (56 - 8 * i));
        head_size = 10;
    }
    return put(client, head, head_size + (mask ? 4 : 0)) &&
           put(client, bytes, size);
}

/* A message from the server; NULL: none came. */
static St__ForwardMsg *read_message(int client)
{
    static unsigned char bytes[1 << 16];
    unsigned char head[2], more[8] = {0};
    size_t size;

    /* Whether we are there still is asked now and then. */
    do {
        if (get(client, head, 2) != 2)
            return NULL;
    } while (head[0] == PING && head[1] == 0);
    if (head[0] != (FINAL | BINARY))
        return NULL;
    size = head[1];
    if (size == 126) {
        get(client, more, 2);
        size = (size_t)more[0] << 8 | more[1];
    }
    ck_assert_uint_lt(size, sizeof bytes);
    ck_assert_uint_eq(get(client, bytes, size), size);
    return st__forward_msg__unpack(NULL, size, bytes);
}

static bool put_request(int client)
{
    unsigned char bytes[100];
    St__BackMsg message = ST__BACK_MSG__INIT;
    St__ClientState state = ST__CLIENT_STATE__INIT;

    message.type_case = ST__BACK_MSG__TYPE_RERUN_SCRIPT;
    message.rerun_script = &state;
    return put_frame(client, FINAL | BINARY, MASKED, bytes,
                     st__back_msg__pack(&message, bytes));
}

/* See a run to its end. */
static void check_end(int client)
{
    bool is_over = false;

    for (int i = 0; i < 100 && !is_over; i++) {
        St__ForwardMsg *message = read_message(client);

        ck_assert_ptr_nonnull(message);
        is_over = message->type_case == ST__FORWARD_MSG__TYPE_SCRIPT_FINISHED;
        st__forward_msg__free_unpacked(message, NULL);
    }
    ck_assert(is_over);
}

static UNUSED void check_run(int client)
{
    ck_assert(put_request(client));
    check_end(client);
}

#endif
