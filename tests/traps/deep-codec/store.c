#include "store.h"

#include <stdlib.h>
#include <string.h>

struct store {
    size_t size;
    unsigned char *bytes;
};

store *store_open(const char *text)
{
    return text ? store_decode(text, strlen(text)) : NULL;
}

store *store_decode(const void *bytes, size_t size)
{
    store *made = malloc(sizeof *made);
    made->size = size;
    made->bytes = malloc(size + 1);
    memcpy(made->bytes, bytes, size);
    return made;
}

void store_close(store *s)
{
    if (!s)
        return;
    free(s->bytes);
    free(s);
}

int store_get(const store *s, int index)
{
    return (size_t)index < s->size ? s->bytes[index] : -1;
}

void store_set(store *s, int index, int value)
{
    if ((size_t)index < s->size)
        s->bytes[index] = (unsigned char)value;
}

unsigned long store_hash(const store *s)
{
    unsigned long hash = 5381;
    size_t i;
    for (i = 0; i < s->size; i++)
        hash = hash * 33 + s->bytes[i];
    return hash;
}

size_t store_encode(const store *s, void *bytes, size_t room)
{
    if (s->size <= room)
        memcpy(bytes, s->bytes, s->size);
    return s->size;
}
