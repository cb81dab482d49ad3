/* drawings.h -- what the bodies of one function have drawn and asked for.
 *
 * Beside the table of results: recordings by the key of their result, and for
 * each set of arguments the list of inputs that bodies have asked for.  A
 * result is found by a key of its arguments and of the values that its inputs
 * have.  It does not know what a recording or an input is (memo/recorder.h).
 */
#ifndef MEMO_CACHE_DRAWINGS_H
#define MEMO_CACHE_DRAWINGS_H

#include "cache/table.h"
#include "memo/recorder.h"

/* Keys as those of a table: all of them, or a digest. */
typedef struct {
    uint64_t word0, word1;
} memo_words;

struct memo_drawing;
struct memo_inputs;

/* Of one function; with a lock, and else zero, it is empty. */
typedef struct memo_drawings {
    pthread_mutex_t *lock; /* of those of all functions */
    _Atomic bool is_used;  /* something was drawn, once; before there is nothing
                              and never was */
    struct memo_drawing **drawings;
    size_t drawing_mask, drawing_count;
    _Atomic uint64_t bytes; /* of recordings */
    struct memo_inputs **inputs;
    size_t inputs_mask, inputs_count;
    _Atomic uint64_t clearances; /* how often something was cleared on purpose;
                                    written under the lock */
    uint64_t last_serial;        /* of a list of inputs */
} memo_drawings;

/* Free all; it is not used again. */
void memo_drawings_finish(memo_drawings *drawings);

static inline bool memo_drawings_are_used(const memo_drawings *drawings)
{
    return atomic_load_explicit(&drawings->is_used, memory_order_acquire);
}

/* Keys under which the result for some arguments may be. */
#define MEMO_MOST_KEYS 8
typedef struct {
    unsigned count; /* at least 1 */
    memo_words keys[MEMO_MOST_KEYS];
} memo_keys;

/* The key of the result for these arguments and the answers that their inputs
 * get: those that a body has got, and else those of now.  It is that of the
 * arguments when nothing was asked for.  It comes first; then those that it
 * would have been before inputs came to be known: a body that had got the same
 * answers to fewer of them has asked for no more.
 * Shape:  `drawn`: NULL when no body has run.
 * Errors: false: out of memory. */
bool memo_drawings_locate(memo_keys *out, memo_drawings *drawings,
                          memo_words arguments,
                          const struct memo_recorder *recorder,
                          const memo_drawn *drawn);

/* Add what a body has asked for to the list of its arguments.
 * Errors: false: out of memory. */
bool memo_drawings_add_inputs(memo_drawings *drawings, memo_words arguments,
                              const memo_drawn *drawn);

uint64_t memo_drawings_clearances(memo_drawings *drawings);

/* Keep the recording of the result `value`: NULL for one that has drawn
 * nothing.  Takes nothing over.
 * Errors: false: something was cleared since `clearances`; out of memory. */
bool memo_drawings_keep(memo_drawings *drawings, memo_words key, uint64_t value,
                        memo_recording *recording, uint64_t clearances);

/* The recording of the result `value`, held; NULL: it has drawn nothing.
 * Errors: false: it is not known. */
bool memo_drawings_find(memo_recording **out, memo_drawings *drawings,
                        memo_words key, uint64_t value);

/* Drop recordings whose results are in the table no more, when there are many,
 * or too many bytes; all of them, when those left have too many bytes still.
 * In a section. */
void memo_drawings_sweep(memo_drawings *drawings, memo_table *table,
                         memo_u64 most_bytes);

/* Forget everything, or all results of these arguments. */
void memo_drawings_clear(memo_drawings *drawings);
void memo_drawings_clear_arguments(memo_drawings *drawings,
                                   memo_words arguments);

#endif
