/* output.h -- write a file whole or not at all, and only if it changed.
 *
 * The only file that writes the user's files.
 */
#ifndef GEN_OUTPUT_H
#define GEN_OUTPUT_H

#include "arena.h"

#include <stdbool.h>
#include <stddef.h>

typedef enum {
    GEN_OUTPUT_UNCHANGED, /* the file already says this; its times stay */
    GEN_OUTPUT_WRITTEN,
    GEN_OUTPUT_FAILED
} gen_output_result;

/* Write through a temporary file in the same folder, renamed at the end; makes
 * missing folders; keeps the mode of a file that it replaces; follows a link to
 * its target; what is no regular file (a pipe, a device) is written into.  A
 * killed memogen leaves the old file or the new one (a temporary may stay: its
 * name begins with "." and ends with ".memogen-tmp", and the next run over the
 * same file removes those older than a minute). Errors: GEN_OUTPUT_FAILED and
 * `*error` (owner: arena): what, where, why. */
gen_output_result gen_output_write(gen_arena *arena, const char *path,
                                   const char *text, size_t size,
                                   const char **error);

/* Read a whole file ("-": standard input).  Owner: arena.
 * Errors: NULL and `*error`. A folder, an unreadable file and one of over
 * 1 GiB are errors. */
char *gen_output_read(gen_arena *arena, const char *path, size_t *size,
                      const char **error);

/* Does the file say just this? */
bool gen_output_is_current(const char *path, const char *text, size_t size);

/* The text of a make-style depfile: "target: dep1 \\\n dep2 …", blanks, '#'
 * and '$' escaped as gcc does; with `phony` an empty rule for each dep but the
 * first, as -MP.  Owner: arena. */
const char *gen_output_depfile(gen_arena *arena, const char *target,
                               const char *const *dependencies, size_t count,
                               bool phony);

#endif
