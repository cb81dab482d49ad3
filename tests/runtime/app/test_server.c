/* A server on a socket, and clients that mean it well or ill: whatever they do,
 * others are served. */
#include "app/server.h"

#include "st.h"

#include <arpa/inet.h>
#include <check.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

Suite *memo_test_suite(void);

/* ---- the server ---------------------------------------------------------- */

static st_options options;
static st_server *server;
static st_app *app;
static pthread_t thread;
static unsigned port;

static void draw(void *unused)
{
    (void)unused;
    st_text("hello");
    if (st_button("Press"))
        st_text("pressed");
}

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
    options.max_sessions = 50;
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
    int client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    ck_assert_int_ge(client, 0);
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
static bool is_closed(int client)
{
    char some[4096];
    ssize_t got;

    while ((got = recv(client, some, sizeof some, 0)) > 0)
        ;
    return got == 0 || errno == ECONNRESET;
}

/* The status of the answer to a whole request; 0: none came. */
static int ask(const char *request)
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

static void check_alive(void)
{
    ck_assert_int_eq(ask("GET /_stcore/health HTTP/1.1\r\n"
                         "Host: 127.0.0.1\r\nConnection: close\r\n\r\n"),
                     200);
}

/* ---- WebSocket ----------------------------------------------------------- */

static void put_handshake(int client, const char *path, const char *host,
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
static int read_status(int client)
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

static int open_stream(void)
{
    char here[40];
    int client = dial();

    snprintf(here, sizeof here, "http://127.0.0.1:%u", port);
    put_handshake(client, "/_stcore/stream", here + 7, here);
    ck_assert_int_eq(read_status(client), 101);
    return client;
}

enum { CONTINUED = 0, TEXT = 1, BINARY = 2, FINAL = 0x80, MASKED = 0x80 };

/* One frame; its mask is zero, so that its bytes are as they are. */
static bool put_frame(int client, int kind, int mask, const void *bytes,
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

    if (get(client, head, 2) != 2 || head[0] != (FINAL | BINARY))
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

/* Ask for a run, and see it to its end. */
static void check_run(int client)
{
    bool is_over = false;

    ck_assert(put_request(client));
    for (int i = 0; i < 20 && !is_over; i++) {
        St__ForwardMsg *message = read_message(client);

        ck_assert_ptr_nonnull(message);
        is_over = message->type_case == ST__FORWARD_MSG__TYPE_SCRIPT_FINISHED;
        st__forward_msg__free_unpacked(message, NULL);
    }
    ck_assert(is_over);
}

START_TEST(a_page_is_run_for_a_connection)
{
    int client = open_stream(), other = open_stream();

    for (int i = 0; i < 3; i++) {
        check_run(client);
        check_run(other);
    }
    close(client);
    check_run(other);
    close(other);
    check_alive();
}
END_TEST

/* ---- who is refused ------------------------------------------------------ */

static const struct {
    const char *path, *host, *origin; /* NULL: ours */
} strangers[] = {
    {"/_stcore/stream", NULL, "http://evil.example"},
    {"/_stcore/stream", "evil.example", "http://evil.example"},
    {"/_stcore/stream", NULL, ""},
    {"/", NULL, NULL},
    {"/_stcore/stream/../health", NULL, NULL},
};

START_TEST(connections_of_strangers_are_refused)
{
    char here[40];
    int client = dial();

    snprintf(here, sizeof here, "http://127.0.0.1:%u", port);
    put_handshake(client, strangers[_i].path,
                  strangers[_i].host ? strangers[_i].host : here + 7,
                  strangers[_i].origin ? strangers[_i].origin : here);
    ck_assert_int_ne(read_status(client), 101);
    close(client);
    check_alive();
}
END_TEST

static const struct {
    const char *request;
    int least, most; /* the status; 0: or none */
} requests[] = {
    {"GET /../../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n", 0, 499},
    {"GET /vendor/%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n",
     400, 499},
    {"GET /%00 HTTP/1.1\r\nHost: localhost\r\n\r\n", 0, 499},
    {"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421, 421},
    {"GET / HTTP/1.1\r\n\r\n", 0, 499},
    {"BREW / HTTP/1.1\r\nHost: localhost\r\n\r\n", 0, 499},
    {"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello", 0,
     499},
    {"PUT /_stcore/upload_file/0/1 HTTP/1.1\r\nHost: localhost\r\nOrigin: "
     "http://localhost\r\nContent-Length: 99999999999\r\n\r\n",
     0, 499},
    {"PUT / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n", 0, 499},
    {"DELETE /_stcore/upload_file/0/1 HTTP/1.1\r\nHost: localhost\r\n\r\n", 0,
     499},
    {"\r\n\r\n\r\n", 0, 499},
    {"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 0, 499},
};

START_TEST(requests_that_make_no_sense_are_refused)
{
    int client = dial(), status = 0;
    char answer[16] = "";

    put_text(client, requests[_i].request);
    shutdown(client, SHUT_WR);
    get(client, answer, 15);
    sscanf(answer, "HTTP/1.1 %d", &status);
    ck_assert_int_ge(status, requests[_i].least);
    ck_assert_int_le(status, requests[_i].most);
    close(client);
    check_alive();
}
END_TEST

START_TEST(headers_without_end_are_cut)
{
    int client = dial();
    char line[1000];

    put_text(client, "GET / HTTP/1.1\r\nHost: localhost\r\n");
    memset(line, 'x', sizeof line);
    for (int i = 0; i < 1000 && put(client, line, sizeof line); i++)
        ;
    ck_assert(is_closed(client));
    close(client);
    check_alive();
}
END_TEST

/* ---- messages ------------------------------------------------------------ */

START_TEST(messages_that_make_no_sense_end_their_connection)
{
    static const unsigned char noise[] = {0x5a, 0xff, 0x00, 0x17};
    int client = open_stream(), other = open_stream();

    switch (_i) {
    case 0: /* no message of the front end's */
        put_frame(client, FINAL | BINARY, MASKED, noise, sizeof noise);
        break;
    case 1: /* a text */
        put_frame(client, FINAL | TEXT, MASKED, "hello", 5);
        break;
    case 2: /* without a mask */
        put_frame(client, FINAL | BINARY, 0, noise, sizeof noise);
        break;
    case 3: /* a continuation of nothing */
        put_frame(client, FINAL | CONTINUED, MASKED, noise, sizeof noise);
        break;
    case 4: /* reserved bits */
        put_frame(client, FINAL | 0x70 | BINARY, MASKED, noise, sizeof noise);
        break;
    default: /* a reserved kind */
        put_frame(client, FINAL | 0x0b, MASKED, noise, sizeof noise);
        break;
    }
    ck_assert(is_closed(client));
    close(client);
    check_run(other);
    close(other);
    check_alive();
}
END_TEST

START_TEST(messages_without_end_are_cut)
{
    static unsigned char zeros[1 << 16];
    int client = open_stream();
    bool is_taken = true;
    size_t i;

    for (i = 0; i < 2 * ST_MOST_MESSAGE_BYTES / sizeof zeros && is_taken; i++)
        is_taken = put_frame(client, i == 0 ? BINARY : CONTINUED, MASKED, zeros,
                             sizeof zeros);
    ck_assert(!is_taken || is_closed(client));
    close(client);
    check_alive();
}
END_TEST

START_TEST(a_frame_that_is_too_long_is_cut)
{
    static unsigned char zeros[1 << 16];
    int client = open_stream();
    const unsigned char head[14] = {FINAL | BINARY, MASKED | 127, 0, 0, 1};
    bool is_taken = put(client, head, sizeof head);

    for (size_t i = 0; i < 2 * ST_MOST_MESSAGE_BYTES / sizeof zeros && is_taken;
         i++)
        is_taken = put(client, zeros, sizeof zeros);
    ck_assert(!is_taken || is_closed(client));
    close(client);
    check_alive();
}
END_TEST

/* ---- many ---------------------------------------------------------------- */

START_TEST(connections_may_come_and_go)
{
    const char *depth = getenv("MEMO_TEST_DEPTH");
    int count = depth && strcmp(depth, "deep") == 0 ? 10000 : 2000;

    for (int i = 0; i < count; i++) {
        int client = dial();

        if (i % 3 == 1)
            put_text(client, "GET / HT");
        if (i % 3 == 2)
            put_handshake(client, "/_stcore/stream", "localhost",
                          "http://localhost");
        close(client);
    }
    check_alive();
}
END_TEST

/* Who says nothing takes a place, and no more. */
START_TEST(silence_is_borne)
{
    int silent[200], client;

    for (int i = 0; i < 200; i++)
        silent[i] = dial();
    client = open_stream();
    check_run(client);
    check_alive();
    for (int i = 0; i < 200; i++)
        close(silent[i]);
    close(client);
}
END_TEST

START_TEST(tabs_are_bounded)
{
    int clients[50], one_more;

    for (int i = 0; i < 50; i++)
        clients[i] = open_stream();
    one_more = open_stream();
    ck_assert(is_closed(one_more));
    close(one_more);
    check_run(clients[7]);
    for (int i = 0; i < 50; i++)
        close(clients[i]);
    check_alive();
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("app.server");
    TCase *cases = tcase_create("cases");

    tcase_set_timeout(cases, 120);
    tcase_add_checked_fixture(cases, begin, end);
    tcase_add_test(cases, a_page_is_run_for_a_connection);
    tcase_add_loop_test(cases, connections_of_strangers_are_refused, 0,
                        sizeof strangers / sizeof *strangers);
    tcase_add_loop_test(cases, requests_that_make_no_sense_are_refused, 0,
                        sizeof requests / sizeof *requests);
    tcase_add_test(cases, headers_without_end_are_cut);
    tcase_add_loop_test(cases, messages_that_make_no_sense_end_their_connection,
                        0, 6);
    tcase_add_test(cases, messages_without_end_are_cut);
    tcase_add_test(cases, a_frame_that_is_too_long_is_cut);
    tcase_add_test(cases, connections_may_come_and_go);
    tcase_add_test(cases, silence_is_borne);
    tcase_add_test(cases, tabs_are_bounded);
    suite_add_tcase(suite, cases);
    return suite;
}
