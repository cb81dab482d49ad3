#include "app/reply.h"

#include <stdio.h>
#include <string.h>

void st_reply_add(st_reply *reply, const char *name, const char *value)
{
    if (reply->header_count == ST_MOST_HEADERS)
        return;
    reply->headers[reply->header_count].name = name;
    reply->headers[reply->header_count].value = value;
    reply->header_count++;
}

void st_reply_text(st_reply *reply, unsigned status, const char *text)
{
    reply->status = status;
    reply->mime = "text/plain; charset=utf-8";
    reply->bytes = (const unsigned char *)text;
    reply->size = strlen(text);
}

/* Digits; false: there are none, or too many. */
static bool read_number(uint64_t *out, const char **at)
{
    const char *begin = *at;

    *out = 0;
    while (**at >= '0' && **at <= '9' && *at - begin < 18)
        *out = 10 * *out + (uint64_t)(*(*at)++ - '0');
    return *at > begin;
}

/* "bytes=5-", "bytes=5-9", "bytes=-5".  False: it is none of these. */
static bool read_range(uint64_t *first, uint64_t *last, const char *text,
                       uint64_t size)
{
    bool has_first, has_last;

    if (strncmp(text, "bytes=", 6) != 0)
        return false;
    text += 6;
    has_first = read_number(first, &text);
    if (*text++ != '-')
        return false;
    has_last = read_number(last, &text);
    if (*text != '\0' || (!has_first && !has_last) ||
        (has_first && has_last && *last < *first))
        return false;
    if (!has_first) {
        *first = *last < size ? size - *last : 0;
        if (*last == 0)
            *first = size; /* none of it can be had */
        *last = size - 1;
    } else if (!has_last || *last >= size) {
        *last = size - 1;
    }
    return true;
}

void st_reply_cut(st_reply *reply, const char *range)
{
    uint64_t first, last;

    st_reply_add(reply, "accept-ranges:", "bytes");
    if (!read_range(&first, &last, range, reply->size))
        return;
    if (first >= reply->size) {
        snprintf(reply->texts[0], sizeof reply->texts[0], "bytes */%zu",
                 reply->size);
        reply->status = 416;
        reply->size = 0;
    } else {
        snprintf(reply->texts[0], sizeof reply->texts[0], "bytes %llu-%llu/%zu",
                 (unsigned long long)first, (unsigned long long)last,
                 reply->size);
        reply->status = 206;
        reply->bytes += first;
        reply->size = (size_t)(last - first + 1);
    }
    st_reply_add(reply, "content-range:", reply->texts[0]);
}

void st_reply_finish(st_reply *reply)
{
    if (reply->release)
        reply->release(reply->owner);
    reply->release = NULL;
}
