#include "app/inbox.h"

#include <stdlib.h>
#include <string.h>

bool st_inbox_add(st_inbox *inbox, size_t most, const void *bytes, size_t size)
{
    size_t wanted = inbox->size + size;

    if (size > most || wanted > most)
        return false;
    if (wanted > inbox->capacity || !inbox->bytes) {
        size_t capacity =
            wanted > 2 * inbox->capacity ? wanted : 2 * inbox->capacity;
        unsigned char *grown = realloc(inbox->bytes, capacity + 1);

        if (!grown)
            return false;
        inbox->bytes = grown;
        inbox->capacity = capacity;
    }
    if (size > 0)
        memcpy(inbox->bytes + inbox->size, bytes, size);
    inbox->size = wanted;
    return true;
}

void *st_inbox_take(st_inbox *inbox, size_t *size)
{
    void *bytes = inbox->bytes;

    *size = inbox->size;
    *inbox = (st_inbox){0};
    return bytes;
}

void st_inbox_clear(st_inbox *inbox)
{
    free(inbox->bytes);
    *inbox = (st_inbox){0};
}
