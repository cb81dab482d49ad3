/* report_json.h -- members of the JSON objects that reports are made of.
 *
 * Shared by report.c and explain.c.  `*has_some` says whether a member stands
 * before this one; it becomes true.
 */
#ifndef GEN_REPORT_JSON_H
#define GEN_REPORT_JSON_H

#include "diagnostic.h"
#include "text.h"

#include <stdbool.h>

/* Append "name": and let the caller append the value. */
void gen_report_key(gen_text *out, const char *name, bool *has_some);
void gen_report_string(gen_text *out, const char *name, const char *value,
                       bool *has_some);
void gen_report_number(gen_text *out, const char *name,
                       unsigned long long value, bool *has_some);
/* "file" and "line"; nothing for what stands in no file. */
void gen_report_place(gen_text *out, gen_span span, bool *has_some);

/* The line that a span begins in; 0 if it stands in no file. */
unsigned gen_report_line(gen_span span);

#endif
