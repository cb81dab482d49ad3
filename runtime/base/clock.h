/* clock.h -- what time it is, exactly or cheaply.
 *
 * Time is nanoseconds of a clock that never goes back.  It knows nothing of
 * what is timed.
 */
#ifndef MEMO_BASE_CLOCK_H
#define MEMO_BASE_CLOCK_H

#include "memo/config.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct {
    memo_u64 (*read)(void *context); /* NULL = the system's clock */
    void *context;
    uint64_t step_ns; /* how far the cheap clock may be behind */
} memo_clock;

/* Describe the system's clock. */
void memo_clock_init(memo_clock *out);

/* The exact time. */
uint64_t memo_clock_now(const memo_clock *clock);

/* A time that is not before now, and after it by two steps of the cheap clock
 * at most.  Not later than now + age_ns / 5: where the steps are too coarse
 * for an age, it is the exact time. */
uint64_t memo_clock_bound(const memo_clock *clock, uint64_t age_ns);

#endif
