#include "base/clock.h"

#include <time.h>

/* The cheap clock is used for ages of so many of its steps. */
#define FEWEST_STEPS 10

static uint64_t read_clock(clockid_t id)
{
    struct timespec time;

    if (clock_gettime(id, &time) != 0)
        return 0;
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

void memo_clock_init(memo_clock *out)
{
    struct timespec step;

    *out = (memo_clock){0};
    if (clock_getres(CLOCK_MONOTONIC_COARSE, &step) == 0)
        out->step_ns =
            (uint64_t)step.tv_sec * 1000000000u + (uint64_t)step.tv_nsec;
}

uint64_t memo_clock_now(const memo_clock *clock)
{
    return clock->read ? clock->read(clock->context)
                       : read_clock(CLOCK_MONOTONIC);
}

uint64_t memo_clock_bound(const memo_clock *clock, uint64_t age_ns)
{
    if (clock->read || clock->step_ns == 0 ||
        age_ns / FEWEST_STEPS < clock->step_ns)
        return memo_clock_now(clock);
    return read_clock(CLOCK_MONOTONIC_COARSE) + clock->step_ns;
}
