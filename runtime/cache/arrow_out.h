/* arrow_out.h -- numbers, texts and bits on their way to a sink.
 *
 * Small things are collected before they are sent; large ones go as they are.
 * Once stopped, nothing more is sent.  It does not know what is written.
 */
#ifndef MEMO_CACHE_ARROW_OUT_H
#define MEMO_CACHE_ARROW_OUT_H

#include "base/bytes.h"
#include "cache/arrow_parts.h"

#define MEMO_ARROW_STAGE_BYTES 512

typedef struct {
    memo_arrow_sink *sink;
    memo_arrow_place place; /* for the reason why it stopped */
    bool is_stopped;
    unsigned char bits; /* of a bitmap, not yet written */
    unsigned bit_count;
    size_t staged;
    unsigned char stage[MEMO_ARROW_STAGE_BYTES];
} memo_arrow_out;

/* Begin at the outermost array; end with memo_arrow_flush(). */
void memo_arrow_out_begin(memo_arrow_out *out, memo_arrow_sink *sink,
                          memo_arrow_reason *reason);
void memo_arrow_flush(memo_arrow_out *out);

/* Send nothing any more, because it is too large. */
void memo_arrow_stop(memo_arrow_out *out, const char *why);

/* For what does not fit behind what is staged. */
void memo_arrow_put_beyond(memo_arrow_out *out, const void *bytes, size_t size);

/* Inlined, for most of what is put is a number. */
static inline void memo_arrow_put(memo_arrow_out *out, const void *bytes,
                                  size_t size)
{
    if (size > MEMO_ARROW_STAGE_BYTES - out->staged) {
        memo_arrow_put_beyond(out, bytes, size);
        return;
    }
    memo_put_bytes(out->stage + out->staged, bytes, size);
    out->staged += size;
}

/* A number of 2, 4 or 8 bytes. */
static inline void memo_arrow_put_number(memo_arrow_out *out, int64_t number,
                                         int64_t width)
{
    int32_t middle = (int32_t)number;
    int16_t narrow = (int16_t)number;

    if (width == sizeof middle)
        memo_arrow_put(out, &middle, sizeof middle);
    else if (width == sizeof number)
        memo_arrow_put(out, &number, sizeof number);
    else
        memo_arrow_put(out, &narrow, sizeof narrow);
}

void memo_arrow_put_zeros(memo_arrow_out *out, int64_t size);
void memo_arrow_put_byte(memo_arrow_out *out, int byte);
void memo_arrow_put_length(memo_arrow_out *out, size_t length);
void memo_arrow_put_text(memo_arrow_out *out, const char *text, size_t length);

/* Bits follow each other until they are ended, which fills the last byte. */
void memo_arrow_put_equal_bits(memo_arrow_out *out, bool bit, int64_t count);
void memo_arrow_put_bits(memo_arrow_out *out, const void *bitmap, int64_t at,
                         int64_t count);
void memo_arrow_end_bits(memo_arrow_out *out);

#endif
