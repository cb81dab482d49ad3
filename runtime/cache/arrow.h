/* arrow.h -- the content of Arrow's C data interface as canonical bytes.
 *
 *     memo_arrow_buffer buffer = {.limit = 64 << 20};
 *     memo_arrow_reason reason;
 *     if (memo_arrow_append(&buffer, &schema, &array, &reason)) ...
 *
 * Equal content has equal bytes, and from the bytes come fresh structs.  What
 * counts is what a consumer can tell apart: format, name, metadata and flags of
 * every schema; of an array its items from `offset` on.  What does not count:
 * offsets and their bases, padding, values of null items and whatever hangs
 * below these, items of children that no item names, a bitmap without nulls,
 * null_count, how the data of views is cut into buffers, the order of a list
 * view's items in its child, NULL for an empty name or empty metadata.
 *
 * Two things count as they are stored, though a consumer may not care: a
 * dictionary (its order, and entries that are not used), and where a run-end
 * encoded array cuts its values into runs.  At worst a call is computed again.
 *
 * Bounds: MEMO_ARROW_DEPTH, MEMO_ARROW_NODES; one array of 32-bit offsets, list
 * views or views has to fit into 2 GiB when what its items share is written for
 * each of them.  Numbers are in the byte order of the machine; the first byte
 * of the form says which.  Texts are not checked to be UTF-8.
 * Source: https://arrow.apache.org/docs/format/Columnar.html
 */
#ifndef MEMO_CACHE_ARROW_H
#define MEMO_CACHE_ARROW_H

#include "base/hash.h"
#include "memo/arrow.h"

#include <stdbool.h>
#include <stddef.h>

#define MEMO_ARROW_DEPTH 64        /* nested arrays, dictionaries included */
#define MEMO_ARROW_NODES (1 << 20) /* schemas in all */

typedef enum {
    MEMO_ARROW_MALFORMED, /* against the format, released, or nested too deep */
    MEMO_ARROW_TOO_LARGE, /* over a limit that was given, or over 2 GiB */
    MEMO_ARROW_NO_MEMORY
} memo_arrow_trouble;

/* Why something could not be done. */
typedef struct {
    memo_arrow_trouble trouble;
    char text[160]; /* one sentence for a person; no newline */
} memo_arrow_reason;

/* Is this a pair that can be read?  Looks at no more of the buffers than the
 * lengths of the array imply.
 * Shape:   `array` may be NULL: the schema alone.
 * Threads: any; allocates nothing.  The pair must not change meanwhile. */
bool memo_arrow_check(const struct ArrowSchema *schema,
                      const struct ArrowArray *array,
                      memo_arrow_reason *reason);

/* Where bytes go; returns false to stop. */
typedef struct memo_arrow_sink memo_arrow_sink;
struct memo_arrow_sink {
    bool (*write)(memo_arrow_sink *sink, const void *bytes, size_t size);
};

/* Check a pair, then send its canonical bytes piece by piece.
 * Shape:   as memo_arrow_check().
 * Errors:  what the check says, TOO_LARGE; a sink that stops is TOO_LARGE too.
 * Threads: any; allocates nothing, and needs about 12 KiB of stack, 40 where
 *          arrays are nested as deep as they may be. */
bool memo_arrow_write(memo_arrow_sink *sink, const struct ArrowSchema *schema,
                      const struct ArrowArray *array,
                      memo_arrow_reason *reason);

/* ---- where bytes go ------------------------------------------------------ */

/* A growing run of bytes; zero but for the limit at the start. */
typedef struct {
    unsigned char *bytes;
    size_t size, capacity;
    size_t limit; /* of `size` */
} memo_arrow_buffer;

/* Append the canonical bytes of a pair; on failure the size is as before.
 * Owner:  buffer->bytes is the caller's, to be freed, also after a failure.
 * Errors: as memo_arrow_write(), NO_MEMORY. */
bool memo_arrow_append(memo_arrow_buffer *buffer,
                       const struct ArrowSchema *schema,
                       const struct ArrowArray *array,
                       memo_arrow_reason *reason);

typedef struct {
    memo_digest digest; /* equal for equal bytes, in this process */
    size_t size;        /* of the canonical bytes */
    size_t limit;       /* of `size`: list views can say much in few bytes */
} memo_arrow_digest;

/* Digest the canonical bytes of a pair as they come, for keys.
 * Shape:   out->limit is given.
 * Threads: as memo_arrow_write(). */
bool memo_arrow_digest_pair(memo_arrow_digest *out,
                            const struct ArrowSchema *schema,
                            const struct ArrowArray *array,
                            memo_arrow_reason *reason);

/* ---- and back ------------------------------------------------------------ */

typedef struct {
    const unsigned char *bytes;
    size_t size;
    size_t budget; /* bytes that may be allocated */
} memo_arrow_source;

/* Make fresh structs from canonical bytes; returns the byte after them, or NULL
 * when these are none.  Trusts nothing; what it makes passes memo_arrow_check()
 * and is written as the same bytes again if memo_arrow_write() made them.
 * Shape:   buffers are aligned and padded to 64 bytes, offsets are 0,
 * null_count is given.  *array is released (release == NULL) when the bytes are
 *          those of a schema alone.
 * Owner:   both structs are the caller's; their release callbacks free all of
 *          it.  Children can be moved.  On failure both are released.
 * Errors:  MALFORMED, TOO_LARGE for the budget, NO_MEMORY.
 * Threads: any; what it made may be released in another one. */
const unsigned char *memo_arrow_decode(struct ArrowSchema *schema,
                                       struct ArrowArray *array,
                                       const memo_arrow_source *source,
                                       memo_arrow_reason *reason);

/* Release what is not yet released; NULL is none. */
void memo_arrow_release(struct ArrowSchema *schema, struct ArrowArray *array);

#endif
