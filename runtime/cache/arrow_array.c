/* arrow_array.c -- canonical bytes as fresh Arrow structs: arrays. */
#include "cache/arrow_build.h"

#include "base/bytes.h"
#include "cache/arrow_format.h"

#include <stdlib.h>

enum { ALIGNMENT = 64, MOST_BUFFERS = 4 };

/* What needs much of the stack stays out of the frames that nest. */
#define APART __attribute__((noinline))

static void release_array(struct ArrowArray *array)
{
    for (int64_t i = 0; i < array->n_children; i++) {
        if (array->children[i]->release)
            array->children[i]->release(array->children[i]);
    }
    if (array->dictionary && array->dictionary->release)
        array->dictionary->release(array->dictionary);
    free(array->private_data);
    array->release = NULL;
}

/* An array on its way from bytes: first its bytes are found and measured, then
 * its buffers are made. */
struct making {
    memo_arrow_input *input;
    const struct ArrowSchema *schema;
    memo_arrow_layout layout;
    int64_t length;
    const unsigned char *bitmap; /* NULL = none */
    const unsigned char *items;  /* values, ends, sizes, lengths, type ids */
    const unsigned char *data;
    int64_t below;      /* items of the child, where that is one number */
    int64_t long_bytes; /* of the data that views cannot hold */
    int buffer_count;
    size_t sizes[MOST_BUFFERS]; /* of the buffers */
    unsigned char *buffers[MOST_BUFFERS];
};

/* ---- finding bytes ------------------------------------------------------- */

/* Find `count` items of `width` bytes; the size is that of a buffer as well. */
static bool find(struct making *making, const unsigned char **out,
                 int64_t count, int64_t width)
{
    int64_t size;

    if (__builtin_mul_overflow(count, width, &size) || size > PTRDIFF_MAX)
        return memo_arrow_bad_bytes(making->input);
    *out = memo_arrow_take(making->input, (uint64_t)size);
    return *out != NULL;
}

static int64_t bitmap_bytes(int64_t bits)
{
    return bits / 8 + (bits % 8 != 0);
}

/* Zeros after the last bit. */
static bool has_clean_end(const unsigned char *bitmap, int64_t bits)
{
    return bits % 8 == 0 || bitmap[bits / 8] >> (bits % 8) == 0;
}

static bool find_validity(struct making *making)
{
    bool has_bitmap;

    if (!making->layout.has_validity)
        return true;
    if (!memo_arrow_take_flag(making->input, &has_bitmap))
        return false;
    if (!has_bitmap)
        return true;
    if (!find(making, &making->bitmap, bitmap_bytes(making->length), 1))
        return false;
    making->sizes[0] = (size_t)bitmap_bytes(making->length);
    return has_clean_end(making->bitmap, making->length) ||
           memo_arrow_bad_bytes(making->input);
}

static bool find_bools(struct making *making)
{
    making->sizes[1] = (size_t)bitmap_bytes(making->length);
    return find(making, &making->items, bitmap_bytes(making->length), 1) &&
           (has_clean_end(making->items, making->length) ||
            memo_arrow_bad_bytes(making->input));
}

static bool find_fixed(struct making *making, int64_t width)
{
    if (!find(making, &making->items, making->length, width))
        return false;
    making->sizes[1] = (size_t)(making->length * width);
    return true;
}

/* Ends as offsets: one more, for the 0 in front. */
static bool find_ends(struct making *making)
{
    int64_t width = making->layout.width;

    if (!find_fixed(making, width))
        return false;
    making->sizes[1] += (size_t)width;
    making->below = 0;
    if (making->length > 0)
        making->below =
            memo_arrow_load(making->items, width, making->length - 1);
    return making->below >= 0 || memo_arrow_bad_bytes(making->input);
}

static bool find_binary(struct making *making)
{
    if (!find_ends(making) || !find(making, &making->data, making->below, 1))
        return false;
    making->sizes[2] = (size_t)making->below;
    return true;
}

static bool find_views(struct making *making)
{
    int64_t sum = 0;

    if (!find(making, &making->items, making->length, 4))
        return false;
    for (int64_t i = 0; i < making->length; i++) {
        int64_t length = memo_arrow_load(making->items, 4, i);

        if (length < 0)
            return memo_arrow_bad_bytes(making->input);
        sum += length;
        if (length > MEMO_ARROW_VIEW_INLINE)
            making->long_bytes += length;
        if (sum > INT32_MAX)
            return memo_arrow_bad_bytes(making->input);
    }
    /* Bytes for all lengths were there, so this does not overflow. */
    making->sizes[1] = (size_t)(making->length * MEMO_ARROW_VIEW_BYTES);
    if (making->long_bytes > 0) {
        making->sizes[2] = (size_t)making->long_bytes;
        making->sizes[3] = sizeof(int64_t);
        making->buffer_count = 4;
    }
    return find(making, &making->data, sum, 1);
}

static bool find_list_views(struct making *making)
{
    int64_t width = making->layout.width;

    if (!find_fixed(making, width))
        return false;
    making->sizes[2] = making->sizes[1];
    for (int64_t i = 0; i < making->length; i++) {
        int64_t size = memo_arrow_load(making->items, width, i);

        if (size < 0 ||
            __builtin_add_overflow(making->below, size, &making->below) ||
            (width == 4 && making->below > INT32_MAX))
            return memo_arrow_bad_bytes(making->input);
    }
    return true;
}

static bool find_type_ids(struct making *making)
{
    if (!find(making, &making->items, making->length, 1))
        return false;
    making->sizes[0] = (size_t)making->length;
    if (making->layout.kind == MEMO_ARROW_DENSE)
        making->sizes[1] = making->sizes[0] * 4;
    return making->layout.kind == MEMO_ARROW_SPARSE ||
           making->length <= INT32_MAX || memo_arrow_bad_bytes(making->input);
}

static bool find_fixed_lists(struct making *making)
{
    return !__builtin_mul_overflow(making->length, making->layout.count,
                                   &making->below) ||
           memo_arrow_bad_bytes(making->input);
}

/* Find the bytes of the array's own buffers, and tell these buffers' sizes. */
static bool find_items(struct making *making)
{
    if (!find_validity(making))
        return false;
    switch (making->layout.kind) {
    case MEMO_ARROW_BOOL:
        return find_bools(making);
    case MEMO_ARROW_FIXED:
        return find_fixed(making, making->layout.width);
    case MEMO_ARROW_BINARY:
        return find_binary(making);
    case MEMO_ARROW_VIEW:
        return find_views(making);
    case MEMO_ARROW_LIST:
        return find_ends(making);
    case MEMO_ARROW_LIST_VIEW:
        return find_list_views(making);
    case MEMO_ARROW_FIXED_LIST:
        return find_fixed_lists(making);
    case MEMO_ARROW_SPARSE:
    case MEMO_ARROW_DENSE:
        return find_type_ids(making);
    default:
        return true;
    }
}

/* ---- making buffers ------------------------------------------------------ */

static void copy(unsigned char *out, const unsigned char *bytes, size_t size)
{
    if (size > 0)
        memcpy(out, bytes, size);
}

static void store(unsigned char *out, int64_t width, int64_t at, int64_t value)
{
    int32_t narrow = (int32_t)value;

    if (width == sizeof narrow)
        memcpy(out + at * width, &narrow, sizeof narrow);
    else
        memcpy(out + at * width, &value, sizeof value);
}

static void fill_ends(struct making *making)
{
    size_t width = (size_t)making->layout.width;

    memset(making->buffers[1], 0, width);
    copy(making->buffers[1] + width, making->items, making->sizes[1] - width);
}

static void fill_views(struct making *making)
{
    const unsigned char *from = making->data;
    int64_t used = 0; /* of the data buffer */

    for (int64_t i = 0; i < making->length; i++) {
        unsigned char *view = making->buffers[1] + i * MEMO_ARROW_VIEW_BYTES;
        size_t length = (size_t)memo_arrow_load(making->items, 4, i);

        memset(view, 0, MEMO_ARROW_VIEW_BYTES);
        store(view, 4, 0, (int64_t)length);
        if (length <= MEMO_ARROW_VIEW_INLINE) {
            copy(view + 4, from, length);
        } else {
            copy(view + 4, from, 4);
            store(view, 4, 3, used);
            copy(making->buffers[2] + used, from, length);
            used += (int64_t)length;
        }
        from += length;
    }
    if (making->buffer_count == 4)
        store(making->buffers[3], 8, 0, used);
}

/* Item after item in the child. */
static void fill_list_views(struct making *making)
{
    int64_t width = making->layout.width;
    int64_t sum = 0;

    copy(making->buffers[2], making->items, making->sizes[2]);
    for (int64_t i = 0; i < making->length; i++) {
        store(making->buffers[1], width, i, sum);
        sum += memo_arrow_load(making->items, width, i);
    }
}

APART static void fill_type_ids(struct making *making)
{
    int32_t counts[256] = {0};

    copy(making->buffers[0], making->items, making->sizes[0]);
    if (making->layout.kind == MEMO_ARROW_SPARSE)
        return;
    for (int64_t i = 0; i < making->length; i++)
        store(making->buffers[1], 4, i, counts[making->items[i]]++);
}

static void fill(struct making *making)
{
    if (making->bitmap)
        copy(making->buffers[0], making->bitmap, making->sizes[0]);
    switch (making->layout.kind) {
    case MEMO_ARROW_BOOL:
    case MEMO_ARROW_FIXED:
        copy(making->buffers[1], making->items, making->sizes[1]);
        break;
    case MEMO_ARROW_BINARY:
        fill_ends(making);
        copy(making->buffers[2], making->data, making->sizes[2]);
        break;
    case MEMO_ARROW_VIEW:
        fill_views(making);
        break;
    case MEMO_ARROW_LIST:
        fill_ends(making);
        break;
    case MEMO_ARROW_LIST_VIEW:
        fill_list_views(making);
        break;
    case MEMO_ARROW_SPARSE:
    case MEMO_ARROW_DENSE:
        fill_type_ids(making);
        break;
    default:
        break;
    }
}

/* ---- one block ----------------------------------------------------------- */

static bool add_size(size_t *sum, size_t size)
{
    return !__builtin_add_overflow(*sum, size, sum) && *sum <= PTRDIFF_MAX / 2;
}

static size_t padded(size_t size)
{
    return size + (ALIGNMENT - size % ALIGNMENT) % ALIGNMENT;
}

/* Children, dictionary, pointers to the children and buffers; then the buffers.
 * Also an empty one has an address: some consumers want one. */
static size_t head_bytes(const struct making *making)
{
    size_t children = (size_t)making->schema->n_children;
    size_t structs = children + (making->schema->dictionary != NULL);

    return padded(structs * sizeof(struct ArrowArray) +
                  children * sizeof(struct ArrowArray *) +
                  MOST_BUFFERS * sizeof(void *));
}

static bool make_block(struct making *making, struct ArrowArray *out)
{
    size_t children = (size_t)making->schema->n_children;
    size_t structs = children + (making->schema->dictionary != NULL);
    size_t size = head_bytes(making);
    size_t at = size;
    unsigned char *block;

    for (int i = 0; i < making->buffer_count; i++) {
        if (making->sizes[i] > PTRDIFF_MAX / 2 ||
            !add_size(&size, padded(making->sizes[i] + 1)))
            return memo_arrow_bad_bytes(making->input);
    }
    block = memo_arrow_spend(making->input, size);
    if (!block)
        return false;
    memset(block, 0, at);
    out->private_data = block;
    out->children =
        (struct ArrowArray **)(block + structs * sizeof(struct ArrowArray));
    for (size_t i = 0; i < children; i++)
        out->children[i] = (struct ArrowArray *)block + i;
    if (making->schema->dictionary)
        out->dictionary = (struct ArrowArray *)block + children;
    out->buffers = (const void **)(out->children + children);
    for (int i = 0; i < making->buffer_count; i++) {
        making->buffers[i] = block + at;
        out->buffers[i] = block + at;
        at += padded(making->sizes[i] + 1);
        /* The padding is zero, as is recommended. */
        memset(making->buffers[i] + making->sizes[i], 0,
               (size_t)(block + at - making->buffers[i]) - making->sizes[i]);
    }
    return true;
}

/* A bitmap has nulls, else it would not have been written. */
static bool count_nulls(const struct making *making, int64_t *out)
{
    int64_t at = 0;

    *out = 0;
    if (making->layout.kind == MEMO_ARROW_NULL)
        *out = making->length;
    if (!making->bitmap)
        return true;
    while (at < making->length) {
        int64_t count =
            memo_arrow_equal_bits(making->bitmap, at, making->length - at);

        if (!memo_arrow_bit(making->bitmap, at))
            *out += count;
        at += count;
    }
    return *out > 0 || memo_arrow_bad_bytes(making->input);
}

/* The array itself; memory that its children need is theirs. */
static bool make_array(struct making *making, struct ArrowArray *out)
{
    int64_t nulls;

    making->buffer_count = making->layout.buffers;
    if (!find_items(making) || !count_nulls(making, &nulls) ||
        !make_block(making, out))
        return false;
    fill(making);
    if (making->layout.has_validity && !making->bitmap)
        out->buffers[0] = NULL;
    out->length = making->length;
    out->null_count = nulls;
    out->n_buffers = making->buffer_count;
    out->n_children = making->schema->n_children;
    out->release = release_array;
    return true;
}

/* ---- what is below ------------------------------------------------------- */

static int64_t count_type(const struct making *making, int id)
{
    int64_t count = 0;

    for (int64_t i = 0; i < making->length; i++)
        count += making->items[i] == id;
    return count;
}

static int64_t length_below(const struct making *making, int64_t child)
{
    switch (making->layout.kind) {
    case MEMO_ARROW_STRUCT:
    case MEMO_ARROW_SPARSE:
        return making->length;
    case MEMO_ARROW_DENSE:
        return count_type(making, memo_arrow_union_id(&making->layout, child));
    default:
        return making->below;
    }
}

/* The ends of runs are a child, and come without what others have in front. */
static bool build_run_ends(struct making *making, struct ArrowArray *out)
{
    struct making ends = {.input = making->input,
                          .schema = making->schema->children[0]};

    if (!memo_arrow_take_count(making->input, &ends.length))
        return false;
    making->below = ends.length;
    memo_arrow_layout_read(&ends.layout, ends.schema->format);
    ends.buffer_count = ends.layout.buffers;
    if (!find_fixed(&ends, ends.layout.width) || !make_block(&ends, out))
        return false;
    fill(&ends);
    out->buffers[0] = NULL;
    out->length = ends.length;
    out->n_buffers = ends.buffer_count;
    out->release = release_array;
    return true;
}

static bool build_dictionary(struct making *making, struct ArrowArray *out)
{
    int64_t length;
    bool is_built;

    if (!memo_arrow_take_count(making->input, &length) ||
        !memo_arrow_enter(&making->input->place, MEMO_ARROW_OF_DICTIONARY))
        return false;
    is_built = memo_arrow_build_array(making->input, out,
                                      making->schema->dictionary, length);
    memo_arrow_leave(&making->input->place);
    return is_built;
}

static bool build_child(struct making *making, struct ArrowArray *out,
                        int64_t child)
{
    bool is_built;

    if (making->layout.kind == MEMO_ARROW_RUNS && child == 0)
        return build_run_ends(making, out);
    if (!memo_arrow_enter(&making->input->place, child))
        return false;
    is_built = memo_arrow_build_array(making->input, out,
                                      making->schema->children[child],
                                      length_below(making, child));
    memo_arrow_leave(&making->input->place);
    return is_built;
}

bool memo_arrow_build_array(memo_arrow_input *input, struct ArrowArray *out,
                            const struct ArrowSchema *schema, int64_t length)
{
    struct making making = {.input = input, .schema = schema, .length = length};

    memset(out, 0, sizeof *out);
    memo_arrow_layout_read(&making.layout, schema->format);
    if (!make_array(&making, out))
        return false;
    for (int64_t i = 0; i < schema->n_children; i++) {
        if (!build_child(&making, out->children[i], i))
            return false;
    }
    return !schema->dictionary || build_dictionary(&making, out->dictionary);
}
