/* memo/status.h -- how an operation of the library ended.
 *
 *     if (memo_clear(load_data) != MEMO_OK) ...
 */
#ifndef MEMO_STATUS_H
#define MEMO_STATUS_H

#ifdef __cplusplus
extern "C" {
#endif

/* One list makes the enum and its texts. */
#define MEMO_STATUSES(X)                                                       \
    X(MEMO_OK, "done")                                                         \
    X(MEMO_NOT_MEMOIZED, "no memoized function of this name has been called")  \
    X(MEMO_AMBIGUOUS, "several memoized functions have this name")             \
    X(MEMO_ALIASED_ARGUMENTS, "a written argument overlaps another one")       \
    X(MEMO_LENGTH_OVERFLOW, "the length of an argument overflows")             \
    X(MEMO_TOO_MANY_PIECES, "an argument is more than may be read")            \
    X(MEMO_MALFORMED_ARGUMENT, "an argument is against its format")            \
    X(MEMO_BAD_VALUE, "a value is out of its range")                           \
    X(MEMO_NO_MEMORY, "out of memory")                                         \
    X(MEMO_STORE_LATE, "a store has not answered in time")

typedef enum memo_status {
#define MEMO_STATUS_NAME(name, text) name,
    MEMO_STATUSES(MEMO_STATUS_NAME)
#undef MEMO_STATUS_NAME
        MEMO_STATUS_COUNT
} memo_status;

/* What a status means, as a sentence without a full stop.
 * Owner:  the library; valid for ever.
 * Errors: a number that is no status has the text "unknown status".
 * Threads: any. */
const char *memo_status_text(memo_status status);

#ifdef __cplusplus
}
#endif

#endif
