/* source.h -- a C file becomes a model, by libclang.
 *
 * Only the files source*.c include libclang; what leaves them is plain data.
 */
#ifndef GEN_SOURCE_H
#define GEN_SOURCE_H

#include "arena.h"
#include "diagnostic.h"
#include "model.h"
#include "scan.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct {
    const gen_source_text *text;
    const char *const *flags; /* for the compiler, without the program's name */
    size_t flag_count;
    const char *const *outer_flags; /* the last of them: after the user's */
    size_t outer_flag_count;
    bool is_probe; /* source_probe.c's: of all warnings, one matters */
    const gen_scan *scan;
    gen_annotation **annotations; /* one a site; NULL: it had mistakes */
    bool wants_candidates;        /* fill gen_file.candidates */
    bool wants_all_closures; /* impurities of any function may be asked for */
    bool is_pass_through; /* no annotations: trouble is a note, not an error */
} gen_source_request;

/* Is what parsing needs installed?  libclang finds its own headers (stddef.h)
 * in a package of their own.
 * Errors: false, and `*error` (owner: arena) names the missing package. */
bool gen_source_is_usable(gen_arena *arena, const char **error);

/* The version of libclang, for --version.  Owner: arena. */
const char *gen_source_version(gen_arena *arena);

/* Parse a file and read what memogen needs to know of it.
 * Errors: complaints in `diagnostics`; the file is never NULL, and what it
 * holds is sound even then.
 * Threads: any number at once, with an arena and diagnostics each. */
gen_file *gen_source_read(gen_arena *arena, gen_diagnostics *diagnostics,
                          const gen_source_request *request);

/* Is this an annotation of a field or a type, not of a function? */
bool gen_source_is_type_site(const gen_annotation_site *site);

/* What the request's flags say that changes the meaning of code: the value that
 * the string `memo_build` has after compiling `probe`; "" if that fails.
 * Owner: arena. */
const char *gen_source_build(gen_arena *arena,
                             const gen_source_request *request,
                             const char *probe);

/* Ask the compiler for the types of the annotations' expressions, and whether
 * they mean anything where the function stands: fills `keys`, `hashes` of the
 * file's functions.  A second parse, made only if there is such an expression.
 * Errors: complaints at the expression. */
void gen_source_probe(gen_arena *arena, gen_diagnostics *diagnostics,
                      const gen_source_request *request, gen_file *file);

#endif
