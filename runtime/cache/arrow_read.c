/* arrow_read.c -- a pair of Arrow structs as canonical bytes.
 *
 * The form: a byte for it, the schemas, a byte that says whether an array
 * follows, its length, the arrays.  Children follow their parent, a dictionary
 * comes last.
 *
 *   schema  format, name, metadata, each after its length; 8 bytes of flags;
 *           a count of children; a byte: is there a dictionary; children
 *   array   a byte: is there a bitmap; the bitmap; then
 *           bool         a bitmap
 *           fixed width  values, zero where null
 *           binary       where each ends, then data     lists  where each ends
 *           views        4 bytes of length, then data   list views  sizes
 *           unions       type ids
 *           runs         8 bytes: how many; where each ends; values
 *           children, the dictionary after 8 bytes of its length
 *
 * Offsets have the width that they have in the array, and begin at 0.
 */
#include "cache/arrow_out.h"
#include "cache/arrow_walk.h"

struct writer {
    memo_arrow_out out;
    memo_arrow_walk walk;
};

/* ---- items --------------------------------------------------------------- */

static const struct memo_arrow_level *level_of(const struct writer *writer)
{
    return &writer->walk.levels[writer->walk.depth];
}

static bool next(struct writer *writer, memo_arrow_run *run)
{
    return !writer->out.is_stopped && memo_arrow_walk_next(&writer->walk, run);
}

/* Hidden items are there, with a value of zeros; an index is null instead, for
 * a dictionary may have nothing at 0. */
static bool is_absent(const struct memo_arrow_level *level,
                      memo_arrow_state state)
{
    if (state == MEMO_ARROW_HIDDEN)
        return level->schema->dictionary != NULL;
    return state == MEMO_ARROW_ABSENT;
}

static void write_validity(struct writer *writer)
{
    const struct memo_arrow_level *level = level_of(writer);
    memo_arrow_run run;
    bool has_absent = false;

    if (!level->layout.has_validity)
        return;
    if (level->array->buffers[0] || level->schema->dictionary) {
        memo_arrow_walk_restart(&writer->walk);
        while (!has_absent && next(writer, &run))
            has_absent = is_absent(level, run.state);
    }
    memo_arrow_put_byte(&writer->out, has_absent);
    if (!has_absent)
        return;
    memo_arrow_walk_restart(&writer->walk);
    while (next(writer, &run))
        memo_arrow_put_equal_bits(&writer->out, !is_absent(level, run.state),
                                  run.count);
    memo_arrow_end_bits(&writer->out);
}

static void write_bools(struct writer *writer)
{
    const struct ArrowArray *array = level_of(writer)->array;
    memo_arrow_run run;

    memo_arrow_walk_restart(&writer->walk);
    while (next(writer, &run)) {
        if (run.state == MEMO_ARROW_VALID)
            memo_arrow_put_bits(&writer->out, array->buffers[1],
                                array->offset + run.begin, run.count);
        else
            memo_arrow_put_equal_bits(&writer->out, false, run.count);
    }
    memo_arrow_end_bits(&writer->out);
}

static void write_fixed(struct writer *writer)
{
    const struct ArrowArray *array = level_of(writer)->array;
    int64_t width = level_of(writer)->layout.width;
    const unsigned char *values = array->buffers[1];
    memo_arrow_run run;

    if (width == 0)
        return;
    memo_arrow_walk_restart(&writer->walk);
    while (next(writer, &run)) {
        if (run.state == MEMO_ARROW_VALID)
            memo_arrow_put(&writer->out,
                           values + (array->offset + run.begin) * width,
                           (size_t)(run.count * width));
        else if (run.count > INT64_MAX / width)
            memo_arrow_stop(&writer->out, "its size overflows");
        else
            memo_arrow_put_zeros(&writer->out, run.count * width);
    }
}

/* Add to what has been written of an array; false when that gets too much for
 * the width of its offsets. */
static bool add(struct writer *writer, int64_t *sum, int64_t size,
                int64_t width)
{
    int64_t most = width == 2 ? INT16_MAX : width == 4 ? INT32_MAX : INT64_MAX;

    if (!__builtin_add_overflow(*sum, size, sum) && *sum <= most)
        return true;
    memo_arrow_stop(&writer->out, "its offsets overflow when it is written");
    return false;
}

/* The ends of valid items as they are stored, when these begin where we are. */
static bool copy_ends(struct writer *writer, const struct ArrowArray *array,
                      const memo_arrow_run *run, int64_t *sum)
{
    int64_t width = level_of(writer)->layout.width;
    const unsigned char *offsets = array->buffers[1];
    int64_t at = array->offset + run->begin;

    if (memo_arrow_load(offsets, width, at) != *sum)
        return false;
    *sum = memo_arrow_load(offsets, width, at + run->count);
    memo_arrow_put(&writer->out, offsets + (at + 1) * width,
                   (size_t)(run->count * width));
    return true;
}

/* Where each text or list ends. */
static void write_ends(struct writer *writer)
{
    const struct ArrowArray *array = level_of(writer)->array;
    int64_t width = level_of(writer)->layout.width;
    int64_t sum = 0;
    memo_arrow_run run;

    memo_arrow_walk_restart(&writer->walk);
    while (next(writer, &run)) {
        int64_t at = array->offset + run.begin;
        bool is_valid = run.state == MEMO_ARROW_VALID;
        int64_t size = 0;

        if (is_valid && copy_ends(writer, array, &run, &sum))
            continue;
        for (int64_t i = 0; i < run.count && !writer->out.is_stopped; i++) {
            if (is_valid)
                size = memo_arrow_load(array->buffers[1], width, at + i + 1) -
                       memo_arrow_load(array->buffers[1], width, at + i);
            if (!add(writer, &sum, size, width))
                return;
            memo_arrow_put_number(&writer->out, sum, width);
        }
    }
}

static void write_data(struct writer *writer)
{
    const struct ArrowArray *array = level_of(writer)->array;
    int64_t width = level_of(writer)->layout.width;
    memo_arrow_run run;

    memo_arrow_walk_restart(&writer->walk);
    while (next(writer, &run)) {
        int64_t at = array->offset + run.begin;
        int64_t first, last;

        if (run.state != MEMO_ARROW_VALID)
            continue;
        first = memo_arrow_load(array->buffers[1], width, at);
        last = memo_arrow_load(array->buffers[1], width, at + run.count);
        if (last > first)
            memo_arrow_put(&writer->out,
                           (const unsigned char *)array->buffers[2] + first,
                           (size_t)(last - first));
    }
}

static void write_view_lengths(struct writer *writer)
{
    const struct ArrowArray *array = level_of(writer)->array;
    int64_t sum = 0;
    memo_arrow_run run;

    memo_arrow_walk_restart(&writer->walk);
    while (next(writer, &run)) {
        for (int64_t i = 0; i < run.count && !writer->out.is_stopped; i++) {
            int32_t length = 0;

            if (run.state == MEMO_ARROW_VALID)
                length = memo_arrow_view_word(array->buffers[1],
                                              array->offset + run.begin + i, 0);
            if (!add(writer, &sum, length, sizeof length))
                return;
            memo_arrow_put_number(&writer->out, length, sizeof length);
        }
    }
}

static void write_view(struct writer *writer, const struct ArrowArray *array,
                       int64_t at)
{
    const unsigned char *views = array->buffers[1];
    int32_t length = memo_arrow_view_word(views, at, 0);
    int32_t buffer = memo_arrow_view_word(views, at, 2);
    int32_t offset = memo_arrow_view_word(views, at, 3);

    if (length <= MEMO_ARROW_VIEW_INLINE)
        memo_arrow_put(&writer->out,
                       views + at * MEMO_ARROW_VIEW_BYTES + sizeof length,
                       (size_t)length);
    else
        memo_arrow_put(&writer->out,
                       (const unsigned char *)array->buffers[2 + buffer] +
                           offset,
                       (size_t)length);
}

static void write_view_data(struct writer *writer)
{
    const struct ArrowArray *array = level_of(writer)->array;
    memo_arrow_run run;

    memo_arrow_walk_restart(&writer->walk);
    while (next(writer, &run)) {
        if (run.state != MEMO_ARROW_VALID)
            continue;
        for (int64_t i = 0; i < run.count && !writer->out.is_stopped; i++)
            write_view(writer, array, array->offset + run.begin + i);
    }
}

static void write_list_sizes(struct writer *writer)
{
    const struct ArrowArray *array = level_of(writer)->array;
    int64_t width = level_of(writer)->layout.width;
    int64_t sum = 0;
    memo_arrow_run run;

    memo_arrow_walk_restart(&writer->walk);
    while (next(writer, &run)) {
        for (int64_t i = 0; i < run.count && !writer->out.is_stopped; i++) {
            int64_t size = 0;

            if (run.state == MEMO_ARROW_VALID)
                size = memo_arrow_load(array->buffers[2], width,
                                       array->offset + run.begin + i);
            if (!add(writer, &sum, size, width))
                return;
            memo_arrow_put_number(&writer->out, size, width);
        }
    }
}

/* Nothing is written, but what is below must not overflow: a list that is null
 * has its items all the same. */
static void measure_fixed_lists(struct writer *writer)
{
    int64_t times = level_of(writer)->layout.count;
    int64_t sum = 0;
    int64_t size;
    memo_arrow_run run;

    memo_arrow_walk_restart(&writer->walk);
    while (next(writer, &run)) {
        if (__builtin_mul_overflow(run.count, times, &size))
            size = INT64_MAX;
        if (size == INT64_MAX || !add(writer, &sum, size, sizeof size))
            memo_arrow_stop(&writer->out, "its size overflows");
    }
}

/* Of a hidden item the first one, which has a value for it. */
static void write_type_ids(struct writer *writer)
{
    const struct memo_arrow_level *level = level_of(writer);
    const unsigned char *ids = level->array->buffers[0];
    int first = memo_arrow_union_id(&level->layout, 0);
    int64_t sum = 0;
    memo_arrow_run run;

    memo_arrow_walk_restart(&writer->walk);
    while (next(writer, &run)) {
        if (level->layout.kind == MEMO_ARROW_DENSE &&
            !add(writer, &sum, run.count, 4))
            return;
        if (run.state == MEMO_ARROW_VALID) {
            memo_arrow_put(&writer->out, ids + level->array->offset + run.begin,
                           (size_t)run.count);
            continue;
        }
        if (first < 0)
            memo_arrow_stop(&writer->out, "a union without types has items");
        for (int64_t i = 0; i < run.count && !writer->out.is_stopped; i++)
            memo_arrow_put_byte(&writer->out, first);
    }
}

/* ---- runs ---------------------------------------------------------------- */

/* The run that begins the rest of `items`; cuts it off and returns its length.
 * What is hidden is one run. */
static int64_t cut_run(const struct memo_arrow_level *level,
                       memo_arrow_run *items)
{
    const struct ArrowArray *ends = level->array->children[0];
    int64_t width = memo_arrow_ends_width(level->schema);
    int64_t at = level->array->offset + items->begin;
    int64_t count = items->count;

    if (items->state == MEMO_ARROW_VALID) {
        int64_t run = memo_arrow_find_run(ends, width, at);
        int64_t end = memo_arrow_run_end(ends, width, run);

        if (end - at < count)
            count = end - at;
    }
    items->begin += count;
    items->count -= count;
    return count;
}

static void write_run_ends(struct writer *writer)
{
    const struct memo_arrow_level *level = level_of(writer);
    int64_t width = memo_arrow_ends_width(level->schema);
    int64_t count = 0;
    int64_t sum = 0;
    memo_arrow_run items;

    memo_arrow_walk_restart(&writer->walk);
    while (next(writer, &items)) {
        for (; items.count > 0; count++)
            cut_run(level, &items);
    }
    memo_arrow_put_number(&writer->out, count, sizeof count);
    memo_arrow_walk_restart(&writer->walk);
    while (next(writer, &items)) {
        while (items.count > 0 && !writer->out.is_stopped) {
            if (!add(writer, &sum, cut_run(level, &items), width))
                return;
            memo_arrow_put_number(&writer->out, sum, width);
        }
    }
}

/* ---- arrays -------------------------------------------------------------- */

static void write_items(struct writer *writer)
{
    switch (level_of(writer)->layout.kind) {
    case MEMO_ARROW_BOOL:
        write_bools(writer);
        break;
    case MEMO_ARROW_FIXED:
        write_fixed(writer);
        break;
    case MEMO_ARROW_BINARY:
        write_ends(writer);
        write_data(writer);
        break;
    case MEMO_ARROW_VIEW:
        write_view_lengths(writer);
        write_view_data(writer);
        break;
    case MEMO_ARROW_LIST:
        write_ends(writer);
        break;
    case MEMO_ARROW_LIST_VIEW:
        write_list_sizes(writer);
        break;
    case MEMO_ARROW_FIXED_LIST:
        measure_fixed_lists(writer);
        break;
    case MEMO_ARROW_SPARSE:
    case MEMO_ARROW_DENSE:
        write_type_ids(writer);
        break;
    case MEMO_ARROW_RUNS:
        write_run_ends(writer);
        break;
    default:
        break;
    }
}

static void write_array(struct writer *writer);

static void write_below(struct writer *writer, int64_t child)
{
    if (!memo_arrow_enter(&writer->out.place, child)) {
        writer->out.is_stopped = true;
        return;
    }
    memo_arrow_walk_down(&writer->walk, child);
    write_array(writer);
    memo_arrow_walk_up(&writer->walk);
    memo_arrow_leave(&writer->out.place);
}

static void write_array(struct writer *writer)
{
    const struct memo_arrow_level *level = level_of(writer);
    int64_t child = level->layout.kind == MEMO_ARROW_RUNS ? 1 : 0;

    write_validity(writer);
    write_items(writer);
    for (; child < level->array->n_children && !writer->out.is_stopped; child++)
        write_below(writer, child);
    if (level->array->dictionary && !writer->out.is_stopped) {
        memo_arrow_put_number(&writer->out, level->array->dictionary->length,
                              8);
        write_below(writer, MEMO_ARROW_OF_DICTIONARY);
    }
}

/* ---- schemas ------------------------------------------------------------- */

static void write_schema(struct writer *writer,
                         const struct ArrowSchema *schema)
{
    const char *name = schema->name ? schema->name : "";

    memo_arrow_put_text(&writer->out, schema->format, strlen(schema->format));
    memo_arrow_put_text(&writer->out, name, strlen(name));
    memo_arrow_put_text(
        &writer->out, schema->metadata,
        (size_t)memo_arrow_metadata_bytes(schema->metadata, INT32_MAX));
    memo_arrow_put_number(&writer->out, schema->flags, sizeof schema->flags);
    memo_arrow_put_length(&writer->out, (size_t)schema->n_children);
    memo_arrow_put_byte(&writer->out, schema->dictionary != NULL);
    for (int64_t i = 0; i < schema->n_children && !writer->out.is_stopped; i++)
        write_schema(writer, schema->children[i]);
    if (schema->dictionary && !writer->out.is_stopped)
        write_schema(writer, schema->dictionary);
}

bool memo_arrow_write(memo_arrow_sink *sink, const struct ArrowSchema *schema,
                      const struct ArrowArray *array, memo_arrow_reason *reason)
{
    struct writer writer;

    if (!memo_arrow_check(schema, array, reason))
        return false;
    memo_arrow_out_begin(&writer.out, sink, reason);
    memo_arrow_put_byte(&writer.out, MEMO_ARROW_FORM);
    write_schema(&writer, schema);
    memo_arrow_put_byte(&writer.out, array != NULL);
    if (array) {
        memo_arrow_put_number(&writer.out, array->length, sizeof array->length);
        memo_arrow_walk_begin(&writer.walk, schema, array);
        write_array(&writer);
    }
    memo_arrow_flush(&writer.out);
    return !writer.out.is_stopped;
}
