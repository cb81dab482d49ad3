/* reply.h -- what a server has answered, of which nothing is to be trusted.
 *
 * What is asked of a reply of another kind is an empty or missing answer.
 */
#ifndef MEMO_REDIS_REPLY_H
#define MEMO_REDIS_REPLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct redisReply memo_redis_reply; /* the library's own */

typedef enum memo_redis_kind {
    MEMO_REDIS_NOTHING, /* also of NULL */
    MEMO_REDIS_STATUS,
    MEMO_REDIS_ERROR,
    MEMO_REDIS_INTEGER,
    MEMO_REDIS_TEXT,
    MEMO_REDIS_LIST
} memo_redis_kind;

typedef struct memo_redis_bytes {
    const void *at;
    size_t size;
} memo_redis_bytes;

/* Bounds of what is taken from a server. */
#define MEMO_REDIS_LONGEST_TEXT ((size_t)96 << 20)
#define MEMO_REDIS_LONGEST_LIST (1 << 16)

memo_redis_kind memo_redis_reply_kind(const memo_redis_reply *reply);

/* Of a text, a status or an error; a NUL follows.  Never NULL. */
memo_redis_bytes memo_redis_reply_text(const memo_redis_reply *reply);

/* Is it this text, this status, or an error that begins so? */
bool memo_redis_reply_is(const memo_redis_reply *reply, const char *text);

/* An integer, or a text that is one; false: it is none, or below zero. */
bool memo_redis_reply_number(uint64_t *out, const memo_redis_reply *reply);

/* The size of a list, and its elements: NULL behind its end. */
size_t memo_redis_reply_count(const memo_redis_reply *reply);
const memo_redis_reply *memo_redis_reply_at(const memo_redis_reply *reply,
                                            size_t index);

void memo_redis_reply_free(memo_redis_reply *reply);

#endif
