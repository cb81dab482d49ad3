#include "base/clock.h"

#include <time.h>

/* The cheap clock is believed to be behind by fewer of its steps. */
#define MOST_STEPS 10

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

uint64_t memo_wall_now(const memo_config *config)
{
    return config->wall_clock ? config->wall_clock(config->wall_clock_context)
                              : read_clock(CLOCK_REALTIME);
}

bool memo_clock_has_reached(const memo_clock *clock, uint64_t time_ns)
{
    if (!clock->read && clock->step_ns != 0 &&
        read_clock(CLOCK_MONOTONIC_COARSE) + MOST_STEPS * clock->step_ns <
            time_ns)
        return false;
    return memo_clock_now(clock) >= time_ns;
}
