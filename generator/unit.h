/* unit.h -- one input file on its way through all passes.
 *
 * read → scan → parse → closure → check → generate; the passes know nothing of
 * each other, this file knows their order.
 */
#ifndef GEN_UNIT_H
#define GEN_UNIT_H

#include "annotation.h"
#include "diagnostic.h"
#include "generate.h"
#include "model.h"
#include "scan.h"
#include "source.h"
#include "text.h"

typedef struct {
    gen_arena *arena; /* owns all of the unit but `output` */
    gen_diagnostics diagnostics;
    const char *path;        /* as the user named it; for "-" a name for it */
    const char *output_path; /* NULL: the standard output */
    const char *const *flags;
    size_t flag_count;
    const char *const *outer_flags;
    size_t outer_flag_count;
    bool is_from_stdin;
    bool wants_candidates; /* --suggest */
    bool may_skip_parse;   /* what has no annotation needs no parse: --list */
    bool wants_build;      /* hashes are shown: ask what the flags change */

    gen_source_text text;
    gen_scan scan;
    gen_annotation **annotations; /* one a site */
    gen_file *file;
    gen_text output;
    const char *trouble; /* what kept the file from being read or written, for
                            exit code 2; NULL if nothing */
} gen_unit;

/* Prepare a unit; the caller fills in paths and flags. */
void gen_unit_init(gen_unit *unit, const gen_warning_setting *settings);

/* Read, parse and check the file.  Complaints go to unit->diagnostics. */
void gen_unit_read(gen_unit *unit);

/* Fill unit->output; only after a reading without errors. */
void gen_unit_generate(gen_unit *unit, const gen_template_set *templates,
                       bool no_line);

void gen_unit_finish(gen_unit *unit);

/* The hash of a function that --list shows: its closure in this file, the
 * options that change the result, and what the compiler flags change.
 * `text` takes 32 hex digits and a NUL. */
void gen_unit_source_hash(const gen_unit *unit, const gen_function *function,
                          char text[33]);

#endif
