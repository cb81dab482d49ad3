#include "cache/limits.h"

uint32_t memo_mark_new(bool returns, uint32_t now)
{
    return now << MEMO_MARK_TIME_SHIFT | (returns ? MEMO_MARK_PROVEN : 0);
}

/* Time wraps around: ages are differences, modulo the width of a mark's time.
 */
static uint32_t age_of(uint32_t mark, uint32_t now)
{
    return (now << MEMO_MARK_TIME_SHIFT) -
           (mark & ~(MEMO_MARK_HITS | MEMO_MARK_PROVEN));
}

unsigned memo_marks_choose(uint32_t *marks, unsigned count, uint32_t present,
                           uint32_t now)
{
    unsigned chosen = 0;
    uint64_t best = 0;

    for (unsigned i = 0; i < count; i++) {
        uint64_t rank;

        if (!(present >> i & 1))
            continue;
        rank = age_of(marks[i], now) / (1 + (marks[i] & MEMO_MARK_HITS)) + 1;
        if (rank > best) {
            best = rank;
            chosen = i;
        }
    }
    return chosen;
}

unsigned memo_marks_oldest(const uint32_t *marks, unsigned count,
                           uint32_t present, uint32_t now)
{
    unsigned chosen = 0;
    uint64_t best = 0;

    for (unsigned i = 0; i < count; i++) {
        uint64_t age = (uint64_t)(uint32_t)(now - marks[i]) + 1;

        if ((present >> i & 1) && age > best) {
            best = age;
            chosen = i;
        }
    }
    return chosen;
}
