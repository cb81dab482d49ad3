/* bytes.h -- lengths and runs of bytes, written one after the other.
 *
 * A length takes one byte below 255, else 255 and eight more.  Writers have
 * been given room; readers trust nothing and say NULL.
 */
#ifndef MEMO_BASE_BYTES_H
#define MEMO_BASE_BYTES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define MEMO_LONG_LENGTH 255u
#define MEMO_LENGTH_BYTES 9 /* the most that a length takes */

/* Bytes that a length takes. */
static inline size_t memo_length_bytes(uint64_t length)
{
    return length < MEMO_LONG_LENGTH ? 1 : MEMO_LENGTH_BYTES;
}

/* Append a length; returns the byte after it. */
static inline unsigned char *memo_put_length(unsigned char *out,
                                             uint64_t length)
{
    if (length < MEMO_LONG_LENGTH) {
        *out = (unsigned char)length;
        return out + 1;
    }
    *out = MEMO_LONG_LENGTH;
    memcpy(out + 1, &length, sizeof length);
    return out + MEMO_LENGTH_BYTES;
}

/* Append bytes; returns the byte after them.
 * Shape: `bytes` may be NULL when size is 0. */
static inline unsigned char *memo_put_bytes(unsigned char *out,
                                            const void *bytes, size_t size)
{
    if (size > 0)
        memcpy(out, bytes, size);
    return out + size;
}

/* Read a length in [at, end); returns the byte after it, or NULL if it does
 * not end there or is not what memo_put_length() writes. */
static inline const unsigned char *memo_get_length(uint64_t *out,
                                                   const unsigned char *at,
                                                   const unsigned char *end)
{
    if (at >= end)
        return NULL;
    if (*at < MEMO_LONG_LENGTH) {
        *out = *at;
        return at + 1;
    }
    if (end - at < MEMO_LENGTH_BYTES)
        return NULL;
    memcpy(out, at + 1, sizeof *out);
    return *out < MEMO_LONG_LENGTH ? NULL : at + MEMO_LENGTH_BYTES;
}

#endif
