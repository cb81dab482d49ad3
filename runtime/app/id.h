/* id.h -- names that nobody can guess, of sessions and of files.
 */
#ifndef ST_APP_ID_H
#define ST_APP_ID_H

#include <stdbool.h>

/* 32 hex digits with their NUL. */
#define ST_ID_SIZE 33

/* Another one each time.
 * Errors: false: the system has no random numbers. */
bool st_id_make(char *out);

#endif
