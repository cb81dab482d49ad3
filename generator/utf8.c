/* utf8.c -- where the characters of a UTF-8 text begin and end. */
#include "utf8.h"

/* The well-formed sequences by their first byte; the bytes after the second
 * are always 80..BF. */
static const struct {
    unsigned char first_low, first_high, second_low, second_high;
    unsigned char size;
} sequences[] = {
    {0x00, 0x7f, 0, 0, 1},       {0xc2, 0xdf, 0x80, 0xbf, 2},
    {0xe0, 0xe0, 0xa0, 0xbf, 3}, {0xe1, 0xec, 0x80, 0xbf, 3},
    {0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3},
    {0xf0, 0xf0, 0x90, 0xbf, 4}, {0xf1, 0xf3, 0x80, 0xbf, 4},
    {0xf4, 0xf4, 0x80, 0x8f, 4},
};

static size_t match(const unsigned char *bytes, size_t size, size_t row)
{
    if (bytes[0] < sequences[row].first_low ||
        bytes[0] > sequences[row].first_high || size < sequences[row].size)
        return 0;
    for (size_t i = 1; i < sequences[row].size; i++) {
        unsigned char low = i == 1 ? sequences[row].second_low : 0x80;
        unsigned char high = i == 1 ? sequences[row].second_high : 0xbf;
        if (bytes[i] < low || bytes[i] > high)
            return 0;
    }
    return sequences[row].size;
}

size_t gen_utf8_size(const char *text, size_t size)
{
    if (size == 0)
        return 0;
    for (size_t row = 0; row < sizeof sequences / sizeof *sequences; row++) {
        size_t found = match((const unsigned char *)text, size, row);
        if (found != 0)
            return found;
    }
    return 0;
}
