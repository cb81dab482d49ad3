/* text.h -- a text that grows.
 *
 * Always NUL-terminated, may hold NUL bytes.  It knows nothing of C.
 */
#ifndef GEN_TEXT_H
#define GEN_TEXT_H

#include <stdarg.h>
#include <stddef.h>

typedef struct {
    char *data;      /* NUL-terminated; NULL while nothing was appended */
    size_t size;     /* bytes, without the NUL */
    size_t capacity; /* bytes allocated */
} gen_text;          /* {0} is an empty text */

void gen_text_append(gen_text *text, const char *bytes, size_t size);
void gen_text_append_string(gen_text *text, const char *string);
void gen_text_append_char(gen_text *text, char byte);
void gen_text_append_format(gen_text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Release what the text holds and make it empty. */
void gen_text_finish(gen_text *text);

#endif
