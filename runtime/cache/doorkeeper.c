#include "cache/doorkeeper.h"

void memo_doorkeeper_forget(memo_doorkeeper *doorkeeper)
{
    for (unsigned i = 0; i < MEMO_DOORKEEPER_BITS / 64; i++)
        atomic_store_explicit(&doorkeeper->words[i], 0, memory_order_relaxed);
    atomic_store_explicit(&doorkeeper->count, 0, memory_order_relaxed);
}

/* Threads that come at the same time may undo each other's bits. */
bool memo_doorkeeper_knows(memo_doorkeeper *doorkeeper, uint64_t hash)
{
    unsigned bit = (unsigned)(hash % MEMO_DOORKEEPER_BITS);
    _Atomic uint64_t *word = &doorkeeper->words[bit / 64];
    uint64_t bits = atomic_load_explicit(word, memory_order_relaxed);
    uint64_t mask = (uint64_t)1 << bit % 64;
    uint32_t count;

    if (bits & mask)
        return true;
    count = atomic_load_explicit(&doorkeeper->count, memory_order_relaxed) + 1;
    if (count > MEMO_DOORKEEPER_BITS / 2) {
        memo_doorkeeper_forget(doorkeeper);
        count = 1;
        bits = 0;
    }
    atomic_store_explicit(&doorkeeper->count, count, memory_order_relaxed);
    atomic_store_explicit(word, bits | mask, memory_order_relaxed);
    return false;
}
