#include "redis/address.h"

#include "redis/now.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/un.h>
#include <unistd.h>

void memo_redis_fail(memo_redis_failure *out, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(out->text, sizeof out->text, format, arguments);
    va_end(arguments);
}

static void fail_by_errno(memo_redis_failure *out, int number)
{
    char text[100];

    memo_redis_fail(out, "%s", strerror_r(number, text, sizeof text));
}

/* ---- names --------------------------------------------------------------- */

static bool find_path(memo_redis_address *out, memo_redis_failure *failure)
{
    struct sockaddr_un path = {.sun_family = AF_UNIX};
    size_t size = strlen(out->seed.host);

    if (size >= sizeof path.sun_path) {
        memo_redis_fail(failure, "the path is too long");
        return false;
    }
    memcpy(path.sun_path, out->seed.host, size + 1);
    memcpy(&out->sockets[0], &path, sizeof path);
    out->sizes[0] =
        (socklen_t)(offsetof(struct sockaddr_un, sun_path) + size + 1);
    out->count = 1;
    return true;
}

bool memo_redis_address_find(memo_redis_address *out,
                             const memo_redis_seed *seed, bool is_patient,
                             memo_redis_failure *failure)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
    struct addrinfo *found;
    char port[8];
    int problem;

    memset(out, 0, sizeof *out);
    out->seed = *seed;
    if (seed->port == 0)
        return find_path(out, failure);
    hints.ai_flags =
        is_patient ? AI_NUMERICSERV : AI_NUMERICSERV | AI_NUMERICHOST;
    snprintf(port, sizeof port, "%u", seed->port);
    problem = getaddrinfo(seed->host, port, &hints, &found);
    if (problem) {
        memo_redis_fail(failure, "%s", gai_strerror(problem));
        return false;
    }
    for (struct addrinfo *at = found; at && out->count < MEMO_REDIS_SOCKETS;
         at = at->ai_next) {
        if (at->ai_addrlen > sizeof out->sockets[0])
            continue;
        memcpy(&out->sockets[out->count], at->ai_addr, at->ai_addrlen);
        out->sizes[out->count++] = at->ai_addrlen;
    }
    freeaddrinfo(found);
    return out->count > 0;
}

void memo_redis_address_put(char *out, size_t size, const memo_redis_seed *seed)
{
    bool is_bracketed = seed->port && strchr(seed->host, ':');

    if (seed->port)
        snprintf(out, size, "%s%s%s:%u", is_bracketed ? "[" : "", seed->host,
                 is_bracketed ? "]" : "", seed->port);
    else
        snprintf(out, size, "%s", seed->host);
}

/* ---- sockets ------------------------------------------------------------- */

bool memo_redis_wait(int file, short events, int cancel, uint64_t until_ns)
{
    struct pollfd files[2] = {{.fd = file, .events = events},
                              {.fd = cancel, .events = POLLIN}};

    for (;;) {
        uint64_t now = memo_redis_now();
        uint64_t left = now < until_ns ? until_ns - now : 0;
        struct timespec most = {.tv_sec = (time_t)(left / MEMO_REDIS_SECOND),
                                .tv_nsec = (long)(left % MEMO_REDIS_SECOND)};
        int count = ppoll(files, 2, &most, NULL);

        if (count > 0)
            return files[0].revents != 0 && files[1].revents == 0;
        if (count == 0 || errno != EINTR)
            return false;
    }
}

static void prepare(int file)
{
    int on = 1;

    /* They fail on sockets that are paths, which need neither. */
    (void)setsockopt(file, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    (void)setsockopt(file, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
}

/* 0, or the number of an error. */
static int finish_connecting(int file, int cancel, uint64_t until_ns)
{
    int problem = 0;
    socklen_t size = sizeof problem;

    if (errno != EINPROGRESS && errno != EAGAIN)
        return errno;
    if (!memo_redis_wait(file, POLLOUT, cancel, until_ns))
        return ETIMEDOUT;
    if (getsockopt(file, SOL_SOCKET, SO_ERROR, &problem, &size) != 0)
        return errno;
    return problem;
}

static int connect_one(const memo_redis_address *address, unsigned index,
                       int cancel, uint64_t until_ns,
                       memo_redis_failure *failure)
{
    const struct sockaddr_storage *to = &address->sockets[index];
    int file =
        socket(to->ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    int problem = 0;

    if (file < 0) {
        fail_by_errno(failure, errno);
        return -1;
    }
    prepare(file);
    if (connect(file, (const struct sockaddr *)to, address->sizes[index]) != 0)
        problem = finish_connecting(file, cancel, until_ns);
    if (problem == 0)
        return file;
    fail_by_errno(failure, problem);
    close(file);
    return -1;
}

int memo_redis_connect(const memo_redis_address *address, int cancel,
                       uint64_t until_ns, memo_redis_failure *failure)
{
    memo_redis_fail(failure, "its address is not known");
    for (unsigned i = 0; i < address->count; i++) {
        uint64_t now = memo_redis_now();
        uint64_t left = now < until_ns ? until_ns - now : 0;
        int file = connect_one(address, i, cancel,
                               now + left / (address->count - i), failure);

        if (file >= 0)
            return file;
    }
    return -1;
}
