#include "elements/media.h"

#include "base/hash.h"
#include "elements/mime.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { URL_SIZE = 48, BUCKET_COUNT = 64, SHARED_BUCKET_COUNT = 1024 };

/* Equal bytes are there once, for all pages of the process. */
struct st_blob {
    st_blob *next;
    size_t owners;
    char url[URL_SIZE];
    const unsigned char *bytes;
    size_t size;
    memo_recording *recording; /* that the bytes lie in; NULL: from malloc() */
    char mime[];
};

static struct {
    pthread_mutex_t lock; /* of all that is below, owners included */
    st_blob *buckets[SHARED_BUCKET_COUNT];
} shared = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* That a page shows one. */
typedef struct showing {
    struct showing *next;
    st_blob *blob;
    uint32_t run; /* the last one that has shown it */
} showing;

struct st_media {
    showing *buckets[BUCKET_COUNT];
};

/* ---- URLs ---------------------------------------------------------------- */

/* Bytes that are to be shown, before they are anybody's. */
typedef struct {
    char url[URL_SIZE];
    const void *bytes;
    size_t size;
    const char *mime;
    memo_recording *recording; /* that they lie in; NULL: they are copied */
} offer;

/* Over the type as well: it is served with the bytes.  Each attempt, from 0 on,
 * has another one. */
static void make_url(offer *of, uint64_t attempt)
{
    const memo_digest parts[] = {memo_hash_stable(of->bytes, of->size),
                                 memo_hash_stable(of->mime, strlen(of->mime)),
                                 {attempt, 0}};
    size_t count = attempt > 0 ? 3 : 2;
    memo_digest digest = memo_hash_stable(parts, count * sizeof *parts);

    snprintf(of->url, URL_SIZE, "/media/%016llx%016llx.%s",
             (unsigned long long)digest.high, (unsigned long long)digest.low,
             st_mime_extension(of->mime));
}

static uint64_t hash_of(const char *url)
{
    return memo_hash_stable(url, strlen(url)).low;
}

/* ---- what all pages share ------------------------------------------------ */

static st_blob **find_shared(const char *url)
{
    st_blob **at = &shared.buckets[hash_of(url) % SHARED_BUCKET_COUNT];

    while (*at && strcmp((*at)->url, url) != 0)
        at = &(*at)->next;
    return at;
}

const st_blob *st_media_open(const char *url)
{
    st_blob *found;

    pthread_mutex_lock(&shared.lock);
    found = *find_shared(url);
    if (found)
        found->owners++;
    pthread_mutex_unlock(&shared.lock);
    return found;
}

static void free_blob(st_blob *freed)
{
    if (freed->recording)
        memo_recording_drop(freed->recording);
    else
        free((void *)(uintptr_t)freed->bytes);
    free(freed);
}

void st_media_close(const st_blob *opened)
{
    st_blob **at, *closed = NULL;

    pthread_mutex_lock(&shared.lock);
    at = find_shared(opened->url);
    if (--(*at)->owners == 0) {
        closed = *at;
        *at = closed->next;
    }
    pthread_mutex_unlock(&shared.lock);
    if (closed)
        free_blob(closed);
}

const void *st_blob_bytes(const st_blob *blob, size_t *size, const char **mime)
{
    *size = blob->size;
    *mime = blob->mime;
    return blob->bytes;
}

/* A blob of them that has one owner; NULL: out of memory. */
static st_blob *make_blob(const offer *of)
{
    size_t mime_size = strlen(of->mime) + 1;
    st_blob *made = calloc(1, sizeof *made + mime_size);
    void *copy = NULL;

    if (made && !of->recording) {
        copy = malloc(of->size + 1); /* none is no failure */
        if (copy && of->size > 0)
            memcpy(copy, of->bytes, of->size);
    }
    if (!made || (!of->recording && !copy)) {
        free(made);
        return NULL;
    }
    if (of->recording)
        memo_recording_hold(of->recording);
    made->owners = 1;
    made->recording = of->recording;
    made->bytes = copy ? copy : of->bytes;
    made->size = of->size;
    memcpy(made->url, of->url, URL_SIZE);
    memcpy(made->mime, of->mime, mime_size);
    return made;
}

/* Others can make bytes of the same hash, if they want to. */
static bool is_same(const st_blob *blob, const offer *of)
{
    return blob->size == of->size && strcmp(blob->mime, of->mime) == 0 &&
           (blob->bytes == of->bytes || of->size == 0 ||
            memcmp(blob->bytes, of->bytes, of->size) == 0);
}

/* Put one in its place, unless another thread was faster; that one's then. */
static st_blob *put_shared(st_blob *made)
{
    st_blob **at, *there;

    pthread_mutex_lock(&shared.lock);
    at = find_shared(made->url);
    there = *at;
    if (there)
        there->owners++;
    else
        *at = made;
    pthread_mutex_unlock(&shared.lock);
    if (!there)
        return made;
    free_blob(made);
    return there;
}

/* Errors: NULL: out of memory, or its URL leads to other bytes. */
static st_blob *share(const offer *of)
{
    st_blob *blob = (st_blob *)(uintptr_t)st_media_open(of->url);
    st_blob *made = blob ? NULL : make_blob(of);

    if (made)
        blob = put_shared(made);
    if (!blob || is_same(blob, of))
        return blob;
    st_media_close(blob);
    return NULL;
}

/* ---- what a page shows --------------------------------------------------- */

static showing **bucket_of(const st_page *page, const char *url)
{
    return &page->media->buckets[hash_of(url) % BUCKET_COUNT];
}

static showing *find(const st_page *page, const char *url)
{
    showing *found = page->media ? *bucket_of(page, url) : NULL;

    while (found && strcmp(found->blob->url, url) != 0)
        found = found->next;
    return found;
}

/* Show bytes in this run. */
static bool show(st_page *page, const offer *what)
{
    showing *shown = find(page, what->url), **bucket;

    if (shown) {
        shown->run = page->run;
        return is_same(shown->blob, what);
    }
    if (!page->media)
        page->media = calloc(1, sizeof *page->media);
    shown = page->media ? calloc(1, sizeof *shown) : NULL;
    if (shown)
        shown->blob = share(what);
    if (!shown || !shown->blob) {
        free(shown);
        return false;
    }
    shown->run = page->run;
    bucket = bucket_of(page, what->url);
    shown->next = *bucket;
    *bucket = shown;
    return true;
}

static void drop_older(st_page *page, bool is_all)
{
    for (size_t i = 0; page->media && i < BUCKET_COUNT; i++) {
        showing **at = &page->media->buckets[i];

        while (*at) {
            showing *dropped = *at;

            if (!is_all && (dropped->run == page->run ||
                            dropped->run == page->run_before)) {
                at = &dropped->next;
                continue;
            }
            *at = dropped->next;
            st_media_close(dropped->blob);
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
static void write_down(const offer *what)
{
    const st_bytes parts[] = {{what->url, strlen(what->url) + 1},
                              {what->mime, strlen(what->mime) + 1},
                              {what->bytes, what->size}};

    st_record_note(ST_RECORD_MEDIA, parts, 3);
}

/* Somebody may have made others that lead to the same URL. */
static bool show_somewhere(st_page *page, offer *what)
{
    enum { ATTEMPTS = 4 };
    bool is_shown = false;

    for (uint64_t attempt = 0; attempt < ATTEMPTS && !is_shown; attempt++) {
        make_url(what, attempt);
        is_shown = page->is_scratch || show(page, what);
    }
    return is_shown;
}

const char *st_media_add(st_page *page, const void *bytes, size_t size,
                         const char *mime)
{
    offer what = {.bytes = bytes, .size = size, .mime = mime};

    if (!show_somewhere(page, &what))
        return NULL;
    write_down(&what);
    return st_arena_text(&page->arena, what.url);
}

const char *st_media_show(st_page *page, const void *bytes, size_t size,
                          const char *mime)
{
    offer what = {.bytes = bytes, .size = size, .mime = mime};

    return show_somewhere(page, &what) ? st_arena_text(&page->arena, what.url)
                                       : NULL;
}

void st_media_replay(st_page *page, st_bytes record, memo_recording *recording)
{
    const char *url = record.at, *end = url + record.size;
    const char *mime = memchr(url, '\0', record.size), *bytes;
    offer what = {.recording = recording};

    if (!mime || mime - url >= URL_SIZE)
        return;
    mime++;
    bytes = memchr(mime, '\0', (size_t)(end - mime));
    if (!bytes)
        return;
    memcpy(what.url, url, (size_t)(mime - url));
    what.mime = mime;
    what.bytes = bytes + 1;
    what.size = (size_t)(end - bytes - 1);
    if (!page->is_scratch)
        show(page, &what);
    write_down(&what);
}

const void *st_media_find(const st_page *page, const char *url, size_t *size,
                          const char **mime)
{
    char plain[URL_SIZE];
    const showing *found;

    /* What stands behind '?' is for who serves it. */
    snprintf(plain, sizeof plain, "%.*s", (int)strcspn(url, "?"), url);
    found = find(page, plain);
    *size = 0;
    *mime = NULL;
    return found ? st_blob_bytes(found->blob, size, mime) : NULL;
}
