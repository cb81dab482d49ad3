/* show_lengths.h -- how many elements there are where only the function knows.
 *
 * What a pointer with a length leads to is written without its length, which
 * code of the function computes from other fields.  Whoever does not have the
 * code tries: the length is one of the integers of the struct, or a product of
 * them, or else something a little less simple, and the same for all structs of
 * the type.  A try that makes all bytes fit, and that is the only one, is taken
 * for the truth.
 */
#ifndef MEMO_INSPECT_SHOW_LENGTHS_H
#define MEMO_INSPECT_SHOW_LENGTHS_H

#include "inspect/show_facts.h"

/* Integers of one struct that a length may be computed from. */
#define MEMO_LENGTH_NUMBERS 12

typedef struct {
    uint64_t items[MEMO_LENGTH_NUMBERS];
    uint32_t count;
} memo_numbers;

/* Simple lengths first; others only if none of these fits. */
enum { MEMO_LENGTHS_SIMPLE, MEMO_LENGTHS_OTHER, MEMO_LENGTHS_KINDS };

/* What is tried for a field whose length is asked for. */
typedef struct {
    size_t field;
    uint32_t choice, choices;
} memo_length_try;

typedef struct {
    int kind;
    size_t asked;           /* fields that were asked for since the try began */
    size_t decided;         /* as many tries stand */
    memo_length_try *tries; /* in the order in which they are asked for */
    uint32_t *places;       /* of each field: 1 + its place among them */
} memo_lengths;

/* Errors: false: out of memory. */
bool memo_lengths_init(memo_lengths *lengths, const memo_facts *facts);
void memo_lengths_finish(memo_lengths *lengths);

/* Begin with the first try of all. */
void memo_lengths_begin(memo_lengths *lengths, int kind);

/* Go back to the begin of the bytes, with the tries as they stand. */
void memo_lengths_restart(memo_lengths *lengths);

/* Go on to the next try; false: that was the last one. */
bool memo_lengths_next(memo_lengths *lengths);

/* The length that a field tells, by the integers of its struct; false: it
 * cannot be this one. */
bool memo_lengths_ask(memo_lengths *lengths, size_t field,
                      const memo_numbers *numbers, uint64_t *out);

#endif
