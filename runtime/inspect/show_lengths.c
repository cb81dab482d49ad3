#include "inspect/show_lengths.h"

#include <stdlib.h>

/* Lengths that are written as a number. */
#define CONSTANTS 17u

bool memo_lengths_init(memo_lengths *lengths, const memo_facts *facts)
{
    *lengths = (memo_lengths){0};
    lengths->tries = calloc(facts->field_count + 1, sizeof *lengths->tries);
    lengths->places = calloc(facts->field_count + 1, sizeof *lengths->places);
    return lengths->tries && lengths->places;
}

void memo_lengths_finish(memo_lengths *lengths)
{
    free(lengths->tries);
    free(lengths->places);
}

void memo_lengths_restart(memo_lengths *lengths)
{
    for (size_t i = 0; i < lengths->asked; i++)
        lengths->places[lengths->tries[i].field] = 0;
    lengths->asked = 0;
}

void memo_lengths_begin(memo_lengths *lengths, int kind)
{
    memo_lengths_restart(lengths);
    lengths->kind = kind;
    lengths->decided = 0;
}

bool memo_lengths_next(memo_lengths *lengths)
{
    memo_lengths_restart(lengths);
    while (lengths->decided > 0) {
        memo_length_try *last = &lengths->tries[lengths->decided - 1];

        if (++last->choice < last->choices)
            return true;
        lengths->decided--;
    }
    return false;
}

/* ---- what a length may be ------------------------------------------------ */

static uint32_t pairs_of(uint32_t count)
{
    return count > 1 ? count * (count - 1) / 2 : 0;
}

static uint32_t count_choices(int kind, uint32_t count)
{
    uint32_t simple = count + pairs_of(count);

    return kind == MEMO_LENGTHS_SIMPLE ? simple
                                       : simple + 4 * count + CONSTANTS;
}

/* A product of two different ones, by number. */
static bool multiply_pair(uint64_t *out, const memo_numbers *numbers,
                          uint32_t pair)
{
    uint32_t first = 0;

    while (pair >= numbers->count - 1 - first)
        pair -= numbers->count - 1 - first++;
    return !__builtin_mul_overflow(numbers->items[first],
                                   numbers->items[first + 1 + pair], out);
}

static bool compute_other(uint64_t *out, const memo_numbers *numbers,
                          uint32_t choice)
{
    uint64_t number;

    if (choice >= 4 * numbers->count) {
        *out = choice - 4 * numbers->count;
        return true;
    }
    number = numbers->items[choice / 4];
    switch (choice % 4) {
    case 0:
        return !__builtin_add_overflow(number, 1u, out);
    case 1:
        return !__builtin_sub_overflow(number, 1u, out);
    case 2:
        return !__builtin_mul_overflow(number, 2u, out);
    default:
        return !__builtin_mul_overflow(number, number, out);
    }
}

static bool compute(uint64_t *out, const memo_numbers *numbers, uint32_t choice)
{
    uint32_t pairs = pairs_of(numbers->count);

    if (choice < numbers->count) {
        *out = numbers->items[choice];
        return true;
    }
    choice -= numbers->count;
    if (choice < pairs)
        return multiply_pair(out, numbers, choice);
    return compute_other(out, numbers, choice - pairs);
}

bool memo_lengths_ask(memo_lengths *lengths, size_t field,
                      const memo_numbers *numbers, uint64_t *out)
{
    uint32_t choices = count_choices(lengths->kind, numbers->count);
    memo_length_try *try;

    if (lengths->places[field] == 0) {
        try = &lengths->tries[lengths->asked];
        if (lengths->asked++ == lengths->decided) {
            *try = (memo_length_try){field, 0, choices};
            lengths->decided++;
        }
        lengths->places[field] = (uint32_t)lengths->asked;
    }
    try = &lengths->tries[lengths->places[field] - 1];
    return try->choice < choices && compute(out, numbers, try->choice);
}
