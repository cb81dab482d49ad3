/* request.h -- one command to a server, and what came of it. */
#ifndef MEMO_REDIS_REQUEST_H
#define MEMO_REDIS_REQUEST_H

#include "redis/names.h"
#include "redis/reply.h"

#include <string.h>

#define MEMO_REDIS_PARTS 14

struct memo_redis_node;

/* All that parts point at stays until it is answered. */
typedef struct memo_redis_request {
    unsigned count;
    memo_redis_bytes parts[MEMO_REDIS_PARTS];
    const memo_redis_key *key; /* whose node is asked; NULL: any */

    struct memo_redis_node *node; /* who is to be asked, or was; NULL: by key */
    unsigned redirect_count;
    bool is_redirected;      /* for this once only: ASK */
    bool has_failed;         /* there will be no reply */
    uint64_t heard;          /* the node's changes were listened to, when
                                it was asked: since when; 0: no */
    memo_redis_reply *reply; /* Owner: memo_redis_request_free() */
} memo_redis_request;

static inline void memo_redis_add_bytes(memo_redis_request *request,
                                        const void *at, size_t size)
{
    request->parts[request->count++] = (memo_redis_bytes){at, size};
}

static inline void memo_redis_add(memo_redis_request *request, const char *text)
{
    memo_redis_add_bytes(request, text, strlen(text));
}

/* A command about a key; more parts may follow. */
static inline void memo_redis_request_make(memo_redis_request *out,
                                           const char *command,
                                           const memo_redis_key *key)
{
    memset(out, 0, sizeof *out);
    memo_redis_add(out, command);
    out->key = key;
    if (key)
        memo_redis_add_bytes(out, key->text, key->size);
}

static inline void memo_redis_request_free(memo_redis_request *request)
{
    memo_redis_reply_free(request->reply);
    request->reply = NULL;
}

#endif
