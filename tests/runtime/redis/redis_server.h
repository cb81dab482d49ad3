/* redis_server.h -- a server of one's own, for as long as a test. */
#ifndef MEMO_TEST_REDIS_SERVER_H
#define MEMO_TEST_REDIS_SERVER_H

#include "redis/connection.h"
#include "redis/now.h"

#include <check.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOST_OPTIONS 32

typedef struct redis_server {
    pid_t process; /* 0: it does not run */
    unsigned port, bus_port;
    char folder[64];
    const char *options[MOST_OPTIONS]; /* further ones, then NULL */
} redis_server;

static inline bool has_redis_server(void)
{
    return system("redis-server --version > /dev/null 2>&1") == 0;
}

static inline void sleep_ms(unsigned ms)
{
    usleep(ms * 1000);
}

static inline unsigned find_free_port(void)
{
    struct sockaddr_in name = {.sin_family = AF_INET};
    socklen_t size = sizeof name;
    int file = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ck_assert_int_eq(bind(file, (struct sockaddr *)&name, size), 0);
    ck_assert_int_eq(getsockname(file, (struct sockaddr *)&name, &size), 0);
    close(file);
    return ntohs(name.sin_port);
}

/* A connection to it; NULL: it does not answer. */
static inline memo_redis_connection *try_connect(const redis_server *server)
{
    memo_redis_seed seed = {.host = "127.0.0.1",
                            .port = (uint16_t)server->port};
    memo_redis_address address;
    memo_redis_failure failure;

    ck_assert(memo_redis_address_find(&address, &seed, false, &failure));
    return memo_redis_connection_open(
        &address, -1, memo_redis_now() + MEMO_REDIS_SECOND, &failure);
}

/* Send one command, words parted by blanks; the caller frees the reply, which
 * is NULL when the server does not answer. */
static inline memo_redis_reply *command_on(memo_redis_connection *connection,
                                           const char *text)
{
    char words[1000], *rest, *word;
    memo_redis_failure failure;
    memo_redis_request request;

    snprintf(words, sizeof words, "%s", text);
    word = strtok_r(words, " ", &rest);
    memo_redis_request_make(&request, word, NULL);
    while ((word = strtok_r(NULL, " ", &rest)) != NULL)
        memo_redis_add(&request, word);
    return memo_redis_command(connection, &request,
                              memo_redis_now() + 5ull * MEMO_REDIS_SECOND,
                              &failure);
}

static inline memo_redis_reply *try_command(const redis_server *server,
                                            const char *text)
{
    memo_redis_connection *connection = try_connect(server);
    memo_redis_reply *reply = connection ? command_on(connection, text) : NULL;

    memo_redis_connection_close(connection);
    return reply;
}

static inline bool is_answering(const redis_server *server)
{
    memo_redis_reply *reply = try_command(server, "PING");
    bool is = reply && (memo_redis_reply_is(reply, "PONG") ||
                        memo_redis_reply_is(reply, "NOAUTH"));

    memo_redis_reply_free(reply);
    return is;
}

static inline void run_server(const redis_server *server, pid_t parent)
{
    char port[8], bus_port[8];
    const char *arguments[MOST_OPTIONS + 20] = {
        "redis-server", "--bind",         "127.0.0.1", "--port", port,
        "--dir",        server->folder,   "--save",    "",       "--appendonly",
        "no",           "--cluster-port", bus_port};
    unsigned count = 13;
    int null = open("/dev/null", O_RDWR);

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(1);
    snprintf(port, sizeof port, "%u", server->port);
    snprintf(bus_port, sizeof bus_port, "%u", server->bus_port);
    for (unsigned i = 0; server->options[i]; i++)
        arguments[count++] = server->options[i];
    dup2(null, 0);
    dup2(null, 1);
    dup2(null, 2);
    execvp(arguments[0], (char **)(uintptr_t)arguments);
    _exit(127);
}

/* Start it, or start it again where it was. */
static inline bool try_start_server(redis_server *server)
{
    pid_t parent = getpid();

    server->process = fork();
    ck_assert_int_ge(server->process, 0);
    if (server->process == 0)
        run_server(server, parent);
    for (unsigned i = 0; i < 1000; i++) {
        if (is_answering(server))
            return true;
        if (waitpid(server->process, NULL, WNOHANG) == server->process)
            break; /* somebody was faster with the port */
        sleep_ms(10);
    }
    server->process = 0;
    return false;
}

static inline void start_server(redis_server *server, ...)
{
    va_list options;
    unsigned count = 0;

    memset(server, 0, sizeof *server);
    snprintf(server->folder, sizeof server->folder, "/tmp/memo-redis-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(server->folder));
    va_start(options, server);
    while ((server->options[count++] = va_arg(options, const char *)) != NULL)
        ck_assert_uint_lt(count, MOST_OPTIONS);
    va_end(options);
    for (unsigned i = 0; i < 5 && server->process == 0; i++) {
        server->port = find_free_port();
        server->bus_port = find_free_port();
        try_start_server(server);
    }
    ck_assert_int_ne(server->process, 0);
}

static inline void signal_server(redis_server *server, int signal)
{
    if (server->process > 0)
        kill(server->process, signal);
}

static inline void kill_server(redis_server *server)
{
    signal_server(server, SIGKILL);
    if (server->process > 0)
        waitpid(server->process, NULL, 0);
    server->process = 0;
}

static inline void stop_server(redis_server *server)
{
    static const char *const files[] = {"nodes.conf", "socket", "dump.rdb"};
    char path[128];

    kill_server(server);
    for (unsigned i = 0; i < sizeof files / sizeof files[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", server->folder, files[i]);
        unlink(path);
    }
    rmdir(server->folder);
}

/* One command that has to be answered. */
static inline memo_redis_reply *command(const redis_server *server,
                                        const char *format, ...)
{
    memo_redis_reply *reply;
    va_list arguments;
    char text[1000];

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    reply = try_command(server, text);
    ck_assert_msg(reply != NULL, "no answer to %s", text);
    return reply;
}

/* The same; what it answers is of no matter. */
#define DO_COMMAND(...) memo_redis_reply_free(command(__VA_ARGS__))

/* How many names match. */
static inline size_t count_names(const redis_server *server,
                                 const char *pattern)
{
    memo_redis_reply *reply = command(server, "KEYS %s", pattern);
    size_t count = memo_redis_reply_count(reply);

    ck_assert_int_eq(memo_redis_reply_kind(reply), MEMO_REDIS_LIST);
    memo_redis_reply_free(reply);
    return count;
}

/* Wait for something for up to `seconds`, and assert it. */
#define EVENTUALLY(seconds, what)                                              \
    do {                                                                       \
        uint64_t until = memo_redis_now() + (uint64_t)(seconds)*1000000000u;   \
                                                                               \
        while (!(what) && memo_redis_now() < until)                            \
            sleep_ms(5);                                                       \
        ck_assert(what);                                                       \
    } while (0)

#endif
