/* reply.h -- what is asked by HTTP, and what is answered: as plain data, so
 * that nobody but the server knows sockets.
 */
#ifndef ST_APP_REPLY_H
#define ST_APP_REPLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum { ST_GET, ST_HEAD, ST_PUT, ST_DELETE, ST_OTHER } st_method;

/* Headers that were not sent are "". */
typedef struct {
    st_method method;
    const char *path;  /* decoded, with the base path */
    const char *query; /* behind '?' */
    const char *host, *origin, *range, *encodings;
    bool is_secure; /* it came by TLS */
} st_ask;

enum { ST_MOST_HEADERS = 12 };

typedef struct {
    unsigned status;
    const char *mime;
    struct {
        const char *name; /* "cache-control:" */
        const char *value;
    } headers[ST_MOST_HEADERS];
    size_t header_count;
    /* What is sent: a part of something that is released afterwards. */
    const unsigned char *bytes;
    size_t size;
    void (*release)(void *owner); /* NULL: nothing is to be released */
    void *owner;
    char texts[2][600]; /* for values of headers */
} st_reply;

void st_reply_add(st_reply *reply, const char *name, const char *value);

/* An answer of one line.
 * Owner: the text is the caller's, for as long as the reply. */
void st_reply_text(st_reply *reply, unsigned status, const char *text);

/* Of the whole that is there, only what `range` asks for: one range, else all
 * of it (RFC 9110, section 14). */
void st_reply_cut(st_reply *reply, const char *range);

void st_reply_finish(st_reply *reply);

#endif
