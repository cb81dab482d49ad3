/* frame_utf8.h -- which bytes are UTF-8, and how to show some of them. */
#ifndef ST_ELEMENTS_FRAME_UTF8_H
#define ST_ELEMENTS_FRAME_UTF8_H

#include <stddef.h>

/* How many bytes from the first one on are whole characters; `size` if all are
 * UTF-8.
 * Source: RFC 3629, section 4. */
size_t st_utf8_prefix(const void *bytes, size_t size);

/* A name as messages show it: a few bytes of it, up to what is no UTF-8,
 * without control characters. */
typedef struct {
    char text[48];
} st_shown;

st_shown st_show(const char *name);

#endif
