/* framed.h -- what bodies ask for and get, one behind the other.
 *
 * Each is a length, a 4-byte word in the order of the machine, and as many
 * bytes.  It does not know what a question is.
 */
#ifndef MEMO_CACHE_FRAMED_H
#define MEMO_CACHE_FRAMED_H

#include "cache/sink.h"
#include "memo/recorder.h"

/* One of them, its length included; or several. */
typedef struct {
    const unsigned char *at;
    memo_size size;
} memo_framed;

/* Take the first one off; false at the end, or where the bytes are cut. */
bool memo_framed_next(memo_framed *out, memo_framed *left);

bool memo_framed_equal(memo_framed a, memo_framed b);

/* The answer that a body has got to a question; false: it has not asked.
 * Shape: `drawn`: NULL: no body has run. */
bool memo_framed_answer(memo_framed *out, const memo_drawn *drawn,
                        memo_framed question);

void memo_framed_put(memo_sink *sink, const unsigned char *bytes,
                     memo_size size);

/* Append the answer that a question gets now.
 * Errors: false: out of memory. */
bool memo_framed_ask(memo_sink *sink, const struct memo_recorder *recorder,
                     memo_framed question);

#endif
