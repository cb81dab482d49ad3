/* unknown_code.h -- code that a function reaches and whose source nobody knows.
 *
 * What memogen did not process counts by its name in the hash of a source.  For
 * libraries of the system that is enough; any other code may change under its
 * name, and be something else in another program.
 */
#ifndef MEMO_CACHE_UNKNOWN_CODE_H
#define MEMO_CACHE_UNKNOWN_CODE_H

#include "base/hash.h"
#include "memo/generated.h"

#include <stdbool.h>

/* Digest the files that such code of a function may be in: zero when there is
 * none.  Another build has another digest.
 * Errors: false: out of memory. */
bool memo_digest_unknown_code(memo_digest *out,
                              const struct memo_function *function);

#endif
