/* file.h -- whole files: read at once, and written so that nobody ever sees
 * half of one.
 *
 * Paths are names in an open folder.  All leave errno as it says.
 */
#ifndef MEMO_DISK_FILE_H
#define MEMO_DISK_FILE_H

#include <stdbool.h>
#include <stddef.h>

/* What is written aside has a name that begins so. */
#define MEMO_FILE_ASIDE "aside."

typedef struct {
    unsigned char *bytes; /* from malloc() */
    size_t size;
} memo_file_content;

/* Read a file of at most `most` bytes.
 * Errors: false: ENOENT and others; EFBIG; ENOMEM. */
bool memo_file_read(memo_file_content *out, int folder, const char *name,
                    size_t most);

/* Write a file aside, then give it its name; false: as it was. */
bool memo_file_write(int folder, const char *name, const void *bytes,
                     size_t size);

/* The same if there is none of that name yet; EEXIST: there is. */
bool memo_file_write_first(int folder, const char *name, const void *bytes,
                           size_t size);

#endif
