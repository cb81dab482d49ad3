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
    uint64_t step_ns; /* of the cheap clock */
} memo_clock;

/* Describe the system's clock. */
void memo_clock_init(memo_clock *out);

/* The exact time. */
uint64_t memo_clock_now(const memo_clock *clock);

/* The time of day, since 1970.  It may go back. */
uint64_t memo_wall_now(const memo_config *config);

/* Is it `time_ns` or later?  Cheap while it is not, up to shortly before.
 *
 * The cheap clock is behind by up to one step, or by a few when the machine is
 * shared and the kernel's ticks come late; so it decides only what is further
 * away, and the exact clock the rest. */
bool memo_clock_has_reached(const memo_clock *clock, uint64_t time_ns);

#endif
