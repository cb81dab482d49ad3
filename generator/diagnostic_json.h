/* diagnostic_json.h -- one complaint as a JSON object.  Pure. */
#ifndef GEN_DIAGNOSTIC_JSON_H
#define GEN_DIAGNOSTIC_JSON_H

#include "diagnostic.h"
#include "text.h"

/* Append {"severity", "id", "message", "file", "line", "column", "end_line",
 * "end_column", "fixes": [{"text", "file", …}], "notes": [{…}]}.
 * "id" is null for what is no warning.  Lines and columns count from 1, columns
 * in bytes; the end is the first place behind.  Without a place "file" is null
 * and lines and columns are left out. */
void gen_diagnostic_append_json(gen_text *out,
                                const gen_diagnostic *diagnostic);

#endif
