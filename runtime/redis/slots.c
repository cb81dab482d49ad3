#include "redis/slots.h"

#include <string.h>

/* Remainders of the 16 values of four bits. */
static const uint16_t remainders[16] = {
    0x0000, 0x1021, 0x2042, 0x3063, 0x4084, 0x50a5, 0x60c6, 0x70e7,
    0x8108, 0x9129, 0xa14a, 0xb16b, 0xc18c, 0xd1ad, 0xe1ce, 0xf1ef};

static unsigned add_bits(unsigned crc, unsigned bits)
{
    return (crc << 4 & 0xffffu) ^ remainders[(crc >> 12 ^ bits) & 15u];
}

uint16_t memo_redis_crc16(const void *bytes, size_t size)
{
    const unsigned char *at = bytes;
    unsigned crc = 0;

    for (size_t i = 0; i < size; i++)
        crc = add_bits(add_bits(crc, at[i] >> 4u), at[i] & 15u);
    return (uint16_t)crc;
}

uint16_t memo_redis_slot(const char *key, size_t size)
{
    const char *begin = size ? memchr(key, '{', size) : NULL, *end = NULL;

    if (begin) {
        begin++;
        end = memchr(begin, '}', size - (size_t)(begin - key));
    }
    if (end && end > begin) {
        key = begin;
        size = (size_t)(end - begin);
    }
    return memo_redis_crc16(key, size) % MEMO_REDIS_SLOTS;
}
