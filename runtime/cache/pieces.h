/* pieces.h -- the pieces of memory that a value with pointers consists of.
 *
 * A piece is what one pointer points at: elements of one type.  The table
 * numbers pieces in the order in which they are added, finds the number by
 * the address, and tells whether pieces overlap in ways that no copy keeps.
 */
#ifndef MEMO_CACHE_PIECES_H
#define MEMO_CACHE_PIECES_H

#include "memo/generated.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    unsigned char *at;            /* its first byte */
    const struct memo_type *type; /* of an element; NULL: bytes of a text */
    uint64_t count;               /* elements; of a text, without its NUL */
    uint64_t tail;                /* elements of its flexible array */
    bool is_shared;               /* other pointers to it are to be found */
} memo_piece;

/* A piece of several elements, by its address. */
typedef struct {
    uintptr_t at;
    uint32_t piece;
} memo_piece_array;

/* Most values have few pieces: these need no memory of their own. */
#define MEMO_FEW_PIECES 16

typedef struct {
    memo_piece *items;
    size_t count, capacity;
    uint32_t *slots; /* piece + 1 by address; NULL while there are few */
    size_t slot_mask;
    /* As many sorted runs as array_count has bits, the longest one first;
     * behind array_capacity items there is as much room to merge in. */
    memo_piece_array *arrays;
    size_t array_count, array_capacity;
    uintptr_t *handles; /* objects that only functions of the user know */
    size_t handle_count, handle_capacity;
    memo_piece few[MEMO_FEW_PIECES];
} memo_pieces;

/* Not to be copied or moved: it points into itself. */
void memo_pieces_init(memo_pieces *pieces);
void memo_pieces_finish(memo_pieces *pieces);

/* Add a piece, number pieces->count.
 * Errors: false: out of memory, or there are 2^32 of them. */
bool memo_pieces_add(memo_pieces *pieces, memo_piece piece);

/* Note an object that is copied by functions of the user: a copy of it is
 * nothing that two pointers can share.
 * Errors: false: out of memory. */
bool memo_pieces_add_handle(memo_pieces *pieces, const void *object);

/* Where a pointer points. */
typedef struct {
    size_t piece;
    uint64_t element;
} memo_place;

/* The shared piece and element at which `count` elements of this type begin. */
bool memo_pieces_find(const memo_pieces *pieces, const void *at,
                      const struct memo_type *type, uint64_t count,
                      memo_place *out);

/* Bytes of memory of a piece, its flexible array and a text's NUL included;
 * SIZE_MAX if they cannot be. */
size_t memo_piece_bytes(const memo_piece *piece);

/* The flexible array at the end of a struct, or NULL. */
const struct memo_field *memo_type_tail(const struct memo_type *type);

typedef struct {
    uintptr_t begin, end;
} memo_range;

/* Are all pieces and handles apart from each other, and from the ranges?  An
 * empty piece is not if it begins where another one does or ends: it may belong
 * to that. The first piece is the value's own memory, of which an empty one is
 * nothing. Errors: false when memory for the answer is missing, too. */
bool memo_pieces_are_apart(const memo_pieces *pieces, const memo_range *ranges,
                           size_t range_count);

#endif
