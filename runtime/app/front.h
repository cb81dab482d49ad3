/* front.h -- the files of the front end, as its build step has left them.
 */
#ifndef ST_APP_FRONT_H
#define ST_APP_FRONT_H

#include "app/reply.h"
#include "st/status.h"

/* Where it is: `wanted`, $MEMO_FRONT_DIR, where it was installed, where it was
 * built; the first one of these that is said, or is there.
 * Owner:  the caller's, the environment's or the library's text.
 * Errors: ST_NOT_FOUND: it is not there, or is another version's; `error` says
 *         what to run. */
st_status st_front_find(const char **out, const char *wanted,
                        st_failure *error);

/* A file of it; `name` is relative: "vendor/a.js".
 * Errors: false: there is no such file. */
bool st_front_reply(st_reply *out, const char *folder, const char *name,
                    const char *encodings);

#endif
