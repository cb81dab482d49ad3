/* stored_redis.c -- the same on a server: with memory that keeps one result,
 * and with memory that keeps what nobody has changed. */
#include "stored.h"

static struct small make(int key)
{
    struct small small;

    for (int i = 0; i < SMALL_COUNT; i++)
        small.values[i] = key + (double)i;
    return small;
}

// @memo(persist="redis", max_entries=1)
struct small redis_small(int key)
{
    return make(key);
}

// @memo(persist="redis")
struct small redis_kept(int key)
{
    return make(key);
}
