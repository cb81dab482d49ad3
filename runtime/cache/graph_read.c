/* graph_read.c -- from a value to its bytes. */
#include "cache/graph.h"

#include "base/bytes.h"
#include "cache/graph_fields.h"
#include "cache/types.h"

#include <stdlib.h>
#include <string.h>

/* Flat values are encoded in parts of this size. */
#define PART_BYTES 2048

/* What a value is read for. */
typedef enum {
    FOR_A_COPY,
    FOR_A_KEY,
    FOR_A_STORED_KEY, /* of any process: a codec's bytes before its hash */
    FOR_CHANGES,      /* where pointers lead is their address */
    FOR_ITS_PIECES,   /* its bytes are nothing */
    TO_RELEASE_IT     /* the same, but what codecs have made is released */
} purpose;

typedef struct {
    memo_sink *sink;
    memo_pieces *pieces;
    uint64_t most_pieces;
    purpose purpose;
    memo_graph_outcome outcome;
} reader;

uint64_t memo_graph_tail(const struct memo_type *type, const void *object)
{
    const struct memo_field *tail = memo_type_tail(type);

    return tail && tail->count_elements ? tail->count_elements(object) : 0;
}

static bool is_for_key(const reader *r)
{
    return r->purpose == FOR_A_KEY || r->purpose == FOR_A_STORED_KEY;
}

/* A hash may be made under a secret of the process. */
static bool takes_hash(const reader *r, const struct memo_codec *codec)
{
    return codec->hash && (r->purpose == FOR_A_KEY ||
                           (r->purpose == FOR_A_STORED_KEY && !codec->encode));
}

static bool goes_on(const reader *r)
{
    return r->outcome == MEMO_GRAPH_DONE && !memo_sink_is_full(r->sink);
}

/* ---- leaves -------------------------------------------------------------- */

static void put_flat(reader *r, const struct memo_type *type,
                     const unsigned char *values, uint64_t count)
{
    struct memo_type_reader values_reader;
    unsigned char part[PART_BYTES];

    if (count == 0 || type->size == 0)
        return;
    if (type->kind != MEMO_KIND_BOOL && memo_type_is_plain(type)) {
        memo_sink_put(r->sink, values, (size_t)(count * type->size));
        return;
    }
    memo_type_read_begin(&values_reader, type, values, (size_t)count);
    while (!values_reader.is_done && goes_on(r))
        memo_sink_put(r->sink, part,
                      memo_type_read(&values_reader, part, sizeof part));
    if (values_reader.is_too_deep)
        r->outcome = MEMO_GRAPH_TOO_LARGE;
}

static void put_bits(reader *r, const struct memo_field *field,
                     const unsigned char *object)
{
    memo_u64 bits = field->get_bits(object);
    unsigned char *out = memo_sink_take(r->sink, sizeof bits);

    if (out)
        memcpy(out, &bits, sizeof bits);
}

static void put_many_encoded(reader *r, const struct memo_codec *codec,
                             const void *object, memo_size size)
{
    unsigned char *bytes = malloc(size);

    if (!bytes)
        r->outcome = MEMO_GRAPH_NO_MEMORY;
    else if (codec->encode(object, bytes, size) != size)
        r->outcome = MEMO_GRAPH_TOO_LARGE;
    else
        memo_sink_put(r->sink, bytes, size);
    free(bytes);
}

static void put_encoded(reader *r, const struct memo_codec *codec,
                        const void *object)
{
    unsigned char few[256];
    memo_size size = codec->encode(object, few, sizeof few);

    memo_sink_put_length(r->sink, size);
    if (!goes_on(r))
        return;
    if (size <= sizeof few)
        memo_sink_put(r->sink, few, size);
    else if (size > r->sink->limit)
        r->outcome = MEMO_GRAPH_TOO_LARGE;
    else
        put_many_encoded(r, codec, object, size);
}

static void put_object(reader *r, const struct memo_codec *codec,
                       unsigned char *object)
{
    if (codec->write) {
        if (!codec->write(object, r->sink) && goes_on(r))
            r->outcome = MEMO_GRAPH_MALFORMED;
    } else if (takes_hash(r, codec)) {
        memo_u64 hash = codec->hash(object);

        memo_sink_put(r->sink, &hash, sizeof hash);
    } else if (codec->encode) {
        put_encoded(r, codec, object);
    } else {
        r->outcome = MEMO_GRAPH_TOO_LARGE;
    }
}

static void put_opaque(reader *r, const struct memo_codec *codec,
                       unsigned char *object)
{
    void *target = object;

    if (codec->is_pointer) {
        memcpy(&target, object, sizeof target);
        memo_sink_put_length(r->sink, target != NULL);
        if (!target)
            return;
        if (!is_for_key(r) && !memo_pieces_add_handle(r->pieces, target))
            r->outcome = MEMO_GRAPH_NO_MEMORY;
    }
    if (r->purpose == TO_RELEASE_IT && codec->release)
        codec->release(object);
    else if (r->purpose < FOR_ITS_PIECES)
        put_object(r, codec, object);
}

/* ---- pointers ------------------------------------------------------------ */

static memo_piece piece_behind(const struct memo_type *pointer, void *target,
                               const struct memo_field *field,
                               const void *owner)
{
    memo_piece piece = {.at = target, .count = 1};

    if (pointer->kind == MEMO_KIND_TEXT) {
        piece.count = strlen(target);
        return piece;
    }
    piece.type = pointer->target;
    if (field && field->count_elements && field->count != 0)
        piece.count = field->count_elements(owner);
    else
        piece.tail = memo_graph_tail(piece.type, target);
    return piece;
}

static void put_known(reader *r, const memo_place *place)
{
    const memo_piece *piece = &r->pieces->items[place->piece];

    memo_sink_put_length(r->sink, 2 + (uint64_t)place->piece);
    if (piece->type)
        memo_sink_put_length(r->sink, place->element);
}

static void add_piece(reader *r, memo_piece piece)
{
    if (r->pieces->count >= r->most_pieces)
        r->outcome = MEMO_GRAPH_TOO_LARGE;
    else if (!memo_pieces_add(r->pieces, piece))
        r->outcome = MEMO_GRAPH_NO_MEMORY;
}

/* `field`: of the pointer, in the struct `owner`; NULL for an element of an
 * array of pointers. */
static void put_pointer(reader *r, const struct memo_type *pointer,
                        const unsigned char *slot,
                        const struct memo_field *field, const void *owner)
{
    memo_piece piece;
    memo_place place;
    void *target;

    memcpy(&target, slot, sizeof target);
    if (r->purpose == FOR_CHANGES) {
        memo_sink_put(r->sink, &target, sizeof target);
        return;
    }
    if (!target) {
        memo_sink_put_length(r->sink, 0);
        return;
    }
    piece = piece_behind(pointer, target, field, owner);
    if (piece.count == MEMO_TOO_MANY || piece.tail == MEMO_TOO_MANY ||
        memo_piece_bytes(&piece) == SIZE_MAX) {
        r->outcome = MEMO_GRAPH_TOO_LARGE;
        return;
    }
    piece.is_shared = is_for_key(r)
                          ? piece.type && memo_type_is_deep(piece.type)
                          : piece.count > 0 || !piece.type;
    if (piece.is_shared &&
        memo_pieces_find(r->pieces, target, piece.type, piece.count, &place)) {
        put_known(r, &place);
        return;
    }
    memo_sink_put_length(r->sink, 1);
    if (!piece.type)
        memo_sink_put_length(r->sink, piece.count);
    if (memo_type_tail(piece.type))
        memo_sink_put_length(r->sink, piece.tail);
    add_piece(r, piece);
}

/* ---- structs ------------------------------------------------------------- */

/* Elements that are no structs with pointers. */
static void put_elements(reader *r, const struct memo_type *type,
                         const unsigned char *at, uint64_t count,
                         const struct memo_field *field, const void *owner)
{
    if (!memo_type_is_deep(type)) {
        put_flat(r, type, at, count);
        return;
    }
    for (uint64_t i = 0; i < count && goes_on(r); i++, at += type->size) {
        if (type->kind == MEMO_KIND_OPAQUE)
            put_opaque(r, type->codec, (unsigned char *)(uintptr_t)at);
        else
            put_pointer(r, type, at, field, owner);
    }
}

static void put_structs(reader *r, const memo_piece *piece)
{
    memo_fields fields;
    const struct memo_field *field;
    uint64_t offset;

    memo_fields_begin(&fields, piece->type, piece->count);
    while (goes_on(r) && (field = memo_fields_next(&fields, &offset)) != NULL) {
        const unsigned char *owner = (const unsigned char *)piece->at + offset;
        uint64_t count = field->count != 0 ? field->count : piece->tail;

        if (field->get_bits)
            put_bits(r, field, owner);
        else if (field->type->kind != MEMO_KIND_DEEP_STRUCT)
            put_elements(r, field->type, owner + field->offset, count, field,
                         owner);
        else if (!memo_fields_enter(&fields, field->type,
                                    offset + field->offset, count))
            r->outcome = MEMO_GRAPH_TOO_LARGE;
    }
}

/* ---- pieces -------------------------------------------------------------- */

static void put_piece(reader *r, const memo_piece *piece)
{
    if (!piece->type)
        memo_sink_put(r->sink, piece->at, (size_t)piece->count);
    else if (piece->type->kind == MEMO_KIND_DEEP_STRUCT)
        put_structs(r, piece);
    else
        put_elements(r, piece->type, piece->at, piece->count, NULL, NULL);
}

/* All pieces from the first one on; more come while they are read. */
static memo_graph_outcome read_pieces(reader *r)
{
    for (size_t i = 0; i < r->pieces->count && goes_on(r); i++) {
        const memo_piece piece = r->pieces->items[i];

        put_piece(r, &piece);
    }
    if (r->outcome == MEMO_GRAPH_DONE && r->sink->has_no_memory)
        r->outcome = MEMO_GRAPH_NO_MEMORY;
    if (r->outcome == MEMO_GRAPH_DONE && r->sink->is_over)
        r->outcome = MEMO_GRAPH_TOO_LARGE;
    return r->outcome;
}

static memo_graph_outcome read_root(reader *r, const struct memo_type *type,
                                    const void *values, uint64_t count)
{
    memo_piece root = {.at = (unsigned char *)(uintptr_t)values,
                       .type = type,
                       .count = count,
                       .is_shared = count > 0};

    if (count == 1)
        root.tail = memo_graph_tail(type, values);
    if (memo_piece_bytes(&root) == SIZE_MAX)
        return MEMO_GRAPH_TOO_LARGE;
    add_piece(r, root);
    return r->outcome == MEMO_GRAPH_DONE ? read_pieces(r) : r->outcome;
}

memo_graph_outcome memo_graph_read(memo_sink *sink, memo_pieces *pieces,
                                   const struct memo_type *type,
                                   const void *values, uint64_t count,
                                   uint64_t most_pieces)
{
    reader r = {.sink = sink, .pieces = pieces, .most_pieces = most_pieces};

    return read_root(&r, type, values, count);
}

memo_graph_outcome memo_graph_read_key(memo_sink *sink, memo_pieces *pieces,
                                       const struct memo_type *type,
                                       const void *values, uint64_t count,
                                       uint64_t most_pieces)
{
    reader r = {.sink = sink,
                .pieces = pieces,
                .most_pieces = most_pieces,
                .purpose = FOR_A_KEY};

    return read_root(&r, type, values, count);
}

memo_graph_outcome
memo_graph_read_stored_key(memo_sink *sink, memo_pieces *pieces,
                           const struct memo_type *type, const void *values,
                           uint64_t count, uint64_t most_pieces)
{
    reader r = {.sink = sink,
                .pieces = pieces,
                .most_pieces = most_pieces,
                .purpose = FOR_A_STORED_KEY};

    return read_root(&r, type, values, count);
}

memo_digest memo_graph_digest_piece(const memo_piece *piece)
{
    unsigned char part[PART_BYTES];
    memo_sink sink = memo_sink_folding(part, sizeof part, UINT64_MAX);
    reader r = {.sink = &sink, .purpose = FOR_CHANGES};

    put_piece(&r, piece);
    return memo_hash_bytes(sink.bytes, sink.size);
}

/* ---- only what it leads to ----------------------------------------------- */

/* Read a value for what it leads to only. */
static memo_graph_outcome walk(memo_pieces *pieces, purpose why,
                               const struct memo_type *type, const void *values,
                               uint64_t count, uint64_t most_pieces)
{
    unsigned char scratch[MEMO_SINK_LEAST];
    memo_sink sink = memo_sink_discarding(scratch, sizeof scratch);
    reader r = {.sink = &sink,
                .pieces = pieces,
                .most_pieces = most_pieces,
                .purpose = why};

    return read_root(&r, type, values, count);
}

memo_graph_outcome memo_graph_find_pieces(memo_pieces *pieces,
                                          const struct memo_type *type,
                                          const void *values, uint64_t count,
                                          uint64_t most_pieces)
{
    return walk(pieces, FOR_ITS_PIECES, type, values, count, most_pieces);
}

void memo_graph_release(const struct memo_type *type, void *values,
                        uint64_t count, const memo_allocator *allocator)
{
    memo_pieces pieces;

    memo_pieces_init(&pieces);
    if (memo_type_is_deep(type) && walk(&pieces, TO_RELEASE_IT, type, values,
                                        count, UINT64_MAX) == MEMO_GRAPH_DONE) {
        for (size_t i = 1; i < pieces.count; i++)
            allocator->release(pieces.items[i].at);
    }
    memo_pieces_finish(&pieces);
}
