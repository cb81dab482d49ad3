/* closure_walk.c -- all that a function reaches, what is near first. */
#include "closure_walk.h"

#include "closure.h"

#include <stdint.h>
#include <string.h>

bool gen_entity_is_leaf(const gen_entity *entity)
{
    if (entity->is_system && !entity->is_owned)
        return true;
    if (entity->kind != GEN_ENTITY_FUNCTION &&
        entity->kind != GEN_ENTITY_VARIABLE)
        return false;
    return !entity->is_defined || entity->is_replaceable;
}

bool gen_entity_is_exported(const gen_entity *entity)
{
    return (entity->kind == GEN_ENTITY_FUNCTION ||
            entity->kind == GEN_ENTITY_VARIABLE) &&
           entity->is_owned && entity->is_listed && !entity->is_static &&
           !entity->is_hidden;
}

/* Where the entity's step stands in the table, or should stand. */
static size_t *find_slot(const gen_walk *walk, const gen_entity *entity)
{
    uint64_t hash = (uint64_t)(uintptr_t)entity * 0x9E3779B97F4A7C15u;
    size_t slot = (size_t)(hash >> 32) & (walk->slot_count - 1);

    while (walk->slots[slot] != 0 &&
           walk->steps[walk->slots[slot] - 1].entity != entity)
        slot = (slot + 1) & (walk->slot_count - 1);
    return &walk->slots[slot];
}

static void grow(gen_walk *walk)
{
    size_t capacity = walk->capacity == 0 ? 64 : 2 * walk->capacity;
    gen_step *steps = GEN_NEW_ARRAY(walk->arena, gen_step, capacity);

    if (walk->count > 0)
        memcpy(steps, walk->steps, walk->count * sizeof *steps);
    walk->steps = steps;
    walk->capacity = capacity;
    walk->slot_count = 2 * capacity;
    walk->slots = GEN_NEW_ARRAY(walk->arena, size_t, walk->slot_count);
    for (size_t i = 0; i < walk->count; i++)
        *find_slot(walk, steps[i].entity) = i + 1;
}

gen_walk gen_walk_begin(gen_arena *arena, const gen_entity *root)
{
    gen_walk walk = {.arena = arena};

    gen_walk_add(&walk, root, 0, root->span);
    return walk;
}

bool gen_walk_add(gen_walk *walk, const gen_entity *entity, size_t parent,
                  gen_span span)
{
    entity = gen_entity_target(entity);
    if (walk->count == walk->capacity)
        grow(walk);
    size_t *slot = find_slot(walk, entity);
    if (*slot != 0)
        return false;
    walk->steps[walk->count] = (gen_step){entity, parent, span};
    *slot = ++walk->count;
    return true;
}

size_t gen_walk_find(const gen_walk *walk, const gen_entity *entity)
{
    size_t slot = *find_slot(walk, gen_entity_target(entity));

    return slot ? slot - 1 : walk->count;
}

const gen_entity **
gen_closure_members(gen_arena *arena, const gen_entity *function, size_t *count)
{
    gen_arena *scratch = gen_arena_create();
    gen_walk walk = gen_walk_begin(scratch, function);

    for (size_t i = 0; i < walk.count; i++) {
        const gen_entity *entity = walk.steps[i].entity;

        if (i > 0 && gen_entity_is_leaf(entity))
            continue;
        for (size_t j = 0; j < entity->reference_count; j++)
            gen_walk_add(&walk, entity->references[j].entity, i,
                         entity->references[j].span);
    }

    const gen_entity **members =
        GEN_NEW_ARRAY(arena, const gen_entity *, walk.count + 1);
    for (size_t i = 0; i < walk.count; i++)
        members[i] = walk.steps[i].entity;
    *count = walk.count;
    gen_arena_destroy(scratch);
    return members;
}
