/* st/status.h -- how a run of a page, or something that can fail, has ended.
 *
 *     st_failure error;
 *     if (st_frame_from_csv(&frame, text, size, NULL, &error) != ST_OK)
 *         fprintf(stderr, "%s\n", error.text);
 */
#ifndef ST_STATUS_H
#define ST_STATUS_H

#ifdef __cplusplus
extern "C" {
#endif

/* One list makes the enum and its texts. */
#define ST_STATUSES(X)                                                         \
    X(ST_OK, "done")                                                           \
    X(ST_STOPPED, "the page has called st_stop()")                             \
    X(ST_RERUN, "the page has asked to be run again")                          \
    X(ST_FAILED, "the page has called st_fail()")                              \
    X(ST_DUPLICATE_WIDGET_ID, "two widgets have the same id")                  \
    X(ST_CLOSURE_REPLAY, "a memoized function has drawn outside of itself")    \
    X(ST_MISUSE, "something was called where it is not allowed")               \
    X(ST_BAD_VALUE, "a value is out of its range")                             \
    X(ST_BAD_DATA, "data is against its format")                               \
    X(ST_NOT_FOUND, "there is no such thing")                                  \
    X(ST_NO_MEMORY, "out of memory")

typedef enum st_status {
#define ST_STATUS_NAME(name, text) name,
    ST_STATUSES(ST_STATUS_NAME)
#undef ST_STATUS_NAME
        ST_STATUS_COUNT
} st_status;

/* What went wrong.  Whoever takes one fills it in when it fails only; NULL is
 * accepted everywhere. */
typedef struct st_failure {
    st_status status;
    char text[240]; /* one sentence for a person, without a newline */
} st_failure;

/* What a status means, as a sentence without a full stop.
 * Owner:  the library; valid for ever.
 * Errors: a number that is no status has the text "unknown status".
 * Threads: any. */
const char *st_status_text(st_status status);

#ifdef __cplusplus
}
#endif

#endif
