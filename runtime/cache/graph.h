/* graph.h -- values with pointers in them as canonical bytes, and back.
 *
 * A value is its own memory and all that its pointers lead to, by the tables of
 * memo/generated.h.  Pieces of memory are read one after the other in the order
 * in which pointers to them were seen, so nothing recurs and no list is too
 * long.  What was seen before is named by its number: shared pieces stay
 * shared, cycles end, and addresses never count.
 *
 *     value    = elements of the root, then those of every piece
 *     pointer  = 0                          NULL
 *              | 1 [length]                 a new piece; length: of a text, or
 *                                           of the flexible array behind it
 *              | 2 + piece [element]        one that is known; element: of an
 *                                           array
 *
 * It knows neither keys nor entries.
 */
#ifndef MEMO_CACHE_GRAPH_H
#define MEMO_CACHE_GRAPH_H

#include "cache/pieces.h"
#include "cache/sink.h"
#include "memo/config.h"
#include "memo/generated.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum {
    MEMO_GRAPH_DONE,
    MEMO_GRAPH_TOO_LARGE, /* over budget, or a length cannot be told */
    MEMO_GRAPH_NO_MEMORY,
    MEMO_GRAPH_MALFORMED /* the bytes are those of no value */
} memo_graph_outcome;

/* How far a value may reach. */
typedef struct {
    uint64_t pieces, bytes;
} memo_budget;

#define MEMO_BUDGET_PIECES ((uint64_t)4 << 20)
#define MEMO_BUDGET_BYTES ((uint64_t)1 << 30)

static inline memo_budget memo_budget_of(const memo_config *config)
{
    return (memo_budget){config->max_value_pieces ? config->max_value_pieces
                                                  : MEMO_BUDGET_PIECES,
                         config->max_value_bytes ? config->max_value_bytes
                                                 : MEMO_BUDGET_BYTES};
}

/* Is there more to values of this type than their own memory? */
static inline bool memo_type_is_deep(const struct memo_type *type)
{
    return type->kind >= MEMO_KIND_DEEP_STRUCT;
}

/* The elements of the flexible array behind one object of `type`; 0 if it has
 * none. */
uint64_t memo_graph_tail(const struct memo_type *type, const void *object);

/* Append a value as a part of a key, and add its pieces to `pieces`, which is
 * empty: only structures that can be part of a cycle are recognised when they
 * are seen again, so that two texts are equal wherever they lie.
 * Threads: any; calls the user's length and hash functions. */
memo_graph_outcome memo_graph_read_key(memo_sink *sink, memo_pieces *pieces,
                                       const struct memo_type *type,
                                       const void *values, uint64_t count,
                                       uint64_t most_pieces);

/* The same as a part of a key that other processes make as well: of types that
 * have both, encoded bytes count and not the hash. */
memo_graph_outcome
memo_graph_read_stored_key(memo_sink *sink, memo_pieces *pieces,
                           const struct memo_type *type, const void *values,
                           uint64_t count, uint64_t most_pieces);

/* Only add the pieces of a value to `pieces`, which is empty. */
memo_graph_outcome memo_graph_find_pieces(memo_pieces *pieces,
                                          const struct memo_type *type,
                                          const void *values, uint64_t count,
                                          uint64_t most_pieces);

/* Append a value so that memo_graph_write() can make it again, and add its
 * pieces to `pieces`, which is empty. */
memo_graph_outcome memo_graph_read(memo_sink *sink, memo_pieces *pieces,
                                   const struct memo_type *type,
                                   const void *values, uint64_t count,
                                   uint64_t most_pieces);

/* Make the memory `to` of a piece equal to `from`: padding, and fields that are
 * no part of the value, stay.
 * Shape: `shape` tells both; they do not overlap. */
void memo_graph_assign(const memo_piece *shape, unsigned char *to,
                       const unsigned char *from);

/* The content of one piece, with addresses for pointers: does it change while
 * it stays where it is? Shape: a piece that memo_graph_find_pieces() has found.
 */
memo_digest memo_graph_digest_piece(const memo_piece *piece);

/* The fewest bytes that any piece of this shape is encoded in; bytes that are
 * fewer are no such piece, and no memory is needed to see that. */
uint64_t memo_graph_least_bytes(const memo_piece *shape);

/* Where the memory of new pieces comes from and goes to. */
typedef struct {
    void *(*allocate)(size_t size);
    void (*release)(void *memory);
} memo_allocator;

/* Which pieces of a value are to be made in memory that is there already; see
 * in_place.h. */
typedef struct {
    const memo_pieces *there;
    uint64_t *codes; /* of each piece: 0: new; else 1 or 2 + 2 * its number */
    size_t count;
} memo_places;

/* Where a value is made, and where it will lie: pointers to its own elements
 * lead there. */
typedef struct {
    unsigned char *at, *final;
    const struct memo_type *type;
    uint64_t count, tail;
    const memo_places *places; /* NULL: only the root is there; with them, `at`
                                  and `final` are not used */
} memo_root;

/* What memo_graph_write() has made, for as long as it may have to be undone. */
typedef struct {
    struct memo_target *targets;
    size_t target_count, target_capacity;
    struct memo_made_object *objects;
    size_t object_count, object_capacity;
} memo_made;

/* Make a value of bytes; returns the byte after the last one read, or NULL and
 * `*why`.  Trusts nothing: whatever the bytes, it ends, allocates no more than
 * the budget, of which it leaves the rest, nor for elements that so few bytes
 * cannot be, and leaves nothing behind when it fails. Shape: root->at has room
 * for what memo_piece_bytes() tells, and is zero. Owner: the pieces are the
 * caller's, each from `allocator`; `made` is to be given to memo_made_undo() or
 * memo_made_finish() after success. */
const unsigned char *memo_graph_write(memo_made *made, const unsigned char *at,
                                      const unsigned char *end,
                                      const memo_root *root,
                                      const memo_allocator *allocator,
                                      memo_budget *left,
                                      memo_graph_outcome *why);

/* Release all pieces of the value, but not the root's own memory; what was
 * there already is as it was. */
void memo_made_undo(memo_made *made, const memo_allocator *allocator);

/* They stay, and what was there already gets its new content. */
void memo_made_finish(memo_made *made);

/* Release all that the pointers of a value lead to, but not its own memory.
 * Nothing is released when memory to find it all is missing. */
void memo_graph_release(const struct memo_type *type, void *values,
                        uint64_t count, const memo_allocator *allocator);

#endif
