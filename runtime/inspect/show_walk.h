/* show_walk.h -- canonical bytes of values, from one to the next.
 *
 * Values are walked over twice.  The first time nothing is shown: pieces are
 * found, one behind the other, and where each begins.  The second time pointers
 * are followed from the root on, and what is there is shown.  Trusts nothing.
 * It knows neither keys nor results.
 */
#ifndef MEMO_INSPECT_SHOW_WALK_H
#define MEMO_INSPECT_SHOW_WALK_H

#include "inspect/show_lengths.h"
#include "inspect/show_out.h"

/* More pieces are not looked at. */
#define MEMO_WALK_PIECES ((size_t)1 << 20)

/* A length that only the function knows. */
#define MEMO_WALK_UNKNOWN UINT64_MAX

/* A struct in the bytes, and one of its fields. */
typedef struct {
    const struct memo_type *type; /* NULL: there is none */
    const unsigned char *at;
    const struct memo_field *field;
} memo_walk_owner;

/* What one pointer leads to. */
typedef struct {
    const struct memo_type *type; /* NULL: the characters of a text */
    uint64_t count, tail;
    bool is_list;            /* else a single one */
    bool is_target;          /* shown with a sign of the pointer to it */
    bool is_named;           /* another pointer leads there, too */
    memo_walk_owner counter; /* that tells `count`, or `tail` of a root */
    const unsigned char *at; /* NULL: nobody knows where it is */
    size_t first; /* number of the piece that its first pointer leads to */
} memo_walk_piece;

typedef enum {
    MEMO_WALK_ON,
    MEMO_WALK_DAMAGED,
    MEMO_WALK_LOST, /* too much, or a length that cannot be told */
    MEMO_WALK_NO_MEMORY
} memo_walk_outcome;

typedef struct {
    const memo_facts *facts;
    const unsigned char *at, *end;
    memo_walk_outcome outcome;
    uint64_t steps;        /* that may still be made */
    memo_show_out *out;    /* NULL: nothing is shown */
    memo_numbers *numbers; /* integers of a struct are wanted, or NULL */
    memo_lengths *lengths; /* NULL: lengths are not to be guessed */
    bool is_laying;        /* pieces are found, else shown */
    bool is_key;           /* a hash may stand for an opaque value */
    memo_walk_owner owner;
    uint64_t tail;
    unsigned nesting; /* pointers that were followed */
    memo_walk_piece *pieces;
    size_t piece_count, piece_capacity;
    size_t base; /* the root of the value among the pieces */
    size_t next; /* number of the piece that the next pointer leads to */
} memo_walk;

static inline bool memo_walk_goes_on(const memo_walk *walk)
{
    return walk->outcome == MEMO_WALK_ON;
}

/* Go no further; where something is shown, this is said in place of it. */
void memo_walk_stop(memo_walk *walk, memo_walk_outcome outcome);

/* Work is to be done that takes as long as so many steps. */
void memo_walk_spend(memo_walk *walk, uint64_t steps);

/* The next bytes; NULL: there are not so many. */
const unsigned char *memo_walk_take(memo_walk *walk, uint64_t size);
uint64_t memo_walk_take_length(memo_walk *walk);

/* The first time: find the pieces of a value whose bytes begin here.
 * Shape: type, count, tail and how to show the root are given; a tail of
 *        MEMO_WALK_UNKNOWN is guessed.
 * Returns which one the root is among the pieces. */
size_t memo_walk_lay(memo_walk *walk, const memo_walk_piece *root);

/* The second time: show the value with this root. */
void memo_walk_show(memo_walk *walk, size_t root);

#endif
