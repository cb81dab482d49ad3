/* slots.h -- which part of a cluster a key belongs to. */
#ifndef MEMO_REDIS_SLOTS_H
#define MEMO_REDIS_SLOTS_H

#include <stddef.h>
#include <stdint.h>

#define MEMO_REDIS_SLOTS 16384

/* CRC16 as XMODEM has it: polynomial 0x1021, from 0.
 * Source: Redis cluster specification, appendix A. */
uint16_t memo_redis_crc16(const void *bytes, size_t size);

/* The slot of a key: of the part between its first { and the next }, if that is
 * not empty, else of all of it. */
uint16_t memo_redis_slot(const char *key, size_t size);

#endif
