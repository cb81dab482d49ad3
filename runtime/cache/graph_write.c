/* graph_write.c -- from bytes to a value. */
#include "cache/graph.h"

#include "base/bytes.h"
#include "cache/graph_fields.h"
#include "cache/types.h"

#include <stdlib.h>
#include <string.h>

/* Of memory for a while; nothing is aligned to more than a page. */
#define MOST_ALIGNMENT 4096

/* A piece that is there, or known by number and made as soon as its size is:
 * that may depend on fields which come later. */
typedef struct memo_target {
    unsigned char *at, *final;
    const struct memo_type *type; /* NULL: a text */
    uint64_t count, tail;
    bool is_ours;      /* from the allocator */
    bool is_there;     /* `at` is for the time being only, `final` is not */
    bool is_unchanged; /* what is at `final` may stay */
} target;

/* A pointer of the piece that is being made. */
typedef struct {
    unsigned char *slot;
    const unsigned char *owner; /* the struct around it, or NULL */
    const struct memo_field *field;
    const struct memo_type *type; /* of the pointer */
    uint64_t piece, element;
    bool is_new;
} link;

typedef struct memo_made_object {
    unsigned char *object;
    const struct memo_codec *codec;
} made_object;

typedef struct {
    const unsigned char *at, *end;
    const memo_allocator *allocator;
    const memo_places *places;
    memo_budget left;
    uint64_t promised; /* bytes that pieces which were allocated still need */
    memo_graph_outcome outcome;
    bool is_unchanged; /* the piece that is being made */
    memo_made *made;
    link *links;
    size_t link_count, link_capacity;
} writer;

static void fail(writer *w, memo_graph_outcome outcome)
{
    if (w->outcome == MEMO_GRAPH_DONE)
        w->outcome = outcome;
}

static bool goes_on(const writer *w)
{
    return w->outcome == MEMO_GRAPH_DONE;
}

/* Room for one more item in a list, which is returned, moved or not. */
static void *make_room(writer *w, void *items, size_t *capacity, size_t count,
                       size_t size)
{
    size_t more = *capacity > 0 ? 2 * *capacity : 16;
    void *grown;

    if (count < *capacity)
        return items;
    grown = realloc(items, more * size);
    if (!grown) {
        fail(w, MEMO_GRAPH_NO_MEMORY);
        return items;
    }
    *capacity = more;
    return grown;
}

/* ---- reading the bytes --------------------------------------------------- */

static uint64_t get_length(writer *w)
{
    uint64_t length = 0;
    const unsigned char *at = memo_get_length(&length, w->at, w->end);

    if (!at) {
        fail(w, MEMO_GRAPH_MALFORMED);
        return 0;
    }
    w->at = at;
    return length;
}

/* The next bytes, or NULL. */
static const unsigned char *get_bytes(writer *w, uint64_t size)
{
    const unsigned char *at = w->at;

    if (size > (uint64_t)(w->end - w->at)) {
        fail(w, MEMO_GRAPH_MALFORMED);
        return NULL;
    }
    w->at += size;
    return at;
}

static void get_flat(writer *w, const struct memo_type *type,
                     unsigned char *values, uint64_t count)
{
    uint64_t size;
    const unsigned char *bytes;

    if (__builtin_mul_overflow(memo_type_bytes(type), count, &size)) {
        fail(w, MEMO_GRAPH_MALFORMED);
        return;
    }
    bytes = get_bytes(w, size);
    if (bytes)
        memo_type_decode(bytes, type, values, (size_t)count);
}

static void get_bits(writer *w, const struct memo_field *field,
                     unsigned char *object)
{
    const unsigned char *bytes = get_bytes(w, sizeof(memo_u64));
    memo_u64 bits;

    if (!field->set_bits)
        fail(w, MEMO_GRAPH_MALFORMED);
    if (!bytes || !goes_on(w))
        return;
    memcpy(&bits, bytes, sizeof bits);
    field->set_bits(object, bits);
}

/* Bytes behind their number. */
static bool decode_bytes(writer *w, const struct memo_codec *codec,
                         unsigned char *object)
{
    uint64_t size = get_length(w);
    const unsigned char *bytes = get_bytes(w, size);

    return bytes && codec->decode &&
           codec->decode(object, bytes, (memo_size)size);
}

/* Bytes that tell where they end. */
static bool decode_some(writer *w, const struct memo_codec *codec,
                        unsigned char *object)
{
    const unsigned char *end =
        codec->read(object, w->at, w->end, w->left.bytes);

    if (end)
        w->at = end;
    return end != NULL;
}

static void get_opaque(writer *w, const struct memo_codec *codec,
                       unsigned char *object)
{
    uint64_t is_present = codec->is_pointer ? get_length(w) : 1;

    if (is_present > 1)
        fail(w, MEMO_GRAPH_MALFORMED);
    w->made->objects =
        make_room(w, w->made->objects, &w->made->object_capacity,
                  w->made->object_count, sizeof *w->made->objects);
    if (is_present == 0 || !goes_on(w))
        return;
    if (!(codec->read ? decode_some : decode_bytes)(w, codec, object)) {
        fail(w, MEMO_GRAPH_MALFORMED);
        return;
    }
    w->made->objects[w->made->object_count++] = (made_object){object, codec};
}

/* ---- pointers ------------------------------------------------------------ */

static void add_target(writer *w, target made)
{
    if (w->left.pieces == 0)
        fail(w, MEMO_GRAPH_TOO_LARGE);
    w->made->targets =
        make_room(w, w->made->targets, &w->made->target_capacity,
                  w->made->target_count, sizeof *w->made->targets);
    if (!goes_on(w))
        return;
    w->left.pieces--;
    w->made->targets[w->made->target_count++] = made;
}

static void get_pointer(writer *w, const struct memo_type *type,
                        unsigned char *slot, const struct memo_field *field,
                        const unsigned char *owner)
{
    uint64_t code = get_length(w);
    link made = {.slot = slot, .owner = owner, .field = field, .type = type};

    if (code == 0 || !goes_on(w))
        return;
    made.is_new = code == 1;
    if (made.is_new) {
        target piece = {.type = type->target, .count = 1};

        if (type->kind == MEMO_KIND_TEXT)
            piece = (target){.count = get_length(w)};
        if (memo_type_tail(piece.type))
            piece.tail = get_length(w);
        made.piece = w->made->target_count;
        add_target(w, piece);
    } else {
        made.piece = code - 2;
        if (made.piece >= w->made->target_count)
            fail(w, MEMO_GRAPH_MALFORMED);
        else if (w->made->targets[made.piece].type)
            made.element = get_length(w);
    }
    w->links = make_room(w, w->links, &w->link_capacity, w->link_count,
                         sizeof *w->links);
    if (goes_on(w))
        w->links[w->link_count++] = made;
}

static uint64_t count_behind(const link *from)
{
    const struct memo_field *field = from->field;

    return from->type->kind == MEMO_KIND_POINTER && field &&
                   field->count_elements && field->count != 0
               ? field->count_elements(from->owner)
               : 1;
}

static uint64_t add_saturated(uint64_t a, uint64_t b)
{
    uint64_t sum;

    return __builtin_add_overflow(a, b, &sum) ? UINT64_MAX : sum;
}

static uint64_t times_saturated(uint64_t a, uint64_t b)
{
    uint64_t product;

    return __builtin_mul_overflow(a, b, &product) ? UINT64_MAX : product;
}

/* Of one value; structs are nested as deep as in C only. */
static uint64_t least_bytes(const struct memo_type *type)
{
    uint64_t sum = 0;

    if (type->kind > MEMO_KIND_DEEP_STRUCT)
        return 1;
    if (type->kind != MEMO_KIND_DEEP_STRUCT)
        return memo_type_bytes(type);
    for (memo_u32 i = 0; i < type->field_count; i++) {
        const struct memo_field *field = &type->fields[i];

        if (field->count > 0)
            sum = add_saturated(
                sum,
                times_saturated(field->count, field->get_bits
                                                  ? sizeof(memo_u64)
                                                  : least_bytes(field->type)));
    }
    return sum;
}

uint64_t memo_graph_least_bytes(const memo_piece *shape)
{
    const struct memo_field *tail = memo_type_tail(shape->type);
    uint64_t sum;

    if (!shape->type)
        return shape->count;
    sum = times_saturated(shape->count, least_bytes(shape->type));
    return tail ? add_saturated(sum, times_saturated(shape->tail,
                                                     least_bytes(tail->type)))
                : sum;
}

static memo_piece shape_of(const target *piece)
{
    return (memo_piece){
        .type = piece->type, .count = piece->count, .tail = piece->tail};
}

/* Take the memory of a piece from the budget; returns its size. */
static size_t pay(writer *w, const target *piece)
{
    memo_piece shape = shape_of(piece);
    size_t size = memo_piece_bytes(&shape);

    w->promised = add_saturated(w->promised, memo_graph_least_bytes(&shape));
    if (w->promised > (uint64_t)(w->end - w->at))
        fail(w, MEMO_GRAPH_MALFORMED);
    else if (size > w->left.bytes)
        fail(w, MEMO_GRAPH_TOO_LARGE);
    else
        w->left.bytes -= size;
    return size;
}

static void allocate(writer *w, target *piece)
{
    size_t size = pay(w, piece);

    if (!goes_on(w))
        return;
    piece->at = w->allocator->allocate(size > 0 ? size : 1);
    if (!piece->at) {
        fail(w, MEMO_GRAPH_NO_MEMORY);
        return;
    }
    memset(piece->at, 0, size);
    piece->final = piece->at;
    piece->is_ours = true;
}

/* Aligned as what lies at `like` has to be. */
static void *allocate_aligned(size_t size, const void *like)
{
    size_t alignment = (uintptr_t)like & -(uintptr_t)like;

    if (alignment <= _Alignof(max_align_t))
        return malloc(size);
    if (alignment > MOST_ALIGNMENT)
        alignment = MOST_ALIGNMENT;
    return aligned_alloc(alignment,
                         (size + alignment - 1) / alignment * alignment);
}

/* A piece that is there is made aside. */
static void make_aside(writer *w, target *piece, uint64_t code)
{
    const memo_piece *there = &w->places->there->items[(code - 1) / 2];
    size_t size;

    if (there->type != piece->type || piece->count != there->count ||
        piece->tail != there->tail)
        fail(w, MEMO_GRAPH_MALFORMED);
    size = pay(w, piece);
    if (!goes_on(w))
        return;
    piece->at = allocate_aligned(size > 0 ? size : 1, there->at);
    if (!piece->at) {
        fail(w, MEMO_GRAPH_NO_MEMORY);
        return;
    }
    memset(piece->at, 0, size);
    piece->final = there->at;
    piece->is_there = true;
    piece->is_unchanged = code % 2 == 1;
}

/* Memory for a piece whose shape is known by now. */
static void provide(writer *w, uint64_t number)
{
    target *piece = &w->made->targets[number];
    const memo_places *places = w->places;

    if (places && number >= places->count)
        fail(w, MEMO_GRAPH_MALFORMED);
    else if (places && places->codes[number] != 0)
        make_aside(w, piece, places->codes[number]);
    else if (w->is_unchanged) /* what leads to it would not be written */
        fail(w, MEMO_GRAPH_MALFORMED);
    else
        allocate(w, piece);
}

/* Nothing is known by the number of what is empty: it would have no memory of
 * its own and yet be released. */
static void follow(writer *w, const link *from)
{
    target *piece = &w->made->targets[from->piece];
    uint64_t count = count_behind(from);
    const unsigned char *to;

    if (from->is_new) {
        if (piece->type)
            piece->count = count;
        provide(w, from->piece);
    } else if (piece->type != (from->type->kind == MEMO_KIND_TEXT
                                   ? NULL
                                   : from->type->target) ||
               (piece->type && (count == 0 || from->element > piece->count ||
                                count > piece->count - from->element))) {
        fail(w, MEMO_GRAPH_MALFORMED);
    }
    if (!goes_on(w))
        return;
    to = piece->final;
    if (piece->type)
        to += from->element * piece->type->size;
    memcpy(from->slot, &to, sizeof to);
}

/* ---- pieces -------------------------------------------------------------- */

static void get_elements(writer *w, const struct memo_type *type,
                         unsigned char *at, uint64_t count,
                         const struct memo_field *field,
                         const unsigned char *owner)
{
    if (!memo_type_is_deep(type)) {
        get_flat(w, type, at, count);
        return;
    }
    for (uint64_t i = 0; i < count && goes_on(w); i++, at += type->size) {
        if (type->kind == MEMO_KIND_OPAQUE)
            get_opaque(w, type->codec, at);
        else
            get_pointer(w, type, at, field, owner);
    }
}

/* Is the flexible array as long as the struct, which is whole by now, says? */
static uint64_t check_tail(writer *w, const struct memo_field *tail,
                           const unsigned char *owner, uint64_t count)
{
    if (!tail->count_elements || tail->count_elements(owner) != count)
        fail(w, MEMO_GRAPH_MALFORMED);
    return count;
}

static void get_structs(writer *w, const target *piece)
{
    memo_fields fields;
    const struct memo_field *field;
    uint64_t offset;

    memo_fields_begin(&fields, piece->type, piece->count);
    while (goes_on(w) && (field = memo_fields_next(&fields, &offset)) != NULL) {
        unsigned char *owner = piece->at + offset;
        uint64_t count = field->count != 0
                             ? field->count
                             : check_tail(w, field, owner, piece->tail);

        if (field->get_bits)
            get_bits(w, field, owner);
        else if (field->type->kind != MEMO_KIND_DEEP_STRUCT)
            get_elements(w, field->type, owner + field->offset, count, field,
                         owner);
        else if (!memo_fields_enter(&fields, field->type,
                                    offset + field->offset, count))
            fail(w, MEMO_GRAPH_TOO_LARGE);
    }
}

static void get_text(writer *w, const target *piece)
{
    const unsigned char *bytes = get_bytes(w, piece->count);

    if (bytes && memchr(bytes, '\0', (size_t)piece->count))
        fail(w, MEMO_GRAPH_MALFORMED);
    else if (bytes)
        memo_put_bytes(piece->at, bytes, (size_t)piece->count);
}

static void write_pieces(writer *w)
{
    for (size_t i = 0; i < w->made->target_count && goes_on(w); i++) {
        const target piece = w->made->targets[i];
        const memo_piece shape = shape_of(&piece);

        if (piece.is_ours || piece.is_there)
            w->promised -= memo_graph_least_bytes(&shape);
        w->link_count = 0;
        w->is_unchanged = piece.is_unchanged;
        if (!piece.type)
            get_text(w, &piece);
        else if (piece.type->kind == MEMO_KIND_DEEP_STRUCT)
            get_structs(w, &piece);
        else
            get_elements(w, piece.type, piece.at, piece.count, NULL, NULL);
        for (size_t k = 0; k < w->link_count && goes_on(w); k++)
            follow(w, &w->links[k]);
    }
}

static void forget(memo_made *made)
{
    for (size_t i = 0; i < made->target_count; i++) {
        if (made->targets[i].is_there)
            free(made->targets[i].at);
    }
    free(made->targets);
    free(made->objects);
    *made = (memo_made){0};
}

void memo_made_undo(memo_made *made, const memo_allocator *allocator)
{
    for (size_t i = 0; i < made->object_count; i++) {
        if (made->objects[i].codec->release)
            made->objects[i].codec->release(made->objects[i].object);
    }
    for (size_t i = 0; i < made->target_count; i++) {
        if (made->targets[i].is_ours)
            allocator->release(made->targets[i].at);
    }
    forget(made);
}

/* What has not changed may lie where nobody can write. */
void memo_made_finish(memo_made *made)
{
    for (size_t i = 0; i < made->target_count; i++) {
        const target *piece = &made->targets[i];
        const memo_piece shape = shape_of(piece);

        if (piece->is_there && !piece->is_unchanged)
            memo_graph_assign(&shape, piece->final, piece->at);
    }
    forget(made);
}

static void add_root(writer *w, const memo_root *root)
{
    add_target(w, (target){.at = root->at,
                           .final = root->final,
                           .type = root->type,
                           .count = root->count,
                           .tail = root->tail});
    if (!root->places || !goes_on(w))
        return;
    if ((root->places->codes[0] + 1) / 2 == 1) /* the first is the first */
        provide(w, 0);
    else
        fail(w, MEMO_GRAPH_MALFORMED);
}

const unsigned char *memo_graph_write(memo_made *made, const unsigned char *at,
                                      const unsigned char *end,
                                      const memo_root *root,
                                      const memo_allocator *allocator,
                                      memo_budget *left,
                                      memo_graph_outcome *why)
{
    writer w = {.at = at,
                .end = end,
                .allocator = allocator,
                .places = root->places,
                .left = *left,
                .made = made};

    *made = (memo_made){0};
    add_root(&w, root);
    write_pieces(&w);
    if (root->places && made->target_count != root->places->count)
        fail(&w, MEMO_GRAPH_MALFORMED);
    free(w.links);
    *left = w.left;
    *why = w.outcome;
    if (goes_on(&w))
        return w.at;
    memo_made_undo(made, allocator);
    return NULL;
}
