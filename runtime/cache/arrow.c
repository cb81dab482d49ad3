#include "cache/arrow_parts.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- places and complaints ----------------------------------------------- */

static size_t describe(char *out, size_t room, const memo_arrow_place *place)
{
    size_t length = 0;

    if (place->depth == 0)
        return (size_t)snprintf(out, room, "the array: ");
    for (unsigned i = 0; i < place->depth && length + 32 < room; i++) {
        const char *before = i == 0 ? "child " : ".";

        if (place->steps[i] == MEMO_ARROW_OF_DICTIONARY)
            length += (size_t)snprintf(out + length, room - length,
                                       "%sdictionary", i == 0 ? "" : ".");
        else
            length += (size_t)snprintf(out + length, room - length, "%s%lld",
                                       before, (long long)place->steps[i]);
    }
    return length + (size_t)snprintf(out + length, room - length, ": ");
}

bool memo_arrow_refuse(const memo_arrow_place *place,
                       memo_arrow_trouble trouble, const char *format, ...)
{
    memo_arrow_reason *reason = place->reason;
    va_list arguments;
    size_t length;

    if (!reason)
        return false;
    reason->trouble = trouble;
    /* Half of the room is for what is wrong. */
    length = describe(reason->text, sizeof reason->text / 2, place);
    va_start(arguments, format);
    vsnprintf(reason->text + length, sizeof reason->text - length, format,
              arguments);
    va_end(arguments);
    return false;
}

bool memo_arrow_enter(memo_arrow_place *place, int64_t step)
{
    if (place->depth + 1 >= MEMO_ARROW_DEPTH)
        return MEMO_ARROW_BAD(place, "it is nested deeper than %d",
                              MEMO_ARROW_DEPTH);
    place->steps[place->depth++] = step;
    return true;
}

void memo_arrow_leave(memo_arrow_place *place)
{
    place->depth--;
}

/* One key or value; returns the bytes up to its end, or -1. */
static int64_t skip_metadata(const char *metadata, int64_t at, int64_t room)
{
    int32_t length;

    if (room - at < (int64_t)sizeof length)
        return -1;
    memcpy(&length, metadata + at, sizeof length);
    at += (int64_t)sizeof length;
    return length < 0 || length > room - at ? -1 : at + length;
}

int64_t memo_arrow_metadata_bytes(const char *metadata, int64_t room)
{
    int64_t at = sizeof(int32_t);
    int32_t pairs;

    if (!metadata)
        return 0;
    if (room < at)
        return -1;
    memcpy(&pairs, metadata, sizeof pairs);
    if (pairs == 0)
        return 0;
    if (pairs < 0)
        return -1;
    for (int64_t left = 2 * (int64_t)pairs; left > 0 && at >= 0; left--)
        at = skip_metadata(metadata, at, room);
    return at;
}

void memo_arrow_release(struct ArrowSchema *schema, struct ArrowArray *array)
{
    if (array && array->release)
        array->release(array);
    if (schema && schema->release)
        schema->release(schema);
}

/* ---- a growing buffer ---------------------------------------------------- */

struct appender {
    memo_arrow_sink sink;
    memo_arrow_buffer *buffer;
    bool is_out_of_memory;
};

static bool reserve(memo_arrow_buffer *buffer, size_t size)
{
    size_t capacity = buffer->capacity * 2;
    unsigned char *bytes;

    if (size <= buffer->capacity)
        return true;
    if (capacity < size)
        capacity = size;
    if (capacity < 256)
        capacity = 256;
    bytes = realloc(buffer->bytes, capacity);
    if (!bytes)
        return false;
    buffer->bytes = bytes;
    buffer->capacity = capacity;
    return true;
}

static bool append(memo_arrow_sink *sink, const void *bytes, size_t size)
{
    struct appender *to = (struct appender *)sink;
    memo_arrow_buffer *buffer = to->buffer;

    if (buffer->size > buffer->limit || size > buffer->limit - buffer->size)
        return false;
    if (size == 0)
        return true;
    if (!reserve(buffer, buffer->size + size)) {
        to->is_out_of_memory = true;
        return false;
    }
    memcpy(buffer->bytes + buffer->size, bytes, size);
    buffer->size += size;
    return true;
}

bool memo_arrow_append(memo_arrow_buffer *buffer,
                       const struct ArrowSchema *schema,
                       const struct ArrowArray *array,
                       memo_arrow_reason *reason)
{
    struct appender to = {{append}, buffer, false};
    size_t before = buffer->size;

    if (memo_arrow_write(&to.sink, schema, array, reason))
        return true;
    buffer->size = before;
    if (to.is_out_of_memory && reason) {
        reason->trouble = MEMO_ARROW_NO_MEMORY;
        snprintf(reason->text, sizeof reason->text, "out of memory");
    }
    return false;
}

/* ---- a digest ------------------------------------------------------------ */

enum { DIGEST_BYTES = sizeof(memo_digest), PIECE_BYTES = 4096 };

/* Each piece is digested together with the digest of those before it. */
struct digester {
    memo_arrow_sink sink;
    memo_arrow_digest *out;
    size_t filled; /* of the piece */
    unsigned char piece[DIGEST_BYTES + PIECE_BYTES];
};

static void end_piece(struct digester *to)
{
    memcpy(to->piece, &to->out->digest, DIGEST_BYTES);
    to->out->digest = memo_hash_bytes(to->piece, DIGEST_BYTES + to->filled);
    to->filled = 0;
}

static bool digest(memo_arrow_sink *sink, const void *bytes, size_t size)
{
    struct digester *to = (struct digester *)sink;
    const unsigned char *from = bytes;

    if (size > to->out->limit - to->out->size)
        return false;
    to->out->size += size;
    while (size > 0) {
        size_t part = PIECE_BYTES - to->filled;

        if (part > size)
            part = size;
        memcpy(to->piece + DIGEST_BYTES + to->filled, from, part);
        to->filled += part;
        from += part;
        size -= part;
        if (to->filled == PIECE_BYTES)
            end_piece(to);
    }
    return true;
}

bool memo_arrow_digest_pair(memo_arrow_digest *out,
                            const struct ArrowSchema *schema,
                            const struct ArrowArray *array,
                            memo_arrow_reason *reason)
{
    struct digester to;

    to.sink.write = digest;
    to.out = out;
    to.filled = 0;
    out->digest = (memo_digest){0, 0};
    out->size = 0;
    if (!memo_arrow_write(&to.sink, schema, array, reason))
        return false;
    end_piece(&to);
    return true;
}
