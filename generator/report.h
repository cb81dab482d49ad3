/* report.h -- what memogen tells about files without writing any.
 */
#ifndef GEN_REPORT_H
#define GEN_REPORT_H

#include "text.h"
#include "unit.h"

#include <stdbool.h>
#include <stddef.h>

/* Every memoized function: name, place, options, source hash.  As JSON an array
 * of {name, file, line, options, source_hash}. */
void gen_report_list(gen_text *out, gen_unit *units, size_t count,
                     bool as_json);

/* The functions that could take @memo as they are, and why the others could
 * not; units must have been read with wants_candidates. */
void gen_report_suggest(gen_text *out, gen_unit *units, size_t count,
                        bool as_json);

/* A patch that annotates them, for patch -p0. */
void gen_report_suggest_diff(gen_text *out, gen_unit *units, size_t count);

#endif
