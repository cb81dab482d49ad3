#include "cache/in_place.h"

#include "base/bytes.h"

#include <stdlib.h>

bool memo_is_in_place(const struct memo_parameter *parameter)
{
    return parameter->direction == MEMO_IN_OUT && parameter->type &&
           memo_type_is_deep(parameter->type);
}

bool memo_changes_in_place(const struct memo_function *function)
{
    if (!(function->flags & MEMO_VALUE_IS_DEEP))
        return false;
    for (memo_u32 i = 0; i < function->parameter_count; i++) {
        if (memo_is_in_place(&function->parameters[i]))
            return true;
    }
    return false;
}

/* ---- keeping apart ------------------------------------------------------- */

static bool is_apart(const struct memo_function *function,
                     const struct memo_argument *arguments, memo_u32 changed,
                     uint64_t most_pieces)
{
    memo_ranges others = {0};
    memo_pieces pieces;
    bool is;

    memo_pieces_init(&pieces);
    for (memo_u32 i = 0; i < function->parameter_count; i++) {
        if (i != changed)
            memo_ranges_add_argument(&others, function, arguments, i,
                                     most_pieces);
    }
    is = memo_graph_find_pieces(&pieces, function->parameters[changed].type,
                                arguments[changed].data,
                                arguments[changed].count,
                                most_pieces) == MEMO_GRAPH_DONE &&
         !others.is_incomplete &&
         memo_pieces_are_apart(&pieces, others.items, others.count);
    memo_pieces_finish(&pieces);
    free(others.items);
    return is;
}

bool memo_in_place_is_apart(const struct memo_function *function,
                            const struct memo_argument *arguments,
                            uint64_t most_pieces)
{
    for (memo_u32 i = 0; i < function->parameter_count; i++) {
        if (memo_is_in_place(&function->parameters[i]) && arguments[i].data &&
            !is_apart(function, arguments, i, most_pieces))
            return false;
    }
    return true;
}

/* ---- before the body ----------------------------------------------------- */

static int compare_addresses(const void *a, const void *b)
{
    const memo_piece_array *first = a, *second = b;

    return (first->at > second->at) - (first->at < second->at);
}

static bool take(memo_prior *out, const struct memo_type *type,
                 const struct memo_argument *argument, uint64_t most_pieces)
{
    size_t count;

    if (!argument->data)
        return true;
    if (memo_graph_find_pieces(&out->pieces, type, argument->data,
                               argument->count, most_pieces) != MEMO_GRAPH_DONE)
        return false;
    count = out->pieces.count;
    out->digests = malloc(count * sizeof *out->digests);
    out->by_address = malloc(count * sizeof *out->by_address);
    if (!out->digests || !out->by_address)
        return false;
    for (size_t i = 0; i < count; i++) {
        const memo_piece *piece = &out->pieces.items[i];

        out->digests[i] = memo_graph_digest_piece(piece);
        out->by_address[i] =
            (memo_piece_array){(uintptr_t)piece->at, (uint32_t)i};
    }
    qsort(out->by_address, count, sizeof *out->by_address, compare_addresses);
    return true;
}

memo_before *memo_before_take(const struct memo_function *function,
                              const struct memo_argument *arguments,
                              uint64_t most_pieces)
{
    memo_before *before =
        calloc(1, sizeof *before +
                      function->parameter_count * sizeof *before->arguments);
    bool has_all = true;

    if (!before)
        return NULL;
    before->count = function->parameter_count;
    for (memo_u32 i = 0; i < before->count; i++) {
        memo_pieces_init(&before->arguments[i].pieces);
        if (memo_is_in_place(&function->parameters[i]))
            has_all &= take(&before->arguments[i], function->parameters[i].type,
                            &arguments[i], most_pieces);
        before->piece_count += before->arguments[i].pieces.count;
    }
    if (has_all)
        return before;
    memo_before_destroy(before);
    return NULL;
}

void memo_before_destroy(memo_before *before)
{
    if (!before)
        return;
    for (memo_u32 i = 0; i < before->count; i++) {
        memo_pieces_finish(&before->arguments[i].pieces);
        free(before->arguments[i].digests);
        free(before->arguments[i].by_address);
    }
    free(before);
}

/* ---- codes --------------------------------------------------------------- */

/* The piece that began at an address, or NULL. */
static const memo_piece_array *find(const memo_prior *prior, const void *at)
{
    const memo_piece_array wanted = {(uintptr_t)at, 0};

    if (!prior->by_address)
        return NULL;
    return bsearch(&wanted, prior->by_address, prior->pieces.count,
                   sizeof wanted, compare_addresses);
}

static bool is_as_it_was(const memo_prior *prior, uint32_t number,
                         const memo_piece *now)
{
    memo_digest digest = memo_graph_digest_piece(now);

    return digest.low == prior->digests[number].low &&
           digest.high == prior->digests[number].high;
}

/* What a piece was; false if it was another one.  What lies behind the end of
 * one that got shorter could be looked at, or be gone.  `*seen` counts those
 * that were there. */
static bool put_code(memo_sink *sink, const memo_prior *prior,
                     const memo_piece *now, size_t *seen)
{
    const memo_piece_array *found = find(prior, now->at);
    const memo_piece *was;

    if (!found) {
        memo_sink_put_length(sink, 0);
        return true;
    }
    was = &prior->pieces.items[found->piece];
    if (was->type != now->type || now->count != was->count ||
        now->tail != was->tail)
        return false;
    memo_sink_put_length(sink,
                         2 * (uint64_t)found->piece +
                             (is_as_it_was(prior, found->piece, now) ? 1 : 2));
    ++*seen;
    return true;
}

bool memo_codes_put(memo_sink *sink, const memo_prior *prior,
                    const memo_pieces *now)
{
    size_t seen = 0;

    memo_sink_put_length(sink, now->count);
    for (size_t i = 0; i < now->count; i++) {
        if (!put_code(sink, prior, &now->items[i], &seen))
            return false;
    }
    return seen == prior->pieces.count;
}

/* The codes themselves; `is_named` has a place for every piece that is there.
 */
static const unsigned char *get_codes(memo_places *out, bool *is_named,
                                      const unsigned char *at,
                                      const unsigned char *end)
{
    size_t named = 0;

    for (size_t i = 0; i < out->count && at; i++) {
        uint64_t code = 0, number;

        at = memo_get_length(&code, at, end);
        out->codes[i] = code;
        if (!at || code == 0)
            continue;
        number = (code - 1) / 2;
        if (number >= out->there->count || is_named[number])
            return NULL;
        is_named[number] = true;
        named++;
    }
    return named == out->there->count ? at : NULL;
}

const unsigned char *memo_codes_get(memo_places *out, const memo_pieces *there,
                                    const unsigned char *at,
                                    const unsigned char *end)
{
    uint64_t count = 0;
    bool *is_named;

    *out = (memo_places){.there = there};
    at = memo_get_length(&count, at, end);
    if (!at || count == 0 || count > (uint64_t)(end - at))
        return NULL;
    out->count = (size_t)count;
    out->codes = malloc(out->count * sizeof *out->codes);
    is_named = calloc(there->count + 1, sizeof *is_named);
    at = out->codes && is_named ? get_codes(out, is_named, at, end) : NULL;
    free(is_named);
    return at;
}
