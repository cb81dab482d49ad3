#include "app/translate.h"

#include "elements/media.h"
#include "elements/message.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

bool st_frame_origin(char *out, const char *url)
{
    const char *host = strncasecmp(url, "https://", 8) == 0  ? url + 8
                       : strncasecmp(url, "http://", 7) == 0 ? url + 7
                                                             : NULL;
    size_t size;

    if (!host)
        return false;
    size = strcspn(host, "/?#\\");
    for (size_t i = 0; i < size; i++) {
        if (!isalnum((unsigned char)host[i]) && !strchr(".-_:[]", host[i]))
            return false;
    }
    if (size == 0 || (size_t)(host - url) + size >= ST_ORIGIN_SIZE)
        return false;
    memcpy(out, url, (size_t)(host - url) + size);
    out[(size_t)(host - url) + size] = '\0';
    return true;
}

/* A text as an attribute's value. */
static const char *escape(st_arena *arena, const char *text)
{
    char *out = st_arena_alloc(arena, 6 * strlen(text) + 1), *at = out;

    for (; out && *text; text++) {
        const char *entity = *text == '&'   ? "&amp;"
                             : *text == '"' ? "&quot;"
                             : *text == '<' ? "&lt;"
                                            : NULL;

        if (entity)
            at = stpcpy(at, entity);
        else
            *at++ = *text;
    }
    if (out)
        *at = '\0';
    return out;
}

/* The URL of a document that frames another server's. */
static const char *show_other(st_page *page, const char *url,
                              const char *origin)
{
    static const char format[] =
        "<!doctype html><meta charset=\"utf-8\"><style>html,body,iframe{"
        "margin:0;border:0;width:100%%;height:100%%;display:block}</style>"
        "<iframe src=\"%s\" allow=\"fullscreen\"></iframe>";
    const char *escaped = escape(&page->arena, url);
    char mime[sizeof ST_FRAME_MIME ST_FRAME_ORIGIN + ST_ORIGIN_SIZE];
    size_t size = escaped ? sizeof format + strlen(escaped) : 0;
    char *document = escaped ? st_arena_alloc(&page->arena, size) : NULL;

    if (!document)
        return NULL;
    snprintf(document, size, format, escaped);
    snprintf(mime, sizeof mime, "%s%s%s", ST_FRAME_MIME, ST_FRAME_ORIGIN,
             origin);
    return st_media_show(page, document, strlen(document), mime);
}

static const char *show(st_page *page, const St__IFrame *frame)
{
    char origin[ST_ORIGIN_SIZE];

    if (frame->type_case == ST__IFRAME__TYPE_SRCDOC)
        return st_media_show(page, frame->srcdoc, strlen(frame->srcdoc),
                             ST_FRAME_MIME);
    if (frame->type_case == ST__IFRAME__TYPE_SRC &&
        st_frame_origin(origin, frame->src))
        return show_other(page, frame->src, origin);
    return NULL;
}

static void repack(st_page *page, const St__Element *element,
                   const unsigned char **bytes, size_t *size)
{
    size_t packed = st__element__get_packed_size(element);
    unsigned char *room = st_arena_alloc(&page->arena, packed);

    if (!room)
        return;
    st__element__pack(element, room);
    *bytes = room;
    *size = packed;
}

/* Frame it behind a URL.  False: it stays as it is. */
static bool frame(st_page *page, St__Element *element,
                  const unsigned char **bytes, size_t *size)
{
    St__IFrame framed, *old = element->iframe;
    const char *url = element->type_case == ST__ELEMENT__TYPE_IFRAME
                          ? show(page, element->iframe)
                          : NULL;

    if (!url)
        return false;
    framed = *old;
    /* Relative: the program may be served below a path. */
    framed.type_case = ST__IFRAME__TYPE_SRC;
    framed.src = st_unconst(url + 1);
    element->iframe = &framed;
    repack(page, element, bytes, size);
    element->iframe = old;
    return true;
}

static void limit(st_page *page, St__Element *element, unsigned most_megabytes,
                  const unsigned char **bytes, size_t *size)
{
    St__FileUploader *uploader =
        element->type_case == ST__ELEMENT__TYPE_FILE_UPLOADER
            ? element->file_uploader
            : NULL;

    if (!uploader || (unsigned)uploader->max_upload_size_mb <= most_megabytes)
        return;
    uploader->max_upload_size_mb = (int32_t)most_megabytes;
    repack(page, element, bytes, size);
}

void st_translate(st_page *page, const st_node *node, unsigned most_megabytes,
                  const unsigned char **bytes, size_t *size)
{
    St__Element *element;

    if (node->kind != ST_HTML && node->kind != ST_IFRAME &&
        node->kind != ST_BOKEH_CHART && node->kind != ST_FILE_UPLOADER)
        return;
    element = st__element__unpack(NULL, node->size, node->bytes);
    if (!element)
        return;
    if (!frame(page, element, bytes, size))
        limit(page, element, most_megabytes, bytes, size);
    st__element__free_unpacked(element, NULL);
}
