/* closure_graph.h -- small graphs of entities, made by hand.
 *
 * Shared by the tests of closure*.c.
 */
#ifndef TEST_CLOSURE_GRAPH_H
#define TEST_CLOSURE_GRAPH_H

#include "closure.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* Every reference stands at an offset of its own in this text. */
static const gen_source_text source = {
    "a.c", "__DATE__ and whatever else the code of these graphs says", 56};

typedef struct {
    gen_file file;
    gen_entity *entities[64]; /* in the order made */
    size_t count;
    size_t offset; /* of the next reference */
} graph;

static gen_arena *arena; /* of the test that runs */

static inline void set_up(void)
{
    arena = gen_arena_create();
}

static inline void tear_down(void)
{
    gen_arena_destroy(arena);
}

static inline gen_hash hash_of_name(const char *name)
{
    gen_hash hash = {0, 5381};

    for (; *name != '\0'; name++)
        hash.high = hash.high * 33 + (unsigned char)*name;
    hash.low = ~hash.high;
    return hash;
}

/* A static function of the file, unless changed afterwards. */
static inline gen_entity *add(graph *in, gen_entity_kind kind, const char *name)
{
    gen_entity *entity = GEN_NEW(arena, gen_entity);

    entity->kind = kind;
    entity->name = name;
    entity->own = hash_of_name(name);
    entity->is_defined = true;
    entity->is_owned = true;
    entity->is_static = true;
    in->entities[in->count++] = entity;
    return entity;
}

static inline gen_entity *add_function(graph *in, const char *name)
{
    return add(in, GEN_ENTITY_FUNCTION, name);
}

/* A function that the file only declares. */
static inline gen_entity *add_external(graph *in, const char *name)
{
    gen_entity *entity = add_function(in, name);

    entity->is_defined = entity->is_owned = entity->is_static = false;
    return entity;
}

static inline gen_entity *add_system(graph *in, gen_entity_kind kind,
                                     const char *name)
{
    gen_entity *entity = add(in, kind, name);

    entity->is_defined = entity->is_owned = entity->is_static = false;
    entity->is_system = true;
    return entity;
}

static inline gen_entity *add_variable(graph *in, const char *name)
{
    gen_entity *entity = add(in, GEN_ENTITY_VARIABLE, name);

    entity->is_mutable = entity->is_written = true;
    return entity;
}

/* Let `from` name the others, up to NULL. */
static inline void name(graph *in, gen_entity *from, ...)
{
    va_list list;
    gen_entity *to;
    gen_reference *references = GEN_NEW_ARRAY(arena, gen_reference, 64);

    if (from->reference_count > 0)
        memcpy(references, from->references,
               from->reference_count * sizeof *references);
    from->references = references;
    va_start(list, from);
    while ((to = va_arg(list, gen_entity *)) != NULL)
        references[from->reference_count++] =
            (gen_reference){.entity = to, .span = {&source, in->offset++, 1}};
    va_end(list);
}

/* The file owns what it defines, in the order made or the other way around. */
static inline void compute(graph *in, bool is_reversed)
{
    in->file.owned = GEN_NEW_ARRAY(arena, gen_entity *, in->count);
    for (size_t i = 0; i < in->count; i++) {
        gen_entity *entity = in->entities[is_reversed ? in->count - 1 - i : i];

        if (entity->is_owned && (entity->kind == GEN_ENTITY_FUNCTION ||
                                 entity->kind == GEN_ENTITY_VARIABLE))
            in->file.owned[in->file.owned_count++] = entity;
    }
    gen_closure_compute(arena, &in->file);
}

static inline bool is_same(gen_hash a, gen_hash b)
{
    return a.low == b.low && a.high == b.high;
}

/* load → parse ⇄ expect → table, struct item, COLUMNS; load → sqrt, log_line;
 * other → parse */
typedef struct {
    graph graph;
    gen_entity *load, *parse, *expect, *table, *item, *columns, *sqrt,
        *log_line, *other;
} sample;

static inline sample make_sample(void)
{
    sample s = {.graph.count = 0};
    graph *in = &s.graph;

    s.load = add_function(in, "load");
    s.parse = add_function(in, "parse");
    s.expect = add_function(in, "expect");
    s.table = add(in, GEN_ENTITY_VARIABLE, "table");
    s.item = add(in, GEN_ENTITY_TYPE, "item");
    s.columns = add(in, GEN_ENTITY_MACRO, "COLUMNS");
    s.sqrt = add_system(in, GEN_ENTITY_FUNCTION, "sqrt");
    s.log_line = add_external(in, "log_line");
    s.other = add_function(in, "other");
    name(in, s.load, s.parse, s.sqrt, s.log_line, NULL);
    name(in, s.parse, s.expect, NULL);
    name(in, s.expect, s.parse, s.table, s.item, NULL);
    name(in, s.table, s.columns, s.item, NULL);
    name(in, s.other, s.parse, NULL);
    return s;
}

/* A chain of `size` functions; the last one names the first if `is_cycle`. */
static inline gen_entity *make_chain(graph *in, size_t size, bool is_cycle)
{
    gen_entity *entities = GEN_NEW_ARRAY(arena, gen_entity, size);
    gen_reference *references = GEN_NEW_ARRAY(arena, gen_reference, size);

    for (size_t i = 0; i < size; i++) {
        entities[i].kind = GEN_ENTITY_FUNCTION;
        entities[i].name = "f";
        entities[i].own = (gen_hash){i, 1};
        entities[i].is_defined = entities[i].is_owned = true;
        references[i].entity = &entities[(i + 1) % size];
        references[i].span = (gen_span){&source, 0, 1};
        entities[i].references = &references[i];
        entities[i].reference_count = i + 1 < size || is_cycle;
    }
    in->file.owned = GEN_NEW_ARRAY(arena, gen_entity *, 1);
    in->file.owned[0] = entities;
    in->file.owned_count = 1;
    return entities;
}

#endif
