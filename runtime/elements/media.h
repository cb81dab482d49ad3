/* media.h -- bytes that elements refer to by a URL: images, sounds, films.
 *
 * A page has those of its current run and of the last one, for a browser may
 * still be fetching what it was shown before.  The URL tells the content: equal
 * bytes of the same type have the same one, in every session and process.
 *
 * It does not know what the bytes are.
 */
#ifndef ST_ELEMENTS_MEDIA_H
#define ST_ELEMENTS_MEDIA_H

#include "elements/recording.h"

/* Have bytes behind a URL, "/media/<32 hex digits>.<ext>", from now to the end
 * of the next run.  They are copied, and written down at every level: a hit has
 * them behind the same URL of its own page.
 * Owner:  the URL is the page's, until its next run.
 * Errors: NULL: out of memory. */
const char *st_media_add(st_page *page, const void *bytes, size_t size,
                         const char *mime);

/* The same for who shows the page: nothing is written down, and a hit shows
 * them again because it draws again. */
const char *st_media_show(st_page *page, const void *bytes, size_t size,
                          const char *mime);

/* The bytes behind a URL, NULL: none.
 * Owner:   the page, for as long as they are behind it.
 * Threads: those of the page's runs, one at a time. */
const void *st_media_find(const st_page *page, const char *url, size_t *size,
                          const char **mime);

/* The bytes behind a URL for who serves them, of whichever page shows them now;
 * NULL: none does.  They stay for as long as they are open.
 * Threads: any. */
typedef struct st_blob st_blob;
const st_blob *st_media_open(const char *url);
const void *st_blob_bytes(const st_blob *blob, size_t *size, const char **mime);
void st_media_close(const st_blob *opened);

/* Have again what a record of media says.  The bytes stay in the recording,
 * which is held. */
void st_media_replay(st_page *page, st_bytes record, memo_recording *recording);

/* A run begins: what neither the last one nor the one before it has shown goes;
 * in the end, all of it. */
void st_media_begin(st_page *page);
void st_media_finish(st_page *page);

#endif
