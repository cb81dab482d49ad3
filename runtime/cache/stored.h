/* stored.h -- calls whose results persist: read on a miss, written behind.
 *
 * Memory comes first: what it has, no store is asked for.  What it has not is
 * looked for in the store before the body runs, and kept in memory, where the
 * store is a quick one when it is asked for again.  What a body computes is
 * given to the store's thread (stored_draft.h).
 *
 * A body may ask for things while it runs (memo/recorder.h).  Then the entry of
 * its inputs is a list of questions, and the answers lead to the next entry:
 *
 *     inputs ─▶ questions ─ answers ─▶ questions ─ answers ─▶ result
 */
#ifndef MEMO_CACHE_STORED_H
#define MEMO_CACHE_STORED_H

#include "cache/backend.h"
#include "cache/call.h"
#include "cache/framed.h"
#include "cache/stored_form.h"

#include <stdlib.h>

/* The place of a call in a store, as it was before its body ran. */
typedef struct memo_stored_call {
    memo_backend *backend;
    memo_stored *stored;
    uint64_t generation;
    memo_name digest; /* of the inputs */
    bool has_claim;   /* other processes wait for the result */
    bool has_asked;   /* there were questions */
    uint32_t key_size;
    unsigned char key[];
} memo_stored_call;

/* Did the function have another source before?  Says so once. */
static inline bool memo_stored_take_change(memo_stored_call *call)
{
    return __atomic_load_n(&call->stored->is_changed, __ATOMIC_RELAXED) &&
           __atomic_exchange_n(&call->stored->is_changed, 0, __ATOMIC_RELAXED);
}

/* Give back what is claimed.  Accepts NULL. */
void memo_stored_call_end(memo_stored_call *call);

/* Look a call up in its function's store.  When it is not found there, *out
 * says where it belongs, or is NULL: it cannot be stored now.
 * Owner: *out, memo_stored_call_end(). */
memo_finding memo_stored_find(memo_stored_call **out, memo_visit *visit,
                              memo_verification **verification);

/* The same where the function is attached. */
memo_finding memo_stored_look(memo_stored_call **out, memo_visit *visit,
                              memo_backend *backend, memo_stored *stored,
                              memo_verification **verification);

/* A function in its store, made at the first time; NULL: it has none, or there
 * is no memory for it. */
memo_stored *memo_stored_of(memo_backend **backend,
                            const struct memo_function *function,
                            memo_thread *self);

/* Forget what is stored of one call: of these arguments, or, of a function
 * whose keys are words (`arguments` NULL), of these. Errors: MEMO_STORE_LATE:
 * it is going to be. */
memo_status memo_stored_remove(struct memo_function *function,
                               const struct memo_argument *arguments,
                               memo_words words);

/* ---- what reading and writing share -------------------------------------- */

/* An entry's key and what it is found by. */
typedef struct {
    memo_name digest;
    const unsigned char *key;
    size_t size;
    unsigned char *own; /* free() it: NULL or `key` */
    bool is_derived;    /* from answers */
} memo_stored_place;

memo_name memo_stored_digest(const memo_backend *backend,
                             const memo_stored *stored, const void *key,
                             size_t size);

/* The key of a call as all processes build it: the visit's or `own`, which is
 * built anew where the visit's is `own`; words are their own bytes.  NULL: the
 * call cannot be stored. */
const memo_key *memo_stored_find_key(memo_key *own, const memo_visit *visit,
                                     const memo_backend *backend);

/* Values up to here, of functions whose keys are words, need no memory. */
#define MEMO_STORED_FEW 64

/* An entry that was loaded.  Its key is not copied.
 * Owner: memo_stored_loaded_finish(). */
typedef struct {
    memo_stored_entry entry; /* points at what follows */
    memo_entry *memory;      /* the key that memory has, and the value; or NULL:
                                the value is in `few` */
    unsigned char *recording; /* or NULL */
    memo_finding outcome;     /* MEMO_NOT_FOUND: it is not handed out yet */
    unsigned char few[MEMO_STORED_FEW];
} memo_stored_loaded;

/* Most have neither, and a call for nothing is a call. */
static inline void memo_stored_loaded_finish(memo_stored_loaded *loaded)
{
    if (!loaded->memory && !loaded->recording)
        return;
    free(loaded->memory);
    free(loaded->recording);
    loaded->memory = NULL;
    loaded->recording = NULL;
}

/* What becomes of a result. */
typedef enum {
    MEMO_STORED_COPIED, /* it is handed out later, and kept */
    MEMO_STORED_BRIEF   /* it is handed out at once where that is possible, and
                           not kept */
} memo_stored_use;

/* Load the entry of a place.  What is unsound, too old or another one's is not
 * there. */
memo_loading memo_stored_load(memo_stored_loaded *out, const memo_visit *visit,
                              memo_backend *backend, memo_stored *stored,
                              const memo_stored_place *place,
                              memo_stored_use use);

/* Go on from a place by the answers to these questions: those that a body has
 * got, and else those of now.  False: out of memory, or nobody answers. */
bool memo_stored_follow(memo_stored_place *place, const memo_backend *backend,
                        const memo_stored *stored, memo_framed questions,
                        const memo_drawn *drawn);

/* An entry is of no use: tell why, once, and have it removed. */
void memo_stored_discard(memo_backend *backend, memo_stored *stored,
                         const memo_name *digest, const char *problem);

#endif
