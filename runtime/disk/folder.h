/* folder.h -- where results are kept on disk.
 *
 * The folder is the user's own and nobody else may write to it, for whoever
 * writes there says what functions return.
 */
#ifndef MEMO_DISK_FOLDER_H
#define MEMO_DISK_FOLDER_H

#include <stdbool.h>
#include <stddef.h>

#define MEMO_PATH_SIZE 4096

/* The cache directory: `asked` if it is not NULL, else $MEMO_CACHE_DIR,
 * $XDG_CACHE_HOME/memogen or ~/.cache/memogen.
 * Shape:  `out` and `why` have MEMO_PATH_SIZE bytes.
 * Errors: false, and why: none can be told, or the path is too long. */
bool memo_folder_find(char *out, const char *asked, char *why);

/* Make a folder, and those around it, for this user alone, and check that it
 * is. Errors: false, and why, as a sentence. */
bool memo_folder_make(const char *path, char *why);

/* The same of a folder in another one; `out` is its path. */
bool memo_folder_make_in(char *out, const char *folder, const char *name,
                         char *why);

/* Does it lie on a file system of another machine, where memory maps of several
 * processes differ? */
bool memo_folder_is_remote(const char *path);

/* The same of a file system's number, as statfs() tells it. */
bool memo_folder_is_remote_type(unsigned long type);

/* Join a folder and a name.  False: too long. */
bool memo_folder_join(char *out, const char *folder, const char *name);

#endif
