/* url.h -- where a Redis server is, as text.
 *
 *     redis://[user:password@]host[:port][,host[:port]...][/database]
 *     unix://[user:password@]/path[?db=database]
 *
 * Several hosts are nodes of one cluster, any of which may be asked first.  In
 * user and password %XX is a byte.  It knows neither sockets nor environment.
 */
#ifndef MEMO_REDIS_URL_H
#define MEMO_REDIS_URL_H

#include <stdbool.h>
#include <stdint.h>

#define MEMO_REDIS_SEEDS 8
#define MEMO_REDIS_HOST_BYTES 256 /* also of a path */
#define MEMO_REDIS_DEFAULT_PORT 6379

typedef struct memo_redis_seed {
    char host[MEMO_REDIS_HOST_BYTES]; /* or the path, which begins with '/' */
    uint16_t port;                    /* 0: it is a path */
} memo_redis_seed;

typedef struct memo_redis_url {
    char user[256], password[512]; /* "" = none */
    unsigned database;
    unsigned seed_count;
    memo_redis_seed seeds[MEMO_REDIS_SEEDS];
} memo_redis_url;

/* Read a URL; NULL when it is well formed, else what was expected at `*at`, a
 * part of `text`. */
const char *memo_redis_url_parse(memo_redis_url *out, const char *text,
                                 const char **at);

#endif
