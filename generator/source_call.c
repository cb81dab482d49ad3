/* source_call.c -- calls of what stands in constant objects. */
#include "source_graph.h"

static enum CXChildVisitResult take_first(CXCursor cursor, CXCursor parent,
                                          CXClientData data)
{
    (void)parent;
    *(CXCursor *)data = cursor;
    return CXChildVisit_Break;
}

static CXCursor first_child(CXCursor cursor)
{
    CXCursor child = clang_getNullCursor();
    clang_visitChildren(cursor, take_first, &child);
    return child;
}

static bool is_pointer(CXCursor expression)
{
    CXType type = clang_getCanonicalType(clang_getCursorType(expression));
    return type.kind == CXType_Pointer;
}

static bool is_from_constant(reader *r, CXCursor callee)
{
    for (;;) {
        enum CXCursorKind kind = clang_getCursorKind(callee);
        CXCursor inner = first_child(callee);
        const gen_entity *entity;
        switch (kind) {
        case CXCursor_UnexposedExpr:
        case CXCursor_ParenExpr:
            break;
        case CXCursor_ArraySubscriptExpr: /* of an array that decays */
            if (clang_getCursorKind(inner) != CXCursor_UnexposedExpr)
                return false;
            inner = first_child(inner);
            if (is_pointer(inner))
                return false;
            break;
        case CXCursor_MemberRefExpr:
            if (is_pointer(inner))
                return false;
            break;
        case CXCursor_DeclRefExpr:
            entity = reader_entity(r, clang_getCursorReferenced(callee));
            return entity && entity->kind == GEN_ENTITY_VARIABLE &&
                   entity->is_defined && !entity->is_mutable;
        default:
            return false;
        }
        callee = inner;
    }
}

bool graph_calls_constant(reader *r, CXCursor call)
{
    return is_from_constant(r, first_child(call));
}
