#include "cache/sink.h"

#include "base/bytes.h"

#include <stdlib.h>

memo_sink memo_sink_growing(uint64_t limit)
{
    return (memo_sink){.limit = limit, .grows = true};
}

memo_sink memo_sink_folding(unsigned char *bytes, size_t capacity,
                            uint64_t limit)
{
    return (memo_sink){.bytes = bytes, .capacity = capacity, .limit = limit};
}

memo_sink memo_sink_discarding(unsigned char *bytes, size_t capacity)
{
    return (memo_sink){.bytes = bytes,
                       .capacity = capacity,
                       .limit = UINT64_MAX,
                       .discards = true};
}

static bool grow(memo_sink *sink, size_t size)
{
    size_t capacity = sink->capacity > 0 ? sink->capacity : 256;
    unsigned char *bytes;

    while (capacity - sink->size < size) {
        if (capacity > PTRDIFF_MAX / 2)
            return false;
        capacity *= 2;
    }
    bytes = realloc(sink->bytes, capacity);
    if (!bytes)
        return false;
    sink->bytes = bytes;
    sink->capacity = capacity;
    return true;
}

/* Each buffer is digested together with the digest of those before it. */
static void fold(memo_sink *sink)
{
    memo_digest digest;

    if (sink->discards) {
        sink->size = 0;
        return;
    }
    digest = memo_hash_bytes(sink->bytes, sink->size);
    memcpy(sink->bytes, &digest, sizeof digest);
    sink->size = sizeof digest;
    sink->is_folded = true;
}

static bool make_room(memo_sink *sink, size_t size)
{
    if (sink->capacity - sink->size >= size)
        return true;
    if (!sink->grows)
        fold(sink);
    else if (!grow(sink, size))
        sink->has_no_memory = true;
    return !sink->has_no_memory;
}

static bool count(memo_sink *sink, size_t size)
{
    if (memo_sink_is_full(sink))
        return false;
    sink->total += size;
    sink->is_over = sink->total < size || sink->total > sink->limit;
    return !sink->is_over;
}

unsigned char *memo_sink_take(memo_sink *sink, size_t size)
{
    unsigned char *taken;

    if (!count(sink, size) || !make_room(sink, size))
        return NULL;
    taken = sink->bytes + sink->size;
    sink->size += size;
    return taken;
}

/* How much a sink that folds takes is told by the size alone, so that equal
 * bytes are always cut at the same places. */
void memo_sink_put(memo_sink *sink, const void *bytes, size_t size)
{
    const unsigned char *from = bytes;

    if (!count(sink, size) || sink->discards)
        return;
    if (!sink->grows && size > sink->capacity) {
        memo_digest digest = memo_hash_bytes(bytes, size);

        if (make_room(sink, sizeof digest)) {
            memcpy(sink->bytes + sink->size, &digest, sizeof digest);
            sink->size += sizeof digest;
        }
        return;
    }
    while (size > 0) {
        size_t room, part;

        if (!make_room(sink, sink->grows ? size : 1))
            return;
        room = sink->capacity - sink->size;
        part = size < room ? size : room;
        memcpy(sink->bytes + sink->size, from, part);
        sink->size += part;
        from += part;
        size -= part;
    }
}

void memo_sink_put_length(memo_sink *sink, uint64_t length)
{
    unsigned char *at = memo_sink_take(sink, memo_length_bytes(length));

    if (at)
        memo_put_length(at, length);
}
