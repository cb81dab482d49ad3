#include "redis/reply.h"

#include <hiredis/hiredis.h>
#include <string.h>

memo_redis_kind memo_redis_reply_kind(const memo_redis_reply *reply)
{
    switch (reply ? reply->type : REDIS_REPLY_NIL) {
    case REDIS_REPLY_STRING:
        return MEMO_REDIS_TEXT;
    case REDIS_REPLY_STATUS:
        return MEMO_REDIS_STATUS;
    case REDIS_REPLY_ERROR:
        return MEMO_REDIS_ERROR;
    case REDIS_REPLY_INTEGER:
        return MEMO_REDIS_INTEGER;
    case REDIS_REPLY_ARRAY:
        return MEMO_REDIS_LIST;
    default:
        return MEMO_REDIS_NOTHING;
    }
}

memo_redis_bytes memo_redis_reply_text(const memo_redis_reply *reply)
{
    switch (memo_redis_reply_kind(reply)) {
    case MEMO_REDIS_TEXT:
    case MEMO_REDIS_STATUS:
    case MEMO_REDIS_ERROR:
        return (memo_redis_bytes){reply->str, reply->len};
    default:
        return (memo_redis_bytes){"", 0};
    }
}

bool memo_redis_reply_is(const memo_redis_reply *reply, const char *text)
{
    memo_redis_bytes bytes = memo_redis_reply_text(reply);
    size_t size = strlen(text);

    if (memo_redis_reply_kind(reply) == MEMO_REDIS_ERROR && bytes.size > size)
        bytes.size = size;
    return bytes.size == size && memcmp(bytes.at, text, size) == 0;
}

bool memo_redis_reply_number(uint64_t *out, const memo_redis_reply *reply)
{
    memo_redis_bytes bytes = memo_redis_reply_text(reply);
    const char *digits = bytes.at;
    uint64_t number = 0;

    if (memo_redis_reply_kind(reply) == MEMO_REDIS_INTEGER) {
        *out = (uint64_t)reply->integer;
        return reply->integer >= 0;
    }
    if (memo_redis_reply_kind(reply) != MEMO_REDIS_TEXT || bytes.size == 0 ||
        bytes.size > 18)
        return false;
    for (size_t i = 0; i < bytes.size; i++) {
        if (digits[i] < '0' || digits[i] > '9')
            return false;
        number = number * 10 + (uint64_t)(digits[i] - '0');
    }
    *out = number;
    return true;
}

size_t memo_redis_reply_count(const memo_redis_reply *reply)
{
    return memo_redis_reply_kind(reply) == MEMO_REDIS_LIST ? reply->elements
                                                           : 0;
}

const memo_redis_reply *memo_redis_reply_at(const memo_redis_reply *reply,
                                            size_t index)
{
    return index < memo_redis_reply_count(reply) ? reply->element[index] : NULL;
}

void memo_redis_reply_free(memo_redis_reply *reply)
{
    if (reply)
        freeReplyObject(reply);
}
