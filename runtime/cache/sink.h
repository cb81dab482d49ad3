/* sink.h -- where canonical bytes go when nobody knows how many will come.
 *
 * Either into memory that grows (values that are kept), or into a fixed buffer
 * that is folded into a 128-bit digest whenever it is full (keys).
 */
#ifndef MEMO_CACHE_SINK_H
#define MEMO_CACHE_SINK_H

#include "base/hash.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The smallest buffer that can be folded. */
#define MEMO_SINK_LEAST 256

typedef struct {
    unsigned char *bytes;
    size_t size, capacity;
    uint64_t total; /* bytes that came, whatever became of them */
    uint64_t limit; /* of total */
    bool grows;     /* `bytes` is from malloc() */
    bool is_folded; /* `bytes` begins with the digest of what came before */
    bool discards;  /* what came before is gone */
    bool is_over;   /* more than `limit` came; nothing more is taken */
    bool has_no_memory;
} memo_sink;

/* A sink whose memory grows, from nothing.
 * Owner: caller; free(sink.bytes). */
memo_sink memo_sink_growing(uint64_t limit);

/* A sink that folds.
 * Shape: capacity >= MEMO_SINK_LEAST. */
memo_sink memo_sink_folding(unsigned char *bytes, size_t capacity,
                            uint64_t limit);

/* A sink that keeps nothing: for a look at what would come.
 * Shape: capacity >= MEMO_SINK_LEAST. */
memo_sink memo_sink_discarding(unsigned char *bytes, size_t capacity);

/* Can nothing more be taken? */
static inline bool memo_sink_is_full(const memo_sink *sink)
{
    return sink->is_over || sink->has_no_memory;
}

/* Room for `size` bytes in one piece, to be filled at once; NULL when the sink
 * is full.
 * Shape: size <= MEMO_SINK_LEAST - 32 in a sink that does not grow. */
unsigned char *memo_sink_take(memo_sink *sink, size_t size);

/* Append bytes, any number.  A sink that folds takes the digest of what would
 * not fit into its whole buffer. */
void memo_sink_put(memo_sink *sink, const void *bytes, size_t size);

void memo_sink_put_length(memo_sink *sink, uint64_t length);

#endif
