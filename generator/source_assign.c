/* source_assign.c -- which static variables a file changes.
 *
 * A static variable that nobody in the file assigns to is as good as a
 * constant, so a function that reads it is pure.  Only variables that a
 * memoized function can reach are looked for, and only where they are named.
 */
#include "source_graph.h"

#include <string.h>

/* The expressions around the one being visited, innermost last. */
typedef struct ancestor {
    CXCursor cursor;
    struct ancestor *outer;
} ancestor;

static bool is_pointer_to_const(CXType type)
{
    type = clang_getCanonicalType(type);
    return type.kind == CXType_Pointer &&
           graph_is_const_object(clang_getPointeeType(type));
}

typedef struct {
    reader *reader;
    ancestor *inner;
} walk;

/* Is the object that the innermost expression names only read?  Climbs from the
 * name through subscripts and members to what is done with the place. */
static bool is_only_read(const ancestor *at)
{
    CXType below = clang_getCursorType(at->cursor);
    for (at = at->outer; at; at = at->outer) {
        enum CXCursorKind kind = clang_getCursorKind(at->cursor);
        CXType type = clang_getCursorType(at->cursor);
        switch (kind) {
        case CXCursor_UnexposedExpr:
            /* An implicit conversion: of a value that was read, or of an array
             * to a pointer, whose use decides. */
            if (clang_getCanonicalType(type).kind != CXType_Pointer ||
                clang_getCanonicalType(below).kind == CXType_Pointer)
                return is_pointer_to_const(type) ||
                       clang_getCanonicalType(type).kind != CXType_Pointer ||
                       clang_getCanonicalType(below).kind == CXType_Pointer;
            if (is_pointer_to_const(type))
                return true;
            break;
        case CXCursor_ParenExpr:
        case CXCursor_MemberRefExpr:
        case CXCursor_ArraySubscriptExpr:
            break;
        case CXCursor_UnaryExpr: /* sizeof */
            return true;
        default:
            return false;
        }
        below = type;
    }
    return false;
}

/* Slower than the walk that reads references, with the way to each name at
 * hand. */
static enum CXChildVisitResult visit_writes(CXCursor cursor, CXCursor parent,
                                            CXClientData data)
{
    walk *w = data;
    ancestor here = {.cursor = cursor, .outer = w->inner};
    (void)parent;
    w->inner = &here;
    if (clang_getCursorKind(cursor) == CXCursor_DeclRefExpr) {
        gen_entity *entity =
            reader_entity(w->reader, clang_getCursorReferenced(cursor));
        if (entity && entity->kind == GEN_ENTITY_VARIABLE &&
            entity->is_mutable && !entity->is_written &&
            !is_only_read(w->inner))
            entity->is_written = true;
    }
    clang_visitChildren(cursor, visit_writes, w);
    w->inner = here.outer;
    return CXChildVisit_Continue;
}

bool graph_is_own_variable(const gen_entity *entity)
{
    return entity->kind == GEN_ENTITY_VARIABLE && entity->is_mutable &&
           entity->is_static;
}

/* ---- which of them matter --------------------------------------------------
 */

void graph_add_namer(reader *r, gen_entity *entity)
{
    if (r->namer_count == r->namer_capacity) {
        size_t capacity = r->namer_capacity ? r->namer_capacity * 2 : 64;
        gen_entity **grown = GEN_NEW_ARRAY(r->arena, gen_entity *, capacity);
        if (r->namer_count)
            memcpy(grown, r->namers, r->namer_count * sizeof(gen_entity *));
        r->namers = grown;
        r->namer_capacity = capacity;
    }
    r->namers[r->namer_count++] = entity;
}

/* Mark all that an entity reaches. */
static void mark_reached(reader *r, gen_entity *from)
{
    graph_push_work(r, from);
    while (r->work_count > 0) {
        const gen_entity *entity = r->work[--r->work_count];

        for (size_t i = 0; i < entity->reference_count; i++) {
            gen_entity *named = entity->references[i].entity;

            if (graph_builder_of(named)->is_reached)
                continue;
            graph_builder_of(named)->is_reached = true;
            graph_push_work(r, named);
        }
    }
}

static bool names_open_question(const gen_entity *entity, bool wants_all)
{
    for (size_t i = 0; i < entity->reference_count; i++) {
        const gen_entity *named = entity->references[i].entity;

        if (graph_is_own_variable(named) && !named->is_written &&
            (wants_all || graph_builder_of(named)->is_reached))
            return true;
    }
    return false;
}

void reader_find_assignments(reader *r)
{
    bool wants_all = r->request->wants_all_closures;

    for (size_t i = 0; i < r->out->function_count && !wants_all; i++)
        mark_reached(r, r->out->functions[i].entity);
    for (size_t i = 0; i < r->namer_count; i++) {
        const gen_entity *entity = r->namers[i];
        walk w = {.reader = r};

        if (names_open_question(entity, wants_all))
            clang_visitChildren(graph_builder_of(entity)->definition,
                                visit_writes, &w);
    }
}
