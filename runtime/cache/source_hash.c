/* source_hash.c -- the sources behind a function: a graph, and its hash. */
#include "cache/source_hash.h"

#include "base/bytes.h"

#include <stdint.h>
#include <stdlib.h>

/* Begins what is hashed; counts up when that changes its form. */
#define FORM "memo source 1"

/* ---- the walk ----------------------------------------------------------- */

/* A source whose uses are being followed. */
typedef struct {
    const struct memo_source *source;
    uint32_t next; /* the use to follow next */
} frame;

typedef struct {
    const memo_graph_visitor *visitor;
    frame *frames;
    size_t depth, frame_capacity;
    /* Open addressing: a source and its number.  The sources themselves are not
     * marked, for another thread may be on a walk of its own. */
    const struct memo_source **slots;
    size_t *numbers;
    size_t slot_count; /* a power of two, or 0 */
    size_t count;
} walk;

static size_t find_slot(const walk *in, const struct memo_source *source)
{
    uint64_t hash = (uint64_t)(uintptr_t)source * 0x9E3779B97F4A7C15u;
    size_t slot = (size_t)(hash >> 32) & (in->slot_count - 1);

    while (in->slots[slot] && in->slots[slot] != source)
        slot = (slot + 1) & (in->slot_count - 1);
    return slot;
}

static bool grow_slots(walk *in)
{
    walk old = *in;

    in->slot_count = old.slot_count ? 2 * old.slot_count : 64;
    in->slots = calloc(in->slot_count, sizeof *in->slots);
    in->numbers = calloc(in->slot_count, sizeof *in->numbers);
    if (!in->slots || !in->numbers) {
        free(in->slots);
        free(in->numbers);
        *in = old;
        return false;
    }
    for (size_t i = 0; i < old.slot_count; i++) {
        if (old.slots[i]) {
            size_t slot = find_slot(in, old.slots[i]);

            in->slots[slot] = old.slots[i];
            in->numbers[slot] = old.numbers[i];
        }
    }
    free(old.slots);
    free(old.numbers);
    return true;
}

static bool push(walk *in, const struct memo_source *source)
{
    if (in->depth == in->frame_capacity) {
        size_t capacity = in->frame_capacity ? 2 * in->frame_capacity : 64;
        frame *more = realloc(in->frames, capacity * sizeof *more);

        if (!more)
            return false;
        in->frames = more;
        in->frame_capacity = capacity;
    }
    in->frames[in->depth++] = (frame){source, 0};
    return true;
}

/* Come to a source, for the first time or again. */
static bool enter(walk *in, const struct memo_source *source)
{
    const memo_graph_visitor *visitor = in->visitor;
    size_t slot;

    if (in->count * 2 >= in->slot_count && !grow_slots(in))
        return false;
    slot = find_slot(in, source);
    if (in->slots[slot])
        return !visitor->again ||
               visitor->again(visitor->context, in->numbers[slot]);
    in->slots[slot] = source;
    in->numbers[slot] = in->count++;
    return visitor->source(visitor->context, source) && push(in, source);
}

static bool follow(walk *in)
{
    const memo_graph_visitor *visitor = in->visitor;

    while (in->depth > 0) {
        frame *top = &in->frames[in->depth - 1];
        const struct memo_source *source = top->source;
        uint32_t use = top->next++;

        if (use >= source->use_count) {
            in->depth--;
        } else if (source->uses[use]) {
            if (!enter(in, source->uses[use]))
                return false;
        } else if (!visitor->name(visitor->context, source->names[use])) {
            return false;
        }
    }
    return true;
}

bool memo_walk_sources(const struct memo_source *root,
                       const memo_graph_visitor *visitor)
{
    walk in = {.visitor = visitor};
    bool done = !root || (enter(&in, root) && follow(&in));

    free(in.frames);
    free(in.slots);
    free(in.numbers);
    return done;
}

/* ---- the hash ----------------------------------------------------------- */

enum { TAG_SOURCE = 1, TAG_AGAIN, TAG_NAME, TAG_OPTIONS };

typedef struct {
    unsigned char *data;
    size_t size, capacity;
} buffer;

static bool make_room(buffer *out, size_t size)
{
    size_t capacity = out->capacity ? out->capacity : 512;
    unsigned char *more;

    if (out->capacity - out->size >= size)
        return true;
    while (capacity - out->size < size)
        capacity *= 2;
    more = realloc(out->data, capacity);
    if (!more)
        return false;
    out->data = more;
    out->capacity = capacity;
    return true;
}

/* The byte order of a word is fixed: a hash may travel. */
static bool put_word(buffer *out, uint64_t word)
{
    if (!make_room(out, 8))
        return false;
    for (int shift = 0; shift < 64; shift += 8)
        out->data[out->size++] = (unsigned char)(word >> shift);
    return true;
}

static bool put_text(buffer *out, const char *text)
{
    size_t size = text ? strlen(text) : 0;

    if (!put_word(out, size) || !make_room(out, size))
        return false;
    memo_put_bytes(out->data + out->size, text, size);
    out->size += size;
    return true;
}

static bool put_source(void *context, const struct memo_source *source)
{
    return put_word(context, TAG_SOURCE) && put_text(context, source->name) &&
           put_word(context, source->hash[0]) &&
           put_word(context, source->hash[1]) &&
           put_text(context, source->build) &&
           put_word(context, source->use_count);
}

static bool put_again(void *context, size_t number)
{
    return put_word(context, TAG_AGAIN) && put_word(context, number);
}

static bool put_name(void *context, const char *name)
{
    return put_word(context, TAG_NAME) && put_text(context, name);
}

bool memo_digest_source(memo_digest *out, const struct memo_function *function)
{
    buffer bytes = {0};
    memo_graph_visitor visitor = {&bytes, put_source, put_again, put_name};
    bool done = put_text(&bytes, FORM);

    if (done && !(function->flags & MEMO_CODE_IGNORED))
        done = memo_walk_sources(function->source, &visitor);
    done = done && put_word(&bytes, TAG_OPTIONS) &&
           put_text(&bytes, function->name) && put_text(&bytes, function->salt);
    if (done)
        *out = memo_hash_stable(bytes.data, bytes.size);
    free(bytes.data);
    return done;
}
