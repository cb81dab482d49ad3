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
    pieces->handles = NULL;
    pieces->handle_count = pieces->handle_capacity = 0;
}

void memo_pieces_finish(memo_pieces *pieces)
{
    if (pieces->items != pieces->few)
        free(pieces->items);
    free(pieces->slots);
    free(pieces->arrays);
    free(pieces->handles);
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

/* The last array of a sorted run that begins at or before an address, or NULL.
 */
static const memo_piece_array *find_in_run(const memo_piece_array *run,
                                           size_t count, uintptr_t at)
{
    size_t low = 0, high = count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (run[middle].at <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? &run[low - 1] : NULL;
}

/* The last of all of them, or NULL. */
static const memo_piece_array *find_array(const memo_pieces *pieces,
                                          const void *at)
{
    const memo_piece_array *best = NULL;
    size_t begin = 0;

    for (size_t left = pieces->array_count; left > 0;) {
        size_t size = (size_t)1 << (63 - __builtin_clzll(left));
        const memo_piece_array *found =
            find_in_run(pieces->arrays + begin, size, (uintptr_t)at);

        if (found && (!best || found->at > best->at))
            best = found;
        begin += size;
        left -= size;
    }
    return best;
}

static bool find_in_array(const memo_pieces *pieces, const void *at,
                          const struct memo_type *type, uint64_t count,
                          memo_place *out)
{
    const memo_piece_array *array;
    const memo_piece *piece;
    size_t offset;

    if (pieces->array_count == 0 || !type || type->size == 0)
        return false;
    array = find_array(pieces, at);
    if (!array)
        return false;
    out->piece = array->piece;
    piece = &pieces->items[out->piece];
    offset = (size_t)((uintptr_t)at - array->at);
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

static bool make_array_room(memo_pieces *pieces)
{
    size_t capacity = pieces->array_capacity * 2 + 16;
    memo_piece_array *arrays;

    if (pieces->array_count < pieces->array_capacity)
        return true;
    arrays = realloc(pieces->arrays, 2 * capacity * sizeof *arrays);
    if (!arrays)
        return false;
    pieces->arrays = arrays;
    pieces->array_capacity = capacity;
    return true;
}

/* Merge two sorted runs of `size` items that follow each other; the second one
 * is moved out of the way. */
static void merge(memo_piece_array *run, size_t size, memo_piece_array *scratch)
{
    size_t first = size, second = size;

    memcpy(scratch, run + size, size * sizeof *run);
    while (second > 0) {
        bool takes_first =
            first > 0 && run[first - 1].at > scratch[second - 1].at;

        run[first + second - 1] =
            takes_first ? run[first - 1] : scratch[second - 1];
        if (takes_first)
            first--;
        else
            second--;
    }
}

/* Like counting in binary: equally long runs become one, so that each array is
 * moved a few times only, whatever the order of the addresses. */
static bool add_array(memo_pieces *pieces, uint32_t index)
{
    if (!make_array_room(pieces))
        return false;
    pieces->arrays[pieces->array_count] =
        (memo_piece_array){(uintptr_t)pieces->items[index].at, index};
    for (size_t size = 1; pieces->array_count & size; size *= 2)
        merge(pieces->arrays + pieces->array_count + 1 - 2 * size, size,
              pieces->arrays + pieces->array_capacity);
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

bool memo_pieces_add_handle(memo_pieces *pieces, const void *object)
{
    if (pieces->handle_count == pieces->handle_capacity) {
        size_t capacity = pieces->handle_capacity * 2 + 16;
        uintptr_t *handles =
            realloc(pieces->handles, capacity * sizeof *handles);

        if (!handles)
            return false;
        pieces->handles = handles;
        pieces->handle_capacity = capacity;
    }
    pieces->handles[pieces->handle_count++] = (uintptr_t)object;
    return true;
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
        else if (i > 0)
            out[count++] = (stretch){begin - 1, begin + 1, true};
    }
    for (size_t i = 0; i < pieces->handle_count; i++)
        out[count++] =
            (stretch){pieces->handles[i], pieces->handles[i] + 1, true};
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
    size_t most = pieces->count + pieces->handle_count + range_count;

    if (pieces->count == 0 || most < 2)
        return true;
    all = malloc(most * sizeof *all);
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
