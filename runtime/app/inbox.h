/* inbox.h -- what comes in parts: a message, the body of a request; pure.
 */
#ifndef ST_APP_INBOX_H
#define ST_APP_INBOX_H

#include <stdbool.h>
#include <stddef.h>

/* Of one message from a browser, in bytes. */
#define ST_MOST_MESSAGE_BYTES ((size_t)4 << 20)

/* Zero is an empty one. */
typedef struct {
    unsigned char *bytes; /* from malloc(); NULL: none have come */
    size_t size, capacity;
} st_inbox;

/* Errors: false: it would be larger than `most` bytes, or out of memory. */
bool st_inbox_add(st_inbox *inbox, size_t most, const void *bytes, size_t size);

/* What has come, from malloc(); the inbox is empty then.
 * Owner: caller. */
void *st_inbox_take(st_inbox *inbox, size_t *size);

void st_inbox_clear(st_inbox *inbox);

#endif
