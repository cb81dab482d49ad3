/* mutate.h -- make a C source a little different.
 *
 * Half of the changes keep a source valid (white space, comments, annotations,
 * attributes), so that all passes see work; the others break it.
 */
#ifndef MEMO_FUZZ_MUTATE_H
#define MEMO_FUZZ_MUTATE_H

#include "text.h"

#include <stdint.h>

/* Make `out` a changed copy of `text`; parts of `other` may come in.  `state`
 * is that of random.h. */
void mutate(uint64_t *state, gen_text *out, const gen_text *text,
            const gen_text *other);

#endif
