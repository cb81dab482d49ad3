/* explain_graph.c -- all that a source hash covers, through all files. */
#include "explain_graph.h"

#include "closure_walk.h"

static bool is_followed(const gen_entity *entity)
{
    return entity->is_defined && (!entity->is_system || entity->is_owned);
}

static void add_uses(gen_arena *arena, const gen_walk *walk,
                     gen_explain_node *node)
{
    const gen_entity *entity = node->entity;

    node->uses = GEN_NEW_ARRAY(arena, size_t, entity->reference_count + 1);
    for (size_t i = 0; i < entity->reference_count; i++) {
        size_t to = gen_walk_find(walk, entity->references[i].entity);
        size_t k = 0;

        /* The tokens of a macro hold its own name. */
        while (k < node->use_count && node->uses[k] != to)
            k++;
        if (k == node->use_count && walk->steps[to].entity != entity)
            node->uses[node->use_count++] = to;
    }
}

gen_explain_graph gen_explain_graph_of(gen_arena *arena,
                                       const gen_entity *function)
{
    gen_arena *scratch = gen_arena_create();
    gen_walk walk = gen_walk_begin(scratch, function);
    gen_explain_graph graph = {0};

    for (size_t i = 0; i < walk.count; i++) {
        const gen_entity *entity = walk.steps[i].entity;

        for (size_t k = 0; is_followed(entity) && k < entity->reference_count;
             k++)
            gen_walk_add(&walk, entity->references[k].entity, i,
                         entity->references[k].span);
    }
    graph.count = walk.count;
    graph.nodes = GEN_NEW_ARRAY(arena, gen_explain_node, walk.count);
    for (size_t i = 0; i < walk.count; i++) {
        graph.nodes[i].entity = walk.steps[i].entity;
        if (is_followed(walk.steps[i].entity))
            add_uses(arena, &walk, &graph.nodes[i]);
    }
    gen_arena_destroy(scratch);
    return graph;
}

const char *gen_explain_kind(const gen_entity *entity)
{
    switch (entity->kind) {
    case GEN_ENTITY_FUNCTION:
        return "function";
    case GEN_ENTITY_VARIABLE:
        return "variable";
    case GEN_ENTITY_TYPE:
        return "type";
    case GEN_ENTITY_MACRO:
        return "macro";
    }
    return "";
}

const char *gen_explain_way(const gen_entity *entity)
{
    if (is_followed(entity))
        return entity->kind == GEN_ENTITY_VARIABLE && entity->is_mutable
                   ? "first value"
                   : "source";
    if (entity->is_system && entity->kind == GEN_ENTITY_MACRO)
        return "value";
    return entity->is_system && entity->kind == GEN_ENTITY_TYPE ? "layout"
                                                                : "name";
}

const char *gen_explain_reason(const gen_entity *entity)
{
    if (entity->is_system && !entity->is_owned)
        return entity->kind == GEN_ENTITY_FUNCTION ||
                       entity->kind == GEN_ENTITY_VARIABLE
                   ? "the library's"
                   : "of a system header";
    if (entity->is_ambiguous)
        return "several of these files define it";
    if (entity->kind == GEN_ENTITY_TYPE && !entity->is_defined)
        return "not defined here";
    if (!entity->is_defined)
        return "none of these files defines it";
    if (entity->is_replaceable)
        return "weak: another definition may win";
    return "";
}
