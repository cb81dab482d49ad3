/* file.h -- the content of a file: the only place where pages read files. */
#ifndef ST_ELEMENTS_FILE_H
#define ST_ELEMENTS_FILE_H

#include "st/status.h"

#include <stddef.h>

/* Read a file as a whole.
 * Owner:  caller, free().
 * Errors: NULL: ST_NOT_FOUND: it cannot be read, or is none but a folder, a
 *         pipe, a device; ST_BAD_DATA: it has changed meanwhile; ST_NO_MEMORY.
 */
void *st_file_read(size_t *size, const char *path, st_failure *error);

#endif
