/* arena.c -- memory that lives as long as one run over one source file. */
#include "arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Most of what a run allocates is small; larger wishes get their own chunk. */
#define CHUNK_BYTES ((size_t)64 * 1024)

typedef struct chunk {
    struct chunk *next;
    size_t capacity; /* bytes */
    size_t used;     /* bytes, a multiple of the strictest alignment */
    max_align_t data[];
} chunk;

struct gen_arena {
    chunk *first; /* where small wishes are met; NULL in an empty arena */
};

static _Noreturn void stop_without_memory(void)
{
    fputs("memogen: error: out of memory\n", stderr);
    exit(2);
}

gen_arena *gen_arena_create(void)
{
    gen_arena *arena = calloc(1, sizeof *arena);

    if (arena == NULL)
        stop_without_memory();
    return arena;
}

void gen_arena_destroy(gen_arena *arena)
{
    if (arena == NULL)
        return;
    for (chunk *at = arena->first, *next; at != NULL; at = next) {
        next = at->next;
        free(at);
    }
    free(arena);
}

static chunk *create_chunk(size_t capacity)
{
    chunk *made = calloc(1, sizeof *made + capacity);

    if (made == NULL)
        stop_without_memory();
    made->capacity = capacity;
    return made;
}

/* A chunk of its own, put behind the first so that this one goes on serving
 * small wishes. */
static void *alloc_large(gen_arena *arena, size_t size)
{
    chunk *made = create_chunk(size);

    made->used = size;
    if (arena->first == NULL) {
        arena->first = made;
    } else {
        made->next = arena->first->next;
        arena->first->next = made;
    }
    return made->data;
}

void *gen_arena_alloc(gen_arena *arena, size_t size)
{
    const size_t unit = sizeof(max_align_t);

    if (size > SIZE_MAX / 2)
        stop_without_memory();
    size = (size + unit - 1) / unit * unit;
    if (size > CHUNK_BYTES / 4)
        return alloc_large(arena, size);
    if (arena->first == NULL ||
        arena->first->capacity - arena->first->used < size) {
        chunk *made = create_chunk(CHUNK_BYTES);
        made->next = arena->first;
        arena->first = made;
    }
    void *memory = (char *)arena->first->data + arena->first->used;
    arena->first->used += size;
    return memory;
}

char *gen_arena_copy(gen_arena *arena, const char *text, size_t size)
{
    char *copy = gen_arena_alloc(arena, size + 1);

    if (size > 0)
        memcpy(copy, text, size);
    return copy;
}

char *gen_arena_format(gen_arena *arena, const char *format, ...)
{
    va_list list;

    va_start(list, format);
    char *text = gen_arena_vformat(arena, format, list);
    va_end(list);
    return text;
}

char *gen_arena_vformat(gen_arena *arena, const char *format, va_list list)
{
    va_list again;

    va_copy(again, list);
    int size = vsnprintf(NULL, 0, format, again);
    va_end(again);
    /* Only a text of over 2 GiB is refused here. */
    if (size < 0)
        stop_without_memory();
    char *text = gen_arena_alloc(arena, (size_t)size + 1);
    vsnprintf(text, (size_t)size + 1, format, list);
    return text;
}
