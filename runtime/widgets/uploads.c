#include "widgets/uploads.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    st_map_item item; /* named by its digest */
    void *bytes;
    bool is_named;
} upload;

enum { NAME_SIZE = 33 };

static const char *name_of(char *out, memo_digest digest)
{
    snprintf(out, NAME_SIZE, "%016llx%016llx", (unsigned long long)digest.high,
             (unsigned long long)digest.low);
    return out;
}

static upload *find(const st_session *session, memo_digest digest)
{
    char name[NAME_SIZE];

    return st_map_find(&session->uploads, name_of(name, digest));
}

bool st_upload_keep(st_session *session, const void *bytes, size_t size,
                    memo_digest *out)
{
    char name[NAME_SIZE], *copy;
    upload *kept;

    *out = memo_hash_stable(bytes, size);
    if (find(session, *out))
        return true;
    copy = malloc(size + 1);
    kept =
        copy ? st_map_add(&session->uploads, name_of(name, *out), sizeof *kept)
             : NULL;
    if (!kept) {
        free(copy);
        return false;
    }
    if (size > 0)
        memcpy(copy, bytes, size);
    copy[size] = '\0';
    kept->bytes = copy;
    return true;
}

const void *st_upload_find(const st_session *session, memo_digest digest)
{
    const upload *kept = session ? find(session, digest) : NULL;

    return kept ? kept->bytes : NULL;
}

/* ---- sweeping ------------------------------------------------------------ */

static void name_files(st_session *session, st_bytes value)
{
    st_file_facts file;

    for (const char *at = NULL; st_value_next_file(value, &at, &file);) {
        upload *kept = find(session, file.digest);

        if (kept)
            kept->is_named = true;
    }
}

static void name_values(void *item, void *session)
{
    const st_widget_state *widget = item;

    name_files(session, widget->value);
    name_files(session, widget->sent);
}

static bool is_over(void *item, void *unused)
{
    upload *kept = item;
    bool was_named = kept->is_named;

    (void)unused;
    kept->is_named = false;
    if (!was_named)
        free(kept->bytes);
    return !was_named;
}

void st_uploads_sweep(st_session *session)
{
    if (session->uploads.count == 0)
        return;
    st_map_each(&session->widgets, name_values, session);
    st_map_remove(&session->uploads, is_over, NULL);
}

void st_uploads_finish(st_session *session)
{
    st_map_remove(&session->uploads, is_over, NULL);
}
