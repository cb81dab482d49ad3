#include "elements/source.h"

#include "elements/file.h"
#include "elements/media.h"
#include "elements/mime.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

bool st_source_is_url(const char *text)
{
    static const char *const beginnings[] = {
        "https:", "http:", "data:", "blob:", "/media/"};

    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++) {
        if (strncasecmp(text, beginnings[i], strlen(beginnings[i])) == 0)
            return true;
    }
    return false;
}

static const char *complain(const st_source *source, const char *text)
{
    char number[32] = "";

    if (source->number > 0)
        snprintf(number, sizeof number, ", number %zu", source->number);
    st_complain(source->in, "MediaFileStorageError", "%s%s: %s", source->call,
                number, text);
    return NULL;
}

static const char *add_bytes(const st_source *source, const void *bytes,
                             size_t size)
{
    const char *name = source->text ? source->text : "the bytes";
    const char *mime = source->mime;
    char text[400];

    if (!mime || !*mime)
        mime = st_mime_of(bytes, size);
    if (size > 0 && mime && (source->mime || source->is_shown(mime)))
        return st_media_add(st_page_now(st_thread_self()), bytes, size, mime);
    if (size == 0)
        snprintf(text, sizeof text, "%s: there is nothing in it", name);
    else if (mime)
        snprintf(text, sizeof text, "%s: it is of type %s", name, mime);
    else
        snprintf(text, sizeof text, "%s: it is of no type that is known", name);
    return complain(source, text);
}

static const char *add_file(const st_source *source)
{
    st_failure error = {ST_OK, ""};
    size_t size = 0;
    void *bytes = st_file_read(&size, source->text, &error);
    const char *url;

    if (!bytes) {
        st_keep_nothing(); /* the next time it may be there */
        return complain(source, error.text);
    }
    url = add_bytes(source, bytes, size);
    free(bytes);
    return url;
}

const char *st_source_url(const st_source *source)
{
    if (source->text && st_source_is_url(source->text))
        return source->text;
    if (source->text)
        return add_file(source);
    if (source->bytes)
        return add_bytes(source, source->bytes, source->size);
    return complain(source, "there is nothing to show: no file, URL or bytes");
}

const char *st_source_made(const st_source *source, void *bytes, size_t size,
                           const st_failure *error)
{
    const char *url =
        bytes ? add_bytes(source, bytes, size) : complain(source, error->text);

    free(bytes);
    return url;
}
