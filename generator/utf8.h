/* utf8.h -- where the characters of a UTF-8 text begin and end.  Pure. */
#ifndef GEN_UTF8_H
#define GEN_UTF8_H

#include <stddef.h>

/* The bytes of the character that `text` begins with: 1 to 4, or 0 if the
 * bytes are no UTF-8 (surrogates and overlong forms are none) or `size` is 0.
 * Source: Unicode 15, table 3-7. */
size_t gen_utf8_size(const char *text, size_t size);

#endif
