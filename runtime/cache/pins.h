/* pins.h -- which shared results a thread has got and may still use.
 *
 * A set of addresses that only its thread touches.  It knows nothing of what
 * is at the addresses.
 */
#ifndef MEMO_CACHE_PINS_H
#define MEMO_CACHE_PINS_H

#include "base/export.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct memo_object;

typedef struct memo_pins {
    struct memo_object **slots; /* mask + 1 of them, NULL is empty; or NULL */
    size_t mask, count;
} memo_pins;

/* Make room for one more.
 * Errors: false: out of memory. */
bool memo_pins_make_room(memo_pins *pins);

/* Add what is not there; there is room. */
void memo_pins_add(memo_pins *pins, struct memo_object *object);

/* Take one out, if it is there. */
void memo_pins_remove(memo_pins *pins, const struct memo_object *object);

/* Take all out, calling `leave` for each. */
void memo_pins_clear(memo_pins *pins, void (*leave)(struct memo_object *));

/* Objects come from malloc(): the low bits say nothing. */
MEMO_HOT size_t memo_pins_home(const memo_pins *pins,
                               const struct memo_object *object)
{
    return (size_t)((uint64_t)(uintptr_t)object * 0x9E3779B97F4A7C15u >> 32) &
           pins->mask;
}

MEMO_HOT bool memo_pins_have(const memo_pins *pins,
                             const struct memo_object *object)
{
    size_t i;

    if (!pins->slots)
        return false;
    i = memo_pins_home(pins, object);
    while (pins->slots[i] && pins->slots[i] != object)
        i = (i + 1) & pins->mask;
    return pins->slots[i] != NULL;
}

#endif
