/* memo.h -- talk to the cache of memoized functions.
 *
 *     // @memo(ttl=60)
 *     double price(int article) { ... slow ... }
 *
 *     memo_clear(price);          forget all it has computed
 *     memo_clear_args(price, 7);  forget what price(7) has computed
 *     memo_stats(price, &stats);  count its hits and misses
 *     memo_clear_all();           forget everything
 *
 * The same source works without memogen: nothing is memoized then, and what
 * names a function returns MEMO_NOT_MEMOIZED.
 *
 * Settings of the process and the log are in memo/config.h, counts in
 * memo/stats.h, hashes of sources in memo/source.h, what a status means in
 * memo/status.h.
 *
 * Threads: everything here may be called from any thread.  In a signal handler
 * a memoized call is as safe as its body, except that a result which is not
 * in the cache needs memory to be kept: call none that allocates in a handler.
 * Handlers of pthread_atfork() may call memoized functions, nothing else here.
 */
#ifndef MEMO_H
#define MEMO_H

#include "memo/config.h"
#include "memo/generated.h"
#include "memo/source.h"
#include "memo/stats.h"
#include "memo/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Forget every result of a function: memo_clear(f).  A computation that is on
 * its way began before: its result is handed to its caller but not kept.
 *
 * Results that persist are forgotten by every process that uses them; what
 * another process has in memory still counts there, but with persist="redis".
 *
 * `f` is looked up as memo_stats() does.
 * Errors: MEMO_NOT_MEMOIZED, also when it was not called yet and its results do
 *         not persist: there is nothing to forget; MEMO_AMBIGUOUS;
 *         MEMO_STORE_LATE: the store will forget them later; this process does
 *         not get them any more. */
#define memo_clear(f) memo_clear_function((memo_address)(f), #f)
memo_status memo_clear_function(memo_address address, const char *name);

/* Forget every result of every function: in memory, and in the stores that
 * functions of this program persist in, all that these have, whichever program
 * put it there.
 * Errors: MEMO_STORE_LATE, as above. */
memo_status memo_clear_all(void);

/* Wait until results that are on their way to a store have got there.  The end
 * of the process does so as well.
 * Errors: MEMO_STORE_LATE: memo_config.store_timeout_ns was over before. */
memo_status memo_flush(void);

/* Say that this thread is done with every shared result that it has got so far.
 *
 * A result of @singleton, or of @memo(borrow), is the same object for all
 * callers.  A thread that gets one pins it; the object stays as it is until it
 * has left the cache (clear, age, bounds, validate) and no thread pins it.
 * Then, once, it is given to release=…, or, with borrow, freed.  A thread that
 * never calls this keeps its pins until it ends.
 *
 * Inside of a function that the library calls for validate=… or release=… it
 * does nothing, for whoever runs it may still need what it has.
 * Owner:   pointers got from such functions are not to be used after it.
 * Threads: any; each ends its own pins.  Not in a signal handler. */
void memo_borrow_end(void);

/* Forget one result: memo_clear_args(f, arguments of the call...).
 *
 * memogen turns this into a call that knows f's types.  Elsewhere it checks the
 * types, evaluates nothing and is MEMO_NOT_MEMOIZED.
 * Shape:  at most 63 arguments.
 * Errors: MEMO_OK whether there was a result or not; MEMO_NOT_MEMOIZED,
 *         MEMO_ALIASED_ARGUMENTS, MEMO_LENGTH_OVERFLOW. */
#if defined(__cplusplus) ||                                                    \
    (defined(__STDC_VERSION__) && __STDC_VERSION__ >= 199901L)
#define memo_clear_args(...)                                                   \
    memo_unprocessed(                                                          \
        sizeof((void)MEMO_PICK(__VA_ARGS__, MEMO_63_TIMES(MEMO_CALL_SOME),     \
                               MEMO_CALL_NONE, 0)(__VA_ARGS__),                \
               0))

/* How the above finds out whether there are arguments at all: C99 knows no
 * macro parameter that may be absent. */
#define MEMO_CALL_NONE(f) f()
#define MEMO_CALL_SOME(f, ...) f(__VA_ARGS__)
#define MEMO_PICK(...) MEMO_PICK_65TH(__VA_ARGS__)
#define MEMO_3_TIMES(x) x, x, x
#define MEMO_9_TIMES(x) MEMO_3_TIMES(x), MEMO_3_TIMES(x), MEMO_3_TIMES(x)
#define MEMO_63_TIMES(x)                                                       \
    MEMO_9_TIMES(x), MEMO_9_TIMES(x), MEMO_9_TIMES(x), MEMO_9_TIMES(x),        \
        MEMO_9_TIMES(x), MEMO_9_TIMES(x), MEMO_9_TIMES(x)
#define MEMO_PICK_65TH(a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, \
                       a14, a15, a16, a17, a18, a19, a20, a21, a22, a23, a24,  \
                       a25, a26, a27, a28, a29, a30, a31, a32, a33, a34, a35,  \
                       a36, a37, a38, a39, a40, a41, a42, a43, a44, a45, a46,  \
                       a47, a48, a49, a50, a51, a52, a53, a54, a55, a56, a57,  \
                       a58, a59, a60, a61, a62, a63, a64, a65, ...)            \
    a65
#endif

MEMO_INLINE memo_status memo_unprocessed(memo_size unevaluated)
{
    (void)unevaluated;
    return MEMO_NOT_MEMOIZED;
}

/* What memogen wraps the call in: like the above, and unlike a cast, a function
 * may be called without a look at what it returns. */
MEMO_INLINE memo_status memo_processed(int status)
{
    return (memo_status)status;
}

#ifdef __cplusplus
}
#endif

#endif
