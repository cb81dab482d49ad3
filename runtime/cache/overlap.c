#include "cache/overlap.h"

#include <stdint.h>
#include <string.h>

struct question {
    const struct memo_function *function;
    const struct memo_argument *arguments;
    memo_count_function *count_of;
    const void *context;
};

static bool is_written(const struct memo_parameter *parameter)
{
    return (parameter->direction & MEMO_OUT) != 0;
}

static uint64_t size_of_elements(const struct question *question, memo_u32 i)
{
    const struct memo_parameter *parameter = &question->function->parameters[i];
    uint64_t count = question->arguments[i].count;
    uint64_t size;

    if (question->count_of && is_written(parameter))
        count = question->count_of(question->context, i);
    if (count == MEMO_COUNT_LATER)
        return 0;
    if (__builtin_mul_overflow(count, parameter->type->size, &size))
        return UINT64_MAX;
    return size;
}

static memo_range range_of(const struct question *question, memo_u32 i)
{
    const void *data = question->arguments[i].data;
    memo_range range = {(uintptr_t)data, (uintptr_t)data};
    uint64_t size = 0;

    if (!data)
        return range;
    switch (question->function->parameters[i].passing) {
    case MEMO_BY_TEXT:
    case MEMO_BY_FILE:
        size = strlen(data) + 1;
        break;
    case MEMO_BY_ELEMENTS:
        size = size_of_elements(question, i);
        break;
    case MEMO_BY_ADDRESS:
        size = 1;
        break;
    default:
        break;
    }
    if (__builtin_add_overflow(range.begin, size, &range.end))
        range.end = UINTPTR_MAX;
    return range;
}

static bool overlap(memo_range a, memo_range b)
{
    return a.begin < b.end && b.begin < a.end && a.begin < a.end &&
           b.begin < b.end;
}

static bool overlaps_another(const struct question *question, memo_u32 written)
{
    const struct memo_function *function = question->function;
    memo_range range = range_of(question, written);

    if (range.begin == range.end)
        return false;
    for (memo_u32 i = 0; i < function->parameter_count; i++) {
        /* Of two outputs, the later one has asked already. */
        if (i == written ||
            (i > written && is_written(&function->parameters[i])))
            continue;
        if (overlap(range, range_of(question, i)))
            return true;
    }
    return false;
}

memo_range memo_overlap_range(const struct memo_function *function,
                              const struct memo_argument *arguments,
                              memo_u32 parameter)
{
    const struct question question = {function, arguments, NULL, NULL};

    return range_of(&question, parameter);
}

bool memo_overlap(const struct memo_function *function,
                  const struct memo_argument *arguments,
                  memo_count_function *count_of, const void *context)
{
    const struct question question = {function, arguments, count_of, context};

    for (memo_u32 i = 0; i < function->parameter_count; i++) {
        if (is_written(&function->parameters[i]) &&
            overlaps_another(&question, i))
            return true;
    }
    return false;
}

static bool overlaps_piece(memo_range range, const memo_pieces *pieces)
{
    for (size_t i = 0; i < pieces->count; i++) {
        uintptr_t begin = (uintptr_t)pieces->items[i].at;

        if (overlap(range, (memo_range){begin, begin + memo_piece_bytes(
                                                           &pieces->items[i])}))
            return true;
    }
    return false;
}

bool memo_overlap_pieces(const struct memo_function *function,
                         const struct memo_argument *arguments, memo_u32 input,
                         const memo_pieces *pieces)
{
    const struct question question = {function, arguments, NULL, NULL};

    for (memo_u32 i = 0; i < function->parameter_count; i++) {
        const struct memo_parameter *parameter = &function->parameters[i];
        memo_range range;

        if (i == input || !is_written(parameter))
            continue;
        range = range_of(&question, i);
        if (arguments[i].data && arguments[i].count == MEMO_COUNT_LATER)
            range.end = range.begin + parameter->type->size;
        if (overlaps_piece(range, pieces))
            return true;
    }
    return false;
}
