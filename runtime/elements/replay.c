/* replay.c -- the cache's recorder: levels begin and end, recordings are drawn.
 */
#include "base/hash.h"
#include "elements/media.h"

#include <stdlib.h>
#include <string.h>

static const st_widget_port *widgets;

const st_widget_port *st_widget_port_now(void)
{
    return widgets;
}

/* ---- walking over a recording -------------------------------------------- */

typedef struct {
    const unsigned char *at, *end;
    st_record head;
    st_bytes widget;  /* with ST_HAS_WIDGET */
    st_bytes message; /* or what else the record holds */
} walk;

static walk walk_over(memo_recording *recording)
{
    memo_size size;
    const unsigned char *bytes = memo_recording_bytes(recording, &size);

    return (walk){.at = bytes, .end = bytes + size};
}

/* A text ends in a NUL, a question is something. */
static bool is_sound(const walk *w)
{
    const char *at = w->message.at;

    if (w->head.record == ST_RECORD_OUTSIDE)
        return w->message.size > 0 && at[w->message.size - 1] == '\0';
    return w->head.record != ST_RECORD_INPUT || w->message.size > 0;
}

/* False at the end, or where the bytes are those of no record. */
static bool next(walk *w)
{
    uint32_t widget_size;
    size_t padded;

    if ((size_t)(w->end - w->at) < sizeof w->head)
        return false;
    memcpy(&w->head, w->at, sizeof w->head);
    padded = w->head.size + -(size_t)w->head.size % 4;
    if ((size_t)(w->end - w->at) - sizeof w->head < padded ||
        w->head.kind >= ST_KIND_COUNT)
        return false;
    w->message = (st_bytes){w->at + sizeof w->head, w->head.size};
    if (!is_sound(w))
        return false;
    w->at += sizeof w->head + padded;
    if (!(w->head.flags & ST_HAS_WIDGET))
        return true;
    if (w->message.size < sizeof widget_size)
        return false;
    memcpy(&widget_size, w->message.at, sizeof widget_size);
    if (w->message.size - sizeof widget_size < widget_size)
        return false;
    w->widget = (st_bytes){
        (const unsigned char *)w->message.at + sizeof widget_size, widget_size};
    w->message.at = (const unsigned char *)w->widget.at + widget_size;
    w->message.size -= sizeof widget_size + widget_size;
    return true;
}

/* ---- bodies -------------------------------------------------------------- */

/* Calls that were left by longjmp(): a call that begins now is above them on
 * the stack, or at the same place. */
static void drop_left(st_thread *self, const memo_body *body)
{
    const st_level *left = NULL;

    for (const st_level *level = self->level;
         level && (uintptr_t)level->frame <= (uintptr_t)body->frame;
         level = level->outer) {
        if (level->frame != body->frame || level->call == body->call)
            left = level;
    }
    while (left && self->level != left->outer)
        st_level_pop(self);
}

static void begin(const memo_body *body)
{
    st_thread *self = st_thread_make();

    if (!self)
        return;
    drop_left(self, body);
    st_level_push(self, body);
}

static void hand_over(memo_drawn *out, st_level *level)
{
    memo_size size;

    out->is_not_kept = level->is_not_kept;
    if (level->records.size > 0) {
        out->recording = memo_recording_make(level->records.size);
        if (out->recording)
            memcpy(memo_recording_bytes(out->recording, &size),
                   level->records.bytes, level->records.size);
        else
            level->records.has_no_memory = true;
    }
    out->inputs = level->inputs.bytes;
    out->inputs_size = level->inputs.size;
    level->inputs.bytes = NULL;
    if (level->records.has_no_memory || level->inputs.has_no_memory)
        out->is_not_kept = 1;
}

static void end(memo_drawn *out, const void *call)
{
    st_thread *self = st_thread_self();
    st_level *level = st_level_now(self);

    while (level && level->call != call)
        level = level->outer;
    if (!level) { /* no memory for it, or it was taken for one that was left */
        out->is_not_kept = 1;
        return;
    }
    while (self->level != level)
        st_level_pop(self);
    /* st_begin() without st_end(), or the other way round: for what comes next
     * only the body can do it. */
    if (level->page && level->page->depth != level->base)
        level->is_not_kept = true;
    hand_over(out, level);
    st_level_pop(self);
}

/* ---- drawing again ------------------------------------------------------- */

/* What cannot be drawn goes before what raises: the body does either. */
static enum memo_replay judge(memo_recording *recording)
{
    const st_thread *self = st_thread_self();
    const st_page *page = self ? self->page : NULL;
    enum memo_replay verdict = MEMO_REPLAY_DRAWS, one;

    for (walk w = walk_over(recording); next(&w);) {
        if (w.head.record == ST_RECORD_OUTSIDE)
            one = MEMO_REPLAY_RAISES;
        else if (w.head.flags & ST_HAS_WIDGET && page && widgets)
            one = widgets->judge(page, w.widget);
        else
            continue;
        /* Where nothing can be raised, the body has to draw it. */
        if (one == MEMO_REPLAY_CANNOT ||
            (one == MEMO_REPLAY_RAISES && !(page && page->leave)))
            return MEMO_REPLAY_CANNOT;
        if (one == MEMO_REPLAY_RAISES)
            verdict = one;
    }
    return verdict;
}

/* The page looks at the recording's bytes from now on: it owns it. */
static bool hold(st_page *page, memo_recording *recording)
{
    st_held *held = st_arena_alloc(&page->arena, sizeof *held);

    if (!held)
        return false;
    *held = (st_held){page->held, recording};
    page->held = held;
    return true;
}

/* Handles of the places that were made, by their numbers. */
typedef struct {
    st_handle *all;
    uint32_t count, capacity;
} made_places;

static bool note_made(st_page *page, made_places *places, st_handle handle)
{
    if (places->count == places->capacity) {
        uint32_t capacity = 2 * places->capacity + 16;
        st_handle *all = st_arena_alloc(&page->arena, capacity * sizeof *all);

        if (!all)
            return false;
        if (places->count > 0)
            memcpy(all, places->all, places->count * sizeof *all);
        places->all = all;
        places->capacity = capacity;
    }
    places->all[places->count++] = handle;
    return true;
}

static st_handle handle_of(const made_places *places, uint32_t place)
{
    if (place == ST_AT_SIDE)
        return ST_SIDEBAR;
    if (place >= ST_FIRST_MADE && place - ST_FIRST_MADE < places->count)
        return places->all[place - ST_FIRST_MADE];
    return (st_handle){0};
}

static void ask_again(st_page *page, st_bytes input)
{
    unsigned char few[512], *answer = few;
    size_t size;

    if (!widgets)
        return;
    size = widgets->answer(page, input, few, sizeof few);
    if (size > sizeof few) {
        answer = st_arena_alloc(&page->arena, size);
        if (!answer)
            return;
        widgets->answer(page, input, answer, size);
    }
    st_note_input(input, (st_bytes){answer, size}, false);
}

static void draw_record(st_page *page, made_places *places, const walk *w)
{
    const st_message message = {.kind = (st_kind)w->head.kind,
                                .is_block = w->head.record == ST_RECORD_BLOCK,
                                .is_rewritten = w->head.flags & ST_IS_REWRITTEN,
                                .bytes = w->message.at,
                                .size = w->message.size,
                                .in = handle_of(places, w->head.place)};
    bool has_widget = w->head.flags & ST_HAS_WIDGET;
    st_handle made;

    switch (w->head.record) {
    case ST_RECORD_OUTSIDE:
        st_raise(ST_CLOSURE_REPLAY, "CacheReplayClosureError", "%s",
                 (const char *)w->message.at);
        return;
    case ST_RECORD_INPUT:
        ask_again(page, w->message);
        return;
    case ST_RECORD_QUERY:
        if (widgets)
            widgets->set_query(page, w->message);
        return;
    case ST_RECORD_CONFIG:
        st_config_replay(page, w->message);
        return;
    default:
        break;
    }
    if (has_widget && widgets)
        widgets->replay(page, w->widget);
    made = st_draw(&message, has_widget ? &w->widget : NULL);
    if (w->head.made)
        note_made(page, places, made);
}

static void replay(memo_recording *recording)
{
    st_page *page = st_page_now(st_thread_self());
    made_places places = {0};

    /* Without a page it is drawn for recordings around it, if at all. */
    if (!page || !hold(page, recording)) {
        memo_recording_drop(recording);
        return;
    }
    for (walk w = walk_over(recording); next(&w);) {
        if (w.head.record == ST_RECORD_MEDIA)
            st_media_replay(page, w.message, recording);
        else
            draw_record(page, &places, &w);
    }
}

static memo_size answer(const unsigned char *input, memo_size size,
                        unsigned char *out, memo_size room)
{
    const st_thread *self = st_thread_self();
    const st_page *page = self ? self->page : NULL;

    return widgets ? widgets->answer(page, (st_bytes){input, size}, out, room)
                   : 0;
}

/* ---- recordings of other processes --------------------------------------- */

static int is_portable(memo_recording *recording)
{
    walk w = walk_over(recording);

    while (next(&w)) {
        if (w.head.flags & ST_HAS_WIDGET &&
            !(widgets && widgets->is_portable(w.widget)))
            return 0;
    }
    return 1;
}

/* Counts up when a record, or what one holds, changes its form. */
#define FORM 1

/* Kinds are numbers in the order of their list: which one is which, the names
 * say. */
static memo_u64 find_form(void)
{
    memo_u64 words[3] = {FORM, widgets ? widgets->form : 0, 0};

    for (int kind = 0; kind < ST_KIND_COUNT; kind++) {
        memo_digest name =
            memo_hash_stable(st_kinds[kind].name, strlen(st_kinds[kind].name));

        words[2] =
            memo_hash_fold(words[2] ^ name.low, name.high | 1) + (memo_u64)kind;
    }
    return memo_hash_stable(words, sizeof words).low;
}

static struct memo_recorder recorder = {.begin = begin,
                                        .end = end,
                                        .judge = judge,
                                        .replay = replay,
                                        .answer = answer,
                                        .is_portable = is_portable};

void st_set_widget_port(const st_widget_port *port)
{
    widgets = port;
    recorder.form = find_form();
}

void st_recorder_install(void)
{
    recorder.form = find_form();
    memo_set_recorder(&recorder);
}
