#include "inspect/show_walk.h"

#include "base/bytes.h"
#include "cache/graph.h"
#include "cache/types.h"
#include "inspect/show_arrow.h"
#include "inspect/show_number.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Pointers that are followed one behind the other: of a list, its begin. */
#define DEEPEST 20

/* Work in steps: of reading a table at all, and bytes that are read at once. */
#define ARROW_STEPS 4096
#define FAST_BYTES 64

static void walk_elements(memo_walk *w, const struct memo_type *type,
                          uint64_t count);

/* ---- bytes --------------------------------------------------------------- */

void memo_walk_stop(memo_walk *w, memo_walk_outcome outcome)
{
    if (!memo_walk_goes_on(w))
        return;
    w->outcome = outcome;
    if (w->out)
        memo_show_note(w->out, outcome == MEMO_WALK_DAMAGED ? "<damaged>"
                                                            : "<not known>");
}

const unsigned char *memo_walk_take(memo_walk *w, uint64_t size)
{
    const unsigned char *at = w->at;

    if (memo_walk_goes_on(w) && size > (uint64_t)(w->end - at))
        memo_walk_stop(w, MEMO_WALK_DAMAGED);
    if (!memo_walk_goes_on(w))
        return NULL;
    w->at += size;
    return at;
}

uint64_t memo_walk_take_length(memo_walk *w)
{
    uint64_t length = 0;
    const unsigned char *at;

    if (!memo_walk_goes_on(w))
        return 0;
    at = memo_get_length(&length, w->at, w->end);
    if (!at) {
        memo_walk_stop(w, MEMO_WALK_DAMAGED);
        return 0;
    }
    w->at = at;
    return length;
}

/* `count` flat values. */
static const unsigned char *
take_flat(memo_walk *w, const struct memo_type *type, uint64_t count)
{
    uint64_t size;

    if (__builtin_mul_overflow(memo_facts_bytes(w->facts, type), count, &size))
        size = UINT64_MAX;
    return memo_walk_take(w, size);
}

void memo_walk_spend(memo_walk *w, uint64_t steps)
{
    if (w->steps >= steps)
        w->steps -= steps;
    else
        memo_walk_stop(w, MEMO_WALK_LOST);
}

/* ---- scalars ------------------------------------------------------------- */

static void note_number(memo_walk *w, const struct memo_type *type,
                        const unsigned char *at, size_t size)
{
    memo_numbers *numbers = w->numbers;
    uint64_t number = 0; /* of what is below zero */

    if (type->kind > MEMO_KIND_ENUM || numbers->count == MEMO_LENGTH_NUMBERS)
        return;
    memo_number_is_length(&number, type, at, size);
    numbers->items[numbers->count++] = number;
}

static void walk_scalar(memo_walk *w, const struct memo_type *type)
{
    size_t size = (size_t)memo_facts_bytes(w->facts, type);
    const unsigned char *at = memo_walk_take(w, size);

    if (at && w->numbers)
        note_number(w, type, at, size);
    else if (at && w->out)
        memo_show_number(w->out, type, at, size);
}

static void show_hash(memo_walk *w)
{
    uint64_t hash;
    const unsigned char *at = memo_walk_take(w, sizeof hash);

    if (!at || !w->out)
        return;
    memcpy(&hash, at, sizeof hash);
    memo_show_note(w->out, "<hash %016llx>", (unsigned long long)hash);
}

static void walk_bits(memo_walk *w, const struct memo_field *field)
{
    const unsigned char *at;

    if (!field->set_bits || field->type->kind > MEMO_KIND_ENUM) {
        show_hash(w);
        return;
    }
    at = memo_walk_take(w, sizeof(memo_u64));
    if (at && w->numbers)
        note_number(w, field->type, at, sizeof(memo_u64));
    else if (at && w->out)
        memo_show_number(w->out, field->type, at, sizeof(memo_u64));
}

/* ---- opaque values ------------------------------------------------------- */

static void walk_arrow(memo_walk *w)
{
    const unsigned char *at;

    memo_walk_spend(w, ARROW_STEPS + (uint64_t)(w->end - w->at) / FAST_BYTES);
    if (!memo_walk_goes_on(w))
        return;
    at = memo_show_arrow(w->out, w->at, w->end);
    if (at)
        w->at = at;
    else
        memo_walk_stop(w, MEMO_WALK_DAMAGED);
}

static void walk_opaque(memo_walk *w, const struct memo_codec *codec)
{
    uint64_t size = codec->is_pointer ? memo_walk_take_length(w) : 1;

    if (size > 1)
        memo_walk_stop(w, MEMO_WALK_DAMAGED);
    if (!memo_walk_goes_on(w))
        return;
    if (size == 0) {
        if (w->out)
            memo_show_null(w->out);
    } else if (codec->write) {
        walk_arrow(w);
    } else if (codec->encode) {
        size = memo_walk_take_length(w);
        if (memo_walk_take(w, size) && w->out)
            memo_show_note(w->out, "<opaque %llu bytes>",
                           (unsigned long long)size);
    } else if (w->is_key) {
        show_hash(w);
    } else {
        memo_walk_stop(w, MEMO_WALK_DAMAGED);
    }
}

/* ---- structs ------------------------------------------------------------- */

static bool is_flat(const struct memo_type *type)
{
    return !memo_type_is_deep(type);
}

static void walk_value(memo_walk *w, const struct memo_type *type);

static void walk_field(memo_walk *w, const struct memo_field *field)
{
    if (field->get_bits)
        walk_bits(w, field);
    else if (field->count == 1)
        walk_value(w, field->type);
    else
        walk_elements(w, field->type,
                      field->count != 0 || is_flat(w->owner.type) ? field->count
                                                                  : w->tail);
}

static void walk_struct(memo_walk *w, const struct memo_type *type)
{
    memo_walk_owner around = w->owner;
    memo_show_out *out = w->out;

    if (out && !memo_show_open(out, false))
        w->out = NULL;
    w->owner = (memo_walk_owner){type, w->at, NULL};
    for (memo_u32 i = 0; i < type->field_count && memo_walk_goes_on(w); i++) {
        w->owner.field = &type->fields[i];
        if (w->out)
            memo_show_name(w->out, type->fields[i].name);
        walk_field(w, &type->fields[i]);
    }
    if (w->out)
        memo_show_close(w->out);
    w->out = out;
    w->owner = around;
}

/* ---- arrays -------------------------------------------------------------- */

/* Walk over elements that are not shown, nor are their numbers wanted. */
static void skip_elements(memo_walk *w, const struct memo_type *type,
                          uint64_t count)
{
    memo_show_out *out = w->out;
    memo_numbers *numbers = w->numbers;

    w->out = NULL;
    w->numbers = NULL;
    if (is_flat(type))
        take_flat(w, type, count);
    else
        for (uint64_t i = 0; i < count && memo_walk_goes_on(w); i++)
            walk_value(w, type);
    w->out = out;
    w->numbers = numbers;
}

/* A text in an array may be shorter than that. */
static bool show_characters(memo_walk *w, const struct memo_type *type,
                            uint64_t count)
{
    const unsigned char *at = w->at;
    uint64_t size = count;

    if (strcmp(type->name, "char") != 0 || type->kind > MEMO_KIND_SIGNED ||
        type->size != 1)
        return false;
    while (size > 0 && at[size - 1] == '\0')
        size--;
    if (!memo_show_is_text(at, size))
        return false;
    memo_show_text(w->out, at, size);
    w->at += count;
    return true;
}

static void show_list(memo_walk *w, const struct memo_type *type,
                      uint64_t count)
{
    uint64_t shown = count < MEMO_SHOW_ELEMENTS ? count : MEMO_SHOW_ELEMENTS;

    if (!memo_show_open(w->out, true)) {
        skip_elements(w, type, count);
        return;
    }
    for (uint64_t i = 0; i < shown && memo_walk_goes_on(w); i++)
        walk_value(w, type);
    if (shown < count && memo_walk_goes_on(w)) {
        skip_elements(w, type, count - shown);
        memo_show_more(w->out, count - shown);
    }
    memo_show_close(w->out);
}

/* Are all bytes there? */
static bool has_flat(memo_walk *w, const struct memo_type *type, uint64_t count)
{
    const unsigned char *at = w->at;

    if (!take_flat(w, type, count))
        return false;
    w->at = at;
    return true;
}

static void walk_elements(memo_walk *w, const struct memo_type *type,
                          uint64_t count)
{
    if (count == MEMO_WALK_UNKNOWN) {
        memo_walk_stop(w, MEMO_WALK_LOST);
    } else if (!w->out) {
        skip_elements(w, type, count);
    } else if (is_flat(type)) {
        if (has_flat(w, type, count) && !show_characters(w, type, count))
            show_list(w, type, count);
    } else {
        show_list(w, type, count);
    }
}

/* ---- pointers ------------------------------------------------------------ */

static void add_piece(memo_walk *w, const memo_walk_piece *piece)
{
    size_t capacity = w->piece_capacity > 0 ? 2 * w->piece_capacity : 16;
    memo_walk_piece *grown;

    if (w->piece_count == MEMO_WALK_PIECES)
        memo_walk_stop(w, MEMO_WALK_LOST);
    if (!memo_walk_goes_on(w))
        return;
    if (w->piece_count == w->piece_capacity) {
        grown = realloc(w->pieces, capacity * sizeof *grown);
        if (!grown) {
            memo_walk_stop(w, MEMO_WALK_NO_MEMORY);
            return;
        }
        w->pieces = grown;
        w->piece_capacity = capacity;
    }
    w->pieces[w->piece_count++] = *piece;
}

static void walk_piece(memo_walk *w, const memo_walk_piece *piece)
{
    const unsigned char *text;

    w->tail = piece->tail;
    w->owner = (memo_walk_owner){NULL, NULL, NULL};
    if (piece->type && piece->is_list) {
        walk_elements(w, piece->type, piece->count);
    } else if (piece->type) {
        walk_value(w, piece->type);
    } else {
        memo_walk_spend(w, piece->count / FAST_BYTES);
        text = memo_walk_take(w, piece->count);
        if (text && memchr(text, '\0', (size_t)piece->count))
            memo_walk_stop(w, MEMO_WALK_DAMAGED);
        else if (text && w->out)
            memo_show_text(w->out, text, piece->count);
    }
}

static void show_content(memo_walk *w, const memo_walk_piece *piece)
{
    const unsigned char *at = w->at;
    size_t next = w->next;
    uint64_t tail = w->tail;
    memo_walk_owner owner = w->owner;

    w->at = piece->at;
    w->next = piece->first;
    walk_piece(w, piece);
    w->at = at;
    w->next = next;
    w->tail = tail;
    w->owner = owner;
}

/* A piece that others lead to as well begins with its number. */
static void show_named(memo_walk *w, const memo_walk_piece *piece,
                       size_t number)
{
    char text[32];

    if (w->out->form == MEMO_SHOW_TEXT) {
        snprintf(text, sizeof text, "node %zu ", number);
        memo_show_prefix(w->out, text);
        if (piece->is_target)
            memo_show_prefix(w->out, "&");
        show_content(w, piece);
        return;
    }
    if (!memo_show_open(w->out, false))
        return;
    snprintf(text, sizeof text, "%zu", number);
    memo_show_name(w->out, "node");
    memo_show_word(w->out, text);
    memo_show_name(w->out, "value");
    show_content(w, piece);
    memo_show_close(w->out);
}

static void show_piece(memo_walk *w, size_t number)
{
    const memo_walk_piece *piece = &w->pieces[w->base + number];

    if (w->out->is_full)
        return;
    if (number >= w->piece_count - w->base || !piece->at) {
        memo_show_note(w->out, "<not known>");
    } else if (w->nesting == DEEPEST) {
        memo_show_note(w->out, "...");
    } else {
        w->nesting++;
        if (piece->is_named) {
            show_named(w, piece, number);
        } else {
            if (piece->is_target)
                memo_show_prefix(w->out, "&");
            show_content(w, piece);
        }
        w->nesting--;
    }
}

static void walk_new(memo_walk *w, const struct memo_type *pointer)
{
    memo_walk_piece piece = {.type = pointer->target, .count = 1};
    const struct memo_field *field = w->owner.field;

    if (pointer->kind == MEMO_KIND_TEXT) {
        piece.type = NULL;
        piece.count = memo_walk_take_length(w);
    }
    if (memo_type_tail(piece.type))
        piece.tail = memo_walk_take_length(w);
    piece.is_target = piece.type != NULL;
    if (piece.type && field && field->count_elements && field->count != 0) {
        piece.is_list = true;
        piece.counter = w->owner;
    }
    if (w->is_laying)
        add_piece(w, &piece);
    else if (memo_walk_goes_on(w) && w->out)
        show_piece(w, w->next++);
    else
        w->next++;
}

static void walk_known(memo_walk *w, uint64_t number)
{
    memo_walk_piece *piece;
    uint64_t element = 0;

    if (number >= w->piece_count - w->base) {
        memo_walk_stop(w, MEMO_WALK_DAMAGED);
        return;
    }
    piece = &w->pieces[w->base + number];
    if (piece->type)
        element = memo_walk_take_length(w);
    if (w->is_laying)
        piece->is_named = true;
    if (!w->out || !memo_walk_goes_on(w))
        return;
    if (element > 0)
        memo_show_note(w->out, "node %llu[%llu]", (unsigned long long)number,
                       (unsigned long long)element);
    else
        memo_show_note(w->out, "node %llu", (unsigned long long)number);
}

static void walk_pointer(memo_walk *w, const struct memo_type *type)
{
    uint64_t code = memo_walk_take_length(w);

    if (!memo_walk_goes_on(w))
        return;
    if (code == 1)
        walk_new(w, type);
    else if (code > 1)
        walk_known(w, code - 2);
    else if (w->out)
        memo_show_null(w->out);
}

/* ---- values -------------------------------------------------------------- */

static void walk_value(memo_walk *w, const struct memo_type *type)
{
    memo_walk_spend(w, 1); /* values of no bytes could be any number */
    if (!memo_walk_goes_on(w))
        return;
    if (!w->out && !w->numbers && is_flat(type)) {
        take_flat(w, type, 1);
        return;
    }
    switch (type->kind) {
    case MEMO_KIND_STRUCT:
    case MEMO_KIND_DEEP_STRUCT:
        walk_struct(w, type);
        break;
    case MEMO_KIND_TEXT:
    case MEMO_KIND_POINTER:
        walk_pointer(w, type);
        break;
    case MEMO_KIND_OPAQUE:
        walk_opaque(w, type->codec);
        break;
    default:
        walk_scalar(w, type);
        break;
    }
}

/* ---- lengths ------------------------------------------------------------- */

/* The integers of a struct that was walked over before. */
static void read_numbers(memo_walk *w, memo_numbers *out,
                         const memo_walk_owner *owner)
{
    memo_walk walk = *w;

    *out = (memo_numbers){.count = 0};
    walk.at = owner->at;
    walk.numbers = out;
    walk.is_laying = false;
    walk.tail = 0;
    walk_value(&walk, owner->type);
    w->steps = walk.steps;
}

/* What the field of a struct says; MEMO_WALK_UNKNOWN if that cannot be told. */
static uint64_t count_of(memo_walk *w, const memo_walk_owner *owner)
{
    size_t field = (size_t)(owner->field - w->facts->fields);
    memo_numbers numbers;
    uint64_t count;

    if (!w->lengths)
        return MEMO_WALK_UNKNOWN;
    read_numbers(w, &numbers, owner);
    if (memo_lengths_ask(w->lengths, field, &numbers, &count) &&
        count != MEMO_WALK_UNKNOWN)
        return count;
    memo_walk_stop(w, MEMO_WALK_DAMAGED);
    return 0;
}

static void complete_root(memo_walk *w, memo_walk_piece *root)
{
    const struct memo_field *tail = memo_type_tail(root->type);
    memo_walk_owner owner = {root->type, w->at, tail};

    if (!tail || root->count != 1 || !tail->count_elements)
        root->tail = 0;
    else if (root->tail == MEMO_WALK_UNKNOWN)
        root->tail = count_of(w, &owner);
}

size_t memo_walk_lay(memo_walk *w, const memo_walk_piece *root)
{
    size_t base = w->piece_count;

    w->base = base;
    w->is_laying = true;
    add_piece(w, root);
    if (memo_walk_goes_on(w))
        complete_root(w, &w->pieces[base]);
    for (size_t i = base; i < w->piece_count && memo_walk_goes_on(w); i++) {
        memo_walk_piece *piece = &w->pieces[i];
        memo_walk_piece now;

        if (i > base && piece->counter.field)
            piece->count = count_of(w, &piece->counter);
        if (piece->count == MEMO_WALK_UNKNOWN)
            memo_walk_stop(w, piece->counter.field ? MEMO_WALK_LOST
                                                   : MEMO_WALK_DAMAGED);
        if (!memo_walk_goes_on(w))
            break;
        piece->at = w->at;
        piece->first = w->piece_count - base;
        now = *piece; /* more pieces may move it */
        walk_piece(w, &now);
    }
    return base;
}

void memo_walk_show(memo_walk *w, size_t root)
{
    w->base = root;
    w->is_laying = false;
    w->nesting = 0;
    show_piece(w, 0);
}
