/* source_callback.c -- can the library call what validate= and release= name?
 */
#include "source_reader.h"

#include <string.h>

/* May a value of `from` be passed as `to` without a word from any compiler? */
static bool is_passed(const gen_type *from, const gen_type *to)
{
    const gen_type *source = from->target, *goal = to->target;
    if (from->kind != GEN_TYPE_POINTER || to->kind != GEN_TYPE_POINTER)
        return strcmp(from->spelling, to->spelling) == 0;
    if ((source->is_const && !goal->is_const) ||
        (source->is_volatile && !goal->is_volatile))
        return false;
    return source->kind == GEN_TYPE_VOID || goal->kind == GEN_TYPE_VOID ||
           strcmp(source->spelling, goal->spelling) == 0;
}

static const gen_type *canonical(reader *r, CXType type)
{
    return reader_type(r, clang_getCanonicalType(type));
}

static bool is_truth(CXType type)
{
    enum CXTypeKind kind = clang_getCanonicalType(type).kind;
    return kind == CXType_Enum ||
           (kind >= CXType_Bool && kind <= CXType_Int128);
}

/* The function that an expression of this type points at; kind Invalid if
 * none. */
static CXType pointed_function(CXType type)
{
    CXType function = clang_getCanonicalType(
        clang_getPointeeType(clang_getCanonicalType(type)));
    if (function.kind != CXType_FunctionProto &&
        function.kind != CXType_FunctionNoProto)
        function.kind = CXType_Invalid;
    return function;
}

static void check_parameter(reader *r, const reader_callback *callback,
                            CXType function)
{
    int count = clang_getNumArgTypes(function);
    CXType parameter;
    if (count != 1 || clang_isFunctionTypeVariadic(function)) {
        gen_error(r->diagnostics, callback->span,
                  "'%s' takes %d parameters%s; %s calls it with the result of "
                  "'%s' alone",
                  callback->name, count,
                  clang_isFunctionTypeVariadic(function) ? " and more" : "",
                  callback->option, callback->function);
        return;
    }
    parameter = clang_getArgType(function, 0);
    if (!is_passed(canonical(r, callback->result), canonical(r, parameter)))
        gen_error(r->diagnostics, callback->span,
                  "'%s' takes '%s', but '%s' returns '%s'", callback->name,
                  reader_type(r, parameter)->qualified, callback->function,
                  reader_type(r, callback->result)->qualified);
}

void reader_check_callback(reader *r, const reader_callback *callback,
                           CXType type)
{
    CXType function = pointed_function(type);
    CXType result = clang_getResultType(function);
    if (function.kind == CXType_Invalid) {
        gen_error(r->diagnostics, callback->span,
                  "'%s' is '%s', but %s needs a function that takes the result "
                  "of '%s'",
                  callback->name, reader_type(r, type)->qualified,
                  callback->option, callback->function);
        return;
    }
    if (callback->must_answer && !is_truth(result))
        gen_error(r->diagnostics, callback->span,
                  "'%s' returns '%s'; validate needs bool or int, true for a "
                  "result that can still be used",
                  callback->name, reader_type(r, result)->qualified);
    if (function.kind == CXType_FunctionProto)
        check_parameter(r, callback, function);
}
