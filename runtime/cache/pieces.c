#include "cache/pieces.h"

#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

void memo_pieces_init(memo_pieces *pieces)
{
    pieces->items = pieces->few;
    pieces->count = 0;
    pieces->capacity = MEMO_FEW_PIECES;
    pieces->slots = NULL;
    pieces->slot_mask = 0;
    pieces->arrays = NULL;
    pieces->array_count = pieces->array_capacity = 0;
}

void memo_pieces_finish(memo_pieces *pieces)
{
    if (pieces->items != pieces->few)
        free(pieces->items);
    free(pieces->slots);
    free(pieces->arrays);
    memo_pieces_init(pieces);
}

const struct memo_field *memo_type_tail(const struct memo_type *type)
{
    const struct memo_field *last;

    if (!type || type->kind != MEMO_KIND_DEEP_STRUCT || type->field_count == 0)
        return NULL;
    last = &type->fields[type->field_count - 1];
    return last->count == 0 ? last : NULL;
}

size_t memo_piece_bytes(const memo_piece *piece)
{
    const struct memo_field *tail = memo_type_tail(piece->type);
    uint64_t bytes;

    if (!piece->type)
        return piece->count < PTRDIFF_MAX ? (size_t)piece->count + 1 : SIZE_MAX;
    if (__builtin_mul_overflow(piece->count, piece->type->size, &bytes) ||
        bytes > PTRDIFF_MAX)
        return SIZE_MAX;
    if (tail) {
        uint64_t end;

        if (__builtin_mul_overflow(piece->tail, tail->type->size, &end) ||
            end > PTRDIFF_MAX || piece->count != 1)
            return SIZE_MAX;
        end += tail->offset;
        bytes = end > bytes ? end : bytes;
    }
    return (size_t)bytes;
}

/* ---- finding ------------------------------------------------------------- */

static size_t slot_of(const memo_pieces *pieces, const void *at)
{
    return (size_t)memo_hash_words((uintptr_t)at, 0) & pieces->slot_mask;
}

static void enter(memo_pieces *pieces, uint32_t index)
{
    size_t slot = slot_of(pieces, pieces->items[index].at);

    while (pieces->slots[slot] != 0)
        slot = (slot + 1) & pieces->slot_mask;
    pieces->slots[slot] = index + 1;
}

static bool make_slots(memo_pieces *pieces, size_t wanted)
{
    size_t count = 64;
    uint32_t *slots;

    while (count < wanted)
        count *= 2;
    slots = calloc(count, sizeof *slots);
    if (!slots)
        return false;
    free(pieces->slots);
    pieces->slots = slots;
    pieces->slot_mask = count - 1;
    for (size_t i = 0; i < pieces->count; i++) {
        if (pieces->items[i].is_shared)
            enter(pieces, (uint32_t)i);
    }
    return true;
}

static bool is_same(const memo_piece *piece, const void *at,
                    const struct memo_type *type, uint64_t count)
{
    return piece->at == at && piece->type == type && piece->is_shared &&
           count <= piece->count;
}

/* The number of arrays that begin at or before an address. */
static size_t count_arrays_up_to(const memo_pieces *pieces, const void *at)
{
    size_t low = 0, high = pieces->array_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if ((uintptr_t)pieces->items[pieces->arrays[middle]].at <=
            (uintptr_t)at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool find_in_array(const memo_pieces *pieces, const void *at,
                          const struct memo_type *type, uint64_t count,
                          memo_place *out)
{
    size_t before = count_arrays_up_to(pieces, at);
    const memo_piece *piece;
    size_t offset;

    if (before == 0 || !type || type->size == 0)
        return false;
    out->piece = pieces->arrays[before - 1];
    piece = &pieces->items[out->piece];
    offset = (size_t)((uintptr_t)at - (uintptr_t)piece->at);
    out->element = offset / type->size;
    return piece->type == type && offset % type->size == 0 &&
           out->element < piece->count && count <= piece->count - out->element;
}

bool memo_pieces_find(const memo_pieces *pieces, const void *at,
                      const struct memo_type *type, uint64_t count,
                      memo_place *out)
{
    out->element = 0;
    if (!pieces->slots) {
        for (out->piece = 0; out->piece < pieces->count; out->piece++) {
            if (is_same(&pieces->items[out->piece], at, type, count))
                return true;
        }
    } else {
        size_t slot = slot_of(pieces, at);

        for (; pieces->slots[slot] != 0;
             slot = (slot + 1) & pieces->slot_mask) {
            out->piece = pieces->slots[slot] - 1;
            if (is_same(&pieces->items[out->piece], at, type, count))
                return true;
        }
    }
    return find_in_array(pieces, at, type, count, out);
}

/* ---- adding -------------------------------------------------------------- */

static bool make_room(memo_pieces *pieces)
{
    size_t capacity = pieces->capacity * 2;
    memo_piece *items;

    if (pieces->count < pieces->capacity)
        return true;
    if (pieces->count >= UINT32_MAX - 1)
        return false;
    if (pieces->items == pieces->few) {
        items = malloc(capacity * sizeof *items);
        if (items)
            memcpy(items, pieces->few, sizeof pieces->few);
    } else {
        items = realloc(pieces->items, capacity * sizeof *items);
    }
    if (!items)
        return false;
    pieces->items = items;
    pieces->capacity = capacity;
    return make_slots(pieces, 2 * capacity);
}

static bool add_array(memo_pieces *pieces, uint32_t index)
{
    size_t at = count_arrays_up_to(pieces, pieces->items[index].at);

    if (pieces->array_count == pieces->array_capacity) {
        size_t capacity = pieces->array_capacity * 2 + 16;
        uint32_t *arrays = realloc(pieces->arrays, capacity * sizeof *arrays);

        if (!arrays)
            return false;
        pieces->arrays = arrays;
        pieces->array_capacity = capacity;
    }
    memmove(pieces->arrays + at + 1, pieces->arrays + at,
            (pieces->array_count - at) * sizeof *pieces->arrays);
    pieces->arrays[at] = index;
    pieces->array_count++;
    return true;
}

bool memo_pieces_add(memo_pieces *pieces, memo_piece piece)
{
    uint32_t index = (uint32_t)pieces->count;

    if (!make_room(pieces))
        return false;
    pieces->items[index] = piece;
    pieces->count++;
    if (!piece.is_shared)
        return true;
    if (pieces->slots)
        enter(pieces, index);
    return !piece.type || piece.count < 2 || add_array(pieces, index);
}

/* ---- overlaps ------------------------------------------------------------ */

typedef struct {
    uintptr_t begin, end;
    bool is_piece;
} stretch;

static int compare_stretches(const void *a, const void *b)
{
    const stretch *first = a, *second = b;

    return (first->begin > second->begin) - (first->begin < second->begin);
}

static size_t list_stretches(stretch *out, const memo_pieces *pieces,
                             const memo_range *ranges, size_t range_count)
{
    size_t count = 0;

    for (size_t i = 0; i < pieces->count; i++) {
        size_t bytes = memo_piece_bytes(&pieces->items[i]);
        uintptr_t begin = (uintptr_t)pieces->items[i].at;

        if (bytes > 0)
            out[count++] = (stretch){begin, begin + bytes, true};
    }
    for (size_t i = 0; i < range_count; i++) {
        if (ranges[i].begin < ranges[i].end)
            out[count++] = (stretch){ranges[i].begin, ranges[i].end, false};
    }
    qsort(out, count, sizeof *out, compare_stretches);
    return count;
}

bool memo_pieces_are_apart(const memo_pieces *pieces, const memo_range *ranges,
                           size_t range_count)
{
    uintptr_t pieces_end = 0, ranges_end = 0;
    bool are_apart = true;
    stretch *all;
    size_t count;

    if (pieces->count == 0 || pieces->count + range_count < 2)
        return true;
    all = malloc((pieces->count + range_count) * sizeof *all);
    if (!all)
        return false;
    count = list_stretches(all, pieces, ranges, range_count);
    for (size_t i = 0; i < count && are_apart; i++) {
        uintptr_t *end = all[i].is_piece ? &pieces_end : &ranges_end;

        are_apart = all[i].begin >= pieces_end &&
                    (!all[i].is_piece || all[i].begin >= ranges_end);
        if (all[i].end > *end)
            *end = all[i].end;
    }
    free(all);
    return are_apart;
}
