/* source_write.c -- where a function writes what its parameters point at.
 *
 * Only what stands there plainly is found, as *p = 1 or p->count++; what is
 * done by functions that p is passed on to is not.
 */
#include "source_reader.h"

/* The expressions around the one being visited, innermost first. */
typedef struct ancestor {
    CXCursor cursor;
    bool is_first; /* of the children of the one around it */
    struct ancestor *outer;
} ancestor;

typedef struct {
    reader *reader;
    gen_function *function;
    CXCursor definition;
    ancestor *inner;
    bool is_next_first;
} write_walk;

static CXType type_of(const ancestor *at)
{
    return clang_getCanonicalType(clang_getCursorType(at->cursor));
}

/* libclang gives a parameter, and what is computed from it, the array type that
 * it was written with. */
static bool is_address(const ancestor *at)
{
    CXType type = type_of(at);
    return type.kind == CXType_Pointer ||
           clang_getArrayElementType(type).kind != CXType_Invalid;
}

/* What is done to the place that `at` names: is it written?  libclang 14 tells
 * no operator, but only what is read is converted to a value first, and & is
 * known by its type. */
static bool is_written(const ancestor *at)
{
    const ancestor *around = at->outer;
    switch (clang_getCursorKind(around->cursor)) {
    case CXCursor_BinaryOperator:
    case CXCursor_CompoundAssignOperator:
        return at->is_first;
    case CXCursor_UnaryOperator:
        return type_of(around).kind != CXType_Pointer ||
               type_of(at).kind == CXType_Pointer;
    default:
        return false;
    }
}

/* Climb from the parameter's name to the place behind it, and judge that. */
static bool is_written_through(const ancestor *at)
{
    bool is_behind = false; /* the pointer was followed */
    for (; at->outer; at = at->outer) {
        const ancestor *around = at->outer;
        bool is_pointer = type_of(at).kind == CXType_Pointer;
        switch (clang_getCursorKind(around->cursor)) {
        case CXCursor_ParenExpr:
            break;
        case CXCursor_UnexposedExpr:
            /* The value of a pointer goes on; an array becomes one. */
            if (is_behind &&
                (is_pointer || type_of(around).kind != CXType_Pointer))
                return false;
            is_behind = false;
            break;
        case CXCursor_ArraySubscriptExpr:
        case CXCursor_MemberRefExpr:
            if (!at->is_first || (is_behind && is_pointer))
                return false;
            is_behind = true;
            break;
        case CXCursor_UnaryOperator:
            if (is_behind)
                return is_written(at);
            if (!is_address(at))
                return false;
            /* *p; p++ goes on to be a pointer */
            is_behind = !is_address(around);
            break;
        case CXCursor_BinaryOperator: /* p + 1 */
            if (is_behind)
                return is_written(at);
            if (!is_address(at) || !is_address(around))
                return false;
            break;
        default:
            return is_behind && is_written(at);
        }
    }
    return false;
}

static void note_write(write_walk *w)
{
    CXCursor named = clang_getCursorReferenced(w->inner->cursor);
    for (unsigned i = 0; i < w->function->parameter_count; i++) {
        gen_parameter *parameter = &w->function->parameters[i];
        if (!parameter->written.source &&
            clang_equalCursors(named,
                               clang_Cursor_getArgument(w->definition, i)) &&
            is_written_through(w->inner))
            parameter->written =
                reader_cursor_span(w->reader, w->inner->cursor);
    }
}

static enum CXChildVisitResult visit(CXCursor cursor, CXCursor parent,
                                     CXClientData data)
{
    write_walk *w = data;
    ancestor here = {cursor, w->is_next_first, w->inner};
    (void)parent;
    w->inner = &here;
    w->is_next_first = true;
    if (clang_getCursorKind(cursor) == CXCursor_DeclRefExpr)
        note_write(w);
    clang_visitChildren(cursor, visit, w);
    w->inner = here.outer;
    w->is_next_first = false;
    return CXChildVisit_Continue;
}

void reader_writes(reader *r, gen_function *function, CXCursor definition,
                   CXCursor body)
{
    write_walk w = {r, function, definition, NULL, true};
    clang_visitChildren(body, visit, &w);
}
