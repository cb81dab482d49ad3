/* diff.h -- the difference of two texts as a unified diff.  Pure. */
#ifndef GEN_DIFF_H
#define GEN_DIFF_H

#include "text.h"

#include <stddef.h>

/* Append the unified diff (3 lines of context, "--- a", "+++ b") that turns
 * `before` into `after`; nothing when they are equal.  patch(1) applies it. */
void gen_diff_append(gen_text *out, const char *before_name, const char *before,
                     size_t before_size, const char *after_name,
                     const char *after, size_t after_size);

#endif
