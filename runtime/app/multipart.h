/* multipart.h -- the file in the body of a form that was sent; pure.
 *
 * Source: RFC 7578, and RFC 2046, section 5.1.
 */
#ifndef ST_APP_MULTIPART_H
#define ST_APP_MULTIPART_H

#include <stdbool.h>
#include <stddef.h>

/* Parts of the body, not ended by a NUL; `name` and `mime` may be empty. */
typedef struct {
    const char *name, *mime, *bytes;
    size_t name_size, mime_size, size;
} st_part;

/* The first part that has a file's name.  `type`: the header of the whole:
 * "multipart/form-data; boundary=...".
 * Errors: false: there is none, or the body is no such form. */
bool st_multipart_find(st_part *out, const char *type, const char *body,
                       size_t size);

#endif
