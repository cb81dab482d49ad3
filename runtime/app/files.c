#include "app/files.h"

#include <stdlib.h>
#include <string.h>

/* Of one session. */
enum { MOST_FILES = 1000, MOST_TIMES_LARGEST = 10 };

struct st_sent_file {
    st_sent_file *next;
    char *id, *name, *mime;
    void *bytes; /* NULL: it has not come, or the session has it */
    size_t size;
    memo_digest digest;
    bool has_come;
};

static st_sent_file **find(st_files *files, const char *id)
{
    st_sent_file **at = &files->first;

    while (*at && strcmp((*at)->id, id) != 0)
        at = &(*at)->next;
    return at;
}

static void remove_at(st_files *files, st_sent_file **at)
{
    st_sent_file *removed = *at;

    *at = removed->next;
    files->count--;
    if (removed->has_come)
        files->bytes -= removed->size;
    free(removed->bytes);
    free(removed->id);
    free(removed->name);
    free(removed->mime);
    free(removed);
}

/* The place that was asked for longest ago, and that nothing has come to. */
static void forget_oldest(st_files *files)
{
    st_sent_file **oldest = NULL;

    for (st_sent_file **at = &files->first; *at; at = &(*at)->next) {
        if (!(*at)->has_come)
            oldest = at;
    }
    if (oldest)
        remove_at(files, oldest);
}

bool st_files_expect(st_files *files, const char *id)
{
    st_sent_file *expected;

    if (files->count >= MOST_FILES)
        forget_oldest(files);
    expected = files->count < MOST_FILES ? calloc(1, sizeof *expected) : NULL;
    if (!expected)
        return false;
    expected->id = strdup(id);
    if (!expected->id) {
        free(expected);
        return false;
    }
    expected->next = files->first;
    files->first = expected;
    files->count++;
    return true;
}

bool st_files_awaits(st_files *files, const char *id)
{
    const st_sent_file *awaited = *find(files, id);

    return awaited && !awaited->has_come;
}

st_status st_files_put(st_files *files, const char *id, const st_file *file,
                       uint64_t most_bytes)
{
    st_sent_file *put = *find(files, id);
    void *bytes = (void *)(uintptr_t)file->bytes;
    st_status status = ST_OK;

    if (!put || put->has_come)
        status = ST_NOT_FOUND;
    else if (file->size > most_bytes ||
             files->bytes + file->size > MOST_TIMES_LARGEST * most_bytes)
        status = ST_BAD_VALUE;
    if (status == ST_OK) {
        put->name = strdup(file->name);
        put->mime = strdup(file->mime);
        if (!put->name || !put->mime)
            status = ST_NO_MEMORY;
    }
    if (status != ST_OK) {
        free(bytes);
        return status;
    }
    put->bytes = bytes;
    put->size = file->size;
    put->has_come = true;
    files->bytes += file->size;
    return ST_OK;
}

st_status st_files_remove(st_files *files, const char *id)
{
    st_sent_file **at = find(files, id);

    if (!*at)
        return ST_NOT_FOUND;
    remove_at(files, at);
    return ST_OK;
}

bool st_files_find(st_file_facts *out, st_files *files, st_session *session,
                   const char *id)
{
    st_sent_file *found = *find(files, id);

    if (!found || !found->has_come)
        return false;
    if (found->bytes) {
        if (!st_upload_keep(session, found->bytes, found->size, &found->digest))
            return false;
        free(found->bytes);
        found->bytes = NULL;
    }
    *out =
        (st_file_facts){found->name, found->mime, found->digest, found->size};
    return st_upload_find(session, found->digest) != NULL;
}

void st_files_finish(st_files *files)
{
    while (files->first)
        remove_at(files, &files->first);
}
