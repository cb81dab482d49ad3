#include "cache/types.h"

#include "base/bytes.h"

#include <float.h>

/* The x87 format has 10 bytes of value in objects of 12 or 16. */
#if LDBL_MANT_DIG == 64
#define LONG_DOUBLE_BYTES 10
#else
#define LONG_DOUBLE_BYTES sizeof(long double)
#endif

/* What a leaf's elements are cut into: `bytes` of value every `stride`. */
struct unit {
    size_t bytes, stride;
    uint64_t count;
};

static struct unit unit_of(const struct memo_type_leaf *leaf)
{
    const struct memo_type *type = leaf->type;

    if (leaf->bits)
        return (struct unit){sizeof(memo_u64), 0, leaf->count};
    if (type->kind == MEMO_KIND_LONG_DOUBLE)
        return (struct unit){LONG_DOUBLE_BYTES, type->size, leaf->count};
    if (type->kind == MEMO_KIND_LONG_DOUBLE_COMPLEX)
        return (struct unit){LONG_DOUBLE_BYTES, type->size / 2,
                             2 * leaf->count};
    return (struct unit){type->size, type->size, leaf->count};
}

/* ---- the walk: from a type to its leaves --------------------------------- */

static bool push_level(struct memo_type_reader *reader,
                       const struct memo_type *type, size_t offset,
                       uint64_t count, uint64_t times)
{
    struct memo_type_level *level;

    if (type->field_count == 0 || count == 0)
        return true;
    if (reader->depth == MEMO_TYPE_DEPTH) {
        reader->is_too_deep = true;
        return false;
    }
    if (reader->is_measuring) {
        if (__builtin_mul_overflow(times, count, &times))
            times = UINT64_MAX;
        count = 1;
    }
    level = &reader->levels[reader->depth++];
    level->type = type;
    level->offset = offset;
    level->left = count;
    level->times = times;
    level->field = 0;
    return true;
}

/* Go on to the next field that is no struct; false at the end. */
static bool next_leaf(struct memo_type_reader *reader)
{
    while (reader->depth > 0) {
        struct memo_type_level *level = &reader->levels[reader->depth - 1];
        const struct memo_field *field;

        if (level->field == level->type->field_count) {
            level->field = 0;
            level->offset += level->type->size;
            if (--level->left == 0)
                reader->depth--;
            continue;
        }
        field = &level->type->fields[level->field++];
        if (field->get_bits) {
            reader->leaf =
                (struct memo_type_leaf){field->type, field, level->offset, 1};
            return true;
        }
        if (field->type->kind != MEMO_KIND_STRUCT) {
            reader->leaf = (struct memo_type_leaf){
                field->type, NULL, level->offset + field->offset, field->count};
            return true;
        }
        if (!push_level(reader, field->type, level->offset + field->offset,
                        field->count, level->times))
            return false;
    }
    return false;
}

static void advance(struct memo_type_reader *reader)
{
    reader->leaf_done = 0;
    reader->is_done = !next_leaf(reader);
}

static void begin_walk(struct memo_type_reader *reader,
                       const struct memo_type *type, uint64_t count)
{
    reader->depth = 0;
    reader->is_too_deep = false;
    reader->leaf_done = 0;
    reader->is_done = false;
    if (type->kind == MEMO_KIND_STRUCT) {
        push_level(reader, type, 0, count, 1);
        advance(reader);
    } else {
        reader->leaf = (struct memo_type_leaf){type, NULL, 0, count};
    }
}

/* ---- measuring ----------------------------------------------------------- */

struct shape {
    size_t bytes;   /* canonical, SIZE_MAX when they cannot be told */
    bool is_memory; /* the canonical bytes are the object's memory */
    bool has_bool;
};

static size_t times_saturated(uint64_t a, uint64_t b)
{
    uint64_t product;

    if (__builtin_mul_overflow(a, b, &product) || product > SIZE_MAX)
        return SIZE_MAX;
    return (size_t)product;
}

static struct shape measure(const struct memo_type *type)
{
    struct shape shape = {0, true, false};
    struct memo_type_reader reader;

    reader.is_measuring = true;
    for (begin_walk(&reader, type, 1); !reader.is_done; advance(&reader)) {
        struct unit unit = unit_of(&reader.leaf);
        uint64_t times =
            reader.depth > 0 ? reader.levels[reader.depth - 1].times : 1;
        size_t bytes =
            times_saturated(times, times_saturated(unit.bytes, unit.count));

        shape.is_memory &= unit.bytes == unit.stride;
        shape.has_bool |= reader.leaf.type->kind == MEMO_KIND_BOOL;
        if (__builtin_add_overflow(shape.bytes, bytes, &shape.bytes))
            shape.bytes = SIZE_MAX;
    }
    if (reader.is_too_deep)
        shape.bytes = SIZE_MAX;
    /* Fields do not overlap and come in the order of their offsets, so when
     * they fill the struct there is no room for padding. */
    shape.is_memory &= shape.bytes == type->size;
    return shape;
}

static bool is_odd_scalar(const struct memo_type *type)
{
    return type->kind == MEMO_KIND_LONG_DOUBLE ||
           type->kind == MEMO_KIND_LONG_DOUBLE_COMPLEX;
}

static bool is_scalar_memory(const struct memo_type *type)
{
    return type->kind != MEMO_KIND_STRUCT && !is_odd_scalar(type);
}

/* Most structs hold no struct, and are measured in one look.  SIZE_MAX: this
 * one is not of that kind. */
static size_t measure_flat(const struct memo_type *type)
{
    size_t bytes = 0;

    if (type->kind != MEMO_KIND_STRUCT)
        return SIZE_MAX;
    for (memo_u32 i = 0; i < type->field_count; i++) {
        const struct memo_field *field = &type->fields[i];

        if (!is_scalar_memory(field->type))
            return SIZE_MAX;
        bytes += field->get_bits ? sizeof(memo_u64)
                                 : field->type->size * (size_t)field->count;
    }
    return bytes;
}

size_t memo_type_bytes(const struct memo_type *type)
{
    size_t bytes;

    if (is_scalar_memory(type))
        return type->size;
    bytes = measure_flat(type);
    return bytes != SIZE_MAX ? bytes : measure(type).bytes;
}

bool memo_type_is_plain(const struct memo_type *type)
{
    struct shape shape;

    if (is_scalar_memory(type))
        return type->kind != MEMO_KIND_BOOL;
    shape = measure(type);
    return shape.is_memory && !shape.has_bool;
}

/* ---- values to bytes ----------------------------------------------------- */

/* Calls of memcpy for a few bytes are most of the time of a small struct. */
static inline void copy(unsigned char *out, const unsigned char *from,
                        size_t size)
{
    if (size == 8)
        memcpy(out, from, 8);
    else if (size == 4)
        memcpy(out, from, 4);
    else if (size == 1)
        *out = *from;
    else
        memcpy(out, from, size);
}

unsigned char *memo_type_encode_flat(unsigned char *out, size_t room,
                                     const struct memo_type *type,
                                     const void *object)
{
    const unsigned char *from = object;

    for (memo_u32 i = 0; i < type->field_count; i++) {
        const struct memo_field *field = &type->fields[i];
        size_t size = field->get_bits ? sizeof(memo_u64)
                                      : field->type->size * field->count;

        if (size > room || !is_scalar_memory(field->type))
            return NULL;
        if (field->get_bits) {
            memo_u64 bits = field->get_bits(from);

            memcpy(out, &bits, sizeof bits);
        } else {
            copy(out, from + field->offset, size);
        }
        out += size;
        room -= size;
    }
    return out;
}

/* As many of the leaf's bytes as fit; elements with padding are not cut. */
static size_t read_leaf(struct memo_type_reader *reader, unsigned char *out,
                        size_t room)
{
    const struct memo_type_leaf *leaf = &reader->leaf;
    const unsigned char *from = reader->values + leaf->offset;
    struct unit unit = unit_of(leaf);
    uint64_t left = unit.bytes * unit.count - reader->leaf_done;
    size_t size = left < room ? (size_t)left : room;

    if (leaf->bits) {
        memo_u64 bits = leaf->bits->get_bits(from);

        if (room < sizeof bits)
            return 0;
        memcpy(out, &bits, sizeof bits);
        return sizeof bits;
    }
    if (unit.bytes == unit.stride) {
        copy(out, from + reader->leaf_done, size);
        return size;
    }
    size -= size % unit.bytes;
    from += reader->leaf_done / unit.bytes * unit.stride;
    for (size_t at = 0; at < size; at += unit.bytes, from += unit.stride)
        memcpy(out + at, from, unit.bytes);
    return size;
}

/* The current struct as a whole, if that can be done; returns the bytes. */
static size_t read_struct(struct memo_type_reader *reader, unsigned char *out,
                          size_t room)
{
    struct memo_type_level *level = &reader->levels[reader->depth - 1];
    unsigned char *end;

    if (level->field != 1 || reader->leaf_done > 0)
        return 0;
    end = memo_type_encode_flat(out, room, level->type,
                                reader->values + level->offset);
    if (!end)
        return 0;
    level->field = level->type->field_count;
    return (size_t)(end - out);
}

void memo_type_read_begin(struct memo_type_reader *reader,
                          const struct memo_type *type, const void *values,
                          size_t count)
{
    reader->is_measuring = false;
    reader->values = values;
    begin_walk(reader, type, count);
}

size_t memo_type_read(struct memo_type_reader *reader, unsigned char *out,
                      size_t room)
{
    size_t filled = 0;

    while (!reader->is_done) {
        struct unit unit = unit_of(&reader->leaf);
        size_t size = 0;

        if (reader->depth > 0)
            size = read_struct(reader, out + filled, room - filled);
        if (size == 0 && unit.count > 0 && unit.bytes > 0) {
            size = read_leaf(reader, out + filled, room - filled);
            reader->leaf_done += size;
            if (reader->leaf_done < unit.bytes * unit.count)
                return filled + size;
        }
        filled += size;
        advance(reader);
    }
    return filled;
}

/* NULL, at the first one, when the type is not of that kind. */
static unsigned char *encode_all_flat(unsigned char *out,
                                      const struct memo_type *type,
                                      const unsigned char *values, size_t count)
{
    for (size_t i = 0; i < count; i++, values += type->size) {
        unsigned char *end = memo_type_encode_flat(out, SIZE_MAX, type, values);

        if (!end)
            return NULL;
        out = end;
    }
    return out;
}

unsigned char *memo_type_encode(unsigned char *out,
                                const struct memo_type *type,
                                const void *values, size_t count)
{
    struct memo_type_reader reader;
    unsigned char *end;

    if (count == 0)
        return out;
    if (is_scalar_memory(type) ||
        (count > MEMO_FEW_VALUES && measure(type).is_memory))
        return memo_put_bytes(out, values, count * type->size);
    if (type->kind == MEMO_KIND_STRUCT) {
        end = encode_all_flat(out, type, values, count);
        if (end)
            return end;
    }
    memo_type_read_begin(&reader, type, values, count);
    return out + memo_type_read(&reader, out, SIZE_MAX);
}

/* ---- bytes to values ----------------------------------------------------- */

bool memo_type_is_packed(const struct memo_type *type)
{
    size_t end = 0;

    if (type->kind != MEMO_KIND_STRUCT)
        return false;
    for (memo_u32 i = 0; i < type->field_count; i++) {
        const struct memo_field *field = &type->fields[i];

        if (field->get_bits || !is_scalar_memory(field->type) ||
            field->type->kind == MEMO_KIND_BOOL || field->offset != end)
            return false;
        end += field->type->size * (size_t)field->count;
    }
    return end == type->size;
}

static void decode_bools(unsigned char *out, const unsigned char *bytes,
                         uint64_t count)
{
    for (uint64_t i = 0; i < count; i++)
        out[i] = bytes[i] != 0;
}

static const unsigned char *write_leaf(const unsigned char *bytes,
                                       const struct memo_type_leaf *leaf,
                                       unsigned char *values)
{
    struct unit unit = unit_of(leaf);
    unsigned char *to = values + leaf->offset;

    if (leaf->bits) {
        memo_u64 bits;

        memcpy(&bits, bytes, sizeof bits);
        leaf->bits->set_bits(to, bits);
        return bytes + sizeof bits;
    }
    if (leaf->type->kind == MEMO_KIND_BOOL) {
        decode_bools(to, bytes, unit.count);
    } else if (unit.bytes == unit.stride) {
        copy(to, bytes, (size_t)(unit.bytes * unit.count));
    } else {
        for (uint64_t i = 0; i < unit.count; i++)
            memcpy(to + i * unit.stride, bytes + i * unit.bytes, unit.bytes);
    }
    return bytes + unit.bytes * unit.count;
}

/* The reverse of memo_type_encode_flat(), for any room. */
static const unsigned char *decode_flat(const unsigned char *bytes,
                                        const struct memo_type *type,
                                        void *object)
{
    unsigned char *to = object;

    for (memo_u32 i = 0; i < type->field_count; i++) {
        const struct memo_field *field = &type->fields[i];
        size_t size = field->type->size * field->count;

        if (field->get_bits || !is_scalar_memory(field->type))
            return NULL;
        if (field->type->kind == MEMO_KIND_BOOL)
            decode_bools(to + field->offset, bytes, field->count);
        else
            copy(to + field->offset, bytes, size);
        bytes += size;
    }
    return bytes;
}

static const unsigned char *decode_all_flat(const unsigned char *bytes,
                                            const struct memo_type *type,
                                            unsigned char *values, size_t count)
{
    for (size_t i = 0; i < count && bytes; i++, values += type->size)
        bytes = decode_flat(bytes, type, values);
    return bytes;
}

static bool is_copied(const struct memo_type *type, size_t count)
{
    if (is_scalar_memory(type))
        return type->kind != MEMO_KIND_BOOL;
    return memo_type_is_packed(type) ||
           (count > MEMO_FEW_VALUES && memo_type_is_plain(type));
}

static const unsigned char *decode_fields(const unsigned char *bytes,
                                          const struct memo_type *type,
                                          void *values, size_t count)
{
    struct memo_type_reader walk;
    const unsigned char *end;

    if (type->kind == MEMO_KIND_STRUCT) {
        end = decode_all_flat(bytes, type, values, count);
        if (end)
            return end;
    }
    walk.is_measuring = false;
    for (begin_walk(&walk, type, count); !walk.is_done; advance(&walk))
        bytes = write_leaf(bytes, &walk.leaf, values);
    return bytes;
}

const unsigned char *memo_type_decode(const unsigned char *bytes,
                                      const struct memo_type *type,
                                      void *values, size_t count)
{
    if (count == 0 || type->size == 0)
        return bytes;
    if (is_copied(type, count)) {
        copy(values, bytes, count * type->size);
        return bytes + count * type->size;
    }
    memset(values, 0, count * type->size);
    return decode_fields(bytes, type, values, count);
}

const unsigned char *memo_type_decode_over(const unsigned char *bytes,
                                           const struct memo_type *type,
                                           void *values, size_t count)
{
    return count == 0 || type->size == 0
               ? bytes
               : decode_fields(bytes, type, values, count);
}

void memo_type_assign(const struct memo_type *type, void *to, const void *from,
                      size_t count)
{
    const unsigned char *source = from;
    unsigned char *target = to;
    struct memo_type_reader walk;

    if (count == 0 || type->size == 0)
        return;
    walk.is_measuring = false;
    for (begin_walk(&walk, type, count); !walk.is_done; advance(&walk)) {
        const struct memo_type_leaf *leaf = &walk.leaf;

        if (leaf->bits)
            leaf->bits->set_bits(target + leaf->offset,
                                 leaf->bits->get_bits(source + leaf->offset));
        else
            copy(target + leaf->offset, source + leaf->offset,
                 (size_t)leaf->count * leaf->type->size);
    }
}
