/* verify.h -- does a function compute again what it has computed before?
 *
 * With MEMO_VERIFY a hit is not handed out: the body runs again, twice when it
 * has outputs.  These are filled with a pattern before, a different one each
 * time, so that an element which the body does not write shows.  It compares
 * and restores; it neither finds entries nor calls the body.
 */
#ifndef MEMO_CACHE_VERIFY_H
#define MEMO_CACHE_VERIFY_H

#include "cache/value.h"
#include "memo/generated.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct memo_verification memo_verification;

typedef enum {
    MEMO_VERIFY_RUN_AGAIN,
    MEMO_VERIFY_SAME,
    MEMO_VERIFY_DIFFERS,   /* from what was kept */
    MEMO_VERIFY_UNSTEADY,  /* from the run before */
    MEMO_VERIFY_IMPOSSIBLE /* out of memory, or a length overflows */
} memo_verdict;

/* Remember the kept value and what the buffers hold.
 * Shape:  `kept`: the canonical value, `size` bytes.  `budget`: of what the
 *         runs compute.
 * Owner:  caller; memo_verification_destroy().
 * Errors: NULL: out of memory. */
memo_verification *memo_verification_begin(
    const struct memo_function *function, const struct memo_argument *arguments,
    const unsigned char *kept, size_t size, memo_budget budget);

/* The first run begins: fill the outputs. */
void memo_verification_start(const memo_verification *verification,
                             const struct memo_function *function);

/* A run has ended.  Says what is to be done; `*what` is the name of what
 * differs, "the result" or a parameter.  Before another run the result of this
 * one is freed and the buffers are prepared; after the last one, outputs that
 * were not written have their old content again. */
memo_verdict memo_verification_step(memo_verification *verification,
                                    const memo_computed *computed,
                                    const char **what);

/* NULL is accepted. */
void memo_verification_destroy(memo_verification *verification);

#endif
