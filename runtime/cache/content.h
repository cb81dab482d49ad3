/* content.h -- what is in a file, as a digest.
 *
 * It reads files and knows nothing else.
 */
#ifndef MEMO_CACHE_CONTENT_H
#define MEMO_CACHE_CONTENT_H

#include "base/hash.h"

/* Digest the bytes of a regular file, as memo_hash_bytes() does now.  Leaves
 * errno alone.
 * Errors: 0; EINVAL: it is no regular file, or it could not be read to its end;
 *         else why it cannot be opened, as errno has it. */
int memo_content_digest(memo_digest *out, const char *path);

#endif
