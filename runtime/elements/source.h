/* source.h -- from where an image, a sound, a film comes to its URL. */
#ifndef ST_ELEMENTS_SOURCE_H
#define ST_ELEMENTS_SOURCE_H

#include "elements/message.h"

typedef struct {
    const char *call; /* "st_image": whom complaints name */
    size_t number;    /* of several, from 1 on; 0: it is the only one */
    const char *text; /* a file, or a URL; NULL: the bytes */
    const void *bytes;
    size_t size;
    const char *mime;                   /* NULL: as the bytes tell */
    bool (*is_shown)(const char *mime); /* what they may tell */
    st_handle in;
} st_source;

/* The URL to show it by: its own, or that of its bytes as media.
 * Owner:  the page, or whoever has made the source.
 * Errors: NULL: a complaint has been drawn, or there is no memory. */
const char *st_source_url(const st_source *source);

/* The same of bytes that have been made for it, whose encoder has failed if
 * there are none; frees them. */
const char *st_source_made(const st_source *source, void *bytes, size_t size,
                           const st_failure *error);

bool st_source_is_url(const char *text);

#endif
