/* options.h -- the command line as plain data.
 *
 * One table drives parsing and --help.  Reads response files, nothing else.
 */
#ifndef GEN_OPTIONS_H
#define GEN_OPTIONS_H

#include "arena.h"
#include "diagnostic.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

typedef enum {
    GEN_MODE_GENERATE, /* the default */
    GEN_MODE_CHECK,    /* --check: exit 1 if an output is stale */
    GEN_MODE_DIFF,     /* --diff: what generating would change in the outputs */
    GEN_MODE_LIST,     /* --list */
    GEN_MODE_EXPLAIN,  /* --explain FUNCTION */
    GEN_MODE_SUGGEST,  /* --suggest; with --diff as a patch */
    GEN_MODE_VERSION,
    GEN_MODE_HELP
} gen_mode;

typedef struct {
    const char **inputs; /* "-" is the standard input.  Owner: arena */
    size_t input_count;
    const char **flags; /* for the compiler's parser, in order.  Owner: arena */
    size_t flag_count;
    const char *output;            /* -o; NULL: memogen-out */
    const char *explain;           /* --explain: the function's name */
    const char *database;          /* -p: the folder of compile_commands.json */
    const char *dependency_file;   /* -MF; NULL: the output's name with .d */
    const char *dependency_target; /* -MT; NULL: the output's name */
    const char *templates;         /* --templates; NULL: the built-in ones */
    const gen_warning_setting *warnings; /* -W… */
    gen_mode mode;
    gen_color color;
    unsigned jobs;            /* -j; 0: as many as there are processors */
    bool to_stdout;           /* --stdout */
    bool as_diff;             /* --suggest --diff */
    bool as_json;             /* --json */
    bool as_dot;              /* --explain --dot */
    bool writes_dependencies; /* -MD */
    bool has_phony_targets;   /* -MP */
    bool no_line;             /* --no-line */
    bool is_quiet;            /* -q */
} gen_options;

/* Read the command line, its response files included.  argv[0] is skipped.
 * Owner of all texts: arena, and argv.
 * Errors: false and `*error` (owner: arena): one sentence, "did you mean" where
 * an option is near.  Options that exclude each other, that lack another, or
 * that would be without effect in the mode are errors too. */
bool gen_options_parse(gen_options *out, gen_arena *arena, int argc,
                       char *const argv[], const char **error);

/* The text of --help, made from the table. */
void gen_options_print_help(FILE *file);

#endif
