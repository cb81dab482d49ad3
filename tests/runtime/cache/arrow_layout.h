/* arrow_layout.h -- lay the content of arrow_sample.h out, never twice alike.
 *
 * A map says what each item of an array is to be: an item of the column, or -1
 * for any junk that the format allows where nobody looks.
 */
#ifndef MEMO_TESTS_ARROW_LAYOUT_H
#define MEMO_TESTS_ARROW_LAYOUT_H

#include "arrow_sample.h"

/* A growing map. */
struct items {
    int64_t *map;
    int64_t count, room;
};

static inline void add_item(struct arena *arena, struct items *items,
                            int64_t item)
{
    if (items->count == items->room) {
        int64_t *map;

        items->room = 2 * items->room + 16;
        map = arena_take(arena, items->room * (int64_t)sizeof *map);
        if (items->count > 0)
            memcpy(map, items->map, (size_t)items->count * sizeof *map);
        items->map = map;
    }
    items->map[items->count++] = item;
}

static inline void add_junk(struct arena *arena, uint64_t *state,
                            struct items *items)
{
    for (size_t i = random_below(state, 3); i > 0; i--)
        add_item(arena, items, -1);
}

/* How an array is made. */
struct layout {
    struct arena *arena;
    uint64_t *state;
    bool is_plain; /* no offset and no junk but where it has to be */
};

static inline struct ArrowArray *lay_out(struct layout *layout,
                                         const struct column *column,
                                         const struct items *items);

static inline size_t draw(struct layout *layout, size_t bound)
{
    return layout->is_plain ? 0 : random_below(layout->state, bound);
}

static inline void set_bit(unsigned char *bits, int64_t at, bool bit)
{
    if (bit)
        bits[at / 8] |= (unsigned char)(1 << at % 8);
    else
        bits[at / 8] &= (unsigned char)~(1 << at % 8);
}

static inline unsigned char *take_bits(struct layout *layout, int64_t count)
{
    int64_t size = (count + 7) / 8;
    unsigned char *bits = arena_take(layout->arena, size);

    if (!layout->is_plain)
        random_fill(layout->state, bits, (size_t)size);
    return bits;
}

static inline unsigned char *take_junk(struct layout *layout, int64_t size)
{
    unsigned char *bytes = arena_take(layout->arena, size);

    if (!layout->is_plain)
        random_fill(layout->state, bytes, (size_t)size);
    return bytes;
}

static inline void put_number(unsigned char *out, int64_t width, int64_t at,
                              int64_t value)
{
    memcpy(out + at * width, &value, (size_t)width); /* little-endian */
}

/* The map of the array with the items before its offset. */
static inline struct items
with_offset(struct layout *layout, const struct items *items, int64_t offset)
{
    struct items all = {0};

    for (int64_t i = 0; i < offset; i++)
        add_item(layout->arena, &all, -1);
    for (int64_t i = 0; i < items->count; i++)
        add_item(layout->arena, &all, items->map[i]);
    return all;
}

static inline void lay_out_validity(struct layout *layout,
                                    struct ArrowArray *array,
                                    const struct column *column,
                                    const struct items *all)
{
    bool has_nulls = false;
    bool needs_nulls = column->dictionary && column->dictionary->length == 0;
    unsigned char *bits;
    int64_t nulls = 0;

    for (int64_t i = 0; i < all->count; i++)
        has_nulls |=
            all->map[i] >= 0 ? column->is_null[all->map[i]] : needs_nulls;
    if (!has_nulls && draw(layout, 2) == 0)
        return;
    bits = take_bits(layout, all->count);
    for (int64_t i = 0; i < all->count; i++) {
        if (all->map[i] >= 0)
            set_bit(bits, i, !column->is_null[all->map[i]]);
        else if (needs_nulls)
            set_bit(bits, i, false);
        if (i >= array->offset && !memo_arrow_bit(bits, i))
            nulls++;
    }
    array->buffers[0] = bits;
    array->null_count = draw(layout, 2) ? -1 : nulls;
}

static inline void lay_out_fixed(struct layout *layout,
                                 struct ArrowArray *array,
                                 const struct column *column,
                                 const struct items *all)
{
    int64_t width = column->layout.width;
    unsigned char *values = take_junk(layout, all->count * width);

    for (int64_t i = 0; i < all->count; i++) {
        int64_t item = all->map[i];
        int64_t index = 0;

        if (!is_nothing(column, item)) {
            memcpy(values + i * width, column->values + item * width,
                   (size_t)width);
        } else if (column->dictionary &&
                   (!array->buffers[0] ||
                    memo_arrow_bit(array->buffers[0], i))) {
            index = (int64_t)draw(layout, (size_t)column->dictionary->length);
            put_number(values, width, i, index);
        }
    }
    array->buffers[1] = values;
}

static inline void lay_out_bools(struct layout *layout,
                                 struct ArrowArray *array,
                                 const struct column *column,
                                 const struct items *all)
{
    unsigned char *bits = take_bits(layout, all->count);

    for (int64_t i = 0; i < all->count; i++) {
        if (!is_nothing(column, all->map[i]))
            set_bit(bits, i, column->values[all->map[i]] & 1);
    }
    array->buffers[1] = bits;
}

static inline void lay_out_binary(struct layout *layout,
                                  struct ArrowArray *array,
                                  const struct column *column,
                                  const struct items *all)
{
    int64_t width = column->layout.width;
    unsigned char *offsets = take_junk(layout, (all->count + 1) * width);
    unsigned char *data;
    int64_t sum = (int64_t)draw(layout, 9);

    put_number(offsets, width, 0, sum);
    for (int64_t i = 0; i < all->count; i++) {
        int64_t item = all->map[i];

        sum += is_nothing(column, item) ? (int64_t)draw(layout, 3)
                                        : column->sizes[item];
        put_number(offsets, width, i + 1, sum);
    }
    data = take_junk(layout, sum);
    for (int64_t i = 0; i < all->count; i++) {
        int64_t item = all->map[i];

        if (!is_nothing(column, item) && column->sizes[item] > 0)
            memcpy(data + memo_arrow_load(offsets, width, i),
                   column->bytes + column->begins[item],
                   (size_t)column->sizes[item]);
    }
    array->buffers[1] = offsets;
    array->buffers[2] = sum > 0 || draw(layout, 2) ? data : NULL;
}

/* Long values go to either of two buffers, or are shared. */
static inline void lay_out_views(struct layout *layout,
                                 struct ArrowArray *array,
                                 const struct column *column,
                                 const struct items *all)
{
    unsigned char *views = take_junk(layout, 16 * all->count);
    unsigned char *data[2];
    int64_t *sizes = arena_take(layout->arena, 2 * (int64_t)sizeof *sizes);

    for (int i = 0; i < 2; i++)
        data[i] = take_junk(layout, 20 * all->count + 8);
    for (int64_t i = 0; i < all->count; i++) {
        int64_t item = all->map[i];
        bool is_seen = !is_nothing(column, item);
        int64_t size =
            is_seen ? column->sizes[item] : (int64_t)draw(layout, 13);
        size_t buffer = draw(layout, 2);

        if (item >= 0 && !is_seen && !layout->is_plain)
            continue; /* any junk will do for a null */
        put_number(views, 4, 4 * i, size);
        if (size <= 12) {
            if (is_seen && size > 0)
                memcpy(views + 16 * i + 4, column->bytes + column->begins[item],
                       (size_t)size);
            continue;
        }
        sizes[buffer] += (int64_t)draw(layout, 2);
        put_number(views, 4, 4 * i + 2, (int64_t)buffer);
        put_number(views, 4, 4 * i + 3, sizes[buffer]);
        memcpy(data[buffer] + sizes[buffer],
               column->bytes + column->begins[item], (size_t)size);
        memcpy(views + 16 * i + 4, data[buffer] + sizes[buffer], 4);
        sizes[buffer] += size;
    }
    array->buffers[1] = views;
    array->buffers[2] = data[0];
    array->buffers[3] = data[1];
    array->buffers[4] = sizes;
    array->n_buffers = 5;
}

static inline void lay_out_list(struct layout *layout, struct ArrowArray *array,
                                const struct column *column,
                                const struct items *all)
{
    int64_t width = column->layout.width;
    unsigned char *offsets = take_junk(layout, (all->count + 1) * width);
    struct items below = {0};

    if (!layout->is_plain)
        add_junk(layout->arena, layout->state, &below);
    put_number(offsets, width, 0, below.count);
    for (int64_t i = 0; i < all->count; i++) {
        int64_t item = all->map[i];

        if (is_nothing(column, item) && !layout->is_plain)
            add_junk(layout->arena, layout->state, &below);
        for (int64_t k = 0;
             !is_nothing(column, item) && k < column->sizes[item]; k++)
            add_item(layout->arena, &below, column->begins[item] + k);
        put_number(offsets, width, i + 1, below.count);
    }
    array->buffers[1] = offsets;
    array->children[0] = lay_out(layout, column->children[0], &below);
}

/* From the last item to the first, with junk in between. */
static inline void lay_out_list_views(struct layout *layout,
                                      struct ArrowArray *array,
                                      const struct column *column,
                                      const struct items *all)
{
    int64_t width = column->layout.width;
    unsigned char *offsets = take_junk(layout, all->count * width);
    unsigned char *sizes = take_junk(layout, all->count * width);
    struct items below = {0};
    bool is_reversed = draw(layout, 2) > 0;

    for (int64_t k = 0; k < all->count; k++) {
        int64_t i = is_reversed ? all->count - 1 - k : k;
        int64_t item = all->map[i];

        if (item >= 0 && column->is_null[item] && !layout->is_plain)
            continue;
        put_number(offsets, width, i, below.count);
        if (item < 0) {
            if (!layout->is_plain)
                add_junk(layout->arena, layout->state, &below);
            put_number(sizes, width, i, 0);
            continue;
        }
        put_number(sizes, width, i, column->sizes[item]);
        for (int64_t n = 0; n < column->sizes[item]; n++)
            add_item(layout->arena, &below, column->begins[item] + n);
    }
    array->buffers[1] = offsets;
    array->buffers[2] = sizes;
    array->children[0] = lay_out(layout, column->children[0], &below);
}

static inline void lay_out_fixed_lists(struct layout *layout,
                                       struct ArrowArray *array,
                                       const struct column *column,
                                       const struct items *all)
{
    int64_t times = column->layout.count;
    struct items below = {0};

    for (int64_t i = 0; i < all->count; i++) {
        int64_t item = all->map[i];

        for (int64_t k = 0; k < times; k++)
            add_item(layout->arena, &below,
                     is_nothing(column, item) ? -1 : item * times + k);
    }
    array->children[0] = lay_out(layout, column->children[0], &below);
}

static inline void lay_out_structs(struct layout *layout,
                                   struct ArrowArray *array,
                                   const struct column *column,
                                   const struct items *all)
{
    for (int64_t child = 0; child < array->n_children; child++) {
        struct items below = {0};

        for (int64_t i = 0; i < all->count; i++)
            add_item(layout->arena, &below,
                     is_nothing(column, all->map[i]) ? -1 : all->map[i]);
        if (!layout->is_plain)
            add_junk(layout->arena, layout->state, &below);
        array->children[child] =
            lay_out(layout, column->children[child], &below);
    }
}

static inline void lay_out_union(struct layout *layout,
                                 struct ArrowArray *array,
                                 const struct column *column,
                                 const struct items *all)
{
    bool is_dense = column->layout.kind == MEMO_ARROW_DENSE;
    unsigned char *ids = arena_take(layout->arena, all->count);
    unsigned char *offsets = take_junk(layout, 4 * all->count);
    struct items below[3] = {{0}, {0}, {0}};

    for (int64_t i = 0; i < all->count; i++) {
        int64_t item = all->map[i];
        int64_t member = item >= 0
                             ? column->sizes[item]
                             : (int64_t)draw(layout, (size_t)array->n_children);

        ids[i] = (unsigned char)memo_arrow_union_id(&column->layout, member);
        if (is_dense && !layout->is_plain)
            add_junk(layout->arena, layout->state, &below[member]);
        put_number(offsets, 4, i, below[member].count);
        for (int64_t child = 0; child < array->n_children; child++) {
            if (child == member)
                add_item(layout->arena, &below[child],
                         item < 0   ? -1
                         : is_dense ? column->begins[item]
                                    : item);
            else if (!is_dense)
                add_item(layout->arena, &below[child], -1);
        }
    }
    array->buffers[0] = ids;
    if (is_dense)
        array->buffers[1] = offsets;
    for (int64_t child = 0; child < array->n_children; child++)
        array->children[child] =
            lay_out(layout, column->children[child], &below[child]);
}

static inline void lay_out_runs(struct layout *layout, struct ArrowArray *array,
                                const struct column *column,
                                const struct items *all)
{
    struct items values = {0};
    const struct column *ends = column->children[0];
    struct column *made = arena_take(layout->arena, sizeof *made);
    struct items runs = {0};
    int64_t last = -2;

    *made = *ends;
    made->is_null = arena_take(layout->arena, all->count + 1);
    made->values =
        arena_take(layout->arena, (all->count + 1) * made->layout.width);
    for (int64_t i = 0; i < all->count; i++) {
        int64_t item = all->map[i];
        int64_t run = item < 0 ? -1 : column->runs[item];

        if (run != last || (run < 0 && draw(layout, 2))) {
            add_item(layout->arena, &runs, values.count);
            add_item(layout->arena, &values, run);
            last = run;
        }
        put_number(made->values, made->layout.width, values.count - 1, i + 1);
    }
    made->length = values.count;
    array->children[0] = lay_out(layout, made, &runs);
    array->children[1] = lay_out(layout, column->children[1], &values);
}

static inline void lay_out_items(struct layout *layout,
                                 struct ArrowArray *array,
                                 const struct column *column,
                                 const struct items *all)
{
    switch (column->layout.kind) {
    case MEMO_ARROW_BOOL:
        lay_out_bools(layout, array, column, all);
        break;
    case MEMO_ARROW_FIXED:
        lay_out_fixed(layout, array, column, all);
        break;
    case MEMO_ARROW_BINARY:
        lay_out_binary(layout, array, column, all);
        break;
    case MEMO_ARROW_VIEW:
        lay_out_views(layout, array, column, all);
        break;
    case MEMO_ARROW_LIST:
        lay_out_list(layout, array, column, all);
        break;
    case MEMO_ARROW_LIST_VIEW:
        lay_out_list_views(layout, array, column, all);
        break;
    case MEMO_ARROW_FIXED_LIST:
        lay_out_fixed_lists(layout, array, column, all);
        break;
    case MEMO_ARROW_STRUCT:
        lay_out_structs(layout, array, column, all);
        break;
    case MEMO_ARROW_SPARSE:
    case MEMO_ARROW_DENSE:
        lay_out_union(layout, array, column, all);
        break;
    case MEMO_ARROW_RUNS:
        lay_out_runs(layout, array, column, all);
        break;
    default:
        break;
    }
}

static inline struct ArrowArray *lay_out(struct layout *layout,
                                         const struct column *column,
                                         const struct items *items)
{
    struct ArrowArray *array = arena_take(layout->arena, sizeof *array);
    struct items all;

    array->length = items->count;
    array->offset = (int64_t)draw(layout, 11);
    array->n_buffers = column->layout.buffers;
    array->n_children = column->schema->n_children;
    array->buffers = arena_take(layout->arena, 5 * (int64_t)sizeof(void *));
    array->children = arena_take(
        layout->arena, array->n_children * (int64_t)sizeof *array->children);
    array->release = mark_array;
    all = with_offset(layout, items, array->offset);
    if (column->dictionary) {
        struct items entries = {0};

        for (int64_t i = 0; i < column->dictionary->length; i++)
            add_item(layout->arena, &entries, i);
        array->dictionary = lay_out(layout, column->dictionary, &entries);
    }
    if (column->layout.has_validity)
        lay_out_validity(layout, array, column, &all);
    lay_out_items(layout, array, column, &all);
    return array;
}

/* All of a column. */
static inline struct ArrowArray *lay_out_column(struct arena *arena,
                                                uint64_t *state,
                                                const struct column *column,
                                                bool is_plain)
{
    struct layout layout = {arena, state, is_plain};
    struct items items = {0};

    for (int64_t i = 0; i < column->length; i++)
        add_item(arena, &items, i);
    return lay_out(&layout, column, &items);
}

#endif
