/* arrow_walk.h -- the items of nested Arrow arrays that content consists of.
 *
 * An array's items are those that its parents' items name, in their order.  A
 * walk is the way down to an array, and hands its items out as runs; it holds
 * no item, so any number of them can be walked over, as often as one likes.
 * Where runs are parted depends on content alone, never on how that is stored.
 */
#ifndef MEMO_CACHE_ARROW_WALK_H
#define MEMO_CACHE_ARROW_WALK_H

#include "cache/arrow.h"
#include "cache/arrow_format.h"

typedef enum {
    MEMO_ARROW_VALID,
    MEMO_ARROW_ABSENT, /* null by its own bitmap */
    MEMO_ARROW_HIDDEN  /* a slot that must be there, below something null or
                          of another type of a union */
} memo_arrow_state;

/* Items that follow each other; `begin` counts from the array's offset, and
 * means nothing for hidden ones. */
typedef struct {
    int64_t begin, count;
    memo_arrow_state state;
} memo_arrow_run;

typedef enum {
    MEMO_ARROW_ROOT, /* all of it: the outermost array, or a dictionary */
    MEMO_ARROW_CHILD /* what items of the level above name */
} memo_arrow_relation;

struct memo_arrow_level {
    const struct ArrowSchema *schema;
    const struct ArrowArray *array;
    memo_arrow_layout layout;
    memo_arrow_relation relation;
    int64_t child; /* of the level above */
    int id;        /* of that child, if the level above is a union */
    bool is_begun;
    memo_arrow_run above; /* what is left of a run of the level above */
    memo_arrow_run rest;  /* what is left of the items that it named */
};

typedef struct {
    unsigned depth; /* levels[depth] is the last one */
    struct memo_arrow_level levels[MEMO_ARROW_DEPTH + 1];
} memo_arrow_walk;

/* Begin with the outermost array of a checked pair. */
void memo_arrow_walk_begin(memo_arrow_walk *walk,
                           const struct ArrowSchema *schema,
                           const struct ArrowArray *array);

/* Go down to a child, or to MEMO_ARROW_OF_DICTIONARY, and up again. */
void memo_arrow_walk_down(memo_arrow_walk *walk, int64_t child);
void memo_arrow_walk_up(memo_arrow_walk *walk);

/* Go back to before the first item of the last level. */
void memo_arrow_walk_restart(memo_arrow_walk *walk);

/* The next items of the last level; false at the end. */
bool memo_arrow_walk_next(memo_arrow_walk *walk, memo_arrow_run *out);

#endif
