#include "cache/ranges.h"

#include "cache/graph.h"
#include "cache/overlap.h"

#include <stdlib.h>

void memo_ranges_add(memo_ranges *ranges, memo_range range)
{
    if (ranges->count == ranges->capacity) {
        size_t capacity = 2 * ranges->capacity + 16;
        memo_range *items = realloc(ranges->items, capacity * sizeof *items);

        if (!items) {
            ranges->is_incomplete = true;
            return;
        }
        ranges->items = items;
        ranges->capacity = capacity;
    }
    ranges->items[ranges->count++] = range;
}

void memo_ranges_add_pieces(memo_ranges *ranges, const memo_pieces *pieces)
{
    for (size_t i = 0; i < pieces->count; i++) {
        uintptr_t begin = (uintptr_t)pieces->items[i].at;

        memo_ranges_add(
            ranges,
            (memo_range){begin, begin + memo_piece_bytes(&pieces->items[i])});
    }
    for (size_t i = 0; i < pieces->handle_count; i++)
        memo_ranges_add(
            ranges, (memo_range){pieces->handles[i], pieces->handles[i] + 1});
}

static void add_deep(memo_ranges *ranges,
                     const struct memo_parameter *parameter,
                     const struct memo_argument *argument, uint64_t most_pieces)
{
    memo_pieces pieces;

    memo_pieces_init(&pieces);
    if (memo_graph_find_pieces(
            &pieces, parameter->type, argument->data,
            parameter->passing == MEMO_BY_VALUE ? 1 : argument->count,
            most_pieces) == MEMO_GRAPH_DONE)
        memo_ranges_add_pieces(ranges, &pieces);
    else
        ranges->is_incomplete = true;
    memo_pieces_finish(&pieces);
}

void memo_ranges_add_argument(memo_ranges *ranges,
                              const struct memo_function *function,
                              const struct memo_argument *arguments, memo_u32 i,
                              uint64_t most_pieces)
{
    const struct memo_parameter *parameter = &function->parameters[i];
    memo_range range;

    if (!arguments[i].data)
        return;
    if ((parameter->direction & MEMO_IN) && parameter->type &&
        memo_type_is_deep(parameter->type)) {
        add_deep(ranges, parameter, &arguments[i], most_pieces);
        return;
    }
    range = memo_overlap_range(function, arguments, i);
    if (arguments[i].count == MEMO_COUNT_LATER)
        range.end = range.begin + parameter->type->size;
    memo_ranges_add(ranges, range);
}
