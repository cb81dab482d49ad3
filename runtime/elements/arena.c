#include "elements/arena.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_BYTES ((size_t)64 << 10)

struct st_arena_block {
    st_arena_block *next;
    size_t used, size;
    max_align_t bytes[];
};

static st_arena_block *add_block(st_arena *arena, size_t size)
{
    st_arena_block *block = malloc(sizeof *block + size);

    if (!block)
        return NULL;
    *block = (st_arena_block){arena->blocks, 0, size};
    arena->blocks = block;
    return block;
}

void *st_arena_alloc(st_arena *arena, size_t size)
{
    st_arena_block *block = arena->blocks;
    size_t padding = -size % sizeof(max_align_t);
    unsigned char *memory;

    if (size > PTRDIFF_MAX - sizeof(max_align_t))
        return NULL;
    size += padding;
    if (!block || size > block->size - block->used)
        block = add_block(arena, size > BLOCK_BYTES ? size : BLOCK_BYTES);
    if (!block)
        return NULL;
    memory = (unsigned char *)block->bytes + block->used;
    block->used += size;
    return memory;
}

void *st_arena_copy(st_arena *arena, const void *bytes, size_t size)
{
    void *copy = bytes ? st_arena_alloc(arena, size) : NULL;

    if (copy && size > 0)
        memcpy(copy, bytes, size);
    return copy;
}

char *st_arena_text(st_arena *arena, const char *text)
{
    return st_arena_copy(arena, text, text ? strlen(text) + 1 : 0);
}

char *st_arena_vprint(st_arena *arena, const char *format, va_list arguments)
{
    va_list again;
    char *text;
    int size;

    va_copy(again, arguments);
    size = vsnprintf(NULL, 0, format, again);
    va_end(again);
    text = size < 0 ? NULL : st_arena_alloc(arena, (size_t)size + 1);
    if (text)
        vsnprintf(text, (size_t)size + 1, format, arguments);
    return text;
}

char *st_arena_print(st_arena *arena, const char *format, ...)
{
    va_list arguments;
    char *text;

    va_start(arguments, format);
    text = st_arena_vprint(arena, format, arguments);
    va_end(arguments);
    return text;
}

bool st_arena_has(const st_arena *arena, const void *memory)
{
    const st_arena_block *block = arena->blocks;

    while (block && (uintptr_t)memory - (uintptr_t)block->bytes >= block->size)
        block = block->next;
    return block != NULL;
}

void st_arena_reset(st_arena *arena)
{
    st_arena_block *kept = NULL;

    while (arena->blocks) {
        st_arena_block *block = arena->blocks;

        arena->blocks = block->next;
        if (!kept && block->size == BLOCK_BYTES) {
            kept = block;
            continue;
        }
        free(block);
    }
    if (kept)
        *kept = (st_arena_block){NULL, 0, kept->size};
    arena->blocks = kept;
}

void st_arena_finish(st_arena *arena)
{
    st_arena_reset(arena);
    free(arena->blocks);
    arena->blocks = NULL;
}
