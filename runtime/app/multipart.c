#define _GNU_SOURCE /* memmem() */
#include "app/multipart.h"

#include <string.h>
#include <strings.h>

enum { MOST_BOUNDARY = 70 };

/* "--" and the boundary, which may be quoted. */
static bool read_boundary(char *out, const char *type)
{
    const char *at = strcasestr(type, "boundary=");
    size_t size;

    if (strncasecmp(type, "multipart/form-data", 19) != 0 || !at)
        return false;
    at += strlen("boundary=");
    at += *at == '"';
    size = strcspn(at, "\";\r\n \t");
    if (size == 0 || size > MOST_BOUNDARY)
        return false;
    memcpy(out, "--", 2);
    memcpy(out + 2, at, size);
    out[2 + size] = '\0';
    return true;
}

/* What stands behind `word` in some header lines, up to one of `ends`; NULL: it
 * does not. */
static const char *find_value(size_t *size, const char *lines, size_t length,
                              const char *word, const char *ends)
{
    size_t word_size = strlen(word);

    for (size_t i = 0; i + word_size <= length; i++) {
        const char *value = lines + i + word_size;

        if (strncasecmp(lines + i, word, word_size) != 0)
            continue;
        *size = 0;
        while (value + *size < lines + length && !strchr(ends, value[*size]))
            ++*size;
        return value;
    }
    return NULL;
}

static bool read_part(st_part *out, const char *lines, size_t length)
{
    size_t space;

    out->name = find_value(&out->name_size, lines, length, "filename=\"", "\"");
    out->mime =
        find_value(&out->mime_size, lines, length, "\ncontent-type:", ";\r\n");
    space = out->mime ? strspn(out->mime, " \t") : 0;
    if (out->mime && space <= out->mime_size) {
        out->mime += space;
        out->mime_size -= space;
    } else {
        out->mime = "";
        out->mime_size = 0;
    }
    return out->name != NULL;
}

bool st_multipart_find(st_part *out, const char *type, const char *body,
                       size_t size)
{
    char boundary[2 + MOST_BOUNDARY + 1],
        end_mark[sizeof boundary + 2] = "\r\n";
    const char *at = body, *end = body + size;

    if (!read_boundary(boundary, type))
        return false;
    strcat(end_mark, boundary);
    for (;;) {
        const char *lines, *content, *stop;

        lines = memmem(at, (size_t)(end - at), boundary, strlen(boundary));
        if (!lines)
            return false;
        lines += strlen(boundary);
        content = memmem(lines, (size_t)(end - lines), "\r\n\r\n", 4);
        if (!content)
            return false;
        stop = memmem(content + 2, (size_t)(end - content - 2), end_mark,
                      strlen(end_mark));
        if (!stop)
            return false;
        if (read_part(out, lines, (size_t)(content + 2 - lines))) {
            out->bytes = content + 4;
            out->size = stop > out->bytes ? (size_t)(stop - out->bytes) : 0;
            return true;
        }
        at = stop;
    }
}
