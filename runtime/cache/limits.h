/* limits.h -- which entry leaves when a table is full.
 *
 * Pure: entries are words of a few bits (their marks), time is the number of
 * entries that were inserted so far.  It knows no table and no lock.
 *
 * A mark is written by readers without a lock, so a late write may give the
 * next entry in the same place the mark of the one before: only the order of
 * leaving suffers.
 */
#ifndef MEMO_CACHE_LIMITS_H
#define MEMO_CACHE_LIMITS_H

#include <stdbool.h>
#include <stdint.h>

/* Up to so many entries the least recently used one leaves, exactly. */
#define MEMO_EXACT_LRU 16

/* A mark: how often it was hit (0 to 3), whether it has proved itself, and when
 * it was inserted or last spared. */
#define MEMO_MARK_HITS 3u
#define MEMO_MARK_PROVEN 4u
#define MEMO_MARK_TIME_SHIFT 3

/* The mark of an entry after a hit; the same mark when nothing is to be
 * written. */
static inline uint32_t memo_mark_hit(uint32_t mark)
{
    return (mark & MEMO_MARK_HITS) == MEMO_MARK_HITS ? mark : mark + 1;
}

/* The mark of a new entry.  `returns`: it left not long ago. */
uint32_t memo_mark_new(bool returns, uint32_t now);

/* The place, out of `count`, of the entry that leaves.  Marks may be changed:
 * entries that are spared age.
 *
 * New entries are on trial, in a tenth of the room; those hit twice there, or
 * that return soon after they left, are proven.  When the trial takes more than
 * its share, its oldest leaves or is proven; else the oldest proven entry
 * leaves, if it was not hit since it was looked at last.
 * Shape:  bit i of `present` says whether there is an entry at marks[i]; at
 *         least one is; count <= 32.
 * Source: S3-FIFO of Yang, Zhang, Qiu, Yue, Rashmi (SOSP 2023), over a sample
 *         of the entries instead of queues of all of them. */
unsigned memo_marks_choose(uint32_t *marks, unsigned count, uint32_t present,
                           uint32_t now);

/* The same for exact LRU, where a mark is the time of the last use. */
unsigned memo_marks_oldest(const uint32_t *marks, unsigned count,
                           uint32_t present, uint32_t now);

#endif
