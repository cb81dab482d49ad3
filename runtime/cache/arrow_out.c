#include "cache/arrow_out.h"

#include "cache/arrow_format.h"

void memo_arrow_out_begin(memo_arrow_out *out, memo_arrow_sink *sink,
                          memo_arrow_reason *reason)
{
    out->sink = sink;
    out->place.reason = reason;
    out->place.depth = 0;
    out->is_stopped = false;
    out->bits = 0;
    out->bit_count = 0;
    out->staged = 0;
}

/* ---- bytes --------------------------------------------------------------- */

void memo_arrow_stop(memo_arrow_out *out, const char *why)
{
    if (!out->is_stopped)
        memo_arrow_refuse(&out->place, MEMO_ARROW_TOO_LARGE, "%s", why);
    out->is_stopped = true;
}

static void send(memo_arrow_out *out, const void *bytes, size_t size)
{
    if (!out->is_stopped && !out->sink->write(out->sink, bytes, size))
        memo_arrow_stop(out, "there is more than the limit allows");
}

void memo_arrow_flush(memo_arrow_out *out)
{
    send(out, out->stage, out->staged);
    out->staged = 0;
}

void memo_arrow_put_beyond(memo_arrow_out *out, const void *bytes, size_t size)
{
    memo_arrow_flush(out);
    if (size > MEMO_ARROW_STAGE_BYTES / 2) {
        send(out, bytes, size);
        return;
    }
    memcpy(out->stage, bytes, size);
    out->staged = size;
}

void memo_arrow_put_zeros(memo_arrow_out *out, int64_t size)
{
    static const unsigned char zeros[MEMO_ARROW_STAGE_BYTES / 2];

    while (size > 0 && !out->is_stopped) {
        size_t part =
            size < (int64_t)sizeof zeros ? (size_t)size : sizeof zeros;

        memo_arrow_put(out, zeros, part);
        size -= (int64_t)part;
    }
}

void memo_arrow_put_byte(memo_arrow_out *out, int byte)
{
    unsigned char one = (unsigned char)byte;

    memo_arrow_put(out, &one, 1);
}

void memo_arrow_put_length(memo_arrow_out *out, size_t length)
{
    unsigned char bytes[MEMO_LENGTH_BYTES];

    memo_arrow_put(out, bytes,
                   (size_t)(memo_put_length(bytes, length) - bytes));
}

void memo_arrow_put_text(memo_arrow_out *out, const char *text, size_t length)
{
    memo_arrow_put_length(out, length);
    memo_arrow_put(out, text, length);
}

/* ---- bits ---------------------------------------------------------------- */

/* Up to as many bits as the byte that is being filled has room for. */
static void put_few_bits(memo_arrow_out *out, unsigned bits, unsigned count)
{
    out->bits |= (unsigned char)(bits << out->bit_count);
    out->bit_count += count;
    if (out->bit_count < 8)
        return;
    memo_arrow_put_byte(out, out->bits);
    out->bits = 0;
    out->bit_count = 0;
}

void memo_arrow_put_equal_bits(memo_arrow_out *out, bool bit, int64_t count)
{
    while (count > 0 && !out->is_stopped) {
        unsigned part = 8 - out->bit_count;

        if (part > count)
            part = (unsigned)count;
        put_few_bits(out, bit ? (1u << part) - 1 : 0, part);
        count -= part;
    }
}

void memo_arrow_put_bits(memo_arrow_out *out, const void *bitmap, int64_t at,
                         int64_t count)
{
    const unsigned char *bytes = bitmap;

    while (count > 0 && !out->is_stopped) {
        unsigned shift = (unsigned)(at & 7);
        unsigned room = 8 - (shift > out->bit_count ? shift : out->bit_count);
        unsigned part = room > count ? (unsigned)count : room;
        unsigned bits = (unsigned)bytes[at >> 3] >> shift;

        put_few_bits(out, bits & ((1u << part) - 1), part);
        at += part;
        count -= part;
    }
}

void memo_arrow_end_bits(memo_arrow_out *out)
{
    if (out->bit_count > 0)
        put_few_bits(out, 0, 8 - out->bit_count);
}
