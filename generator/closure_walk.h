/* closure_walk.h -- all that a function reaches, what is near first.
 *
 * Shared by the files closure*.c.  A walk is a list of steps that grows while
 * it is read: the caller looks at one step after the other and adds what the
 * step's entity names.
 */
#ifndef GEN_CLOSURE_WALK_H
#define GEN_CLOSURE_WALK_H

#include "arena.h"
#include "model.h"

#include <stdbool.h>
#include <stddef.h>

/* Does the entity count by its name, or by its own tokens alone?  True of what
 * belongs to the system, is not defined here or may be replaced. */
bool gen_entity_is_leaf(const gen_entity *entity);

/* Is the entity known to other files by its name?  In a shared object another
 * definition may then be called in place of this one. */
bool gen_entity_is_exported(const gen_entity *entity);

/* The definition that an entity of one file stands for, if link.c knows it. */
static inline const gen_entity *gen_entity_target(const gen_entity *entity)
{
    return entity->linked ? entity->linked : entity;
}

typedef struct {
    const gen_entity *entity;
    size_t parent; /* the step whose entity names this one; 0 for the first */
    gen_span span; /* where it does so */
} gen_step;

typedef struct {
    gen_arena *arena;
    gen_step *steps;
    size_t count, capacity;
    size_t *slots; /* hash table of the steps by entity: index + 1, 0 = free */
    size_t slot_count; /* a power of two */
} gen_walk;

/* Begin a walk at `root`.  Owner: arena. */
gen_walk gen_walk_begin(gen_arena *arena, const gen_entity *root);

/* Add a step to what the entity stands for; false when that has been reached
 * before. */
bool gen_walk_add(gen_walk *walk, const gen_entity *entity, size_t parent,
                  gen_span span);

/* The number of the step to what the entity stands for; walk->count if there is
 * none. */
size_t gen_walk_find(const gen_walk *walk, const gen_entity *entity);

#endif
