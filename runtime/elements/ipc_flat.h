/* ipc_flat.h -- a writer of FlatBuffers, as large as Arrow's messages need it.
 *
 * Bytes are written from the last one to the first, so that whatever is
 * referred to stands before its reference: a piece is known by its distance
 * from the end.  It does not know what a message is.
 * Source: https://flatbuffers.dev/internals/.
 */
#ifndef ST_ELEMENTS_IPC_FLAT_H
#define ST_ELEMENTS_IPC_FLAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    ST_FLAT_FIELDS = 8,   /* of a table, at most */
    ST_FLAT_ALIGNMENT = 8 /* of the whole */
};

/* A piece that was written: the distance of its first byte from the end. */
typedef size_t st_flat_ref;

typedef struct {
    unsigned char *bytes; /* the last `size` of them are written */
    size_t capacity, size;
    bool is_failed; /* no memory, or more than 2 GB: nothing is written */
    size_t table_begin;
    st_flat_ref fields[ST_FLAT_FIELDS]; /* of the table in work; 0 = absent */
} st_flat;

/* Owner: caller; release with st_flat_finish(). */
void st_flat_init(st_flat *flat);
void st_flat_finish(st_flat *flat);

/* Write a text, a vector of tables or texts, a vector of structs of words. */
st_flat_ref st_flat_text(st_flat *flat, const char *text);
st_flat_ref st_flat_vector(st_flat *flat, const st_flat_ref *refs,
                           size_t count);
st_flat_ref st_flat_structs(st_flat *flat, const int64_t *words, size_t count,
                            size_t words_each);

/* Write a table: begin, put its fields in any order, end.  What a field refers
 * to is written before the table begins; tables do not nest in time.
 * Shape: `width` is 1, 2, 4 or 8 bytes. */
void st_flat_table_begin(st_flat *flat);
void st_flat_put(st_flat *flat, unsigned field, uint64_t value, size_t width);
void st_flat_put_ref(st_flat *flat, unsigned field, st_flat_ref ref);
st_flat_ref st_flat_table_end(st_flat *flat);

/* Write what the whole begins with.  The bytes then are st_flat_bytes(), `size`
 * of them, a multiple of ST_FLAT_ALIGNMENT; false if anything has failed. */
bool st_flat_end(st_flat *flat, st_flat_ref root);

static inline const unsigned char *st_flat_bytes(const st_flat *flat)
{
    return flat->bytes + flat->capacity - flat->size;
}

#endif
