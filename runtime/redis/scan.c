/* scan.c -- over all names of entries, on all servers, in small steps. */
#include "redis/parts.h"

#include <stdio.h>
#include <string.h>

#define NAMES_AT_ONCE "512"

void memo_redis_scan_begin(memo_redis_scan *out, memo_redis_store *store)
{
    memset(out, 0, sizeof *out);
    out->node_count = memo_redis_cluster_owners(&store->cluster, out->nodes);
}

/* A server that does not answer is passed over. */
static void go_on(memo_redis_scan *scan, uint64_t cursor)
{
    scan->cursor = ++scan->steps < MEMO_REDIS_MOST_STEPS ? cursor : 0;
    if (scan->cursor != 0)
        return;
    scan->steps = 0;
    scan->node++;
}

memo_redis_reply *memo_redis_scan_next(memo_redis_scan *scan,
                                       memo_redis_store *store)
{
    memo_redis_asking how = memo_redis_patiently(store);
    char cursor[24], pattern[MEMO_REDIS_PREFIX_BYTES + 8];
    memo_redis_request request;
    uint64_t next = 0;

    snprintf(cursor, sizeof cursor, "%llu", (unsigned long long)scan->cursor);
    snprintf(pattern, sizeof pattern, "%s:{*", store->prefix);
    memo_redis_request_make(&request, "SCAN", NULL);
    memo_redis_add(&request, cursor);
    memo_redis_add(&request, "MATCH");
    memo_redis_add(&request, pattern);
    memo_redis_add(&request, "COUNT");
    memo_redis_add(&request, NAMES_AT_ONCE);
    request.node = scan->nodes[scan->node];
    memo_redis_ask(&store->cluster, &request, 1, &how);
    if (memo_redis_reply_kind(request.reply) == MEMO_REDIS_ERROR)
        memo_redis_cluster_complain(&store->cluster, &request);
    if (!memo_redis_reply_number(&next,
                                 memo_redis_reply_at(request.reply, 0)) ||
        memo_redis_reply_kind(memo_redis_reply_at(request.reply, 1)) !=
            MEMO_REDIS_LIST)
        memo_redis_request_free(&request);
    go_on(scan, next);
    return request.reply;
}
