/* cache_options.h -- the words behind `memogen cache` as plain data.  Pure. */
#ifndef GEN_CACHE_OPTIONS_H
#define GEN_CACHE_OPTIONS_H

#include "arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

typedef enum {
    GEN_CACHE_LS, /* the default */
    GEN_CACHE_SHOW,
    GEN_CACHE_STATS,
    GEN_CACHE_CLEAR,
    GEN_CACHE_VERIFY,
    GEN_CACHE_PRUNE,
    GEN_CACHE_EXPORT,
    GEN_CACHE_IMPORT,
    GEN_CACHE_COMMANDS /* so many */
} gen_cache_command;

typedef struct {
    gen_cache_command command;
    bool is_named;          /* the command was on the command line */
    const char *operand;    /* a function, an entry or a file; NULL: none */
    const char *folder;     /* --dir */
    const char *redis;      /* --redis */
    const char *store;      /* --store: its name */
    uint64_t max_bytes;     /* --max-size; 0: none */
    uint64_t older_than_ns; /* --older-than; 0: none */
    bool as_json;           /* --json */
    bool is_long;           /* --long */
    bool wants_help;        /* --help */
} gen_cache_options;

/* Read the words; their texts stay the caller's.
 * Errors: false and `*error` (owner: arena): one sentence, "did you mean" where
 *         a word is near. */
bool gen_cache_options_parse(gen_cache_options *out, gen_arena *arena, int argc,
                             char *const argv[], const char **error);

/* The text of --help: of a command that was named, or of all. */
void gen_cache_options_print_help(FILE *file, const gen_cache_options *options);

/* The command of nearly this name; NULL: none is near. */
const char *gen_cache_nearest_command(const char *word);

#endif
