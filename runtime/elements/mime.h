/* mime.h -- what bytes are: an image, a sound, a film; pure. */
#ifndef ST_ELEMENTS_MIME_H
#define ST_ELEMENTS_MIME_H

#include <stdbool.h>
#include <stddef.h>

/* The MIME type that the first bytes tell; NULL: none that is known. */
const char *st_mime_of(const void *bytes, size_t size);

/* How names of such files end, without the dot; "bin" of those not known. */
const char *st_mime_extension(const char *mime);

bool st_mime_is_image(const char *mime);

/* Can <audio> and <video> play it?  Containers hold either. */
bool st_mime_is_played(const char *mime);

#endif
