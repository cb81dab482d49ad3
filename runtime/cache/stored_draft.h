/* stored_draft.h -- what a store is going to be told of a result. */
#ifndef MEMO_CACHE_STORED_DRAFT_H
#define MEMO_CACHE_STORED_DRAFT_H

#include "cache/stored.h"

typedef struct memo_stored_draft {
    memo_backend *backend;
    memo_job *questions, *result; /* NULL: nothing is to be stored */
    memo_stored *stored;
    memo_name digest; /* of the result */
    bool is_sent;
} memo_stored_draft;

/* Make it of a result that is about to be kept in memory; `value` has its
 * bytes.  What cannot be stored makes an empty one.
 * Threads: reads the store; not in a section. */
void memo_stored_draft_make(memo_stored_draft *out, const memo_visit *visit,
                            const memo_stored_call *call,
                            const unsigned char *value, size_t size);

/* Give it to the store, unless the result became outdated (`kept`). */
void memo_stored_draft_send(memo_stored_draft *draft, memo_reason kept);

/* It was cleared meanwhile: have it removed. */
void memo_stored_draft_recall(const memo_stored_draft *draft);

#endif
