/* flat_reader.h -- reads FlatBuffers, to look at what was written.
 *
 * Source: https://flatbuffers.dev/internals/.
 */
#ifndef ST_TESTS_FLAT_READER_H
#define ST_TESTS_FLAT_READER_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static inline uint64_t flat_load(const unsigned char *at, size_t width)
{
    uint64_t value = 0;

    memcpy(&value, at, width);
    return value;
}

/* What a reference leads to. */
static inline const unsigned char *flat_follow(const unsigned char *at)
{
    return at + flat_load(at, 4);
}

/* A field of a table, or NULL where it is absent. */
static inline const unsigned char *flat_field(const unsigned char *table,
                                              unsigned field)
{
    int32_t distance = (int32_t)flat_load(table, 4);
    const unsigned char *list = table - distance;
    size_t size = flat_load(list, 2), offset = 0;

    if (4 + 2 * field < size)
        offset = flat_load(list + 4 + 2 * (size_t)field, 2);
    return offset > 0 ? table + offset : NULL;
}

static inline uint64_t flat_number(const unsigned char *table, unsigned field,
                                   size_t width)
{
    const unsigned char *at = flat_field(table, field);

    return at ? flat_load(at, width) : 0;
}

/* A table, vector or text that a field leads to, which has to be there. */
static inline const unsigned char *flat_ref(const unsigned char *table,
                                            unsigned field)
{
    const unsigned char *at = flat_field(table, field);

    if (!at)
        abort();
    return flat_follow(at);
}

static inline const char *flat_text(const unsigned char *table, unsigned field)
{
    return (const char *)flat_ref(table, field) + 4;
}

/* An item of a vector of references. */
static inline const unsigned char *flat_item(const unsigned char *vector,
                                             size_t item)
{
    return flat_follow(vector + 4 + 4 * item);
}

#endif
