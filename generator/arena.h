/* arena.h -- memory that lives as long as one run over one source file.
 *
 * The model's structs point at each other freely and nothing is freed singly.
 * It knows nothing of what is stored in it.
 */
#ifndef GEN_ARENA_H
#define GEN_ARENA_H

#include <stdarg.h>
#include <stddef.h>

typedef struct gen_arena gen_arena;

/* Owner: caller; release with gen_arena_destroy().  Never NULL: memogen stops
 * with a message and exit code 2 when memory runs out. */
gen_arena *gen_arena_create(void);

/* Release the arena and everything in it; NULL is accepted. */
void gen_arena_destroy(gen_arena *arena);

/* Zeroed memory for `size` bytes, aligned for any type.
 * Owner: arena.  Never NULL. */
void *gen_arena_alloc(gen_arena *arena, size_t size);

/* A NUL-terminated copy of `size` bytes of text.  Owner: arena. */
char *gen_arena_copy(gen_arena *arena, const char *text, size_t size);

/* A formatted, NUL-terminated text.  Owner: arena. */
char *gen_arena_format(gen_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *gen_arena_vformat(gen_arena *arena, const char *format, va_list list)
    __attribute__((format(printf, 2, 0)));

#define GEN_NEW(arena, type) ((type *)gen_arena_alloc((arena), sizeof(type)))
#define GEN_NEW_ARRAY(arena, type, count)                                      \
    ((type *)gen_arena_alloc((arena), sizeof(type) * (count)))

#endif
