/* arrow_check.c -- is this a pair of Arrow structs that can be read?
 *
 * Schemas first, then the arrays that go with them.  Of an array only a window
 * is looked at: the items that those of its parent can name.  Every array has
 * to be sound in itself, also where its parent is null: so the format says.
 */
#include "cache/arrow_format.h"
#include "cache/arrow_parts.h"

#include <limits.h>

struct checker {
    memo_arrow_place place;
    int64_t nodes; /* schemas so far */
};

/* What needs much of the stack stays out of the frames that nest. */
#define APART __attribute__((noinline))

#define BAD(checker, ...) MEMO_ARROW_BAD(&(checker)->place, __VA_ARGS__)

/* ---- schemas ------------------------------------------------------------- */

static bool check_schema(struct checker *checker,
                         const struct ArrowSchema *schema);

static bool check_dictionary_schema(struct checker *checker,
                                    const struct ArrowSchema *schema,
                                    const memo_arrow_layout *layout)
{
    bool is_good;

    if (!schema->dictionary)
        return true;
    if (!layout->is_index)
        return BAD(checker, "a dictionary is indexed by something that is no "
                            "integer");
    if (!memo_arrow_enter(&checker->place, MEMO_ARROW_OF_DICTIONARY))
        return false;
    is_good = check_schema(checker, schema->dictionary);
    memo_arrow_leave(&checker->place);
    return is_good;
}

/* What some types ask of the types of their children, which are sound. */
static bool check_family(struct checker *checker,
                         const struct ArrowSchema *schema,
                         const memo_arrow_layout *layout)
{
    const struct ArrowSchema *child;

    if (layout->is_map) {
        child = schema->children[0];
        if (strcmp(child->format, "+s") != 0 || child->n_children != 2)
            return BAD(checker, "the entries of a map are no structs of two");
    }
    if (layout->kind == MEMO_ARROW_RUNS) {
        child = schema->children[0];
        if (strlen(child->format) != 1 || !strchr("sil", *child->format) ||
            child->dictionary)
            return BAD(checker, "the ends of runs are no signed integers of "
                                "16, 32 or 64 bits");
    }
    return true;
}

static bool check_one_schema(struct checker *checker,
                             const struct ArrowSchema *schema,
                             memo_arrow_layout *layout)
{
    if (!schema)
        return BAD(checker, "a schema is missing");
    if (!schema->release)
        return BAD(checker, "the schema was released");
    if (++checker->nodes > MEMO_ARROW_NODES)
        return BAD(checker, "there are more than %d schemas", MEMO_ARROW_NODES);
    if (!schema->format || !memo_arrow_layout_read(layout, schema->format))
        return BAD(checker, "the format is unknown");
    if (schema->n_children < 0 ||
        (layout->children >= 0 && schema->n_children != layout->children))
        return BAD(checker, "the schema has %lld children",
                   (long long)schema->n_children);
    if (schema->n_children > 0 && !schema->children)
        return BAD(checker, "the schema's children are missing");
    if (memo_arrow_metadata_bytes(schema->metadata, INT32_MAX) < 0)
        return BAD(checker, "the metadata is malformed");
    return true;
}

static bool check_schema(struct checker *checker,
                         const struct ArrowSchema *schema)
{
    memo_arrow_layout layout;

    if (!check_one_schema(checker, schema, &layout))
        return false;
    for (int64_t i = 0; i < schema->n_children; i++) {
        bool is_good;

        if (!memo_arrow_enter(&checker->place, i))
            return false;
        is_good = check_schema(checker, schema->children[i]);
        memo_arrow_leave(&checker->place);
        if (!is_good)
            return false;
    }
    return check_family(checker, schema, &layout) &&
           check_dictionary_schema(checker, schema, &layout);
}

/* ---- arrays -------------------------------------------------------------- */

/* An array with the items that are looked at: [begin, begin + count) of those
 * that begin at its offset. */
struct window {
    const struct ArrowSchema *schema;
    const struct ArrowArray *array;
    memo_arrow_layout layout;
    int64_t begin, count;
};

static bool check_array(struct checker *checker, struct window *window);

static bool check_child(struct checker *checker, const struct window *window,
                        int64_t child, int64_t begin, int64_t count)
{
    struct window inner = {.schema = window->schema->children[child],
                           .array = window->array->children[child],
                           .begin = begin,
                           .count = count};
    bool is_good;

    if (!memo_arrow_enter(&checker->place, child))
        return false;
    is_good = check_array(checker, &inner);
    memo_arrow_leave(&checker->place);
    return is_good;
}

/* The first physical item of the window. */
static int64_t first_of(const struct window *window)
{
    return window->array->offset + window->begin;
}

static bool is_valid(const struct window *window, int64_t at)
{
    return !window->layout.has_validity || !window->array->buffers[0] ||
           memo_arrow_bit(window->array->buffers[0], at);
}

static bool has_buffer(struct checker *checker, const struct window *window,
                       int buffer)
{
    return window->array->buffers[buffer] ||
           BAD(checker, "buffer %d is missing", buffer);
}

/* Is the size of all items something that memory can have? */
static bool check_size(struct checker *checker, const struct window *window,
                       int64_t width)
{
    int64_t size;

    if (__builtin_mul_overflow(
            window->array->offset + window->array->length + 1, width, &size) ||
        size > PTRDIFF_MAX)
        return BAD(checker, "its size overflows");
    return true;
}

/* A null_count that was given has to be right where all items are seen. */
static bool check_null_count(struct checker *checker,
                             const struct window *window)
{
    const struct ArrowArray *array = window->array;
    int64_t nulls = 0;

    if (!window->layout.has_validity)
        return true;
    if (!array->buffers[0])
        return array->null_count <= 0 ||
               BAD(checker, "%lld nulls are counted without a bitmap",
                   (long long)array->null_count);
    if (array->null_count < 0 || window->count < array->length)
        return true;
    for (int64_t at = 0; at < array->length;) {
        int64_t count = memo_arrow_equal_bits(
            array->buffers[0], array->offset + at, array->length - at);

        nulls += is_valid(window, array->offset + at) ? 0 : count;
        at += count;
    }
    return nulls == array->null_count ||
           BAD(checker, "%lld nulls are counted where there are %lld",
               (long long)array->null_count, (long long)nulls);
}

/* What every array has. */
static bool check_head(struct checker *checker, struct window *window)
{
    const struct ArrowArray *array = window->array;
    const memo_arrow_layout *layout = &window->layout;
    int64_t end;

    if (!array)
        return BAD(checker, "an array is missing");
    if (!array->release)
        return BAD(checker, "the array was released");
    if (array->length < 0 || array->offset < 0 ||
        __builtin_add_overflow(array->length, array->offset, &end) ||
        end == INT64_MAX)
        return BAD(checker, "length or offset is no size");
    if (array->null_count < -1 || array->null_count > array->length)
        return BAD(checker, "null_count is out of range");
    if (array->n_buffers < layout->buffers || array->n_buffers > INT32_MAX ||
        (layout->kind != MEMO_ARROW_VIEW && array->n_buffers > layout->buffers))
        return BAD(checker, "it has %lld buffers", (long long)array->n_buffers);
    if (array->n_buffers > 0 && !array->buffers)
        return BAD(checker, "the buffers are missing");
    if (array->n_children != window->schema->n_children)
        return BAD(checker, "it has %lld children, its schema %lld",
                   (long long)array->n_children,
                   (long long)window->schema->n_children);
    if (array->n_children > 0 && !array->children)
        return BAD(checker, "the children are missing");
    if (!array->dictionary != !window->schema->dictionary)
        return BAD(checker, "only one of array and schema has a dictionary");
    if (window->begin > array->length ||
        window->count > array->length - window->begin)
        return BAD(checker, "it has %lld items, too few for its parent",
                   (long long)array->length);
    return true;
}

/* ---- values -------------------------------------------------------------- */

/* An index as it is stored; above INT64_MAX it is negative as well. */
static int64_t load_index(const struct window *window, int64_t at)
{
    const unsigned char *bytes = window->array->buffers[1];
    bool is_signed = window->layout.is_signed;
    int64_t index;

    if (window->layout.width == 1)
        return is_signed ? (int64_t)(int8_t)bytes[at] : (int64_t)bytes[at];
    index = memo_arrow_load(bytes, window->layout.width, at);
    if (is_signed || window->layout.width == sizeof index)
        return index;
    return index &
           (((int64_t)1 << (8 * window->layout.width)) - 1); /* unsigned */
}

static bool check_dictionary(struct checker *checker,
                             const struct window *window)
{
    struct window values = {.schema = window->schema->dictionary,
                            .array = window->array->dictionary};
    bool is_good;

    if (!memo_arrow_enter(&checker->place, MEMO_ARROW_OF_DICTIONARY))
        return false;
    values.count = values.array->length;
    is_good = check_array(checker, &values);
    memo_arrow_leave(&checker->place);
    if (!is_good)
        return false;
    for (int64_t i = 0; i < window->count; i++) {
        int64_t at = first_of(window) + i;
        int64_t index;

        if (!is_valid(window, at))
            continue;
        index = load_index(window, at);
        if (index < 0 || index >= values.array->length)
            return BAD(checker, "item %lld is not in the dictionary",
                       (long long)(window->begin + i));
    }
    return true;
}

static bool check_fixed(struct checker *checker, const struct window *window)
{
    int64_t width = window->layout.width;

    if (!check_size(checker, window, width))
        return false;
    if (window->count > 0 && width > 0 && !has_buffer(checker, window, 1))
        return false;
    return !window->array->dictionary || check_dictionary(checker, window);
}

/* Offsets that rise from one not below zero; *first and *last of the window. */
static bool check_offsets(struct checker *checker, const struct window *window,
                          int64_t *first, int64_t *last)
{
    const void *offsets = window->array->buffers[1];
    int64_t width = window->layout.width;

    *first = *last = 0;
    if (!check_size(checker, window, width))
        return false;
    if (window->count == 0)
        return true;
    if (!has_buffer(checker, window, 1))
        return false;
    *first = *last = memo_arrow_load(offsets, width, first_of(window));
    if (*first < 0)
        return BAD(checker, "an offset is below zero");
    for (int64_t i = 1; i <= window->count; i++) {
        int64_t next = memo_arrow_load(offsets, width, first_of(window) + i);

        if (next < *last)
            return BAD(checker, "the offsets go down after item %lld",
                       (long long)(window->begin + i - 1));
        *last = next;
    }
    return true;
}

static bool check_binary(struct checker *checker, const struct window *window)
{
    int64_t first, last;

    if (!check_offsets(checker, window, &first, &last))
        return false;
    return first == last || has_buffer(checker, window, 2);
}

/* A view whose value is in a data buffer. */
static bool check_long_view(const struct window *window, int64_t at)
{
    const struct ArrowArray *array = window->array;
    const void *views = array->buffers[1];
    const void *sizes = array->buffers[array->n_buffers - 1];
    int32_t length = memo_arrow_view_word(views, at, 0);
    int32_t buffer = memo_arrow_view_word(views, at, 2);
    int32_t offset = memo_arrow_view_word(views, at, 3);
    int32_t prefix = memo_arrow_view_word(views, at, 1);
    int64_t size;

    if (buffer < 0 || buffer >= array->n_buffers - 3 || offset < 0 || !sizes ||
        !array->buffers[2 + buffer])
        return false;
    size = memo_arrow_load(sizes, sizeof size, buffer);
    if (size < 0 || offset > size || length > size - offset)
        return false;
    return memcmp((const char *)array->buffers[2 + buffer] + offset, &prefix,
                  sizeof prefix) == 0;
}

static bool check_views(struct checker *checker, const struct window *window)
{
    if (!check_size(checker, window, MEMO_ARROW_VIEW_BYTES))
        return false;
    if (window->count > 0 && !has_buffer(checker, window, 1))
        return false;
    for (int64_t i = 0; i < window->count; i++) {
        int64_t at = first_of(window) + i;
        int32_t length;

        if (!is_valid(window, at))
            continue;
        length = memo_arrow_view_word(window->array->buffers[1], at, 0);
        if (length < 0 ||
            (length > MEMO_ARROW_VIEW_INLINE && !check_long_view(window, at)))
            return BAD(checker, "the view of item %lld is not in its buffer",
                       (long long)(window->begin + i));
    }
    return true;
}

/* ---- nested -------------------------------------------------------------- */

static bool check_list(struct checker *checker, const struct window *window)
{
    int64_t first, last;

    if (!check_offsets(checker, window, &first, &last))
        return false;
    return check_child(checker, window, 0, first, last - first);
}

static bool check_list_views(struct checker *checker,
                             const struct window *window)
{
    int64_t width = window->layout.width;
    int64_t first = INT64_MAX, last = 0;

    if (!check_size(checker, window, width))
        return false;
    if (window->count > 0 &&
        (!has_buffer(checker, window, 1) || !has_buffer(checker, window, 2)))
        return false;
    for (int64_t i = 0; i < window->count; i++) {
        int64_t at = first_of(window) + i;
        int64_t begin, size, end;

        if (!is_valid(window, at))
            continue;
        begin = memo_arrow_load(window->array->buffers[1], width, at);
        size = memo_arrow_load(window->array->buffers[2], width, at);
        if (begin < 0 || size < 0 || __builtin_add_overflow(begin, size, &end))
            return BAD(checker, "item %lld has no good offset and size",
                       (long long)(window->begin + i));
        first = begin < first ? begin : first;
        last = end > last ? end : last;
    }
    if (first > last)
        first = last;
    return check_child(checker, window, 0, first, last - first);
}

static bool check_fixed_lists(struct checker *checker,
                              const struct window *window)
{
    int64_t begin, count;

    if (__builtin_mul_overflow(first_of(window), window->layout.count,
                               &begin) ||
        __builtin_mul_overflow(window->count, window->layout.count, &count))
        return BAD(checker, "its size overflows");
    return check_child(checker, window, 0, begin, count);
}

static bool check_structs(struct checker *checker, const struct window *window)
{
    for (int64_t i = 0; i < window->array->n_children; i++) {
        if (!check_child(checker, window, i, first_of(window), window->count))
            return false;
    }
    return true;
}

/* Every type id is one of the union's; every offset of a dense one lies in its
 * child.  That offsets rise is not asked for: nothing depends on it. */
APART static bool check_members(struct checker *checker,
                                const struct window *window)
{
    const struct ArrowArray *array = window->array;
    bool is_dense = window->layout.kind == MEMO_ARROW_DENSE;
    int64_t lengths[MEMO_ARROW_MEMBERS];
    int id;

    memset(lengths, -1, sizeof lengths);
    for (int64_t i = 0; (id = memo_arrow_union_id(&window->layout, i)) >= 0;
         i++)
        lengths[id] = array->children[i]->length;
    for (int64_t i = 0; i < window->count; i++) {
        int64_t at = first_of(window) + i;
        int64_t offset = 0;

        id = ((const signed char *)array->buffers[0])[at];
        if (id < 0 || lengths[id] < 0)
            return BAD(checker, "item %lld is of an unknown type",
                       (long long)(window->begin + i));
        if (is_dense)
            offset = memo_arrow_load(array->buffers[1], 4, at);
        if (is_dense && (offset < 0 || offset >= lengths[id]))
            return BAD(checker, "item %lld is not in its child",
                       (long long)(window->begin + i));
    }
    return true;
}

static bool check_union(struct checker *checker, const struct window *window)
{
    bool is_dense = window->layout.kind == MEMO_ARROW_DENSE;

    if (!check_size(checker, window, is_dense ? 4 : 1))
        return false;
    if (window->array->length > 0 && window->layout.children == 0)
        return BAD(checker, "a union without types has items");
    if (window->count > 0 && (!has_buffer(checker, window, 0) ||
                              (is_dense && !has_buffer(checker, window, 1))))
        return false;
    for (int64_t i = 0; i < window->array->n_children; i++) {
        const struct ArrowArray *child = window->array->children[i];
        int64_t begin = is_dense ? 0 : first_of(window);
        int64_t count = is_dense && child ? child->length : window->count;

        if (!check_child(checker, window, i, begin, count))
            return false;
    }
    return check_members(checker, window);
}

static bool check_run_ends(struct checker *checker, const struct window *window)
{
    const struct ArrowArray *ends = window->array->children[0];
    int64_t width = memo_arrow_ends_width(window->schema);
    int64_t last = 0;

    for (int64_t i = 0; i < ends->length; i++) {
        int64_t end = memo_arrow_run_end(ends, width, i);

        if (ends->buffers[0] &&
            !memo_arrow_bit(ends->buffers[0], ends->offset + i))
            return BAD(checker, "the end of run %lld is null", (long long)i);
        if (end <= last)
            return BAD(checker, "run %lld does not end after the last one",
                       (long long)i);
        last = end;
    }
    if (window->array->length > 0 &&
        last < window->array->offset + window->array->length)
        return BAD(checker, "the runs end at item %lld", (long long)last);
    return true;
}

static bool check_runs(struct checker *checker, const struct window *window)
{
    const struct ArrowArray *ends = window->array->children[0];
    const struct ArrowArray *values = window->array->children[1];
    int64_t width, first, last;

    if (!check_child(checker, window, 0, 0, ends ? ends->length : 0) ||
        !check_run_ends(checker, window))
        return false;
    if (!values || values->length < ends->length)
        return BAD(checker, "there are more runs than values");
    if (window->count == 0)
        return check_child(checker, window, 1, 0, 0);
    width = memo_arrow_ends_width(window->schema);
    first = memo_arrow_find_run(ends, width, first_of(window));
    last =
        memo_arrow_find_run(ends, width, first_of(window) + window->count - 1);
    return check_child(checker, window, 1, first, last - first + 1);
}

static bool check_array(struct checker *checker, struct window *window)
{
    memo_arrow_layout_read(&window->layout, window->schema->format);
    if (!check_head(checker, window) || !check_null_count(checker, window))
        return false;
    switch (window->layout.kind) {
    case MEMO_ARROW_NULL:
        return true;
    case MEMO_ARROW_BOOL:
        return window->count == 0 || has_buffer(checker, window, 1);
    case MEMO_ARROW_FIXED:
        return check_fixed(checker, window);
    case MEMO_ARROW_BINARY:
        return check_binary(checker, window);
    case MEMO_ARROW_VIEW:
        return check_views(checker, window);
    case MEMO_ARROW_LIST:
        return check_list(checker, window);
    case MEMO_ARROW_LIST_VIEW:
        return check_list_views(checker, window);
    case MEMO_ARROW_FIXED_LIST:
        return check_fixed_lists(checker, window);
    case MEMO_ARROW_STRUCT:
        return check_structs(checker, window);
    case MEMO_ARROW_SPARSE:
    case MEMO_ARROW_DENSE:
        return check_union(checker, window);
    default:
        return check_runs(checker, window);
    }
}

bool memo_arrow_check(const struct ArrowSchema *schema,
                      const struct ArrowArray *array, memo_arrow_reason *reason)
{
    struct checker checker;
    struct window window = {.schema = schema, .array = array};

    checker.place.reason = reason;
    checker.place.depth = 0;
    checker.nodes = 0;
    if (!check_schema(&checker, schema))
        return false;
    if (!array)
        return true;
    window.count = array->release ? array->length : 0;
    return check_array(&checker, &window);
}
