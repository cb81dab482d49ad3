/* doorkeeper.h -- what has been asked for before, more or less.
 *
 * A result that costs little to get again is worth memory only if it is asked
 * for again.  The doorkeeper remembers a bit of each key, and begins anew when
 * half of its bits are used: it may take a key for another one, or forget it,
 * which costs time only.
 */
#ifndef MEMO_CACHE_DOORKEEPER_H
#define MEMO_CACHE_DOORKEEPER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#define MEMO_DOORKEEPER_BITS 262144u

/* All zero at the begin.  Threads: any. */
typedef struct memo_doorkeeper {
    _Atomic uint64_t words[MEMO_DOORKEEPER_BITS / 64];
    _Atomic uint32_t count;
} memo_doorkeeper;

/* Has a key of this hash come before?  It has from now on. */
bool memo_doorkeeper_knows(memo_doorkeeper *doorkeeper, uint64_t hash);

void memo_doorkeeper_forget(memo_doorkeeper *doorkeeper);

#endif
