/* complaint.h -- what goes wrong, told to people once, with what to do. */
#ifndef MEMO_REDIS_COMPLAINT_H
#define MEMO_REDIS_COMPLAINT_H

#include "memo/store.h"
#include "redis/address.h"
#include "redis/reply.h"

#include <stdatomic.h>

typedef struct memo_redis_complaints {
    memo_store_host *host;
    _Atomic uint32_t told; /* kinds */
} memo_redis_complaints;

/* A server has answered with an error. */
void memo_redis_complain_of_reply(memo_redis_complaints *complaints,
                                  const memo_redis_seed *server,
                                  const memo_redis_reply *reply);

/* A server cannot be reached, or speaks another language. */
void memo_redis_complain_of_failure(memo_redis_complaints *complaints,
                                    const memo_redis_seed *server,
                                    const memo_redis_failure *failure);

/* A server does not tell of changes: `why`. */
void memo_redis_complain_of_deafness(memo_redis_complaints *complaints,
                                     const memo_redis_seed *server,
                                     const memo_redis_reply *why);

/* A setting is wrong; every time.  The cache says the same thing once. */
__attribute__((format(printf, 2, 3))) void
memo_redis_complain(memo_redis_complaints *complaints, const char *format, ...);

#endif
