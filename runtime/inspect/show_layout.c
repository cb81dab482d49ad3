#include "inspect/show_layout.h"

#include "cache/in_place.h"

#include <stdlib.h>
#include <string.h>

/* What an item of a key begins with, in the order of key.c. */
enum { FRAME_NULL, FRAME_EXACT, FRAME_DIGEST, FRAME_FOLDED };

/* Values that are walked over in all tries, besides one for each byte. */
#define MOST_STEPS ((uint64_t)1 << 18)

static const struct memo_function *function_of(const memo_layout *layout)
{
    return &layout->walk.facts->function;
}

/* ---- items --------------------------------------------------------------- */

/* Find a value that begins here.  A single struct is shown as such. */
static void lay_value(memo_layout *layout, memo_item *out,
                      const struct memo_type *type, const memo_walk_piece *how)
{
    memo_walk_piece root = *how;

    root.type = type;
    if (root.is_list && root.count == 1 && type->kind >= MEMO_KIND_STRUCT &&
        type->kind != MEMO_KIND_TEXT && type->kind != MEMO_KIND_POINTER) {
        root.is_list = false;
        root.is_target = type->kind != MEMO_KIND_OPAQUE;
    }
    out->state = MEMO_ITEM_VALUE;
    out->root = memo_walk_lay(&layout->walk, &root);
}

static void take_bytes(memo_layout *layout, memo_item *out,
                       memo_item_state state, uint64_t size)
{
    out->bytes = memo_walk_take(&layout->walk, size);
    if (out->bytes)
        out->state = state;
}

static void lay_exact(memo_layout *layout, memo_item *out,
                      const struct memo_parameter *parameter)
{
    memo_walk_piece how = {.count = 1, .tail = MEMO_WALK_UNKNOWN};

    switch (parameter->passing) {
    case MEMO_BY_VALUE:
        lay_value(layout, out, parameter->type, &how);
        break;
    case MEMO_BY_ELEMENTS:
        how.count = out->count;
        how.is_list = true;
        if (parameter->direction == MEMO_OUT)
            out->state = MEMO_ITEM_OUTPUT;
        else
            lay_value(layout, out, parameter->type, &how);
        break;
    default:
        take_bytes(layout, out, MEMO_ITEM_TEXT, out->count);
        break;
    }
}

static void lay_item(memo_layout *layout, memo_item *out,
                     const struct memo_parameter *parameter)
{
    memo_walk *walk = &layout->walk;
    const unsigned char *frame = memo_walk_take(walk, 1);

    if (!frame)
        return;
    out->has_count = parameter->passing != MEMO_BY_VALUE;
    walk->is_key = !memo_is_in_place(parameter);
    if (*frame == FRAME_NULL && out->has_count) {
        out->state = MEMO_ITEM_NULL;
    } else if (*frame == FRAME_EXACT || *frame == FRAME_DIGEST) {
        out->count = out->has_count ? memo_walk_take_length(walk) : 1;
        if (!memo_walk_goes_on(walk))
            return;
        if (*frame == FRAME_EXACT)
            lay_exact(layout, out, parameter);
        else
            take_bytes(layout, out, MEMO_ITEM_DIGEST, sizeof(memo_digest));
    } else {
        memo_walk_stop(walk, MEMO_WALK_DAMAGED);
    }
}

static void lay_file(memo_layout *layout, memo_item *out)
{
    const unsigned char *frame = memo_walk_take(&layout->walk, 1);

    if (frame && *frame != FRAME_EXACT)
        memo_walk_stop(&layout->walk, MEMO_WALK_DAMAGED);
    out->file = memo_walk_take(&layout->walk, sizeof(memo_item_file));
}

/* ---- keys ---------------------------------------------------------------- */

/* Of a folded key, items up to some place are in the digest; a parameter has
 * two places, because what is in a file is an item of its own. */
static void lay_argument(memo_layout *layout, memo_u32 i)
{
    const struct memo_parameter *parameter =
        &function_of(layout)->parameters[i];
    memo_item *out = &layout->items[i];
    size_t place = 2 * (size_t)i;

    if (place < layout->begin)
        out->state = MEMO_ITEM_FOLDED;
    else if (parameter->passing == MEMO_BY_ADDRESS)
        out->state = MEMO_ITEM_NONE;
    else
        lay_item(layout, out, parameter);
    if (parameter->passing == MEMO_BY_FILE && place + 1 >= layout->begin &&
        out->state != MEMO_ITEM_NULL && memo_walk_goes_on(&layout->walk))
        lay_file(layout, out);
}

static bool is_folded(const memo_layout *layout)
{
    return layout->is_key && layout->walk.end > layout->bytes &&
           *layout->bytes == FRAME_FOLDED;
}

static void lay_arguments(memo_layout *layout)
{
    memo_walk *walk = &layout->walk;

    if (is_folded(layout))
        memo_walk_take(walk, 1 + sizeof(memo_digest));
    for (memo_u32 i = 0;
         i < function_of(layout)->parameter_count && memo_walk_goes_on(walk);
         i++)
        lay_argument(layout, i);
}

/* ---- values -------------------------------------------------------------- */

/* What stands before each piece of what was changed in place: see in_place.h.
 */
static void skip_codes(memo_walk *walk)
{
    uint64_t count = memo_walk_take_length(walk);

    for (; count > 0 && memo_walk_goes_on(walk); count--)
        memo_walk_take_length(walk);
}

/* Presence and count, then elements. */
static void lay_elements(memo_layout *layout, memo_item *out,
                         const struct memo_type *type, bool has_codes)
{
    memo_walk *walk = &layout->walk;
    memo_walk_piece how = {.is_list = true};
    uint64_t presence = memo_walk_take_length(walk);

    if (presence > 1)
        memo_walk_stop(walk, MEMO_WALK_DAMAGED);
    if (!memo_walk_goes_on(walk))
        return;
    if (presence == 0) {
        out->state = MEMO_ITEM_NULL;
        return;
    }
    how.count = out->count = memo_walk_take_length(walk);
    if (!type) {
        take_bytes(layout, out, MEMO_ITEM_TEXT, how.count);
        return;
    }
    if (memo_type_tail(type))
        how.tail = memo_walk_take_length(walk);
    if (has_codes)
        skip_codes(walk);
    if (memo_walk_goes_on(walk))
        lay_value(layout, out, type, &how);
}

/* What is shared was kept as it was. */
static void lay_shared(memo_layout *layout, memo_item *out)
{
    const struct memo_function *function = function_of(layout);

    out->count = function->result_kind == MEMO_RESULT_VALUE
                     ? function->result_type->size
                     : sizeof(void *);
    take_bytes(layout, out, MEMO_ITEM_RAW, out->count);
}

static void lay_result(memo_layout *layout, memo_item *out)
{
    const struct memo_function *function = function_of(layout);

    if (function->result_kind == MEMO_RESULT_NONE)
        out->state = MEMO_ITEM_NONE;
    else if (function->sharing)
        lay_shared(layout, out);
    else if (function->result_kind == MEMO_RESULT_VALUE)
        lay_value(layout, out, function->result_type,
                  &(memo_walk_piece){.count = 1});
    else
        lay_elements(layout, out,
                     function->result_kind == MEMO_RESULT_TEXT
                         ? NULL
                         : function->result_type,
                     false);
}

static void lay_outputs(memo_layout *layout)
{
    const struct memo_function *function = function_of(layout);

    lay_result(layout, &layout->items[function->parameter_count]);
    for (memo_u32 i = 0; i < function->parameter_count; i++) {
        const struct memo_parameter *parameter = &function->parameters[i];

        if (!(parameter->direction & MEMO_OUT) ||
            !memo_walk_goes_on(&layout->walk))
            continue;
        lay_elements(layout, &layout->items[i], parameter->type,
                     memo_is_in_place(parameter));
    }
}

/* ---- tries --------------------------------------------------------------- */

/* All bytes must be what the facts say, and no bytes be left. */
static bool try(memo_layout *layout)
{
    memo_walk *walk = &layout->walk;
    size_t count = function_of(layout)->parameter_count + (size_t)1;

    memo_lengths_restart(&layout->lengths);
    memset(layout->items, 0, count * sizeof *layout->items);
    walk->at = layout->bytes;
    walk->outcome = MEMO_WALK_ON;
    walk->piece_count = 0;
    walk->is_key = layout->is_key;
    memo_walk_spend(walk, count);
    if (!memo_walk_goes_on(walk))
        return false;
    if (layout->is_key)
        lay_arguments(layout);
    else
        lay_outputs(layout);
    if (walk->at != walk->end)
        memo_walk_stop(walk, MEMO_WALK_DAMAGED);
    return memo_walk_goes_on(walk);
}

/* Are tries that come out alike the same? */
static uint64_t sign(const memo_layout *layout)
{
    const memo_walk *walk = &layout->walk;
    uint64_t signature = layout->begin;

    for (size_t i = 0; i < walk->piece_count; i++)
        signature = memo_hash_fold(signature ^ walk->pieces[i].count,
                                   0x9E3779B97F4A7C15u) +
                    walk->pieces[i].tail;
    return signature;
}

typedef struct {
    unsigned solutions; /* 2: more than one */
    uint64_t signature;
    size_t begin, decided;
    memo_length_try *tries;
} search;

static void note_solution(search *s, const memo_layout *layout)
{
    uint64_t signature = sign(layout);

    if (s->solutions > 0 && signature == s->signature)
        return;
    if (s->solutions++ > 0)
        return;
    s->signature = signature;
    s->begin = layout->begin;
    s->decided = layout->lengths.decided;
    if (s->decided > 0)
        memcpy(s->tries, layout->lengths.tries, s->decided * sizeof *s->tries);
}

/* Can the items that are not folded begin at this place? */
static bool is_begin(const memo_layout *layout, size_t place)
{
    memo_u32 passing = function_of(layout)->parameters[place / 2].passing;

    return place % 2 == 0 ? passing != MEMO_BY_ADDRESS
                          : passing == MEMO_BY_FILE;
}

/* All tries of one kind; false if some were left out. */
static bool search_all(search *s, memo_layout *layout, int kind)
{
    bool has_places = is_folded(layout);
    size_t end =
        has_places ? 2 * (size_t)function_of(layout)->parameter_count : 1;

    for (layout->begin = has_places; layout->begin < end; layout->begin++) {
        if (has_places && !is_begin(layout, layout->begin))
            continue;
        memo_lengths_begin(&layout->lengths, kind);
        do {
            if (try(layout))
                note_solution(s, layout);
            if (s->solutions > 1 || layout->walk.outcome == MEMO_WALK_LOST ||
                layout->walk.outcome == MEMO_WALK_NO_MEMORY)
                return false;
        } while (memo_lengths_next(&layout->lengths));
    }
    return true;
}

/* The only one that there is. */
static void take_solution(const search *s, memo_layout *layout)
{
    layout->begin = s->begin;
    layout->lengths.decided = s->decided;
    if (s->decided > 0)
        memcpy(layout->lengths.tries, s->tries, s->decided * sizeof *s->tries);
    (void)try(layout);
}

/* As far as nothing has to be guessed. */
static void take_begin(memo_layout *layout, memo_walk_outcome outcome)
{
    size_t count = function_of(layout)->parameter_count;

    layout->walk.lengths = NULL;
    if (!is_folded(layout)) {
        layout->begin = 0;
        (void)try(layout);
        return;
    }
    for (size_t i = 0; i < count; i++)
        layout->items[i] = (memo_item){.state = MEMO_ITEM_FOLDED};
    layout->walk.outcome = outcome;
}

static void find(memo_layout *layout)
{
    memo_walk *walk = &layout->walk;
    uint64_t steps = MOST_STEPS + (uint64_t)(walk->end - walk->at);
    search s = {0};
    bool is_complete = true;

    s.tries = calloc(walk->facts->field_count + 1, sizeof *s.tries);
    if (!s.tries || !layout->items) {
        walk->outcome = MEMO_WALK_NO_MEMORY;
        free(s.tries);
        return;
    }
    walk->steps = steps;
    for (int kind = 0; kind < MEMO_LENGTHS_KINDS && s.solutions == 0; kind++)
        is_complete = search_all(&s, layout, kind) && is_complete;
    walk->steps = steps;
    if (is_complete && s.solutions == 1)
        take_solution(&s, layout);
    else
        take_begin(layout, s.solutions == 0 && is_complete ? MEMO_WALK_DAMAGED
                                                           : MEMO_WALK_LOST);
    walk->steps = steps;
    free(s.tries);
}

static void lay(memo_layout *out, const memo_facts *facts,
                const unsigned char *bytes, size_t size)
{
    static const unsigned char none[1];
    bool is_key = out->is_key;

    *out = (memo_layout){.bytes = size > 0 ? bytes : none, .is_key = is_key};
    out->walk =
        (memo_walk){.facts = facts, .at = out->bytes, .end = out->bytes + size};
    out->items =
        calloc(facts->function.parameter_count + (size_t)1, sizeof *out->items);
    out->walk.lengths = &out->lengths;
    if (memo_lengths_init(&out->lengths, facts))
        find(out);
    else
        out->walk.outcome = MEMO_WALK_NO_MEMORY;
}

void memo_layout_key(memo_layout *out, const memo_facts *facts,
                     const unsigned char *bytes, size_t size)
{
    out->is_key = true;
    lay(out, facts, bytes, size);
}

void memo_layout_value(memo_layout *out, const memo_facts *facts,
                       const unsigned char *bytes, size_t size)
{
    out->is_key = false;
    lay(out, facts, bytes, size);
}

void memo_layout_finish(memo_layout *layout)
{
    memo_lengths_finish(&layout->lengths);
    free(layout->walk.pieces);
    free(layout->items);
}
