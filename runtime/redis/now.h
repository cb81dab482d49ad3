/* now.h -- what time it is. */
#ifndef MEMO_REDIS_NOW_H
#define MEMO_REDIS_NOW_H

#include <stdint.h>
#include <time.h>

#define MEMO_REDIS_SECOND 1000000000u /* ns */

static inline uint64_t memo_redis_clock(clockid_t clock)
{
    struct timespec now;

    clock_gettime(clock, &now);
    return (uint64_t)now.tv_sec * MEMO_REDIS_SECOND + (uint64_t)now.tv_nsec;
}

/* Never goes back. */
static inline uint64_t memo_redis_now(void)
{
    return memo_redis_clock(CLOCK_MONOTONIC);
}

/* Since 1970. */
static inline uint64_t memo_redis_wall_now(void)
{
    return memo_redis_clock(CLOCK_REALTIME);
}

#endif
