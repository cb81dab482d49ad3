/* source_return.c -- what a function's return statements hand out.
 *
 * A pointer result is copied and later freed by the caller, so a literal, the
 * address of a variable or a part of a parameter must not be returned.  Only
 * what can be seen is judged; doubt is no complaint.
 */
#include "source_reader.h"

#include <string.h>

enum { MOST_RETURNS = 4096, MOST_VARIABLES = 32 };

typedef struct {
    reader *reader;
    gen_function *function;
    CXCursor body;
    size_t capacity;
    CXCursor seen[MOST_VARIABLES]; /* looked at for this return statement */
    unsigned seen_count;
} return_walk;

static const char *judge(return_walk *w, CXCursor expression, int depth);

/* ---- what is assigned to local variables
 * ----------------------------------------
 */

typedef struct {
    return_walk *walk;
    CXCursor variable;
    const char *problem;
    int depth;
} assignment_walk;

typedef struct {
    CXCursor items[3];
    unsigned count;
} children;

static enum CXChildVisitResult collect(CXCursor cursor, CXCursor parent,
                                       CXClientData data)
{
    children *out = data;
    (void)parent;
    if (out->count < 3)
        out->items[out->count] = cursor;
    out->count++;
    return CXChildVisit_Continue;
}

static children children_of(CXCursor cursor)
{
    children out = {.count = 0};
    clang_visitChildren(cursor, collect, &out);
    return out;
}

static bool names(CXCursor expression, CXCursor variable)
{
    return clang_getCursorKind(expression) == CXCursor_DeclRefExpr &&
           clang_equalCursors(clang_getCursorReferenced(expression), variable);
}

/* `variable = …` anywhere in the body, or its initialiser. */
static enum CXChildVisitResult
visit_assignment(CXCursor cursor, CXCursor parent, CXClientData data)
{
    assignment_walk *w = data;
    children parts;
    (void)parent;
    if (clang_getCursorKind(cursor) == CXCursor_VarDecl &&
        clang_equalCursors(cursor, w->variable)) {
        CXCursor value = clang_Cursor_getVarDeclInitializer(cursor);
        if (!clang_Cursor_isNull(value))
            w->problem = judge(w->walk, value, w->depth + 1);
    } else if (clang_getCursorKind(cursor) == CXCursor_BinaryOperator) {
        parts = children_of(cursor);
        if (parts.count == 2 && names(parts.items[0], w->variable))
            w->problem = judge(w->walk, parts.items[1], w->depth + 1);
    }
    return w->problem ? CXChildVisit_Break : CXChildVisit_Recurse;
}

static const char *judge_variable(return_walk *w, CXCursor variable, int depth)
{
    assignment_walk look = {.walk = w, .variable = variable, .depth = depth};
    for (unsigned i = 0; i < w->seen_count; i++) {
        if (clang_equalCursors(w->seen[i], variable))
            return NULL;
    }
    if (w->seen_count == MOST_VARIABLES)
        return NULL;
    w->seen[w->seen_count++] = variable;
    clang_visitChildren(w->body, visit_assignment, &look);
    return look.problem;
}

/* ---- expressions -----------------------------------------------------------
 */

static bool is_array(CXCursor expression)
{
    return clang_getArrayElementType(
               clang_getCanonicalType(clang_getCursorType(expression)))
               .kind != CXType_Invalid;
}

/* The address of what the expression names, by & or because it is an array. */
static const char *judge_place(return_walk *w, CXCursor place, int depth)
{
    CXCursor named = clang_getCursorReferenced(place);
    children parts;
    switch (clang_getCursorKind(place)) {
    case CXCursor_DeclRefExpr:
        if (clang_getCursorKind(named) != CXCursor_VarDecl)
            return "the address of a parameter";
        if (clang_Cursor_getStorageClass(named) == CX_SC_Static)
            return "the address of a static variable";
        return clang_Cursor_hasVarDeclGlobalStorage(named) == 1
                   ? "the address of a global variable"
                   : "the address of a local variable";
    case CXCursor_MemberRefExpr:
    case CXCursor_ArraySubscriptExpr:
    case CXCursor_ParenExpr:
        parts = children_of(place);
        if (!parts.count)
            return NULL;
        if (clang_getCanonicalType(clang_getCursorType(parts.items[0])).kind ==
            CXType_Pointer)
            return judge(w, parts.items[0], depth);
        return judge_place(w, parts.items[0], depth);
    case CXCursor_UnexposedExpr:
        parts = children_of(place);
        return parts.count ? judge_place(w, parts.items[0], depth) : NULL;
    case CXCursor_StringLiteral:
        return "a string literal";
    case CXCursor_CompoundLiteralExpr:
        return "the address of a local variable";
    default:
        return NULL;
    }
}

static const char *judge_name(return_walk *w, CXCursor expression, int depth)
{
    CXCursor named = clang_getCursorReferenced(expression);
    if (clang_getCursorKind(named) == CXCursor_ParmDecl)
        return "what derives from a parameter";
    if (clang_getCursorKind(named) != CXCursor_VarDecl)
        return NULL;
    if (is_array(expression))
        return judge_place(w, expression, depth);
    return judge_variable(w, named, depth);
}

static bool is_one_of(const char *name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(name, names[i]) == 0)
            return true;
    }
    return false;
}

#define IS_ONE_OF(name, names)                                                 \
    is_one_of((name), (names), sizeof(names) / sizeof *(names))

/* What functions of the C library return. */
static const char *judge_call(return_walk *w, CXCursor call, int depth)
{
    static const char *const of_first_argument[] = {
        "strchr", "strrchr", "strchrnul", "strstr",  "strcasestr", "strpbrk",
        "memchr", "memrchr", "rawmemchr", "memmem",  "index",      "rindex",
        "strcpy", "strncpy", "stpcpy",    "stpncpy", "strcat",     "strncat",
        "memcpy", "memmove", "mempcpy",   "memset",  "basename",   "dirname",
        "strtok", "fgets"};
    static const char *const of_library[] = {
        "getenv",  "strerror",  "strsignal", "setlocale", "nl_langinfo",
        "ctime",   "asctime",   "gettext",   "dgettext",  "dcgettext",
        "dlerror", "inet_ntoa", "localtime", "gmtime",    "secure_getenv"};
    children parts = children_of(call);
    const char *name = reader_text(w->reader, clang_getCursorSpelling(call));
    if (strncmp(name, "__builtin_", 10) == 0)
        name += 10;
    if (IS_ONE_OF(name, of_library))
        return "memory of the C library";
    if (parts.count > 1 && IS_ONE_OF(name, of_first_argument))
        return judge(w, parts.items[1], depth + 1);
    return NULL;
}

/* Why this pointer must not be handed out; NULL if nothing speaks against it.
 */
static const char *judge(return_walk *w, CXCursor expression, int depth)
{
    children parts = children_of(expression);
    const char *problem;
    if (depth > 64)
        return NULL;
    switch (clang_getCursorKind(expression)) {
    case CXCursor_StringLiteral:
        return "a string literal";
    case CXCursor_DeclRefExpr:
        return judge_name(w, expression, depth);
    case CXCursor_CompoundLiteralExpr:
        return is_array(expression) ? "the address of a local variable" : NULL;
    case CXCursor_MemberRefExpr:
        return is_array(expression) ? judge_place(w, expression, depth) : NULL;
    case CXCursor_UnaryOperator:
        /* & and ++/-- ; a dereference yields what is stored there. */
        if (!parts.count)
            return NULL;
        if (clang_equalTypes(
                clang_getCanonicalType(clang_getCursorType(expression)),
                clang_getCanonicalType(clang_getCursorType(parts.items[0]))))
            return judge(w, parts.items[0], depth + 1);
        if (clang_equalTypes(
                clang_getCanonicalType(
                    clang_getPointeeType(clang_getCursorType(expression))),
                clang_getCanonicalType(clang_getCursorType(parts.items[0]))))
            return judge_place(w, parts.items[0], depth + 1);
        return NULL;
    case CXCursor_BinaryOperator: /* pointer arithmetic: one side points */
        for (unsigned i = 0; parts.count == 2 && i < 2; i++) {
            if (clang_getCanonicalType(clang_getCursorType(parts.items[i]))
                    .kind == CXType_Pointer) {
                problem = judge(w, parts.items[i], depth + 1);
                if (problem)
                    return problem;
            }
        }
        return NULL;
    case CXCursor_ConditionalOperator:
        for (unsigned i = 1; i < parts.count && i < 3; i++) {
            problem = judge(w, parts.items[i], depth + 1);
            if (problem)
                return problem;
        }
        return NULL;
    case CXCursor_CallExpr:
        return judge_call(w, expression, depth);
    case CXCursor_UnexposedExpr:
    case CXCursor_ParenExpr:
        return parts.count ? judge(w, parts.items[0], depth + 1) : NULL;
    case CXCursor_CStyleCastExpr:
        return parts.count
                   ? judge(w, parts.items[parts.count > 1 ? 1 : 0], depth + 1)
                   : NULL;
    default:
        return NULL;
    }
}

/* ---- statements ------------------------------------------------------------
 */

static enum CXChildVisitResult visit_return(CXCursor cursor, CXCursor parent,
                                            CXClientData data)
{
    return_walk *w = data;
    gen_function *function = w->function;
    children parts;
    (void)parent;
    if (clang_getCursorKind(cursor) != CXCursor_ReturnStmt)
        return CXChildVisit_Recurse;
    parts = children_of(cursor);
    if (!parts.count || function->return_count == MOST_RETURNS)
        return CXChildVisit_Continue;
    if (function->return_count == w->capacity) {
        size_t capacity = w->capacity ? w->capacity * 2 : 8;
        gen_span *spans = GEN_NEW_ARRAY(w->reader->arena, gen_span, capacity);
        const char **problems =
            GEN_NEW_ARRAY(w->reader->arena, const char *, capacity);
        if (function->return_count) {
            memcpy(spans, function->returns,
                   function->return_count * sizeof *spans);
            memcpy(problems, function->return_problems,
                   function->return_count * sizeof *problems);
        }
        function->returns = spans;
        function->return_problems = problems;
        w->capacity = capacity;
    }
    w->seen_count = 0;
    function->returns[function->return_count] =
        reader_cursor_span(w->reader, parts.items[0]);
    function->return_problems[function->return_count++] =
        judge(w, parts.items[0], 0);
    return CXChildVisit_Continue;
}

void reader_returns(reader *r, gen_function *function, CXCursor body)
{
    return_walk w = {.reader = r, .function = function, .body = body};
    if (function->result->kind == GEN_TYPE_POINTER)
        clang_visitChildren(body, visit_return, &w);
}
