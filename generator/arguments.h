/* arguments.h -- the arguments of a command line, response files read. */
#ifndef GEN_ARGUMENTS_H
#define GEN_ARGUMENTS_H

#include "arena.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct {
    const char **items; /* Owner: arena */
    size_t count;
} gen_arguments;

/* Append an argument. */
void gen_arguments_add(gen_arguments *to, gen_arena *arena, const char *text);

/* The arguments behind argv[0], each "@file" replaced by those in the file:
 * parted by white space, which quotes and backslashes protect; such files may
 * name others.
 * Errors: false and `*error` (owner: arena): a file that cannot be read, has
 * an open quote, or names itself.
 * Source: GCC manual, "Overall Options", @file. */
bool gen_arguments_expand(gen_arguments *out, gen_arena *arena, int argc,
                          char *const argv[], const char **error);

#endif
