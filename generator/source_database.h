/* source_database.h -- compiler flags out of compile_commands.json. */
#ifndef GEN_SOURCE_DATABASE_H
#define GEN_SOURCE_DATABASE_H

#include "arena.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct {
    const char **flags; /* Owner: arena */
    size_t count;
    bool
        is_guess; /* the database does not hold the file; these are another's */
} gen_database_flags;

/* The flags that `folder`/compile_commands.json has for a file, relative paths
 * made absolute; the compiler's name, the file itself, -c, -o and dependency
 * options are left out.
 * Errors: false and `*error` (owner: arena): no database there, nothing in it
 * that fits. */
bool gen_source_database(gen_arena *arena, gen_database_flags *out,
                         const char *folder, const char *path,
                         const char **error);

#endif
