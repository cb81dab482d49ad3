#include "redis/functions.h"

#include <stdlib.h>
#include <string.h>

/* What of memo_stored.reserved is whose. */
enum { KNOWN, VERSION };

static uint64_t pack(uint32_t version, uint64_t number)
{
    return (uint64_t)version << 32 | (number & 0xffffffffu);
}

static uint32_t version_of(const memo_stored *stored)
{
    return (uint32_t)__atomic_load_n(&stored->reserved[VERSION],
                                     __ATOMIC_SEQ_CST);
}

void memo_redis_functions_init(memo_redis_functions *out)
{
    memset(out, 0, sizeof *out);
    atomic_store(&out->all_version, 1);
}

void memo_redis_functions_finish(memo_redis_functions *functions)
{
    for (unsigned i = 0; i < MEMO_REDIS_BUCKETS; i++) {
        memo_redis_function *at = atomic_load(&functions->buckets[i]), *next;

        for (; at; at = next) {
            next = at->next;
            free(at);
        }
    }
}

bool memo_redis_functions_add(memo_redis_functions *functions,
                              memo_stored *stored)
{
    unsigned bucket = stored->id.low % MEMO_REDIS_BUCKETS;
    memo_redis_function *made;

    if (memo_redis_functions_find(functions, &stored->id) == stored)
        return true;
    made = malloc(sizeof *made);
    if (!made)
        return false;
    memo_redis_outdate(stored); /* of what an earlier store may have known */
    made->stored = stored;
    made->next = atomic_load(&functions->buckets[bucket]);
    atomic_store(&functions->buckets[bucket], made);
    return true;
}

memo_stored *memo_redis_functions_find(const memo_redis_functions *functions,
                                       const memo_name *id)
{
    const memo_redis_function *at =
        atomic_load(&functions->buckets[id->low % MEMO_REDIS_BUCKETS]);

    for (; at; at = at->next) {
        if (at->stored->id.low == id->low && at->stored->id.high == id->high)
            return at->stored;
    }
    return NULL;
}

const memo_redis_function *
memo_redis_functions_next(const memo_redis_functions *functions,
                          const memo_redis_function *from)
{
    const memo_redis_function *at = from ? from->next : NULL;
    unsigned bucket = from ? from->stored->id.low % MEMO_REDIS_BUCKETS + 1 : 0;

    for (; !at && bucket < MEMO_REDIS_BUCKETS; bucket++)
        at = atomic_load(&functions->buckets[bucket]);
    return at;
}

/* ---- generations --------------------------------------------------------- */

bool memo_redis_generation_get(uint64_t *out,
                               const memo_redis_functions *functions,
                               const memo_stored *stored)
{
    uint64_t own = __atomic_load_n(&stored->reserved[KNOWN], __ATOMIC_SEQ_CST);
    uint64_t all = atomic_load(&functions->all_known);
    memo_redis_versions now = memo_redis_versions_get(functions, stored);

    if (own >> 32 == now.own && all >> 32 == now.all) {
        *out = pack((uint32_t)all, own);
        return true;
    }
    *out = __atomic_load_n(&stored->generation, __ATOMIC_SEQ_CST);
    return false;
}

memo_redis_versions
memo_redis_versions_get(const memo_redis_functions *functions,
                        const memo_stored *stored)
{
    return (memo_redis_versions){
        version_of(stored), (uint32_t)atomic_load(&functions->all_version)};
}

uint64_t memo_redis_generation_of(memo_redis_counts counts)
{
    return pack((uint32_t)counts.all, counts.own);
}

void memo_redis_generation_set(memo_stored *stored, uint64_t generation)
{
    if (__atomic_load_n(&stored->generation, __ATOMIC_SEQ_CST) != generation)
        __atomic_store_n(&stored->generation, generation, __ATOMIC_SEQ_CST);
}

void memo_redis_generation_trust(memo_redis_functions *functions,
                                 memo_stored *stored, memo_redis_counts counts,
                                 memo_redis_versions before)
{
    __atomic_store_n(&stored->reserved[KNOWN], pack(before.own, counts.own),
                     __ATOMIC_SEQ_CST);
    atomic_store(&functions->all_known, pack(before.all, counts.all));
}

/* ---- changes ------------------------------------------------------------- */

void memo_redis_outdate(memo_stored *stored)
{
    __atomic_fetch_add(&stored->reserved[VERSION], 1, __ATOMIC_SEQ_CST);
}

void memo_redis_outdate_all(memo_redis_functions *functions)
{
    atomic_fetch_add(&functions->all_version, 1);
}

void memo_redis_outdate_everything(memo_redis_functions *functions)
{
    const memo_redis_function *at = NULL;

    memo_redis_outdate_all(functions);
    while ((at = memo_redis_functions_next(functions, at)) != NULL)
        memo_redis_outdate(at->stored);
}
