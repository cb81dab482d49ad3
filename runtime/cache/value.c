/* value.c -- the value of a call: its result, then every output. */
#include "cache/value.h"

#include "base/bytes.h"
#include "cache/overlap.h"
#include "cache/types.h"

#include <stdlib.h>

/* ---- measuring ----------------------------------------------------------- */

static bool add(size_t *sum, size_t size)
{
    return !__builtin_add_overflow(*sum, size, sum) && *sum <= PTRDIFF_MAX;
}

/* Presence, count and elements; presence alone for NULL. */
static bool add_elements(size_t *sum, const struct memo_type *type,
                         const void *data, uint64_t count)
{
    uint64_t size;

    if (!data)
        return add(sum, 1);
    if (__builtin_mul_overflow(count, type->size, &size) || size > PTRDIFF_MAX)
        return false;
    size = memo_type_bytes(type);
    if (size > PTRDIFF_MAX || __builtin_mul_overflow(size, count, &size) ||
        size > PTRDIFF_MAX)
        return false;
    return add(sum, 1 + memo_length_bytes(count)) && add(sum, (size_t)size);
}

static bool add_text(size_t *sum, const char *text)
{
    size_t length = text ? strlen(text) : 0;

    return add(sum, text ? 1 + memo_length_bytes(length) : 1) &&
           add(sum, length);
}

/* What is shared is handed out as it is. */
static size_t shared_bytes(const struct memo_function *function)
{
    if (function->result_kind == MEMO_RESULT_NONE)
        return 0;
    return function->result_kind == MEMO_RESULT_VALUE
               ? function->result_type->size
               : sizeof(void *);
}

static bool add_result(size_t *sum, const struct memo_function *function,
                       const void *result, memo_u64 result_count)
{
    if (function->sharing)
        return add(sum, shared_bytes(function));
    switch (function->result_kind) {
    case MEMO_RESULT_VALUE:
        return add(sum, memo_type_bytes(function->result_type));
    case MEMO_RESULT_TEXT:
        return add_text(sum, *(char *const *)result);
    case MEMO_RESULT_ELEMENTS:
        return add_elements(sum, function->result_type, *(void *const *)result,
                            result_count);
    default:
        return true;
    }
}

static bool is_output(const struct memo_function *function, memo_u32 i)
{
    return (function->parameters[i].direction & MEMO_OUT) != 0;
}

bool memo_value_size(size_t *out, const struct memo_function *function,
                     const struct memo_argument *arguments, const void *result,
                     memo_u64 result_count)
{
    *out = 0;
    if (!add_result(out, function, result, result_count))
        return false;
    for (memo_u32 i = 0; i < function->parameter_count; i++) {
        if (is_output(function, i) &&
            !add_elements(out, function->parameters[i].type, arguments[i].data,
                          arguments[i].count))
            return false;
    }
    return true;
}

/* ---- values to bytes ----------------------------------------------------- */

static unsigned char *put_presence(unsigned char *out, const void *data)
{
    *out = data != NULL;
    return out + 1;
}

static unsigned char *put_elements(unsigned char *out,
                                   const struct memo_type *type,
                                   const void *data, uint64_t count)
{
    out = put_presence(out, data);
    if (!data)
        return out;
    out = memo_put_length(out, count);
    return memo_type_encode(out, type, data, (size_t)count);
}

static unsigned char *put_text(unsigned char *out, const char *text)
{
    size_t length;

    out = put_presence(out, text);
    if (!text)
        return out;
    length = strlen(text);
    return memo_put_bytes(memo_put_length(out, length), text, length);
}

static unsigned char *put_result(unsigned char *out,
                                 const struct memo_function *function,
                                 const void *result, memo_u64 result_count)
{
    if (function->sharing)
        return memo_put_bytes(out, result, shared_bytes(function));
    switch (function->result_kind) {
    case MEMO_RESULT_VALUE:
        return memo_type_encode(out, function->result_type, result, 1);
    case MEMO_RESULT_TEXT:
        return put_text(out, *(char *const *)result);
    case MEMO_RESULT_ELEMENTS:
        return put_elements(out, function->result_type, *(void *const *)result,
                            result_count);
    default:
        return out;
    }
}

void memo_value_encode(unsigned char *out, const struct memo_function *function,
                       const struct memo_argument *arguments,
                       const void *result, memo_u64 result_count)
{
    out = put_result(out, function, result, result_count);
    for (memo_u32 i = 0; i < function->parameter_count; i++) {
        if (is_output(function, i))
            out = put_elements(out, function->parameters[i].type,
                               arguments[i].data, arguments[i].count);
    }
}

/* ---- checking bytes ------------------------------------------------------ */

/* A text or elements among the encoded bytes. */
struct piece {
    bool is_present;
    uint64_t count;
    const unsigned char *bytes; /* the content, `count` elements */
    const unsigned char *end;   /* the byte after it */
};

/* Everything that is being decoded. */
struct stored {
    const unsigned char *bytes, *end;
    const struct memo_function *function;
    const struct memo_argument *arguments;
};

/* Cut `count` things of `size` bytes off; NULL when they do not fit. */
static const unsigned char *skip(const unsigned char *at,
                                 const unsigned char *end, uint64_t count,
                                 size_t size)
{
    uint64_t total;

    if (__builtin_mul_overflow(count, size, &total) ||
        total > (uint64_t)(end - at))
        return NULL;
    return at + total;
}

static bool get_piece(struct piece *out, const unsigned char *at,
                      const unsigned char *end, size_t element_bytes)
{
    *out = (struct piece){false, 0, at, at};
    if (at >= end || *at > 1)
        return false;
    out->is_present = *at++ == 1;
    if (out->is_present)
        at = memo_get_length(&out->count, at, end);
    if (!at)
        return false;
    out->bytes = at;
    out->end = skip(at, end, out->count, element_bytes);
    return out->end != NULL;
}

/* The result; `bytes` is the value itself where it is not nullable. */
static bool get_result(struct piece *out, const struct stored *stored)
{
    const struct memo_function *function = stored->function;
    const unsigned char *at = stored->bytes;

    *out = (struct piece){true, 0, at, at};
    if (function->sharing) {
        out->end = skip(at, stored->end, 1, shared_bytes(function));
        return out->end != NULL;
    }
    switch (function->result_kind) {
    case MEMO_RESULT_VALUE:
        out->end =
            skip(at, stored->end, 1, memo_type_bytes(function->result_type));
        return out->end != NULL;
    case MEMO_RESULT_TEXT:
        return get_piece(out, at, stored->end, 1);
    case MEMO_RESULT_ELEMENTS:
        return get_piece(out, at, stored->end,
                         memo_type_bytes(function->result_type));
    default:
        return true;
    }
}

static bool get_output(struct piece *out, const struct stored *stored,
                       const unsigned char *at, memo_u32 i)
{
    const struct memo_argument *argument = &stored->arguments[i];
    const struct memo_type *type = stored->function->parameters[i].type;

    if (!get_piece(out, at, stored->end, memo_type_bytes(type)))
        return false;
    if (!out->is_present || !argument->data)
        return !out->is_present && !argument->data;
    return argument->count == MEMO_COUNT_LATER || argument->count == out->count;
}

/* Do all outputs follow the result, with nothing behind them? */
static bool has_outputs(const struct stored *stored, const unsigned char *at,
                        bool *has_later_count)
{
    *has_later_count = false;
    for (memo_u32 i = 0; i < stored->function->parameter_count; i++) {
        struct piece piece;

        if (!is_output(stored->function, i))
            continue;
        if (!get_output(&piece, stored, at, i))
            return false;
        *has_later_count |= stored->arguments[i].count == MEMO_COUNT_LATER;
        at = piece.end;
    }
    return at == stored->end;
}

/* A memo_count_function over checked bytes. */
static memo_u64 stored_count(const void *context, memo_u32 parameter)
{
    const struct stored *stored = context;
    struct piece piece;

    get_result(&piece, stored);
    for (memo_u32 i = 0; i <= parameter; i++) {
        if (is_output(stored->function, i))
            get_output(&piece, stored, piece.end, i);
    }
    return piece.count;
}

/* ---- bytes to values ----------------------------------------------------- */

memo_allocator memo_value_allocator(const struct memo_function *function)
{
    return (memo_allocator){function->allocate ? function->allocate : malloc,
                            function->release ? function->release : free};
}

static bool copy_text(char **out, const struct piece *piece,
                      const struct memo_function *function)
{
    *out = memo_value_allocator(function).allocate((size_t)piece->count + 1);
    if (!*out)
        return false;
    memo_put_bytes((unsigned char *)*out, piece->bytes, (size_t)piece->count);
    (*out)[piece->count] = '\0';
    return true;
}

static bool copy_elements(void **out, const struct piece *piece,
                          const struct memo_function *function)
{
    const struct memo_type *type = function->result_type;
    uint64_t size;

    if (__builtin_mul_overflow(piece->count, type->size, &size) ||
        size > PTRDIFF_MAX)
        return false;
    /* A present array of none is not NULL. */
    *out = memo_value_allocator(function).allocate(size > 0 ? (size_t)size : 1);
    if (!*out)
        return false;
    memo_type_decode(piece->bytes, type, *out, (size_t)piece->count);
    return true;
}

static bool hand_out_result(void *result, const struct memo_function *function,
                            const struct piece *piece)
{
    if (function->sharing) {
        if (function->result_kind != MEMO_RESULT_NONE)
            memo_put_bytes(result, piece->bytes, shared_bytes(function));
        return true;
    }
    switch (function->result_kind) {
    case MEMO_RESULT_VALUE:
        memo_type_decode(piece->bytes, function->result_type, result, 1);
        return true;
    case MEMO_RESULT_TEXT:
        if (piece->is_present)
            return copy_text(result, piece, function);
        *(char **)result = NULL;
        return true;
    case MEMO_RESULT_ELEMENTS:
        if (piece->is_present)
            return copy_elements(result, piece, function);
        *(void **)result = NULL;
        return true;
    default:
        return true;
    }
}

static void hand_out_outputs(const struct stored *stored,
                             const unsigned char *at)
{
    for (memo_u32 i = 0; i < stored->function->parameter_count; i++) {
        const struct memo_parameter *parameter =
            &stored->function->parameters[i];
        struct piece piece;

        if (!is_output(stored->function, i))
            continue;
        get_output(&piece, stored, at, i);
        /* A count without bytes is checked by nothing. */
        if (piece.end > piece.bytes)
            (parameter->direction == MEMO_OUT ? memo_type_decode
                                              : memo_type_decode_over)(
                piece.bytes, parameter->type, stored->arguments[i].data,
                (size_t)piece.count);
        at = piece.end;
    }
}

static bool has_output(const struct memo_function *function)
{
    for (memo_u32 i = 0; i < function->parameter_count; i++) {
        if (is_output(function, i))
            return true;
    }
    return false;
}

/* The most common case, of which every hit has to be fast. */
static bool decode_value(const unsigned char *bytes, size_t size,
                         const struct memo_function *function, void *result)
{
    const struct memo_type *type = function->result_type;
    bool is_packed;

    if (function->sharing || function->result_kind != MEMO_RESULT_VALUE ||
        has_output(function))
        return false;
    is_packed = memo_type_is_packed(type);
    if (size != (is_packed ? type->size : memo_type_bytes(type)))
        return false;
    if (is_packed)
        memo_put_bytes(result, bytes, size);
    else
        memo_type_decode(bytes, type, result, 1);
    return true;
}

memo_value_outcome memo_value_decode(const unsigned char *bytes, size_t size,
                                     const struct memo_function *function,
                                     const struct memo_argument *arguments,
                                     void *result, memo_budget budget)
{
    struct stored stored = {bytes, bytes + size, function, arguments};
    bool has_later_count;
    struct piece piece;

    if (memo_value_is_deep(function))
        return memo_value_decode_deep(bytes, size, function, arguments, result,
                                      budget);
    if (decode_value(bytes, size, function, result))
        return MEMO_VALUE_DECODED;
    if (!get_result(&piece, &stored) ||
        !has_outputs(&stored, piece.end, &has_later_count))
        return MEMO_VALUE_MALFORMED;
    if (memo_overlap(function, arguments, has_later_count ? stored_count : NULL,
                     &stored))
        return MEMO_VALUE_ALIASED;
    if (!hand_out_result(result, function, &piece))
        return MEMO_VALUE_NO_MEMORY;
    hand_out_outputs(&stored, piece.end);
    return MEMO_VALUE_DECODED;
}
