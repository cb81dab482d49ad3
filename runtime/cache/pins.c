#include "cache/pins.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_SLOTS 16

/* A thread that once used very many gives the memory back. */
#define MOST_SLOTS_KEPT 1024

static void put(memo_pins *pins, struct memo_object *object)
{
    size_t i = memo_pins_home(pins, object);

    while (pins->slots[i])
        i = (i + 1) & pins->mask;
    pins->slots[i] = object;
}

/* Half of the slots stay empty, so that looking for what is not there ends
 * soon. */
bool memo_pins_make_room(memo_pins *pins)
{
    size_t count = pins->slots ? pins->mask + 1 : 0;
    memo_pins grown = {.count = pins->count};

    if ((pins->count + 1) * 2 <= count)
        return true;
    grown.mask = (count ? count * 2 : FIRST_SLOTS) - 1;
    grown.slots = calloc(grown.mask + 1, sizeof(struct memo_object *));
    if (!grown.slots)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (pins->slots[i])
            put(&grown, pins->slots[i]);
    }
    free(pins->slots);
    *pins = grown;
    return true;
}

void memo_pins_add(memo_pins *pins, struct memo_object *object)
{
    put(pins, object);
    pins->count++;
}

/* What comes after a gap must still be found: it moves into the gap, unless
 * that is before its home. */
static void close_gap(memo_pins *pins, size_t gap)
{
    size_t i = gap;

    for (;;) {
        size_t home;

        i = (i + 1) & pins->mask;
        if (!pins->slots[i])
            break;
        home = memo_pins_home(pins, pins->slots[i]);
        if (((i - home) & pins->mask) >= ((i - gap) & pins->mask)) {
            pins->slots[gap] = pins->slots[i];
            gap = i;
        }
    }
    pins->slots[gap] = NULL;
}

void memo_pins_remove(memo_pins *pins, const struct memo_object *object)
{
    size_t i;

    if (!memo_pins_have(pins, object))
        return;
    i = memo_pins_home(pins, object);
    while (pins->slots[i] != object)
        i = (i + 1) & pins->mask;
    close_gap(pins, i);
    pins->count--;
}

void memo_pins_clear(memo_pins *pins, void (*leave)(struct memo_object *))
{
    for (size_t i = 0; pins->count > 0; i++) {
        if (!pins->slots[i])
            continue;
        leave(pins->slots[i]);
        pins->slots[i] = NULL;
        pins->count--;
    }
    if (pins->mask >= MOST_SLOTS_KEPT) {
        free(pins->slots);
        *pins = (memo_pins){0};
    }
}
