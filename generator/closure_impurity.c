/* closure_impurity.c -- why a result may depend on more than the arguments. */
#include "closure.h"

#include "closure_walk.h"
#include "purity.h"

#include <string.h>

/* Steps of all paths of one function's impurities together: a bound on memory
 * where a closure is as deep as it is impure. */
#define MAX_PATH_STEPS ((size_t)1 << 20)

typedef struct {
    gen_arena *arena; /* of the result */
    const gen_file *file;
    const gen_annotation *annotation; /* of the function; NULL if it has none */
    gen_walk walk;
    size_t at; /* the step whose entity is being looked at */
    gen_impurity *first, **last;
    gen_impurity **first_here; /* where those of this entity begin */
    size_t path_steps;
    bool is_strict;
} inspection;

static void fill_path(inspection *in, gen_impurity *impurity)
{
    const gen_step *steps = in->walk.steps;
    size_t size = 1;

    for (size_t i = in->at; i != 0; i = steps[i].parent)
        size++;
    impurity->path_size = size;
    impurity->path = GEN_NEW_ARRAY(in->arena, const gen_entity *, size);
    impurity->path_spans = GEN_NEW_ARRAY(in->arena, gen_span, size);
    impurity->path_spans[size - 1] = impurity->span;
    for (size_t i = in->at; size > 0; i = steps[i].parent) {
        impurity->path[--size] = steps[i].entity;
        if (size > 0)
            impurity->path_spans[size - 1] = steps[i].span;
    }
    in->path_steps += impurity->path_size;
}

/* Add an impurity of the current entity at `*place` in the list. */
static void add_at(inspection *in, gen_impurity **place, gen_impurity_kind kind,
                   const char *name, gen_span span)
{
    gen_impurity *impurity;

    if (in->path_steps > MAX_PATH_STEPS)
        return;
    impurity = GEN_NEW(in->arena, gen_impurity);
    impurity->kind = kind;
    impurity->name = name;
    impurity->span = span;
    impurity->next = *place;
    *place = impurity;
    if (in->last == place)
        in->last = &impurity->next;
    fill_path(in, impurity);
}

/* Add something that no reference leads to, once per kind and name, before what
 * stands after it in the text. */
static void add_flag(inspection *in, gen_impurity_kind kind, const char *name,
                     gen_span span)
{
    gen_impurity **place = in->first_here;

    for (const gen_impurity *old = in->first; old != NULL; old = old->next)
        if (old->kind == kind && strcmp(old->name, name) == 0)
            return;
    while (*place != NULL && (*place)->span.source == span.source &&
           (*place)->span.offset <= span.offset)
        place = &(*place)->next;
    add_at(in, place, kind, name, span);
}

static const char *text_of(gen_arena *arena, gen_span span)
{
    if (span.source == NULL || span.source->text == NULL)
        return "";
    return gen_arena_copy(arena, span.source->text + span.offset, span.size);
}

static void inspect_flags(inspection *in, const gen_entity *entity)
{
    if (entity->reads_time)
        add_flag(in, GEN_IMPURE_TIME_MACRO,
                 text_of(in->arena, entity->time_macro), entity->time_macro);
    if (entity->has_assembly)
        add_flag(in, GEN_IMPURE_ASSEMBLY, "", entity->assembly);
    if (entity->calls_through_pointer && in->is_strict)
        add_flag(in, GEN_IMPURE_POINTER_CALL, "", entity->pointer_call);
}

static gen_purity purity_of_variable(const gen_entity *variable,
                                     gen_impurity_kind *kind)
{
    bool is_own = variable->is_static || variable->is_local;

    if (variable->is_system && !variable->is_owned) {
        gen_purity purity = gen_purity_of_variable(variable->name, kind);
        if (purity != GEN_PURITY_UNKNOWN)
            return purity;
    }
    *kind = variable->is_volatile ? GEN_IMPURE_VOLATILE
            : variable->is_local  ? GEN_IMPURE_LOCAL
                                  : GEN_IMPURE_GLOBAL;
    if (variable->is_volatile)
        return GEN_PURITY_IMPURE;
    if (!variable->is_mutable || (is_own && !variable->is_written))
        return GEN_PURITY_PURE;
    return GEN_PURITY_IMPURE;
}

/* A function that the user defines is not the library's, whatever its name; one
 * that is only declared may well be. */
static gen_purity purity_of_function(const gen_entity *function,
                                     gen_impurity_kind *kind)
{
    bool is_users = !function->is_system || function->is_owned;

    if (!is_users || !function->is_defined)
        return gen_purity_of_function(function->name, kind);
    return function->is_replaceable ? GEN_PURITY_UNKNOWN : GEN_PURITY_PURE;
}

static void inspect_reference(inspection *in, const gen_reference *reference)
{
    const gen_entity *entity = gen_entity_target(reference->entity);
    gen_impurity_kind kind = GEN_IMPURE_UNKNOWN_FUNCTION;
    gen_purity purity = GEN_PURITY_PURE;

    if (entity->kind == GEN_ENTITY_VARIABLE)
        purity = purity_of_variable(entity, &kind);
    else if (entity->kind == GEN_ENTITY_FUNCTION)
        purity = purity_of_function(entity, &kind);
    if (purity == GEN_PURITY_UNKNOWN && in->is_strict)
        purity = GEN_PURITY_IMPURE;
    if (purity == GEN_PURITY_IMPURE)
        add_at(in, in->last, kind, entity->name, reference->span);
}

/* Has the user said impure_ok(name) of it, for the function that is looked at?
 * Then neither it nor what it uses counts; another way there does. */
static bool is_accepted(const inspection *in, const gen_entity *entity)
{
    const gen_annotation *annotation = in->annotation;

    for (size_t i = 0; annotation && i < annotation->impure_names.count; i++)
        if (strcmp(annotation->impure_names.items[i].text, entity->name) == 0)
            return true;
    return false;
}

static const gen_annotation *annotation_of(const gen_file *file,
                                           const gen_entity *entity)
{
    for (size_t i = 0; i < file->function_count; i++)
        if (file->functions[i].entity == entity)
            return file->functions[i].annotation;
    return NULL;
}

/* Has the user said of this function that its impurities do not matter? */
static bool is_excused(const gen_file *file, const gen_entity *entity)
{
    const gen_function *function = file->functions;

    if (entity->is_excused)
        return true;
    while (function != NULL && function->entity != entity)
        function = function->next;
    return function != NULL && function->annotation != NULL &&
           function->annotation->impure_ok;
}

/* Is there more to find behind the entity?  A type's size or a cast reads
 * nothing. */
static bool is_followed(const inspection *in, const gen_entity *entity)
{
    if (in->at == 0)
        return true;
    if (entity->kind == GEN_ENTITY_TYPE || !entity->is_defined ||
        (entity->is_system && !entity->is_owned))
        return false;
    return in->is_strict || !is_excused(in->file, entity);
}

gen_impurity *gen_closure_impurities(gen_arena *arena, const gen_file *file,
                                     const gen_entity *function, bool strict)
{
    gen_arena *scratch = gen_arena_create();
    inspection in = {.arena = arena, .file = file, .is_strict = strict};

    in.last = &in.first;
    if (!strict)
        in.annotation = annotation_of(file, function);
    in.walk = gen_walk_begin(scratch, function);
    for (in.at = 0; in.at < in.walk.count; in.at++) {
        const gen_entity *entity = in.walk.steps[in.at].entity;

        if (!is_followed(&in, entity))
            continue;
        in.first_here = in.last;
        for (size_t i = 0; i < entity->reference_count; i++) {
            const gen_reference *reference = &entity->references[i];
            if (reference->is_input || is_accepted(&in, reference->entity))
                continue;
            if (gen_walk_add(&in.walk, reference->entity, in.at,
                             reference->span))
                inspect_reference(&in, reference);
        }
        inspect_flags(&in, entity);
    }
    gen_arena_destroy(scratch);
    return in.first;
}

const char *gen_impurity_words(gen_impurity_kind kind)
{
    static const char *const words[] = {
        [GEN_IMPURE_GLOBAL] = "the mutable global",
        [GEN_IMPURE_LOCAL] = "the mutable static local",
        [GEN_IMPURE_VOLATILE] = "the volatile variable",
        [GEN_IMPURE_CLOCK] = "a clock",
        [GEN_IMPURE_RANDOM] = "random numbers",
        [GEN_IMPURE_ENVIRONMENT] = "the environment",
        [GEN_IMPURE_FILE] = "files, sockets or processes",
        [GEN_IMPURE_OUTPUT] = "output",
        [GEN_IMPURE_STATE] = "hidden state of a library",
        [GEN_IMPURE_JUMP] = "a jump, a signal or a thread",
        [GEN_IMPURE_TIME_MACRO] = "the time of compilation",
        [GEN_IMPURE_ASSEMBLY] = "assembly",
        [GEN_IMPURE_POINTER_CALL] = "a call through a pointer",
        [GEN_IMPURE_UNKNOWN_FUNCTION] = "a function not known to be pure",
    };

    return words[kind];
}
