/* address.h -- from the name of a server to a socket.
 *
 * Names are looked up beforehand, by threads that may wait for it; connecting
 * waits until a deadline and no longer.
 */
#ifndef MEMO_REDIS_ADDRESS_H
#define MEMO_REDIS_ADDRESS_H

#include "redis/url.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

#define MEMO_REDIS_SOCKETS 4

typedef struct memo_redis_address {
    memo_redis_seed seed; /* as it was told */
    unsigned count;       /* what it stands for; 0: not known yet */
    socklen_t sizes[MEMO_REDIS_SOCKETS];
    struct sockaddr_storage sockets[MEMO_REDIS_SOCKETS];
} memo_redis_address;

/* What went wrong, for people. */
typedef struct memo_redis_failure {
    char text[160];
    bool is_ours; /* not the server's */
} memo_redis_failure;

__attribute__((format(printf, 2, 3))) void
memo_redis_fail(memo_redis_failure *out, const char *format, ...);

/* Find out what a name stands for; false: nothing.  `is_patient`: a name
 * server may be asked, which takes as long as it takes. */
bool memo_redis_address_find(memo_redis_address *out,
                             const memo_redis_seed *seed, bool is_patient,
                             memo_redis_failure *failure);

/* What people call it: host:port, or a path. */
void memo_redis_address_put(char *out, size_t size,
                            const memo_redis_seed *seed);

/* Wait for events of a socket until a time of the monotonic clock; `cancel`, a
 * file or -1, ends it early by being readable.  False: nothing came. */
bool memo_redis_wait(int file, short events, int cancel, uint64_t until_ns);

/* A connected socket, which never blocks, or -1. */
int memo_redis_connect(const memo_redis_address *address, int cancel,
                       uint64_t until_ns, memo_redis_failure *failure);

#endif
