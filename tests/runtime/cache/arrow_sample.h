/* arrow_sample.h -- random Arrow content, laid out in random ways.
 *
 * A column is content: what a consumer can tell apart.  The same one can be
 * laid out at any offset, with anything below nulls and between items, with or
 * without bitmaps.  All memory is an arena's.
 */
#ifndef MEMO_TESTS_ARROW_SAMPLE_H
#define MEMO_TESTS_ARROW_SAMPLE_H

#include "../../support/random.h"
#include "cache/arrow.h"
#include "cache/arrow_format.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- memory -------------------------------------------------------------- */

/* Zero at the start. */
struct arena {
    void **blocks;
    size_t count, room;
};

/* Zeroed, and of exactly that size, so that a sanitizer sees its end. */
static inline void *arena_take(struct arena *arena, int64_t size)
{
    if (arena->count == arena->room) {
        arena->room = 2 * arena->room + 64;
        arena->blocks =
            realloc(arena->blocks, arena->room * sizeof *arena->blocks);
    }
    void *block = calloc(1, size > 0 ? (size_t)size : 1);
    if (!block || !arena->blocks)
        abort();
    arena->blocks[arena->count++] = block;
    return block;
}

static inline void arena_finish(struct arena *arena)
{
    for (size_t i = 0; i < arena->count; i++)
        free(arena->blocks[i]);
    free(arena->blocks);
    *arena = (struct arena){0};
}

/* The arena frees the memory. */
static inline void mark_schema(struct ArrowSchema *schema)
{
    schema->release = NULL;
}

static inline void mark_array(struct ArrowArray *array)
{
    array->release = NULL;
}

/* ---- random types -------------------------------------------------------- */

static const char *const sample_formats[] = {
    "n",
    "b",
    "c",
    "C",
    "s",
    "S",
    "i",
    "I",
    "l",
    "L",
    "e",
    "f",
    "g",
    "z",
    "u",
    "Z",
    "U",
    "vz",
    "vu",
    "w:0",
    "w:5",
    "d:19,10",
    "d:5,-2,256",
    "d:9,2,32",
    "d:18,0,64",
    "tdD",
    "tdm",
    "tts",
    "ttn",
    "tss:",
    "tsn:Europe/Berlin",
    "tDu",
    "tiM",
    "tiD",
    "tin",
    /* the nested ones */
    "+l",
    "+L",
    "+vl",
    "+vL",
    "+w:2",
    "+w:0",
    "+s",
    "+m",
    "+us:0,5",
    "+ud:7,1,3",
    "+r",
};
enum {
    SAMPLE_FORMATS = sizeof sample_formats / sizeof *sample_formats,
    SAMPLE_LEAVES = 35
};

static inline struct ArrowSchema *
sample_schema(struct arena *arena, const char *format, int64_t children)
{
    struct ArrowSchema *schema = arena_take(arena, sizeof *schema);

    schema->format = format;
    schema->name = "";
    schema->flags = ARROW_FLAG_NULLABLE;
    schema->n_children = children;
    if (children > 0)
        schema->children =
            arena_take(arena, children * (int64_t)sizeof *schema->children);
    schema->release = mark_schema;
    return schema;
}

static inline struct ArrowSchema *draw_schema(struct arena *arena,
                                              uint64_t *state, int depth);

static inline void draw_family(struct arena *arena, uint64_t *state,
                               struct ArrowSchema *schema, int depth)
{
    static const char *const ends[] = {"s", "i", "l"};

    for (int64_t i = 0; i < schema->n_children; i++)
        schema->children[i] = draw_schema(arena, state, depth - 1);
    if (strcmp(schema->format, "+r") == 0)
        schema->children[0] =
            sample_schema(arena, ends[random_below(state, 3)], 0);
    if (strcmp(schema->format, "+m") == 0) {
        struct ArrowSchema *entries = sample_schema(arena, "+s", 2);

        entries->children[0] = draw_schema(arena, state, depth - 1);
        entries->children[1] = draw_schema(arena, state, depth - 1);
        schema->children[0] = entries;
    }
}

/* A type that is nested up to `depth` deep. */
static inline struct ArrowSchema *draw_schema(struct arena *arena,
                                              uint64_t *state, int depth)
{
    size_t count = depth > 0 ? SAMPLE_FORMATS : SAMPLE_LEAVES;
    /* More often nested than not, while that is possible. */
    size_t choice =
        depth > 0 && random_below(state, 3) > 0
            ? SAMPLE_LEAVES + random_below(state, count - SAMPLE_LEAVES)
            : random_below(state, count);
    memo_arrow_layout layout;
    struct ArrowSchema *schema;

    memo_arrow_layout_read(&layout, sample_formats[choice]);
    schema = sample_schema(arena, sample_formats[choice],
                           layout.children < 0 ? (int64_t)random_below(state, 4)
                                               : layout.children);
    if (random_below(state, 2))
        schema->name = "column";
    draw_family(arena, state, schema, depth);
    if (layout.is_index && depth > 0 && random_below(state, 3) == 0)
        schema->dictionary = draw_schema(arena, state, depth - 1);
    return schema;
}

/* ---- random content ------------------------------------------------------ */

struct column {
    const struct ArrowSchema *schema;
    memo_arrow_layout layout;
    int64_t length;
    bool *is_null;
    unsigned char *values;   /* bools a byte each; fixed width; type ids */
    int64_t *begins, *sizes; /* into bytes, child or runs */
    unsigned char *bytes;
    int64_t *runs; /* the run of each item */
    struct column **children;
    struct column *dictionary;
};

static inline struct column *draw_column(struct arena *arena, uint64_t *state,
                                         const struct ArrowSchema *schema,
                                         int64_t length);

static inline bool is_nothing(const struct column *column, int64_t at)
{
    return at < 0 || column->is_null[at];
}

/* Sizes for texts and lists; returns their sum. */
static inline int64_t draw_sizes(uint64_t *state, struct column *column,
                                 size_t bound)
{
    int64_t sum = 0;

    for (int64_t i = 0; i < column->length; i++) {
        column->begins[i] = sum;
        if (!column->is_null[i])
            column->sizes[i] = (int64_t)random_below(state, bound);
        sum += column->sizes[i];
    }
    return sum;
}

static inline void draw_indices(uint64_t *state, struct column *column)
{
    int64_t width = column->layout.width;

    for (int64_t i = 0; i < column->length; i++) {
        uint64_t index = 0;

        if (column->dictionary->length == 0)
            column->is_null[i] = true;
        else
            index = random_below(state, (size_t)column->dictionary->length);
        memcpy(column->values + i * width, &index, (size_t)width);
    }
}

/* Dense unions: the item of each one's child.  Returns the items of `child`. */
static inline int64_t draw_members(uint64_t *state, struct column *column)
{
    int64_t counts[MEMO_ARROW_MEMBERS] = {0};

    for (int64_t i = 0; i < column->length; i++) {
        int64_t child =
            (int64_t)random_below(state, (size_t)column->schema->n_children);
        int id = memo_arrow_union_id(&column->layout, child);

        column->values[i] = (unsigned char)id;
        column->begins[i] = counts[child]++;
        column->sizes[i] = child;
    }
    for (int64_t i = 0; i < column->schema->n_children; i++)
        column->runs[i] = counts[i];
    return 0;
}

static inline int64_t draw_runs(uint64_t *state, struct column *column)
{
    int64_t run = -1;

    for (int64_t i = 0; i < column->length; i++) {
        if (i == 0 || random_below(state, 2))
            run++;
        column->runs[i] = run;
    }
    return run + 1;
}

static inline int64_t draw_below(struct arena *arena, uint64_t *state,
                                 struct column *column)
{
    int64_t sum;

    switch (column->layout.kind) {
    case MEMO_ARROW_BINARY:
    case MEMO_ARROW_VIEW:
        sum = draw_sizes(state, column, 20);
        column->bytes = arena_take(arena, sum);
        random_fill(state, column->bytes, (size_t)sum);
        return 0;
    case MEMO_ARROW_LIST:
    case MEMO_ARROW_LIST_VIEW:
        return draw_sizes(state, column, 4);
    case MEMO_ARROW_FIXED_LIST:
        return column->length * column->layout.count;
    case MEMO_ARROW_RUNS:
        return draw_runs(state, column);
    case MEMO_ARROW_SPARSE:
    case MEMO_ARROW_DENSE:
        draw_members(state, column);
        return column->length;
    default:
        return column->length;
    }
}

static inline struct column *draw_column(struct arena *arena, uint64_t *state,
                                         const struct ArrowSchema *schema,
                                         int64_t length)
{
    struct column *column = arena_take(arena, sizeof *column);
    int64_t room = length + schema->n_children;
    int64_t width, below;

    column->schema = schema;
    memo_arrow_layout_read(&column->layout, schema->format);
    width = column->layout.width > 0 ? column->layout.width : 1;
    column->length = length;
    column->is_null = arena_take(arena, length);
    column->begins = arena_take(arena, room * (int64_t)sizeof(int64_t));
    column->sizes = arena_take(arena, room * (int64_t)sizeof(int64_t));
    column->runs = arena_take(arena, room * (int64_t)sizeof(int64_t));
    column->values = arena_take(arena, length * width);
    random_fill(state, column->values, (size_t)(length * width));
    if (column->layout.has_validity && random_below(state, 2)) {
        for (int64_t i = 0; i < length; i++)
            column->is_null[i] = random_below(state, 3) == 0;
    }
    below = draw_below(arena, state, column);
    column->children = arena_take(arena, schema->n_children *
                                             (int64_t)sizeof *column->children);
    for (int64_t i = 0; i < schema->n_children; i++)
        column->children[i] = draw_column(
            arena, state, schema->children[i],
            column->layout.kind == MEMO_ARROW_DENSE ? column->runs[i] : below);
    if (schema->dictionary) {
        column->dictionary = draw_column(arena, state, schema->dictionary,
                                         (int64_t)random_below(state, 5));
        draw_indices(state, column);
    }
    return column;
}

/* ---- a change of content ------------------------------------------------- */

/* Change what item `at` is; false if there is nothing to change. */
static inline bool change_item(uint64_t *state, struct column *column,
                               int64_t at)
{
    const memo_arrow_layout *layout = &column->layout;
    int64_t below = at;
    int64_t child = 0;

    if (layout->has_validity &&
        (column->is_null[at] || random_below(state, 6) == 0)) {
        if (column->dictionary && column->dictionary->length == 0)
            return false;
        /* What was null has a value of its own, which now counts. */
        column->is_null[at] = !column->is_null[at];
        return true;
    }
    switch (layout->kind) {
    case MEMO_ARROW_BOOL:
        column->values[at] ^= 1;
        return true;
    case MEMO_ARROW_FIXED:
        if (column->dictionary) {
            int64_t length = column->dictionary->length;
            column->values[at * layout->width] =
                (unsigned char)((column->values[at * layout->width] + 1) %
                                length);
            return length > 1;
        }
        if (layout->width == 0)
            return false;
        column->values[at * layout->width +
                       (int64_t)random_below(state, (size_t)layout->width)] ^=
            (unsigned char)(1 << random_below(state, 8));
        return true;
    case MEMO_ARROW_BINARY:
    case MEMO_ARROW_VIEW:
        if (column->sizes[at] == 0)
            return false;
        column
            ->bytes[column->begins[at] +
                    (int64_t)random_below(state, (size_t)column->sizes[at])] ^=
            0x10;
        return true;
    case MEMO_ARROW_LIST:
    case MEMO_ARROW_LIST_VIEW:
        if (column->sizes[at] == 0)
            return false;
        below = column->begins[at] +
                (int64_t)random_below(state, (size_t)column->sizes[at]);
        break;
    case MEMO_ARROW_FIXED_LIST:
        if (layout->count == 0)
            return false;
        below = at * layout->count +
                (int64_t)random_below(state, (size_t)layout->count);
        break;
    case MEMO_ARROW_STRUCT:
        if (column->schema->n_children == 0)
            return false;
        child =
            (int64_t)random_below(state, (size_t)column->schema->n_children);
        break;
    case MEMO_ARROW_DENSE:
        below = column->begins[at];
        child = column->sizes[at];
        break;
    case MEMO_ARROW_SPARSE:
        child = column->sizes[at];
        break;
    case MEMO_ARROW_RUNS:
        below = column->runs[at];
        child = 1;
        break;
    default:
        return false;
    }
    return change_item(state, column->children[child], below);
}

#endif
