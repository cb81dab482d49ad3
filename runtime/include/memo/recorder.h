/* memo/recorder.h -- what the body of a memoized function does besides
 * computing, for who draws pages.
 *
 * The cache asks one recorder, once it is there: what has this body drawn, and
 * what has it asked for?  It keeps the answer beside the result, and on a hit
 * has it drawn again.  What a body asked for while it ran, the value of a
 * widget, is an input that the arguments do not show: the cache keeps a list of
 * such inputs for each set of arguments, and a result for each combination of
 * their values.
 *
 * The cache knows neither what is drawn nor what an input is: both are bytes.
 */
#ifndef MEMO_RECORDER_H
#define MEMO_RECORDER_H

#include "memo/generated.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- recordings ---------------------------------------------------------- */

/* What a body has drawn, as bytes that never change; shared by counting. */
typedef struct memo_recording memo_recording;

/* Room for `size` bytes, to be filled before others see it.
 * Owner:  caller, memo_recording_drop().
 * Errors: NULL: out of memory. */
memo_recording *memo_recording_make(memo_size size);

/* Its bytes.  Owner: the recording. */
unsigned char *memo_recording_bytes(memo_recording *recording, memo_size *size);

/* One more owner, one less.  Threads: any. */
void memo_recording_hold(memo_recording *recording);
void memo_recording_drop(memo_recording *recording); /* NULL is accepted */

/* ---- the recorder -------------------------------------------------------- */

/* A body that is about to run on this thread. */
typedef struct memo_body {
    const struct memo_function *function;
    const void *frame, *call; /* of its wrapper, on the stack */
    int is_muted; /* it runs to be compared: nothing is to be seen */
} memo_body;

/* What has become of it. */
typedef struct memo_drawn {
    memo_recording *recording; /* NULL: it has drawn nothing */
    /* What it asked for, and the answers: pairs, one after the other, of a
     * length, a 4-byte word in the order of the machine, and as many bytes.
     * From malloc(); NULL: nothing. */
    unsigned char *inputs;
    memo_size inputs_size;
    int is_not_kept; /* the result depends on what no input says */
} memo_drawn;

/* May a recording be drawn again here? */
enum memo_replay {
    MEMO_REPLAY_DRAWS,
    MEMO_REPLAY_RAISES, /* it ends the run of the page: no result is needed */
    MEMO_REPLAY_CANNOT  /* the body has to run */
};

struct memo_recorder {
    /* What recordings look like: two that say the same understand each other's,
     * whatever process has made them. */
    memo_u64 form;
    /* May another process draw it?  Not if it names what this one has. */
    int (*is_portable)(memo_recording *recording);
    /* A body runs next; it has run.  Of a body that was left by longjmp() only
     * the first is called. */
    void (*begin)(const memo_body *body);
    void (*end)(memo_drawn *out, const void *call);
    /* Look at a recording; draws nothing, calls nobody, does not wait. */
    enum memo_replay (*judge)(memo_recording *recording);
    /* Draw it; takes the recording over, and may leave by longjmp(). */
    void (*replay)(memo_recording *recording);
    /* The answer that an input would get now: its bytes, if there is room.
     * Returns how many there are. */
    memo_size (*answer)(const unsigned char *input, memo_size size,
                        unsigned char *out, memo_size room);
};

/* Give the process its recorder; the first one stays.
 * Owner: caller, for ever.  Threads: any. */
void memo_set_recorder(const struct memo_recorder *recorder);

/* A longjmp() has left all memoized calls of this thread whose wrappers' frames
 * are below `frame`: who waits for them goes on. */
void memo_calls_were_left(const void *frame);

#ifdef __cplusplus
}
#endif

#endif
