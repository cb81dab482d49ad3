#include "redis/connection.h"

#include "redis/now.h"

#include <errno.h>
#include <hiredis/hiredis.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

/* What is longer is sent from where it lies. */
#define COPIED_BYTES 4096
#define OWN_BYTES 1024
#define OWN_PIECES 8
#define MOST_PIECES 64 /* in one call of the system */
#define HEAD_BYTES 24  /* $, a length, \r\n, and \r\n behind it */
#define READ_BYTES ((size_t)16 << 10)
#define MOST_READS 64 /* before others have their turn */

struct memo_redis_connection {
    int file, cancel;
    bool has_heard;
    uint64_t used_ns;
    redisReader *reader;
    redisReplyObjectFunctions functions;
    void *(*create_list)(const redisReadTask *, int);
};

/* ---- begin and end ------------------------------------------------------- */

/* The library allocates what a list says that it has. */
static void *create_list(const redisReadTask *task, int count)
{
    const memo_redis_connection *connection = task->privdata;

    if (count > MEMO_REDIS_LONGEST_LIST)
        return NULL;
    return connection->create_list(task, count);
}

static bool make_reader(memo_redis_connection *connection)
{
    connection->reader = redisReaderCreate();
    if (!connection->reader)
        return false;
    connection->functions = *connection->reader->fn;
    connection->create_list = connection->functions.createArray;
    connection->functions.createArray = create_list;
    connection->reader->fn = &connection->functions;
    connection->reader->privdata = connection;
    return true;
}

memo_redis_connection *
memo_redis_connection_open(const memo_redis_address *address, int cancel,
                           uint64_t until_ns, memo_redis_failure *failure)
{
    memo_redis_connection *made = calloc(1, sizeof *made);

    if (!made || !make_reader(made)) {
        free(made);
        memo_redis_fail(failure, "out of memory");
        return NULL;
    }
    made->cancel = cancel;
    made->file = memo_redis_connect(address, cancel, until_ns, failure);
    made->used_ns = memo_redis_now();
    if (made->file >= 0)
        return made;
    memo_redis_connection_close(made);
    return NULL;
}

void memo_redis_connection_close(memo_redis_connection *connection)
{
    if (!connection)
        return;
    if (connection->file >= 0)
        close(connection->file);
    redisReaderFree(connection->reader);
    free(connection);
}

/* ---- out ----------------------------------------------------------------- */

/* Commands as they are sent: pieces of memory, most of them in `bytes`. */
typedef struct {
    char *bytes;
    size_t size;
    struct iovec *pieces;
    size_t count, first; /* the first piece that is not sent yet */
    char own_bytes[OWN_BYTES];
    struct iovec own_pieces[OWN_PIECES];
} outgoing;

static bool make_room(outgoing *out, memo_redis_request *const *requests,
                      size_t count)
{
    size_t bytes = 0, pieces = 1;

    for (size_t i = 0; i < count; i++) {
        bytes += HEAD_BYTES;
        for (unsigned j = 0; j < requests[i]->count; j++) {
            size_t size = requests[i]->parts[j].size;

            bytes += HEAD_BYTES + (size < COPIED_BYTES ? size : 0);
            pieces += size < COPIED_BYTES ? 0 : 2;
        }
    }
    out->size = out->count = out->first = 0;
    out->bytes = bytes <= OWN_BYTES ? out->own_bytes : malloc(bytes);
    out->pieces = pieces <= OWN_PIECES ? out->own_pieces
                                       : malloc(pieces * sizeof *out->pieces);
    return out->bytes && out->pieces;
}

static void free_room(outgoing *out)
{
    if (out->bytes != out->own_bytes)
        free(out->bytes);
    if (out->pieces != out->own_pieces)
        free(out->pieces);
}

/* Bytes that follow each other are one piece. */
static void put(outgoing *out, const void *at, size_t size)
{
    struct iovec *next = &out->pieces[out->count], *last = next - 1;
    char *to = out->bytes + out->size;

    memcpy(to, at, size);
    out->size += size;
    if (out->count > 0 && (char *)last->iov_base + last->iov_len == to) {
        last->iov_len += size;
        return;
    }
    *next = (struct iovec){.iov_base = to, .iov_len = size};
    out->count++;
}

static void put_length(outgoing *out, char kind, size_t length)
{
    char text[HEAD_BYTES], *at = text + sizeof text;

    *--at = '\n';
    *--at = '\r';
    do {
        *--at = (char)('0' + length % 10);
        length /= 10;
    } while (length > 0);
    *--at = kind;
    put(out, at, (size_t)(text + sizeof text - at));
}

static void put_request(outgoing *out, const memo_redis_request *request)
{
    put_length(out, '*', request->count);
    for (unsigned i = 0; i < request->count; i++) {
        memo_redis_bytes part = request->parts[i];

        put_length(out, '$', part.size);
        if (part.size >= COPIED_BYTES)
            out->pieces[out->count++] = (struct iovec){
                .iov_base = (void *)(uintptr_t)part.at, .iov_len = part.size};
        else if (part.size > 0)
            put(out, part.at, part.size);
        put(out, "\r\n", 2);
    }
}

static bool fail_by_errno(memo_redis_failure *failure)
{
    char text[100];

    memo_redis_fail(failure, "%s", strerror_r(errno, text, sizeof text));
    return false;
}

static void advance(outgoing *out, size_t sent)
{
    while (sent > 0) {
        struct iovec *piece = &out->pieces[out->first];
        size_t some = sent < piece->iov_len ? sent : piece->iov_len;

        piece->iov_base = (char *)piece->iov_base + some;
        piece->iov_len -= some;
        sent -= some;
        if (piece->iov_len == 0)
            out->first++;
    }
}

/* Send what the system takes now. */
static bool send_some(const memo_redis_connection *connection, outgoing *out,
                      memo_redis_failure *failure)
{
    while (out->first < out->count) {
        size_t count = out->count - out->first;
        struct msghdr message = {.msg_iov = out->pieces + out->first,
                                 .msg_iovlen =
                                     count < MOST_PIECES ? count : MOST_PIECES};
        ssize_t sent = sendmsg(connection->file, &message, MSG_NOSIGNAL);

        if (sent < 0 && errno == EINTR)
            continue;
        if (sent < 0)
            return errno == EAGAIN || fail_by_errno(failure);
        advance(out, (size_t)sent);
    }
    return true;
}

/* ---- in ------------------------------------------------------------------ */

/* A text that is on its way says how long it is going to be. */
static bool is_within_bounds(const redisReader *reader)
{
    size_t left = reader->len - reader->pos;

    if (left == 0)
        return true;
    if (reader->ridx >= 0 && reader->ridx < 9 &&
        reader->rstack[reader->ridx].type == REDIS_REPLY_STRING &&
        memchr(reader->buf + reader->pos, '\r', left))
        return strtoll(reader->buf + reader->pos, NULL, 10) <=
               (long long)MEMO_REDIS_LONGEST_TEXT;
    return left <= 2 * MEMO_REDIS_LONGEST_TEXT;
}

/* The next reply of what was received, or NULL.  False: it is not one. */
static bool next_reply(memo_redis_reply **out,
                       memo_redis_connection *connection,
                       memo_redis_failure *failure)
{
    void *reply = NULL;

    *out = NULL;
    if (redisReaderGetReply(connection->reader, &reply) != REDIS_OK) {
        memo_redis_fail(failure, "what it answers is not Redis's protocol (%s)",
                        connection->reader->errstr);
        return false;
    }
    if (!reply && !is_within_bounds(connection->reader)) {
        memo_redis_fail(failure, "what it answers is not Redis's protocol "
                                 "(longer than anything that was stored)");
        return false;
    }
    *out = reply;
    return true;
}

/* Receive what is there: all that was asked for: 2, less: 1, nothing: 0, the
 * end: -1. */
static int receive_once(memo_redis_connection *connection,
                        memo_redis_failure *failure)
{
    char bytes[READ_BYTES];
    ssize_t size;

    do
        size = recv(connection->file, bytes, sizeof bytes, 0);
    while (size < 0 && errno == EINTR);
    if (size < 0 && errno == EAGAIN)
        return 0;
    if (size < 0)
        fail_by_errno(failure);
    if (size == 0)
        memo_redis_fail(failure, "it has closed the connection");
    if (size <= 0)
        return -1;
    connection->has_heard = true;
    if (redisReaderFeed(connection->reader, bytes, (size_t)size) == REDIS_OK)
        return size == sizeof bytes ? 2 : 1;
    memo_redis_fail(failure, "out of memory");
    return -1;
}

/* Receive some: 1, nothing: 0, the end: -1. */
static int receive_some(memo_redis_connection *connection,
                        memo_redis_failure *failure)
{
    int first = receive_once(connection, failure), next = first;

    for (unsigned i = 1; next == 2 && i < MOST_READS; i++)
        next = receive_once(connection, failure);
    return next < 0 ? next : first > 0;
}

/* ---- both ---------------------------------------------------------------- */

/* Take replies out of what was received. */
static bool take_replies(memo_redis_connection *connection,
                         memo_redis_request *const *requests, size_t count,
                         size_t *answered, memo_redis_failure *failure)
{
    while (*answered < count) {
        memo_redis_reply *reply;

        if (!next_reply(&reply, connection, failure))
            return false;
        if (!reply)
            return true;
        requests[(*answered)++]->reply = reply;
    }
    return true;
}

static bool step(memo_redis_connection *connection, outgoing *out,
                 uint64_t until_ns, memo_redis_failure *failure)
{
    bool is_sent = out->first == out->count;

    if (!memo_redis_wait(connection->file,
                         (short)(is_sent ? POLLIN : POLLIN | POLLOUT),
                         connection->cancel, until_ns)) {
        memo_redis_fail(failure, "it does not answer in time");
        return false;
    }
    return receive_some(connection, failure) >= 0 &&
           send_some(connection, out, failure);
}

size_t memo_redis_exchange(memo_redis_connection *connection,
                           memo_redis_request *const *requests, size_t count,
                           uint64_t until_ns, memo_redis_failure *failure)
{
    outgoing out;
    size_t answered = 0;
    bool is_good;

    connection->has_heard = false;
    is_good = make_room(&out, requests, count);
    if (!is_good)
        memo_redis_fail(failure, "out of memory");
    for (size_t i = 0; is_good && i < count; i++)
        put_request(&out, requests[i]);
    is_good = is_good && send_some(connection, &out, failure);
    while (is_good && answered < count) {
        is_good = step(connection, &out, until_ns, failure) &&
                  take_replies(connection, requests, count, &answered, failure);
        /* A server that never stops must not be listened to for ever. */
        if (is_good && answered < count && memo_redis_now() >= until_ns) {
            memo_redis_fail(failure, "it does not answer in time");
            is_good = false;
        }
    }
    free_room(&out);
    connection->used_ns = memo_redis_now();
    return answered;
}

memo_redis_reply *memo_redis_command(memo_redis_connection *connection,
                                     memo_redis_request *request,
                                     uint64_t until_ns,
                                     memo_redis_failure *failure)
{
    memo_redis_exchange(connection, &request, 1, until_ns, failure);
    return request->reply;
}

bool memo_redis_send(memo_redis_connection *connection,
                     memo_redis_request *request, uint64_t until_ns)
{
    memo_redis_failure failure;
    outgoing out;
    bool is_good = make_room(&out, &request, 1);

    if (is_good)
        put_request(&out, request);
    while (is_good && out.first < out.count)
        is_good = send_some(connection, &out, &failure) &&
                  (out.first == out.count ||
                   memo_redis_wait(connection->file, POLLOUT,
                                   connection->cancel, until_ns));
    free_room(&out);
    return is_good;
}

int memo_redis_receive(memo_redis_connection *connection,
                       memo_redis_reply **out, memo_redis_failure *failure)
{
    int received;

    if (!next_reply(out, connection, failure))
        return -1;
    if (*out)
        return 1;
    received = receive_some(connection, failure);
    if (received <= 0)
        return received;
    if (!next_reply(out, connection, failure))
        return -1;
    return *out != NULL;
}

int memo_redis_connection_file(const memo_redis_connection *connection)
{
    return connection->file;
}

uint64_t memo_redis_connection_used_ns(const memo_redis_connection *connection)
{
    return connection->used_ns;
}

bool memo_redis_connection_has_heard(const memo_redis_connection *connection)
{
    return connection->has_heard;
}

bool memo_redis_connection_is_clean(const memo_redis_connection *connection)
{
    return connection->reader->len == connection->reader->pos;
}

bool memo_redis_connection_is_alive(const memo_redis_connection *connection)
{
    struct pollfd file = {.fd = connection->file, .events = POLLIN};

    return memo_redis_connection_is_clean(connection) && poll(&file, 1, 0) == 0;
}
