/* files.h -- files that a browser sends, from when a place for them is asked
 * for to when a value of the session names them.
 *
 * Its user holds a lock.
 */
#ifndef ST_APP_FILES_H
#define ST_APP_FILES_H

#include "st/status.h"
#include "widgets/uploads.h"

typedef struct st_sent_file st_sent_file;

/* Zero has none. */
typedef struct {
    st_sent_file *first;
    size_t count;
    uint64_t bytes; /* of all that have come and are not removed */
} st_files;

/* A file of this id may come.  Of places that nothing has come to the oldest
 * one is forgotten when there are too many. Errors: false: out of memory, or
 * too many files have come. */
bool st_files_expect(st_files *files, const char *id);

/* May it come, and has not? */
bool st_files_awaits(st_files *files, const char *id);

/* It has come.  `file->bytes`, from malloc(), is taken over, also by errors.
 * Errors: ST_NOT_FOUND, ST_BAD_VALUE: it, or all together, are too large;
 *         ST_NO_MEMORY. */
st_status st_files_put(st_files *files, const char *id, const st_file *file,
                       uint64_t most_bytes);

/* Errors: ST_NOT_FOUND. */
st_status st_files_remove(st_files *files, const char *id);

/* What a value says of it; its content is the session's from now on.
 * Owner:  names are the files', until it is removed.
 * Errors: false: it is not here, or out of memory. */
bool st_files_find(st_file_facts *out, st_files *files, st_session *session,
                   const char *id);

void st_files_finish(st_files *files);

#endif
