#include "elements/media.h"

#include "base/hash.h"
#include "elements/mime.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { URL_SIZE = 48, BUCKET_COUNT = 64 };

typedef struct blob {
    struct blob *next;
    char url[URL_SIZE];
    const unsigned char *bytes;
    size_t size;
    memo_recording *recording; /* that the bytes lie in; NULL: from malloc() */
    uint32_t run;              /* the last one that has shown it */
    char mime[];
} blob;

struct st_media {
    blob *buckets[BUCKET_COUNT];
};

/* ---- URLs ---------------------------------------------------------------- */

/* Over the type as well: it is served with the bytes. */
static void make_url(char *out, const void *bytes, size_t size,
                     const char *mime)
{
    memo_digest both[] = {memo_hash_stable(bytes, size),
                          memo_hash_stable(mime, strlen(mime))};
    memo_digest digest = memo_hash_stable(both, sizeof both);

    snprintf(out, URL_SIZE, "/media/%016llx%016llx.%s",
             (unsigned long long)digest.high, (unsigned long long)digest.low,
             st_mime_extension(mime));
}

static size_t bucket_of(const char *url)
{
    return (size_t)memo_hash_stable(url, strlen(url)).low % BUCKET_COUNT;
}

/* ---- the table ----------------------------------------------------------- */

static blob *find(const st_page *page, const char *url)
{
    blob *found = page->media ? page->media->buckets[bucket_of(url)] : NULL;

    while (found && strcmp(found->url, url) != 0)
        found = found->next;
    return found;
}

static void drop_bytes(blob *of)
{
    if (of->recording)
        memo_recording_drop(of->recording);
    else
        free((void *)(uintptr_t)of->bytes);
    of->recording = NULL;
    of->bytes = NULL;
}

/* A blob without bytes yet; NULL: out of memory. */
static blob *make_blob(st_page *page, const char *url, const char *mime)
{
    size_t mime_size = strlen(mime) + 1, bucket = bucket_of(url);
    blob *made;

    if (!page->media)
        page->media = calloc(1, sizeof *page->media);
    made = page->media ? calloc(1, sizeof *made + mime_size) : NULL;
    if (!made)
        return NULL;
    snprintf(made->url, sizeof made->url, "%s", url);
    memcpy(made->mime, mime, mime_size);
    made->next = page->media->buckets[bucket];
    page->media->buckets[bucket] = made;
    return made;
}

/* Show bytes in this run: those that are there already, those that lie in a
 * recording, or a copy. */
static bool show(st_page *page, const blob *what, const char *mime)
{
    blob *shown = find(page, what->url);
    unsigned char *copy;

    if (shown && shown->bytes) {
        shown->run = page->run;
        return true;
    }
    if (!shown)
        shown = make_blob(page, what->url, mime);
    if (!shown)
        return false;
    if (what->recording) {
        memo_recording_hold(what->recording);
        shown->recording = what->recording;
        shown->bytes = what->bytes;
    } else {
        copy = malloc(what->size + 1); /* none is no failure */
        if (!copy)
            return false;
        if (what->size > 0)
            memcpy(copy, what->bytes, what->size);
        shown->bytes = copy;
    }
    shown->size = what->size;
    shown->run = page->run;
    return true;
}

static void drop_older(st_page *page, bool is_all)
{
    for (size_t i = 0; page->media && i < BUCKET_COUNT; i++) {
        blob **at = &page->media->buckets[i];

        while (*at) {
            blob *dropped = *at;

            if (!is_all && (dropped->run == page->run ||
                            dropped->run == page->run_before)) {
                at = &dropped->next;
                continue;
            }
            *at = dropped->next;
            drop_bytes(dropped);
            free(dropped);
        }
    }
}

void st_media_begin(st_page *page)
{
    drop_older(page, false);
}

void st_media_finish(st_page *page)
{
    drop_older(page, true);
    free(page->media);
    page->media = NULL;
}

/* ---- showing ------------------------------------------------------------- */

/* The URL and the type, each with its NUL, then the bytes. */
static void write_down(const blob *what, const char *mime)
{
    const st_bytes parts[] = {{what->url, strlen(what->url) + 1},
                              {mime, strlen(mime) + 1},
                              {what->bytes, what->size}};

    st_record_note(ST_RECORD_MEDIA, parts, 3);
}

const char *st_media_add(st_page *page, const void *bytes, size_t size,
                         const char *mime)
{
    blob what = {.bytes = bytes, .size = size};

    make_url(what.url, bytes, size, mime);
    if (!page->is_scratch && !show(page, &what, mime))
        return NULL;
    write_down(&what, mime);
    return st_arena_text(&page->arena, what.url);
}

void st_media_replay(st_page *page, st_bytes record, memo_recording *recording)
{
    const char *url = record.at, *end = url + record.size;
    const char *mime = memchr(url, '\0', record.size), *bytes;
    blob what = {.recording = recording};

    if (!mime || mime - url >= URL_SIZE)
        return;
    mime++;
    bytes = memchr(mime, '\0', (size_t)(end - mime));
    if (!bytes)
        return;
    memcpy(what.url, url, (size_t)(mime - url));
    what.bytes = (const unsigned char *)bytes + 1;
    what.size = (size_t)(end - bytes - 1);
    if (!page->is_scratch)
        show(page, &what, mime);
    write_down(&what, mime);
}

const void *st_media_find(const st_page *page, const char *url, size_t *size,
                          const char **mime)
{
    const blob *found = find(page, url);

    *size = found ? found->size : 0;
    *mime = found ? found->mime : NULL;
    return found ? found->bytes : NULL;
}
