/* value_deep.c -- values of calls with pointers in them. */
#include "cache/value.h"

#include "base/bytes.h"
#include "cache/overlap.h"
#include "cache/ranges.h"
#include "cache/types.h"

#include <stdlib.h>
#include <string.h>

/* The result, or one output: `count` elements of `type` at `at`. */
typedef struct {
    unsigned char *at; /* NULL: a pointer that is NULL */
    const struct memo_type *type;
    uint64_t count;
    bool is_nullable;        /* presence and count stand before it */
    const memo_prior *prior; /* of what was changed in place; or NULL */
} part;

static const struct memo_type text_type = {
    "char *", MEMO_KIND_TEXT, 0, sizeof(char *), NULL, NULL, NULL};

static bool is_output(const struct memo_function *function, memo_u32 i)
{
    return (function->parameters[i].direction & MEMO_OUT) != 0;
}

/* The result as a part; false if there is none. */
static bool result_part(part *out, const struct memo_function *function,
                        void *result, memo_u64 result_count)
{
    void *elements;

    switch (function->result_kind) {
    case MEMO_RESULT_VALUE:
        *out = (part){result, function->result_type, 1, false, NULL};
        return true;
    case MEMO_RESULT_TEXT:
        *out = (part){result, &text_type, 1, false, NULL};
        return true;
    case MEMO_RESULT_ELEMENTS:
        memcpy(&elements, result, sizeof elements);
        *out =
            (part){elements, function->result_type, result_count, true, NULL};
        return true;
    default:
        return false;
    }
}

static part output_part(const memo_computed *from, memo_u32 i)
{
    const struct memo_parameter *parameter = &from->function->parameters[i];

    return (part){from->arguments[i].data, parameter->type,
                  from->arguments[i].count, true,
                  from->before && memo_is_in_place(parameter)
                      ? &from->before->arguments[i]
                      : NULL};
}

/* ---- values to bytes ----------------------------------------------------- */

static void add_inputs(memo_ranges *ranges, const memo_computed *from,
                       uint64_t most_pieces)
{
    for (memo_u32 i = 0; i < from->function->parameter_count; i++) {
        if (!is_output(from->function, i))
            memo_ranges_add_argument(ranges, from->function, from->arguments, i,
                                     most_pieces);
    }
}

static void append_head(memo_sink *sink, const part *from)
{
    if (!from->is_nullable)
        return;
    memo_sink_put_length(sink, from->at != NULL);
    if (!from->at)
        return;
    memo_sink_put_length(sink, from->count);
    if (memo_type_tail(from->type))
        memo_sink_put_length(sink, from->count == 1
                                       ? memo_graph_tail(from->type, from->at)
                                       : MEMO_TOO_MANY);
}

/* Take the memory of a copy from the budget: what has more than that will not
 * be handed out. */
static bool can_pay(memo_budget *left, const memo_pieces *pieces)
{
    for (size_t i = 0; i < pieces->count; i++) {
        size_t bytes = memo_piece_bytes(&pieces->items[i]);

        if (bytes > left->bytes)
            return false;
        left->bytes -= bytes;
    }
    left->pieces -= pieces->count;
    return true;
}

/* What each piece was before. */
static memo_value_appending append_codes(memo_sink *sink, const part *from,
                                         uint64_t most_pieces)
{
    memo_value_appending outcome = MEMO_VALUE_TOO_LARGE;
    memo_pieces now;

    memo_pieces_init(&now);
    if (memo_graph_find_pieces(&now, from->type, from->at, from->count,
                               most_pieces) == MEMO_GRAPH_DONE)
        outcome = memo_codes_put(sink, from->prior, &now) ? MEMO_VALUE_APPENDED
                                                          : MEMO_VALUE_REPLACED;
    memo_pieces_finish(&now);
    return outcome;
}

static memo_value_appending append_elements(memo_sink *sink,
                                            memo_ranges *others,
                                            const part *from, memo_budget *left)
{
    memo_value_appending outcome = MEMO_VALUE_APPENDED;
    memo_pieces pieces;

    memo_pieces_init(&pieces);
    switch (memo_graph_read(sink, &pieces, from->type, from->at, from->count,
                            left->pieces)) {
    case MEMO_GRAPH_DONE:
        if (!memo_pieces_are_apart(&pieces, others->items, others->count))
            outcome = MEMO_VALUE_TANGLED;
        else if (!can_pay(left, &pieces))
            outcome = MEMO_VALUE_TOO_LARGE;
        memo_ranges_add_pieces(others, &pieces);
        break;
    case MEMO_GRAPH_NO_MEMORY:
        outcome = MEMO_VALUE_APPEND_NO_MEMORY;
        break;
    default:
        outcome = MEMO_VALUE_TOO_LARGE;
        break;
    }
    memo_pieces_finish(&pieces);
    return outcome;
}

static memo_value_appending append_part(memo_sink *sink, memo_ranges *others,
                                        const part *from, memo_budget *left)
{
    memo_value_appending outcome = MEMO_VALUE_APPENDED;

    append_head(sink, from);
    if (!from->at)
        return outcome;
    if (from->prior)
        outcome = append_codes(sink, from, left->pieces);
    return outcome == MEMO_VALUE_APPENDED
               ? append_elements(sink, others, from, left)
               : outcome;
}

memo_value_appending memo_value_append(memo_sink *sink,
                                       const memo_computed *from,
                                       memo_budget budget)
{
    memo_value_appending outcome = MEMO_VALUE_APPENDED;
    memo_ranges others = {0};
    part now;

    if (!from->before && memo_changes_in_place(from->function))
        return MEMO_VALUE_APPEND_NO_MEMORY;
    add_inputs(&others, from, budget.pieces);
    if (result_part(&now, from->function, from->result, from->result_count))
        outcome = append_part(sink, &others, &now, &budget);
    for (memo_u32 i = 0; i < from->function->parameter_count; i++) {
        if (outcome != MEMO_VALUE_APPENDED || !is_output(from->function, i))
            continue;
        now = output_part(from, i);
        outcome = append_part(sink, &others, &now, &budget);
    }
    if (outcome == MEMO_VALUE_APPENDED &&
        (others.is_incomplete || sink->has_no_memory))
        outcome = MEMO_VALUE_APPEND_NO_MEMORY;
    free(others.items);
    return outcome;
}

unsigned char *memo_value_bytes(size_t *size, const memo_computed *from,
                                memo_budget budget)
{
    memo_sink sink = memo_sink_growing(budget.bytes);
    unsigned char *bytes;

    if (memo_value_is_deep(from->function)) {
        if (memo_value_append(&sink, from, budget) != MEMO_VALUE_APPENDED) {
            free(sink.bytes);
            return NULL;
        }
        *size = sink.size;
        return sink.bytes ? sink.bytes : malloc(1);
    }
    if (!memo_value_size(size, from->function, from->arguments, from->result,
                         from->result_count))
        return NULL;
    bytes = malloc(*size + 1);
    if (bytes)
        memo_value_encode(bytes, from->function, from->arguments, from->result,
                          from->result_count);
    return bytes;
}

/* ---- bytes to values ----------------------------------------------------- */

/* A part that was made: in memory of its own until all are there. */
typedef struct {
    part made; /* made.at: where it lies now */
    unsigned char *final;
    bool is_temporary; /* to be moved to `final` */
    bool is_in_place;  /* made.at is the caller's own */
    bool is_changed;   /* not all at `final` is part of the value */
    memo_made pieces;
} fresh;

typedef struct {
    const unsigned char *at, *end;
    const struct memo_function *function;
    const struct memo_argument *arguments;
    memo_allocator allocator;
    memo_budget left;
    memo_value_outcome outcome;
} decoder;

static void *zeroed(const memo_allocator *allocator, size_t size)
{
    void *memory = allocator->allocate(size > 0 ? size : 1);

    if (memory)
        memset(memory, 0, size);
    return memory;
}

static const memo_allocator own = {malloc, free};

/* Presence, count and flexible array of a part; false when nothing follows. */
static bool get_head(decoder *d, memo_piece *shape, bool *is_present)
{
    uint64_t presence = 0;
    const unsigned char *at = memo_get_length(&presence, d->at, d->end);

    if (at && presence == 1)
        at = memo_get_length(&shape->count, at, d->end);
    if (at && presence == 1 && memo_type_tail(shape->type))
        at = memo_get_length(&shape->tail, at, d->end);
    if (!at || presence > 1) {
        d->outcome = MEMO_VALUE_MALFORMED;
        return false;
    }
    d->at = at;
    *is_present = presence == 1;
    return true;
}

/* Memory for the part itself, if its bytes can be there. */
static bool make_memory(decoder *d, fresh *out, const memo_piece *shape)
{
    size_t size = memo_piece_bytes(shape);

    if (size > d->left.bytes ||
        memo_graph_least_bytes(shape) > (uint64_t)(d->end - d->at)) {
        d->outcome = MEMO_VALUE_MALFORMED;
        return false;
    }
    d->left.bytes -= size;
    out->is_temporary = out->final != NULL;
    out->made.count = shape->count;
    out->made.at = zeroed(out->is_temporary ? &own : &d->allocator, size);
    if (!out->made.at)
        d->outcome = MEMO_VALUE_NO_MEMORY;
    return out->made.at != NULL;
}

/* Make one part; `out->final`: where it will lie, NULL: where it is made. */
static void make_part(decoder *d, fresh *out, const struct memo_type *type,
                      bool is_nullable)
{
    memo_piece shape = {.type = type, .count = 1};
    bool is_present = true;
    memo_graph_outcome why;
    memo_root root;

    out->made = (part){NULL, type, 1, is_nullable, NULL};
    if ((is_nullable && !get_head(d, &shape, &is_present)) || !is_present)
        return;
    if (!make_memory(d, out, &shape))
        return;
    root = (memo_root){out->made.at, out->final ? out->final : out->made.at,
                       type,         shape.count,
                       shape.tail,   NULL};
    d->at = memo_graph_write(&out->pieces, d->at, d->end, &root, &d->allocator,
                             &d->left, &why);
    if (d->at)
        return;
    (out->is_temporary ? own : d->allocator).release(out->made.at);
    out->made.at = NULL;
    d->outcome = why == MEMO_GRAPH_NO_MEMORY ? MEMO_VALUE_NO_MEMORY
                                             : MEMO_VALUE_MALFORMED;
}

static void make_result(decoder *d, fresh *out, void *result)
{
    const struct memo_function *function = d->function;

    if (function->result_kind == MEMO_RESULT_NONE)
        return;
    if (function->result_kind != MEMO_RESULT_ELEMENTS)
        out->final = result;
    make_part(d, out,
              function->result_kind == MEMO_RESULT_TEXT ? &text_type
                                                        : function->result_type,
              function->result_kind == MEMO_RESULT_ELEMENTS);
}

/* Make the elements, which begin with codes, in the caller's memory. */
static void make_there(decoder *d, fresh *out, const memo_piece *shape,
                       const memo_pieces *there)
{
    memo_places places = {0};
    const memo_root root = {.type = shape->type,
                            .count = shape->count,
                            .tail = shape->tail,
                            .places = &places};
    memo_graph_outcome why = MEMO_GRAPH_MALFORMED;

    d->at = memo_codes_get(&places, there, d->at, d->end);
    if (d->at)
        d->at = memo_graph_write(&out->pieces, d->at, d->end, &root,
                                 &d->allocator, &d->left, &why);
    free(places.codes);
    if (!d->at)
        d->outcome = why == MEMO_GRAPH_NO_MEMORY ? MEMO_VALUE_NO_MEMORY
                                                 : MEMO_VALUE_MALFORMED;
}

static void make_in_place(decoder *d, fresh *out, memo_u32 i)
{
    const struct memo_argument *argument = &d->arguments[i];
    memo_piece shape = {.type = d->function->parameters[i].type, .count = 1};
    memo_pieces there;
    bool is_present;

    if (!get_head(d, &shape, &is_present) || !is_present)
        return;
    if (!argument->data || argument->count != shape.count) {
        d->outcome = MEMO_VALUE_MALFORMED;
        return;
    }
    out->is_in_place = true;
    out->made = (part){argument->data, shape.type, shape.count, true, NULL};
    memo_pieces_init(&there);
    if (memo_graph_find_pieces(&there, shape.type, argument->data, shape.count,
                               d->left.pieces) == MEMO_GRAPH_DONE)
        make_there(d, out, &shape, &there);
    else
        d->outcome = MEMO_VALUE_NO_MEMORY;
    memo_pieces_finish(&there);
}

static void make_output(decoder *d, fresh *out, memo_u32 i)
{
    const struct memo_argument *argument = &d->arguments[i];

    if (memo_is_in_place(&d->function->parameters[i])) {
        make_in_place(d, out, i);
    } else {
        out->final = argument->data;
        out->is_changed = d->function->parameters[i].direction == MEMO_IN_OUT;
        make_part(d, out, d->function->parameters[i].type, true);
    }
    if (d->outcome == MEMO_VALUE_DECODED &&
        ((out->made.at != NULL) != (argument->data != NULL) ||
         (out->made.at && argument->count != MEMO_COUNT_LATER &&
          argument->count != out->made.count)))
        d->outcome = MEMO_VALUE_MALFORMED;
}

/* A memo_count_function over the outputs, which follow the result. */
static memo_u64 made_count(const void *context, memo_u32 parameter)
{
    const fresh *all = context;

    return all[parameter + 1].made.at ? all[parameter + 1].made.count : 0;
}

/* The key has said so but for outputs of a length that was not known yet. */
static bool is_in_place_apart(const decoder *d, const fresh *all)
{
    memo_u32 count = d->function->parameter_count;
    struct memo_argument *known = malloc(count * sizeof *known);
    bool is = true, was_known = true;

    if (!known)
        return false;
    for (memo_u32 i = 0; i < count; i++) {
        known[i] = d->arguments[i];
        if (known[i].count == MEMO_COUNT_LATER) {
            known[i].count = made_count(all, i);
            was_known = false;
        }
    }
    if (!was_known)
        is = memo_in_place_is_apart(d->function, known, UINT64_MAX);
    free(known);
    return is;
}

static void take(fresh *from)
{
    memo_piece shape = {.type = from->made.type, .count = from->made.count};

    memo_made_finish(&from->pieces);
    if (!from->made.at || !from->is_temporary || from->is_in_place)
        return;
    if (from->is_changed)
        memo_type_assign(shape.type, from->final, from->made.at,
                         (size_t)shape.count);
    else
        memcpy(from->final, from->made.at, memo_piece_bytes(&shape));
    free(from->made.at);
}

static void drop(const decoder *d, fresh *from)
{
    memo_made_undo(&from->pieces, &d->allocator);
    if (from->made.at && !from->is_in_place)
        (from->is_temporary ? own : d->allocator).release(from->made.at);
}

static void decode(decoder *d, fresh *all, void *result)
{
    const struct memo_function *function = d->function;

    make_result(d, &all[0], result);
    for (memo_u32 i = 0; i < function->parameter_count; i++) {
        if (d->outcome == MEMO_VALUE_DECODED && is_output(function, i))
            make_output(d, &all[i + 1], i);
    }
    if (d->outcome == MEMO_VALUE_DECODED && d->at != d->end)
        d->outcome = MEMO_VALUE_MALFORMED;
    if (d->outcome == MEMO_VALUE_DECODED &&
        (memo_overlap(function, d->arguments, made_count, all) ||
         (memo_changes_in_place(function) && !is_in_place_apart(d, all))))
        d->outcome = MEMO_VALUE_ALIASED;
}

memo_value_outcome memo_value_decode_deep(const unsigned char *bytes,
                                          size_t size,
                                          const struct memo_function *function,
                                          const struct memo_argument *arguments,
                                          void *result, memo_budget budget)
{
    fresh *all = calloc(function->parameter_count + 1, sizeof *all);
    decoder d = {bytes,
                 bytes + size,
                 function,
                 arguments,
                 memo_value_allocator(function),
                 budget,
                 MEMO_VALUE_DECODED};

    if (!all)
        return MEMO_VALUE_NO_MEMORY;
    decode(&d, all, result);
    for (memo_u32 i = 0; i <= function->parameter_count; i++) {
        if (d.outcome == MEMO_VALUE_DECODED)
            take(&all[i]);
        else
            drop(&d, &all[i]);
    }
    if (d.outcome == MEMO_VALUE_DECODED &&
        function->result_kind == MEMO_RESULT_ELEMENTS)
        memcpy(result, &all[0].made.at, sizeof all[0].made.at);
    free(all);
    return d.outcome;
}

/* ---- around the body ----------------------------------------------------- */

void memo_value_prepare(const struct memo_function *function,
                        const struct memo_argument *arguments)
{
    if (!memo_value_is_deep(function))
        return;
    for (memo_u32 i = 0; i < function->parameter_count; i++) {
        const struct memo_parameter *parameter = &function->parameters[i];

        if (parameter->direction == MEMO_OUT && arguments[i].data &&
            arguments[i].count < MEMO_COUNT_LATER &&
            memo_type_is_deep(parameter->type))
            memset(arguments[i].data, 0,
                   (size_t)arguments[i].count * parameter->type->size);
    }
}

static void release_part(const part *from, const memo_allocator *allocator)
{
    if (from->at)
        memo_graph_release(from->type, from->at, from->count, allocator);
    if (from->is_nullable && from->at)
        allocator->release(from->at);
}

void memo_value_release(const memo_computed *computed)
{
    const struct memo_function *function = computed->function;
    const memo_allocator allocator = memo_value_allocator(function);
    part from;

    if (function->result_kind == MEMO_RESULT_TEXT ||
        function->result_kind == MEMO_RESULT_ELEMENTS ||
        memo_value_is_deep(function)) {
        if (result_part(&from, function, computed->result,
                        computed->result_count))
            release_part(&from, &allocator);
    }
    for (memo_u32 i = 0; i < function->parameter_count; i++) {
        if (!is_output(function, i) || !memo_value_is_deep(function))
            continue;
        from = output_part(computed, i);
        from.is_nullable = false;
        if (from.count < MEMO_COUNT_LATER)
            release_part(&from, &allocator);
    }
}
