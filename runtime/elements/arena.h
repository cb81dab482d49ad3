/* arena.h -- memory that ends together: that of one run of a page. */
#ifndef ST_ELEMENTS_ARENA_H
#define ST_ELEMENTS_ARENA_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct st_arena_block st_arena_block;

/* Zero is an empty one. */
typedef struct {
    st_arena_block *blocks; /* the one that is being filled, then full ones */
} st_arena;

/* Memory aligned for any type, not zeroed.
 * Owner:  the arena.
 * Errors: NULL: out of memory. */
void *st_arena_alloc(st_arena *arena, size_t size);

/* A copy of bytes, or of a text; NULL of NULL.
 * Errors: NULL: out of memory. */
void *st_arena_copy(st_arena *arena, const void *bytes, size_t size);
char *st_arena_text(st_arena *arena, const char *text);

/* A text by a format.
 * Errors: NULL: out of memory. */
__attribute__((format(printf, 2, 3))) char *
st_arena_print(st_arena *arena, const char *format, ...);
__attribute__((format(printf, 2, 0))) char *
st_arena_vprint(st_arena *arena, const char *format, va_list arguments);

/* Is this in it? */
bool st_arena_has(const st_arena *arena, const void *memory);

/* All of it ends; one block is kept for the next run. */
void st_arena_reset(st_arena *arena);

void st_arena_finish(st_arena *arena);

#endif
