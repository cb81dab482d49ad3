#include "cache/limits.h"

/* One entry in so many is on trial. */
#define TRIAL_SHARE 10

/* Hits on trial that prove an entry. */
#define PROOF 2

uint32_t memo_mark_new(bool returns, uint32_t now)
{
    return now << MEMO_MARK_TIME_SHIFT | (returns ? MEMO_MARK_PROVEN : 0);
}

/* Time wraps around: an age is a difference, in the width of a mark's time. */
static uint32_t age_of(uint32_t mark, uint32_t now)
{
    return (now - (mark >> MEMO_MARK_TIME_SHIFT)) << MEMO_MARK_TIME_SHIFT;
}

/* The entries, of those present, that are on trial. */
static uint32_t find_trial(const uint32_t *marks, unsigned count,
                           uint32_t present)
{
    uint32_t trial = 0;

    for (unsigned i = 0; i < count; i++) {
        if (!(marks[i] & MEMO_MARK_PROVEN))
            trial |= 1u << i;
    }
    return trial & present;
}

static unsigned find_oldest(const uint32_t *marks, uint32_t candidates,
                            uint32_t now)
{
    unsigned oldest = (unsigned)__builtin_ctz(candidates);

    for (uint32_t left = candidates; left; left &= left - 1) {
        unsigned i = (unsigned)__builtin_ctz(left);

        if (age_of(marks[i], now) > age_of(marks[oldest], now))
            oldest = i;
    }
    return oldest;
}

unsigned memo_marks_choose(uint32_t *marks, unsigned count, uint32_t present,
                           uint32_t now)
{
    /* It ends: entries are proven once, and lose a hit each time after. */
    for (;;) {
        uint32_t trial = find_trial(marks, count, present);
        bool is_trial_crowded = __builtin_popcount(trial) * TRIAL_SHARE >
                                    __builtin_popcount(present) ||
                                trial == present;
        unsigned oldest = find_oldest(
            marks, is_trial_crowded ? trial : present & ~trial, now);
        uint32_t hits = marks[oldest] & MEMO_MARK_HITS;

        if (hits < (is_trial_crowded ? PROOF : 1))
            return oldest;
        marks[oldest] =
            memo_mark_new(true, now) | (is_trial_crowded ? 0 : hits - 1);
    }
}

unsigned memo_marks_oldest(const uint32_t *marks, unsigned count,
                           uint32_t present, uint32_t now)
{
    unsigned oldest = (unsigned)__builtin_ctz(present);

    for (unsigned i = 0; i < count; i++) {
        if ((present >> i & 1) && now - marks[i] > now - marks[oldest])
            oldest = i;
    }
    return oldest;
}
