/* lru.h -- exact LRU, simulated: how many accesses of a trace are hits. */
#ifndef MEMO_BENCH_LRU_H
#define MEMO_BENCH_LRU_H

#include <stddef.h>
#include <stdint.h>

/* Accesses to numbers below `distinct`. */
struct trace {
    char name[32];
    uint32_t *accesses;
    size_t count;
    uint32_t distinct;
};

/* Hits with room for `room` numbers. */
size_t lru_hits(const struct trace *trace, uint32_t room);

#endif
