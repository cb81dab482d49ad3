#include "elements/ipc_flat.h"

#include <stdlib.h>
#include <string.h>

void st_flat_init(st_flat *flat)
{
    memset(flat, 0, sizeof *flat);
}

void st_flat_finish(st_flat *flat)
{
    free(flat->bytes);
    memset(flat, 0, sizeof *flat);
}

/* ---- bytes ----------------------------------------------------------------
 */

/* Room for so many bytes before those that are written. */
static bool make_room(st_flat *flat, size_t size)
{
    size_t capacity = flat->capacity > 0 ? flat->capacity : 512;
    unsigned char *bytes;

    if (flat->is_failed)
        return false;
    if (size <= flat->capacity - flat->size)
        return true;
    while (capacity <= INT32_MAX && capacity - flat->size < size)
        capacity *= 2;
    bytes = capacity <= INT32_MAX ? malloc(capacity) : NULL;
    if (!bytes) {
        flat->is_failed = true;
        return false;
    }
    if (flat->size > 0)
        memcpy(bytes + capacity - flat->size, st_flat_bytes(flat), flat->size);
    free(flat->bytes);
    flat->bytes = bytes;
    flat->capacity = capacity;
    return true;
}

static void push(st_flat *flat, const void *bytes, size_t size)
{
    if (size == 0 || !make_room(flat, size))
        return;
    flat->size += size;
    memcpy(flat->bytes + flat->capacity - flat->size, bytes, size);
}

static void push_number(st_flat *flat, uint64_t value, size_t width)
{
    push(flat, &value, width);
}

/* Zeros, so that what is written is aligned once `size` more bytes are. */
static void align(st_flat *flat, size_t alignment, size_t size)
{
    static const unsigned char zeros[ST_FLAT_ALIGNMENT];

    push(flat, zeros, (0 - flat->size - size) % alignment);
}

/* The distance from here to a piece. */
static void push_ref(st_flat *flat, st_flat_ref ref)
{
    push_number(flat, flat->size + sizeof(uint32_t) - ref, sizeof(uint32_t));
}

/* ---- texts and vectors ----------------------------------------------------
 */

st_flat_ref st_flat_text(st_flat *flat, const char *text)
{
    size_t length = strlen(text);

    align(flat, sizeof(uint32_t), length + 1);
    push(flat, text, length + 1);
    push_number(flat, length, sizeof(uint32_t));
    return flat->size;
}

st_flat_ref st_flat_vector(st_flat *flat, const st_flat_ref *refs, size_t count)
{
    align(flat, sizeof(uint32_t), 0);
    for (size_t i = count; i > 0; i--)
        push_ref(flat, refs[i - 1]);
    push_number(flat, count, sizeof(uint32_t));
    return flat->size;
}

st_flat_ref st_flat_structs(st_flat *flat, const int64_t *words, size_t count,
                            size_t words_each)
{
    align(flat, sizeof(int64_t), 0);
    push(flat, words, count * words_each * sizeof *words);
    push_number(flat, count, sizeof(uint32_t));
    return flat->size;
}

/* ---- tables ---------------------------------------------------------------
 */

void st_flat_table_begin(st_flat *flat)
{
    memset(flat->fields, 0, sizeof flat->fields);
    flat->table_begin = flat->size;
}

void st_flat_put(st_flat *flat, unsigned field, uint64_t value, size_t width)
{
    align(flat, width, width);
    push_number(flat, value, width);
    flat->fields[field] = flat->size;
}

void st_flat_put_ref(st_flat *flat, unsigned field, st_flat_ref ref)
{
    align(flat, sizeof(uint32_t), 0);
    push_ref(flat, ref);
    flat->fields[field] = flat->size;
}

/* The table begins with the distance to its list of fields, which says how
 * large both are and where in the table a field lies, 0 = nowhere. */
st_flat_ref st_flat_table_end(st_flat *flat)
{
    size_t count = ST_FLAT_FIELDS;
    size_t table;
    int32_t distance;

    while (count > 0 && flat->fields[count - 1] == 0)
        count--;
    align(flat, sizeof distance, 0);
    push_number(flat, 0, sizeof distance);
    table = flat->size;
    for (size_t i = count; i > 0; i--) {
        size_t at = flat->fields[i - 1];

        push_number(flat, at > 0 ? table - at : 0, sizeof(uint16_t));
    }
    push_number(flat, table - flat->table_begin, sizeof(uint16_t));
    push_number(flat, (count + 2) * sizeof(uint16_t), sizeof(uint16_t));
    distance = (int32_t)(flat->size - table);
    if (!flat->is_failed)
        memcpy(flat->bytes + flat->capacity - table, &distance,
               sizeof distance);
    return table;
}

bool st_flat_end(st_flat *flat, st_flat_ref root)
{
    align(flat, ST_FLAT_ALIGNMENT, sizeof(uint32_t));
    push_ref(flat, root);
    return !flat->is_failed;
}
