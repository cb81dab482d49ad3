#include "cache/arrow_walk.h"

#include "cache/arrow_parts.h"

static void enter(memo_arrow_walk *walk, unsigned depth,
                  const struct ArrowSchema *schema,
                  const struct ArrowArray *array)
{
    struct memo_arrow_level *level = &walk->levels[depth];

    walk->depth = depth;
    memset(level, 0, sizeof *level);
    level->schema = schema;
    level->array = array;
    level->relation = MEMO_ARROW_ROOT;
    memo_arrow_layout_read(&level->layout, schema->format);
}

void memo_arrow_walk_begin(memo_arrow_walk *walk,
                           const struct ArrowSchema *schema,
                           const struct ArrowArray *array)
{
    enter(walk, 0, schema, array);
}

void memo_arrow_walk_down(memo_arrow_walk *walk, int64_t child)
{
    const struct memo_arrow_level *parent = &walk->levels[walk->depth];
    struct memo_arrow_level *level = &walk->levels[walk->depth + 1];

    if (child == MEMO_ARROW_OF_DICTIONARY) {
        enter(walk, walk->depth + 1, parent->schema->dictionary,
              parent->array->dictionary);
        return;
    }
    enter(walk, walk->depth + 1, parent->schema->children[child],
          parent->array->children[child]);
    level->relation = MEMO_ARROW_CHILD;
    level->child = child;
    if (parent->layout.ids)
        level->id = memo_arrow_union_id(&parent->layout, child);
}

void memo_arrow_walk_up(memo_arrow_walk *walk)
{
    walk->depth--;
}

void memo_arrow_walk_restart(memo_arrow_walk *walk)
{
    for (unsigned i = 0; i <= walk->depth; i++) {
        walk->levels[i].is_begun = false;
        walk->levels[i].above.count = 0;
        walk->levels[i].rest.count = 0;
    }
}

/* ---- from items of the level above to items of this one ------------------ */

static void name(struct memo_arrow_level *level, int64_t begin, int64_t count)
{
    level->rest = (memo_arrow_run){begin, count, MEMO_ARROW_VALID};
}

static void hide(struct memo_arrow_level *level, int64_t count)
{
    level->rest = (memo_arrow_run){0, count, MEMO_ARROW_HIDDEN};
}

/* How many of a union's items, from physical item `at` on, are alike in being
 * of type `id` or not. */
static int64_t equal_types(const signed char *ids, int id, int64_t at,
                           int64_t count)
{
    int64_t done = 1;

    while (done < count && (ids[at + done] == id) == (ids[at] == id))
        done++;
    return done;
}

/* Each of the following uses up some items of level->above, at least one. */

static void take_sparse(struct memo_arrow_level *level,
                        const struct ArrowArray *parent)
{
    const signed char *ids = parent->buffers[0];
    int64_t at = parent->offset + level->above.begin;
    int64_t count = equal_types(ids, level->id, at, level->above.count);

    if (ids[at] == level->id)
        name(level, at, count);
    else
        hide(level, count);
    level->above.begin += count;
    level->above.count -= count;
}

/* Item by item, so that it does not matter whether they are neighbours. */
static void take_dense(struct memo_arrow_level *level,
                       const struct ArrowArray *parent)
{
    const signed char *ids = parent->buffers[0];
    int64_t at = parent->offset + level->above.begin;

    level->rest.count = 0;
    if (ids[at] == level->id)
        name(level, memo_arrow_load(parent->buffers[1], 4, at), 1);
    level->above.begin++;
    level->above.count--;
}

static void take_list_view(struct memo_arrow_level *level,
                           const struct memo_arrow_level *parent)
{
    const struct ArrowArray *array = parent->array;
    int64_t width = parent->layout.width;
    int64_t at = array->offset + level->above.begin;

    name(level, memo_arrow_load(array->buffers[1], width, at),
         memo_arrow_load(array->buffers[2], width, at));
    level->above.begin++;
    level->above.count--;
}

static void take_list(struct memo_arrow_level *level,
                      const struct memo_arrow_level *parent)
{
    const void *offsets = parent->array->buffers[1];
    int64_t width = parent->layout.width;
    int64_t at = parent->array->offset + level->above.begin;
    int64_t first = memo_arrow_load(offsets, width, at);

    name(level, first,
         memo_arrow_load(offsets, width, at + level->above.count) - first);
    level->above.count = 0;
}

static void take_runs(struct memo_arrow_level *level,
                      const struct memo_arrow_level *parent)
{
    const struct ArrowArray *ends = parent->array->children[0];
    int64_t width = memo_arrow_ends_width(parent->schema);
    int64_t at = parent->array->offset + level->above.begin;
    int64_t first = memo_arrow_find_run(ends, width, at);

    name(level, first,
         memo_arrow_find_run(ends, width, at + level->above.count - 1) - first +
             1);
    level->above.count = 0;
}

static void take_valid(struct memo_arrow_level *level,
                       const struct memo_arrow_level *parent)
{
    int64_t at = parent->array->offset + level->above.begin;
    int64_t times = parent->layout.count;

    switch (parent->layout.kind) {
    case MEMO_ARROW_SPARSE:
        take_sparse(level, parent->array);
        return;
    case MEMO_ARROW_DENSE:
        take_dense(level, parent->array);
        return;
    case MEMO_ARROW_LIST_VIEW:
        take_list_view(level, parent);
        return;
    case MEMO_ARROW_LIST:
        take_list(level, parent);
        return;
    case MEMO_ARROW_RUNS:
        take_runs(level, parent);
        return;
    case MEMO_ARROW_FIXED_LIST:
        name(level, at * times, level->above.count * times);
        break;
    default:
        name(level, at, level->above.count);
        break;
    }
    level->above.count = 0;
}

/* Slots that are there although no item of the level above is. */
static void take_nothing(struct memo_arrow_level *level,
                         const struct memo_arrow_level *parent)
{
    int64_t count = level->above.count;

    level->above.count = 0;
    level->rest.count = 0;
    switch (parent->layout.kind) {
    case MEMO_ARROW_STRUCT:
    case MEMO_ARROW_SPARSE:
        hide(level, count);
        return;
    case MEMO_ARROW_FIXED_LIST:
        hide(level, count * parent->layout.count);
        return;
    case MEMO_ARROW_DENSE:
        if (level->child == 0)
            hide(level, count);
        return;
    case MEMO_ARROW_RUNS:
        hide(level, 1);
        return;
    default:
        return;
    }
}

/* ---- runs ---------------------------------------------------------------- */

static bool next_run(memo_arrow_walk *walk, unsigned depth,
                     memo_arrow_run *out);

/* More items for level->rest; false at the end. */
static bool refill(memo_arrow_walk *walk, unsigned depth)
{
    struct memo_arrow_level *level = &walk->levels[depth];

    if (level->relation == MEMO_ARROW_ROOT) {
        if (level->is_begun)
            return false;
        level->is_begun = true;
        name(level, 0, level->array->length);
        return true;
    }
    if (level->above.count == 0 && !next_run(walk, depth - 1, &level->above))
        return false;
    if (level->above.state == MEMO_ARROW_VALID)
        take_valid(level, &walk->levels[depth - 1]);
    else
        take_nothing(level, &walk->levels[depth - 1]);
    return true;
}

static bool next_run(memo_arrow_walk *walk, unsigned depth, memo_arrow_run *out)
{
    struct memo_arrow_level *level = &walk->levels[depth];
    const void *bitmap =
        level->layout.has_validity ? level->array->buffers[0] : NULL;
    int64_t at;

    while (level->rest.count == 0) {
        if (!refill(walk, depth))
            return false;
    }
    *out = level->rest;
    if (bitmap && out->state == MEMO_ARROW_VALID) {
        at = level->array->offset + out->begin;
        out->count = memo_arrow_equal_bits(bitmap, at, out->count);
        if (!memo_arrow_bit(bitmap, at))
            out->state = MEMO_ARROW_ABSENT;
    }
    level->rest.begin += out->count;
    level->rest.count -= out->count;
    return true;
}

bool memo_arrow_walk_next(memo_arrow_walk *walk, memo_arrow_run *out)
{
    return next_run(walk, walk->depth, out);
}
