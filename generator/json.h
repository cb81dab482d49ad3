/* json.h -- values as JSON text.  Pure. */
#ifndef GEN_JSON_H
#define GEN_JSON_H

#include "text.h"

#include <stddef.h>

/* Append `size` bytes as a JSON string with its quotes; bytes that are no
 * UTF-8 become U+FFFD.
 * Source: RFC 8259. */
void gen_json_append(gen_text *out, const char *text, size_t size);

/* Append a NUL-terminated text as a JSON string; NULL becomes null. */
void gen_json_append_string(gen_text *out, const char *string);

#endif
